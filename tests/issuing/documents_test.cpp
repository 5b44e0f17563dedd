#include <gtest/gtest.h>

#include "cli/files.hpp"
#include "cli/ledger_folder_test.hpp"
#include "cli/run_words_test.hpp"
#include "cli/signing.hpp"
#include "intake/csv.hpp"
#include "keys/key_file.hpp"
#include "node/small_node_test.hpp"

namespace tasdiq {
namespace {

using codec::Json;
using node::kMinistry1;
using node::kMinistry2;
using node::kUniversity;

using cli::test::run_words;
using cli::test::Said;

/// A university that may award everything since 1960, and its registrar's computer.
struct Documents : testing::Test {
    Documents() {
        small.set_now(cli::now());
        small.register_members();
        wire::Scope scope = ledger::world::manar_scope();
        scope.types = {wire::CertificateType::kDegree, wire::CertificateType::kProvisional,
                       wire::CertificateType::kTranscript, wire::CertificateType::kSupplement};
        scope.levels = {6};
        scope.fields = {613};
        scope.sites = {{0, "TN"}};
        scope.from = *parse_day("1960-10-01");
        scope.register_quota = 10;
        small.record(wire::Accredit{node::kMinistry,
                                    kUniversity,
                                    scope,
                                    {{"CS", 613, {"حاسوب", "Computing", "Informatique"}}}},
                     {kMinistry1, kMinistry2});
        write_key("registrar", node::kRegistrar);
        write_key("dean", node::kDean);
        write_key("assertion", node::kAssertion);
        write_key("ministry", kMinistry1);
        write("trust-root.json", small.get("/api/v1/trust-root").body);
        EXPECT_EQ(run_words({"member", "profile", "7", "--accreditation", "2", "--levels", "CS=6",
                             "--serial-prefix", "UTM", "--node", url(), "--out", path("utm.json")})
                      .code,
                  0);
        EXPECT_EQ(
            run_words({"member", "profile", "6", "--node", url(), "--out", path("ministry.json")})
                .code,
            0);
    }

    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(small.node->port());
    }
    [[nodiscard]] std::string path(const std::string& name) const { return folder.file(name); }
    void write(const std::string& name, std::string_view text) const {
        folder.write(name, as_bytes(text));
    }
    void write_key(const std::string& name, const wire::Signer& signer) {
        keys::WriteOptions options;
        options.label = name;
        options.encryption = keys::Encryption::kUnencrypted;
        EXPECT_TRUE(
            keys::write_key_file(path(name + ".key"), small.world.keys.at(signer), {}, options));
    }
    static std::string today() { return to_text(to_day(cli::now())); }

    /// The batch `name` from a table of the same name.
    [[nodiscard]] Said prepare(const std::string& name, std::string_view table,
                               const std::vector<std::string>& more,
                               const std::string& command = "issue prepare") const {
        write(name + ".csv", table);
        std::vector<std::string> words{command.substr(0, command.find(' ')),
                                       command.substr(command.find(' ') + 1),
                                       path(name + ".csv"),
                                       "--profile",
                                       path("utm.json"),
                                       "--out",
                                       path(name),
                                       "--assertion-key",
                                       path("assertion.key"),
                                       "--lang",
                                       "en"};
        words.insert(words.end(), more.begin(), more.end());
        if (std::ranges::find(more, "--signers") == more.end()) {
            words.insert(words.end(), {"--signers", "0,1"});
        }
        return run_words(words);
    }
    [[nodiscard]] Said submit(const std::string& name,
                              const std::vector<std::string>& keys = {"registrar", "dean"}) const {
        small.set_now(cli::now());
        for (const std::string& key : keys) {
            const Said said =
                run_words({"issue", "sign", path(name), "--key", path(key + ".key"), "--yes"});
            EXPECT_EQ(said.code, 0) << said.err;
        }
        return run_words({"issue", "submit", path(name), "--node", url()});
    }
    /// Prepares, signs and records; all of it must go well.
    void issue(const std::string& name, std::string_view table,
               const std::vector<std::string>& more = {},
               const std::string& command = "issue prepare") const {
        const Said prepared = prepare(name, table, more, command);
        ASSERT_EQ(prepared.code, 0) << prepared.out << prepared.err;
        const Said recorded = submit(name);
        ASSERT_EQ(recorded.code, 0) << recorded.err;
        EXPECT_NE(recorded.out.find(path(name) + "/recorded.csv"), std::string::npos)
            << recorded.out;
    }

