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

constexpr std::array kSuites{
    Suite{kEddsaJcs2022, kDataIntegrityProof, kJcs, Algorithm::kEd25519, HashAlgorithm::kSha256,
          64},
    Suite{kEddsaRdfc2022, kDataIntegrityProof, kRdfc, Algorithm::kEd25519, HashAlgorithm::kSha256,
          64},
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

Bytes hash_bytes(HashAlgorithm hash, std::initializer_list<ByteView> pieces) {
    switch (hash) {
        case HashAlgorithm::kSha256: return to_bytes(crypto::sha256(pieces).view());
        case HashAlgorithm::kSha384: return to_bytes(crypto::sha384(pieces).view());
    }
    ENSURE(false);
}

}  // namespace tasdiq::credential
