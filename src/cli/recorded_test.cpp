#include "cli/recorded.hpp"

#include <gtest/gtest.h>

#include "intake/csv.hpp"

namespace tasdiq::cli {
namespace {

TEST(Recorded, IsATableThatSpreadsheetsOpenAndRunNothingOf) {
    const std::string table = recorded_table({{"UTM-2026-7f3a-10", "علي", "", {61}},
                                              {"UTM-2026-7f3a-2", "سارة", "Sarra; \"B\"", {60}},
                                              {"-A1", "=x", "@y", {59}}});
    EXPECT_EQ(table,
              "\xEF\xBB\xBFserial;name_ar;name_latin;certificate\n"
              "\"'-A1\";\"'=x\";\"'@y\";59\n"
              "UTM-2026-7f3a-2;سارة;\"Sarra; \"\"B\"\"\";60\n"
              "UTM-2026-7f3a-10;علي;;61\n");
    const auto read = intake::parse_csv(as_bytes(table));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->header.cells[0], "serial");
    EXPECT_EQ(read->rows[1].cells[2], "Sarra; \"B\"");
}

TEST(Recorded, NamesTheFileThatIsNoCertificate) {
    const auto written = write_recorded("/nowhere", {{"A-1", {61}}});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().find("/nowhere/certificates/A-1/credential.json"), 0U);
}

}  // namespace
}  // namespace tasdiq::cli
