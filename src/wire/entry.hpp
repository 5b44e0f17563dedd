#pragma once

#include <variant>

#include "merkle/log_tree.hpp"
#include "merkle/sparse_map.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::wire {

/// A log entry fits a C2SP bundle: its length is a u16.
inline constexpr std::size_t kEntrySizeMax = 65'535;
inline constexpr std::size_t kOriginPrefixSizeMax = 160;

struct GenesisState {
    std::string country;
    std::vector<Name> names;
    std::vector<NewKey> keys;  // two `vote` keys or more and exactly one `node` key (Ed25519)
    friend bool operator==(const GenesisState&, const GenesisState&) = default;
};

/// Entry 0. States get the member ids 1, 2, … in this order, the secretariat the next one. No
/// country and no node key stands twice.
struct Genesis {
    LedgerKind ledger;
    std::string origin_prefix;  // `host[:port]/path`; no scheme, no slash at the end
    Instant created;
    std::vector<GenesisState> states;  // 1–64
    std::vector<Name> secretariat_names;
    std::vector<NewKey> secretariat_keys;  // `secretariat` and exactly one `publisher`
    friend bool operator==(const Genesis&, const Genesis&) = default;
};

struct TransactionEntry {
    Bytes envelope;
    friend bool operator==(const TransactionEntry&, const TransactionEntry&) = default;
};

struct CertificateEntry {
    Instant time;                      // of the block
    std::optional<Instant> effective;  // with a cool-off: when it begins to count
    Terms terms;
    std::vector<Signer> signers;
    Commitment commitment;
    std::optional<Relation> relation;
    std::optional<LogIndex> award;  // none: it is its own
    std::optional<Seat> seat;
    friend bool operator==(const CertificateEntry&, const CertificateEntry&) = default;
};

/// The last entry of every block that has others.
struct BlockEntry {
    std::uint64_t height;
    Instant time;
    LogIndex first;  // of the block's first entry
    merkle::MapRoot map_root;
    SetHash set;       // governs this block's checkpoint
    SetHash next_set;  // governs the next block's
    friend bool operator==(const BlockEntry&, const BlockEntry&) = default;
};

/// A kind that this version records nothing of: handover (4), engine event (5).
struct DraftEntry {
    std::uint8_t kind;
    Bytes cbor;
    friend bool operator==(const DraftEntry&, const DraftEntry&) = default;
};

using Entry = std::variant<Genesis, TransactionEntry, CertificateEntry, BlockEntry, DraftEntry>;

/// With many states and long names it may be larger than kEntrySizeMax: nobody takes it then.
[[nodiscard]] Bytes encode(const Genesis& entry);
[[nodiscard]] Bytes encode(const TransactionEntry& entry);
[[nodiscard]] Bytes encode(const CertificateEntry& entry);
[[nodiscard]] Bytes encode(const BlockEntry& entry);
/// Errors of these: kTooLarge, then the first in the input.
[[nodiscard]] Result<Entry, WireFault> decode_entry(ByteView bytes);
[[nodiscard]] Result<Genesis, WireFault> decode_genesis(ByteView bytes);
[[nodiscard]] Result<TransactionEntry, WireFault> decode_transaction(ByteView bytes);
[[nodiscard]] Result<CertificateEntry, WireFault> decode_certificate(ByteView bytes);
[[nodiscard]] Result<BlockEntry, WireFault> decode_block(ByteView bytes);

/// The first 16 bytes of SHA-256(entry 0).
[[nodiscard]] ChainId chain_id(ByteView genesis_entry);
/// `<origin prefix>/<chain id in hex>`.
[[nodiscard]] std::string origin_of(const Genesis& genesis, const ChainId& chain);
/// The set that genesis begins with: each state's one node key.
[[nodiscard]] StateSet genesis_set(const Genesis& genesis);

}  // namespace tasdiq::wire
