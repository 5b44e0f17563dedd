#include <cstdio>

#include "cli/command.hpp"
#include "cli/credential_inputs.hpp"
#include "cli/key_access.hpp"
#include "cli/proof_keys.hpp"
#include "cli/signing.hpp"
#include "codec/jcs.hpp"
#include "credential/controller.hpp"
#include "credential/data_integrity.hpp"
#include "credential/ecdsa_sd.hpp"
#include "crypto/multikey.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

constexpr Option kSignOptions[] = {
    {"key", "FILE", "the key: a key file, or for tests JSON with secretKeyMultibase"},
    kPasswordFileOption,
    {"suite", "NAME", "the cryptosuite (default: eddsa-rdfc-2022, or ecdsa-rdfc-2019 by the key)"},
    {"method", "URL", "the verification method (default: the key's did:key)"},
    {"purpose", "NAME", "what the proof is for (default: assertionMethod)"},
    {"domain", "TEXT", "where the proof is to count; may be repeated"},
    {"challenge", "TEXT", "the verifier's challenge"},
    {"created", "TIME", "as 2026-06-30T12:00:00Z (default: now)"},
    {"expires", "TIME", "when the proof ends"},
    {"id", "URL", "the proof's own id, for proofs about it"},
    {"previous", "URL", "the id of a proof that this one is about; may be repeated"},
    {"mandatory", "POINTER", "with ecdsa-sd-2023: what every derived proof shows; may be repeated"},
    kMapOption,
};

constexpr Option kDeriveOptions[] = {
    {"reveal", "POINTER", "a JSON pointer to what is to be shown; may be repeated"},
    kMapOption,
};

constexpr Option kVerifyOptions[] = {
    {"purpose", "NAME", "what the proof must be for (default: assertionMethod)"},
    {"domain", "TEXT", "the domain that the proof must be for; may be repeated"},
    {"challenge", "TEXT", "the challenge that the proof must answer"},
    {"at", "TIME", "as if it were then (default: now)"},
    {"controller", "FILE", "a controller document, as of a did:web; may be repeated"},
    kMapOption,
};

/// The time that an option gives; the error is a sentence that names it.
Result<std::optional<Instant>, std::string> time_of(const Arguments& arguments,
                                                    const std::string& option) {
    const auto text = arguments.find(option);
    if (!text) return std::optional<Instant>{};
    const auto instant = parse_instant(*text);
    if (!instant) return std::unexpected{"--" + option + " is a time as 2026-06-30T12:00:00Z"};
    return std::optional{*instant};
}

/// Why a proof was not made: the standard's code and ours.
int refuse_signing(credential::ProofError error) {
    const bool transformation = error == credential::ProofError::kTransformation;
    return refuse(transformation ? standard_code(error) : credential::kProofGenerationError,
                  to_string(error));
}

Result<credential::ProofOptions, std::string> proof_options(const Arguments& arguments) {
    credential::ProofOptions options;
    TRY(const auto created, time_of(arguments, "created"));
    TRY(options.expires, time_of(arguments, "expires"));
    options.created = created.value_or(now());
    options.domain = arguments.all("domain");
    options.challenge = arguments.get("challenge", "");
    options.id = arguments.get("id", "");
    options.previous_proof = arguments.all("previous");
    return options;
}

Result<Json, credential::ProofError> sign(const Json& document,
                                          const credential::ProofOptions& options,
                                          const keys::SigningKey& key,
                                          linked::ContextCache& contexts) {
    TRY(const auto unfinished, credential::signing_input(document, options, contexts));
    return credential::attach(document, unfinished, key.sign(unfinished.signing_input));
}

Result<Json, credential::ProofError> sign_base(const Json& document,
                                               const credential::ProofOptions& options,
                                               const std::vector<std::string>& mandatory,
                                               const keys::SigningKey& key,
                                               linked::ContextCache& contexts) {
    const FreshProofKeys once;
    TRY(const auto unfinished,
        credential::base_signing_input(document, options, mandatory, once, contexts));
    return credential::attach_base(document, unfinished, key.sign(unfinished.signing_input));
}

