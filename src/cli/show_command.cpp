#include "cli/show_command.hpp"

#include <cstdio>

#include "cli/certificate_life.hpp"
#include "cli/command.hpp"
#include "cli/people_text.hpp"
#include "cli/verdict_text.hpp"
#include "codec/jcs.hpp"

namespace tasdiq::cli {
namespace {

constexpr Option kShowOptions[] = {
    kNodeOption,
    kDirOption,
    {"lang", "ar|fr|en", "language of the answer (default: that of the terminal)"},
    {"json", "", "print it as JSON"},
};

std::string_view proof_name(Proof proof) {
    switch (proof) {
        case Proof::kIncluded: return "included";
        case Proof::kReplayed: return "replayed";
        case Proof::kNodeSays: return "not-proven";
    }
    return "";
}

/// What was checked of it, as the last line.
std::string closing_key(const Shown& shown) {
    if (const codec::Json* is_final = shown.json.find("final")) {
        return is_final->get_boolean().value_or(false) ? "show.checkpoint-final"
                                                       : "show.checkpoint-not-final";
    }
    return "show." + std::string{proof_name(shown.proof)};
}

std::optional<std::string> only_word(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) return std::nullopt;
    return arguments.positionals().front();
}

int run_checkpoint(const Arguments& arguments) {
    if (!arguments.positionals().empty()) return usage_error("show checkpoint takes only options");
    return run_show(arguments, [](LedgerReader& reader) { return reader.show_checkpoint(); });
}

std::optional<wire::LogIndex> index_of(const Arguments& arguments) {
    const auto word = only_word(arguments);
    const auto number = word ? parse_count(*word, wire::kLogIndexMax) : std::nullopt;
    if (!number) return std::nullopt;
    return wire::LogIndex{*number};
}

int run_entry(const Arguments& arguments) {
    const auto index = index_of(arguments);
    if (!index) return usage_error("show entry needs the number of an entry");
    return run_show(arguments, [&](LedgerReader& reader) { return reader.show_entry(*index); });
}

int run_certificate(const Arguments& arguments) {
    const auto index = index_of(arguments);
    if (!index) return usage_error("show certificate needs the number of a certificate");
    return run_show(
        arguments, [&](LedgerReader& reader) { return reader.show_certificate(*index); },
        certificate_life);
}

int run_member(const Arguments& arguments) {
    const auto word = only_word(arguments);
    const auto number = word ? parse_count(*word, UINT32_MAX) : std::nullopt;
    if (!number) return usage_error("show member needs the number of a member");
    const wire::MemberId member{static_cast<std::uint32_t>(*number)};
    return run_show(arguments, [&](LedgerReader& reader) { return reader.show_member(member); });
}

int run_transaction(const Arguments& arguments) {
    const auto word = only_word(arguments);
    const auto bytes = word ? from_hex(*word) : std::nullopt;
    const auto id = bytes ? wire::TransactionId::from(*bytes) : std::nullopt;
    if (!id) return usage_error("show transaction needs its id, 64 hexadecimal digits");
    return run_show(arguments, [&](LedgerReader& reader) { return reader.show_transaction(*id); });
}

constexpr Command kCommands[] = {
    {"show checkpoint", "--node URL | --dir DIR", "show how far a ledger is, and who says so",
     "Shows a ledger's checkpoint and verifies the states' cosignatures.\n"
     "\n"
     "  tasdiq show checkpoint --node http://127.0.0.1:8480",
     kShowOptions, run_checkpoint},
    {"show entry", "NUMBER --node URL | --dir DIR", "show an entry of the log",
     "Shows an entry and computes that it lies under the checkpoint.\n"
     "\n"
     "  tasdiq show entry 42 --node http://127.0.0.1:8480 --lang fr",
     kShowOptions, run_entry},
    {"show certificate", "NUMBER --node URL | --dir DIR",
     "tell a certificate's life: who, what, status",
     "Tells a certificate's whole life: who recorded it, what it replaces, what was decided since, "
     "who attested\n"
     "it, and whether enrolment was committed to; then its terms. Nothing about a person. With "
     "--dir the whole\n"
     "ledger is replayed.\n"
     "\n"
     "  tasdiq show certificate 57 --node http://127.0.0.1:8480 --lang ar",
     kShowOptions, run_certificate},
    {"show member", "NUMBER --node URL | --dir DIR", "show a member, its keys and accreditations",
     "Shows a state, an authority or an institution as the ledger has it now.\n"
     "\n"
     "  tasdiq show member 9 --node http://127.0.0.1:8480",
     kShowOptions, run_member},
    {"show transaction", "ID --node URL | --dir DIR", "show who signed what",
     "Shows a transaction by its id, and computes that its entry lies under the checkpoint.\n"
     "\n"
     "  tasdiq show transaction 5f0c…e1 --node http://127.0.0.1:8480 --json",
     kShowOptions, run_transaction},
};

}  // namespace

int run_show(const Arguments& arguments,
             const std::function<Result<Shown, NodeFault>(LedgerReader&)>& find, Lead lead) {
    const auto language = chosen_language(arguments);
    if (!language) return usage_error("--lang takes ar, fr or en");
    auto files = LogFiles::open(arguments);
    if (!files) {
        return files.error().exit_code == kExitUsage
                   ? usage_error(files.error().message)
                   : fail(files.error().exit_code, files.error().message);
    }
    LedgerReader reader{*files};
    auto shown = find(reader);
    if (!shown) return fail(shown.error().exit_code, shown.error().message);
    if (arguments.has("json")) {
        shown->json.set("proof", proof_name(shown->proof));
        std::printf("%s\n", codec::to_jcs(shown->json).c_str());
        return kExitOk;
    }
    std::string closing = text::format(closing_key(*shown), *language);
    for (const char* technical : {"bytes", "final"}) shown->json.erase(technical);
    const KnownMembers known = reader.known_members(shown->json);
    if (!known.empty() && shown->proof == Proof::kIncluded) {
        closing += "\n" + text::format("show.names-not-proven", *language);
    }
    if (lead != nullptr) std::printf("%s\n", lead(shown->json, *language, known).c_str());
    std::printf("%s\n%s\n", people_text(shown->json, *language, known).c_str(), closing.c_str());
    return kExitOk;
}

std::span<const Command> show_commands() { return kCommands; }

}  // namespace tasdiq::cli
