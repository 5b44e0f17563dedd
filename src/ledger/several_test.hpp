#pragma once

#include "ledger/attempt_test.hpp"

namespace tasdiq::ledger::world {

/// El Manar and whoever else a test needs.
struct Several : Manar {
    /// Another authority, with its keys 0 and 1.
    MemberId authority(const std::string& name, std::uint32_t sector, MemberId state = kTunisia) {
        const MemberId id = next_member();
        const auto added = first_keys(id, {Role::kAuthority, Role::kAuthority}, chain);
        EXPECT_TRUE(send(wire::RegisterAuthority{state, names_of(name), sector, {}, added},
                         {{state, {0}}, {state, {1}}}));
        return id;
    }
    void accredit(MemberId institution, const wire::Scope& scope = manar_scope(),
                  MemberId authority = kMinistry) {
        EXPECT_TRUE(send(wire::Accredit{authority, institution, scope, {}}, both_of(authority)));
    }
    static std::vector<Signer> together(std::initializer_list<std::vector<Signer>> groups) {
        std::vector<Signer> all;
        for (const auto& group : groups) all.insert(all.end(), group.begin(), group.end());
        return all;
    }
    LogIndex issued(const wire::Terms& terms, const std::string& seed,
                    const std::vector<Signer>& signers) {
        const auto answer = issue(terms, items_of(seed, 1), signers);
        EXPECT_TRUE(answer) << to_string(answer.error().error);
        return answer ? answer->first_certificate : LogIndex{};
    }
};

inline void expect_refused(const Result<Accepted, Refusal>& answer, LedgerError error,
                           std::optional<std::uint32_t> position = std::nullopt) {
    ASSERT_FALSE(answer) << "not refused: " << to_string(error);
    EXPECT_EQ(to_string(answer.error().error), to_string(error));
    EXPECT_EQ(answer.error().position, position) << to_string(error);
}

}  // namespace tasdiq::ledger::world
