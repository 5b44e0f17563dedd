#pragma once

#include "codec/json.hpp"
#include "linked/context_cache.hpp"
#include "linked/error.hpp"
#include "linked/expanded.hpp"
#include "linked/options.hpp"

namespace tasdiq::linked {

/// Expands `document` into items in `arena`. They point into `document`, `arena` and `cache`: the
/// first two must stay, and `cache` must not be used again as long as they are.
///
/// Errors: the first in the order of the standard's steps. Cost: linear in the document, once its
/// contexts are in the cache. Spec: JSON-LD 1.1 API §5.1, §9.4.1 (expand).
[[nodiscard]] Result<Items, LdFault> expand_items(const codec::Json& document,
                                                  const LdOptions& options, ContextCache& cache,
                                                  Arena& arena);

/// Expands `document` into a document of its own: an array. Where the order of members is
/// kAsWritten, properties stand as they were met; otherwise in the order of their code points.
[[nodiscard]] Result<codec::Json, LdFault> expand(const codec::Json& document,
                                                  const LdOptions& options, ContextCache& cache);

}  // namespace tasdiq::linked
