#include "linked/expand.hpp"

#include <algorithm>

#include "base/sort.hpp"
#include "linked/context_local.hpp"
#include "linked/expand_work.hpp"

namespace tasdiq::linked {
namespace {

using codec::Json;

Expansion one_item(Item* item) { return {.one = item, .many = {}, .is_array = false}; }

/// Elements of an array, or the value alone: "an array containing only it".
std::span<const Json> as_span(const Json& value) {
    return value.is_array() ? std::span<const Json>{value.as_array()} : std::span{&value, 1};
}

}  // namespace

Result<Items, LdFault> Expander::run(const Json& document) {
    TRY(const ActiveContext* const context, contexts_.initial());
    TRY(const Expansion expansion, expand(*context, {}, document));
    if (expansion.one != nullptr && expansion.one->has_only(kHasGraph)) {
        return expansion.one->extra == nullptr ? Items{} : expansion.one->extra->graph;
    }
    return as_items(expansion);
}

Items Expander::as_items(const Expansion& expansion) {
    if (expansion.is_array) return expansion.many;
    Items items;
    if (expansion.one != nullptr) items.push_back(*arena_, expansion.one);
    return items;
}

Result<Expansion, LdFault> Expander::expand(const ActiveContext& context,
                                            const ActiveProperty& property, const Json& element,
                                            Origin origin, Nesting nesting) {
    switch (element.kind()) {
        case Json::Kind::kNull: return Expansion{};  // step 1
        case Json::Kind::kBoolean:
        case Json::Kind::kNumber:
        case Json::Kind::kString: return expand_scalar(context, property, element);
        case Json::Kind::kArray:
        case Json::Kind::kObject: break;
    }
    if (depth_ >= options_->limits.depth_max) return ld_fault(LdError::kTooDeep, property.name);
    const DepthGuard guard{depth_};
    if (element.is_array()) return expand_array(context, property, element, origin, nesting);
    return expand_map(context, property, element, origin);
}

/// Step 4.
Result<Expansion, LdFault> Expander::expand_scalar(const ActiveContext& context,
                                                   const ActiveProperty& property,
                                                   const Json& element) {
    if (property.is_top()) {
        if (is_safe()) return ld_fault(LdError::kFreeFloatingScalar, property.name);
        return Expansion{};
    }
    const ActiveContext* active = &context;
    const TermDefinition* definition = property.in(context);
    if (definition != nullptr && definition->context != nullptr) {
        TRY(active, contexts_.scoped(context, *definition, ContextUse::kPropertyScoped));
        definition = property.in(*active);
    }
    const std::string* const text = element.get_string();
    TRY(Item* const item,
        value_item(*active, definition, text == nullptr ? &element : nullptr,
                   text == nullptr ? std::string_view{} : std::string_view{*text}));
    return one_item(item);
}

/// Value expansion of `json`, or of `text` where that is null. Spec: JSON-LD 1.1 API §5.3.
Result<Item*, LdFault> Expander::value_item(const ActiveContext& context,
                                            const TermDefinition* definition, const Json* json,
                                            std::string_view text) {
    const TypeMapping mapping =
        definition == nullptr ? TypeMapping::kAbsent : definition->type_mapping;
    const bool is_text = json == nullptr;
    if (is_text && mapping == TypeMapping::kId) {  // step 1
        return reference(expand_id(context, text, *arena_), text);
    }
    if (is_text && mapping == TypeMapping::kVocab) {  // step 2
        return reference(expand_type(context, text, *arena_), text);
    }
    Item* const item = arena_->make<Item>();
    item->entries = kHasValue;  // step 3
    item->json = json;
    item->text = text;
    if (mapping == TypeMapping::kIri || mapping == TypeMapping::kJson) {  // step 4
        item->entries |= kHasType;
        item->types.push_back(*arena_, mapping == TypeMapping::kJson ? "@json" : definition->type);
        return item;
    }
    if (mapping == TypeMapping::kAbsent && !is_text) return item;
    if (!is_text) return item;
    const bool own_language = definition != nullptr && definition->has_language;  // step 5
    item->language = own_language ? definition->language : context.language;
    if (!is_absent(item->language)) item->entries |= kHasLanguage;
    const bool own_direction = definition != nullptr && definition->has_direction;
    item->direction = own_direction ? definition->direction : context.direction;
    if (item->direction != Direction::kNone) item->entries |= kHasDirection;
    return item;
}

Result<Item*, LdFault> Expander::reference(ExpandedIri iri, std::string_view text) {
    if (is_safe() && !is_usable(iri)) {
        return ld_fault(is_absent(iri.text) ? LdError::kReservedId : LdError::kRelativeId, text);
    }
    Item* const item = arena_->make<Item>();
    item->entries = kHasId;
    item->id = iri.text;
    return item;
}

/// Step 5.
Result<Expansion, LdFault> Expander::expand_array(const ActiveContext& context,
                                                  const ActiveProperty& property,
                                                  const Json& element, Origin origin,
                                                  Nesting nesting) {
    const TermDefinition* const definition = property.in(context);
    const bool in_list =
        nesting == Nesting::kInList || (definition != nullptr && definition->has(kContainerList));
    Expansion result{.one = nullptr, .many = {}, .is_array = true};
    result.many.reserve(*arena_, element.size());
    for (const Json& one : element.as_array()) {
        TRY(Expansion expanded, expand(context, property, one, origin));
        if (in_list && expanded.is_array) {  // step 5.2.2
            Item* const list = arena_->make<Item>();
            list->entries = kHasList;
            extra_of(*arena_, *list).list = expanded.many;
            expanded = one_item(list);
        }
        if (expanded.one != nullptr) result.many.push_back(*arena_, expanded.one);
        if (expanded.is_array) {
            for (Item* const item : expanded.many) result.many.push_back(*arena_, item);
        }
    }
    return result;
}

void Expander::resolve(const ActiveContext& context, Key& key) {
    const std::string_view term = key.member->key;
    key.definition = context.terms.find(term);
    key.iri =
        key.definition == nullptr ? expand_undefined(context, term, *arena_) : key.definition->iri;
}

Expander::KeyRange Expander::push_keys(const ActiveContext& context, const Json& map) {
    const std::size_t begin = keys_.size();
    for (const auto& member : map.as_object()) {
        if (member.key == "@context") continue;  // step 13.1
        keys_.push_back({.member = &member, .definition = nullptr, .iri = {}});
        resolve(context, keys_.back());
    }
    if (kHasAllOptions && options_->member_order == MemberOrder::kSorted) {
        sort(std::span{keys_}.subspan(begin),
             [](const Key& a, const Key& b) { return a.member->key < b.member->key; });
    }
    return {.begin = begin, .end = keys_.size()};
}

/// Step 7: whether the scope of a type ends here.
bool Expander::must_revert(const ActiveContext& context, const Json& element) {
    const Json::Object& members = element.as_object();
    for (const auto& member : members) {
        const Keyword keyword = expand_vocab(context, member.key, *arena_).keyword;
        if (keyword == Keyword::kValue) return false;
        if (keyword == Keyword::kId && members.size() == 1) return false;
    }
    return true;
}

Result<Expansion, LdFault> Expander::expand_map(const ActiveContext& context,
                                                const ActiveProperty& property, const Json& element,
                                                Origin origin) {
    const ActiveContext* active = &context;
    const TermDefinition* const definition = property.in(context);  // step 3
    if (active->previous != nullptr && origin == Origin::kElsewhere &&
        must_revert(*active, element)) {
        active = active->previous;  // step 7
    }
    if (definition != nullptr && definition->context != nullptr) {  // step 8
        TRY(active, contexts_.scoped(*active, *definition, ContextUse::kPropertyScoped));
    }
    const bool is_document = depth_ == 1 && property.kind == ActiveProperty::Kind::kNone;
    if (is_document && !options_->context_text.empty()) {  // step 9
        TRY(active, contexts_.embedded(*active, options_->context_text));
    } else if (const Json* const local = element.find("@context")) {
        TRY(active, contexts_.embedded(*active, *local));
    }
    Frame frame{.context = active,
                .type_scoped = active,
                .property = property,
                .result = arena_->make<Item>(),
                .is_json = false};
    const KeyRange keys = push_keys(*active, element);
    Status status = apply_types(frame, keys);
    if (status) {
        frame.result->properties.reserve(*arena_, keys.end - keys.begin);
        status = expand_members(frame, keys);
    }
    keys_.resize(keys.begin);
    if (!status) return std::unexpected{std::move(status).error()};
    TRY(Expansion result, finish(frame));
    const bool is_node =
        result.one == frame.result && !frame.result->has(kHasValue) && !frame.result->has(kHasList);
    if (is_node && options_->nodes != nullptr) options_->nodes->hear(element, *frame.result);
    return result;
}

/// Steps 11 and 12.
auto Expander::apply_types(Frame& frame, KeyRange keys) -> Status {
    std::size_t count = 0;
    std::size_t first = keys.end;
    for (std::size_t i = keys.begin; i < keys.end; ++i) {
        if (keys_[i].iri.keyword != Keyword::kType) continue;
        ++count;
        if (first == keys.end || keys_[i].member->key < keys_[first].member->key) first = i;
    }
    if (count == 0) return Ok{};
    if (count == 1) {
        TRY(apply_type(frame, keys_[first]));
    } else {
        std::vector<Key> sorted;
        for (std::size_t i = keys.begin; i < keys.end; ++i) {
            if (keys_[i].iri.keyword == Keyword::kType) sorted.push_back(keys_[i]);
        }
        sort(sorted, [](const Key& a, const Key& b) { return a.member->key < b.member->key; });
        for (const Key& key : sorted) TRY(apply_type(frame, key));
    }
    const std::span<const Json> values = as_span(keys_[first].member->value);
    const std::string* const last = values.empty() ? nullptr : values.back().get_string();
    if (last != nullptr) {
        frame.is_json = expand_vocab(*frame.context, *last, *arena_).keyword == Keyword::kJson;
    }
    if (frame.context == frame.type_scoped) return Ok{};
    for (std::size_t i = keys.begin; i < keys.end; ++i) resolve(*frame.context, keys_[i]);
    return Ok{};
}

/// Step 11.2.
auto Expander::apply_type(Frame& frame, const Key& key) -> Status {
    const auto apply = [&](std::string_view term) -> Status {
        const TermDefinition* const definition = frame.type_scoped->terms.find(term);
        if (definition == nullptr || definition->context == nullptr) return Ok{};
        TRY(frame.context, contexts_.scoped(*frame.context, *definition, ContextUse::kTypeScoped));
        return Ok{};
    };
    const std::span<const Json> values = as_span(key.member->value);
    if (values.size() == 1) {
        const std::string* const only = values.front().get_string();
        return only == nullptr ? Status{Ok{}} : apply(*only);
    }
    ArenaVector<std::string_view> terms;
    terms.reserve(*arena_, values.size());
    for (const Json& value : values) {
        if (const std::string* const term = value.get_string()) terms.push_back(*arena_, *term);
    }
    sort(terms);
    for (const std::string_view term : terms) TRY(apply(term));
    return Ok{};
}

/// Steps 15 to 20.
Result<Expansion, LdFault> Expander::finish(const Frame& frame) {
    Item& item = *frame.result;
    Expansion result = one_item(&item);
    if (item.has(kHasValue)) {  // step 15
        TRY(check_value(item));
        const bool is_null = item.json != nullptr && item.json->is_null();
        if (is_null && !item.is_json_literal()) {
            if (is_safe()) return ld_fault(LdError::kNullValue, frame.property.name);
            return Expansion{};
        }
    } else if (item.has(kHasSet) || item.has(kHasList)) {  // step 17
        // A single type makes step 16 come first, whatever else there is.
        const bool is_typed = item.has(kHasType) && item.types.size() == 1 && !is_safe();
        const bool is_list = item.has(kHasList);
        if (!is_typed) {
            const bool is_valid = item.has_only((is_list ? kHasList : kHasSet) | kHasIndex);
            if (!is_valid) return ld_fault(LdError::kInvalidSetOrListObject, frame.property.name);
            if (!is_list) result = item.extra->set;
        }
    } else if (item.has(kHasLanguage) && item.has_only(kHasLanguage)) {  // step 18
        if (is_safe()) return ld_fault(LdError::kOnlyLanguage, frame.property.name);
        return Expansion{};
    }
    return drop_if_floating(frame.property, result);
}

auto Expander::check_value(const Item& item) const -> Status {
    constexpr unsigned kAllowed = kHasValue | kHasLanguage | kHasDirection | kHasIndex | kHasType;
    const bool is_tagged = item.has(kHasLanguage) || item.has(kHasDirection);
    if (!item.has_only(kAllowed) || (item.has(kHasType) && is_tagged)) {  // step 15.1
        return ld_fault(LdError::kInvalidValueObject, item.text);
    }
    if (item.is_json_literal() || (item.json != nullptr && item.json->is_null())) return Ok{};
    if (item.json != nullptr && item.has(kHasLanguage)) {  // step 15.4
        return ld_fault(LdError::kInvalidLanguageTaggedValue, item.language);
    }
    if (item.has(kHasType)) {  // step 15.5
        const bool is_valid =
            item.types.size() == 1 && !is_absent(item.types[0]) && has_iri_form(item.types[0]);
        if (!is_valid) return ld_fault(LdError::kInvalidTypedValue, item.text);
    }
    return Ok{};
}

/// Step 19.
Result<Expansion, LdFault> Expander::drop_if_floating(const ActiveProperty& property,
                                                      Expansion expansion) const {
    if (!property.is_top() || expansion.one == nullptr) return expansion;
    const Item& item = *expansion.one;
    const bool is_empty = item.has_only(0);
    const bool is_id = item.has_only(kHasId);
    if (!is_empty && !is_id && !item.has(kHasValue) && !item.has(kHasList)) return expansion;
    if (!is_safe()) return Expansion{};
    if (is_empty) return ld_fault(LdError::kEmptyObject, property.name);
    if (is_id) return ld_fault(LdError::kOnlyId, item.id);
    return ld_fault(item.has(kHasValue) ? LdError::kOnlyValue : LdError::kOnlyList, property.name);
}

Result<Items, LdFault> expand_items(const Json& document, const LdOptions& options,
                                    ContextCache& cache, Arena& arena) {
    ENSURE(options.limits.depth_max <= 1024);
    return Expander{options, cache, arena}.run(document);
}

}  // namespace tasdiq::linked
