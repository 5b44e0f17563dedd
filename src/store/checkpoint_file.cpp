#include "store/checkpoint_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include "crypto/hash.hpp"

namespace tasdiq::store {
namespace {

constexpr std::string_view kName = "/checkpoint";
constexpr std::string_view kDigestLine = "sha256 ";
constexpr std::size_t kSizeMax = 4096;

/// A file descriptor that closes itself.
class File {
  public:
    File(const std::string& path, int flags) : fd_{::open(path.c_str(), flags | O_CLOEXEC, 0644)} {}
    ~File() {
        if (fd_ >= 0) ::close(fd_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int get() const { return fd_; }

  private:
    int fd_;
};

IoFault system_fault(const std::string& path, IoError otherwise) {
    const int code = errno;
    return {code == ENOSPC || code == EDQUOT ? IoError::kDiskFull : otherwise,
            path + ": " + std::strerror(code)};
}

std::string digest_line(std::string_view text) {
    return std::string{kDigestLine} + to_hex(crypto::sha256(as_bytes(text)).view()) + "\n";
}

Result<Ok, IoFault> write_all(int fd, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return std::unexpected{system_fault(path, IoError::kWrite)};
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return Ok{};
}

}  // namespace

Result<wire::Checkpoint, IoFault> CheckpointFile::read() const {
    const std::string path = folder_ + std::string{kName};
    const File file{path, O_RDONLY};
    if (file.get() < 0) {
        const IoError error = errno == ENOENT ? IoError::kCheckpointMissing : IoError::kRead;
        return std::unexpected{IoFault{error, path + ": " + std::strerror(errno)}};
    }
    std::string text(kSizeMax, '\0');
    const ssize_t size = ::read(file.get(), text.data(), text.size());
    if (size < 0) return std::unexpected{system_fault(path, IoError::kRead)};
    text.resize(static_cast<std::size_t>(size));

    const std::size_t end = text.rfind(kDigestLine);
    if (end == std::string::npos || text.substr(end) != digest_line(text.substr(0, end))) {
        return std::unexpected{IoFault{IoError::kCheckpointMalformed, path}};
    }
    auto checkpoint = wire::parse_checkpoint(std::string_view{text}.substr(0, end));
    if (!checkpoint) return std::unexpected{IoFault{IoError::kCheckpointMalformed, path}};
    return *std::move(checkpoint);
}

Result<Ok, IoFault> CheckpointFile::write(const wire::Checkpoint& checkpoint) const {
    const std::string path = folder_ + std::string{kName};
    const std::string fresh = path + ".new";
    std::string text = wire::note_text(checkpoint);
    text += digest_line(text);
    {
        const File file{fresh, O_WRONLY | O_CREAT | O_TRUNC};
        if (file.get() < 0) return std::unexpected{system_fault(fresh, IoError::kWrite)};
        TRY(write_all(file.get(), text, fresh));
        if (::fsync(file.get()) != 0) return std::unexpected{system_fault(fresh, IoError::kWrite)};
    }
    if (std::rename(fresh.c_str(), path.c_str()) != 0) {
        return std::unexpected{system_fault(path, IoError::kWrite)};
    }
    const File folder{folder_, O_RDONLY | O_DIRECTORY};
    if (folder.get() < 0 || ::fsync(folder.get()) != 0) {
        return std::unexpected{system_fault(folder_, IoError::kWrite)};
    }
    return Ok{};
}

}  // namespace tasdiq::store
