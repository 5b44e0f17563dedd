#include "verify/required_records.hpp"

#include <algorithm>

#include "base/sort.hpp"
#include "codec/cbor.hpp"
#include "wire/voids.hpp"

namespace tasdiq::verify {
namespace {

/// Looks up and decodes, and notes every key that was asked for.
class Finder {
  public:
    explicit Finder(const RecordLookup& lookup) : lookup_{lookup} {}

    template <class Record>
    Result<std::optional<Record>, RecordsError> find(const wire::MapKey& key) {
        keys_.push_back(key);
        const auto bytes = lookup_(key);
        if (!bytes) return std::nullopt;
        auto record = wire::decode_record<Record>(*bytes);
        if (!record) return std::unexpected{RecordsError::kMalformed};
        return std::optional<Record>{*std::move(record)};
    }

    Result<Ok, RecordsError> need_member(wire::MemberId id) {
        const auto place = std::ranges::lower_bound(members_, id, {}, &Member::first);
        if (place != members_.end() && place->first == id) return Ok{};
        TRY(auto record, find<wire::MemberRecord>(wire::MapKey::member(id)));
        if (!record) return std::unexpected{RecordsError::kMemberMissing};
        members_.insert(place, {id, *std::move(record)});
        return Ok{};
    }

    Result<Ok, RecordsError> need_signers(std::span<const wire::Signer> signers) {
        for (const wire::Signer& signer : signers) TRY(need_member(signer.member));
        return Ok{};
    }

    /// Those of a change and of all before it.
    template <class Last>
    Result<Ok, RecordsError> need_all_signers(const Last& last) {
        TRY(need_signers(last.signers));
        for (const auto& change : last.earlier) TRY(need_signers(change.signers));
        return Ok{};
    }

    /// The status of one certificate, with the members who set it.
    Result<std::optional<wire::StatusRecord>, RecordsError> find_status(wire::LogIndex index) {
        TRY(auto status, find<wire::StatusRecord>(wire::MapKey::status(index)));
        if (status && status->issuer) TRY(need_all_signers(*status->issuer));
        if (status && status->authority) TRY(need_all_signers(*status->authority));
        return status;
    }

    /// The accreditation that a partner names, with its programme, and who signed for them.
    Result<PartnerRecords, RecordsError> find_partner(const wire::Awarding& awarding,
                                                      const std::optional<std::string>& programme) {
        PartnerRecords partner;
        if (!awarding.accreditation) return partner;
        TRY(partner.accreditation, find<wire::AccreditationRecord>(wire::MapKey::accreditation(
                                       awarding.institution, *awarding.accreditation)));
        if (programme) {
            TRY(partner.programme, find<wire::ProgrammeRecord>(wire::MapKey::programme(
                                       awarding.institution, *awarding.accreditation, *programme)));
        }
        if (partner.accreditation) {
            TRY(need_member(partner.accreditation->authority));
            TRY(need_signers(partner.accreditation->signers));
            if (partner.accreditation->ended) TRY(need_all_signers(*partner.accreditation->ended));
        }
        if (partner.programme) TRY(need_signers(partner.programme->signers));
        return partner;
    }

    using Member = std::pair<wire::MemberId, wire::MemberRecord>;
    std::vector<Member> take_members() { return std::move(members_); }
    std::vector<wire::MapKey> take_keys() {
        sort(keys_);
        return std::move(keys_);
    }

  private:
    const RecordLookup& lookup_;
    std::vector<Member> members_;
    std::vector<wire::MapKey> keys_;
};

}  // namespace

const wire::MemberRecord* CertificateRecords::find_member(wire::MemberId member) const {
    const auto place = std::ranges::lower_bound(
        members, member, {}, &std::pair<wire::MemberId, wire::MemberRecord>::first);
    return place != members.end() && place->first == member ? &place->second : nullptr;
}

bool CertificateRecords::is_void(std::span<const wire::Signer> signers,
                                 wire::LogIndex index) const {
    return std::ranges::any_of(signers, [&](const wire::Signer& signer) {
        const wire::MemberRecord* member = find_member(signer.member);
        return member == nullptr || wire::is_voided(*member, signer.ordinal, index);
    });
}

Result<CertificateRecords, RecordsError> find_records(wire::LogIndex index,
                                                      const wire::CertificateEntry& certificate,
                                                      const wire::CertificateEntry* award,
                                                      std::span<const wire::Ordinal> assertion_keys,
                                                      const RecordLookup& lookup) {
    Finder finder{lookup};
    CertificateRecords records;
    const wire::Awarding& first = certificate.terms.awarding.front();
    for (const wire::Awarding& one : certificate.terms.awarding) {
        TRY(finder.need_member(one.institution));
    }
    TRY(finder.need_signers(certificate.signers));
    if (award != nullptr) TRY(finder.need_signers(award->signers));

    for (const wire::Awarding& one : certificate.terms.awarding) {
        TRY(auto partner, finder.find_partner(one, certificate.terms.programme));
        records.partners.push_back(std::move(partner));
    }

    for (const wire::Ordinal ordinal : assertion_keys) {
        TRY(auto key, finder.find<wire::KeyRecord>(wire::MapKey::key(first.institution, ordinal)));
        if (!key) continue;
        TRY(finder.need_signers(key->signers));
        records.assertion_keys.emplace_back(ordinal, *std::move(key));
    }
    TRY(records.status, finder.find_status(index));
    if (certificate.award) {
        TRY(records.award_status, finder.find_status(*certificate.award));
    }

    records.members = finder.take_members();
    records.keys = finder.take_keys();
    records.issuer = *records.find_member(first.institution);
    if (const auto& accreditation = records.partners.front().accreditation) {
        records.authority = *records.find_member(accreditation->authority);
    }
    return records;
}

std::optional<wire::Ordinal> key_ordinal(const wire::MapKey& key, wire::MemberId member) {
    codec::CborReader reader{key.bytes()};
    const auto count = reader.array();
    if (!count || *count != 3) return std::nullopt;
    const auto type = reader.uint();
    const auto owner = type ? reader.uint() : type;
    const auto ordinal = owner ? reader.uint() : owner;
    if (!ordinal || *ordinal > UINT16_MAX || *owner != member.value) return std::nullopt;
    const wire::Ordinal found{static_cast<std::uint16_t>(*ordinal)};
    return wire::MapKey::key(member, found) == key ? std::optional{found} : std::nullopt;
}

}  // namespace tasdiq::verify
