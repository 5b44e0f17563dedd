#include "linked/to_rdf.hpp"

#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "codec/jcs.hpp"
#include "codec/number.hpp"
#include "linked/context_local.hpp"
#include "linked/expand.hpp"

namespace tasdiq::linked {
namespace {

using codec::Json;

constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view kRdfFirst = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
constexpr std::string_view kRdfRest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
constexpr std::string_view kRdfNil = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
constexpr std::string_view kRdfJson = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";
constexpr std::string_view kRdfValue = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value";
constexpr std::string_view kRdfLanguage = "http://www.w3.org/1999/02/22-rdf-syntax-ns#language";
constexpr std::string_view kRdfDirection = "http://www.w3.org/1999/02/22-rdf-syntax-ns#direction";
constexpr std::string_view kXsdBoolean = "http://www.w3.org/2001/XMLSchema#boolean";
constexpr std::string_view kXsdDouble = "http://www.w3.org/2001/XMLSchema#double";
constexpr std::string_view kXsdInteger = "http://www.w3.org/2001/XMLSchema#integer";
constexpr std::string_view kI18n = "https://www.w3.org/ns/i18n#";

/// An IRI as far as N-Quads and the fragment go: a second `#` has no place in one.
bool is_well_formed(std::string_view iri) {
    if (is_absent(iri) || !has_scheme(iri) || !is_iri_text(iri)) return false;  // no space either
    const std::size_t fragment = iri.find('#');
    return fragment == iri.npos || iri.find('#', fragment + 1) == iri.npos;
}

/// A term that nothing can be said of or with: not well-formed.
bool is_nothing(const Term& term) { return term.kind == TermKind::kDefaultGraph; }

/// Makes quads while it goes through the items once. A node map would bring equal statements
/// together, which a set of quads does by itself; what is left of it here are the new labels of
/// blank nodes, the check of indexes, and compound literals, which must not be made twice.
class QuadMaker {
  public:
    QuadMaker(const LdOptions& options, Dataset& dataset)
        : options_{&options}, dataset_{&dataset} {}

    [[nodiscard]] Result<Ok, LdFault> run(const Items& items) { return add_all(items, {}); }

  private:
    using Status = Result<Ok, LdFault>;

    /// The graph that statements go to.
    struct Graph {
        Term term;              // the default graph, unless it has a name
        std::string_view name;  // as in the document
        bool is_kept = true;    // its name is well-formed
    };

    Status add_all(const Items& items, const Graph& graph) {
        for (const Item* const item : items) TRY(add_node(*item, graph));
        return Ok{};
    }

    void add(const Graph& graph, const Term& subject, const Term& predicate, const Term& object) {
        if (graph.is_kept) dataset_->add({subject, predicate, object, graph.term});
    }

    Term new_blank() {
        std::array<char, 1 + 20> label{};
        std::size_t at = label.size();
        std::size_t number = blank_count_++;
        do {
            label[--at] = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number != 0);
        label[--at] = 'b';
        return dataset_->add_blank({label.data() + at, label.size() - at});
    }

    /// The blank node that the document calls `id`.
    Term blank_of(std::string_view id) {
        const auto [at, is_new] = blanks_.try_emplace(id);
        if (is_new) {
            const bool is_kept = options_->blank_labels == BlankLabels::kOfDocument;
            at->second = is_kept ? dataset_->add_blank(id) : new_blank();
        }
        return at->second;
    }

    /// The term for an IRI or a blank node identifier; nothing if it is not well-formed.
    Term resource(std::string_view id) {
        if (is_absent(id)) return {};
        if (is_blank_id(id)) return blank_of(id);
        return is_well_formed(id) ? make_iri(id) : Term{};
    }

    /// Node map generation, step 6; the node's term, nothing if its identifier is not well-formed.
    Result<Term, LdFault> add_node(const Item& item, const Graph& graph) {
        const Term subject = item.has(kHasId) ? resource(item.id) : new_blank();
        if (is_nothing(subject) && is_safe()) return ld_fault(LdError::kRelativeSubject, item.id);
        if (item.has(kHasIndex)) TRY(check_index(item, graph));
        for (const std::string_view type : item.types) {
            const Term object = resource(type);
            if (is_nothing(object) && is_safe()) return ld_fault(LdError::kRelativeType, type);
            if (is_nothing(object) || is_nothing(subject)) continue;
            add(graph, subject, make_iri(kRdfType), object);
        }
        if (item.extra != nullptr) TRY(add_extra(item, subject, graph));
        for (const Property& property : item.properties) {
            if (property.values.empty()) continue;  // says nothing, whatever it is called
            TRY(const Term predicate, predicate_of(property.iri));
            for (const Item* const value : property.values) {
                TRY(add_statement(subject, predicate, *value, graph));
            }
        }
        return subject;
    }

