// Bytes that decode are the ones that encode, as a proof and as a page; no proof of chance bytes is
// accepted, whatever it is said to prove.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "merkle/map_page.hpp"
#include "merkle/map_proof.hpp"

namespace {

using namespace tasdiq::merkle;

/// Up to seven claims about keys that share bits: their number and form come from `seed`.
std::vector<MapClaim> make_claims(std::uint8_t seed) {
    std::vector<MapClaim> claims(seed % 8U);
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const auto key = claims[i].key.mutable_view();
        key[seed % 32U] = static_cast<std::uint8_t>(i * (1 + seed / 8U % 8U));
        if ((seed >> i & 1) != 0) claims[i].value = ValueHash{};
    }
    std::ranges::sort(claims, {}, &MapClaim::key);
    return claims;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const tasdiq::ByteView input = tasdiq::ByteView{data, size}.subspan(1);
    if (const auto proof = decode_map_proof(input)) {
        ENSURE(encode_map_proof(*proof) == tasdiq::to_bytes(input));
        ENSURE(!verify_map_proof(MapRoot{}, make_claims(data[0]), *proof));
    }
    const PageId id = page_on_path(KeyHash{}, data[0] % 43U * kPageLevels);
    if (const auto page = MapPage::decode(id, input)) {
        ENSURE(page->encode(id) == tasdiq::to_bytes(input));
    }
    return 0;
}
