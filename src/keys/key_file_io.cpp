#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "keys/key_file.hpp"

namespace tasdiq::keys {
namespace {

constexpr std::size_t kFileSizeMax = std::size_t{16} * 1024;
constexpr std::size_t kPasswordFileSizeMax = 1'024;
constexpr mode_t kOthersMask = S_IRWXG | S_IRWXO;
constexpr mode_t kOthersReadMask = S_IRGRP | S_IROTH;

std::unexpected<KeyFileFault> refuse(KeyFileError error, int system_error = 0) {
    return std::unexpected{KeyFileFault{error, system_error}};
}

/// An open file; closed with it.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    [[nodiscard]] int get() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

  private:
    int number_;
};

/// Removes a file on the way out unless it was kept.
class TemporaryFile {
  public:
    explicit TemporaryFile(std::string path) : path_{std::move(path)} {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (!path_.empty()) unlink(path_.c_str());
    }
    [[nodiscard]] const std::string& path() const { return path_; }
    void keep() { path_.clear(); }

  private:
    std::string path_;
};

/// What is left of a file. Errors: kTooLarge, kCannotRead.
Result<SecretBytes, KeyFileFault> read_to_end(const Descriptor& file, std::size_t size_max) {
    // One byte more than allowed, and never resized: the text may hold a secret.
    Bytes buffer(size_max + 1);
    std::size_t size = 0;
    for (;;) {
        const ssize_t count = read(file.get(), buffer.data() + size, buffer.size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return refuse(KeyFileError::kCannotRead, errno);
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
        if (size > size_max) return refuse(KeyFileError::kTooLarge);
    }
    buffer.resize(size);  // smaller: stays where it is
    return SecretBytes::take(std::move(buffer));
}

/// The whole text of a key file. Errors: kCannotOpen, kOpenToOthers, kTooLarge, kCannotRead.
Result<SecretBytes, KeyFileFault> read_text(const std::string& path, const ReadOptions& options) {
    // O_NONBLOCK: a pipe of that name must not make us wait.
    const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (!file.is_open()) return refuse(KeyFileError::kCannotOpen, errno);
    struct stat status{};
    if (fstat(file.get(), &status) != 0) return refuse(KeyFileError::kCannotOpen, errno);
    if (!S_ISREG(status.st_mode)) {
        return refuse(KeyFileError::kCannotOpen, S_ISDIR(status.st_mode) ? EISDIR : EINVAL);
    }
    if ((status.st_mode & kOthersMask) != 0 && !options.allow_open_permissions) {
        return refuse(KeyFileError::kOpenToOthers);
    }
    return read_to_end(file, kFileSizeMax);
}

Result<Ok, KeyFileFault> write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = write(file, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return refuse(KeyFileError::kCannotWrite, errno);
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    if (fsync(file) != 0) return refuse(KeyFileError::kCannotWrite, errno);
    return Ok{};
}

/// Writes `text` to a new file at `path`, readable by its owner alone.
Result<Ok, KeyFileFault> write_new_file(const std::string& path, std::string_view text) {
    const std::filesystem::path parent = std::filesystem::path{path}.parent_path();
    const std::string folder = parent.empty() ? "." : parent.string();
    const Descriptor directory{open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!directory.is_open()) return refuse(KeyFileError::kCannotWrite, errno);
    using Suffix = TaggedBytes<struct TemporarySuffixTag, 8>;
    TemporaryFile temporary{path + ".new-" + to_hex(random<Suffix>().view())};
    const Descriptor file{
        open(temporary.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    if (!file.is_open()) {
        const int system_error = errno;
        temporary.keep();  // not ours
        return refuse(KeyFileError::kCannotWrite, system_error);
    }
    TRY(write_all(file.get(), text));
    if (renameat2(AT_FDCWD, temporary.path().c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) !=
        0) {
        if (errno == EEXIST) return refuse(KeyFileError::kExists);
        return refuse(KeyFileError::kCannotWrite, errno);
    }
    temporary.keep();
    if (fsync(directory.get()) != 0) return refuse(KeyFileError::kCannotWrite, errno);
    return Ok{};
}

}  // namespace

Result<Ok, KeyFileFault> write_key_file(const std::string& path, const SigningKey& key,
                                        const SecretBytes& password, const WriteOptions& options) {
    // The renaming would find out too, but only after the password was stretched.
    struct stat status{};
    if (lstat(path.c_str(), &status) == 0) return refuse(KeyFileError::kExists);
    TRY(std::string text, encode_key_file(key, password, options));
    const auto result = write_new_file(path, text);
    wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return result;
}

Result<KeyFileHeader, KeyFileFault> read_key_file_header(const std::string& path,
                                                         const ReadOptions& options) {
    TRY(const SecretBytes text, read_text(path, options));
    return decode_key_file_header(as_text(text.view()));
}

Result<SigningKey, KeyFileFault> read_key_file(const std::string& path,
                                               const PasswordSource& password,
                                               const ReadOptions& options) {
    TRY(const SecretBytes text, read_text(path, options));
    return decode_key_file(as_text(text.view()), password, options);
}

Result<SecretBytes, KeyFileFault> read_password_file(const std::string& path) {
    const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)};
    if (!file.is_open()) return refuse(KeyFileError::kCannotOpen, errno);
    struct stat status{};
    if (fstat(file.get(), &status) != 0) return refuse(KeyFileError::kCannotOpen, errno);
    if ((status.st_mode & kOthersReadMask) != 0) return refuse(KeyFileError::kOpenToOthers);
    TRY(const SecretBytes text, read_to_end(file, kPasswordFileSizeMax));
    const ByteView bytes = text.view();
    const auto end = std::ranges::find_if(bytes, [](auto c) { return c == '\n' || c == '\r'; });
    return SecretBytes::copy_of({bytes.begin(), end});
}

}  // namespace tasdiq::keys
