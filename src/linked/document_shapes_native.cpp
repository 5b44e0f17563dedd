#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/sort.hpp"
#include "codec/json.hpp"
#include "linked/document_shapes.hpp"
#include "linked/nquads.hpp"

namespace tasdiq::linked {
namespace {

/// What may differ between documents of one shape.
enum class SlotKind : std::uint8_t {
    kText,     // a string that becomes a literal
    kUuid,     // `urn:uuid:…` that names a node
    kInteger,  // of at most 15 digits
    kJson,     // an array or object that becomes a literal of rdf:JSON
};

/// Documents of one shape: the same text but for what stands in slots.
struct DocumentShape {
    /// Text that is the same in all, and the slot behind it.
    struct Piece {
        std::string before;
        SlotKind kind;
    };
    /// Where a slot's text goes: `place` counts subject, predicate, object, graph.
    struct Use {
        std::size_t quad;
        std::size_t place;
        std::size_t slot;
    };

    std::string context;
    std::vector<Piece> pieces;
    std::string behind;
    Dataset learnt;  // that of the document it was learnt from
    /// Those of `learnt`, in the order of their lines; slots have its texts.
    std::vector<Quad> quads;
    std::vector<Use> uses;  // ascending by quad
};

constexpr std::size_t kShapesMax = 16;
constexpr std::size_t kTextSizeMax = std::size_t{1} << 16;
constexpr unsigned kCreditMax = 32;
constexpr unsigned kLearningCost = 4;  // reading twice more costs as much as four finds save
constexpr std::size_t kIntegerDigitsMax = 15;
constexpr std::size_t kJsonDepthMax = 16;
constexpr std::string_view kRdfJson = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";
constexpr std::string_view kUuidStart = "urn:uuid:";

// A JCS text has no spaces, and each value ends before one of `,]}` or with the text.

/// The string that begins at `at`, with its quotation marks; empty if it does not end.
std::string_view string_at(std::string_view text, std::size_t at) {
    for (std::size_t end = text.find('"', at + 1); end != text.npos;
         end = text.find('"', end + 1)) {
        std::size_t escapes_from = end;
        while (text[escapes_from - 1] == '\\') --escapes_from;  // the first quotation mark is none
        if ((end - escapes_from) % 2 == 0) return text.substr(at, end + 1 - at);
    }
    return {};
}

std::string_view integer_at(std::string_view text, std::size_t at) {
    std::size_t end = at + (at < text.size() && text[at] == '-' ? 1 : 0);
    const std::size_t first_digit = end;
    while (end < text.size() && is_digit(text[end])) ++end;
    const std::size_t digits = end - first_digit;
    if (digits == 0 || digits > kIntegerDigitsMax) return {};
    return text.substr(at, end - at);
}

/// The array or object that begins at `at`; empty if it does not end or goes too deep.
std::string_view nested_at(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    for (std::size_t end = at; end < text.size(); ++end) {
        switch (text[end]) {
            case '"': {
                const std::string_view string = string_at(text, end);
                if (string.empty()) return {};
                end += string.size() - 1;
                break;
            }
            case '[':
            case '{':
                if (++depth > kJsonDepthMax) return {};
                break;
            case ']':
            case '}':
                if (--depth == 0) return text.substr(at, end + 1 - at);
                break;
            default: break;
        }
    }
    return {};
}

bool is_uuid_name(std::string_view text) {
    constexpr std::size_t kUuidSize = 36;
    if (!text.starts_with(kUuidStart) || text.size() != kUuidStart.size() + kUuidSize) return false;
    return std::ranges::all_of(text.substr(kUuidStart.size()), [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'f') || c == '-';
    });
}

/// The text of a slot of this kind that begins at `at`, as it stands there; empty if none does.
std::string_view slot_at(std::string_view text, std::size_t at, SlotKind kind) {
    if (at >= text.size()) return {};
    const bool is_string = text[at] == '"';
    switch (kind) {
        case SlotKind::kText: return is_string ? string_at(text, at) : std::string_view{};
        case SlotKind::kUuid: {
            const std::string_view string = is_string ? string_at(text, at) : std::string_view{};
            const bool is_name =
                string.size() > 2 && is_uuid_name(string.substr(1, string.size() - 2));
            return is_name ? string : std::string_view{};
        }
        case SlotKind::kInteger: return integer_at(text, at);
        case SlotKind::kJson:
            return text[at] == '[' || text[at] == '{' ? nested_at(text, at) : std::string_view{};
    }
    return {};
}

/// What a slot's text says: without quotation marks and escapes. Kept by `dataset` where it is not
/// in `text` as it is.
std::string_view meaning_of(std::string_view text, SlotKind kind, Dataset& dataset) {
    if (kind != SlotKind::kText && kind != SlotKind::kUuid) return text;
    const std::string_view inside = text.substr(1, text.size() - 2);
    if (!inside.contains('\\')) return inside;
    const auto parsed = codec::parse_json(text);
    return parsed && parsed->is_string() ? dataset.keep(parsed->as_string()) : std::string_view{};
}

std::array<Term*, 4> places_of(Quad& quad) {
    return {&quad.subject, &quad.predicate, &quad.object, &quad.graph};
}
std::array<const Term*, 4> places_of(const Quad& quad) {
    return {&quad.subject, &quad.predicate, &quad.object, &quad.graph};
}

/// The texts of a document's slots, in their order; nothing if it has another shape.
std::optional<std::vector<std::string_view>> slots_of(std::string_view text,
                                                      const DocumentShape& shape) {
    std::vector<std::string_view> slots;
    slots.reserve(shape.pieces.size());
    std::size_t at = 0;
    for (const auto& [before, kind] : shape.pieces) {
        if (text.compare(at, before.size(), before) != 0) return std::nullopt;
        at += before.size();
        slots.push_back(slot_at(text, at, kind));
        if (slots.back().empty()) return std::nullopt;
        at += slots.back().size();
    }
    if (text.substr(at) != shape.behind) return std::nullopt;
    return slots;
}

/// Whether two nodes have one name: then they are one node, which is another shape.
bool has_equal_names(const DocumentShape& shape, const std::vector<std::string_view>& slots) {
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (shape.pieces[i].kind != SlotKind::kUuid) continue;
        if (std::find(slots.begin(), slots.begin() + static_cast<std::ptrdiff_t>(i), slots[i]) !=
            slots.begin() + static_cast<std::ptrdiff_t>(i)) {
            return true;
        }
    }
    return false;
}

