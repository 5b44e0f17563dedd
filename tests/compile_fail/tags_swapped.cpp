// error: no matching function for call to 'confirm'
#include "base/bytes.hpp"

using ThisId = tasdiq::TaggedBytes<struct ThisTag, 32>;
using ThatId = tasdiq::TaggedBytes<struct ThatTag, 32>;

bool confirm(const ThisId& a, const ThatId& b);

bool swaps_arguments(const ThisId& a, const ThatId& b) { return confirm(b, a); }
