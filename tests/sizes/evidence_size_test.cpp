#include <gtest/gtest.h>

#include "sizes/vast_ledger.hpp"
#include "verify/verifier.hpp"

namespace tasdiq::vast {
namespace {

/// A ledger, and what evidence on it may weigh. Spec: DESIGN §6.
struct Limit {
    const char* name;
    Size size;
    std::size_t bytes_max;
};

// Sizes are powers of two above what they stand for: every path has its full length. Of the map's
// records a transaction's id for fifty certificates, and a status for one in fifty.
constexpr Limit kLimits[] = {
    {"OneStateAMillionEntries", {1U << 20, 40'000, 1}, 7'000},
    {"TwentyTwoStatesAHundredMillionEntries", {1U << 27, 4'000'000, 22}, 11'000},
};

class EvidenceSize : public testing::TestWithParam<Limit> {};

TEST_P(EvidenceSize, StaysWithinItsLimit) {
    constexpr std::size_t kCertificates = 16;
    const VastLedger ledger{GetParam().size, kCertificates};
    verify::Verifier verifier{ledger.trust_root(), verify::Belief::kFileOnly};
    std::size_t largest = 0;
    for (const Held& held : ledger.held()) {
        const std::string text = wire::encode(held.evidence);
        largest = std::max(largest, text.size());
        // It is evidence, and not just as long as evidence.
        const auto verdict =
            verifier.verify(as_bytes(held.credential), as_bytes(text), VastLedger::kNow);
        ASSERT_EQ(verdict.headline, verify::Headline::kAuthentic)
            << verify::to_string(verdict.headline);
    }
    RecordProperty("bytes", static_cast<int>(largest));
    EXPECT_LE(largest, GetParam().bytes_max);
    EXPECT_GT(largest, GetParam().bytes_max / 2);  // a ledger that is not vast proves nothing
}

INSTANTIATE_TEST_SUITE_P(All, EvidenceSize, testing::ValuesIn(kLimits),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace tasdiq::vast
