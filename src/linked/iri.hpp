#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tasdiq::linked {

/// The keywords of JSON-LD 1.1; those of framing are none here.
enum class Keyword : std::uint8_t {
    kNone,  // no keyword
    kBase,
    kContainer,
    kContext,
    kDirection,
    kGraph,
    kId,
    kImport,
    kIncluded,
    kIndex,
    kJson,
    kLanguage,
    kList,
    kNest,
    kNoneValue,  // "@none"
    kPrefix,
    kPropagate,
    kProtected,
    kReverse,
    kSet,
    kType,
    kValue,
    kVersion,
    kVocab,
};

[[nodiscard]] Keyword find_keyword(std::string_view text);

/// `keyword` as it is written; not of kNone.
[[nodiscard]] std::string_view to_string(Keyword keyword);

/// Whether it looks like a keyword, now or later: `@` and letters. Spec: JSON-LD 1.1 API §5.2.2.
[[nodiscard]] bool has_keyword_form(std::string_view text);

[[nodiscard]] inline bool is_blank_id(std::string_view text) { return text.starts_with("_:"); }

/// Whether it begins with a scheme and a colon.
[[nodiscard]] bool has_scheme(std::string_view text);

/// Whether it begins with a scheme and holds no white space: neither relative nor broken.
/// Blank node identifiers are none.
[[nodiscard]] bool has_iri_form(std::string_view text);

/// Resolves `reference` against `base` by the basic algorithm of RFC 3986 §5.2, without
/// normalization. An empty base leaves it as it is.
[[nodiscard]] std::string resolve_iri(std::string_view base, std::string_view reference);

/// `[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`: well-formed as RFC 5646 §2.2.9 has it, roughly.
[[nodiscard]] bool is_language_well_formed(std::string_view tag);

}  // namespace tasdiq::linked
