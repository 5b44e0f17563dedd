#pragma once

#include <algorithm>
#include <array>
#include <functional>

#include "cli/command.hpp"
#include "cli/intake_report.hpp"
#include "cli/issue_batch.hpp"
#include "cli/key_access.hpp"
#include "cli/parties.hpp"
#include "intake/courses.hpp"

namespace tasdiq::cli {

inline constexpr Option kSignersOption{
    "signers", "N,N", "keys that will sign (tasdiq member show), of others as M:N, in 0,1,6:0"};

inline constexpr Option kCustodianKeyOption{
    "list-key", "FILE",
    "the custodian's key for status lists, where the institution has ended (with --with)"};

/// Options of commands that prepare a batch from a table.
inline constexpr std::array kPreparingOptions{
    Option{"profile", "FILE", "the issuing profile (tasdiq member profile)"},
    Option{"out", "DIR", "folder of the batch; must not be there yet"},
    kSignersOption,
    kWithOption,
    Option{"assertion-key", "FILE", "the key that signs credentials"},
    kCustodianKeyOption,
    kColumnOption,
    Option{"skip-faulty", "", "leave faulty rows out instead of stopping"},
    Option{"no-status-lists", "", "name no status lists in the credentials"},
    Option{"check", "", "only check the file and report"},
    Option{"days", "N", "days that the officers have for signing (default 14, at most 90)"},
    kReportLanguageOption,
    kPasswordFileOption,
};

/// kPreparingOptions, then `own`.
template <std::size_t N>
consteval auto with_preparing(const Option (&own)[N]) {
    std::array<Option, N + kPreparingOptions.size()> all{};
    std::ranges::copy(kPreparingOptions, all.begin());
    std::ranges::copy(own, all.begin() + kPreparingOptions.size());
    return all;
}

/// Who and what a batch is made of; no seats, or one for each graduate.
struct BatchContent {
    std::vector<intake::Graduate> graduates;
    std::vector<SignerKey> signers;
    std::vector<wire::Seat> seats = {};
};

/// What a table holds; no seats, or one for each graduate.
struct Rows {
    intake::Intake intake;
    std::vector<wire::Seat> seats = {};
    std::optional<intake::CourseTable> courses = std::nullopt;
};
/// Reads the table under the profile; an exit code if that cannot be done, after a message.
using RowsReader = std::function<Result<Rows, int>(const intake::CsvTable&, const Parties&)>;

/// The table that the command line names is read by `read` and reported on; if all of it is good,
/// and unless it was only to be checked, a batch is prepared. `command` is the command's name.
int run_preparing(const Arguments& arguments, const std::string& command, const RowsReader& read);

}  // namespace tasdiq::cli
