#include "cli/preparing.hpp"
#include "cli/signing.hpp"

namespace tasdiq::cli {
namespace {

int run_prepare(const Arguments& arguments, const std::string& command,
                wire::CertificateType type) {
    return run_preparing(
        arguments, command,
        [&](const intake::CsvTable& table, const Parties& parties) -> Result<Rows, int> {
            if (!parties.own.is_authoritys()) {
                return std::unexpected{
                    fail(kExitRefused,
                         "this is the profile of an institution; it prepares with issue prepare")};
            }
            const auto columns = named_columns(arguments, table, intake::table_kind(type));
            if (!columns) return std::unexpected{usage_error(columns.error())};
            return Rows{
                intake::read_acts(table, *columns, parties.own.act_rules(type), to_day(now())), {}};
        });
}

int run_equivalency(const Arguments& arguments) {
    return run_prepare(arguments, "equivalency prepare", wire::CertificateType::kEquivalency);
}
int run_attestation(const Arguments& arguments) {
    return run_prepare(arguments, "attestation prepare", wire::CertificateType::kAttestation);
}

constexpr std::string_view kUsage =
    "CSV --profile FILE --out DIR --signers N,N --assertion-key FILE";

constexpr Command kCommands[] = {
    {"equivalency prepare", kUsage, "prepare decisions on what degrees are equivalent to",
     "Reads a table of an authority's decisions (CSV in UTF-8; docs/formats/equivalency.md): full, "
     "partial or\n"
     "conditional, about a certificate of the ledger or a degree that is on none. Every faulty "
     "cell "
     "is\n"
     "reported; the batch is signed and submitted like any other.\n"
     "\n"
     "  tasdiq equivalency prepare may.csv --profile ministry-profile.json --check --lang ar\n"
     "  tasdiq equivalency prepare may.csv --profile ministry-profile.json --out may --signers 0,1 "
     "\\\n"
     "      --assertion-key ministry-assertion.key\n"
     "  tasdiq issue sign may --key ministry-1.key      (each officer)\n"
     "  tasdiq issue submit may --node URL\n"
     "\n"
     "When conditions are met, a new decision stands for the first one: tasdiq status replace.",
     kPreparingOptions, run_equivalency},
    {"attestation prepare", kUsage, "prepare stamps, legalisations and apostilles",
     "Reads a table of what an authority certified of documents (CSV in UTF-8; "
     "docs/formats/equivalency.md):\n"
     "signature, capacity and seal, by stamp, legalisation or apostille. To say of certificates of "
     "the ledger\n"
     "that they are genuine needs no document: tasdiq attest.\n"
     "\n"
     "  tasdiq attestation prepare apostilles.csv --profile ministry-profile.json --out week-20 "
     "\\\n"
     "      --signers 0,1 --assertion-key ministry-assertion.key\n"
     "  tasdiq issue sign week-20 --key ministry-1.key      (each officer)\n"
     "  tasdiq issue submit week-20 --node URL",
     kPreparingOptions, run_attestation},
};

}  // namespace

std::span<const Command> act_commands() { return kCommands; }

}  // namespace tasdiq::cli
