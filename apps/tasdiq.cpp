#include <csignal>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const std::vector<std::string_view> words{argv + 1, argv + argc};
    return tasdiq::cli::run(words);
}
