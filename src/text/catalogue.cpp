#include "text/catalogue.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "text/catalogue_texts.hpp"

namespace tasdiq::text {
namespace {

std::string_view in_language(const CatalogueText& text, Language language) {
    switch (language) {
        case Language::kArabic: return text.ar;
        case Language::kFrench: return text.fr;
        case Language::kEnglish: return text.en;
    }
    ENSURE(false);
}

const Parameter* find_parameter(std::span<const Parameter> parameters, std::string_view name) {
    const auto found = std::ranges::find(parameters, name, &Parameter::name);
    return found == parameters.end() ? nullptr : &*found;
}

std::string_view plural_form(std::uint64_t count, Language language) {
    switch (language) {
        case Language::kArabic: {
            const std::uint64_t rest = count % 100;
            if (count == 1) return "one";
            if (count == 2) return "two";
            if (rest >= 3 && rest <= 10) return "few";
            return rest >= 11 ? "many" : "other";
        }
        case Language::kFrench: return count <= 1 ? "one" : "other";
        case Language::kEnglish: return count == 1 ? "one" : "other";
    }
    ENSURE(false);
}

}  // namespace

std::optional<std::string_view> find_text(std::string_view key, Language language) {
    const auto texts = catalogue_texts();
    const auto found = std::ranges::lower_bound(texts, key, {}, &CatalogueText::key);
    if (found == texts.end() || found->key != key) return std::nullopt;
    return in_language(*found, language);
}

std::string format(std::string_view key, Language language, std::span<const Parameter> parameters) {
    std::string_view rest = find_text(key, language).value_or(key);
    std::string text;
    for (;;) {
        const std::size_t open = rest.find('{');
        const std::size_t close = open == std::string_view::npos ? open : rest.find('}', open);
        if (close == std::string_view::npos) break;
        const Parameter* value =
            find_parameter(parameters, rest.substr(open + 1, close - open - 1));
        text += rest.substr(0, value != nullptr ? open : close + 1);
        // Values of another direction must not reorder the Arabic text around them.
        if (value != nullptr) {
            text += language == Language::kArabic ? isolate(value->value) : value->value;
        }
        rest.remove_prefix(close + 1);
    }
    text += rest;
    return text;
}

std::string count_text(std::string_view noun, std::uint64_t count, Language language) {
    const Parameter number{"count", number_text(count, language)};
    const std::string key =
        "count." + std::string{noun} + "-" + std::string{plural_form(count, language)};
    return format(key, language, {&number, 1});
}

}  // namespace tasdiq::text
