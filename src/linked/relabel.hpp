#pragma once

#include <span>
#include <string>
#include <vector>

#include "linked/dataset.hpp"

namespace tasdiq::linked {

/// The lines of canonical N-Quads (each with its end) in which every blank node has the label that
/// `labels` has for its number, without `_:`. In the order of their code points, each once.
/// Spec: VC-DI-ECDSA §3.4.1 step 3, §3.4.14.
[[nodiscard]] std::vector<std::string> relabeled_lines(const Dataset& dataset,
                                                       std::span<const std::string> labels);

}  // namespace tasdiq::linked
