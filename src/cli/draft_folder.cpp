#include "cli/draft_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "cli/files.hpp"

namespace tasdiq::cli {
namespace {

namespace fs = std::filesystem;

/// docs/formats/batch.md.
constexpr std::string_view kParts[] = {"certificates", "signatures",        "status",
                                       "secrets.cbor", "status-lists.cbor", "to-sign.cbor"};

bool is_part(const fs::path& path) {
    std::string name = path.filename().string();
    if (name.ends_with(".new")) name.resize(name.size() - 4);  // was being written
    return std::ranges::find(kParts, name) != std::end(kParts);
}

/// Why what is in the folder must stay; empty if it may go.
std::string fault_of(int fd, const std::string& path) {
    struct stat status{};
    if (::fstat(fd, &status) != 0) return path + ": " + std::strerror(errno);
    if (status.st_uid != ::geteuid()) return path + ": belongs to somebody else";
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{path, error}) {
        if (!is_part(entry.path())) {
            return path + ": holds what is no part of a batch (" +
                   entry.path().filename().string() + "); take it away first";
        }
    }
    return error ? path + ": " + error.message() : "";
}

}  // namespace

DraftFolder::DraftFolder(std::string name, int fd)
    : name_{std::move(name)}, path_{name_ + ".preparing"}, fd_{fd} {}

DraftFolder::DraftFolder(DraftFolder&& other) noexcept
    : name_{std::move(other.name_)},
      path_{std::move(other.path_)},
      fd_{std::exchange(other.fd_, -1)} {}

DraftFolder::~DraftFolder() {
    if (fd_ < 0) return;
    std::error_code ignored;  // the next run takes away what stays
    fs::remove_all(path_, ignored);
    ::close(fd_);
}

Result<DraftFolder, std::string> DraftFolder::make(const std::string& name) {
    if (exists(name)) return std::unexpected{name + ": is there already"};
    const std::string path = name + ".preparing";
    TRY(make_folder(path, Access::kOwner));
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return std::unexpected{path + ": " + std::strerror(errno)};
    std::string fault;
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) fault = name + ": another run is preparing it";
    if (fault.empty()) fault = fault_of(fd, path);
    if (!fault.empty()) {
        ::close(fd);
        return std::unexpected{std::move(fault)};
    }
    DraftFolder draft{name, fd};
    std::error_code error;
    for (const std::string_view part : kParts) {
        for (const char* end : {"", ".new"}) {
            fs::remove_all(path + "/" + std::string{part} + end, error);
            if (error) return std::unexpected{path + ": " + error.message()};
        }
    }
    return draft;
}

Result<Ok, std::string> DraftFolder::finish() {
    if (std::rename(path_.c_str(), name_.c_str()) != 0) {
        return std::unexpected{name_ + ": " + std::strerror(errno)};
    }
    ::close(std::exchange(fd_, -1));
    return Ok{};
}

}  // namespace tasdiq::cli
