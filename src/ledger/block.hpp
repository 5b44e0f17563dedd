#pragma once

#include <map>

#include "ledger/apply.hpp"

namespace tasdiq::ledger {

/// Where a transaction stands in the log. Its certificates follow its entry.
struct Accepted {
    wire::LogIndex index;
    wire::LogIndex first_certificate;  // index + 1; meaningless without certificates
    std::uint32_t certificate_count = 0;
    bool is_repeated = false;  // it stood there already; nothing was added
    friend bool operator==(const Accepted&, const Accepted&) = default;
};

/// What a closed block adds to the log.
struct ClosedBlock {
    std::vector<Bytes> entries;  // the last is the block entry; none if the block changes nothing
    std::vector<Recorded> commitments;
};

/// Strings transactions together: each sees what those before it in the block did. Refused and
/// repeated ones leave no trace, and a block of nothing else changes nothing. Usage:
///   BlockBuilder block{view, context};
///   for (…) answers.push_back(block.add(submission));
///   const auto writes = block.take_writes();
///   const auto closed = block.finish(root of the map after `writes`);
class BlockBuilder {
  public:
    /// `base` is what the block stands on; it outlives the builder and does not change.
    BlockBuilder(const View& base, const BlockContext& context);

    /// Errors: those of `LedgerError` but kAlreadyRecorded.
    [[nodiscard]] Result<Accepted, Refusal> add(ByteView submission);
    /// The same, authenticated before, on `base` or an older view of the same ledger.
    [[nodiscard]] Result<Accepted, Refusal> add(const AuthenticatedTransaction& transaction);

    [[nodiscard]] const BlockContext& context() const { return context_; }
    [[nodiscard]] bool empty() const { return entries_.empty(); }
    /// Entries so far, without the block's own.
    [[nodiscard]] std::size_t entry_count() const { return entries_.size(); }

    /// The block's writes to the map with the ledger's own record, ascending by key, each key once.
    /// Nothing can be added any more.
    [[nodiscard]] std::vector<Write> take_writes();

    /// Closes the block. `map_root` is the map's after `take_writes` (ENSURE: called before).
    [[nodiscard]] ClosedBlock finish(const merkle::MapRoot& map_root);

  private:
    class Overlay;
    friend BlockBuilder make_genesis_block(const wire::Genesis& genesis);

    void take(Diff diff);

    const View* base_;  // not a reference, so that builders can be moved
    BlockContext context_;
    std::vector<Bytes> entries_;
    std::map<wire::MapKey, std::optional<Bytes>> writes_;
    std::vector<Recorded> commitments_;
    // Ordered: who issues chooses the commitments, and could make any plain hash slow.
    std::map<wire::Commitment, wire::LogIndex> indices_;
    wire::SetHash set_;  // governs this block; known once the writes are taken
    bool is_sealed_ = false;
};

}  // namespace tasdiq::ledger
