#include "text/language.hpp"

#include <array>

#include "base/ensure.hpp"

namespace tasdiq::text {
namespace {

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// The weight of `;q=0.8` in thousandths; 1000 without one, 0 if it is malformed.
int weight_of(std::string_view parameters) {
    parameters = trim(parameters);
    if (parameters.empty()) return 1000;
    if (parameters.size() < 3 || to_lower(parameters[0]) != 'q' || parameters[1] != '=') return 0;
    parameters.remove_prefix(2);
    if (parameters[0] == '1') return 1000;
    if (parameters[0] != '0') return 0;
    int weight = 0;
    int place = 100;
    for (std::size_t i = 2; i < parameters.size() && i < 5; ++i, place /= 10) {
        if (parameters[i] < '0' || parameters[i] > '9') return 0;
        weight += (parameters[i] - '0') * place;
    }
    return weight;
}

constexpr std::array<std::string_view, 12> kFrenchMonths{
    "janvier", "février", "mars",      "avril",   "mai",      "juin",
    "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
constexpr std::array<std::string_view, 12> kEnglishMonths{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

}  // namespace

std::optional<Language> parse_language(std::string_view tag) {
    if (tag.size() < 2) return std::nullopt;
    if (tag.size() > 2 && tag[2] != '-' && tag[2] != '_') return std::nullopt;
    const char first = to_lower(tag[0]);
    const char second = to_lower(tag[1]);
    if (first == 'a' && second == 'r') return Language::kArabic;
    if (first == 'f' && second == 'r') return Language::kFrench;
    if (first == 'e' && second == 'n') return Language::kEnglish;
    return std::nullopt;
}

Language choose_language(std::string_view accept_language) {
    Language best = Language::kEnglish;
    int best_weight = 0;
    while (!accept_language.empty()) {
        const std::size_t comma = accept_language.find(',');
        const std::string_view item = trim(accept_language.substr(0, comma));
        accept_language = comma == std::string_view::npos ? std::string_view{}
                                                          : accept_language.substr(comma + 1);
        const std::size_t semicolon = item.find(';');
        const auto language = parse_language(trim(item.substr(0, semicolon)));
        const int weight =
            semicolon == std::string_view::npos ? 1000 : weight_of(item.substr(semicolon + 1));
        if (language && weight > best_weight) {
            best = *language;
            best_weight = weight;
        }
    }
    return best;
}

std::string_view to_tag(Language language) {
    switch (language) {
        case Language::kArabic: return "ar";
        case Language::kFrench: return "fr";
        case Language::kEnglish: return "en";
    }
    ENSURE(false);
}

std::string_view direction_of(Language language) {
    return language == Language::kArabic ? "rtl" : "ltr";
}

std::string isolate(std::string_view text) {
    std::string isolated = "\u2068";
    isolated += text;
    isolated += "\u2069";
    return isolated;
}

std::string date_text(Day day, Language language) {
    const CivilDate date = to_civil(day);
    if (language == Language::kArabic) {
        std::string text = to_text(day);
        text[4] = text[7] = '/';
        return isolate(text);
    }
    const auto& months = language == Language::kFrench ? kFrenchMonths : kEnglishMonths;
    std::string text = std::to_string(date.day);
    if (language == Language::kFrench && date.day == 1) text += "er";
    text += ' ';
    text += months[date.month - 1U];
    text += ' ';
    text += std::to_string(date.year);
    return text;
}

std::string instant_text(Instant instant, Language language) {
    std::string time = to_text(instant).substr(11, 5);
    const std::string day = date_text(to_day(instant), language);
    if (language == Language::kFrench) {
        time.replace(2, 1, "\u00A0h\u00A0");  // no-break spaces
        return day + " à " + time + "\u00A0UTC";
    }
    time += " UTC";
    return day + ' ' + (language == Language::kArabic ? isolate(time) : time);
}

std::string number_text(std::uint64_t number, Language language) {
    const std::string digits = std::to_string(number);
    const std::string_view separator = language == Language::kFrench ? "\u202f" : ",";
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += separator;
        text += digits[i];
    }
    return text;
}

std::string_view colon(Language language) {
    return language == Language::kFrench ? "\u00A0: " : ": ";  // a no-break space before it
}

std::string_view comma(Language language) { return language == Language::kArabic ? "، " : ", "; }

}  // namespace tasdiq::text
