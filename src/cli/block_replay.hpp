#pragma once

#include <memory>
#include <variant>

#include "cli/audit.hpp"

namespace tasdiq::cli {

/// Replays entries one after the other; compares each block, once it is complete, with what the
/// rules make of its transactions.
class BlockReplay {
  public:
    /// Both outlive it.
    BlockReplay(ReplayView& view, AuditReport& report) : view_{view}, report_{report} {}

    /// The next entry of the log.
    void add(ByteView entry);
    /// There are no more.
    void finish();

    /// Something did not hold: nothing is replayed any more.
    [[nodiscard]] bool has_stopped() const { return stopped_; }
    /// Entry 0, once its block is complete.
    [[nodiscard]] const std::optional<wire::Genesis>& genesis() const { return genesis_; }
    [[nodiscard]] const wire::ChainId& chain() const { return chain_; }

  private:
    /// What is needed of a certificate's entry; there are many of them.
    struct Certificate {
        wire::Item item;
        AuditYear year;
    };
    struct Pending {
        std::size_t end;  // in bytes_
        std::variant<Certificate, std::unique_ptr<wire::Entry>> content;
    };
    static constexpr std::size_t kBlockEntriesMax = 1U << 20;

    void stop(AuditError error, std::size_t pending, std::string detail = {});
    void clear();
    void add_certificate(const wire::CertificateEntry& entry);
    /// pending_[at], if it is of that kind.
    template <class Kind>
    [[nodiscard]] const Kind* find(std::size_t at) const;
    [[nodiscard]] ByteView bytes_of(std::size_t at) const;
    void close(const wire::BlockEntry& end);
    void close_genesis();
    void close_transactions(const wire::BlockEntry& end);
    /// Sends the transaction at pending_[at] again; the number of entries that it should make.
    std::size_t send_again(ledger::BlockBuilder& block, std::size_t at);
    void compare(const std::vector<Bytes>& made);
    void count();

    ReplayView& view_;
    AuditReport& report_;
    // Of the block that is not complete yet.
    std::vector<Pending> pending_;
    Bytes bytes_;                       // of all of them
    std::optional<std::size_t> plain_;  // the last certificate that others may be like
    std::uint64_t first_ = 0;           // index of pending_[0]
    std::optional<wire::Genesis> genesis_;
    wire::ChainId chain_;
    std::uint64_t next_height_ = 0;
    Instant last_time_ = kNever;
    bool stopped_ = false;

    static constexpr Instant kNever{INT64_MIN};
};

}  // namespace tasdiq::cli
