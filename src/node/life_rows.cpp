#include "node/life_rows.hpp"

#include "node/page_parts.hpp"
#include "node/read_record.hpp"
#include "prose/verdict_sentences.hpp"
#include "verify/life.hpp"
#include "wire/describe.hpp"

namespace tasdiq::node {

std::optional<LifeRows> life_rows(const store::LedgerStore& store, wire::LogIndex index,
                                  const wire::CertificateEntry& certificate,
                                  text::Language language) {
    std::optional<wire::CertificateEntry> award;
    if (certificate.award) {
        const auto bytes = store.entry(*certificate.award);
        auto decoded = wire::decode_certificate(bytes ? *bytes : Bytes{});
        if (!decoded) return std::nullopt;
        award = *std::move(decoded);
    }
    bool has_failed = false;
    const auto records =
        verify::find_records(index, certificate, award ? &*award : nullptr, {},
                             [&](const wire::MapKey& key, verify::Need) -> std::optional<Bytes> {
                                 auto found = store.record(key);
                                 has_failed = has_failed || !found;
                                 return found ? *std::move(found) : std::nullopt;
                             });
    if (!records || has_failed) return std::nullopt;
    LifeRows rows;
    if (const auto enrolment = verify::enrolment_of(*records)) {
        rows.enrolment = prose::enrolment_notes(*enrolment, language);
    }
    for (const verify::Attested& one : verify::attestations_of(*records)) {
        rows.attestations.push_back(prose::attested_note(one, language));
    }
    for (const wire::Signer& signer : certificate.signers) {
        const auto key =
            look_up<wire::KeyRecord>(store, wire::MapKey::key(signer.member, signer.ordinal));
        if (key.failed) return std::nullopt;
        const wire::MemberRecord* member = records->find_member(signer.member);
        if (!key.record || member == nullptr) continue;
        rows.signers.push_back(
            word_text(wire::to_word(key.record->role), language) + " – " +
            prose::name_in(records->name_on(*member, to_day(certificate.time)), language) + " (" +
            std::to_string(signer.member.value) + ":" + std::to_string(signer.ordinal.value) + ")");
    }
    return rows;
}

}  // namespace tasdiq::node
