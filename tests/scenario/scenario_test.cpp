#include <filesystem>
#include <fstream>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <sstream>

#include "stage.hpp"

// One test for each *.scenario in this folder.
namespace tasdiq::scenario {
namespace {

const std::filesystem::path kFolder{TASDIQ_SOURCE_DIR "/tests/scenario"};

std::vector<std::string> scenario_names() {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator{kFolder}) {
        if (file.path().extension() == ".scenario") names.push_back(file.path().stem().string());
    }
    std::ranges::sort(names);
    return names;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> countries_in(const Table& members) {
    std::vector<std::string> countries;
    for (const Row& row : members.rows) {
        if (row.get("is a") == "state") countries.push_back(row.get("member"));
    }
    return countries;
}

/// The certificates that a verdict is about, or that lie beside one.
std::vector<std::string> judged_in(const std::vector<Table>& tables) {
    std::vector<std::string> judged;
    for (const Table& table : tables) {
        for (const Row& row : table.rows) {
            if (row.has("verdict")) judged.push_back(row.get("verdict"));
            std::ranges::copy(words(row.get("beside")), std::back_inserter(judged));
        }
    }
    return judged;
}

void play(Stage& stage, const Table& table) {
    const std::string& kind = table.columns.front();
    if (kind == "verdict") stage.expect_verdicts(table);
    for (const Row& row : table.rows) {
        SCOPED_TRACE("line " + std::to_string(row.line));
        if (kind == "member") stage.set_member(row);
        if (kind == "accreditation") stage.set_accreditation(row);
        if (kind == "day") {
            for (const Row& turn : turns_of(row)) stage.play(turn);
        }
        if (kind == "certificate") stage.expect_certificate(row);
        if (kind == "used") stage.expect_used(row);
        if (kind == "now") stage.expect_member(row);
    }
}

class Scenario : public testing::TestWithParam<std::string> {};

void play_story(const std::string& text) {
    const auto tables = parse_script(text);
    ASSERT_FALSE(tables.empty());
    ASSERT_EQ(tables.front().columns.front(), "member") << "who is there comes first";
    Stage stage{countries_in(tables.front()), judged_in(tables)};
    for (const Table& table : tables) play(stage, table);
}

TEST_P(Scenario, Plays) { play_story(read_file(kFolder / (GetParam() + ".scenario"))); }

INSTANTIATE_TEST_SUITE_P(Of, Scenario, testing::ValuesIn(scenario_names()), [](const auto& row) {
    std::string name = row.param;
    std::ranges::replace(name, '-', '_');
    return name;
});

TEST(Script, RefusesWhatItDoesNotKnow) {
    const auto error = [](const std::string& text) -> std::string {
        try {
            (void)parse_script(text);
        } catch (const std::runtime_error& caught) {
            return caught.what();
        }
        return "none";
    };
    EXPECT_EQ(error("# nothing\n\nday | sender\n2026-07-01 | UTM\n"), "none");
    EXPECT_EQ(error("who | what\n"), "line 1: no table begins with 'who'");
    EXPECT_EQ(error("\nday | colour\n"), "line 2: no column 'colour' here");
    EXPECT_EQ(error("day | sender\na | b | c\n"), "line 2: more cells than columns");
}

TEST(Turns, TakeWhatComesNext) {
    const auto played = [](const std::string& does, const std::string& keys, int times) {
        std::string text;
        const Row turns{1, {{"does", does}, {"signed by", keys}, {"times", std::to_string(times)}}};
        for (const Row& row : turns_of(turns)) {
            text += row.get("does") + " by " + row.get("signed by") + "; ";
        }
        return text;
    };
    EXPECT_EQ(played("close UTM", "authority", 2),
              "close UTM by authority; close UTM by authority; ");
    EXPECT_EQ(played("suspend/reinstate june.1..2", "registrar dean#2", 3),
              "suspend june.1..2 by registrar dean#2; reinstate june.1..2 by registrar dean#2; "
              "suspend june.1..2 by registrar dean#2; ");
    EXPECT_EQ(played("void key UTM.dean#9..10 from june.0", "two of dean#1..3 president", 4),
              "void key UTM.dean#9 from june.0 by dean#1 dean#2 president; "
              "void key UTM.dean#10 from june.0 by dean#1 dean#3 president; "
              "void key UTM.dean#9 from june.0 by dean#2 dean#3 president; "
              "void key UTM.dean#10 from june.0 by dean#1 dean#2 president; ");
    EXPECT_THROW(played("suspend/reinstate june.1", "registrar", 1), std::runtime_error);
}

// A story that expects something else than what is true is seen to fail.
const std::string kOneDiploma = R"(
member | is a       | under
TN     | state      |
MESRS  | authority  | TN
UTM    | university | MESRS

accreditation | of  | types
1             | UTM | degree

day        | sender | does                   | signed by      | answer
2026-07-01 | UTM    | issue 2 degrees as may | registrar dean | recorded

)";
const std::string kColumns = "verdict | is | shown as | reads\n";

TEST(VerdictRow, HoldsWhereItIsTrue) {
    play_story(kOneDiploma + kColumns +
               "may.2 | authentic | | en: This certificate is authentic.\n"
               "      |           | | fr: Ce certificat est authentique.\n"
               "      |           | | ar: هذه الشهادة أصيلة.\n"
               "may.2 | altered | provisional |\n");
}

TEST(VerdictRow, FailsByAnotherHeadline) {
    EXPECT_NONFATAL_FAILURE(play_story(kOneDiploma + kColumns + "may.1 | revoked\n"),
                            "Which is: \"authentic\"");
    EXPECT_NONFATAL_FAILURE(play_story(kOneDiploma + kColumns + "may.1\n"),
                            "Which is: \"authentic\"");
    EXPECT_NONFATAL_FAILURE(play_story(kOneDiploma + kColumns + "may.1 | authentic | licence\n"),
                            "Which is: \"altered\"");
}

TEST(VerdictRow, FailsByASentenceThatNobodyReads) {
    const auto with_arabic = [](const std::string& sentence) {
        play_story(kOneDiploma + kColumns +
                   "may.1 | authentic | | en: Number on the ledger: {may.1}.\n"
                   "      |           | | fr: Numéro au registre : {may.1}.\n"
                   "      |           | | ar: " +
                   sentence);
    };
    with_arabic("رقم الشهادة في السجل: {may.1}.\n");
    EXPECT_NONFATAL_FAILURE(with_arabic("رقم الشهادة في السجل: {may.2}.\n"), "is not among");
    EXPECT_NONFATAL_FAILURE(with_arabic("سُحبت هذه الشهادة.\n"), "is not among");
}

TEST(VerdictRow, FailsByASentenceThatSomebodyReads) {
    const auto in_english = [](const std::string& sentence) {
        play_story(kOneDiploma + "verdict | is | reads not\n" +
                   "may.1 | authentic | en: " + sentence +
                   "      |           | fr: Ce certificat a été retiré.\n"
                   "      |           | ar: سُحبت هذه الشهادة.\n");
    };
    in_english("This certificate was revoked.\n");
    EXPECT_NONFATAL_FAILURE(in_english("This certificate is authentic.\n"), "is among");
}

TEST(VerdictRow, FailsWhereALanguageIsLeftOut) {
    EXPECT_NONFATAL_FAILURE(play_story(kOneDiploma + kColumns +
                                       "may.1 | authentic | | en: This certificate is authentic.\n"
                                       "      |           | | ar: هذه الشهادة أصيلة.\n"),
                            "said in one language and not in another");
}

TEST(VerdictRow, EndsTheStoryWhereThereIsNothingToJudge) {
    const auto throws = [](const std::string& rows) {
        EXPECT_THROW(play_story(kOneDiploma + kColumns + rows), std::runtime_error) << rows;
    };
    throws("may.3 | authentic\n");
    throws("may.0 | authentic\n");
    throws("june.1 | authentic\n");
    throws("      | authentic\n");
    throws("may.1 | authentic | | de: Diese Urkunde ist echt.\n");
}

}  // namespace
}  // namespace tasdiq::scenario
