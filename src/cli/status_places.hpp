#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "certificate/make.hpp"
#include "codec/cbor.hpp"

namespace tasdiq::cli {

/// Where the status of each certificate of one issue stands, in its list's order.
using IssuePlaces = std::vector<certificate::StatusPlace>;

/// How many certificates share a list: half of its entries, so that a free one is found at once.
inline constexpr std::size_t kPlacesOfList = 65'536;

/// Gives every certificate of a batch an entry that none has: at random in a list of the batch's
/// own, whose name is random too.
class PlaceMaker {
  public:
    [[nodiscard]] certificate::StatusPlace next();

  private:
    std::string list_;
    std::vector<bool> taken_;
    std::size_t count_ = kPlacesOfList;  // in `list_`
};

/// The names of the lists, each once, in the order in which they first stand.
[[nodiscard]] std::vector<std::string> lists_of(const std::vector<IssuePlaces>& issues);

/// The content of `status-lists.cbor`: docs/formats/batch.md.
[[nodiscard]] Bytes encode_places(const std::vector<IssuePlaces>& issues);
/// The inverse. Errors: what is no such content; kIntegerRange for a version, name, list or index
/// that cannot be, and for a name or place that is there twice.
[[nodiscard]] Result<std::vector<IssuePlaces>, codec::CborError> decode_places(ByteView bytes);
/// Nothing of a batch without it. Errors: the file cannot be read, or is malformed (an entry that
/// two certificates have, too).
[[nodiscard]] Result<std::vector<IssuePlaces>, std::string> read_places(const std::string& folder);

}  // namespace tasdiq::cli
