#include <algorithm>
#include <cstdio>

#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/key_access.hpp"
#include "cli/people_text.hpp"
#include "cli/signing.hpp"
#include "cli/transaction_draft.hpp"
#include "cli/verdict_text.hpp"
#include "crypto/multikey.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

constexpr Option kSignOptions[] = {
    {"key", "FILE", "your key"},
    {"out", "FILE", "where to write the signature (default: beside the draft)"},
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
    Bytes draft;
    const auto payload = read_draft(path, draft);
    if (!payload) return fail(kExitIo, payload.error());
    std::printf("%s\n\n%s\n", text::format("sign.about", *language).c_str(),
                people_text(wire::describe(*payload), *language).c_str());
    if (!arguments.has("yes") && !ask_to_sign(*language)) {
        return fail(kExitRefused, "nothing was signed");
    }
    const auto key = read_key(arguments.get("key", ""), arguments);
    if (!key) return fail(kExitIo, key.error());
    const auto signature = sign_payload(draft, *key);
    const std::string out = arguments.get("out", signature_path(path, signature.key));
    const auto written =
        write_file(out, encode_signature(signature, wire::transaction_id(draft)), Access::kPublic);
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

int send(NodeClient& node, const Bytes& draft,
         const std::vector<wire::EnvelopeSignature>& signatures) {
    const auto recorded = submit_draft(node, draft, signatures);
    if (!recorded) return fail(recorded.error().exit_code, recorded.error().message);
    std::printf("%s as entry %s.\n",
                recorded->is_repeated ? "It had been recorded before," : "Recorded",
                std::to_string(recorded->index.value).c_str());
    const auto payload = wire::decode_payload(draft);
    ENSURE(payload);
    print_new_number(node, *payload, recorded->index);
    return kExitOk;
}

int run_submit(const Arguments& arguments) {
    if (arguments.positionals().empty() || !arguments.has("node")) {
        return usage_error("submit needs a draft and --node URL");
    }
    const std::string& path = arguments.positionals().front();
    Bytes draft;
    const auto payload = read_draft(path, draft);
    if (!payload) return fail(kExitIo, payload.error());
    std::vector<std::string> files = signature_paths(path);
    files.insert(files.end(), arguments.positionals().begin() + 1, arguments.positionals().end());
    std::vector<wire::EnvelopeSignature> signatures;
    for (const std::string& file : files) {
        auto signature = read_signature(file, wire::transaction_id(draft));
        if (!signature) return fail(kExitIo, signature.error());
        signatures.push_back(*std::move(signature));
    }
    auto node = NodeClient::open(arguments.get("node", ""));
    if (!node) return fail(node.error().exit_code, node.error().message);
    return send(*node, draft, signatures);
}

constexpr Command kCommands[] = {
    {"sign", "DRAFT --key FILE [--yes]", "sign a draft, as one of its signers",
     "Shows in plain words what a draft would record, and signs it. The signature is written "
     "beside the draft;\n"
     "only these two short files travel between the signers.\n"
     "\n"
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

// ------------------------------------------------------------------ propose
/// Who the keys at hand are: keys of the acting member, or of those above it.
Result<std::vector<wire::Signer>, NodeFault> find_signers(
    NodeClient& node, wire::MemberId acting, const std::vector<keys::SigningKey>& keys) {
    std::vector<std::int64_t> members{acting.value};
    TRY(const Json json, node.get_json("/api/v1/members/" + std::to_string(acting.value)));
    for (const char* above : {"parent", "authority"}) {
        if (const auto id = json.find_integer(above)) members.push_back(*id);
    }
    std::vector<MemberKey> known;
    for (const std::int64_t member : members) {
        TRY(auto some, fetch_keys(node, {static_cast<std::uint32_t>(member)}));
        std::ranges::move(some, std::back_inserter(known));
    }
    std::vector<wire::Signer> signers;
    for (const keys::SigningKey& key : keys) {
        const auto found = std::ranges::find(known, key.public_key(), &MemberKey::key);
        if (found == known.end()) {
            return std::unexpected{
                NodeFault{kExitRefused,
                          "a key is neither of the acting member nor of those above it; name "
                          "who signs with --signers"}};
        }
        signers.push_back(found->signer);
    }
    std::ranges::sort(signers);
    return signers;
}

int write_draft(const Arguments& arguments, const Bytes& draft) {
    const std::string out = arguments.get("out", "");
    // A second draft would not be what the signatures beside the first one sign.
    if (exists(out)) return fail(kExitIo, out + ": there is a file of that name already");
    if (const auto written = write_file(out, draft, Access::kPublic); !written) {
        return fail(kExitIo, written.error());
    }
    std::printf("Written: %s\nEach signer now runs: tasdiq sign %s --key FILE\n", out.c_str(),
                out.c_str());
    return kExitOk;
}

}  // namespace

int propose(const Arguments& arguments, const Request& request) {
    const auto files = arguments.all("sign");
    if (arguments.has("out") == !files.empty()) {
        return usage_error("either write a draft with --out, or sign it here with --sign");
    }
    if (!files.empty() && !arguments.has("node")) return usage_error("--sign needs --node URL");
    const auto days = arguments.number("days", 14, 1, 90);
    if (!days) return usage_error(days.error());
    std::vector<wire::Signer> signers;
    if (const auto named = arguments.find("signers")) {
        const auto parsed = parse_signers(*named);
        if (!parsed) return usage_error("--signers takes members and keys, as in 2:0,2:1");
        signers = *parsed;
    } else if (files.empty()) {
        return usage_error("a draft needs --signers, as in 2:0,2:1");
    }
    std::optional<NodeClient> node;
    if (const auto url = arguments.find("node")) {
        auto client = NodeClient::open(*url);
        if (!client) return fail(client.error().exit_code, client.error().message);
        node = *std::move(client);
    }
    std::optional<wire::ChainId> chain;
    if (const auto text = arguments.find("chain")) {
        const auto bytes = from_hex(*text);
        chain = bytes ? wire::ChainId::from(*bytes) : std::nullopt;
        if (!chain) return usage_error("--chain takes 32 hexadecimal digits");
    } else if (node) {
        const auto fetched = fetch_chain(*node);
        if (!fetched) return fail(fetched.error().exit_code, fetched.error().message);
        chain = *fetched;
    } else {
        return usage_error("say which ledger: --node URL or --chain HEX");
    }
    std::vector<keys::SigningKey> keys;
    for (const std::string& file : files) {
        auto key = read_key(file, arguments);
        if (!key) return fail(kExitIo, key.error());
        keys.push_back(*std::move(key));
    }
    if (signers.empty()) {
        const auto found = find_signers(*node, request.acting, keys);
        if (!found) return fail(found.error().exit_code, found.error().message);
        signers = *found;
    }
    const auto draft = make_draft(*chain, signers, request, now(),
                                  static_cast<std::int64_t>(*days) * kSecondsPerDay);
    if (!draft) return fail(kExitRefused, draft.error());
    if (keys.empty()) return write_draft(arguments, *draft);
    std::vector<wire::EnvelopeSignature> signatures;
    for (const keys::SigningKey& key : keys) signatures.push_back(sign_payload(*draft, key));
    return send(*node, *draft, signatures);
}

std::span<const Command> transaction_commands() { return kCommands; }

}  // namespace tasdiq::cli