int run_sign(const Arguments& arguments) {
    const auto path = arguments.find("key");
    if (!path || arguments.positionals().size() != 1) return usage_error("give --key and one FILE");
    auto options = proof_options(arguments);
    if (!options) return usage_error(options.error());
    FolderLoader loader;
    if (!add_maps(arguments, loader)) return usage_error("--map is URL-PREFIX=DIR");
    const auto key = read_any_key(*path, arguments);
    if (!key) return fail(kExitIo, key.error());

    const bool is_ed25519 = key->algorithm() == crypto::Algorithm::kEd25519;
    const std::string suite =
        arguments.get("suite", is_ed25519 ? credential::kDefaultSuite : credential::kEcdsaRdfc2019);
    const std::string purpose = arguments.get("purpose", credential::kAssertionMethod);
    options->suite = suite;
    options->purpose = purpose;
    options->algorithm = key->algorithm();
    options->verification_method =
        arguments.get("method", crypto::to_did_key_method(key->public_key()));

    const bool is_selective = suite == credential::kEcdsaSd2023;
    if (arguments.has("mandatory") && !is_selective) {
        return usage_error("--mandatory is for --suite ecdsa-sd-2023");
    }
    const auto document = read_json_file(arguments.positionals().front());
    if (!document) return refuse(kNotLoaded, document.error());
    linked::ContextCache contexts{loader};
    const auto mandatory = arguments.has("mandatory")
                               ? arguments.all("mandatory")
                               : credential::usual_mandatory_pointers(*document);
    const auto secured = is_selective ? sign_base(*document, *options, mandatory, *key, contexts)
                                      : sign(*document, *options, *key, contexts);
    if (!secured) return refuse_signing(secured.error());
    std::printf("%s\n", codec::to_jcs(*secured).c_str());
    return kExitOk;
}

int run_derive(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) return usage_error("give one FILE");
    FolderLoader loader;
    if (!add_maps(arguments, loader)) return usage_error("--map is URL-PREFIX=DIR");
    const auto document = read_json_file(arguments.positionals().front());
    if (!document) return refuse(kNotLoaded, document.error());
    linked::ContextCache contexts{loader};
    const auto derived = credential::derive_proof(*document, arguments.all("reveal"), contexts);
    if (!derived) return refuse(standard_code(derived.error()), to_string(derived.error()));
    std::printf("%s\n", codec::to_jcs(*derived).c_str());
    return kExitOk;
}

Json to_json(const credential::VerifiedProof& proof) {
    Json json = Json::object()
                    .set("cryptosuite", proof.suite())
                    .set("verificationMethod", proof.verification_method());
    if (proof.created()) json.set("created", to_text(*proof.created()));
    if (proof.expires()) json.set("expires", to_text(*proof.expires()));
    return json;
}

int run_verify(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) return usage_error("give one FILE");
    const auto at = time_of(arguments, "at");
    if (!at) return usage_error(at.error());
    FolderLoader loader;
    if (!add_maps(arguments, loader)) return usage_error("--map is URL-PREFIX=DIR");
    ControllerFiles controllers;
    if (const auto read = controllers.read(arguments.all("controller")); !read) {
        return refuse(kNotLoaded, read.error());
    }
    const auto document = read_json_file(arguments.positionals().front());
    if (!document) return refuse(kNotLoaded, document.error());

    const std::string purpose = arguments.get("purpose", credential::kAssertionMethod);
    credential::Expected expected{.purpose = purpose,
                                  .challenge = arguments.find("challenge"),
                                  .now = at->value_or(now()),
                                  .derived = credential::verify_derived};
    if (arguments.has("domain")) expected.domain = arguments.all("domain");
    credential::DocumentResolver keys{controllers, *expected.now};
    linked::ContextCache contexts{loader};
    const auto proofs = credential::verify_proof(*document, keys, contexts, expected);
    if (!proofs) {
        const bool method = proofs.error() == credential::ProofError::kKeyUnknown && keys.error();
        return refuse(method ? to_string(*keys.error()) : standard_code(proofs.error()),
                      to_string(proofs.error()));
    }
    Json list = Json::array();
    for (const credential::VerifiedProof& proof : *proofs) list.push(to_json(proof));
    std::printf("%s\n", codec::to_jcs(Json::object().set("proofs", list)).c_str());
    return kExitOk;
}

