#include "credential/vc_api.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "credential/ecdsa_sd.hpp"
#include "credential/json_checks.hpp"
#include "credential/jwt.hpp"
#include "credential/status_list.hpp"
#include "credential/vc_accept.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using Error = VcApiError;

constexpr std::size_t kBodySizeMax = std::size_t{1} << 20;
constexpr std::string_view kDataIntegrityContext = "https://w3id.org/security/data-integrity/v2";
constexpr std::string_view kEd25519Context = "https://w3id.org/security/suites/ed25519-2020/v1";

/// Only what is malformed is the caller's fault; the rest was understood and does not hold.
unsigned status_of(Error error) {
    return static_cast<std::uint16_t>(error) <= static_cast<std::uint16_t>(Error::kDataModel) ? 400
                                                                                              : 422;
}

VcAnswer to_answer(const VcProblem& problem) {
    const unsigned status = status_of(problem.error);
    Json details = Json::object()
                       .set("type", problem.type)
                       .set("title", to_string(problem.error))
                       .set("detail", problem.detail);
    Json body = details;
    body.set("status", status)
        .set("code", static_cast<std::uint16_t>(problem.error))
        .set("verified", false)
        .set("problemDetails", Json::array().push(std::move(details)));
    return {status, std::move(body)};
}

// -------------------------------------------------------------------- The request
struct Request {
    Json document;
    VcOptions options;
};

/// A text or a list of texts.
std::optional<std::vector<std::string>> texts_of(const Json& value) {
    std::vector<std::string> texts;
    for (const Json& one : list_of(&value)) {
        if (!one.is_string()) return std::nullopt;
        texts.push_back(one.as_string());
    }
    return texts;
}

Result<VcOptions, VcProblem> parse_options(const Json* value) {
    VcOptions options;
    if (value == nullptr) return options;
    const auto bad = [](const char* which) {
        return vc_problem(Error::kOptions, std::string{kMalformedProblem}, which);
    };
    if (!value->is_object()) return bad("/options");
    if (const Json* const checks = value->find("checks")) {
        if (!checks->is_array() || !texts_of(*checks)) return bad("/options/checks");
        options.checks_proof = is_one_of(checks, "proof");
        options.checks_status =
            is_one_of(checks, "credentialStatus") || is_one_of(checks, "status");
    }
    if (const Json* const purpose = value->find("expectedProofPurpose")) {
        if (!purpose->is_string()) return bad("/options/expectedProofPurpose");
        options.purpose = purpose->as_string();
    }
    if (const Json* const challenge = value->find("challenge")) {
        if (!challenge->is_string()) return bad("/options/challenge");
        options.challenge = challenge->as_string();
    }
    if (const Json* const domain = value->find("domain")) {
        options.domain = texts_of(*domain);
        if (!options.domain) return bad("/options/domain");
    }
    const auto read_pointers = [](const Json& pointers) {
        return pointers.is_array() ? texts_of(pointers) : std::nullopt;
    };
    if (const Json* const pointers = value->find("mandatoryPointers")) {
        options.mandatory_pointers = read_pointers(*pointers);
        if (!options.mandatory_pointers) return bad("/options/mandatoryPointers");
    }
    if (const Json* const pointers = value->find("selectivePointers")) {
        auto selective = read_pointers(*pointers);
        if (!selective) return bad("/options/selectivePointers");
        options.selective_pointers = *std::move(selective);
    }
    return options;
}

Result<Request, VcProblem> parse_request(std::string_view body, std::string_view member) {
    const auto json = codec::parse_json(body, {.size_bytes_max = kBodySizeMax});
    if (!json) {
        return vc_problem(Error::kBody, std::string{kParsingProblem},
                          std::string{to_string(json.error().error)} + " at byte " +
                              std::to_string(json.error().offset));
    }
    const Json* const document = json->find(member);
    if (document == nullptr || !document->is_object()) {
        return vc_problem(Error::kBody, std::string{kParsingProblem}, "/" + std::string{member});
    }
    TRY(auto options, parse_options(json->find("options")));
    return Request{*document, std::move(options)};
}

