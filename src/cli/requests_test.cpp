#include "cli/requests.hpp"

#include <gtest/gtest.h>

#include "cli/ledger_folder_test.hpp"
#include "cli/needed.hpp"
#include "cli/profile_maker.hpp"
#include "cli/signing.hpp"
#include "cli/transaction_draft.hpp"
#include "codec/jcs.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;
using namespace ledger::world;

Json parse(const std::string& text) {
    auto json = codec::parse_json(text);
    EXPECT_TRUE(json) << text;
    return json ? *std::move(json) : Json{};
}

constexpr const char* kAccredit = R"({
  "authority": 3, "institution": 4,
  "scope": {
    "act": "habilitation", "legal": "Arrêté du 5 mars 2019",
    "types": ["transcript", "degree"], "levels": [7, 6], "fields": ["0731", "0613"],
    "byProgramme": true, "modes": ["on-site"], "sites": [{"site": 1, "country": "TN"}],
    "from": "2020-01-01", "to": null, "appliesTo": "award", "quota": 100, "registerQuota": 0
  },
  "programmes": [{"code": "CS", "field": "0613", "ar": "حاسوب", "en": "Computing", "fr": "Informatique"}]
})";

/// The body that a request gives, as a draft holds it.
Result<wire::Body, std::string> body_of(const Result<Request, std::string>& request) {
    if (!request) return std::unexpected{request.error()};
    const auto draft = make_draft(wire::ChainId{}, {kVote1}, *request, Instant{1'000'000}, 3'600);
    if (!draft) return std::unexpected{draft.error()};
    const auto payload = wire::decode_payload(*draft);
    EXPECT_TRUE(payload);
    return payload->body;
}

TEST(Requests, OfAccreditationsSortTheirListsAndGiveTheBody) {
    const auto body = body_of(parse_accredit(parse(kAccredit), "."));
    ASSERT_TRUE(body) << body.error();
    const wire::Accredit expected{
        kMinistry, kManar, manar_scope(), {{"CS", 613, {"حاسوب", "Computing", "Informatique"}}}};
    EXPECT_EQ(std::get<wire::Accredit>(*body), expected);
}

/// The request with one piece of its text changed.
std::string fault_after(std::string_view what, std::string_view by) {
    std::string text = kAccredit;
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    text.replace(at, what.size(), by);
    const auto body = body_of(parse_accredit(parse(text), "."));
    return body ? "" : body.error();
}

TEST(Requests, SayWhichMemberIsWrong) {
    struct Case {
        const char* what;
        const char* by;
        const char* fault;
    };
    const Case cases[] = {
        {"\"authority\": 3", "\"authority\": \"3\"", "authority is missing or malformed"},
        {"\"quota\"", "\"quotta\"", "scope.quotta is not known here"},
        {"\"habilitation\"", "\"wish\"", "scope.act is missing or malformed"},
        {"\"degree\"", "\"diploma\"", "scope.types is missing or malformed"},
        {"\"0613\"]", "\"613\"]", "scope.fields is missing or malformed"},
        {"true", "1", "scope.byProgramme is missing or malformed"},
        {"\"2020-01-01\"", "\"2020-13-01\"", "scope.from is missing or malformed"},
        {"\"award\"", "\"never\"", "scope.appliesTo is missing or malformed"},
        {"\"country\": \"TN\"", "\"land\": \"TN\"", "scope.sites.country is missing or malformed"},
        {"\"code\": \"CS\", ", "", "programmes.code is missing or malformed"},
        {"Arrêté", "Ar\u00ADrêté", "scope.legal is missing or malformed"},
        {"Computing", "Comput\u2060ing", "programmes.en is missing or malformed"},
        {"حاسوب", "\uFEFFحاسوب", "programmes.ar is missing or malformed"},
        {"\"programmes\"", "\"programs\"", "programs is not known here"},
        // What only the formats' limits know.
        {"\"TN\"", "\"tn\"", "country: a text that"},
        {"\"CS\"", "\"cs\"", "programme: a text that"},
        {"[7, 6]", "[7, 7]", "levels"},
        {"[7, 6]", "[]", "levels"},
    };
    for (const Case& one : cases) {
        const std::string fault = fault_after(one.what, one.by);
        EXPECT_TRUE(fault.starts_with(one.fault)) << one.what << ": " << fault;
    }
}

TEST(Requests, OfMembersTakeTheKeysThatTheirOfficersProved) {
    const test::Folder folder;
    const test::SmallLedger world;
    const auto dean = keys::SigningKey::generate(crypto::Algorithm::kEd25519);
    const auto seal = keys::SigningKey::generate(crypto::Algorithm::kEs256);
    const auto proof = [&](const keys::SigningKey& key, wire::Role role) {
        return possession_to_json(make_new_key(world.chain, std::nullopt, role, key), world.chain,
                                  std::nullopt);
    };
    folder.write("dean.json", as_bytes(codec::to_jcs(proof(dean, wire::Role::kDean))));
    const Json request =
        parse(R"({"authority": 3, "kind": "university", "country": "TN", "parent": null,
                  "names": [{"from": "1959-01-01", "ar": "جامعة", "en": "Uni", "fr": "Univ"}],
                  "ids": [{"scheme": "ror", "value": "057q4rt57"}]})")
            .set("keys", Json::array().push("dean.json").push(proof(seal, wire::Role::kSeal)));
    const auto body = body_of(parse_register_institution(request, folder.path()));
    ASSERT_TRUE(body) << body.error();
    const auto& registered = std::get<wire::RegisterInstitution>(*body);
    EXPECT_EQ(registered.kind, wire::MemberKind::kUniversity);
    EXPECT_EQ(registered.ids, (std::vector<wire::OutsideId>{{"ror", "057q4rt57"}}));
    ASSERT_EQ(registered.keys.size(), 2U);
    EXPECT_EQ(registered.keys[0].role, wire::Role::kDean);
    EXPECT_EQ(registered.keys[1].algorithm, crypto::Algorithm::kEs256);

    // And the ledger takes it.
    test::SmallLedger ledger;
    EXPECT_TRUE(ledger.send(*body, {kMinistry1, kMinistry2}));

    EXPECT_EQ(parse_register_institution(request, folder.file("elsewhere")).error(),
              "keys (dean.json) is missing or malformed");
}

