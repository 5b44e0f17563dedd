#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "linked/context.hpp"
#include "linked/context_cache.hpp"
#include "linked/error.hpp"
#include "linked/options.hpp"

namespace tasdiq::linked {

/// Context processing for one document: with the notes of the cache, within the limits of the
/// options. Spec: JSON-LD 1.1 API §4.1, §4.2.
class ContextProcessor {
  public:
    /// Makes room in `cache` if needed. All three must outlive it.
    ContextProcessor(ContextCache& cache, const LdOptions& options);

    /// The context that a document starts with: the base, and `options.expand_context`.
    [[nodiscard]] Result<const ActiveContext*, LdFault> initial();
    /// `active` with the value of a document's `@context`.
    [[nodiscard]] Result<const ActiveContext*, LdFault> embedded(const ActiveContext& active,
                                                                 const codec::Json& local);
    /// The same for a value that is given as its JSON text.
    [[nodiscard]] Result<const ActiveContext*, LdFault> embedded(const ActiveContext& active,
                                                                 std::string_view local_text);
    /// `active` with the scoped context of `definition`, which must have one.
    [[nodiscard]] Result<const ActiveContext*, LdFault> scoped(const ActiveContext& active,
                                                               const TermDefinition& definition,
                                                               ContextUse use);

  private:
    using Status = Result<Ok, LdFault>;

    enum class Protection : std::uint8_t { kKept, kOverridden };
    enum class Validation : std::uint8_t { kAll, kOncePerUrl };

    /// Where a local context stands.
    struct Place {
        std::string_view base_url;
        Protection protection = Protection::kKept;
        Validation validation = Validation::kAll;
        bool propagate = true;
    };

    /// One map of a local context, while its terms are being defined.
    struct LocalContext;

    [[nodiscard]] Result<const ActiveContext*, LdFault> element(const ActiveContext& active,
                                                                const codec::Json& local,
                                                                ContextUse use);
    [[nodiscard]] Result<const ActiveContext*, LdFault> make(const ActiveContext& active,
                                                             const codec::Json& local,
                                                             const Place& place);
    [[nodiscard]] Status process(ActiveContext& result, const ActiveContext& active,
                                 const codec::Json& local, Place place);
    [[nodiscard]] Status process_null(ActiveContext& result, const Place& place);
    [[nodiscard]] Status process_url(ActiveContext& result, std::string_view reference,
                                     const Place& place);
    [[nodiscard]] Status process_map(ActiveContext& result, const codec::Json& map,
                                     const Place& place);
    [[nodiscard]] Status set_globals(ActiveContext& result, const codec::Json& map);
    [[nodiscard]] Status set_version(const codec::Json& map) const;
    [[nodiscard]] Status set_base(ActiveContext& result, const codec::Json& map);
    [[nodiscard]] Status set_vocab(ActiveContext& result, const codec::Json& map);
    [[nodiscard]] Status set_language(ActiveContext& result, const codec::Json& map);
    [[nodiscard]] Status set_direction(ActiveContext& result, const codec::Json& map) const;
    [[nodiscard]] Result<const codec::Json*, LdFault> import_into(const codec::Json& map,
                                                                  const Place& place);
    [[nodiscard]] Result<const codec::Json*, LdFault> load(std::string_view url);

    // context_term.cpp
    [[nodiscard]] Status define(LocalContext& local, std::size_t index);
    [[nodiscard]] Status define_named(LocalContext& local, std::string_view term);
    [[nodiscard]] Result<ExpandedIri, LdFault> expand(LocalContext& local, std::string_view value);
    /// One term: the value of its member, and what is known of it so far.
    struct Draft;
    [[nodiscard]] Status check_keyword_term(const Draft& draft) const;
    [[nodiscard]] Status set_protected(Draft& draft);
    [[nodiscard]] Status set_type(LocalContext& local, Draft& draft);
    [[nodiscard]] Status set_reverse(LocalContext& local, Draft& draft);
    [[nodiscard]] Status set_iri(LocalContext& local, Draft& draft);
    [[nodiscard]] Status set_mapped_iri(LocalContext& local, Draft& draft, const codec::Json& id);
    [[nodiscard]] Status set_own_iri(LocalContext& local, Draft& draft);
    [[nodiscard]] Status set_container(Draft& draft) const;
    [[nodiscard]] Status set_index(LocalContext& local, Draft& draft);
    [[nodiscard]] Status set_context(LocalContext& local, Draft& draft);
    [[nodiscard]] Status set_text_defaults(Draft& draft);
    [[nodiscard]] Status set_nest(Draft& draft);
    [[nodiscard]] Status set_prefix(Draft& draft) const;

    [[nodiscard]] const ActiveContext* freeze(const ActiveContext& context);
    [[nodiscard]] Status spend_terms(std::size_t count);
    [[nodiscard]] bool is_10() const {
        return options_->processing_mode == ProcessingMode::kJsonLd10;
    }
    [[nodiscard]] bool is_safe() const { return options_->strictness == Strictness::kSafe; }

    ContextCache* cache_;
    const LdOptions* options_;
    std::size_t contexts_left_;
    std::size_t terms_left_;
    std::size_t depth_ = 0;                  // of processing and defining, on our stack
    std::vector<std::string_view> remotes_;  // URLs of the contexts that we are inside of
};

}  // namespace tasdiq::linked
