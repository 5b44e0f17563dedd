#pragma once

#include <functional>

#include "codec/json.hpp"
#include "credential/controller.hpp"
#include "linked/bundled_contexts.hpp"
#include "node/answers.hpp"

namespace tasdiq::node {

/// The contexts that this thread has read before, for whichever route.
[[nodiscard]] inline linked::ContextCache& contexts_of_thread() {
    thread_local linked::BundledContexts contexts;
    return contexts.cache();
}

/// What the node serves to others, for its own answers about credentials: the DID documents and
/// status lists of this ledger's members.
class LedgerDocuments final : public credential::DocumentSource {
  public:
    using Find = std::function<Result<codec::Json, ApiError>(std::string_view url)>;

    explicit LedgerDocuments(Find find) : find_{std::move(find)} {}

    const codec::Json* document(std::string_view url) override {
        auto found = find_(url);
        if (!found) {
            failed_ = failed_ || found.error() == ApiError::kStore;
            return nullptr;
        }
        last_ = *std::move(found);
        return &last_;
    }
    /// The disk failed: what was answered is worth nothing.
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    Find find_;
    codec::Json last_;
    bool failed_ = false;
};

}  // namespace tasdiq::node