    Status add_extra(const Item& item, const Term& subject, const Graph& graph) {
        for (const Property& property : item.extra->reverse) {  // step 6.9
            TRY(const Term predicate, predicate_of(property.iri));
            for (const Item* const value : property.values) {
                TRY(const Term other, add_node(*value, graph));
                if (is_nothing(other) || is_nothing(predicate) || is_nothing(subject)) continue;
                add(graph, other, predicate, subject);
            }
        }
        if (item.has(kHasGraph)) {  // step 6.10
            const Graph inner{.term = subject, .name = item.id, .is_kept = !is_nothing(subject)};
            TRY(add_all(item.extra->graph, inner));
        }
        return add_all(item.extra->included, graph);  // step 6.11
    }

    /// Step 6.8.
    Status check_index(const Item& item, const Graph& graph) {
        if (!item.has(kHasId)) return Ok{};
        // Graphs without a name are not the default graph, nor each other.
        const std::size_t number = graph.term.is_blank() ? std::size_t{graph.term.blank} + 1 : 0;
        const auto [at, is_new] = indexes_.try_emplace({number, graph.name, item.id}, item.index);
        if (!is_new && at->second != item.index) {
            return ld_fault(LdError::kConflictingIndexes, item.id);
        }
        return Ok{};
    }

    /// Steps 1.3.2.3 and 1.3.2.4 of deserialization.
    Result<Term, LdFault> predicate_of(std::string_view iri) {
        if (is_blank_id(iri)) {
            if (options_->blank_predicates == BlankPredicates::kKept) return blank_of(iri);
            if (is_safe()) return ld_fault(LdError::kBlankPredicate, iri);
            return Term{};
        }
        if (is_well_formed(iri)) return make_iri(iri);
        if (is_safe()) return ld_fault(LdError::kRelativePredicate, iri);
        return Term{};
    }

    /// The value's own statements are made also where the one that leads to it is left out.
    Status add_statement(const Term& subject, const Term& predicate, const Item& value,
                         const Graph& graph) {
        const bool is_kept = !is_nothing(subject) && !is_nothing(predicate);
        if (is_kept && is_compound(value)) {
            if (!is_first(subject, predicate, value, graph)) return Ok{};
        } else if (!is_kept && value.has(kHasValue)) {
            return Ok{};
        }
        // What is left out leaves its list out too, but not the nodes in it.
        if (!is_kept && value.has(kHasList)) return add_list_nodes(value, graph);
        TRY(const Term object, object_of(value, graph));
        if (is_kept && !is_nothing(object)) add(graph, subject, predicate, object);
        return Ok{};
    }

    Status add_list_nodes(const Item& list, const Graph& graph) {
        for (const Item* const item : list.extra->list) {
            if (item->has(kHasValue)) continue;
            if (item->has(kHasList)) {
                TRY(add_list_nodes(*item, graph));
            } else {
                TRY(add_node(*item, graph));
            }
        }
        return Ok{};
    }

    /// Object to RDF conversion; nothing for what is not well-formed.
    Result<Term, LdFault> object_of(const Item& item, const Graph& graph) {
        if (item.has(kHasValue)) return literal(item, graph);
        if (item.has(kHasList)) return list(item, graph);
        return add_node(item, graph);
    }

    /// List to RDF conversion.
    Result<Term, LdFault> list(const Item& item, const Graph& graph) {
        const Items& items = item.extra->list;
        if (items.empty()) return make_iri(kRdfNil);
        const Term first = new_blank();
        Term subject = first;
        for (std::size_t i = 0; i < items.size(); ++i) {
            TRY(const Term object, object_of(*items[i], graph));
            if (!is_nothing(object)) add(graph, subject, make_iri(kRdfFirst), object);
            const bool is_last = i + 1 == items.size();
            const Term rest = is_last ? make_iri(kRdfNil) : new_blank();
            add(graph, subject, make_iri(kRdfRest), rest);
            subject = rest;
        }
        return first;
    }

