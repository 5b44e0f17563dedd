#include "certificate/act.hpp"

#include <gtest/gtest.h>

#include "cli/ledger_folder_test.hpp"
#include "cli/profile.hpp"
#include "cli/run_words_test.hpp"
#include "cli/signing.hpp"
#include "cli/to_sign.hpp"
#include "codec/jcs.hpp"
#include "crypto/multikey.hpp"
#include "keys/key_file.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

/// The example of an authority's profile.
Json example() {
    const auto page = read_file(TASDIQ_SOURCE_DIR "/docs/formats/profile.md", 1U << 20);
    EXPECT_TRUE(page);
    const std::string_view fence = "```json authority profile\n";
    const std::string_view text = as_text(*page);
    const std::size_t begin = text.find(fence) + fence.size();
    auto json = codec::parse_json(text.substr(begin, text.find("```", begin) - begin));
    EXPECT_TRUE(json);
    return json ? *std::move(json) : Json{};
}

Result<Profile, std::string> parse(const Json& json) {
    return parse_profile(as_bytes(codec::to_jcs(json)));
}

TEST(AuthoritysProfile, IsThatOfItsPage) {
    const auto profile = parse(example());
    ASSERT_TRUE(profile) << profile.error();
    EXPECT_TRUE(profile->is_authoritys());
    EXPECT_EQ(codec::to_jcs(to_json(*profile)), codec::to_jcs(example()));
    const auto rules = profile->act_rules(wire::CertificateType::kAttestation);
    EXPECT_EQ(rules.type, wire::CertificateType::kAttestation);
    EXPECT_EQ(rules.origin, profile->origin);
    EXPECT_EQ(rules.serial_prefix, "MESRS-2026");
}

TEST(AuthoritysProfile, IsRefusedWithProgrammesAndWithoutSayingThatItHasNoAccreditation) {
    Json json = example();
    json.erase("accreditation");
    EXPECT_EQ(parse(json).error(), "accreditation is missing or malformed");
    const Json programme = Json::object()
                               .set("code", "X")
                               .set("level", 6)
                               .set("field", "0613")
                               .set("ar", "ا")
                               .set("en", "a")
                               .set("fr", "a");
    json = example();
    json.set("programmes", Json::array().push(programme));
    EXPECT_EQ(parse(json).error(), "programmes is missing or malformed");
    json.set("accreditation", 1);
    const auto institutions = parse(json);
    ASSERT_TRUE(institutions);
    EXPECT_FALSE(institutions->is_authoritys());
}

using test::run_words;
using test::Said;

/// A ministry's computer: its profile, two officers' keys and the one that signs credentials.
struct Acts : testing::Test {
    Acts() {
        Json keys = Json::array();
        for (const auto& [name, role] :
             {std::pair{"m0", "authority"}, {"m1", "authority"}, {"m2", "assertion"}}) {
            EXPECT_EQ(run_words({"keys", "new", path(std::string{name} + ".key"), "--role", role,
                                 "--no-password"})
                          .code,
                      0);
            const auto header = keys::read_key_file_header(path(std::string{name} + ".key"),
                                                           {.allow_unencrypted = true});
            EXPECT_TRUE(header);
            keys.push(Json::object()
                          .set("key", crypto::to_multikey(header->public_key))
                          .set("ordinal", static_cast<std::uint64_t>(keys.size()))
                          .set("role", role));
        }
        write("ministry.json", codec::to_jcs(example().set("keys", std::move(keys))));
        write("utm.json", codec::to_jcs(example().set("accreditation", 1)));
        write("may.csv",
              "name_ar;outcome;number;date;level;field;target;conditions_fr\n"
              "علي;partielle;311;" +
                  today() + ";7;0713;4711;Deux modules\n" + "سارة;totale;312;" + today() +
                  ";7;0713;4712;\n");
        write("bad.csv",
              "name_ar;outcome;number;date;level;field;target\n"
              "علي;oui;311;" +
                  today() + ";7;0713;4711\n" + "سارة;totale;312;" + today() + ";7;0713;4712\n");
        write("stamps.csv",
              "name_ar,kind,number,date,level,field,target,place,capacity\n"
              "علي,apostille,17," +
                  today() + ",6,0613,4711,Tunis,Rector\n");
    }

