#include "linked/context_local.hpp"
#include "linked/expand_work.hpp"

namespace tasdiq::linked {

using codec::Json;

/// Steps 13 and 14.
auto Expander::expand_members(const Frame& frame, KeyRange keys) -> Status {
    bool has_nests = false;
    for (std::size_t i = keys.begin; i < keys.end; ++i) {
        const Key key = keys_[i];  // a copy: keys_ grows
        const std::string_view iri = key.iri.text;
        if (key.iri.keyword == Keyword::kNest) has_nests = true;
        if (key.iri.keyword != Keyword::kNone) {
            TRY(expand_keyword(frame, key));
            continue;
        }
        const bool is_dropped = is_absent(iri) || iri.find(':') == iri.npos;  // step 13.3
        if (is_safe() && (is_dropped || !is_usable(key.iri))) {
            return ld_fault(LdError::kDroppedProperty, key.member->key);
        }
        if (!is_dropped) TRY(expand_member(frame, key));
    }
    if (!has_nests) return Ok{};
    for (std::size_t i = keys.begin; i < keys.end; ++i) {
        const Key key = keys_[i];
        if (key.iri.keyword == Keyword::kNest) TRY(expand_nest(frame, key));
    }
    return Ok{};
}

/// Step 14.2.
auto Expander::expand_nest(const Frame& frame, const Key& key) -> Status {
    if (depth_ >= options_->limits.depth_max) return ld_fault(LdError::kTooDeep, key.member->key);
    const DepthGuard guard{depth_};
    const Json& value = key.member->value;
    const std::span<const Json> nested =
        value.is_array() ? std::span<const Json>{value.as_array()} : std::span{&value, 1};
    for (const Json& one : nested) {
        if (!one.is_object()) return ld_fault(LdError::kInvalidNestValue, key.member->key);
        Frame inner = frame;
        inner.property = {.kind = ActiveProperty::Kind::kTerm,
                          .name = key.member->key,
                          .definition = key.definition,
                          .context = frame.context};
        if (key.definition != nullptr && key.definition->context != nullptr) {  // steps 3 and 8
            TRY(inner.context,
                contexts_.scoped(*frame.context, *key.definition, ContextUse::kPropertyScoped));
        }
        const KeyRange keys = push_keys(*inner.context, one);
        Status status = Ok{};
        for (std::size_t i = keys.begin; i < keys.end; ++i) {
            if (keys_[i].iri.keyword == Keyword::kValue) {
                status = ld_fault(LdError::kInvalidNestValue, key.member->key);
            }
        }
        if (status) status = expand_members(inner, keys);
        keys_.resize(keys.begin);
        TRY(status);
    }
    return Ok{};
}

/// Steps 13.5 to 13.14: a property.
auto Expander::expand_member(const Frame& frame, const Key& key) -> Status {
    TRY(Expansion expanded, expand_member_value(frame, key));
    if (expanded.is_null()) return Ok{};  // step 13.10
    const TermDefinition* const definition = key.definition;
    const std::uint8_t containers =
        definition == nullptr ? std::uint8_t{0} : definition->containers;
    const bool is_list = expanded.one != nullptr && expanded.one->has(kHasList);
    if ((containers & kContainerList) != 0 && !is_list) {  // step 13.11
        Item* const list = arena_->make<Item>();
        list->entries = kHasList;
        extra_of(*arena_, *list).list = as_items(expanded);
        expanded = {.one = list, .many = {}, .is_array = false};
    }
    Items items = as_items(expanded);
    if ((containers & kContainerGraph) != 0 &&
        (containers & (kContainerId | kContainerIndex)) == 0) {  // step 13.12
        TRY(items, into_graphs(items));
    }
    if (definition != nullptr && definition->is_reverse) {  // step 13.13
        return add_to_reverse(*frame.result, key.iri.text, items);
    }
    add_property(*frame.result, key.iri.text, items);  // step 13.14
    return Ok{};
}

Result<Expansion, LdFault> Expander::expand_member_value(const Frame& frame, const Key& key) {
    const Json& value = key.member->value;
    if (const TermDefinition* const definition = key.definition) {
        if (definition->type_mapping == TypeMapping::kJson) {  // step 13.6
            Item* const item = arena_->make<Item>();
            item->entries = kHasValue | kHasType;
            item->types.push_back(*arena_, "@json");
            if (value.is_string()) item->text = value.as_string();
            if (!value.is_string()) item->json = &value;
            return Expansion{.one = item, .many = {}, .is_array = false};
        }
        if (value.is_object() && definition->has(kContainerLanguage)) {  // step 13.7
            return expand_language_map(frame, key);
        }
        constexpr unsigned kMaps = kContainerIndex | kContainerType | kContainerId;
        if (value.is_object() && (definition->containers & kMaps) != 0) {  // step 13.8
            return expand_index_map(frame, key);
        }
    }
    const ActiveProperty property{.kind = ActiveProperty::Kind::kTerm,
                                  .name = key.member->key,
                                  .definition = key.definition,
                                  .context = frame.context};
    return expand(*frame.context, property, value);  // step 13.9
}

/// Step 13.12.1. What would stand alone in its graph and say nothing is refused in safe mode.
Result<Items, LdFault> Expander::into_graphs(const Items& items) {
    Items graphs;
    graphs.reserve(*arena_, items.size());
    for (Item* const item : items) {
        const ActiveProperty top{.kind = ActiveProperty::Kind::kGraph, .name = "@graph"};
        if (is_safe()) {
            TRY(drop_if_floating(top, {.one = item, .many = {}, .is_array = false}));
        }
        Item* const graph = arena_->make<Item>();
        graph->entries = kHasGraph;
        extra_of(*arena_, *graph).graph.push_back(*arena_, item);
        graphs.push_back(*arena_, graph);
    }
    return graphs;
}

/// Step 13.13, and 13.4.13.4: the entry is there as soon as something could be in it.
auto Expander::add_to_reverse(Item& to, std::string_view property, const Items& items) -> Status {
    for (const Item* const item : items) {
        if (item->has(kHasValue) || item->has(kHasList)) {
            return ld_fault(LdError::kInvalidReversePropertyValue, property);
        }
    }
    to.entries |= kHasReverse;
    ItemExtra& extra = extra_of(*arena_, to);
    if (!items.empty()) extra.reverse.push_back(*arena_, {.iri = property, .values = items});
    return Ok{};
}

}  // namespace tasdiq::linked