    /// Steps 4 to 15 of object to RDF conversion.
    Result<Term, LdFault> literal(const Item& item, const Graph& graph) {
        std::string_view datatype =
            item.types.empty() ? std::string_view{} : std::string_view{item.types[0]};
        if (item.is_json_literal()) {  // step 8
            const std::string text =
                codec::to_jcs(item.json == nullptr ? Json{item.text} : *item.json);
            return make_literal(dataset_->keep(text), kRdfJson);
        }
        if (!is_absent(datatype) && !is_well_formed(datatype)) {  // step 6
            if (is_safe()) return ld_fault(LdError::kRelativeType, datatype);
            return Term{};
        }
        const bool has_language = item.has(kHasLanguage);
        if (has_language && !is_language_well_formed(item.language)) {  // step 7
            if (is_safe()) return ld_fault(LdError::kIllFormedLanguage, item.language);
            return Term{};
        }
        const std::string_view text = lexical(item, datatype);
        if (item.has(kHasDirection)) {  // step 13
            if (options_->rdf_direction != RdfDirection::kNone) {
                return directed(item, text, graph);
            }
            if (is_safe()) return ld_fault(LdError::kDirectionLost, text);
        }
        if (has_language) return make_language_literal(text, item.language);
        return make_literal(text, is_absent(datatype) ? kXsdString : datatype);
    }

    /// Steps 9 to 11. Gives numbers and truths a datatype, if they have none.
    std::string_view lexical(const Item& item, std::string_view& datatype) {
        if (item.json == nullptr) return item.text;
        if (const auto truth = item.json->get_boolean()) {
            if (is_absent(datatype)) datatype = kXsdBoolean;
            return *truth ? "true" : "false";
        }
        const auto number = item.json->get_number();
        if (!number) return "";
        std::string text = codec::to_ecmascript(*number);
        // A fraction, or an absolute value from 10^21 on.
        const bool is_integer = text.find_first_of(".e") == std::string::npos;
        if (!is_integer || datatype == kXsdDouble) {
            text = codec::to_xsd_double(*number);
            if (is_absent(datatype)) datatype = kXsdDouble;
        } else if (is_absent(datatype)) {
            datatype = kXsdInteger;
        }
        return dataset_->keep(text);
    }

    /// Steps 13.1 to 13.3.
    Term directed(const Item& item, std::string_view text, const Graph& graph) {
        const std::string_view language = item.has(kHasLanguage) ? item.language : "";
        const std::string_view direction = to_string(item.direction);
        if (!kHasAllOptions || options_->rdf_direction == RdfDirection::kI18nDatatype) {
            std::string datatype{kI18n};
            datatype.append(language).append("_").append(direction);
            return make_literal(text, dataset_->keep(datatype));
        }
        const Term literal = new_blank();
        add(graph, literal, make_iri(kRdfValue), make_literal(text));
        if (!language.empty()) {
            add(graph, literal, make_iri(kRdfLanguage), make_literal(language));
        }
        add(graph, literal, make_iri(kRdfDirection), make_literal(direction));
        return literal;
    }

    [[nodiscard]] bool is_compound(const Item& item) const {
        return kHasAllOptions && options_->rdf_direction == RdfDirection::kCompoundLiteral &&
               item.has(kHasValue) && item.has(kHasDirection);
    }

    /// Whether this compound literal is a value of that property for the first time.
    bool is_first(const Term& subject, const Term& predicate, const Item& item,
                  const Graph& graph) {
        Json key = Json::array();
        for (const Term& term : {subject, predicate, graph.term}) {
            key.push(static_cast<int>(term.kind)).push(term.text);
        }
        key.push(item.json == nullptr ? Json{item.text} : *item.json);
        key.push(item.language).push(to_string(item.direction)).push(item.index);
        return compounds_.insert(codec::to_jcs(key)).second;
    }

    [[nodiscard]] bool is_safe() const { return options_->strictness == Strictness::kSafe; }

    const LdOptions* options_;
    Dataset* dataset_;
    std::size_t blank_count_ = 0;
    std::map<std::string_view, Term> blanks_;  // by the document's identifiers
    /// By graph and identifier.
    std::map<std::tuple<std::size_t, std::string_view, std::string_view>, std::string_view>
        indexes_;
    std::set<std::string> compounds_;
};

}  // namespace

Result<Ok, LdFault> add_items(const Items& items, const LdOptions& options, Dataset& dataset) {
    return QuadMaker{options, dataset}.run(items);
}

Result<Ok, LdFault> to_rdf(const Json& document, const LdOptions& options, ContextCache& cache,
                           Arena& arena, Dataset& dataset) {
    TRY(const Items items, expand_items(document, options, cache, arena));
    dataset.reserve(64);  // most documents have less
    return add_items(items, options, dataset);
}

}  // namespace tasdiq::linked
