#include <cstdio>

#include "cli/audit.hpp"
#include "cli/command.hpp"
#include "cli/files.hpp"
#include "codec/jcs.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

constexpr Option kAuditOptions[] = {
    {"node", "URL", "fetch the ledger's files from this node"},
    {"dir", "DIR", "read them from a folder, as --mirror left it"},
    {"mirror", "DIR", "keep what is fetched as files"},
    {"trust-root", "FILE", "also hold the ledger to this trust root"},
    {"json", "", "print the report as JSON"},
};

Json report_to_json(const AuditReport& report) {
    const AuditCounts& counts = report.counts;
    Json members = Json::object();
    for (const auto& [kind, count] : counts.members) members.set(wire::to_word(kind), count);
    Json statuses = Json::object();
    for (const auto& [state, count] : counts.statuses) statuses.set(wire::to_word(state), count);
    Json years = Json::array();
    for (const auto& [key, count] : counts.by_year) {
        years.push(Json::object()
                       .set("institution", key.institution.value)
                       .set("year", key.year)
                       .set("certificates", count));
    }
    Json faults = Json::array();
    for (const AuditFault& fault : report.faults) {
        faults.push(Json::object()
                        .set("code", static_cast<std::uint16_t>(fault.error))
                        .set("text", to_string(fault.error))
                        .set("index", fault.index ? Json{fault.index->value} : Json{})
                        .set("detail", fault.detail));
    }
    Json cosigners = Json::array();
    for (const std::string& country : report.cosigners) cosigners.push(country);
    return Json::object()
        .set("sound", report.is_sound())
        .set("ledger", report.ledger == wire::LedgerKind::kTest ? "test" : "production")
        .set("origin", report.checkpoint.origin)
        .set("size", report.checkpoint.size)
        .set("root", to_hex(report.checkpoint.root.view()))
        .set("cosigners", std::move(cosigners))
        .set("blocks", counts.blocks)
        .set("transactions", counts.transactions)
        .set("certificates", counts.certificates)
        .set("voids", counts.voids)
        .set("members", std::move(members))
        .set("statuses", std::move(statuses))
        .set("years", std::move(years))
        .set("faults", std::move(faults));
}

void print_faults(const AuditReport& report) {
    for (const AuditFault& fault : report.faults) {
        std::printf("  ");
        if (fault.index) std::printf("entry %s: ", std::to_string(fault.index->value).c_str());
        std::printf("%s%s%s\n", std::string{to_string(fault.error)}.c_str(),
                    fault.detail.empty() ? "" : ": ", fault.detail.c_str());
    }
}

void print_counts(const AuditCounts& counts) {
    const auto line = [](std::uint64_t count, std::string_view what) {
        std::printf("%10s  %s\n", std::to_string(count).c_str(), std::string{what}.c_str());
    };
    line(counts.blocks, "blocks");
    line(counts.transactions, "transactions");
    for (const auto& [kind, count] : counts.members) {
        line(count, "members: " + std::string{wire::to_word(kind)});
    }
    line(counts.certificates, "certificates");
    for (const auto& [key, count] : counts.by_year) {
        line(count, "  of member " + std::to_string(key.institution.value) + " in " +
                        std::to_string(key.year));
    }
    for (const auto& [state, count] : counts.statuses) {
        line(count, "  " + std::string{wire::to_word(state)});
    }
    line(counts.voids, "voided keys");
}

void print_text(const AuditReport& report) {
    std::string states;
    for (const std::string& country : report.cosigners) states += " " + country;
    std::printf("%s%s\n", report.checkpoint.origin.c_str(),
                report.ledger == wire::LedgerKind::kTest ? "  (a TEST ledger)" : "");
    std::printf("%s entries, cosigned by:%s\n\n", std::to_string(report.checkpoint.size).c_str(),
                states.c_str());
    print_counts(report.counts);
    if (report.is_sound()) {
        std::printf("\nSound: every entry, every root and the checkpoint were recomputed.\n");
        return;
    }
    std::printf("\nNOT SOUND. The counts end where the replay stopped. What does not hold:\n");
    print_faults(report);
}

int run_audit(const Arguments& arguments) {
    if (!arguments.positionals().empty()) return usage_error("audit takes only options");
    auto files = LogFiles::open(arguments);
    if (!files) {
        if (files.error().exit_code == kExitUsage) return usage_error(files.error().message);
        return fail(files.error().exit_code, files.error().message);
    }
    std::optional<wire::TrustRoot> root;
    if (const auto path = arguments.find("trust-root")) {
        const auto content = read_file(*path, wire::kTrustRootSizeMax);
        if (!content) return fail(kExitIo, content.error());
        auto parsed = wire::parse_trust_root(*content);
        if (!parsed) return fail(kExitUnavailable, *path + ": is no trust root");
        root = *std::move(parsed);
    }
    Auditor auditor{*files};
    const auto report = auditor.run(root);
    if (!report) return fail(report.error().exit_code, report.error().message);
    if (arguments.has("json")) {
        std::printf("%s\n", codec::to_jcs(report_to_json(*report)).c_str());
    } else {
        print_text(*report);
    }
    return report->is_sound() ? kExitOk : kExitRefused;
}

constexpr Command kCommands[] = {
    {"audit", "--node URL | --dir DIR [--mirror DIR] [--trust-root FILE] [--json]",
     "recompute a whole ledger from its files",
     "Reads a ledger's checkpoint and tiles and nothing else, and recomputes everything: each "
     "hash, the log's\n"
     "root, each transaction by the rules with its signatures, each entry byte for byte, the "
     "state's root of each\n"
     "block, the states' cosignatures. Says what does not hold, and where, and counts what the "
     "ledger holds.\n"
     "\n"
     "  tasdiq audit --node https://ledger.example --trust-root trust-root.json\n"
     "  tasdiq audit --node http://127.0.0.1:8480 --mirror copy\n"
     "  tasdiq audit --dir copy --json\n"
     "\n"
     "Exit codes: 0 sound, 1 not sound, 2 the files could not be had.",
     kAuditOptions, run_audit},
};

}  // namespace

std::span<const Command> audit_commands() { return kCommands; }

}  // namespace tasdiq::cli
