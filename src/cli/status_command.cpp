#include "cli/command.hpp"
#include "cli/issue_rows.hpp"
#include "cli/needed.hpp"
#include "cli/status_lists.hpp"
#include "cli/transaction_draft.hpp"

namespace tasdiq::cli {
namespace {

constexpr auto kStatusOptions = with_proposal({
    {"member", "N", "who acts: the institution, or its authority"},
    kListsOption,
    kListKeyOption,
});
constexpr Option kPublishOptions[] = {
    kListKeyOption,
    {"custodian", "N", "who signs for an institution that has ended"},
    {"node", "URL", "the ledger node"},
    kPasswordFileOption,
};
constexpr auto kAttestOptions = with_proposal({
    {"authority", "N", "the authority, which acts"},
});
constexpr auto kReplaceOptions = with_preparing({
    kOfOption,
    kLedgerOption,
    kJointOption,
    {"courses", "FILE", "a second table: the courses of transcripts or supplements"},
});

int run_status(const Arguments& arguments, wire::StatusState state) {
    const auto indices = parse_certificates(arguments.positionals());
    if (!indices) return usage_error(indices.error());
    const auto member = arguments.number("member", 0, 1, UINT32_MAX);
    if (!member || *member == 0) return usage_error("--member says who acts, by its number");
    const std::string fault = lists_fault(arguments);
    if (!fault.empty()) return usage_error(fault);
    if (arguments.has("lists") && !arguments.has("sign")) {
        return usage_error("--lists is for what is signed here; later there is status publish");
    }
    const int done =
        propose(arguments, make_status({static_cast<std::uint32_t>(*member)}, state, *indices));
    if (done != kExitOk || !arguments.has("lists")) return done;
    return publish_folders(arguments, arguments.all("lists"));
}

int run_revoke(const Arguments& arguments) {
    return run_status(arguments, wire::StatusState::kRevoked);
}
int run_suspend(const Arguments& arguments) {
    return run_status(arguments, wire::StatusState::kSuspended);
}
int run_reinstate(const Arguments& arguments) {
    return run_status(arguments, wire::StatusState::kReinstated);
}
int run_annul(const Arguments& arguments) {
    return run_status(arguments, wire::StatusState::kAnnulled);
}
int run_cancel(const Arguments& arguments) {
    return run_status(arguments, wire::StatusState::kCancelled);
}
int run_lost(const Arguments& arguments) { return run_status(arguments, wire::StatusState::kLost); }

int run_publish(const Arguments& arguments) {
    const bool complete =
        !arguments.positionals().empty() && arguments.has("assertion-key") && arguments.has("node");
    if (!complete) return usage_error("status publish needs a batch, --assertion-key and --node");
    return publish_folders(arguments, arguments.positionals());
}

int run_attest(const Arguments& arguments) {
    const auto indices = parse_certificates(arguments.positionals());
    if (!indices) return usage_error(indices.error());
    Needed needed{arguments};
    const wire::MemberId authority = needed.member("authority");
    if (!needed.fault().empty()) return usage_error(needed.fault());
    return propose(arguments, make_attest(authority, *indices));
}

int run_replace(const Arguments& arguments) {
    if (!arguments.has("node")) return usage_error("status replace needs --node");
    const BatchKind kind{.type = {}, .relation = wire::RelationCode::kReplaces, .capture = {}};
    return run_preparing(
        arguments, "status replace",
        [&](const intake::CsvTable& table, const Parties& parties) -> Result<Rows, int> {
            return parties.own.is_authoritys() ? read_replaced_acts(arguments, table, parties)
                                               : read_issue_rows(arguments, table, parties, kind);
        });
}

constexpr std::string_view kUsage = "INDEX… --member N --out DRAFT --signers M:K,M:K";

constexpr Command kCommands[] = {
    {"status revoke", kUsage, "revoke certificates, for good",
     "The holder loses the award from now on. Ranges may be given, as 60-80. For an institution\n"
     "that has ended its custodian signs, and --member is the one that has ended.\n"
     "\n"
     "  tasdiq status revoke 57 --member 10 --out revoke.cbor --signers 10:0,10:1 --node URL\n"
     "  tasdiq status revoke 57 60-80 --member 10 --sign dean.key --sign registrar.key --node URL\n"
     "  tasdiq status revoke 841 --member 13 --sign dean12.key --sign registrar12.key --node URL   "
     "(12 acts for 13)",
     kStatusOptions, run_revoke},
    {"status suspend", kUsage, "suspend certificates for a time",
     "Until they are reinstated by who suspended them.\n"
     "\n"
     "  tasdiq status suspend 57 --member 6 --sign ministry-1.key --sign ministry-2.key --node URL",
     kStatusOptions, run_suspend},
    {"status reinstate", kUsage, "end a suspension",
     "Lifts what the same side has suspended.\n"
     "\n"
     "  tasdiq status reinstate 57 --member 6 --sign ministry-1.key --sign ministry-2.key --node "
     "URL",
     kStatusOptions, run_reinstate},
    {"status annul", kUsage, "declare certificates void from the start, for good",
     "For what should never have been awarded.\n"
     "\n"
     "  tasdiq status annul 57 --member 10 --out annul.cbor --signers 10:0,10:1 --node URL",
     kStatusOptions, run_annul},
    {"status cancel", kUsage, "cancel documents that a clerical error made, for good",
     "The award is not touched; a corrected document may be issued. See also status replace.\n"
     "\n"
     "  tasdiq status cancel 57 --member 10 --sign dean.key --sign registrar.key --node URL",
     kStatusOptions, run_cancel},
    {"status lost", kUsage, "report documents lost",
     "The award stands; who is shown the document is told that it was reported lost. A report "
     "cannot be taken\n"
     "back, not even a mistaken one.\n"
     "\n"
     "  tasdiq status lost 57 --member 10 --sign dean.key --sign registrar.key --node URL",
     kStatusOptions, run_lost},
    {"status replace", "CSV --of INDEX --profile FILE --out DIR --signers N,N --assertion-key FILE",
     "issue corrected certificates in the place of others",
     "Prepares a batch whose certificates replace others: a misspelt name, a new legal name. The "
     "new ones have the\n"
     "old ones' terms; the old ones are marked replaced when the batch is recorded.\n"
     "\n"
     "  tasdiq status replace corrected.csv --of 57 --profile tunis-profile.json --out fix \\\n"
     "      --signers 0,1 --assertion-key tunis.key --node URL\n"
     "  tasdiq issue sign fix --key dean.key      (each officer)\n"
     "  tasdiq issue submit fix --node URL\n"
     "\n"
     "Instead of --of the table may have a column certificate. With an authority's profile the "
     "table is one of\n"
     "equivalencies or attestations. Lost diplomas, parchments, transcripts: tasdiq issue prepare "
     "--relation. A custodian\n"
     "corrects with the profile of the institution that has ended and its own, and with a key "
     "that\n"
     "it added for that one (member add-key --member 13):\n"
     "\n"
     "  tasdiq status replace corrected.csv --of 841 --profile closed.json --with custodian.json "
     "\\\n"
     "      --out fix --signers 12:0,12:1 --assertion-key closed-13.key \\\n"
     "      --list-key custodian-12.key --node URL",
     kReplaceOptions, run_replace},
    {"status publish", "DIR… --assertion-key FILE --node URL",
     "sign and publish the status lists of batches anew",
     "Others look up in these lists whether a certificate is revoked or suspended. They are "
     "computed from\n"
     "what the ledger says now; DIR is a batch, or a folder of batches. For who changed a status "
     "without --lists,\n"
     "after issuing replacements, and where the authority acted.\n"
     "\n"
     "  tasdiq status publish june --assertion-key tunis.key --node URL\n"
     "  tasdiq status publish archive --custodian 12 --assertion-key ministry.key --node URL",
     kPublishOptions, run_publish},
    {"attest", "INDEX… --authority N --out DRAFT --signers M:K,M:K",
     "say of certificates that they are genuine, as a ministry",
     "What a stamp of the ministry says today: it knows of the certificate and stands by it. Of "
     "certificates\n"
     "whose institution it supervises or accredited, up to 4,096 at once; nothing else about them "
     "changes.\n"
     "\n"
     "  tasdiq attest 57 --authority 6 --sign ministry-1.key --sign ministry-2.key --node URL\n"
     "  tasdiq attest 57 60-80 --authority 6 --out attest.cbor --signers 6:0,6:1 --node URL",
     kAttestOptions, run_attest},
};

}  // namespace

std::span<const Command> status_commands() { return kCommands; }

}  // namespace tasdiq::cli
