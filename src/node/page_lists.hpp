#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "node/html.hpp"
#include "text/language.hpp"
#include "wire/ids.hpp"

namespace tasdiq::node {

// Internal to node: what the pages of members and of certificates are put together from.

/// A list of terms, each of a label and a value.
class Terms {
  public:
    explicit Terms(text::Language language) : language_{language} {
        html_.raw("<dl class=\"terms\">");
    }
    void add(std::string_view label_key, std::string_view value);
    void add_code(std::string_view label_key, std::string_view value);
    void add_link(std::string_view label_key, std::string_view path, std::string_view value);
    /// A value as a mark, in red if it speaks against the thing.
    void add_tag(std::string_view label_key, std::string_view value, bool is_bad);
    /// Values under one label.
    void add_all(std::string_view label_key, const std::vector<std::string>& values);
    /// Behind the last value.
    void append_link(std::string_view path, std::string_view value);
    [[nodiscard]] std::string take() { return html_.raw("</dl>").take(); }

  private:
    void open(std::string_view label_key);
    text::Language language_;
    Html html_;
};

/// A row of a table; on a phone each cell stands under its label.
class Row {
  public:
    Row(Html& html, text::Language language) : html_{html}, language_{language} {
        html_.raw("<tr>");
    }
    ~Row() { html_.raw("</tr>"); }
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;

    void add(std::string_view label_key, std::string_view value);
    void add_code(std::string_view label_key, std::string_view value);

  private:
    void open(std::string_view label_key);
    Html& html_;
    text::Language language_;
};

void add_heading(Html& html, std::string_view key, text::Language language);
/// A table that scrolls by itself where it is too wide, by keyboard, too; named as its section.
void open_table(Html& html, std::string_view name_key, std::initializer_list<std::string_view> keys,
                text::Language language);
void close_table(Html& html);
/// To what the page shows, as programs read it.
void add_raw_links(Html& html, std::initializer_list<std::string> paths, text::Language language);

[[nodiscard]] std::string member_path(wire::MemberId member);
[[nodiscard]] std::string certificate_path(wire::LogIndex index);

/// `items` as texts in one line.
template <class T, class ToText>
std::string list_text(const std::vector<T>& items, text::Language language, ToText to_text) {
    std::string text;
    for (const T& item : items) {
        if (!text.empty()) text += text::comma(language);
        text += to_text(item);
    }
    return text;
}

}  // namespace tasdiq::node
