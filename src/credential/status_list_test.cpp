#include "credential/status_list.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <gtest/gtest.h>

#include "codec/base_n.hpp"
#include "codec/gzip.hpp"
#include "credential/check.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using Error = StatusError;

constexpr std::string_view kUrl = "https://issuer.example/status/3";

Json entry() { return make_status_entry(kRevocation, 94'567, kUrl); }

StatusEntry parsed(const Json& json) {
    const auto result = parse_status_entry(json);
    EXPECT_TRUE(result);
    return result ? *result : StatusEntry{};
}

Json list(std::initializer_list<std::size_t> set = {}, std::size_t count = kStatusEntriesMin) {
    StatusBits bits{count};
    for (const std::size_t index : set) bits.set(index, true);
    return make_status_credential(
        {.url = std::string{kUrl}, .issuer = "did:key:z6Mk", .purpose = std::string{kRevocation}},
        bits);
}

TEST(StatusBits, CountFromTheLeft) {
    StatusBits bits;
    EXPECT_EQ(bits.count(), 131'072U);
    bits.set(0, true);
    bits.set(9, true);
    bits.set(131'071, true);
    const auto raw = codec::expand_gzip(
        *codec::decode_base64url(std::string_view{bits.encode()}.substr(1)), 1 << 20);
    EXPECT_EQ((*raw)[0], 0x80);
    EXPECT_EQ((*raw)[1], 0x40);
    EXPECT_EQ(raw->back(), 0x01);
    bits.set(9, false);
    EXPECT_TRUE(bits.get(0));
    EXPECT_FALSE(bits.get(9));
}

TEST(StatusBits, AreTheInverseOfTheirText) {
    StatusBits bits{1 << 20};
    for (std::size_t i = 3; i < bits.count(); i += 1009) bits.set(i, true);
    const auto again = StatusBits::decode(bits.encode());
    ASSERT_TRUE(again);
    ASSERT_EQ(again->count(), bits.count());
    for (std::size_t i = 0; i < bits.count(); ++i) ASSERT_EQ(again->get(i), i % 1009 == 3) << i;
}

TEST(StatusBits, ReadTheStandardsExample) {
    const auto bits =
        StatusBits::decode("uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA");
    ASSERT_TRUE(bits);
    EXPECT_EQ(bits->count(), kStatusEntriesMin);
    EXPECT_FALSE(bits->get(94'567));
}

TEST(StatusBits, RefuseWhatIsNoList) {
    const Bytes too_large(kStatusListSizeMax + 1, 0);
    for (const std::string& text :
         {std::string{}, std::string{"H4sI"}, std::string{"uAAAA"}, std::string{"z2"},
          StatusBits{}.encode() + "=",
          codec::encode_multibase(codec::Multibase::kBase64Url, codec::compress_gzip(too_large))}) {
        EXPECT_EQ(StatusBits::decode(text).error(), Error::kEncoding);
    }
}

TEST(StatusEntry, IsReadAsItIsWritten) {
    const StatusEntry read = parsed(entry());
    EXPECT_EQ(read.purpose, "revocation");
    EXPECT_EQ(read.index, 94'567U);
    EXPECT_EQ(read.list_url, kUrl);
    EXPECT_EQ(read.size_bits, 1U);
    // An id that is another than the list's, and what the status is about.
    Json more = entry();
    more.set("id", std::string{kUrl} + "#94567");
    more.set("statusReference", Json::array().push("https://issuer.example/words"));
    EXPECT_EQ(parsed(more).index, 94'567U);
}

TEST(StatusEntry, IsRefusedWhereItIsMalformed) {
    struct Row {
        const char* key;
        const char* value;  // empty: taken out
    };
    constexpr Row kRows[] = {
        {"type", R"("StatusList2021Entry")"},
        {"statusPurpose", ""},
        {"statusPurpose", R"(["revocation"])"},
        {"statusListIndex", ""},
        {"statusListIndex", "94567"},
        {"statusListIndex", R"("-1")"},
        {"statusListIndex", R"("1.5")"},
        {"statusListIndex", R"("")"},
        {"statusListCredential", ""},
        {"statusListCredential", R"("status")"},
        {"id", R"("https://issuer.example/status/3")"},
        {"statusReference", R"("x")"},
        {"statusReference", R"(["https://issuer.example/words", "x"])"},
        {"statusSize", "0"},
        {"statusSize", "-1"},
        {"statusSize", "1.5"},
        {"statusSize", R"("1")"},
        {"statusSize", "17"},
        {"statusSize", "2"},  // and no messages
        {"statusMessage", R"({"0x0":"a","0x1":"b"})"},
        {"statusMessage", R"([{"status":"0x0","message":"a"}])"},
        {"statusMessage", R"([{"status":"0x0","message":"a"},{"status":"1","message":"b"}])"},
        {"statusMessage", R"([{"status":"0x0","message":"a"},{"message":"b"}])"},
        {"statusMessage", R"([{"status":"0x0","message":"a"},{"status":"0x1","message":1}])"},
        {"statusMessage", R"([{"status":"0x0","message":"a"},{"status":"0x0","message":"b"}])"},
        {"statusMessage", R"([{"status":"0x0","message":"a"},{"status":"0x1"}])"},
    };
    for (const Row& row : kRows) {
        Json json = entry();
        if (std::string_view{row.value}.empty()) {
            json.erase(row.key);
        } else {
            json.set(row.key, *codec::parse_json(std::string_view{row.value}));
        }
        const auto result = parse_status_entry(json);
        ASSERT_FALSE(result) << row.key << row.value;
        EXPECT_EQ(result.error(), Error::kEntry);
    }
}

TEST(StatusEntry, HasAMessageForEachValueAndNoMore) {
    Json messages = Json::array();
    for (const char* status : {"0x0", "0x1"}) {
        messages.push(Json::object().set("status", status).set("message", "a"));
    }
    Json json = entry();
    EXPECT_EQ(parsed(json.set("statusMessage", messages)).messages.size(), 2U);
    EXPECT_FALSE(parse_status_entry(json.set("statusSize", 64)));  // more than can be counted
    json.set("statusSize", 1);
    messages.push(Json::object().set("status", "0x2").set("message", "a"));
    EXPECT_FALSE(parse_status_entry(json.set("statusMessage", messages)));
}

TEST(StatusEntry, HasDigitsOfEitherCaseInMessages) {
    Json messages = Json::array();
    for (const char digit : std::string_view{"0123456789AbCdEf"}) {
        messages.push(Json::object().set("status", std::string{"0x"} + digit).set("message", "a"));
    }
    EXPECT_EQ(parsed(entry().set("statusSize", 4).set("statusMessage", messages)).size_bits, 4U);
}

TEST(FindStatus, SaysWhatTheBitSays) {
    const auto revoked = find_status(parsed(entry()), list({94'567}));
    ASSERT_TRUE(revoked);
    EXPECT_EQ(revoked->purpose, kRevocation);
    EXPECT_FALSE(revoked->is_valid());
    EXPECT_EQ(revoked->message, "set");
    const auto valid = find_status(parsed(entry()), list({94'566, 94'568}));
    ASSERT_TRUE(valid);
    EXPECT_TRUE(valid->is_valid());
    EXPECT_EQ(valid->message, "unset");
}

TEST(FindStatus, KeepsRevocationAndSuspensionApart) {
    const Json revocations = list({94'567});
    Json suspended = entry();
    suspended.set("statusPurpose", kSuspension);
    EXPECT_EQ(find_status(parsed(suspended), revocations).error(), Error::kPurpose);
    Json both = revocations;
    both.find("credentialSubject")
        ->set("statusPurpose", Json::array().push(kRevocation).push(kSuspension));
    EXPECT_FALSE(find_status(parsed(suspended), both)->is_valid());
}

TEST(FindStatus, ReadsSeveralBitsAndTheirMessage) {
    Json json = entry();
    json.set("statusPurpose", "message").set("statusSize", 2);
    json.set("statusListIndex", "5");
    Json messages = Json::array();
    for (const char* status : {"0x3", "0x2", "0x1", "0x0"}) {
        messages.push(
            Json::object().set("status", status).set("message", std::string{"is "} + status));
    }
    json.set("statusMessage", messages);
    Json document = list({10}, 2 * kStatusEntriesMin);
    document.find("credentialSubject")->set("statusPurpose", "message");
    const auto status = find_status(parsed(json), document);
    ASSERT_TRUE(status);
    EXPECT_EQ(status->value, 2U);
    EXPECT_EQ(status->message, "is 0x2");
    Json small = list({10});
    small.find("credentialSubject")->set("statusPurpose", "message");
    EXPECT_EQ(find_status(parsed(json), small).error(), Error::kLength);
}

TEST(ParseStatusEntry, ReadsThousandsOfMessagesAtOnce) {
    constexpr std::uint32_t kCount = 1U << 14U;
    Json messages = Json::array();
    for (std::uint32_t value = kCount; value-- > 0;) {
        std::array<char, 8> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
        const std::string status = "0x" + std::string{digits.data(), end};
        messages.push(Json::object().set("status", status).set("message", status));
    }
    Json json = entry();
    json.set("statusSize", 14).set("statusMessage", std::move(messages));
    // Each looked for among all took minutes.
    const auto begin = std::chrono::steady_clock::now();
    const auto result = parse_status_entry(json);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{10});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->messages.front(), "0x0");
    EXPECT_EQ(result->messages.back(), "0x3fff");
}

TEST(FindStatus, RefusesListsThatAreNone) {
    const StatusEntry one = parsed(entry());
    const auto error_of = [&](const auto& change) {
        Json document = list();
        change(document);
        const auto result = find_status(one, document);
        return result ? "none" : to_string(result.error());
    };
    const auto credential = to_string(Error::kCredential);
    EXPECT_EQ(error_of([](Json& d) { d.set("type", "VerifiableCredential"); }), credential);
    EXPECT_EQ(error_of([](Json& d) { d.erase("credentialSubject"); }), credential);
    EXPECT_EQ(error_of([](Json& d) { d.find("credentialSubject")->set("type", "x"); }), credential);
    EXPECT_EQ(error_of([](Json& d) { d.find("credentialSubject")->erase("encodedList"); }),
              credential);
    EXPECT_EQ(error_of([](Json& d) { d.find("credentialSubject")->erase("statusPurpose"); }),
              credential);
    for (const char* const purposes : {"[]", R"(["revocation",1])", "1"}) {
        EXPECT_EQ(error_of([&](Json& d) {
                      d.find("credentialSubject")
                          ->set("statusPurpose", *codec::parse_json(std::string_view{purposes}));
                  }),
                  credential);
    }
    EXPECT_EQ(error_of([](Json& d) { d.find("credentialSubject")->set("encodedList", "u"); }),
              to_string(Error::kEncoding));
    const std::string small = codec::encode_multibase(
        codec::Multibase::kBase64Url, codec::compress_gzip(Bytes(kStatusEntriesMin / 8 - 1, 0)));
    EXPECT_EQ(error_of([&](Json& d) { d.find("credentialSubject")->set("encodedList", small); }),
              to_string(Error::kLength));
    for (const char* index : {"131072", "340282366920938463463374607431768211456"}) {
        Json outside = entry();
        outside.set("statusListIndex", index);
        EXPECT_EQ(find_status(parsed(outside), list()).error(), Error::kRange);
    }
}

TEST(StatusCredential, IsACredential) { EXPECT_TRUE(check_credential(list())); }

TEST(StatusProblems, AreTheStandards) {
    const std::string own = "https://www.w3.org/ns/credentials/status-list#";
    const std::string model = "https://www.w3.org/TR/vc-data-model#";
    EXPECT_EQ(problem_type(Error::kLength), own + "STATUS_LIST_LENGTH_ERROR");
    EXPECT_EQ(problem_type(Error::kPurpose), own + "STATUS_VERIFICATION_ERROR");
    EXPECT_EQ(problem_type(Error::kRange), model + "RANGE_ERROR");
    for (const Error error : {Error::kEntry, Error::kCredential, Error::kEncoding}) {
        EXPECT_EQ(problem_type(error), model + "MALFORMED_VALUE_ERROR");
    }
}

}  // namespace
}  // namespace tasdiq::credential
