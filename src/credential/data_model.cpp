#include "credential/json_checks.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using Error = CredentialError;

/// What a member that names things of others must hold.
struct Extension {
    std::string_view key;
    Error error;
    enum class Id : std::uint8_t { kOptional, kInVersion1, kRequired } id;
};

constexpr Extension kExtensions[] = {
    {"credentialStatus", Error::kStatus, Extension::Id::kInVersion1},   // §4.10
    {"credentialSchema", Error::kSchema, Extension::Id::kRequired},     // §4.11
    {"termsOfUse", Error::kTermsOfUse, Extension::Id::kOptional},       // §5.5
    {"evidence", Error::kEvidence, Extension::Id::kOptional},           // §5.6
    {"refreshService", Error::kRefresh, Extension::Id::kInVersion1},    // §5.4
    {"confidenceMethod", Error::kExtension, Extension::Id::kOptional},  // §5.10
    {"renderMethod", Error::kExtension, Extension::Id::kOptional},      // §5.10
};

bool is_version1(const Json& document) {
    return list_of(document.find("@context")).front().as_string() == kCredentialsContext1;
}

bool is_direction(const Json& value) {
    return value.is_string() && (value.as_string() == "ltr" || value.as_string() == "rtl");
}

/// A text, a language object or a list of language objects. Spec: VC-DATA-MODEL §11.1.
bool is_language_text(const Json& value) {
    if (value.is_string()) return true;
    const auto all = list_of(&value);
    return !all.empty() && std::ranges::all_of(all, [](const Json& one) {
        if (!one.is_object() || one.find_string("@value") == nullptr) return false;
        return std::ranges::all_of(one.as_object(), [](const codec::JsonMember& member) {
            if (member.key == "@direction") return is_direction(member.value);
            return (member.key == "@value" || member.key == "@language") &&
                   member.value.is_string();
        });
    });
}

/// An `id`, if there is one, is one URL. Spec: VC-DATA-MODEL §4.4.
Checked check_id(const Json& object, const std::string& pointer) {
    const bool has_id = object.find("id") != nullptr;
    if (has_id && !has_url(object, "id")) return fault(Error::kId, pointer + "/id");
    return Ok{};
}

Checked check_names(const Json& object, const std::string& pointer) {  // §4.6
    for (const std::string_view key : {"name", "description"}) {
        const Json* const value = object.find(key);
        if (value != nullptr && !is_language_text(*value)) {
            return fault(Error::kName, pointer + "/" + std::string{key});
        }
    }
    return Ok{};
}

Checked check_issuer(const Json& document) {  // §4.7
    const Json* const issuer = document.find("issuer");
    const bool named = issuer != nullptr && issuer->is_string() && is_url(issuer->as_string());
    if (named) return Ok{};
    if (issuer == nullptr || !has_url(*issuer, "id")) return fault(Error::kIssuer, "/issuer");
    return is_version1(document) ? Checked{Ok{}} : check_names(*issuer, "/issuer");
}

Checked check_subjects(const Json& document) {  // §4.8
    const Json* const value = document.find("credentialSubject");
    const auto subjects = list_of(value);
    const bool filled = std::ranges::all_of(
        subjects, [](const Json& one) { return one.is_object() && one.size() > 0; });
    if (subjects.empty() || !filled) return fault(Error::kSubject, "/credentialSubject");
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        TRY(check_id(subjects[i], pointer_to("credentialSubject", *value, i)));
    }
    return Ok{};
}

Checked check_validity(const Json& document) {  // §4.9; in version 1.1 §4.5 and §4.6
    const bool version1 = is_version1(document);
    const std::string from_key = version1 ? "issuanceDate" : "validFrom";
    const std::string until_key = version1 ? "expirationDate" : "validUntil";
    const auto from = date_time(document, from_key);
    const auto until = date_time(document, until_key);
    const bool needed = version1 && !from;
    if (needed || (from && !*from)) return fault(Error::kValidity, "/" + from_key);
    if (until && !*until) return fault(Error::kValidity, "/" + until_key);
    if (from && until && **until < **from) return fault(Error::kValidityOrder, "/" + until_key);
    return Ok{};
}

