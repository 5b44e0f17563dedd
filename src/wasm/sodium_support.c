// The few helpers that libsodium's verifying files call, for wasm: libsodium's own come with
// randomness and memory protection, which a pure verifier has no use for. Randomness traps: only
// signing asks for it, and nothing here signs.

#include <stddef.h>
#include <stdint.h>

void sodium_memzero(void* memory, size_t size);
int sodium_memcmp(const void* left, const void* right, size_t size);
int sodium_is_zero(const unsigned char* bytes, size_t size);
void sodium_misuse(void);
void randombytes_buf(void* memory, size_t size);

void sodium_memzero(void* memory, size_t size) {
    volatile uint8_t* bytes = memory;
    for (size_t i = 0; i < size; ++i) bytes[i] = 0;
}

// 0 where equal, −1 where not, in time that depends on `size` alone.
int sodium_memcmp(const void* left, const void* right, size_t size) {
    const uint8_t* a = left;
    const uint8_t* b = right;
    uint8_t difference = 0;
    for (size_t i = 0; i < size; ++i) difference |= (uint8_t)(a[i] ^ b[i]);
    return difference == 0 ? 0 : -1;
}

int sodium_is_zero(const unsigned char* bytes, size_t size) {
    uint8_t seen = 0;
    for (size_t i = 0; i < size; ++i) seen |= bytes[i];
    return seen == 0;
}

void sodium_misuse(void) { __builtin_trap(); }

void randombytes_buf(void* memory, size_t size) {
    (void)memory;
    (void)size;
    __builtin_trap();
}
