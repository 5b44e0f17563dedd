#include <cstdio>

#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/key_access.hpp"
#include "cli/needed.hpp"
#include "cli/profile_maker.hpp"
#include "cli/request_command.hpp"
#include "cli/show_command.hpp"
#include "cli/signing.hpp"
#include "cli/transaction_draft.hpp"
#include "codec/jcs.hpp"

namespace tasdiq::cli {
namespace {

constexpr auto kAddKeyOptions = with_proposal({
    kMemberOption,
});
constexpr auto kRetireKeyOptions = with_proposal({
    kMemberOption,
    kKeyNumberOption,
});
constexpr auto kVoidKeyOptions = with_proposal({
    {"by", "N", "the member above, which acts"},
    kMemberOption,
    kKeyNumberOption,
    {"from", "INDEX", "the first entry whose signatures with it count no more"},
});
constexpr auto kEndOptions = with_proposal({
    {"authority", "N", "the authority, which acts"},
    {"institution", "N", "the institution"},
    {"number", "N", "of the accreditation"},
    {"action", "WORD", "withdraw, suspend or resume"},
    {"applies-to", "WORD", "award (default) or intake: the date that is compared"},
    {"effective", "DATE", "from this day on, as 2027-01-01"},
});
constexpr Option kShowOptions[] = {
    kNodeOption,
    kDirOption,
    {"lang", "ar|fr|en", "language of the answer (default: that of the terminal)"},
    {"json", "", "print it as JSON"},
};
constexpr Option kProfileOptions[] = {
    {"node", "URL", "the ledger node"},
    {"accreditation", "N", "the accreditation to issue under (default 1)"},
    {"levels", "CODE=N,…", "ISCED levels of programmes, where the accreditation has several"},
    {"serial-prefix", "TEXT", "begins serials that are made up (default: member and number)"},
    {"out", "FILE", "where to write it (default: to the screen)"},
};

int run_register_authority(const Arguments& arguments) {
    return run_request(arguments, parse_register_authority);
}
int run_register(const Arguments& arguments) {
    return run_request(arguments, parse_register_institution);
}
int run_accredit(const Arguments& arguments) { return run_request(arguments, parse_accredit); }
int run_set_policy(const Arguments& arguments) { return run_request(arguments, parse_set_policy); }

int run_add_key(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) {
        return usage_error("member add-key needs the file that tasdiq keys prove wrote");
    }
    Needed needed{arguments};
    const wire::MemberId member = needed.member("member");
    if (!needed.fault().empty()) return usage_error(needed.fault());
    const std::string& path = arguments.positionals().front();
    const auto json = read_request(path);
    if (!json) return fail(kExitIo, json.error());
    const auto request = make_add_key(member, *json);
    if (!request) return fail(kExitRefused, path + ": " + request.error());
    return propose(arguments, *request);
}

int run_retire_key(const Arguments& arguments) {
    Needed needed{arguments};
    const wire::MemberId member = needed.member("member");
    const wire::Ordinal ordinal = needed.ordinal("key-number");
    if (!needed.fault().empty()) return usage_error(needed.fault());
    return propose(arguments, make_retire_key(member, ordinal));
}

int run_void_key(const Arguments& arguments) {
    Needed needed{arguments};
    const wire::MemberId by = needed.member("by");
    const wire::MemberId member = needed.member("member");
    const wire::Ordinal ordinal = needed.ordinal("key-number");
    const std::uint64_t from = needed.number("from", wire::kLogIndexMax);
    if (!needed.fault().empty()) return usage_error(needed.fault());
    return propose(arguments, make_void_key(by, {member, ordinal}, {from}));
}

int run_end_accreditation(const Arguments& arguments) {
    Needed needed{arguments};
    wire::EndAccreditation body{};
    body.authority = needed.member("authority");
    body.institution = needed.member("institution");
    body.number = static_cast<std::uint32_t>(needed.number("number", UINT32_MAX));
    const auto action = parse_word(arguments.get("action", ""), wire::EndAction::kResume);
    if (!action) needed.miss("--action takes withdraw, suspend or resume");
    const std::string applies = arguments.get("applies-to", "award");
    if (applies != "award" && applies != "intake") {
        needed.miss("--applies-to takes award or intake");
    }
    const auto effective = parse_day(arguments.get("effective", ""));
    if (!effective) needed.miss("--effective takes a date, as in 2027-01-01");
    if (!needed.fault().empty()) return usage_error(needed.fault());
    body.action = *action;
    body.by = applies == "award" ? wire::AppliesTo::kAward : wire::AppliesTo::kIntake;
    body.effective = *effective;
    return propose(arguments, make_end_accreditation(body));
}

std::optional<wire::MemberId> only_member(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) return std::nullopt;
    const auto number = parse_count(arguments.positionals().front(), UINT32_MAX);
    if (!number) return std::nullopt;
    return wire::MemberId{static_cast<std::uint32_t>(*number)};
}

