#include "cli/profile.hpp"

#include <gtest/gtest.h>

#include "codec/jcs.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

Profile profile() {
    Profile profile;
    profile.ledger = wire::LedgerKind::kProduction;
    profile.chain = *wire::ChainId::from(*from_hex("4554ec892350b428aba030d5809c4719"));
    profile.origin = "ledger.example/arab/4554ec892350b428aba030d5809c4719";
    profile.institution = {7};
    profile.names = {{*parse_day("1986-01-01"), "جامعة الجنوب", "University of the South", "Sud"},
                     {*parse_day("2004-09-01"), "جامعة صفاقس", "University of Sfax", "Sfax"}};
    profile.accreditation = 2;
    profile.programmes = {{"INF-L3", 6, 613, {"إعلامية", "Computing", "Informatique"}},
                          {"EDU", 6, 11, {"تربية", "Education", "Éducation"}}};
    profile.keys = {{{0}, wire::Role::kDean, "z6Mkdean"}, {{2}, wire::Role::kAssertion, "z6Mka"}};
    profile.serial_prefix = "USS";
    return profile;
}

Result<Profile, std::string> reread(const Json& json) {
    return parse_profile(as_bytes(codec::to_jcs(json)));
}

TEST(ProfileFile, IsReadAsItWasWritten) {
    const auto read = reread(to_json(profile()));
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(codec::to_jcs(to_json(*read)), codec::to_jcs(to_json(profile())));
    EXPECT_EQ(read->programmes[1].field, 11);
    ASSERT_NE(read->find_key({2}), nullptr);
    EXPECT_EQ(read->find_key({1}), nullptr);
    EXPECT_EQ(wire::name_on(read->names, *parse_day("2004-08-31")).fr, "Sud");
    EXPECT_EQ(wire::name_on(read->names, *parse_day("2004-09-01")).fr, "Sfax");
}

TEST(ProfileFile, IsRefusedWithTheMemberThatIsWrong) {
    EXPECT_EQ(parse_profile(as_bytes("{")).error(), "is not JSON");
    for (const Json& other : {to_json(profile()).set("type", "tasdiq-profile/2"), Json::object()}) {
        EXPECT_EQ(reread(other).error(), "is no issuing profile; tasdiq member profile writes one");
    }
    struct Case {
        const char* key;
        Json value;
    };
    const Case cases[] = {
        {"ledger", "real"},
        {"chain", "4554"},
        {"origin", 1},
        {"institution", -1},
        {"names", Json::array()},
        {"names", Json::array().push(Json::object().set("from", "yesterday"))},
        {"accreditation", "1"},
        {"programmes", Json::array().push(Json::object().set("code", "X"))},
        {"keys", Json::array().push(Json::object().set("ordinal", 0).set("role", "boss"))},
        {"serialPrefix", Json{}},
    };
    for (const Case& one : cases) {
        const auto read = reread(to_json(profile()).set(one.key, one.value));
        ASSERT_FALSE(read) << one.key;
        EXPECT_EQ(read.error(), std::string{one.key} + " is missing or malformed");
    }
}

}  // namespace
}  // namespace tasdiq::cli
