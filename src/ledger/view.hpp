#pragma once

#include <map>
#include <memory>
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
    /// A member's record; a null pointer: there is none.
    [[nodiscard]] virtual std::shared_ptr<const wire::MemberRecord> member(wire::MemberId id) const;
};

/// What a view is while a transaction is looked at: reads each member once. Whether something is
/// void is asked of members for every change of every certificate.
class SteadyView final : public View {
  public:
    explicit SteadyView(const View& view) : view_{view} {}

    [[nodiscard]] std::optional<Bytes> record(const wire::MapKey& key) const override {
        return view_.record(key);
    }
    [[nodiscard]] std::optional<Bytes> entry(wire::LogIndex index) const override {
        return view_.entry(index);
    }
    [[nodiscard]] std::optional<wire::LogIndex> certificate_of(
        const wire::Commitment& commitment) const override {
        return view_.certificate_of(commitment);
    }
    [[nodiscard]] std::optional<Instant> time_of(wire::LogIndex index) const override {
        return view_.time_of(index);
    }
    [[nodiscard]] wire::LogIndex next_index() const override { return view_.next_index(); }
    [[nodiscard]] std::shared_ptr<const wire::MemberRecord> member(
        wire::MemberId id) const override;

  private:
    const View& view_;
    mutable std::map<wire::MemberId, std::shared_ptr<const wire::MemberRecord>> members_;
};

}  // namespace tasdiq::ledger
