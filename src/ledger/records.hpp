#pragma once

#include <algorithm>

#include "base/ensure.hpp"
#include "ledger/diff.hpp"
#include "ledger/view.hpp"
#include "ledger/voids.hpp"

// Internal to ledger: records as values instead of bytes.
namespace tasdiq::ledger {

/// The record, whoever signed it. What the map holds was written by these rules: if it cannot be
/// read, that is our defect.
template <class Record>
[[nodiscard]] std::optional<Record> read(const View& view, const wire::MapKey& key) {
    const auto bytes = view.record(key);
    if (!bytes) return std::nullopt;
    auto record = wire::decode_record<Record>(*bytes);
    ENSURE(record);
    return *std::move(record);
}

/// The record, if it does not count as absent because of who signed it.
template <class Record>
[[nodiscard]] std::optional<Record> read_unvoided(const View& view, const wire::MapKey& key) {
    auto record = read<Record>(view, key);
    if (record && is_void(view, *record)) return std::nullopt;
    return record;
}

template <class Record>
void put(Diff& diff, wire::MapKey key, const Record& record) {
    diff.writes.emplace_back(std::move(key), wire::encode(record));
}

[[nodiscard]] constexpr bool is_institution(wire::MemberKind kind) {
    switch (kind) {
        case wire::MemberKind::kUniversity:
        case wire::MemberKind::kSchool:
        case wire::MemberKind::kBranch:
        case wire::MemberKind::kExaminationBoard:
        case wire::MemberKind::kOrder:
        case wire::MemberKind::kTrainingCentre: return true;
        case wire::MemberKind::kState:
        case wire::MemberKind::kAuthority:
        case wire::MemberKind::kSecretariat: return false;
    }
    ENSURE(false);
}

}  // namespace tasdiq::ledger
