#include "cli/log_files.hpp"

#include "cli/exit_code.hpp"
#include "cli/files.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::size_t kFileSizeMax = merkle::kTileWidth * (merkle::kEntrySizeMax + 2);

NodeFault unavailable(std::string message) { return {kExitUnavailable, std::move(message)}; }

/// The first `width` entries of a bundle; the whole if it is not one.
Bytes first_entries(Bytes bundle, std::size_t width) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < width && at + 2 <= bundle.size(); ++i) {
        at += 2 + (std::size_t{bundle[at]} << 8 | bundle[at + 1]);
    }
    if (at < bundle.size()) bundle.resize(at);
    return bundle;
}

}  // namespace

Result<LogFiles, NodeFault> LogFiles::of_node(const std::string& url,
                                              std::optional<std::string> mirror) {
    TRY(auto node, NodeClient::open(url));
    LogFiles files;
    files.node_ = std::move(node);
    files.mirror_ = std::move(mirror);
    return files;
}

LogFiles LogFiles::of_folder(std::string folder) {
    LogFiles files;
    files.folder_ = std::move(folder);
    return files;
}

Result<LogFiles, NodeFault> LogFiles::open(const Arguments& arguments) {
    if (arguments.has("node") == arguments.has("dir")) {
        return std::unexpected{NodeFault{kExitUsage, "say where from: --node URL or --dir DIR"}};
    }
    if (const auto folder = arguments.find("dir")) {
        if (arguments.has("mirror")) {
            return std::unexpected{NodeFault{kExitUsage, "--mirror goes with --node"}};
        }
        return of_folder(*folder);
    }
    return of_node(arguments.get("node", ""), arguments.find("mirror"));
}

Result<Bytes, NodeFault> LogFiles::read(const std::string& path) {
    if (!node_) {
        auto content = read_file(folder_ + "/" + path, kFileSizeMax);
        if (!content) return std::unexpected{unavailable(content.error())};
        return *std::move(content);
    }
    auto text = node_->get_text("/" + path);
    if (!text) return std::unexpected{unavailable("/" + path + ": " + text.error().message)};
    return to_bytes(as_bytes(*text));
}

Result<Bytes, NodeFault> LogFiles::read_kept(const std::string& path) {
    constexpr std::size_t kRecentMax = 64;
    if (!node_) return read(path);
    const auto found = recent_.find(path);
    if (found != recent_.end()) return found->second;
    TRY(Bytes content, read(path));
    if (recent_.size() == kRecentMax) recent_.clear();
    return recent_.emplace(path, std::move(content)).first->second;
}

Result<std::string, NodeFault> LogFiles::checkpoint() {
    TRY(const Bytes content, read("checkpoint"));
    return std::string{as_text(content)};
}

Result<Bytes, NodeFault> LogFiles::tile(const merkle::TileId& id) {
    auto content = read_kept(merkle::tile_path(id));
    if (!content && id.width < merkle::kTileWidth) {
        // Spec: C2SP tlog-tiles, "Partial Tiles": they may go once the full one is there.
        if (auto full = read(merkle::tile_path({id.level, id.index}))) {
            full->resize(std::min<std::size_t>(full->size(), id.width * std::size_t{32}));
            content = std::move(full);
        }
    }
    if (content && mirror_) TRY(keep(merkle::tile_path(id), *content));
    return content;
}

Result<Bytes, NodeFault> LogFiles::bundle(const merkle::BundleId& id) {
    auto content = read_kept(merkle::bundle_path(id));
    if (!content && id.width < merkle::kTileWidth) {
        if (auto full = read(merkle::bundle_path({id.index}))) {
            content = first_entries(*std::move(full), id.width);
        }
    }
    if (content && mirror_) TRY(keep(merkle::bundle_path(id), *content));
    return content;
}

Result<Ok, NodeFault> LogFiles::keep(const std::string& path, ByteView content) {
    const std::string place = *mirror_ + "/" + path;
    const auto fault = [](std::string message) { return NodeFault{kExitIo, std::move(message)}; };
    if (auto made = make_folder(place.substr(0, place.rfind('/')), Access::kPublic); !made) {
        return std::unexpected{fault(made.error())};
    }
    if (auto written = write_file(place, content, Access::kPublic, Durability::kSoon); !written) {
        return std::unexpected{fault(written.error())};
    }
    return Ok{};
}

Result<Ok, NodeFault> LogFiles::finish_mirror(const std::string& checkpoint) {
    if (!mirror_) return Ok{};
    return keep("checkpoint", as_bytes(checkpoint));
}

}  // namespace tasdiq::cli
