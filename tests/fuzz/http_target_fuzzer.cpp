// The parsers of request targets and of addresses, which read what strangers write.
// Links src/net/{target,url,text}.cpp and base.

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "net/target.hpp"
#include "net/text.hpp"
#include "net/url.hpp"

namespace {

using namespace tasdiq::net;

bool is_clean(std::string_view text) {
    return is_utf8(text) && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
           });
}

/// What a handler relies on, whatever was sent.
void check_target(const Target& target) {
    std::string again = target.segments.empty() ? "/" : "";
    for (const std::string& segment : target.segments) {
        ENSURE(is_clean(segment) && segment.find_first_of("/\\") == std::string::npos);
        ENSURE(segment != "." && segment != "..");
        again += "/" + percent_encode(segment);
    }
    char separator = '?';
    for (const auto& [name, value] : target.query) {
        ENSURE(is_clean(name) && is_clean(value) && !name.empty());
        again += separator + percent_encode(name) + "=" + percent_encode(value);
        separator = '&';
    }
    if (again.size() > kTargetSizeMax) return;  // escapes make it longer
    const auto same = parse_target(again);
    ENSURE(same && same->segments == target.segments && same->query == target.query);
}

void check_url(const Url& url) {
    const auto same = parse_url(to_text(url));
    ENSURE(same && *same == url);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto target = parse_target(text)) check_target(*target);
    if (const auto url = parse_url(text)) check_url(*url);
    return 0;
}
