#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/public_key.hpp"
#include "linked/canonize.hpp"

namespace tasdiq::credential {

inline constexpr std::string_view kEddsaJcs2022 = "eddsa-jcs-2022";
inline constexpr std::string_view kEddsaRdfc2022 = "eddsa-rdfc-2022";
inline constexpr std::string_view kEcdsaJcs2019 = "ecdsa-jcs-2019";
inline constexpr std::string_view kEcdsaRdfc2019 = "ecdsa-rdfc-2019";
/// Selective disclosure, by P-256: not in the table of suites, see ecdsa_sd.hpp.
inline constexpr std::string_view kEcdsaSd2023 = "ecdsa-sd-2023";
/// The legacy suite whose proofs have its name as their type.
inline constexpr std::string_view kEd25519Signature2020 = "Ed25519Signature2020";

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
/// The name of a proof's suite: of its type and its `cryptosuite` (null: none), which a legacy type
/// has not. A view into one of them. Nothing if the type is not known; the name of a
/// DataIntegrityProof may be unknown.
[[nodiscard]] std::optional<std::string_view> suite_name_of(std::string_view type,
                                                            const std::string* cryptosuite);

/// The digest of all pieces in a row.
[[nodiscard]] Bytes hash_bytes(linked::HashAlgorithm hash, std::initializer_list<ByteView> pieces);

}  // namespace tasdiq::credential
