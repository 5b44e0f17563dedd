#pragma once

#include <optional>
#include <string_view>

namespace tasdiq::node {

/// A file of web/ as it was compiled in.
struct Asset {
    std::string_view content_type;
    std::string_view body;
};

/// `site.css`, `verify.js`, `icon.svg`, `openapi.json`.
[[nodiscard]] std::optional<Asset> find_asset(std::string_view name);

}  // namespace tasdiq::node
