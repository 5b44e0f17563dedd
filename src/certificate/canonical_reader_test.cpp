#include "certificate/canonical_reader.hpp"

#include "certificate/example_test.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;

constexpr std::string_view kProof = R"({"a\\":["}\"",{"b":1}],"type":"X"})";

/// What the strict reader makes of a file.
Result<SecuredCredential, ClaimsFault> read_strictly(std::string_view text) {
    const auto document = codec::parse_json(text);
    if (!document) return std::unexpected{ClaimsFault{ClaimsError::kJson, ""}};
    auto credential = read_credential(*document);
    if (!credential) return std::unexpected{credential.error()};
    const Json* const proof = document->find("proof");
    if (proof == nullptr) return SecuredCredential{*std::move(credential), {}};
    return SecuredCredential{*std::move(credential), codec::to_jcs(*proof)};
}

void expect_same(std::string_view text) {
    const auto quick = read_secured(as_bytes(text));
    const auto strict = read_strictly(text);
    ASSERT_EQ(quick.has_value(), strict.has_value()) << text;
    if (!strict) {
        EXPECT_EQ(quick.error(), strict.error()) << text;
        return;
    }
    EXPECT_EQ(quick->proof, strict->proof) << text;
    EXPECT_EQ(quick->credential.text(), strict->credential.text());
    EXPECT_EQ(quick->credential.hash(), strict->credential.hash());
    EXPECT_EQ(quick->credential.claims(), strict->credential.claims());
    EXPECT_EQ(quick->credential.with_proof("1"), strict->credential.with_proof("1"));
    EXPECT_EQ(quick->credential.type(), strict->credential.type());
    EXPECT_EQ(quick->credential.valid_until(), strict->credential.valid_until());
    EXPECT_EQ(quick->credential.course_count(), strict->credential.course_count());
}

TEST(ReadCanonical, TakesWhatIsIssued) {
    for (const Record& record : {diploma(), transcript(), equivalency(), apostille()}) {
        const CanonicalCredential made = make(record);
        EXPECT_TRUE(read_canonical(made.text()));
        const std::string secured = made.with_proof(kProof);
        const auto canonical = read_canonical(secured);
        ASSERT_TRUE(canonical);
        EXPECT_EQ(canonical->proof, kProof);
        EXPECT_EQ(canonical->credential.text(), made.text());
        EXPECT_EQ(canonical->credential.claims(), made.claims());
        expect_same(made.text());
        expect_same(secured);
    }
}

TEST(ReadSecured, TakesAnyLayout) {
    const std::string page = fenced("credential.md", "json credential");
    EXPECT_FALSE(read_canonical(page));
    expect_same(page);
    const auto read = read_secured(as_bytes(page));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->credential.text(), make(diploma()).text());
    EXPECT_FALSE(read->proof);
}

TEST(ReadSecured, ReadsChangedBytesAsTheStrictReaderDoes) {
    const std::string good = make(transcript()).with_proof(kProof);
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char c : {'"', '0', at % 2 == 0 ? '\\' : '}'}) {
            std::string text = good;
            text[at] = c;
            expect_same(text);
        }
        std::string text = good;
        expect_same(text.erase(at, 1));
    }
}

TEST(ReadSecured, ReadsPiecesAsTheStrictReaderDoes) {
    const std::string good = make(transcript()).with_proof(kProof);
    const std::pair<std::string_view, std::string_view> changes[] = {
        {"\"site\":1", "\"site\":-0"},
        {"\"site\":1", "\"site\":01"},
        {"\"site\":1", "\"site\":-1"},
        {"\"site\":1", "\"site\":1e0"},
        {"\"site\":1", "\"site\":9007199254740991"},
        {"\"site\":1", "\"site\":9007199254740992"},
        {"Sfax", "S\\u0066ax"},
        {"Sfax", "S\\/fax"},
        {"Sfax", "S\\\\fax"},
        {"Sfax", "S\xC3(fax"},
        {"Sfax",
         "S\x7F"
         "fax"},
        {"\"S1\"", "\"S\\n1\""},
        {",\"proof\":", ",\"proof\":[],\"proof\":"},
        {"ledger.example%3A8480:i:7\",\"name", "l\",\"name"},
    };
    for (const auto& [find, put] : changes) {
        std::string text = good;
        const std::size_t at = text.find(find);
        ASSERT_NE(at, std::string::npos) << find;
        expect_same(text.replace(at, find.size(), put));
    }
    for (std::size_t size = 0; size < good.size(); size += 7) expect_same(good.substr(0, size));
}

TEST(ReadSecured, RefusesWhatIsTooLargeOrNoJson) {
    const std::string large(kSecuredSizeMax + 1, ' ');
    EXPECT_EQ(read_secured(as_bytes(large)).error(), (ClaimsFault{ClaimsError::kTooLarge, ""}));
    EXPECT_EQ(read_secured(as_bytes("{")).error(), (ClaimsFault{ClaimsError::kJson, ""}));
    EXPECT_EQ(read_secured({}).error(), (ClaimsFault{ClaimsError::kJson, ""}));
}

}  // namespace
}  // namespace tasdiq::certificate