TEST(Requests, OfPoliciesReadRolesAndPlaces) {
    const auto body = body_of(
        parse_set_policy(parse(R"({"member": 4, "rules": [{"body": "issue", "types": ["degree"],
                  "relations": ["none", "replaces"], "captures": null, "coolOffSeconds": 60,
                  "alternatives": [["dean@self", "officer@parent"], ["authority@authority"]]}]})"),
                         "."));
    ASSERT_TRUE(body) << body.error();
    const wire::Rule expected{
        wire::BodyCode::kIssue,
        std::vector{wire::CertificateType::kDegree},
        std::vector<std::optional<wire::RelationCode>>{std::nullopt, wire::RelationCode::kReplaces},
        std::nullopt,
        60,
        {{{wire::Who::kSelf, wire::Role::kDean}, {wire::Who::kParent, std::nullopt}},
         {{wire::Who::kAuthority, wire::Role::kAuthority}}}};
    EXPECT_EQ(std::get<wire::SetPolicy>(*body).rules, std::vector{expected});
    const auto fault = parse_set_policy(
        parse(R"({"member": 4, "rules": [{"body": "issue", "alternatives": [["dean@home"]]}]})"),
        ".");
    EXPECT_EQ(fault.error(), "rules.alternatives is missing or malformed");
}

TEST(Requests, OfOneLineGiveTheirBodies) {
    const auto same = [](const Request& request, const wire::Body& expected) {
        const auto body = body_of(request);
        EXPECT_TRUE(body && *body == expected);
    };
    same(make_retire_key(kManar, {1}), wire::RetireKey{kManar, {1}});
    same(make_void_key(kMinistry, kDean, {77}), wire::VoidKey{kMinistry, kManar, {1}, {77}});
    const wire::EndAccreditation end{kMinistry,
                                     kManar,
                                     1,
                                     wire::EndAction::kSuspend,
                                     wire::AppliesTo::kIntake,
                                     *parse_day("2027-01-01")};
    same(make_end_accreditation(end), end);
    const wire::Status status{kManar, wire::StatusState::kLost, {{7}, {9}}};
    same(make_status(kManar, status.state, status.indices), status);
    EXPECT_FALSE(body_of(make_status(kManar, status.state, {{9}, {7}})));
    EXPECT_FALSE(body_of(make_retire_key({0}, {1})));
}

