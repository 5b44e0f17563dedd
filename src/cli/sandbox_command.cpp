#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>

#include "base/ensure.hpp"
#include "cli/child_process.hpp"
#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/intake_report.hpp"
#include "cli/issue_batch.hpp"
#include "cli/parallel.hpp"
#include "cli/program_path.hpp"
#include "cli/progress.hpp"
#include "cli/sandbox_ledger.hpp"
#include "cli/signing.hpp"
#include "cli/to_sign.hpp"
#include "cli/verdict_text.hpp"
#include "codec/jcs.hpp"
#include "prose/verdict_sentences.hpp"
#include "verify/verifier.hpp"

namespace tasdiq::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kBatchValid_s = 86'400;
constexpr int kNodeStart_s = 60;
constexpr std::uint64_t kGraduatesMax = 1'000'000;

constexpr Option kSandboxOptions[] = {
    {"dir", "DIR", "where the sandbox lives (default ./sandbox)"},
    {"graduates", "N", "make N graduates up instead of reading examples/graduates.csv"},
    {"seed", "S", "shapes the people that are made up (default 1); keys are always random"},
    {"port", "P", "port of the node (default 8480)"},
    {"no-serve", "", "stop the node when everything is verified"},
    {"write-graduates", "FILE", "only write a table of made-up graduates"},
    {"lang", "ar|fr|en", "language of the report"},
};

