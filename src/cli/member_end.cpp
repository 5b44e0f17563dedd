#include "cli/member_end.hpp"

namespace tasdiq::cli {
namespace {

std::string target_of(wire::MemberId id) { return "/api/v1/members/" + std::to_string(id.value); }

}  // namespace

std::optional<wire::MemberId> custodian_of(const codec::Json& member) {
    const codec::Json* const custody = member.find("custody");
    const auto number = custody != nullptr && custody->is_object()
                            ? custody->find_integer("custodian")
                            : std::nullopt;
    if (!number || *number < 0 || *number > UINT32_MAX) return std::nullopt;
    return wire::MemberId{static_cast<std::uint32_t>(*number)};
}

std::optional<wire::MemberId> fetch_custodian(NodeClient& node, wire::MemberId id) {
    const auto member = node.get_json(target_of(id));
    return member ? custodian_of(*member) : std::nullopt;
}

std::string end_of_member(const codec::Json& member, wire::MemberId id, Day today) {
    const std::string* const day = member.find_string("ended");
    const auto ended = day != nullptr ? parse_day(*day) : std::nullopt;
    if (!ended) return {};
    std::string text = "member " + std::to_string(id.value) + " ended on " + to_text(*ended) +
                       "; its own keys sign nothing any more";
    if (today < *ended) {
        text = "member " + std::to_string(id.value) + " ends on " + to_text(*ended) +
               "; from then on its own keys sign nothing";
    }
    const auto custodian = custodian_of(member);
    if (!custodian) return text + ", and nobody acts for it (member custody)";
    const std::string number = std::to_string(custodian->value);
    return text + ". Its custodian, member " + number +
           ", signs corrections and duplicates, and what comes from registers with the authority: "
           "--with its profile, --signers " +
           number + ":0," + number + ":1";
}

std::string fetch_end_of_member(NodeClient& node, wire::MemberId id, Day today) {
    const auto member = node.get_json(target_of(id));
    return member ? end_of_member(*member, id, today) : std::string{};
}

}  // namespace tasdiq::cli
