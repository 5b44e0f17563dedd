#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>

#include "cli/command.hpp"
#include "cli/program_path.hpp"

namespace tasdiq::cli {
namespace {

constexpr Option kInitOptions[] = {
    {"dir", "DIR", "the ledger's folder; made if it is not there"},
    {"genesis", "FILE", "the ledger's first entry, as all its nodes have it"},
};
constexpr Option kRunOptions[] = {
    {"dir", "DIR", "the ledger's folder"},
    {"listen", "ADDRESS:PORT", "where to serve (default 127.0.0.1:8480)"},
    {"node-key", "FILE", "the key that cosigns for a state; may stand several times"},
    {"publisher-key", "FILE", "the key of the origin's own signature"},
    {"password-file", "FILE", "the keys' password"},
    {"log-level", "LEVEL", "debug, info, warning or error"},
};
constexpr Option kCheckOptions[] = {{"dir", "DIR", "the ledger's folder"}};

/// Becomes the node's program, which links what this one must not.
int become_node(const char* subcommand, std::span<const Option> options,
                const Arguments& arguments) {
    const std::string program = program_folder() + "/libexec/tasdiq-node";
    std::vector<std::string> words{program, subcommand};
    for (const Option& option : options) {
        for (const std::string& value : arguments.all(option.name)) {
            words.push_back("--" + std::string{option.name});
            words.push_back(value);
        }
    }
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execv(program.c_str(), argv.data());
    return fail(kExitIo, program + ": " + std::strerror(errno));
}

int run_init(const Arguments& arguments) {
    if (!arguments.has("dir") || !arguments.has("genesis")) {
        return usage_error("node init needs --dir and --genesis");
    }
    return become_node("init", kInitOptions, arguments);
}

int run_run(const Arguments& arguments) {
    if (!arguments.has("dir")) return usage_error("node run needs --dir");
    return become_node("run", kRunOptions, arguments);
}

int run_check(const Arguments& arguments) {
    if (!arguments.has("dir")) return usage_error("node check needs --dir");
    return become_node("check", kCheckOptions, arguments);
}

constexpr Command kCommands[] = {
    {"node init", "--dir DIR --genesis FILE", "make a ledger's folder",
     "Makes the folder of a ledger that begins with the given genesis.\n"
     "\n"
     "  tasdiq node init --dir /var/lib/tasdiq --genesis genesis.cbor",
     kInitOptions, run_init},
    {"node run", "--dir DIR --node-key FILE --publisher-key FILE", "run a ledger node",
     "Serves the ledger until it is told to stop (SIGTERM, Ctrl-C). Everything that it answered is "
     "on the\n"
     "disk. A damaged disk stops it with a message that says what is wrong.\n"
     "\n"
     "  tasdiq node run --dir /var/lib/tasdiq --node-key tn.key --publisher-key publisher.key",
     kRunOptions, run_run},
    {"node check", "--dir DIR", "read a ledger's whole folder and check it",
     "Opens a ledger that no node is running on, checks it as a start does, and reads every block "
     "of every\n"
     "table.\n"
     "\n"
     "  tasdiq node check --dir /var/lib/tasdiq",
     kCheckOptions, run_check},
};

}  // namespace

std::span<const Command> node_commands() { return kCommands; }

}  // namespace tasdiq::cli
