#include <algorithm>

#include "base/sort.hpp"
#include "linked/context_local.hpp"
#include "linked/expand_work.hpp"

namespace tasdiq::linked {

using codec::Json;

namespace {

/// The members of a map in the order of the options.
std::vector<const codec::JsonMember*> members_of(const Json& map, MemberOrder order) {
    std::vector<const codec::JsonMember*> members;
    members.reserve(map.size());
    for (const auto& member : map.as_object()) members.push_back(&member);
    if (kHasAllOptions && order == MemberOrder::kSorted) {
        sort(members, [](const auto* a, const auto* b) { return a->key < b->key; });
    }
    return members;
}

std::span<const Json> as_span(const Json& value) {
    return value.is_array() ? std::span<const Json>{value.as_array()} : std::span{&value, 1};
}

}  // namespace

/// Step 13.7.
Result<Expansion, LdFault> Expander::expand_language_map(const Frame& frame, const Key& key) {
    const Direction direction =
        key.definition->has_direction ? key.definition->direction : frame.context->direction;
    Expansion result{.one = nullptr, .many = {}, .is_array = true};
    for (const auto* const member : members_of(key.member->value, options_->member_order)) {
        const bool has_none =
            expand_vocab(*frame.context, member->key, *arena_).keyword == Keyword::kNoneValue;
        for (const Json& text : as_span(member->value)) {
            if (text.is_null()) continue;  // step 13.7.4.2.1
            if (!text.is_string()) {
                return ld_fault(LdError::kInvalidLanguageMapValue, member->key);
            }
            Item* const item = arena_->make<Item>();
            item->entries = kHasValue;
            item->text = text.as_string();
            if (!has_none) {
                if (is_safe() && !is_language_well_formed(member->key)) {
                    return ld_fault(LdError::kIllFormedLanguage, member->key);
                }
                item->entries |= kHasLanguage;
                item->language = lower_case(member->key, *arena_);
            }
            item->direction = direction;
            if (direction != Direction::kNone) item->entries |= kHasDirection;
            result.many.push_back(*arena_, item);
        }
    }
    return result;
}

/// Step 13.8.
Result<Expansion, LdFault> Expander::expand_index_map(const Frame& frame, const Key& key) {
    const TermDefinition& definition = *key.definition;
    const ActiveProperty property{.kind = ActiveProperty::Kind::kTerm,
                                  .name = key.member->key,
                                  .definition = key.definition,
                                  .context = frame.context};
    Expansion result{.one = nullptr, .many = {}, .is_array = true};
    for (const auto* const member : members_of(key.member->value, options_->member_order)) {
        const std::string_view index = member->key;
        const ActiveContext* context = frame.context;
        if (definition.has(kContainerType)) {  // steps 13.8.3.1 and 13.8.3.2
            if (context->previous != nullptr) context = context->previous;
            const TermDefinition* const type = context->terms.find(index);
            if (type != nullptr && type->context != nullptr) {
                TRY(context, contexts_.scoped(*context, *type, ContextUse::kTypeScoped));
            }
        }
        const ExpandedIri expanded = expand_vocab(*frame.context, index, *arena_);
        for (const Json& value : as_span(member->value)) {  // steps 13.8.3.5 and 13.8.3.6
            TRY(Expansion one, expand(*context, property, value, Origin::kFromMap));
            if (one.is_array && definition.has(kContainerList)) {
                Item* const list = arena_->make<Item>();
                list->entries = kHasList;
                extra_of(*arena_, *list).list = one.many;
                one = {.one = list, .many = {}, .is_array = false};
            }
            for (Item* const item : as_items(one)) {
                TRY(Item* const indexed, index_item(frame, key, item, index, expanded));
                result.many.push_back(*arena_, indexed);
            }
        }
    }
    return result;
}

/// Step 13.8.3.7.
Result<Item*, LdFault> Expander::index_item(const Frame& frame, const Key& key, Item* item,
                                            std::string_view index, const ExpandedIri& expanded) {
    const TermDefinition& definition = *key.definition;
    const bool is_graph = item->has(kHasGraph) && item->has_only(kHasGraph | kHasId | kHasIndex);
    if (definition.has(kContainerGraph) && !is_graph) {  // step 13.8.3.7.1
        Item* const graph = arena_->make<Item>();
        graph->entries = kHasGraph;
        extra_of(*arena_, *graph).graph.push_back(*arena_, item);
        item = graph;
    }
    if (expanded.keyword == Keyword::kNoneValue) return item;
    const bool by_property = !is_absent(definition.index) && definition.index != "@index";
    if (definition.has(kContainerIndex) && by_property) {  // step 13.8.3.7.2
        if (item->has(kHasValue)) return ld_fault(LdError::kInvalidValueObject, index);
        const TermDefinition* const own = frame.context->terms.find(definition.index);
        TRY(Item* const value, value_item(*frame.context, own, nullptr, index));
        const ExpandedIri iri = expand_vocab(*frame.context, definition.index, *arena_);
        if (is_absent(iri.text)) return item;
        Items values;
        values.push_back(*arena_, value);
        item->properties.push_front(*arena_, {.iri = iri.text, .values = values});
    } else if (definition.has(kContainerIndex)) {  // step 13.8.3.7.3
        if (!item->has(kHasIndex)) item->index = index;
        item->entries |= kHasIndex;
    } else if (definition.has(kContainerId)) {  // step 13.8.3.7.4
        if (item->has(kHasValue)) return ld_fault(LdError::kInvalidValueObject, index);
        if (item->has(kHasId)) return item;
        const ExpandedIri id = expand_id(*frame.context, index, *arena_);
        if (is_safe() && !is_usable(id)) return ld_fault(LdError::kRelativeId, index);
        item->id = id.text;
        item->entries |= kHasId;
    } else if (definition.has(kContainerType)) {  // step 13.8.3.7.5
        if (is_safe() && !is_usable(expanded)) return ld_fault(LdError::kRelativeType, index);
        item->types.push_front(*arena_, expanded.text);
        item->entries |= kHasType;
    }
    return item;
}

}  // namespace tasdiq::linked
