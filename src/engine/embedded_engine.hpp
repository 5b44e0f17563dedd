#pragma once

#include <condition_variable>
#include <deque>
#include <thread>

#include "engine/engine.hpp"

namespace tasdiq::engine {

using Sign = std::function<Bytes(ByteView)>;

/// A node key that this node holds.
struct Cosigner {
    wire::SetMember member;
    Sign sign;  // Ed25519, 64 bytes
};

/// The origin's own signature on final checkpoints: what standard witnesses and readers look for.
struct Publisher {
    crypto::Ed25519PublicKey key;
    Sign sign;
};

struct EngineOptions {
    std::size_t queue_count_max = 4'096;  // submissions that may wait
    std::size_t queue_bytes_max = 256U << 20;
    std::size_t block_entries_max = 65'536;  // a block is closed when it has so many
    std::size_t blocks_per_write_max = 16;
    std::int64_t cosign_interval_s = 60;  // freshness: DESIGN §5
};

/// What the engine tells its operator. All are called from the engine's thread.
struct EngineHooks {
    std::function<void(const Published&)> on_published;
    std::function<void(const store::IoFault&)> on_failed;  // once; nothing is accepted afterwards
};

/// The single node: orders by arrival, groups what waits into one synced write.
///
/// The order that loses nothing and never signs two histories: database synced, then the checkpoint
/// file synced (both `LedgerStore::commit`), then cosignatures, then publication, then answers.
class EmbeddedEngine final : public Engine {
  public:
    /// `now` is the machine's clock. `cosigners` are at least a quorum of the ledger's set
    /// (ENSURE).
    EmbeddedEngine(store::LedgerStore& store, std::vector<Cosigner> cosigners, Publisher publisher,
                   std::function<Instant()> now, EngineOptions options, EngineHooks hooks);
    /// Stops.
    ~EmbeddedEngine() override;

    /// Cosigns the current head and begins to work.
    void start();
    /// Finishes the blocks under way, answers what waits with kStopped, ends the thread.
    /// Idempotent.
    void stop();

    void submit(Bytes submission, OnAnswer on_answer) override;
    [[nodiscard]] std::shared_ptr<const Published> published() const override;

  private:
    struct Waiting {
        Bytes submission;
        OnAnswer on_answer;
    };
    struct Answered {
        OnAnswer on_answer;
        Answer answer;
    };

    void run();
    [[nodiscard]] std::vector<Waiting> take_waiting();
    void process(std::vector<Waiting> waiting);
    [[nodiscard]] Result<Ok, store::IoFault> make_blocks(const store::LedgerStore::Lock& lock,
                                                         std::vector<Waiting> waiting,
                                                         std::vector<Answered>& answered);
    void publish(const store::Head& head);
    void fail(const store::IoFault& fault);
    [[nodiscard]] ledger::BlockContext next_block() const;

    store::LedgerStore& store_;
    std::vector<Cosigner> cosigners_;
    Publisher publisher_;
    std::function<Instant()> now_;
    EngineOptions options_;
    EngineHooks hooks_;

    mutable std::mutex mutex_;  // guards what follows
    std::condition_variable wake_;
    std::deque<Waiting> queue_;
    std::size_t queue_bytes_ = 0;
    bool stopping_ = false;
    bool failed_ = false;
    std::shared_ptr<const Published> published_;

    store::Head appended_;  // after the last appended block; the engine's thread only
    std::thread thread_;
};

}  // namespace tasdiq::engine
