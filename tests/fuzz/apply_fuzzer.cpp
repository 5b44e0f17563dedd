// Whatever is sent to a small ledger is recorded as a whole or leaves no trace.
//
// Input: a submission as it comes; or else u16 size ‖ payload ‖ list, to which the ledger's chain,
// the list's count and root, and good signatures of all signers are added, so that the rules are
// reached and not only the door.
#include <cstddef>
#include <cstdint>

#include "ledger/world_test.hpp"

namespace tasdiq::ledger::world {
namespace {

/// El Manar with certificates of every status.
struct Prepared : Manar {
    Prepared() {
        using enum wire::StatusState;
        const std::vector<Signer> officers{kRegistrar, kDean};
        const auto degrees = issue(manar_terms(), items_of("degrees", 12), officers);
        ENSURE(degrees);
        const std::uint64_t first = degrees->first_certificate.value;
        for (const auto& [state, offset] :
             {std::pair{kSuspended, 1U}, {kRevoked, 2U}, {kCancelled, 3U}, {kLost, 4U}}) {
            ENSURE(send(wire::Status{kManar, state, {{first + offset}}}, officers));
        }
        auto items = items_of("again", 1);
        items[0].relation = wire::Relation{wire::RelationCode::kReplaces, {first + 5}};
        ENSURE(issue(manar_terms(), items, officers));
        ENSURE(send(wire::AddKey{kManar, next_key(kManar, Role::kDean)}, {kDean, kMinistry1}));
        ENSURE(send(wire::VoidKey{kMinistry, kManar, {3}, view.next_index()},
                    {kMinistry1, kMinistry2}));
    }
};

const Prepared& prepared() {
    static const Prepared world;
    return world;
}

std::optional<Bytes> repaired(ByteView input) {
    if (input.size() < 2) return std::nullopt;
    const std::size_t size = std::size_t{input[0]} << 8U | input[1];
    const ByteView rest = input.subspan(2);
    if (size > rest.size()) return std::nullopt;
    auto payload = wire::decode_payload(rest.first(size));
    if (!payload) return std::nullopt;
    payload->chain = prepared().chain;
    payload->expires = prepared().now;
    std::optional<Bytes> list;
    if (auto* issue = std::get_if<wire::Issue>(&payload->body)) {
        list = to_bytes(rest.subspan(size));
        if (const auto items = wire::decode_list(*list)) {
            *issue = World::issue_of(issue->terms, *items);
        }
        if (list->empty()) list.reset();
    }
    return prepared().sign(*payload, list);
}

void check_refused(const BlockBuilder& block, const Refusal& refusal) {
    ENSURE(!to_string(refusal.error).empty());
    ENSURE(block.empty());
}

void check_accepted(BlockBuilder& block, const Accepted& accepted, ByteView submission) {
    ENSURE(accepted.index == prepared().view.next_index());
    ENSURE(block.entry_count() == 1 + accepted.certificate_count);
    const auto again = block.add(submission);
    ENSURE(again && again->is_repeated && again->index == accepted.index);
    const auto writes = block.take_writes();
    for (std::size_t i = 1; i < writes.size(); ++i) ENSURE(writes[i - 1].first < writes[i].first);
    const auto closed = block.finish(merkle::MapRoot{});
    ENSURE(closed.entries.size() == 2 + accepted.certificate_count);
    ENSURE(closed.commitments.size() == accepted.certificate_count);
    for (const Bytes& entry : closed.entries) ENSURE(wire::decode_entry(entry).has_value());
}

void send(ByteView submission) {
    BlockBuilder block{prepared().view, prepared().context()};
    const auto answer = block.add(submission);
    if (!answer) {
        check_refused(block, answer.error());
    } else if (!answer->is_repeated) {
        check_accepted(block, *answer, submission);
    }
}

}  // namespace
}  // namespace tasdiq::ledger::world

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq::ledger::world;
    const tasdiq::ByteView input{data, size};
    send(input);
    if (const auto submission = repaired(input)) send(*submission);
    return 0;
}
