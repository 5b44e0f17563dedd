#include <array>
#include <optional>

#include "codec/jcs.hpp"
#include "linked/context_local.hpp"

namespace tasdiq::linked {
namespace {

using codec::Json;

/// Members of a context that define no term: step 5.13 of context processing.
bool is_setting(std::string_view key) {
    switch (find_keyword(key)) {
        case Keyword::kBase:
        case Keyword::kDirection:
        case Keyword::kImport:
        case Keyword::kLanguage:
        case Keyword::kPropagate:
        case Keyword::kProtected:
        case Keyword::kVersion:
        case Keyword::kVocab: return true;
        default: return false;  // NOLINT(clang-diagnostic-switch-enum): those few, of many
    }
}

bool is_definition_member(std::string_view key) {
    constexpr std::array<std::string_view, 11> kMembers{
        "@id",       "@reverse", "@container", "@context",   "@direction", "@index",
        "@language", "@nest",    "@prefix",    "@protected", "@type",
    };
    return std::find(kMembers.begin(), kMembers.end(), key) != kMembers.end();
}

std::optional<std::uint8_t> container_bit(std::string_view name) {
    if (name == "@list") return kContainerList;
    if (name == "@set") return kContainerSet;
    if (name == "@index") return kContainerIndex;
    if (name == "@language") return kContainerLanguage;
    if (name == "@graph") return kContainerGraph;
    if (name == "@id") return kContainerId;
    if (name == "@type") return kContainerType;
    return std::nullopt;
}

/// Step 19.1: the combinations that exist.
bool is_container_valid(unsigned bits, std::size_t count) {
    const unsigned without_set = bits & ~unsigned{kContainerSet};
    if ((bits & kContainerList) != 0) return count == 1;
    if ((bits & kContainerGraph) != 0) {
        const unsigned with = without_set & ~unsigned{kContainerGraph};
        return with == 0 || with == kContainerId || with == kContainerIndex;
    }
    return (without_set & (without_set - 1)) == 0;  // at most one beside @set
}

bool is_gen_delim(char c) { return std::string_view{":/?#[]@"}.find(c) != std::string_view::npos; }

bool is_iri_or_blank(std::string_view text) { return has_iri_form(text) || is_blank_id(text); }

bool is_same_text(std::string_view a, std::string_view b) {
    return is_absent(a) == is_absent(b) && a == b;
}

bool is_same_json(const Json* a, const Json* b) {
    if (a == nullptr || b == nullptr) return a == b;
    return *a == *b || codec::to_jcs(*a) == codec::to_jcs(*b);
}

/// Step 27.1: alike in everything but being protected.
bool is_same(const TermDefinition& a, const TermDefinition& b) {
    return is_same_text(a.iri.text, b.iri.text) && a.type_mapping == b.type_mapping &&
           is_same_text(a.type, b.type) && a.containers == b.containers &&
           a.has_language == b.has_language && is_same_text(a.language, b.language) &&
           a.has_direction == b.has_direction && a.direction == b.direction &&
           is_same_text(a.index, b.index) && is_same_text(a.nest, b.nest) &&
           a.is_prefix == b.is_prefix && a.is_reverse == b.is_reverse &&
           is_same_json(a.context, b.context);
}

/// Errors of scoped contexts that stay what they are; all others become "invalid scoped context".
bool is_error_of_ours(LdError error) {
    return static_cast<std::uint16_t>(error) >= 100 || error == LdError::kContextOverflow;
}

}  // namespace

struct ContextProcessor::Draft {
    std::string_view term;
    const Json* value;         // the map, or null for a simple term
    const Json* id = nullptr;  // the member `@id`, or the simple term's text
    TermDefinition definition = {};
    bool is_ignored = false;  // reserved words: the term is not defined

