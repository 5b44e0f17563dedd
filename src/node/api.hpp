#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "net/metrics.hpp"
#include "net/server.hpp"
#include "node/answers.hpp"
#include "node/evidence_maker.hpp"
#include "node/pages.hpp"
#include "verify/verifier.hpp"

namespace tasdiq::node {

/// The node's answers. Called on the server's threads; reads what is durable, never waits for the
/// engine (a submission's answer comes when it is durable). Routes: docs/api.md, web/openapi.json.
class Api {
  public:
    Api(store::LedgerStore& store, engine::Engine& engine, net::Registry& metrics, NodeInfo info,
        std::function<Instant()> now);

    void handle(const net::HttpRequest& request, net::Responder responder);

  private:
    using Segments = std::span<const std::string>;

    [[nodiscard]] net::HttpResponse get(const net::HttpRequest& request);
    /// All but transactions, which are answered later.
    [[nodiscard]] net::HttpResponse post(const net::HttpRequest& request);
    [[nodiscard]] static bool is_page(Segments segments);
    [[nodiscard]] net::HttpResponse get_page(const net::HttpRequest& request) const;
    [[nodiscard]] net::HttpResponse get_asset(std::string_view name) const;
    [[nodiscard]] net::HttpResponse get_api(const net::HttpRequest& request, Segments segments);
    [[nodiscard]] net::HttpResponse get_checkpoint() const;
    [[nodiscard]] net::HttpResponse get_tile(const std::string& path) const;
    [[nodiscard]] net::HttpResponse get_ledger() const;
    [[nodiscard]] net::HttpResponse get_trust_root() const;
    [[nodiscard]] net::HttpResponse get_members(const net::HttpRequest& request) const;
    [[nodiscard]] net::HttpResponse get_member(wire::MemberId member) const;
    [[nodiscard]] net::HttpResponse get_accreditations(wire::MemberId member) const;
    [[nodiscard]] net::HttpResponse get_cohorts(wire::MemberId member) const;
    [[nodiscard]] net::HttpResponse get_accreditation(wire::MemberId member,
                                                      std::uint32_t number) const;
    [[nodiscard]] net::HttpResponse get_entry(wire::LogIndex index) const;
    [[nodiscard]] net::HttpResponse get_entries(const net::HttpRequest& request) const;
    [[nodiscard]] net::HttpResponse get_certificate(wire::LogIndex index) const;
    [[nodiscard]] net::HttpResponse get_certificate_of(std::string_view commitment) const;
    [[nodiscard]] net::HttpResponse get_transaction(std::string_view id) const;
    [[nodiscard]] net::HttpResponse get_evidence(const net::HttpRequest& request);
    [[nodiscard]] net::HttpResponse get_evidence_of(const net::HttpRequest& request,
                                                    wire::LogIndex index);
    [[nodiscard]] net::HttpResponse get_did_document(wire::MemberId member) const;
    /// Errors: kStore, kNotFound.
    [[nodiscard]] Result<codec::Json, ApiError> did_document(wire::MemberId member) const;
    [[nodiscard]] net::HttpResponse get_health() const;
    [[nodiscard]] net::HttpResponse get_statuses(const net::HttpRequest& request) const;
    [[nodiscard]] net::HttpResponse get_status_list(const net::HttpRequest& request) const;
    [[nodiscard]] net::HttpResponse post_status_list(const net::HttpRequest& request);
    /// Drops the member's lists by keys that may not sign them any more; `issuer` signs them now.
    /// False if there are none, without a look if the ledger has not grown since the last one.
    /// Errors: kStore, kNotFound.
    [[nodiscard]] Result<bool, ApiError> make_room_for_list(wire::MemberId member,
                                                            wire::MemberId issuer);
    /// The document of a DID or a status list of this ledger's members.
    /// Errors: kStore, kNotFound.
    [[nodiscard]] Result<codec::Json, ApiError> find_document(std::string_view url) const;
    void post_transaction(const net::HttpRequest& request, net::Responder responder);
    [[nodiscard]] net::HttpResponse post_verify(const net::HttpRequest& request);
    /// `/credentials/verify` and `/presentations/verify`: docs/formats/vc-api.md.
    [[nodiscard]] net::HttpResponse post_vc_api(const net::HttpRequest& request);

    [[nodiscard]] wire::TrustRoot trust_root() const;
    [[nodiscard]] wire::StateSet state_set() const;

    store::LedgerStore& store_;
    engine::Engine& engine_;
    net::Registry& metrics_;
    NodeInfo info_;
    std::function<Instant()> now_;
    EvidenceMaker evidence_maker_;
    Pages pages_;
    std::vector<std::string> origin_path_;           // segments of the origin after its host
    std::mutex swept_mutex_;                         // held while room is made; guards `swept_`
    std::map<wire::MemberId, std::uint64_t> swept_;  // size of the log at the last look for room
};

}  // namespace tasdiq::node
