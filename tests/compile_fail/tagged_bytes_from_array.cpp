// error: no viable conversion from
#include "base/bytes.hpp"

using ThisId = tasdiq::TaggedBytes<struct ThisTag, 32>;

ThisId takes_any_bytes(const std::array<std::uint8_t, 32>& bytes) { return bytes; }
