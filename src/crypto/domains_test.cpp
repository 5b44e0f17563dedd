#include "crypto/domains.hpp"

#include <gtest/gtest.h>

#include "crypto/hash.hpp"

namespace tasdiq::crypto {
namespace {

struct Vector {
    std::string_view domain;
    std::string_view sha256_hex;
};

// SHA-256 of each string alone, by coreutils: printf '…' | sha256sum.
constexpr Vector kVectors[] = {
    {kTransactionDomain, "681a19606a875988abdfa2d92181b5a8af7accc365b63fc4334157ff1204d85a"},
    {kSealDomain, "880ac79a262b42f84635fd1650c9d286413614e8679287214e037533fc939e02"},
    {kPossessionDomain, "421ffb7f5deca9173de24453423b4c08781b26536eab1cbcce50f00d917a657f"},
    {kSaltDomain, "d94638d68df4f8021ebc0a81658b1af5cf6a31df6dbf025c599fe0fcf4a8a1d0"},
    {kCommitmentDomain, "b2317772c6ab157d98223815de1a961d1169405822a9bade8fcd66d1773c967d"},
    {kStateDomain, "95c00e85e835e0bee83270465e5cc4ae7bb78f340d40579e8001884a7ab85567"},
    {kSetDomain, "714156f58f9566660a2ef8af6ca568183daea98b1aae0c2d183b336bf2490092"},
    {kHeaderDomain, "94f4874ee1bdd96127aa17279bb7faf214753205304be410e62fde6bad832097"},
    {kDocumentDomain, "3ec380b9a90149198a4c1eedb4715518b51d81bcf037df1fcef1f3ccce58af39"},
    {kClaimDomain, "571b4d26e0d0ddaabbac3189e0de12b1a4f34356605b9f8d9a806f9969c7b2d6"},
    {kEnrolmentDomain, "079730a9c20329e0038c5320dcf5e6b4369ec609f7ad74f2763f653f4e6f6800"},
    {kLogLeafDomain, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
    {kLogNodeDomain, "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"},
    {kJmtLeaf, "a06a1fa9e89a4b0ac988a636acf2b0e863a8e21d02ffcabf27bcae317f6ed13a"},
    {kJmtInternal, "c735d37fa5d2d3cb5283206eeadb990d8abad796e61dd61a989f9f387cfae261"},
    {kJmtEmpty, "48bc9cb5163babbf667e664f36c3b20ec2010ad952a3e4ec45e2bc03f34a92b5"},
};

TEST(Domains, HaveNotChanged) {
    for (const auto& [domain, expected] : kVectors) {
        EXPECT_EQ(to_hex(sha256(as_bytes(domain)).view()), expected) << domain;
    }
}

TEST(Domains, NoneIsThePrefixOfAnother) {
    for (const auto& a : kVectors) {
        for (const auto& b : kVectors) {
            EXPECT_TRUE(&a == &b || !a.domain.starts_with(b.domain)) << a.domain << b.domain;
        }
    }
}

TEST(Domains, EmptyMapIsAsLongAsAHash) { EXPECT_EQ(kJmtEmpty.size(), Sha256Digest::kSize); }

}  // namespace
}  // namespace tasdiq::crypto