// -------------------------------------------------------------------- Answers
VcAnswer verified(const Accepted& accepted, bool checks_proof, Warnings warnings) {
    if (!accepted) return to_answer(accepted.error());
    Json checks = Json::array();
    if (checks_proof) checks.push("proof");
    return {200, Json::object()
                     .set("verified", true)
                     .set("checks", std::move(checks))
                     .set("warnings", std::move(warnings.list))
                     .set("errors", Json::array())};
}

void name_issuer(Json& credential, const IssuerKey& key) {
    const std::string method = key.verification_method();
    if (credential.find("issuer") == nullptr) {
        credential.set("issuer", method.substr(0, method.find('#')));
    }
}

/// The context of a proof of `suite`, where a document's own say nothing of it.
std::string_view missing_context(const Json& contexts, std::string_view type) {
    if (type != kDataIntegrityProof) {
        return is_one_of(&contexts, kEd25519Context) ? "" : kEd25519Context;
    }
    // Version 2.0 has what such a proof is made of.
    const bool has_context = !is_one_of(&contexts, kCredentialsContext1) ||
                             is_one_of(&contexts, kDataIntegrityContext) ||
                             is_one_of(&contexts, "https://w3id.org/security/data-integrity/v1");
    return has_context ? "" : kDataIntegrityContext;
}

/// What the issuer of conformance tests adds by itself.
void complete(Json& credential, std::string_view type, const IssuerKey& key, Instant now) {
    name_issuer(credential, key);
    Json* const contexts = credential.find("@context");
    if (contexts == nullptr || !contexts->is_array()) return;
    const std::string_view context = missing_context(*contexts, type);
    if (!context.empty()) contexts->push(context);
    const bool lacks_date =
        is_one_of(contexts, kCredentialsContext1) && credential.find("issuanceDate") == nullptr;
    if (lacks_date) credential.set("issuanceDate", to_text(now));
}

/// A credential that may be signed.
Accepted accept_unsigned(const Json& credential, VcApiWorld& world) {
    TRY(accept_model(check_credential(credential), "/credential"));
    if (const auto entries = check_status_entries(credential); !entries) {
        return vc_problem(Error::kDataModel, std::string{problem_type(entries.error())},
                          std::string{to_string(entries.error())});
    }
    return accept_linked(credential, world);
}

Result<Json, VcProblem> issue_jwt(std::string_view body, const IssuerKey& key, VcApiWorld& world) {
    TRY(auto request, parse_request(body, "credential"));
    Json& credential = request.document;
    name_issuer(credential, key);
    TRY(accept_unsigned(credential, world));
    std::string input =
        jwt_signing_input(credential, kCredentialJwt, key.algorithm(), key.verification_method());
    const Bytes signature = key.sign(as_bytes(input));
    return make_enveloped_credential(finish_jwt(std::move(input), signature));
}

VcAnswer issued(Result<Json, VcProblem> credential) {
    if (!credential) return to_answer(credential.error());
    return {201, Json::object().set("verifiableCredential", *std::move(credential))};
}

/// Proofs that are there already make a set with the new one.
Result<Ok, ProofError> check_others(const Json& credential) {
    const auto others = list_of(credential.find("proof"));
    if (std::ranges::all_of(others, &Json::is_object)) return Ok{};
    return std::unexpected{ProofError::kMember};
}

Result<Json, ProofError> sign(Json credential, const Suite& suite, const IssuerKey& key,
                              VcApiWorld& world) {
    TRY(check_others(credential));
    const ProofOptions options{.suite = suite.name,
                               .algorithm = key.algorithm(),
                               .verification_method = key.verification_method(),
                               .created = world.now};
    TRY(const auto unfinished, signing_input(credential, options, world.contexts));
    return attach(std::move(credential), unfinished, key.sign(unfinished.signing_input));
}

Result<Json, ProofError> sign_base(Json credential, const std::vector<std::string>& mandatory,
                                   const IssuerKey& key, const ProofScopedKeys& once,
                                   VcApiWorld& world) {
    TRY(check_others(credential));
    const ProofOptions options{.suite = kEcdsaSd2023,
                               .algorithm = key.algorithm(),
                               .verification_method = key.verification_method(),
                               .created = world.now};
    TRY(const auto unfinished,
        base_signing_input(credential, options, mandatory, once, world.contexts));
    return attach_base(std::move(credential), unfinished, key.sign(unfinished.signing_input));
}

