#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

#include "linked/rdf.hpp"

// The parts of a line of canonical N-Quads, written to memory that is large enough. For the writer
// and for canonicalization, which writes each quad once.
namespace tasdiq::linked {

inline char* write_text(char* to, std::string_view text) {
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    return to + text.size();
}

/// The place of the first byte of a literal that may have to be escaped; the size if there is none.
[[nodiscard]] std::size_t find_literal_special(std::string_view text);

/// The most bytes that `write_object` needs for `text` between quotation marks.
[[nodiscard]] inline std::size_t escaped_size_max(std::string_view text, bool has_special) {
    return has_special ? text.size() * 6 : text.size();
}

/// Writes `text` as canonical N-Quads has it between quotation marks. Spec: RDF-CANON §5.
char* write_escaped(char* to, std::string_view text);

inline char* write_iri(char* to, std::string_view iri) {
    *to++ = '<';
    to = write_text(to, iri);
    *to++ = '>';
    return to;
}

/// A literal with what follows it. `has_special`: whether `find_literal_special` found something.
char* write_literal(char* to, const Term& literal, bool has_special);

/// The most bytes of `quad` in a line of its own, with labels of up to `label_size` bytes.
/// `has_special` is set to whether its literal may need escapes.
[[nodiscard]] std::size_t line_size_max(const Quad& quad, std::size_t label_size,
                                        bool& has_special);

}  // namespace tasdiq::linked
