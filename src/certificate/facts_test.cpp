#include "certificate/example_test.hpp"
#include "codec/cbor.hpp"
#include "crypto/domains.hpp"

namespace tasdiq::certificate {
namespace {

constexpr std::string_view kGrade = "/credentialSubject/grade";
constexpr std::string_view kCourse1 = "/credentialSubject/courses/1";

wire::ShownFacts shown(std::initializer_list<std::string_view> pointers,
                       const Record& record = transcript()) {
    auto facts = open_facts(make(record), terms_of(record), secret(), pointers);
    EXPECT_TRUE(facts) << to_string(facts.error().error) << facts.error().where;
    return facts ? *std::move(facts) : wire::ShownFacts{};
}

wire::Commitment commitment(const Record& record = transcript()) {
    return commit(make(record), terms_of(record), secret());
}

TEST(Facts, ShowWhatWasChosenAndNoMore) {
    const auto facts = verify_facts(commitment(), shown({kGrade, kCourse1, kGrade}));
    ASSERT_TRUE(facts) << to_string(facts.error().error);
    ASSERT_EQ(facts->facts().size(), 2);
    EXPECT_EQ(facts->facts()[0].pointer, kCourse1);
    EXPECT_EQ(facts->facts()[0].value.find("code")->as_string(), "MAT102");
    EXPECT_EQ(codec::to_jcs(facts->facts()[1].value), R"({"scale":"20","value":"16.42"})");
    EXPECT_EQ(facts->facts_count(), make(transcript()).claims().size());
    EXPECT_EQ(facts->terms(), terms_of(transcript()));
    EXPECT_EQ(facts->valid_until(), parse_day("2036-06-30"));
    EXPECT_EQ(facts->course_count(), 3);
}

TEST(Facts, ShowAllItemsOfAnArray) {
    const auto facts = verify_facts(commitment(), shown({"/credentialSubject/courses/*"}));
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->facts().size(), 3);
}

TEST(Facts, VerifyForEveryChoiceOfOne) {
    for (const Record& record : {diploma(), transcript(), equivalency(), apostille()}) {
        for (const Claim& claim : make(record).claims()) {
            const std::string pointer = to_pointer(claim.id);
            const auto facts = verify_facts(commitment(record), shown({pointer}, record));
            ASSERT_TRUE(facts) << pointer;
            EXPECT_EQ(facts->facts().front().claim, claim.id);
        }
    }
    const auto none = verify_facts(commitment(), shown({}));
    ASSERT_TRUE(none);
    EXPECT_TRUE(none->facts().empty());
}

TEST(OpenFacts, RefusesWhatIsNotThere) {
    const auto refusal = [](std::string_view pointer) {
        const std::string_view pointers[] = {kGrade, pointer};
        return open_facts(make(diploma()), terms_of(diploma()), secret(), pointers).error();
    };
    const auto unknown = [](std::string_view pointer) {
        return FactsFault{FactsError::kUnknownPointer, std::string{pointer}};
    };
    const auto absent = [](std::string_view pointer) {
        return FactsFault{FactsError::kNotPresent, std::string{pointer}};
    };
    EXPECT_EQ(refusal("/type"), unknown("/type"));
    EXPECT_EQ(refusal("/issuer/id"), unknown("/issuer/id"));
    EXPECT_EQ(refusal("/validUntil"), absent("/validUntil"));
    EXPECT_EQ(refusal(kCourse1), absent(kCourse1));
    EXPECT_EQ(refusal("/credentialSubject/courses/*"), absent("/credentialSubject/courses/*"));
}

TEST(VerifyFacts, RefusesEveryFlippedBit) {
    const wire::ShownFacts good = shown({kGrade, kCourse1});
    const auto expect_refused = [](const wire::ShownFacts& facts, const char* part,
                                   std::size_t at) {
        EXPECT_FALSE(verify_facts(commitment(), facts)) << part << " byte " << at;
    };
    wire::ShownFacts facts = good;
    const auto flip_bytes = [&](Bytes& bytes, const char* part) {
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] ^= 0x10;
            expect_refused(facts, part, i);
            bytes[i] ^= 0x10;
        }
    };
    const auto flip_path = [&](std::vector<merkle::MerkleHash>& path, const char* part) {
        for (merkle::MerkleHash& hash : path) {
            for (std::size_t i = 0; i < 32; ++i) {
                hash.mutable_view()[i] ^= 1;
                expect_refused(facts, part, i);
                hash.mutable_view()[i] ^= 1;
            }
        }
    };
    flip_bytes(facts.header, "header");
    flip_path(facts.header_path, "header path");
    for (wire::ShownClaim& claim : facts.claims) {
        flip_bytes(claim.leaf, "claim");
        flip_path(claim.path, "claim path");
    }
    ASSERT_TRUE(verify_facts(commitment(), facts));
    wire::Commitment other = commitment();
    for (std::uint8_t& byte : other.mutable_view()) {
        byte ^= 1;
        EXPECT_FALSE(verify_facts(other, facts));
        byte ^= 1;
    }
}

