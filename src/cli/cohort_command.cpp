#include <algorithm>
#include <cstdio>

#include "cli/cohort_folder.hpp"
#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/intake_report.hpp"
#include "cli/key_access.hpp"
#include "cli/needed.hpp"
#include "cli/signing.hpp"
#include "cli/transaction_draft.hpp"
#include "cli/verdict_text.hpp"
#include "text/catalogue.hpp"

namespace tasdiq::cli {
namespace {

constexpr auto kCommitOptions = with_proposal({
    {"folder", "DIR", "where the names stay; must not be there yet"},
    {"member", "N", "the institution"},
    {"kind", "WORD", "intake (default), transfer-in or readmission"},
    {"intake", "DATE", "the day on which they begin, as 2026-09-15"},
    kColumnOption,
});
constexpr auto kReleaseOptions = with_proposal({
    {"cohort", "DIR=N", "a cohort's folder and number; may stand several times"},
    kColumnOption,
});

void print_faults(const intake::Students& students, std::vector<intake::RowFault> faults,
                  text::Language language) {
    std::ranges::sort(faults, {}, &intake::RowFault::line);
    const std::size_t good_count =
        students.students.size() - std::min(students.students.size(), faults.size());
    std::fputs(intake_report(students.row_count, good_count, faults, language).c_str(), stderr);
}

/// The students of the table that was named; nothing after a report.
Result<intake::Students, int> read_table(const Arguments& arguments, text::Language language) {
    const auto content = read_file(arguments.positionals().front(), kTableSizeMax);
    if (!content) return std::unexpected{fail(kExitIo, content.error())};
    const auto table = intake::parse_csv(*content);
    if (!table) {
        std::fputs(intake_report(table.error(), language).c_str(), stderr);
        return std::unexpected{static_cast<int>(kExitRefused)};
    }
    const auto columns = named_columns(arguments, *table);
    if (!columns) return std::unexpected{usage_error(columns.error())};
    auto students = intake::read_students(*table, *columns, to_day(now()));
    auto faults = students.faults;
    if (faults.empty()) faults = intake::find_twice(students.students);
    if (!faults.empty()) {
        print_faults(students, std::move(faults), language);
        return std::unexpected{static_cast<int>(kExitRefused)};
    }
    return students;
}

/// The cohort's number, if the ledger has it already: the answer to an earlier run was lost.
Result<std::optional<std::int64_t>, NodeFault> find_committed(NodeClient& node,
                                                              const wire::CommitCohort& cohort) {
    TRY(const codec::Json json,
        node.get_json("/api/v1/members/" + std::to_string(cohort.institution.value) + "/cohorts"));
    const codec::Json* const list = json.find("cohorts");
    if (list == nullptr || !list->is_array()) return std::nullopt;
    const std::string root = to_hex(cohort.root.view());
    for (const codec::Json& one : list->as_array()) {
        const std::string* const its = one.find_string("root");
        if (its != nullptr && *its == root) return one.find_integer("number");
    }
    return std::nullopt;
}

/// The root has the students' secrets in it: two cohorts of one root are one cohort.
int propose_cohort(const Arguments& arguments, const Cohort& cohort) {
    if (const auto url = arguments.find("node")) {
        auto node = NodeClient::open(*url);
        if (!node) return fail(node.error().exit_code, node.error().message);
        const auto number = find_committed(*node, cohort.body);
        if (!number) return fail(number.error().exit_code, number.error().message);
        if (*number) {
            std::printf("It had been recorded before. The cohort is number %s.\n",
                        std::to_string(**number).c_str());
            return kExitOk;
        }
    }
    return propose(arguments, make_commit_cohort(cohort.body));
}

int run_commit(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) {
        return usage_error("cohort commit needs one CSV file, or the folder of a cohort");
    }
    const std::string& path = arguments.positionals().front();
    if (exists(path + "/leaves.cbor")) {
        const auto cohort = read_cohort(path);
        return cohort ? propose_cohort(arguments, *cohort) : fail(kExitIo, cohort.error());
    }
    const auto language = chosen_language(arguments);
    if (!language) return usage_error("--lang takes ar, fr or en");
    Needed needed{arguments};
    const wire::MemberId member = needed.member("member");
    const auto kind = parse_word(arguments.get("kind", "intake"), wire::CohortKind::kReadmission);
    if (!kind) needed.miss("--kind takes intake, transfer-in or readmission");
    const auto intake = parse_day(arguments.get("intake", ""));
    if (!intake) needed.miss("--intake takes a date, as in 2026-09-15");
    const std::string folder = arguments.get("folder", "");
    if (folder.empty()) needed.miss("--folder says where the names stay");
    if (!needed.fault().empty()) return usage_error(needed.fault());
    const auto students = read_table(arguments, *language);
    if (!students) return students.error();
    const Cohort cohort = make_cohort(member, *kind, *intake, students->students);
    if (const auto written = write_cohort(folder, cohort); !written) {
        return fail(kExitIo, written.error());
    }
    std::printf(
        "Written: %s, with the names of %s. Keep it; it stays with the institution.\n",
        folder.c_str(),
        text::count_text("students", cohort.leaves.size(), text::Language::kEnglish).c_str());
    return propose_cohort(arguments, cohort);
}

int run_release(const Arguments& arguments) {
    if (arguments.positionals().size() != 1 || !arguments.has("cohort")) {
        return usage_error("cohort release needs one CSV file and --cohort DIR=N");
    }
    const auto language = chosen_language(arguments);
    if (!language) return usage_error("--lang takes ar, fr or en");
    const auto cohorts = read_named_cohorts(arguments.all("cohort"));
    if (!cohorts) return usage_error(cohorts.error());
    const auto students = read_table(arguments, *language);
    if (!students) return students.error();
    if (students->students.size() > wire::kIndicesCountMax) {
        return fail(kExitRefused, "at most 4096 seats at once");
    }
    intake::SeatFinder finder = make_finder(*cohorts);
    std::vector<wire::Seat> seats;
    std::vector<intake::RowFault> faults;
    for (const intake::Student& student : students->students) {
        const auto seat = finder.take(student);
        if (seat) seats.push_back(*seat);
        if (!seat) faults.push_back(seat.error());
    }
    if (!faults.empty()) {
        print_faults(*students, std::move(faults), *language);
        return kExitRefused;
    }
    std::ranges::sort(seats);
    return propose(arguments, make_release_seats(cohorts->front().cohort.body.institution, seats));
}

constexpr Command kCommands[] = {
    {"cohort commit", "CSV --folder DIR --member N --intake DATE --out DRAFT --signers M:K,M:K",
     "record how many students enrolled, without their names",
     "Reads names and dates of birth of those who enrolled, and records their number and a hash of "
     "them all, so\n"
     "that years later nobody can have been added. The names stay in the folder, which is for its "
     "owner alone and\n"
     "from which issue prepare takes seats: keep it with the register. Given the folder instead of "
     "the table, the\n"
     "same cohort is proposed again.\n"
     "\n"
     "  tasdiq cohort commit l1.csv --folder l1-2026 --member 10 --intake 2026-09-15 \\\n"
     "      --sign dean.key --sign registrar.key --node URL\n"
     "  tasdiq cohort commit l1-2026 --out l1.cbor --signers 10:0,10:1 --node URL",
     kCommitOptions, run_commit},
    {"cohort release", "CSV --cohort DIR=N --out DRAFT --signers M:K,M:K",
     "give up the seats of students who left",
     "Finds those who are named in the table among the cohort's students; nobody will be awarded "
     "anything on\n"
     "their seats. Who comes back gets a seat among the readmissions.\n"
     "\n"
     "  tasdiq cohort release left.csv --cohort l1-2026=3 --sign dean.key --sign registrar.key "
     "--node URL",
     kReleaseOptions, run_release},
};

}  // namespace

std::span<const Command> cohort_commands() { return kCommands; }

}  // namespace tasdiq::cli
