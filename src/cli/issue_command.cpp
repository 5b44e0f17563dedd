#include <algorithm>
#include <cstdio>
#include <map>

#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/issue_batch.hpp"
#include "cli/issue_rows.hpp"
#include "cli/key_access.hpp"
#include "cli/ledger_name.hpp"
#include "cli/people_text.hpp"
#include "cli/signing.hpp"
#include "cli/status_lists.hpp"
#include "cli/to_sign.hpp"
#include "cli/verdict_text.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

constexpr auto kPrepareOptions = with_preparing({
    kJointOption,
    {"type", "TYPE", "what all rows are: transcript, provisional, … (default degree)"},
    {"relation", "WORD",
     "what all rows are to earlier certificates: of-award, replaces, duplicate, "
     "finalises, annotates or restores"},
    kOfOption,
    kLedgerOption,
    {"courses", "FILE", "a second table: the courses of transcripts or supplements"},
    {"capture", "register|reconstructed", "from a register, or from other evidence, however old"},
    {"batches", "DIR", "earlier batches, or a folder of them: nobody gets the same twice"},
    {"cohort", "DIR=N", "take seats from a cohort's folder and number; may stand several times"},
});
constexpr Option kSignOptions[] = {
    {"key", "FILE", "your key"},
    {"out", "FILE", "where to write the signature (default: in the batch, or beside to-sign.cbor)"},
    {"yes", "", "do not ask"},
    {"lang", "ar|fr|en", "language"},
    kPasswordFileOption,
};
constexpr Option kSubmitOptions[] = {
    {"node", "URL", "the ledger node"},
    kListsOption,
    kListKeyOption,
    kPasswordFileOption,
};

int run_prepare(const Arguments& arguments) {
    const auto kind = parse_batch_kind(arguments);
    if (!kind) return usage_error(kind.error());
    return run_preparing(
        arguments, "issue prepare",
        [&](const intake::CsvTable& table, const Parties& parties) -> Result<Rows, int> {
            if (parties.own.is_authoritys()) {
                return std::unexpected{
                    fail(kExitRefused,
                         "this is the profile of an authority; it prepares with equivalency "
                         "prepare or attestation prepare")};
            }
            return read_issue_rows(arguments, table, parties, *kind);
        });
}

/// `replaces × 12`, for each relation that the list's certificates have; nothing if they have none.
codec::Json relations_of(const IssueToSign& issue, text::Language language) {
    std::map<wire::RelationCode, std::size_t> counts;
    for (const wire::Item& item : issue.items) {
        if (item.relation) ++counts[item.relation->code];
    }
    codec::Json lines = codec::Json::array();
    for (const auto& [code, count] : counts) {
        const std::string word = text::format("word." + std::string{wire::to_word(code)}, language);
        lines.push(word + " × " + text::number_text(count, language));
    }
    return lines;
}

/// An issue as its officers read it. What they sign is the payload: terms, count and root.
std::string issue_text(const ToSign& to_sign, const IssueToSign& issue, text::Language language) {
    KnownMembers known;
    for (const auto& [member, name] : to_sign.names) known.insert({member.value, {name, {}}});
    codec::Json json = wire::describe(issue.decoded);
    for (const char* technical : {"chain", "nonce"}) json.erase(technical);
    json.set("relations", relations_of(issue, language));
    return people_text(json, language, known);
}

int run_sign(const Arguments& arguments) {
    if (arguments.positionals().size() != 1 || !arguments.has("key")) {
        return usage_error("issue sign needs a batch (or its to-sign.cbor) and --key");
    }
    const auto language = chosen_language(arguments);
    if (!language) return usage_error("--lang takes ar, fr or en");
    std::string path = arguments.positionals().front();
    const bool is_folder = exists(path + "/to-sign.cbor");
    if (!is_folder && exists(path + "/.")) {
        return fail(kExitIo, path + ": is no batch: there is no to-sign.cbor in this folder");
    }
    // Nobody is asked to sign with a key that is not there.
    const std::string key_path = arguments.get("key", "");
    if (!exists(key_path)) return fail(kExitIo, key_path + ": there is no such key file");
    const auto to_sign = read_to_sign(is_folder ? path + "/to-sign.cbor" : path);
    if (!to_sign) return fail(kExitIo, to_sign.error());
    std::size_t total = 0;
    std::printf("%s\n", text::format("sign.about", *language).c_str());
    for (const IssueToSign& issue : to_sign->issues) {
        std::printf("\n%s\n%s", ledger_text(issue.decoded.chain, *language).c_str(),
                    issue_text(*to_sign, issue, *language).c_str());
        total += issue.items.size();
    }
    const text::Parameter count{"certificates", text::count_text("certificates", total, *language)};
    std::printf("\n%s\n", text::format("sign.total", *language, {&count, 1}).c_str());
    if (!arguments.has("yes") && !ask_to_sign(*language)) {
        return fail(kExitRefused, "nothing was signed");
    }
    const auto key = read_key(key_path, arguments);
    if (!key) return fail(kExitIo, key.error());
    const auto signatures = sign_batch(*to_sign, *key);
    if (!signatures) return fail(kExitRefused, signatures.error());
    const std::size_t slash = path.rfind('/');
    const std::string beside = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    const std::string place = is_folder ? path + "/signatures/" : beside;
    const std::string out = arguments.get("out", place + signatures_name(signatures->first));
    if (const auto written = write_file(out, signatures->second, Access::kOwner); !written) {
        return fail(kExitIo, written.error());
    }
    std::printf("Signed: %s\n", out.c_str());
    return kExitOk;
}

