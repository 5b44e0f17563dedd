#include <algorithm>
#include <map>
#include <utility>

#include "base/sort.hpp"
#include "linked/expand.hpp"

namespace tasdiq::linked {
namespace {

using codec::Json;

/// Writes items as the JSON of an expanded document.
class ItemWriter {
  public:
    explicit ItemWriter(MemberOrder order) : order_{order} {}

    [[nodiscard]] Json write(const Items& items) const {
        Json::Array array;
        array.reserve(items.size());
        for (const Item* const item : items) array.push_back(write(*item));
        return array;
    }

  private:
    [[nodiscard]] Json write(const Item& item) const {
        Json::Object members;
        const auto add = [&members](std::string_view key, Json value) {
            members.push_back({std::string{key}, std::move(value)});
        };
        if (item.has(kHasDirection)) add("@direction", to_string(item.direction));
        if (item.has(kHasGraph)) add("@graph", write(item.extra->graph));
        if (item.has(kHasId)) add("@id", write(item.id));
        if (item.has(kHasIncluded)) add("@included", write(included(item)));
        if (item.has(kHasIndex)) add("@index", item.index);
        if (item.has(kHasLanguage)) add("@language", item.language);
        if (item.has(kHasList)) add("@list", write(item.extra->list));
        if (item.has(kHasReverse)) add("@reverse", write(item.extra->reverse));
        if (item.has(kHasType)) add("@type", write_types(item));
        if (item.has(kHasValue)) {
            add("@value", item.json == nullptr ? Json{item.text} : *item.json);
        }
        Json properties = write(item.properties);
        for (auto& member : properties.as_object()) members.push_back(std::move(member));
        return members;
    }

    [[nodiscard]] static Json write(std::string_view text) {
        return is_absent(text) ? Json{} : Json{text};
    }

    [[nodiscard]] static Items included(const Item& item) {
        return item.extra == nullptr ? Items{} : item.extra->included;
    }

    [[nodiscard]] static Json write_types(const Item& item) {
        if (item.has(kHasValue) && item.types.size() == 1) return write(item.types[0]);
        Json::Array types;
        for (const std::string_view type : item.types) types.push_back(write(type));
        return types;
    }

    /// Values of one IRI come together, in the order in which they were met.
    [[nodiscard]] Json write(const ArenaVector<Property>& properties) const {
        std::map<std::string_view, std::size_t> places;
        Json::Object members;
        for (const Property& property : properties) {
            const auto [at, is_new] = places.try_emplace(property.iri, members.size());
            if (is_new) members.push_back({std::string{property.iri}, Json::array()});
            Json::Array& to = members[at->second].value.as_array();
            for (const Item* const item : property.values) to.push_back(write(*item));
        }
        if (order_ == MemberOrder::kSorted) {
            sort(members, [](const auto& a, const auto& b) { return a.key < b.key; });
        }
        return members;
    }

    MemberOrder order_;
};

}  // namespace

Result<Json, LdFault> expand(const Json& document, const LdOptions& options, ContextCache& cache) {
    Arena arena;
    TRY(const Items items, expand_items(document, options, cache, arena));
    return ItemWriter{options.member_order}.write(items);
}

}  // namespace tasdiq::linked
