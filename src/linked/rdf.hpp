#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// Terms and quads of RDF 1.1, as small as the work on them allows: they own nothing.
namespace tasdiq::linked {

inline constexpr std::string_view kXsdString = "http://www.w3.org/2001/XMLSchema#string";
inline constexpr std::string_view kRdfLangString =
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

enum class TermKind : std::uint8_t {
    kDefaultGraph = 0,  // of a quad's graph alone
    kIri = 1,
    kBlank = 2,
    kLiteral = 3,          // with a datatype of its own
    kStringLiteral = 4,    // xsd:string
    kLanguageLiteral = 5,  // rdf:langString
};

/// What stands at one place of a quad. The texts are UTF-8 without escapes and live in the Dataset
/// that the quad is added to (`Dataset::keep`), or longer than it. Made by the functions below and
/// by `Dataset::blank`.
/// Spec: RDF-CONCEPTS §3.1.
struct Term {
    std::string_view text;       // IRI, label of the blank node without `_:`, or lexical form
    std::string_view qualifier;  // datatype of kLiteral, tag of kLanguageLiteral; empty otherwise
    std::uint32_t blank = 0;     // kBlank: its number in the Dataset, counted from 0
    TermKind kind = TermKind::kDefaultGraph;

    [[nodiscard]] bool is_blank() const { return kind == TermKind::kBlank; }
    [[nodiscard]] bool is_literal() const { return kind >= TermKind::kLiteral; }
    /// The datatype's IRI of a literal, empty of everything else.
    [[nodiscard]] std::string_view datatype() const {
        if (kind == TermKind::kLiteral) return qualifier;
        if (kind == TermKind::kStringLiteral) return kXsdString;
        return kind == TermKind::kLanguageLiteral ? kRdfLangString : std::string_view{};
    }
    [[nodiscard]] std::string_view language() const {
        return kind == TermKind::kLanguageLiteral ? qualifier : std::string_view{};
    }

    friend bool operator==(const Term&, const Term&) = default;
};

/// `iri` must be a text that can stand between `<` and `>`: see `is_iri_text`.
[[nodiscard]] inline Term make_iri(std::string_view iri) { return {iri, {}, 0, TermKind::kIri}; }

/// A literal without a language. `datatype` is an IRI as in `make_iri`.
[[nodiscard]] inline Term make_literal(std::string_view text,
                                       std::string_view datatype = kXsdString) {
    if (datatype == kXsdString) return {text, {}, 0, TermKind::kStringLiteral};
    return {text, datatype, 0, TermKind::kLiteral};
}

/// `language` must match `[a-zA-Z]+(-[a-zA-Z0-9]+)*` (see `is_language_tag`); its case is kept.
[[nodiscard]] inline Term make_language_literal(std::string_view text, std::string_view language) {
    return {text, language, 0, TermKind::kLanguageLiteral};
}

/// Whether all of `text` may stand between `<` and `>`: no character up to U+0020, no angle
/// bracket, quotation mark, brace, bar, circumflex, grave accent or backslash. Whether it is an
/// IRI, and an absolute one, is not looked at. Spec: N-QUADS §4 (IRIREF).
[[nodiscard]] bool is_iri_text(std::string_view text);

/// Whether N-Quads can write `text` as a language tag, and no part is longer than `part_size_max`
/// (N-Quads has no such limit). Spec: N-QUADS §4 (LANGTAG).
[[nodiscard]] bool is_language_tag(std::string_view text,
                                   std::size_t part_size_max = std::string_view::npos);

/// One statement. Subject: IRI or blank node; predicate: IRI; object: anything but the default
/// graph; graph: IRI, blank node or the default graph.
struct Quad {
    Term subject;
    Term predicate;
    Term object;
    Term graph;

    friend bool operator==(const Quad&, const Quad&) = default;
};

}  // namespace tasdiq::linked
