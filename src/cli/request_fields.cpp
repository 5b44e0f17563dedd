#include "cli/request_fields.hpp"

#include "cli/files.hpp"
#include "codec/base_n.hpp"
#include "crypto/multikey.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::CborWriter;
using codec::Json;

constexpr std::size_t kPossessionSizeMax = 64U << 10;

}  // namespace

void put_code(CborWriter& writer, wire::BodyCode code) {
    writer.uint(static_cast<std::uint64_t>(code));
}

void put_possession(CborWriter& writer, JsonMembers& possession) {
    if (possession.text("type") != kPossessionType) possession.refuse("type");
    for (const char* told : {"chain", "member"}) static_cast<void>(possession.find(told));
    const auto role = wire::parse_role(possession.text("role"));
    if (!role) possession.refuse("role");
    const auto key = crypto::parse_multikey(possession.text("key"));
    if (!key) possession.refuse("key");
    const auto proof = codec::decode_base64url(possession.text("possession"));
    if (!proof) possession.refuse("possession");
    if (!role || !key || !proof) return;
    writer.array(4).uint(static_cast<std::uint64_t>(*role));
    writer.integer(static_cast<std::int64_t>(key->algorithm())).bytes(key->view()).bytes(*proof);
}

void put_keys(CborWriter& writer, JsonMembers& request, const std::string& folder) {
    const auto& keys = request.array("keys");
    writer.array(keys.size());
    for (const Json& one : keys) {
        Json read;
        if (const std::string* name = one.get_string()) {
            const bool is_absolute = name->starts_with('/');
            const auto content =
                read_file(is_absolute ? *name : folder + "/" + *name, kPossessionSizeMax);
            auto parsed = content ? codec::parse_json(*content)
                                  : Result<Json, codec::JsonFault>{std::unexpected{
                                        codec::JsonFault{codec::JsonError::kUnexpectedEnd, 0}}};
            if (!parsed) {
                request.refuse("keys (" + *name + ")");
                continue;
            }
            read = *std::move(parsed);
        } else {
            read = one;
        }
        JsonMembers possession = request.element("keys", read);
        put_possession(writer, possession);
        request.absorb(possession);
    }
}

void put_numbers(CborWriter& writer, std::span<const std::uint64_t> numbers) {
    writer.array(numbers.size());
    for (const std::uint64_t number : numbers) writer.uint(number);
}

void put_indices(CborWriter& writer, std::span<const wire::LogIndex> indices) {
    writer.array(indices.size());
    for (const wire::LogIndex index : indices) writer.uint(index.value);
}

wire::MemberId member_of(JsonMembers& request, std::string_view key) {
    return {static_cast<std::uint32_t>(request.number(key, UINT32_MAX))};
}

Result<Request, std::string> finished(JsonMembers& request, CborWriter& writer,
                                      wire::MemberId acting) {
    if (std::string fault = request.finish(); !fault.empty()) {
        return std::unexpected{std::move(fault)};
    }
    return Request{writer.take(), acting};
}

}  // namespace tasdiq::cli
