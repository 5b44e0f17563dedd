#pragma once

#include <gtest/gtest.h>

#include "ledger/world_test.hpp"

namespace tasdiq::ledger::world {

/// What a test is about to send: everything can be spoiled, and repaired again.
struct Attempt {
    World& world;
    wire::Body body;
    std::vector<Signer> signers;
    std::vector<wire::Item> items{};                      // of an issue; count and root follow
    std::optional<std::vector<wire::Item>> sent_items{};  // the list that comes, if another
    std::optional<Bytes> sent_list{};                     // its bytes, if they are no list
    bool without_list = false;
    std::optional<wire::ChainId> chain{};
    std::optional<Instant> expires{};
    World::Tamper tamper{};
    std::function<Bytes(Bytes)> spoil{};  // the submission's bytes

    [[nodiscard]] wire::Issue& issue() { return std::get<wire::Issue>(body); }
    [[nodiscard]] wire::Terms& terms() { return issue().terms; }

    [[nodiscard]] Bytes submission() {
        std::optional<Bytes> list;
        if (std::holds_alternative<wire::Issue>(body)) {
            body = World::issue_of(terms(), items);
            list = sent_list ? *sent_list : wire::encode_list(sent_items.value_or(items));
            if (without_list) list.reset();
        } else if (sent_list) {
            list = sent_list;
        }
        wire::Payload payload = world.payload(body, signers);
        if (chain) payload.chain = *chain;
        if (expires) payload.expires = *expires;
        Bytes bytes = world.sign(payload, list, tamper);
        return spoil ? spoil(std::move(bytes)) : bytes;
    }
};

/// An offence, and what repairs it.
struct Offence {
    LedgerError error;
    std::function<void(Attempt&)> repair;
};

/// The attempt commits all these offences at once, as far as it can. They are named one after the
/// other, each repaired before the next; then it is accepted. So the table pins the order, too.
inline void expect_in_order(Attempt& attempt, const std::vector<Offence>& offences) {
    for (const Offence& offence : offences) {
        const auto answer = attempt.world.send(attempt.submission());
        ASSERT_FALSE(answer) << "not refused: " << to_string(offence.error);
        EXPECT_EQ(to_string(answer.error().error), to_string(offence.error));
        offence.repair(attempt);
    }
    const auto answer = attempt.world.send(attempt.submission());
    EXPECT_TRUE(answer) << to_string(answer.error().error);
}

}  // namespace tasdiq::ledger::world
