#include "cli/command.hpp"
#include "cli/needed.hpp"
#include "cli/request_command.hpp"

// What becomes of members, and of what was signed with keys that were stolen.
namespace tasdiq::cli {
namespace {

constexpr auto kCustodyOptions = with_proposal({
    {"authority", "N", "the authority, which acts"},
    {"member", "N", "the institution that has ended, or will"},
    {"custodian", "N", "who acts for it"},
    {"scope", "WORD", "archives (default) or everything: what the custodian may do"},
    {"end", "", "nobody acts for it any more"},
});
constexpr auto kConfirmOptions = with_proposal({
    {"member", "N", "whose key it was"},
    kKeyNumberOption,
    {"by", "N", "the member above: its authority, or its state"},
});

int run_succession(const Arguments& arguments) { return run_request(arguments, parse_succession); }
int run_reconstitute(const Arguments& arguments) {
    return run_request(arguments, parse_reconstitute);
}

int run_custody(const Arguments& arguments) {
    if (!arguments.positionals().empty()) return usage_error("member custody takes only options");
    Needed needed{arguments};
    wire::Custody body{needed.member("authority"), needed.member("member"), std::nullopt};
    if (arguments.has("end") == arguments.has("custodian")) {
        needed.miss("either name who acts for it with --custodian, or --end the custody");
    }
    const auto scope =
        parse_word(arguments.get("scope", "archives"), wire::CustodyScope::kEverything);
    if (!scope || (arguments.has("scope") && arguments.has("end"))) {
        needed.miss("--scope takes archives or everything, for a custodian");
    }
    if (arguments.has("custodian")) {
        const wire::MemberId custodian = needed.member("custodian");
        body.custodian = {custodian, scope.value_or(wire::CustodyScope::kArchives)};
    }
    if (!needed.fault().empty()) return usage_error(needed.fault());
    return propose(arguments, make_custody(body));
}

int run_confirm(const Arguments& arguments) {
    constexpr std::size_t kRangesMax = 64;
    const auto ranges = parse_ranges(arguments.positionals(), "entry");
    if (!ranges) return usage_error(ranges.error());
    if (ranges->size() > kRangesMax) return usage_error("at most 64 ranges at once");
    Needed needed{arguments};
    const wire::Confirm body{needed.member("member"), needed.member("by"),
                             needed.ordinal("key-number"), *ranges};
    if (!needed.fault().empty()) return usage_error(needed.fault());
    return propose(arguments, make_confirm(body));
}

constexpr Command kCommands[] = {
    {"member succession", "REQUEST.json --out DRAFT --signers M:K,M:K",
     "say what became of an institution",
     "Records that an institution was renamed, absorbed, merged, split, closed or reopened, or "
     "that "
     "a school moved\n"
     "to another university, with the date and the decree (docs/formats/requests.md). Old "
     "certificates keep the\n"
     "name of their day and stay valid. The authority signs; of an authority, its state.\n"
     "\n"
     "  tasdiq member succession renamed.json --sign ministry-1.key --sign ministry-2.key --node "
     "URL\n"
     "  tasdiq member succession merged.json --out merged.cbor --signers 6:0,6:1 --node URL",
     kProposalOptions, run_succession},
    {"member custody", "--authority N --member N --custodian N [--scope WORD]",
     "say who acts for an institution that has ended",
     "The custodian keeps the archives of a closed institution: it corrects certificates, says\n"
     "what became of them, and records what is digitised from registers. With --scope everything\n"
     "it also lets those finish who had begun. It signs with its own keys, in the name of the\n"
     "institution that has ended (11, custodian 10):\n"
     "\n"
     "  tasdiq status revoke 841 --member 11 --signers 10:0,10:1 --out revoke.cbor --node URL\n"
     "  tasdiq member add-key 11.json --member 11 --signers 6:0,10:0 --out key.cbor --node URL\n"
     "  tasdiq status replace fixed.csv --of 841 --profile closed-11.json --with 10-profile.json "
     "…\n"
     "  tasdiq issue prepare register.csv --profile closed-11.json --with 10-profile.json \\\n"
     "      --with ministry.json --signers 6:0,10:0,10:1 …\n"
     "\n"
     "  tasdiq member custody --authority 6 --member 11 --custodian 10 \\\n"
     "      --sign ministry-1.key --sign ministry-2.key --node URL\n"
     "  tasdiq member custody --authority 6 --member 11 --end --out end.cbor --signers 6:0,6:1 "
     "--node URL",
     kCustodyOptions, run_custody},
    {"member reconstitute", "REQUEST.json --out DRAFT --signers M:K,M:K",
     "give a member new keys when all are lost or stolen",
     "For the member above: an authority for an institution, a state for its authority. Old keys "
     "are retired, new\n"
     "ones registered; that it happened stays visible for ever. Stolen keys are voided besides "
     "(member void-key).\n"
     "The new keys are what tasdiq keys prove --member N wrote; the request: "
     "docs/formats/requests.md.\n"
     "\n"
     "  tasdiq member reconstitute new-officers.json --sign ministry-1.key --sign ministry-2.key "
     "--node URL",
     kProposalOptions, run_reconstitute},
    {"member confirm", "ENTRY… --member N --key-number K --by N",
     "bring back what a voided key signed honestly",
     "Names the entries (ranges may be given, as 520-540) that count after all. The member signs "
     "with unvoided\n"
     "keys, dean or president and another officer, and its authority with one.\n"
     "\n"
     "  tasdiq member confirm 520-540 --member 10 --key-number 1 --by 6 --out confirm.cbor \\\n"
     "      --signers 6:0,10:0,10:2 --node URL\n"
     "  tasdiq sign confirm.cbor --key president.key      (each signer)\n"
     "  tasdiq submit confirm.cbor --node URL",
     kConfirmOptions, run_confirm},
};

}  // namespace

std::span<const Command> life_commands() { return kCommands; }

}  // namespace tasdiq::cli
