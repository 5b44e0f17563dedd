#include "credential/suite.hpp"

#include <algorithm>
#include <array>

#include "base/ensure.hpp"
#include "crypto/hash.hpp"

namespace tasdiq::credential {
namespace {

using enum Canonicalization;
using crypto::Algorithm;
using linked::HashAlgorithm;

constexpr auto kEd25519 = Algorithm::kEd25519;
constexpr auto kP256 = Algorithm::kEs256;
constexpr auto kP384 = Algorithm::kEs384;
constexpr auto kSha256 = HashAlgorithm::kSha256;
constexpr auto kSha384 = HashAlgorithm::kSha384;

constexpr std::array kSuites{
    Suite{kEddsaRdfc2022, kDataIntegrityProof, kRdfc, kEd25519, kSha256, 64},
    Suite{kEddsaJcs2022, kDataIntegrityProof, kJcs, kEd25519, kSha256, 64},
    Suite{kEcdsaRdfc2019, kDataIntegrityProof, kRdfc, kP256, kSha256, 64},
    Suite{kEcdsaRdfc2019, kDataIntegrityProof, kRdfc, kP384, kSha384, 96},
    Suite{kEcdsaJcs2019, kDataIntegrityProof, kJcs, kP256, kSha256, 64},
    Suite{kEcdsaJcs2019, kDataIntegrityProof, kJcs, kP384, kSha384, 96},
    Suite{kEd25519Signature2020, kEd25519Signature2020, kRdfc, kEd25519, kSha256, 64},
};

}  // namespace

std::span<const Suite> suites() { return kSuites; }

const Suite* find_suite(std::string_view name, Algorithm algorithm) {
    for (const Suite& suite : kSuites) {
        if (suite.name == name && suite.algorithm == algorithm) return &suite;
    }
    return nullptr;
}

bool is_suite(std::string_view name) {
    return std::ranges::any_of(kSuites, [&](const Suite& suite) { return suite.name == name; });
}

std::optional<std::string_view> suite_name_of(std::string_view type,
                                              const std::string* cryptosuite) {
    if (type == kEd25519Signature2020) return kEd25519Signature2020;
    if (type != kDataIntegrityProof || cryptosuite == nullptr) return std::nullopt;
    // The legacy suite's name is no cryptosuite.
    return *cryptosuite == kEd25519Signature2020 ? std::string_view{} : *cryptosuite;
}

Bytes hash_bytes(HashAlgorithm hash, std::initializer_list<ByteView> pieces) {
    switch (hash) {
        case HashAlgorithm::kSha256: return to_bytes(crypto::sha256(pieces).view());
        case HashAlgorithm::kSha384: return to_bytes(crypto::sha384(pieces).view());
    }
    ENSURE(false);
}

}  // namespace tasdiq::credential
