// error: invalid operands to binary expression
#include "base/bytes.hpp"

using ThisId = tasdiq::TaggedBytes<struct ThisTag, 32>;
using ThatId = tasdiq::TaggedBytes<struct ThatTag, 32>;

bool compares_two_meanings(const ThisId& a, const ThatId& b) { return a == b; }
