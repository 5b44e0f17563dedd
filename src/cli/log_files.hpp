#pragma once

#include <map>
#include <optional>
#include <string>

#include "cli/arguments.hpp"
#include "cli/node_client.hpp"
#include "merkle/tile_log.hpp"

namespace tasdiq::cli {

/// Where a log's files come from.
inline constexpr Option kNodeOption{"node", "URL", "ask this node"};
inline constexpr Option kDirOption{"dir", "DIR", "read a folder that mirrors a log's files"};

/// A log as the files that C2SP tlog-tiles has: from a node, or from a folder that mirrors one.
/// What they say is not checked here.
class LogFiles {
  public:
    /// `mirror`: a folder in which everything that is read is kept.
    [[nodiscard]] static Result<LogFiles, NodeFault> of_node(const std::string& url,
                                                             std::optional<std::string> mirror);
    [[nodiscard]] static LogFiles of_folder(std::string folder);
    /// By `--node` or `--dir`, exactly one of them, and `--mirror`.
    [[nodiscard]] static Result<LogFiles, NodeFault> open(const Arguments& arguments);

    [[nodiscard]] Result<std::string, NodeFault> checkpoint();
    /// The hashes of a tile. Where only a wider one is kept, its beginning.
    [[nodiscard]] Result<Bytes, NodeFault> tile(const merkle::TileId& id);
    /// The entries of a bundle; where only the full one is kept, its beginning.
    [[nodiscard]] Result<Bytes, NodeFault> bundle(const merkle::BundleId& id);

    /// Also writes the checkpoint to the mirror: last, so that a mirror holds what it names.
    [[nodiscard]] Result<Ok, NodeFault> finish_mirror(const std::string& checkpoint);

    /// The node, unless this is a folder.
    [[nodiscard]] NodeClient* node() { return node_ ? &*node_ : nullptr; }

  private:
    LogFiles() = default;
    [[nodiscard]] Result<Bytes, NodeFault> read(const std::string& path);
    /// `read` of what never changes: what was asked for lately is not asked for again.
    [[nodiscard]] Result<Bytes, NodeFault> read_kept(const std::string& path);
    [[nodiscard]] Result<Ok, NodeFault> keep(const std::string& path, ByteView content);

    std::optional<NodeClient> node_;
    std::string folder_;
    std::optional<std::string> mirror_;
    std::map<std::string, Bytes> recent_;  // of a node, by path
};

}  // namespace tasdiq::cli
