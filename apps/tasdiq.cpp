#include <csignal>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "keys/core_dumps.hpp"

int main(int argc, char** argv) {
    tasdiq::keys::forbid_core_dumps();
    std::signal(SIGPIPE, SIG_IGN);
    const std::vector<std::string_view> words{argv + 1, argv + argc};
    return tasdiq::cli::run(words);
}
