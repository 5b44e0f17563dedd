#include "intake/columns.hpp"

#include <algorithm>
#include <utility>

#include "text/folding.hpp"

namespace tasdiq::intake {
namespace {

struct Known {
    Column column;
    std::string_view heading;  // the plain one
    std::vector<std::string_view> others;
};

// clang-format off
const std::vector<Known>& known_columns() {
    static const std::vector<Known> kKnown{
        {Column::kSerial, "serial", {"diploma number", "certificate number", "serial number", "numéro de diplôme", "n° diplôme", "numéro du diplôme", "رقم الشهادة", "الرقم المسلسل"}},
        {Column::kStudentId, "student_id", {"student number", "student no", "registration number", "numéro d'inscription", "matricule", "numéro étudiant", "رقم الطالب", "رقم القيد", "رقم التسجيل", "الرقم الجامعي"}},
        {Column::kNationalId, "national_id", {"national identity number", "id number", "cin", "carte d'identité", "numéro cin", "nin", "الرقم الوطني", "الرقم القومي", "رقم الهوية", "رقم بطاقة التعريف", "رقم البطاقة"}},
        {Column::kPassport, "passport", {"passport number", "numéro de passeport", "passeport", "رقم جواز السفر", "جواز السفر"}},
        {Column::kNameAr, "name_ar", {"arabic name", "name arabic", "name in arabic", "nom arabe", "nom en arabe", "nom et prénom en arabe", "الاسم", "الاسم بالعربية", "الاسم الكامل", "الاسم واللقب", "اسم الطالب", "الاسم بالكامل"}},
        {Column::kNameLatin, "name_latin", {"name", "full name", "latin name", "name en", "name fr", "name in english", "nom et prénom", "nom complet", "nom prénom", "prénom nom", "الاسم باللاتينية", "الاسم بالفرنسية", "الاسم بالإنجليزية", "الاسم بالأحرف اللاتينية"}},
        {Column::kBirthDate, "birth_date", {"date of birth", "birthdate", "dob", "date de naissance", "né le", "تاريخ الميلاد", "تاريخ الولادة", "تاريخ الازدياد"}},
        {Column::kBirthPlaceAr, "birth_place_ar", {"place of birth arabic", "lieu de naissance en arabe", "مكان الميلاد", "مكان الولادة", "محل الميلاد"}},
        {Column::kBirthPlaceLatin, "birth_place_latin", {"place of birth", "birth place", "birthplace", "lieu de naissance", "مكان الميلاد باللاتينية"}},
        {Column::kNationality, "nationality", {"nationalité", "الجنسية"}},
        {Column::kProgramme, "programme", {"program", "programme code", "program code", "code programme", "filière", "code filière", "formation", "البرنامج", "رمز البرنامج", "الشعبة", "التخصص"}},
        {Column::kAwardedOn, "awarded_on", {"award date", "date of award", "graduation date", "awarded", "date d'obtention", "date de délivrance", "date du diplôme", "تاريخ المنح", "تاريخ التخرج", "تاريخ الحصول", "تاريخ التحصيل"}},
        {Column::kAwardedOnHijri, "awarded_on_hijri", {"hijri date", "date hégirienne", "التاريخ الهجري"}},
        {Column::kIntake, "intake", {"enrolment date", "date of enrolment", "date d'inscription", "تاريخ الالتحاق", "تاريخ التسجيل"}},
        {Column::kMode, "mode", {"study mode", "mode d'études", "نمط الدراسة", "نظام الدراسة"}},
        {Column::kSite, "site", {"campus", "المقر"}},
        {Column::kDecision, "decision", {"council decision", "décision", "procès verbal", "pv", "قرار المجلس", "المحضر", "رقم القرار"}},
        {Column::kAcademicYear, "academic_year", {"year", "année universitaire", "année académique", "السنة الجامعية", "العام الجامعي", "السنة الدراسية"}},
        {Column::kHonours, "honours", {"honors", "mention", "classification", "التقدير", "الملاحظة", "المرتبة"}},
        {Column::kGrade, "grade", {"average", "gpa", "mark", "moyenne", "moyenne générale", "note", "المعدل", "المعدل العام", "المعدل التراكمي"}},
        {Column::kGradeScale, "grade_scale", {"scale", "barème", "سلم التقييم", "من"}},
        {Column::kCredits, "credits", {"crédits", "الأرصدة", "الساعات المعتمدة", "عدد الأرصدة"}},
        {Column::kCreditSystem, "credit_system", {"système de crédits", "نظام الأرصدة", "نظام الساعات"}},
        {Column::kRank, "rank", {"rang", "classement", "الترتيب", "الرتبة"}},
        {Column::kRankOf, "rank_of", {"cohort size", "effectif", "عدد الخريجين", "عدد الناجحين"}},
        {Column::kLanguages, "languages", {"language", "language of instruction", "langue", "langue d'enseignement", "لغة التدريس", "لغة الدراسة"}},
        {Column::kValidUntil, "valid_until", {"expiry date", "expires", "valable jusqu'au", "صالحة إلى", "تاريخ انتهاء الصلاحية"}},
    };
    return kKnown;
}
// clang-format on

const std::vector<std::pair<std::string, Column>>& folded_headings() {
    static const std::vector<std::pair<std::string, Column>> kFolded = [] {
        std::vector<std::pair<std::string, Column>> all;
        for (const Known& known : known_columns()) {
            all.emplace_back(text::fold(known.heading), known.column);
            for (const std::string_view other : known.others) {
                all.emplace_back(text::fold(other), known.column);
            }
        }
        std::ranges::sort(all);
        return all;
    }();
    return kFolded;
}

constexpr std::array kNeeded{Column::kProgramme, Column::kAwardedOn};

}  // namespace

std::string_view to_heading(Column column) {
    return known_columns()[static_cast<std::size_t>(column)].heading;
}

std::optional<Column> find_column(std::string_view heading) {
    const auto& all = folded_headings();
    const std::string folded = text::fold(heading);
    const auto found =
        std::ranges::lower_bound(all, folded, {}, &std::pair<std::string, Column>::first);
    if (found == all.end() || found->first != folded) return std::nullopt;
    return found->second;
}

ColumnMap map_columns(std::span<const std::string> headings,
                      std::span<const std::pair<std::string, std::string>> overrides) {
    ColumnMap map;
    for (std::size_t place = 0; place < headings.size(); ++place) {
        const std::string tidy = text::tidy_spaces(headings[place]);
        const auto given =
            std::ranges::find(overrides, tidy, [](const auto& pair) { return pair.first; });
        const auto column = find_column(given == overrides.end() ? tidy : given->second);
        if (!column) {
            if (!tidy.empty()) map.ignored.push_back(tidy);
            continue;
        }
        auto& slot = map.places[static_cast<std::size_t>(*column)];
        if (slot && !map.twice) map.twice = column;
        slot = place;
    }
    for (const Column needed : kNeeded) {
        if (!map.place_of(needed)) map.missing.push_back(needed);
    }
    if (!map.place_of(Column::kNameAr) && !map.place_of(Column::kNameLatin)) {
        map.missing.push_back(Column::kNameAr);
    }
    return map;
}

}  // namespace tasdiq::intake
