#include "codec/cbor.hpp"

#include <gtest/gtest.h>
#include <optional>

namespace tasdiq::codec {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

/// Reads one item and writes it again, as CBOR and in the diagnostic notation of RFC 8949 §8.
class Transcriber {
  public:
    explicit Transcriber(ByteView input) : reader_{input} {}

    Result<Ok, CborError> run() {
        TRY(item());
        return reader_.finish();
    }
    Bytes bytes() { return writer_.take(); }
    std::string diagnostic;

  private:
    Result<Ok, CborError> item() {
        switch (reader_.peek()) {
            case CborKind::kUint: {
                TRY(const std::uint64_t value, reader_.uint());
                writer_.uint(value);
                diagnostic += std::to_string(value);
                return Ok{};
            }
            case CborKind::kNegative: {
                TRY(const std::int64_t value, reader_.integer());
                writer_.integer(value);
                diagnostic += std::to_string(value);
                return Ok{};
            }
            case CborKind::kBytes: {
                TRY(const ByteView value, reader_.bytes());
                writer_.bytes(value);
                diagnostic += "h'" + to_hex(value) + "'";
                return Ok{};
            }
            case CborKind::kText: {
                TRY(const std::string_view value, reader_.text());
                writer_.text(value);
                diagnostic += '"' + std::string{value} + '"';
                return Ok{};
            }
            case CborKind::kArray: return array();
            case CborKind::kMap: return map();
            case CborKind::kBoolean: {
                TRY(const bool value, reader_.boolean());
                writer_.boolean(value);
                diagnostic += value ? "true" : "false";
                return Ok{};
            }
            case CborKind::kNull: {
                TRY(reader_.null());
                writer_.null();
                diagnostic += "null";
                return Ok{};
            }
            case CborKind::kOther:
            case CborKind::kEnd: break;
        }
        TRY(reader_.skip());  // gives the reason
        return Ok{};
    }

    Result<Ok, CborError> array() {
        TRY(const std::size_t count, reader_.array());
        writer_.array(count);
        diagnostic += '[';
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) diagnostic += ", ";
            TRY(item());
        }
        diagnostic += ']';
        return Ok{};
    }

    Result<Ok, CborError> map() {
        TRY(const std::size_t count, reader_.map());
        writer_.map(count);
        diagnostic += '{';
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) diagnostic += ", ";
            TRY(item());
            diagnostic += ": ";
            TRY(item());
        }
        diagnostic += '}';
        return Ok{};
    }

    CborReader reader_;
    CborWriter writer_;
};

struct Example {
    std::string_view diagnostic;
    std::string_view hex;
    std::optional<CborError> error;
};

constexpr std::nullopt_t kTaken = std::nullopt;

