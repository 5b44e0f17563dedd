#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "keys/signing_key.hpp"
#include "ledger/block.hpp"
#include "ledger/memory_view.hpp"
#include "model.hpp"

namespace tasdiq::model {

/// A ledger and the model of it, side by side: what is sent goes to both, and both must agree.
class Stage {
  public:
    /// Genesis with two states.
    Stage();

    /// Sends it to both; then `difference` says what they do not agree about, if anything.
    /// Returns the model's number.
    unsigned send(const Sent& sent);
    void close_block();
    /// In the next block, which is later by so much.
    void pass(std::int64_t seconds);
    void compare_everything();

    /// A key that nobody registered yet; the same as last time, if that was not registered.
    const keys::SigningKey& fresh_key(crypto::Algorithm algorithm);
    const keys::SigningKey& fresh_key_after(const keys::SigningKey& key);
    [[nodiscard]] wire::NewKey new_key(const keys::SigningKey& key, Role role,
                                       std::optional<MemberId> member) const;

    /// Something that was sent, and the ledger's answer.
    struct Step {
        Instant now;
        LogIndex index;
        unsigned answer;
        Sent sent;
    };

    Model model;
    std::string difference;
    /// What was accepted lately, and the last thing that was not.
    [[nodiscard]] std::string story() const;
    std::size_t accepted = 0;
    std::map<unsigned, std::size_t> answers;  // how often each number was given

  private:
    [[nodiscard]] Bytes sign(const Sent& sent) const;
    void learn_genesis();
    void compare_block(std::size_t first);
    void report(const std::string& what);

    ledger::MemoryView view_;
    std::unique_ptr<ledger::BlockBuilder> block_;
    std::map<wire::MapKey, Bytes> expected_;
    std::deque<Step> recent_;
    std::size_t block_count_ = 0;
};

}  // namespace tasdiq::model
