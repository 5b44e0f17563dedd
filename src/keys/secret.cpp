#include "keys/secret.hpp"

#include <sodium.h>

#include "base/ensure.hpp"
#include "keys/random.hpp"
#include "keys/sodium.hpp"

namespace tasdiq::keys {

void init_sodium() {
    static const bool is_ready = sodium_init() >= 0;
    ENSURE(is_ready);
}

void random_bytes(std::span<std::uint8_t> to) {
    init_sodium();
    randombytes_buf(to.data(), to.size());
}

void wipe(std::span<std::uint8_t> memory) {
    if (!memory.empty()) sodium_memzero(memory.data(), memory.size());
}

}  // namespace tasdiq::keys
