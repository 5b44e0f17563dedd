#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "node/read_record.hpp"
#include "wire/record.hpp"
#include "wire/voids.hpp"

namespace tasdiq::node {

/// Members of the ledger, each read once.
class MemberReader {
  public:
    explicit MemberReader(const store::LedgerStore& store) : store_{store} {}

    /// Nothing where there is none, or where the disk failed.
    const std::optional<wire::MemberRecord>& find(wire::MemberId id) {
        const auto [at, is_new] = found_.try_emplace(id);
        if (is_new) {
            auto found = look_up<wire::MemberRecord>(store_, wire::MapKey::member(id));
            failed_ = failed_ || found.failed;
            at->second = std::move(found.record);
        }
        return at->second;
    }
    /// Whether what these signed at this entry counts as absent.
    bool is_void(std::span<const wire::Signer> signers, wire::LogIndex index) {
        return std::ranges::any_of(signers, [&](const wire::Signer& signer) {
            const auto& member = find(signer.member);
            return member &&
                   wire::is_voided(*member, signer, index,
                                   [&](wire::MemberId id) -> const auto& { return find(id); });
        });
    }
    template <class Signed>
    bool is_void(const Signed& what) {
        return is_void(what.signers, what.index);
    }
    /// What the member was called on a day.
    const wire::Name& name_on(const wire::MemberRecord& member, Day day) {
        return wire::name_on(member, day, [this](const auto& item) { return is_void(item); });
    }
    /// The names that count.
    std::vector<wire::Name> names_of(const wire::MemberRecord& member) {
        std::vector<wire::Name> names = member.names;
        std::erase_if(names, [&](const wire::Name& name) {
            return !wire::counts(name, member, [this](const auto& item) { return is_void(item); });
        });
        return names;
    }
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    const store::LedgerStore& store_;
    std::map<wire::MemberId, std::optional<wire::MemberRecord>> found_;
    bool failed_ = false;
};

}  // namespace tasdiq::node
