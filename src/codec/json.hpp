#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "base/result.hpp"

namespace tasdiq::codec {

struct JsonMember;

/// A JSON value. Objects keep the order of their members and hold no key twice; numbers are finite.
///
/// Three ways to read one: `is_x()` asks; `get_x()` gives nothing (a null pointer, an empty
/// optional) if the value is of another kind, for documents from outside; `as_x()` is for values of
/// a known kind. It is built with constructors, `object()`, `array()`, `set` and `push`:
///   Json::object().set("id", "urn:x").set("scores", Json::array().push(1).push(2))
class Json {
  public:
    enum class Kind : std::uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject };
    using Array = std::vector<Json>;
    using Object = std::vector<JsonMember>;

    /// Integers are exact, in JSON as in I-JSON, up to this absolute value.
    static constexpr std::int64_t kIntegerMax = (std::int64_t{1} << 53) - 1;

    /// null
    Json();
    // Implicit, so that a document in code reads like its text.
    Json(std::string value);                                // NOLINT(google-explicit-constructor)
    Json(std::string_view value);                           // NOLINT(google-explicit-constructor)
    Json(const char* value);                                // NOLINT(google-explicit-constructor)
    Json(std::same_as<bool> auto value) : value_{value} {}  // NOLINT(google-explicit-constructor)
    /// An integer; beyond ±kIntegerMax is a defect of ours.
    Json(std::integral auto value)  // NOLINT(google-explicit-constructor)
        requires(!std::same_as<decltype(value), bool>)
        : value_{to_number(value)} {}
    Json(Array value);  // NOLINT(google-explicit-constructor)
    /// `value` must hold no key twice.
    Json(Object value);  // NOLINT(google-explicit-constructor)
    Json(const Json&);
    Json(Json&&) noexcept;
    Json& operator=(const Json&);
    Json& operator=(Json&&) noexcept;
    ~Json();

    /// `value` must be finite.
    [[nodiscard]] static Json number(double value);
    [[nodiscard]] static Json array();
    [[nodiscard]] static Json object();

    [[nodiscard]] Kind kind() const { return static_cast<Kind>(value_.index()); }
    [[nodiscard]] bool is_null() const { return kind() == Kind::kNull; }
    [[nodiscard]] bool is_boolean() const { return kind() == Kind::kBoolean; }
    [[nodiscard]] bool is_number() const { return kind() == Kind::kNumber; }
    [[nodiscard]] bool is_string() const { return kind() == Kind::kString; }
    [[nodiscard]] bool is_array() const { return kind() == Kind::kArray; }
    [[nodiscard]] bool is_object() const { return kind() == Kind::kObject; }

    [[nodiscard]] std::optional<bool> get_boolean() const;
    [[nodiscard]] std::optional<double> get_number() const;
    /// The number, if it is a whole one within ±kIntegerMax (`1.0` and `1e2` are).
    [[nodiscard]] std::optional<std::int64_t> get_integer() const;
    [[nodiscard]] const std::string* get_string() const {
        return std::get_if<std::string>(&value_);
    }
    [[nodiscard]] const Array* get_array() const { return std::get_if<Array>(&value_); }
    [[nodiscard]] const Object* get_object() const { return std::get_if<Object>(&value_); }

    [[nodiscard]] bool as_boolean() const { return *checked(std::get_if<bool>(&value_)); }
    [[nodiscard]] double as_number() const { return *checked(std::get_if<double>(&value_)); }
    [[nodiscard]] const std::string& as_string() const { return *checked(get_string()); }
    [[nodiscard]] const Array& as_array() const { return *checked(get_array()); }
    [[nodiscard]] const Object& as_object() const { return *checked(get_object()); }
    [[nodiscard]] std::string& as_string() { return *checked(std::get_if<std::string>(&value_)); }
    [[nodiscard]] Array& as_array() { return *checked(std::get_if<Array>(&value_)); }
    [[nodiscard]] Object& as_object() { return *checked(std::get_if<Object>(&value_)); }

    /// Elements of an array, members of an object, 0 of anything else.
    [[nodiscard]] std::size_t size() const;

    /// The member `key`; null if there is none or this is no object.
    [[nodiscard]] const Json* find(std::string_view key) const;
    [[nodiscard]] Json* find(std::string_view key);
    /// The member `key` if it is a string.
    [[nodiscard]] const std::string* find_string(std::string_view key) const;
    /// The same if it is a whole number, as `get_integer` has it.
    [[nodiscard]] std::optional<std::int64_t> find_integer(std::string_view key) const;

