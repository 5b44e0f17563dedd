#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "store/io_error.hpp"
#include "wire/checkpoint.hpp"

namespace tasdiq::store {

/// The file that holds the last checkpoint this node was ready to sign. It is replaced whole and
/// synced *after* the database and *before* any signature or answer leaves the node, so a database
/// that has less than it says has lost acknowledged data. Format: docs/formats/database.md.
class CheckpointFile {
  public:
    explicit CheckpointFile(std::string folder) : folder_{std::move(folder)} {}

    /// Errors: kCheckpointMissing, kCheckpointMalformed, kRead.
    [[nodiscard]] Result<wire::Checkpoint, IoFault> read() const;

    /// Errors: kWrite, kDiskFull. On return it is on the disk.
    [[nodiscard]] Result<Ok, IoFault> write(const wire::Checkpoint& checkpoint) const;

  private:
    std::string folder_;
};

}  // namespace tasdiq::store
