#pragma once

#include "ledger/world_test.hpp"
#include "wire/checkpoint.hpp"

// What others have of a small ledger for tests: its blocks, to be made again, and its checkpoint.
namespace tasdiq::ledger::world {

struct PastBlock {
    std::uint64_t height;
    Instant time;
    std::vector<Bytes> submissions;
};

/// The blocks after genesis, with what was sent. None of them has an issue (ENSURE where they are
/// made again): lists do not stand in the log.
inline std::vector<PastBlock> past_blocks(const World& world) {
    std::vector<PastBlock> blocks;
    std::vector<Bytes> submissions;
    for (const Bytes& bytes : world.view.entries()) {
        const auto entry = wire::decode_entry(bytes);
        ENSURE(entry);
        if (const auto* transaction = std::get_if<wire::TransactionEntry>(&*entry)) {
            submissions.push_back(
                wire::encode(wire::Submission{transaction->envelope, std::nullopt}));
        } else if (const auto* end = std::get_if<wire::BlockEntry>(&*entry)) {
            if (end->height > 0) {
                blocks.push_back({end->height, end->time, std::move(submissions)});
            }
            submissions.clear();
        }
    }
    return blocks;
}

/// The checkpoint with the cosignatures of all states, of the world's time.
inline wire::SignedNote cosigned(const World& world, const wire::Checkpoint& checkpoint) {
    wire::SignedNote note{wire::note_text(checkpoint), {}};
    for (const wire::SetMember& member : wire::genesis_set(world.genesis)) {
        const auto& key = world.keys.at({member.state, {2}});
        const wire::Cosignature cosignature{
            member.state, world.now, key.sign(wire::cosignature_input(note.text, world.now))};
        note.signatures.push_back(wire::to_note_signature(cosignature, member, checkpoint.origin));
    }
    return note;
}

}  // namespace tasdiq::ledger::world
