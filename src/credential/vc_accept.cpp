#include "credential/vc_accept.hpp"

#include <algorithm>

#include "credential/canonical_forms.hpp"
#include "credential/ecdsa_sd.hpp"
#include "credential/json_checks.hpp"
#include "credential/jwt.hpp"
#include "credential/status_list.hpp"
#include "linked/to_rdf.hpp"

namespace tasdiq::credential {

using codec::Json;
using Error = VcApiError;

namespace {

constexpr std::string_view kAuthentication = "authentication";
constexpr std::string_view kRetrievalProblem =
    "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR";

std::string_view controller_of(std::string_view verification_method) {
    return verification_method.substr(0, verification_method.find('#'));
}

/// The proofs hold, and one of them is by `party`, if that is named.
Accepted accept_proofs(const Json& document, const Expected& expected, std::string_view party,
                       VcApiWorld& world) {
    DocumentResolver keys{world.documents, world.now};
    Expected all = expected;
    all.derived = verify_derived;
    const auto proofs = verify_proof(document, keys, world.contexts, all);
    if (!proofs) {
        if (proofs.error() == ProofError::kKeyUnknown && keys.error()) {
            return vc_problem(
                Error::kMethod,
                std::string{kSecurityProblems} + std::string{to_string(*keys.error())},
                std::string{to_string(proofs.error())});
        }
        const std::string_view code = standard_code(proofs.error());
        const bool parsing = code == "PARSING_ERROR";
        return vc_problem(Error::kProof,
                          parsing ? std::string{kParsingProblem}
                                  : std::string{kSecurityProblems} + std::string{code},
                          std::string{to_string(proofs.error())});
    }
    const bool own =
        party.empty() || std::ranges::any_of(*proofs, [party](const VerifiedProof& proof) {
            return controller_of(proof.verification_method()) == party;
        });
    if (!own) {
        return vc_problem(Error::kController, std::string{kCryptographicProblem},
                          std::string{party});
    }
    return Ok{};
}

Accepted accept_validity(const Json& credential, Instant now) {
    const bool version1 = is_one_of(credential.find("@context"), kCredentialsContext1);
    const auto from = date_time(credential, version1 ? "issuanceDate" : "validFrom");
    const auto until = date_time(credential, version1 ? "expirationDate" : "validUntil");
    if (from && **from > now) {
        return vc_problem(Error::kNotYet, std::string{kRangeProblem}, to_text(**from));
    }
    if (until && **until < now) {
        return vc_problem(Error::kExpired, std::string{kRangeProblem}, to_text(**until));
    }
    return Ok{};
}

/// A status that cannot be judged here: a warning, unless it was asked for.
Accepted leave_status(const VcOptions& options, std::string_view what, Warnings& warnings) {
    if (options.checks_status) {
        return vc_problem(Error::kStatus, std::string{kRetrievalProblem}, std::string{what});
    }
    warnings.add("the status was not checked", what);
    return Ok{};
}

Accepted refuse_status(StatusError error) {
    return vc_problem(Error::kStatus, std::string{problem_type(error)},
                      std::string{to_string(error)});
}

Accepted accept_one_status(const Json& status, const VcOptions& options, VcApiWorld& world,
                           Warnings& warnings) {
    if (!is_type(status, kStatusEntryType)) {
        return leave_status(options, "/credentialStatus", warnings);
    }
    const auto entry = parse_status_entry(status);
    if (!entry) return refuse_status(entry.error());
    const Json* const found = world.documents.document(entry->list_url);
    if (found == nullptr) return leave_status(options, entry->list_url, warnings);
    const Json list = *found;  // which stays until the next document only
    if (const auto accepted = accept_list(list, world); !accepted) {
        return vc_problem(Error::kStatus, std::string{kStatusVerificationProblem},
                          entry->list_url + ": " + accepted.error().detail);
    }
    const auto said = find_status(*entry, list);
    if (!said) return refuse_status(said.error());
    if (said->is_valid()) return Ok{};
    const bool revoked = said->purpose == kRevocation;
    if (revoked || said->purpose == kSuspension) {
        return vc_problem(revoked ? Error::kRevoked : Error::kSuspended,
                          std::string{kStatusVerificationProblem}, entry->list_url);
    }
    warnings.add("status: " + said->purpose, said->message);
    return Ok{};
}

/// What is asked of a credential beside that it is secured.
Accepted accept_content(const Json& credential, const VcOptions& options, VcApiWorld& world,
                        Warnings& warnings) {
    TRY(accept_validity(credential, world.now));
    for (const Json& status : list_of(credential.find("credentialStatus"))) {
        TRY(accept_one_status(status, options, world, warnings));
    }
    return Ok{};
}

/// The document in an envelope of `type`, whose model has been checked; by `party` of it if that is
/// named.
Result<Json, VcProblem> open_envelope(const Json& envelope, std::string_view type,
                                      std::string_view purpose, VcApiWorld& world) {
    const bool is_credential = type == kCredentialJwt;
    const auto refuse = [](JwtError error) {
        const bool cryptographic = error >= JwtError::kKeyUnknown;
        return vc_problem(Error::kEnvelope,
                          std::string{cryptographic ? kCryptographicProblem : kMalformedProblem},
                          std::string{to_string(error)});
    };
    const auto jwt = jwt_of_data_url(*envelope.find_string("id"), type);
    if (!jwt) return refuse(jwt.error());
    DocumentResolver keys{world.documents, world.now};
    auto verified = verify_jwt(*jwt, type, purpose, keys, world.now);
    if (!verified) return refuse(verified.error());
    const std::string_view party =
        id_of(verified->payload().find(is_credential ? "issuer" : "holder"));
    if (!party.empty() && controller_of(verified->verification_method()) != party) {
        return vc_problem(Error::kController, std::string{kCryptographicProblem},
                          std::string{party});
    }
    Json document = verified->payload();
    // Claims of the JWT; `verify_jwt` has compared them.
    for (const std::string_view claim : {"iss", "sub", "jti", "exp", "nbf", "iat"}) {
        document.erase(claim);
    }
    return document;
}

/// An envelope answers a challenge by `nonce`, and names domains by `aud`. Takes both out.
Accepted accept_request(Json& opened, const VcOptions& options) {
    const auto refuse = [](ProofError error) {
        return vc_problem(Error::kEnvelope,
                          std::string{kSecurityProblems} + std::string{standard_code(error)},
                          std::string{to_string(error)});
    };
    const Json* const nonce = opened.find("nonce");
    const bool answers = !options.challenge || (nonce != nullptr && *nonce == *options.challenge);
    if (!answers) return refuse(ProofError::kChallenge);
    const Json* const audience = opened.find("aud");
    const bool named = !options.domain ||
                       std::ranges::all_of(*options.domain, [audience](const std::string& domain) {
                           return is_one_of(audience, domain);
                       });
    if (!named) return refuse(ProofError::kDomain);
    opened.erase("nonce");
    opened.erase("aud");
    return Ok{};
}

Accepted accept_presented(const Json& presentation, bool is_secured, const VcOptions& options,
                          VcApiWorld& world, Warnings& warnings) {
    // Challenge and domain are the presentation's.
    VcOptions of_credentials;
    of_credentials.checks_status = options.checks_status;
    for (const Json& credential : list_of(presentation.find("verifiableCredential"))) {
        const bool is_held = is_secured && credential.find("proof") == nullptr &&
                             !is_one_of(credential.find("type"), kEnvelopedCredential);
        if (is_held) {  // by the holder, as the data model has made sure
            TRY(accept_content(credential, of_credentials, world, warnings));
        } else {
            TRY(accept_credential(credential, of_credentials, world, warnings));
        }
    }
    return Ok{};
}

}  // namespace

Accepted accept_model(const Result<Ok, CredentialFault>& checked, const std::string& pointer) {
    if (checked) return Ok{};
    const auto& [error, where] = checked.error();
    return vc_problem(Error::kDataModel, std::string{problem_type(error)},
                      std::string{to_string(error)} + ": " + pointer + where);
}

Accepted accept_linked(Json document, VcApiWorld& world) {
    document.erase("proof");  // suites say what proofs must be
    linked::Arena arena;
    linked::Dataset dataset;
    const auto read = linked::to_rdf(document, signing_options(), world.contexts, arena, dataset);
    if (read) return Ok{};
    return vc_problem(Error::kLinkedData, std::string{kMalformedProblem},
                      std::string{to_string(read.error().error)} + ": " + read.error().at);
}

Accepted accept_list(const Json& list, VcApiWorld& world) {
    TRY(accept_model(check_credential(list), ""));
    if (is_one_of(list.find("@context"), kCredentialsContext1)) {
        return accept_model(fault(CredentialError::kContext, "/@context"), "");
    }
    TRY(accept_linked(list, world));
    TRY(accept_proofs(list, {.now = world.now}, id_of(list.find("issuer")), world));
    return accept_validity(list, world.now);
}

Accepted accept_credential(const Json& credential, const VcOptions& options, VcApiWorld& world,
                           Warnings& warnings) {
    const std::string purpose = options.purpose.value_or(std::string{kAssertionMethod});
    if (is_one_of(credential.find("type"), kEnvelopedCredential)) {
        TRY(accept_model(check_envelope(credential, kEnvelopedCredential, ""),
                         "/verifiableCredential"));
        TRY(const Json opened, open_envelope(credential, kCredentialJwt, purpose, world));
        TRY(accept_model(check_credential(opened), "/id"));
        TRY(accept_linked(opened, world));
        return accept_content(opened, options, world, warnings);
    }
    TRY(accept_model(check_credential(credential), "/verifiableCredential"));
    TRY(accept_linked(credential, world));
    const Expected expected{.purpose = purpose,
                            .domain = options.domain,
                            .challenge = options.challenge,
                            .now = world.now};
    TRY(accept_proofs(credential, expected, id_of(credential.find("issuer")), world));
    return accept_content(credential, options, world, warnings);
}

Accepted accept_presentation(const Json& presentation, const VcOptions& options, VcApiWorld& world,
                             Warnings& warnings) {
    const std::string purpose = options.purpose.value_or(std::string{kAuthentication});
    if (is_one_of(presentation.find("type"), kEnvelopedPresentation)) {
        TRY(accept_model(check_envelope(presentation, kEnvelopedPresentation, ""),
                         "/verifiablePresentation"));
        TRY(Json opened, open_envelope(presentation, kPresentationJwt, purpose, world));
        TRY(accept_request(opened, options));
        TRY(accept_model(check_presentation(opened), "/id"));
        TRY(accept_linked(opened, world));
        return accept_presented(opened, true, options, world, warnings);
    }
    TRY(accept_model(check_presentation(presentation), "/verifiablePresentation"));
    TRY(accept_linked(presentation, world));
    const bool has_proof = presentation.find("proof") != nullptr;
    if (has_proof || options.checks_proof) {
        const Expected expected{.purpose = purpose,
                                .domain = options.domain,
                                .challenge = options.challenge,
                                .now = world.now};
        TRY(accept_proofs(presentation, expected, id_of(presentation.find("holder")), world));
    }
    return accept_presented(presentation, has_proof, options, world, warnings);
}

}  // namespace tasdiq::credential
