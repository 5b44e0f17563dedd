#include <functional>

#include "codec/jcs.hpp"
#include "credential/did.hpp"
#include "credential/vc_api.hpp"
#include "linked/bundled_contexts.hpp"
#include "node/api.hpp"

namespace tasdiq::node {
namespace {

using codec::Json;

/// The DID documents of this ledger's members, as the node serves them.
class MemberDocuments final : public credential::DocumentSource {
  public:
    using Find = std::function<Result<Json, ApiError>(wire::MemberId)>;

    MemberDocuments(std::string_view host, Find find) : host_{host}, find_{std::move(find)} {}

    const Json* document(std::string_view url) override {
        const auto did = credential::parse_institution_did(url);
        if (!did || did->host != host_) return nullptr;
        auto found = find_(wire::MemberId{did->member});
        if (!found) {
            failed_ = failed_ || found.error() == ApiError::kStore;
            return nullptr;
        }
        last_ = *std::move(found);
        return &last_;
    }
    /// The disk failed: what was answered is worth nothing.
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    std::string_view host_;
    Find find_;
    Json last_;
    bool failed_ = false;
};

}  // namespace

net::HttpResponse Api::post_vc_api(const net::HttpRequest& request) {
    const bool is_credential = request.target.segments.front() == "credentials";
    const std::string_view route = is_credential ? "/credentials/verify" : "/presentations/verify";
    if (!request.content_type.starts_with("application/json")) {
        return api_problem(ApiError::kMediaType, route, "application/json");
    }
    MemberDocuments documents{credential::host_of_origin(store_.origin()),
                              [this](wire::MemberId member) { return did_document(member); }};
    thread_local linked::BundledContexts contexts;
    credential::VcApiWorld world{documents, contexts.cache(), now_()};
    const auto answer = is_credential ? credential::answer_verify_credential(request.body, world)
                                      : credential::answer_verify_presentation(request.body, world);
    if (documents.failed()) {
        if (info_.on_store_failure) info_.on_store_failure();
        return api_problem(ApiError::kStore, route);
    }
    auto response = json_answer(answer.body, route, Caching::kNone, answer.status);
    if (answer.status >= 400) response.content_type = "application/problem+json";
    return response;
}

}  // namespace tasdiq::node
