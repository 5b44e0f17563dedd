#include <algorithm>
#include <cstdio>

#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/intake_report.hpp"
#include "cli/ledger_reader.hpp"
#include "cli/needed.hpp"
#include "cli/preparing.hpp"
#include "cli/signing.hpp"
#include "cli/status_lists.hpp"
#include "cli/transaction_draft.hpp"
#include "cli/verdict_text.hpp"
#include "text/catalogue.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::size_t kCsvSizeMax = 16U << 20;

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
constexpr Option kReplaceOptions[] = {
    {"of", "INDEX", "the certificate that a row replaces; once a row, in the rows' order"},
    {"profile", "FILE", "the institution's issuing profile (tasdiq member profile)"},
    {"out", "DIR", "folder of the batch; must not be there yet"},
    kSignersOption,
    kWithOption,
    kJointOption,
    {"assertion-key", "FILE", "the institution's key that signs credentials"},
    kCustodianKeyOption,
    {"node", "URL", "the ledger node"},
    {"days", "N", "days that the officers have for signing (default 14, at most 90)"},
    {"no-status-lists", "", "name no status lists in the credentials"},
    kReportLanguageOption,
    kPasswordFileOption,
};

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

/// The certificates that are to be replaced, as the log has them.
struct Targets {
    std::vector<wire::Relation> relations;
    std::vector<wire::Terms> terms;
};

Result<Targets, NodeFault> fetch_targets(const Arguments& arguments) {
    Targets targets;
    TRY(auto files, LogFiles::of_node(arguments.get("node", ""), std::nullopt));
    LedgerReader reader{files};
    for (const std::string& text : arguments.all("of")) {
        const auto index = parse_count(text, wire::kLogIndexMax);
        if (!index) {
            return std::unexpected{NodeFault{kExitUsage, "--of takes the number of a certificate"}};
        }
        TRY(auto certificate, reader.certificate_entry({*index}));
        targets.relations.push_back({wire::RelationCode::kReplaces, {*index}});
        targets.terms.push_back(std::move(certificate.terms));
    }
    return targets;
}

/// Makes the record's terms those of the certificate that it replaces, as far as the table leaves
/// them open; what differs, as a sentence.
std::string adopt_terms(intake::Graduate& graduate, const wire::Terms& target) {
    certificate::Award& award = graduate.record.award;
    const auto differs = [&](const std::string& what) {
        return "line " + std::to_string(graduate.line) + ": " + what +
               " is not that of the certificate to be replaced";
    };
    if (award.awarded_on != target.awarded_on) return differs("the award date");
    if (award.type != target.type) return differs("the type");
    if (award.level != target.level || award.field != target.field) return differs("the programme");
    if (target.programme && award.programme != target.programme) return differs("the programme");
    award.programme = target.programme;
    award.intake = target.intake;
    award.mode = target.mode;
    award.site = target.site;
    award.capture = target.capture;
    return {};
}

/// What the parties have to be for the correction of a certificate, as a sentence; empty if they
/// are: a correction is awarded by the same, under the same accreditations.
std::string parties_fault(const Parties& parties, const wire::Terms& target,
                          const std::string& certificate) {
    if (parties.awarding() == target.awarding) return {};
    std::string who;
    for (const wire::Awarding& one : target.awarding) {
        if (!who.empty()) who += " and ";
        who += "member " + std::to_string(one.institution.value);
        if (one.accreditation) {
            who += " under accreditation " + std::to_string(*one.accreditation);
        }
    }
    return "certificate " + certificate + " was awarded by " + who +
           "; --profile is that of the first, --joint of each other (member profile N "
           "--accreditation N), --with of a custodian";
}

/// The rows of the table; nothing if one is faulty, after a report.
std::optional<std::vector<intake::Graduate>> read_rows(const Bytes& content, const Profile& profile,
                                                       wire::CertificateType type,
                                                       text::Language language) {
    const auto table = intake::parse_csv(content);
    if (!table) {
        std::fputs(intake_report(table.error(), language).c_str(), stderr);
        return std::nullopt;
    }
    const auto& headings = table->header.cells;
    const Day today = to_day(now());
    auto rows =
        profile.is_authoritys()
            ? intake::read_acts(*table, intake::map_columns(headings, {}, intake::table_kind(type)),
                                profile.act_rules(type), today)
            : intake::read_graduates(*table, intake::map_columns(headings), profile.intake_rules(),
                                     today);
    std::fputs(intake_report(rows, language).c_str(), stdout);
    if (!rows.faults.empty()) return std::nullopt;
    return std::move(rows.graduates);
}

/// Makes the batch of corrected certificates.
int prepare(const Arguments& arguments, const Parties& parties,
            std::vector<intake::Graduate> graduates, Targets targets) {
    const auto signers = parse_party_signers(arguments.get("signers", ""), parties);
    if (!signers) return usage_error("--signers: " + signers.error());
    const auto made = make_batch(arguments, parties,
                                 {.graduates = std::move(graduates),
                                  .signers = *signers,
                                  .relations = std::move(targets.relations)});
    if (!made) return made.error();
    const std::string folder = arguments.get("out", "");
    std::printf(
        "Prepared in %s: %s.\n"
        "Each officer now runs: tasdiq issue sign %s --key FILE\n"
        "then: tasdiq issue submit %s --node URL\n",
        folder.c_str(),
        text::count_text("certificates", made->certificate_count, text::Language::kEnglish).c_str(),
        folder.c_str(), folder.c_str());
    return kExitOk;
}

int run_replace(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) {
        return usage_error("status replace needs one CSV file with the corrected rows");
    }
    for (const char* needed : {"of", "profile", "out", "signers", "assertion-key", "node"}) {
        if (!arguments.has(needed)) {
            return usage_error("status replace needs --" + std::string{needed});
        }
    }
    const auto language = chosen_language(arguments);
    if (!language) return usage_error("--lang takes ar, fr or en");
    const auto days = days_for_signing(arguments);
    if (!days) return usage_error(days.error());
    const auto parties = read_parties(arguments);
    if (!parties) return fail(kExitIo, parties.error());
    const auto content = read_file(arguments.positionals().front(), kCsvSizeMax);
    if (!content) return fail(kExitIo, content.error());
    auto targets = fetch_targets(arguments);
    if (!targets) return fail(targets.error().exit_code, targets.error().message);
    const wire::CertificateType type = targets->terms.front().type;
    if (certificate::is_authoritys(type) != parties->own.is_authoritys()) {
        return fail(kExitRefused,
                    "a certificate of this type is not issued by the profile's member");
    }
    for (std::size_t i = 0; i < targets->terms.size(); ++i) {
        const std::string others =
            parties_fault(*parties, targets->terms[i], arguments.all("of")[i]);
        if (!others.empty()) return fail(kExitRefused, others);
    }
    auto graduates = read_rows(*content, parties->own, type, *language);
    if (!graduates) return kExitRefused;
    if (targets->relations.size() != graduates->size()) {
        return fail(kExitRefused, "the file has " + std::to_string(graduates->size()) +
                                      " rows; give --of once for each");
    }
    for (std::size_t i = 0; i < graduates->size(); ++i) {
        const std::string fault = adopt_terms((*graduates)[i], targets->terms[i]);
        if (!fault.empty()) return fail(kExitRefused, fault);
    }
    const auto joined = award_together(*graduates, *parties);
    if (!joined) return fail(kExitRefused, joined.error());
    return prepare(arguments, *parties, *std::move(graduates), *std::move(targets));
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
     "With an authority's profile the table is one of equivalencies or attestations. A custodian\n"
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
