#include "cli/status_issuer.hpp"

#include "codec/jcs.hpp"
#include "credential/published_list.hpp"
#include "credential/suite.hpp"

namespace tasdiq::cli {
namespace {

using certificate::kListPurposes;
using codec::Json;
using credential::VcAnswer;

constexpr std::size_t kBodySizeMax = std::size_t{1} << 20;

VcAnswer refusal(unsigned status, std::string_view title) {
    return {status,
            Json::object().set("type", "about:blank").set("title", title).set("status", status)};
}

std::string path_of(const std::string& list, std::string_view purpose) {
    return std::string{StatusIssuer::kPath} + "/status/" + list + "/" + std::string{purpose};
}

VcAnswer sign(const Json& document, const credential::IssuerKey& key,
              credential::VcApiWorld& world) {
    return credential::answer_issue(codec::to_jcs(document),
                                    StatusIssuer::suite_of(key.algorithm()), key, world);
}

}  // namespace

std::string_view StatusIssuer::suite_of(crypto::Algorithm algorithm) {
    return algorithm == crypto::Algorithm::kEd25519 ? credential::kEddsaRdfc2022
                                                    : credential::kEcdsaRdfc2019;
}

VcAnswer StatusIssuer::issue(std::string_view body, const std::string& base,
                             const credential::IssuerKey& key, credential::VcApiWorld& world) {
    auto request = codec::parse_json(body, {.size_bytes_max = kBodySizeMax});
    if (!request) return refusal(400, "the body is no JSON");
    Json* const document = request->find("credential");
    const bool has_place =
        document != nullptr && document->is_object() && !document->find("credentialStatus");
    if (!has_place) return sign(*request, key, world);
    const auto place = places_.next();
    Json entries = Json::array();
    for (const std::string_view purpose : kListPurposes) {
        entries.push(credential::make_status_entry(purpose, place.index,
                                                   base + path_of(place.list, purpose)));
    }
    document->set("credentialStatus", std::move(entries));
    auto answer = sign(*request, key, world);
    if (answer.status == 201) {
        for (const std::string_view purpose : kListPurposes) {
            lists_.try_emplace(path_of(place.list, purpose));
        }
    }
    return answer;
}

VcAnswer StatusIssuer::set_status(std::string_view body, const std::string& base) {
    const auto request = codec::parse_json(body, {.size_bytes_max = kBodySizeMax});
    const Json* const status = request ? request->find("credentialStatus") : nullptr;
    const Json* const value = request ? request->find("status") : nullptr;
    if (status == nullptr || value == nullptr || !value->get_boolean()) {
        return refusal(400, "credentialStatus and a boolean status are expected");
    }
    const auto entry = credential::parse_status_entry(*status);
    if (!entry) return refusal(400, to_string(entry.error()));
    const bool is_here = entry->list_url.starts_with(base);
    const auto list = is_here ? lists_.find(entry->list_url.substr(base.size())) : lists_.end();
    const bool is_given = list != lists_.end() && entry->index < list->second.count() &&
                          list->first.ends_with("/" + entry->purpose);
    if (!is_given) return refusal(404, "this is no entry of this issuer");
    list->second.set(static_cast<std::size_t>(entry->index), *value->get_boolean());
    return {200, Json::object()};
}

VcAnswer StatusIssuer::list(std::string_view path, const std::string& base,
                            const credential::IssuerKey& key, credential::VcApiWorld& world) {
    const auto found = lists_.find(path);
    if (found == lists_.end()) return refusal(404, "there is no such list");
    const std::string method = key.verification_method();
    const Json document = credential::make_status_credential(
        {.url = base + found->first,
         .issuer = method.substr(0, method.find('#')),
         .purpose = found->first.substr(found->first.rfind('/') + 1),
         .valid_from = world.now,
         .ttl_ms = credential::kListTtl_ms},
        found->second);
    const auto answer = sign(Json::object().set("credential", document), key, world);
    if (answer.status != 201) return answer;
    return {200, *answer.body.find("verifiableCredential")};
}

}  // namespace tasdiq::cli
