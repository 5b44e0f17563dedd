#pragma once

#include <gtest/gtest.h>

#include "campus.hpp"

namespace tasdiq::judgement {

inline const Day kIntake = *parse_day("2025-09-15");

/// A graduate whose cohort may have been committed to.
inline certificate::Record student(Day intake = kIntake) {
    certificate::Record record = Campus::graduate();
    record.award.intake = intake;
    return record;
}

/// What a node would find in the ledger as it is now, if `lost` were not there.
inline Result<verify::CertificateRecords, verify::RecordsError> records_of(
    const Campus& campus, const Held& held,
    const std::optional<wire::MapKey>& lost = std::nullopt) {
    const auto entry = *wire::decode_certificate(campus.view.entries()[held.index.value]);
    return verify::find_records(held.index, entry, nullptr, {},
                                [&](const wire::MapKey& key, verify::Need) {
                                    return key == lost ? std::nullopt : campus.view.record(key);
                                });
}

/// The evidence has a record too few or too many.
inline void expect_incomplete(const verify::Verdict& verdict) {
    EXPECT_EQ(verdict.headline, verify::Headline::kCouldNotCheck);
    EXPECT_EQ(verdict.result_of(verify::Check::kWellFormed).code, verify::Code::kRecordsIncomplete);
}

}  // namespace tasdiq::judgement