    /// Adds a member at the end, or replaces the value of `key` where it stands. This must be an
    /// object.
    Json& set(std::string_view key, Json value) &;
    [[nodiscard]] Json set(std::string_view key, Json value) &&;
    /// Adds an element at the end. This must be an array.
    Json& push(Json value) &;
    [[nodiscard]] Json push(Json value) &&;
    /// Removes the member `key`; says whether there was one.
    bool erase(std::string_view key);

    /// Members must stand in the same order: compare `to_jcs` where they need not.
    friend bool operator==(const Json&, const Json&);

  private:
    template <std::integral T>
    static double to_number(T value) {
        ENSURE(std::in_range<std::int64_t>(value));
        const auto integer = static_cast<std::int64_t>(value);
        ENSURE(-kIntegerMax <= integer && integer <= kIntegerMax);
        return static_cast<double>(integer);
    }
    template <class T>
    static T* checked(T* value) {
        ENSURE(value != nullptr);
        return value;
    }

    // In the order of Kind.
    std::variant<std::monostate, bool, double, std::string, Array, Object> value_;
};

struct JsonMember {
    std::string key;
    Json value;
    friend bool operator==(const JsonMember&, const JsonMember&) = default;
};

// Here, where JsonMember is complete.
inline Json::Json() = default;
inline Json::Json(std::string value) : value_{std::move(value)} {}
inline Json::Json(std::string_view value) : value_{std::string{value}} {}
inline Json::Json(const char* value) : Json{std::string_view{value}} {}
inline Json::Json(Array value) : value_{std::move(value)} {}
inline Json::Json(Object value) : value_{std::move(value)} {}
inline Json::Json(Json&&) noexcept = default;

inline Json Json::array() { return Json{Array{}}; }
inline Json Json::object() { return Json{Object{}}; }

/// Why a text is not JSON for us. Numbers are stable.
enum class JsonError : std::uint16_t {
    // The whole text
    kTooLarge = 1,
    kInvalidUtf8 = 2,
    kByteOrderMark = 3,
    // RFC 8259
    kUnexpectedEnd = 10,
    kUnexpectedCharacter = 11,
    kInvalidNumber = 12,
    kControlCharacter = 13,
    kInvalidEscape = 14,
    kLoneSurrogate = 15,
    kTrailingText = 16,
    // RFC 7493 (I-JSON) and our limits
    kTooDeep = 20,
    kDuplicateKey = 21,
    kIntegerTooLarge = 22,
    kNumberTooLarge = 23,
};
[[nodiscard]] std::string_view to_string(JsonError error);

/// An error and the byte of the text, from 0, where it shows.
struct JsonFault {
    JsonError error;
    std::size_t offset;
    friend bool operator==(JsonFault, JsonFault) = default;
};

struct JsonLimits {
    std::size_t size_bytes_max = std::size_t{1} << 20;
    /// Arrays and objects inside each other; at most 512.
    std::size_t depth_max = 64;
};

/// Reads a whole text as one JSON value, strictly: RFC 8259 in UTF-8 without a byte order mark, no
/// key twice in an object, no lone surrogates in escapes, integers within ±(2^53 − 1), no number
/// too large for a double. A number with a fraction or an exponent counts as an integer where its
/// canonical text is one (2^53 to 10^21), so that the canonical text of every value can be read
/// again.
///
/// Errors: kTooLarge, then the first one in the text. A key that stands twice shows at its second
/// place, but only once its object is complete. Cost: linear, but n log n in the members of one
/// object. Spec: RFC 8259; RFC 7493 §2 (noncharacters are let through: JSONTestSuite wants them).
[[nodiscard]] Result<Json, JsonFault> parse_json(ByteView text, const JsonLimits& limits = {});
[[nodiscard]] Result<Json, JsonFault> parse_json(std::string_view text,
                                                 const JsonLimits& limits = {});

/// Adds one reference token to a JSON pointer, escaped. Spec: RFC 6901 §3.
void append_pointer_token(std::string& pointer, std::string_view token);
void append_pointer_token(std::string& pointer, std::size_t index);

/// The value that `pointer` names in `root`; null if there is none or it is no pointer.
/// Spec: RFC 6901 §4 (`-`, the element after the last one, never exists).
[[nodiscard]] const Json* resolve_pointer(const Json& root, std::string_view pointer);

}  // namespace tasdiq::codec
