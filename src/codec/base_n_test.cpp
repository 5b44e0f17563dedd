#include "codec/base_n.hpp"

#include <gtest/gtest.h>

namespace tasdiq::codec {
namespace {

using Encode = std::string (*)(ByteView);
using Decode = std::optional<Bytes> (*)(std::string_view);

struct Pair {
    Encode encode;
    Decode decode;
    std::string_view bytes;
    std::string_view text;
};

using namespace std::string_view_literals;

const Pair kPairs[] = {
    // RFC 4648 §10
    {encode_base64, decode_base64, "", ""},
    {encode_base64, decode_base64, "f", "Zg=="},
    {encode_base64, decode_base64, "fo", "Zm8="},
    {encode_base64, decode_base64, "foo", "Zm9v"},
    {encode_base64, decode_base64, "foob", "Zm9vYg=="},
    {encode_base64, decode_base64, "fooba", "Zm9vYmE="},
    {encode_base64, decode_base64, "foobar", "Zm9vYmFy"},
    {encode_base64, decode_base64, "\xFB\xFF\xFE", "+//+"},
    {encode_base64url, decode_base64url, "", ""},
    {encode_base64url, decode_base64url, "f", "Zg"},
    {encode_base64url, decode_base64url, "fo", "Zm8"},
    {encode_base64url, decode_base64url, "foobar", "Zm9vYmFy"},
    {encode_base64url, decode_base64url, "\xFB\xFF\xFE", "-__-"},
    // RFC 9285 §4.3, §4.4
    {encode_base45, decode_base45, "", ""},
    {encode_base45, decode_base45, "AB", "BB8"},
    {encode_base45, decode_base45, "Hello!!", "%69 VD92EX0"},
    {encode_base45, decode_base45, "base-45", "UJCLQE7W581"},
    {encode_base45, decode_base45, "ietf!", "QED8WEX0"},
    {encode_base45, decode_base45, "\xFF\xFF", "FGW"},
    {encode_base45, decode_base45, "\xFF", "U5"},
    // draft-msporny-base58-03 §5
    {encode_base58, decode_base58, "", ""},
    {encode_base58, decode_base58, "Hello World!", "2NEpo7TZRRrLZSi2U"},
    {encode_base58, decode_base58, "The quick brown fox jumps over the lazy dog.",
     "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"},
    {encode_base58, decode_base58, "\x00\x00\x28\x7f\xb4\xcd"sv, "11233QC4"},
    {encode_base58, decode_base58, "\x00"sv, "1"},
    {encode_base58, decode_base58, "\x00\x00\x00\x00\x00"sv, "11111"},
    {encode_base58, decode_base58, "\xFF\xFF\xFF\xFF\xFF", "VtB5VXc"},
};

TEST(BaseN, WritesAndReadsTheSpecificationsExamples) {
    for (const Pair& pair : kPairs) {
        EXPECT_EQ(pair.encode(as_bytes(pair.bytes)), pair.text);
        EXPECT_EQ(pair.decode(pair.text), to_bytes(as_bytes(pair.bytes))) << pair.text;
    }
}

TEST(BaseN, GoesThereAndBackAtEverySize) {
    std::uint32_t state = 1;
    const auto next_byte = [&state] {
        state = state * 1664525 + 1013904223;
        return static_cast<std::uint8_t>(state >> 24);
    };
    for (std::size_t size = 0; size <= 300; ++size) {
        Bytes bytes(size);
        for (std::uint8_t& byte : bytes) byte = next_byte();
        for (std::size_t zeros = 0; zeros < std::min<std::size_t>(size, 3); ++zeros) {
            EXPECT_EQ(decode_base58(encode_base58(bytes)), bytes) << size;
            bytes[zeros] = 0;
        }
        EXPECT_EQ(decode_base58(encode_base58(bytes)), bytes) << size;
        EXPECT_EQ(decode_base64(encode_base64(bytes)), bytes) << size;
        EXPECT_EQ(decode_base64url(encode_base64url(bytes)), bytes) << size;
        EXPECT_EQ(decode_base45(encode_base45(bytes)), bytes) << size;
    }
    const Bytes ones(kBase58SizeMax, 0xFF);
    EXPECT_EQ(decode_base58(encode_base58(ones)), ones);
    const Bytes zeros(kBase58SizeMax, 0);
    EXPECT_EQ(decode_base58(encode_base58(zeros)), zeros);
}

struct Refused {
    const char* why;
    Decode decode;
    std::string text;
};

const Refused kRefused[] = {
    {"Base58Zero", decode_base58, "10"},
    {"Base58CapitalO", decode_base58, "O"},
    {"Base58CapitalI", decode_base58, "I"},
    {"Base58SmallL", decode_base58, "l"},
    {"Base58Space", decode_base58, "2NEpo7TZRRrLZSi2U "},
    {"Base58TooLong", decode_base58, std::string(kBase58SizeMax + 1, '1')},
    {"Base58MuchTooLong", decode_base58, std::string(2 * kBase58SizeMax + 1, 'z')},
    {"Base64LacksPadding", decode_base64, "Zg"},
    {"Base64LacksOnePadding", decode_base64, "Zg="},
    {"Base64OnlyPadding", decode_base64, "===="},
    {"Base64ThreePadding", decode_base64, "Z==="},
    {"Base64PaddingInside", decode_base64, "Zg==Zg=="},
    {"Base64PaddingTooMuch", decode_base64, "Zm9v===="},
    {"Base64TrailingBits", decode_base64, "Zh=="},
    {"Base64TrailingBitsOfTwo", decode_base64, "Zm9="},
    {"Base64UrlAlphabet", decode_base64, "-__-"},
    {"Base64Newline", decode_base64, "Zm9v\nZm8="},
    {"Base64UrlPadding", decode_base64url, "Zg=="},
    {"Base64UrlOneLeft", decode_base64url, "Zm9vY"},
    {"Base64UrlTrailingBits", decode_base64url, "Zh"},
    {"Base64UrlTrailingBitsOfTwo", decode_base64url, "Zm9"},
    {"Base64UrlOtherAlphabet", decode_base64url, "+//+"},
    {"Base45OneLeft", decode_base45, "BB8A"},
    {"Base45TripleTooLarge", decode_base45, "GGW"},
    {"Base45TripleLargest", decode_base45, ":::"},
    {"Base45PairTooLarge", decode_base45, "V5"},
    {"Base45SmallLetter", decode_base45, "bb8"},
    {"MultibaseEmpty", decode_multibase, ""},
    {"MultibaseUnknown", decode_multibase, "f00"},
    {"MultibaseBadContent", decode_multibase, "z0"},
};

class BaseNRefuses : public testing::TestWithParam<Refused> {};

TEST_P(BaseNRefuses, WhatItDoesNotWrite) { EXPECT_FALSE(GetParam().decode(GetParam().text)); }

INSTANTIATE_TEST_SUITE_P(All, BaseNRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(Multibase, NamesItsBase) {
    const Bytes bytes = to_bytes(as_bytes("foob"));
    EXPECT_EQ(encode_multibase(Multibase::kBase64Url, bytes), "uZm9vYg");
    EXPECT_EQ(encode_multibase(Multibase::kBase58Btc, bytes), "z3csAg9");
    EXPECT_EQ(decode_multibase("uZm9vYg"), bytes);
    EXPECT_EQ(decode_multibase("z3csAg9"), bytes);
    EXPECT_EQ(decode_multibase(Multibase::kBase58Btc, "z3csAg9"), bytes);
    EXPECT_FALSE(decode_multibase(Multibase::kBase58Btc, "uZm9vYg"));
    EXPECT_FALSE(decode_multibase(Multibase::kBase64Url, "z3csAg9"));
}

}  // namespace
}  // namespace tasdiq::codec
