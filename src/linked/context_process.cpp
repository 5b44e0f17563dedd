#include "linked/context_process.hpp"

#include <cstring>
#include <utility>

#include "codec/number.hpp"
#include "linked/context_local.hpp"

namespace tasdiq::linked {
namespace {

using codec::Json;

// What a cache keeps from one document to the next.
constexpr std::size_t kContextsKept = 1024;
constexpr std::size_t kTermsKept = std::size_t{1} << 18;

class Fingerprint {
  public:
    [[nodiscard]] static std::uint64_t of(const Json& value) {
        Fingerprint fingerprint;
        fingerprint.add(value);
        return fingerprint.state_;
    }

  private:
    void add(std::uint64_t word) {
        state_ = (state_ ^ word) * 0x9E37'79B9'7F4A'7C15;
        state_ ^= state_ >> 32;
    }
    void add(std::string_view text) {
        add(text.size());
        const char* at = text.data();
        std::size_t left = text.size();
        for (; left >= 8; left -= 8, at += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, at, 8);
            add(word);
        }
        if (left > 0) {
            std::uint64_t word = 0;
            std::memcpy(&word, at, left);
            add(word);
        }
    }
    void add(const Json& value) {
        add(static_cast<std::uint64_t>(value.kind()));
        if (const auto* text = value.get_string()) return add(std::string_view{*text});
        if (const auto truth = value.get_boolean()) return add(std::uint64_t{*truth});
        if (const auto* members = value.get_object()) {
            for (const auto& member : *members) {
                add(std::string_view{member.key});
                add(member.value);
            }
        }
        if (const auto* elements = value.get_array()) {
            for (const Json& one : *elements) add(one);
        }
    }

    std::uint64_t state_ = 0;
};

std::string describe(const Json& value) {
    const std::string* const text = value.get_string();
    return text == nullptr ? std::string{} : *text;
}

}  // namespace

void ContextCache::clear() {
    arena_.clear();
    kept_.clear();
    initials_.clear();
    made_count_ = 0;
    term_count_ = 0;
}

void ContextCache::clear_if_large() {
    if (made_count_ > kContextsKept || term_count_ > kTermsKept) clear();
}

ContextProcessor::ContextProcessor(ContextCache& cache, const LdOptions& options)
    : cache_{&cache},
      options_{&options},
      contexts_left_{options.limits.contexts_max},
      terms_left_{options.limits.terms_max} {
    cache_->clear_if_large();
}

Result<const ActiveContext*, LdFault> ContextProcessor::initial() {
    const ActiveContext* context = nullptr;
    for (const ContextCache::Initial& one : cache_->initials_) {
        if (one.base == options_->base && one.mode == options_->processing_mode &&
            one.strictness == options_->strictness) {
            context = one.context;
        }
    }
    if (context == nullptr) {
        auto* const made = cache_->arena_.make<ActiveContext>();
        const std::string_view base = cache_->arena_.copy(options_->base);
        if (!base.empty()) made->base = made->original_base = base;
        cache_->initials_.push_back({.base = base,
                                     .mode = options_->processing_mode,
                                     .strictness = options_->strictness,
                                     .context = made});
        ++cache_->made_count_;
        context = made;
    }
    if (options_->expand_context == nullptr) return context;
    const Json* const inner = options_->expand_context->find("@context");
    return embedded(*context, inner == nullptr ? *options_->expand_context : *inner);
}

Result<const ActiveContext*, LdFault> ContextProcessor::embedded(const ActiveContext& active,
                                                                 const Json& local) {
    const Json::Array* const elements = local.get_array();
    if (elements == nullptr) return element(active, local, ContextUse::kEmbedded);
    const ActiveContext* result = &active;
    for (const Json& one : *elements) {
        if (one.is_array()) return ld_fault(LdError::kInvalidLocalContext, "@context");  // step 5.3
        TRY(result, element(*result, one, ContextUse::kEmbeddedElement));
    }
    return result;
}

