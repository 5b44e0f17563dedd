#include <algorithm>
#include <array>
#include <utility>

#include "base/ensure.hpp"
#include "crypto/hash.hpp"

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace tasdiq::crypto {
namespace {

void hash_one_by_one(std::span<const ByteView> messages, std::span<Sha256Digest> digests) {
    for (std::size_t i = 0; i < messages.size(); ++i) digests[i] = sha256(messages[i]);
}

#ifdef __x86_64__
// A processor's instructions for SHA-256 wait for each other: two messages, block beside block,
// take hardly longer than one.
#define TASDIQ_SHA __attribute__((target("sha,sse4.1")))

constexpr std::size_t kLanes = 2;
constexpr std::size_t kBlockSize = 64;

alignas(16) constexpr std::array<std::uint32_t, 64> kRoundConstants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

bool has_instructions() {
    constexpr unsigned kExtensionsLeaf = 7;
    constexpr unsigned kShaBit = 1U << 29;
    constexpr unsigned kSse41Bit = 1U << 19;
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kSse41Bit) == 0) return false;
    return __get_cpuid_count(kExtensionsLeaf, 0, &a, &b, &c, &d) != 0 && (b & kShaBit) != 0;
}

/// One message on its way: the hash's eight words, in the order that the instructions have them in,
/// and what is left to read.
struct Lane {
    __m128i abef, cdgh;
    const std::uint8_t* next;
    std::size_t whole_blocks;                       // of the message, from `next` on
    std::array<std::uint8_t, 2 * kBlockSize> tail;  // what follows them, and the padding
    std::size_t tail_at, tail_size;
    std::size_t message;  // its number

    TASDIQ_SHA void start(ByteView bytes, std::size_t number) {
        message = number;
        abef = _mm_set_epi32(0x6a09e667, static_cast<int>(0xbb67ae85), 0x510e527f,
                             static_cast<int>(0x9b05688c));
        cdgh = _mm_set_epi32(0x3c6ef372, static_cast<int>(0xa54ff53a), 0x1f83d9ab, 0x5be0cd19);
        next = bytes.data();
        whole_blocks = bytes.size() / kBlockSize;
        // Spec: FIPS 180-4 §5.1.1: a bit that is set, zeros, the length in bits.
        const ByteView rest = bytes.subspan(whole_blocks * kBlockSize);
        tail_at = 0;
        tail_size = rest.size() + 1 + 8 <= kBlockSize ? kBlockSize : 2 * kBlockSize;
        tail.fill(0);
        std::ranges::copy(rest, tail.begin());
        tail[rest.size()] = 0x80;
        std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
        for (std::size_t at = tail_size; bits != 0; bits >>= 8) {
            tail[--at] = static_cast<std::uint8_t>(bits);
        }
    }
    [[nodiscard]] bool is_done() const { return tail_at == tail_size; }
    const std::uint8_t* take_block() {
        if (whole_blocks == 0) return tail.data() + std::exchange(tail_at, tail_at + kBlockSize);
        --whole_blocks;
        return std::exchange(next, next + kBlockSize);
    }
    [[nodiscard]] TASDIQ_SHA Sha256Digest digest() const {
        const __m128i reversed = _mm_set_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203);
        const __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
        const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
        const __m128i dcba = _mm_blend_epi16(feba, dchg, 0xF0);
        const __m128i hgfe = _mm_alignr_epi8(dchg, feba, 8);
        Sha256Digest digest;
        std::uint8_t* const to = digest.mutable_view().data();
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm_shuffle_epi8(dcba, reversed));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to + 16), _mm_shuffle_epi8(hgfe, reversed));
        return digest;
    }
};

/// The next block of every lane. Spec: FIPS 180-4 §6.2.2, four rounds at a time.
TASDIQ_SHA void compress(std::array<Lane, kLanes>& lanes) {
    const __m128i reversed = _mm_set_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203);
    __m128i abef[kLanes], cdgh[kLanes], words[kLanes][4];
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const std::uint8_t* const block = lanes[lane].take_block();
        abef[lane] = lanes[lane].abef;
        cdgh[lane] = lanes[lane].cdgh;
        for (std::size_t i = 0; i < 4; ++i) {
            words[lane][i] = _mm_shuffle_epi8(
                _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + 16 * i)), reversed);
        }
    }
#pragma clang loop unroll(full)
    for (std::size_t step = 0; step < 16; ++step) {
        const __m128i constants =
            _mm_load_si128(reinterpret_cast<const __m128i*>(kRoundConstants.data() + 4 * step));
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            __m128i& now = words[lane][step % 4];
            const __m128i sum = _mm_add_epi32(now, constants);
            cdgh[lane] = _mm_sha256rnds2_epu32(cdgh[lane], abef[lane], sum);
            abef[lane] =
                _mm_sha256rnds2_epu32(abef[lane], cdgh[lane], _mm_shuffle_epi32(sum, 0x0E));
            if (step >= 12) continue;  // the words of the last rounds are there
            const __m128i after = words[lane][(step + 1) % 4];
            const __m128i last = words[lane][(step + 3) % 4];
            const __m128i between = _mm_alignr_epi8(last, words[lane][(step + 2) % 4], 4);
            now = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(now, after), between),
                                       last);
        }
        // Keeps the compiler from putting one lane behind the other again.
        asm volatile("" : "+x"(abef[0]), "+x"(cdgh[0]), "+x"(abef[1]), "+x"(cdgh[1]));
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        lanes[lane].abef = _mm_add_epi32(lanes[lane].abef, abef[lane]);
        lanes[lane].cdgh = _mm_add_epi32(lanes[lane].cdgh, cdgh[lane]);
    }
}

TASDIQ_SHA void hash_in_lanes(std::span<const ByteView> messages, std::span<Sha256Digest> digests) {
    std::array<Lane, kLanes> lanes;
    std::size_t started = 0;
    const auto start = [&](Lane& lane) {
        const std::size_t number = started++;
        // A lane for which there is no message left hashes nothing again and again.
        lane.start(number < messages.size() ? messages[number] : ByteView{}, number);
    };
    for (Lane& lane : lanes) start(lane);
    for (std::size_t finished = 0; finished < messages.size();) {
        compress(lanes);
        for (Lane& lane : lanes) {
            if (!lane.is_done()) continue;
            if (lane.message < messages.size()) {
                digests[lane.message] = lane.digest();
                ++finished;
            }
            start(lane);
        }
    }
    // Messages can be secret: nothing of them stays behind.
    for (Lane& lane : lanes) lane.tail.fill(0);
    asm volatile("" : : "r"(lanes.data()) : "memory");
}
#endif

}  // namespace

void sha256_each(std::span<const ByteView> messages, std::span<Sha256Digest> digests) {
    ENSURE(messages.size() == digests.size());
#ifdef __x86_64__
    static const bool in_lanes = has_instructions();
    if (in_lanes && messages.size() > 1) return hash_in_lanes(messages, digests);
#endif
    hash_one_by_one(messages, digests);
}

}  // namespace tasdiq::crypto