    [[nodiscard]] const Json* find(std::string_view key) const {
        return value == nullptr ? nullptr : value->find(key);
    }
    [[nodiscard]] bool is_simple() const { return value == nullptr && !id->is_null(); }
};

auto ContextProcessor::define_named(LocalContext& local, std::string_view term) -> Status {
    const auto index = local.keys.find(term);
    if (!index || local.states[*index] == LocalContext::State::kDone) return Ok{};
    return define(local, *index);
}

/// IRI expansion with a local context. Spec: JSON-LD 1.1 API §5.2.2.
Result<ExpandedIri, LdFault> ContextProcessor::expand(LocalContext& local, std::string_view value) {
    if (find_keyword(value) == Keyword::kNone && !has_keyword_form(value)) {
        TRY(define_named(local, value));  // step 3
        const std::size_t colon = value.find(':');
        if (colon != value.npos && colon > 0) {
            const std::string_view prefix = value.substr(0, colon);
            const bool is_iri = prefix == "_" || value.substr(colon + 1).starts_with("//");
            if (!is_iri) TRY(define_named(local, prefix));  // step 6.3
        }
    }
    return expand_vocab(*local.result, value, cache_->arena_);
}

auto ContextProcessor::define(LocalContext& local, std::size_t index) -> Status {
    const codec::JsonMember& member = (*local.members)[index];
    LocalContext::State& state = local.states[index];
    if (state == LocalContext::State::kDone || is_setting(member.key)) return Ok{};
    if (state == LocalContext::State::kBegun) {  // step 1
        return ld_fault(LdError::kCyclicIriMapping, member.key);
    }
    if (depth_ >= kProcessDepthMax) return ld_fault(LdError::kTooDeep, member.key);
    const DepthGuard guard{depth_};
    if (member.key.empty()) return ld_fault(LdError::kInvalidTermDefinition, "");  // step 2
    state = LocalContext::State::kBegun;
    Draft draft{.term = member.key, .value = nullptr};  // step 3; texts live as long as the context
    if (member.value.is_object()) {
        draft.value = &member.value;
        draft.id = member.value.find("@id");
    } else {
        draft.id = &member.value;
    }
    if (find_keyword(draft.term) != Keyword::kNone) {
        TRY(check_keyword_term(draft));
    } else if (has_keyword_form(draft.term)) {  // step 5
        if (is_safe()) return ld_fault(LdError::kReservedTerm, draft.term);
        return Ok{};
    }
    TermTable& terms = local.result->terms;
    const TermDefinition* const previous = terms.find(draft.term);  // step 6
    if (previous != nullptr && !terms.set(cache_->arena_, draft.term, nullptr)) {
        return ld_fault(LdError::kContextOverflow, draft.term);
    }
    if (draft.value == nullptr && !draft.id->is_null() && !draft.id->is_string()) {  // step 9
        return ld_fault(LdError::kInvalidTermDefinition, draft.term);
    }
    draft.definition.is_protected = local.is_protected;  // step 10
    TRY(set_protected(draft));
    TRY(set_type(local, draft));
    TRY(draft.find("@reverse") != nullptr ? set_reverse(local, draft) : set_iri(local, draft));
    if (draft.is_ignored) return Ok{};
    TRY(set_container(draft));
    TRY(set_index(local, draft));
    TRY(set_context(local, draft));
    TRY(set_text_defaults(draft));
    TRY(set_nest(draft));
    TRY(set_prefix(draft));
    if (draft.value != nullptr) {  // step 26
        for (const auto& one : draft.value->as_object()) {
            if (!is_definition_member(one.key)) {
                return ld_fault(LdError::kInvalidTermDefinition, draft.term);
            }
        }
    }
    const TermDefinition* definition = nullptr;
    if (previous != nullptr && previous->is_protected &&
        local.place.protection == Protection::kKept) {  // step 27
        if (!is_same(draft.definition, *previous)) {
            return ld_fault(LdError::kProtectedTermRedefinition, draft.term);
        }
        definition = previous;
    } else {
        definition = cache_->arena_.make<TermDefinition>(draft.definition);
    }
    if (!terms.set(cache_->arena_, draft.term, definition)) {  // step 28
        return ld_fault(LdError::kContextOverflow, draft.term);
    }
    state = LocalContext::State::kDone;
    return Ok{};
}

/// Steps 4 and 5.
auto ContextProcessor::check_keyword_term(const Draft& draft) const -> Status {
    const bool may_be =
        draft.term == "@type" && !is_10() && draft.value != nullptr && draft.value->size() > 0;
    if (!may_be) return ld_fault(LdError::kKeywordRedefinition, draft.term);
    for (const auto& member : draft.value->as_object()) {
        const bool is_set = member.key == "@container" && member.value.is_string() &&
                            member.value.as_string() == "@set";
        if (!is_set && member.key != "@protected") {
            return ld_fault(LdError::kKeywordRedefinition, draft.term);
        }
    }
    return Ok{};
}

/// Step 11.
auto ContextProcessor::set_protected(Draft& draft) -> Status {
    const Json* const value = draft.find("@protected");
    if (value == nullptr) return Ok{};
    const auto is_protected = value->get_boolean();
    if (!is_protected) return ld_fault(LdError::kInvalidProtectedValue, draft.term);
    if (is_10()) return ld_fault(LdError::kInvalidTermDefinition, draft.term);
    draft.definition.is_protected = *is_protected;
    return Ok{};
}

/// Step 12.
auto ContextProcessor::set_type(LocalContext& local, Draft& draft) -> Status {
    const Json* const value = draft.find("@type");
    if (value == nullptr) return Ok{};
    const std::string* const type = value->get_string();
    if (type == nullptr) return ld_fault(LdError::kInvalidTypeMapping, draft.term);
    TRY(const ExpandedIri iri, expand(local, *type));
    TermDefinition& definition = draft.definition;
    switch (iri.keyword) {
        case Keyword::kId: definition.type_mapping = TypeMapping::kId; return Ok{};
        case Keyword::kVocab: definition.type_mapping = TypeMapping::kVocab; return Ok{};
        case Keyword::kJson: definition.type_mapping = TypeMapping::kJson; break;
        case Keyword::kNoneValue: definition.type_mapping = TypeMapping::kNone; break;
        case Keyword::kNone:
            if (is_absent(iri.text) || !has_iri_form(iri.text)) {
                return ld_fault(LdError::kInvalidTypeMapping, draft.term);
            }
            definition.type_mapping = TypeMapping::kIri;
            definition.type = iri.text;
            return Ok{};
        default:  // NOLINT(clang-diagnostic-switch-enum): all other keywords
            return ld_fault(LdError::kInvalidTypeMapping, draft.term);
    }
    if (is_10()) return ld_fault(LdError::kInvalidTypeMapping, draft.term);  // step 12.3
    return Ok{};
}

/// Step 13; what follows it holds for reverse properties, too.
auto ContextProcessor::set_reverse(LocalContext& local, Draft& draft) -> Status {
    const Json& value = *draft.find("@reverse");
    if (draft.id != nullptr || draft.find("@nest") != nullptr) {
        return ld_fault(LdError::kInvalidReverseProperty, draft.term);
    }
    const std::string* const text = value.get_string();
    if (text == nullptr) return ld_fault(LdError::kInvalidIriMapping, draft.term);
    if (has_keyword_form(*text)) {  // step 13.3
        if (is_safe()) return ld_fault(LdError::kReservedReverse, *text);
        draft.is_ignored = true;
        return Ok{};
    }
    TRY(const ExpandedIri iri, expand(local, *text));
    if (is_absent(iri.text) || !is_iri_or_blank(iri.text)) {
        return ld_fault(LdError::kInvalidIriMapping, draft.term);
    }
    if (const Json* const container = draft.find("@container")) {  // step 13.5
        const std::string* const name = container->get_string();
        const bool is_valid =
            container->is_null() || (name != nullptr && (*name == "@set" || *name == "@index"));
        if (!is_valid) return ld_fault(LdError::kInvalidReverseProperty, draft.term);
    }
    draft.definition.iri = iri;
    draft.definition.is_reverse = true;
    return Ok{};
}

/// Steps 14 to 18.
auto ContextProcessor::set_iri(LocalContext& local, Draft& draft) -> Status {
    if (draft.id == nullptr) return set_own_iri(local, draft);
    if (draft.id->is_null()) return Ok{};  // step 14.1
    const std::string* const text = draft.id->get_string();
    if (text == nullptr) return ld_fault(LdError::kInvalidIriMapping, draft.term);
    if (*text == draft.term) return set_own_iri(local, draft);
    return set_mapped_iri(local, draft, *draft.id);
}

/// Step 14.2.
auto ContextProcessor::set_mapped_iri(LocalContext& local, Draft& draft, const Json& id) -> Status {
    const std::string_view text = id.as_string();
    if (find_keyword(text) == Keyword::kNone && has_keyword_form(text)) {  // step 14.2.2
        if (is_safe()) return ld_fault(LdError::kReservedId, text);
        draft.is_ignored = true;
        return Ok{};
    }
    TRY(const ExpandedIri iri, expand(local, text));
    const bool is_valid =
        !is_absent(iri.text) && (iri.keyword != Keyword::kNone || is_iri_or_blank(iri.text));
    if (!is_valid) return ld_fault(LdError::kInvalidIriMapping, draft.term);
    if (iri.keyword == Keyword::kContext) {
        return ld_fault(LdError::kInvalidKeywordAlias, draft.term);
    }
    draft.definition.iri = iri;
    const bool has_slash = draft.term.find('/') != draft.term.npos;
    const std::size_t colon = draft.term.find(':');
    if (has_slash || draft.term.substr(1, draft.term.size() - 2).find(':') != draft.term.npos) {
        local.states[*local.keys.find(draft.term)] = LocalContext::State::kDone;
        TRY(const ExpandedIri own, expand(local, draft.term));
        if (!is_same_text(own.text, iri.text)) {
            return ld_fault(LdError::kInvalidIriMapping, draft.term);
        }
    }
    if (!has_slash && colon == draft.term.npos && draft.is_simple()) {  // step 14.2.5
        draft.definition.is_prefix = iri.keyword == Keyword::kNone && !iri.text.empty() &&
                                     (is_gen_delim(iri.text.back()) || is_blank_id(iri.text));
    }
    return Ok{};
}

/// Steps 15 to 18: the term says itself what it means.
auto ContextProcessor::set_own_iri(LocalContext& local, Draft& draft) -> Status {
    Arena& arena = cache_->arena_;
    const std::string_view term = draft.term;
    ActiveContext& result = *local.result;
    const std::size_t colon = term.find(':', 1);
    if (colon != term.npos) {  // step 15
        const std::string_view prefix = term.substr(0, colon);
        const std::string_view suffix = term.substr(colon + 1);
        const TermDefinition* definition = nullptr;
        if (prefix != "_" && !suffix.starts_with("//")) {
            TRY(define_named(local, prefix));
            definition = result.terms.find(prefix);
        }
        const bool is_compact = definition != nullptr && !is_absent(definition->iri.text);
        draft.definition.iri.text = is_compact ? arena.join(definition->iri.text, suffix) : term;
        return Ok{};
    }
    if (term.find('/') != term.npos) {  // step 16
        draft.definition.iri = expand_undefined(result, term, arena);
        if (!has_iri_form(draft.definition.iri.text)) {
            return ld_fault(LdError::kInvalidIriMapping, term);
        }
        return Ok{};
    }
    if (term == "@type") {  // step 17
        draft.definition.iri = {.text = term, .keyword = Keyword::kType};
        return Ok{};
    }
    if (is_absent(result.vocab)) return ld_fault(LdError::kInvalidIriMapping, term);  // step 18
    draft.definition.iri.text = arena.join(result.vocab, term);
    return Ok{};
}

/// Step 19.
auto ContextProcessor::set_container(Draft& draft) const -> Status {
    const Json* const value = draft.find("@container");
    if (value == nullptr || (value->is_null() && draft.definition.is_reverse)) return Ok{};
    const auto invalid = ld_fault(LdError::kInvalidContainerMapping, draft.term);
    const std::span<const Json> names =
        value->is_array() ? std::span<const Json>{value->as_array()} : std::span{value, 1};
    unsigned bits = 0;
    for (const Json& name : names) {
        const std::string* const text = name.get_string();
        const auto bit = text == nullptr ? std::nullopt : container_bit(*text);
        if (!bit || (bits & *bit) != 0) return invalid;  // each once
        bits |= *bit;
    }
    if (names.empty() || !is_container_valid(bits, names.size())) return invalid;
    constexpr unsigned kNewer = kContainerGraph | kContainerId | kContainerType;
    if (is_10() && (value->is_array() || (bits & kNewer) != 0)) return invalid;  // step 19.2
    draft.definition.containers = static_cast<std::uint8_t>(bits);
    if ((bits & kContainerType) != 0) {  // step 19.4
        TypeMapping& mapping = draft.definition.type_mapping;
        if (mapping == TypeMapping::kAbsent) mapping = TypeMapping::kId;
        if (mapping != TypeMapping::kId && mapping != TypeMapping::kVocab) {
            return ld_fault(LdError::kInvalidTypeMapping, draft.term);
        }
    }
    return Ok{};
}

/// Step 20.
auto ContextProcessor::set_index(LocalContext& local, Draft& draft) -> Status {
    const Json* const value = draft.find("@index");
    if (value == nullptr) return Ok{};
    const std::string* const text = value->get_string();
    if (is_10() || !draft.definition.has(kContainerIndex) || text == nullptr) {
        return ld_fault(LdError::kInvalidTermDefinition, draft.term);
    }
    TRY(const ExpandedIri iri, expand(local, *text));
    if (is_absent(iri.text) || !has_iri_form(iri.text)) {
        return ld_fault(LdError::kInvalidTermDefinition, draft.term);
    }
    draft.definition.index = *text;
    return Ok{};
}

/// Step 21. The scoped context is tried out and what it gives is thrown away.
auto ContextProcessor::set_context(LocalContext& local, Draft& draft) -> Status {
    const Json* const context = draft.find("@context");
    if (context == nullptr) return Ok{};
    if (is_10()) return ld_fault(LdError::kInvalidTermDefinition, draft.term);
    draft.definition.context = context;
    draft.definition.context_base = local.place.base_url;

    TRY(spend_terms(local.result->terms.size() + 1));
    const Arena::Mark mark = cache_->arena_.mark();
    ActiveContext trial = *local.result;
    trial.terms = trial.terms.clone(cache_->arena_);
    const Place place{.base_url = local.place.base_url,
                      .protection = Protection::kOverridden,
                      .validation = Validation::kOncePerUrl};
    const Status status = process(trial, *local.result, *context, place);
    cache_->arena_.rewind(mark);
    if (status) return Ok{};
    if (is_error_of_ours(status.error().error)) return std::unexpected{status.error()};
    return ld_fault(LdError::kInvalidScopedContext, draft.term);
}

/// Steps 22 and 23.
auto ContextProcessor::set_text_defaults(Draft& draft) -> Status {
    if (draft.find("@type") != nullptr) return Ok{};
    TermDefinition& definition = draft.definition;
    if (const Json* const value = draft.find("@language")) {
        const std::string* const text = value->get_string();
        if (text == nullptr && !value->is_null()) {
            return ld_fault(LdError::kInvalidLanguageMapping, draft.term);
        }
        if (text != nullptr && is_safe() && !is_language_well_formed(*text)) {
            return ld_fault(LdError::kIllFormedLanguage, *text);
        }
        definition.has_language = true;
        if (text != nullptr) definition.language = lower_case(*text, cache_->arena_);
    }
    if (const Json* const value = draft.find("@direction")) {
        const auto direction = find_direction(*value);
        if (!direction) return ld_fault(LdError::kInvalidBaseDirection, draft.term);
        definition.has_direction = true;
        definition.direction = *direction;
    }
    return Ok{};
}

/// Step 24.
auto ContextProcessor::set_nest(Draft& draft) -> Status {
    const Json* const value = draft.find("@nest");
    if (value == nullptr) return Ok{};
    if (is_10()) return ld_fault(LdError::kInvalidTermDefinition, draft.term);
    const std::string* const text = value->get_string();
    if (text == nullptr || (find_keyword(*text) != Keyword::kNone && *text != "@nest")) {
        return ld_fault(LdError::kInvalidNestValue, draft.term);
    }
    draft.definition.nest = *text;
    return Ok{};
}

/// Step 25.
auto ContextProcessor::set_prefix(Draft& draft) const -> Status {
    const Json* const value = draft.find("@prefix");
    if (value == nullptr) return Ok{};
    if (is_10() || draft.term.find_first_of(":/") != draft.term.npos) {
        return ld_fault(LdError::kInvalidTermDefinition, draft.term);
    }
    const auto is_prefix = value->get_boolean();
    if (!is_prefix) return ld_fault(LdError::kInvalidPrefixValue, draft.term);
    if (*is_prefix && draft.definition.iri.keyword != Keyword::kNone) {
        return ld_fault(LdError::kInvalidTermDefinition, draft.term);
    }
    draft.definition.is_prefix = *is_prefix;
    return Ok{};
}

}  // namespace tasdiq::linked
