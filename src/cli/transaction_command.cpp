#include <algorithm>
#include <cstdio>

#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/key_access.hpp"
#include "cli/known_members.hpp"
#include "cli/ledger_name.hpp"
#include "cli/people_text.hpp"
#include "cli/signing.hpp"
#include "cli/transaction_draft.hpp"
#include "cli/verdict_text.hpp"
#include "ledger/error.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

constexpr Option kSignOptions[] = {
    {"key", "FILE", "your key"},
    {"out", "FILE", "where to write the signature (default: beside the draft)"},
    {"node", "URL", "a node to ask what the members are called; it is told nothing else"},
    {"yes", "", "do not ask"},
    {"lang", "ar|fr|en", "language of what is shown"},
    kPasswordFileOption,
};
constexpr Option kSubmitOptions[] = {{"node", "URL", "the ledger node"}};

int run_sign(const Arguments& arguments) {
    if (arguments.positionals().size() != 1 || !arguments.has("key")) {
        return usage_error("sign needs a draft and --key FILE");
    }
    const auto language = chosen_language(arguments);
    if (!language) return usage_error("--lang takes ar, fr or en");
    const std::string& path = arguments.positionals().front();
    const auto draft = read_draft(path);
    if (!draft) return fail(kExitIo, draft.error());
    codec::Json shown = wire::describe(draft->decoded);
    shown.erase("chain");
    KnownMembers known;
    if (const auto url = arguments.find("node")) {
        auto node = NodeClient::open(*url);
        if (!node) return fail(node.error().exit_code, node.error().message);
        known = fetch_known_members(*node, shown);
    }
    std::printf("%s\n%s\n\n%s\n", text::format("sign.about", *language).c_str(),
                ledger_text(draft->decoded.chain, *language).c_str(),
                people_text(shown, *language, known).c_str());
    if (!known.empty()) {
        std::printf("%s\n\n", text::format("show.names-not-proven", *language).c_str());
    }
    if (!arguments.has("yes") && !ask_to_sign(*language)) {
        return fail(kExitRefused, "nothing was signed");
    }
    const auto key = read_key(arguments.get("key", ""), arguments);
    if (!key) return fail(kExitIo, key.error());
    if (!draft->is_signers(key->public_key())) {
        return fail(kExitRefused, "this key is none of those that must sign");
    }
    const auto signature = sign_payload(draft->payload, *key);
    const std::string out = arguments.get("out", signature_path(path, signature.key));
    const auto id = wire::transaction_id(draft->payload);
    const auto written = write_file(out, encode_signature(signature, id), Access::kPublic);
    if (!written) return fail(kExitIo, written.error());
    std::printf("Signed: %s\n", out.c_str());
    return kExitOk;
}

/// The member that entry `index` registered: one of the newest.
std::optional<std::int64_t> find_member(NodeClient& node, wire::LogIndex index) {
    constexpr std::int64_t kLookBack = 20;
    const auto ledger = node.get_json("/api/v1/ledger");
    const auto newest = ledger ? ledger->find_integer("members") : std::nullopt;
    if (!newest) return std::nullopt;
    for (std::int64_t id = *newest; id > std::max<std::int64_t>(0, *newest - kLookBack); --id) {
        const auto member = node.get_json("/api/v1/members/" + std::to_string(id));
        if (!member) return std::nullopt;
        if (member->find_integer("index") == static_cast<std::int64_t>(index.value)) return id;
    }
    return std::nullopt;
}

