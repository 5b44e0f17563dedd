#include "intake/cells.hpp"

#include <algorithm>
#include <array>

#include "text/folding.hpp"

namespace tasdiq::intake {
namespace {

/// Runs of digits and what stands between them.
struct DateParts {
    std::array<std::string_view, 3> digits;
    std::size_t count = 0;
};

std::optional<DateParts> split_date(std::string_view text) {
    DateParts parts;
    while (!text.empty()) {
        std::size_t size = 0;
        while (size < text.size() && text[size] >= '0' && text[size] <= '9') ++size;
        if (size == 0 || size > 4 || parts.count == 3) return std::nullopt;
        parts.digits[parts.count++] = text.substr(0, size);
        text.remove_prefix(size);
        if (text.empty()) break;
        const char separator = text.front();
        if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
        text.remove_prefix(1);
        if (text.empty()) return std::nullopt;
    }
    return parts;
}

std::int32_t to_number(std::string_view digits) {
    std::int32_t number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
}

/// A date as it is written; whether there is such a day is another question.
std::optional<CivilDate> read_civil_date(std::string_view cell) {
    const std::string text = text::to_western_digits(cell);
    const auto parts = split_date(text);
    if (!parts || parts->count != 3) return std::nullopt;
    const auto& digits = parts->digits;
    const bool year_first = digits[0].size() == 4;
    const std::string_view year = digits[year_first ? 0 : 2];
    const std::string_view day = digits[year_first ? 2 : 0];
    if (year.size() != 4 || digits[1].size() > 2 || day.size() > 2) {
        return std::nullopt;  // two-digit years could be either century
    }
    return CivilDate{to_number(year), static_cast<std::uint8_t>(to_number(digits[1])),
                     static_cast<std::uint8_t>(to_number(day))};
}

/// What a cell says, and the words for it.
template <class T>
struct Words {
    T value;
    std::vector<std::string_view> words;  // folded
};

// clang-format off
const std::vector<Words<wire::Titles>>& honours() {
    static const std::vector<Words<wire::Titles>> kHonours{
        {{"ممتاز", "Excellent", "Excellent"}, {"ممتاز", "excellent"}},
        {{"حسن جدا", "Very good", "Très bien"}, {"tres bien", "حسن جدا", "جيد جدا", "very good"}},
        {{"حسن", "Good", "Bien"}, {"bien", "حسن", "جيد", "good"}},
        {{"قريب من الحسن", "Fairly good", "Assez bien"}, {"assez bien", "قريب من الحسن", "fairly good"}},
        {{"مقبول", "Pass", "Passable"}, {"passable", "مقبول", "متوسط", "pass"}},
        {{"مشرف", "Honourable", "Honorable"}, {"honorable", "مشرف", "honourable"}},
        {{"مشرف جدا", "Very honourable", "Très honorable"}, {"tres honorable", "مشرف جدا", "very honourable"}},
    };
    return kHonours;
}

const std::vector<Words<std::string_view>>& countries() {
    static const std::vector<Words<std::string_view>> kCountries{
        {"TN", {"tunisian", "tunisien", "tunisienne", "تونسي", "تونسيه", "تونس"}},
        {"EG", {"egyptian", "egyptien", "egyptienne", "مصري", "مصريه", "مصر"}},
        {"DZ", {"algerian", "algerien", "algerienne", "جزائري", "جزايري", "جزايريه", "الجزاير"}},
        {"LY", {"libyan", "libyen", "libyenne", "ليبي", "ليبيه", "ليبيا"}},
        {"MA", {"moroccan", "marocain", "marocaine", "مغربي", "مغربيه", "المغرب"}},
        {"MR", {"mauritanian", "mauritanien", "mauritanienne", "موريتاني", "موريتانيه"}},
        {"SD", {"sudanese", "soudanais", "soudanaise", "سوداني", "سودانيه"}},
        {"PS", {"palestinian", "palestinien", "palestinienne", "فلسطيني", "فلسطينيه"}},
        {"JO", {"jordanian", "jordanien", "jordanienne", "اردني", "اردنيه"}},
        {"SY", {"syrian", "syrien", "syrienne", "سوري", "سوريه"}},
        {"LB", {"lebanese", "libanais", "libanaise", "لبناني", "لبنانيه"}},
        {"IQ", {"iraqi", "irakien", "irakienne", "عراقي", "عراقيه"}},
        {"YE", {"yemeni", "yemenite", "يمني", "يمنيه"}},
        {"SA", {"saudi", "saoudien", "saoudienne", "سعودي", "سعوديه"}},
    };
    return kCountries;
}

const std::vector<Words<certificate::Outcome>>& outcomes() {
    using enum certificate::Outcome;
    static const std::vector<Words<certificate::Outcome>> kOutcomes{
        {kFull, {"full", "totale", "كليه", "complete", "total", "كامله"}},
        {kPartial, {"partial", "partielle", "جزييه", "partiel"}},
        {kConditional, {"conditional", "conditionnelle", "مشروطه", "conditionnel", "sous conditions", "sous reserve"}},
    };
    return kOutcomes;
}

const std::vector<Words<certificate::AttestationKind>>& attestation_kinds() {
    using enum certificate::AttestationKind;
    static const std::vector<Words<certificate::AttestationKind>> kKinds{
        {kStamp, {"stamp", "cachet", "ختم", "visa", "تاشيره"}},
        {kLegalisation, {"legalisation", "تصديق", "legalization", "تعريف بالامضاء"}},
        {kApostille, {"apostille", "ابوستيل", "ابوستيي"}},
    };
    return kKinds;
}
// clang-format on

template <class T>
std::optional<T> find_word(const std::vector<Words<T>>& all, std::string_view cell) {
    const std::string word = text::fold(cell);
    for (const Words<T>& one : all) {
        if (std::ranges::find(one.words, word) != one.words.end()) return one.value;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Day> read_day(std::string_view cell) {
    const auto date = read_civil_date(cell);
    return date && is_civil_date(*date) ? std::optional{to_day(*date)} : std::nullopt;
}

bool is_no_day(std::string_view cell) {
    const auto date = read_civil_date(cell);
    return date && date->month >= 1 && date->month <= 12 && date->day >= 1 && date->day <= 31 &&
           !is_civil_date(*date);
}

std::optional<certificate::PartialDate> read_partial_date(std::string_view cell) {
    if (const auto day = read_day(cell)) {
        const CivilDate date = to_civil(*day);
        return certificate::PartialDate{date.year, date.month, date.day};
    }
    const std::string text = text::to_western_digits(cell);
    const auto parts = split_date(text);
    if (!parts || parts->count > 2) return std::nullopt;
    const auto& digits = parts->digits;
    if (parts->count == 1) {
        if (digits[0].size() != 4) return std::nullopt;
        return certificate::PartialDate{to_number(digits[0]), 0, 0};
    }
    const bool year_first = digits[0].size() == 4;
    const std::string_view year = year_first ? digits[0] : digits[1];
    const std::int32_t month = to_number(year_first ? digits[1] : digits[0]);
    if (year.size() != 4 || month < 1 || month > 12) return std::nullopt;
    return certificate::PartialDate{to_number(year), static_cast<std::uint8_t>(month), 0};
}

std::optional<std::string> read_decimal(std::string_view cell) {
    std::string text = text::to_western_digits(cell);
    std::ranges::replace(text, ',', '.');
    const std::size_t point = text.find('.');
    const std::string_view whole = std::string_view{text}.substr(0, point);
    const std::string_view part = point == std::string::npos
                                      ? std::string_view{"0"}
                                      : std::string_view{text}.substr(point + 1);
    const auto all_digits = [](std::string_view digits) {
        return std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    };
    const bool fits = !whole.empty() && whole.size() <= 4 && !part.empty() && part.size() <= 4;
    if (!fits || !all_digits(whole) || !all_digits(part)) return std::nullopt;
    return text;
}

std::optional<std::uint32_t> read_number(std::string_view cell) {
    const std::string text = text::to_western_digits(cell);
    if (text.empty() || text.size() > 7) return std::nullopt;
    std::uint32_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return number <= kNumberMax ? std::optional{number} : std::nullopt;
}

std::optional<wire::Titles> read_honours(std::string_view cell) {
    return find_word(honours(), cell);
}

std::string known_honours() {
    std::string all;
    for (const auto& [titles, words] : honours()) {
        if (!all.empty()) all += ", ";
        all += titles.fr + " / " + titles.ar;
    }
    return all;
}

std::optional<wire::Mode> read_mode(std::string_view cell) {
    const std::string word = text::fold(cell);
    const auto is = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::find(words, word) != words.end();
    };
    if (is({"on site", "presentiel", "حضوري", "انتظام"})) return wire::Mode::kOnSite;
    if (is({"distance", "a distance", "online", "en ligne", "عن بعد"}))
        return wire::Mode::kDistance;
    if (is({"blended", "hybride", "مدمج", "هجين"})) return wire::Mode::kBlended;
    if (is({"work based", "alternance", "en alternance", "تناوب", "بالتناوب"}))
        return wire::Mode::kWorkBased;
    return std::nullopt;
}

std::optional<std::string> read_country(std::string_view cell) {
    if (cell.size() == 2 &&
        std::ranges::all_of(cell, [](char c) { return c >= 'A' && c <= 'Z'; })) {
        return std::string{cell};
    }
    const auto code = find_word(countries(), cell);
    return code ? std::optional{std::string{*code}} : std::nullopt;
}

std::optional<std::uint64_t> read_index(std::string_view cell) {
    const std::string text = text::to_western_digits(cell);
    if (text.empty() || text.size() > 15) return std::nullopt;
    std::uint64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number > 0 ? std::optional{number} : std::nullopt;
}

std::string index_range() { return "1–999999999999999"; }

std::optional<certificate::Outcome> read_outcome(std::string_view cell) {
    return find_word(outcomes(), cell);
}

std::string known_outcomes() {
    return "full / totale / كلية, partial / partielle / جزئية, "
           "conditional / conditionnelle / مشروطة";
}

std::optional<certificate::AttestationKind> read_attestation_kind(std::string_view cell) {
    return find_word(attestation_kinds(), cell);
}

std::string known_attestation_kinds() {
    return "stamp / cachet / ختم, legalisation / légalisation / تصديق, apostille / أبوستيل";
}

std::optional<std::vector<std::string>> read_languages(std::string_view cell) {
    std::vector<std::string> codes;
    const std::string text = text::fold(cell);
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of(" ,+;", at), text.size());
        std::string word = text.substr(at, end - at);
        at = end + 1;
        if (word.empty()) continue;
        if (word == "arabic" || word == "arabe" || word == "العربيه") word = "ar";
        if (word == "french" || word == "francais" || word == "الفرنسيه") word = "fr";
        if (word == "english" || word == "anglais" || word == "الانجليزيه") word = "en";
        const bool is_code = (word.size() == 2 || word.size() == 3) &&
                             std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
        if (!is_code || std::ranges::find(codes, word) != codes.end()) return std::nullopt;
        codes.push_back(std::move(word));
    }
    if (codes.empty() || codes.size() > 8) return std::nullopt;
    return codes;
}

}  // namespace tasdiq::intake
