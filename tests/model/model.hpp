#pragma once

#include <map>
#include <set>
#include <tuple>

#include "wire/record.hpp"

// The rules of docs/formats/ledger.md once more, as plainly as they can be said: maps, loops, and
// every offence collected before the lowest number is named. Written from the prose; nothing of
// src/ledger is used, of wire only value types and encoders.
namespace tasdiq::model {

using wire::LogIndex;
using wire::MemberId;
using wire::Ordinal;
using wire::Role;
using wire::Signer;

/// What is wrong with one signature.
enum class Spoilt : std::uint8_t { kNo, kAlgorithm, kKeyId, kSignature };

/// A well-formed submission.
struct Sent {
    wire::Payload payload;
    std::vector<Spoilt> signatures;  // one for each signer
    std::optional<std::vector<wire::Item>> items;

    [[nodiscard]] wire::TransactionId id() const {
        return wire::transaction_id(wire::encode(payload));
    }
};

/// The numbers of everything that is wrong.
using Offences = std::set<unsigned>;

/// Who acts, and in whose name: they differ in custody.
struct Acting {
    MemberId name;
    MemberId self;
    std::optional<MemberId> parent, authority;
};

/// Alternatives of one who acts; what it asks for one kind of item.
struct Asked {
    Acting acting;
    std::vector<wire::Alternative> alternatives;
    std::optional<MemberId> one_more = std::nullopt;  // 601: whose
    bool registers = false;                           // 602
};

struct Subject {
    wire::BodyCode body;
    std::optional<wire::Terms> terms = std::nullopt;
    std::optional<wire::RelationCode> relation = std::nullopt;
};

/// An entry of the log, as far as rules look at it.
struct Logged {
    Instant time;
    std::optional<wire::CertificateEntry> certificate = std::nullopt;
    std::optional<wire::Payload> payload = std::nullopt;
};

enum Kinds : unsigned { kStates = 1, kAuthorities = 2, kInstitutions = 4, kSecretariats = 8 };
inline constexpr unsigned kAnyKind = kStates | kAuthorities | kInstitutions | kSecretariats;
enum class Needs : std::uint8_t { kNobodyElse, kArchives, kEverything };

/// One slot's changes, the newest first.
using Changes = std::vector<wire::StatusChange>;

class Model {
  public:
    /// 0 if it is accepted; 101 if it stands there already.
    [[nodiscard]] unsigned check(const Sent& sent) const;
    /// What happens when it is accepted.
    void take(const Sent& sent);
    void close_block();

    [[nodiscard]] Day today() const { return to_day(now); }
    [[nodiscard]] LogIndex next_index() const { return {log.size()}; }
    [[nodiscard]] const wire::MemberRecord* member(MemberId id) const;
    [[nodiscard]] const wire::CertificateEntry* certificate(LogIndex index) const;
    /// The authority that stands in the place of this one today.
    [[nodiscard]] MemberId standing_for(MemberId authority) const;
    [[nodiscard]] std::optional<MemberId> supervisor(const wire::MemberRecord& member) const;
    [[nodiscard]] bool has_ended(MemberId id) const;
    /// Whoever acts for it since its end.
    [[nodiscard]] std::optional<wire::CustodyItem> custody_of(MemberId id) const;

    /// Of those above it, the first one in another country.
    [[nodiscard]] std::optional<MemberId> first_abroad(const wire::MemberRecord& branch) const;
    /// Who granted it, or the supervising one if that has ended.
    [[nodiscard]] MemberId granter(const wire::AccreditationRecord& record,
                                   const wire::MemberRecord& institution) const;
    /// Where a certificate stands there, the entry of its issue.
    [[nodiscard]] LogIndex whole_from(LogIndex index) const;
    [[nodiscard]] bool was_voided(const Signer& key) const;
    [[nodiscard]] bool says_more(const std::vector<wire::IndexRange>& ranges,
                                 const wire::Void& key) const;
    [[nodiscard]] bool stands(const wire::Confirmation& confirmation) const;
    /// Who acts when something is done in the name of `sender`.
    std::optional<Acting> acting(MemberId sender, unsigned kinds, Needs needs,
                                 Offences& offences) const;
    [[nodiscard]] std::vector<wire::Alternative> alternatives(const Acting& acting,
                                                              const Subject& subject) const;
    /// Everybody who acts when a status is said.
    [[nodiscard]] std::vector<Acting> all_acting(const wire::Status& body) const;
    /// Who has to sign, too, that these restore something.
    [[nodiscard]] std::set<MemberId> restorers(const std::vector<wire::Item>& items) const;

