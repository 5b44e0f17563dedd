#include "linked/context.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace tasdiq::linked {
namespace {

/// Eight bytes at a time; terms are short.
std::uint32_t hash_term(std::string_view term) {
    constexpr std::uint64_t kMultiplier = 0x9E37'79B9'7F4A'7C15;
    std::uint64_t hash = term.size() * kMultiplier;
    const char* at = term.data();
    std::size_t left = term.size();
    while (left >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        hash = (hash ^ word) * kMultiplier;
        hash ^= hash >> 29;
        at += 8;
        left -= 8;
    }
    std::uint64_t word = 0;
    if (left >= 4) {
        std::uint32_t head = 0;
        std::uint32_t tail = 0;
        std::memcpy(&head, at, 4);
        std::memcpy(&tail, at + left - 4, 4);
        word = (std::uint64_t{tail} << 32) | head;
    } else if (left > 0) {
        word = std::uint64_t{static_cast<std::uint8_t>(at[0])} |
               std::uint64_t{static_cast<std::uint8_t>(at[left / 2])} << 8 |
               std::uint64_t{static_cast<std::uint8_t>(at[left - 1])} << 16;
    }
    hash = (hash ^ word) * kMultiplier;
    return static_cast<std::uint32_t>(hash >> 32);
}

/// Steps 6.1 to 6.5: `value` as a compact IRI, an IRI or a blank node identifier.
std::optional<std::string_view> expand_colon(const ActiveContext& context, std::string_view value,
                                             Arena& arena) {
    const std::size_t colon = value.find(':', 1);
    if (value.empty() || value.front() == ':' || colon == value.npos) return std::nullopt;
    const std::string_view prefix = value.substr(0, colon);
    const std::string_view suffix = value.substr(colon + 1);
    if (prefix == "_" || suffix.starts_with("//")) return value;  // step 6.2
    const TermDefinition* const definition = context.terms.find(prefix);
    if (definition != nullptr && definition->is_prefix && !is_absent(definition->iri.text)) {
        return arena.join(definition->iri.text, suffix);  // step 6.4
    }
    if (has_iri_form(value)) return value;  // step 6.5
    return std::nullopt;
}

ExpandedIri resolve(const ActiveContext& context, std::string_view value, Arena& arena) {
    if (is_absent(context.base)) return {.text = value};
    return {.text = arena.copy(resolve_iri(context.base, value))};
}

bool is_capital(char c) { return 'A' <= c && c <= 'Z'; }

}  // namespace

std::optional<Direction> find_direction(const codec::Json& value) {
    if (value.is_null()) return Direction::kNone;
    const std::string* const text = value.get_string();
    if (text == nullptr) return std::nullopt;
    if (*text == "ltr") return Direction::kLeftToRight;
    if (*text == "rtl") return Direction::kRightToLeft;
    return std::nullopt;
}

std::string_view to_string(Direction direction) {
    ENSURE(direction != Direction::kNone);
    return direction == Direction::kLeftToRight ? "ltr" : "rtl";
}

std::string_view lower_case(std::string_view tag, Arena& arena) {
    if (std::none_of(tag.begin(), tag.end(), is_capital)) return tag;
    char* const lower = arena.make_array<char>(tag.size());
    std::transform(tag.begin(), tag.end(), lower,
                   [](char c) { return is_capital(c) ? static_cast<char>(c + ('a' - 'A')) : c; });
    return {lower, tag.size()};
}

const TermDefinition* TermTable::find(std::string_view term) const {
    if (capacity_ == 0) return nullptr;
    const std::uint32_t hash = hash_term(term);
    for (std::size_t probe = 0; probe < kProbesMax; ++probe) {
        const Slot& slot = slots_[(hash + probe) & (capacity_ - 1)];
        if (is_absent(slot.term)) return nullptr;
        if (slot.hash == hash && slot.term == term) return slot.definition;
    }
    return nullptr;
}