constexpr Command kCommands[] = {
    {"credential sign", "--key FILE [--suite NAME] FILE",
     "add a proof to a credential or any JSON document",
     "Signs a JSON document by W3C Data Integrity and prints it with the proof added to those that "
     "it has.\n"
     "Suites: eddsa-rdfc-2022, eddsa-jcs-2022, ecdsa-rdfc-2019, ecdsa-jcs-2019 (P-256 and P-384), "
     "and the\n"
     "legacy Ed25519Signature2020. The -rdfc- suites refuse terms that no context defines. "
     "Certificates of\n"
     "the ledger are made by `issue prepare`, not here.\n"
     "With ecdsa-sd-2023 (P-256) the holder gets a base proof, for himself alone, and shows parts "
     "of the document\n"
     "by `credential derive`; what --mandatory points to is always shown: without it type, issuer, "
     "validity,\n"
     "status and terms of use.\n"
     "\n"
     "  tasdiq credential sign --key assertion.key badge.json > signed.json\n"
     "  tasdiq credential sign --key p384.json --suite ecdsa-jcs-2019 badge.json\n"
     "  tasdiq credential sign --key p256.json --suite ecdsa-sd-2023 --mandatory /issuer "
     "badge.json > base.json\n"
     "  tasdiq credential sign --key wallet.key --purpose authentication --challenge 83f1 "
     "--domain desk.example hello.json\n"
     "\n"
     "Exit codes: 0 done, 1 refused: the standard's error code on stdout.",
     kSignOptions, run_sign},
    {"credential derive", "--reveal POINTER [--reveal POINTER…] FILE",
     "show parts of a credential that has a base proof",
     "Prints what --reveal points to in a document with a base proof of ecdsa-sd-2023 and what its "
     "issuer made\n"
     "mandatory, with a proof that is derived from the base proof, and which `credential verify` "
     "checks. The ids\n"
     "and types on the way to what is shown are shown too. Pointers are JSON pointers (RFC 6901); "
     "parts of lists\n"
     "and of JSON literals cannot be shown alone. Whether the base proof holds is not looked at. "
     "Never hand over\n"
     "the base proof itself: who has it can show everything.\n"
     "\n"
     "  tasdiq credential derive --reveal /validFrom --reveal /credentialSubject/name base.json > "
     "shown.json\n"
     "\n"
     "Exit codes: 0 done, 1 refused: the standard's error code on stdout.",
     kDeriveOptions, run_derive},
    {"credential verify", "[--purpose NAME] [--challenge TEXT] FILE",
     "check the proofs of a credential or any JSON document",
     "Checks every W3C Data Integrity proof of a JSON document, sets and chains, and prints who "
     "made them.\n"
     "Says nothing about what the document means and whether its issuer may issue it: for the "
     "ledger's\n"
     "certificates that is `verify`. Keys come from did:key, or from documents that --controller "
     "names.\n"
     "A base proof of ecdsa-sd-2023 is refused, a derived one is checked.\n"
     "\n"
     "  tasdiq credential verify signed.json\n"
     "  tasdiq credential verify --controller did.json --purpose authentication --challenge 83f1 "
     "hello.json\n"
     "\n"
     "Exit codes: 0 all hold, 1 refused: the standard's error code on stdout.",
     kVerifyOptions, run_verify},
};

}  // namespace

std::span<const Command> credential_commands() { return kCommands; }

}  // namespace tasdiq::cli