/// A header-leaf with these parts, salted with zeros.
Bytes header(std::uint64_t version, const Bytes& bitmap, std::uint64_t courses,
             const wire::Terms& terms = terms_of(transcript())) {
    return codec::CborWriter{}
        .array(7)
        .text(crypto::kHeaderDomain)
        .encoded(wire::encode(terms))
        .null()
        .uint(version)
        .bytes(bitmap)
        .uint(courses)
        .bytes(Bytes(16))
        .take();
}

Bytes claim(std::string_view pointer, std::string_view value) {
    return codec::CborWriter{}
        .array(4)
        .text(crypto::kClaimDomain)
        .text(pointer)
        .text(value)
        .bytes(Bytes(16))
        .take();
}

const Bytes kNoCourses{0x80, 0, 0, 0};
const Bytes kCourses{0x80, 0x80, 0, 0};

struct Rejected {
    const char* why;
    void (*break_it)(wire::ShownFacts& facts);
    FactsError error;
    const char* where;
};

// In the order of the checks. Whatever is put together here is under no commitment at all, so that
// each row commits the last offences too.
const Rejected kRejected[] = {
    {"HeaderIsNoCbor", [](auto& f) { f.header.push_back(0); }, FactsError::kHeader, ""},
    {"HeaderIsAClaim", [](auto& f) { f.header = f.claims[0].leaf; }, FactsError::kHeader, ""},
    {"HeaderOfOtherTerms",
     [](auto& f) {
         f.header = codec::CborWriter{}.array(7).text(crypto::kHeaderDomain).uint(1).take();
     },
     FactsError::kHeader, ""},
    {"HeaderOfManyCourses", [](auto& f) { f.header = header(1, kCourses, 1ULL << 32); },
     FactsError::kHeader, ""},
    {"NewerTable", [](auto& f) { f.header = header(2, {}, 0); }, FactsError::kTableVersion, ""},
    {"ShortBitmap", [](auto& f) { f.header = header(1, {0x80, 0, 0}, 0); }, FactsError::kBitmap,
     ""},
    {"BitBehindTheTable", [](auto& f) { f.header = header(1, {0x80, 0, 0, 1}, 0); },
     FactsError::kBitmap, ""},
    {"CoursesWithoutBit", [](auto& f) { f.header = header(1, kNoCourses, 1); }, FactsError::kBitmap,
     ""},
    {"BitWithoutCourses", [](auto& f) { f.header = header(1, kCourses, 0); }, FactsError::kBitmap,
     ""},
    {"CoursesInADegree", [](auto& f) { f.header = header(1, kCourses, 1, terms_of(diploma())); },
     FactsError::kBitmap, ""},
    {"AttestationInAnEquivalency",
     [](auto& f) { f.header = header(1, {0x10, 0, 0, 0}, 0, terms_of(equivalency())); },
     FactsError::kBitmap, ""},
    {"BitBehindTheTableOfAuthorities",
     [](auto& f) { f.header = header(1, {0x80, 0, 1, 0}, 0, terms_of(equivalency())); },
     FactsError::kBitmap, ""},
    {"CoursesInAnEquivalency",
     [](auto& f) { f.header = header(1, {0x80, 0x80, 0, 0}, 1, terms_of(equivalency())); },
     FactsError::kBitmap, ""},
    {"FewLeaves", [](auto& f) { f.leaf_count = 10; }, FactsError::kLeafCount, ""},
    {"FewLeavesForCourses", [](auto& f) { f.header = header(1, kCourses, 1000); },
     FactsError::kLeafCount, ""},
    {"ManyLeaves", [](auto& f) { f.leaf_count = (1 << 20) + 1; }, FactsError::kLeafCount, ""},
    {"ClaimIsNoCbor", [](auto& f) { f.claims[1].leaf.push_back(0); }, FactsError::kClaim, "1"},
    {"ClaimIsTheHeader", [](auto& f) { f.claims[0].leaf = f.header; }, FactsError::kClaim, "0"},
    {"PointerIsNone", [](auto& f) { f.claims[0].leaf = claim("/x", "1"); }, FactsError::kPointer,
     "/x"},
    {"PointerNotPresent", [](auto& f) { f.claims[0].leaf = claim("/credentialStatus/0", "{}"); },
     FactsError::kPointer, "/credentialStatus/0"},
    {"CourseBehindTheLast",
     [](auto& f) { f.claims[0].leaf = claim("/credentialSubject/courses/3", "{}"); },
     FactsError::kPointer, "/credentialSubject/courses/3"},
    {"ValueIsNoJson", [](auto& f) { f.claims[1].leaf = claim(kGrade, "{"); }, FactsError::kValue,
     "/credentialSubject/grade"},
    {"ValueIsNotCanonical", [](auto& f) { f.claims[1].leaf = claim(kGrade, R"("a" )"); },
     FactsError::kValue, "/credentialSubject/grade"},
    {"LeafOfTheHeader", [](auto& f) { f.claims[0].leaf_index = 1; }, FactsError::kClaimOrder,
     "/credentialSubject/courses/1"},
    {"LeafBehindTheLast", [](auto& f) { f.claims[1].leaf_index = f.leaf_count; },
     FactsError::kClaimOrder, "/credentialSubject/grade"},
    {"Descending", [](auto& f) { std::swap(f.claims[0], f.claims[1]); }, FactsError::kClaimOrder,
     "/credentialSubject/courses/1"},
    {"Twice", [](auto& f) { f.claims[1] = f.claims[0]; }, FactsError::kClaimOrder,
     "/credentialSubject/courses/1"},
    {"RowsDescend", [](auto& f) { std::swap(f.claims[0].leaf, f.claims[1].leaf); },
     FactsError::kClaimOrder, "/credentialSubject/courses/1"},
    {"ShortHeaderPath", [](auto& f) { f.header_path.pop_back(); }, FactsError::kPath, ""},
    {"OtherLeaf", [](auto& f) { f.claims[1].leaf_index += 1; }, FactsError::kPath,
     "/credentialSubject/grade"},
    {"OtherValue", [](auto& f) { f.claims[1].leaf = claim(kGrade, "1"); }, FactsError::kPath,
     "/credentialSubject/grade"},
    {"OtherLeafCount", [](auto& f) { f.leaf_count -= 1; }, FactsError::kCommitment, ""},
};

class VerifyFactsRejects : public testing::TestWithParam<Rejected> {};

TEST_P(VerifyFactsRejects, ForTheFirstReason) {
    wire::ShownFacts facts = shown({kGrade, kCourse1});
    GetParam().break_it(facts);
    const auto result = verify_facts(commitment(), facts);
    ASSERT_FALSE(result);
    EXPECT_EQ(to_string(result.error().error), to_string(GetParam().error));
    EXPECT_EQ(result.error().where, GetParam().where);
}

INSTANTIATE_TEST_SUITE_P(All, VerifyFactsRejects, testing::ValuesIn(kRejected),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(VerifyFacts, RefusesFactsOfAnotherCertificate) {
    Record other = transcript();
    other.award.grade = Grade{"19", "20"};
    EXPECT_EQ(verify_facts(commitment(other), shown({kGrade})).error(),
              (FactsFault{FactsError::kCommitment, ""}));
    // One fact of theirs among ours.
    wire::ShownFacts facts = shown({kGrade, kCourse1});
    facts.claims[1] = shown({kGrade, kCourse1}, other).claims[1];
    EXPECT_EQ(verify_facts(commitment(), facts).error().error, FactsError::kPath);
}

}  // namespace
}  // namespace tasdiq::certificate