Result<const ActiveContext*, LdFault> ContextProcessor::embedded(const ActiveContext& active,
                                                                 std::string_view local_text) {
    for (const ContextMemo* memo = active.memo; memo != nullptr; memo = memo->next) {
        if (!is_absent(memo->text) && memo->text == local_text) return memo->result;
    }
    const auto local = codec::parse_json(local_text);
    if (!local) return ld_fault(LdError::kInvalidLocalContext, "@context");
    TRY(const ActiveContext* const result, embedded(active, *local));
    const std::string_view kept = cache_->arena_.copy(local_text);
    active.memo = cache_->arena_.make<ContextMemo>(ContextUse::kEmbedded, std::uint64_t{0}, nullptr,
                                                   result, active.memo, kept);
    cache_->term_count_ += kept.size() / sizeof(TermDefinition);  // what it takes of the memory
    return result;
}

Result<const ActiveContext*, LdFault> ContextProcessor::element(const ActiveContext& active,
                                                                const Json& local, ContextUse use) {
    const std::uint64_t hash = Fingerprint::of(local);
    for (const ContextMemo* memo = active.memo; memo != nullptr; memo = memo->next) {
        const bool is_same = memo->hash == hash && memo->use == use && memo->local != nullptr;
        if (is_same && *memo->local == local) return memo->result;
    }
    const Json& kept = cache_->kept_.emplace_back(local);
    Place place{.base_url = cache_->arena_.copy(options_->base)};
    if (use == ContextUse::kEmbedded && kept.is_object()) {
        const Json* const propagate = kept.find("@propagate");  // step 2
        if (propagate != nullptr) place.propagate = propagate->get_boolean().value_or(true);
    }
    TRY(const ActiveContext* const result, make(active, kept, place));
    active.memo = cache_->arena_.make<ContextMemo>(use, hash, &kept, result, active.memo);
    return result;
}

Result<const ActiveContext*, LdFault> ContextProcessor::scoped(const ActiveContext& active,
                                                               const TermDefinition& definition,
                                                               ContextUse use) {
    const Json& local = *definition.context;
    for (const ContextMemo* memo = active.memo; memo != nullptr; memo = memo->next) {
        if (memo->local == &local && memo->use == use) return memo->result;
    }
    Place place{.base_url = definition.context_base};
    if (use == ContextUse::kPropertyScoped) place.protection = Protection::kOverridden;
    if (use == ContextUse::kTypeScoped) place.propagate = false;
    const Json* const propagate = local.find("@propagate");  // step 2
    if (propagate != nullptr) place.propagate = propagate->get_boolean().value_or(place.propagate);
    TRY(const ActiveContext* const result, make(active, local, place));
    active.memo =
        cache_->arena_.make<ContextMemo>(use, std::uint64_t{0}, &local, result, active.memo);
    return result;
}

Result<const ActiveContext*, LdFault> ContextProcessor::make(const ActiveContext& active,
                                                             const Json& local,
                                                             const Place& place) {
    if (contexts_left_ == 0) return ld_fault(LdError::kContextOverflow, "too many contexts");
    --contexts_left_;
    TRY(spend_terms(active.terms.size()));
    auto* const result = cache_->arena_.make<ActiveContext>(active);
    result->terms = active.terms.clone(cache_->arena_);
    result->memo = nullptr;
    ++cache_->made_count_;
    TRY(process(*result, active, local, place));
    return result;
}

auto ContextProcessor::spend_terms(std::size_t count) -> Status {
    if (count > terms_left_) return ld_fault(LdError::kContextOverflow, "too many terms");
    terms_left_ -= count;
    cache_->term_count_ += count;
    return Ok{};
}

const ActiveContext* ContextProcessor::freeze(const ActiveContext& context) {
    auto* const frozen = cache_->arena_.make<ActiveContext>(context);
    frozen->terms = context.terms.clone(cache_->arena_);
    frozen->memo = nullptr;
    return frozen;
}

/// `result` is changed in place; `active` is what it was before, if that is kept somewhere.
auto ContextProcessor::process(ActiveContext& result, const ActiveContext& active,
                               const Json& local, Place place) -> Status {
    if (depth_ >= kProcessDepthMax) return ld_fault(LdError::kTooDeep, "@context");
    const DepthGuard guard{depth_};
    if (!place.propagate && result.previous == nullptr) result.previous = &active;  // step 3
    const std::span<const Json> items =
        local.is_array() ? std::span<const Json>{local.as_array()} : std::span{&local, 1};  // 4
    for (const Json& item : items) {                                                        // 5
        if (item.is_null()) {
            TRY(process_null(result, place));
        } else if (const std::string* const url = item.get_string()) {
            TRY(process_url(result, *url, place));
        } else if (item.is_object()) {
            TRY(process_map(result, item, place));
        } else {
            return ld_fault(LdError::kInvalidLocalContext, "@context");  // step 5.3
        }
    }
    return Ok{};
}

