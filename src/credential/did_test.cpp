#include "credential/did.hpp"

#include <gtest/gtest.h>

#include "codec/jcs.hpp"
#include "crypto/multikey.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

struct WebDid {
    const char* did;
    const char* url;
};
constexpr WebDid kWebDids[] = {
    {"did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"},
    {"did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"},
    {"did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"},
    {"did:web:ledger.example%3A8480:i:9", "https://ledger.example:8480/i/9/did.json"},
};

TEST(DidWeb, GoesToItsUrlAndBack) {
    for (const auto& [did, url] : kWebDids) {
        EXPECT_EQ(url_of_did_web(did), url);
        EXPECT_EQ(did_web_of_url(url), did);
    }
}

TEST(DidWeb, RefusesWhatIsNone) {
    for (const char* did :
         {"", "did:web:", "did:key:z6Mk", "did:web:a b", "did:web:host:", "did:web:host::a",
          "did:web:host:..", "did:web:host%2Fa", "did:web:host%3A", "did:web:host%3A123456",
          "did:web:host%3Aab", "did:web:ho%3A1%3A2", "did:web:host:a#key", "did:web:host/a"}) {
        EXPECT_EQ(url_of_did_web(did), std::nullopt) << did;
    }
    for (const char* url :
         {"", "http://host/i/9/did.json", "https://host/did.json", "https://host", "https://",
          "https:///i/did.json", "https://host/i//did.json", "https://host/../did.json",
          "https://user@host/i/did.json", "https://host/i/9/did.json?x", "https:///did.json"}) {
        EXPECT_EQ(did_web_of_url(url), std::nullopt) << url;
    }
}

TEST(InstitutionDid, GoesBothWays) {
    EXPECT_EQ(make_institution_did("ledger.example:8480", 9), "did:web:ledger.example%3A8480:i:9");
    EXPECT_EQ(parse_institution_did("did:web:ledger.example%3A8480:i:9"),
              (InstitutionDid{"ledger.example:8480", 9}));
    EXPECT_EQ(parse_institution_did("did:web:host:i:4294967295"),
              (InstitutionDid{"host", 4'294'967'295}));
    EXPECT_EQ(host_of_origin("ledger.example:8480/path/00ff"), "ledger.example:8480");
}

TEST(InstitutionDid, HasOneFormOnly) {
    for (const char* did :
         {"did:web:host%3a1:i:9", "did:web:host:i:09", "did:web:host:i:", "did:web:host:i:-1",
          "did:web:host:i:9:x", "did:web:host:j:9", "did:web:host", "did:web:host:i:4294967296",
          "did:key:host:i:9", "did:web::i:9"}) {
        EXPECT_EQ(parse_institution_did(did), std::nullopt) << did;
    }
}

TEST(KeyUrl, GoesBothWays) {
    EXPECT_EQ(make_key_url("did:web:h:i:9", 12), "did:web:h:i:9#key-12");
    const auto url = parse_key_url("did:web:h:i:9#key-12");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->did, "did:web:h:i:9");
    EXPECT_EQ(url->ordinal, 12);
    for (const char* bad : {"did:web:h:i:9", "d#key-", "d#key-012", "d#key-65536", "d#key-1x",
                            "d#Key-1", "d#key-1#key-2"}) {
        EXPECT_FALSE(parse_key_url(bad)) << bad;
    }
}

TEST(DidDocument, ListsRetiredKeysButDoesNotLetThemAssert) {
    const Json document = make_did_document(
        "did:web:h:i:9", std::vector<DidKey>{{3, "z6MkOld", false}, {4, "z6MkNew", true}});
    EXPECT_EQ(
        codec::to_jcs(document),
        R"({"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1"],)"
        R"("assertionMethod":["did:web:h:i:9#key-4"],"id":"did:web:h:i:9","verificationMethod":[)"
        R"({"controller":"did:web:h:i:9","id":"did:web:h:i:9#key-3",)"
        R"("publicKeyMultibase":"z6MkOld","type":"Multikey"},)"
        R"({"controller":"did:web:h:i:9","id":"did:web:h:i:9#key-4",)"
        R"("publicKeyMultibase":"z6MkNew","type":"Multikey"}]})");
}

TEST(DidKeyDocument, FollowsFromTheKey) {
    const std::string multikey = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
    const auto key = crypto::parse_multikey(multikey);
    ASSERT_TRUE(key);
    const Json document = make_did_key_document(*key);
    EXPECT_EQ(document.find("id")->as_string(), "did:key:" + multikey);
    const std::string method = "did:key:" + multikey + "#" + multikey;
    const Json& listed = document.find("verificationMethod")->as_array().front();
    EXPECT_EQ(listed.find("id")->as_string(), method);
    EXPECT_EQ(listed.find("publicKeyMultibase")->as_string(), multikey);
    EXPECT_EQ(document.find("assertionMethod")->as_array().front().as_string(), method);
}

}  // namespace
}  // namespace tasdiq::credential
