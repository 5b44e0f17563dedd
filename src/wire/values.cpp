#include "wire/values.hpp"

#include "crypto/domains.hpp"
#include "crypto/hash.hpp"
#include "wire/value_fields.hpp"

namespace tasdiq::wire {

namespace fields {

bool is_state_set(const StateSet& set) {
    return !set.empty() && set.size() <= 64 && is_ascending(set, &SetMember::state) &&
           is_distinct(set, &SetMember::country) && is_distinct(set, &SetMember::node_key);
}

Step walk_set(Writer& writer, const StateSet& set) {
    ENSURE(is_state_set(set));
    return writer.list("set", set, {1, 64}, [&](const SetMember& member) {
        RawSetMember raw{member.state, member.country, {}};
        std::ranges::copy(member.node_key.view(), raw.node_key.mutable_view().begin());
        return walk<Writer>(writer, raw);
    });
}

Step walk_set(Reader& reader, StateSet& set) {
    std::vector<RawSetMember> raw_set;
    TRY(reader.list("set", raw_set, {1, 64},
                    [&](RawSetMember& raw) { return walk<Reader>(reader, raw); }));
    set.clear();
    for (RawSetMember& raw : raw_set) {
        auto key = crypto::Ed25519PublicKey::parse(raw.node_key.view());
        TRY(reader.check(key.has_value(), WireError::kAlgorithm, "node-key"));
        set.push_back({raw.state, std::move(raw.country), *key});
    }
    return reader.check(is_state_set(set), WireError::kOrder, "set");
}

}  // namespace fields

Bytes encode(const Terms& terms) {
    fields::Writer writer;
    ENSURE(fields::walk<fields::Writer>(writer, terms));
    return writer.take();
}

Result<Terms, WireFault> decode_terms(ByteView bytes) {
    fields::Reader reader{bytes};
    Terms terms{};
    TRY(fields::walk<fields::Reader>(reader, terms));
    TRY(reader.finish("terms"));
    return terms;
}

SetHash set_hash(const StateSet& set) {
    fields::Writer writer;
    ENSURE(writer.array("set-leaf", 2));
    ENSURE(writer.literal("set-leaf", crypto::kSetDomain));
    ENSURE(fields::walk_set(writer, set));
    return SetHash{crypto::sha256(writer.take()).array()};
}

Bytes possession_input(const ChainId& chain, std::optional<MemberId> member, Role role,
                       crypto::Algorithm algorithm, ByteView public_key) {
    fields::Writer writer;
    ENSURE(writer.array("possession", 5));
    ENSURE(writer.fixed("chain-id", chain));
    ENSURE(writer.optional(member, [&](const MemberId& id) {
        return fields::walk_member<fields::Writer>(writer, "member-id", id);
    }));
    ENSURE(fields::walk_role<fields::Writer>(writer, role));
    ENSURE(fields::walk_algorithm<fields::Writer>(writer, algorithm));
    ENSURE(writer.bytes("public-key", public_key, {0, 33}));
    ENSURE(public_key.size() == fields::public_key_size(algorithm));
    Bytes input = to_bytes(as_bytes(crypto::kPossessionDomain));
    append(input, writer.take());
    return input;
}

}  // namespace tasdiq::wire
