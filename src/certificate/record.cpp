#include "certificate/record.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/ensure.hpp"
#include "certificate/decimal.hpp"
#include "certificate/record_checks.hpp"
#include "codec/invisible.hpp"
#include "wire/text_rules.hpp"

namespace tasdiq::certificate {
namespace {

using Error = RecordError;

constexpr std::uint32_t kRankMax = 1'000'000;

bool is_lower(char c) { return 'a' <= c && c <= 'z'; }

bool is_scheme(std::string_view text) {
    return !text.empty() && text.size() <= 32 &&
           std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_language(std::string_view text) {
    return (text.size() == 2 || text.size() == 3) && std::ranges::all_of(text, is_lower);
}

Checked check_titles(const wire::Titles& titles, const Where& where) {
    TRY(check_text(titles.ar, kTextMax, where.in("/ar")));
    TRY(check_text(titles.en, kTextMax, where.in("/en")));
    return check_text(titles.fr, kTextMax, where.in("/fr"));
}

Checked check_holder(const Holder& holder) {
    if (holder.names.empty() || holder.names.size() > 8)
        return fault(Error::kCount, {"/holder/names"});
    TRY(check_script_texts(holder.names, Where{"/holder/names"}, [](const ScriptText& name) {
        return std::pair{std::string_view{name.text}, name.script};
    }));
    if (holder.birth_date && !parse_partial_date(to_text(*holder.birth_date))) {
        return fault(Error::kDate, {"/holder/birthDate"});
    }
    // No more than three, since each script stands once.
    TRY(check_script_texts(holder.birth_place, Where{"/holder/birthPlace"},
                           [](const ScriptText& place) { return place.script; }));
    if (holder.nationality && !wire::is_country(*holder.nationality)) {
        return fault(Error::kCode, {"/holder/nationality"});
    }
    const auto& identifiers = holder.identifiers;
    if (identifiers.size() > 8) return fault(Error::kCount, {"/holder/identifiers"});
    for (std::size_t i = 0; i < identifiers.size(); ++i) {
        const Where where{"/holder/identifiers", i};
        if (!is_scheme(identifiers[i].scheme)) return fault(Error::kCode, where.in("/scheme"));
        TRY(check_text(identifiers[i].value, kLineMax, where.in("/value")));
        for (std::size_t j = 0; j < i; ++j) {
            if (identifiers[i].scheme == identifiers[j].scheme) return fault(Error::kTwice, where);
        }
    }
    return Ok{};
}

Checked check_decimal(std::string_view text, const Where& where) {
    if (!is_decimal(text)) return fault(Error::kDecimal, where);
    return Ok{};
}

Checked check_grade(const std::optional<Grade>& grade, const Where& where) {
    if (!grade) return Ok{};
    TRY(check_decimal(grade->value, where.in("/value")));
    TRY(check_decimal(grade->scale, where.in("/scale")));
    if (is_below(grade->scale, grade->value)) return fault(Error::kGradeRange, where.in("/value"));
    return Ok{};
}

Checked check_credits(const std::optional<Credits>& credits, const Where& where) {
    if (!credits) return Ok{};
    TRY(check_decimal(credits->value, where.in("/value")));
    return check_text(credits->system, kShortTextMax, where.in("/system"));
}

/// Type, level, field, programme, dates: what becomes terms.
Checked check_terms_part(const Award& award) {
    TRY(check_titles(award.title, Where{"/award/title"}));
    if (award.level > 8) return fault(Error::kNumber, {"/award/level"});
    if (award.field > 9999) return fault(Error::kNumber, {"/award/field"});
    if (award.programme && !wire::is_programme(*award.programme)) {
        return fault(Error::kCode, {"/award/programme"});
    }
    TRY(check_day(award.awarded_on, Where{"/award/awardedOn"}));
    TRY(check_if(award.awarded_on_hijri, kLineMax, Where{"/award/awardedOnHijri"}));
    if (award.intake) {
        TRY(check_day(*award.intake, Where{"/award/intake"}));
        if (award.awarded_on < *award.intake) return fault(Error::kDateOrder, {"/award/intake"});
    }
    const auto& others = award.awarded_with;
    if (others.size() > 7) return fault(Error::kCount, {"/award/awardedWith"});
    for (std::size_t i = 0; i < others.size(); ++i) {
        const Where where{"/award/awardedWith", i};
        if (others[i].value == 0) return fault(Error::kNumber, where);
        if (i > 0 && !(others[i - 1] < others[i])) return fault(Error::kTwice, where);
    }
    return Ok{};
}

Checked check_award(const Award& award) {
    TRY(check_terms_part(award));
    TRY(check_if(award.decision, kTextMax, Where{"/award/decision"}));
    TRY(check_if(award.academic_year, kShortTextMax, Where{"/award/academicYear"}));
    if (award.honours) TRY(check_titles(*award.honours, Where{"/award/honours"}));
    TRY(check_grade(award.grade, Where{"/award/grade"}));
    TRY(check_credits(award.credits, Where{"/award/credits"}));
    if (award.rank) {
        const Rank rank = *award.rank;
        if (rank.of > kRankMax) return fault(Error::kNumber, {"/award/rank/of"});
        if (rank.position < 1 || rank.position > rank.of) {
            return fault(Error::kRankRange, {"/award/rank/position"});
        }
    }
    const auto& languages = award.languages;
    if (languages.size() > 8) return fault(Error::kCount, {"/award/languages"});
    for (std::size_t i = 0; i < languages.size(); ++i) {
        const Where where{"/award/languages", i};
        if (!is_language(languages[i])) return fault(Error::kCode, where);
        if (std::ranges::count(languages, languages[i]) > 1) return fault(Error::kTwice, where);
    }
    return Ok{};
}

Checked check_courses(const Record& record) {
    if (record.courses.empty()) return Ok{};
    if (record.award.type != wire::CertificateType::kTranscript &&
        record.award.type != wire::CertificateType::kSupplement) {
        return fault(Error::kCoursesNotAllowed, {"/courses"});
    }
    if (record.courses.size() > kCoursesMax) return fault(Error::kCount, {"/courses"});
    for (std::size_t i = 0; i < record.courses.size(); ++i) {
        const Course& course = record.courses[i];
        const Where where{"/courses", i};
        TRY(check_text(course.code, kShortTextMax, where.in("/code")));
        const std::pair<std::string_view, std::string_view> titles[] = {
            {course.title_ar, "/ar"}, {course.title_en, "/en"}, {course.title_fr, "/fr"}};
        if (std::ranges::all_of(titles, [](const auto& title) { return title.first.empty(); })) {
            return fault(Error::kCount, where.in("/title"));
        }
        for (const auto& [title, member] : titles) {
            if (!title.empty()) TRY(check_text(title, kTextMax, where.in("/title").in(member)));
        }
        TRY(check_credits(course.credits, where.in("/credits")));
        TRY(check_grade(course.grade, where.in("/grade")));
        TRY(check_if(course.semester, kShortTextMax, where.in("/semester")));
    }
    return Ok{};
}

/// Nothing of what the certificate says lies after it.
Checked check_date_order(const Record& record) {
    const Day awarded = record.award.awarded_on;
    if (record.holder.birth_date && awarded < earliest(*record.holder.birth_date)) {
        return fault(Error::kDateOrder, {"/holder/birthDate"});
    }
    if (record.document && record.document->awarded_on &&
        awarded < earliest(*record.document->awarded_on)) {
        return fault(Error::kDateOrder, {"/document/awardedOn"});
    }
    if (record.valid_until && *record.valid_until < awarded) {
        return fault(Error::kDateOrder, {"/validUntil"});
    }
    return Ok{};
}

}  // namespace

std::string_view to_string(RecordError error) {
    switch (error) {
        case Error::kTooLarge: return "the graduate record is too large";
        case Error::kJson: return "the graduate record is not strict JSON";
        case Error::kType: return "a member is of another JSON type";
        case Error::kUnknownMember: return "a member that the format does not have";
        case Error::kMissing: return "a member is missing";
        case Error::kVersion: return "a version that is not known here";
        case Error::kText: return "empty, too long, with spaces at its ends or with controls";
        case Error::kDate: return "no such date, or not written as YYYY-MM-DD";
        case Error::kCode: return "not one of the words or codes that may stand here";
        case Error::kNumber: return "a number outside its limits";
        case Error::kDecimal: return "not a decimal of at most four digits and four places";
        case Error::kCount: return "too few or too many";
        case Error::kTwice: return "the same twice, or not ascending";
        case Error::kDateOrder: return "dates in an impossible order";
        case Error::kGradeRange: return "a grade above its scale";
        case Error::kRankRange: return "a rank outside 1 to the number of graduates";
        case Error::kCoursesNotAllowed: return "this type of certificate lists no courses";
        case Error::kNotForType: return "this type of certificate has no such member";
        case Error::kTarget: return "about a certificate of a ledger and another document";
        case Error::kConditions: return "conditions that do not go with the outcome";
    }
    ENSURE(false);
}

bool is_plain_text(std::string_view text, std::size_t size_bytes_max) {
    return !text.empty() && text.size() <= size_bytes_max && wire::is_plain_text(text) &&
           !codec::has_invisible(text);
}

std::optional<PartialDate> parse_partial_date(std::string_view text) {
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
    constexpr std::string_view kFirst = "0000-01-01";
    // What is missing is filled up, so that one parser knows the calendar.
    const auto day = parse_day(std::string{text} + std::string{kFirst.substr(text.size())});
    if (!day) return std::nullopt;
    const CivilDate date = to_civil(*day);
    PartialDate partial{date.year};
    if (text.size() >= 7) partial.month = date.month;
    if (text.size() == 10) partial.day = date.day;
    return partial;
}

std::string to_text(PartialDate date) {
    const auto two = [](std::uint8_t value) {
        return std::string{'-', static_cast<char>('0' + value / 10 % 10),
                           static_cast<char>('0' + value % 10)};
    };
    std::string year = std::to_string(date.year);
    if (date.year >= 0 && year.size() < 4) year.insert(0, 4 - year.size(), '0');
    // A day without a month is not a date; it is written so that it isn't read back.
    return year + (date.month != 0 || date.day != 0 ? two(date.month) : "") +
           (date.day != 0 ? two(date.day) : "");
}

Day earliest(PartialDate date) {
    const CivilDate first{date.year, std::max<std::uint8_t>(date.month, 1),
                          std::max<std::uint8_t>(date.day, 1)};
    return to_day(first);
}

Result<Ok, RecordFault> check_record(const Record& record) {
    TRY(check_holder(record.holder));
    TRY(check_award(record.award));
    TRY(check_courses(record));
    TRY(check_act(record));
    if (record.valid_until) TRY(check_day(*record.valid_until, Where{"/validUntil"}));
    return check_date_order(record);
}

wire::Terms make_terms(const Record& record, std::vector<wire::Awarding> awarding) {
    const Award& award = record.award;
    return {.awarding = std::move(awarding),
            .type = award.type,
            .level = award.level,
            .field = award.field,
            .programme = award.programme,
            .awarded_on = award.awarded_on,
            .intake = award.intake,
            .mode = award.mode,
            .site = award.site,
            .capture = award.capture};
}

}  // namespace tasdiq::certificate
