#pragma once

#include <functional>
#include <memory>
#include <variant>

#include "ledger/block.hpp"
#include "store/ledger_store.hpp"
#include "wire/checkpoint.hpp"

namespace tasdiq::engine {

/// A final checkpoint: what may be told to anyone.
struct Published {
    store::Head head;
    wire::Checkpoint checkpoint;
    std::vector<wire::Cosignature> cosignatures;  // at least a quorum, ascending by state
    std::string note;  // with the publisher's signature and all cosignatures
};

/// Why a submission got no answer about itself.
enum class Unavailable : std::uint8_t {
    kBusy = 1,     // too many are waiting; try again
    kStopped = 2,  // the node is stopping, or its disk failed: nothing of this submission was kept
};

using Answer = std::variant<ledger::Accepted, ledger::Refusal, Unavailable>;

/// Called once, from any thread; `Accepted` only after it is durable and its checkpoint published.
using OnAnswer = std::function<void(const Answer&)>;

/// What orders transactions. All members are safe from any thread.
class Engine {
  public:
    Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    virtual ~Engine() = default;

    /// `submission` is an encoded `submission` (docs/formats/transaction.md).
    virtual void submit(Bytes submission, OnAnswer on_answer) = 0;

    /// The newest final checkpoint. While the store's state lock is held, it is that of
    /// `store.head()`.
    [[nodiscard]] virtual std::shared_ptr<const Published> published() const = 0;
};

}  // namespace tasdiq::engine