// RFC 8949, appendix A, all of it, in its order.
const Example kAppendixA[] = {
    {"0", "00", kTaken},
    {"1", "01", kTaken},
    {"10", "0a", kTaken},
    {"23", "17", kTaken},
    {"24", "1818", kTaken},
    {"25", "1819", kTaken},
    {"100", "1864", kTaken},
    {"1000", "1903e8", kTaken},
    {"1000000", "1a000f4240", kTaken},
    {"1000000000000", "1b000000e8d4a51000", kTaken},
    {"18446744073709551615", "1bffffffffffffffff", kTaken},
    {"18446744073709551616", "c249010000000000000000", CborError::kTag},
    {"-18446744073709551616", "3bffffffffffffffff", CborError::kIntegerRange},
    {"-18446744073709551617", "c349010000000000000000", CborError::kTag},
    {"-1", "20", kTaken},
    {"-10", "29", kTaken},
    {"-100", "3863", kTaken},
    {"-1000", "3903e7", kTaken},
    {"0.0", "f90000", CborError::kFloat},
    {"-0.0", "f98000", CborError::kFloat},
    {"1.0", "f93c00", CborError::kFloat},
    {"1.1", "fb3ff199999999999a", CborError::kFloat},
    {"1.5", "f93e00", CborError::kFloat},
    {"65504.0", "f97bff", CborError::kFloat},
    {"100000.0", "fa47c35000", CborError::kFloat},
    {"3.4028234663852886e+38", "fa7f7fffff", CborError::kFloat},
    {"1.0e+300", "fb7e37e43c8800759c", CborError::kFloat},
    {"5.960464477539063e-8", "f90001", CborError::kFloat},
    {"0.00006103515625", "f90400", CborError::kFloat},
    {"-4.0", "f9c400", CborError::kFloat},
    {"-4.1", "fbc010666666666666", CborError::kFloat},
    {"Infinity", "f97c00", CborError::kFloat},
    {"NaN", "f97e00", CborError::kFloat},
    {"-Infinity", "f9fc00", CborError::kFloat},
    {"Infinity", "fa7f800000", CborError::kFloat},
    {"NaN", "fa7fc00000", CborError::kFloat},
    {"-Infinity", "faff800000", CborError::kFloat},
    {"Infinity", "fb7ff0000000000000", CborError::kFloat},
    {"NaN", "fb7ff8000000000000", CborError::kFloat},
    {"-Infinity", "fbfff0000000000000", CborError::kFloat},
    {"false", "f4", kTaken},
    {"true", "f5", kTaken},
    {"null", "f6", kTaken},
    {"undefined", "f7", CborError::kSimpleValue},
    {"simple(16)", "f0", CborError::kSimpleValue},
    {"simple(255)", "f8ff", CborError::kSimpleValue},
    {"0(…)", "c074323031332d30332d32315432303a30343a30305a", CborError::kTag},
    {"1(1363896240)", "c11a514b67b0", CborError::kTag},
    {"1(1363896240.5)", "c1fb41d452d9ec200000", CborError::kTag},
    {"23(h'01020304')", "d74401020304", CborError::kTag},
    {"24(h'6449455446')", "d818456449455446", CborError::kTag},
    {"32(…)", "d82076687474703a2f2f7777772e6578616d706c652e636f6d", CborError::kTag},
    {"h''", "40", kTaken},
    {"h'01020304'", "4401020304", kTaken},
    {"\"\"", "60", kTaken},
    {"\"a\"", "6161", kTaken},
    {"\"IETF\"", "6449455446", kTaken},
    {"\"\"\\\"", "62225c", kTaken},
    {"\"\u00fc\"", "62c3bc", kTaken},
    {"\"\u6c34\"", "63e6b0b4", kTaken},
    {"\"\U00010151\"", "64f0908591", kTaken},
    {"[]", "80", kTaken},
    {"[1, 2, 3]", "83010203", kTaken},
    {"[1, [2, 3], [4, 5]]", "8301820203820405", kTaken},
    {"[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]",
     "98190102030405060708090a0b0c0d0e0f101112131415161718181819", kTaken},
    {"{}", "a0", kTaken},
    {"{1: 2, 3: 4}", "a201020304", kTaken},
    {"{\"a\": 1, \"b\": [2, 3]}", "a26161016162820203", kTaken},
    {"[\"a\", {\"b\": \"c\"}]", "826161a161626163", kTaken},
    {"{\"a\": \"A\", \"b\": \"B\", \"c\": \"C\", \"d\": \"D\", \"e\": \"E\"}",
     "a56161614161626142616361436164614461656145", kTaken},
    {"(_ h'0102', h'030405')", "5f42010243030405ff", CborError::kIndefiniteLength},
    {"(_ \"strea\", \"ming\")", "7f657374726561646d696e67ff", CborError::kIndefiniteLength},
    {"[_ ]", "9fff", CborError::kIndefiniteLength},
    {"[_ 1, [2, 3], [_ 4, 5]]", "9f018202039f0405ffff", CborError::kIndefiniteLength},
    {"[_ 1, [2, 3], [4, 5]]", "9f01820203820405ff", CborError::kIndefiniteLength},
    {"[1, [2, 3], [_ 4, 5]]", "83018202039f0405ff", CborError::kIndefiniteLength},
    {"[1, [_ 2, 3], [4, 5]]", "83019f0203ff820405", CborError::kIndefiniteLength},
    {"[_ 1, … 25]", "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
     CborError::kIndefiniteLength},
    {"{_ \"a\": 1, \"b\": [_ 2, 3]}", "bf61610161629f0203ffff", CborError::kIndefiniteLength},
    {"[\"a\", {_ \"b\": \"c\"}]", "826161bf61626163ff", CborError::kIndefiniteLength},
    {"{_ \"Fun\": true, \"Amt\": -2}", "bf6346756ef563416d7421ff", CborError::kIndefiniteLength},
};

TEST(Cbor, TakesAndWritesWhatIsOursOfAppendixA) {
    for (const Example& example : kAppendixA) {
        const Bytes bytes = hex(example.hex);
        Transcriber transcriber{bytes};
        const auto result = transcriber.run();
        if (example.error) {
            ASSERT_FALSE(result) << example.diagnostic;
            EXPECT_EQ(result.error(), *example.error) << example.diagnostic;
            // The largest negative integers are fine CBOR that only has no reader.
            EXPECT_EQ(check_cbor(bytes).has_value(), *example.error == CborError::kIntegerRange);
        } else {
            ASSERT_TRUE(result) << example.diagnostic;
            EXPECT_EQ(transcriber.diagnostic, example.diagnostic);
            EXPECT_EQ(to_hex(transcriber.bytes()), example.hex);
            EXPECT_TRUE(check_cbor(bytes)) << example.diagnostic;
        }
    }
}

