// CPU seconds of libsodium's raw Ed25519 signatures of 64 bytes, on one core.
//
// usage: raw_signatures COUNT
#include <array>
#include <cstdio>
#include <cstdlib>
#include <sodium.h>

#include "ratio.hpp"

int main(int argc, char** argv) {
    const long count = argc == 2 ? std::strtol(argv[1], nullptr, 10) : 0;
    if (count <= 0 || sodium_init() < 0) return 64;
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_key{};
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_keypair(public_key.data(), secret_key.data());
    const double start = tasdiq::bench::cpu_seconds();
    for (long i = 0; i < count; ++i) {  // each signs the one before
        crypto_sign_detached(signature.data(), nullptr, signature.data(), signature.size(),
                             secret_key.data());
    }
    std::printf("%.4f\n", tasdiq::bench::cpu_seconds() - start);
    return 0;
}
