#include "cli/status_places.hpp"

#include <set>

#include "cli/ledger_folder_test.hpp"
#include "credential/status_list.hpp"

namespace tasdiq::cli {
namespace {

TEST(StatusPlaces, AreGivenOnceEach) {
    PlaceMaker maker;
    std::set<std::string> lists;
    std::set<std::pair<std::string, std::uint32_t>> places;
    bool is_ascending = true;
    std::uint32_t last = 0;
    for (std::size_t i = 0; i < kPlacesOfList + 1; ++i) {
        const auto place = maker.next();
        EXPECT_LT(place.index, credential::kStatusEntriesMin);
        EXPECT_TRUE(places.emplace(place.list, place.index).second) << i;
        lists.insert(place.list);
        is_ascending = is_ascending && (i == 0 || place.index > last);
        last = place.index;
    }
    EXPECT_EQ(lists.size(), 2U);  // the second has one
    EXPECT_EQ(lists.begin()->size(), 16U);
    EXPECT_FALSE(is_ascending);
}

TEST(StatusPlaces, AreReadAsTheyAreWritten) {
    const test::Folder folder;
    const std::vector<IssuePlaces> issues{
        {{"0123456789abcdef", 7}, {"fedcba9876543210", 7}}, {}, {{"0123456789abcdef", 131'071}}};
    EXPECT_TRUE(read_places(folder.path())->empty());  // a batch without lists
    folder.write("status-lists.cbor", encode_places(issues));
    EXPECT_EQ(*read_places(folder.path()), issues);
    EXPECT_EQ(lists_of(issues), (std::vector<std::string>{"0123456789abcdef", "fedcba9876543210"}));
}

/// `[version, [name, …], [[[list, index], …]]]`
Bytes file_of(std::uint64_t version, const std::vector<std::string_view>& names,
              const std::vector<std::pair<std::uint64_t, std::uint64_t>>& places) {
    Bytes bytes;
    codec::CborWriter writer{bytes};
    writer.array(3).uint(version).array(names.size());
    for (const std::string_view name : names) writer.text(name);
    writer.array(1).array(places.size());
    for (const auto& [list, index] : places) writer.array(2).uint(list).uint(index);
    return bytes;
}

TEST(StatusPlaces, RefuseAMalformedFile) {
    const test::Folder folder;
    const auto is_read = [&](const Bytes& content) {
        folder.write("status-lists.cbor", content);
        const auto read = read_places(folder.path());
        if (!read) EXPECT_TRUE(read.error().ends_with("status-lists.cbor: is malformed"));
        return read.has_value();
    };
    constexpr std::string_view kName = "0123456789abcdef";
    EXPECT_TRUE(is_read(file_of(1, {kName}, {{0, 7}, {0, 8}})));
    EXPECT_FALSE(is_read(file_of(2, {kName}, {{0, 7}})));
    EXPECT_FALSE(is_read(file_of(1, {"0123456789ABCDEF"}, {{0, 7}})));
    EXPECT_FALSE(is_read(file_of(1, {"0123456789abcde"}, {{0, 7}})));
    EXPECT_FALSE(is_read(file_of(1, {kName}, {{1, 7}})));
    EXPECT_FALSE(is_read(file_of(1, {kName}, {{0, 131'072}})));
    EXPECT_FALSE(is_read(file_of(1, {kName}, {{0, 7}, {0, 7}})));
    // One list under two numbers: the places would be one.
    EXPECT_TRUE(is_read(file_of(1, {kName, "fedcba9876543210"}, {{0, 7}, {1, 7}})));
    EXPECT_FALSE(is_read(file_of(1, {kName, kName}, {{0, 7}, {1, 7}})));
    Bytes longer = file_of(1, {kName}, {{0, 7}});
    longer.push_back(0);
    EXPECT_FALSE(is_read(longer));
    EXPECT_FALSE(is_read(Bytes{}));
}

}  // namespace
}  // namespace tasdiq::cli
