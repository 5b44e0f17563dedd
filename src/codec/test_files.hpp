#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

// For tests alone.
namespace tasdiq::codec {

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

/// The files of a folder of TASDIQ_VECTORS_DIR by name; none where the vectors are not there.
inline std::vector<std::filesystem::path> vector_files(const std::string& folder) {
    std::vector<std::filesystem::path> paths;
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator{
             std::filesystem::path{TASDIQ_VECTORS_DIR} / folder, absent}) {
        paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace tasdiq::codec
