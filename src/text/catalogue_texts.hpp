#pragma once

#include <span>
#include <string_view>

namespace tasdiq::text {

/// One text in three languages.
struct CatalogueText {
    std::string_view key, ar, fr, en;
};

/// The whole catalogue, ascending by key.
[[nodiscard]] std::span<const CatalogueText> catalogue_texts();

}  // namespace tasdiq::text
