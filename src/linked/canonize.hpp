#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "linked/dataset.hpp"

namespace tasdiq::linked {

enum class HashAlgorithm : std::uint8_t { kSha256, kSha384 };

/// Why a dataset has no canonical form here. Numbers are stable.
enum class CanonizeError : std::uint16_t {
    kTooMuchWork = 1,  // `CanonizeOptions::work_max`
    kTooDeep = 2,      // `CanonizeOptions::depth_max`
};

[[nodiscard]] std::string_view to_string(CanonizeError error);

struct CanonizeOptions {
    HashAlgorithm hash = HashAlgorithm::kSha256;
    /// What telling blank nodes apart that look alike may cost, in hashes of short texts (about
    /// 0.3 µs each): a poisoned dataset of a few lines would take years. Blank nodes that differ
    /// in their own quads cost none of it.
    std::uint64_t work_max = 100'000;
    /// How many blank nodes that look alike may stand in a row.
    std::size_t depth_max = 512;
};

/// The canonical form of a dataset.
struct CanonicalForm {
    /// What `number_of` holds for a blank node that no quad has.
    static constexpr std::uint32_t kUnused = 0xFFFF'FFFF;

    /// The canonical N-Quads document: sorted lines, each once.
    std::string text;
    /// By blank node of the input (`Term::blank`): N of its canonical label `c14nN`.
    std::vector<std::uint32_t> number_of;
};

/// `c14nN`.
[[nodiscard]] std::string canonical_label(std::uint32_t number);

/// Names the blank nodes of `dataset` so that equal datasets (whatever their labels, order and
/// repetitions) get equal texts, and no others. Where blank nodes name graphs the algorithm itself
/// can miss that: it does not look at which graph belongs to which statement, and of blank nodes
/// that only this tells apart the first in the input comes first.
/// Errors: kTooMuchWork, kTooDeep (whichever comes first; both depend on the dataset alone but for
/// the order in which paths are tried).
/// Cost: a few microseconds a dozen quads, where blank nodes differ by their own quads.
/// Spec: RDF-CANON §4.4.
[[nodiscard]] Result<CanonicalForm, CanonizeError> canonize(const Dataset& dataset,
                                                            const CanonizeOptions& options = {});

}  // namespace tasdiq::linked
