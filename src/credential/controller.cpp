#include "credential/controller.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "credential/json_checks.hpp"
#include "crypto/multikey.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

/// Whether `one`, a method or the URL of one (perhaps relative to the document), is `url`.
bool is_named(const Json& one, std::string_view url, std::string_view document) {
    const std::string_view id = id_of(&one);
    return id == url ||
           (id.starts_with('#') && url.starts_with(document) && url.substr(document.size()) == id);
}

const Json* find_named(const Json& document, std::string_view list, std::string_view url,
                       std::string_view document_url) {
    const Json* const all = document.find(list);
    if (all == nullptr || !all->is_array()) return nullptr;
    const auto found = std::ranges::find_if(
        all->as_array(), [&](const Json& one) { return is_named(one, url, document_url); });
    return found == all->as_array().end() ? nullptr : &*found;
}

/// Whether the method has a date of this name that is past, or one that is no date.
bool is_past(const Json& method, std::string_view key, Instant now) {
    const auto instant = date_time(method, key);
    return instant && (!*instant || **instant <= now);
}

std::optional<crypto::PublicKey> key_of(const Json& method) {
    const std::string* const type = method.find_string("type");
    const std::string* const multikey = method.find_string("publicKeyMultibase");
    if (type == nullptr || multikey == nullptr) return std::nullopt;
    const bool legacy = *type == "Ed25519VerificationKey2020";
    if (!legacy && *type != "Multikey") return std::nullopt;
    auto key = crypto::parse_multikey(*multikey);
    if (!key || (legacy && key->algorithm() != crypto::Algorithm::kEd25519)) return std::nullopt;
    return *std::move(key);
}

bool is_relationship(std::string_view purpose) {
    constexpr std::string_view kAll[] = {"assertionMethod", "authentication",
                                         "capabilityDelegation", "capabilityInvocation"};
    return std::ranges::find(kAll, purpose) != std::end(kAll);
}

}  // namespace

std::string_view to_string(MethodError error) {
    switch (error) {
        case MethodError::kUrl: return "INVALID_VERIFICATION_METHOD_URL";
        case MethodError::kDocument: return "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT";
        case MethodError::kDocumentId: return "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID";
        case MethodError::kMethod: return "INVALID_VERIFICATION_METHOD";
        case MethodError::kRelationship: return "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD";
    }
    ENSURE(false);
}

Result<crypto::PublicKey, MethodError> retrieve_method(std::string_view verification_method,
                                                       std::string_view purpose,
                                                       DocumentSource& documents, Instant now) {
    const std::size_t hash = verification_method.find('#');  // steps 1–3
    if (!is_url(verification_method) || hash == std::string_view::npos ||
        hash + 1 == verification_method.size()) {
        return std::unexpected{MethodError::kUrl};
    }
    const std::string_view url = verification_method.substr(0, hash);
    const Json* const document = documents.document(url);  // steps 4 and 5
    const std::string* const id = document == nullptr ? nullptr : document->find_string("id");
    if (id == nullptr) return std::unexpected{MethodError::kDocument};
    if (*id != url) return std::unexpected{MethodError::kDocumentId};  // step 6

    // Steps 7–10. A method may stand in the relationship alone, by value.
    const bool known_purpose = is_relationship(purpose);
    const Json* const related =
        known_purpose ? find_named(*document, purpose, verification_method, url) : nullptr;
    const Json* method = find_named(*document, "verificationMethod", verification_method, url);
    if (method == nullptr && related != nullptr && related->is_object()) method = related;
    if (method == nullptr || !method->is_object()) return std::unexpected{MethodError::kMethod};
    const std::string* const controller = method->find_string("controller");
    auto key = key_of(*method);
    if (controller == nullptr || *controller != url || !key || is_past(*method, "revoked", now) ||
        is_past(*method, "expires", now)) {
        return std::unexpected{MethodError::kMethod};
    }
    if (related == nullptr) return std::unexpected{MethodError::kRelationship};  // step 11
    return *std::move(key);
}

std::optional<crypto::PublicKey> DocumentResolver::resolve(std::string_view verification_method,
                                                           std::string_view purpose) {
    error_.reset();
    if (verification_method.starts_with("did:key:")) {
        auto key = DidKeyResolver{}.resolve(verification_method, purpose);
        if (!key) error_ = MethodError::kMethod;
        return key;
    }
    auto key = retrieve_method(verification_method, purpose, documents_, now_);
    if (key) return *std::move(key);
    error_ = key.error();
    return std::nullopt;
}

}  // namespace tasdiq::credential