    wire::ChainId chain;
    Instant now{};
    std::uint64_t blocks = 0;
    std::uint32_t next_member = 0;
    std::map<MemberId, wire::MemberRecord> members;
    std::map<Signer, wire::KeyRecord> keys;
    std::map<Bytes, Signer> owners;  // by public key
    std::map<MemberId, wire::PolicyRecord> policies;
    std::map<std::pair<MemberId, std::uint32_t>, wire::AccreditationRecord> accreditations;
    std::map<std::tuple<MemberId, std::uint32_t, std::string>, wire::ProgrammeRecord> programmes;
    std::map<std::tuple<MemberId, std::uint32_t, std::uint32_t, bool>, std::uint64_t> counts;
    std::map<std::pair<MemberId, std::uint32_t>, wire::CohortRecord> cohorts;
    std::map<wire::Seat, wire::UsedSeatRecord> seats;
    std::map<wire::TransactionId, LogIndex> transactions;
    std::map<LogIndex, wire::StatusRecord> statuses;
    std::map<LogIndex, wire::AttestationRecord> attestations;
    std::map<std::pair<MemberId, wire::TransactionId>, wire::CancelRecord> cancels;
    std::map<MemberId, wire::CountersRecord> counters;
    std::map<wire::Commitment, LogIndex> commitments;
    std::vector<Logged> log;

    /// Records written since the block began.
    std::map<wire::MapKey, std::optional<Bytes>> written;

  private:
    // admission.cpp
    void check_signers(const Sent& sent, Offences& offences) const;
    void check_list(const Sent& sent, Offences& offences) const;
    [[nodiscard]] bool is_of_later_version(const wire::Body& body) const;

    // signing.cpp
    [[nodiscard]] bool is_void(LogIndex index, const std::vector<Signer>& signers) const;
    [[nodiscard]] std::uint32_t cool_off(const Acting& acting, const Subject& subject) const;
    [[nodiscard]] const wire::Rule* rule(const Acting& acting, const Subject& subject) const;
    void check_policy(const std::vector<Asked>& asked, const std::set<MemberId>& restorers,
                      const std::vector<Signer>& signers, Offences& offences) const;
    void check_sender(MemberId sender, unsigned kinds, Needs needs, const Sent& sent,
                      Offences& offences) const;
    [[nodiscard]] bool is_level_above(MemberId above, const wire::MemberRecord& below) const;
    void check_below(MemberId above, MemberId below, unsigned kinds, Offences& offences) const;

