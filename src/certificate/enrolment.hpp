#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "codec/cbor.hpp"
#include "merkle/log_tree.hpp"
#include "wire/ids.hpp"

namespace tasdiq::certificate {

// Format: docs/formats/cohort.md. Spec: DESIGN §4.

/// Who has a seat in a cohort: a leaf under its root.
struct Enrolment {
    std::vector<std::string> names;  // at least one
    std::optional<Day> birth_date;
    std::array<std::uint8_t, 16> salt{};
    friend bool operator==(const Enrolment&, const Enrolment&) = default;
};

[[nodiscard]] Bytes encode(const Enrolment& enrolment);
/// Errors: those of the encoding; kWrongType for another domain, kWrongCount without a name,
/// kIntegerRange for a day that is none.
[[nodiscard]] Result<Enrolment, codec::CborError> decode_enrolment(ByteView bytes);

/// The hash that leaves ascend by.
[[nodiscard]] merkle::MerkleHash enrolment_hash(const Enrolment& enrolment);
/// The root over `leaves`, which are in their order (ENSURE) and at least one.
[[nodiscard]] wire::CohortRoot cohort_root(std::span<const Enrolment> leaves);

}  // namespace tasdiq::certificate