int run_show_member(const Arguments& arguments) {
    const auto member = only_member(arguments);
    if (!member) return usage_error("member show needs the number of a member");
    return run_show(arguments, [&](LedgerReader& reader) { return reader.show_member(*member); });
}

int run_profile(const Arguments& arguments) {
    const auto member = only_member(arguments);
    if (!member || !arguments.has("node")) {
        return usage_error("member profile needs the number of a member and --node URL");
    }
    const auto number = arguments.number("accreditation", 1, 1, UINT32_MAX);
    if (!number) return usage_error(number.error());
    ProfileOptions options{*member, {}, {}, arguments.find("serial-prefix")};
    if (arguments.has("accreditation")) options.accreditation = static_cast<std::uint32_t>(*number);
    if (const auto text = arguments.find("levels")) {
        const auto levels = parse_levels(*text);
        if (!levels) return usage_error("--levels takes programmes and levels, as in INF-L3=6");
        options.levels = *levels;
    }
    auto node = NodeClient::open(arguments.get("node", ""));
    if (!node) return fail(node.error().exit_code, node.error().message);
    const auto made = make_profile(*node, options, to_day(now()));
    if (!made) return fail(made.error().exit_code, made.error().message);
    for (const std::string& warning : made->warnings) {
        std::fprintf(stderr, "tasdiq: warning: %s.\n", warning.c_str());
    }
    const std::string text = codec::to_jcs(to_json(made->profile)) + "\n";
    const auto out = arguments.find("out");
    if (!out) {
        std::fputs(text.c_str(), stdout);
        return kExitOk;
    }
    if (const auto written = write_file(*out, as_bytes(text), Access::kPublic); !written) {
        return fail(kExitIo, written.error());
    }
    std::printf("Written: %s\n", out->c_str());
    return kExitOk;
}

