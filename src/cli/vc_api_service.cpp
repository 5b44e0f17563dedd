#include "cli/vc_api_service.hpp"

#include <algorithm>

#include "cli/proof_keys.hpp"
#include "codec/jcs.hpp"
#include "crypto/multikey.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;
using crypto::Algorithm;

constexpr std::string_view kIssuersRoute = "/issuers";
constexpr std::string_view kIssueRoute = "/issuers/{suite}/credentials/issue";
constexpr std::string_view kIssue = "/credentials/issue";

/// Signs with a key of this process, which is a did:key.
class TestIssuerKey final : public credential::IssuerKey {
  public:
    explicit TestIssuerKey(const keys::SigningKey& key) : key_{key} {}
    [[nodiscard]] Algorithm algorithm() const override { return key_.algorithm(); }
    [[nodiscard]] std::string verification_method() const override {
        return crypto::to_did_key_method(key_.public_key());
    }
    [[nodiscard]] Bytes sign(ByteView message) const override { return key_.sign(message); }

  private:
    const keys::SigningKey& key_;
};

/// The status lists of this process, and what else is known.
class WithOwnLists final : public credential::DocumentSource {
  public:
    WithOwnLists(ControllerFiles& others, StatusIssuer& lists, std::string base,
                 const keys::SigningKey* key, linked::ContextCache& contexts, Instant now)
        : others_{others},
          lists_{lists},
          base_{std::move(base)},
          key_{key},
          world_{others, contexts, now} {}

    const Json* document(std::string_view url) override {
        if (key_ == nullptr || !url.starts_with(base_)) return others_.document(url);
        auto answer = lists_.list(url.substr(base_.size()), base_, TestIssuerKey{*key_}, world_);
        if (answer.status != 200) return others_.document(url);
        last_ = std::move(answer.body);
        return &last_;
    }

  private:
    ControllerFiles& others_;
    StatusIssuer& lists_;
    std::string base_;
    const keys::SigningKey* key_;  // of the lists; null without issuers
    credential::VcApiWorld world_;
    Json last_;
};

/// What follows the suite's name where keys of more than one curve have it.
std::vector<std::string_view> curve_paths(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::kEd25519: return {""};
        case Algorithm::kEs256: return {"/p256", ""};
        case Algorithm::kEs384: return {"/p384"};
    }
    ENSURE(false);
}

/// The same for those that sign a JWT: the algorithms of the standard.
std::vector<std::string_view> jwt_paths(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::kEd25519: return {"/issuers/jwt/eddsa"};
        case Algorithm::kEs256: return {"/issuers/jwt/es256", "/issuers/jwt"};
        case Algorithm::kEs384: return {"/issuers/jwt/es384"};
    }
    ENSURE(false);
}

/// What needs no key.
struct Route {
    std::string_view path;
    credential::VcAnswer (*answer)(std::string_view body, credential::VcApiWorld& world);
};
constexpr Route kRoutes[] = {
    {"/credentials/verify", credential::answer_verify_credential},
    {"/presentations/verify", credential::answer_verify_presentation},
    {"/credentials/derive", credential::answer_derive},
};

credential::VcAnswer issue(std::string_view body, std::string_view cryptosuite,
                           const TestIssuerKey& key, credential::VcApiWorld& world) {
    if (cryptosuite.empty()) return credential::answer_issue_jwt(body, key, world);
    if (cryptosuite == credential::kEcdsaSd2023) {
        return credential::answer_issue_base(body, key, FreshProofKeys{}, world);
    }
    return credential::answer_issue(body, cryptosuite, key, world);
}

net::HttpResponse json_response(const credential::VcAnswer& answer, std::string_view route) {
    const bool is_problem = answer.status >= 400;
    auto response = net::make_response(is_problem ? "application/problem+json" : "application/json",
                                       codec::to_jcs(answer.body));
    response.status = answer.status;
    response.route = route;
    return response;
}

net::HttpResponse refusal(unsigned status, std::string_view title) {
    return net::make_problem({.status = status, .title = title});
}

}  // namespace

