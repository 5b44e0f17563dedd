#pragma once

#include "codec/json.hpp"
#include "linked/context_cache.hpp"
#include "linked/dataset.hpp"
#include "linked/error.hpp"
#include "linked/expanded.hpp"
#include "linked/options.hpp"

namespace tasdiq::linked {

/// Adds what `items` say to `dataset`, whose blank nodes get new labels `b0`, `b1` …
/// Its texts point to where those of `items` are: they must stay as long as it does.
/// Errors: kConflictingIndexes; in safe mode, whatever has no place in RDF.
/// Cost: linear. Statements that stand twice in `items` are added twice.
/// Spec: JSON-LD 1.1 API §7.2 (node map), §8.1 to §8.3.
[[nodiscard]] Result<Ok, LdFault> add_items(const Items& items, const LdOptions& options,
                                            Dataset& dataset);

/// Expands `document` and adds what it says to `dataset`, in one step. The dataset's texts point
/// into `document`, `cache` and `arena`: see `expand_items`.
[[nodiscard]] Result<Ok, LdFault> to_rdf(const codec::Json& document, const LdOptions& options,
                                         ContextCache& cache, Arena& arena, Dataset& dataset);

}  // namespace tasdiq::linked