constexpr Command kCommands[] = {
    {"member register-authority", "REQUEST.json --out DRAFT --signers M:K,M:K",
     "register a competent authority, as a state",
     "Asks the ledger to register a competent authority with its first keys. A state's vote keys "
     "sign.\n"
     "The request: docs/formats/requests.md. Its keys are what tasdiq keys prove wrote on the "
     "officers' machines.\n"
     "\n"
     "  tasdiq member register-authority ministry.json --out ministry.cbor --signers 1:0,1:1 "
     "--node URL\n"
     "  tasdiq sign ministry.cbor --key vote-1.key      (each signer, on a machine of its own)\n"
     "  tasdiq submit ministry.cbor --node URL",
     kProposalOptions, run_register_authority},
    {"member register", "REQUEST.json --out DRAFT --signers M:K,M:K",
     "register an institution, as its authority",
     "Asks the ledger to register a university, school, branch, examination board, order or "
     "training centre.\n"
     "\n"
     "  tasdiq member register tunis.json --out tunis.cbor --signers 6:0,6:1 --node URL\n"
     "  tasdiq member register tunis.json --sign ministry-1.key --sign ministry-2.key --node URL",
     kProposalOptions, run_register},
    {"member accredit", "REQUEST.json --out DRAFT --signers M:K,M:K",
     "accredit an institution, as its authority",
     "Records what an institution may award, with its programmes, dates and quota.\n"
     "\n"
     "  tasdiq member accredit licences.json --sign ministry-1.key --sign ministry-2.key --node "
     "URL",
     kProposalOptions, run_accredit},
    {"member end-accreditation",
     "--authority N --institution N --number N --action WORD --effective DATE",
     "withdraw, suspend or resume an accreditation",
     "What was rightly awarded before stays valid.\n"
     "\n"
     "  tasdiq member end-accreditation --authority 6 --institution 10 --number 1 --action "
     "withdraw \\\n"
     "      --effective 2027-01-01 --sign ministry-1.key --sign ministry-2.key --node URL",
     kEndOptions, run_end_accreditation},
    {"member add-key", "POSSESSION.json --member N", "add an officer's or machine's key",
     "Another officer of the member signs, and its authority: nobody adds an officer alone.\n"
     "\n"
     "  tasdiq keys prove dean.key --role dean --member 10 --chain HEX > dean.json\n"
     "  tasdiq member add-key dean.json --member 10 --out dean.cbor --signers 6:0,10:0 --node URL",
     kAddKeyOptions, run_add_key},
    {"member retire-key", "--member N --key-number K", "end a key; what it signed stays",
     "For an officer who leaves. A stolen key is voided instead.\n"
     "\n"
     "  tasdiq member retire-key --member 10 --key-number 1 --out retire.cbor --signers 10:0,6:0 "
     "--node URL",
     kRetireKeyOptions, run_retire_key},
    {"member void-key", "--by N --member M --key-number K --from INDEX",
     "declare a stolen key's work void",
     "What the key signed from entry INDEX on counts as absent, an issue as a whole. The member "
     "above acts.\n"
     "What it closed, reopened, moved or gave to a custodian stays so in the member's record "
     "until\n"
     "the member above does the opposite: look with show member.\n"
     "\n"
     "  tasdiq member void-key --by 6 --member 10 --key-number 1 --from 4711 \\\n"
     "      --sign ministry-1.key --sign ministry-2.key --node URL",
     kVoidKeyOptions, run_void_key},
    {"member set-policy", "REQUEST.json --out DRAFT --signers M:K,M:K",
     "say who must sign for a member",
     "Rules by body, type of certificate, relation and capture; what no rule fits has the "
     "defaults.\n"
     "\n"
     "  tasdiq member set-policy policy.json --out policy.cbor --signers 6:0,10:0 --node URL",
     kProposalOptions, run_set_policy},
    {"member show", "NUMBER --node URL", "show a member, its keys and accreditations",
     "The same as show member.\n"
     "\n"
     "  tasdiq member show 10 --node http://127.0.0.1:8480 --lang ar",
     kShowOptions, run_show_member},
    {"member profile", "NUMBER --node URL [--accreditation N] [--levels CODE=N,…]",
     "write what an institution's computer needs to issue",
     "Writes the issuing profile (docs/formats/profile.md) that issue prepare reads; an "
     "authority's "
     "is read by\n"
     "equivalency prepare and attestation prepare, and --with takes that of whoever signs besides. "
     "Of what has\n"
     "ended it is made, too, with a warning of what the ledger takes no more.\n"
     "\n"
     "  tasdiq member profile 10 --node http://127.0.0.1:8480 --out tunis-profile.json\n"
     "  tasdiq member profile 10 --node URL --accreditation 2 --levels INF-L3=6,INF-M2=7\n"
     "  tasdiq member profile 6 --node http://127.0.0.1:8480 --out ministry-profile.json",
     kProfileOptions, run_profile},
};

}  // namespace

std::span<const Command> member_commands() { return kCommands; }

}  // namespace tasdiq::cli
