#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/public_key.hpp"
#include "linked/canonize.hpp"

namespace tasdiq::credential {

inline constexpr std::string_view kEddsaJcs2022 = "eddsa-jcs-2022";
inline constexpr std::string_view kEddsaRdfc2022 = "eddsa-rdfc-2022";

/// What our own certificates are secured with.
inline constexpr std::string_view kDefaultSuite = kEddsaRdfc2022;

inline constexpr std::string_view kDataIntegrityProof = "DataIntegrityProof";

/// How a suite makes document and proof canonical: as JSON text, or as the statements they make.
enum class Canonicalization : std::uint8_t { kJcs, kRdfc };

/// A way to make proofs. A suite for keys of several algorithms has a row for each.
struct Suite {
    std::string_view name;
    std::string_view type;  // of its proofs
    Canonicalization canonicalization;
    crypto::Algorithm algorithm;
    linked::HashAlgorithm hash;
    std::size_t signature_size;
};

/// All that are known here.
[[nodiscard]] std::span<const Suite> suites();
/// The suite of this name for keys of `algorithm`; null if there is none.
[[nodiscard]] const Suite* find_suite(std::string_view name, crypto::Algorithm algorithm);
/// Whether a suite of this name is known, for keys of whatever algorithm.
[[nodiscard]] bool is_suite(std::string_view name);

/// The digest of all pieces in a row.
[[nodiscard]] Bytes hash_bytes(linked::HashAlgorithm hash, std::initializer_list<ByteView> pieces);

}  // namespace tasdiq::credential
