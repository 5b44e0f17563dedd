#pragma once

#include <memory>

#include "verify/verdict.hpp"
#include "wire/evidence.hpp"
#include "wire/trust_root.hpp"

namespace tasdiq::verify {

/// Whether this machine's administrator, or this build, vouches for the genesis of the trust root.
/// A file given on a command line never does. Spec: DESIGN §5.
enum class Belief : std::uint8_t { kFileOnly, kInstalled };

/// Judges certificates against one trust root. Keeps what it has verified of checkpoints and member
/// records, so that the second certificate under a checkpoint costs little. Not thread-safe: one a
/// thread.
class Verifier {
  public:
    Verifier(wire::TrustRoot root, Belief belief);
    ~Verifier();
    Verifier(Verifier&&) noexcept;
    Verifier& operator=(Verifier&&) noexcept;

    /// Judges `document` (a credential, UTF-8 JSON) by `evidence` (JSON; empty when there is none)
    /// at `now`. A pure function of its arguments and the trust root; any bytes give a verdict.
    /// Spec: DESIGN §7.
    [[nodiscard]] Verdict verify(ByteView document, ByteView evidence, Instant now);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tasdiq::verify