/// Step 5.1.
auto ContextProcessor::process_null(ActiveContext& result, const Place& place) -> Status {
    if (place.protection == Protection::kKept && result.terms.has_protected()) {
        return ld_fault(LdError::kInvalidContextNullification, "@context");
    }
    ActiveContext empty;
    empty.base = empty.original_base = result.original_base;
    if (!place.propagate) {
        TRY(spend_terms(result.terms.size()));
        empty.previous = freeze(result);
    }
    result = empty;
    return Ok{};
}

Result<const Json*, LdFault> ContextProcessor::load(std::string_view url) {
    const Json* const document = cache_->loader_->load(url);
    if (document == nullptr) return ld_fault(LdError::kLoadingRemoteContextFailed, url);
    const Json* const context = document->find("@context");
    if (context == nullptr) return ld_fault(LdError::kInvalidRemoteContext, url);
    return context;
}

/// Step 5.2.
auto ContextProcessor::process_url(ActiveContext& result, std::string_view reference,
                                   const Place& place) -> Status {
    const std::string resolved = resolve_iri(place.base_url, reference);
    if (!has_iri_form(resolved)) return ld_fault(LdError::kLoadingDocumentFailed, reference);
    if (place.validation == Validation::kOncePerUrl &&  // step 5.2.2
        std::find(remotes_.begin(), remotes_.end(), resolved) != remotes_.end()) {
        return Ok{};
    }
    if (remotes_.size() >= options_->limits.remote_contexts_max) {  // step 5.2.3
        return ld_fault(LdError::kContextOverflow, reference);
    }
    const std::string_view url = cache_->arena_.copy(resolved);
    TRY(const Json* const context, load(url));

    // An item's own copy of `remotes_`: what it adds is gone behind it. Overriding goes on in the
    // remote context, as all processors have it.
    Place remote{.base_url = url, .protection = place.protection, .validation = place.validation};
    const Json* const propagate = context->find("@propagate");
    if (propagate != nullptr) remote.propagate = propagate->get_boolean().value_or(true);
    const ActiveContext* before = &result;
    if (!remote.propagate && result.previous == nullptr) {
        TRY(spend_terms(result.terms.size()));
        before = freeze(result);
    }
    remotes_.push_back(url);
    const Status status = process(result, *before, *context, remote);
    remotes_.pop_back();
    return status;
}

/// Steps 5.4 to 5.13.
auto ContextProcessor::process_map(ActiveContext& result, const Json& given, const Place& place)
    -> Status {
    TRY(set_version(given));
    TRY(const Json* const map, import_into(given, place));
    TRY(spend_terms(map->size() + 1));
    TRY(set_globals(result, *map));
    LocalContext local{result, *map, place};
    if (const Json* const all = map->find("@protected")) {
        local.is_protected = all->get_boolean().value_or(false);
    }
    for (std::size_t i = 0; i < local.members->size(); ++i) TRY(define(local, i));
    return Ok{};
}

auto ContextProcessor::set_globals(ActiveContext& result, const Json& map) -> Status {
    if (remotes_.empty()) TRY(set_base(result, map));
    TRY(set_vocab(result, map));
    TRY(set_language(result, map));
    TRY(set_direction(result, map));
    if (const Json* const propagate = map.find("@propagate")) {  // step 5.11
        if (is_10()) return ld_fault(LdError::kInvalidContextEntry, "@propagate");
        if (!propagate->is_boolean()) {
            return ld_fault(LdError::kInvalidPropagateValue, "@propagate");
        }
    }
    return Ok{};
}

/// Step 5.5.
auto ContextProcessor::set_version(const Json& map) const -> Status {
    const Json* const version = map.find("@version");
    if (version == nullptr) return Ok{};
    const std::string text =
        version->is_number() ? codec::to_ecmascript(version->as_number()) : std::string{};
    if (text != "1.1" && text != "1.2")
        return ld_fault(LdError::kInvalidVersionValue, describe(*version));
    if (is_10()) return ld_fault(LdError::kProcessingModeConflict, "@version");
    return Ok{};
}