    /// What a row with this number of an act is called.
    static std::string serial(const std::string& number) {
        const std::string year = today().substr(0, 4);
        return (year == "2026" ? "MESRS-2026-" : "MESRS-2026-" + year + "-") + number;
    }
    static std::string today() { return to_text(to_day(now())); }
    [[nodiscard]] std::string path(const std::string& name) const { return folder.file(name); }
    void write(const std::string& name, std::string_view text) const {
        folder.write(name, as_bytes(text));
    }

    /// `<command> prepare` of a table as the ministry, with everything it needs.
    [[nodiscard]] Said prepare(const std::string& command, const std::string& table,
                               const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{
            command,        "prepare",     path(table), "--profile", path("ministry.json"),
            "--out",        path("batch"), "--signers", "0,1",       "--assertion-key",
            path("m2.key"), "--lang",      "en"};
        words.insert(words.end(), more.begin(), more.end());
        return run_words(words);
    }

    /// The only issue of the batch, and its certificates' credentials.
    [[nodiscard]] wire::Terms terms() const {
        const auto to_sign = read_to_sign(path("batch/to-sign.cbor"));
        EXPECT_TRUE(to_sign) << to_sign.error();
        EXPECT_EQ(to_sign->issues.size(), 1U);
        return to_sign->issues.front().issue().terms;
    }
    [[nodiscard]] certificate::CanonicalCredential credential(const std::string& serial) const {
        const Bytes file = folder.read("batch/certificates/" + serial + "/credential.json");
        auto read = certificate::read_secured(file);
        EXPECT_TRUE(read);
        EXPECT_TRUE(read->proof);
        return std::move(read->credential);
    }

    const test::Folder folder;
};

TEST_F(Acts, AreDecisionsThatTwoOfficersSign) {
    const Said said = prepare("equivalency", "may.csv");
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_EQ(said.out.find("2 rows: 2 good, 0 faults."), 0U);
    EXPECT_EQ(terms().type, wire::CertificateType::kEquivalency);
    ASSERT_EQ(terms().awarding.size(), 1U);
    EXPECT_EQ(terms().awarding[0], (wire::Awarding{{6}, std::nullopt}));
    EXPECT_EQ(terms().programme, std::nullopt);

    const auto decision = credential(serial("311"));
    EXPECT_EQ(decision.issuer_did(), "did:web:ledger.example:i:6");
    EXPECT_NE(decision.text().find("Ministry of Higher Education"), std::string::npos);
    const auto act = certificate::act_of(decision);
    ASSERT_TRUE(act);
    EXPECT_EQ(std::get<certificate::Equivalency>(act->what).outcome,
              certificate::Outcome::kPartial);
    EXPECT_EQ(
        std::get<certificate::Target>(act->about),
        (certificate::Target{{4711}, "ledger.example/arab/4554ec892350b428aba030d5809c4719"}));

    for (const char* officer : {"m0.key", "m1.key"}) {
        const Said signed_it = run_words(
            {"issue", "sign", path("batch"), "--key", path(officer), "--yes", "--lang", "en"});
        EXPECT_EQ(signed_it.code, 0) << signed_it.err;
        EXPECT_NE(signed_it.out.find("Type of certificate: Equivalency decision"),
                  std::string::npos)
            << signed_it.out;
    }
    for (const char* name : {"signatures-6-0.cbor", "signatures-6-1.cbor"}) {
        EXPECT_TRUE(read_signatures(path("batch/signatures/") + name, 1)) << name;
    }
    const Said other =
        run_words({"issue", "sign", path("batch"), "--key", path("m2.key"), "--yes"});
    EXPECT_EQ(other.code, kExitRefused);
    // Before anything is shown, or asked.
    const Said none =
        run_words({"issue", "sign", path("batch"), "--key", path("no.key"), "--lang", "en"});
    EXPECT_EQ(none.code, kExitIo);
    EXPECT_EQ(none.out, "");
    EXPECT_NE(none.err.find("no.key: there is no such key file"), std::string::npos) << none.err;
}

