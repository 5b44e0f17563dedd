#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/embedded_engine.hpp"
#include "keys/signing_key.hpp"
#include "net/log.hpp"
#include "net/metrics.hpp"
#include "net/server.hpp"
#include "node/api.hpp"

namespace tasdiq::node {

/// Why a node does not start. Checks run in this order.
enum class NodeError : std::uint16_t {
    kLedger = 1,          // the store's IoError is in the detail
    kForeignNodeKey = 2,  // no state of the governing set has this key
    kNoQuorum = 3,        // the node keys are not those of a quorum
    kPublisherKey = 4,    // not the secretariat's publisher key
    kListen = 5,
};
[[nodiscard]] std::string_view to_string(NodeError error);

struct NodeFault {
    NodeError error;
    std::string detail;
};

/// What a node signs with. With the keys of more than one state it is a test, and says so.
struct NodeKeys {
    std::vector<keys::SigningKey> node_keys;  // Ed25519, of states of the set, in any order
    keys::SigningKey publisher;
};

struct NodeOptions {
    std::string folder;
    net::ServerOptions server = {};  // limits of the body and `on_request` are the node's own
    engine::EngineOptions engine = {};
    store::StoreOptions store = {};
    std::string version;
    std::function<Instant()> now;
    /// Once, from any thread, when the disk has failed: from then on every request is answered 503,
    /// and the owner ends the program.
    std::function<void(const store::IoFault&)> on_failed = {};
};

/// A ledger node in this process: store, embedded engine, HTTP.
class Node {
  public:
    /// Opens the ledger in `folder`, cosigns its head and serves. `logger` outlives the node.
    static Result<std::unique_ptr<Node>, NodeFault> start(NodeOptions options, NodeKeys keys,
                                                          const net::Logger& logger);
    /// Stops without grace.
    ~Node();

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] const std::string& origin() const { return store_->origin(); }
    [[nodiscard]] wire::LedgerKind ledger() const { return store_->genesis().ledger; }
    [[nodiscard]] std::size_t node_keys_held() const { return held_; }

    /// Lets requests finish for up to `grace_ms`, then the blocks under way. Idempotent.
    void stop(std::uint32_t grace_ms);

  private:
    Node(NodeOptions options, const net::Logger& logger);
    [[nodiscard]] Result<Ok, NodeFault> open(NodeKeys keys);
    [[nodiscard]] Result<Ok, NodeFault> serve();
    void fail(const store::IoFault& fault);
    void handle(const net::HttpRequest& request, net::Responder responder);
    void count(const net::RequestRecord& record);

    NodeOptions options_;
    const net::Logger& logger_;
    net::Registry metrics_;
    std::size_t held_ = 0;
    std::vector<keys::SigningKey> keys_;  // what the engine's functions sign with; never resized
    std::atomic<bool> failed_ = false;
    std::unique_ptr<store::LedgerStore> store_;
    std::unique_ptr<engine::EmbeddedEngine> engine_;
    std::unique_ptr<Api> api_;
    std::unique_ptr<net::Server> server_;  // ends first
};

}  // namespace tasdiq::node