    /// Revokes a batch's only certificate; that must go well.
    void revoke(const std::string& name) const {
        const Said said = run_words({"status", "revoke", number(name), "--member", "7", "--sign",
                                     path("dean.key"), "--sign", path("registrar.key"), "--yes",
                                     "--node", url()});
        EXPECT_EQ(said.code, 0) << said.err;
    }

    /// The rows of a batch's recorded.csv: serial, Arabic name, Latin name, number.
    [[nodiscard]] std::vector<std::vector<std::string>> recorded(const std::string& name) const {
        const Bytes content = folder.read(name + "/recorded.csv");
        const auto table = intake::parse_csv(content);
        EXPECT_TRUE(table);
        EXPECT_EQ(table->header.cells,
                  (std::vector<std::string>{"serial", "name_ar", "name_latin", "certificate"}));
        std::vector<std::vector<std::string>> rows;
        for (const auto& row : table->rows) rows.push_back(row.cells);
        return rows;
    }
    /// The number of a batch's only certificate.
    [[nodiscard]] std::string number(const std::string& name) const {
        return recorded(name).at(0).at(3);
    }
    /// What is said of a batch's only certificate now.
    [[nodiscard]] std::string headline(const std::string& name) const {
        const Said said = run_words({"verify", "--trust-root", path("trust-root.json"), "--node",
                                     url(), "--json", path(name)});
        return *node::parse(said.out).find_string("headline");
    }
    [[nodiscard]] Json credential(const std::string& name) const {
        const std::string serial = recorded(name).at(0).at(0);
        return node::parse(
            as_text(folder.read(name + "/certificates/" + serial + "/credential.json")));
    }

    const cli::test::Folder folder;
    mutable node::SmallNode small;
    const std::string degree =
        "name_ar,name_latin,birth_date,programme,awarded_on,student_id\n"
        "علي,Ali,2003-05-14,CS," +
        today() + ",7\n";
};

TEST_F(Documents, ADegreeSaysWhereItIsRecorded) {
    issue("june", degree);
    const auto rows = recorded("june");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0][1], "علي");
    EXPECT_EQ(rows[0][2], "Ali");
    const std::string year = today().substr(0, 4);
    EXPECT_EQ(rows[0][0].substr(0, 9), "UTM-" + year + "-");
    EXPECT_EQ(rows[0][0].substr(13), "-2");
    EXPECT_EQ(as_text(folder.read("june/recorded.csv")).substr(0, 3), "\xEF\xBB\xBF");
    EXPECT_EQ(headline("june"), "authentic");
    // Another batch of the same table has other serials.
    issue("again", degree);
    EXPECT_NE(recorded("again")[0][0], rows[0][0]);
}

TEST_F(Documents, ATranscriptListsItsCoursesAndHangsOnItsAward) {
    issue("june", degree);
    write("courses.csv",
          "student_id;code;title_fr;title_ar;credits;credit_system;grade;grade_scale\n"
          "7;INF101;Programmation;برمجة;6;ECTS;15,5;20\n7;INF102;Réseaux;;4;ECTS;13;20\n");
    const std::vector<std::string> options{"--type",    "transcript",       "--relation",
                                           "of-award",  "--node",           url(),
                                           "--courses", path("courses.csv")};
    issue(
        "marks",
        "name_ar,awarded_on,student_id,certificate\nعلي," + today() + ",7," + number("june") + "\n",
        options);
    EXPECT_EQ(headline("marks"), "authentic");
    const Json subject = *credential("marks").find("credentialSubject");
    EXPECT_EQ(subject.find("courses")->as_array().size(), 2U);
    EXPECT_EQ(*subject.find("achievement")->find_string("certificateType"), "transcript");
    const Said shown = run_words({"show", "certificate", number("marks"), "--node", url()});
    EXPECT_NE(shown.out.find("It is a document of award " + number("june") + "."),
              std::string::npos)
        << shown.out;

    const Said wrong = prepare(
        "wrong", "name_ar,awarded_on,student_id,certificate\nعلي," + today() + ",8,999999\n",
        options);
    EXPECT_EQ(wrong.code, cli::kExitRefused);
    EXPECT_NE(wrong.out.find("Line 2 – The ledger has no certificate of number 999999."),
              std::string::npos)
        << wrong.out;
    EXPECT_NE(wrong.out.find("Line 3 – Nobody in the table of graduates has 7"), std::string::npos)
        << wrong.out;
    EXPECT_FALSE(cli::exists(path("wrong")));
}

