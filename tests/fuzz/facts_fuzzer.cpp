// Facts that are changed in any way do not verify. The first byte says what the rest replaces or
// changes: the header, a claim, or single bytes anywhere.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/ensure.hpp"
#include "certificate/commitment.hpp"
#include "certificate/make.hpp"

namespace {

using namespace tasdiq;

struct Sample {
    wire::ShownFacts facts;
    wire::Commitment commitment;
};

certificate::Record transcript() {
    certificate::Record record;
    record.holder.names = {{"ليلى", certificate::Script::kArab},
                           {"Leila", certificate::Script::kLatn}};
    record.award.type = wire::CertificateType::kTranscript;
    record.award.title = {"كشف", "Transcript", "Relevé"};
    record.award.grade = certificate::Grade{"12", "20"};
    record.courses = {{"A", "", "Algebra", "", {}, {}, {}}, {"B", "", "Botany", "", {}, {}, {}}};
    return record;
}

Sample make_sample() {
    const certificate::Record record = transcript();
    const certificate::Issuer issuer{{7}, "جامعة", "University", "Université", "h.example"};
    const auto credential =
        certificate::make_credential(record, issuer, "0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10");
    ENSURE(credential.has_value());
    const wire::Terms terms = certificate::make_terms(record, {{{7}, 1}});
    const wire::CertificateSecret secret;
    const std::vector<std::string_view> pointers{"/credentialSubject/grade",
                                                 "/credentialSubject/courses/*", "/issuer"};
    auto facts = certificate::open_facts(*credential, terms, secret, pointers);
    ENSURE(facts.has_value());
    return {*std::move(facts), certificate::commit(*credential, terms, secret)};
}

/// Changes the bytes that pairs of (place, difference) in `edits` name.
void edit(wire::ShownFacts& facts, ByteView edits) {
    std::vector<std::uint8_t*> all;
    const auto add = [&all](auto bytes) {
        for (std::uint8_t& byte : bytes) all.push_back(&byte);
    };
    add(std::span{facts.header});
    for (merkle::MerkleHash& hash : facts.header_path) add(hash.mutable_view());
    for (wire::ShownClaim& claim : facts.claims) {
        add(std::span{claim.leaf});
        for (merkle::MerkleHash& hash : claim.path) add(hash.mutable_view());
    }
    for (std::size_t i = 0; i + 3 <= edits.size(); i += 3) {
        const std::size_t place = edits[i] * 256U + edits[i + 1];
        *all[place % all.size()] ^= edits[i + 2];
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Sample sample = make_sample();
    if (size == 0) return 0;
    const ByteView rest{data + 1, size - 1};
    wire::ShownFacts facts = sample.facts;
    const std::size_t number = data[0] / 4 % facts.claims.size();
    switch (data[0] % 4) {
        case 0: facts.header = to_bytes(rest); break;
        case 1: facts.claims[number].leaf = to_bytes(rest); break;
        case 2: edit(facts, rest); break;
        case 3:
            facts.leaf_count += rest.size();
            if (rest.size() % 2 != 0) facts.claims[number].leaf_index ^= rest[0];
            break;
    }
    const auto verified = certificate::verify_facts(sample.commitment, facts);
    ENSURE(verified.has_value() == (facts == sample.facts));
    if (!verified) ENSURE(!to_string(verified.error().error).empty());
    return 0;
}
