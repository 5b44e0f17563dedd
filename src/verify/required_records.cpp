#include "verify/required_records.hpp"

#include <algorithm>
#include <set>

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
    Result<std::optional<Record>, RecordsError> find(const wire::MapKey& key,
                                                     Need need = Need::kRequired) {
        const auto bytes = lookup_(key, need);
        if (bytes || need == Need::kRequired) keys_.push_back(key);
        if (!bytes) return std::nullopt;
        auto record = wire::decode_record<Record>(*bytes);
        if (!record) {
            return std::unexpected{is_newer(record.error()) ? RecordsError::kNewer
                                                            : RecordsError::kMalformed};
        }
        return std::optional<Record>{*std::move(record)};
    }

    /// The record alone, of one that is named.
    Result<Ok, RecordsError> need_name(wire::MemberId id) {
        const auto place = std::ranges::lower_bound(members_, id, {}, &Member::first);
        if (place != members_.end() && place->first == id) return Ok{};
        TRY(auto record, find<wire::MemberRecord>(wire::MapKey::member(id)));
        if (!record) return std::unexpected{RecordsError::kMemberMissing};
        members_.insert(place, {id, *std::move(record)});
        return Ok{};
    }

    /// With those whose keys say whether its confirmations stand and its names count.
    Result<Ok, RecordsError> need_member(wire::MemberId id) {
        TRY(need_name(id));
        if (!vouched_.insert(id).second) return Ok{};
        std::set<wire::MemberId> more;
        const auto take = [&more](const std::vector<wire::Signer>& signers) {
            for (const wire::Signer& signer : signers) more.insert(signer.member);
        };
        for (const wire::Void& one : member(id).voids) {
            for (const auto& confirmation : one.confirmed) take(confirmation.signers);
        }
        for (const wire::SuccessionItem& item : member(id).succession) {
            if (item.kind == wire::SuccessionKind::kRenamed) take(item.signers);
        }
        for (const wire::MemberId one : more) TRY(need_member(one));
        return Ok{};
    }

    /// Of one of those who awarded it, with all who said what became of it.
    Result<Ok, RecordsError> need_awarding(wire::MemberId id) {
        TRY(need_member(id));
        const auto succession = member(id).succession;
        for (const wire::SuccessionItem& item : succession) TRY(need_signers(item.signers));
        return Ok{};
    }

    /// One that was needed before.
    [[nodiscard]] const wire::MemberRecord& member(wire::MemberId id) const {
        return std::ranges::lower_bound(members_, id, {}, &Member::first)->second;
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

    /// Those of the issuer's keys that there are, with who registered them.
    Result<std::vector<std::pair<wire::Ordinal, wire::KeyRecord>>, RecordsError> find_keys(
        wire::MemberId issuer, std::span<const wire::Ordinal> ordinals) {
        std::vector<std::pair<wire::Ordinal, wire::KeyRecord>> keys;
        for (const wire::Ordinal ordinal : ordinals) {
            TRY(auto key, find<wire::KeyRecord>(wire::MapKey::key(issuer, ordinal)));
            if (!key) continue;
            TRY(need_signers(key->signers));
            keys.emplace_back(ordinal, *std::move(key));
        }
        return keys;
    }

    /// The cohort that the seat is one of, with who committed to it.
    Result<std::optional<wire::CohortRecord>, RecordsError> find_cohort(
        const std::optional<wire::Seat>& seat) {
        if (!seat) return std::nullopt;
        const auto key = wire::MapKey::cohort(seat->institution, seat->cohort);
        TRY(auto cohort, find<wire::CohortRecord>(key));
        if (!cohort) return std::unexpected{RecordsError::kCohortMissing};
        TRY(need_signers(cohort->signers));
        return cohort;
    }

    /// The attestation of one certificate, if it is there, with the authority and who signed.
    Result<std::optional<wire::AttestationRecord>, RecordsError> find_attestation(
        wire::LogIndex index) {
        TRY(auto attestation,
            find<wire::AttestationRecord>(wire::MapKey::attestation(index), Need::kOptional));
        if (!attestation) return attestation;
        TRY(need_member(attestation->authority));
        TRY(need_signers(attestation->signers));
        return attestation;
    }

    /// Who acts for the issuer, with who said so, and what it went into since the award.
    Result<Ok, RecordsError> need_aftermath(wire::MemberId id, Day awarded_on) {
        const auto custody = member(id).custody;
        const auto succession = member(id).succession;
        if (custody) {
            TRY(need_member(custody->custodian));
            TRY(need_signers(custody->signers));
        }
        std::set<wire::MemberId> named;
        bool has_room = true;
        for (auto item = succession.rbegin(); item != succession.rend(); ++item) {
            if (item->day < awarded_on) continue;
            named.insert(item->others.begin(), item->others.end());
            has_room = has_room && named.size() <= kSuccessorsNamedMax;
            if (!has_room) continue;
            for (const wire::MemberId other : item->others) TRY(need_name(other));
        }
        return Ok{};
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
    std::set<wire::MemberId> vouched_;
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
        return member == nullptr ||
               wire::is_voided(*member, signer, index,
                               [this](wire::MemberId id) { return find_member(id); });
    });
}

bool CertificateRecords::is_known_void(const wire::SuccessionItem& item) const {
    const bool is_known = std::ranges::all_of(item.signers, [this](const wire::Signer& signer) {
        return find_member(signer.member) != nullptr;
    });
    return is_known && is_void(item);
}

const wire::Name& CertificateRecords::name_on(const wire::MemberRecord& member, Day day) const {
    return wire::name_on(member, day,
                         [this](const wire::SuccessionItem& item) { return is_known_void(item); });
}

std::optional<wire::Seat> find_seat(const wire::CertificateEntry& certificate,
                                    const wire::CertificateEntry* award) {
    return certificate.seat || award == nullptr ? certificate.seat : award->seat;
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
        TRY(finder.need_awarding(one.institution));
    }
    TRY(finder.need_signers(certificate.signers));
    if (award != nullptr) TRY(finder.need_signers(award->signers));

    for (const wire::Awarding& one : certificate.terms.awarding) {
        TRY(auto partner, finder.find_partner(one, certificate.terms.programme));
        records.partners.push_back(std::move(partner));
    }

    TRY(records.assertion_keys, finder.find_keys(first.institution, assertion_keys));
    TRY(records.status, finder.find_status(index));
    TRY(records.attestation, finder.find_attestation(index));
    if (certificate.award) {
        TRY(records.award_status, finder.find_status(*certificate.award));
        TRY(records.award_attestation, finder.find_attestation(*certificate.award));
    }
    TRY(records.cohort, finder.find_cohort(find_seat(certificate, award)));
    records.issuer_id = first.institution;
    TRY(finder.need_aftermath(records.issuer_id, certificate.terms.awarded_on));

    records.members = finder.take_members();
    records.keys = finder.take_keys();
    if (const auto& accreditation = records.partners.front().accreditation) {
        records.authority_id = accreditation->authority;
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
