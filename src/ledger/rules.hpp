#pragma once

#include <initializer_list>

#include "ledger/apply.hpp"
#include "ledger/policy.hpp"
#include "ledger/records.hpp"

// Internal to ledger: what the files that hold the rules share.
namespace tasdiq::ledger {

/// What every rule is told. Lives for one call of `apply`.
struct Context {
    const View& view;
    const BlockContext& block;
    const AuthenticatedTransaction& transaction;
    std::span<const SigningKey> signing_keys;  // in the order of the signers
    wire::LogIndex index;                      // of the transaction's entry

    [[nodiscard]] const std::vector<wire::Signer>& signers() const {
        return transaction.payload().signers;
    }
    [[nodiscard]] Day today() const { return to_day(block.time); }
    /// Where the intervals of keys begin and end that this transaction adds and retires.
    [[nodiscard]] wire::LogIndex next() const { return {index.value + 1}; }
};

using Outcome = Result<Ok, Refusal>;

[[nodiscard]] inline std::unexpected<Refusal> refuse(LedgerError error) {
    return std::unexpected{Refusal{error}};
}
[[nodiscard]] inline std::unexpected<Refusal> refuse_at(LedgerError error, std::size_t position) {
    return std::unexpected{
        Refusal{error, std::nullopt, static_cast<std::uint32_t>(position), std::nullopt}};
}

/// Of the faults that the parts of a transaction have, the first with the lowest error: precedence
/// does not depend on where in a list they stand.
class LowestFault {
  public:
    void add(const Refusal& refusal) {
        if (!fault_ || refusal.error < fault_->error) fault_ = refusal;
    }
    void add(LedgerError error, std::size_t position) { add(refuse_at(error, position).error()); }
    void add(const Result<Ok, Refusal>& outcome) {
        if (!outcome) add(outcome.error());
    }
    [[nodiscard]] Outcome outcome() const {
        if (fault_) return std::unexpected{*fault_};
        return Ok{};
    }

