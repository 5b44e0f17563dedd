#include "codec/jcs.hpp"

#include <algorithm>

#include "base/sort.hpp"
#include "codec/number.hpp"
#include "codec/text_scan.hpp"
#include "codec/utf8.hpp"

namespace tasdiq::codec {
namespace {

/// RFC 8785 §3.2.2.2, for the bytes that can't stand for themselves.
void append_escape(std::string& to, char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (c) {
        case '"': to.append("\\\""); return;
        case '\\': to.append("\\\\"); return;
        case '\b': to.append("\\b"); return;
        case '\t': to.append("\\t"); return;
        case '\n': to.append("\\n"); return;
        case '\f': to.append("\\f"); return;
        case '\r': to.append("\\r"); return;
        default: break;
    }
    const auto byte = static_cast<std::uint8_t>(c);
    to.append("\\u00").append({kHex[byte >> 4], kHex[byte & 15]});
}

void append_string(std::string& to, std::string_view text) {
    to.push_back('"');
    std::size_t at = 0;
    for (;;) {
        const std::size_t end = find_json_special(text, at);
        to.append(text.substr(at, end - at));
        if (end == text.size()) break;
        append_escape(to, text[end]);
        at = end + 1;
    }
    to.push_back('"');
}

void append_member(std::string& to, const JsonMember& member) {
    append_string(to, member.key);
    to.push_back(':');
    append_jcs(to, member.value);
}

bool is_before(const JsonMember& a, const JsonMember& b) { return compare_utf16(a.key, b.key) < 0; }

/// RFC 8785 §3.2.3: members in the order of their keys' UTF-16 code units.
void append_object(std::string& to, const Json::Object& members) {
    to.push_back('{');
    const std::size_t start = to.size();
    const auto separate = [&] {
        if (to.size() != start) to.push_back(',');
    };
    if (std::is_sorted(members.begin(), members.end(), is_before)) {
        for (const JsonMember& member : members) {
            separate();
            append_member(to, member);
        }
    } else {
        std::vector<const JsonMember*> sorted;
        sorted.reserve(members.size());
        for (const JsonMember& member : members) sorted.push_back(&member);
        sort(sorted, [](const auto* a, const auto* b) { return is_before(*a, *b); });
        for (const JsonMember* member : sorted) {
            separate();
            append_member(to, *member);
        }
    }
    to.push_back('}');
}

}  // namespace

void append_jcs(std::string& to, const Json& value) {
    switch (value.kind()) {
        case Json::Kind::kNull: to.append("null"); return;
        case Json::Kind::kBoolean: to.append(value.as_boolean() ? "true" : "false"); return;
        case Json::Kind::kNumber: append_ecmascript(to, value.as_number()); return;
        case Json::Kind::kString: append_string(to, value.as_string()); return;
        case Json::Kind::kArray: {
            to.push_back('[');
            bool is_first = true;
            for (const Json& element : value.as_array()) {
                if (!std::exchange(is_first, false)) to.push_back(',');
                append_jcs(to, element);
            }
            to.push_back(']');
            return;
        }
        case Json::Kind::kObject: append_object(to, value.as_object()); return;
    }
}

std::string to_jcs(const Json& value) {
    std::string text;
    append_jcs(text, value);
    return text;
}

}  // namespace tasdiq::codec
