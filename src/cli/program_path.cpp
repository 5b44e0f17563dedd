#include "cli/program_path.hpp"

#include <climits>
#include <unistd.h>

namespace tasdiq::cli {

std::string program_folder() {
    std::string path(PATH_MAX, '\0');
    const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
    if (size <= 0) return ".";
    path.resize(static_cast<std::size_t>(size));
    return path.substr(0, path.rfind('/'));
}

}  // namespace tasdiq::cli
