#include <gtest/gtest.h>

#include "cli/command.hpp"
#include "cli/ledger_folder_test.hpp"

namespace tasdiq::cli {
namespace {

/// What a command printed on stdout, and its exit code.
struct Ran {
    int exit_code;
    std::string printed;
    friend bool operator==(const Ran&, const Ran&) = default;
    friend void PrintTo(const Ran& ran, std::ostream* out) {
        *out << ran.exit_code << ": " << ran.printed;
    }
};

Ran ran(const std::vector<std::string_view>& words) {
    testing::internal::CaptureStdout();
    const int exit_code = run(words);
    return {exit_code, testing::internal::GetCapturedStdout()};
}

struct LdCommands : testing::Test {
    std::string file(std::string_view content) {
        folder_.write("document", as_bytes(content));
        return folder_.file("document");
    }
    test::Folder folder_;
};

constexpr std::string_view kBadge =
    R"({"@context":"https://www.w3.org/ns/credentials/v2","issuer":{"id":"urn:i","name":)"
    R"({"@value":"نور","@language":"ar","@direction":"rtl"}},"type":"VerifiableCredential"})";

TEST_F(LdCommands, ExpandByTheContextsThatAreBuiltIn) {
    EXPECT_EQ(
        ran({"ld", "expand", "--safe", file(kBadge)}),
        (Ran{
            kExitOk,
            R"([{"@type":["https://www.w3.org/2018/credentials#VerifiableCredential"],)"
            R"("https://www.w3.org/2018/credentials#issuer":[{"@id":"urn:i",)"
            R"("https://schema.org/name":[{"@direction":"rtl","@language":"ar","@value":"نور"}]}]}])"
            "\n"}));
}

TEST_F(LdCommands, SayItAsQuadsAndBringThemIntoCanonicalForm) {
    const Ran quads = ran({"ld", "to-rdf", "--rdf-direction", "i18n-datatype", file(kBadge)});
    EXPECT_EQ(quads.exit_code, kExitOk);
    EXPECT_NE(quads.printed.find("\"نور\"^^<https://www.w3.org/ns/i18n#ar_rtl> ."),
              std::string::npos);
    const std::string canonical =
        "<urn:i> <https://schema.org/name> \"نور\"@ar .\n"
        "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://www.w3.org/2018/credentials#VerifiableCredential> .\n"
        "_:c14n0 <https://www.w3.org/2018/credentials#issuer> <urn:i> .\n";
    const Ran plain = ran({"ld", "to-rdf", file(kBadge)});
    EXPECT_EQ(ran({"ld", "canonize", file(plain.printed)}), (Ran{kExitOk, canonical}));
    EXPECT_EQ(ran({"ld", "canonize", "--issued-ids", file(plain.printed)}),
              (Ran{kExitOk, "{\"b0\":\"c14n0\"}\n"}));
}

TEST_F(LdCommands, ReadOtherContextsFromFoldersAlone) {
    folder_.write("contexts/one", as_bytes(R"({"@context":{"a":"urn:a"}})"));
    const std::string map = "https://x.example/=" + folder_.file("contexts");
    const auto document = R"({"@context":"https://x.example/one","a":1})";
    EXPECT_EQ(ran({"ld", "expand", "--map", map, file(document)}),
              (Ran{kExitOk, "[{\"urn:a\":[{\"@value\":1}]}]\n"}));
    EXPECT_EQ(ran({"ld", "expand", file(document)}),
              (Ran{kExitRefused, "loading remote context failed\n"}));
    // A folder is not left.
    folder_.write("outside", as_bytes(R"({"@context":{"a":"urn:a"}})"));
    EXPECT_EQ(ran({"ld", "expand", "--map", map,
                   file(R"({"@context":"https://x.example/../outside","a":1})")}),
              (Ran{kExitRefused, "loading remote context failed\n"}));
}

TEST_F(LdCommands, RefuseWithTheStandardsCode) {
    EXPECT_EQ(ran({"ld", "expand", file(R"({"@context":7})")}),
              (Ran{kExitRefused, "invalid local context\n"}));
    EXPECT_EQ(ran({"ld", "expand", file("{")}), (Ran{kExitRefused, "loading document failed\n"}));
    EXPECT_EQ(ran({"ld", "to-rdf", folder_.file("none")}),
              (Ran{kExitRefused, "loading document failed\n"}));
    EXPECT_EQ(ran({"ld", "canonize", file("<a> <b> .\n")}).exit_code, kExitRefused);
    EXPECT_EQ(ran({"ld", "expand", "--processing-mode", "1.2", file("{}")}).exit_code, kExitUsage);
    EXPECT_EQ(ran({"ld", "to-rdf", "--rdf-direction", "up", file("{}")}).exit_code, kExitUsage);
    EXPECT_EQ(ran({"ld", "expand", "--map", "nowhere", file("{}")}).exit_code, kExitUsage);
    EXPECT_EQ(ran({"ld", "canonize", "--hash", "md5", file("")}).exit_code, kExitUsage);
}

TEST_F(LdCommands, KnowBothHashesAndWhatIsTooMuchWork) {
    EXPECT_EQ(ran({"ld", "canonize", "--hash", "sha384", file("_:x <urn:p> \"1\" .\n")}),
              (Ran{kExitOk, "_:c14n0 <urn:p> \"1\" .\n"}));
    std::string clique;
    for (char a = 'a'; a < 'k'; ++a) {
        for (char b = 'a'; b < 'k'; ++b) {
            if (a != b) clique += std::string{"_:"} + a + " <urn:p> _:" + b + " .\n";
        }
    }
    EXPECT_EQ(ran({"ld", "canonize", file(clique)}),
              (Ran{kExitRefused, "telling its blank nodes apart is too much work\n"}));
}

TEST_F(LdCommands, WriteJcsWithoutANewline) {
    EXPECT_EQ(ran({"jcs", file("{\"b\": 1.0, \"a\" : \"\\u0646\"}\n")}),
              (Ran{kExitOk, "{\"a\":\"ن\",\"b\":1}"}));
    EXPECT_EQ(ran({"jcs", file(R"({"a":1,"a":2})")}).exit_code, kExitRefused);
}

}  // namespace
}  // namespace tasdiq::cli
