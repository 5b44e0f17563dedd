#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "linked/dataset.hpp"

namespace tasdiq::linked {

/// Why a text is no N-Quads document. Numbers are stable.
enum class NQuadsError : std::uint16_t {
    // Limits and encoding, before anything is read
    kTooLarge = 1,
    kNotUtf8 = 2,
    kTooManyQuads = 3,
    // What stands where
    kNoSubject = 10,
    kNoPredicate = 11,
    kNoObject = 12,
    kNoGraphOrDot = 13,
    kNoDot = 14,
    kNoEndOfLine = 15,
    // IRIs
    kIriNotClosed = 20,
    kIriCharacter = 21,
    kIriEscape = 22,
    kIriNotAbsolute = 23,
    // Blank nodes and literals
    kBlankNodeLabel = 30,
    kStringNotClosed = 31,
    kStringEscape = 32,
    kLanguageTag = 33,
    kDatatype = 34,
};

[[nodiscard]] std::string_view to_string(NQuadsError error);

/// An error and its line, counted from 1; 0 for kTooLarge.
struct NQuadsFault {
    NQuadsError error;
    std::size_t line;
    friend bool operator==(const NQuadsFault&, const NQuadsFault&) = default;
};

struct NQuadsLimits {
    std::size_t size_bytes_max = std::size_t{16} << 20;
    std::size_t quad_count_max = 100'000;
};

/// Reads an N-Quads document, comments and all. Escapes become what they stand for. A statement
/// that stands there twice is in the dataset twice. Errors: kTooLarge, kNotUtf8; otherwise the
/// first that stands in the text. Spec: N-QUADS §4.
[[nodiscard]] Result<Dataset, NQuadsFault> parse_nquads(std::string_view text,
                                                        const NQuadsLimits& limits = {});

/// One line of canonical N-Quads with its end at the end of `to`; blank nodes keep their labels.
/// Spec: RDF-CANON §5.
void append_nquad(std::string& to, const Quad& quad);

/// `append_nquad` for every quad in its order.
[[nodiscard]] std::string to_nquads(const Dataset& dataset);

}  // namespace tasdiq::linked