/// Fills `dataset` with the shape's quads, with these texts in its slots.
void fill(const DocumentShape& shape, const std::vector<std::string_view>& slots,
          Dataset& dataset) {
    for (const std::string_view label : shape.learnt.blank_labels()) {
        static_cast<void>(dataset.add_blank(label));
    }
    dataset.reserve(shape.quads.size());
    auto use = shape.uses.begin();
    for (std::size_t i = 0; i < shape.quads.size(); ++i) {
        Quad quad = shape.quads[i];
        for (; use != shape.uses.end() && use->quad == i; ++use) {
            places_of(quad)[use->place]->text =
                meaning_of(slots[use->slot], shape.pieces[use->slot].kind, dataset);
        }
        dataset.add(quad);
    }
}

/// A value of a document that may be a slot.
struct Candidate {
    std::size_t at = 0;
    std::size_t size = 0;
    SlotKind kind = SlotKind::kText;
};

/// Finds the values that became literals or names as they are.
class CandidateFinder {
  public:
    CandidateFinder(std::string_view text, const Dataset& quads) : text_{text}, quads_{quads} {}

    std::vector<Candidate> run() {
        bool is_key = false;
        for (std::size_t at = 0; at < text_.size();) {
            const char c = text_[at];
            if (c == '"') {
                const std::string_view string = string_at(text_, at);
                if (string.empty()) return {};
                if (!is_key) add_string(at, string);
                at += string.size();
                continue;
            }
            if (const std::size_t size = json_literal_at(at); size != 0) {
                found_.push_back({at, size, SlotKind::kJson});
                at += size;
                continue;
            }
            if (c == '-' || is_digit(c)) {
                at += add_number(at);
                continue;
            }
            if (c == '{' || c == '[') objects_.push_back(c == '{');
            if ((c == '}' || c == ']') && !objects_.empty()) objects_.pop_back();
            is_key = (c == '{' || c == ',') && !objects_.empty() && objects_.back();
            ++at;
        }
        return std::move(found_);
    }

