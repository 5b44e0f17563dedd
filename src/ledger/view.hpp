#pragma once

#include <optional>

#include "base/time.hpp"
#include "wire/record.hpp"

namespace tasdiq::ledger {

/// What a rule may read: the map and the log up to some entry.
///
/// A failing disk is not this interface's business. The implementation answers "nothing" and
/// remembers the failure; whoever ran a rule looks for it afterwards and, if there was one, throws
/// the rule's answer away and stops. So no rule may break when it is told "nothing".
class View {
  public:
    View() = default;
    View(const View&) = delete;
    View& operator=(const View&) = delete;
    virtual ~View() = default;

    /// The encoded record of the map, if there is one.
    [[nodiscard]] virtual std::optional<Bytes> record(const wire::MapKey& key) const = 0;
    /// The log entry; nothing from `next_index` on.
    [[nodiscard]] virtual std::optional<Bytes> entry(wire::LogIndex index) const = 0;
    /// The certificate's entry in which this commitment was recorded, if it was.
    [[nodiscard]] virtual std::optional<wire::LogIndex> certificate_of(
        const wire::Commitment& commitment) const = 0;
    /// The time of the block that holds this entry; nothing from `next_index` on.
    [[nodiscard]] virtual std::optional<Instant> time_of(wire::LogIndex index) const = 0;
    /// The index that the next entry gets.
    [[nodiscard]] virtual wire::LogIndex next_index() const = 0;
};

}  // namespace tasdiq::ledger
