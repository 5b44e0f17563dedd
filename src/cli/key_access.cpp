#include "cli/key_access.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace tasdiq::cli {
namespace {

constexpr std::size_t kPasswordSizeMax = 1'024;

/// Switches the terminal's echo off while it lives.
class Silence {
  public:
    explicit Silence(int fd) : fd_{fd}, valid_{::tcgetattr(fd, &before_) == 0} {
        if (!valid_) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(fd_, TCSAFLUSH, &silent);
    }
    ~Silence() {
        if (valid_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

  private:
    int fd_;
    termios before_{};
    bool valid_;
};

void say(int fd, std::string_view text) {
    static_cast<void>(!::write(fd, text.data(), text.size()));
}

Result<keys::SecretBytes, std::string> ask(std::string_view question) {
    const int fd = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return std::unexpected{
            std::string{"no terminal to ask for a password; use --password-file"}};
    Bytes line;
    line.reserve(kPasswordSizeMax);  // never reallocated: no copies left behind
    {
        const Silence silence{fd};
        say(fd, question);
        std::uint8_t c = 0;
        while (line.size() < kPasswordSizeMax && ::read(fd, &c, 1) == 1 && c != '\n') {
            line.push_back(c);
        }
        say(fd, "\n");
    }
    ::close(fd);
    return keys::SecretBytes::take(std::move(line));
}

Result<keys::SecretBytes, std::string> from_file(const std::string& path) {
    auto password = keys::read_password_file(path);
    if (!password && password.error().error == keys::KeyFileError::kOpenToOthers) {
        return std::unexpected{path + ": others than its owner can read it; chmod 600 " + path};
    }
    if (!password) return std::unexpected{path + ": cannot be read as a password file"};
    if (password->view().empty()) return std::unexpected{path + ": holds no password"};
    return *std::move(password);
}

}  // namespace

std::string to_text(const keys::KeyFileFault& fault) {
    std::string text{keys::to_string(fault.error)};
    if (fault.system_error != 0) text += std::string{": "} + std::strerror(fault.system_error);
    return text;
}

std::string key_fault_text(const std::string& path, const keys::KeyFileFault& fault) {
    using enum keys::KeyFileError;
    if (fault.error == kCannotOpen && fault.system_error == ENOENT) {
        return path + ": there is no such key file";
    }
    std::string text = path + ": " + to_text(fault);
    if (fault.error == kOpenToOthers) text += "; chmod 600 " + path;
    return text;
}

Result<keys::SigningKey, std::string> read_key(const std::string& path,
                                               const Arguments& arguments) {
    std::string password_fault;
    const auto password =
        [&](const keys::KeyFileHeader& header) -> std::optional<keys::SecretBytes> {
        const auto file = arguments.find("password-file");
        auto secret = file ? from_file(*file) : ask("Password of " + header.label + ": ");
        if (secret) return *std::move(secret);
        password_fault = std::move(secret).error();
        return std::nullopt;
    };
    keys::ReadOptions options;
    options.allow_unencrypted = true;
    options.cost_min = keys::kTestCost;
    auto key = keys::read_key_file(path, password, options);
    if (key) return *std::move(key);
    if (!password_fault.empty()) return std::unexpected{password_fault};
    return std::unexpected{key_fault_text(path, key.error())};
}

Result<keys::SecretBytes, std::string> new_password(const Arguments& arguments) {
    if (const auto file = arguments.find("password-file")) return from_file(*file);
    TRY(auto first, ask("New password: "));
    TRY(const auto second, ask("The same again: "));
    if (!std::ranges::equal(first.view(), second.view())) {
        return std::unexpected{std::string{"the two passwords differ"}};
    }
    if (first.view().size() < 8) {
        return std::unexpected{std::string{"a password needs at least 8 characters"}};
    }
    return first;
}

}  // namespace tasdiq::cli
