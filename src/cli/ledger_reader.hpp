#pragma once

#include "cli/audit.hpp"
#include "cli/known_members.hpp"
#include "cli/log_files.hpp"
#include "codec/json.hpp"
#include "wire/entry.hpp"

namespace tasdiq::cli {

/// How far what is shown was checked here.
enum class Proof : std::uint8_t {
    kIncluded,  // its inclusion in the checkpoint's log was computed
    kReplayed,  // the whole ledger was
    kNodeSays,  // it was not
};

/// Something of the ledger, as JSON for reading, and how far it was checked.
struct Shown {
    codec::Json json;
    Proof proof;
};

/// A checkpoint, and what its cosignatures are worth.
struct ReadCheckpoint {
    wire::Checkpoint checkpoint;
    wire::Genesis genesis;
    std::vector<std::string> cosigners;  // of the states whose cosignature holds
    bool is_final = false;
};

/// A transaction's entry, and the id that its payload has.
struct ReadTransaction {
    Bytes bytes;
    wire::Entry entry;
    wire::TransactionId id;
};

/// Looks things up in a ledger's files, and what they don't show in its node or, for a folder, by
/// replaying them. Faults: kExitRefused for what is not there or does not hold.
class LedgerReader {
  public:
    explicit LedgerReader(LogFiles& files) : files_{files}, auditor_{files} {}

    [[nodiscard]] Result<ReadCheckpoint, NodeFault> checkpoint();
    /// The entry's bytes, which lie under the checkpoint.
    [[nodiscard]] Result<Bytes, NodeFault> entry_bytes(wire::LogIndex index);
    [[nodiscard]] Result<wire::CertificateEntry, NodeFault> certificate_entry(wire::LogIndex index);
    /// Nothing if the log has no certificate of this number.
    [[nodiscard]] Result<std::optional<wire::CertificateEntry>, NodeFault> find_certificate(
        wire::LogIndex index);
    /// Nothing if the entry is no transaction.
    [[nodiscard]] Result<std::optional<ReadTransaction>, NodeFault> transaction_at(
        wire::LogIndex index);

    [[nodiscard]] Result<Shown, NodeFault> show_checkpoint();
    [[nodiscard]] Result<Shown, NodeFault> show_entry(wire::LogIndex index);
    /// Its entry, its statuses and attestation and those of its award, and the cohort of the seat
    /// that it, or its award, stands on.
    [[nodiscard]] Result<Shown, NodeFault> show_certificate(wire::LogIndex index);
    [[nodiscard]] Result<Shown, NodeFault> show_member(wire::MemberId member);
    [[nodiscard]] Result<Shown, NodeFault> show_transaction(const wire::TransactionId& id);

    /// The members that `json` names, as the node has them; of a folder only once it was replayed,
    /// which names alone are not worth. Not proven, and what isn't found is left out.
    [[nodiscard]] KnownMembers known_members(const codec::Json& json);

  private:
    /// The replayed ledger of a folder.
    [[nodiscard]] Result<const ReplayView*, NodeFault> replayed();
    [[nodiscard]] Result<codec::Json, NodeFault> replayed_member(wire::MemberId member);
    /// When the block of an entry was made: as the first entry from there on says that has a time.
    [[nodiscard]] Result<Instant, NodeFault> block_time(wire::LogIndex index);
    /// Gives every decision of both slots the time of its entry.
    [[nodiscard]] Result<Ok, NodeFault> add_times(codec::Json& status);
    /// `status`, `attestation` and `cohort` of a certificate.
    [[nodiscard]] Result<codec::Json, NodeFault> records_of(wire::LogIndex index,
                                                            const wire::CertificateEntry& entry);

    LogFiles& files_;
    Auditor auditor_;
    bool is_replayed_ = false;
    std::optional<ReadCheckpoint> checkpoint_;
};

}  // namespace tasdiq::cli
