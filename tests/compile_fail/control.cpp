#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "base/result.hpp"

using ThisId = tasdiq::TaggedBytes<struct ThisTag, 32>;

enum class Error { kBad = 1 };

tasdiq::Result<ThisId, Error> make();

tasdiq::Result<bool, Error> uses_what_the_others_misuse(const ThisId& other) {
    TRY(const ThisId made, make());
    ENSURE(made == made);
    return made == other;
}
