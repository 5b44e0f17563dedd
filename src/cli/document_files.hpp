#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "codec/json.hpp"
#include "linked/bundled_contexts.hpp"

namespace tasdiq::cli {

/// How large and deep a JSON document on the command line may be.
inline constexpr std::size_t kDocumentSizeMax = std::size_t{16} << 20;
inline constexpr codec::JsonLimits kDocumentLimits{.size_bytes_max = kDocumentSizeMax,
                                                   .depth_max = 256};
/// The standard's code for a document that cannot be read as JSON.
inline constexpr std::string_view kNotLoaded = "loading document failed";

/// The standard's code on stdout, for programs; where and why on stderr, for people. kExitRefused.
int refuse(std::string_view code, std::string_view detail);

/// A JSON document; the error is a sentence that names the file.
[[nodiscard]] Result<codec::Json, std::string> read_json_file(const std::string& path);

/// Contexts from folders that the user names, then the bundled ones.
class FolderLoader final : public linked::ContextLoader {
  public:
    /// `mapping` is `URL-PREFIX=DIR`; false if it has no `=`.
    bool add(const std::string& mapping);

    [[nodiscard]] const codec::Json* load(std::string_view url) override;

  private:
    std::map<std::string, std::string> folders_;
    std::map<std::string, codec::Json, std::less<>> documents_;
    linked::BundledLoader bundled_;
};

}  // namespace tasdiq::cli
