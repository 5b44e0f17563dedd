#include <gtest/gtest.h>

#include "codec/base_n.hpp"
#include "crypto/signature.hpp"
#include "wire/checkpoint.hpp"

namespace tasdiq::wire {
namespace {

// The examples of C2SP signed-note.
constexpr std::string_view kPoem =
    "Ognuno sta solo sul cuor della terra\n"
    "trafitto da un raggio di sole:\n"
    "\n"
    "ed è subito sera.\n"
    "\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc="
    "\n";
constexpr std::string_view kExample =
    "This is an example message.\n"
    "\n"
    "— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";
constexpr std::string_view kExampleKey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

crypto::Ed25519PublicKey key_of(std::string_view verifier_key) {
    const auto typed = codec::decode_base64(verifier_key.substr(verifier_key.rfind('+') + 1));
    return *crypto::Ed25519PublicKey::parse(ByteView{*typed}.subspan(1));
}

TEST(SignedNote, ReadsTheExamplesOfTheSpecification) {
    const auto poem = parse_note(kPoem);
    ASSERT_TRUE(poem);
    EXPECT_TRUE(poem->text.ends_with("sole:\n\ned è subito sera.\n"));
    ASSERT_EQ(poem->signatures.size(), 1U);
    EXPECT_EQ(poem->signatures[0].name, "quasimodo.example/salvatore");
    EXPECT_EQ(poem->signatures[0].key_id, 0x367BA04BU);
    EXPECT_EQ(poem->signatures[0].signature.size(), 64U);
    EXPECT_EQ(encode(*poem), kPoem);
    EXPECT_EQ(encode(*parse_note(kExample)), kExample);
}

TEST(SignedNote, VerifiesWithTheKeyOfTheSpecification) {
    const auto note = parse_note(kExample);
    ASSERT_TRUE(note);
    const auto key = key_of(kExampleKey);
    EXPECT_EQ(verifier_key("example.com/foo", NoteKeyType::kEd25519, key), kExampleKey);
    EXPECT_EQ(note->signatures[0].key_id,
              note_key_id("example.com/foo", NoteKeyType::kEd25519, key));
    EXPECT_NE(note->signatures[0].key_id,
              note_key_id("example.com/foo", NoteKeyType::kCosignature, key));
    EXPECT_TRUE(crypto::verify(key, as_bytes(note->text), note->signatures[0].signature));
}

struct Refused {
    const char* why;
    std::string text;
    const char* field;
};

const std::string kLine = "— a.example AAAAAAA=\n";

const Refused kRefused[] = {
    {"Empty", "", "text"},
    {"NoNewlineAtEnd", "text\n\n— a.example AAAAAAA=", "text"},
    {"NoBlankLine", "text\n" + kLine, "text"},
    {"ControlCharacter", "te\txt\n\n" + kLine, "text"},
    {"NotUtf8", "te\xFFxt\n\n" + kLine, "text"},
    {"NoSignature", "text\n\n", "signatures"},
    {"AnotherDash", "text\n\n- a.example AAAAAAA=\n", "signature"},
    {"NoName", "text\n\n—  AAAAAAA=\n", "name"},
    {"PlusInName", "text\n\n— a+b AAAAAAA=\n", "name"},
    {"SpaceInName", "text\n\n— a\u2003b AAAAAAA=\n", "name"},
    {"NoSignatureBytes", "text\n\n— a.example AAAAAA==\n", "signature"},
    {"NotBase64", "text\n\n— a.example AAAAAA\n", "signature"},
    {"LooseBase64", "text\n\n— a.example AAAAAAB=\n", "signature"},
    {"NoSpace", "text\n\n— a.example\n", "signature"},
    {"LineAfterSignatures", "text\n\n" + kLine + "more\n", "signature"},
};

class NoteRefuses : public testing::TestWithParam<Refused> {};

TEST_P(NoteRefuses, WithTheField) {
    const auto note = parse_note(GetParam().text);
    ASSERT_FALSE(note);
    EXPECT_EQ(note.error(), (WireFault{WireError::kNote, GetParam().field})) << note.error().field;
}

INSTANTIATE_TEST_SUITE_P(All, NoteRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(SignedNote, HoldsAtMost128Signatures) {
    std::string text = "text\n\n";
    for (std::size_t i = 0; i < kNoteSignaturesMax; ++i) text += kLine;
    const auto note = parse_note(text);
    ASSERT_TRUE(note);
    EXPECT_EQ(encode(*note), text);
    EXPECT_EQ(parse_note(text + kLine).error(), (WireFault{WireError::kNote, "signatures"}));
}

TEST(SignedNote, RefusesWhatIsTooLarge) {
    const std::string text = std::string(kNoteSizeMax - kLine.size() - 2, 'x') + "\n\n" + kLine;
    EXPECT_TRUE(parse_note(text));
    EXPECT_EQ(parse_note("x" + text).error(), (WireFault{WireError::kTooLarge, "note"}));
}

}  // namespace
}  // namespace tasdiq::wire
