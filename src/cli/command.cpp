#include "cli/command.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "prose/printable.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::string_view kIntroduction =
    "tasdiq – issue, record and verify certificates\n"
    "\n"
    "usage: tasdiq COMMAND [ARGUMENT…]\n"
    "       tasdiq COMMAND --help\n";

constexpr std::string_view kClosing =
    "\nNo command touches the network unless --node URL says where.\n"
    "Exit codes: 0 ok, 1 refused or not authentic, 2 could not check, 3 genuine on a test ledger "
    "only,\n"
    "64 usage, 74 input or output failed.\n";

void print(std::FILE* to, std::string_view text) { std::fwrite(text.data(), 1, text.size(), to); }

void print_padded(std::string_view text, std::size_t width) {
    print(stdout, text);
    print(stdout, std::string(text.size() < width ? width - text.size() : 1, ' '));
}

void print_list(std::string_view group) {
    if (group.empty()) print(stdout, kIntroduction);
    print(stdout, "\n");
    for (const Command& command : all_commands()) {
        if (!command.name.starts_with(group)) continue;
        print(stdout, "  ");
        print_padded(command.name, 28);
        print(stdout, command.summary);
        print(stdout, "\n");
    }
    print(stdout, kClosing);
}

void print_help(const Command& command) {
    print(stdout, "usage: tasdiq ");
    print(stdout, command.name);
    print(stdout, " ");
    print(stdout, command.usage);
    print(stdout, "\n\n");
    print(stdout, command.help);
    print(stdout, "\n");
    if (command.options.empty()) return;
    print(stdout, "\noptions:\n");
    for (const Option& option : command.options) {
        std::string left = "--" + std::string{option.name};
        if (!option.value.empty()) left += " " + std::string{option.value};
        print(stdout, "  ");
        print_padded(left, 26);
        print(stdout, option.help);
        print(stdout, "\n");
    }
}

bool starts_with_words(std::span<const std::string_view> words, std::string_view name) {
    std::size_t i = 0;
    while (!name.empty()) {
        const std::size_t space = name.find(' ');
        const std::string_view word = name.substr(0, space);
        if (i >= words.size() || words[i] != word) return false;
        name = space == std::string_view::npos ? std::string_view{} : name.substr(space + 1);
        ++i;
    }
    return true;
}

std::size_t word_count(std::string_view name) {
    return static_cast<std::size_t>(std::ranges::count(name, ' ')) + 1;
}

bool is_help(std::string_view word) { return word == "--help" || word == "-h"; }

/// The command that `words` begin with, the one with the most words; null if there is none.
const Command* find_command(std::span<const Command> commands,
                            std::span<const std::string_view> words) {
    const Command* command = nullptr;
    for (const Command& one : commands) {
        const bool better = command == nullptr || word_count(one.name) > word_count(command->name);
        if (better && starts_with_words(words, one.name)) command = &one;
    }
    return command;
}

/// `issue` alone shows its commands; what is no command gets an answer that helps to find it.
int run_group(std::span<const Command> commands, std::span<const std::string_view> words,
              bool asks) {
    const std::string group = std::string{words.front()} + " ";
    const bool is_group = std::ranges::any_of(
        commands, [&](const Command& one) { return one.name.starts_with(group); });
    if (is_group && (asks || words.size() == 1 || is_help(words[1]))) {
        print_list(group);
        return asks || words.size() > 1 ? kExitOk : kExitUsage;
    }
    std::string typed{words.front()};
    if (is_group) typed += " " + std::string{words[1]};
    std::vector<std::string_view> names;
    for (const Command& one : commands) names.push_back(one.name);
    usage_error("there is no command " + typed + did_you_mean(typed, names, ""));
    print(stderr, "Try: tasdiq " + (is_group ? group : std::string{}) + "--help\n");
    return kExitUsage;
}

}  // namespace

std::vector<Command> all_commands() {
    std::vector<Command> all;
    for (const auto commands :
         {keys_commands(), node_commands(), member_commands(), life_commands(),
          transaction_commands(), cancel_commands(), cohort_commands(), issue_commands(),
          act_commands(), status_commands(), verify_commands(), show_commands(), audit_commands(),
          credential_commands(), vc_api_commands(), ld_commands(), sandbox_commands()}) {
        all.insert(all.end(), commands.begin(), commands.end());
    }
    return all;
}

int usage_error(std::string_view message) { return fail(kExitUsage, message); }

int fail(int exit_code, std::string_view message) {
    std::fflush(stdout);  // what was said before stands before it in a file, too
    print(stderr, "tasdiq: ");
    print(stderr, prose::printable(message, prose::Extent::kMessage));
    print(stderr, "\n");
    return exit_code;
}

int run(std::span<const std::string_view> words) {
    if (words.empty()) {
        print_list({});
        return kExitUsage;
    }
    if (words.size() == 1 && (is_help(words.front()) || words.front() == "help")) {
        print_list({});
        return kExitOk;
    }
    if (words.front() == "--version") {
        print(stdout, "tasdiq 0.1.0\n");
        return kExitOk;
    }
    const bool asks = words.front() == "help";  // tasdiq help verify
    if (asks) words = words.subspan(1);
    const auto commands = all_commands();
    const Command* command = find_command(commands, words);
    if (command == nullptr) return run_group(commands, words, asks);
    const auto rest = words.subspan(word_count(command->name));
    const auto dashes = std::ranges::find(rest, "--");
    if (asks || std::find_if(rest.begin(), dashes, is_help) != dashes) {
        print_help(*command);
        return kExitOk;
    }
    const auto arguments = Arguments::parse(rest, command->options);
    const int code = arguments ? command->run(*arguments) : usage_error(arguments.error());
    if (code == kExitUsage) {
        print(stderr, "Try: tasdiq " + std::string{command->name} + " --help\n");
    }
    return code;
}

}  // namespace tasdiq::cli
