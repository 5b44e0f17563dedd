#include "cli/audit.hpp"

#include <algorithm>

#include "cli/block_replay.hpp"
#include "cli/exit_code.hpp"
#include "cli/progress.hpp"
#include "crypto/hash.hpp"
#include "crypto/signature.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::size_t kFaultsMax = 100;

/// Grows the tree of all entries; compares its tiles, each as soon as it is as wide as it will be,
/// with those of the log.
class TreeCheck {
  public:
    TreeCheck(LogFiles& files, AuditReport& report) : files_{files}, report_{report} {}

    void add(ByteView entry) { log_.append(merkle::hash_leaf(entry)); }

    [[nodiscard]] Result<Ok, NodeFault> compare_tiles() {
        for (const merkle::Tile& tile : log_.take_changed_tiles()) {
            const auto there =
                merkle::tile_of(tile.id.level, tile.id.index, report_.checkpoint.size);
            if (!there || there->width != tile.id.width) continue;
            TRY(const Bytes kept, files_.tile(tile.id));
            if (kept != tile.bytes && report_.faults.size() < kFaultsMax) {
                report_.faults.push_back(fault_of(tile, kept));
            }
        }
        return Ok{};
    }

    [[nodiscard]] std::uint64_t size() const { return log_.size(); }
    [[nodiscard]] merkle::TreeHead head() const { return log_.head(); }

  private:
    static AuditFault fault_of(const merkle::Tile& tile, const Bytes& kept) {
        const auto [differs, other] = std::ranges::mismatch(tile.bytes, kept);
        const auto hash = static_cast<std::uint64_t>(differs - tile.bytes.begin()) / 32;
        std::uint64_t index = tile.id.index * merkle::kTileWidth + hash;
        for (unsigned level = 0; level < tile.id.level; ++level) index *= merkle::kTileWidth;
        return {AuditError::kTileDiffers, wire::LogIndex{index}, merkle::tile_path(tile.id)};
    }

    LogFiles& files_;
    AuditReport& report_;
    merkle::LogAppender log_;
};

void add_fault(AuditReport& report, AuditError error, std::string detail = {}) {
    report.faults.push_back({error, std::nullopt, std::move(detail)});
}

/// The signatures of a checkpoint whose ledger begins with `genesis`.
void check_cosignatures(const wire::SignedNote& note, const wire::StateSet& set,
                        AuditReport& report) {
    for (const wire::Cosignature& one :
         wire::cosignatures_in(note, set, report.checkpoint.origin)) {
        const auto member = std::ranges::find(set, one.state, &wire::SetMember::state);
        if (crypto::verify(member->node_key, wire::cosignature_input(note.text, one.time),
                           one.signature)) {
            report.cosigners.push_back(member->country);
        } else {
            add_fault(report, AuditError::kCosignature, member->country);
        }
    }
    if (report.cosigners.size() < wire::quorum_of(set.size())) {
        add_fault(report, AuditError::kNoQuorum,
                  std::to_string(report.cosigners.size()) + " of " + std::to_string(set.size()));
    }
}

void check_trust_root(const wire::TrustRoot& root, ByteView genesis_entry, AuditReport& report) {
    const auto hash = wire::GenesisHash::from(crypto::sha256(genesis_entry).view());
    if (root.genesis != *hash || root.origin != report.checkpoint.origin) {
        add_fault(report, AuditError::kTrustRoot, "it is of another ledger");
    }
    if (root.checkpoint.size > report.checkpoint.size) {
        add_fault(report, AuditError::kOlderThanRoot);
    }
}

/// What the records say in the end.
void count_records(const ReplayView& view, AuditCounts& counts) {
    const auto kind_of = [](const wire::MapKey& key) { return to_bytes(key.bytes().first(2)); };
    const Bytes members = kind_of(wire::MapKey::member({1}));
    const Bytes statuses = kind_of(wire::MapKey::status({1}));
    for (const auto& [key, bytes] : view.records()) {
        if (key.bytes().size() < 2) continue;
        if (kind_of(key) == members) {
            const auto member = wire::decode_record<wire::MemberRecord>(bytes);
            ENSURE(member);
            ++counts.members[member->kind];
            counts.voids += member->voids.size();
        } else if (kind_of(key) == statuses) {
            const auto status = wire::decode_record<wire::StatusRecord>(bytes);
            ENSURE(status);
            for (const auto& slot : {status->issuer, status->authority}) {
                if (slot && slot->state != wire::StatusState::kReinstated) {
                    ++counts.statuses[slot->state];
                }
            }
        }
    }
}

}  // namespace

