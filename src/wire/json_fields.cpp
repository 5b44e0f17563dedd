#include "wire/json_fields.hpp"

#include "codec/base_n.hpp"

namespace tasdiq::wire::fields {
namespace {

using codec::Json;

std::unexpected<WireFault> refuse(const char* field, WireError error = WireError::kMember) {
    return std::unexpected{WireFault{error, field}};
}

bool contains(std::initializer_list<const char*> names, std::string_view name) {
    return std::ranges::any_of(names, [&](const char* one) { return name == one; });
}

}  // namespace

Result<Json, WireFault> read_json(ByteView text, std::size_t size_bytes_max, const char* field) {
    if (text.size() > size_bytes_max) return refuse(field, WireError::kTooLarge);
    auto json = codec::parse_json(text, {.size_bytes_max = size_bytes_max, .depth_max = 16});
    if (!json) return refuse(field, WireError::kJson);
    return *std::move(json);
}

Step check_members(const Json& value, const char* field,
                   std::initializer_list<const char*> required,
                   std::initializer_list<const char*> optional) {
    const Json::Object* object = value.get_object();
    if (object == nullptr) return refuse(field);
    for (const codec::JsonMember& member : *object) {
        if (!contains(required, member.key) && !contains(optional, member.key)) {
            return refuse(field);
        }
    }
    for (const char* name : required) {
        if (value.find(name) == nullptr) return refuse(name);
    }
    return Ok{};
}

const Json& member_of(const Json& object, const char* key) {
    const Json* value = object.find(key);
    ENSURE(value != nullptr);
    return *value;
}

Step check_literal(const Json& value, const char* field, std::string_view expected) {
    TRY(const std::string text, read_string(value, field));
    if (text != expected) return refuse(field, WireError::kText);
    return Ok{};
}

Result<std::string, WireFault> read_string(const Json& value, const char* field) {
    const std::string* text = value.get_string();
    if (text == nullptr) return refuse(field);
    return *text;
}

Result<std::int64_t, WireFault> read_integer(const Json& value, const char* field, Range range) {
    const auto number = value.get_integer();
    if (!number) return refuse(field);
    if (*number < range.min || *number > range.max) return refuse(field, WireError::kOutOfRange);
    return *number;
}

Result<std::uint64_t, WireFault> read_uint(const Json& value, const char* field) {
    TRY(const std::int64_t number, read_integer(value, field, kUint));
    return static_cast<std::uint64_t>(number);
}

Result<const Json::Array*, WireFault> read_array(const Json& value, const char* field) {
    const Json::Array* array = value.get_array();
    if (array == nullptr) return refuse(field);
    return array;
}

Result<const Json::Array*, WireFault> read_tuple(const Json& value, const char* field,
                                                 std::size_t count) {
    TRY(const Json::Array* array, read_array(value, field));
    if (array->size() != count) return refuse(field);
    return array;
}

Result<Bytes, WireFault> read_bytes(const Json& value, const char* field) {
    const std::string* text = value.get_string();
    if (text == nullptr) return refuse(field);
    auto bytes = codec::decode_base64url(*text);
    if (!bytes) return refuse(field);
    return *std::move(bytes);
}

Result<std::vector<merkle::MerkleHash>, WireFault> read_hashes(const Json& value,
                                                               const char* field) {
    constexpr std::size_t kSize = merkle::MerkleHash::kSize;
    TRY(const Bytes bytes, read_bytes(value, field));
    if (bytes.size() % kSize != 0) return refuse(field);
    std::vector<merkle::MerkleHash> hashes;
    for (std::size_t at = 0; at < bytes.size(); at += kSize) {
        hashes.push_back(*merkle::MerkleHash::from(ByteView{bytes}.subspan(at, kSize)));
    }
    return hashes;
}

Json to_json(ByteView bytes) { return codec::encode_base64url(bytes); }

Json to_json(const std::vector<merkle::MerkleHash>& hashes) {
    Bytes bytes;
    for (const merkle::MerkleHash& hash : hashes) append(bytes, hash.view());
    return to_json(ByteView{bytes});
}

}  // namespace tasdiq::wire::fields
