#include "linked/bundled_contexts.hpp"

#include <algorithm>

#include "base/ensure.hpp"

namespace tasdiq::linked {

const codec::Json* BundledLoader::load(std::string_view url) {
    const auto contexts = bundled_contexts();
    const auto bundled = std::ranges::lower_bound(contexts, url, {}, &BundledContext::url);
    if (bundled == contexts.end() || bundled->url != url) return nullptr;
    const auto known = parsed_.find(bundled->url);
    if (known != parsed_.end()) return &known->second;
    auto json = codec::parse_json(bundled->json);
    ENSURE(json);
    return &parsed_.emplace(bundled->url, *std::move(json)).first->second;
}

}  // namespace tasdiq::linked
