#pragma once

#include <cstdint>
#include <string_view>

#include "base/ensure.hpp"

namespace tasdiq::merkle {

/// Why stored bytes (a tile, a page) could not be had. Whoever stores them knows and logs the
/// details.
enum class SourceError : std::uint16_t {
    kMissing = 1,      ///< the store works, and does not hold it
    kUnavailable = 2,  ///< the store failed
    kCorrupt = 3,      ///< what the store holds is not what it should be
};

[[nodiscard]] constexpr std::string_view to_string(SourceError error) {
    switch (error) {
        case SourceError::kMissing: return "the store does not hold it";
        case SourceError::kUnavailable: return "the store failed";
        case SourceError::kCorrupt: return "the store holds something else";
    }
    ENSURE(false);
}

}  // namespace tasdiq::merkle
