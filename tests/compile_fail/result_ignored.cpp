// error: ignoring return value
#include "base/result.hpp"

enum class Error { kBad = 1 };

tasdiq::Result<tasdiq::Ok, Error> may_fail();

void ignores_it() { may_fail(); }
