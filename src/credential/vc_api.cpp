#include "credential/vc_api.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "credential/json_checks.hpp"
#include "linked/to_rdf.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using Error = VcApiError;

constexpr std::size_t kBodySizeMax = std::size_t{1} << 20;
constexpr std::string_view kSecurityProblems = "https://w3id.org/security#";
constexpr std::string_view kDataIntegrityContext = "https://w3id.org/security/data-integrity/v2";
constexpr std::string_view kEd25519Context = "https://w3id.org/security/suites/ed25519-2020/v1";

/// Why, as problem details say it.
struct Problem {
    Error error;
    std::string type;
    std::string detail;
};
using Accepted = Result<Ok, Problem>;

std::unexpected<Problem> problem(Error error, std::string type, std::string detail) {
    return std::unexpected{Problem{error, std::move(type), std::move(detail)}};
}

/// Only what is malformed is the caller's fault; the rest was understood and does not hold.
unsigned status_of(Error error) {
    return static_cast<std::uint16_t>(error) <= static_cast<std::uint16_t>(Error::kDataModel) ? 400
                                                                                              : 422;
}

VcAnswer to_answer(const Problem& problem) {
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
struct Options {
    bool checks_proof = true;
    bool checks_status = false;
    std::optional<std::string> challenge;
    std::optional<std::vector<std::string>> domain;
};

struct Request {
    Json document;
    Options options;
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

Result<Options, Problem> parse_options(const Json* value) {
    Options options;
    if (value == nullptr) return options;
    const auto bad = [](const char* which) {
        return problem(Error::kOptions, std::string{kMalformedProblem}, which);
    };
    if (!value->is_object()) return bad("/options");
    if (const Json* const checks = value->find("checks")) {
        if (!checks->is_array() || !texts_of(*checks)) return bad("/options/checks");
        options.checks_proof = is_one_of(checks, "proof");
        options.checks_status =
            is_one_of(checks, "credentialStatus") || is_one_of(checks, "status");
    }
    if (const Json* const challenge = value->find("challenge")) {
        if (!challenge->is_string()) return bad("/options/challenge");
        options.challenge = challenge->as_string();
    }
    if (const Json* const domain = value->find("domain")) {
        options.domain = texts_of(*domain);
        if (!options.domain) return bad("/options/domain");
    }
    return options;
}

Result<Request, Problem> parse_request(std::string_view body, std::string_view member) {
    const auto json = codec::parse_json(body, {.size_bytes_max = kBodySizeMax});
    if (!json) {
        return problem(Error::kBody, std::string{kParsingProblem},
                       std::string{to_string(json.error().error)} + " at byte " +
                           std::to_string(json.error().offset));
    }
    const Json* const document = json->find(member);
    if (document == nullptr || !document->is_object()) {
        return problem(Error::kBody, std::string{kParsingProblem}, "/" + std::string{member});
    }
    TRY(auto options, parse_options(json->find("options")));
    return Request{*document, std::move(options)};
}

// -------------------------------------------------------------------- The document
Accepted accept_model(const Result<Ok, CredentialFault>& checked, const std::string& pointer) {
    if (checked) return Ok{};
    const auto& [error, where] = checked.error();
    return problem(Error::kDataModel, std::string{problem_type(error)},
                   std::string{to_string(error)} + ": " + pointer + where);
}

/// All of the document has a meaning. Spec: VC-DATA-MODEL B.1.
Accepted accept_linked(Json document, VcApiWorld& world) {
    document.erase("proof");  // suites say what proofs must be
    linked::LdOptions options;
    options.rdf_direction = linked::RdfDirection::kI18nDatatype;
    options.strictness = linked::Strictness::kSafe;
    linked::Arena arena;
    linked::Dataset dataset;
    const auto read = linked::to_rdf(document, options, world.contexts, arena, dataset);
    if (read) return Ok{};
    return problem(Error::kLinkedData, std::string{kMalformedProblem},
                   std::string{to_string(read.error().error)} + ": " + read.error().at);
}

std::string_view id_of(const Json* party) {
    if (party == nullptr) return {};
    const std::string* const text =
        party->is_string() ? party->get_string() : party->find_string("id");
    return text == nullptr ? std::string_view{} : std::string_view{*text};
}

std::string_view controller_of(std::string_view verification_method) {
    return verification_method.substr(0, verification_method.find('#'));
}

/// The proofs hold, and one of them is by `party`, if that is named.
Accepted accept_proofs(const Json& document, const Expected& expected, std::string_view party,
                       VcApiWorld& world) {
    DocumentResolver keys{world.documents, world.now};
    const auto proofs = verify_proof(document, keys, world.contexts, expected);
    if (!proofs) {
        if (proofs.error() == ProofError::kKeyUnknown && keys.error()) {
            return problem(Error::kMethod,
                           std::string{kSecurityProblems} + std::string{to_string(*keys.error())},
                           std::string{to_string(proofs.error())});
        }
        const std::string_view code = standard_code(proofs.error());
        const bool parsing = code == "PARSING_ERROR";
        return problem(Error::kProof,
                       parsing ? std::string{kParsingProblem}
                               : std::string{kSecurityProblems} + std::string{code},
                       std::string{to_string(proofs.error())});
    }
    const bool own =
        party.empty() || std::ranges::any_of(*proofs, [party](const VerifiedProof& proof) {
            return controller_of(proof.verification_method()) == party;
        });
    if (!own) {
        return problem(Error::kController, std::string{kCryptographicProblem}, std::string{party});
    }
    return Ok{};
}

Accepted accept_validity(const Json& credential, Instant now) {
    const bool version1 = is_one_of(credential.find("@context"), kCredentialsContext1);
    const auto from = date_time(credential, version1 ? "issuanceDate" : "validFrom");
    const auto until = date_time(credential, version1 ? "expirationDate" : "validUntil");
    if (from && **from > now) {
        return problem(Error::kNotYet, std::string{kRangeProblem}, to_text(**from));
    }
    if (until && **until < now) {
        return problem(Error::kExpired, std::string{kRangeProblem}, to_text(**until));
    }
    return Ok{};
}

// -------------------------------------------------------------------- Routes
/// What a good answer warns of.
struct Warnings {
    Json list = Json::array();
    void add(std::string_view title, const std::string& detail) {
        list.push(Json::object().set("title", title).set("detail", detail));
    }
};

Accepted accept_status(const Json& credential, const Options& options, Warnings& warnings) {
    if (credential.find("credentialStatus") == nullptr) return Ok{};
    if (options.checks_status) {
        return problem(Error::kStatus,
                       "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR",
                       "/credentialStatus");
    }
    warnings.add("the status was not checked", "/credentialStatus");
    return Ok{};
}

Accepted accept_credential(const Json& credential, const Options& options, bool is_proven,
                           VcApiWorld& world, Warnings& warnings) {
    TRY(accept_linked(credential, world));
    if (is_proven) {
        const Expected expected{
            .domain = options.domain, .challenge = options.challenge, .now = world.now};
        TRY(accept_proofs(credential, expected, id_of(credential.find("issuer")), world));
    }
    TRY(accept_validity(credential, world.now));
    return accept_status(credential, options, warnings);
}

Accepted accept_presented(const Json& presentation, const Options& options, VcApiWorld& world,
                          Warnings& warnings) {
    // Challenge and domain are the presentation's.
    Options of_credentials;
    of_credentials.checks_status = options.checks_status;
    for (const Json& credential : list_of(presentation.find("verifiableCredential"))) {
        if (is_one_of(credential.find("type"), kEnvelopedCredential)) {
            return problem(Error::kEnvelope, std::string{kCryptographicProblem},
                           "/verifiableCredential");
        }
        const bool is_proven = credential.find("proof") != nullptr;
        const bool is_held = presentation.find("proof") != nullptr;
        if (!is_proven && !is_held) {
            return problem(Error::kProof, std::string{kParsingProblem},
                           std::string{to_string(ProofError::kNoProof)});
        }
        TRY(accept_credential(credential, of_credentials, is_proven, world, warnings));
    }
    return Ok{};
}

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

Accepted verify_credential(const Request& request, VcApiWorld& world, Warnings& warnings) {
    if (is_one_of(request.document.find("type"), kEnvelopedCredential)) {
        return problem(Error::kEnvelope, std::string{kCryptographicProblem},
                       "/verifiableCredential");
    }
    TRY(accept_model(check_credential(request.document), "/verifiableCredential"));
    return accept_credential(request.document, request.options, true, world, warnings);
}

Accepted verify_presentation(const Request& request, bool is_proven, VcApiWorld& world,
                             Warnings& warnings) {
    const auto& [document, options] = request;
    TRY(accept_model(check_presentation(document), "/verifiablePresentation"));
    TRY(accept_linked(document, world));
    if (is_proven) {
        const Expected expected{.purpose = "authentication",
                                .domain = options.domain,
                                .challenge = options.challenge,
                                .now = world.now};
        TRY(accept_proofs(document, expected, id_of(document.find("holder")), world));
    }
    return accept_presented(document, options, world, warnings);
}

/// What the issuer of conformance tests adds by itself.
void complete(Json& credential, const Suite& suite, const IssuerKey& key, Instant now) {
    const std::string method = key.verification_method();
    const Json* const issuer = credential.find("issuer");
    if (issuer == nullptr) credential.set("issuer", controller_of(method));
    Json* const contexts = credential.find("@context");
    if (!is_one_of(contexts, kCredentialsContext1) || !contexts->is_array()) return;
    if (credential.find("issuanceDate") == nullptr) credential.set("issuanceDate", to_text(now));
    const bool legacy = suite.type != kDataIntegrityProof;
    const bool has_context =
        legacy ? is_one_of(contexts, kEd25519Context)
               : is_one_of(contexts, kDataIntegrityContext) ||
                     is_one_of(contexts, "https://w3id.org/security/data-integrity/v1");
    if (!has_context) contexts->push(legacy ? kEd25519Context : kDataIntegrityContext);
}

Result<Json, Problem> issue(std::string_view body, const Suite& suite, const IssuerKey& key,
                            VcApiWorld& world) {
    TRY(auto request, parse_request(body, "credential"));
    Json& credential = request.document;
    complete(credential, suite, key, world.now);
    TRY(accept_model(check_credential(credential), "/credential"));
    TRY(accept_linked(credential, world));
    const ProofOptions options{.suite = suite.name,
                               .algorithm = key.algorithm(),
                               .verification_method = key.verification_method(),
                               .created = world.now};
    // Proofs that are there already make a set with the new one.
    const auto others = list_of(credential.find("proof"));
    auto unfinished = std::ranges::all_of(others, &Json::is_object)
                          ? signing_input(credential, options, world.contexts)
                          : Result<UnfinishedProof, ProofError>{std::unexpect, ProofError::kMember};
    if (!unfinished) {
        return problem(Error::kProof,
                       std::string{kSecurityProblems} + std::string{kProofGenerationError},
                       std::string{to_string(unfinished.error())});
    }
    return attach(std::move(credential), *unfinished, key.sign(unfinished->signing_input));
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
        case Error::kStatus: return "the status cannot be checked here";
        case Error::kEnvelope: return "the envelope cannot be opened";
    }
    ENSURE(false);
}

VcAnswer answer_verify_credential(std::string_view body, VcApiWorld& world) {
    const auto request = parse_request(body, "verifiableCredential");
    if (!request) return to_answer(request.error());
    Warnings warnings;
    const auto accepted = verify_credential(*request, world, warnings);
    return verified(accepted, true, std::move(warnings));
}

VcAnswer answer_verify_presentation(std::string_view body, VcApiWorld& world) {
    const auto request = parse_request(body, "verifiablePresentation");
    if (!request) return to_answer(request.error());
    Warnings warnings;
    const bool has_proof = request->document.find("proof") != nullptr;
    const bool is_proven = has_proof || request->options.checks_proof;
    const auto accepted = verify_presentation(*request, is_proven, world, warnings);
    return verified(accepted, is_proven, std::move(warnings));
}

VcAnswer answer_issue(std::string_view body, std::string_view suite, const IssuerKey& key,
                      VcApiWorld& world) {
    const Suite* const found = find_suite(suite, key.algorithm());
    ENSURE(found != nullptr);
    auto issued = issue(body, *found, key, world);
    if (!issued) return to_answer(issued.error());
    return {201, Json::object().set("verifiableCredential", *std::move(issued))};
}

}  // namespace tasdiq::credential
