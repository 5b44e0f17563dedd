#include <algorithm>

#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/key_access.hpp"
#include "cli/ledger_reader.hpp"
#include "cli/needed.hpp"
#include "cli/to_sign.hpp"
#include "cli/transaction_draft.hpp"

namespace tasdiq::cli {
namespace {

constexpr auto kCancelOptions = with_proposal({
    {"member", "N", "whose officer says no"},
});

using Ids = std::vector<wire::TransactionId>;

/// Of an entry of the log, as its node has it.
Result<Ids, NodeFault> id_of_entry(const Arguments& arguments, wire::LogIndex index) {
    if (!arguments.has("node")) {
        return std::unexpected{NodeFault{kExitUsage, "an entry's number needs --node URL"}};
    }
    TRY(auto files, LogFiles::of_node(arguments.get("node", ""), std::nullopt));
    LedgerReader reader{files};
    TRY(const auto transaction, reader.transaction_at(index));
    if (!transaction) {
        return std::unexpected{NodeFault{
            kExitRefused, "entry " + std::to_string(index.value) +
                              " is no transaction; a certificate is cancelled with tasdiq status "
                              "cancel"}};
    }
    return Ids{transaction->id};
}

/// Of a draft, or of all issues of a batch.
Result<Ids, NodeFault> ids_in_file(const std::string& path) {
    const std::string batch = exists(path + "/to-sign.cbor") ? path + "/to-sign.cbor" : path;
    if (const auto to_sign = read_to_sign(batch)) {
        Ids ids;
        for (const IssueToSign& issue : to_sign->issues) {
            ids.push_back(wire::transaction_id(issue.payload));
        }
        return ids;
    }
    const auto draft = read_draft(path);
    if (!draft) {
        return std::unexpected{
            NodeFault{kExitIo, draft.error() + "; give a draft, a batch, the number of an entry "
                                               "or a transaction's id"}};
    }
    return Ids{wire::transaction_id(draft->payload)};
}

Result<Ids, NodeFault> find_transactions(const Arguments& arguments, const std::string& word) {
    const auto bytes = from_hex(word);
    const auto id = bytes ? wire::TransactionId::from(*bytes) : std::nullopt;
    if (id) return Ids{*id};
    if (const auto index = parse_count(word, wire::kLogIndexMax)) {
        return id_of_entry(arguments, {*index});
    }
    return ids_in_file(word);
}

int run_cancel(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) {
        return usage_error(
            "cancel needs one transaction: its id, the number of its entry, its draft or its "
            "batch");
    }
    Needed needed{arguments};
    const wire::MemberId member = needed.member("member");
    if (!needed.fault().empty()) return usage_error(needed.fault());
    const auto ids = find_transactions(arguments, arguments.positionals().front());
    if (!ids) {
        return ids.error().exit_code == kExitUsage
                   ? usage_error(ids.error().message)
                   : fail(ids.error().exit_code, ids.error().message);
    }
    if (ids->size() > 1 && arguments.has("out")) {
        return usage_error("this batch has " + std::to_string(ids->size()) +
                           " issues: cancel them with --sign KEYFILE, or one by one by their ids");
    }
    for (const wire::TransactionId& id : *ids) {
        if (const int code = propose(arguments, make_cancel(member, id)); code != kExitOk) {
            return code;
        }
    }
    return kExitOk;
}

constexpr Command kCommands[] = {
    {"cancel", "TRANSACTION --member N --sign KEYFILE --node URL",
     "stop a transaction before it takes effect, as one officer",
     "One officer's veto. What is not recorded yet never will be, if one of the member's keys "
     "signs "
     "it; what waits\n"
     "for its effect (an issue or a status with a cool-off) is undone. What is in effect stays: "
     "see "
     "the status\n"
     "commands, of which status cancel takes back single documents.\n"
     "TRANSACTION is a draft, a batch or its to-sign.cbor, the number of its entry, or its id.\n"
     "\n"
     "  tasdiq cancel june --member 10 --sign dean.key --node URL       (a batch with a mistake)\n"
     "  tasdiq cancel revoke.cbor --member 10 --sign dean.key --node URL\n"
     "  tasdiq cancel 602 --member 10 --sign president.key --node URL",
     kCancelOptions, run_cancel},
};

}  // namespace

std::span<const Command> cancel_commands() { return kCommands; }

}  // namespace tasdiq::cli