TEST(Cbor, IntegersGoThereAndBackAroundEverySize) {
    for (const std::uint64_t edge :
         {std::uint64_t{24}, std::uint64_t{1} << 8, std::uint64_t{1} << 16, std::uint64_t{1} << 32,
          std::uint64_t{1} << 63}) {
        for (const std::uint64_t value : {edge - 1, edge, edge + 1}) {
            const Bytes bytes = CborWriter{}.uint(value).take();
            EXPECT_EQ(CborReader{bytes}.uint().value(), value);
            const auto negative = static_cast<std::int64_t>(~(value - 1));  // −value
            if (value > std::uint64_t{1} << 63) continue;
            const Bytes encoded = CborWriter{}.integer(negative).take();
            EXPECT_EQ(CborReader{encoded}.integer().value(), negative);
        }
    }
}

struct Rejected {
    const char* why;
    std::string_view hex;
    CborError error;
};

std::string nested(std::size_t depth) {
    std::string text;
    for (std::size_t i = 1; i < depth; ++i) text += "81";
    return text + "80";
}
const std::string kDeepest = nested(kCborDepthMax);
const std::string kTooDeep = nested(kCborDepthMax + 1);

// In the order of CborError; each row also commits later offences where it can.
const Rejected kRejected[] = {
    {"Empty", "", CborError::kTruncated},
    {"TruncatedArgument", "1903", CborError::kTruncated},
    {"TruncatedBytes", "420f", CborError::kTruncated},
    {"TruncatedText", "62ff", CborError::kTruncated},
    {"TruncatedArray", "8201", CborError::kTruncated},
    {"TruncatedMap",
     "a10102"
     "a10a",
     CborError::kTrailingBytes},
    {"MapWithoutValue", "a10a", CborError::kTruncated},
    {"HugeBytes", "5bffffffffffffffff00", CborError::kTruncated},
    {"HugeArray", "9bffffffffffffffff00", CborError::kTruncated},
    {"HugeMap", "bbffffffffffffffff0000", CborError::kTruncated},
    {"MapOfHalfTheInputAndOne", "a2010203", CborError::kTruncated},
    {"Reserved28", "1c", CborError::kReserved},
    {"Reserved29", "5d", CborError::kReserved},
    {"Reserved30", "fe", CborError::kReserved},
    {"IndefiniteInteger", "1f", CborError::kReserved},
    {"IndefiniteTag", "df", CborError::kReserved},
    {"Trailing", "0000", CborError::kTrailingBytes},
    {"IndefiniteBytes", "5fff", CborError::kIndefiniteLength},
    {"Break", "ff", CborError::kIndefiniteLength},
    {"LongZero", "1800", CborError::kNotShortest},
    {"Long23", "1817", CborError::kNotShortest},
    {"Long255", "1900ff", CborError::kNotShortest},
    {"Long65535", "1a0000ffff", CborError::kNotShortest},
    {"Long32Bits", "1b00000000ffffffff", CborError::kNotShortest},
    {"LongNegative", "3800", CborError::kNotShortest},
    {"LongLength", "580100", CborError::kNotShortest},
    {"LongArray", "980100", CborError::kNotShortest},
    {"LongMap", "b8010000", CborError::kNotShortest},
    {"MapOrder", "a203000100", CborError::kMapKeyOrder},
    {"MapOrderNegativeFirst", "a220000100", CborError::kMapKeyOrder},
    {"MapOrderOfTexts", "a2616200616100", CborError::kMapKeyOrder},
    {"MapOrderLongerTextFirst", "a262616100616200", CborError::kMapKeyOrder},
    {"MapKeyTwice", "a201000100", CborError::kMapKeyTwice},
    {"MapKeyTwiceInside", "81a2a001a002", CborError::kMapKeyTwice},
    {"Tag", "c000", CborError::kTag},
    {"Float", "f90000", CborError::kFloat},
    {"FloatTruncated", "f9", CborError::kFloat},
    {"Undefined", "f7", CborError::kSimpleValue},
    {"SimpleZero", "e0", CborError::kSimpleValue},
    {"SimpleInTwoBytes", "f815", CborError::kSimpleValue},
    {"TooDeep", kTooDeep, CborError::kTooDeep},
    {"InvalidUtf8", "61ff", CborError::kInvalidUtf8},
    {"SurrogateInText", "63eda080", CborError::kInvalidUtf8},
};

class CborRejects : public testing::TestWithParam<Rejected> {};

TEST_P(CborRejects, ForTheFirstReason) {
    const Bytes bytes = hex(GetParam().hex);
    const auto result = check_cbor(bytes);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), GetParam().error) << to_string(result.error());
}

