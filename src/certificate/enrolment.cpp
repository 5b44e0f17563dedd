#include "certificate/enrolment.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "crypto/domains.hpp"
#include "wire/values.hpp"

namespace tasdiq::certificate {

using codec::CborError;

Bytes encode(const Enrolment& enrolment) {
    codec::CborWriter writer;
    writer.array(4).text(crypto::kEnrolmentDomain).array(enrolment.names.size());
    for (const std::string& name : enrolment.names) writer.text(name);
    if (enrolment.birth_date) {
        writer.integer(enrolment.birth_date->days);
    } else {
        writer.null();
    }
    return writer.bytes(enrolment.salt).take();
}

Result<Enrolment, CborError> decode_enrolment(ByteView bytes) {
    codec::CborReader reader{bytes};
    TRY(reader.array_of(4));
    TRY(const std::string_view domain, reader.text());
    if (domain != crypto::kEnrolmentDomain) return std::unexpected{CborError::kWrongType};
    Enrolment enrolment;
    TRY(const std::size_t count, reader.array());
    if (count == 0) return std::unexpected{CborError::kWrongCount};
    for (std::size_t i = 0; i < count; ++i) {
        TRY(const std::string_view name, reader.text());
        enrolment.names.emplace_back(name);
    }
    if (!reader.take_null()) {
        TRY(const std::int64_t day, reader.integer());
        if (day < wire::kDayMin.days || day > wire::kDayMax.days) {
            return std::unexpected{CborError::kIntegerRange};
        }
        enrolment.birth_date = Day{static_cast<std::int32_t>(day)};
    }
    TRY(const ByteView salt, reader.bytes_of(enrolment.salt.size()));
    std::ranges::copy(salt, enrolment.salt.begin());
    TRY(reader.finish());
    return enrolment;
}

merkle::MerkleHash enrolment_hash(const Enrolment& enrolment) {
    return merkle::hash_leaf(encode(enrolment));
}

wire::CohortRoot cohort_root(std::span<const Enrolment> leaves) {
    std::vector<merkle::MerkleHash> hashes;
    hashes.reserve(leaves.size());
    for (const Enrolment& leaf : leaves) hashes.push_back(enrolment_hash(leaf));
    ENSURE(!hashes.empty() && std::ranges::is_sorted(hashes));
    return *wire::CohortRoot::from(merkle::root_of(hashes).view());
}

}  // namespace tasdiq::certificate
