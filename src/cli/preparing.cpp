#include "cli/preparing.hpp"

#include <cstdio>

#include "base/ensure.hpp"
#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "cli/signing.hpp"
#include "cli/verdict_text.hpp"
#include "prose/printable.hpp"
#include "text/catalogue.hpp"

namespace tasdiq::cli {
namespace {

/// What `--days` says; the error is a sentence.
Result<std::uint64_t, std::string> days_for_signing(const Arguments& arguments) {
    return arguments.number("days", 14, 1, 90);
}

/// What is missing or wrong on the command line; empty if nothing is.
std::string usage_fault(const Arguments& arguments, const std::string& command) {
    if (arguments.positionals().size() != 1) return command + " needs one CSV file";
    for (const char* needed : {"profile", "out", "signers", "assertion-key"}) {
        const bool always = std::string_view{needed} == "profile";
        if ((always || !arguments.has("check")) && !arguments.has(needed)) {
            return command + " needs --" + std::string{needed};
        }
    }
    if (!chosen_language(arguments)) return "--lang takes ar, fr or en";
    const auto days = days_for_signing(arguments);
    return days ? std::string{} : days.error();
}

std::optional<CustodianKey> find_custodian_key(const Parties& parties,
                                               const keys::SigningKey& key) {
    for (const Profile& other : parties.others) {
        const ProfileKey* const found = other.find_assertion_key(key.public_key());
        if (found != nullptr) return CustodianKey{other.institution, found->ordinal, &key};
    }
    return std::nullopt;
}

/// Makes the batch in `--out` with the other options; an exit code if that cannot be done, after a
/// message. `--days` is good.
Result<BatchSummary, int> make_batch(const Arguments& arguments, const Parties& parties,
                                     BatchContent content) {
    const auto key = read_key(arguments.get("assertion-key", ""), arguments);
    if (!key) return std::unexpected{fail(kExitIo, key.error())};
    const ProfileKey* const assertion = parties.own.find_assertion_key(key->public_key());
    if (assertion == nullptr) {
        return std::unexpected{
            fail(kExitRefused, "this is not one of the profile's assertion keys")};
    }
    std::optional<keys::SigningKey> list_key;
    std::optional<CustodianKey> custodian;
    if (const auto path = arguments.find("list-key")) {
        auto read = read_key(*path, arguments);
        if (!read) return std::unexpected{fail(kExitIo, read.error())};
        list_key = *std::move(read);
        custodian = find_custodian_key(parties, *list_key);
        if (!custodian) {
            return std::unexpected{fail(
                kExitRefused,
                "--list-key is no assertion key of a member whose profile stands with --with")};
        }
    }
    const auto days = days_for_signing(arguments);
    ENSURE(days);
    auto made = prepare_batch(
        arguments.get("out", ""),
        {&parties, std::move(content.graduates), std::move(content.signers), assertion->ordinal,
         &*key, now(), static_cast<std::int64_t>(*days) * kSecondsPerDay, std::move(content.seats),
         !arguments.has("no-status-lists"), custodian});
    if (!made) return std::unexpected{fail(kExitIo, made.error())};
    return *made;
}

int prepare(const Arguments& arguments, const Parties& parties, BatchContent content,
            text::Language language) {
    const bool has_register =
        std::ranges::any_of(content.graduates, [](const intake::Graduate& graduate) {
            return is_from_register(graduate.record.award.capture);
        });
    const auto made = make_batch(arguments, parties, std::move(content));
    if (!made) return made.error();
    const std::string folder = arguments.get("out", "");
    const text::Parameter counts[] = {
        {"folder", folder},
        {"certificates", text::count_text("certificates", made->certificate_count, language)},
        {"issues", text::count_text("issues", made->issue_count, language)}};
    std::printf(
        "\n%s\n"
        "  tasdiq issue sign %s --key KEY\n"
        "%s\n",
        text::format("batch.prepared", language, counts).c_str(), folder.c_str(),
        text::format("batch.elsewhere", language, counts).c_str());
    if (has_register) std::printf("%s\n", text::format("batch.register", language).c_str());
    return kExitOk;
}

}  // namespace

int run_preparing(const Arguments& arguments, const std::string& command, const RowsReader& read) {
    const std::string wrong = usage_fault(arguments, command);
    if (!wrong.empty()) return usage_error(wrong);
    const text::Language language = *chosen_language(arguments);
    const bool only_check = arguments.has("check");
    const auto parties = read_parties(arguments);
    if (!parties) return fail(kExitIo, parties.error());
    const auto signers = only_check ? std::vector<SignerKey>{}
                                    : parse_party_signers(arguments.get("signers", ""), *parties);
    if (!signers) return usage_error("--signers: " + signers.error());
    const auto content = read_file(arguments.positionals().front(), kTableSizeMax);
    if (!content) return fail(kExitIo, content.error());
    const auto table = intake::parse_csv(*content);
    if (!table) {
        std::fputs(intake_report(table.error(), language).c_str(), stderr);
        return kExitRefused;
    }
    auto rows = read(*table, *parties);
    if (!rows) return rows.error();
    const auto joined = award_together(rows->intake.graduates, *parties);
    std::fputs(intake_report(rows->intake, language).c_str(), stdout);
    if (rows->courses) {
        const text::Parameter file[] = {{"file", prose::printable(arguments.get("courses", ""))}};
        std::printf("\n%s\n%s", text::format("intake.courses", language, file).c_str(),
                    intake_report(*rows->courses, language).c_str());
        // Half a transcript is none: no course is ever left out.
        if (!rows->courses->faults.empty()) return kExitRefused;
    }
    const bool usable = rows->intake.faults.empty() ||
                        (arguments.has("skip-faulty") && !rows->intake.graduates.empty());
    if (!usable) return kExitRefused;
    if (!joined) return fail(kExitRefused, joined.error());
    if (only_check) return kExitOk;
    return prepare(arguments, *parties,
                   {.graduates = std::move(rows->intake.graduates),
                    .signers = *signers,
                    .seats = std::move(rows->seats)},
                   language);
}

}  // namespace tasdiq::cli
