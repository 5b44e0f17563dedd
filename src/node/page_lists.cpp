#include "node/page_lists.hpp"

#include "node/page_parts.hpp"
#include "text/catalogue.hpp"

namespace tasdiq::node {

using text::Language;

void Terms::open(std::string_view label_key) {
    html_.raw("<dt>").text(text::format(label_key, language_)).raw("</dt><dd>");
}

void Terms::add(std::string_view label_key, std::string_view value) {
    open(label_key);
    html_.raw("<bdi>").text(value).raw("</bdi></dd>");
}

void Terms::add_all(std::string_view label_key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    html_.raw("<dt>").text(text::format(label_key, language_)).raw("</dt>");
    for (const std::string& value : values) {
        html_.raw("<dd><bdi>").text(value).raw("</bdi></dd>");
    }
}

void Terms::add_code(std::string_view label_key, std::string_view value) {
    open(label_key);
    html_.raw("<code dir=\"ltr\">").text(value).raw("</code></dd>");
}

void Terms::add_link(std::string_view label_key, std::string_view path, std::string_view value) {
    open(label_key);
    html_.raw("<a href=\"").raw(page_link(path, language_)).raw("\">").text(value);
    html_.raw("</a></dd>");
}

void Terms::add_tag(std::string_view label_key, std::string_view value, bool is_bad) {
    open(label_key);
    html_.raw(is_bad ? "<span class=\"tag bad\">" : "<span class=\"tag\">").text(value);
    html_.raw("</span></dd>");
}

void Terms::append_link(std::string_view path, std::string_view value) {
    html_.raw("<dd><a href=\"").raw(page_link(path, language_)).raw("\">").text(value);
    html_.raw("</a></dd>");
}

void Row::open(std::string_view label_key) {
    html_.raw("<td data-label=\"").text(text::format(label_key, language_)).raw("\">");
}

void Row::add(std::string_view label_key, std::string_view value) {
    open(label_key);
    html_.raw("<bdi>").text(value).raw("</bdi></td>");
}

void Row::add_code(std::string_view label_key, std::string_view value) {
    open(label_key);
    html_.raw("<code dir=\"ltr\">").text(value).raw("</code></td>");
}

void add_heading(Html& html, std::string_view key, Language language) {
    html.raw("<section><h2>").text(text::format(key, language)).raw("</h2>");
}

void open_table(Html& html, std::string_view name_key, std::initializer_list<std::string_view> keys,
                Language language) {
    add_heading(html, name_key, language);
    html.raw("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"")
        .text(text::format(name_key, language))
        .raw("\"><table class=\"stacked\"><thead><tr>");
    for (const std::string_view key : keys) {
        html.raw("<th scope=\"col\">").text(text::format(key, language)).raw("</th>");
    }
    html.raw("</tr></thead><tbody>");
}

void close_table(Html& html) { html.raw("</tbody></table></div></section>"); }

void add_raw_links(Html& html, std::initializer_list<std::string> paths, Language language) {
    html.raw("<p class=\"quiet\">").text(text::format("page.raw", language));
    for (const std::string& path : paths) {
        html.raw(" <a dir=\"ltr\" href=\"").text(path).raw("\"><code>").text(path);
        html.raw("</code></a>");
    }
    html.raw("</p>");
}

std::string member_path(wire::MemberId member) {
    return "/members/" + std::to_string(member.value);
}

std::string certificate_path(wire::LogIndex index) {
    return "/certificates/" + std::to_string(index.value);
}

}  // namespace tasdiq::node
