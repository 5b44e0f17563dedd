#pragma once

namespace tasdiq::keys {

/// Lets libsodium choose its implementations and open the system's generator; once, from any
/// thread.
void init_sodium();

}  // namespace tasdiq::keys
