#include "linked/dataset.hpp"

#include <algorithm>
#include <cstring>

#include "base/ascii.hpp"

namespace tasdiq::linked {
namespace {

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

}  // namespace

bool is_iri_text(std::string_view text) {
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
    constexpr std::uint64_t kHighs = 0x80 * kOnes;
    const auto zero_bytes = [](std::uint64_t word) { return (word - kOnes) & ~word; };
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; left -= 8, at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        // `<` and `>`; `^`, `|` and the backslash, with `~`, which may stand there: see below.
        const std::uint64_t found =
            zero_bytes((word & 0xFD * kOnes) ^ ('<' * kOnes)) |
            zero_bytes((word & 0xDD * kOnes) ^ ('\\' * kOnes)) | zero_bytes(word ^ ('{' * kOnes)) |
            zero_bytes(word ^ ('}' * kOnes)) | zero_bytes(word ^ ('`' * kOnes)) |
            zero_bytes(word ^ ('"' * kOnes)) | ((word - 0x21 * kOnes) & ~word);
        if ((found & kHighs) != 0 && std::any_of(at, at + 8, is_forbidden_in_iri)) return false;
    }
    return std::none_of(at, at + left, is_forbidden_in_iri);
}

bool is_language_tag(std::string_view text, std::size_t part_size_max) {
    bool first_part = true;
    std::size_t part_size = 0;
    for (const char c : text) {
        if (c == '-') {
            if (part_size == 0) return false;
            first_part = false;
            part_size = 0;
        } else if (is_letter(c) || (!first_part && is_digit(c))) {
            if (++part_size > part_size_max) return false;
        } else {
            return false;
        }
    }
    return part_size != 0;
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

Dataset Dataset::copy() const {
    Dataset to;
    for (const std::string_view label : labels_) to.labels_.push_back(to.keep(label));
    to.quads_ = quads_;
    for (Quad& quad : to.quads_) {
        for (Term* const term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
            term->text = to.keep(term->text);
            if (!term->qualifier.empty()) term->qualifier = to.keep(term->qualifier);
        }
    }
    return to;
}

}  // namespace tasdiq::linked
