#pragma once

#include <string>
#include <string_view>

namespace tasdiq::node {

/// `text` as it stands in HTML, between tags or inside a quoted attribute.
[[nodiscard]] inline std::string escape_html(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '"': escaped += "&quot;"; break;
            case '\'': escaped += "&#39;"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

/// HTML that is written piece by piece: `raw` is ours, `text` may be anybody's.
class Html {
  public:
    Html& raw(std::string_view html) {
        html_ += html;
        return *this;
    }
    Html& text(std::string_view text) {
        html_ += escape_html(text);
        return *this;
    }
    [[nodiscard]] std::string take() { return std::move(html_); }

  private:
    std::string html_;
};

}  // namespace tasdiq::node
