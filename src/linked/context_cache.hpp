#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/json.hpp"
#include "linked/arena.hpp"
#include "linked/context.hpp"
#include "linked/document_shapes.hpp"
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
    std::string_view text = {};  // where a text was given instead of a value; kept by the cache
};

/// What a caller made of something small with contexts of a cache: where the same comes again and
/// again, looking at it once is enough.
struct ContextNote {
    std::string of;
    std::string result;
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

    /// Memory for the items of one document, empty: what it gave before is taken back.
    [[nodiscard]] Arena& scratch() {
        scratch_.clear(std::size_t{1} << 18);
        return scratch_;
    }

    /// The last note that a caller has made, for it alone to read: empty at first.
    [[nodiscard]] const ContextNote& note() const { return note_; }
    void set_note(ContextNote note) { note_ = std::move(note); }

    /// Shapes of documents that one caller reads, always with the same options.
    [[nodiscard]] DocumentShapes& shapes() { return shapes_; }

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
    Arena scratch_;
    std::deque<codec::Json> kept_;  // inline and merged contexts; addresses stay
    std::vector<Initial> initials_;
    ContextNote note_;
    DocumentShapes shapes_;
    std::size_t made_count_ = 0;  // contexts in the arena
    std::size_t term_count_ = 0;  // definitions and copied places in the arena
};

}  // namespace tasdiq::linked
