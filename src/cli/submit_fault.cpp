#include "cli/submit_fault.hpp"

#include <algorithm>

#include "cli/exit_code.hpp"
#include "cli/member_end.hpp"
#include "cli/signing.hpp"
#include "ledger/error.hpp"

namespace tasdiq::cli {
namespace {

bool is(const BrokenRule& rule, ledger::LedgerError error) {
    return rule.code == static_cast<std::uint64_t>(error);
}

bool is_within(std::uint64_t code, std::uint64_t first, std::uint64_t last) {
    return first <= code && code <= last;
}

// What positions count: src/ledger/error.hpp.
bool is_of_signer(const BrokenRule& rule) {
    return is(rule, ledger::LedgerError::kCancelledEarlier) || is_within(rule.code, 200, 206);
}
bool is_of_item(const BrokenRule& rule) {
    return is_within(rule.code, 710, 719) || is_within(rule.code, 750, 764);
}

}  // namespace

std::string place_of(const BrokenRule& rule, const IssueToSign& issue,
                     const IssueSecrets& secrets) {
    if (!rule.position) return {};
    const auto at = static_cast<std::size_t>(*rule.position);
    const auto& signers = issue.decoded.signers;
    const auto& awarding = issue.issue().terms.awarding;
    if (is_of_signer(rule)) {
        if (at >= signers.size()) return {};
        return "key " + std::to_string(signers[at].ordinal.value) + " of member " +
               std::to_string(signers[at].member.value);
    }
    if (is_of_item(rule)) return at < secrets.size() ? "certificate " + secrets[at].serial : "";
    if (awarding.size() < 2 || at >= awarding.size()) return {};
    return "member " + std::to_string(awarding[at].institution.value);
}

NodeFault explain_refusal(NodeFault fault, const IssueToSign& issue, const IssueSecrets& secrets,
                          NodeClient& node) {
    if (!fault.rule) return fault;
    const std::string place = place_of(*fault.rule, issue, secrets);
    if (!place.empty()) fault.message += ": " + place;
    wire::MemberId member = issue.issue().terms.awarding.front().institution;
    if (is(*fault.rule, ledger::LedgerError::kSignerEnded)) {
        const auto& signers = issue.decoded.signers;
        const std::uint64_t at = fault.rule->position.value_or(0);
        if (at < signers.size()) member = signers[static_cast<std::size_t>(at)].member;
    } else if (!is(*fault.rule, ledger::LedgerError::kSenderEnded)) {
        return fault;
    }
    const std::string end = fetch_end_of_member(node, member, to_day(now()));
    if (!end.empty()) fault.message += "; " + end;
    return fault;
}

NodeFault explain_lists(NodeFault fault, wire::MemberId owner, NodeClient& node) {
    if (fault.exit_code != kExitRefused) return fault;
    const std::string end = fetch_end_of_member(node, owner, to_day(now()));
    if (end.empty()) return fault;
    fault.message += "; " + end +
                     ". Its custodian signs the status lists: prepare with --list-key, or with "
                     "--no-status-lists";
    return fault;
}

}  // namespace tasdiq::cli
