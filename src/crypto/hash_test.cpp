#include "crypto/hash.hpp"

#include <gtest/gtest.h>
#include <type_traits>

#include "crypto/vectors_test.hpp"

namespace tasdiq::crypto {
namespace {

static_assert(std::is_trivially_copyable_v<Sha256>);
static_assert(std::is_trivially_copyable_v<Sha384>);
static_assert(std::is_trivially_copyable_v<Sha512>);

std::string hex256(std::string_view text) { return to_hex(sha256(as_bytes(text)).view()); }
std::string hex384(std::string_view text) { return to_hex(sha384(as_bytes(text)).view()); }
std::string hex512(std::string_view text) { return to_hex(sha512(as_bytes(text)).view()); }

// FIPS 180-4's examples as NIST publishes them ("Example Algorithms": SHA256, SHA384, SHA512).
constexpr std::string_view kTwoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
constexpr std::string_view kTwoLongBlocks =
    "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopq"
    "rs"
    "mnopqrstnopqrstu";

TEST(Sha256, MatchesNistExamples) {
    EXPECT_EQ(hex256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex256(kTwoBlocks),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex256(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha384, MatchesNistExamples) {
    EXPECT_EQ(hex384(""),
              "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da"
              "274edebfe76f65fbd51ad2f14898b95b");
    EXPECT_EQ(hex384("abc"),
              "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
              "8086072ba1e7cc2358baeca134c825a7");
    EXPECT_EQ(hex384(kTwoLongBlocks),
              "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712"
              "fcc7c71a557e2db966c3e9fa91746039");
    EXPECT_EQ(hex384(std::string(1'000'000, 'a')),
              "9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b"
              "07b8b3dc38ecc4ebae97ddd87f3d8985");
}

TEST(Sha512, MatchesNistExamples) {
    EXPECT_EQ(hex512(""),
              "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
              "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
    EXPECT_EQ(hex512("abc"),
              "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
              "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    EXPECT_EQ(hex512(kTwoLongBlocks),
              "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
              "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909");
    EXPECT_EQ(hex512(std::string(1'000'000, 'a')),
              "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
              "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b");
}

template <class Hash>
void expect_pieces_to_join(auto whole) {
    Bytes message;
    for (int i = 0; i < 400; ++i) message.push_back(static_cast<std::uint8_t>(i * 7));
    const ByteView view{message};
    // Around the block sizes, where the buffers of the backends fill up.
    for (const std::size_t cut : std::initializer_list<std::size_t>{0, 1, 55, 56, 63, 64, 65, 111,
                                                                    112, 127, 128, 129, 256, 400}) {
        EXPECT_EQ(whole({view.first(cut), view.subspan(cut)}), whole({view})) << cut;
        Hash hash;
        for (const std::uint8_t& byte : view.first(cut)) hash.update({&byte, 1});
        hash.update(view.subspan(cut));
        EXPECT_EQ(hash.finish(), whole({view})) << cut;
    }
}

TEST(Hashes, OfPiecesIsThatOfTheirConcatenation) {
    using Pieces = std::initializer_list<ByteView>;
    expect_pieces_to_join<Sha256>([](Pieces pieces) { return sha256(pieces); });
    expect_pieces_to_join<Sha384>([](Pieces pieces) { return sha384(pieces); });
    expect_pieces_to_join<Sha512>([](Pieces pieces) { return sha512(pieces); });
}

TEST(Hashes, OfEachOfSeveralMessagesAreThoseOfOneByOne) {
    Bytes bytes;
    for (int i = 0; i < 2'000; ++i) bytes.push_back(static_cast<std::uint8_t>(i * 131 + i / 256));
    // Lengths around the block sizes and a long message beside short ones, in several numbers.
    std::vector<ByteView> all;
    for (const std::size_t size : std::initializer_list<std::size_t>{
             0, 1, 55, 56, 63, 64, 65, 119, 120, 127, 128, 129, 1'999, 3, 7, 64, 0, 500, 49}) {
        all.push_back(
            ByteView{bytes}.subspan(all.size(), std::min(size, bytes.size() - all.size())));
    }
    for (std::size_t size = 0; size <= 300; ++size) all.push_back(ByteView{bytes}.first(size));
    for (const std::size_t first : std::initializer_list<std::size_t>{0, 1, 2, 12, 13}) {
        for (const std::size_t count : std::initializer_list<std::size_t>{0, 1, 2, 3, 4, 5, 300}) {
            const auto messages = std::span{all}.subspan(first, count);
            std::vector<Sha256Digest> digests(count);
            sha256_each(messages, digests);
            for (std::size_t i = 0; i < count; ++i) {
                EXPECT_EQ(digests[i], sha256(messages[i])) << first << ' ' << count << ' ' << i;
            }
        }
    }
}

TEST(Hashes, CopyGoesOnFromTheSamePoint) {
    Sha256 prefix;
    prefix.update(as_bytes("tasdiq"));
    Sha256 first = prefix;
    Sha256 second = prefix;
    first.update(as_bytes("/1"));
    second.update(as_bytes("/2"));
    EXPECT_EQ(first.finish(), sha256(as_bytes("tasdiq/1")));
    EXPECT_EQ(second.finish(), sha256(as_bytes("tasdiq/2")));
    EXPECT_EQ(prefix.finish(), sha256(as_bytes("tasdiq")));
}

struct HmacVector {
    const char* why;
    Bytes key, message;
    std::string_view prefix;  // of the digest, in hexadecimal
};

// RFC 4231 §4.
TEST(HmacSha256, MatchesRfc4231) {
    Bytes counting;
    for (std::uint8_t i = 1; i <= 25; ++i) counting.push_back(i);
    const auto text = [](std::string_view value) { return to_bytes(as_bytes(value)); };
    const HmacVector vectors[] = {
        {"1", repeat(20, 0x0B), text("Hi There"),
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"2", text("Jefe"), text("what do ya want for nothing?"),
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {"3", repeat(20, 0xAA), repeat(50, 0xDD),
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {"4", counting, repeat(50, 0xCD),
         "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {"5", repeat(20, 0x0C), text("Test With Truncation"), "a3b6167473100ee06e0c796c2955552b"},
        {"6", repeat(131, 0xAA), text("Test Using Larger Than Block-Size Key - Hash Key First"),
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {"7", repeat(131, 0xAA),
         text("This is a test using a larger than block-size key and a larger than block-size data."
              " The key needs to be hashed before being used by the HMAC algorithm."),
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    };
    for (const auto& vector : vectors) {
        const std::string digest = to_hex(hmac_sha256(vector.key, vector.message).view());
        EXPECT_TRUE(digest.starts_with(vector.prefix)) << vector.why << ": " << digest;
    }
}

}  // namespace
}  // namespace tasdiq::crypto