/// What is called by a number now: a member, an accreditation, a key.
void print_new_number(NodeClient& node, const wire::Payload& payload, wire::LogIndex index) {
    const auto in_list = [&](const std::string& target, std::string_view list,
                             std::string_view key) -> std::optional<std::int64_t> {
        const auto json = node.get_json(target);
        const Json* all = json ? json->find(list) : nullptr;
        if (all == nullptr || !all->is_array()) return std::nullopt;
        for (const Json& one : all->as_array()) {
            if (one.find_integer("index") == static_cast<std::int64_t>(index.value)) {
                return one.find_integer(key);
            }
        }
        return std::nullopt;
    };
    std::optional<std::int64_t> number;
    const char* what = "";
    if (std::holds_alternative<wire::RegisterAuthority>(payload.body) ||
        std::holds_alternative<wire::RegisterInstitution>(payload.body)) {
        what = "The new member is number";
        number = find_member(node, index);
    } else if (const auto* accredit = std::get_if<wire::Accredit>(&payload.body)) {
        what = "The accreditation is number";
        number = in_list(
            "/api/v1/members/" + std::to_string(accredit->institution.value) + "/accreditations",
            "accreditations", "number");
    } else if (const auto* add = std::get_if<wire::AddKey>(&payload.body)) {
        what = "The key is number";
        number = in_list("/api/v1/members/" + std::to_string(add->member.value), "keys", "ordinal");
    } else if (const auto* cohort = std::get_if<wire::CommitCohort>(&payload.body)) {
        what = "The cohort is number";
        number =
            in_list("/api/v1/members/" + std::to_string(cohort->institution.value) + "/cohorts",
                    "cohorts", "number");
    }
    if (number) std::printf("%s %s.\n", what, std::to_string(*number).c_str());
}

int run_submit(const Arguments& arguments) {
    if (arguments.positionals().empty() || !arguments.has("node")) {
        return usage_error("submit needs a draft and --node URL");
    }
    const std::string& path = arguments.positionals().front();
    const auto draft = read_draft(path);
    if (!draft) return fail(kExitIo, draft.error());
    const auto id = wire::transaction_id(draft->payload);
    std::vector<std::string> files = signature_paths(path);
    files.insert(files.end(), arguments.positionals().begin() + 1, arguments.positionals().end());
    std::vector<wire::EnvelopeSignature> signatures;
    for (const std::string& file : files) {
        auto signature = read_signature(file, id);
        if (!signature) return fail(kExitIo, signature.error());
        signatures.push_back(*std::move(signature));
    }
    auto node = NodeClient::open(arguments.get("node", ""));
    if (!node) return fail(node.error().exit_code, node.error().message);
    return send_draft(*node, draft->payload, signatures);
}

/// What to do about a refusal, where that is not plain; begins with a semicolon.
std::string advice_on(const NodeFault& fault, const wire::Payload& payload) {
    constexpr auto kNotYours = static_cast<std::uint64_t>(ledger::LedgerError::kNotYourCertificate);
    if (!fault.rule || fault.rule->code != kNotYours ||
        !std::holds_alternative<wire::Status>(payload.body)) {
        return {};
    }
    return "; who acts for an institution that has ended names that one: --member ENDED";
}

constexpr Command kCommands[] = {
    {"sign", "DRAFT --key FILE [--node URL] [--yes]", "sign a draft, as one of its signers",
     "Shows in plain words what a draft would record, and signs it. The signature is written "
     "beside the draft;\n"
     "only these two short files travel between the signers. Members stand there by their numbers; "
     "a node that\n"
     "you trust tells their names.\n"
     "\n"
     "  tasdiq sign new-university.cbor --key ministry-1.key --node http://127.0.0.1:8480\n"
     "  tasdiq sign new-university.cbor --key ministry-1.key --lang ar",
     kSignOptions, run_sign},
    {"submit", "DRAFT [SIGNATURE…] --node URL", "record a draft that all its signers have signed",
     "Sends a draft with the signatures that lie beside it, and waits until it is recorded. Sent "
     "twice, it is\n"
     "recorded once.\n"
     "\n"
     "  tasdiq submit new-university.cbor --node http://127.0.0.1:8480",
     kSubmitOptions, run_submit},
};

}  // namespace

int send_draft(NodeClient& node, const Bytes& bytes,
               const std::vector<wire::EnvelopeSignature>& signatures) {
    const auto recorded = submit_draft(node, bytes, signatures);
    const auto payload = wire::decode_payload(bytes);
    ENSURE(payload);
    if (!recorded) {
        return fail(recorded.error().exit_code,
                    recorded.error().message + advice_on(recorded.error(), *payload));
    }
    std::printf("%s as entry %s.\n",
                recorded->is_repeated ? "It had been recorded before," : "Recorded",
                std::to_string(recorded->index.value).c_str());
    print_new_number(node, *payload, recorded->index);
    return kExitOk;
}

std::span<const Command> transaction_commands() { return kCommands; }

}  // namespace tasdiq::cli
