#include "credential/check.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "base/ensure.hpp"
#include "credential/date_time.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using Error = CredentialError;
using Checked = Result<Ok, CredentialFault>;

std::unexpected<CredentialFault> fault(Error error, std::string pointer) {
    return std::unexpected{CredentialFault{error, std::move(pointer)}};
}

/// The elements of an array, or one value as a list of one; none for a null pointer.
std::span<const Json> list_of(const Json* value) {
    if (value == nullptr) return {};
    if (value->is_array()) return value->as_array();
    return {value, 1};
}

bool is_one_of(const Json* types, std::string_view wanted) {
    return std::ranges::any_of(list_of(types), [wanted](const Json& type) {
        return type.is_string() && type.as_string() == wanted;
    });
}

/// `types` is one text or a list of texts with `wanted` among them.
bool is_type(const Json& object, std::string_view wanted) {
    const Json* const types = object.find("type");
    const auto all = list_of(types);
    return std::ranges::all_of(all, &Json::is_string) && is_one_of(types, wanted);
}

bool has_url(const Json& object, std::string_view key) {
    const std::string* const text = object.find_string(key);
    return text != nullptr && is_url(*text);
}

bool has_text(const Json& object, std::string_view key) {
    const std::string* const text = object.find_string(key);
    return text != nullptr && !text->empty();
}

/// A text, a language object or a list of language objects. Spec: VC-DATA-MODEL §11.1.
bool is_language_text(const Json& value) {
    if (value.is_string()) return true;
    const auto all = list_of(&value);
    return !all.empty() && std::ranges::all_of(all, [](const Json& one) {
        if (!one.is_object() || one.find_string("@value") == nullptr) return false;
        return std::ranges::all_of(one.as_object(), [](const codec::JsonMember& member) {
            return member.key == "@value" || member.key == "@language" ||
                   member.key == "@direction";
        });
    });
}

/// Nothing without the member; an empty instant for what is no date-time.
std::optional<std::optional<Instant>> date_time(const Json& object, std::string_view key) {
    const Json* const value = object.find(key);
    if (value == nullptr) return std::nullopt;
    const std::string* const text = value->get_string();
    return text == nullptr ? std::optional<Instant>{} : parse_date_time(*text);
}

Checked check_head(const Json& document) {
    const Json* const context = document.find("@context");  // §4.3
    const Json::Array* const contexts = context == nullptr ? nullptr : context->get_array();
    if (contexts == nullptr || contexts->empty() || !contexts->front().is_string() ||
        contexts->front().as_string() != kCredentialsContext) {
        return fault(Error::kContext, "/@context");
    }
    for (const Json& one : *contexts) {
        const bool url = one.is_string() && is_url(one.as_string());
        if (!url && !one.is_object()) return fault(Error::kContext, "/@context");
    }
    const bool has_id = document.find("id") != nullptr;  // §4.4
    if (has_id && !has_url(document, "id")) return fault(Error::kId, "/id");
    if (!is_type(document, "VerifiableCredential")) return fault(Error::kType, "/type");  // §4.5
    for (const std::string_view key : {"name", "description"}) {                          // §4.6
        const Json* const value = document.find(key);
        if (value != nullptr && !is_language_text(*value)) {
            return fault(Error::kName, "/" + std::string{key});
        }
    }
    return Ok{};
}

Checked check_body(const Json& document) {
    const Json* const issuer = document.find("issuer");  // §4.7
    const bool named = issuer != nullptr && issuer->is_string() && is_url(issuer->as_string());
    if (!named && (issuer == nullptr || !has_url(*issuer, "id"))) {
        return fault(Error::kIssuer, "/issuer");
    }
    const auto subjects = list_of(document.find("credentialSubject"));  // §4.8
    const bool filled = std::ranges::all_of(
        subjects, [](const Json& one) { return one.is_object() && one.size() > 0; });
    if (subjects.empty() || !filled) return fault(Error::kSubject, "/credentialSubject");
    const auto from = date_time(document, "validFrom");  // §4.9
    const auto until = date_time(document, "validUntil");
    if (from && !*from) return fault(Error::kValidity, "/validFrom");
    if (until && !*until) return fault(Error::kValidity, "/validUntil");
    if (from && until && **until < **from) return fault(Error::kValidityOrder, "/validUntil");
    for (const Json& status : list_of(document.find("credentialStatus"))) {  // §4.10
        if (!status.is_object() || status.find("type") == nullptr) {
            return fault(Error::kStatus, "/credentialStatus");
        }
    }
    for (const Json& schema : list_of(document.find("credentialSchema"))) {  // §4.11
        if (!has_url(schema, "id") || !has_text(schema, "type")) {
            return fault(Error::kSchema, "/credentialSchema");
        }
    }
    return Ok{};
}

