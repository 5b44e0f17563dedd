#include "cli/to_sign.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "cli/signing.hpp"
#include "codec/cbor.hpp"
#include "crypto/multikey.hpp"

namespace tasdiq::cli {
namespace {

namespace fs = std::filesystem;

/// A batch of one issue: a new certificate and one that replaces number 42.
class ToSignTest : public ::testing::Test {
  protected:
    ToSignTest() {
        fs::create_directories(folder_);
        items_ = {{wire::Commitment{}, std::nullopt, std::nullopt},
                  {wire::Commitment{}, wire::Relation{wire::RelationCode::kReplaces, {42}},
                   std::nullopt}};
        items_[1].commitment = *wire::Commitment::from(Bytes(32, 7));
        wire::Issue issue;
        issue.terms.awarding = {{{9}, 1}};
        issue.terms.type = wire::CertificateType::kDegree;
        issue.terms.level = 6;
        issue.terms.field = 541;
        issue.terms.mode = wire::Mode::kOnSite;
        issue.terms.capture = wire::Capture::kContemporaneous;
        issue.count = 2;
        issue.root = wire::list_root(items_);
        payload_ = wire::encode(
            make_payload(*wire::ChainId::from(Bytes(16, 5)), {{{9}, {0}}}, issue, {1'000}, 60));
    }
    ~ToSignTest() override { fs::remove_all(folder_); }

    [[nodiscard]] Bytes encode(const Bytes& payload, const Bytes& list) const {
        return encode_to_sign({{{9}, {{}, "جامعة", "University", "Université"}}},
                              {{{{9}, {0}}, crypto::to_multikey(key_.public_key())}}, {payload},
                              {list});
    }
    [[nodiscard]] Result<ToSign, std::string> read(const Bytes& content) const {
        std::ofstream{path_, std::ios::binary}.write(reinterpret_cast<const char*>(content.data()),
                                                     static_cast<std::streamsize>(content.size()));
        return read_to_sign(path_);
    }

    const std::string folder_ = ::testing::TempDir() + "to_sign_" +
                                ::testing::UnitTest::GetInstance()->current_test_info()->name();
    const std::string path_ = folder_ + "/to-sign.cbor";
    const keys::SigningKey key_ = keys::SigningKey::generate(crypto::Algorithm::kEd25519);
    std::vector<wire::Item> items_;
    Bytes payload_;
};

TEST_F(ToSignTest, ReadsWhatWasWritten) {
    const auto read_back = read(encode(payload_, wire::encode_list(items_)));
    ASSERT_TRUE(read_back) << read_back.error();
    ASSERT_EQ(read_back->names.size(), 1U);
    EXPECT_EQ(read_back->names[0].first, wire::MemberId{9});
    EXPECT_EQ(read_back->names[0].second.en, "University");
    ASSERT_EQ(read_back->issues.size(), 1U);
    EXPECT_EQ(read_back->issues[0].items, items_);
    EXPECT_EQ(read_back->issues[0].issue().count, 2U);
}

/// What was prepared before others' names stood in it is kept for its status lists.
TEST_F(ToSignTest, ReadsAFileOfTheVersionBefore) {
    Bytes content;
    codec::CborWriter writer{content};
    writer.array(4).uint(2).array(3).text("جامعة").text("University").text("Université");
    writer.array(1).array(3).uint(9).uint(0).text(crypto::to_multikey(key_.public_key()));
    writer.array(1).array(2).bytes(payload_).bytes(wire::encode_list(items_));
    const auto read_back = read(content);
    ASSERT_TRUE(read_back) << read_back.error();
    ASSERT_EQ(read_back->names.size(), 1U);
    EXPECT_EQ(read_back->names[0].first, wire::MemberId{9});
    EXPECT_EQ(read_back->names[0].second.fr, "Université");
    EXPECT_TRUE(sign_batch(*read_back, key_));
}

TEST_F(ToSignTest, RefusesAListThatIsNotTheSignedOne) {
    items_[1].relation.reset();
    auto refused = read(encode(payload_, wire::encode_list(items_)));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(),
              path_ + ": issue 1 has another list than the one that would be signed");
    refused = read(encode(payload_, {}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), path_ + ": issue 1 has a malformed list");
}

TEST_F(ToSignTest, RefusesWhatIsForNoLedger) {
    auto payload = *wire::decode_payload(payload_);
    payload.chain = {};
    const auto refused = read(encode(wire::encode(payload), wire::encode_list(items_)));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), path_ + ": issue 1 is for no ledger: its id is all zeros");
}

TEST_F(ToSignTest, RefusesAPayloadThatIssuesNothing) {
    const Bytes other =
        wire::encode(make_payload({}, {{{9}, {0}}}, wire::RetireKey{{9}, {0}}, {1'000}, 60));
    const auto refused = read(encode(other, wire::encode_list(items_)));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), path_ + ": issue 1 is malformed");
}

TEST_F(ToSignTest, SaysThatAFileIsOfAnotherVersion) {
    Bytes content = encode(payload_, wire::encode_list(items_));
    content[1] = 1;  // after the array's head
    const auto refused = read(content);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), path_ + ": is of another version; prepare the batch again");
}

TEST_F(ToSignTest, IsSignedByOneOfItsSignersOnly) {
    const auto to_sign = read(encode(payload_, wire::encode_list(items_)));
    ASSERT_TRUE(to_sign) << to_sign.error();
    const auto signatures = sign_batch(*to_sign, key_);
    ASSERT_TRUE(signatures);
    EXPECT_EQ(signatures_name(signatures->first), "signatures-9-0.cbor");
    EXPECT_FALSE(sign_batch(*to_sign, keys::SigningKey::generate(crypto::Algorithm::kEd25519)));
}

}  // namespace
}  // namespace tasdiq::cli
