#include "verify/memory.hpp"

#include <algorithm>

namespace tasdiq::verify {

std::optional<crypto::PublicKey> KeyMemo::parse(const wire::KeyRecord& record) {
    if (!last_ || last_->algorithm() != record.algorithm ||
        !std::ranges::equal(last_->view(), record.public_key)) {
        auto parsed = crypto::PublicKey::parse(record.algorithm, record.public_key);
        if (!parsed) return std::nullopt;
        last_ = *std::move(parsed);
    }
    return last_;
}

merkle::MapClaim to_map_claim(const wire::RecordClaim& claim) {
    return {claim.key.hash(),
            claim.record ? std::optional{merkle::hash_map_value(*claim.record)} : std::nullopt};
}

}  // namespace tasdiq::verify
