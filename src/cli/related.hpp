#pragma once

#include "cli/arguments.hpp"
#include "cli/node_client.hpp"
#include "cli/parties.hpp"

// What kind of document a batch is of, and how it stands to earlier certificates.
namespace tasdiq::cli {

inline constexpr Option kOfOption{
    "of", "INDEX",
    "the earlier certificate of a row; once a row, instead of the column certificate"};
inline constexpr Option kLedgerOption{"node", "URL",
                                      "the ledger node, which has earlier certificates"};

/// The same for all certificates of a batch.
struct BatchKind {
    std::optional<wire::CertificateType> type;
    std::optional<wire::RelationCode> relation;
    std::optional<wire::Capture> capture;
};
/// What `--type`, `--relation` and `--capture` say, and whether they and `--of`, `--node`,
/// `--cohort` and `--courses` go together; the error is a sentence.
[[nodiscard]] Result<BatchKind, std::string> parse_batch_kind(const Arguments& arguments);

/// The earlier certificates that the table names in its column, or `--of` for its rows, as the
/// node's ledger has them. The error is an exit code, after a message.
[[nodiscard]] Result<intake::Relations, int> fetch_relations(const Arguments& arguments,
                                                             const intake::CsvTable& table,
                                                             const intake::ColumnMap& columns,
                                                             const Parties& parties,
                                                             wire::RelationCode code);

}  // namespace tasdiq::cli
