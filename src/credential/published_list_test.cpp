#include "credential/published_list.hpp"

#include "codec/base_n.hpp"
#include "codec/gzip.hpp"
#include "credential/vc_api_test.hpp"

namespace tasdiq::credential {
namespace {

constexpr std::string_view kUrl = "https://h.example/i/7/status/0123456789abcdef/revocation";

struct PublishedList : VcApi {
    [[nodiscard]] Json list() const {
        StatusBits bits;
        bits.set(7, true);
        return make_status_credential({.url = std::string{kUrl},
                                       .issuer = key.did(),
                                       .purpose = std::string{kRevocation},
                                       .valid_from = world.now,
                                       .ttl_ms = kListTtl_ms},
                                      bits);
    }
    Result<Instant, PublishFault> check(const Json& document) {
        return check_published_list(codec::to_jcs(document),
                                    {std::string{kUrl}, key.did(), kRevocation}, world);
    }
    /// What `change` makes of a list, signed afterwards.
    template <class Change>
    PublishError refused(Change change) {
        Json document = list();
        change(document);
        const std::string* const issuer = document.find_string("issuer");
        const std::string by = issuer == nullptr ? std::string{} : *issuer;
        Json secured = signed_as_it_is(document);
        if (by != key.did()) secured.set("issuer", by);
        const auto checked = check(secured);
        EXPECT_FALSE(checked);
        return checked ? PublishError{} : checked.error().error;
    }
};

TEST_F(PublishedList, SaysOfWhenItIs) {
    const auto checked = check(signed_as_it_is(list()));
    ASSERT_TRUE(checked) << checked.error().detail;
    EXPECT_EQ(*checked, world.now);
}

TEST_F(PublishedList, MayComeFromAClockThatIsAhead) {
    const Json document = signed_as_it_is(list());
    world.now.seconds -= kListClockSkew_s;
    EXPECT_TRUE(check(document));
    world.now.seconds -= 1;
    EXPECT_EQ(check(document).error().error, PublishError::kDate);
}

TEST_F(PublishedList, IsRefusedForWhatItIsNot) {
    const auto in_subject = [](auto change) {
        return [change](Json& json) { change(*json.find("credentialSubject")); };
    };
    EXPECT_EQ(
        check_published_list("{", {std::string{kUrl}, key.did(), kRevocation}, world).error().error,
        PublishError::kJson);
    const Json large = list().set("name", std::string(kPublishedListSizeMax, 'a'));
    EXPECT_EQ(check(large).error().error, PublishError::kJson);
    EXPECT_EQ(check(Json::array()).error().error, PublishError::kAddress);
    EXPECT_EQ(refused([](Json& json) { json.set("id", std::string{kUrl} + "x"); }),
              PublishError::kAddress);
    EXPECT_EQ(
        refused([](Json& json) { json.set("type", Json::array().push(kVerifiableCredential)); }),
        PublishError::kAddress);
    EXPECT_EQ(refused(in_subject([](Json& json) { json.set("statusPurpose", kSuspension); })),
              PublishError::kAddress);
    EXPECT_EQ(refused([&](Json& json) { json.set("issuer", other.did()); }), PublishError::kIssuer);
    EXPECT_EQ(refused([](Json& json) { json.erase("validFrom"); }), PublishError::kDate);
    EXPECT_EQ(refused([](Json& json) { json.set("validFrom", "soon"); }), PublishError::kDate);
    EXPECT_EQ(refused(in_subject([](Json& json) { json.erase("encodedList"); })),
              PublishError::kList);
    EXPECT_EQ(refused(in_subject(
                  [](Json& json) { json.set("type", Json::array().push(kStatusListType)); })),
              PublishError::kList);
    EXPECT_EQ(refused(in_subject([](Json& json) { json.set("encodedList", "uAAAA"); })),
              PublishError::kList);
    EXPECT_EQ(refused(in_subject([](Json& json) {
                  json.set("encodedList", StatusBits{kStatusEntriesMin * 2}.encode());
              })),
              PublishError::kList);
    // Little that expands to much.
    EXPECT_EQ(refused(in_subject([](Json& json) {
                  const Bytes zeros(kStatusListSizeMax + 1, 0);
                  json.set("encodedList", codec::encode_multibase(codec::Multibase::kBase64Url,
                                                                  codec::compress_gzip(zeros)));
              })),
              PublishError::kList);
    EXPECT_EQ(refused([](Json& json) { json.set("validUntil", "2026-01-01T00:00:00Z"); }),
              PublishError::kProof);
}

TEST_F(PublishedList, IsRefusedWhereItsProofDoesNotHold) {
    EXPECT_EQ(check(list()).error().error, PublishError::kProof);
    Json changed = signed_as_it_is(list());
    changed.find("credentialSubject")->set("encodedList", StatusBits{}.encode());
    const auto checked = check(changed);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().error, PublishError::kProof);
    EXPECT_EQ(checked.error().detail, "the signature does not match");
    Json by_other = list();
    const auto unfinished = signing_input(
        by_other, {.verification_method = other.verification_method(), .created = world.now},
        world.contexts);
    ASSERT_TRUE(unfinished);
    EXPECT_EQ(
        check(attach(by_other, *unfinished, other.sign(unfinished->signing_input))).error().error,
        PublishError::kProof);
}

TEST_F(PublishedList, OfRandomBitsFits) {
    StatusBits bits;
    std::uint64_t state = 1;
    for (std::size_t i = 0; i < bits.count(); ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        bits.set(i, (state >> 63) != 0);
    }
    Json document = list();
    document.find("credentialSubject")->set("encodedList", bits.encode());
    const std::string text = codec::to_jcs(signed_as_it_is(document));
    EXPECT_LT(text.size(), kPublishedListSizeMax);
    EXPECT_TRUE(check_published_list(text, {std::string{kUrl}, key.did(), kRevocation}, world));
}

}  // namespace
}  // namespace tasdiq::credential