void VcApiService::add_issuer(keys::SigningKey key) {
    for (const credential::Suite& suite : credential::suites()) {
        if (suite.algorithm != key.algorithm()) continue;
        for (const std::string_view curve : curve_paths(suite.algorithm)) {
            std::string path = "/issuers/" + std::string{suite.name} + std::string{curve};
            issuers_.push_back({std::move(path), suite.name, keys_.size()});
        }
    }
    if (key.algorithm() == Algorithm::kEs256) {
        for (const std::string_view curve : curve_paths(Algorithm::kEs256)) {
            issuers_.push_back({"/issuers/ecdsa-sd-2023" + std::string{curve},
                                credential::kEcdsaSd2023, keys_.size()});
        }
    }
    for (const std::string_view path : jwt_paths(key.algorithm())) {
        issuers_.push_back({std::string{path}, {}, keys_.size()});
    }
    if (keys_.empty()) {
        issuers_.push_back({std::string{StatusIssuer::kPath},
                            StatusIssuer::suite_of(key.algorithm()), keys_.size()});
    }
    keys_.push_back(std::move(key));
}

std::string VcApiService::did_of(const Issuer& issuer) const {
    return crypto::to_did_key(keys_[issuer.key].public_key());
}

net::HttpResponse VcApiService::answer(const net::HttpRequest& request, Instant now) {
    if (request.method == net::Method::kGet) return answer_get(request, now);
    if (request.method == net::Method::kPost) return answer_post(request, now);
    return refusal(405, "only GET and POST are allowed");
}

std::string VcApiService::base_of(const net::HttpRequest& request) const {
    return std::string{scheme_} + "://" + request.host;
}

net::HttpResponse VcApiService::answer_get(const net::HttpRequest& request, Instant now) {
    const std::string& path = request.target.path;
    if (path == kIssuersRoute) return get_issuers();
    const bool is_list = path.starts_with(StatusIssuer::kPath) && !keys_.empty();
    if (!is_list) return refusal(404, "there is no such page");
    credential::VcApiWorld world{controllers_, contexts_, now};
    const auto answer =
        status_issuer_.list(path, base_of(request), TestIssuerKey{keys_.front()}, world);
    auto response = json_response(answer, StatusIssuer::kListRoute);
    if (answer.status == 200) response.content_type = "application/vc";
    return response;
}

net::HttpResponse VcApiService::get_issuers() const {
    Json list = Json::array();
    for (const Issuer& issuer : issuers_) {
        Json one = Json::object()
                       .set("endpoint", issuer.path + std::string{kIssue})
                       .set("id", did_of(issuer));
        if (!issuer.cryptosuite.empty()) one.set("cryptosuite", issuer.cryptosuite);
        list.push(std::move(one));
    }
    return json_response({200, Json::object().set("issuers", std::move(list))}, kIssuersRoute);
}

net::HttpResponse VcApiService::answer_post(const net::HttpRequest& request, Instant now) {
    const std::string& path = request.target.path;
    const auto issuer = std::ranges::find_if(
        issuers_, [&](const Issuer& one) { return path == one.path + std::string{kIssue}; });
    const auto route = std::ranges::find(kRoutes, path, &Route::path);
    const bool sets_status = path == StatusIssuer::kStatusRoute && !keys_.empty();
    if (issuer == issuers_.end() && route == std::end(kRoutes) && !sets_status) {
        return refusal(404, "there is no such page");
    }
    if (!request.content_type.starts_with("application/json")) {
        return refusal(415, "application/json is expected");
    }
    const keys::SigningKey* const first_key = keys_.empty() ? nullptr : &keys_.front();
    WithOwnLists documents{controllers_, status_issuer_, base_of(request),
                           first_key,    contexts_,      now};
    credential::VcApiWorld world{documents, contexts_, now};
    if (route != std::end(kRoutes)) {
        return json_response(route->answer(request.body, world), route->path);
    }
    if (sets_status) {
        return json_response(status_issuer_.set_status(request.body, base_of(request)),
                             StatusIssuer::kStatusRoute);
    }
    if (issuer->path == StatusIssuer::kPath) {
        return json_response(status_issuer_.issue(request.body, base_of(request),
                                                  TestIssuerKey{keys_.front()}, world),
                             StatusIssuer::kIssueRoute);
    }
    return json_response(
        issue(request.body, issuer->cryptosuite, TestIssuerKey{keys_[issuer->key]}, world),
        kIssueRoute);
}

}  // namespace tasdiq::cli