std::string_view to_string(AuditError error) {
    switch (error) {
        using enum AuditError;
        case kCheckpointMalformed: return "the checkpoint is malformed";
        case kOrigin: return "the checkpoint's origin is not that of this genesis";
        case kNoQuorum: return "too few states have cosigned the checkpoint";
        case kCosignature: return "a state's cosignature does not hold";
        case kTrustRoot: return "the ledger contradicts the trust root";
        case kOlderThanRoot: return "the ledger ends before the trust root's checkpoint";
        case kBundleMalformed: return "a bundle of entries is malformed";
        case kTileDiffers: return "a tile does not hold the hash that the entries give";
        case kRootDiffers: return "the entries do not give the checkpoint's root";
        case kEntryMalformed: return "the entry is malformed";
        case kEntryUnexpected: return "the entry does not belong there";
        case kGenesis: return "no ledger may begin with this genesis";
        case kBlockOrder: return "the block does not follow the one before";
        case kBlockEmpty: return "the block holds nothing";
        case kBlockUnfinished: return "the block has no end";
        case kRefused: return "the rules refuse this transaction";
        case kEntryDiffers: return "the entry is not what the transaction gives";
        case kMapRootDiffers: return "the block's map root is not what its transactions give";
        case kBlockDiffers: return "the block entry is not what its transactions give";
    }
    ENSURE(false);
}

Result<AuditReport, NodeFault> Auditor::run(const std::optional<wire::TrustRoot>& root) {
    AuditReport report;
    TRY(const std::string text, files_.checkpoint());
    const auto note = wire::parse_note(text);
    const auto checkpoint =
        note ? wire::parse_checkpoint(note->text)
             : Result<wire::Checkpoint, wire::WireFault>{std::unexpected{note.error()}};
    if (!checkpoint) {
        add_fault(report, AuditError::kCheckpointMalformed,
                  std::string{wire::to_string(checkpoint.error().error)});
        return report;
    }
    report.checkpoint = *checkpoint;

    TreeCheck tree{files_, report};
    BlockReplay replay{view_, report};
    Progress progress{"Auditing", checkpoint->size};
    Bytes genesis_entry;
    for (std::uint64_t index = 0;; ++index) {
        const auto id = merkle::bundle_of(index, checkpoint->size);
        if (!id) break;
        TRY(const Bytes bundle, files_.bundle(*id));
        const auto entries = merkle::decode_bundle(bundle, id->width);
        if (!entries) {
            report.faults.push_back({AuditError::kBundleMalformed,
                                     wire::LogIndex{index * merkle::kTileWidth},
                                     merkle::bundle_path(*id)});
            return report;  // how many entries it holds is not known: nothing can follow
        }
        for (const ByteView entry : *entries) {
            if (genesis_entry.empty()) genesis_entry = to_bytes(entry);
            tree.add(entry);
            replay.add(entry);
            if (root && tree.size() == root->checkpoint.size &&
                tree.head().root != root->checkpoint.root) {
                add_fault(report, AuditError::kTrustRoot, "it is of another history");
            }
        }
        TRY(tree.compare_tiles());
        if (view_.has_failed()) {
            return std::unexpected{NodeFault{kExitIo, "the temporary file failed"}};
        }
        progress.step(id->width);
    }
    replay.finish();
    if (tree.head() != merkle::TreeHead{checkpoint->size, checkpoint->root}) {
        add_fault(report, AuditError::kRootDiffers);
    }
    if (const auto& genesis = replay.genesis()) {
        if (checkpoint->origin != wire::origin_of(*genesis, replay.chain())) {
            add_fault(report, AuditError::kOrigin);
        }
        check_cosignatures(*note, wire::genesis_set(*genesis), report);
    }
    if (root) check_trust_root(*root, genesis_entry, report);
    count_records(view_, report.counts);
    TRY(files_.finish_mirror(text));
    return report;
}

}  // namespace tasdiq::cli