/// Step 5.6.
Result<const Json*, LdFault> ContextProcessor::import_into(const Json& map, const Place& place) {
    const Json* const import = map.find("@import");
    if (import == nullptr) return &map;
    if (is_10()) return ld_fault(LdError::kInvalidContextEntry, "@import");
    const std::string* const reference = import->get_string();
    if (reference == nullptr) return ld_fault(LdError::kInvalidImportValue, "@import");
    const std::string url = resolve_iri(place.base_url, *reference);
    if (!has_iri_form(url)) return ld_fault(LdError::kLoadingRemoteContextFailed, *reference);
    TRY(const Json* const imported, load(url));
    if (!imported->is_object()) return ld_fault(LdError::kInvalidRemoteContext, url);
    if (imported->find("@import") != nullptr) {
        return ld_fault(LdError::kInvalidContextEntry, "@import");
    }
    TRY(spend_terms(imported->size()));

    Json::Object merged;
    const KeyIndex own{map.as_object()};
    for (const auto& member : imported->as_object()) {
        if (!own.find(member.key)) merged.push_back(member);
    }
    for (const auto& member : map.as_object()) merged.push_back(member);
    return &cache_->kept_.emplace_back(std::move(merged));
}

/// Step 5.7.
auto ContextProcessor::set_base(ActiveContext& result, const Json& map) -> Status {
    const Json* const value = map.find("@base");
    if (value == nullptr) return Ok{};
    if (value->is_null()) {
        result.base = {};
        return Ok{};
    }
    const std::string* const text = value->get_string();
    if (text == nullptr) return ld_fault(LdError::kInvalidBaseIri, "@base");
    if (has_iri_form(*text)) {
        result.base = cache_->arena_.copy(*text);
    } else if (!is_absent(result.base)) {
        result.base = cache_->arena_.copy(resolve_iri(result.base, *text));
    } else {
        return ld_fault(LdError::kInvalidBaseIri, *text);
    }
    return Ok{};
}

/// Step 5.8.
auto ContextProcessor::set_vocab(ActiveContext& result, const Json& map) -> Status {
    const Json* const value = map.find("@vocab");
    if (value == nullptr) return Ok{};
    if (value->is_null()) {
        result.vocab = {};
        return Ok{};
    }
    const std::string* const text = value->get_string();
    if (text == nullptr) return ld_fault(LdError::kInvalidVocabMapping, "@vocab");
    if (is_10() && !has_iri_form(*text) && !is_blank_id(*text)) {
        return ld_fault(LdError::kInvalidVocabMapping, *text);
    }
    // It may be a term, a compact IRI, or relative to the vocabulary so far or else to the base.
    const ExpandedIri iri = expand_type(result, *text, cache_->arena_);
    if (is_absent(iri.text) || iri.keyword != Keyword::kNone) {
        return ld_fault(LdError::kInvalidVocabMapping, *text);
    }
    if (is_safe() && !has_iri_form(iri.text) && !is_blank_id(iri.text)) {
        return ld_fault(LdError::kRelativeVocab, *text);
    }
    result.vocab = cache_->arena_.copy(iri.text);
    return Ok{};
}

/// Step 5.9. Tags are lower case for us: signatures of all processors must agree on them.
auto ContextProcessor::set_language(ActiveContext& result, const Json& map) -> Status {
    const Json* const value = map.find("@language");
    if (value == nullptr) return Ok{};
    if (value->is_null()) {
        result.language = {};
        return Ok{};
    }
    const std::string* const text = value->get_string();
    if (text == nullptr) return ld_fault(LdError::kInvalidDefaultLanguage, "@language");
    if (is_safe() && !is_language_well_formed(*text)) {
        return ld_fault(LdError::kIllFormedLanguage, *text);
    }
    result.language = lower_case(*text, cache_->arena_);
    return Ok{};
}

/// Step 5.10.
auto ContextProcessor::set_direction(ActiveContext& result, const Json& map) const -> Status {
    const Json* const value = map.find("@direction");
    if (value == nullptr) return Ok{};
    if (is_10()) return ld_fault(LdError::kInvalidContextEntry, "@direction");
    const auto direction = find_direction(*value);
    if (!direction) return ld_fault(LdError::kInvalidBaseDirection, describe(*value));
    result.direction = *direction;
    return Ok{};
}

}  // namespace tasdiq::linked
