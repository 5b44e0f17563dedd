#include <algorithm>
#include <cstdio>
#include <unistd.h>

#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/key_access.hpp"
#include "cli/known_members.hpp"
#include "cli/ledger_name.hpp"
#include "cli/member_end.hpp"
#include "cli/people_text.hpp"
#include "cli/signing.hpp"
#include "cli/transaction_draft.hpp"
#include "cli/verdict_text.hpp"
#include "crypto/multikey.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

/// Who the keys at hand are: keys of the acting member, of those above it, or of who acts for it.
Result<std::vector<wire::Signer>, NodeFault> find_signers(
    NodeClient& node, wire::MemberId acting, const std::vector<keys::SigningKey>& keys) {
    std::vector<std::int64_t> members{acting.value};
    TRY(const Json json, node.get_json("/api/v1/members/" + std::to_string(acting.value)));
    for (const char* above : {"parent", "authority"}) {
        if (const auto id = json.find_integer(above)) members.push_back(*id);
    }
    if (const auto custodian = custodian_of(json)) members.push_back(custodian->value);
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
                          "a key is neither of the acting member, nor of those above it, nor of "
                          "its custodian; name who signs with --signers"}};
        }
        signers.push_back(found->signer);
    }
    std::ranges::sort(signers);
    return signers;
}

/// With the signers' keys, where a node is asked.
int write_draft(const Arguments& arguments, const Bytes& payload,
                const std::vector<wire::Signer>& signers, std::optional<NodeClient>& node) {
    const std::string out = arguments.get("out", "");
    // A second draft would not be what the signatures beside the first one sign.
    if (exists(out)) return fail(kExitIo, out + ": there is a file of that name already");
    std::vector<SignerKey> keys;
    if (node) {
        const auto fetched = fetch_signer_keys(*node, signers);
        if (!fetched) return fail(fetched.error().exit_code, fetched.error().message);
        for (const MemberKey& one : *fetched) {
            keys.emplace_back(one.signer, crypto::to_multikey(one.key));
        }
    }
    const auto written = write_file(out, encode_draft(payload, keys), Access::kPublic);
    if (!written) return fail(kExitIo, written.error());
    std::printf("Written: %s\nEach signer now runs: tasdiq sign %s --key FILE\n", out.c_str(),
                out.c_str());
    return kExitOk;
}

/// Shows what would be recorded, and asks.
bool is_wanted(NodeClient& node, const Bytes& bytes, text::Language language) {
    const auto payload = wire::decode_payload(bytes);
    ENSURE(payload);
    Json json = wire::describe(*payload);
    json.erase("chain");
    std::printf("%s\n%s\n\n%s\n", text::format("sign.about", language).c_str(),
                ledger_text(payload->chain, language).c_str(),
                people_text(json, language, fetch_known_members(node, json)).c_str());
    return ask_to_sign(language);
}

/// What is wrong on the command line; empty if nothing is.
std::string usage_fault(const Arguments& arguments) {
    const bool signs_here = arguments.has("sign");
    if (arguments.has("out") == signs_here) {
        return "either write a draft with --out, or sign it here with --sign";
    }
    if (signs_here && !arguments.has("node")) return "--sign needs --node URL";
    if (!signs_here && !arguments.has("signers")) return "a draft needs --signers, as in 2:0,2:1";
    if (arguments.has("signers") && !parse_signers(arguments.get("signers", ""))) {
        return "--signers takes members and keys, as in 2:0,2:1";
    }
    if (!chosen_language(arguments)) return "--lang takes ar, fr or en";
    if (signs_here && !arguments.has("yes") && ::isatty(STDIN_FILENO) == 0) {
        return "there is no terminal to ask whether to sign this; --yes signs without asking";
    }
    const auto days = arguments.number("days", 14, 1, 90);
    return days ? std::string{} : days.error();
}

/// What `--chain` says, or the node.
Result<wire::ChainId, NodeFault> find_chain(const Arguments& arguments,
                                            std::optional<NodeClient>& node) {
    const auto usage = [](std::string message) {
        return std::unexpected{NodeFault{kExitUsage, std::move(message)}};
    };
    if (const auto text = arguments.find("chain")) {
        const auto bytes = from_hex(*text);
        const auto chain = bytes ? wire::ChainId::from(*bytes) : std::nullopt;
        if (!chain) return usage("--chain takes 32 hexadecimal digits");
        return *chain;
    }
    if (!node) return usage("say which ledger: --node URL or --chain HEX");
    return fetch_chain(*node);
}

Result<std::vector<keys::SigningKey>, std::string> read_keys(const Arguments& arguments) {
    std::vector<keys::SigningKey> keys;
    for (const std::string& file : arguments.all("sign")) {
        TRY(auto key, read_key(file, arguments));
        keys.push_back(std::move(key));
    }
    return keys;
}

}  // namespace

int propose(const Arguments& arguments, const Request& request) {
    const std::string wrong = usage_fault(arguments);
    if (!wrong.empty()) return usage_error(wrong);
    std::optional<NodeClient> node;
    if (const auto url = arguments.find("node")) {
        auto client = NodeClient::open(*url);
        if (!client) return fail(client.error().exit_code, client.error().message);
        node = *std::move(client);
    }
    const auto chain = find_chain(arguments, node);
    if (!chain) return fail(chain.error().exit_code, chain.error().message);
    const auto keys = read_keys(arguments);
    if (!keys) return fail(kExitIo, keys.error());
    auto signers = parse_signers(arguments.get("signers", ""));
    if (!signers) {
        auto found = find_signers(*node, request.acting, *keys);
        if (!found) return fail(found.error().exit_code, found.error().message);
        signers = *std::move(found);
    }
    const auto days = arguments.number("days", 14, 1, 90);
    const auto payload = make_draft(*chain, *signers, request, now(),
                                    static_cast<std::int64_t>(*days) * kSecondsPerDay);
    if (!payload) return fail(kExitRefused, payload.error());
    if (keys->empty()) return write_draft(arguments, *payload, *signers, node);
    if (!arguments.has("yes") && !is_wanted(*node, *payload, *chosen_language(arguments))) {
        return fail(kExitRefused, "nothing was signed");
    }
    std::vector<wire::EnvelopeSignature> signatures;
    for (const keys::SigningKey& key : *keys) signatures.push_back(sign_payload(*payload, key));
    return send_draft(*node, *payload, signatures);
}

}  // namespace tasdiq::cli
