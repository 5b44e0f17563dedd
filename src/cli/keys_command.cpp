#include <cstdio>

#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/key_access.hpp"
#include "cli/requests.hpp"
#include "cli/signing.hpp"
#include "codec/jcs.hpp"
#include "codec/json.hpp"
#include "crypto/multikey.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

constexpr Option kNewOptions[] = {
    {"role", "ROLE",
     "registrar, dean, president, authority, vote, node, secretariat, publisher, assertion, seal"},
    {"label", "TEXT", "whose key it is (default: the role)"},
    kPasswordFileOption,
    {"no-password", "", "do not encrypt: only for a machine that starts unattended"},
    {"json", "", "print the public part as JSON"},
};
constexpr Option kShowOptions[] = {{"json", "", "print it as JSON"}};
constexpr Option kProveOptions[] = {
    {"role", "ROLE", "the role that the key asks for"},
    {"chain", "HEX", "the ledger's id: the last part of its origin (tasdiq show checkpoint)"},
    {"member", "N", "the member that the key joins; none in the member's own registration"},
    {"out", "FILE", "where to write it (default: to the screen)"},
    kPasswordFileOption,
};

void print_key(const crypto::PublicKey& key, std::string_view label, bool as_json) {
    const std::string multikey = crypto::to_multikey(key);
    const std::string id = to_hex(crypto::key_id(key).view());
    if (as_json) {
        std::printf("%s\n", codec::to_jcs(codec::Json::object()
                                              .set("label", std::string{label})
                                              .set("algorithm", crypto::to_string(key.algorithm()))
                                              .set("key", multikey)
                                              .set("keyId", id))
                                .c_str());
        return;
    }
    std::printf("label      %.*s\nalgorithm  %s\nkey        %s\nkey id     %s\n",
                static_cast<int>(label.size()), label.data(),
                std::string{crypto::to_string(key.algorithm())}.c_str(), multikey.c_str(),
                id.c_str());
}

int run_new(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) return usage_error("keys new needs one file to write");
    const auto role = wire::parse_role(arguments.get("role", ""));
    if (!role) return usage_error("keys new needs --role: registrar, dean, president, …");
    keys::WriteOptions options;
    options.label = arguments.get("label", wire::to_word(*role));
    keys::SecretBytes password;
    if (arguments.has("no-password")) {
        options.encryption = keys::Encryption::kUnencrypted;
    } else {
        auto asked = new_password(arguments);
        if (!asked) return fail(kExitUsage, asked.error());
        password = *std::move(asked);
    }
    // Seals are P-256, because that is what PDF readers know; everything else is Ed25519.
    const auto key = keys::SigningKey::generate(
        *role == wire::Role::kSeal ? crypto::Algorithm::kEs256 : crypto::Algorithm::kEd25519);
    const std::string& path = arguments.positionals().front();
    if (const auto written = keys::write_key_file(path, key, password, options); !written) {
        return fail(kExitIo, key_fault_text(path, written.error()));
    }
    print_key(key.public_key(), options.label, arguments.has("json"));
    return kExitOk;
}

int run_show(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) return usage_error("keys show needs one key file");
    const std::string& path = arguments.positionals().front();
    keys::ReadOptions options;
    options.allow_unencrypted = true;
    const auto header = keys::read_key_file_header(path, options);
    if (!header) return fail(kExitIo, key_fault_text(path, header.error()));
    print_key(header->public_key, header->label, arguments.has("json"));
    return kExitOk;
}

int run_prove(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) return usage_error("keys prove needs one key file");
    const auto role = wire::parse_role(arguments.get("role", ""));
    if (!role) return usage_error("keys prove needs --role: registrar, dean, president, …");
    const auto chain_bytes = from_hex(arguments.get("chain", ""));
    const auto chain = chain_bytes ? wire::ChainId::from(*chain_bytes) : std::nullopt;
    if (!chain) return usage_error("keys prove needs --chain, 32 hexadecimal digits");
    const auto number = arguments.number("member", 0, 1, UINT32_MAX);
    if (!number) return usage_error(number.error());
    std::optional<wire::MemberId> member;
    if (*number != 0) member = wire::MemberId{static_cast<std::uint32_t>(*number)};
    const auto key = read_key(arguments.positionals().front(), arguments);
    if (!key) return fail(kExitIo, key.error());
    const auto json = possession_to_json(make_new_key(*chain, member, *role, *key), *chain, member);
    const std::string text = codec::to_jcs(json) + "\n";
    const auto out = arguments.find("out");
    if (!out) {
        std::fputs(text.c_str(), stdout);
        return kExitOk;
    }
    if (const auto written = write_file(*out, as_bytes(text), Access::kPublic); !written) {
        return fail(kExitIo, written.error());
    }
    return kExitOk;
}

constexpr Command kCommands[] = {
    {"keys new", "FILE --role ROLE [--label TEXT]", "make a key of your own",
     "Makes a new key and writes it to FILE, encrypted with a password that you are asked for. "
     "Give the\n"
     "public part that it prints to whoever registers you. The file and its password are yours "
     "alone:\n"
     "nobody can sign for you without both, and nobody can give them back to you.\n"
     "\n"
     "  tasdiq keys new dean.key --role dean --label \"Dean of Sciences\"\n"
     "  tasdiq keys new node.key --role node --no-password",
     kNewOptions, run_new},
    {"keys show", "FILE [--json]", "show the public part of a key",
     "Shows what anyone may know of a key file, without its password.\n"
     "\n"
     "  tasdiq keys show dean.key",
     kShowOptions, run_show},
    {"keys prove", "FILE --role ROLE --chain HEX [--member N]",
     "prove that a key is yours, to whoever registers you",
     "Writes the public part of a key with a signature that shows you hold it, for one ledger and "
     "one role.\n"
     "Hand it in with the request that registers you (docs/formats/requests.md).\n"
     "\n"
     "  tasdiq keys prove dean.key --role dean --chain 4554ec892350b428aba030d5809c4719 > "
     "dean.json\n"
     "  tasdiq keys prove dean.key --role dean --chain HEX --member 10 --out dean.json",
     kProveOptions, run_prove},
};

}  // namespace

std::span<const Command> keys_commands() { return kCommands; }

}  // namespace tasdiq::cli
