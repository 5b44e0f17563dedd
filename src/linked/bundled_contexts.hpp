#pragma once

#include <map>
#include <span>
#include <string_view>

#include "codec/json.hpp"
#include "linked/context_cache.hpp"

namespace tasdiq::linked {

/// A context that is compiled in: data/contexts.
struct BundledContext {
    std::string_view url;
    std::string_view json;
};

/// All of them, in the order of their URLs.
[[nodiscard]] std::span<const BundledContext> bundled_contexts();

/// Gives the bundled contexts and no others. Each is parsed when it is first asked for.
class BundledLoader final : public ContextLoader {
  public:
    [[nodiscard]] const codec::Json* load(std::string_view url) override;

  private:
    std::map<std::string_view, codec::Json> parsed_;
};

/// The bundled contexts as they were processed for documents before: for one thread, as long as it
/// has documents to read.
class BundledContexts {
  public:
    [[nodiscard]] ContextCache& cache() { return cache_; }

  private:
    BundledLoader loader_;
    ContextCache cache_{loader_};
};

}  // namespace tasdiq::linked
