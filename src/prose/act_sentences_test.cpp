#include "prose/act_sentences.hpp"

#include <gtest/gtest.h>

namespace tasdiq::prose {
namespace {

using certificate::Act;
using certificate::AttestationKind;
using certificate::Outcome;
using certificate::Script;
using text::Language;

Act equivalency() {
    return {
        certificate::Equivalency{Outcome::kConditional, "2026/311", *parse_day("2026-05-12"),
                                 wire::Titles{"", "", "Deux modules"},
                                 wire::Titles{"هندسة", "Engineering", "Ingénieur"}, std::nullopt},
        certificate::Document{{{"TH", Script::kLatn}},
                              "DE",
                              {{"MSc", Script::kLatn}, {"ماجستير", Script::kArab}},
                              std::nullopt,
                              std::nullopt}};
}

Act attestation(AttestationKind kind) {
    return {certificate::Attestation{
                kind, "17", *parse_day("2026-05-12"), {"تونس", "Tunis", ""}, {"", "Rector", ""}},
            certificate::Target{{57}, "ledger.example/arab"}};
}

TEST(ActNotes, SayWhatWasDecidedAboutWhat) {
    EXPECT_EQ(
        act_notes(equivalency(), Language::kEnglish),
        (std::vector<std::string>{"Equivalency (conditional), decision 2026/311 of 12 May 2026.",
                                  "About the document: MSc, TH (DE).",
                                  "Equivalent to: Engineering.", "Conditions: Deux modules."}));
    const auto arabic = act_notes(equivalency(), Language::kArabic);
    EXPECT_NE(arabic[1].find("ماجستير"), std::string::npos);
    EXPECT_NE(arabic[3].find("Deux modules"), std::string::npos);
}

TEST(ActNotes, NameTheCountryWhereItHasAName) {
    Act act = equivalency();
    std::get<certificate::Document>(act.about).country = "EG";
    EXPECT_EQ(act_notes(act, Language::kEnglish)[1], "About the document: MSc, TH (Egypt).");
    EXPECT_NE(act_notes(act, Language::kFrench)[1].find("(Égypte)"), std::string::npos);
    EXPECT_NE(act_notes(act, Language::kArabic)[1].find("مصر"), std::string::npos);
}

TEST(ActNotes, SayWhatAnAttestationDoesNotCertify) {
    const auto notes = act_notes(attestation(AttestationKind::kApostille), Language::kEnglish);
    ASSERT_EQ(notes.size(), 3U);
    EXPECT_EQ(notes[0],
              "Apostille number 17 of 12 May 2026, Tunis. The document’s signatory acted as: "
              "Rector.");
    EXPECT_EQ(notes[1], "An apostille certifies signature, capacity and seal, not content.");
    EXPECT_EQ(notes[2], "About certificate 57 of the ledger ledger.example/arab.");
    for (const auto kind : {AttestationKind::kStamp, AttestationKind::kLegalisation}) {
        EXPECT_EQ(act_notes(attestation(kind), Language::kFrench)[1],
                  "Cet acte certifie la signature, la qualité du signataire et le sceau, non le "
                  "contenu.");
    }
}

TEST(ActNotes, CannotActOnATerminal) {
    Act act = equivalency();
    std::get<certificate::Document>(act.about).title = {{"a\x1b[31mb", Script::kLatn}};
    EXPECT_EQ(act_notes(act, Language::kEnglish)[1].find('\x1b'), std::string::npos);
}

TEST(ActSentence, IsThereInThreeLanguages) {
    const verify::ActAtHand at_hand{
        equivalency(), {{}, "وزارة", "Ministry", "Ministère"}, {80}, {}};
    EXPECT_EQ(act_sentence(at_hand, Language::kEnglish),
              "Equivalency (conditional) by Ministry on 12 May 2026.");
    EXPECT_EQ(act_sentence(at_hand, Language::kFrench),
              "Équivalence (conditionnelle) de Ministère, le 12 mai 2026.");
    EXPECT_NE(act_sentence(at_hand, Language::kArabic).find("مشروطة"), std::string::npos);
}

}  // namespace
}  // namespace tasdiq::prose
