#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "certificate/record.hpp"
#include "codec/json.hpp"

// Internal to certificate: how the JSON of a record is read and written, member by member.
namespace tasdiq::certificate {

using ParsedPart = Result<Ok, RecordFault>;

[[nodiscard]] inline std::unexpected<RecordFault> record_fault(RecordError error,
                                                               std::string field) {
    return std::unexpected{RecordFault{error, std::move(field)}};
}

/// An object of the input, of which only known members may be there.
class RecordReader {
  public:
    static Result<RecordReader, RecordFault> open(const codec::Json& value, std::string field,
                                                  std::initializer_list<std::string_view> known) {
        if (!value.is_object()) return record_fault(RecordError::kType, std::move(field));
        for (const codec::JsonMember& member : value.as_object()) {
            if (std::ranges::find(known, member.key) != known.end()) continue;
            std::string pointer = std::move(field);
            codec::append_pointer_token(pointer, member.key);
            return record_fault(RecordError::kUnknownMember, std::move(pointer));
        }
        return RecordReader{value, std::move(field)};
    }

    [[nodiscard]] std::string at(std::string_view key) const {
        return field_ + "/" + std::string{key};
    }
    [[nodiscard]] const codec::Json* find(std::string_view key) const { return object_->find(key); }

    Result<const codec::Json*, RecordFault> require(std::string_view key) const {
        const codec::Json* const value = find(key);
        if (value == nullptr) return record_fault(RecordError::kMissing, at(key));
        return value;
    }

    ParsedPart text(std::string_view key, std::string& to) const {
        TRY(const codec::Json* const value, require(key));
        if (!value->is_string()) return record_fault(RecordError::kType, at(key));
        to = value->as_string();
        return Ok{};
    }
    ParsedPart text(std::string_view key, std::optional<std::string>& to) const {
        if (find(key) == nullptr) return Ok{};
        return text(key, to.emplace());
    }

    ParsedPart integer(std::string_view key, auto& to) const {
        TRY(const codec::Json* const value, require(key));
        if (!value->is_number()) return record_fault(RecordError::kType, at(key));
        const auto number = value->get_integer();
        using T = std::remove_reference_t<decltype(to)>;
        if (!number || !std::in_range<T>(*number))
            return record_fault(RecordError::kNumber, at(key));
        to = static_cast<T>(*number);
        return Ok{};
    }

    /// A text that `parse` understands; `error` if it doesn't.
    template <class T, class Parse>
    ParsedPart word(std::string_view key, T& to, Parse parse, RecordError error) const {
        std::string written;
        TRY(text(key, written));
        auto value = parse(written);
        if (!value) return record_fault(error, at(key));
        to = *std::move(value);
        return Ok{};
    }
    template <class T, class Parse>
    ParsedPart word_if(std::string_view key, std::optional<T>& to, Parse parse,
                       RecordError error) const {
        if (find(key) == nullptr) return Ok{};
        return word(key, to.emplace(), parse, error);
    }

    /// The object `key`, if it is there, which `read(reader, value)` reads.
    template <class T, class Read>
    ParsedPart object_if(std::string_view key, std::optional<T>& to,
                         std::initializer_list<std::string_view> known, Read read) const {
        const codec::Json* const value = find(key);
        if (value == nullptr) return Ok{};
        TRY(const auto in, open(*value, at(key), known));
        return read(in, to.emplace());
    }

    /// An array that is not empty, each of whose items `each(item, field, value)` reads.
    template <class T, class Each>
    ParsedPart list(std::string_view key, std::vector<T>& to, std::size_t count_max,
                    Each each) const {
        const codec::Json* const value = find(key);
        if (value == nullptr) return Ok{};
        if (!value->is_array()) return record_fault(RecordError::kType, at(key));
        const codec::Json::Array& items = value->as_array();
        if (items.empty() || items.size() > count_max)
            return record_fault(RecordError::kCount, at(key));
        for (std::size_t i = 0; i < items.size(); ++i) {
            TRY(each(items[i], at(key) + "/" + std::to_string(i), to.emplace_back()));
        }
        return Ok{};
    }

  private:
    RecordReader(const codec::Json& object, std::string field)
        : object_{&object}, field_{std::move(field)} {}
    const codec::Json* object_;  // never null; a pointer so that readers can be assigned
    std::string field_;
};

/// A year, month and day in the calendar.
[[nodiscard]] inline std::optional<Day> parse_record_day(std::string_view text) {
    return parse_day(text);
}

// `field` is the pointer of `value`.
[[nodiscard]] ParsedPart read_script_text(const codec::Json& value, std::string field,
                                          ScriptText& to);
/// In all three languages.
[[nodiscard]] ParsedPart read_titles(const codec::Json& value, std::string field, wire::Titles& to);
/// In any of the three languages; what is there is not empty.
[[nodiscard]] ParsedPart read_some_titles(const codec::Json& value, std::string field,
                                          wire::Titles& to);
[[nodiscard]] codec::Json script_texts(const std::vector<ScriptText>& texts);
[[nodiscard]] codec::Json titles_of(const wire::Titles& titles);
[[nodiscard]] codec::Json some_titles(const wire::Titles& titles);

/// `target`, `document`, `equivalency` and `attestation`, as far as they are there.
[[nodiscard]] ParsedPart read_act(const RecordReader& in, Record& record);
void set_act(codec::Json& document, const Record& record);

}  // namespace tasdiq::certificate
