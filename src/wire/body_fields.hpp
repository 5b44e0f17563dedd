#pragma once

#include "wire/transaction.hpp"
#include "wire/value_fields.hpp"

// Internal to wire: how the bodies of transactions are walked.
namespace tasdiq::wire::fields {

template <>
inline constexpr Coded kCoded<RegisterAuthority>{10, 6, "register-authority"};
template <>
inline constexpr Coded kCoded<EndAuthority>{11, 4, "end-authority"};
template <>
inline constexpr Coded kCoded<VoidKey>{13, 5, "void-key"};
template <>
inline constexpr Coded kCoded<RegisterInstitution>{20, 8, "register-institution"};
template <>
inline constexpr Coded kCoded<Accredit>{23, 5, "accredit"};
template <>
inline constexpr Coded kCoded<EndAccreditation>{24, 7, "end-accreditation"};
template <>
inline constexpr Coded kCoded<SetPolicy>{25, 3, "set-policy"};
template <>
inline constexpr Coded kCoded<Issue>{30, 4, "issue"};
template <>
inline constexpr Coded kCoded<Status>{33, 4, "status"};
template <>
inline constexpr Coded kCoded<AddKey>{40, 3, "add-key"};
template <>
inline constexpr Coded kCoded<RetireKey>{41, 3, "retire-key"};

template <>
inline constexpr Coded kCoded<Reconstitute>{12, 6, "reconstitute"};
template <>
inline constexpr Coded kCoded<Succession>{21, 8, "succession"};
template <>
inline constexpr Coded kCoded<Custody>{22, 4, "custody"};
template <>
inline constexpr Coded kCoded<Attest>{26, 3, "attest"};
template <>
inline constexpr Coded kCoded<CommitCohort>{31, 6, "commit-cohort"};
template <>
inline constexpr Coded kCoded<ReleaseSeats>{32, 3, "release-seats"};
template <>
inline constexpr Coded kCoded<Cancel>{42, 3, "cancel"};
template <>
inline constexpr Coded kCoded<Confirm>{43, 5, "confirm"};

template <class C>
Step walk_member_kind(C& c, typename C::template Ref<MemberKind> kind) {
    return walk_code(c, "member-kind", kind, {1, 9});
}
template <class C>
Step walk_optional_member(C& c, const char* field,
                          typename C::template Ref<std::optional<MemberId>> member) {
    return c.optional(member, [&](auto& id) { return walk_member<C>(c, field, id); });
}
inline constexpr Range kSectorRange{0, 5};
inline constexpr Range kSeatCount{1, kSeatCountMax};

template <class C>
Step walk_cohort_kind(C& c, typename C::template Ref<CohortKind> kind) {
    return walk_code(c, "cohort-kind", kind, {1, 3});
}
template <class C>
Step walk_indices(C& c, typename C::template Ref<std::vector<LogIndex>> indices) {
    TRY(c.list("indices", indices, {1, kIndicesCountMax},
               [&](auto& index) { return walk_index<C>(c, "index", index); }));
    return c.check(is_ascending(indices), WireError::kOrder, "indices");
}
/// Ranges that ascend and leave something out between them.
[[nodiscard]] inline bool is_range_order(const std::vector<IndexRange>& ranges) {
    LogIndex end{0};
    for (const IndexRange& range : ranges) {
        if (!(range.from < range.until) || (end.value != 0 && !(end < range.from))) return false;
        end = range.until;
    }
    return true;
}

template <class C>
Step walk(C& c, typename C::template Ref<RegisterAuthority> body) {
    TRY(walk_member<C>(c, "state", body.state));
    TRY(walk_names<C>(c, body.names));
    TRY(walk_code(c, "sector", body.sector, kSectorRange));
    TRY(walk_ids<C>(c, body.ids));
    return walk_new_keys<C>(c, body.keys);
}

template <class C>
Step walk(C& c, typename C::template Ref<EndAuthority> body) {
    TRY(walk_member<C>(c, "state", body.state));
    TRY(walk_member<C>(c, "authority", body.authority));
    return walk_day<C>(c, "effective", body.effective);
}

template <class C>
Step walk(C& c, typename C::template Ref<VoidKey> body) {
    TRY(walk_member<C>(c, "by", body.by));
    TRY(walk_member<C>(c, "member", body.member));
    TRY(walk_ordinal<C>(c, body.ordinal));
    return walk_index<C>(c, "from", body.from);
}

template <class C>
Step walk(C& c, typename C::template Ref<RegisterInstitution> body) {
    TRY(walk_member<C>(c, "authority", body.authority));
    TRY(walk_member_kind<C>(c, body.kind));
    TRY(walk_names<C>(c, body.names));
    TRY(walk_country<C>(c, body.country));
    TRY(walk_ids<C>(c, body.ids));
    TRY(walk_optional_member<C>(c, "parent", body.parent));
    return walk_new_keys<C>(c, body.keys);
}

template <class C>
Step walk(C& c, typename C::template Ref<Accredit> body) {
    TRY(walk_member<C>(c, "authority", body.authority));
    TRY(walk_member<C>(c, "institution", body.institution));
    TRY(walk<C>(c, body.scope));
    TRY(c.list("programmes", body.programmes, {0, 256},
               [&](auto& programme) { return walk<C>(c, programme); }));
    TRY(c.check(is_ascending(body.programmes, &ProgrammeEntry::code), WireError::kOrder,
                "programmes"));
    return c.check(body.scope.by_programme || body.programmes.empty(), WireError::kMismatch,
                   "programmes");
}

template <class C>
Step walk(C& c, typename C::template Ref<EndAccreditation> body) {
    TRY(walk_member<C>(c, "authority", body.authority));
    TRY(walk_member<C>(c, "institution", body.institution));
    TRY(c.integer("number", body.number, kNumberRange));
    TRY(walk_code(c, "action", body.action, {1, 3}));
    TRY(walk_code(c, "by", body.by, {0, 1}));
    return walk_day<C>(c, "effective", body.effective);
}

template <class C>
Step walk(C& c, typename C::template Ref<SetPolicy> body) {
    TRY(walk_member<C>(c, "member", body.member));
    return walk_rules<C>(c, body.rules);
}

template <class C>
Step walk(C& c, typename C::template Ref<Issue> body) {
    TRY(walk<C>(c, body.terms));
    TRY(c.integer("count", body.count, {1, kListCountMax}));
    return c.fixed("root", body.root);
}

template <class C>
Step walk(C& c, typename C::template Ref<Status> body) {
    TRY(walk_member<C>(c, "member", body.member));
    TRY(walk_code(c, "status-state", body.state, {1, 7}));
    return walk_indices<C>(c, body.indices);
}

template <class C>
Step walk(C& c, typename C::template Ref<AddKey> body) {
    TRY(walk_member<C>(c, "member", body.member));
    return walk<C>(c, body.key);
}

template <class C>
Step walk(C& c, typename C::template Ref<RetireKey> body) {
    TRY(walk_member<C>(c, "member", body.member));
    return walk_ordinal<C>(c, body.ordinal);
}

template <class C>
Step walk(C& c, typename C::template Ref<Reconstitute> body) {
    TRY(walk_member<C>(c, "by", body.by));
    TRY(walk_member<C>(c, "member", body.member));
    TRY(walk_text<C>(c, "legal", body.legal));
    TRY(c.list("retired", body.retired, {0, 64},
               [&](auto& ordinal) { return walk_ordinal<C>(c, ordinal); }));
    TRY(c.check(is_ascending(body.retired), WireError::kOrder, "retired"));
    return walk_new_keys<C>(c, body.keys);
}

/// What the kind of a succession says about the members that it names, and whether a name comes.
[[nodiscard]] constexpr Count others_of(SuccessionKind kind) {
    switch (kind) {
        case SuccessionKind::kRenamed:
        case SuccessionKind::kClosed:
        case SuccessionKind::kReopened:
        case SuccessionKind::kReconstituted: return {0, 0};
        case SuccessionKind::kAbsorbed:
        case SuccessionKind::kMerged:
        case SuccessionKind::kMoved: return {1, 1};
        case SuccessionKind::kSplit: return {1, 16};
    }
    return {0, 0};
}
template <class C>
Step walk(C& c, typename C::template Ref<Succession> body) {
    TRY(walk_member<C>(c, "by", body.by));
    TRY(walk_member<C>(c, "member", body.member));
    TRY(walk_code(c, "succession-kind", body.kind, {1, 7}));
    TRY(c.list("others", body.others, others_of(body.kind),
               [&](auto& member) { return walk_member<C>(c, "other", member); }));
    TRY(c.check(is_ascending(body.others), WireError::kOrder, "others"));
    TRY(walk_day<C>(c, "day", body.day));
    TRY(walk_text<C>(c, "legal", body.legal));
    TRY(c.optional(body.name, [&](auto& name) { return walk<C>(c, name); }));
    return c.check(body.name.has_value() == (body.kind == SuccessionKind::kRenamed),
                   WireError::kMismatch, "name");
}

template <class C>
Step walk(C& c, typename C::template Ref<Custody> body) {
    TRY(walk_member<C>(c, "authority", body.authority));
    TRY(walk_member<C>(c, "member", body.member));
    return c.optional(body.custodian, [&](auto& custodian) -> Step {
        TRY(c.array("custodian", 2));
        TRY(walk_member<C>(c, "custodian", custodian.member));
        return walk_code(c, "scope", custodian.scope, {1, 2});
    });
}

template <class C>
Step walk(C& c, typename C::template Ref<Attest> body) {
    TRY(walk_member<C>(c, "authority", body.authority));
    return walk_indices<C>(c, body.indices);
}

template <class C>
Step walk(C& c, typename C::template Ref<CommitCohort> body) {
    TRY(walk_member<C>(c, "institution", body.institution));
    TRY(walk_cohort_kind<C>(c, body.kind));
    TRY(walk_day<C>(c, "intake", body.intake));
    TRY(c.integer("count", body.count, kSeatCount));
    return c.fixed("root", body.root);
}

template <class C>
Step walk(C& c, typename C::template Ref<ReleaseSeats> body) {
    TRY(walk_member<C>(c, "institution", body.institution));
    TRY(c.list("seats", body.seats, {1, kIndicesCountMax},
               [&](auto& seat) { return walk<C>(c, seat); }));
    return c.check(is_ascending(body.seats), WireError::kOrder, "seats");
}

template <class C>
Step walk(C& c, typename C::template Ref<Cancel> body) {
    TRY(walk_member<C>(c, "member", body.member));
    return c.fixed("transaction", body.transaction);
}

template <class C>
Step walk(C& c, typename C::template Ref<Confirm> body) {
    TRY(walk_member<C>(c, "member", body.member));
    TRY(walk_member<C>(c, "by", body.by));
    TRY(walk_ordinal<C>(c, body.ordinal));
    TRY(c.list("ranges", body.ranges, {1, 64}, [&](auto& range) { return walk<C>(c, range); }));
    return c.check(is_range_order(body.ranges), WireError::kOrder, "ranges");
}

/// Reads or writes a whole body.
Step read_body(Reader& reader, Body& body);
/// Reads an issue; any other body is refused (kShape).
Step read_issue(Reader& reader, Body& body);
Step write_body(Writer& writer, const Body& body);

}  // namespace tasdiq::wire::fields
