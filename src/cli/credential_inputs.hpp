#pragma once

#include <map>
#include <span>
#include <string>

#include "cli/arguments.hpp"
#include "cli/document_files.hpp"
#include "credential/controller.hpp"
#include "keys/signing_key.hpp"

// What the commands about anybody's credentials read.
namespace tasdiq::cli {

inline constexpr Option kMapOption{
    "map", "URL-PREFIX=DIR", "read contexts whose URL begins so from a folder; may be repeated"};

/// A key file, or JSON with `secretKeyMultibase`; the error is a sentence that names the file.
[[nodiscard]] Result<keys::SigningKey, std::string> read_any_key(const std::string& path,
                                                                 const Arguments& arguments);

/// Gives every `--map` to `loader`; false if one is not `URL-PREFIX=DIR`.
[[nodiscard]] bool add_maps(const Arguments& arguments, FolderLoader& loader);

/// Controller documents from files, each by its `id`.
class ControllerFiles final : public credential::DocumentSource {
  public:
    /// The error is a sentence that names the file.
    [[nodiscard]] Result<Ok, std::string> read(std::span<const std::string> paths);
    [[nodiscard]] const codec::Json* document(std::string_view url) override;

  private:
    std::map<std::string, codec::Json, std::less<>> documents_;
};

}  // namespace tasdiq::cli