Checked check_identifiers(const Json& subject) {
    for (const Json& one : list_of(subject.find("identifier"))) {
        const Json* const hashed = one.find("hashed");
        const bool good = one.is_object() && is_type(one, "IdentityObject") && hashed != nullptr &&
                          hashed->is_boolean() && has_text(one, "identityHash") &&
                          has_text(one, "identityType");
        if (!good) return fault(Error::kBadgeIdentifier, "/credentialSubject/identifier");
    }
    return Ok{};
}

/// Spec: OPEN-BADGES, appendix B (data model).
Checked check_badge(const Json& document) {
    if (!is_one_of(document.find("@context"), kOpenBadgesContext)) {
        return fault(Error::kBadgeContext, "/@context");
    }
    if (!has_url(document, "id")) return fault(Error::kBadgeMember, "/id");
    if (!date_time(document, "validFrom")) return fault(Error::kBadgeMember, "/validFrom");
    const auto awarded = date_time(document, "awardedDate");
    if (awarded && !*awarded) return fault(Error::kBadgeMember, "/awardedDate");
    const Json& issuer = *document.find("issuer");
    if (issuer.is_object() && !is_type(issuer, "Profile")) {
        return fault(Error::kBadgeProfile, "/issuer");
    }
    const auto subjects = list_of(document.find("credentialSubject"));
    const Json& subject = subjects.front();
    const Json* const identifier = subject.find("identifier");
    const bool identified = has_url(subject, "id") || !list_of(identifier).empty();
    if (subjects.size() != 1 || !is_type(subject, "AchievementSubject") || !identified) {
        return fault(Error::kBadgeSubject, "/credentialSubject");
    }
    const Json* const achievement = subject.find("achievement");
    const Json* const criteria = achievement == nullptr ? nullptr : achievement->find("criteria");
    const bool good = achievement != nullptr && has_url(*achievement, "id") &&
                      is_type(*achievement, "Achievement") && has_text(*achievement, "name") &&
                      has_text(*achievement, "description") && criteria != nullptr &&
                      (has_text(*criteria, "narrative") || has_url(*criteria, "id"));
    if (!good) return fault(Error::kBadgeAchievement, "/credentialSubject/achievement");
    return check_identifiers(subject);
}

}  // namespace

std::string_view to_string(CredentialError error) {
    switch (error) {
        case Error::kNotAnObject: return "not a JSON object";
        case Error::kContext: return "@context does not begin with the credentials context";
        case Error::kId: return "id is not one URL";
        case Error::kType: return "VerifiableCredential is not among the types";
        case Error::kName: return "name or description is neither text nor language objects";
        case Error::kIssuer: return "issuer is not a URL and has none as id";
        case Error::kSubject: return "credentialSubject is missing or empty";
        case Error::kValidity: return "validFrom or validUntil is not a date-time";
        case Error::kValidityOrder: return "validUntil is before validFrom";
        case Error::kStatus: return "credentialStatus has no type";
        case Error::kSchema: return "credentialSchema has no id or no type";
        case Error::kBadgeContext: return "the Open Badges context is missing";
        case Error::kBadgeMember: return "a member that Open Badges asks for is missing";
        case Error::kBadgeProfile: return "the issuer is not a Profile";
        case Error::kBadgeSubject: return "not one AchievementSubject with an id or identifier";
        case Error::kBadgeAchievement: return "the achievement lacks a member";
        case Error::kBadgeIdentifier: return "an identifier is not an IdentityObject";
    }
    ENSURE(false);
}

bool is_url(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == text.size()) return false;
    const auto is_letter = [](char c) { return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z'); };
    const auto is_scheme = [&](char c) {
        return is_letter(c) || ('0' <= c && c <= '9') || c == '+' || c == '-' || c == '.';
    };
    if (!is_letter(text.front()) || !std::ranges::all_of(text.substr(0, colon), is_scheme)) {
        return false;
    }
    return std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > 0x20 && byte != 0x7f && c != '<' && c != '>' && c != '"' && c != '\\';
    });
}

Result<Ok, CredentialFault> check_credential(const Json& document) {
    if (!document.is_object()) return fault(Error::kNotAnObject, "");
    TRY(check_head(document));
    TRY(check_body(document));
    const Json* const type = document.find("type");
    if (is_one_of(type, "OpenBadgeCredential") || is_one_of(type, "AchievementCredential")) {
        return check_badge(document);
    }
    return Ok{};
}

}  // namespace tasdiq::credential
