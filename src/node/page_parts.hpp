#pragma once

#include <string>

#include "net/http.hpp"
#include "text/language.hpp"

namespace tasdiq::node {

// What the files that implement Pages share.

/// `?lang=`, else the browser's.
[[nodiscard]] text::Language language_of(const net::HttpRequest& request);
/// The state's name, or its code when the catalogue has none.
[[nodiscard]] std::string country_text(const std::string& code, text::Language language);
/// A code's word in the reader's language.
[[nodiscard]] std::string word_text(std::string_view word, text::Language language);
[[nodiscard]] std::string page_link(std::string_view path, text::Language language);

}  // namespace tasdiq::node
