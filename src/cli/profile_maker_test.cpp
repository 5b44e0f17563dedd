#include "cli/profile_maker.hpp"

#include <gtest/gtest.h>
#include <map>
#include <mutex>

#include "cli/exit_code.hpp"
#include "codec/jcs.hpp"
#include "net/server.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

constexpr const char* kLedgerAnswer =
    R"({"chain":"4554ec892350b428aba030d5809c4719","ledger":"test",)"
    R"("origin":"ledger.example/arab/4554ec892350b428aba030d5809c4719"})";

Json member(const std::string& kind) {
    const auto json = codec::parse_json(as_bytes(
        R"({"names":[{"from":"1970-01-01","ar":"وزارة","en":"Ministry","fr":"Ministère"}],)"
        R"("keys":[{"ordinal":0,"role":"authority","key":"z0","until":null},)"
        R"({"ordinal":1,"role":"authority","key":"z1","until":9},)"
        R"({"ordinal":2,"role":"assertion","key":"z2"}]})"));
    EXPECT_TRUE(json);
    return Json{*json}.set("kind", kind);
}

/// Beside a node that says what a test put into it, and 404 to everything else.
struct MakeProfile : testing::Test {
    MakeProfile() {
        auto started = net::Server::start(
            {}, net::answering([this](const net::HttpRequest& request) {
                const std::lock_guard guard{mutex_};
                asked_.push_back(request.target.path);
                const auto found = answers_.find(request.target.path);
                if (found == answers_.end()) {
                    return net::make_problem({404, "api", 2, "the ledger has no such thing"});
                }
                return net::make_response("application/json", found->second);
            }));
        EXPECT_TRUE(started);
        server_ = *std::move(started);
        says("/api/v1/ledger", kLedgerAnswer);
    }

    void says(const std::string& path, std::string answer) {
        const std::lock_guard guard{mutex_};
        answers_[path] = std::move(answer);
    }
    [[nodiscard]] std::vector<std::string> asked() {
        const std::lock_guard guard{mutex_};
        return asked_;
    }

    [[nodiscard]] Result<Profile, NodeFault> make(const ProfileOptions& options) const {
        auto node = NodeClient::open("http://127.0.0.1:" + std::to_string(server_->port()));
        EXPECT_TRUE(node);
        auto made = make_profile(*node, options, *parse_day("2026-06-30"));
        if (!made) return std::unexpected{made.error()};
        return std::move(made->profile);
    }
    [[nodiscard]] std::string warnings(const ProfileOptions& options) const {
        auto node = NodeClient::open("http://127.0.0.1:" + std::to_string(server_->port()));
        EXPECT_TRUE(node);
        const auto made = make_profile(*node, options, *parse_day("2026-06-30"));
        EXPECT_TRUE(made) << made.error().message;
        std::string all;
        for (const std::string& one : made->warnings) all += one + "\n";
        return all;
    }
    void expect_refused(const ProfileOptions& options, int exit_code,
                        const std::string& message) const {
        const auto profile = make(options);
        ASSERT_FALSE(profile);
        EXPECT_EQ(profile.error().exit_code, exit_code);
        EXPECT_EQ(profile.error().message, message);
    }

  private:
    std::mutex mutex_;  // guards what follows
    std::map<std::string, std::string> answers_;
    std::vector<std::string> asked_;
    std::unique_ptr<net::Server> server_;
};

TEST_F(MakeProfile, OfAnAuthorityHasNeitherAccreditationNorProgrammes) {
    says("/api/v1/members/6", codec::to_jcs(member("authority")));
    const auto profile = make({{6}, {}, {}, {}});
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_TRUE(profile->is_authoritys());
    EXPECT_TRUE(profile->programmes.empty());
    EXPECT_EQ(profile->institution, wire::MemberId{6});
    EXPECT_EQ(profile->names.front().fr, "Ministère");
    EXPECT_EQ(profile->serial_prefix, "6");
    // The retired key is left out.
    ASSERT_EQ(profile->keys.size(), 2U);
    EXPECT_EQ(profile->keys[1].ordinal, wire::Ordinal{2});
    EXPECT_EQ(profile->keys[1].role, wire::Role::kAssertion);
    EXPECT_EQ(asked(), (std::vector<std::string>{"/api/v1/ledger", "/api/v1/members/6"}));
    EXPECT_EQ(make({{6}, {}, {}, "MESRS-2026"})->serial_prefix, "MESRS-2026");
}

TEST_F(MakeProfile, OfAnAuthorityIsRefusedWithAnAccreditation) {
    says("/api/v1/members/6", codec::to_jcs(member("authority")));
    expect_refused({{6}, 1, {}, {}}, kExitRefused, "an authority issues without an accreditation");
}

