#pragma once

#include "store/ledger_store.hpp"
#include "wire/record.hpp"

namespace tasdiq::node {

/// A record, or why not: none, or the disk failed (then what was to be answered is not).
template <class Record>
struct Lookup {
    std::optional<Record> record;
    bool failed = false;
};

template <class Record>
[[nodiscard]] Lookup<Record> look_up(const store::LedgerStore& store, const wire::MapKey& key) {
    const auto bytes = store.record(key);
    if (!bytes) return {std::nullopt, true};
    if (!*bytes) return {};
    auto record = wire::decode_record<Record>(**bytes);
    if (!record) return {std::nullopt, true};
    return {*std::move(record), false};
}

}  // namespace tasdiq::node
