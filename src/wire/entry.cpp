#include "wire/entry.hpp"

#include "crypto/hash.hpp"
#include "wire/transaction.hpp"
#include "wire/value_fields.hpp"

namespace tasdiq::wire {
namespace fields {

template <>
inline constexpr Coded kCoded<Genesis>{0, 8, "genesis", 1};
template <>
inline constexpr Coded kCoded<TransactionEntry>{1, 2, "transaction-entry"};
template <>
inline constexpr Coded kCoded<CertificateEntry>{2, 9, "certificate-entry"};
template <>
inline constexpr Coded kCoded<BlockEntry>{3, 7, "block-entry"};

namespace {

constexpr std::uint8_t kHandoverKind = 4;
constexpr std::uint8_t kEngineEventKind = 5;

std::ptrdiff_t count_of(const std::vector<NewKey>& keys, Role role) {
    return std::ranges::count(keys, role, &NewKey::role);
}

const NewKey* node_key(const GenesisState& state) {
    const auto key = std::ranges::find(state.keys, Role::kNode, &NewKey::role);
    return key == state.keys.end() ? nullptr : &*key;
}

/// What `genesis_set` will need: one good node key a state, no two alike, no country twice.
template <class C>
Step check_states(C& c, const std::vector<GenesisState>& states) {
    TRY(c.check(is_distinct(states, &GenesisState::country), WireError::kOrder, "country"));
    std::vector<ByteView> nodes;
    for (const GenesisState& state : states) {
        TRY(c.check(
            count_of(state.keys, Role::kNode) == 1 && count_of(state.keys, Role::kVote) >= 2,
            WireError::kMismatch, "states"));
        nodes.emplace_back(node_key(state)->public_key);
        TRY(c.check(crypto::Ed25519PublicKey::parse(nodes.back()).has_value(),
                    WireError::kAlgorithm, "node-key"));
    }
    return c.check(is_distinct(nodes, as_text), WireError::kOrder, "node-key");
}

}  // namespace

template <class C>
Step walk(C& c, typename C::template Ref<GenesisState> state) {
    TRY(c.array("genesis-state", 3));
    TRY(walk_country<C>(c, state.country));
    TRY(walk_names<C>(c, state.names));
    return walk_new_keys<C>(c, state.keys);
}

template <class C>
Step walk_secretariat(C& c, typename C::template Ref<Genesis> genesis) {
    TRY(c.array("secretariat", 2));
    TRY(walk_names<C>(c, genesis.secretariat_names));
    TRY(walk_new_keys<C>(c, genesis.secretariat_keys));
    return c.check(count_of(genesis.secretariat_keys, Role::kPublisher) == 1 &&
                       count_of(genesis.secretariat_keys, Role::kSecretariat) >= 1,
                   WireError::kMismatch, "secretariat");
}

template <class C>
Step walk(C& c, typename C::template Ref<Genesis> genesis) {
    TRY(walk_code(c, "ledger", genesis.ledger, {0, 1}));
    TRY(c.text("origin-prefix", genesis.origin_prefix, {1, kOriginPrefixSizeMax}, is_origin));
    TRY(walk_instant<C>(c, "created", genesis.created));
    TRY(c.list("states", genesis.states, {1, 64}, [&](auto& state) { return walk<C>(c, state); }));
    TRY(check_states(c, genesis.states));
    TRY(walk_secretariat<C>(c, genesis));
    TRY(c.array("parameters", 1));
    return c.constant("reserved", 0, WireError::kOutOfRange);
}

template <class C>
Step walk(C& c, typename C::template Ref<TransactionEntry> entry) {
    return c.bytes("envelope", entry.envelope, {1, kEnvelopeSizeMax});
}

template <class C>
Step walk(C& c, typename C::template Ref<CertificateEntry> entry) {
    TRY(walk_instant<C>(c, "time", entry.time));
    TRY(c.optional(entry.effective,
                   [&](auto& instant) { return walk_instant<C>(c, "effective", instant); }));
    TRY(walk<C>(c, entry.terms));
    TRY(walk_signers<C>(c, entry.signers));
    TRY(c.fixed("commitment", entry.commitment));
    TRY(c.optional(entry.relation, [&](auto& relation) { return walk<C>(c, relation); }));
    TRY(c.optional(entry.award, [&](auto& index) { return walk_index<C>(c, "award", index); }));
    return c.optional(entry.seat, [&](auto& seat) { return walk<C>(c, seat); });
}

template <class C>
Step walk(C& c, typename C::template Ref<BlockEntry> entry) {
    TRY(c.integer("height", entry.height, kUint));
    TRY(walk_instant<C>(c, "time", entry.time));
    TRY(walk_index<C>(c, "first", entry.first));
    TRY(c.fixed("map-root", entry.map_root));
    TRY(c.fixed("set", entry.set));
    return c.fixed("next-set", entry.next_set);
}

namespace {

Step check_size(ByteView bytes) {
    if (bytes.size() <= kEntrySizeMax) return Ok{};
    return std::unexpected{WireFault{WireError::kTooLarge, "entry"}};
}

template <class T>
Result<T, WireFault> decode_entry_as(ByteView bytes) {
    TRY(check_size(bytes));
    return decode_coded<T>(bytes);
}

Result<std::uint8_t, WireFault> peek_kind(ByteView bytes) {
    Reader reader{bytes};
    std::size_t count = 0;
    TRY(reader.open("entry", count));
    TRY(reader.check(count > 0, WireError::kShape, "entry"));
    std::uint8_t kind = 0;
    TRY(walk_code(reader, "kind", kind, {0, kEngineEventKind}));
    return kind;
}

Result<DraftEntry, WireFault> decode_draft(std::uint8_t kind, ByteView bytes) {
    Reader reader{bytes};
    TRY(reader.item("entry"));
    TRY(reader.finish("entry"));
    return DraftEntry{kind, to_bytes(bytes)};
}

template <class T>
Result<Entry, WireFault> decode_any(ByteView bytes) {
    TRY(T entry, decode_coded<T>(bytes));
    return Entry{std::move(entry)};
}

}  // namespace
}  // namespace fields

Bytes encode(const Genesis& entry) { return fields::encode_coded(entry); }
Bytes encode(const TransactionEntry& entry) { return fields::encode_coded(entry); }
Bytes encode(const CertificateEntry& entry) { return fields::encode_coded(entry); }
Bytes encode(const BlockEntry& entry) { return fields::encode_coded(entry); }

Result<Entry, WireFault> decode_entry(ByteView bytes) {
    TRY(fields::check_size(bytes));
    TRY(const std::uint8_t kind, fields::peek_kind(bytes));
    switch (kind) {
        case fields::kCoded<Genesis>.code: return fields::decode_any<Genesis>(bytes);
        case fields::kCoded<TransactionEntry>.code:
            return fields::decode_any<TransactionEntry>(bytes);
        case fields::kCoded<CertificateEntry>.code:
            return fields::decode_any<CertificateEntry>(bytes);
        case fields::kCoded<BlockEntry>.code: return fields::decode_any<BlockEntry>(bytes);
        case fields::kHandoverKind:
        case fields::kEngineEventKind: break;
        default: ENSURE(false);
    }
    TRY(DraftEntry draft, fields::decode_draft(kind, bytes));
    return Entry{std::move(draft)};
}

Result<Genesis, WireFault> decode_genesis(ByteView bytes) {
    return fields::decode_entry_as<Genesis>(bytes);
}
Result<TransactionEntry, WireFault> decode_transaction(ByteView bytes) {
    return fields::decode_entry_as<TransactionEntry>(bytes);
}
Result<CertificateEntry, WireFault> decode_certificate(ByteView bytes) {
    return fields::decode_entry_as<CertificateEntry>(bytes);
}
Result<BlockEntry, WireFault> decode_block(ByteView bytes) {
    return fields::decode_entry_as<BlockEntry>(bytes);
}

ChainId chain_id(ByteView genesis_entry) {
    const crypto::Sha256Digest digest = crypto::sha256(genesis_entry);
    return *ChainId::from(digest.view().first(ChainId::kSize));
}

std::string origin_of(const Genesis& genesis, const ChainId& chain) {
    return genesis.origin_prefix + '/' + to_hex(chain.view());
}

StateSet genesis_set(const Genesis& genesis) {
    StateSet set;
    for (const GenesisState& state : genesis.states) {
        const NewKey* key = fields::node_key(state);
        ENSURE(key != nullptr);
        const auto parsed = crypto::Ed25519PublicKey::parse(key->public_key);
        ENSURE(parsed);
        set.push_back(
            {MemberId{static_cast<std::uint32_t>(set.size() + 1)}, state.country, *parsed});
    }
    return set;
}

}  // namespace tasdiq::wire
