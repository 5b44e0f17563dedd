// Places in status lists that are read are entries of lists, no two the same, and what is written
// of them reads as the same again, in no more bytes.
#include <cstddef>
#include <cstdint>
#include <set>

#include "base/ensure.hpp"
#include "cli/status_places.hpp"
#include "credential/status_list.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq;
    const auto issues = cli::decode_places({data, size});
    if (!issues) {
        ENSURE(!to_string(issues.error()).empty());
        return 0;
    }
    std::set<std::pair<std::string_view, std::uint32_t>> taken;
    for (const cli::IssuePlaces& places : *issues) {
        for (const certificate::StatusPlace& place : places) {
            const auto name = from_hex(place.list);
            ENSURE(name && name->size() == 8 && to_hex(*name) == place.list);
            ENSURE(place.index < credential::kStatusEntriesMin);
            ENSURE(taken.emplace(place.list, place.index).second);
        }
    }
    const Bytes written = cli::encode_places(*issues);
    ENSURE(written.size() <= size);  // names that no place has are left out
    const auto again = cli::decode_places(written);
    ENSURE(again && *again == *issues);
    return 0;
}
