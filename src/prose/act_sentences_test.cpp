#include "prose/act_sentences.hpp"

#include <array>
#include <gtest/gtest.h>

#include "certificate/make.hpp"

namespace tasdiq::prose {
namespace {

using certificate::Act;
using certificate::AttestationKind;
using certificate::Outcome;
using certificate::Script;
using certificate::ScriptText;
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

verify::ActAtHand at_hand(std::vector<ScriptText> holder) {
    return {equivalency(), {{}, "وزارة", "Ministry", "Ministère"}, "TN", {80}, std::move(holder),
            std::nullopt};
}

/// A diploma of somebody with these names.
std::string document_of(std::vector<ScriptText> names) {
    certificate::Record record;
    record.holder.names = std::move(names);
    record.award.title = {"ا", "Degree", "Diplôme"};
    record.award.awarded_on = *parse_day("2026-05-20");
    const auto made = certificate::make_credential(
        record, {{6}, "جامعة", "University", "Université", "ledger.example"},
        certificate::make_uuid(std::array<std::uint8_t, 16>{}));
    EXPECT_TRUE(made) << made.error().field;
    return made ? made->text() : std::string{};
}

TEST(ActSentence, IsThereInThreeLanguages) {
    const verify::ActAtHand act = at_hand({});
    EXPECT_EQ(act_sentence(act, {}, Language::kEnglish),
              "Equivalency (conditional) by Ministry (Tunisia) on 12 May 2026.");
    EXPECT_EQ(act_sentence(act, {}, Language::kFrench),
              "Équivalence (conditionnelle) de Ministère (Tunisie), le 12 mai 2026.");
    EXPECT_EQ(act_sentence(act, {}, Language::kArabic),
              "معادلة \u2068مشروطة\u2069 من \u2068وزارة\u2069 (\u2068تونس\u2069) بتاريخ "
              "\u2068\u20682026/05/12\u2069\u2069.");
}

TEST(ActSentence, SaysThatItNamesAnotherPerson) {
    const verify::ActAtHand act =
        at_hand({{"Samir Ben Ali", Script::kLatn}, {"سمير بن علي", Script::kArab}});
    const std::string other =
        document_of({{"Rania Ben Salah", Script::kLatn}, {"رانيا بن صالح", Script::kArab}});
    EXPECT_EQ(act_sentence(act, as_bytes(other), Language::kEnglish),
              "Equivalency (conditional) by Ministry (Tunisia) on 12 May 2026. It names another "
              "person: Samir Ben Ali.");
    EXPECT_TRUE(act_sentence(act, as_bytes(other), Language::kFrench)
                    .ends_with(" Une autre personne y est nommée : Samir Ben Ali."));
    EXPECT_TRUE(act_sentence(act, as_bytes(other), Language::kArabic)
                    .ends_with(" تذكر شخصًا آخر: \u2068سمير بن علي\u2069."));
}

TEST(NamesAnother, ComparesWordsAsPeopleDo) {
    const auto is_another = [](std::vector<ScriptText> act, std::vector<ScriptText> diploma) {
        return names_another(at_hand(std::move(act)), as_bytes(document_of(std::move(diploma))));
    };
    const ScriptText rania{"Rania Mohamed", Script::kLatn};
    EXPECT_FALSE(is_another({rania}, {rania}));
    EXPECT_FALSE(is_another({rania}, {{"MOHAMED-SHAABAN Ranià", Script::kLatn}}));
    EXPECT_FALSE(is_another({{"أميرة", Script::kArab}}, {{"اميره الطرابلسي", Script::kArab}}));
    EXPECT_TRUE(is_another({rania}, {{"Amira Trabelsi", Script::kLatn}}));
    EXPECT_TRUE(is_another({{"Samir El-Amri", Script::kLatn}},
                           {{"Rania El Fassi", Script::kLatn}}));  // the article is no name
    // One script in common is enough, and what has none is not compared.
    EXPECT_FALSE(is_another({rania, {"سمير", Script::kArab}}, {rania, {"رانيا", Script::kArab}}));
    EXPECT_FALSE(is_another({{"سمير", Script::kArab}}, {rania}));
    EXPECT_FALSE(names_another(at_hand({rania}), {}));
    EXPECT_FALSE(names_another(at_hand({rania}), as_bytes("{}")));
}

}  // namespace
}  // namespace tasdiq::prose
