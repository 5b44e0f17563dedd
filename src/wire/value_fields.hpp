#pragma once

#include "wire/cbor_fields.hpp"
#include "wire/text_rules.hpp"
#include "wire/values.hpp"

// Internal to wire: how the values that transactions, entries and records share are walked.
namespace tasdiq::wire::fields {

inline constexpr Range kMemberRange{1, 0xFFFF'FFFF};
inline constexpr Range kNumberRange{1, 0xFFFF'FFFF};

// ------------------------------------------------------------------ numbers and names
template <class C>
Step walk_member(C& c, const char* field, typename C::template Ref<MemberId> member) {
    return c.integer(field, member.value, kMemberRange);
}
template <class C>
Step walk_ordinal(C& c, typename C::template Ref<Ordinal> ordinal) {
    return c.integer("ordinal", ordinal.value, kUint16);
}
template <class C>
Step walk_index(C& c, const char* field, typename C::template Ref<LogIndex> index) {
    return c.integer(field, index.value, kUint);
}
template <class C>
Step walk_day(C& c, const char* field, typename C::template Ref<Day> day) {
    return c.integer(field, day.days, {kDayMin.days, kDayMax.days});
}
template <class C>
Step walk_instant(C& c, const char* field, typename C::template Ref<Instant> instant) {
    return c.integer(field, instant.seconds, {kInstantMin.seconds, kInstantMax.seconds});
}
template <class C>
Step walk_text(C& c, const char* field, typename C::template Ref<std::string> text,
               std::size_t size_bytes_max = 160) {
    return c.text(field, text, {1, size_bytes_max}, is_plain_text);
}
template <class C>
Step walk_country(C& c, typename C::template Ref<std::string> country) {
    return c.text("country", country, {2, 2}, is_country);
}
template <class C>
Step walk_programme(C& c, typename C::template Ref<std::string> code) {
    return c.text("programme", code, {1, 16}, is_programme);
}
/// One of a list of codes without gaps.
template <class C, class T>
Step walk_code(C& c, const char* field, T& code, Range range) {
    return c.integer(field, code, range, WireError::kUnknownCode);
}

template <class C>
Step walk(C& c, typename C::template Ref<Signer> signer) {
    TRY(c.array("signer", 2));
    TRY(walk_member(c, "member-id", signer.member));
    return walk_ordinal(c, signer.ordinal);
}
template <class C>
Step walk_signers(C& c, typename C::template Ref<std::vector<Signer>> signers,
                  std::size_t count_min = 0) {
    TRY(c.list("signers", signers, {count_min, 32},
               [&](auto& signer) { return walk<C>(c, signer); }));
    return c.check(is_ascending(signers), WireError::kOrder, "signers");
}

template <class C>
Step walk(C& c, typename C::template Ref<Name> name) {
    TRY(c.array("name", 4));
    TRY(walk_day<C>(c, "from", name.from));
    TRY(walk_text<C>(c, "ar", name.ar));
    TRY(walk_text<C>(c, "en", name.en));
    return walk_text<C>(c, "fr", name.fr);
}
template <class C>
Step walk_names(C& c, typename C::template Ref<std::vector<Name>> names) {
    TRY(c.list("names", names, {1, 16}, [&](auto& name) { return walk<C>(c, name); }));
    return c.check(is_ascending(names, &Name::from), WireError::kOrder, "names");
}
template <class C>
Step walk(C& c, typename C::template Ref<Titles> titles) {
    TRY(c.array("titles", 3));
    TRY(walk_text<C>(c, "ar", titles.ar));
    TRY(walk_text<C>(c, "en", titles.en));
    return walk_text<C>(c, "fr", titles.fr);
}
template <class C>
Step walk(C& c, typename C::template Ref<OutsideId> id) {
    TRY(c.array("outside-id", 2));
    TRY(walk_text<C>(c, "scheme", id.scheme, 32));
    return walk_text<C>(c, "value", id.value, 64);
}
template <class C>
Step walk_ids(C& c, typename C::template Ref<std::vector<OutsideId>> ids) {
    TRY(c.list("outside-ids", ids, {0, 16}, [&](auto& id) { return walk<C>(c, id); }));
    return c.check(is_distinct(ids), WireError::kOrder, "outside-ids");
}

// ------------------------------------------------------------------ keys
template <class C>
Step walk_role(C& c, typename C::template Ref<Role> role) {
    return walk_code(c, "role", role, {1, 10});
}
/// EdDSA with Ed25519 or ES256: neighbours in COSE's list.
template <class C>
Step walk_algorithm(C& c, typename C::template Ref<crypto::Algorithm> algorithm) {
    return c.integer("algorithm", algorithm, {-8, -7}, WireError::kAlgorithm);
}
[[nodiscard]] constexpr std::size_t public_key_size(crypto::Algorithm algorithm) {
    return algorithm == crypto::Algorithm::kEd25519 ? 32 : 33;
}
template <class C>
Step walk_public_key(C& c, typename C::template Ref<Bytes> key, crypto::Algorithm algorithm) {
    TRY(c.bytes("public-key", key, {0, SIZE_MAX}));
    return c.check(key.size() == public_key_size(algorithm), WireError::kAlgorithm, "public-key");
}
template <class C>
Step walk(C& c, typename C::template Ref<NewKey> key) {
    TRY(c.array("new-key", 4));
    TRY(walk_role<C>(c, key.role));
    TRY(walk_algorithm<C>(c, key.algorithm));
    TRY(walk_public_key<C>(c, key.public_key, key.algorithm));
    TRY(c.bytes("possession", key.possession, {0, SIZE_MAX}));
    return c.check(key.possession.size() == 64, WireError::kAlgorithm, "possession");
}
template <class C>
Step walk_new_keys(C& c, typename C::template Ref<std::vector<NewKey>> keys) {
    TRY(c.list("new-keys", keys, {2, 8}, [&](auto& key) { return walk<C>(c, key); }));
    return c.check(is_distinct(keys, &NewKey::public_key), WireError::kOrder, "new-keys");
}

// ------------------------------------------------------------------ certificates
template <class C>
Step walk(C& c, typename C::template Ref<IndexRange> range) {
    TRY(c.array("range", 2));
    TRY(walk_index<C>(c, "from", range.from));
    return walk_index<C>(c, "until", range.until);
}
template <class C>
Step walk(C& c, typename C::template Ref<Relation> relation) {
    TRY(c.array("relation", 2));
    TRY(walk_code(c, "relation-code", relation.code, {1, 6}));
    return walk_index<C>(c, "target", relation.target);
}
template <class C>
Step walk(C& c, typename C::template Ref<Seat> seat) {
    TRY(c.array("seat", 2));
    TRY(c.array("cohort", 2));
    TRY(walk_member<C>(c, "member-id", seat.institution));
    TRY(c.integer("cohort", seat.cohort, kNumberRange));
    return c.integer("leaf", seat.leaf, kUint);
}
template <class C>
Step walk(C& c, typename C::template Ref<Item> item) {
    TRY(c.array("item", 3));
    TRY(c.fixed("commitment", item.commitment));
    TRY(c.optional(item.relation, [&](auto& relation) { return walk<C>(c, relation); }));
    return c.optional(item.seat, [&](auto& seat) { return walk<C>(c, seat); });
}

/// The first institution issues; the rest ascend, and none stands twice.
[[nodiscard]] inline bool is_awarding_order(const std::vector<Awarding>& awarding) {
    for (std::size_t i = 1; i < awarding.size(); ++i) {
        if (awarding[i].institution == awarding[0].institution) return false;
        if (i > 1 && !(awarding[i - 1].institution < awarding[i].institution)) return false;
    }
    return true;
}
template <class C>
Step walk(C& c, typename C::template Ref<Awarding> awarding) {
    TRY(c.array("awarding", 2));
    TRY(walk_member<C>(c, "institution", awarding.institution));
    return c.optional(awarding.accreditation, [&](auto& number) {
        return c.integer("accreditation", number, kNumberRange);
    });
}
template <class C>
Step walk_field(C& c, typename C::template Ref<std::uint16_t> field) {
    return c.integer("field", field, {0, 9999});
}
template <class C>
Step walk(C& c, typename C::template Ref<Terms> terms) {
    TRY(c.array("terms", 10));
    TRY(c.list("awarding", terms.awarding, {1, 8},
               [&](auto& awarding) { return walk<C>(c, awarding); }));
    TRY(c.check(is_awarding_order(terms.awarding), WireError::kOrder, "awarding"));
    TRY(walk_code(c, "type", terms.type, {1, 12}));
    TRY(walk_code(c, "level", terms.level, {0, 8}));
    TRY(walk_field<C>(c, terms.field));
    TRY(c.optional(terms.programme, [&](auto& code) { return walk_programme<C>(c, code); }));
    TRY(walk_day<C>(c, "awarded-on", terms.awarded_on));
    TRY(c.optional(terms.intake, [&](auto& day) { return walk_day<C>(c, "intake", day); }));
    TRY(walk_code(c, "mode", terms.mode, {1, 4}));
    TRY(c.integer("site", terms.site, kUint8));
    return walk_code(c, "capture", terms.capture, {1, 4});
}

// ------------------------------------------------------------------ accreditations
template <class C>
Step walk(C& c, typename C::template Ref<Site> site) {
    TRY(c.array("site", 2));
    TRY(c.integer("site", site.site, kUint8));
    return walk_country<C>(c, site.country);
}
/// A list of codes, ascending.
template <class C, class T>
Step walk_codes(C& c, const char* list, const char* each, T& codes, Count count, Range range) {
    TRY(c.list(list, codes, count, [&](auto& code) { return walk_code(c, each, code, range); }));
    return c.check(is_ascending(codes), WireError::kOrder, list);
}
template <class C>
Step walk_scope_lists(C& c, typename C::template Ref<Scope> scope) {
    TRY(walk_codes(c, "types", "type", scope.types, {1, 12}, {1, 12}));
    TRY(walk_codes(c, "levels", "level", scope.levels, {1, 9}, {0, 8}));
    TRY(c.list("fields", scope.fields, {1, 64},
               [&](auto& field) { return walk_field<C>(c, field); }));
    TRY(c.check(is_ascending(scope.fields), WireError::kOrder, "fields"));
    TRY(c.boolean("by-programme", scope.by_programme));
    TRY(walk_codes(c, "modes", "mode", scope.modes, {1, 4}, {1, 4}));
    TRY(c.list("sites", scope.sites, {1, 8}, [&](auto& site) { return walk<C>(c, site); }));
    return c.check(is_ascending(scope.sites, &Site::site), WireError::kOrder, "sites");
}
template <class C>
Step walk(C& c, typename C::template Ref<Scope> scope) {
    TRY(c.array("scope", 13));
    TRY(walk_code(c, "act", scope.act, {1, 4}));
    TRY(walk_text<C>(c, "legal", scope.legal));
    TRY(walk_scope_lists<C>(c, scope));
    TRY(walk_day<C>(c, "from", scope.from));
    TRY(c.optional(scope.to, [&](auto& day) { return walk_day<C>(c, "to", day); }));
    TRY(walk_code(c, "applies", scope.applies, {0, 1}));
    TRY(c.optional(scope.quota, [&](auto& quota) { return c.integer("quota", quota, kUint); }));
    return c.integer("register-quota", scope.register_quota, kUint);
}
template <class C>
Step walk(C& c, typename C::template Ref<ProgrammeEntry> programme) {
    TRY(c.array("programme-entry", 3));
    TRY(walk_programme<C>(c, programme.code));
    TRY(walk_field<C>(c, programme.field));
    return walk<C>(c, programme.titles);
}

// ------------------------------------------------------------------ policies
[[nodiscard]] constexpr bool is_known(BodyCode code) {
    switch (code) {
        case BodyCode::kRegisterAuthority:
        case BodyCode::kEndAuthority:
        case BodyCode::kReconstitute:
        case BodyCode::kVoidKey:
        case BodyCode::kRegisterInstitution:
        case BodyCode::kSuccession:
        case BodyCode::kCustody:
        case BodyCode::kAccredit:
        case BodyCode::kEndAccreditation:
        case BodyCode::kSetPolicy:
        case BodyCode::kAttest:
        case BodyCode::kIssue:
        case BodyCode::kCommitCohort:
        case BodyCode::kReleaseSeats:
        case BodyCode::kStatus:
        case BodyCode::kAddKey:
        case BodyCode::kRetireKey:
        case BodyCode::kCancel:
        case BodyCode::kConfirm:
        case BodyCode::kPropose:
        case BodyCode::kVote: return true;
    }
    return false;
}
template <class C>
Step walk_body_code(C& c, typename C::template Ref<BodyCode> code) {
    TRY(walk_code(c, "body-code", code, kUint8));
    return c.check(is_known(code), WireError::kUnknownCode, "body-code");
}
/// None is written as 0: no code of a list that has a 0.
template <class C, class E>
Step walk_code_or_zero(C& c, const char* field, std::optional<E>& code, std::uint8_t max) {
    std::uint8_t number = 0;
    TRY(walk_code(c, field, number, {0, max}));
    code = number == 0 ? std::nullopt : std::optional{static_cast<E>(number)};
    return Ok{};
}
template <class C, class E>
Step walk_code_or_zero(C& c, const char* field, const std::optional<E>& code, std::uint8_t max) {
    const std::uint8_t number = code ? std::to_underlying(*code) : std::uint8_t{0};
    return walk_code(c, field, number, {0, max});
}
template <class C>
Step walk(C& c, typename C::template Ref<Slot> slot) {
    TRY(c.array("slot", 2));
    TRY(walk_code(c, "who", slot.who, {0, 2}));
    return walk_code_or_zero(c, "role", slot.role, 5);
}
template <class C>
Step walk_matches(C& c, typename C::template Ref<Rule> rule) {
    TRY(c.optional(rule.types, [&](auto& types) {
        return walk_codes(c, "types", "type", types, {0, 12}, {1, 12});
    }));
    TRY(c.optional(rule.relations, [&](auto& relations) -> Step {
        TRY(c.list("relations", relations, {0, 7},
                   [&](auto& code) { return walk_code_or_zero(c, "relation-code", code, 6); }));
        return c.check(is_ascending(relations), WireError::kOrder, "relations");
    }));
    return c.optional(rule.captures, [&](auto& captures) {
        return walk_codes(c, "captures", "capture", captures, {0, 4}, {1, 4});
    });
}
template <class C>
Step walk(C& c, typename C::template Ref<Rule> rule) {
    TRY(c.array("rule", 6));
    TRY(walk_body_code<C>(c, rule.body));
    TRY(walk_matches<C>(c, rule));
    TRY(c.integer("cool-off", rule.cool_off_s, kUint32));
    return c.list("alternatives", rule.alternatives, {1, 8}, [&](auto& slots) {
        return c.list("slots", slots, {1, 8}, [&](auto& slot) { return walk<C>(c, slot); });
    });
}
template <class C>
Step walk_rules(C& c, typename C::template Ref<std::vector<Rule>> rules) {
    return c.list("rules", rules, {0, 16}, [&](auto& rule) { return walk<C>(c, rule); });
}

// ------------------------------------------------------------------ sets of states
/// A member of a set whose key was not looked at yet.
struct RawSetMember {
    MemberId state;
    std::string country;
    TaggedBytes<struct RawNodeKeyTag, 32> node_key;
};
template <class C>
Step walk(C& c, typename C::template Ref<RawSetMember> member) {
    TRY(c.array("set-member", 3));
    TRY(walk_member<C>(c, "state", member.state));
    TRY(walk_country<C>(c, member.country));
    return c.fixed("node-key", member.node_key);
}
/// Ascending by state; no country and no key twice, or one vote would count twice.
[[nodiscard]] bool is_state_set(const StateSet& set);
Step walk_set(Writer& writer, const StateSet& set);
Step walk_set(Reader& reader, StateSet& set);

}  // namespace tasdiq::wire::fields