TEST_F(Acts, AreSignedByOthersWhoseProfilesAreNamed) {
    write("other.json",
          codec::to_jcs(example()
                            .set("institution", 12)
                            .set("names", Json::array().push(Json::object()
                                                                 .set("from", "1970-01-01")
                                                                 .set("ar", "هيئة")
                                                                 .set("en", "Order")
                                                                 .set("fr", "Ordre")))));
    const std::vector<std::string> both{"--with", path("other.json"), "--signers", "0,1,12:0"};
    const Said said = prepare("equivalency", "may.csv", both);
    EXPECT_EQ(said.code, 0) << said.err;
    const Said signed_it = run_words(
        {"issue", "sign", path("batch"), "--key", path("m0.key"), "--yes", "--lang", "en"});
    EXPECT_EQ(signed_it.code, 0) << signed_it.err;
    EXPECT_NE(signed_it.out.find("Research (6:1), Order (12:0)"), std::string::npos)
        << signed_it.out;
    std::filesystem::remove_all(path("batch"));
    const Said alone = prepare("equivalency", "may.csv", {"--signers", "0,1,12:0"});
    EXPECT_EQ(alone.code, kExitUsage);
    EXPECT_NE(alone.err.find(
                  "--signers: there is no profile of member 12; name it with --with or --joint"),
              std::string::npos);
}

TEST_F(Acts, HaveStatusListsOfACustodiansIfItsKeySignsThem) {
    auto other = codec::parse_json(folder.read("ministry.json"));
    ASSERT_TRUE(other);
    write("other.json", codec::to_jcs(other->set("institution", 12)));
    const std::vector<std::string> options{"--with", path("other.json"), "--list-key",
                                           path("m2.key")};
    const Said said = prepare("equivalency", "may.csv", options);
    EXPECT_EQ(said.code, 0) << said.err;
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator{path("batch/status")}) {
        const Bytes file = folder.read("batch/status/" + entry.path().filename().string());
        const auto list = codec::parse_json(file);
        ASSERT_TRUE(list);
        EXPECT_EQ(*list->find_string("issuer"), "did:web:ledger.example:i:12");
        EXPECT_NE(list->find_string("id")->find("/i/6/status/"), std::string::npos);
        ++count;
    }
    EXPECT_EQ(count, 2U);
    EXPECT_EQ(credential(serial("311")).issuer_did(), "did:web:ledger.example:i:6");

    std::filesystem::remove_all(path("batch"));
    const Said own = prepare("equivalency", "may.csv", {"--list-key", path("m2.key")});
    EXPECT_EQ(own.code, kExitRefused);
    EXPECT_NE(own.err.find("--list-key is no assertion key of a member whose profile stands"),
              std::string::npos);
    EXPECT_FALSE(exists(path("batch")));
}

TEST_F(Acts, AreAttestationsFromATableOfTheirOwn) {
    EXPECT_EQ(prepare("attestation", "stamps.csv").code, 0);
    EXPECT_EQ(terms().type, wire::CertificateType::kAttestation);
    const auto act = certificate::act_of(credential(serial("17")));
    ASSERT_TRUE(act);
    EXPECT_EQ(std::get<certificate::Attestation>(act->what).capacity.en, "Rector");
}

TEST_F(Acts, NameStatusListsUnlessTheyAreNotWanted) {
    EXPECT_EQ(prepare("equivalency", "may.csv").code, 0);
    EXPECT_NE(credential(serial("311")).text().find("credentialStatus"), std::string::npos);
    EXPECT_TRUE(exists(path("batch/status-lists.cbor")));
    std::filesystem::remove_all(path("batch"));
    EXPECT_EQ(prepare("equivalency", "may.csv", {"--no-status-lists"}).code, 0);
    EXPECT_EQ(credential(serial("311")).text().find("credentialStatus"), std::string::npos);
    EXPECT_FALSE(exists(path("batch/status-lists.cbor")));
    EXPECT_FALSE(exists(path("batch/status")));
}

