#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/exit_code.hpp"

namespace tasdiq::cli {

/// One command, `verify` or `issue prepare`.
struct Command {
    std::string_view name;     // its words, `issue prepare`
    std::string_view usage;    // what follows the name: `PATH… [--json]`
    std::string_view summary;  // one line, for the list
    std::string_view help;     // what it does, with examples from daily work
    std::span<const Option> options;
    int (*run)(const Arguments& arguments);
};

// One table a file.
[[nodiscard]] std::span<const Command> keys_commands();
[[nodiscard]] std::span<const Command> node_commands();
[[nodiscard]] std::span<const Command> member_commands();
[[nodiscard]] std::span<const Command> life_commands();
[[nodiscard]] std::span<const Command> transaction_commands();
[[nodiscard]] std::span<const Command> cancel_commands();
[[nodiscard]] std::span<const Command> cohort_commands();
[[nodiscard]] std::span<const Command> issue_commands();
[[nodiscard]] std::span<const Command> act_commands();
[[nodiscard]] std::span<const Command> status_commands();
[[nodiscard]] std::span<const Command> verify_commands();
[[nodiscard]] std::span<const Command> show_commands();
[[nodiscard]] std::span<const Command> audit_commands();
[[nodiscard]] std::span<const Command> credential_commands();
[[nodiscard]] std::span<const Command> vc_api_commands();
[[nodiscard]] std::span<const Command> ld_commands();
[[nodiscard]] std::span<const Command> sandbox_commands();

/// All of them, in the order of the list that `tasdiq --help` prints.
[[nodiscard]] std::vector<Command> all_commands();

/// Runs what was typed; the process's exit code. `words` are without the program's name.
int run(std::span<const std::string_view> words);

/// Prints `message` on stderr; kExitUsage, after which `run` says how to get help.
int usage_error(std::string_view message);
/// Prints `message` on stderr; `exit_code`.
int fail(int exit_code, std::string_view message);

}  // namespace tasdiq::cli
