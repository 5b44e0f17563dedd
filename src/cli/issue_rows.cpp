#include "cli/issue_rows.hpp"

#include <algorithm>
#include <array>

#include "cli/awarded_before.hpp"
#include "cli/cohort_folder.hpp"
#include "cli/files.hpp"
#include "cli/signing.hpp"
#include "cli/verdict_text.hpp"
#include "keys/random.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::string_view kNotTheirs =
    "a certificate of this type is not issued by the profile's member";

/// The seat of each graduate; whoever has none becomes a fault. Nothing without cohorts.
std::vector<wire::Seat> take_seats(intake::Intake& intake,
                                   const std::vector<NamedCohort>& cohorts) {
    std::vector<wire::Seat> seats;
    if (cohorts.empty()) return seats;
    intake::SeatFinder finder = make_finder(cohorts);
    std::vector<intake::Graduate> seated;
    std::vector<intake::RowFault> unseated;
    for (intake::Graduate& graduate : intake.graduates) {
        const auto seat = finder.take(graduate);
        if (!seat) {
            unseated.push_back(seat.error());
            continue;
        }
        seats.push_back(*seat);
        seated.push_back(std::move(graduate));
    }
    intake.graduates = std::move(seated);
    intake::add_faults(intake, unseated);
    return seats;
}

/// What tells the serials of this batch from those of others.
std::string batch_tag() {
    std::array<std::uint8_t, 2> random{};
    keys::random_bytes(random);
    return to_hex(random);
}

/// The courses of `--courses`, given to the graduates; nothing without.
Result<std::optional<intake::CourseTable>, int> read_courses(const Arguments& arguments,
                                                             const intake::CsvTable& table,
                                                             const intake::ColumnMap& columns,
                                                             intake::Intake& intake) {
    std::optional<intake::CourseTable> read;
    if (const auto path = arguments.find("courses")) {
        const auto content = read_file(*path, kTableSizeMax);
        if (!content) return std::unexpected{fail(kExitIo, content.error())};
        const auto courses = intake::parse_csv(*content);
        if (!courses) {
            const auto language = chosen_language(arguments);
            ENSURE(language);
            std::string fault = intake_report(courses.error(), *language);
            fault.pop_back();  // the end of the line
            return std::unexpected{fail(kExitRefused, *path + ": " + fault)};
        }
        read = intake::add_courses(*courses, table, columns, intake.graduates);
    }
    // A table of courses that cannot be read at all has its own fault, not one for each graduate.
    const bool is_unread = read && read->owners.empty() && !read->faults.empty();
    if (!is_unread) intake::check_courses(intake, read ? read->owners : std::set<std::uint32_t>{});
    return read;
}

}  // namespace

Result<Rows, int> read_issue_rows(const Arguments& arguments, const intake::CsvTable& table,
                                  const Parties& parties, const BatchKind& kind) {
    const auto columns = named_columns(arguments, table);
    if (!columns) return std::unexpected{usage_error(columns.error())};
    intake::Profile rules = parties.own.intake_rules();
    rules.type = kind.type;
    rules.capture = kind.capture;
    rules.batch = batch_tag();
    if (kind.relation) {
        TRY(rules.relations, fetch_relations(arguments, table, *columns, parties, *kind.relation));
        const bool is_act = std::ranges::any_of(rules.relations->earlier, [](const auto& one) {
            return one.second.terms && certificate::is_authoritys(one.second.terms->type);
        });
        if (is_act && intake::takes_terms(*kind.relation)) {
            return std::unexpected{fail(kExitRefused, kNotTheirs)};
        }
    }
    Rows rows{intake::read_graduates(table, *columns, rules, to_day(now()))};
    TRY(rows.courses, read_courses(arguments, table, *columns, rows.intake));
    if (!kind.relation) {
        const auto before = AwardedBefore::read(arguments.all("batches"));
        if (!before) return std::unexpected{fail(kExitIo, before.error())};
        before->check(rows.intake);
    }
    const auto cohorts = read_named_cohorts(arguments.all("cohort"));
    if (!cohorts) return std::unexpected{usage_error(cohorts.error())};
    rows.seats = take_seats(rows.intake, *cohorts);
    return rows;
}

Result<Rows, int> read_replaced_acts(const Arguments& arguments, const intake::CsvTable& table,
                                     const Parties& parties) {
    TRY(auto relations,
        fetch_relations(arguments, table, {}, parties, wire::RelationCode::kReplaces));
    const auto known = std::ranges::find_if(
        relations.earlier, [](const auto& one) { return one.second.terms.has_value(); });
    if (known == relations.earlier.end()) {
        return std::unexpected{
            relations.earlier.empty()
                ? usage_error("status replace needs --of, once for each row")
                : fail(kExitRefused, "--of: the ledger has no certificate of this number")};
    }
    const wire::CertificateType type = known->second.terms->type;
    if (!certificate::is_authoritys(type)) return std::unexpected{fail(kExitRefused, kNotTheirs)};
    auto rules = parties.own.act_rules(type);
    rules.relations = std::move(relations);
    const auto columns = named_columns(arguments, table, intake::table_kind(type));
    if (!columns) return std::unexpected{usage_error(columns.error())};
    return Rows{intake::read_acts(table, *columns, rules, to_day(now()))};
}

}  // namespace tasdiq::cli
