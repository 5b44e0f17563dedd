#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/sort.hpp"
#include "codec/json.hpp"
#include "codec/number.hpp"
#include "codec/text_scan.hpp"
#include "codec/utf8.hpp"

namespace tasdiq::codec {
namespace {

constexpr auto kIntegerMaxAsDouble = static_cast<double>(Json::kIntegerMax);
constexpr std::size_t kDepthMax = 512;  // what the stack of any platform can take

std::optional<std::uint32_t> hex_digit(char c) {
    if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
    if ('a' <= c && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
    if ('A' <= c && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
    return std::nullopt;
}

bool is_high_surrogate(char32_t unit) { return 0xD800 <= unit && unit <= 0xDBFF; }
bool is_low_surrogate(char32_t unit) { return 0xDC00 <= unit && unit <= 0xDFFF; }

using Status = Result<Ok, JsonFault>;

/// Recursive descent, straight into the value.
class JsonReader {
  public:
    JsonReader(std::string_view text, std::size_t depth_max) : text_{text}, depth_max_{depth_max} {}

    Result<Json, JsonFault> read() {
        if (text_.starts_with("\xEF\xBB\xBF")) return fail(JsonError::kByteOrderMark, 0);
        Json value;
        skip_space();
        TRY(read_value(value, 0));
        skip_space();
        if (at_ != text_.size()) return fail(JsonError::kTrailingText, at_);
        return value;
    }

  private:
    static std::unexpected<JsonFault> fail(JsonError error, std::size_t offset) {
        return std::unexpected{JsonFault{error, offset}};
    }
    /// What is at `at_` doesn't belong there.
    std::unexpected<JsonFault> fail_here(JsonError error = JsonError::kUnexpectedCharacter) const {
        return fail(at_ == text_.size() ? JsonError::kUnexpectedEnd : error, at_);
    }

    [[nodiscard]] bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }
    bool take(char c) {
        if (!is_at(c)) return false;
        ++at_;
        return true;
    }
    void skip_space() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
            ++at_;
        }
    }

    Status read_value(Json& value, std::size_t depth) {
        if (at_ == text_.size()) return fail_here();
        switch (text_[at_]) {
            case '{': return read_object(value, depth);
            case '[': return read_array(value, depth);
            case '"': {
                std::string text;
                TRY(read_string(text));
                value = Json{std::move(text)};
                return Ok{};
            }
            case 't': return read_word("true", Json{true}, value);
            case 'f': return read_word("false", Json{false}, value);
            case 'n': return read_word("null", Json{}, value);
            default: return read_number(value);
        }
    }

    Status read_word(std::string_view word, Json meaning, Json& value) {
        for (const char c : word) {
            if (!take(c)) return fail_here();
        }
        value = std::move(meaning);
        return Ok{};
    }

    Status read_array(Json& value, std::size_t depth) {
        if (depth == depth_max_) return fail(JsonError::kTooDeep, at_);
        ++at_;
        Json::Array elements;
        skip_space();
        if (!take(']')) {
            do {
                skip_space();
                TRY(read_value(elements.emplace_back(), depth + 1));
                skip_space();
            } while (take(','));
            if (!take(']')) return fail_here();
        }
        value = Json{std::move(elements)};
        return Ok{};
    }

    Status read_object(Json& value, std::size_t depth) {
        if (depth == depth_max_) return fail(JsonError::kTooDeep, at_);
        ++at_;
        const std::size_t first = key_offsets_.size();
        Json::Object members;
        skip_space();
        if (!take('}')) {
            members.reserve(4);  // few objects have less
            do {
                skip_space();
                TRY(read_member(members.emplace_back(), depth));
                skip_space();
            } while (take(','));
            if (!take('}')) return fail_here();
        }
        TRY(check_keys(members, first));
        value = Json{std::move(members)};
        key_offsets_.resize(first);
        return Ok{};
    }

    Status read_member(JsonMember& member, std::size_t depth) {
        if (!is_at('"')) return fail_here();
        key_offsets_.push_back(at_);
        TRY(read_string(member.key));
        skip_space();
        if (!take(':')) return fail_here();
        skip_space();
        return read_value(member.value, depth + 1);
    }