INSTANTIATE_TEST_SUITE_P(All, CborRejects, testing::ValuesIn(kRejected),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(Cbor, FollowsSixteenLevels) { EXPECT_TRUE(check_cbor(hex(kDeepest))); }

TEST(CborReader, StaysWhereItWasAfterAnError) {
    const Bytes bytes = hex("830118ff6161");
    CborReader reader{bytes};
    EXPECT_EQ(reader.uint().error(), CborError::kWrongType);
    EXPECT_EQ(reader.map().error(), CborError::kWrongType);
    EXPECT_EQ(reader.array_of(2).error(), CborError::kWrongCount);
    EXPECT_EQ(reader.position(), 0U);
    EXPECT_TRUE(reader.array_of(3));
    EXPECT_EQ(reader.array().error(), CborError::kWrongType);
    EXPECT_EQ(reader.integer().value(), 1);
    EXPECT_EQ(reader.bytes().error(), CborError::kWrongType);
    EXPECT_EQ(reader.boolean().error(), CborError::kWrongType);
    EXPECT_EQ(reader.null().error(), CborError::kWrongType);
    EXPECT_EQ(reader.uint().value(), 255U);
    EXPECT_EQ(reader.integer().error(), CborError::kWrongType);
    EXPECT_EQ(reader.finish().error(), CborError::kTrailingBytes);
    EXPECT_EQ(reader.text().value(), "a");
    EXPECT_TRUE(reader.finish());
    EXPECT_EQ(reader.peek(), CborKind::kEnd);
    EXPECT_EQ(reader.text().error(), CborError::kTruncated);
}

TEST(CborReader, TellsAWrongTypeAfterAWrongForm) {
    EXPECT_EQ(CborReader{hex("f90000")}.uint().error(), CborError::kFloat);
    EXPECT_EQ(CborReader{hex("1800")}.bytes().error(), CborError::kNotShortest);
    EXPECT_EQ(CborReader{hex("4201")}.text().error(), CborError::kWrongType);
    EXPECT_EQ(CborReader{hex("f6")}.boolean().error(), CborError::kWrongType);
    EXPECT_EQ(CborReader{hex("f5")}.null().error(), CborError::kWrongType);
    EXPECT_EQ(CborReader{hex("20")}.uint().error(), CborError::kWrongType);
    EXPECT_EQ(CborReader{hex("1b8000000000000000")}.integer().error(), CborError::kIntegerRange);
    EXPECT_EQ(CborReader{hex("3b8000000000000000")}.integer().error(), CborError::kIntegerRange);
    EXPECT_EQ(CborReader{hex("420102")}.bytes_of(3).error(), CborError::kWrongCount);
    EXPECT_EQ(CborReader{hex("a0")}.map_of(1).error(), CborError::kWrongCount);
}

TEST(CborReader, TakesANullOrLeavesTheValue) {
    const Bytes bytes = hex("f607");
    CborReader reader{bytes};
    EXPECT_TRUE(reader.take_null());
    EXPECT_FALSE(reader.take_null());
    EXPECT_EQ(reader.uint().value(), 7U);
    EXPECT_FALSE(reader.take_null());
}

TEST(CborReader, SkipGivesTheItem) {
    const Bytes bytes = hex("8201a10203f5");
    CborReader reader{bytes};
    EXPECT_EQ(to_hex(reader.skip().value()), "8201a10203");
    EXPECT_EQ(reader.position(), 5U);
    EXPECT_EQ(reader.remaining(), 1U);
    const Bytes broken = hex("8201a2020302ff");
    CborReader other{broken};
    EXPECT_FALSE(other.skip());
    EXPECT_EQ(other.position(), 0U);
}

TEST(CborReader, KeysAscendByTheirBytes) {
    const Bytes bytes = hex("0118642020");
    CborReader reader{bytes};
    CborKeyOrder order;
    EXPECT_EQ(reader.key(order).value(), 1);
    EXPECT_EQ(reader.key(order).value(), 100);
    EXPECT_EQ(reader.key(order).value(), -1);
    const std::size_t before = reader.position();
    EXPECT_EQ(reader.key(order).error(), CborError::kMapKeyTwice);
    EXPECT_EQ(reader.position(), before);
    const Bytes reversed = hex("0201");
    CborReader other{reversed};
    CborKeyOrder other_order;
    EXPECT_EQ(other.key(other_order).value(), 2);
    EXPECT_EQ(other.key(other_order).error(), CborError::kMapKeyOrder);
}

TEST(CborWriter, WritesBehindWhatIsThere) {
    Bytes out = hex("ff");
    CborWriter writer{out};
    writer.array(2).boolean(true).encoded(hex("820102"));
    EXPECT_EQ(to_hex(out), "ff82f5820102");
    EXPECT_EQ(writer.take().size(), 6U);
    EXPECT_TRUE(out.empty());
}

}  // namespace
}  // namespace tasdiq::codec
