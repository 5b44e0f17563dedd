#include "cli/parties.hpp"

#include <gtest/gtest.h>

#include "cli/ledger_folder_test.hpp"
#include "codec/jcs.hpp"

namespace tasdiq::cli {
namespace {

constexpr Option kOptions[] = {{"profile", "FILE", ""}, kWithOption, kJointOption};

Profile profile(std::uint32_t member, const std::string& name) {
    Profile profile;
    profile.chain = *wire::ChainId::from(*from_hex("4554ec892350b428aba030d5809c4719"));
    profile.origin = "ledger.example/arab/4554ec892350b428aba030d5809c4719";
    profile.institution = {member};
    profile.names = {{*parse_day("1986-01-01"), name + " (ar)", name, name + " (fr)"}};
    profile.accreditation = 1;
    for (std::uint16_t ordinal = 0; ordinal < 2; ++ordinal) {
        const std::string key = "z" + std::to_string(member) + "-" + std::to_string(ordinal);
        profile.keys.push_back({{ordinal}, wire::Role::kDean, key});
    }
    return profile;
}

/// Sfax, its ministry, and the university that keeps the archives of a third.
struct PartiesOfABatch : testing::Test {
    PartiesOfABatch() {
        write("sfax.json", profile(7, "Sfax"));
        Profile ministry = profile(6, "Ministry");
        ministry.accreditation.reset();
        write("ministry.json", ministry);
        write("keeper.json", profile(12, "Keeper"));
    }
    void write(const std::string& name, const Profile& profile) const {
        folder.write(name, as_bytes(codec::to_jcs(to_json(profile))));
    }
    [[nodiscard]] Result<Parties, std::string> read(
        const std::vector<std::string>& with, const std::vector<std::string>& joint = {}) const {
        std::vector<std::string> words{"--profile", folder.file("sfax.json")};
        for (const std::string& name : with) {
            words.insert(words.end(), {"--with", folder.file(name)});
        }
        for (const std::string& name : joint) {
            words.insert(words.end(), {"--joint", folder.file(name)});
        }
        const std::vector<std::string_view> views{words.begin(), words.end()};
        const auto arguments = Arguments::parse(views, kOptions);
        EXPECT_TRUE(arguments);
        return read_parties(*arguments);
    }
    [[nodiscard]] std::string fault(const std::vector<std::string>& with,
                                    const std::vector<std::string>& joint = {}) const {
        const auto parties = read(with, joint);
        return parties ? "" : parties.error();
    }

