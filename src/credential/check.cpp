#include "credential/check.hpp"

#include "base/ascii.hpp"
#include "base/ensure.hpp"
#include "credential/json_checks.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using Error = CredentialError;
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
        case Error::kId: return "an id is not one URL";
        case Error::kType: return "the type that the document must have is not among its types";
        case Error::kName: return "a name or description is neither text nor language objects";
        case Error::kIssuer: return "issuer is not a URL and has none as id";
        case Error::kSubject: return "credentialSubject is missing or empty";
        case Error::kValidity: return "the beginning or end of validity is not a date-time";
        case Error::kValidityOrder: return "validity ends before it begins";
        case Error::kStatus: return "credentialStatus has no type";
        case Error::kSchema: return "credentialSchema has no id or no type";
        case Error::kTermsOfUse: return "termsOfUse has no type";
        case Error::kEvidence: return "evidence has no type";
        case Error::kRefresh: return "refreshService has no type";
        case Error::kExtension: return "a reserved extension has no type";
        case Error::kRelated: return "relatedResource lacks an id of its own or a digest";
        case Error::kDigest: return "the digest of a related resource is another one";
        case Error::kBadgeContext: return "the Open Badges context is missing";
        case Error::kBadgeMember: return "a member that Open Badges asks for is missing";
        case Error::kBadgeProfile: return "the issuer is not a Profile";
        case Error::kBadgeSubject: return "not one AchievementSubject with an id or identifier";
        case Error::kBadgeAchievement: return "the achievement lacks a member";
        case Error::kBadgeIdentifier: return "an identifier is not an IdentityObject";
        case Error::kHolder: return "holder is not a URL and has none as id";
        case Error::kPresented: return "verifiableCredential is not credentials that are objects";
        case Error::kEnvelope:
            return "an enveloped credential has not just its context, one data URL and one type";
        case Error::kSelfAsserted: return "a credential without proof is not the holder's own";
    }
    ENSURE(false);
}

bool is_url(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == text.size()) return false;
    const auto is_scheme = [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
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
    TRY(check_head(document, kVerifiableCredential));
    TRY(check_body(document));
    const Json* const type = document.find("type");
    if (is_one_of(type, "OpenBadgeCredential") || is_one_of(type, "AchievementCredential")) {
        return check_badge(document);
    }
    return Ok{};
}

}  // namespace tasdiq::credential