TEST_F(Documents, ADuplicateStandsInThePlaceOfWhatWasLost) {
    issue("june", degree);
    const Said wrong =
        prepare("wrong", "name_ar,awarded_on,certificate\nعلي,2020-06-30," + number("june") + "\n",
                {"--relation", "duplicate", "--node", url()});
    EXPECT_EQ(wrong.code, cli::kExitRefused);
    EXPECT_NE(
        wrong.out.find("Line 2 – “awarded_on” contradicts the earlier certificate: 2020-06-30 "
                       "here, " +
                       today() + " on the ledger."),
        std::string::npos)
        << wrong.out;
    issue("second", "name_ar,name_latin,certificate\nعلي,Ali," + number("june") + "\n",
          {"--relation", "duplicate", "--node", url()});
    EXPECT_EQ(headline("second"), "duplicate");
    EXPECT_EQ(headline("june"), "replaced");
}

TEST_F(Documents, AParchmentFollowsItsProvisionalCertificate) {
    issue("june", degree, {"--type", "provisional"});
    EXPECT_EQ(headline("june"), "provisional");
    issue("parchment",
          "name_ar,awarded_on,certificate\nعلي," + today() + "," + number("june") + "\n",
          {"--relation", "finalises", "--node", url()});
    EXPECT_EQ(headline("parchment"), "authentic");
    EXPECT_EQ(headline("june"), "replaced");
    const Said again =
        prepare("again",
                "name_ar,awarded_on,certificate\nعلي," + today() + "," + number("parchment") + "\n",
                {"--relation", "finalises", "--node", url()});
    EXPECT_NE(again.out.find("is not provisional (degree)"), std::string::npos) << again.out;
}

TEST_F(Documents, ADegreeWhoseRevocationWasQuashedIsRestoredByANewOne) {
    issue("june", degree);
    const std::string table = "name_ar,name_latin\nعلي,Ali\n";
    const std::vector<std::string> options{"--relation",   "restores", "--of",
                                           number("june"), "--node",   url()};
    ASSERT_EQ(prepare("early", table, options).code, 0);
    const Said early = submit("early");
    EXPECT_EQ(early.code, cli::kExitRefused);
    EXPECT_NE(early.err.find("the target was not ended, or is restored already"), std::string::npos)
        << early.err;

    revoke("june");
    EXPECT_EQ(headline("june"), "revoked");
    issue("again", table, options);
    EXPECT_EQ(headline("again"), "authentic");
    EXPECT_EQ(headline("june"), "revoked");
    EXPECT_EQ(*credential("again").find("credentialSubject")->find("achievement"),
              *credential("june").find("credentialSubject")->find("achievement"));
    const Said shown = run_words({"show", "certificate", number("june"), "--node", url()});
    EXPECT_NE(shown.out.find(" by a new document, certificate " + number("again") + " of "),
              std::string::npos)
        << shown.out;

    ASSERT_EQ(prepare("twice", table, options).code, 0);
    EXPECT_EQ(submit("twice").code, cli::kExitRefused);
}

TEST_F(Documents, ANoteHangsOnTheAwardThatItAnnotates) {
    issue("june", degree);
    const std::string table = "name_ar,awarded_on\nعلي," + today() + "\n";
    std::vector<std::string> options{"--relation",   "annotates", "--of",
                                     number("june"), "--node",    url()};
    const Said award = prepare("award", table, options);
    EXPECT_EQ(award.code, cli::kExitUsage);
    EXPECT_NE(award.err.find("--relation annotates is for transcripts and supplements"),
              std::string::npos)
        << award.err;
    options.insert(options.end(), {"--type", "supplement"});
    issue("note", table, options);
    EXPECT_EQ(headline("note"), "authentic");
    EXPECT_EQ(headline("june"), "authentic");
    const Said shown = run_words({"show", "certificate", number("note"), "--node", url()});
    EXPECT_NE(shown.out.find("It annotates certificate " + number("june") + "."), std::string::npos)
        << shown.out;

    // What becomes of the award becomes of its notes.
    revoke("june");
    EXPECT_EQ(headline("note"), "revoked");
}

