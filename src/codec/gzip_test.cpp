#include "codec/gzip.hpp"

#include <gtest/gtest.h>

#include "codec/base_n.hpp"

namespace tasdiq::codec {
namespace {

using Error = GzipError;

constexpr std::size_t kSizeMax = std::size_t{1} << 20;

Bytes decoded(std::string_view base64) {
    const auto bytes = decode_base64(base64);
    EXPECT_TRUE(bytes);
    return bytes ? *bytes : Bytes{};
}

// Written by zlib 1.2.13 (Python): with dynamic codes, with copies from afar, stored.
constexpr std::string_view kDynamic =
    "H4sIAAAAAAAAA+2TOw4CMQxEr8IBKEiy+ex96JFo9voIKe8hJTWdq0T+ju2Z6/V+3h732/V903yP+Z7Y2/zkOj8F"
    "y0FMI2lQpZCE5+jz0zMuQslpWE47UaaLkpiK6xSNyB3FGFyVOoOetMrgG7gqSZmew3kdk/SEZQCniYuChTrJ7uAD"
    "6KBep1XXUrbPFmy6BdvaUhDCEqjQ0zaeA7sCl+KaXJyrdLljXb8H+Z0obWds66k9vnSQIFKmbbTKK/GkouQsK30l"
    "tBQvmwwUxrkohyKhrFBWKCuUFcoKZYWyQlmhrFDWP5X1AQ2T7cnPDQAA";
constexpr std::string_view kNamed =
    "H4sIHgAAAAAAAwMAYWJjbmFtZQBjb21tZW50AAAAK88vSlEw0FEoB9GGUNoESlvCxM10AJcjrisoAAAA";
constexpr std::string_view kStored =
    "H4sIAAAAAAAAAwEoANf/d29yZCAwLCB3b3JkIDEsIHdvcmQgNCwgd29yZCA5LCB3b3JkIDE2LJcjrisoAAAA";

Bytes text_of_words() {
    std::string text;
    for (int i = 0; i < 400; ++i) text += "word " + std::to_string(i * i % 97) + ", ";
    return {text.begin(), text.end()};
}

TEST(Gzip, ExpandsWhatZlibWrites) {
    const Bytes text = text_of_words();
    EXPECT_EQ(expand_gzip(decoded(kDynamic), kSizeMax).value(), text);
    EXPECT_EQ(expand_gzip(decoded(kNamed), kSizeMax).value(),
              Bytes(text.begin(), text.begin() + 40));
    EXPECT_EQ(expand_gzip(decoded(kStored), kSizeMax).value(),
              Bytes(text.begin(), text.begin() + 40));
}

TEST(Gzip, ExpandsTheStandardsStatusList) {
    // VC-BITSTRING-STATUS-LIST §2.2, the example: 16 kB of nothing.
    const auto list =
        decode_base64url("H4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA");
    EXPECT_EQ(expand_gzip(*list, kSizeMax).value(), Bytes(16384, 0));
}

TEST(Gzip, IsItsOwnInverse) {
    std::vector<Bytes> all{
        {}, {0}, {1, 1}, {7, 7, 7}, Bytes(259, 9), Bytes(260, 9), text_of_words()};
    for (std::size_t size = 500; size < 530; ++size) all.emplace_back(size, 3);
    Bytes sparse(131'072 / 8, 0);
    for (std::size_t at = 5; at < sparse.size(); at += 777) sparse[at] = 0x40;
    all.push_back(sparse);
    Bytes every;
    for (int byte = 0; byte < 256; ++byte) every.push_back(static_cast<std::uint8_t>(byte));
    all.push_back(every);
    for (const Bytes& bytes : all) {
        const auto expanded = expand_gzip(compress_gzip(bytes), kSizeMax);
        ASSERT_TRUE(expanded) << bytes.size() << to_string(expanded.error());
        EXPECT_EQ(*expanded, bytes);
    }
    EXPECT_LT(compress_gzip(Bytes(16384, 0)).size(), 200U);
}

TEST(Gzip, StopsAtTheLimit) {
    const Bytes file = compress_gzip(Bytes(1000, 1));
    EXPECT_TRUE(expand_gzip(file, 1000));
    EXPECT_EQ(expand_gzip(file, 999).error(), Error::kTooLarge);
    EXPECT_EQ(expand_gzip(file, 0).error(), Error::kTooLarge);
    EXPECT_EQ(expand_gzip(decoded(kStored), 39).error(), Error::kTooLarge);
}

TEST(Gzip, RefusesEachDamageByItsName) {
    const Bytes good = decoded(kDynamic);
    const auto error_of = [&](const auto& damage) {
        Bytes bytes = good;
        damage(bytes);
        const auto result = expand_gzip(bytes, kSizeMax);
        return result ? "none" : to_string(result.error());
    };
    EXPECT_EQ(error_of([](Bytes& b) { b[0] = 0; }), to_string(Error::kHeader));
    EXPECT_EQ(error_of([](Bytes& b) { b[2] = 7; }), to_string(Error::kHeader));
    EXPECT_EQ(error_of([](Bytes& b) { b[3] = 0x20; }), to_string(Error::kHeader));
    EXPECT_EQ(error_of([](Bytes& b) { b.pop_back(); }), to_string(Error::kTruncated));
    EXPECT_EQ(error_of([](Bytes& b) { b.resize(40); }), to_string(Error::kTruncated));
    EXPECT_EQ(error_of([](Bytes& b) { b.clear(); }), to_string(Error::kTruncated));
    EXPECT_EQ(error_of([](Bytes& b) { b[10] = 0x07; }), to_string(Error::kBlock));
    EXPECT_EQ(error_of([](Bytes& b) { b[b.size() - 1] ^= 1; }), to_string(Error::kChecksum));
    EXPECT_EQ(error_of([](Bytes& b) { b[b.size() - 8] ^= 1; }), to_string(Error::kChecksum));
    EXPECT_EQ(error_of([](Bytes& b) { b.push_back(0); }), to_string(Error::kTrailing));
    Bytes stored = decoded(kStored);
    stored[13] ^= 1;
    EXPECT_EQ(expand_gzip(stored, kSizeMax).error(), Error::kBlock);
    // Fixed codes, and at once a copy from before the beginning.
    const Bytes copy{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x03, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    EXPECT_EQ(expand_gzip(copy, kSizeMax).error(), Error::kSymbol);
}

TEST(Gzip, NeverBreaksOnDamage) {
    const Bytes good = decoded(kDynamic);
    for (std::size_t at = 10; at < good.size(); ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            Bytes bytes = good;
            bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1U << bit));
            // Words that stand twice can be copied from either place.
            const auto expanded = expand_gzip(bytes, 10'000);
            EXPECT_TRUE(!expanded || *expanded == text_of_words()) << at << "." << bit;
        }
    }
}

}  // namespace
}  // namespace tasdiq::codec
