#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "codec/json.hpp"
#include "linked/arena.hpp"
#include "linked/context.hpp"
#include "linked/options.hpp"

namespace tasdiq::linked {

/// Where contexts that a document names by URL come from. Nothing in this folder fetches.
class ContextLoader {
  public:
    ContextLoader() = default;
    ContextLoader(const ContextLoader&) = delete;
    ContextLoader& operator=(const ContextLoader&) = delete;
    virtual ~ContextLoader() = default;
    /// The whole document at `url`, an absolute IRI; null if there is none. The same each time, and
    /// it stays where it is as long as the loader lives.
    [[nodiscard]] virtual const codec::Json* load(std::string_view url) = 0;
};

/// How a local context is applied. They change the result, so they are a part of a memo's key.
enum class ContextUse : std::uint8_t {
    kEmbedded,         // the value of `@context` in a document
    kEmbeddedElement,  // an element of that value, an array
    kPropertyScoped,   // overrides protected terms
    kTypeScoped,       // does not propagate
};

/// "With this local context, that became of it."
struct ContextMemo {
    ContextUse use = ContextUse::kEmbedded;
    std::uint64_t hash = 0;              // of `local`, where it came with a document
    const codec::Json* local = nullptr;  // kept by the cache, or by the loader
    const ActiveContext* result = nullptr;
    ContextMemo* next = nullptr;
};

/// Processed contexts, so that documents of the same shape cost one processing of their contexts.
/// A caller holds one as long as it likes and passes it to one call at a time. What a call gives
/// back may point into it, until the next call.
class ContextCache {
  public:
    /// `loader` must outlive the cache.
    explicit ContextCache(ContextLoader& loader) : loader_{&loader} {}

    /// Forgets everything; done by itself between documents when there is too much.
    void clear();

  private:
    friend class ContextProcessor;

    struct Initial {
        std::string_view base;
        ProcessingMode mode;
        Strictness strictness;
        const ActiveContext* context;
    };

    void clear_if_large();

    ContextLoader* loader_;
    Arena arena_;
    std::deque<codec::Json> kept_;  // inline and merged contexts; addresses stay
    std::vector<Initial> initials_;
    std::size_t made_count_ = 0;  // contexts in the arena
    std::size_t term_count_ = 0;  // definitions and copied places in the arena
};

}  // namespace tasdiq::linked
