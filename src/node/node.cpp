#include "node/node.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "node/answers.hpp"
#include "wire/record.hpp"

namespace tasdiq::node {
namespace {

NodeFault ledger_fault(const store::IoFault& fault) {
    return {NodeError::kLedger, std::string{to_string(fault.error)} + ": " + fault.detail};
}

template <class Record>
Result<Record, NodeFault> read(const store::LedgerStore& store, const wire::MapKey& key) {
    const auto bytes = store.record(key);
    if (!bytes) return std::unexpected{ledger_fault(bytes.error())};
    if (*bytes) {
        auto record = wire::decode_record<Record>(**bytes);
        if (record) return *std::move(record);
    }
    return std::unexpected{
        ledger_fault({store::IoError::kCorrupt, "a record of the ledger itself"})};
}

bool is_key(const keys::SigningKey& key, crypto::Algorithm algorithm, ByteView public_key) {
    return key.algorithm() == algorithm && std::ranges::equal(key.public_key().view(), public_key);
}

/// Whether `key` is the secretariat's publisher key that holds now.
Result<bool, NodeFault> is_publisher(const store::LedgerStore& store, const keys::SigningKey& key) {
    // Genesis counts its states from 1; the secretariat follows.
    const wire::MemberId secretariat{static_cast<std::uint32_t>(store.genesis().states.size()) + 1};
    TRY(const auto counters,
        read<wire::CountersRecord>(store, wire::MapKey::counters(secretariat)));
    for (std::uint16_t i = 0; i < counters.next_ordinal.value; ++i) {
        TRY(const auto record, read<wire::KeyRecord>(store, wire::MapKey::key(secretariat, {i})));
        if (record.role == wire::Role::kPublisher && !record.until &&
            is_key(key, record.algorithm, record.public_key)) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::string_view to_string(NodeError error) {
    switch (error) {
        case NodeError::kLedger: return "the ledger cannot be opened";
        case NodeError::kForeignNodeKey: return "a node key is not that of a state of this ledger";
        case NodeError::kNoQuorum:
            return "the node keys are those of too few states to make a checkpoint final";
        case NodeError::kPublisherKey:
            return "the publisher key is not that of this ledger's secretariat";
        case NodeError::kListen: return "the address cannot be served";
    }
    ENSURE(false);
}

Node::Node(NodeOptions options, const net::Logger& logger)
    : options_{std::move(options)}, logger_{logger} {}

Node::~Node() { stop(0); }

Result<std::unique_ptr<Node>, NodeFault> Node::start(NodeOptions options, NodeKeys keys,
                                                     const net::Logger& logger) {
    std::unique_ptr<Node> node{new Node{std::move(options), logger}};
    TRY(node->open(std::move(keys)));
    TRY(node->serve());
    return node;
}

Result<Ok, NodeFault> Node::open(NodeKeys keys) {
    auto opened = store::LedgerStore::open(options_.folder, store::Database::Mode::kReadWrite,
                                           options_.store);
    if (!opened) return std::unexpected{ledger_fault(opened.error())};
    store_ = *std::move(opened);
    TRY(const auto set, read<wire::SetRecord>(*store_, wire::MapKey::state_set()));
    keys_ = std::move(keys.node_keys);
    keys_.push_back(std::move(keys.publisher));

    std::vector<engine::Cosigner> cosigners;
    for (std::size_t i = 0; i + 1 < keys_.size(); ++i) {
        const keys::SigningKey& key = keys_[i];
        const auto member = std::ranges::find_if(set.set, [&](const wire::SetMember& one) {
            return is_key(key, crypto::Algorithm::kEd25519, one.node_key.view());
        });
        if (member == set.set.end()) {
            return std::unexpected{
                NodeFault{NodeError::kForeignNodeKey, "node key " + std::to_string(i + 1)}};
        }
        const bool is_known = std::ranges::any_of(cosigners, [&](const engine::Cosigner& one) {
            return one.member.state == member->state;
        });
        if (is_known) continue;
        cosigners.push_back({*member, [&key](ByteView text) { return key.sign(text); }});
    }
    held_ = cosigners.size();
    const std::size_t quorum = wire::quorum_of(set.set.size());
    if (held_ < quorum) {
        return std::unexpected{NodeFault{NodeError::kNoQuorum,
                                         std::to_string(held_) + " of " + std::to_string(quorum)}};
    }
    const keys::SigningKey& publisher = keys_.back();
    TRY(const bool is_known, is_publisher(*store_, publisher));
    const auto* publisher_key = publisher.public_key().get<crypto::Ed25519PublicKey>();
    if (!is_known || publisher_key == nullptr) {
        return std::unexpected{NodeFault{NodeError::kPublisherKey, ""}};
    }

    net::Gauge& size = metrics_.gauge("tasdiq_log_size", "Entries under the published checkpoint");
    net::Gauge& height = metrics_.gauge("tasdiq_block_height", "Height of the last block");
    engine_ = std::make_unique<engine::EmbeddedEngine>(
        *store_, std::move(cosigners),
        engine::Publisher{*publisher_key,
                          [&publisher](ByteView text) { return publisher.sign(text); }},
        options_.now, options_.engine,
        engine::EngineHooks{[this, &size, &height](const engine::Published& published) {
                                size.set(static_cast<std::int64_t>(published.head.log.size));
                                height.set(static_cast<std::int64_t>(published.head.height));
                                logger_.debug("checkpoint published",
                                              {{"size", published.head.log.size},
                                               {"height", published.head.height}});
                            },
                            [this](const store::IoFault& fault) { fail(fault); }});
    engine_->start();
    return Ok{};
}

Result<Ok, NodeFault> Node::serve() {
    api_ = std::make_unique<Api>(
        *store_, *engine_, metrics_,
        NodeInfo{options_.version, held_,
                 [this] { fail({store::IoError::kRead, "while answering a request"}); }},
        options_.now);
    net::ServerOptions server = options_.server;
    // A submission is an array of an envelope and its list: a few bytes more than the two.
    server.max_body_bytes = wire::kEnvelopeSizeMax + wire::kListSizeMax + 64;
    server.allow_origin = "*";  // everything here is public, and nothing is done by cookie
    server.on_request = [this](const net::RequestRecord& record) { count(record); };
    auto started = net::Server::start(
        std::move(server), [this](const net::HttpRequest& request, net::Responder responder) {
            handle(request, std::move(responder));
        });
    if (!started) return std::unexpected{NodeFault{NodeError::kListen, started.error().text}};
    server_ = *std::move(started);
    return Ok{};
}

void Node::handle(const net::HttpRequest& request, net::Responder responder) {
    // What lies on a disk that failed once is not told to anyone.
    if (failed_) return responder.answer(api_problem(ApiError::kStopped, "other"));
    api_->handle(request, std::move(responder));
}

void Node::fail(const store::IoFault& fault) {
    if (failed_.exchange(true)) return;
    logger_.error("the disk failed, nothing is served any more",
                  {{"code", static_cast<std::uint16_t>(fault.error)},
                   {"error", to_string(fault.error)},
                   {"detail", fault.detail}});
    if (options_.on_failed) options_.on_failed(fault);
}

void Node::count(const net::RequestRecord& record) {
    const std::string_view route = record.route.empty() ? "none" : record.route;
    const net::Labels labels{{"method", std::string{record.method}},
                             {"route", std::string{route}},
                             {"status", std::to_string(record.status)}};
    metrics_.counter("tasdiq_http_requests_total", "Requests answered", labels).add();
    metrics_
        .histogram("tasdiq_http_request_duration_seconds", "From header read to answer sent",
                   net::Unit::kMicroseconds, net::latency_bounds_us(),
                   {{"route", std::string{route}}})
        .observe(record.duration_us);
    logger_.debug("request", {{"method", record.method},
                              {"route", route},
                              {"status", record.status},
                              {"duration_us", record.duration_us}});
}

void Node::stop(std::uint32_t grace_ms) {
    if (server_) server_->stop(grace_ms);
    if (engine_) engine_->stop();
}

}  // namespace tasdiq::node
