#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "codec/json.hpp"
#include "linked/arena.hpp"
#include "linked/iri.hpp"
#include "linked/options.hpp"

// Processed contexts, as they lie in the arena of a ContextCache. A text that is absent is a view
// without data, which an empty text is not.
namespace tasdiq::linked {

[[nodiscard]] inline bool is_absent(std::string_view text) { return text.data() == nullptr; }

enum class Direction : std::uint8_t { kNone, kLeftToRight, kRightToLeft };

/// `"ltr"`, `"rtl"` or null (kNone); nothing for all else.
[[nodiscard]] std::optional<Direction> find_direction(const codec::Json& value);
/// Not of kNone.
[[nodiscard]] std::string_view to_string(Direction direction);

/// A language tag as we keep it: `tag` itself, if it has no capital letters.
[[nodiscard]] std::string_view lower_case(std::string_view tag, Arena& arena);

/// Bits of a container mapping.
enum Container : std::uint8_t {
    kContainerList = 1,
    kContainerSet = 2,
    kContainerIndex = 4,
    kContainerLanguage = 8,
    kContainerGraph = 16,
    kContainerId = 32,
    kContainerType = 64,
};

enum class TypeMapping : std::uint8_t {
    kAbsent,
    kId,     // @id
    kVocab,  // @vocab
    kJson,   // @json
    kNone,   // @none
    kIri,    // TermDefinition::type
};

/// The result of an IRI expansion: absent for null.
struct ExpandedIri {
    std::string_view text;
    Keyword keyword = Keyword::kNone;
};

/// Spec: JSON-LD 1.1 API §4.2, term definition.
struct TermDefinition {
    ExpandedIri iri;
    std::string_view type;  // of TypeMapping::kIri
    std::string_view language;
    std::string_view index;
    std::string_view nest;
    const codec::Json* context = nullptr;
    std::string_view context_base;
    TypeMapping type_mapping = TypeMapping::kAbsent;
    std::uint8_t containers = 0;
    Direction direction = Direction::kNone;
    bool has_language = false;   // `language` may be absent: null
    bool has_direction = false;  // `direction` may be kNone: null
    bool is_prefix = false;
    bool is_protected = false;
    bool is_reverse = false;

    [[nodiscard]] bool has(Container container) const { return (containers & container) != 0; }
};

/// Terms and their definitions, by open addressing. A place is at most kProbesMax from where its
/// term's hash points, so that no choice of terms makes it slow.
class TermTable {
  public:
    [[nodiscard]] const TermDefinition* find(std::string_view term) const;
    /// Null takes the definition away. Says whether there was a place for it.
    [[nodiscard]] bool set(Arena& arena, std::string_view term, const TermDefinition* definition);
    [[nodiscard]] TermTable clone(Arena& arena) const;
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool has_protected() const;

  private:
    static constexpr std::size_t kProbesMax = 128;

    struct Slot {
        std::string_view term;
        const TermDefinition* definition = nullptr;
        std::uint32_t hash = 0;
    };

    bool insert(const Slot& slot);
    bool grow(Arena& arena);

    Slot* slots_ = nullptr;
    std::size_t capacity_ = 0;  // 0 or a power of two, at least twice as large as size_
    std::size_t size_ = 0;      // of slots with a term, those without a definition too
};

struct ContextMemo;

/// Spec: JSON-LD 1.1 API §4.1, active context.
struct ActiveContext {
    TermTable terms;
    std::string_view base;
    std::string_view original_base;
    std::string_view vocab;
    std::string_view language;
    Direction direction = Direction::kNone;
    const ActiveContext* previous = nullptr;
    /// What has been made of this context with others: the cache's notes, not a part of its value.
    mutable ContextMemo* memo = nullptr;
};

/// IRI expansion against a context that is complete. New texts are made in `arena`.
/// Spec: JSON-LD 1.1 API §5.2.2, with `vocab` true.
[[nodiscard]] ExpandedIri expand_vocab(const ActiveContext& context, std::string_view value,
                                       Arena& arena);
/// The same for what has no term definition.
[[nodiscard]] ExpandedIri expand_undefined(const ActiveContext& context, std::string_view value,
                                           Arena& arena);
/// With `vocab` and `document relative`, as for values of `@type`.
[[nodiscard]] ExpandedIri expand_type(const ActiveContext& context, std::string_view value,
                                      Arena& arena);
/// With `document relative` only, as for values of `@id`.
[[nodiscard]] ExpandedIri expand_id(const ActiveContext& context, std::string_view value,
                                    Arena& arena);

}  // namespace tasdiq::linked