  private:
    std::optional<Refusal> fault_;
};

/// Runs the check for each of `count`; of those at fault the first with the lowest error is named,
/// of several with its position.
template <class Check>
[[nodiscard]] Outcome check_each(std::size_t count, Check&& check) {
    LowestFault fault;
    for (std::size_t i = 0; i < count; ++i) {
        const Outcome outcome = check(i);
        if (outcome) continue;
        Refusal refusal = outcome.error();
        if (count > 1 && !refusal.position) refusal.position = static_cast<std::uint32_t>(i);
        fault.add(refusal);
    }
    return fault.outcome();
}

// ------------------------------------------------------------------ admission.cpp
/// What may change between `authenticate` and `apply`. Returns the signers' key records.
/// Errors: kWrongChain … kSignerEnded.
[[nodiscard]] Result<std::vector<wire::KeyRecord>, Refusal> check_admission(
    const View& view, const BlockContext& block, const wire::Payload& payload,
    const wire::TransactionId& id);

// ------------------------------------------------------------------ senders.cpp
/// Who acts for a member that has ended.
struct Custodian {
    wire::MemberId id;
    wire::MemberRecord record;
};

struct Member {
    wire::MemberId id;
    wire::MemberRecord record;
    std::optional<Custodian> custodian = std::nullopt;  // if the member has ended
};

/// The kinds of member that may send something.
struct Kinds {
    bool state = false, authority = false, institution = false, secretariat = false;
};

/// A member that has ended is one that its custodian acts for, if the custody goes as far as
/// `custody`; none: nobody does. Errors: kSenderUnknown … kCustodyScope.
[[nodiscard]] Result<Member, Refusal> find_sender(
    const Context& context, wire::MemberId id, Kinds kinds,
    std::optional<wire::CustodyScope> custody = std::nullopt);
/// Into what the member went (absorbed, merged, split) since it was last reopened.
[[nodiscard]] std::optional<wire::SuccessionItem> last_followed(const View& view,
                                                                const wire::MemberRecord& member);
/// The authority that stands in the place of `authority` today: itself, or what absorbed it.
[[nodiscard]] std::optional<wire::MemberId> successor_of(const Context& context,
                                                         std::optional<wire::MemberId> authority);
/// The institution that `authority` supervises. Errors: kMemberUnknown, kNotSupervised.
[[nodiscard]] Result<Member, Refusal> find_supervised(const Context& context,
                                                      wire::MemberId authority,
                                                      wire::MemberId institution);
/// The member that the sender stands above: an authority's institution, a state's authority.
/// Errors: kMemberUnknown, kNotSupervised.
[[nodiscard]] Result<Member, Refusal> find_below(const Context& context, const Member& above,
                                                 wire::MemberId id);
/// Takes names away that came by a renaming that is void.
void drop_void_names(const Context& context, wire::MemberRecord& member);
/// Room for one thing more that became of the member, of 64: what voided keys said goes first.
/// Errors: kSuccessionFull.
Outcome make_room_for_succession(const Context& context, wire::MemberRecord& member);
/// When what is recorded now with this cool-off begins to count; nothing: at once.
[[nodiscard]] std::optional<Instant> effective_after(const Context& context,
                                                     std::uint32_t cool_off_s);

// ------------------------------------------------------------------ signatures.cpp
/// One of those who act together, and whose signature is needed beside what its policy says.
struct Party {
    const Member* member;
    /// Of this authority one signature more, which fills no other slot: it granted what has ended.
    std::optional<wire::MemberId> late = std::nullopt;
    /// The supervising authority, if the policy did not ask for it anyway.
    bool authority_ensured = false;
};
/// Whether the signers meet the policy of every party; the longest cool-off in seconds. One alone:
/// the signers fill an alternative, none left over. Several: a signature of a parent or an
/// authority counts for each of them. `restoring` authorities give two keys each, which fill no
/// other slot. Errors: kPolicyNotMet … kRestoreWithoutAuthority.
[[nodiscard]] Result<std::uint32_t, Refusal> check_policies(
    const Context& context, std::span<const Party> parties, const PolicySubject& subject,
    std::span<const wire::MemberId> restoring = {});
/// Of one party, with nobody beside. Errors: kPolicyNotMet.
[[nodiscard]] Result<std::uint32_t, Refusal> check_policy(const Context& context,
                                                          const Member& sender,
                                                          const PolicySubject& subject);

// ------------------------------------------------------------------ accreditations.cpp
/// Who granted it, or what stands in its place; where that has ended, who supervises `institution`.
[[nodiscard]] std::optional<wire::MemberId> granting(const Context& context,
                                                     const wire::AccreditationRecord& accreditation,
                                                     const wire::MemberRecord& institution);
/// The withdrawals and suspensions that count.
[[nodiscard]] std::vector<wire::EndChange> ends_of(
    const View& view, const std::optional<wire::AccreditationEnd>& ended);

// ------------------------------------------------------------------ new_keys.cpp
/// What a new key may be. Errors: kRoleNotForMember, kRoleAlgorithm.
[[nodiscard]] std::optional<LedgerError> role_fault(wire::MemberKind kind, wire::Role role,
                                                    crypto::Algorithm algorithm);
/// Errors: kKeyInvalid.
[[nodiscard]] Result<crypto::PublicKey, LedgerError> parse_new_key(const wire::NewKey& key);
/// Whether the key signed for itself. `member` is none when it comes with a registration.
[[nodiscard]] bool is_possessed(const wire::ChainId& chain, std::optional<wire::MemberId> member,
                                const wire::NewKey& key, const crypto::PublicKey& parsed);
/// Errors: kRoleNotForMember … kBadPossession, with the key's position. The keys' ids.
[[nodiscard]] Result<std::vector<crypto::KeyId>, Refusal> check_new_keys(
    const Context& context, wire::MemberKind kind, std::optional<wire::MemberId> member,
    std::span<const wire::NewKey> keys);

/// Who gets keys, by which transaction, from which ordinal and log index on.
struct KeyOwner {
    wire::MemberId member;
    wire::Ordinal first;
    wire::LogIndex index;
    std::vector<wire::Signer> signers;
    wire::LogIndex from;
};
void put_keys(Diff& diff, const KeyOwner& owner, std::span<const wire::NewKey> keys,
              std::span<const crypto::KeyId> ids);
/// The same of a member who has keys already: with its next ordinals. Errors: kNumbersExhausted.
[[nodiscard]] Outcome add_keys(const Context& context, wire::MemberId member,
                               std::span<const wire::NewKey> keys,
                               std::span<const crypto::KeyId> ids, Diff& diff);

// ------------------------------------------------------------------ the bodies
/// What this version has no rules for. Errors: kNotYetSupported.
[[nodiscard]] Outcome check_supported(const Context& context);

[[nodiscard]] Outcome apply_body(const Context&, const wire::RegisterAuthority&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::EndAuthority&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::VoidKey&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::RegisterInstitution&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::Accredit&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::EndAccreditation&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::SetPolicy&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::Issue&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::Status&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::AddKey&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::RetireKey&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::Reconstitute&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::Confirm&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::Cancel&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::Succession&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::Custody&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::CommitCohort&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::ReleaseSeats&, Diff&);
[[nodiscard]] Outcome apply_body(const Context&, const wire::Attest&, Diff&);

/// Whether this version has a rule for such a body.
template <class T>
inline constexpr bool kHasRule = requires(const Context& context, const T& body, Diff& diff) {
    apply_body(context, body, diff);
};

}  // namespace tasdiq::ledger
