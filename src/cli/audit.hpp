#pragma once

#include <map>
#include <vector>

#include "cli/log_files.hpp"
#include "cli/replay_view.hpp"
#include "wire/checkpoint.hpp"
#include "wire/trust_root.hpp"

namespace tasdiq::cli {

/// What does not hold in a ledger. Numbers are stable: docs/cli.md.
enum class AuditError : std::uint16_t {
    // The checkpoint
    kCheckpointMalformed = 1,
    kOrigin = 2,         // not that of its genesis
    kNoQuorum = 3,       // too few states' cosignatures hold
    kCosignature = 4,    // one does not hold
    kTrustRoot = 5,      // another ledger than the trust root's, or another history
    kOlderThanRoot = 6,  // ends before the trust root's checkpoint
    // The files
    kBundleMalformed = 20,
    kTileDiffers = 21,  // a hash in a tile is not what its entries give
    kRootDiffers = 22,  // the log's root is not the checkpoint's
    // The entries
    kEntryMalformed = 40,
    kEntryUnexpected = 41,  // of a kind that does not belong there
    kGenesis = 42,          // not one that a ledger may begin with
    kBlockOrder = 43,       // a height left out, a time that falls
    kBlockEmpty = 44,
    kBlockUnfinished = 45,  // the log ends inside a block
    kRefused = 46,          // the rules refuse a transaction that the log holds
    kEntryDiffers = 47,     // not what the rules make of the transaction
    kMapRootDiffers = 48,
    kBlockDiffers = 49,
};
[[nodiscard]] std::string_view to_string(AuditError error);

struct AuditFault {
    AuditError error;
    std::optional<wire::LogIndex> index;  // of the entry at fault, or the first one of several
    std::string detail;
    friend bool operator==(const AuditFault&, const AuditFault&) = default;
};

/// Certificates of one institution and one UTC year of recording.
struct AuditYear {
    wire::MemberId institution;
    std::int32_t year;
    friend auto operator<=>(const AuditYear&, const AuditYear&) = default;
};

struct AuditCounts {
    std::uint64_t blocks = 0;
    std::uint64_t transactions = 0;
    std::uint64_t certificates = 0;
    std::uint64_t voids = 0;
    std::map<wire::MemberKind, std::uint64_t> members;
    std::map<AuditYear, std::uint64_t> by_year;
    std::map<wire::StatusState, std::uint64_t> statuses;  // in force; of both slots
};

struct AuditReport {
    wire::Checkpoint checkpoint{};
    wire::LedgerKind ledger = wire::LedgerKind::kTest;
    std::vector<std::string> cosigners;  // ISO codes of the states whose cosignature holds
    std::vector<AuditFault> faults;      // in the order in which they were found
    AuditCounts counts;  // of the entries before the first that could not be replayed

    [[nodiscard]] bool is_sound() const { return faults.empty(); }
};

/// Recomputes a whole ledger from its files: every leaf and tile hash, the log's root, every
/// transaction by the rules, every entry byte for byte, the map's root of each block, the
/// checkpoint's cosignatures. Where the replay meets something that does not hold it stops, because
/// what follows stands on it; the tree is checked to the end.
class Auditor {
  public:
    explicit Auditor(LogFiles& files) : files_{files} {}

    /// The error: files that could not be had.
    [[nodiscard]] Result<AuditReport, NodeFault> run(const std::optional<wire::TrustRoot>& root);

    /// The ledger as far as it was replayed.
    [[nodiscard]] const ReplayView& view() const { return view_; }

  private:
    LogFiles& files_;
    ReplayView view_;
};

}  // namespace tasdiq::cli