    /// RFC 7493 §2.3: no key twice among the members from `first` on.
    [[nodiscard]] Status check_keys(const Json::Object& members, std::size_t first) const {
        constexpr std::size_t kFew = 16;
        if (members.size() > kFew) return check_many_keys(members, first);
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (members[i].key == members[j].key) {
                    return fail(JsonError::kDuplicateKey, key_offsets_[first + i]);
                }
            }
        }
        return Ok{};
    }

    [[nodiscard]] Status check_many_keys(const Json::Object& members, std::size_t first) const {
        std::vector<std::pair<std::string_view, std::size_t>> keys;
        keys.reserve(members.size());
        for (std::size_t i = 0; i < members.size(); ++i) {
            keys.emplace_back(members[i].key, key_offsets_[first + i]);
        }
        sort(keys);
        std::size_t offset = text_.size();
        for (std::size_t i = 1; i < keys.size(); ++i) {
            if (keys[i].first == keys[i - 1].first) offset = std::min(offset, keys[i].second);
        }
        if (offset != text_.size()) return fail(JsonError::kDuplicateKey, offset);
        return Ok{};
    }

    Status read_string(std::string& to) {
        ++at_;
        for (;;) {
            const std::size_t end = find_json_special(text_, at_);
            const std::string_view run = text_.substr(at_, end - at_);
            const std::size_t valid = utf8_prefix_size(run);
            if (valid != run.size()) return fail(JsonError::kInvalidUtf8, at_ + valid);
            to.append(run);
            at_ = end;
            if (take('"')) return Ok{};
            if (!is_at('\\')) return fail_here(JsonError::kControlCharacter);
            TRY(read_escape(to));
        }
    }

    Status read_escape(std::string& to) {
        const std::size_t start = at_++;
        if (at_ == text_.size()) return fail_here();
        switch (text_[at_++]) {
            case '"': to.push_back('"'); return Ok{};
            case '\\': to.push_back('\\'); return Ok{};
            case '/': to.push_back('/'); return Ok{};
            case 'b': to.push_back('\b'); return Ok{};
            case 'f': to.push_back('\f'); return Ok{};
            case 'n': to.push_back('\n'); return Ok{};
            case 'r': to.push_back('\r'); return Ok{};
            case 't': to.push_back('\t'); return Ok{};
            case 'u': return read_unicode_escape(to, start);
            default: return fail(JsonError::kInvalidEscape, start);
        }
    }

    /// RFC 8259 §7: a character beyond U+FFFF is two escapes, a high and a low surrogate.
    Status read_unicode_escape(std::string& to, std::size_t start) {
        TRY(char32_t unit, read_four_hex(start));
        if (is_low_surrogate(unit)) return fail(JsonError::kLoneSurrogate, start);
        if (is_high_surrogate(unit)) {
            const std::size_t second = at_;
            if (!text_.substr(at_).starts_with("\\u")) {
                return fail(JsonError::kLoneSurrogate, start);
            }
            at_ += 2;
            TRY(const char32_t low, read_four_hex(second));
            if (!is_low_surrogate(low)) return fail(JsonError::kLoneSurrogate, start);
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
        append_utf8(to, unit);
        return Ok{};
    }

    Result<char32_t, JsonFault> read_four_hex(std::size_t start) {
        char32_t unit = 0;
        for (int i = 0; i < 4; ++i) {
            if (at_ == text_.size()) return fail_here();
            const auto digit = hex_digit(text_[at_]);
            if (!digit) return fail(JsonError::kInvalidEscape, start);
            unit = unit << 4 | *digit;
            ++at_;
        }
        return unit;
    }

    void skip_digits() {
        while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    }
    Status need_digits() {
        const std::size_t start = at_;
        skip_digits();
        if (at_ == start) return fail_here(JsonError::kInvalidNumber);
        return Ok{};
    }

    Status read_number(Json& value) {
        const std::size_t start = at_;
        if (!is_at('-') && !is_digit(text_[at_])) return fail_here();
        const bool is_negative = take('-');
        const std::size_t first_digit = at_;
        TRY(need_digits());
        if (text_[first_digit] == '0' && at_ - first_digit > 1) {
            return fail(JsonError::kInvalidNumber, first_digit);
        }
        const std::string_view digits = text_.substr(first_digit, at_ - first_digit);
        bool is_integer = true;
        if (take('.')) {
            is_integer = false;
            TRY(need_digits());
        }
        if (take('e') || take('E')) {
            is_integer = false;
            if (!take('+')) take('-');
            TRY(need_digits());
        }
        if (is_integer) return read_integer(value, digits, is_negative, start);
        const auto number = parse_double(text_.substr(start, at_ - start));
        ENSURE(number.has_value());  // JSON's grammar is a part of that one
        return store_number(value, *number, start);
    }

    /// RFC 7493 §2.2: integers must be exact for everybody.
    static Status read_integer(Json& value, std::string_view digits, bool is_negative,
                               std::size_t start) {
        constexpr std::size_t kDigitsMax = 16;
        if (digits.size() > kDigitsMax) return fail(JsonError::kIntegerTooLarge, start);
        std::int64_t integer = 0;
        for (const char c : digits) integer = integer * 10 + (c - '0');
        const auto number = static_cast<double>(integer);
        return store_number(value, is_negative ? -number : number, start);
    }

    static Status store_number(Json& value, double number, std::size_t start) {
        const double magnitude = number < 0 ? -number : number;
        if (magnitude - magnitude != 0) return fail(JsonError::kNumberTooLarge, start);  // infinite
        // Between these its canonical text is an integer, and one that we would refuse.
        if (magnitude > kIntegerMaxAsDouble && magnitude < 1e21) {
            return fail(JsonError::kIntegerTooLarge, start);
        }
        value = Json::number(number);
        return Ok{};
    }

    std::string_view text_;
    std::size_t depth_max_;
    std::size_t at_ = 0;
    std::vector<std::size_t> key_offsets_;  // of the members of all open objects
};

}  // namespace

Result<Json, JsonFault> parse_json(std::string_view text, const JsonLimits& limits) {
    ENSURE(limits.depth_max <= kDepthMax);
    if (text.size() > limits.size_bytes_max) {
        return std::unexpected{JsonFault{JsonError::kTooLarge, limits.size_bytes_max}};
    }
    return JsonReader{text, limits.depth_max}.read();
}

Result<Json, JsonFault> parse_json(ByteView text, const JsonLimits& limits) {
    return parse_json(as_text(text), limits);
}

}  // namespace tasdiq::codec
