#include "cli/json_members.hpp"

#include "codec/invisible.hpp"
#include "codec/utf8.hpp"

namespace tasdiq::cli {
namespace {

const codec::Json kNull;
const codec::Json::Array kNoElements;

}  // namespace

JsonMembers::JsonMembers(const codec::Json& object, std::string place)
    : object_{&object}, place_{std::move(place)} {
    if (!object.is_object()) fault_ = (place_.empty() ? "the file" : place_) + " is not an object";
}

const codec::Json* JsonMembers::find(std::string_view key) {
    asked_.emplace(key);
    const codec::Json* value = object_->find(key);
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::string JsonMembers::text(std::string_view key) {
    const codec::Json* value = find(key);
    const std::string* text = value != nullptr ? value->get_string() : nullptr;
    if (text == nullptr) return refuse(key), std::string{};
    return *text;
}

std::string JsonMembers::visible_text(std::string_view key) {
    std::string value = text(key);
    if (!codec::is_utf8(value) || codec::has_invisible(value)) refuse(key);
    return value;
}

std::uint64_t JsonMembers::number(std::string_view key, std::uint64_t max) {
    const codec::Json* value = find(key);
    const auto number = value != nullptr ? value->get_integer() : std::nullopt;
    if (!number || *number < 0 || static_cast<std::uint64_t>(*number) > max) {
        return refuse(key), 0;
    }
    return static_cast<std::uint64_t>(*number);
}

bool JsonMembers::boolean(std::string_view key) {
    const codec::Json* value = find(key);
    const auto boolean = value != nullptr ? value->get_boolean() : std::nullopt;
    if (!boolean) refuse(key);
    return boolean.value_or(false);
}

Day JsonMembers::day(std::string_view key) {
    const auto day = parse_day(text(key));
    if (!day) refuse(key);
    return day.value_or(Day{});
}

const codec::Json::Array& JsonMembers::array(std::string_view key) {
    const codec::Json* value = find(key);
    const codec::Json::Array* array = value != nullptr ? value->get_array() : nullptr;
    if (array == nullptr) return refuse(key), kNoElements;
    return *array;
}

JsonMembers JsonMembers::object(std::string_view key) {
    const codec::Json* value = find(key);
    if (value == nullptr) refuse(key);
    return element(key, value != nullptr ? *value : kNull);
}

JsonMembers JsonMembers::element(std::string_view key, const codec::Json& value) const {
    return JsonMembers{value, (place_.empty() ? "" : place_ + ".") + std::string{key}};
}

void JsonMembers::refuse(std::string_view key) {
    if (!fault_.empty()) return;
    fault_ = (place_.empty() ? "" : place_ + ".") + std::string{key} + " is missing or malformed";
}

void JsonMembers::absorb(const JsonMembers& part) {
    JsonMembers copy = part;
    const std::string fault = copy.finish();
    if (fault_.empty()) fault_ = fault;
}

std::string JsonMembers::finish() {
    if (!fault_.empty()) return fault_;
    for (const auto& member : object_->as_object()) {
        if (!asked_.contains(member.key)) {
            return (place_.empty() ? "" : place_ + ".") + member.key + " is not known here";
        }
    }
    return {};
}

}  // namespace tasdiq::cli
