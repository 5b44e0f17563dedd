#include "intake/columns.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/ensure.hpp"
#include "text/folding.hpp"

namespace tasdiq::intake {
namespace {

/// The tables that have a column, as bits by TableKind.
using Tables = std::uint8_t;
constexpr Tables bit(TableKind kind) {
    return static_cast<Tables>(1U << static_cast<unsigned>(kind));
}
constexpr Tables kStudies = bit(TableKind::kGraduates);
constexpr Tables kDecisions = bit(TableKind::kEquivalencies);
constexpr Tables kStamps = bit(TableKind::kAttestations);
constexpr Tables kCourses = bit(TableKind::kCourses);
constexpr Tables kActs = kDecisions | kStamps;
constexpr Tables kPeople = kStudies | kActs;
constexpr Tables kMarks = kStudies | kCourses;

struct Known {
    Column column;
    Tables tables;
    std::string_view heading;  // the plain one
    std::vector<std::string_view> others;
};

// What is the diploma's own in a table of graduates is the foreign document's in those of
// authorities: some columns have other words there.
// clang-format off
const std::vector<Known>& known_columns() {
    static const std::vector<Known> kKnown{
        {Column::kSerial, kMarks, "serial", {"diploma number", "certificate number", "serial number", "numéro de diplôme", "n° diplôme", "numéro du diplôme", "رقم الشهادة", "الرقم المسلسل"}},
        {Column::kStudentId, kPeople | kCourses, "student_id", {"student number", "student no", "registration number", "numéro d'inscription", "matricule", "numéro étudiant", "رقم الطالب", "رقم القيد", "رقم التسجيل", "الرقم الجامعي"}},
        {Column::kNationalId, kPeople, "national_id", {"national identity number", "id number", "cin", "cni", "nin", "carte d'identité", "carte d'identité nationale", "الرقم الوطني", "الرقم القومي", "رقم الهوية", "رقم بطاقة التعريف", "رقم بطاقة التعريف الوطنية", "رقم البطاقة"}},
        {Column::kPassport, kPeople, "passport", {"passport number", "numéro de passeport", "passeport", "رقم جواز السفر", "جواز السفر"}},
        {Column::kNameAr, kPeople, "name_ar", {"arabic name", "name arabic", "name in arabic", "nom arabe", "nom en arabe", "nom et prénom en arabe", "الاسم", "الاسم بالعربية", "الاسم الكامل", "الاسم واللقب", "اسم الطالب", "الاسم بالكامل"}},
        {Column::kNameLatin, kPeople, "name_latin", {"name", "full name", "latin name", "name en", "name fr", "name in english", "nom et prénom", "nom complet", "nom prénom", "prénom nom", "الاسم باللاتينية", "الاسم بالفرنسية", "الاسم بالإنجليزية", "الاسم بالأحرف اللاتينية"}},
        {Column::kBirthDate, kPeople, "birth_date", {"date of birth", "birthdate", "dob", "date de naissance", "né le", "تاريخ الميلاد", "تاريخ الولادة", "تاريخ الازدياد"}},
        {Column::kBirthPlaceAr, kPeople, "birth_place_ar", {"place of birth arabic", "lieu de naissance en arabe", "مكان الميلاد", "مكان الولادة", "محل الميلاد"}},
        {Column::kBirthPlaceLatin, kPeople, "birth_place_latin", {"place of birth", "birth place", "birthplace", "lieu de naissance", "مكان الميلاد باللاتينية"}},
        {Column::kNationality, kPeople, "nationality", {"nationalité", "الجنسية"}},
        {Column::kProgramme, kStudies, "programme", {"program", "programme code", "program code", "code programme", "filière", "code filière", "formation", "البرنامج", "رمز البرنامج", "الشعبة", "التخصص"}},
        {Column::kAwardedOn, kStudies, "awarded_on", {"award date", "date of award", "graduation date", "awarded", "date d'obtention", "date de délivrance", "date du diplôme", "تاريخ المنح", "تاريخ التخرج", "تاريخ الحصول", "تاريخ التحصيل"}},
        {Column::kAwardedOnHijri, kPeople, "awarded_on_hijri", {"hijri date", "date hégirienne", "التاريخ الهجري"}},
        {Column::kIntake, kStudies, "intake", {"enrolment date", "date of enrolment", "date d'inscription", "تاريخ الالتحاق", "تاريخ التسجيل"}},
        {Column::kMode, kStudies, "mode", {"study mode", "mode d'études", "نمط الدراسة", "نظام الدراسة"}},
        {Column::kSite, kStudies, "site", {"campus", "المقر"}},
        {Column::kDecision, kStudies, "decision", {"council decision", "décision", "procès verbal", "pv", "قرار المجلس", "المحضر", "رقم القرار"}},
        {Column::kAcademicYear, kStudies, "academic_year", {"year", "année universitaire", "année académique", "السنة الجامعية", "العام الجامعي", "السنة الدراسية"}},
        {Column::kHonours, kStudies, "honours", {"honors", "mention", "classification", "التقدير", "الملاحظة", "المرتبة"}},
        {Column::kGrade, kMarks, "grade", {"average", "gpa", "mark", "moyenne", "moyenne générale", "note", "المعدل", "المعدل العام", "المعدل التراكمي"}},
        {Column::kGradeScale, kMarks, "grade_scale", {"scale", "barème", "سلم التقييم", "من"}},
        {Column::kCredits, kMarks, "credits", {"crédits", "الأرصدة", "الساعات المعتمدة", "عدد الأرصدة"}},
        {Column::kCreditSystem, kMarks, "credit_system", {"système de crédits", "نظام الأرصدة", "نظام الساعات"}},
        {Column::kRank, kStudies, "rank", {"rang", "classement", "الترتيب", "الرتبة"}},
        {Column::kRankOf, kStudies, "rank_of", {"cohort size", "effectif", "عدد الخريجين", "عدد الناجحين"}},
        {Column::kLanguages, kStudies, "languages", {"language", "language of instruction", "langue", "langue d'enseignement", "لغة التدريس", "لغة الدراسة"}},
        {Column::kValidUntil, kPeople, "valid_until", {"expiry date", "expires", "valable jusqu'au", "صالحة إلى", "تاريخ انتهاء الصلاحية"}},
        {Column::kCertificate, kStudies, "certificate", {"earlier certificate", "earlier certificate number", "certificat antérieur", "numéro du certificat antérieur", "الشهادة السابقة", "رقم الشهادة السابقة"}},
        {Column::kSerial, kActs, "serial", {"serial number", "file number", "numéro de série", "numéro de dossier", "n° dossier", "الرقم المسلسل", "رقم الملف"}},
        {Column::kAwardedOn, kActs, "awarded_on", {"date of certificate", "date of issue", "date de l'attestation", "date d'émission", "تاريخ الشهادة الصادرة", "تاريخ الإصدار"}},
        {Column::kLevel, kActs, "level", {"isced level", "niveau", "niveau cite", "المستوى"}},
        {Column::kField, kActs, "field", {"isced field", "field of study", "domaine", "domaine cite", "المجال"}},
        {Column::kNumber, kActs, "number", {"decision number", "apostille number", "stamp number", "numéro", "n°", "numéro de décision", "numéro de l'apostille", "numéro du cachet", "الرقم", "رقم القرار", "رقم الأبوستيل", "رقم التصديق"}},
        {Column::kDate, kActs, "date", {"decision date", "date of decision", "date of apostille", "date de décision", "date de la décision", "date de l'apostille", "التاريخ", "تاريخ القرار", "تاريخ التصديق", "تاريخ الأبوستيل"}},
        {Column::kTarget, kActs, "target", {"number on the ledger", "ledger number", "numéro sur le registre", "numéro dans le registre", "الرقم في السجل", "رقم السجل"}},
        {Column::kInstitutionAr, kActs, "institution_ar", {"institution arabic", "établissement en arabe", "المؤسسة", "الجامعة"}},
        {Column::kInstitutionLatin, kActs, "institution_latin", {"institution", "university", "établissement", "université", "المؤسسة باللاتينية"}},
        {Column::kCountry, kActs, "country", {"country of study", "pays", "pays d'études", "البلد", "بلد الدراسة"}},
        {Column::kTitleAr, kActs, "title_ar", {"title arabic", "intitulé en arabe", "الشهادة", "اسم الشهادة"}},
        {Column::kTitleLatin, kActs, "title_latin", {"title", "degree", "diploma", "diplôme", "intitulé", "intitulé du diplôme", "الشهادة باللاتينية"}},
        {Column::kDocumentDate, kActs, "document_date", {"award date", "date of diploma", "graduation date", "date du document", "date du diplôme", "date d'obtention", "تاريخ الشهادة", "تاريخ التخرج", "تاريخ الحصول"}},
        {Column::kDocumentNumber, kActs, "document_number", {"diploma number", "number on the document", "numéro du document", "numéro de diplôme", "numéro du diplôme", "n° diplôme", "رقم الشهادة", "رقم الوثيقة"}},
        {Column::kOutcome, kDecisions, "outcome", {"decision", "result", "décision", "résultat", "القرار", "النتيجة"}},
        {Column::kConditionsAr, kDecisions, "conditions_ar", {"conditions arabic", "conditions en arabe", "الشروط"}},
        {Column::kConditionsEn, kDecisions, "conditions_en", {"conditions english", "conditions en anglais", "الشروط بالإنجليزية"}},
        {Column::kConditionsFr, kDecisions, "conditions_fr", {"conditions", "conditions french", "conditions en français", "réserves", "الشروط بالفرنسية"}},
        {Column::kEquivalentAr, kDecisions, "equivalent_ar", {"equivalent arabic", "équivalent en arabe", "المعادلة", "الشهادة المعادلة"}},
        {Column::kEquivalentEn, kDecisions, "equivalent_en", {"equivalent to", "equivalent english", "équivalent en anglais"}},
        {Column::kEquivalentFr, kDecisions, "equivalent_fr", {"équivalent", "équivalence", "équivalent en français", "equivalent french"}},
        {Column::kPurposeAr, kDecisions, "purpose_ar", {"purpose arabic", "but en arabe", "الغرض"}},
        {Column::kPurposeEn, kDecisions, "purpose_en", {"purpose", "purpose english", "but en anglais"}},
        {Column::kPurposeFr, kDecisions, "purpose_fr", {"but", "objet", "finalité", "purpose french"}},
        {Column::kKind, kStamps, "kind", {"type", "nature", "النوع", "نوع التصديق"}},
        {Column::kPlaceAr, kStamps, "place_ar", {"place arabic", "lieu en arabe", "المكان"}},
        {Column::kPlaceEn, kStamps, "place_en", {"place", "place english", "lieu en anglais"}},
        {Column::kPlaceFr, kStamps, "place_fr", {"lieu", "place french", "lieu en français"}},
        {Column::kCapacityAr, kStamps, "capacity_ar", {"capacity arabic", "qualité en arabe", "الصفة", "صفة الموقع"}},
        {Column::kCapacityEn, kStamps, "capacity_en", {"capacity", "acting in the capacity of", "qualité en anglais"}},
        {Column::kCapacityFr, kStamps, "capacity_fr", {"qualité", "agissant en qualité de", "capacity french"}},
        {Column::kCode, kCourses, "code", {"course code", "module code", "code module", "code matière", "code ue", "رمز المادة", "رمز المقرر", "رمز الوحدة"}},
        {Column::kTitleAr, kCourses, "title_ar", {"course arabic", "intitulé en arabe", "matière en arabe", "المادة", "المقرر", "اسم المادة", "اسم المقرر"}},
        {Column::kTitleEn, kCourses, "title_en", {"course", "course title", "title", "module", "intitulé en anglais", "اسم المادة بالإنجليزية"}},
        {Column::kTitleFr, kCourses, "title_fr", {"intitulé", "intitulé du module", "intitulé de l'ue", "matière", "اسم المادة بالفرنسية"}},
        {Column::kSemester, kCourses, "semester", {"term", "semestre", "période", "الفصل", "السداسي", "الفصل الدراسي"}},
    };
    return kKnown;
}
// clang-format on

using Headings = std::vector<std::pair<std::string, Column>>;

Headings fold_headings(TableKind kind) {
    Headings all;
    for (const Known& known : known_columns()) {
        if ((known.tables & bit(kind)) == 0) continue;
        all.emplace_back(text::fold(known.heading), known.column);
        for (const std::string_view other : known.others) {
            all.emplace_back(text::fold(other), known.column);
        }
    }
    std::ranges::sort(all);
    return all;
}

const Headings& folded_headings(TableKind kind) {
    static const Headings kGraduates = fold_headings(TableKind::kGraduates);
    static const Headings kEquivalencies = fold_headings(TableKind::kEquivalencies);
    static const Headings kAttestations = fold_headings(TableKind::kAttestations);
    static const Headings kOfCourses = fold_headings(TableKind::kCourses);
    switch (kind) {
        case TableKind::kGraduates: return kGraduates;
        case TableKind::kEquivalencies: return kEquivalencies;
        case TableKind::kAttestations: return kAttestations;
        case TableKind::kCourses: return kOfCourses;
    }
    ENSURE(false);
}

/// Columns without which no table of the kind can be read.
std::span<const Column> needed_columns(TableKind kind) {
    using enum Column;
    static constexpr std::array kOfGraduates{kProgramme, kAwardedOn};
    static constexpr std::array kOfEquivalencies{kLevel, kField, kNumber, kDate, kOutcome};
    static constexpr std::array kOfAttestations{kLevel, kField, kNumber, kDate, kKind};
    static constexpr std::array kOfCourses{kCode};
    switch (kind) {
        case TableKind::kGraduates: return kOfGraduates;
        case TableKind::kEquivalencies: return kOfEquivalencies;
        case TableKind::kAttestations: return kOfAttestations;
        case TableKind::kCourses: return kOfCourses;
    }
    ENSURE(false);
}

/// The column of a heading as it stands there, folded.
std::optional<Column> find_folded(std::string_view folded, TableKind kind) {
    const auto& all = folded_headings(kind);
    const auto found =
        std::ranges::lower_bound(all, folded, {}, &std::pair<std::string, Column>::first);
    if (found == all.end() || found->first != folded) return std::nullopt;
    return found->second;
}

/// `N° CIN` is `CIN`: a number is meant by those columns anyway.
std::optional<Column> find_numbered(std::string_view folded, TableKind kind) {
    constexpr std::string_view kNumber[] = {"n\u00B0",    "n\u00BA", "no ",     "nr ", "num ",
                                            "numero de ", "numero ", "number ", "رقم "};
    for (const std::string_view one : kNumber) {
        if (!folded.starts_with(one)) continue;
        std::string_view rest = folded.substr(one.size());
        if (rest.starts_with(' ')) rest.remove_prefix(1);
        const auto column = find_folded(rest, kind);
        const bool is_identifier = column == Column::kNationalId || column == Column::kPassport ||
                                   column == Column::kStudentId;
        return is_identifier ? column : std::nullopt;
    }
    return std::nullopt;
}

/// What is half a name, by script. Beside it a heading that may be the whole or the other half,
/// `الاسم`, is that half.
struct NameHalves {
    Column whole;
    std::string_view ambiguous;
    std::vector<std::string_view> halves;
};

const std::vector<NameHalves>& name_halves() {
    static const std::vector<NameHalves> kHalves{
        {Column::kNameAr,
         "الاسم",
         {"اللقب", "لقب", "اللقب العائلي", "اسم العائلة", "الاسم العائلي", "الكنية", "النسب",
          "الاسم الشخصي", "الاسم الأول"}},
        {Column::kNameLatin,
         "name",
         {"nom", "nom de famille", "prénom", "prénoms", "family name", "last name", "surname",
          "first name", "given name", "given names", "forename"}},
    };
    return kHalves;
}

/// Those of the headings that mean nothing here and are half a name whose whole no column has.
std::vector<std::string> find_name_halves(const ColumnMap& map,
                                          std::span<const std::string> headings) {
    std::vector<std::string> found;
    for (const NameHalves& one : name_halves()) {
        const auto place = map.place_of(one.whole);
        const bool is_whole = place && text::fold(headings[*place]) != text::fold(one.ambiguous);
        if (is_whole) continue;
        const std::size_t before = found.size();
        for (const std::string& heading : map.ignored) {
            const std::string folded = text::fold(heading);
            if (std::ranges::any_of(one.halves, [&](std::string_view half) {
                    return text::fold(half) == folded;
                })) {
                found.push_back(heading);
            }
        }
        if (place && found.size() > before) found.push_back(text::tidy_spaces(headings[*place]));
    }
    return found;
}

}  // namespace

std::string_view to_heading(Column column) {
    const auto found = std::ranges::find(known_columns(), column, &Known::column);
    ENSURE(found != known_columns().end());
    return found->heading;
}

std::optional<Column> find_column(std::string_view heading, TableKind kind) {
    const std::string folded = text::fold(heading);
    const auto column = find_folded(folded, kind);
    return column ? column : find_numbered(folded, kind);
}

std::vector<std::string_view> plain_headings(TableKind kind) {
    std::vector<std::string_view> headings;
    for (const Known& known : known_columns()) {
        if ((known.tables & bit(kind)) != 0) headings.push_back(known.heading);
    }
    return headings;
}

ColumnMap map_columns(std::span<const std::string> headings,
                      std::span<const std::pair<std::string, std::string>> overrides,
                      TableKind kind) {
    ColumnMap map;
    for (std::size_t place = 0; place < headings.size(); ++place) {
        const std::string tidy = text::tidy_spaces(headings[place]);
        const auto given = std::ranges::find(
            overrides, text::fold(tidy), [](const auto& pair) { return text::fold(pair.first); });
        const auto column = find_column(given == overrides.end() ? tidy : given->second, kind);
        if (!column) {
            if (!tidy.empty()) map.ignored.push_back(tidy);
            continue;
        }
        auto& slot = map.places[static_cast<std::size_t>(*column)];
        if (slot && !map.twice) map.twice = column;
        slot = place;
    }
    for (const Column needed : needed_columns(kind)) {
        if (!map.place_of(needed)) map.missing.push_back(needed);
    }
    const auto need_one = [&](std::initializer_list<Column> columns) {
        const bool has_one =
            std::ranges::any_of(columns, [&](Column one) { return map.place_of(one).has_value(); });
        if (!has_one) map.missing.push_back(*columns.begin());
    };
    if (kind == TableKind::kCourses) {
        need_one({Column::kStudentId, Column::kSerial});
        need_one({Column::kTitleAr, Column::kTitleEn, Column::kTitleFr});
    } else {
        map.name_halves = find_name_halves(map, headings);
        need_one({Column::kNameAr, Column::kNameLatin});
    }
    return map;
}

}  // namespace tasdiq::intake
