#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "certificate/record.hpp"

// Internal to certificate: how the values of a record are held against their limits.
namespace tasdiq::certificate {

using Checked = Result<Ok, RecordFault>;

inline constexpr std::size_t kTextMax = 160;
inline constexpr std::size_t kShortTextMax = 32;
inline constexpr std::size_t kLineMax = 64;
inline constexpr std::size_t kLongTextMax = 480;

/// A place in a record, whose pointer is written only when something is wrong there.
struct Where {
    std::string_view list;
    std::optional<std::size_t> item = std::nullopt;
    std::string_view member = "";
    std::string_view part = "";

    [[nodiscard]] Where in(std::string_view name) const {
        return member.empty() ? Where{list, item, name} : Where{list, item, member, name};
    }
    [[nodiscard]] std::string pointer() const {
        std::string text{list};
        if (item) text += "/" + std::to_string(*item);
        return text.append(member).append(part);
    }
};

[[nodiscard]] inline std::unexpected<RecordFault> fault(RecordError error, const Where& where) {
    return std::unexpected{RecordFault{error, where.pointer()}};
}

[[nodiscard]] inline Checked check_text(std::string_view text, std::size_t size_max,
                                        const Where& where) {
    if (!is_plain_text(text, size_max)) return fault(RecordError::kText, where);
    return Ok{};
}

[[nodiscard]] inline Checked check_if(const std::optional<std::string>& text, std::size_t size_max,
                                      const Where& where) {
    if (!text) return Ok{};
    return check_text(*text, size_max, where);
}

[[nodiscard]] inline Checked check_day(Day day, const Where& where) {
    const std::int32_t year = to_civil(day).year;
    if (year < 0 || year > 9999) return fault(RecordError::kDate, where);
    return Ok{};
}

/// Names or places: limits, and nothing twice by `key`.
template <class Key>
[[nodiscard]] Checked check_script_texts(const std::vector<ScriptText>& texts, const Where& where,
                                         Key key) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
        TRY(check_text(texts[i].text, kTextMax, Where{where.list, i, "/text"}));
        for (std::size_t j = 0; j < i; ++j) {
            if (key(texts[i]) == key(texts[j]))
                return fault(RecordError::kTwice, Where{where.list, i});
        }
    }
    return Ok{};
}

/// What an authority says of another document, and whether the type has it.
[[nodiscard]] Checked check_act(const Record& record);

}  // namespace tasdiq::certificate
