#include "linked/context_local.hpp"
#include "linked/expand_work.hpp"

namespace tasdiq::linked {

using codec::Json;

namespace {

bool is_scalar_or_null(const Json& value) { return !value.is_array() && !value.is_object(); }

/// The entry that a keyword makes, where having it twice is an error.
unsigned entry_of(Keyword keyword) {
    switch (keyword) {
        case Keyword::kId: return kHasId;
        case Keyword::kType: return kHasType;
        case Keyword::kValue: return kHasValue;
        case Keyword::kLanguage: return kHasLanguage;
        case Keyword::kDirection: return kHasDirection;
        case Keyword::kIndex: return kHasIndex;
        case Keyword::kList: return kHasList;
        case Keyword::kSet: return kHasSet;
        case Keyword::kGraph: return kHasGraph;
        case Keyword::kIncluded: return kHasIncluded;
        case Keyword::kReverse: return kHasReverse;
        default: return 0;  // NOLINT(clang-diagnostic-switch-enum): the others make none
    }
}

}  // namespace

/// Step 13.4.
auto Expander::expand_keyword(const Frame& frame, const Key& key) -> Status {
    const Keyword keyword = key.iri.keyword;
    const Json& value = key.member->value;
    Item& result = *frame.result;
    if (frame.property.kind == ActiveProperty::Kind::kReverse) {  // step 13.4.1
        return ld_fault(LdError::kInvalidReversePropertyMap, key.member->key);
    }
    const bool may_repeat =
        !is_10() && (keyword == Keyword::kIncluded || keyword == Keyword::kType);
    if (!may_repeat && (result.entries & entry_of(keyword)) != 0) {  // step 13.4.2
        return ld_fault(LdError::kCollidingKeywords, key.member->key);
    }
    switch (keyword) {
        case Keyword::kId: return set_id(frame, value);
        case Keyword::kType: return set_types(frame, value);
        case Keyword::kGraph: {  // step 13.4.5
            const ActiveProperty graph{.kind = ActiveProperty::Kind::kGraph, .name = "@graph"};
            TRY(const Expansion expanded, expand(*frame.context, graph, value));
            extra_of(*arena_, result).graph = as_items(expanded);
            result.entries |= kHasGraph;
            return Ok{};
        }
        case Keyword::kIncluded: return set_included(frame, value);
        case Keyword::kValue: return set_value(frame, value);
        case Keyword::kLanguage: return set_language(frame, value);
        case Keyword::kDirection: {  // step 13.4.9
            if (is_10()) return Ok{};
            const auto direction = find_direction(value);
            if (!direction || *direction == Direction::kNone) {
                return ld_fault(LdError::kInvalidBaseDirection, key.member->key);
            }
            result.direction = *direction;
            result.entries |= kHasDirection;
            return Ok{};
        }
        case Keyword::kIndex:  // step 13.4.10
            if (!value.is_string()) return ld_fault(LdError::kInvalidIndexValue, key.member->key);
            result.index = value.as_string();
            result.entries |= kHasIndex;
            return Ok{};
        case Keyword::kList: return set_list(frame, value);
        case Keyword::kSet: {  // step 13.4.12
            TRY(extra_of(*arena_, result).set, expand(*frame.context, frame.property, value));
            result.entries |= kHasSet;
            return Ok{};
        }
        case Keyword::kReverse: return set_reverse(frame, value);
        case Keyword::kNest: return Ok{};  // step 13.4.14: later
        default:  // NOLINT(clang-diagnostic-switch-enum): keywords that mean nothing here
            if (is_safe()) return ld_fault(LdError::kDroppedProperty, key.member->key);
            return Ok{};
    }
}

/// Step 13.4.3.
auto Expander::set_id(const Frame& frame, const Json& value) -> Status {
    const std::string* const text = value.get_string();
    if (text == nullptr) return ld_fault(LdError::kInvalidIdValue, frame.property.name);
    const ExpandedIri iri = expand_id(*frame.context, *text, *arena_);
    if (is_safe() && !is_usable(iri)) {
        return ld_fault(is_absent(iri.text) ? LdError::kReservedId : LdError::kRelativeId, *text);
    }
    frame.result->id = iri.text;
    frame.result->entries |= kHasId;
    return Ok{};
}

/// Step 13.4.4.
auto Expander::set_types(const Frame& frame, const Json& value) -> Status {
    const std::span<const Json> values =
        value.is_array() ? std::span<const Json>{value.as_array()} : std::span{&value, 1};
    Item& result = *frame.result;
    result.types.reserve(*arena_, result.types.size() + values.size());
    for (const Json& one : values) {
        const std::string* const text = one.get_string();
        if (text == nullptr) return ld_fault(LdError::kInvalidTypeValue, frame.property.name);
        const ExpandedIri iri = expand_type(*frame.type_scoped, *text, *arena_);
        if (is_safe() && !is_usable(iri) && iri.keyword != Keyword::kJson) {
            return ld_fault(LdError::kRelativeType, *text);
        }
        result.types.push_back(*arena_, iri.text);
    }
    result.entries |= kHasType;
    return Ok{};
}

/// Step 13.4.6.
auto Expander::set_included(const Frame& frame, const Json& value) -> Status {
    if (is_10()) return Ok{};
    TRY(const Expansion expanded, expand(*frame.context, {}, value));
    // What was dropped as floating is no node object either.
    if (expanded.is_null()) return ld_fault(LdError::kInvalidIncludedValue, frame.property.name);
    for (Item* const item : as_items(expanded)) {
        if (item->has(kHasValue) || item->has(kHasList) || item->has(kHasSet)) {
            return ld_fault(LdError::kInvalidIncludedValue, frame.property.name);
        }
        extra_of(*arena_, *frame.result).included.push_back(*arena_, item);
    }
    frame.result->entries |= kHasIncluded;
    return Ok{};
}

/// Step 13.4.7.
auto Expander::set_value(const Frame& frame, const Json& value) -> Status {
    if (frame.is_json) {
        if (is_10()) return ld_fault(LdError::kInvalidValueObjectValue, frame.property.name);
    } else if (!is_scalar_or_null(value)) {
        return ld_fault(LdError::kInvalidValueObjectValue, frame.property.name);
    }
    if (value.is_string()) frame.result->text = value.as_string();
    if (!value.is_string()) frame.result->json = &value;
    frame.result->entries |= kHasValue;
    return Ok{};
}

/// Step 13.4.8.
auto Expander::set_language(const Frame& frame, const Json& value) -> Status {
    const std::string* const text = value.get_string();
    if (text == nullptr) {
        return ld_fault(LdError::kInvalidLanguageTaggedString, frame.property.name);
    }
    if (is_safe() && !is_language_well_formed(*text)) {
        return ld_fault(LdError::kIllFormedLanguage, *text);
    }
    frame.result->language = lower_case(*text, *arena_);
    frame.result->entries |= kHasLanguage;
    return Ok{};
}

/// Step 13.4.11.
auto Expander::set_list(const Frame& frame, const Json& value) -> Status {
    if (frame.property.is_top()) {
        if (is_safe()) return ld_fault(LdError::kOnlyList, frame.property.name);
        return Ok{};
    }
    TRY(const Expansion expanded,
        expand(*frame.context, frame.property, value, Origin::kElsewhere, Nesting::kInList));
    extra_of(*arena_, *frame.result).list = as_items(expanded);
    frame.result->entries |= kHasList;
    return Ok{};
}

/// Step 13.4.13.
auto Expander::set_reverse(const Frame& frame, const Json& value) -> Status {
    if (!value.is_object()) return ld_fault(LdError::kInvalidReverseValue, frame.property.name);
    const ActiveProperty reverse{.kind = ActiveProperty::Kind::kReverse, .name = "@reverse"};
    TRY(const Expansion expanded, expand(*frame.context, reverse, value));
    if (expanded.one == nullptr) return Ok{};
    if (expanded.one->has(kHasReverse)) {  // properties that are reversed twice
        for (const Property& property : expanded.one->extra->reverse) {
            add_property(*frame.result, property.iri, property.values);
        }
    }
    for (const Property& property : expanded.one->properties) {
        TRY(add_to_reverse(*frame.result, property.iri, property.values));
    }
    return Ok{};
}

}  // namespace tasdiq::linked
