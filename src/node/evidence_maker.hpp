#pragma once

#include <vector>

#include "engine/engine.hpp"
#include "wire/evidence.hpp"

namespace tasdiq::node {

/// Why there is no evidence. Numbers are stable: they are in the API's problem documents.
enum class EvidenceError : std::uint16_t {
    kNoCertificate = 1,  // no entry, or another kind of entry, at that index
    kTooMany = 2,
    kStore = 3,           // the disk failed
    kTooManyRecords = 4,  // it would need more than evidence may hold
};
[[nodiscard]] std::string_view to_string(EvidenceError error);

enum class WithTransaction : std::uint8_t { kNo, kYes };

/// Certificates that one call may ask for.
inline constexpr std::size_t kEvidenceCountMax = 1'000;

/// Makes evidence from what is durable, under the published checkpoint: everything but the opening,
/// which only the holder has. Thread-safe.
class EvidenceMaker {
  public:
    EvidenceMaker(store::LedgerStore& store, const engine::Engine& engine)
        : store_{store}, engine_{engine} {}

    /// Evidence of `count` certificates from `first` on; all under one checkpoint.
    /// Errors: kTooMany (or none); then of the first certificate that has one: kNoCertificate,
    /// kStore, kTooManyRecords.
    [[nodiscard]] Result<std::vector<wire::Evidence>, EvidenceError> make(
        wire::LogIndex first, std::size_t count, WithTransaction with_transaction);

  private:
    class Run;
    store::LedgerStore& store_;
    const engine::Engine& engine_;
};

}  // namespace tasdiq::node
