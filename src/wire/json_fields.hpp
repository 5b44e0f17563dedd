#pragma once

#include <initializer_list>
#include <optional>
#include <vector>

#include "codec/json.hpp"
#include "merkle/log_tree.hpp"
#include "wire/cbor_fields.hpp"

// Internal to wire: members of our JSON forms, read strictly.
namespace tasdiq::wire::fields {

/// Reads a text within a limit. Errors: kTooLarge, kJson.
Result<codec::Json, WireFault> read_json(ByteView text, std::size_t size_bytes_max,
                                         const char* field);

/// Checks that `value` is an object with all of `required`, perhaps some of `optional`, and nothing
/// else. Errors: kMember, with the missing member's name or, for an unknown one, `field`.
Step check_members(const codec::Json& value, const char* field,
                   std::initializer_list<const char*> required,
                   std::initializer_list<const char*> optional = {});

// After check_members: the required member `key`, as one of these. Errors: kMember, then the named.

[[nodiscard]] const codec::Json& member_of(const codec::Json& object, const char* key);
/// Errors: kText unless it is `expected`.
Step check_literal(const codec::Json& value, const char* field, std::string_view expected);
Result<std::string, WireFault> read_string(const codec::Json& value, const char* field);
/// Errors: kOutOfRange.
Result<std::int64_t, WireFault> read_integer(const codec::Json& value, const char* field,
                                             Range range);
/// A number from 0 to 2^53 − 1. Errors: kOutOfRange.
Result<std::uint64_t, WireFault> read_uint(const codec::Json& value, const char* field);
Result<const codec::Json::Array*, WireFault> read_array(const codec::Json& value,
                                                        const char* field);
/// An array of exactly `count` elements.
Result<const codec::Json::Array*, WireFault> read_tuple(const codec::Json& value, const char* field,
                                                        std::size_t count);
/// base64url without padding.
Result<Bytes, WireFault> read_bytes(const codec::Json& value, const char* field);
/// Whole hashes, one after the other.
Result<std::vector<merkle::MerkleHash>, WireFault> read_hashes(const codec::Json& value,
                                                               const char* field);
template <class Tagged>
Result<Tagged, WireFault> read_tagged(const codec::Json& value, const char* field) {
    TRY(const Bytes bytes, read_bytes(value, field));
    const auto tagged = Tagged::from(bytes);
    if (!tagged) return std::unexpected{WireFault{WireError::kMember, field}};
    return *tagged;
}

[[nodiscard]] codec::Json to_json(ByteView bytes);
[[nodiscard]] codec::Json to_json(const std::vector<merkle::MerkleHash>& hashes);

}  // namespace tasdiq::wire::fields
