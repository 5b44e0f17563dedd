#pragma once

#include <span>

#include "wire/record.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::ledger {

/// Whose keys the words self, parent and authority of a slot mean.
struct Acting {
    wire::MemberId self;
    std::optional<wire::MemberId> parent;
    std::optional<wire::MemberId> authority;
};

/// What a policy asks of a signer.
struct SigningKey {
    wire::MemberId member;
    wire::Role role;
};

/// Whether the signers fill the slots, one each, none left over.
[[nodiscard]] bool is_filled(std::span<const wire::Slot> slots, const Acting& acting,
                             std::span<const SigningKey> signers);

/// The same where others sign as well: the slots are filled, and of self nobody is left over.
[[nodiscard]] bool is_filled_beside(std::span<const wire::Slot> slots, const Acting& acting,
                                    std::span<const SigningKey> signers);

/// Whether this key may fill the slot.
[[nodiscard]] bool fits(const wire::Slot& slot, const Acting& acting, const SigningKey& key);

/// What a rule is chosen by. Bodies other than `issue` have none of the optional ones.
struct PolicySubject {
    wire::BodyCode body;
    std::optional<wire::CertificateType> type = std::nullopt;
    std::optional<wire::Capture> capture = std::nullopt;
    /// The relation, or that there is none; looked at only if there is a type.
    std::optional<wire::RelationCode> relation = std::nullopt;
};

struct Policy {
    std::vector<wire::Alternative> alternatives;
    std::uint32_t cool_off_s = 0;
};

/// The first of `rules` that matches, else the default of that kind of member.
/// Spec: docs/formats/ledger.md.
[[nodiscard]] Policy policy_for(const PolicySubject& subject, wire::MemberKind kind,
                                std::span<const wire::Rule> rules);

/// The defaults alone.
[[nodiscard]] std::vector<wire::Alternative> default_alternatives(const PolicySubject& subject,
                                                                  wire::MemberKind kind);

}  // namespace tasdiq::ledger
