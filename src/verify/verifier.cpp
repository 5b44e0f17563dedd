#include "verify/verifier.hpp"

#include "verify/judgement.hpp"

namespace tasdiq::verify {

struct Verifier::State {
    State(wire::TrustRoot trust_root, Belief how) : root{std::move(trust_root)}, belief{how} {}

    wire::TrustRoot root;
    Belief belief;
    Memory memory{root};
};

Verifier::Verifier(wire::TrustRoot root, Belief belief)
    : state_{std::make_unique<State>(std::move(root), belief)} {}
Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;

Verdict Verifier::verify(ByteView document, ByteView evidence, Instant now) {
    return Judgement{state_->root, state_->belief, state_->memory, now}.judge(document, evidence);
}

}  // namespace tasdiq::verify