constexpr const char* kMerger = R"({
  "by": 3, "member": 4, "kind": "split", "others": [9, 6], "day": "2027-01-01",
  "legal": "Décret n° 2026-12"
})";
constexpr const char* kRenamed = R"({
  "by": 3, "member": 4, "kind": "renamed", "day": "2027-01-01", "legal": "Décret n° 2026-12",
  "name": {"ar": "جامعة", "en": "Uni", "fr": "Univ"}
})";

TEST(Requests, OfSuccessionSayWhatBecameOfAMember) {
    const Day day = *parse_day("2027-01-01");
    const auto split = body_of(parse_succession(parse(kMerger), "."));
    ASSERT_TRUE(split) << split.error();
    EXPECT_EQ(std::get<wire::Succession>(*split), (wire::Succession{kMinistry,
                                                                    kManar,
                                                                    wire::SuccessionKind::kSplit,
                                                                    {{6}, {9}},
                                                                    day,
                                                                    "Décret n° 2026-12",
                                                                    std::nullopt}));
    const auto renamed = parse_succession(parse(kRenamed), ".");
    ASSERT_TRUE(renamed) << renamed.error();
    EXPECT_EQ(renamed->acting, kMinistry);
    const auto body = body_of(renamed);
    ASSERT_TRUE(body) << body.error();
    EXPECT_EQ(std::get<wire::Succession>(*body).name, (wire::Titles{"جامعة", "Uni", "Univ"}));
    // And the ledger takes it.
    test::SmallLedger ledger;
    EXPECT_TRUE(ledger.send(*body, {kMinistry1, kMinistry2}));
}

TEST(Requests, OfSuccessionSayWhichMemberIsWrong) {
    struct Case {
        const char* request;
        const char* what;
        const char* by;
        const char* fault;
    };
    const Case cases[] = {
        {kMerger, "\"split\"", "\"reconstituted\"", "kind is missing or malformed"},
        {kMerger, "[9, 6]", "[-9]", "others is missing or malformed"},
        {kMerger, "[9, 6]", "[9, 9]", "others: "},
        {kMerger, "[9, 6]", "[]", "others: split needs the members that go on"},
        {kMerger, "\"split\"", "\"absorbed\"", "others: absorbed needs exactly one member"},
        {kMerger, "\"split\"", "\"merged\"", "others: merged needs exactly one member"},
        {kMerger, "\"split\"", "\"moved\"", "others: moved needs exactly one member"},
        {kMerger, "\"split\"", "\"closed\"", "others: closed takes no other members"},
        {kMerger, "2027-01-01", "2027", "day is missing or malformed"},
        {kMerger, "\"legal\"", "\"law\"", "legal is missing or malformed"},
        {kRenamed, "\"en\": \"Uni\", ", "", "name.en is missing or malformed"},
        {kRenamed, "\"Uni\"", "\"Uni\u3164\"", "name.en is missing or malformed"},
        {kRenamed, "\"name\"", "\"names\"", "name is missing or malformed"},
        // A name that would be lost.
        {kRenamed, "renamed", "closed", "name is not known here"},
    };
    for (const Case& one : cases) {
        std::string text = one.request;
        text.replace(text.find(one.what), std::string_view{one.what}.size(), one.by);
        const auto body = body_of(parse_succession(parse(text), "."));
        EXPECT_TRUE(!body && body.error().starts_with(one.fault))
            << text << (body ? "" : body.error());
    }
}

TEST(Requests, ToReconstituteBringNewKeys) {
    test::SmallLedger world;
    const auto dean = keys::SigningKey::generate(crypto::Algorithm::kEd25519);
    const auto registrar = keys::SigningKey::generate(crypto::Algorithm::kEd25519);
    const auto proof = [&](const keys::SigningKey& key, wire::Role role) {
        return possession_to_json(make_new_key(world.chain, kManar, role, key), world.chain,
                                  kManar);
    };
    const Json request =
        parse(R"({"by": 3, "member": 4, "legal": "Arrêté du 3 mai 2026", "retired": [1, 0]})")
            .set("keys", Json::array()
                             .push(proof(dean, wire::Role::kDean))
                             .push(proof(registrar, wire::Role::kRegistrar)));
    const auto body = body_of(parse_reconstitute(request, "."));
    ASSERT_TRUE(body) << body.error();
    EXPECT_EQ(std::get<wire::Reconstitute>(*body).retired, (std::vector<wire::Ordinal>{{0}, {1}}));
    EXPECT_TRUE(world.send(*body, {kMinistry1, kMinistry2}));

    Json wrong = request;
    wrong.set("retired", Json::array().push("0"));
    EXPECT_EQ(parse_reconstitute(wrong, ".").error(), "retired is missing or malformed");
    wrong.erase("retired");
    EXPECT_TRUE(body_of(parse_reconstitute(wrong, ".")));
    wrong.erase("legal");
    EXPECT_EQ(parse_reconstitute(wrong, ".").error(), "legal is missing or malformed");
}