Checked check_extension(const Json& document, const Extension& extension) {
    const Json* const value = document.find(extension.key);
    if (value == nullptr) return Ok{};
    const auto all = list_of(value);
    if (all.empty()) return fault(extension.error, "/" + std::string{extension.key});
    const bool needs_id = extension.id == Extension::Id::kRequired ||
                          (extension.id == Extension::Id::kInVersion1 && is_version1(document));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string pointer = pointer_to(extension.key, *value, i);
        if (!all[i].is_object() || !has_types(all[i])) return fault(extension.error, pointer);
        if (needs_id && !has_url(all[i], "id")) return fault(extension.error, pointer);
        TRY(check_id(all[i], pointer));
    }
    return Ok{};
}

Checked check_presented(const Json& presentation, const Json& credential,
                        const std::string& pointer) {
    if (!credential.is_object()) return fault(Error::kPresented, pointer);
    if (is_one_of(credential.find("type"), kEnvelopedCredential)) {
        return check_envelope(credential, kEnvelopedCredential, pointer);
    }
    if (auto checked = check_credential(credential); !checked) {
        return fault(checked.error().error, pointer + checked.error().pointer);
    }
    // §4.13.4: what is only secured by the presentation is the holder's own word.
    const bool secured = credential.find("proof") != nullptr;
    const std::string_view holder = id_of(presentation.find("holder"));
    if (!secured && (holder.empty() || holder != id_of(credential.find("issuer")))) {
        return fault(Error::kSelfAsserted, pointer);
    }
    return Ok{};
}

}  // namespace

Checked check_envelope(const Json& object, std::string_view wanted, const std::string& pointer) {
    const std::string* const id = object.find_string("id");
    const std::string* const type = object.find_string("type");
    const bool is_named = is_one_of(object.find("@context"), kCredentialsContext) &&
                          type != nullptr && *type == wanted;
    const bool has_data = id != nullptr && id->starts_with("data:") && id->find(',') != id->npos;
    // Nothing else: nobody signed it, and what reads the envelope as a credential would believe it.
    const bool has_more = object.size() != 3;
    if (!is_named || !has_data || has_more) return fault(Error::kEnvelope, pointer);
    return Ok{};
}

Checked check_head(const Json& document, std::string_view wanted) {
    const Json* const context = document.find("@context");  // §4.3
    const Json::Array* const contexts = context == nullptr ? nullptr : context->get_array();
    if (contexts == nullptr || contexts->empty() || !contexts->front().is_string() ||
        (contexts->front().as_string() != kCredentialsContext &&
         contexts->front().as_string() != kCredentialsContext1)) {
        return fault(Error::kContext, "/@context");
    }
    for (std::size_t i = 1; i < contexts->size(); ++i) {
        const Json& one = (*contexts)[i];
        const bool url = one.is_string() && is_url(one.as_string());
        if (!url && !one.is_object()) {
            return fault(Error::kContext, pointer_to("@context", *context, i));
        }
    }
    TRY(check_id(document, ""));                                          // §4.4
    if (!is_type(document, wanted)) return fault(Error::kType, "/type");  // §4.5
    return Ok{};
}

Checked check_body(const Json& document) {
    if (!is_version1(document)) TRY(check_names(document, ""));
    TRY(check_issuer(document));
    TRY(check_subjects(document));
    TRY(check_validity(document));
    for (const Extension& extension : kExtensions) TRY(check_extension(document, extension));
    const Json* const related = document.find("relatedResource");  // §5.3
    if (related != nullptr) TRY(check_related_resources(*related));
    return Ok{};
}

Checked check_presentation(const Json& document) {
    if (!document.is_object()) return fault(Error::kNotAnObject, "");
    TRY(check_head(document, kVerifiablePresentation));
    const Json* const holder = document.find("holder");
    if (holder != nullptr && !is_url(id_of(holder))) return fault(Error::kHolder, "/holder");
    for (const Extension& extension : kExtensions) {
        const bool holders_own =
            extension.error == Error::kTermsOfUse || extension.error == Error::kRefresh;
        if (holders_own) TRY(check_extension(document, extension));
    }
    const Json* const credentials = document.find("verifiableCredential");
    const auto all = list_of(credentials);  // an empty list says the same as none
    for (std::size_t i = 0; i < all.size(); ++i) {
        TRY(check_presented(document, all[i], pointer_to("verifiableCredential", *credentials, i)));
    }
    return Ok{};
}

std::string_view problem_type(CredentialError error) {
    if (error == Error::kNotAnObject) return kParsingProblem;
    return error == Error::kDigest ? kCryptographicProblem : kMalformedProblem;
}

}  // namespace tasdiq::credential
