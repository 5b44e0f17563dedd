#include "cli/files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tasdiq::cli {
namespace {

std::unexpected<FileFault> system_fault(const std::string& path) {
    return std::unexpected{path + ": " + std::strerror(errno)};
}

std::unexpected<FileFault> too_large(const std::string& path, std::size_t size_max) {
    return std::unexpected{path + ": larger than " + std::to_string(size_max) + " bytes"};
}

class File {
  public:
    File(const std::string& path, int flags, mode_t mode = 0)
        : fd_{::open(path.c_str(), flags | O_CLOEXEC, mode)} {}
    explicit File(int fd) : fd_{fd} {}
    ~File() {
        if (fd_ >= 0) ::close(fd_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int get() const { return fd_; }

  private:
    int fd_;
};

/// A new file in the place of what a killed run left there, or of a link that somebody else put
/// there: that is neither written to nor asked for its permissions. Negative if there can be none.
int open_new(const std::string& path, Access access) {
    constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    const mode_t mode = access == Access::kOwner ? 0600U : 0644U;
    const int fd = ::open(path.c_str(), kFlags, mode);
    if (fd >= 0 || errno != EEXIST) return fd;
    ::unlink(path.c_str());
    return ::open(path.c_str(), kFlags, mode);
}

Result<Ok, FileFault> write_new_file(const std::string& path, ByteView content, Access access,
                                     Durability durability) {
    const File file{open_new(path, access)};
    if (file.get() < 0) return system_fault(path);
    while (!content.empty()) {
        const ssize_t written = ::write(file.get(), content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return system_fault(path);
        content = content.subspan(static_cast<std::size_t>(written));
    }
    if (durability == Durability::kSynced && ::fsync(file.get()) != 0) return system_fault(path);
    return Ok{};
}

/// A new name survives a power cut only if the folder that holds it was synced, too.
Result<Ok, FileFault> sync_folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const File file{folder, O_RDONLY | O_DIRECTORY};
    if (file.get() < 0 || ::fsync(file.get()) != 0) return system_fault(folder);
    return Ok{};
}

}  // namespace

Result<Bytes, FileFault> read_file(const std::string& path, std::size_t size_max, Source source) {
    // O_NONBLOCK: a pipe that somebody put in place of a file must not make us wait for a writer.
    const File file{path, O_RDONLY | O_NONBLOCK | O_NOCTTY};
    if (file.get() < 0) return system_fault(path);
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return system_fault(path);
    if (S_ISDIR(status.st_mode)) return std::unexpected{path + ": is a folder"};
    if (source == Source::kFound && !S_ISREG(status.st_mode)) {
        return std::unexpected{path + ": is no regular file"};
    }
    // Before there is memory for it: a file with a hole in it is as large as it likes.
    if (static_cast<std::uint64_t>(status.st_size) > size_max) return too_large(path, size_max);
    // A pipe that has a writer is waited for, as a shell's `<(…)` needs it.
    if (::fcntl(file.get(), F_SETFL, O_RDONLY) != 0) return system_fault(path);
    Bytes content;
    std::size_t size = 0;
    for (;;) {
        const std::size_t known = static_cast<std::size_t>(status.st_size) + 1;
        content.resize(std::max(size + 4096, known));
        const ssize_t got = ::read(file.get(), content.data() + size, content.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_fault(path);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
        if (size > size_max) return too_large(path, size_max);
    }
    content.resize(size);
    return content;
}

Result<Ok, FileFault> write_file(const std::string& path, ByteView content, Access access,
                                 Durability durability) {
    const std::string fresh = path + ".new";
    auto written = write_new_file(fresh, content, access, durability);
    if (written && std::rename(fresh.c_str(), path.c_str()) != 0) written = system_fault(path);
    if (!written) {
        ::unlink(fresh.c_str());  // a full disk needs the room
        return written;
    }
    return durability == Durability::kSynced ? sync_folder_of(path) : written;
}

Result<Ok, FileFault> write_draft(const std::string& path, ByteView content, Access access) {
    return write_new_file(path, content, access, Durability::kSoon);
}

Result<Ok, FileFault> make_folder(const std::string& path, Access access) {
    if (path.empty() || path == "/" || path == ".") return Ok{};
    if (::mkdir(path.c_str(), access == Access::kOwner ? 0700U : 0755U) == 0) return Ok{};
    if (errno == EEXIST) {
        struct stat status{};
        if (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return Ok{};
        return std::unexpected{path + ": is there and is not a folder"};
    }
    if (errno != ENOENT) return system_fault(path);
    const std::size_t slash = path.find_last_not_of('/');
    const std::size_t parent = path.rfind('/', slash);
    if (parent == std::string::npos || parent == 0) return system_fault(path);
    TRY(make_folder(path.substr(0, parent), access));
    if (::mkdir(path.c_str(), access == Access::kOwner ? 0700U : 0755U) != 0 && errno != EEXIST) {
        return system_fault(path);
    }
    return Ok{};
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

}  // namespace tasdiq::cli