TEST(Requests, OfLifeGiveTheirBodies) {
    const auto same = [](const Request& request, const wire::Body& expected, wire::MemberId by) {
        const auto body = body_of(request);
        EXPECT_TRUE(body && *body == expected);
        EXPECT_EQ(request.acting, by);
    };
    wire::Custody custody{kMinistry, kManar, wire::Custodian{{9}, wire::CustodyScope::kEverything}};
    same(make_custody(custody), custody, kMinistry);
    custody.custodian.reset();
    same(make_custody(custody), custody, kMinistry);
    const wire::Confirm confirm{kManar, kMinistry, {1}, {{{5}, {9}}, {{12}, {13}}}};
    same(make_confirm(confirm), confirm, kManar);
    const auto id = wire::transaction_id(as_bytes("x"));
    same(make_cancel(kManar, id), wire::Cancel{kManar, id}, kManar);
    same(make_attest(kMinistry, {{7}, {9}}), wire::Attest{kMinistry, {{7}, {9}}}, kMinistry);
    const wire::CommitCohort cohort{kManar, wire::CohortKind::kTransferIn, *parse_day("2026-09-15"),
                                    350, wire::CohortRoot{}};
    same(make_commit_cohort(cohort), cohort, kManar);
    const std::vector<wire::Seat> seats{{kManar, 1, 7}, {kManar, 2, 3}};
    same(make_release_seats(kManar, seats), wire::ReleaseSeats{kManar, seats}, kManar);
}

TEST(Ranges, AreSortedAndJoined) {
    const auto ranges = parse_ranges({"60-80", "57", "81", "70-75", "5"}, "entry");
    ASSERT_TRUE(ranges) << ranges.error();
    EXPECT_EQ(*ranges, (std::vector<wire::IndexRange>{{{5}, {6}}, {{57}, {58}}, {{60}, {82}}}));
    for (const char* word : {"", "-", "5-", "-5", "6-5", "5-6-7", "05", "x"}) {
        const auto fault = parse_ranges({word}, "entry");
        EXPECT_EQ(fault ? "" : fault.error(),
                  std::string{word} + " is no entry number, and no range such as 60-80");
    }
    EXPECT_EQ(parse_ranges({}, "entry").error(), "which? Give one entry number or more");

    EXPECT_EQ(parse_certificates({"9", "7-8", "8"}).value(),
              (std::vector<wire::LogIndex>{{7}, {8}, {9}}));
    EXPECT_EQ(parse_certificates({"1-4096"}).value().size(), 4'096U);
    EXPECT_EQ(parse_certificates({"1-4096", "5000"}).error(), "at most 4096 certificates at once");
    EXPECT_EQ(parse_certificates({"1-9007199254740991"}).error(),
              "at most 4096 certificates at once");
}

TEST(Signers, AreReadInAnyOrder) {
    EXPECT_EQ(parse_signers("4:1,3:0"), (std::vector<wire::Signer>{kMinistry1, kDean}));
    for (const char* text : {"", "4", "4:", ":1", "4:1,", "4:70000", "4:1;3:0", "04:1"}) {
        EXPECT_EQ(parse_signers(text), std::nullopt) << text;
    }
}

TEST(Levels, AreReadByProgramme) {
    const auto levels = parse_levels("INF-L3=6,INF-M2=7");
    ASSERT_TRUE(levels);
    EXPECT_EQ(levels->at("INF-M2"), 7);
    for (const char* text : {"", "=6", "INF", "INF=9", "INF=6,"}) {
        EXPECT_EQ(parse_levels(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace tasdiq::cli