  private:
    [[nodiscard]] bool is_literal(std::string_view text) const {
        return std::ranges::any_of(quads_.quads(), [text](const Quad& quad) {
            return quad.object.is_literal() && quad.object.text == text;
        });
    }

    [[nodiscard]] bool is_name(std::string_view text) const {
        return std::ranges::any_of(quads_.quads(), [text](const Quad& quad) {
            return (quad.subject.kind == TermKind::kIri && quad.subject.text == text) ||
                   (quad.object.kind == TermKind::kIri && quad.object.text == text);
        });
    }

    void add_string(std::size_t at, std::string_view string) {
        Dataset memory;
        const std::string_view meaning = meaning_of(string, SlotKind::kText, memory);
        if (is_uuid_name(meaning) && is_name(meaning)) {
            found_.push_back({at, string.size(), SlotKind::kUuid});
        } else if (is_literal(meaning)) {
            found_.push_back({at, string.size(), SlotKind::kText});
        }
    }

    /// The size of the number at `at`.
    std::size_t add_number(std::size_t at) {
        const std::size_t end = std::min(text_.find_first_of(",]}", at), text_.size());
        const std::string_view integer = integer_at(text_, at);
        if (integer.size() == end - at && is_literal(integer)) {
            found_.push_back({at, integer.size(), SlotKind::kInteger});
        }
        return end - at;
    }

    /// The size of the array or object at `at`, if it became a literal.
    [[nodiscard]] std::size_t json_literal_at(std::size_t at) const {
        for (const Quad& quad : quads_.quads()) {
            const Term& object = quad.object;
            if (object.datatype() != kRdfJson || object.text.size() < 2) continue;
            if (object.text.front() != '[' && object.text.front() != '{') continue;
            if (text_.compare(at, object.text.size(), object.text) == 0) return object.text.size();
        }
        return 0;
    }

    std::string_view text_;
    const Dataset& quads_;
    std::vector<bool> objects_;  // of the maps and arrays around: whether it is a map
    std::vector<Candidate> found_;
};

