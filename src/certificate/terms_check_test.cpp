#include "certificate/terms_check.hpp"

#include "certificate/example_test.hpp"
#include "certificate/leaves.hpp"

namespace tasdiq::certificate {
namespace {

CanonicalCredential read(const std::string& text) {
    auto credential = read_credential(parse(text));
    EXPECT_TRUE(credential) << credential.error().pointer;
    return *std::move(credential);
}

TEST(CheckDocumentTerms, TakesWhatWasMadeFromThem) {
    for (const Record& record : {diploma(), transcript(), equivalency(), apostille()}) {
        LedgerFacts ledger = ledger_of(record);
        EXPECT_TRUE(check_document_terms(make(record), ledger));
        ledger.programme.reset();
        EXPECT_TRUE(check_document_terms(make(record), ledger));
    }
}

struct Differs {
    const char* why;
    void (*change)(LedgerFacts& ledger);
    TermsError error;
    const char* pointer;
};

constexpr const char* kAchievement = "/credentialSubject/achievement";

const Differs kDiffers[] = {
    {"Issuer", [](auto& l) { l.terms.awarding[0].institution = {6}; }, TermsError::kIssuer,
     "/issuer"},
    {"Host", [](auto& l) { l.host = "other.example"; }, TermsError::kIssuer, "/issuer"},
    {"IssuerNameAr", [](auto& l) { l.issuer.ar += "x"; }, TermsError::kIssuerName, "/issuer"},
    {"IssuerNameEn", [](auto& l) { l.issuer.en += "x"; }, TermsError::kIssuerName, "/issuer"},
    {"IssuerNameFr", [](auto& l) { l.issuer.fr += "x"; }, TermsError::kIssuerName, "/issuer"},
    {"Type", [](auto& l) { l.terms.type = wire::CertificateType::kSupplement; }, TermsError::kType,
     "/credentialSubject/achievement/certificateType"},
    {"Level", [](auto& l) { l.terms.level = 7; }, TermsError::kLevel,
     "/credentialSubject/achievement/iscedLevel"},
    {"Field", [](auto& l) { l.terms.field = 612; }, TermsError::kField,
     "/credentialSubject/achievement/iscedField"},
    {"Programme", [](auto& l) { l.terms.programme = "INF-L4"; }, TermsError::kProgramme,
     "/credentialSubject/achievement/programme"},
    {"NoProgramme", [](auto& l) { l.terms.programme.reset(); }, TermsError::kProgramme,
     "/credentialSubject/achievement/programme"},
    {"TitleAr", [](auto& l) { l.programme->ar += "x"; }, TermsError::kProgramme,
     "/credentialSubject/achievement/nameAr"},
    {"TitleEn", [](auto& l) { l.programme->en += "x"; }, TermsError::kProgramme, "/name"},
    {"Date", [](auto& l) { l.terms.awarded_on.days += 1; }, TermsError::kDate, "/awardedDate"},
    {"Capture", [](auto& l) { l.terms.capture = wire::Capture::kLate; }, TermsError::kCapture,
     "/credentialSubject/capture"},
    {"Mode", [](auto& l) { l.terms.mode = wire::Mode::kDistance; }, TermsError::kMode,
     "/credentialSubject/mode"},
    {"Partners", [](auto& l) { l.terms.awarding.pop_back(); }, TermsError::kOther, kAchievement},
    {"Intake", [](auto& l) { l.terms.intake->days += 1; }, TermsError::kOther,
     "/credentialSubject/intake"},
    {"NoIntake", [](auto& l) { l.terms.intake.reset(); }, TermsError::kOther,
     "/credentialSubject/intake"},
    {"Site", [](auto& l) { l.terms.site = 2; }, TermsError::kOther, "/credentialSubject/site"},
};

class CheckDocumentTermsRefuses : public testing::TestWithParam<Differs> {};

TEST_P(CheckDocumentTermsRefuses, AnotherLedger) {
    LedgerFacts ledger = ledger_of(transcript());
    GetParam().change(ledger);
    const auto result = check_document_terms(make(transcript()), ledger);
    ASSERT_FALSE(result);
    EXPECT_EQ(to_string(result.error().error), to_string(GetParam().error));
    EXPECT_EQ(result.error().pointer, GetParam().pointer);
}

INSTANTIATE_TEST_SUITE_P(All, CheckDocumentTermsRefuses, testing::ValuesIn(kDiffers),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(CheckDocumentTerms, SaysTheFirstOfAllDifferences) {
    LedgerFacts ledger = ledger_of(transcript());
    for (auto row = std::rbegin(kDiffers); row != std::rend(kDiffers); ++row) {
        if (row->error == TermsError::kProgramme && !ledger.terms.programme) continue;
        if (row->error == TermsError::kOther && !ledger.terms.intake) ledger.terms.intake = Day{};
        row->change(ledger);
        EXPECT_EQ(check_document_terms(make(transcript()), ledger).error().error, row->error)
            << row->why;
    }
}

struct Forged {
    const char* why;
    const char* find;
    const char* put;
    TermsError error;
};

// What does not stand in terms, but follows from them.
constexpr Forged kForged[] = {
    {"Description", "ISCED 2011 level 6,", "ISCED 2011 level 8,", TermsError::kOther},
    {"AchievementId", "#transcript-6", "#degree-6", TermsError::kOther},
    {"Narrative", "were met.", "were met with distinction.", TermsError::kOther},
    {"AchievementType", "ext:Transcript", "DoctoralDegree", TermsError::kType},
    {"FieldOfStudy", "ISCED-F 2013 0613", "ISCED-F 2013 0912", TermsError::kField},
    {"ValidFrom", R"("validFrom":"2026-06-30)", R"("validFrom":"2025-06-30)", TermsError::kDate},
    {"IssuerName", R"("name":"University of Sfax")", R"("name":"University of Oxford")",
     TermsError::kIssuerName},
    {"Name", R"("name":"Bachelor of Computer Science","type":["Ver)",
     R"("name":"Doctor of Computer Science","type":["Ver)", TermsError::kProgramme},
};

class CheckDocumentTermsFinds : public testing::TestWithParam<Forged> {};

TEST_P(CheckDocumentTermsFinds, WhatDoesNotFollow) {
    for (const bool has_programme_record : {true, false}) {
        std::string text = make(transcript()).text();
        const std::size_t at = text.find(GetParam().find);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, std::string_view{GetParam().find}.size(), GetParam().put);
        LedgerFacts ledger = ledger_of(transcript());
        if (!has_programme_record) ledger.programme.reset();
        const auto result = check_document_terms(read(text), ledger);
        ASSERT_FALSE(result);
        EXPECT_EQ(to_string(result.error().error), to_string(GetParam().error));
    }
}

INSTANTIATE_TEST_SUITE_P(All, CheckDocumentTermsFinds, testing::ValuesIn(kForged),
                         [](const auto& row) { return std::string{row.param.why}; });

// ------------------------------------------------------------------ shown facts
VerifiedFacts facts_of(const Record& record, std::vector<std::string_view> pointers) {
    const CanonicalCredential credential = make(record);
    const auto shown = open_facts(credential, terms_of(record), secret(), pointers);
    EXPECT_TRUE(shown);
    auto facts = verify_facts(commit(credential, terms_of(record), secret()), *shown);
    EXPECT_TRUE(facts);
    return *std::move(facts);
}

TEST(CheckFactsTerms, LooksAtWhatIsShown) {
    const LedgerFacts ledger = ledger_of(transcript());
    for (const Claim& claim : make(transcript()).claims()) {
        const std::string pointer = to_pointer(claim.id);
        EXPECT_TRUE(check_facts_terms(facts_of(transcript(), {pointer}), ledger)) << pointer;
    }
    EXPECT_TRUE(check_facts_terms(facts_of(transcript(), {}), ledger));

    LedgerFacts renamed = ledger;
    renamed.issuer.fr = "Autre";
    renamed.programme->en = "Other";
    EXPECT_TRUE(check_facts_terms(facts_of(transcript(), {"/id"}), renamed));
    EXPECT_EQ(check_facts_terms(facts_of(transcript(), {"/issuer"}), renamed).error().error,
              TermsError::kIssuerName);
    EXPECT_EQ(check_facts_terms(facts_of(transcript(), {"/name"}), renamed).error(),
              (TermsFault{TermsError::kProgramme, "/name"}));
}

TEST(CheckFactsTerms, RefusesOtherTermsThanTheEntrys) {
    LedgerFacts ledger = ledger_of(transcript());
    ledger.terms.site = 9;
    ledger.issuer.ar = "غيرها";
    EXPECT_EQ(check_facts_terms(facts_of(transcript(), {"/issuer"}), ledger).error(),
              (TermsFault{TermsError::kTerms, ""}));
}

/// The root of `leaves`, and the path of the leaf `index` in `path`. Spec: RFC 9162 §2.1.3.1.
merkle::MerkleHash root_and_path(std::span<const merkle::MerkleHash> leaves, std::size_t index,
                                 std::vector<merkle::MerkleHash>& path) {
    if (leaves.size() == 1) return leaves[0];
    std::size_t left = 1;
    while (left * 2 < leaves.size()) left *= 2;
    std::vector<merkle::MerkleHash> elsewhere;
    const bool on_left = index < left;
    const auto a =
        root_and_path(leaves.first(left), on_left ? index : 0, on_left ? path : elsewhere);
    const auto b =
        root_and_path(leaves.subspan(left), on_left ? 0 : index - left, on_left ? elsewhere : path);
    path.push_back(on_left ? b : a);
    return merkle::hash_node(a, b);
}

TEST(CheckFactsTerms, HoldsValidUntilAgainstTheHeader) {
    // A forger's commitment: the header of one credential, the last claim of another.
    Record longer = transcript();
    longer.valid_until = parse_day("2099-12-31");
    std::vector<Bytes> leaves, others;
    const auto collect = [](std::vector<Bytes>& to) {
        return [&to](ByteView leaf) { to.push_back(to_bytes(leaf)); };
    };
    for_each_leaf(make(transcript()), terms_of(transcript()), secret(), collect(leaves));
    for_each_leaf(make(longer), terms_of(longer), secret(), collect(others));
    leaves.back() = others.back();
    std::vector<merkle::MerkleHash> hashes;
    for (const Bytes& leaf : leaves) hashes.push_back(merkle::hash_leaf(leaf));
    wire::ShownFacts shown{leaves.size(), leaves[0], {}, {{leaves.size() - 1, leaves.back(), {}}}};
    root_and_path(hashes, 0, shown.header_path);
    const auto root = root_and_path(hashes, hashes.size() - 1, shown.claims[0].path);
    const auto facts = verify_facts(commitment_of(leaves.size(), root), shown);
    ASSERT_TRUE(facts) << to_string(facts.error().error);
    EXPECT_EQ(check_facts_terms(*facts, ledger_of(transcript())).error(),
              (TermsFault{TermsError::kValidUntil, "/validUntil"}));
}

}  // namespace
}  // namespace tasdiq::certificate
