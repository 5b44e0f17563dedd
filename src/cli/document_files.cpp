#include "cli/document_files.hpp"

#include <cstdio>

#include "cli/exit_code.hpp"
#include "cli/files.hpp"

namespace tasdiq::cli {
namespace {

bool leaves_the_folder(std::string_view rest) { return rest.contains("..") || rest.contains('\\'); }

}  // namespace

int refuse(std::string_view code, std::string_view detail) {
    std::printf("%s\n", std::string{code}.c_str());
    if (!detail.empty()) std::fprintf(stderr, "tasdiq: %s\n", std::string{detail}.c_str());
    return kExitRefused;
}

Result<codec::Json, std::string> read_json_file(const std::string& path) {
    TRY(const Bytes content, read_file(path, kDocumentSizeMax));
    auto json = codec::parse_json(as_text(content), kDocumentLimits);
    if (!json) {
        return std::unexpected{path + ": " + std::string{codec::to_string(json.error().error)} +
                               ", at byte " + std::to_string(json.error().offset)};
    }
    return *std::move(json);
}

bool FolderLoader::add(const std::string& mapping) {
    const std::size_t equals = mapping.rfind('=');
    if (equals == 0 || equals == std::string::npos) return false;
    folders_[mapping.substr(0, equals)] = mapping.substr(equals + 1);
    return true;
}

const codec::Json* FolderLoader::load(std::string_view url) {
    const auto known = documents_.find(url);
    if (known != documents_.end()) return &known->second;
    // Longer prefixes come later.
    for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) {
        const std::string_view rest = url.substr(std::min(folder->first.size(), url.size()));
        if (!url.starts_with(folder->first) || leaves_the_folder(rest)) continue;
        auto json = read_json_file(folder->second + "/" + std::string{rest});
        if (json) return &documents_.emplace(url, *std::move(json)).first->second;
    }
    return bundled_.load(url);
}

}  // namespace tasdiq::cli
