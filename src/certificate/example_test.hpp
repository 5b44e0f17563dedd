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

inline Issuer issuer() {
    return {{7}, "جامعة صفاقس", "University of Sfax", "Université de Sfax", "ledger.example:8480"};
}

inline constexpr std::string_view kUuid = "0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10";

inline CanonicalCredential make(const Record& record) {
    auto credential = make_credential(record, issuer(), kUuid);
    EXPECT_TRUE(credential) << credential.error().field;
    return *std::move(credential);
}

inline wire::Terms terms_of(const Record& record) {
    std::vector<wire::Awarding> awarding{{{7}, 1}};
    for (const wire::MemberId other : record.award.awarded_with) awarding.push_back({other, 2});
    return make_terms(record, std::move(awarding));
}

inline LedgerFacts ledger_of(const Record& record) {
    const Issuer from = issuer();
    return {terms_of(record), from.host, {{}, from.ar, from.en, from.fr}, record.award.title};
}

/// 00 01 02 … 1f
inline wire::CertificateSecret secret() {
    wire::CertificateSecret value;
    std::uint8_t next = 0;
    for (std::uint8_t& byte : value.mutable_view()) byte = next++;
    return value;
}

}  // namespace tasdiq::certificate