/// Another text for slot number `slot`, unlike all that documents have.
std::string make_marker(SlotKind kind, std::size_t slot) {
    const std::string number = std::to_string(100'000'000'000 + slot);  // twelve digits
    switch (kind) {
        case SlotKind::kText: return "\"tasdiq slot " + number + '"';
        case SlotKind::kUuid: return "\"urn:uuid:00000000-0000-4000-8000-" + number + '"';
        case SlotKind::kInteger: return number;
        case SlotKind::kJson: return "[\"tasdiq slot " + number + "\"]";
    }
    return {};
}

/// The uses of slots, by what differs between a document and the same with markers; nothing if
/// anything differs but slots that say as they are what stood there, or a slot says nothing.
std::optional<std::vector<DocumentShape::Use>> uses_of(
    const Dataset& quads, const std::vector<std::string_view>& slots, const Dataset& marked,
    const std::vector<std::string>& markers, const std::vector<DocumentShape::Piece>& pieces) {
    if (quads.quads().size() != marked.quads().size() ||
        !std::ranges::equal(quads.blank_labels(), marked.blank_labels())) {
        return std::nullopt;
    }
    Dataset memory;
    std::vector<DocumentShape::Use> uses;
    std::vector<bool> is_used(slots.size());
    for (std::size_t i = 0; i < quads.quads().size(); ++i) {
        const auto here = places_of(quads.quads()[i]);
        const auto there = places_of(marked.quads()[i]);
        for (std::size_t place = 0; place < here.size(); ++place) {
            if (*here[place] == *there[place]) {
                // It could become equal to a name in a slot.
                if (is_uuid_name(here[place]->text)) return std::nullopt;
                continue;
            }
            const auto slot = std::ranges::find_if(markers, [&](const std::string& marker) {
                const SlotKind kind =
                    pieces[static_cast<std::size_t>(&marker - markers.data())].kind;
                return meaning_of(marker, kind, memory) == there[place]->text;
            });
            if (slot == markers.end()) return std::nullopt;
            const auto number = static_cast<std::size_t>(slot - markers.begin());
            Term expected = *there[place];
            expected.text = meaning_of(slots[number], pieces[number].kind, memory);
            const bool is_name = expected.kind == TermKind::kIri;
            if (expected != *here[place] || is_name != (pieces[number].kind == SlotKind::kUuid)) {
                return std::nullopt;
            }
            is_used[number] = true;
            uses.push_back({i, place, number});
        }
    }
    if (std::ranges::find(is_used, false) != is_used.end()) return std::nullopt;
    return uses;
}

/// Gives the shape its quads in the order of their lines. Canonicalization, which sorts them, then
/// finds them so but for what its labels and the slots change.
void take_in_order(DocumentShape& shape, const std::vector<DocumentShape::Use>& uses) {
    std::vector<std::pair<std::string, std::size_t>> lines;
    for (const Quad& quad : shape.learnt.quads()) {
        append_nquad(lines.emplace_back(std::string{}, lines.size()).first, quad);
    }
    sort(lines);
    for (const auto& [line, number] : lines) {
        for (DocumentShape::Use use :
             std::ranges::equal_range(uses, number, {}, &DocumentShape::Use::quad)) {
            use.quad = shape.quads.size();
            shape.uses.push_back(use);
        }
        shape.quads.push_back(shape.learnt.quads()[number]);
    }
}

std::optional<DocumentShape> make_shape(std::string_view text, const Dataset& quads,
                                        const DocumentShapes::Read& read) {
    Dataset own = quads.copy();  // `read` may take back what they point to
    DocumentShape shape;
    std::vector<std::string_view> slots;
    std::vector<std::string> markers;
    std::string marked_text;
    std::size_t done = 0;
    for (const Candidate& one : CandidateFinder{text, own}.run()) {
        const std::string_view before = text.substr(done, one.at - done);
        markers.push_back(make_marker(one.kind, markers.size()));
        slots.push_back(text.substr(one.at, one.size));
        marked_text.append(before).append(markers.back());
        shape.pieces.push_back({std::string{before}, one.kind});
        done = one.at + one.size;
    }
    shape.behind = text.substr(done);
    marked_text += shape.behind;
    if (has_equal_names(shape, slots)) return std::nullopt;
    const auto marked = read(marked_text);
    if (!marked) return std::nullopt;
    const auto uses = uses_of(own, slots, *marked, markers, shape.pieces);
    if (!uses) return std::nullopt;
    shape.learnt = std::move(own);
    take_in_order(shape, *uses);
    return shape;
}

}  // namespace

struct DocumentShapes::Known {
    std::list<DocumentShape> shapes;  // the one that was used last first
    std::string last_context;
    unsigned credit = kCreditMax;  // learning costs some of it, finding gives it back
};

DocumentShapes::DocumentShapes() : known_{std::make_unique<Known>()} {}
DocumentShapes::~DocumentShapes() = default;

bool DocumentShapes::find(std::string_view text, std::string_view context, Dataset& dataset) {
    auto& shapes = known_->shapes;
    for (auto shape = shapes.begin(); shape != shapes.end(); ++shape) {
        if (shape->context != context) continue;
        const auto slots = slots_of(text, *shape);
        if (!slots || has_equal_names(*shape, *slots)) continue;
        fill(*shape, *slots, dataset);
        shapes.splice(shapes.begin(), shapes, shape);
        known_->credit = std::min(known_->credit + 1, kCreditMax);
        return true;
    }
    return false;
}

void DocumentShapes::learn(std::string_view text, std::string_view context, const Dataset& quads,
                           const Read& read) {
    const bool is_first = known_->last_context != context;
    if (is_first) known_->last_context = context;
    if (is_first || known_->credit < kLearningCost || text.size() > kTextSizeMax) return;
    known_->credit -= kLearningCost;
    auto shape = make_shape(text, quads, read);
    if (!shape) return;
    shape->context = context;
    known_->shapes.push_front(*std::move(shape));
    if (known_->shapes.size() > kShapesMax) known_->shapes.pop_back();
}

}  // namespace tasdiq::linked
