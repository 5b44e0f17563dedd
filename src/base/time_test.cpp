#include "base/time.hpp"

#include <gtest/gtest.h>

namespace tasdiq {
namespace {

TEST(Day, GoesThereAndBackForEveryDayOfEightCenturies) {
    CivilDate expected{1600, 1, 1};
    for (Day day = to_day(expected); to_civil(day).year < 2400; ++day.days) {
        const CivilDate date = to_civil(day);
        ASSERT_EQ(date, expected);
        ASSERT_EQ(to_day(date), day);
        ASSERT_EQ(parse_day(to_text(day)), day);
        ++expected.day;
        if (!is_civil_date(expected))
            expected = {expected.year, static_cast<std::uint8_t>(expected.month + 1), 1};
        if (!is_civil_date(expected)) expected = {expected.year + 1, 1, 1};
    }
}

TEST(Day, HasItsZeroAtTheEpoch) {
    EXPECT_EQ(to_day(CivilDate{1970, 1, 1}).days, 0);
    EXPECT_EQ(to_day(Instant{-1}).days, -1);
    EXPECT_EQ(to_day(Instant{86'399}).days, 0);
}

TEST(Day, RefusesWhatTheCalendarDoesNotHave) {
    for (const char* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "26-01-01",
                             "2026-01-32", "2026/01/01", "", "2026-01-01 "}) {
        EXPECT_FALSE(parse_day(text)) << text;
    }
}

TEST(Instant, ReadsOffsetsAndFractions) {
    EXPECT_EQ(parse_instant("2026-07-01T12:00:00Z"), parse_instant("2026-07-01T15:00:00.25+03:00"));
    EXPECT_EQ(to_text(*parse_instant("1969-12-31T23:59:59Z")), "1969-12-31T23:59:59Z");
    for (const char* text :
         {"2026-07-01T24:00:00Z", "2026-07-01T12:00:60Z", "2026-07-01T12:00:00",
          "2026-07-01T12:00:00.Z", "2026-07-01 12:00:00Z", "2026-07-01T12:00:00+0300"}) {
        EXPECT_FALSE(parse_instant(text)) << text;
    }
}

}  // namespace
}  // namespace tasdiq
