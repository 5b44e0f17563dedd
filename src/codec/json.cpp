#include "codec/json.hpp"

#include <algorithm>
#include <bit>

namespace tasdiq::codec {
namespace {

constexpr double kIntegerMaxAsDouble = 9007199254740991.0;
static_assert(static_cast<double>(Json::kIntegerMax) == kIntegerMaxAsDouble);

const JsonMember* find_member(const Json::Object& object, std::string_view key) {
    for (const JsonMember& member : object) {
        if (member.key == key) return &member;
    }
    return nullptr;
}

}  // namespace

// Out of line: a copy or an end goes through all kinds, which is much code for every caller.
Json::Json(const Json&) = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

Json Json::number(double value) {
    constexpr std::uint64_t kExponent = std::uint64_t{0x7FF}
                                        << 52;  // all set: infinite or no number
    ENSURE((std::bit_cast<std::uint64_t>(value) & kExponent) != kExponent);
    Json json;
    json.value_ = value;
    return json;
}

std::optional<bool> Json::get_boolean() const {
    const bool* value = std::get_if<bool>(&value_);
    return value == nullptr ? std::nullopt : std::optional{*value};
}

std::optional<double> Json::get_number() const {
    const double* value = std::get_if<double>(&value_);
    return value == nullptr ? std::nullopt : std::optional{*value};
}

std::optional<std::int64_t> Json::get_integer() const {
    const double* value = std::get_if<double>(&value_);
    if (value == nullptr) return std::nullopt;
    if (*value < -kIntegerMaxAsDouble || *value > kIntegerMaxAsDouble) return std::nullopt;
    const auto integer = static_cast<std::int64_t>(*value);
    if (static_cast<double>(integer) != *value) return std::nullopt;
    return integer;
}

std::size_t Json::size() const {
    if (const Array* elements = get_array()) return elements->size();
    if (const Object* members = get_object()) return members->size();
    return 0;
}

const Json* Json::find(std::string_view key) const {
    const Object* members = get_object();
    if (members == nullptr) return nullptr;
    const JsonMember* member = find_member(*members, key);
    return member == nullptr ? nullptr : &member->value;
}

Json* Json::find(std::string_view key) {
    return const_cast<Json*>(std::as_const(*this).find(key));  // this is not const
}

std::optional<std::int64_t> Json::find_integer(std::string_view key) const {
    const Json* value = find(key);
    return value == nullptr ? std::nullopt : value->get_integer();
}

const std::string* Json::find_string(std::string_view key) const {
    const Json* value = find(key);
    return value == nullptr ? nullptr : value->get_string();
}

Json& Json::set(std::string_view key, Json value) & {
    if (Json* present = find(key)) {
        *present = std::move(value);
    } else {
        as_object().push_back({std::string{key}, std::move(value)});
    }
    return *this;
}

Json Json::set(std::string_view key, Json value) && {
    set(key, std::move(value));
    return std::move(*this);
}

Json& Json::push(Json value) & {
    as_array().push_back(std::move(value));
    return *this;
}

Json Json::push(Json value) && {
    push(std::move(value));
    return std::move(*this);
}

bool Json::erase(std::string_view key) {
    Object* members = std::get_if<Object>(&value_);
    if (members == nullptr) return false;
    return std::erase_if(*members, [key](const JsonMember& m) { return m.key == key; }) > 0;
}

bool operator==(const Json& a, const Json& b) { return a.value_ == b.value_; }

std::string_view to_string(JsonError error) {
    switch (error) {
        case JsonError::kTooLarge: return "the text is too large";
        case JsonError::kInvalidUtf8: return "the text is not UTF-8";
        case JsonError::kByteOrderMark: return "the text begins with a byte order mark";
        case JsonError::kUnexpectedEnd: return "the text ends too early";
        case JsonError::kUnexpectedCharacter: return "a character that JSON does not have here";
        case JsonError::kInvalidNumber:
            return "a number that is not written as JSON writes numbers";
        case JsonError::kControlCharacter: return "an unescaped control character in a string";
        case JsonError::kInvalidEscape: return "an escape that JSON does not have";
        case JsonError::kLoneSurrogate: return "an escape of half a character (a lone surrogate)";
        case JsonError::kTrailingText: return "text follows the value";
        case JsonError::kTooDeep: return "too many arrays and objects inside each other";
        case JsonError::kDuplicateKey: return "an object has a key twice";
        case JsonError::kIntegerTooLarge: return "an integer beyond 2^53 - 1, which is not exact";
        case JsonError::kNumberTooLarge: return "a number too large for a double";
    }
    ENSURE(false);
}

}  // namespace tasdiq::codec
