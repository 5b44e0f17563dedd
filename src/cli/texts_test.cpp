#include <gtest/gtest.h>

#include "cli/key_access.hpp"
#include "cli/ledger_folder_test.hpp"
#include "cli/people_text.hpp"
#include "cli/verdict_text.hpp"
#include "codec/json.hpp"
#include "text/catalogue.hpp"
#include "wire/describe.hpp"

// What people read.
namespace tasdiq::cli {
namespace {

using codec::Json;
using text::Language;

constexpr Language kLanguages[] = {Language::kArabic, Language::kFrench, Language::kEnglish};

// ------------------------------------------------------------------ texts
void expect_text(const std::string& key) {
    for (const Language language : kLanguages) {
        EXPECT_TRUE(text::find_text(key, language)) << key;
    }
}

TEST(Texts, AreThereForEverythingThatAVerdictSays) {
    using namespace verify;
    for (int i = 1; i <= static_cast<int>(Headline::kAuthentic); ++i) {
        expect_text("headline." + std::string{to_string(static_cast<Headline>(i))});
    }
    for (int i = 1; i <= kCheckCount; ++i) {
        expect_text("check." + std::string{to_string(static_cast<Check>(i))});
    }
    constexpr Code kCodes[] = {
        Code::kDocumentNotJson,
        Code::kDocumentNotCredential,
        Code::kEvidenceMissing,
        Code::kEvidenceMalformed,
        Code::kEvidenceOtherLedger,
        Code::kEntryMalformed,
        Code::kRecordsIncomplete,
        Code::kProofMissing,
        Code::kProofMalformed,
        Code::kProofUnknownSuite,
        Code::kProofKeyUnknown,
        Code::kProofInvalid,
        Code::kCommitmentDiffers,
        Code::kIssuerDiffers,
        Code::kIssuerNameDiffers,
        Code::kTypeDiffers,
        Code::kLevelDiffers,
        Code::kFieldDiffers,
        Code::kProgrammeDiffers,
        Code::kDateDiffers,
        Code::kCaptureDiffers,
        Code::kModeDiffers,
        Code::kOtherTermDiffers,
        Code::kValidUntilDiffers,
        Code::kFactsInvalid,
        Code::kKeyNotYetValid,
        Code::kKeyEnded,
        Code::kKeyVoided,
        Code::kKeyWrongRole,
        Code::kNotIncluded,
        Code::kNotACertificate,
        Code::kAwardNotIncluded,
        Code::kAwardDiffers,
        Code::kTransactionDiffers,
        Code::kSignerVoided,
        Code::kNoAccreditation,
        Code::kAccreditationVoided,
        Code::kAccreditationScope,
        Code::kAccreditationDates,
        Code::kBlockNotLast,
        Code::kBlockNotIncluded,
        Code::kMapProofInvalid,
        Code::kNoQuorum,
        Code::kCosignatureInvalid,
        Code::kCosignerUnknown,
        Code::kSetUnknown,
        Code::kContradictsTrustRoot,
        Code::kStatusMalformed,
        Code::kStatusUnknown,
        Code::kStatusInForce,
        Code::kTimeInFuture,
        Code::kStale,
        Code::kAttestationVoided,
        Code::kCohortVoided,
        Code::kNotNeeded,
        Code::kEarlierCheckFailed,
        Code::kNewerThanVerifier,
        Code::kNotInEvidence,
    };
    for (const Code code : kCodes) expect_text("code." + std::string{to_string(code)});
}

/// Every key and word of an object has a name; values that are no words stay.
void expect_labels(const Json& json) {
    if (json.is_array()) {
        for (const Json& one : json.as_array()) expect_labels(one);
    }
    if (!json.is_object()) return;
    for (const auto& [key, value] : json.as_object()) {
        expect_text("label." + key);
        expect_labels(value);
    }
}

TEST(Texts, AreThereForEveryMemberOfEntriesAndRecords) {
    const test::SmallLedger ledger;
    for (const Bytes& bytes : ledger.view.entries()) {
        const auto entry = wire::decode_entry(bytes);
        ASSERT_TRUE(entry);
        Json json = wire::describe(*entry);
        if (json.find("secretariat") != nullptr) expect_labels(*json.find("secretariat"));
        expect_labels(json);
    }
    using ledger::world::kManar;
    expect_labels(wire::describe(*ledger.record<wire::MemberRecord>(wire::MapKey::member(kManar))));
    expect_labels(wire::describe(*ledger.record<wire::KeyRecord>(wire::MapKey::key(kManar, {0}))));
    expect_labels(wire::describe(
        *ledger.record<wire::AccreditationRecord>(wire::MapKey::accreditation(kManar, 1))));
    auto status = ledger.record<wire::StatusRecord>(wire::MapKey::status(ledger.firsts[0]));
    ASSERT_TRUE(status && status->issuer);
    status->issuer->earlier.push_back(*status->issuer);
    expect_labels(wire::describe(*status->issuer));
    auto accreditation =
        *ledger.record<wire::AccreditationRecord>(wire::MapKey::accreditation(kManar, 1));
    const wire::EndChange end{wire::EndAction::kWithdraw, wire::AppliesTo::kAward, {}, {}, {}};
    accreditation.ended = {end, {end}};
    const Json ended = wire::describe(accreditation);
    ASSERT_EQ(ended.find("ended")->find("earlier")->size(), 1U);
    expect_labels(ended);
}

template <class Code>
void expect_words(Code last) {
    for (std::uint8_t code = 1; code <= static_cast<std::uint8_t>(last); ++code) {
        expect_text("word." + std::string{wire::to_word(static_cast<Code>(code))});
    }
}

TEST(Texts, AreThereForEveryCode) {
    expect_words(wire::Role::kSeal);
    expect_words(wire::MemberKind::kSecretariat);
    expect_words(wire::Mode::kWorkBased);
    expect_words(wire::Capture::kReconstructed);
    expect_words(wire::RelationCode::kRestores);
    expect_words(wire::StatusState::kLost);
    expect_words(wire::Act::kAccreditation);
    expect_words(wire::EndAction::kResume);
    for (std::uint8_t code = 1; code <= 12; ++code) {
        expect_text("type." + std::string{wire::to_word(static_cast<wire::CertificateType>(code))});
    }
    for (const auto code :
         {10, 11, 12, 13, 20, 21, 22, 23, 24, 25, 26, 30, 31, 32, 33, 40, 41, 42, 43, 50, 51}) {
        expect_text("word." + std::string{wire::to_word(static_cast<wire::BodyCode>(code))});
    }
    for (const char* kind : {"genesis", "transaction", "certificate", "block", "handover",
                             "engine-event", "test", "production", "award", "intake", "none"}) {
        expect_text("word." + std::string{kind});
    }
    for (const char* key : {"show.included", "show.replayed", "show.not-proven", "show.yes",
                            "show.no", "show.none", "show.no-decision", "show.names-not-proven",
                            "show.checkpoint-final", "show.checkpoint-not-final", "sign.about",
                            "sign.ask", "sign.total", "batch.prepared", "batch.elsewhere"}) {
        expect_text(key);
    }
}

TEST(PeopleText, SaysThatAStatusWithoutADecisionIsValid) {
    const Json json = Json::object()
                          .set("status", Json::object().set("issuer", Json{}))
                          .set("scope", Json::object());
    EXPECT_EQ(people_text(json, text::Language::kEnglish),
              "Status: valid, no decision recorded\nScope: none\n");
    EXPECT_NE(
        people_text(json, text::Language::kFrench).find("valable, aucune décision enregistrée"),
        std::string::npos);
}

TEST(KeyFaults, SayWhatToDo) {
    const test::Folder folder;
    const std::string path = folder.file("dean.key");
    const auto fault_of = [&] {
        const auto header = keys::read_key_file_header(path, {});
        return header ? std::string{} : key_fault_text(path, header.error());
    };
    EXPECT_EQ(fault_of(), path + ": there is no such key file");
    folder.write("dean.key", as_bytes("{}"));
    EXPECT_EQ(fault_of(), path + ": key file is open to others than its owner; chmod 600 " + path);
    std::filesystem::permissions(path, std::filesystem::perms::owner_read);
    EXPECT_EQ(fault_of(), path + ": file does not say tasdiq-key/1");
}

TEST(PeopleText, IsInTheLanguageOfItsReader) {
    const Json json =
        Json::object()
            .set("names", Json::array().push(Json::object()
                                                 .set("from", "1959-01-01")
                                                 .set("ar", "جامعة تونس")
                                                 .set("en", "University of Tunis")
                                                 .set("fr", "Université de Tunis")))
            .set("kind", "university")
            .set("country", "TN")
            .set("ended", Json{})
            .set("ids", Json::array())
            .set("index", 12)
            .set("status", Json::object().set("issuer", Json{}))
            .set("signers", Json::array()
                                .push(Json::object().set("member", 6).set("ordinal", 0))
                                .push(Json::object().set("member", 6).set("ordinal", 1)));
    EXPECT_EQ(people_text(json, Language::kEnglish),
              "Entry number: 12\n"
              "Kind: university\n"
              "Country: Tunisia\n"
              "Names:\n"
              "  - University of Tunis (1959-01-01)\n"
              "Status: valid, no decision recorded\n"
              "Signers (member:key): 6:0, 6:1\n");
    EXPECT_EQ(people_text(json, Language::kArabic),
              "رقم التدوينة: 12\n"
              "النوع: جامعة\n"
              "البلد: تونس\n"
              "الأسماء:\n"
              "  - \u2068جامعة تونس\u2069 (1959-01-01)\n"
              "الحالة: صالحة، لا قرار مسجَّل بشأنها\n"
              "الموقِّعون (العضو:المفتاح): 6:0، 6:1\n");
}

TEST(PeopleText, NamesMembersThatAreKnown) {
    const KnownMembers known{
        {6, {{{}, "جامعة تونس", "University of Tunis", "Université de Tunis"}, {{0, "dean"}}}}};
    const Json json =
        Json::object()
            .set("awarding",
                 Json::array().push(Json::object().set("institution", 6).set("accreditation", 6)))
            .set("parent", 7)
            .set("signers", Json::array()
                                .push(Json::object().set("member", 6).set("ordinal", 0))
                                .push(Json::object().set("member", 6).set("ordinal", 1))
                                .push(Json::object().set("member", 7).set("ordinal", 0)));
    EXPECT_EQ(people_text(json, Language::kEnglish, known),
              "Awarding:\n"
              "  - Institution: University of Tunis (6)\n"
              "    Accreditation: 6\n"
              "Parent: 7\n"
              "Signers (member:key): dean – University of Tunis (6:0), University of Tunis (6:1), "
              "7:0\n");
    EXPECT_EQ(people_text(Json::object().set("by", 6), Language::kArabic, known),
              "بواسطة: \u2068جامعة تونس\u2069 (6)\n");
}

TEST(KnownMembers, AreThoseThatJsonNamesByNumber) {
    const Json json = Json::object()
                          .set("number", 1)
                          .set("state", "suspended")
                          .set("others", Json::array().push(4).push(5))
                          .set("entry", Json::object().set("authority", 2).set("ordinal", 3));
    EXPECT_EQ(members_named_in(json), (std::set<std::int64_t>{2, 4, 5}));
}

TEST(KnownMembers, AreReadWithTheRolesOfTheirKeys) {
    const auto name = [](const char* english) {
        return Json::object().set("ar", "أ").set("en", english).set("fr", "F");
    };
    const Json member =
        Json::object()
            .set("names", Json::array()
                              .push(name("Old").set("from", "1959-01-01"))
                              .push(name("New").set("from", "2027-09-01")))
            .set("keys",
                 Json::array().push(Json::object().set("ordinal", 2).set("role", "registrar")));
    const Day new_name = *parse_day("2027-09-01");
    const auto known = read_known_member(member, new_name);
    ASSERT_TRUE(known);
    EXPECT_EQ(known->name.en, "New");
    EXPECT_EQ(read_known_member(member, {new_name.days - 1})->name.en, "Old");
    EXPECT_EQ(known->roles, (std::map<std::int64_t, std::string>{{2, "registrar"}}));
    EXPECT_FALSE(read_known_member(Json::object().set("names", Json::array()), new_name));
}

// ------------------------------------------------------------------ the verdict
verify::Verdict suspended_verdict() {
    using namespace verify;
    Verdict verdict;
    verdict.headline = Headline::kSuspended;
    verdict.test_ledger = true;
    verdict.stale = true;
    verdict.checks = {{Check::kWellFormed, Outcome::kPassed, Code::kNone},
                      {Check::kPage, Outcome::kNotChecked, Code::kNotNeeded},
                      {Check::kStatus, Outcome::kFailed, Code::kStatusInForce}};
    Subject& subject = verdict.subject;
    subject.index = wire::LogIndex{1'234'567};
    subject.issuer_name =
        wire::Name{{}, "جامعة تونس", "University of Tunis", "Université de Tunis"};
    subject.authority_name = wire::Name{{}, "الوزارة", "Ministry", "Ministère"};
    subject.state = "TN";
    subject.recorded_at = parse_instant("2026-07-01T09:05:00Z");
    subject.as_of = parse_instant("2026-07-02T10:00:00Z");
    subject.cosigners = {"TN", "EG"};
    subject.decisions = {{wire::StatusState::kSuspended,
                          {1'234'600},
                          false,
                          {{6}, {8}},
                          parse_instant("2026-07-02T08:00:00Z"),
                          std::nullopt}};
    subject.known_members = {{{6}, *subject.authority_name}};
    return verdict;
}

TEST(VerdictText, SaysTheSameInThreeLanguages) {
    EXPECT_EQ(verdict_text(suspended_verdict(), {}, Language::kEnglish),
              "This certificate is suspended.\n"
              "  Recorded on a TEST ledger: of no official value.\n"
              "  Issued by University of Tunis.\n"
              "  Accredited by Ministry (Tunisia).\n"
              "  Number on the ledger: 1234567.\n"
              "  Recorded on 1 July 2026 09:05 UTC.\n"
              "  Suspended by Ministry, member number 8 (entry 1234600).\n"
              "  In effect since 2 July 2026 08:00 UTC.\n"
              "  Ledger confirmed by: Tunisia, Egypt.\n"
              "  The evidence is older than 24 hours: status as of 2 July 2026 10:00 UTC.\n"
              "  What failed\n"
              "    · In force: No, suspended.\n");
    EXPECT_EQ(
        verdict_text(suspended_verdict(), {}, Language::kFrench),
        "Ce certificat est suspendu.\n"
        "  Enregistré sur un registre d’ESSAI : sans valeur officielle.\n"
        "  Établissement : Université de Tunis.\n"
        "  Habilitation : Ministère (Tunisie).\n"
        "  Numéro au registre : 1234567.\n"
        "  Enregistré le 1er juillet 2026 à 09\u00A0h\u00A005\u00A0UTC.\n"
        "  Suspendu par Ministère, membre n° 8 (écriture n° 1234600).\n"
        "  En vigueur depuis le 2 juillet 2026 à 08\u00A0h\u00A000\u00A0UTC.\n"
        "  Registre confirmé par : Tunisie, Égypte.\n"
        "  Preuve de plus de 24 heures : statut au 2 juillet 2026 à 10\u00A0h\u00A000\u00A0UTC.\n"
        "  Ce qui n’est pas conforme\n"
        "    · En vigueur\u00A0: Non, suspendu.\n");
    EXPECT_EQ(verdict_text(suspended_verdict(), {}, Language::kArabic),
              "هذه الشهادة موقوفة مؤقتًا.\n"
              "  مسجَّلة على سجل تجريبي: لا قيمة رسمية لها.\n"
              "  الجهة المُصدِرة: \u2068جامعة تونس\u2069.\n"
              "  معتمدة من \u2068الوزارة\u2069 (\u2068تونس\u2069).\n"
              "  رقم الشهادة في السجل: \u20681234567\u2069.\n"
              "  سُجِّلت في \u2068\u20682026/07/01\u2069 \u206809:05 UTC\u2069\u2069.\n"
              "  أُوقفت، بقرار من \u2068الوزارة، العضو رقم \u20688\u2069\u2069 (التدوينة رقم "
              "\u20681234600\u2069).\n"
              "  يسري ذلك منذ \u2068\u20682026/07/02\u2069 \u206808:00 UTC\u2069\u2069.\n"
              "  صدّقت على السجل: \u2068تونس، مصر\u2069.\n"
              "  الدليل أقدم من 24 ساعة: الحالة كما كانت في \u2068\u20682026/07/02\u2069 "
              "\u206810:00 UTC\u2069\u2069.\n"
              "  ما لم يصحّ\n"
              "    · سارية: لا، موقوفة.\n");
}

TEST(VerdictText, SaysOnceThatNothingElseWasCheckedOfAFileThatIsNoCertificate) {
    verify::Verdict verdict;
    verdict.checks = {
        {verify::Check::kWellFormed, verify::Outcome::kFailed, verify::Code::kDocumentNotJson},
        {verify::Check::kIntegrity, verify::Outcome::kNotChecked,
         verify::Code::kEarlierCheckFailed},
        {verify::Check::kPage, verify::Outcome::kNotChecked, verify::Code::kNotNeeded}};
    EXPECT_EQ(verdict_text(verdict, {}, Language::kEnglish),
              "This document could not be checked. That does not mean it is false.\n"
              "  What failed\n"
              "    · Well-formed: The file is not readable JSON.\n"
              "  Nothing else was checked.\n"
              "  A certificate is checked from two files, credential.json and evidence.json; a PDF "
              "or a picture cannot be checked.\n");
    verdict.checks.front() = {verify::Check::kWellFormed, verify::Outcome::kNotChecked,
                              verify::Code::kEvidenceMissing};
    EXPECT_EQ(verdict_text(verdict, {}, Language::kEnglish),
              "This document could not be checked. That does not mean it is false.\n"
              "    · Well-formed: There is no evidence beside it (evidence.json).\n"
              "  Nothing else was checked.\n"
              "  A certificate is checked from two files, credential.json and evidence.json; a PDF "
              "or a picture cannot be checked.\n");
}

}  // namespace
}  // namespace tasdiq::cli
