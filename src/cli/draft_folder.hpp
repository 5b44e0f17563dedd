#pragma once

#include <string>

#include "base/result.hpp"

namespace tasdiq::cli {

/// A folder that is there whole or not at all: until `finish` it is `<name>.preparing`, for its
/// owner alone, and it is taken away again with this object. What a killed run left there goes
/// first, if it is ours and holds nothing but parts of a batch.
class DraftFolder {
  public:
    /// Errors, as a sentence: the folder is there already; another run is preparing it; what lies
    /// at `<name>.preparing` is not ours to take away; the system's words.
    [[nodiscard]] static Result<DraftFolder, std::string> make(const std::string& name);

    DraftFolder(const DraftFolder&) = delete;
    DraftFolder& operator=(const DraftFolder&) = delete;
    DraftFolder(DraftFolder&& other) noexcept;
    DraftFolder& operator=(DraftFolder&&) = delete;
    ~DraftFolder();

    /// Where to write until it is finished.
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Gives it its name. The error is a sentence.
    [[nodiscard]] Result<Ok, std::string> finish();

  private:
    DraftFolder(std::string name, int fd);

    std::string name_;
    std::string path_;
    int fd_;  // locked as long as somebody writes there
};

}  // namespace tasdiq::cli