    // One pair for each body.
    void check(const wire::RegisterAuthority& body, const Sent& sent, Offences& offences) const;
    void check(const wire::EndAuthority& body, const Sent& sent, Offences& offences) const;
    void check(const wire::VoidKey& body, const Sent& sent, Offences& offences) const;
    void check(const wire::RegisterInstitution& body, const Sent& sent, Offences& offences) const;
    void check(const wire::Accredit& body, const Sent& sent, Offences& offences) const;
    void check(const wire::EndAccreditation& body, const Sent& sent, Offences& offences) const;
    void check(const wire::SetPolicy& body, const Sent& sent, Offences& offences) const;
    void check(const wire::Issue& body, const Sent& sent, Offences& offences) const;
    void check(const wire::Status& body, const Sent& sent, Offences& offences) const;
    void check(const wire::AddKey& body, const Sent& sent, Offences& offences) const;
    void check(const wire::RetireKey& body, const Sent& sent, Offences& offences) const;
    void check(const wire::Reconstitute& body, const Sent& sent, Offences& offences) const;
    void check(const wire::Succession& body, const Sent& sent, Offences& offences) const;
    void check(const wire::Custody& body, const Sent& sent, Offences& offences) const;
    void check(const wire::Attest& body, const Sent& sent, Offences& offences) const;
    void check(const wire::CommitCohort& body, const Sent& sent, Offences& offences) const;
    void check(const wire::ReleaseSeats& body, const Sent& sent, Offences& offences) const;
    void check(const wire::Cancel& body, const Sent& sent, Offences& offences) const;
    void check(const wire::Confirm& body, const Sent& sent, Offences& offences) const;
    void check(const wire::DraftBody&, const Sent&, Offences&) const {}
    void take(const wire::RegisterAuthority& body, const Sent& sent);
    void take(const wire::EndAuthority& body, const Sent& sent);
    void take(const wire::VoidKey& body, const Sent& sent);
    void take(const wire::RegisterInstitution& body, const Sent& sent);
    void take(const wire::Accredit& body, const Sent& sent);
    void take(const wire::EndAccreditation& body, const Sent& sent);
    void take(const wire::SetPolicy& body, const Sent& sent);
    void take(const wire::Issue& body, const Sent& sent);
    void take(const wire::Status& body, const Sent& sent);
    void take(const wire::AddKey& body, const Sent& sent);
    void take(const wire::RetireKey& body, const Sent& sent);
    void take(const wire::Reconstitute& body, const Sent& sent);
    void take(const wire::Succession& body, const Sent& sent);
    void take(const wire::Custody& body, const Sent& sent);
    void take(const wire::Attest& body, const Sent& sent);
    void take(const wire::CommitCohort& body, const Sent& sent);
    void take(const wire::ReleaseSeats& body, const Sent& sent);
    void take(const wire::Cancel& body, const Sent& sent);
    void take(const wire::Confirm& body, const Sent& sent);
    void take(const wire::DraftBody&, const Sent&) {}

    // keys.cpp
    void check_new_keys(const std::vector<wire::NewKey>& added, wire::MemberKind kind,
                        std::optional<MemberId> id, Offences& offences) const;
    void add_keys(MemberId id, const std::vector<wire::NewKey>& added, const Sent& sent);
    MemberId add_member(wire::MemberRecord record, const std::vector<wire::NewKey>& added,
                        const Sent& sent);
    void end_key(const Signer& key);
    [[nodiscard]] LogIndex whole_until(LogIndex index) const;
    [[nodiscard]] std::vector<wire::IndexRange> widened(std::vector<wire::IndexRange> ranges) const;
    void put_member(MemberId id);

    // succession.cpp
    [[nodiscard]] bool is_told_into_what(const wire::Succession& body,
                                         const wire::MemberRecord& record) const;
    void check_others(const wire::Succession& body, const wire::MemberRecord& record,
                      Offences& offences) const;
    [[nodiscard]] bool is_above(MemberId above, std::optional<MemberId> id) const;
    [[nodiscard]] std::vector<wire::Name> counting_names(const wire::MemberRecord& record) const;
    void check_moved(const wire::Succession& body, const wire::MemberRecord& record,
                     Offences& offences) const;
    void check_room(const wire::MemberRecord& record, Offences& offences) const;
    void add_succession(MemberId id, const wire::SuccessionItem& item);

    // accreditations.cpp
    [[nodiscard]] const wire::AccreditationRecord* accreditation(const wire::Awarding& one) const;
    [[nodiscard]] bool may_accredit(MemberId authority,
                                    const wire::MemberRecord& institution) const;
    [[nodiscard]] std::vector<wire::EndChange> ends(const wire::AccreditationRecord& record) const;
    [[nodiscard]] std::vector<wire::EndChange> counting_ends(
        const wire::AccreditationRecord& record) const;

