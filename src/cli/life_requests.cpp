#include <algorithm>

#include "base/ensure.hpp"
#include "cli/request_fields.hpp"
#include "wire/describe.hpp"

// Requests about what becomes of members, of what was signed, and of those who study.
namespace tasdiq::cli {
namespace {

using codec::CborWriter;
using codec::Json;

/// Numbers of an optional list, ascending.
std::vector<std::uint64_t> numbers_of(JsonMembers& request, std::string_view key,
                                      std::uint64_t max) {
    std::vector<std::uint64_t> numbers;
    if (request.find(key) == nullptr) return numbers;
    for (const Json& one : request.array(key)) {
        const auto number = one.get_integer();
        if (!number || *number < 0 || static_cast<std::uint64_t>(*number) > max) {
            request.refuse(key);
            break;
        }
        numbers.push_back(static_cast<std::uint64_t>(*number));
    }
    std::ranges::sort(numbers);
    return numbers;
}

/// Why there are not as many others as the change needs, where that is so.
std::string others_fault(wire::SuccessionKind kind, std::size_t count) {
    const std::string word{wire::to_word(kind)};
    switch (kind) {
        case wire::SuccessionKind::kAbsorbed:
        case wire::SuccessionKind::kMerged:
        case wire::SuccessionKind::kMoved:
            return count == 1 ? "" : "others: " + word + " needs exactly one member";
        case wire::SuccessionKind::kSplit:
            return count > 0 ? "" : "others: " + word + " needs the members that go on";
        case wire::SuccessionKind::kClosed:
        case wire::SuccessionKind::kRenamed:
        case wire::SuccessionKind::kReopened:
        case wire::SuccessionKind::kReconstituted:
            return count == 0 ? "" : "others: " + word + " takes no other members";
    }
    ENSURE(false);
}

}  // namespace

Result<Request, std::string> parse_succession(const Json& json, const std::string& /*folder*/) {
    JsonMembers request{json};
    CborWriter writer;
    writer.array(8);
    put_code(writer, wire::BodyCode::kSuccession);
    const wire::MemberId by = member_of(request, "by");
    writer.uint(by.value).uint(member_of(request, "member").value);
    const auto kind = parse_word(request.text("kind"), wire::SuccessionKind::kMoved);
    if (!kind) request.refuse("kind");
    writer.uint(kind ? static_cast<std::uint64_t>(*kind) : 0);
    const auto others = numbers_of(request, "others", UINT32_MAX);
    const std::string fault = kind ? others_fault(*kind, others.size()) : "";
    put_numbers(writer, others);
    writer.integer(request.day("day").days).text(request.visible_text("legal"));
    if (kind != wire::SuccessionKind::kRenamed) {
        writer.null();
    } else {
        JsonMembers name = request.object("name");
        writer.array(3);
        for (const char* key : {"ar", "en", "fr"}) writer.text(name.visible_text(key));
        request.absorb(name);
    }
    auto finished_request = finished(request, writer, by);
    if (finished_request && !fault.empty()) return std::unexpected{fault};
    return finished_request;
}

Result<Request, std::string> parse_reconstitute(const Json& json, const std::string& folder) {
    JsonMembers request{json};
    CborWriter writer;
    writer.array(6);
    put_code(writer, wire::BodyCode::kReconstitute);
    const wire::MemberId by = member_of(request, "by");
    writer.uint(by.value).uint(member_of(request, "member").value);
    writer.text(request.visible_text("legal"));
    put_numbers(writer, numbers_of(request, "retired", UINT16_MAX));
    put_keys(writer, request, folder);
    return finished(request, writer, by);
}

Request make_custody(const wire::Custody& body) {
    CborWriter writer;
    writer.array(4);
    put_code(writer, wire::BodyCode::kCustody);
    writer.uint(body.authority.value).uint(body.member.value);
    if (body.custodian) {
        writer.array(2).uint(body.custodian->member.value);
        writer.uint(static_cast<std::uint64_t>(body.custodian->scope));
    } else {
        writer.null();
    }
    return {writer.take(), body.authority};
}

Request make_confirm(const wire::Confirm& body) {
    CborWriter writer;
    writer.array(5);
    put_code(writer, wire::BodyCode::kConfirm);
    writer.uint(body.member.value).uint(body.by.value).uint(body.ordinal.value);
    writer.array(body.ranges.size());
    for (const wire::IndexRange& range : body.ranges) {
        writer.array(2).uint(range.from.value).uint(range.until.value);
    }
    return {writer.take(), body.member};
}

Request make_cancel(wire::MemberId member, const wire::TransactionId& transaction) {
    CborWriter writer;
    writer.array(3);
    put_code(writer, wire::BodyCode::kCancel);
    return {writer.uint(member.value).bytes(transaction.view()).take(), member};
}

Request make_attest(wire::MemberId authority, const std::vector<wire::LogIndex>& indices) {
    CborWriter writer;
    writer.array(3);
    put_code(writer, wire::BodyCode::kAttest);
    writer.uint(authority.value);
    put_indices(writer, indices);
    return {writer.take(), authority};
}

Request make_commit_cohort(const wire::CommitCohort& body) {
    CborWriter writer;
    writer.array(6);
    put_code(writer, wire::BodyCode::kCommitCohort);
    writer.uint(body.institution.value).uint(static_cast<std::uint64_t>(body.kind));
    writer.integer(body.intake.days).uint(body.count).bytes(body.root.view());
    return {writer.take(), body.institution};
}

Request make_release_seats(wire::MemberId institution, const std::vector<wire::Seat>& seats) {
    CborWriter writer;
    writer.array(3);
    put_code(writer, wire::BodyCode::kReleaseSeats);
    writer.uint(institution.value).array(seats.size());
    for (const wire::Seat& seat : seats) {
        writer.array(2).array(2).uint(seat.institution.value).uint(seat.cohort);
        writer.uint(seat.leaf);
    }
    return {writer.take(), institution};
}

}  // namespace tasdiq::cli
