#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "base/bytes.hpp"

namespace tasdiq::crypto {

using Sha256Digest = TaggedBytes<struct Sha256DigestTag, 32>;
using Sha384Digest = TaggedBytes<struct Sha384DigestTag, 48>;
using Sha512Digest = TaggedBytes<struct Sha512DigestTag, 64>;

/// Hashes in pieces. A copy goes on from the same point, so a prefix that many messages share is
/// hashed once:
///   Sha256 prefix;
///   prefix.update(domain);
///   for (…) { Sha256 hash = prefix; hash.update(message); digest = hash.finish(); }
/// Cost: allocates nothing; a copy is 112 bytes. Spec: FIPS 180-4 §6.2.
class Sha256 {
  public:
    Sha256();
    void update(ByteView bytes);
    /// The digest of all that was given. Afterwards only assignment and destruction are allowed.
    [[nodiscard]] Sha256Digest finish();

  private:
    alignas(8) std::array<unsigned char, 112> state_;  // the backend's own state
};

/// Like Sha256. Spec: FIPS 180-4 §6.5.
class Sha384 {
  public:
    Sha384();
    void update(ByteView bytes);
    [[nodiscard]] Sha384Digest finish();

  private:
    alignas(8) std::array<unsigned char, 216> state_;
};

/// Like Sha256. Spec: FIPS 180-4 §6.4.
class Sha512 {
  public:
    Sha512();
    void update(ByteView bytes);
    [[nodiscard]] Sha512Digest finish();

  private:
    alignas(8) std::array<unsigned char, 216> state_;
};

/// Of one message, or of the concatenation of several pieces, which is never built.
[[nodiscard]] Sha256Digest sha256(ByteView message);
[[nodiscard]] Sha256Digest sha256(std::initializer_list<ByteView> pieces);
[[nodiscard]] Sha384Digest sha384(ByteView message);
[[nodiscard]] Sha384Digest sha384(std::initializer_list<ByteView> pieces);
[[nodiscard]] Sha512Digest sha512(ByteView message);
[[nodiscard]] Sha512Digest sha512(std::initializer_list<ByteView> pieces);

/// The SHA-256 digest of each message, in their order. Cost: natively about half of what they cost
/// one by one, where the processor has instructions for it. `digests` is as long as `messages`.
void sha256_each(std::span<const ByteView> messages, std::span<Sha256Digest> digests);

/// A key of any length. Does not wipe what it derives from `key`: not for long-lived secrets.
/// Spec: RFC 2104.
[[nodiscard]] Sha256Digest hmac_sha256(ByteView key, ByteView message);

}  // namespace tasdiq::crypto