    // issue.cpp, relations.cpp
    [[nodiscard]] std::vector<Asked> asked_for_issue(const wire::Issue& body,
                                                     const std::vector<wire::Item>& items,
                                                     std::optional<wire::RelationCode> relation,
                                                     Offences& offences) const;
    [[nodiscard]] bool has_run_out(const wire::AccreditationRecord& record) const;
    void check_accredited(const wire::Issue& body, const wire::Awarding& one, bool type_only,
                          std::uint64_t awards, Offences& offences) const;
    void check_dates(const wire::Terms& terms, const wire::AccreditationRecord& record,
                     Offences& offences) const;
    void check_scope(const wire::Terms& terms, const wire::Awarding& one,
                     const wire::AccreditationRecord& record, Offences& offences) const;
    void check_branch(const wire::Terms& terms, const wire::Awarding& one,
                      const wire::AccreditationRecord& record, Offences& offences) const;
    void check_relation(const wire::Issue& body, const std::vector<wire::Item>& items,
                        std::size_t at, Offences& offences) const;
    void check_restores(const std::vector<wire::Item>& items, std::size_t at,
                        Offences& offences) const;
    void check_own_day(const wire::Terms& terms, LogIndex award, Offences& offences) const;
    [[nodiscard]] bool is_copy_of_award(LogIndex index) const;
    void check_seats(const wire::Issue& body, const std::vector<wire::Item>& items,
                     Offences& offences) const;
    void check_cohort_of(const wire::Terms& terms, const wire::Seat& seat,
                         Offences& offences) const;
    [[nodiscard]] bool has_part(MemberId partner, const std::vector<MemberId>& of) const;
    [[nodiscard]] bool keeps_archives(MemberId keeper, MemberId of) const;
    [[nodiscard]] bool may_get_documents(LogIndex index) const;
    [[nodiscard]] bool is_void_certificate(LogIndex index) const;
    [[nodiscard]] bool waits(LogIndex index) const;
    [[nodiscard]] bool may_be_target(LogIndex index) const;
    [[nodiscard]] LogIndex award_of(LogIndex index) const;
    [[nodiscard]] std::optional<Instant> effective(std::uint32_t cool_off_s) const;
    void relate(const wire::Item& item, LogIndex certificate, const Sent& sent,
                std::optional<Instant> effective);
    void count_awards(const wire::Issue& body, std::uint64_t awards);

    // statuses.cpp
    [[nodiscard]] static Changes changes(const std::optional<wire::StatusSlot>& slot);
    [[nodiscard]] Changes all_changes(LogIndex index, bool authority) const;
    [[nodiscard]] bool counts_as_by(const Changes& all, LogIndex by) const;
    [[nodiscard]] Changes counting(LogIndex index, bool authority) const;
    [[nodiscard]] Changes with_room(Changes all) const;
    [[nodiscard]] bool has_room(LogIndex index, bool authority) const;
    [[nodiscard]] std::optional<LogIndex> by_as_written(LogIndex index, bool authority) const;
    [[nodiscard]] std::optional<wire::StatusChange> newest(LogIndex index, bool authority) const;
    [[nodiscard]] bool is_suspended(LogIndex index, bool authority) const;
    [[nodiscard]] static bool is_veto(const std::optional<wire::StatusChange>& change);
    [[nodiscard]] bool is_replaced(const std::optional<wire::StatusChange>& change) const;
    [[nodiscard]] bool is_restored(const std::optional<wire::StatusChange>& change) const;
    void push(LogIndex index, bool authority, const wire::StatusChange& change);
    void remove(LogIndex index, bool authority, LogIndex by);
    void put_status(LogIndex index, const Changes& issuer, const Changes& authority);
    [[nodiscard]] std::set<MemberId> concerned(const wire::Status& body, LogIndex index) const;
    [[nodiscard]] bool is_in_authority_slot(const wire::Status& body, LogIndex index) const;
    void check_change(const wire::Status& body, LogIndex index, const Sent& sent,
                      Offences& offences) const;

    // cancel.cpp
    [[nodiscard]] bool is_pending(LogIndex index) const;
    [[nodiscard]] bool is_gone(LogIndex index) const;
    [[nodiscard]] bool is_concerned(MemberId id, LogIndex index) const;
    void undo_issue(LogIndex index);

    template <class Record>
    void put(const wire::MapKey& key, const Record& record) {
        written.insert_or_assign(key, wire::encode(record));
    }
};

[[nodiscard]] bool is_institution(wire::MemberKind kind);
[[nodiscard]] bool is_final(wire::StatusState state);
[[nodiscard]] bool is_of_authorities(wire::CertificateType type);

}  // namespace tasdiq::model
