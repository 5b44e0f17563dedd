#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "linked/context_process.hpp"
#include "linked/expand.hpp"

// For expand*.cpp alone.
namespace tasdiq::linked {

/// What an element is a value of.
struct ActiveProperty {
    enum class Kind : std::uint8_t { kNone, kGraph, kReverse, kTerm };

    Kind kind = Kind::kNone;
    std::string_view name;
    const TermDefinition* definition = nullptr;  // in `context`
    const ActiveContext* context = nullptr;

    /// Its definition in another context.
    [[nodiscard]] const TermDefinition* in(const ActiveContext& other) const {
        if (kind != Kind::kTerm) return nullptr;
        return &other == context ? definition : other.terms.find(name);
    }
    [[nodiscard]] bool is_top() const { return kind == Kind::kNone || kind == Kind::kGraph; }
};

/// One expansion. Spec: JSON-LD 1.1 API §5.1.
class Expander {
  public:
    Expander(const LdOptions& options, ContextCache& cache, Arena& arena)
        : options_{&options}, arena_{&arena}, contexts_{cache, options} {}

    [[nodiscard]] Result<Items, LdFault> run(const codec::Json& document);

  private:
    using Status = Result<Ok, LdFault>;

    enum class Origin : std::uint8_t { kElsewhere, kFromMap };
    enum class Nesting : std::uint8_t { kNone, kInList };

    /// A member of the map that is being expanded.
    struct Key {
        const codec::JsonMember* member;
        const TermDefinition* definition;
        ExpandedIri iri;
    };

    /// The members of one map, in the order of their expansion: a part of keys_.
    struct KeyRange {
        std::size_t begin;
        std::size_t end;
    };

    /// A node that is being made.
    struct Frame {
        const ActiveContext* context;
        const ActiveContext* type_scoped;
        ActiveProperty property;
        Item* result;
        bool is_json;  // the input type
    };

    // expand.cpp
    [[nodiscard]] Result<Expansion, LdFault> expand(const ActiveContext& context,
                                                    const ActiveProperty& property,
                                                    const codec::Json& element,
                                                    Origin origin = Origin::kElsewhere,
                                                    Nesting nesting = Nesting::kNone);
    [[nodiscard]] Result<Expansion, LdFault> expand_scalar(const ActiveContext& context,
                                                           const ActiveProperty& property,
                                                           const codec::Json& element);
    [[nodiscard]] Result<Expansion, LdFault> expand_array(const ActiveContext& context,
                                                          const ActiveProperty& property,
                                                          const codec::Json& element, Origin origin,
                                                          Nesting nesting);
    [[nodiscard]] Result<Expansion, LdFault> expand_map(const ActiveContext& context,
                                                        const ActiveProperty& property,
                                                        const codec::Json& element, Origin origin);
    [[nodiscard]] bool must_revert(const ActiveContext& context, const codec::Json& element);
    [[nodiscard]] Status apply_types(Frame& frame, KeyRange keys);
    [[nodiscard]] Status apply_type(Frame& frame, const Key& key);
    [[nodiscard]] Result<Expansion, LdFault> finish(const Frame& frame);
    [[nodiscard]] Status check_value(const Item& item) const;
    [[nodiscard]] Result<Expansion, LdFault> drop_if_floating(const ActiveProperty& property,
                                                              Expansion expansion) const;
    [[nodiscard]] KeyRange push_keys(const ActiveContext& context, const codec::Json& map);
    void resolve(const ActiveContext& context, Key& key);
    [[nodiscard]] Result<Item*, LdFault> value_item(const ActiveContext& context,
                                                    const TermDefinition* definition,
                                                    const codec::Json* json, std::string_view text);
    [[nodiscard]] Result<Item*, LdFault> reference(ExpandedIri iri, std::string_view text);

    // expand_members.cpp
    [[nodiscard]] Status expand_members(const Frame& frame, KeyRange keys);
    [[nodiscard]] Status expand_member(const Frame& frame, const Key& key);
    [[nodiscard]] Result<Expansion, LdFault> expand_member_value(const Frame& frame,
                                                                 const Key& key);
    [[nodiscard]] Status add_to_reverse(Item& to, std::string_view property, const Items& items);
    [[nodiscard]] Status expand_nest(const Frame& frame, const Key& key);
    [[nodiscard]] Result<Items, LdFault> into_graphs(const Items& items);

    // expand_keywords.cpp
    [[nodiscard]] Status expand_keyword(const Frame& frame, const Key& key);
    [[nodiscard]] Status set_id(const Frame& frame, const codec::Json& value);
    [[nodiscard]] Status set_types(const Frame& frame, const codec::Json& value);
    [[nodiscard]] Status set_included(const Frame& frame, const codec::Json& value);
    [[nodiscard]] Status set_value(const Frame& frame, const codec::Json& value);
    [[nodiscard]] Status set_language(const Frame& frame, const codec::Json& value);
    [[nodiscard]] Status set_list(const Frame& frame, const codec::Json& value);
    [[nodiscard]] Status set_reverse(const Frame& frame, const codec::Json& value);

    // expand_maps.cpp
    [[nodiscard]] Result<Expansion, LdFault> expand_language_map(const Frame& frame,
                                                                 const Key& key);
    [[nodiscard]] Result<Expansion, LdFault> expand_index_map(const Frame& frame, const Key& key);
    [[nodiscard]] Result<Item*, LdFault> index_item(const Frame& frame, const Key& key, Item* item,
                                                    std::string_view index,
                                                    const ExpandedIri& expanded);

    [[nodiscard]] Items as_items(const Expansion& expansion);
    void add_property(Item& item, std::string_view iri, const Items& values) {
        item.properties.push_back(*arena_, {.iri = iri, .values = values});
    }
    [[nodiscard]] bool is_10() const {
        return options_->processing_mode == ProcessingMode::kJsonLd10;
    }
    [[nodiscard]] bool is_safe() const { return options_->strictness == Strictness::kSafe; }

    const LdOptions* options_;
    Arena* arena_;
    ContextProcessor contexts_;
    std::vector<Key> keys_;  // of all open maps
    std::size_t depth_ = 0;
};

/// Whether an IRI can stand in RDF: neither null, nor relative, nor a keyword.
[[nodiscard]] inline bool is_usable(const ExpandedIri& iri) {
    return !is_absent(iri.text) && (has_iri_form(iri.text) || is_blank_id(iri.text));
}

}  // namespace tasdiq::linked
