#pragma once

#include "intake/graduates.hpp"

// Tables of authorities: equivalencies and attestations. docs/formats/equivalency.md.
namespace tasdiq::intake {

/// What a table does not say because it is the same for all of it.
struct ActProfile {
    wire::CertificateType type;  // equivalency or attestation
    std::string origin;          // of the ledger that the numbers in `target` belong to
    std::string serial_prefix;   // of serials that are made up: docs/formats/equivalency.md
    std::optional<Relations> relations = std::nullopt;
};

/// The columns of such a type's table. `type` is an authority's (ENSURE).
[[nodiscard]] TableKind table_kind(wire::CertificateType type);

/// Reads equivalencies or attestations as `read_graduates` reads graduates.
[[nodiscard]] Intake read_acts(const CsvTable& table, const ColumnMap& columns,
                               const ActProfile& profile, Day today);

}  // namespace tasdiq::intake
