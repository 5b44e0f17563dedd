#include <algorithm>
#include <array>
#include <set>

#include "base/ascii.hpp"
#include "codec/base_n.hpp"
#include "credential/json_checks.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using Error = CredentialError;

/// A file that is compiled in, by the digests of what its address gives, in base64: SHA-256,
/// SHA-384 and SHA-512. The files of this program are minified, so they cannot be hashed here.
struct KnownResource {
    std::string_view url;
    std::array<std::string_view, 3> digests;
};

constexpr KnownResource kKnown[] = {
    {"https://www.w3.org/2018/credentials/v1",
     {"q03dmlMXWIB6eaW0UFENYa6NFH6rlmzJogDAcJWwzcw=",
      "gsOz6rhjdUu/0rnxfY1tufYRafMBy/CwXh/EvrX1xR3U0uiIwnT0nD+7JAj2H67R",
      "U2pAs5DdqUqeORlsAAkPYmaOgYT+PIwCxKIshWZuaL9uhdPcfy26hbK2Lvldl94kEyVo2FBNtD8snILS6IQY0g=="}},
    {"https://www.w3.org/ns/credentials/examples/v2",
     {"Vzk/vGnW77m5tdyctrmICwlENgq/4ur0WcnljPInnXw=",
      "zNNbQTWCSUSi0bbz7dbua+RcENv7C6FvlmYJ1Y+I727HsPOHdzwELMYO9Mz68M26",
      "jVYwl+qxI5Zr1/uIolZtGfs2kRLav96brf1VPAThAb6yMJGPWPW5J4gfezLRYEX4rA9gG0V07rCVIb+/nlOWaQ=="}},
    {"https://www.w3.org/ns/credentials/v2",
     {"WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=",
      "l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU",
      "XVVFK9Lc+KKfWikEc+skKxxft31OaPGgqoe6pNuiaUhS1l7GPUisBKmdlW+fcVO5QG+E0tBMdIabAsI5odgTBQ=="}},
};

/// A hash function as SRI and as multihash name it.
struct Hash {
    std::string_view sri;
    std::uint8_t multihash;
    std::uint8_t size;
};

/// In the order of KnownResource::digests.
constexpr Hash kHashes[] = {{"sha256-", 0x12, 32}, {"sha384-", 0x20, 48}, {"sha512-", 0x13, 64}};

/// A digest is well-formed, and it is that of the resource, where we know one.
enum class Outcome : std::uint8_t { kGood, kMalformed, kDiffers };

const KnownResource* find_known(std::string_view url) {
    const auto* const end = std::end(kKnown);
    const auto* const found = std::find_if(
        std::begin(kKnown), end, [url](const KnownResource& known) { return known.url == url; });
    return found == end ? nullptr : found;
}

bool is_base64_value(std::string_view text) {
    while (text.ends_with('=')) text.remove_suffix(1);
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '/' || c == '-' || c == '_';
    });
}

/// The same digest in the alphabet that KnownResource is written in.
std::string to_standard_base64(std::string_view text) {
    std::string standard{text};
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    return standard;
}

/// One `hash-expression` with its options, which mean nothing yet. Spec: SRI §3.5.
Outcome check_sri_expression(std::string_view expression, const KnownResource* known) {
    expression = expression.substr(0, expression.find('?'));
    for (std::size_t i = 0; i < std::size(kHashes); ++i) {
        if (!expression.starts_with(kHashes[i].sri)) continue;
        const std::string_view value = expression.substr(kHashes[i].sri.size());
        if (!is_base64_value(value)) return Outcome::kMalformed;
        const bool same = known == nullptr || to_standard_base64(value) == known->digests[i];
        return same ? Outcome::kGood : Outcome::kDiffers;
    }
    return Outcome::kMalformed;
}

Outcome check_sri(std::string_view text, const KnownResource* known) {
    Outcome outcome = Outcome::kMalformed;  // as long as there is no expression
    while (true) {
        const std::size_t start = text.find_first_not_of(" \t\r\n");
        if (start == std::string_view::npos) return outcome;
        text.remove_prefix(start);
        const std::string_view one = text.substr(0, text.find_first_of(" \t\r\n"));
        outcome = check_sri_expression(one, known);
        if (outcome != Outcome::kGood) return outcome;
        text.remove_prefix(one.size());
    }
}

/// A multihash; where we know the resource, the digest alone also, which W3C's tests write.
/// Spec: VC-DATA-INTEGRITY §2.6.
Outcome check_multihash(std::string_view text, const KnownResource* known) {
    const auto bytes = codec::decode_multibase(text);
    if (!bytes || bytes->size() < 2) return Outcome::kMalformed;
    const bool is_digest =
        known != nullptr &&
        std::ranges::find(known->digests, codec::encode_base64(*bytes)) != std::end(known->digests);
    if (is_digest) return Outcome::kGood;
    for (std::size_t i = 0; i < std::size(kHashes); ++i) {
        if ((*bytes)[0] != kHashes[i].multihash) continue;
        const bool well_formed =
            (*bytes)[1] == kHashes[i].size && bytes->size() == 2U + kHashes[i].size;
        if (!well_formed) return Outcome::kMalformed;
        const std::string value = codec::encode_base64(ByteView{*bytes}.subspan(2));
        const bool same = known == nullptr || value == known->digests[i];
        return same ? Outcome::kGood : Outcome::kDiffers;
    }
    return Outcome::kMalformed;
}

Checked check_digests(const Json& resource, std::string_view key, const std::string& pointer) {
    const KnownResource* const known = find_known(*resource.find_string("id"));
    const Json* const value = resource.find(key);
    for (const Json& one : list_of(value)) {
        const std::string* const text = one.get_string();
        Outcome outcome = Outcome::kMalformed;
        if (text != nullptr) {
            outcome = key == "digestSRI" ? check_sri(*text, known) : check_multihash(*text, known);
        }
        if (outcome == Outcome::kMalformed) return fault(Error::kRelated, pointer);
        if (outcome == Outcome::kDiffers) return fault(Error::kDigest, pointer);
    }
    return Ok{};
}

}  // namespace

Checked check_related_resources(const Json& value) {
    const auto all = list_of(&value);
    if (all.empty()) return fault(Error::kRelated, "/relatedResource");
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string pointer = pointer_to("relatedResource", value, i);
        if (!has_url(all[i], "id")) return fault(Error::kRelated, pointer);
        const bool first = seen.insert(*all[i].find_string("id")).second;
        const bool has_digest = !list_of(all[i].find("digestSRI")).empty() ||
                                !list_of(all[i].find("digestMultibase")).empty();
        if (!first || !has_digest) return fault(Error::kRelated, pointer);
        for (const std::string_view key : {"digestSRI", "digestMultibase"}) {
            TRY(check_digests(all[i], key, pointer + "/" + std::string{key}));
        }
    }
    return Ok{};
}

}  // namespace tasdiq::credential
