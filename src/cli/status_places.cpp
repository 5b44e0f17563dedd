#include "cli/status_places.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <set>

#include "cli/files.hpp"
#include "credential/status_list.hpp"
#include "keys/random.hpp"

namespace tasdiq::cli {
namespace {

using certificate::StatusPlace;

constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kSizeMax = 64U << 20;
constexpr std::size_t kNameSize = 16;

bool is_list_name(std::string_view text) {
    return text.size() == kNameSize && std::ranges::all_of(text, [](char c) {
               return ('0' <= c && c <= '9') || ('a' <= c && c <= 'f');
           });
}

using Faulty = std::unexpected<codec::CborError>;

Result<IssuePlaces, codec::CborError> decode_issue(
    codec::CborReader& reader, const std::vector<std::string>& lists,
    std::set<std::pair<std::uint64_t, std::uint64_t>>& taken) {
    IssuePlaces places;
    TRY(const std::size_t count, reader.array());
    for (std::size_t i = 0; i < count; ++i) {
        TRY(reader.array_of(2));
        TRY(const std::uint64_t list, reader.uint());
        TRY(const std::uint64_t index, reader.uint());
        const bool good = list < lists.size() && index < credential::kStatusEntriesMin &&
                          taken.emplace(list, index).second;
        if (!good) return Faulty{codec::CborError::kIntegerRange};
        places.push_back(
            {lists[static_cast<std::size_t>(list)], static_cast<std::uint32_t>(index)});
    }
    return places;
}

}  // namespace

StatusPlace PlaceMaker::next() {
    if (count_ == kPlacesOfList) {
        std::array<std::uint8_t, kNameSize / 2> name{};
        keys::random_bytes(name);
        list_ = to_hex(name);
        taken_.assign(credential::kStatusEntriesMin, false);
        count_ = 0;
    }
    static_assert(std::has_single_bit(credential::kStatusEntriesMin));  // no entry is likelier
    std::size_t index = 0;
    do {
        std::array<std::uint8_t, 4> random{};
        keys::random_bytes(random);
        for (const std::uint8_t byte : random) index = index << 8U | byte;
        index %= credential::kStatusEntriesMin;
    } while (taken_[index]);
    taken_[index] = true;
    ++count_;
    return {list_, static_cast<std::uint32_t>(index)};
}

std::vector<std::string> lists_of(const std::vector<IssuePlaces>& issues) {
    std::vector<std::string> lists;
    for (const IssuePlaces& places : issues) {
        for (const StatusPlace& place : places) {
            if (std::ranges::find(lists, place.list) == lists.end()) lists.push_back(place.list);
        }
    }
    return lists;
}

Bytes encode_places(const std::vector<IssuePlaces>& issues) {
    const auto lists = lists_of(issues);
    std::map<std::string_view, std::uint64_t> numbers;
    Bytes bytes;
    codec::CborWriter writer{bytes};
    writer.array(3).uint(kVersion).array(lists.size());
    for (const std::string& list : lists) {
        numbers.emplace(list, numbers.size());
        writer.text(list);
    }
    writer.array(issues.size());
    for (const IssuePlaces& places : issues) {
        writer.array(places.size());
        for (const StatusPlace& place : places) {
            writer.array(2).uint(numbers.at(place.list)).uint(place.index);
        }
    }
    return bytes;
}

Result<std::vector<IssuePlaces>, codec::CborError> decode_places(ByteView bytes) {
    codec::CborReader reader{bytes};
    TRY(reader.array_of(3));
    TRY(const std::uint64_t version, reader.uint());
    if (version != kVersion) return Faulty{codec::CborError::kIntegerRange};
    TRY(const std::size_t list_count, reader.array());
    std::vector<std::string> lists;
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < list_count; ++i) {
        TRY(const std::string_view name, reader.text());
        if (!is_list_name(name) || !names.emplace(name).second)
            return Faulty{codec::CborError::kIntegerRange};
        lists.emplace_back(name);
    }
    TRY(const std::size_t issue_count, reader.array());
    std::vector<IssuePlaces> issues;
    std::set<std::pair<std::uint64_t, std::uint64_t>> taken;
    for (std::size_t i = 0; i < issue_count; ++i) {
        TRY(auto places, decode_issue(reader, lists, taken));
        issues.push_back(std::move(places));
    }
    TRY(reader.finish());
    return issues;
}

Result<std::vector<IssuePlaces>, std::string> read_places(const std::string& folder) {
    const std::string path = folder + "/status-lists.cbor";
    if (!exists(path)) return std::vector<IssuePlaces>{};
    TRY(const Bytes content, read_file(path, kSizeMax));
    auto issues = decode_places(content);
    if (!issues) return std::unexpected{path + ": is malformed"};
    return *std::move(issues);
}

}  // namespace tasdiq::cli