void print_refused(const std::string& folder, const SubmitSummary& summary) {
    if (summary.refused.empty()) return;
    for (const RefusedIssue& issue : summary.refused) {
        std::fprintf(
            stderr, "Issue %zu was refused, %s: %s\n", issue.number,
            text::count_text("certificates", issue.serials.size(), text::Language::kEnglish)
                .c_str(),
            issue.reason.c_str());
    }
    std::fprintf(
        stderr,
        "What was recorded stays. The serials of the others stand in %s/refused.csv: once the\n"
        "reason is gone submit this batch again, or prepare a new one from their rows alone.\n",
        folder.c_str());
}

int run_submit(const Arguments& arguments) {
    if (arguments.positionals().size() != 1 || !arguments.has("node")) {
        return usage_error("issue submit needs a batch and --node URL");
    }
    const bool is_keyless = arguments.has("lists") && !arguments.has("assertion-key");
    if (is_keyless) return usage_error("--lists needs --assertion-key");
    auto node = NodeClient::open(arguments.get("node", ""));
    if (!node) return fail(node.error().exit_code, node.error().message);
    const std::string& folder = arguments.positionals().front();
    const auto summary = submit_batch(folder, *node);
    if (!summary) return fail(summary.error().exit_code, summary.error().message);
    constexpr auto kEnglish = text::Language::kEnglish;
    if (summary->certificate_count > 0 || summary->refused.empty()) {
        std::printf(
            "Recorded: %s; credential.json and evidence.json lie in %s/certificates.\n"
            "Their numbers on the ledger: %s/recorded.csv\n",
            text::count_text("certificates", summary->certificate_count, kEnglish).c_str(),
            folder.c_str(), folder.c_str());
    }
    if (summary->repeated_issues > 0) {
        std::printf("%s had been recorded before; nothing was recorded twice.\n",
                    text::count_text("issues", summary->repeated_issues, kEnglish).c_str());
    }
    print_refused(folder, *summary);
    // What the batch replaces stands in the lists of others.
    std::vector<std::string> changed = arguments.all("lists");
    if (summary->waits_until && arguments.has("assertion-key")) {
        changed.push_back(folder);
    } else if (summary->waits_until) {
        std::printf(
            "They wait until %s, which their status lists do not say yet. Now, and then again:\n"
            "tasdiq status publish %s --assertion-key FILE --node URL\n",
            to_text(*summary->waits_until).c_str(), folder.c_str());
    }
    const int published = changed.empty() ? kExitOk : publish_folders(arguments, changed);
    return published == kExitOk && !summary->refused.empty() ? kExitRefused : published;
}

constexpr Command kCommands[] = {
    {"issue prepare", "CSV --profile FILE --out DIR --signers N,N --assertion-key FILE",
     "check a table of graduates and prepare a batch",
     "Reads a table of graduates (CSV in UTF-8; docs/formats/graduates.md), reports every faulty "
     "cell with\n"
     "its line and what to do, and prepares a batch that officers sign. Nothing is made unless "
     "every row is\n"
     "good, or --skip-faulty is given. The batch holds personal data and is for its owner alone.\n"
     "\n"
     "  tasdiq issue prepare graduates.csv --profile utm.json --check --lang ar\n"
     "  tasdiq issue prepare graduates.csv --profile utm.json --out june --signers 0,1 "
     "--assertion-key utm.key\n"
     "  tasdiq issue prepare 1975.csv --capture register --with ministry.json --signers 0,1,6:0 "
     "…\n"
     "  tasdiq issue prepare joint.csv --joint rabat.json --signers 0,1,12:0,12:1 …\n"
     "  tasdiq issue prepare graduates.csv --batches archive …\n"
     "  tasdiq issue prepare graduates.csv --cohort l1-2026=3 --cohort transfers-2027=5 …\n"
     "  tasdiq issue prepare old.csv --column \"N° inscr.=student_id\" …\n"
     "  tasdiq issue prepare marks.csv --type transcript --courses courses.csv --relation of-award "
     "--node URL …\n"
     "  tasdiq issue prepare lost.csv --relation duplicate --of 57 --node URL …\n"
     "\n"
     "With --relation the column certificate (or --of, once a row) has the earlier certificates' "
     "numbers: a\n"
     "transcript's award, a lost diploma, a provisional certificate. Their terms are read from the "
     "ledger.\n"
     "Without, whoever prepares a table twice gives everybody two genuine degrees: --batches finds "
     "that.\n"
     "What comes from a register the supervising authority signs too (--with, and 6:0 among the "
     "signers).",
     kPrepareOptions, run_prepare},
    {"issue sign", "DIR|to-sign.cbor --key FILE", "sign a batch, as an officer",
     "Shows what would be issued and signs it. Only the short file to-sign.cbor must travel to an "
     "officer's\n"
     "machine, and only the signature back, into the folder signatures of the batch.\n"
     "\n"
     "  tasdiq issue sign june --key registrar.key\n"
     "  tasdiq issue sign to-sign.cbor --key dean.key      (writes signatures-10-0.cbor)",
     kSignOptions, run_sign},
    {"issue submit", "DIR --node URL", "record a signed batch and fetch its evidence",
     "Sends a batch that all its officers have signed, waits until the ledger has it for good, and "
     "writes\n"
     "evidence.json beside each credential. May be stopped and run again at any time. Where a "
     "policy lets\n"
     "certificates wait, --assertion-key publishes that they do in their status lists.\n"
     "\n"
     "  tasdiq issue submit june --node http://127.0.0.1:8480\n"
     "  tasdiq issue submit fix --node URL --lists june --assertion-key utm.key   (fix replaces "
     "some of june)",
     kSubmitOptions, run_submit},
};

}  // namespace

std::span<const Command> issue_commands() { return kCommands; }

}  // namespace tasdiq::cli
