// error: no viable conversion from
#include "base/bytes.hpp"

using ThisId = tasdiq::TaggedBytes<struct ThisTag, 32>;
using ThatId = tasdiq::TaggedBytes<struct ThatTag, 32>;

ThatId converts_one_meaning_to_another(const ThisId& a) { return a; }
