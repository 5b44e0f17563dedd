#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "credential/check.hpp"
#include "credential/date_time.hpp"

// Internal to credential: questions about the members of a document.
namespace tasdiq::credential {

using Checked = Result<Ok, CredentialFault>;

inline std::unexpected<CredentialFault> fault(CredentialError error, std::string pointer) {
    return std::unexpected{CredentialFault{error, std::move(pointer)}};
}

/// The elements of an array, or one value as a list of one; none for a null pointer.
inline std::span<const codec::Json> list_of(const codec::Json* value) {
    if (value == nullptr) return {};
    if (value->is_array()) return value->as_array();
    return {value, 1};
}

/// What a party is called: a text, or the `id` of an object; nothing if it is neither.
inline std::string_view id_of(const codec::Json* party) {
    if (party == nullptr) return {};
    const std::string* const text =
        party->is_string() ? party->get_string() : party->find_string("id");
    return text == nullptr ? std::string_view{} : std::string_view{*text};
}

inline bool is_one_of(const codec::Json* texts, std::string_view wanted) {
    return std::ranges::any_of(list_of(texts), [wanted](const codec::Json& text) {
        return text.is_string() && text.as_string() == wanted;
    });
}

/// `type` is one text or a list of texts, none of them empty.
inline bool has_types(const codec::Json& object) {
    const auto all = list_of(object.find("type"));
    return !all.empty() && std::ranges::all_of(all, [](const codec::Json& type) {
        return type.is_string() && !type.as_string().empty();
    });
}

/// The same, with `wanted` among them.
inline bool is_type(const codec::Json& object, std::string_view wanted) {
    return has_types(object) && is_one_of(object.find("type"), wanted);
}

inline bool has_url(const codec::Json& object, std::string_view key) {
    const std::string* const text = object.find_string(key);
    return text != nullptr && is_url(*text);
}

inline bool has_text(const codec::Json& object, std::string_view key) {
    const std::string* const text = object.find_string(key);
    return text != nullptr && !text->empty();
}

/// Nothing without the member; an empty instant for what is no date-time.
inline std::optional<std::optional<Instant>> date_time(const codec::Json& object,
                                                       std::string_view key) {
    const codec::Json* const value = object.find(key);
    if (value == nullptr) return std::nullopt;
    const std::string* const text = value->get_string();
    return text == nullptr ? std::optional<Instant>{} : parse_date_time(*text);
}

/// Where the element `index` of `list` stands: a list of one may have come without brackets.
inline std::string pointer_to(std::string_view key, const codec::Json& list, std::size_t index) {
    std::string pointer = "/" + std::string{key};
    if (list.is_array()) codec::append_pointer_token(pointer, index);
    return pointer;
}

// The rules of the data model, each as `check_credential` applies it.

/// A credential or presentation in an envelope, of the type `wanted`. Errors: kEnvelope.
/// Spec: VC-DATA-MODEL §4.13.1, §4.13.2.
[[nodiscard]] Checked check_envelope(const codec::Json& object, std::string_view wanted,
                                     const std::string& pointer);
/// `@context`, `id` and `type`, of which `wanted` is one. Errors: kContext, kId, kType.
[[nodiscard]] Checked check_head(const codec::Json& document, std::string_view wanted);
/// Everything else but what badges must have. Errors: kName to kDigest.
[[nodiscard]] Checked check_body(const codec::Json& document);
/// `value` is that of `relatedResource`. Errors: kRelated, kDigest.
[[nodiscard]] Checked check_related_resources(const codec::Json& value);

}  // namespace tasdiq::credential
