#include <filesystem>
#include <fstream>
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

void play(Stage& stage, const Table& table) {
    const std::string& kind = table.columns.front();
    for (const Row& row : table.rows) {
        SCOPED_TRACE("line " + std::to_string(row.line));
        if (kind == "member") stage.set_member(row);
        if (kind == "accreditation") stage.set_accreditation(row);
        if (kind == "day") stage.play(row);
        if (kind == "certificate") stage.expect_certificate(row);
        if (kind == "used") stage.expect_used(row);
        if (kind == "now") stage.expect_member(row);
    }
}

class Scenario : public testing::TestWithParam<std::string> {};

TEST_P(Scenario, Plays) {
    const auto tables = parse_script(read_file(kFolder / (GetParam() + ".scenario")));
    ASSERT_FALSE(tables.empty());
    ASSERT_EQ(tables.front().columns.front(), "member") << "who is there comes first";
    Stage stage{countries_in(tables.front())};
    for (const Table& table : tables) play(stage, table);
}

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

}  // namespace
}  // namespace tasdiq::scenario
