#include "wire/checkpoint.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "codec/base_n.hpp"
#include "crypto/signature.hpp"
#include "wire/random_values.hpp"

namespace tasdiq::wire {
namespace {

// The example of C2SP tlog-cosignature, which holds that of tlog-checkpoint.
constexpr std::string_view kExampleText =
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
constexpr std::string_view kExampleSignatures =
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8="
    "\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIU"
    "BkBIfZ+qnA==\n";

TEST(Checkpoint, ReadsTheExampleOfTheSpecification) {
    const auto checkpoint = parse_checkpoint(kExampleText);
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->origin, "example.com/behind-the-sofa");
    EXPECT_EQ(checkpoint->size, 20'852'163U);
    EXPECT_EQ(codec::encode_base64(checkpoint->root.view()),
              "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
    EXPECT_EQ(note_text(*checkpoint), kExampleText);

    const auto note =
        parse_note(std::string{kExampleText} + "\n" + std::string{kExampleSignatures});
    ASSERT_TRUE(note);
    EXPECT_EQ(note->text, kExampleText);
    ASSERT_EQ(note->signatures.size(), 2U);
    EXPECT_EQ(note->signatures[1].key_id, 0x8D66CF3FU);
    EXPECT_EQ(note->signatures[1].signature.size(), 72U);
}

TEST(Checkpoint, CosignsAsTheSpecificationSays) {
    EXPECT_EQ(as_text(cosignature_input(kExampleText, Instant{1'679'315'147})),
              "cosignature/v1\ntime 1679315147\n" + std::string{kExampleText});
}

TEST(Checkpoint, VerifiesTheCheckpointOfTheTilesTestData) {
    const std::string path =
        std::string{TASDIQ_VECTORS_DIR} + "/tlog-tiles/testdata/log/checkpoint";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no outside vectors: " << path;
    std::ifstream file{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    const auto note = parse_note(text);
    ASSERT_TRUE(note) << note.error().field;
    EXPECT_EQ(encode(*note), text);
    const auto checkpoint = parse_checkpoint(note->text);
    ASSERT_TRUE(checkpoint);

    constexpr std::string_view kName = "example.com/log/testdata";
    const auto typed = codec::decode_base64("AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
    const auto key = crypto::Ed25519PublicKey::parse(ByteView{*typed}.subspan(1));
    ASSERT_TRUE(key);
    EXPECT_EQ(verifier_key(kName, NoteKeyType::kEd25519, *key),
              "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
    EXPECT_EQ(checkpoint->origin, kName);
    EXPECT_EQ(note->signatures[0].name, kName);
    EXPECT_EQ(note->signatures[0].key_id, 0x33D7B496U);
    EXPECT_TRUE(crypto::verify(*key, as_bytes(note->text), note->signatures[0].signature));
}

struct Refused {
    const char* why;
    const char* text;
    WireFault fault;
};

#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
constexpr WireFault refused_at(const char* field) { return {WireError::kCheckpoint, field}; }

const Refused kRefused[] = {
    {"Empty", "", refused_at("lines")},
    {"TwoLines", "a.example\n1\n", refused_at("lines")},
    {"NoNewlineAtEnd", "a.example\n1\n" ROOT, refused_at("lines")},
    {"Extension", "a.example\n1\n" ROOT "\nmore\n", refused_at("lines")},
    {"BlankLine", "a.example\n1\n" ROOT "\n\n", refused_at("lines")},
    {"NoOrigin", "\n1\n" ROOT "\n", refused_at("origin")},
    {"ControlCharacter", "a\t\n1\n" ROOT "\n", refused_at("origin")},
    {"NotUtf8", "a\xFF\n1\n" ROOT "\n", refused_at("origin")},
    {"NoSize", "a.example\n\n" ROOT "\n", refused_at("size")},
    {"SignedSize", "a.example\n+1\n" ROOT "\n", refused_at("size")},
    {"ZeroInFront", "a.example\n01\n" ROOT "\n", refused_at("size")},
    {"HexSize", "a.example\n1f\n" ROOT "\n", refused_at("size")},
    {"SizeTooLarge", "a.example\n9007199254740992\n" ROOT "\n", {WireError::kOutOfRange, "size"}},
    {"SizeOver64Bits",
     "a.example\n99999999999999999999999\n" ROOT "\n",
     {WireError::kOutOfRange, "size"}},
    {"ShortRoot", "a.example\n1\nAAAA\n", refused_at("root")},
    {"RootNotBase64", "a.example\n1\n!\n", refused_at("root")},
};
#undef ROOT

class CheckpointRefuses : public testing::TestWithParam<Refused> {};

TEST_P(CheckpointRefuses, WithTheField) {
    const auto checkpoint = parse_checkpoint(GetParam().text);
    ASSERT_FALSE(checkpoint);
    EXPECT_EQ(checkpoint.error(), GetParam().fault) << checkpoint.error().field;
}

INSTANTIATE_TEST_SUITE_P(All, CheckpointRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(Checkpoint, TakesTheSmallestAndTheLargestSize) {
    for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{10}, kLogIndexMax}) {
        const Checkpoint checkpoint{"ledger.example/arab", size, {}};
        EXPECT_EQ(parse_checkpoint(note_text(checkpoint)), checkpoint);
    }
}

class Cosignatures : public testing::Test {
  protected:
    Cosignature cosignature_of(std::size_t member, std::int64_t time = 1'800'000'000) {
        return {set_[member].state, Instant{time}, random_.bytes(64)};
    }
    NoteSignature line_of(const Cosignature& cosignature, std::size_t member) {
        return to_note_signature(cosignature, set_[member], kOrigin);
    }

    static constexpr std::string_view kOrigin = "ledger.example/arab/0123";
    Random random_{1};
    StateSet set_{{MemberId{1}, "TN", random_.node_key()},
                  {MemberId{2}, "EG", random_.node_key()},
                  {MemberId{5}, "DZ", random_.node_key()}};
};

TEST_F(Cosignatures, AreFoundByNameAndKeyAscending) {
    const Cosignature first = cosignature_of(2);
    const Cosignature second = cosignature_of(0);
    EXPECT_EQ(line_of(first, 2).name, "ledger.example/arab/0123/DZ");
    const SignedNote note{std::string{kExampleText}, {line_of(first, 2), line_of(second, 0)}};
    const auto found = cosignatures_in(*parse_note(encode(note)), set_, kOrigin);
    EXPECT_EQ(found, (std::vector{second, first}));
}

TEST_F(Cosignatures, OfOneStateTheFirstCounts) {
    const Cosignature first = cosignature_of(1, 7);
    const SignedNote note{"text\n", {line_of(first, 1), line_of(cosignature_of(1, 9), 1)}};
    EXPECT_EQ(cosignatures_in(note, set_, kOrigin), std::vector{first});
}

TEST_F(Cosignatures, OfOthersAreIgnored) {
    const Cosignature good = cosignature_of(0);
    NoteSignature other_name = line_of(good, 0);
    other_name.name = "ledger.example/arab/0123/EG";
    NoteSignature other_key = line_of(good, 0);
    other_key.key_id ^= 1;
    NoteSignature short_one = line_of(good, 0);
    short_one.signature.pop_back();
    NoteSignature late = line_of(good, 0);
    late.signature[0] = 0x7F;  // a time in the year 290 milliard
    const SignedNote note{"text\n", {other_name, other_key, short_one, late}};
    EXPECT_TRUE(cosignatures_in(note, set_, kOrigin).empty());
    EXPECT_EQ(cosignatures_in({"text\n", {short_one, line_of(good, 0)}}, set_, kOrigin).size(), 1U);
}

}  // namespace
}  // namespace tasdiq::wire