    const test::Folder folder;
};

TEST_F(PartiesOfABatch, AreTheProfilesMemberAndThoseWhoSignWithIt) {
    const auto parties = read({"ministry.json", "keeper.json"});
    ASSERT_TRUE(parties) << parties.error();
    ASSERT_NE(parties->find({7}), nullptr);
    EXPECT_EQ(parties->find({7})->names[0].en, "Sfax");
    EXPECT_EQ(parties->find({12})->names[0].en, "Keeper");
    EXPECT_EQ(parties->find({8}), nullptr);
    const auto names = parties->names_on(*parse_day("2026-06-30"));
    ASSERT_EQ(names.size(), 3U);
    EXPECT_EQ(names[0].first, wire::MemberId{7});
    EXPECT_EQ(names[1].second.fr, "Ministry (fr)");
}

TEST_F(PartiesOfABatch, AreOfOneLedgerAndStandOnceEach) {
    Profile stranger = profile(6, "Ministry");
    stranger.chain = {};
    write("stranger.json", stranger);
    EXPECT_EQ(fault({"stranger.json"}),
              folder.file("stranger.json") + ": is a profile of another ledger");
    EXPECT_EQ(fault({"sfax.json"}),
              folder.file("sfax.json") + ": there is a profile of member 7 already");
    EXPECT_EQ(fault({"keeper.json", "keeper.json"}),
              folder.file("keeper.json") + ": there is a profile of member 12 already");
    EXPECT_EQ(fault({"nobody.json"}), folder.file("nobody.json") + ": No such file or directory");
}

TEST_F(PartiesOfABatch, AwardTogetherInTheOrderOfTheFormat) {
    write("gabes.json", profile(3, "Gabes"));
    const auto parties = read({"ministry.json"}, {"keeper.json", "gabes.json"});
    ASSERT_TRUE(parties) << parties.error();
    EXPECT_EQ(parties->awarding(), (std::vector<wire::Awarding>{{{7}, 1}, {{3}, 1}, {{12}, 1}}));
    ASSERT_NE(parties->find({12}), nullptr);
    const auto names = parties->names_on(*parse_day("2026-06-30"));
    ASSERT_EQ(names.size(), 4U);
    EXPECT_EQ(names[1].second.en, "Gabes");
    EXPECT_EQ(names[3].second.en, "Ministry");
    EXPECT_TRUE(parse_party_signers("0,1,3:0,3:1,12:0,12:1,6:0", *parties));
    std::vector<intake::Graduate> graduates(1);
    ASSERT_TRUE(award_together(graduates, *parties));
    EXPECT_EQ(graduates[0].record.award.awarded_with, (std::vector<wire::MemberId>{{3}, {12}}));
    const auto alone = read({}, {});
    ASSERT_TRUE(award_together(graduates, *alone));
    EXPECT_TRUE(graduates[0].record.award.awarded_with.empty());
}

TEST_F(PartiesOfABatch, AwardTogetherAsInstitutionsOnceEachAndEightAtMost) {
    EXPECT_EQ(fault({}, {"ministry.json"}),
              folder.file("ministry.json") + ": an authority awards nothing together with others");
    EXPECT_EQ(fault({}, {"sfax.json"}),
              folder.file("sfax.json") + ": there is a profile of member 7 already");
    EXPECT_EQ(fault({"keeper.json"}, {"keeper.json"}),
              folder.file("keeper.json") + ": there is a profile of member 12 already");
    std::vector<std::string> many;
    for (std::uint32_t member = 20; member < 27; ++member) {
        many.push_back(std::to_string(member) + ".json");
        write(many.back(), profile(member, "University"));
    }
    EXPECT_EQ(fault({}, many), "");
    many.emplace_back("keeper.json");
    EXPECT_EQ(fault({}, many), "at most eight institutions award together");
}

TEST_F(PartiesOfABatch, AwardTogetherWhatEachOfThemIsAccreditedFor) {
    const auto fault_with = [&](std::vector<intake::Programme> programmes) {
        Profile partner = profile(12, "Keeper");
        partner.programmes = std::move(programmes);
        write("partner.json", partner);
        const auto parties = read({}, {"partner.json"});
        EXPECT_TRUE(parties);
        std::vector<intake::Graduate> graduates(1);
        graduates[0].line = 2;
        graduates[0].record.award.programme = "INF-M2";
        graduates[0].record.award.level = 7;
        graduates[0].record.award.field = 613;
        const auto joined = award_together(graduates, *parties);
        return joined ? std::string{} : joined.error();
    };
    const wire::Titles titles{"ا", "a", "a"};
    EXPECT_EQ(fault_with({}), "");
    EXPECT_EQ(fault_with({{"GES-L3", 6, 413, titles}, {"INF-M2", 7, 613, titles}}), "");
    EXPECT_EQ(fault_with({{"GES-L3", 6, 413, titles}}),
              "line 2: the programme INF-M2 is not in the accreditation of Keeper (12)");
    for (const intake::Programme& other : {intake::Programme{"INF-M2", 6, 613, titles},
                                           intake::Programme{"INF-M2", 7, 612, titles}}) {
        EXPECT_EQ(fault_with({other}),
                  "line 2: the programme INF-M2 has another level or field at Keeper (12)");
    }
}

TEST_F(PartiesOfABatch, HaveSignersWithTheirKeysInTheOrderOfTheLedger) {
    const auto parties = read({"ministry.json", "keeper.json"});
    ASSERT_TRUE(parties) << parties.error();
    const auto signers = parse_party_signers("12:0,1,0,6:1", *parties);
    ASSERT_TRUE(signers) << signers.error();
    EXPECT_EQ(*signers, (std::vector<SignerKey>{{{{6}, {1}}, "z6-1"},
                                                {{{7}, {0}}, "z7-0"},
                                                {{{7}, {1}}, "z7-1"},
                                                {{{12}, {0}}, "z12-0"}}));
    EXPECT_EQ(*parse_party_signers("7:0", *parties), *parse_party_signers("0", *parties));
}

TEST_F(PartiesOfABatch, HaveNoOtherSignersAndNoneTwice) {
    const auto parties = read({"ministry.json"});
    ASSERT_TRUE(parties) << parties.error();
    const auto fault_of = [&](std::string_view text) {
        const auto signers = parse_party_signers(text, *parties);
        return signers ? std::string{} : signers.error();
    };
    EXPECT_EQ(fault_of("0,2"), "the profile of member 7 has no key 2");
    EXPECT_EQ(fault_of("0,6:2"), "the profile of member 6 has no key 2");
    EXPECT_EQ(fault_of("0,12:0"),
              "there is no profile of member 12; name it with --with or --joint");
    EXPECT_EQ(fault_of("0,7:0"), "key 0 of member 7 stands there twice; nobody signs twice");
    for (const char* text : {"", "0,", "dean", "0;1", "70000", "6:", ":0", "6:0:1", "-6:0"}) {
        EXPECT_EQ(fault_of(text),
                  "takes numbers of keys, as in 0,1, of others with their member, as in 0,1,6:0")
            << text;
    }
}

}  // namespace
}  // namespace tasdiq::cli