TEST_F(Documents, ADiplomaFromTheRegisterIsSignedByTheAuthorityTooAndCorrectedLater) {
    const std::string old = "name_ar,programme,awarded_on\nعلي,CS,1975-06-30\n";
    const Said late = prepare("late", old, {});
    EXPECT_NE(late.out.find("--capture register"), std::string::npos) << late.out;
    const Said alone = prepare("alone", old, {"--capture", "register"});
    EXPECT_NE(alone.out.find("What comes from a register the supervising authority signs too"),
              std::string::npos)
        << alone.out;
    EXPECT_EQ(submit("alone").code, cli::kExitRefused);

    const std::vector<std::string> with{"--with", path("ministry.json"), "--signers", "0,1,6:0"};
    std::vector<std::string> options{"--capture", "register"};
    options.insert(options.end(), with.begin(), with.end());
    ASSERT_EQ(prepare("old", old, options).code, 0);
    ASSERT_EQ(submit("old", {"registrar", "dean", "ministry"}).code, 0);
    EXPECT_EQ(headline("old"), "from-registers");

    options = {"--of", number("old"), "--node", url()};
    options.insert(options.end(), with.begin(), with.end());
    const Said fix = prepare("fix", "name_ar\nعليّ\n", options, "status replace");
    ASSERT_EQ(fix.code, 0) << fix.out << fix.err;
    ASSERT_EQ(submit("fix", {"registrar", "dean", "ministry"}).code, 0);
    EXPECT_EQ(headline("fix"), "from-registers");
    EXPECT_EQ(headline("old"), "replaced");
    EXPECT_EQ(*credential("fix").find_string("awardedDate"), "1975-06-30T00:00:00Z");
}

TEST_F(Documents, AnEarlierBatchOfTheSamePeopleIsNoticed) {
    issue("june", degree);
    const Said again = prepare("again", degree, {"--batches", path("june")});
    EXPECT_EQ(again.code, cli::kExitRefused);
    EXPECT_NE(again.out.find("Line 2 – علي has a certificate of this type and programme already"),
              std::string::npos)
        << again.out;
    EXPECT_EQ(prepare("none", degree, {"--batches", path("nowhere")}).code, cli::kExitIo);
    // By name and day of birth, too; another person, and a relation, are no second award.
    const std::string head = "name_ar,birth_date,programme,awarded_on\n";
    EXPECT_EQ(
        prepare("b", head + "عليّ,14/05/2003,CS," + today() + "\n", {"--batches", folder.path()})
            .code,
        cli::kExitRefused);
    EXPECT_EQ(
        prepare("c", head + "علي,15/05/2003,CS," + today() + "\n", {"--batches", folder.path()})
            .code,
        0);
    EXPECT_EQ(prepare("d", degree, {"--batches", path("june"), "--type", "provisional"}).code, 0);
    EXPECT_EQ(prepare("e", "name_ar\nعلي\n",
                      {"--batches", path("june"), "--relation", "duplicate", "--of", number("june"),
                       "--node", url()})
                  .code,
              0);
}

TEST_F(Documents, AreRefusedInASentenceWhereOptionsAndColumnsDoNotGoTogether) {
    issue("june", degree);
    const std::string of = "name_ar,certificate\nعلي," + number("june") + "\n";
    const Said alone = prepare("a", degree.substr(0, degree.find('\n')) + ",certificate\n", {});
    EXPECT_NE(alone.out.find("“certificate” names earlier certificates. Say with --relation"),
              std::string::npos)
        << alone.out;
    const Said none = prepare("b", degree, {"--relation", "duplicate", "--node", url()});
    EXPECT_NE(none.out.find("The column “certificate” is missing."), std::string::npos) << none.out;
    const Said both = prepare("c", of, {"--relation", "duplicate", "--of", "5", "--node", url()});
    EXPECT_NE(both.err.find("--of and the column certificate both say which"), std::string::npos)
        << both.err;
    const Said two = prepare(
        "d", degree, {"--relation", "duplicate", "--of", "5", "--of", "6", "--node", url()});
    EXPECT_NE(two.err.find("the file has 1 rows; give --of once for each"), std::string::npos);
    EXPECT_EQ(prepare("e", degree, {"--of", "5"}, "status replace").code, cli::kExitUsage);
}

}  // namespace
}  // namespace tasdiq