Result<Json, VcProblem> or_problem(Result<Json, ProofError> made) {
    if (made) return *std::move(made);
    return vc_problem(Error::kProof,
                      std::string{kSecurityProblems} + std::string{kProofGenerationError},
                      std::string{to_string(made.error())});
}

Result<Json, VcProblem> issue(std::string_view body, const Suite& suite, const IssuerKey& key,
                              VcApiWorld& world) {
    TRY(auto request, parse_request(body, "credential"));
    complete(request.document, suite.type, key, world.now);
    TRY(accept_unsigned(request.document, world));
    return or_problem(sign(std::move(request.document), suite, key, world));
}

Result<Json, VcProblem> issue_base(std::string_view body, const IssuerKey& key,
                                   const ProofScopedKeys& once, VcApiWorld& world) {
    TRY(auto request, parse_request(body, "credential"));
    complete(request.document, kDataIntegrityProof, key, world.now);
    TRY(accept_unsigned(request.document, world));
    const auto& given = request.options.mandatory_pointers;
    const auto mandatory = given ? *given : usual_mandatory_pointers(request.document);
    return or_problem(sign_base(std::move(request.document), mandatory, key, once, world));
}

Result<Json, VcProblem> derive(std::string_view body, VcApiWorld& world) {
    TRY(const auto request, parse_request(body, "verifiableCredential"));
    return or_problem(
        derive_proof(request.document, request.options.selective_pointers, world.contexts));
}

}  // namespace

std::string_view to_string(VcApiError error) {
    switch (error) {
        case Error::kBody: return "the body is not JSON with what the route is about";
        case Error::kOptions: return "an option is of another type";
        case Error::kDataModel: return "the document is not as the data model has it";
        case Error::kLinkedData: return "not all of the document has a meaning";
        case Error::kProof: return "the proof does not hold";
        case Error::kMethod: return "the verification method cannot be used";
        case Error::kController: return "the proof is not by the issuer or holder";
        case Error::kNotYet: return "the credential is not valid yet";
        case Error::kExpired: return "the credential is not valid any more";
        case Error::kStatus: return "the status cannot be checked";
        case Error::kEnvelope: return "the envelope cannot be opened";
        case Error::kRevoked: return "the credential is revoked";
        case Error::kSuspended: return "the credential is suspended";
    }
    ENSURE(false);
}

VcAnswer answer_verify_credential(std::string_view body, VcApiWorld& world) {
    const auto request = parse_request(body, "verifiableCredential");
    if (!request) return to_answer(request.error());
    Warnings warnings;
    const auto accepted = accept_credential(request->document, request->options, world, warnings);
    return verified(accepted, true, std::move(warnings));
}

VcAnswer answer_verify_presentation(std::string_view body, VcApiWorld& world) {
    const auto request = parse_request(body, "verifiablePresentation");
    if (!request) return to_answer(request.error());
    Warnings warnings;
    const auto accepted = accept_presentation(request->document, request->options, world, warnings);
    const bool is_proven = request->document.find("proof") != nullptr ||
                           is_one_of(request->document.find("type"), kEnvelopedPresentation);
    return verified(accepted, is_proven, std::move(warnings));
}

VcAnswer answer_issue(std::string_view body, std::string_view suite, const IssuerKey& key,
                      VcApiWorld& world) {
    const Suite* const found = find_suite(suite, key.algorithm());
    ENSURE(found != nullptr);
    return issued(issue(body, *found, key, world));
}

VcAnswer answer_issue_base(std::string_view body, const IssuerKey& key, const ProofScopedKeys& once,
                           VcApiWorld& world) {
    return issued(issue_base(body, key, once, world));
}

VcAnswer answer_derive(std::string_view body, VcApiWorld& world) {
    auto derived = derive(body, world);
    if (!derived) return to_answer(derived.error());
    return {201, *std::move(derived)};
}

VcAnswer answer_issue_jwt(std::string_view body, const IssuerKey& key, VcApiWorld& world) {
    return issued(issue_jwt(body, key, world));
}

}  // namespace tasdiq::credential
