#pragma once

#include <cstdint>
#include <string_view>

#include "codec/json.hpp"
#include "linked/arena.hpp"
#include "linked/context.hpp"

namespace tasdiq::linked {

struct Item;
using Items = ArenaVector<Item*>;

/// A property of an item. One IRI may stand in several of them: their values belong together.
struct Property {
    std::string_view iri;
    Items values;
};

/// What an expansion gives: nothing (null), one item, or an array of items.
struct Expansion {
    Item* one = nullptr;
    Items many;
    bool is_array = false;

    [[nodiscard]] bool is_null() const { return !is_array && one == nullptr; }
};

/// Which keywords an item has.
enum ItemEntry : std::uint16_t {
    kHasId = 1 << 0,
    kHasType = 1 << 1,
    kHasValue = 1 << 2,
    kHasLanguage = 1 << 3,
    kHasDirection = 1 << 4,
    kHasIndex = 1 << 5,
    kHasList = 1 << 6,
    kHasSet = 1 << 7,
    kHasGraph = 1 << 8,
    kHasIncluded = 1 << 9,
    kHasReverse = 1 << 10,
};

/// Entries that few items have.
struct ItemExtra {
    Items list;
    Items graph;
    Items included;
    Expansion set;  // while the item is being made
    ArenaVector<Property> reverse;
};

/// A map of an expanded document: a node, value, list or graph object. It lies in an arena; its
/// texts belong to the document, to the contexts or to that arena.
struct Item {
    std::uint16_t entries = 0;  // of ItemEntry
    Direction direction = Direction::kNone;
    std::string_view id;                  // without data: null
    ArenaVector<std::string_view> types;  // one, of a value object
    const codec::Json* json = nullptr;    // `@value`, unless it is a text
    std::string_view text;                // `@value`, if it is a text
    std::string_view language;
    std::string_view index;
    ArenaVector<Property> properties;
    ItemExtra* extra = nullptr;

    [[nodiscard]] bool has(ItemEntry entry) const { return (entries & entry) != 0; }
    [[nodiscard]] bool has_only(unsigned wanted) const {
        return (entries & ~wanted) == 0 && properties.empty();
    }
    [[nodiscard]] bool is_json_literal() const {
        return has(kHasValue) && types.size() == 1 && types[0] == "@json";
    }
};

[[nodiscard]] inline ItemExtra& extra_of(Arena& arena, Item& item) {
    if (item.extra == nullptr) item.extra = arena.make<ItemExtra>();
    return *item.extra;
}

}  // namespace tasdiq::linked
