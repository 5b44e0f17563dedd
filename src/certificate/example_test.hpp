#pragma once

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

#include "certificate/commitment.hpp"
#include "certificate/make.hpp"
#include "certificate/terms_check.hpp"
#include "codec/jcs.hpp"

// For this folder's tests: the example that docs/formats tells, and one with everything in it.
namespace tasdiq::certificate {

/// A page of docs/formats.
inline std::string read_page(const std::string& name) {
    std::ifstream file{std::string{TASDIQ_SOURCE_DIR} + "/docs/formats/" + name, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// What stands in the page's block that is fenced with "```<label>".
inline std::string fenced(const std::string& page, const std::string& label) {
    const std::string text = read_page(page);
    const std::string open = "```" + label + "\n";
    const std::size_t begin = text.find(open);
    EXPECT_NE(begin, std::string::npos) << page << " has no block " << label;
    if (begin == std::string::npos) return {};
    const std::size_t start = begin + open.size();
    return text.substr(start, text.find("```", start) - start);
}

inline codec::Json parse(std::string_view text) {
    auto json = codec::parse_json(text);
    EXPECT_TRUE(json) << text;
    return json ? *std::move(json) : codec::Json{};
}

inline Record diploma() {
    auto record = parse_record(as_bytes(fenced("record.md", "json record")));
    EXPECT_TRUE(record);
    return record ? *std::move(record) : Record{};
}

/// A transcript in which every member of the format is present.
inline Record transcript() {
    Record record = diploma();
    record.award.type = wire::CertificateType::kTranscript;
    record.award.awarded_with = {{8}, {12}};
    record.holder.names.push_back({"Emira \"Mira\" Trabelsi\\", Script::kLatn});
    record.holder.names.push_back({"ⴰⵎⵉⵔⴰ", Script::kTfng});
    record.holder.birth_place.push_back({"ⵚⴼⴰⵇⵙ", Script::kTfng});
    record.courses = {
        {"INF101", "خوارزميّات", "Algorithms", "Algorithmique", Credits{"6", "ECTS"},
         Grade{"15.5", "20"}, "S1"},
        {"MAT102", "جبر", "", "Algèbre", Credits{"4.5", "ECTS"}, std::nullopt, std::nullopt},
        {"ENG103", "", "English", "", std::nullopt, Grade{"20", "20"}, "S2"}};
    record.valid_until = parse_day("2036-06-30");
    return record;
}

/// The equivalency that docs/formats/equivalency.md tells: of a document, with all that it can
/// have.
inline Record equivalency() {
    auto record = parse_record(as_bytes(fenced("equivalency.md", "json record")));
    EXPECT_TRUE(record) << record.error().field;
    return record ? *std::move(record) : Record{};
}

/// An apostille on a certificate of the ledger.
inline Record apostille() {
    Record record = equivalency();
    record.award.type = wire::CertificateType::kAttestation;
    record.document.reset();
    record.equivalency.reset();
    record.target = Target{{4711}, "ledger.example:8480/arab/4554ec892350b428aba030d5809c4719"};
    record.attestation = Attestation{AttestationKind::kApostille,
                                     "APO-2026/17",
                                     *parse_day("2026-05-20"),
                                     {"تونس", "Tunis", ""},
                                     {"", "Rector \"ad interim\"", "Recteur"}};
    return record;
}

/// The pointers of the type's table, as claims.md has them.
inline std::vector<std::string> table_of_page(wire::CertificateType type) {
    std::string page = read_page("claims.md");
    const std::size_t second = page.find("## Equivalency and attestation");
    EXPECT_NE(second, std::string::npos);
    page = is_authoritys(type) ? page.substr(second) : page.substr(0, second);
    std::vector<std::string> pointers;
    for (std::size_t at = 0;;) {
        const std::string row = "| " + std::to_string(pointers.size()) + " | `";
        at = page.find(row, at);
        if (at == std::string::npos) return pointers;
        at += row.size();
        pointers.push_back(page.substr(at, page.find('`', at) - at));
    }
}

inline Issuer ministry() {
    return {{6},
            "وزارة التعليم العالي والبحث العلمي",
            "Ministry of Higher Education and Scientific Research",
            "Ministère de l’Enseignement supérieur et de la Recherche scientifique",
            "ledger.example:8480"};
}
inline Issuer issuer() {
    return {{7}, "جامعة صفاقس", "University of Sfax", "Université de Sfax", "ledger.example:8480"};
}

inline constexpr std::string_view kUuid = "0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10";

inline CanonicalCredential make(const Record& record) {
    const Issuer from = is_authoritys(record.award.type) ? ministry() : issuer();
    auto credential = make_credential(record, from, kUuid);
    EXPECT_TRUE(credential) << credential.error().field;
    return *std::move(credential);
}

inline wire::Terms terms_of(const Record& record) {
    if (is_authoritys(record.award.type)) return make_terms(record, {{{6}, std::nullopt}});
    std::vector<wire::Awarding> awarding{{{7}, 1}};
    for (const wire::MemberId other : record.award.awarded_with) awarding.push_back({other, 2});
    return make_terms(record, std::move(awarding));
}

inline LedgerFacts ledger_of(const Record& record) {
    const bool is_ministrys = is_authoritys(record.award.type);
    const Issuer from = is_ministrys ? ministry() : issuer();
    std::optional<wire::Titles> titles;
    if (!is_ministrys) titles = record.award.title;
    return {terms_of(record), from.host, {{}, from.ar, from.en, from.fr}, titles};
}

/// 00 01 02 … 1f
inline wire::CertificateSecret secret() {
    wire::CertificateSecret value;
    std::uint8_t next = 0;
    for (std::uint8_t& byte : value.mutable_view()) byte = next++;
    return value;
}

// ------------------------------------------------------------------ refused records
/// A change of a record's JSON, and what is then said of which member.
struct NotRead {
    const char* why;
    const char* find;
    const char* put;
    RecordError error;
    const char* field;
};

inline void expect_not_read(const Record& record, const NotRead& row) {
    std::string text = encode(record);
    const std::size_t at = text.find(row.find);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, std::string_view{row.find}.size(), row.put);
    const auto result = parse_record(as_bytes(text));
    ASSERT_FALSE(result);
    EXPECT_EQ(to_string(result.error().error), to_string(row.error));
    EXPECT_EQ(result.error().field, row.field);
}

/// A change of a record's values, and what is then said of which member.
struct NotGood {
    const char* why;
    void (*break_it)(Record& record);
    RecordError error;
    const char* field;
};

/// Issuing `record`, once it is changed, is refused for the same reason.
inline void expect_not_good(Record record, const NotGood& row, const Issuer& from) {
    ASSERT_TRUE(check_record(record));
    row.break_it(record);
    const auto result = check_record(record);
    ASSERT_FALSE(result);
    EXPECT_EQ(to_string(result.error().error), to_string(row.error));
    EXPECT_EQ(result.error().field, row.field);
    EXPECT_EQ(make_credential(record, from, kUuid).error(), result.error());
}

}  // namespace tasdiq::certificate
