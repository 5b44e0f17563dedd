#include "cli/evidence_page.hpp"

#include "codec/jcs.hpp"
#include "codec/json.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::size_t kPageSizeMax = 64U << 20;

/// Where it is cut is no check of anything: what comes of it is still read as evidence, of which no
/// part ends like the whole.
std::optional<std::vector<std::string>> cut(std::string_view text, std::size_t count) {
    constexpr std::string_view kBegin = "{\"evidence\":[";
    constexpr std::string_view kObjectEnd = "\"type\":\"tasdiq-evidence/1\"}";
    if (!text.starts_with(kBegin)) return std::nullopt;
    text.remove_prefix(kBegin.size());
    std::vector<std::string> objects;
    while (objects.size() < count) {
        const std::size_t end = text.find(kObjectEnd);
        if (end == text.npos || !text.starts_with('{')) return std::nullopt;
        objects.emplace_back(text.substr(0, end + kObjectEnd.size()));
        text.remove_prefix(end + kObjectEnd.size());
        if (objects.size() == count) break;
        if (!text.starts_with(',')) return std::nullopt;
        text.remove_prefix(1);
    }
    if (text != "]}") return std::nullopt;
    return objects;
}

}  // namespace

std::optional<std::vector<std::string>> read_evidence_page(std::string_view text,
                                                           std::size_t count) {
    if (auto objects = cut(text, count)) return objects;
    const auto page = codec::parse_json(text, {.size_bytes_max = kPageSizeMax});
    const codec::Json* const list = page ? page->find("evidence") : nullptr;
    if (list == nullptr || !list->is_array() || list->size() != count) return std::nullopt;
    std::vector<std::string> objects;
    for (const codec::Json& one : list->as_array()) objects.push_back(codec::to_jcs(one));
    return objects;
}

}  // namespace tasdiq::cli