bool TermTable::insert(const Slot& slot) {
    for (std::size_t probe = 0; probe < kProbesMax; ++probe) {
        Slot& place = slots_[(slot.hash + probe) & (capacity_ - 1)];
        if (is_absent(place.term)) {
            place = slot;
            ++size_;
            return true;
        }
        if (place.hash == slot.hash && place.term == slot.term) {
            place.definition = slot.definition;
            return true;
        }
    }
    return false;
}

bool TermTable::grow(Arena& arena) {
    TermTable larger;
    larger.capacity_ = capacity_ == 0 ? 16 : capacity_ * 2;
    larger.slots_ = arena.make_array<Slot>(larger.capacity_);
    for (std::size_t i = 0; i < capacity_; ++i) {
        if (!is_absent(slots_[i].term) && !larger.insert(slots_[i])) return false;
    }
    *this = larger;
    return true;
}

bool TermTable::set(Arena& arena, std::string_view term, const TermDefinition* definition) {
    if (size_ * 2 >= capacity_ && !grow(arena)) return false;
    return insert({.term = term, .definition = definition, .hash = hash_term(term)});
}

TermTable TermTable::clone(Arena& arena) const {
    TermTable copy = *this;
    if (capacity_ == 0) return copy;
    copy.slots_ = arena.make_array<Slot>(capacity_);
    std::copy(slots_, slots_ + capacity_, copy.slots_);
    return copy;
}

bool TermTable::has_protected() const {
    return std::any_of(slots_, slots_ + capacity_, [](const Slot& slot) {
        return slot.definition != nullptr && slot.definition->is_protected;
    });
}

ExpandedIri expand_undefined(const ActiveContext& context, std::string_view value, Arena& arena) {
    if (value.starts_with('@')) {
        const Keyword keyword = find_keyword(value);
        if (keyword != Keyword::kNone) return {.text = value, .keyword = keyword};  // step 1
        if (has_keyword_form(value)) return {};                                     // step 2
    }
    if (const auto iri = expand_colon(context, value, arena)) return {.text = *iri};
    if (!is_absent(context.vocab)) return {.text = arena.join(context.vocab, value)};  // step 7
    return {.text = value};                                                            // step 9
}

ExpandedIri expand_vocab(const ActiveContext& context, std::string_view value, Arena& arena) {
    if (const TermDefinition* const definition = context.terms.find(value)) {
        // No keyword is ever defined as a term but @type, which stays what it is: steps 4 and 5.
        return definition->iri;
    }
    return expand_undefined(context, value, arena);
}

ExpandedIri expand_type(const ActiveContext& context, std::string_view value, Arena& arena) {
    if (const TermDefinition* const definition = context.terms.find(value)) return definition->iri;
    if (value.starts_with('@')) {
        const Keyword keyword = find_keyword(value);
        if (keyword != Keyword::kNone) return {.text = value, .keyword = keyword};
        if (has_keyword_form(value)) return {};
    }
    if (const auto iri = expand_colon(context, value, arena)) return {.text = *iri};
    if (!is_absent(context.vocab)) return {.text = arena.join(context.vocab, value)};
    return resolve(context, value, arena);  // step 8
}

ExpandedIri expand_id(const ActiveContext& context, std::string_view value, Arena& arena) {
    if (value.starts_with('@')) {
        const Keyword keyword = find_keyword(value);
        if (keyword != Keyword::kNone) return {.text = value, .keyword = keyword};
        if (has_keyword_form(value)) return {};
    }
    // Step 4: a term that is an alias of a keyword, not of anything else.
    const TermDefinition* const definition = context.terms.find(value);
    if (definition != nullptr && definition->iri.keyword != Keyword::kNone) return definition->iri;
    if (const auto iri = expand_colon(context, value, arena)) return {.text = *iri};
    return resolve(context, value, arena);
}

}  // namespace tasdiq::linked