TEST_F(Acts, AreReportedInTheirReadersLanguageAndMadeOnlyWhenAllAreGood) {
    const Said said = prepare("equivalency", "bad.csv", {"--lang", "fr"});
    EXPECT_EQ(said.code, kExitRefused);
    EXPECT_NE(said.out.find("Ligne 2 – Décision inconnue : oui. Connues : full / totale / كلية"),
              std::string::npos)
        << said.out;
    EXPECT_FALSE(exists(path("batch")));
    EXPECT_EQ(prepare("equivalency", "bad.csv", {"--skip-faulty"}).code, 0);
    EXPECT_EQ(credential(serial("312")).type(), wire::CertificateType::kEquivalency);
}

TEST_F(Acts, AreOnlyCheckedWhenAsked) {
    const Said said = run_words({"equivalency", "prepare", path("may.csv"), "--profile",
                                 path("ministry.json"), "--check", "--lang", "ar"});
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_NE(said.out.find("السليم: "), std::string::npos);
    EXPECT_FALSE(exists(path("batch")));
    // The other table's columns are not these.
    EXPECT_EQ(run_words({"attestation", "prepare", path("may.csv"), "--profile",
                         path("ministry.json"), "--check"})
                  .code,
              kExitRefused);
    EXPECT_EQ(run_words({"equivalency", "prepare", path("may.csv"), "--profile",
                         path("ministry.json"), "--check", "--column", "Date="})
                  .code,
              kExitRefused);
}

TEST_F(Acts, NameNoColumnThatThereIsNot) {
    const auto fault_of = [&](const char* column) {
        const Said said = run_words({"equivalency", "prepare", path("may.csv"), "--profile",
                                     path("ministry.json"), "--check", "--column", column});
        EXPECT_EQ(said.code, kExitUsage) << column;
        return said.err;
    };
    EXPECT_NE(
        fault_of("Date=nom_latin").find("there is no column “nom_latin”; known: student_id, "),
        std::string::npos);
    EXPECT_NE(fault_of("Date=programme").find("there is no column “programme”"),
              std::string::npos);  // of the other table
    EXPECT_NE(fault_of("Dat=date").find("the table has no heading “Dat”"), std::string::npos);
    EXPECT_NE(fault_of("Date").find("--column takes HEADING=NAME, not “Date”"), std::string::npos);
}

TEST_F(Acts, WantTheProfileOfAnAuthority) {
    const Said said = run_words(
        {"equivalency", "prepare", path("may.csv"), "--profile", path("utm.json"), "--check"});
    EXPECT_EQ(said.code, kExitRefused);
    EXPECT_NE(said.err.find("the profile of an institution; it prepares with issue prepare"),
              std::string::npos);
    const Said other = run_words(
        {"issue", "prepare", path("may.csv"), "--profile", path("ministry.json"), "--check"});
    EXPECT_EQ(other.code, kExitRefused);
    EXPECT_NE(other.err.find("the profile of an authority"), std::string::npos);
}

TEST_F(Acts, SayWhatIsMissingOnTheCommandLine) {
    const Said said = run_words({"equivalency", "prepare", path("may.csv"), "--profile",
                                 path("ministry.json"), "--out", path("batch")});
    EXPECT_EQ(said.code, kExitUsage);
    EXPECT_EQ(said.err.find("tasdiq: equivalency prepare needs --signers"), 0U) << said.err;
    EXPECT_EQ(
        run_words({"attestation", "prepare"}).err.find("tasdiq: attestation prepare needs one CSV"),
        0U);
    EXPECT_EQ(prepare("equivalency", "may.csv", {"--days", "91"}).code, kExitUsage);
    EXPECT_EQ(prepare("equivalency", "may.csv", {"--lang", "tlh"}).code, kExitUsage);
    EXPECT_EQ(prepare("equivalency", "may.csv", {"--signers", "0,7"}).code, kExitUsage);
    const Said key = prepare("equivalency", "may.csv", {"--assertion-key", path("m0.key")});
    EXPECT_EQ(key.code, kExitRefused);
    EXPECT_NE(key.err.find("not one of the profile's assertion keys"), std::string::npos);
}

}  // namespace
}  // namespace tasdiq::cli
