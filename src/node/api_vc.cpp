#include "credential/vc_api.hpp"
#include "node/api.hpp"
#include "node/ledger_documents.hpp"

namespace tasdiq::node {

net::HttpResponse Api::post_vc_api(const net::HttpRequest& request) {
    const bool is_credential = request.target.segments.front() == "credentials";
    const std::string_view route = is_credential ? "/credentials/verify" : "/presentations/verify";
    if (!request.content_type.starts_with("application/json")) {
        return api_problem(ApiError::kMediaType, route, "application/json");
    }
    LedgerDocuments documents{[this](std::string_view url) { return find_document(url); }};
    credential::VcApiWorld world{documents, contexts_of_thread(), now_()};
    const auto answer = is_credential ? credential::answer_verify_credential(request.body, world)
                                      : credential::answer_verify_presentation(request.body, world);
    if (documents.failed()) return api_problem(ApiError::kStore, route);
    auto response = json_answer(answer.body, route, Caching::kNone, answer.status);
    if (answer.status >= 400) response.content_type = "application/problem+json";
    return response;
}

}  // namespace tasdiq::node
