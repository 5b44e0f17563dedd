#include "net/log.hpp"

#include <gtest/gtest.h>
#include <thread>

#include "base/time.hpp"

namespace tasdiq::net {
namespace {

/// Everything behind the time.
std::string tail(const std::string& line) { return line.substr(line.find(",\"level\"")); }

TEST(Logger, WritesOneJsonObjectALine) {
    std::string out;
    const Logger log{LogLevel::kInfo, [&](std::string_view line) { out += line; }};
    const std::string text = "a\nb";
    log.warning("disk \"slow\"", {{"ms", -5},
                                  {"bytes", std::uint64_t{18'446'744'073'709'551'615U}},
                                  {"sync", true},
                                  {"text", text},
                                  {"literal", "x"}});
    EXPECT_EQ(
        tail(out),
        ",\"level\":\"warning\",\"event\":\"disk \\\"slow\\\"\",\"ms\":-5,"
        "\"bytes\":18446744073709551615,\"sync\":true,\"text\":\"a\\nb\",\"literal\":\"x\"}\n");
    // {"time":"2026-01-02T03:04:05.678Z"
    const std::string time = out.substr(9, 24);
    EXPECT_TRUE(parse_instant(time)) << time;
    EXPECT_EQ(time[19], '.');
}

TEST(Logger, DropsWhatIsBelowItsLevel) {
    int lines = 0;
    const Logger log{LogLevel::kWarning, [&](std::string_view) { ++lines; }};
    log.debug("a");
    log.info("a");
    EXPECT_EQ(lines, 0);
    log.warning("a");
    log.error("a");
    EXPECT_EQ(lines, 2);
    EXPECT_FALSE(log.is_on(LogLevel::kInfo));
}

TEST(Logger, CutsLongTextsBetweenCharacters) {
    std::string out;
    const Logger log{LogLevel::kDebug, [&](std::string_view line) { out += line; }};
    std::string text(1023, 'x');
    text += "\xD8\xAA\xD8\xAA";
    log.debug("e", {{"text", text}});
    EXPECT_TRUE(out.ends_with("x\"}\n"));
    EXPECT_EQ(tail(out).size(),
              std::string{",\"level\":\"debug\",\"event\":\"e\",\"text\":\"\"}\n"}.size() + 1023);
}

TEST(Logger, KeepsLinesOfManyThreadsApart) {
    std::vector<std::string> lines;
    const Logger log{LogLevel::kInfo, [&](std::string_view line) { lines.emplace_back(line); }};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&log, i] {
            for (int j = 0; j < 100; ++j) log.info("tick", {{"thread", i}});
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(lines.size(), 400U);
}

TEST(LogLevel, GoesThereAndBack) {
    EXPECT_EQ(parse_log_level("warning"), LogLevel::kWarning);
    EXPECT_EQ(parse_log_level("Warning"), std::nullopt);
}

}  // namespace
}  // namespace tasdiq::net
