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
    TRY(c.list("indices", body.indices, {1, kIndicesCountMax},
               [&](auto& index) { return walk_index<C>(c, "index", index); }));
    return c.check(is_ascending(body.indices), WireError::kOrder, "indices");
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

/// Reads or writes a whole body.
Step read_body(Reader& reader, Body& body);
Step write_body(Writer& writer, const Body& body);

}  // namespace tasdiq::wire::fields
