#include "cli/child_process.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace tasdiq::cli {
namespace {

volatile std::sig_atomic_t child_to_signal = 0;

extern "C" void pass_on(int signal) {
    if (child_to_signal > 0) ::kill(child_to_signal, signal);
}

/// Becomes `words`, in a child after fork; never returns.
[[noreturn]] void become(std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execv(argv.front(), argv.data());
    ::_exit(127);
}

int exit_code_of(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int wait_for(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return exit_code_of(status);
}

}  // namespace

Result<ChildProcess, std::string> ChildProcess::start(std::vector<std::string> words,
                                                      const std::string& ready, int timeout_s) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return std::unexpected{std::string{"no pipe"}};
    const pid_t pid = ::fork();
    if (pid < 0) return std::unexpected{std::string{"no process could be started"}};
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // never left behind if this process is killed
        ::dup2(pipe[1], STDOUT_FILENO);
        become(words);
    }
    ::close(pipe[1]);
    ChildProcess child{pid, pipe[0]};
    const std::time_t deadline = std::time(nullptr) + timeout_s;
    std::string text;
    std::array<char, 1024> piece{};
    while (std::time(nullptr) < deadline) {
        pollfd waiting{pipe[0], POLLIN, 0};
        if (::poll(&waiting, 1, 200) <= 0) continue;
        const ssize_t got = ::read(pipe[0], piece.data(), piece.size());
        if (got <= 0) return std::unexpected{words.front() + " ended before it was ready"};
        text.append(piece.data(), static_cast<std::size_t>(got));
        const std::size_t found = text.find(ready);
        const std::size_t end = found == std::string::npos ? found : text.find('\n', found);
        if (end == std::string::npos) continue;
        const std::size_t begin = text.rfind('\n', found);
        child.ready_line_ = text.substr(begin == std::string::npos ? 0 : begin + 1,
                                        end - (begin == std::string::npos ? 0 : begin + 1));
        return child;
    }
    return std::unexpected{words.front() + " was not ready in time"};
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_{std::exchange(other.pid_, -1)},
      output_{std::exchange(other.output_, -1)},
      ready_line_{std::move(other.ready_line_)} {}

ChildProcess::~ChildProcess() {
    if (pid_ > 0) {
        ::kill(pid_, SIGTERM);
        wait_for(pid_);
    }
    if (output_ >= 0) ::close(output_);
}

int ChildProcess::wait() {
    child_to_signal = pid_;
    struct sigaction action{};
    action.sa_handler = pass_on;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    const int code = wait_for(pid_);
    child_to_signal = 0;
    pid_ = -1;
    return code;
}

bool is_port_free(std::uint16_t port) {
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listening < 0) return false;
    const int reuse = 1;  // as the node does: what was closed just now is free
    ::setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool is_free =
        ::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::listen(listening, 1) == 0;
    ::close(listening);
    return is_free;
}

int run_program(std::vector<std::string> words) {
    const pid_t pid = ::fork();
    if (pid < 0) return 127;
    if (pid == 0) {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (nowhere >= 0) ::dup2(nowhere, STDOUT_FILENO);
        become(words);
    }
    return wait_for(pid);
}

}  // namespace tasdiq::cli
