// What the verdict on a certificate costs beside one raw verification of libsodium, in one run: the
// credential and its evidence from bytes to verdict, its checkpoint and the records of its
// institution having been verified with another certificate before.
//
// Counters: `of_raw` is libsodium's time divided by ours, 1 would be nothing but the signature;
// `ours_us` and `raw_us` are the least CPU time for one, `bytes` what the evidence weighs.
#include <benchmark/benchmark.h>
#include <sodium.h>

#include "ratio.hpp"
#include "sizes/vast_ledger.hpp"
#include "verify/verifier.hpp"

namespace tasdiq {
namespace {

constexpr std::size_t kCertificates = 64;

struct Document {
    std::string credential, evidence;
};

class RawVerification {
  public:
    RawVerification() {
        ENSURE(sodium_init() >= 0);
        crypto_sign_keypair(public_key_.data(), secret_key_.data());
        crypto_sign_detached(signature_.data(), nullptr, message_.data(), message_.size(),
                             secret_key_.data());
    }
    void verify() const {
        ENSURE(crypto_sign_verify_detached(signature_.data(), message_.data(), message_.size(),
                                           public_key_.data()) == 0);
    }

  private:
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key_{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_key_{};
    std::array<unsigned char, 64> message_{}, signature_{};
};

void verdict(benchmark::State& state, vast::Size size) {
    const vast::VastLedger ledger{size, kCertificates};
    std::vector<Document> documents;
    for (const vast::Held& held : ledger.held()) {
        documents.push_back({held.credential, wire::encode(held.evidence)});
    }
    verify::Verifier verifier{ledger.trust_root(), verify::Belief::kFileOnly};
    const RawVerification raw;
    bench::Beside beside;
    for (auto _ : state) {
        beside.round(
            [&] {
                for (const Document& one : documents) {
                    const auto found = verifier.verify(as_bytes(one.credential),
                                                       as_bytes(one.evidence), ledger.kNow);
                    ENSURE(found.headline == verify::Headline::kAuthentic);
                }
            },
            [&] {
                for (std::size_t i = 0; i < kCertificates; ++i) raw.verify();
            });
    }
    state.counters["of_raw"] = beside.raw_s / beside.ours_s;
    state.counters["ours_us"] = beside.ours_s / kCertificates * 1e6;
    state.counters["raw_us"] = beside.raw_s / kCertificates * 1e6;
    state.counters["bytes"] = static_cast<double>(documents.front().evidence.size());
}

BENCHMARK_CAPTURE(verdict, one_state_1e6_jcs,
                  vast::Size{1U << 20, 40'000, 1, credential::kEddsaJcs2022});
BENCHMARK_CAPTURE(verdict, one_state_1e6, vast::Size{1U << 20, 40'000, 1});
BENCHMARK_CAPTURE(verdict, states_22_1e8, vast::Size{1U << 27, 4'000'000, 22});

}  // namespace
}  // namespace tasdiq

BENCHMARK_MAIN();