/// `UTM` as its key files begin: `utm`.
std::string key_prefix(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What the user asked for.
struct Settings {
    std::string folder;
    std::size_t graduates = 0;  // 0: read the example
    std::uint64_t seed = 1;
    std::uint16_t port = 8480;
    bool serve = true;
    text::Language language = text::Language::kEnglish;
};

/// The last 30 June before today: when universities award degrees.
Day last_graduation(Day today) {
    const std::int32_t year = to_civil(today).year;
    const Day this_year = to_day(CivilDate{year, 6, 30});
    return this_year <= today ? this_year : to_day(CivilDate{year - 1, 6, 30});
}

/// The node of the sandbox, which holds the node keys of all states.
Result<ChildProcess, std::string> start_node(const SandboxPlan& plan, const Settings& settings) {
    std::vector<std::string> words{
        program_folder() + "/libexec/tasdiq-node",
        "run",
        "--dir",
        settings.folder + "/node",
        "--listen",
        "127.0.0.1:" + std::to_string(settings.serve ? settings.port : 0),
        "--log-level",
        "error",
        "--publisher-key",
        settings.folder + "/keys/publisher.key"};
    for (const SandboxState& state : plan.states) {
        const std::string prefix = key_prefix(state.country);
        words.insert(words.end(),
                     {"--node-key", settings.folder + "/keys/" + prefix + "-node.key"});
    }
    return ChildProcess::start(std::move(words), "serving http://", kNodeStart_s);
}

/// `http://127.0.0.1:8480` out of the line that the node prints.
std::string url_in(const std::string& line) {
    const std::size_t begin = line.find("http://");
    return line.substr(begin, line.find(' ', begin) - begin);
}

/// A table for each institution, cut out of one with a column `institution`.
Result<std::map<std::string, intake::CsvTable>, std::string> split_table(
    const intake::CsvTable& table) {
    const auto column = std::ranges::find(table.header.cells, std::string{"institution"});
    if (column == table.header.cells.end()) {
        return std::unexpected{std::string{"the table has no column institution"}};
    }
    const auto place = static_cast<std::size_t>(column - table.header.cells.begin());
    const auto without = [&](const intake::CsvRow& row) {
        intake::CsvRow copy = row;
        if (place < copy.cells.size())
            copy.cells.erase(copy.cells.begin() + static_cast<std::ptrdiff_t>(place));
        return copy;
    };
    std::map<std::string, intake::CsvTable> tables;
    for (const intake::CsvRow& row : table.rows) {
        intake::CsvTable& one = tables[place < row.cells.size() ? row.cells[place] : std::string{}];
        one.header = without(table.header);
        one.rows.push_back(without(row));
    }
    return tables;
}

struct Totals {
    std::size_t certificates = 0;
    std::size_t issues = 0;
    double intake_s = 0;
    double prepare_s = 0;
    double sign_s = 0;
    double record_s = 0;
    double verify_s = 0;
};

/// One institution's day: table, report, two signatures, the ledger, evidence.
Result<std::vector<std::string>, NodeFault> issue_for(
    const SandboxInstitution& institution, const Profile& profile, const intake::CsvTable& table,
    const Settings& settings, const SandboxKeys& keys, NodeClient& node, Totals& totals) {
    const auto local = [](std::string message) { return NodeFault{kExitIo, std::move(message)}; };
    auto start = Clock::now();
    auto graduates = intake::read_graduates(table, intake::map_columns(table.header.cells),
                                            profile.intake_rules(), to_day(now()));
    totals.intake_s += seconds_since(start);
    const std::string name = settings.language == text::Language::kArabic   ? institution.names.ar
                             : settings.language == text::Language::kFrench ? institution.names.fr
                                                                            : institution.names.en;
    std::printf("  %s: %s", name.c_str(), intake_report(graduates, settings.language, 10).c_str());
    if (!graduates.faults.empty())
        return std::unexpected{NodeFault{kExitRefused, "the table has faults"}};

    const std::string prefix = key_prefix(institution.prefix());
    const std::string batch = settings.folder + "/batches/" + prefix;
    std::vector<std::string> serials;
    for (const auto& graduate : graduates.graduates) serials.push_back(graduate.serial);
    start = Clock::now();
    Parties parties;
    parties.own = profile;
    const auto signers = parse_party_signers("0,1", parties);
    ENSURE(signers);
    const auto made = prepare_batch(batch, {&parties,
                                            std::move(graduates.graduates),
                                            *signers,
                                            {2},
                                            &keys.get(prefix + "-assertion"),
                                            now(),
                                            kBatchValid_s});
    if (!made) return std::unexpected{local(made.error())};
    totals.certificates += made->certificate_count;
    totals.issues += made->issue_count;
    totals.prepare_s += seconds_since(start);

    start = Clock::now();
    const auto to_sign = read_to_sign(batch + "/to-sign.cbor");
    if (!to_sign) return std::unexpected{local(to_sign.error())};
    for (const char* officer : {"-dean", "-registrar"}) {
        const auto signatures = sign_batch(*to_sign, keys.get(prefix + officer));
        if (!signatures) return std::unexpected{local(signatures.error())};
        const auto written = write_file(batch + "/signatures/" + signatures_name(signatures->first),
                                        signatures->second, Access::kOwner);
        if (!written) return std::unexpected{local(written.error())};
    }
    totals.sign_s += seconds_since(start);

    start = Clock::now();
    TRY(const auto submitted, submit_batch(batch, node));
    if (!submitted.refused.empty()) {
        return std::unexpected{NodeFault{kExitRefused, submitted.refused.front().reason}};
    }
    totals.record_s += seconds_since(start);
    return serials;
}

/// Moves every certificate's folder out of the batches to where scripts look for it.
Result<Ok, std::string> gather_certificates(const Settings& settings, const std::string& batch,
                                            const std::vector<std::string>& serials) {
    for (const std::string& serial : serials) {
        const std::string from = batch + "/certificates/" + serial;
        const std::string to = settings.folder + "/certificates/" + serial;
        if (std::rename(from.c_str(), to.c_str()) != 0)
            return std::unexpected{to + ": cannot be moved"};
    }
    return Ok{};
}

/// Verifies all certificates offline; how many gave each answer.
Result<std::map<verify::Headline, std::size_t>, std::string> verify_all(
    const Settings& settings, const wire::TrustRoot& root,
    const std::vector<std::string>& serials) {
    std::vector<std::optional<verify::Headline>> answers(serials.size());
    Progress progress{"Verifying", serials.size()};
    const Instant time = now();
    parallel_for(serials.size(), [&](std::size_t i) {
        thread_local std::optional<verify::Verifier> verifier;
        if (!verifier) verifier.emplace(root, verify::Belief::kFileOnly);
        const std::string place = settings.folder + "/certificates/" + serials[i];
        const auto credential = read_file(place + "/credential.json", 1U << 20);
        const auto evidence = read_file(place + "/evidence.json", wire::kEvidenceSizeMax);
        if (credential && evidence)
            answers[i] = verifier->verify(*credential, *evidence, time).headline;
        progress.step();
    });
    std::map<verify::Headline, std::size_t> counts;
    for (std::size_t i = 0; i < serials.size(); ++i) {
        if (!answers[i]) return std::unexpected{serials[i] + ": cannot be read"};
        ++counts[*answers[i]];
    }
    return counts;
}

Result<Bytes, std::string> graduates_table(const SandboxPlan& plan, const Settings& settings) {
    if (settings.graduates > 0) {
        const std::string csv = make_graduates_csv(plan, settings.graduates, settings.seed,
                                                   last_graduation(to_day(now())));
        return to_bytes(as_bytes(csv));
    }
    const std::string example = program_folder() + "/../../examples/graduates.csv";
    return read_file(example, 64U << 20);
}

void print_rate(const char* what, std::size_t count, double seconds) {
    std::printf("  %-34s %6.2f s  %9.0f / s\n", what, seconds,
                seconds > 0 ? static_cast<double>(count) / seconds : 0.0);
}

/// Goes on until it is told to stop.
int serve(ChildProcess& node) {
    std::printf(
        "\nThe node serves at %s (Ctrl-C stops it).\n"
        "This is a TEST ledger: its one node holds the node keys of all four states.\n",
        url_in(node.ready_line()).c_str());
    std::fflush(stdout);
    return node.wait();
}

/// Builds a sandbox from nothing: keys, ledger, members, a batch for each institution,
/// verification.
class SandboxBuilder {
  public:
    SandboxBuilder(const SandboxPlan& plan, const Settings& settings)
        : plan_{plan}, settings_{settings}, keys_{settings.folder + "/keys"} {}

    /// All of it, with a summary on stdout. Whether every certificate was verified as genuine.
    Result<bool, NodeFault> build() {
        TRY(make_ledger());
        TRY(auto node, NodeClient::open(url_in(child_->ready_line())));
        TRY(const auto profiles, register_sandbox_members(plan_, genesis_, keys_, node));
        std::printf("%zu authorities and %zu institutions are registered and accredited.\n\n",
                    plan_.states.size(), plan_.institutions.size());
        TRY(issue_all(profiles, node));
        TRY(const auto counts, verify_against(node));
        print_summary(counts);
        return std::ranges::all_of(
            counts, [](const auto& one) { return one.first > verify::Headline::kCouldNotCheck; });
    }

    /// The node that goes on serving.
    [[nodiscard]] ChildProcess& node() { return *child_; }

  private:
    static NodeFault local(std::string message) { return {kExitIo, std::move(message)}; }

    /// `result` with its sentence as a fault of this machine.
    template <class T>
    static Result<T, NodeFault> here(Result<T, std::string> result) {
        if (!result) return std::unexpected{local(std::move(result).error())};
        return *std::move(result);
    }

    Result<Ok, NodeFault> make_ledger() {
        for (const char* sub : {"/keys", "/batches", "/certificates", "/profiles"}) {
            TRY(here(make_folder(settings_.folder + sub, Access::kOwner)));
        }
        std::printf("Making a TEST ledger of four states in %s …\n", settings_.folder.c_str());
        const std::string origin_prefix =
            "127.0.0.1:" + std::to_string(settings_.port) + "/sandbox";
        TRY(genesis_, here(make_sandbox_genesis(plan_, origin_prefix, now(), keys_)));
        const std::string path = settings_.folder + "/genesis.cbor";
        TRY(here(write_file(path, wire::encode(genesis_), Access::kPublic)));
        const int initialised =
            run_program({program_folder() + "/libexec/tasdiq-node", "init", "--dir",
                         settings_.folder + "/node", "--genesis", path});
        if (initialised != 0) {
            return std::unexpected{local("the node could not make its folder")};
        }
        TRY(auto child, here(start_node(plan_, settings_)));
        child_.emplace(std::move(child));
        return Ok{};
    }

    Result<Ok, NodeFault> issue_all(const std::vector<Profile>& profiles, NodeClient& node) {
        TRY(const Bytes content, here(graduates_table(plan_, settings_)));
        const auto table = intake::parse_csv(content);
        if (!table) {
            return std::unexpected{
                NodeFault{kExitRefused, intake_report(table.error(), settings_.language)}};
        }
        TRY(const auto tables, here(split_table(*table)));
        std::printf("Checking the tables, making and signing certificates, recording them:\n");
        for (std::size_t i = 0; i < plan_.institutions.size(); ++i) {
            const SandboxInstitution& institution = plan_.institutions[i];
            TRY(here(write_file(settings_.folder + "/profiles/" + institution.domain + ".json",
                                as_bytes(codec::to_jcs(to_json(profiles[i]))), Access::kPublic)));
            const auto own = tables.find(institution.domain);
            if (own == tables.end()) continue;
            TRY(const auto serials,
                issue_for(institution, profiles[i], own->second, settings_, keys_, node, totals_));
            TRY(here(gather_certificates(
                settings_, settings_.folder + "/batches/" + key_prefix(institution.prefix()),
                serials)));
            serials_.insert(serials_.end(), serials.begin(), serials.end());
        }
        return Ok{};
    }

    Result<std::map<verify::Headline, std::size_t>, NodeFault> verify_against(NodeClient& node) {
        TRY(const std::string text, node.get_text("/api/v1/trust-root"));
        const auto root = wire::parse_trust_root(as_bytes(text));
        const wire::ChainId chain = wire::chain_id(wire::encode(genesis_));
        // The sandbox knows its own genesis: the node's word is not taken for it.
        if (!root || root->origin != wire::origin_of(genesis_, chain) ||
            root->set != wire::genesis_set(genesis_)) {
            return std::unexpected{local("the node's trust root is not that of this ledger")};
        }
        const auto start = Clock::now();
        TRY(auto counts, here(verify_all(settings_, *root, serials_)));
        totals_.verify_s = seconds_since(start);
        TRY(here(
            write_file(settings_.folder + "/trust-root.json", as_bytes(text), Access::kPublic)));
        return counts;
    }

    void print_summary(const std::map<verify::Headline, std::size_t>& counts) const {
        std::printf("\nVerified offline:\n");
        for (const auto& [headline, count] : counts) {
            std::printf("  %7zu  %s\n", count,
                        prose::headline_sentence(headline, true, settings_.language).c_str());
        }
        const std::size_t count = totals_.certificates;
        std::printf("\n%zu certificates in %zu issues:\n", count, totals_.issues);
        print_rate("tables read and checked", count, totals_.intake_s);
        print_rate("credentials made and signed", count, totals_.prepare_s);
        print_rate("signed by two officers", count, totals_.sign_s);
        print_rate("recorded, evidence written", count, totals_.record_s);
        print_rate("verified from their files", count, totals_.verify_s);
        print_rate("everything", count, seconds_since(begin_));
        const char* folder = settings_.folder.c_str();
        std::printf(
            "\nLook at one:\n"
            "  tasdiq verify --trust-root %s/trust-root.json %s/certificates/%s\n"
            "The officers' keys lie unencrypted in %s/keys: this is a TEST ledger.\n",
            folder, folder, serials_.empty() ? "…" : serials_.front().c_str(), folder);
    }

    const SandboxPlan& plan_;
    const Settings& settings_;
    SandboxKeys keys_;
    wire::Genesis genesis_{};
    std::optional<ChildProcess> child_;
    Totals totals_;
    std::vector<std::string> serials_;
    Clock::time_point begin_ = Clock::now();
};

int run_sandbox(const Arguments& arguments) {
    if (!arguments.positionals().empty()) return usage_error("sandbox takes options only");
    Settings settings;
    settings.folder = arguments.get("dir", "sandbox");
    const auto graduates = arguments.number("graduates", 0, 1, kGraduatesMax);
    const auto seed = arguments.number("seed", 1, 0, UINT64_MAX);
    const auto port = arguments.number("port", 8480, 1, 65'535);
    for (const auto* number : {&graduates, &seed, &port}) {
        if (!*number) return usage_error(number->error());
    }
    const auto language = chosen_language(arguments);
    if (!language) return usage_error("--lang takes ar, fr or en");
    settings.graduates = *graduates;
    settings.seed = *seed;
    settings.port = static_cast<std::uint16_t>(*port);
    settings.serve = !arguments.has("no-serve");
    settings.language = *language;

    const SandboxPlan plan = sandbox_plan();
    if (const auto file = arguments.find("write-graduates")) {
        const std::string csv =
            make_graduates_csv(plan, settings.graduates == 0 ? 520 : settings.graduates,
                               settings.seed, last_graduation(to_day(now())));
        const auto written = write_file(*file, as_bytes(csv), Access::kPublic);
        return written ? kExitOk : fail(kExitIo, written.error());
    }
    if (settings.serve && !is_port_free(settings.port)) {
        return fail(kExitIo, "port " + std::to_string(settings.port) +
                                 " is in use; choose another with --port");
    }
    if (exists(settings.folder + "/trust-root.json")) {
        std::printf("The sandbox in %s is there already: going on with it.\n",
                    settings.folder.c_str());
        if (!settings.serve) return kExitOk;
        auto node = start_node(plan, settings);
        return node ? serve(*node) : fail(kExitIo, node.error());
    }
    if (exists(settings.folder + "/keys")) {
        return fail(kExitIo,
                    settings.folder + " holds a sandbox that was not finished; remove it first");
    }
    SandboxBuilder builder{plan, settings};
    const auto all_genuine = builder.build();
    if (!all_genuine) return fail(all_genuine.error().exit_code, all_genuine.error().message);
    if (!*all_genuine) return kExitRefused;
    return settings.serve ? serve(builder.node()) : kExitOk;
}

constexpr Command kCommands[] = {
    {"sandbox", "[--dir DIR] [--graduates N] [--no-serve]",
     "see everything work on a ledger of your own",
     "Makes a test ledger of four states with eight universities, issues diplomas for a table of "
     "invented\n"
     "graduates, records them, verifies every one offline and keeps the node serving. Run again on "
     "the same\n"
     "folder, it goes on with the ledger that is there.\n"
     "\n"
     "  tasdiq sandbox\n"
     "  tasdiq sandbox --dir try --graduates 40000 --no-serve",
     kSandboxOptions, run_sandbox},
};

}  // namespace

std::span<const Command> sandbox_commands() { return kCommands; }

}  // namespace tasdiq::cli
