#include "linked/dataset.hpp"

#include <algorithm>
#include <cstring>

namespace tasdiq::linked {
namespace {

constexpr std::size_t kFirstChunkSize = 4'096;
constexpr std::size_t kChunkSizeMax = 65'536;
constexpr std::size_t kFewLabels = 8;  // up to here comparing all labels is cheapest

bool is_forbidden_in_iri(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte <= 0x20) return true;
    switch (c) {
        case '<':
        case '>':
        case '"':
        case '{':
        case '}':
        case '|':
        case '^':
        case '`':
        case '\\': return true;
        default: return false;
    }
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_iri_text(std::string_view text) {
    return std::none_of(text.begin(), text.end(), is_forbidden_in_iri);
}

bool is_language_tag(std::string_view text) {
    bool first_part = true;
    std::size_t part_size = 0;
    for (const char c : text) {
        if (c == '-') {
            if (part_size == 0) return false;
            first_part = false;
            part_size = 0;
        } else if (is_letter(c) || (!first_part && is_digit(c))) {
            ++part_size;
        } else {
            return false;
        }
    }
    return part_size != 0;
}

std::span<char> Dataset::room(std::size_t size) {
    if (size > free_size_) {
        const std::size_t usual =
            std::min(kChunkSizeMax, kFirstChunkSize << std::min<std::size_t>(chunks_.size(), 4));
        const std::size_t chunk_size = std::max(size, usual);
        chunks_.push_back(std::make_unique_for_overwrite<char[]>(chunk_size));
        free_ = chunks_.back().get();
        free_size_ = chunk_size;
    }
    char* const start = free_;
    free_ += size;
    free_size_ -= size;
    return {start, size};
}

std::string_view Dataset::keep(std::string_view text) {
    if (text.empty()) return {};
    const std::span<char> copy = room(text.size());
    std::memcpy(copy.data(), text.data(), text.size());
    return {copy.data(), copy.size()};
}

Term Dataset::blank(std::string_view label) {
    if (numbers_.empty()) {
        for (std::uint32_t i = 0; i < labels_.size(); ++i) {
            if (labels_[i] == label) return {labels_[i], {}, i, TermKind::kBlank};
        }
        if (labels_.size() < kFewLabels) return add_blank(label);
        for (std::uint32_t i = 0; i < labels_.size(); ++i) numbers_.emplace(labels_[i], i);
    }
    const auto found = numbers_.find(label);
    if (found != numbers_.end()) return {found->first, {}, found->second, TermKind::kBlank};
    return add_blank(label);
}

Term Dataset::add_blank(std::string_view label) {
    const auto number = static_cast<std::uint32_t>(labels_.size());
    labels_.push_back(keep(label));
    if (!numbers_.empty()) numbers_.emplace(labels_.back(), number);
    return {labels_.back(), {}, number, TermKind::kBlank};
}

}  // namespace tasdiq::linked