TEST_F(MakeProfile, OfAnInstitutionHasThoseOfItsAccreditation) {
    says("/api/v1/members/7", codec::to_jcs(member("university")));
    expect_refused({{7}, {}, {}, {}}, kExitRefused,
                   "accreditation 1: the node answered 404: the ledger has no such thing");
    const std::string programmes =
        R"("programmes":[{"code":"CS","field":"0613","ar":"ح","en":"c","fr":"i"}])";
    const std::string accreditation = "/api/v1/members/7/accreditations/1";
    says(accreditation, R"({"ended":null,"scope":{"levels":[6]},)" + programmes + "}");
    const auto profile = make({{7}, {}, {}, {}});
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_FALSE(profile->is_authoritys());
    EXPECT_EQ(profile->accreditation, 1U);
    ASSERT_EQ(profile->programmes.size(), 1U);
    EXPECT_EQ(profile->programmes.front().level, 6);
    EXPECT_EQ(profile->serial_prefix, "7-1");
    says(accreditation, R"({"ended":null,"scope":{"levels":[6,7]},)" + programmes + "}");
    expect_refused({{7}, {}, {}, {}}, kExitRefused,
                   "the accreditation has several levels; say those of its programmes with\n"
                   "  --levels CS=LEVEL");
    EXPECT_EQ(make({{7}, {}, {{"CS", 7}}, {}})->programmes.front().level, 7);
    EXPECT_EQ(warnings({{7}, {}, {{"CS", 7}}, {}}), "");
}

TEST_F(MakeProfile, OfWhatHasEndedSaysWhatTheLedgerStillTakes) {
    Json university = member("university");
    const auto says_member = [&] { says("/api/v1/members/7", codec::to_jcs(university)); };
    const auto says_end = [&](const std::string& end) {
        says("/api/v1/members/7/accreditations/1",
             R"({"scope":{"levels":[6],"to":"2026-06-29"},"ended":)" + end + "}");
    };
    const std::string rest =
        "; then the ledger takes corrections and duplicates, and awards of before that day with a "
        "signature of the authority (--with its profile)\n";
    says_member();
    says_end(R"({"action":"withdraw","by":"award","effective":"2026-06-15"})");
    EXPECT_EQ(warnings({{7}, {}, {}, {}}),
              "accreditation 1 is withdrawn from 2026-06-15 on" + rest);
    says_end(R"({"action":"suspend","by":"intake","effective":"2027-01-01"})");
    EXPECT_EQ(warnings({{7}, {}, {}, {}}),
              "accreditation 1 is suspended from 2027-01-01 on; then the ledger takes corrections "
              "and duplicates, and awards to those who began before that day with a signature of "
              "the authority (--with its profile)\n");
    for (const char* none : {"null", R"({"action":"resume","effective":"2026-06-15"})"}) {
        says_end(none);
        EXPECT_EQ(warnings({{7}, {}, {}, {}}),
                  "accreditation 1 ran out on 2026-06-29; then the ledger takes corrections and "
                  "duplicates, and awards of until then with a signature of the authority (--with "
                  "its profile)\n");
    }
    says("/api/v1/members/7/accreditations/1",
         R"({"scope":{"levels":[6],"to":"2026-06-30"},"ended":null})");
    EXPECT_EQ(warnings({{7}, {}, {}, {}}), "");
    university.set("ended", "2026-06-30");
    says_member();
    EXPECT_EQ(
        warnings({{7}, {}, {}, {}}),
        "member 7 ended on 2026-06-30; its own keys sign nothing any more, and nobody acts for "
        "it (member custody)\n");
    university.set("ended", "2026-07-01")
        .set("custody", Json::object().set("custodian", 12).set("scope", "archives"));
    says_member();
    EXPECT_EQ(warnings({{7}, {}, {}, {}}),
              "member 7 ends on 2026-07-01; from then on its own keys sign nothing. Its custodian, "
              "member 12, signs corrections and duplicates, and what comes from registers with the "
              "authority: --with its profile, --signers 12:0,12:1\n");
}

TEST_F(MakeProfile, IsRefusedOfAMemberThatIsNotThere) {
    expect_refused({{9}, {}, {}, {}}, kExitRefused,
                   "member 9: the node answered 404: the ledger has no such thing");
}

TEST_F(MakeProfile, IsNotMadeOfAStrangeAnswer) {
    Json nameless = member("authority");
    nameless.erase("names");
    says("/api/v1/members/6", codec::to_jcs(nameless));
    expect_refused({{6}, {}, {}, {}}, kExitUnavailable,
                   "the node's answers make no profile: names is missing or malformed");
    // Without a kind it is taken for an institution: nothing is issued without an accreditation by
    // mistake.
    Json unkind = member("authority");
    unkind.erase("kind");
    says("/api/v1/members/6", codec::to_jcs(unkind));
    expect_refused({{6}, {}, {}, {}}, kExitRefused,
                   "accreditation 1: the node answered 404: the ledger has no such thing");
}

}  // namespace
}  // namespace tasdiq::cli
