#include <algorithm>

#include "codec/json.hpp"

namespace tasdiq::codec {
namespace {

/// RFC 6901 §4: `~1` is `/`, `~0` is `~`, in this order so that `~01` is `~1`.
std::optional<std::string> unescape(std::string_view token) {
    std::string text;
    text.reserve(token.size());
    for (std::size_t at = 0; at < token.size(); ++at) {
        if (token[at] != '~') {
            text.push_back(token[at]);
            continue;
        }
        ++at;
        if (at == token.size() || (token[at] != '0' && token[at] != '1')) return std::nullopt;
        text.push_back(token[at] == '0' ? '~' : '/');
    }
    return text;
}

/// RFC 6901 §4: digits without a leading zero.
std::optional<std::size_t> parse_index(std::string_view token) {
    constexpr std::size_t kDigitsMax = 9;
    if (token.empty() || token.size() > kDigitsMax) return std::nullopt;
    if (token.size() > 1 && token[0] == '0') return std::nullopt;
    std::size_t index = 0;
    for (const char c : token) {
        if (c < '0' || c > '9') return std::nullopt;
        index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    return index;
}

const Json* step(const Json& value, std::string_view token) {
    if (const Json::Array* elements = value.get_array()) {
        const auto index = parse_index(token);
        return index && *index < elements->size() ? &(*elements)[*index] : nullptr;
    }
    const auto key = unescape(token);
    return key ? value.find(*key) : nullptr;
}

}  // namespace

void append_pointer_token(std::string& pointer, std::string_view token) {
    pointer.push_back('/');
    for (const char c : token) {
        if (c == '~') {
            pointer.append("~0");
        } else if (c == '/') {
            pointer.append("~1");
        } else {
            pointer.push_back(c);
        }
    }
}

void append_pointer_token(std::string& pointer, std::size_t index) {
    std::string reversed;
    do {
        reversed.push_back(static_cast<char>('0' + index % 10));
        index /= 10;
    } while (index != 0);
    pointer.push_back('/');
    pointer.append(reversed.rbegin(), reversed.rend());
}

const Json* resolve_pointer(const Json& root, std::string_view pointer) {
    const Json* value = &root;
    while (value != nullptr && !pointer.empty()) {
        if (pointer[0] != '/') return nullptr;
        pointer.remove_prefix(1);
        const std::size_t size = std::min(pointer.find('/'), pointer.size());
        value = step(*value, pointer.substr(0, size));
        pointer.remove_prefix(size);
    }
    return value;
}

}  // namespace tasdiq::codec
