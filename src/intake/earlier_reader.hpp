#pragma once

#include "intake/row_reader.hpp"

// Internal to intake: rows whose certificate stands to an earlier one.
namespace tasdiq::intake {

/// The earlier certificate of one row. All references outlive it.
class EarlierReader {
  public:
    EarlierReader(RowReader& row, const std::optional<Relations>& relations,
                  std::optional<wire::CertificateType> type)
        : row_{row}, relations_{relations}, type_{type} {}

    /// Looks up the certificate that the row names, or that was given for its line.
    void find();
    /// The certificate's; null without relation, and where it is faulty.
    [[nodiscard]] const wire::Terms* terms() const;
    /// Its capture, if the new certificate's is the same.
    [[nodiscard]] std::optional<wire::Capture> capture() const;
    /// Takes the date over where the cell is empty and may be; whether it did.
    bool take_awarded_on();
    /// Makes the record's terms the certificate's, as far as the relation wants them to be; a cell
    /// that says something else is a fault. Read everything else before.
    void adopt();
    /// The graduate with its relation, if there was no fault.
    [[nodiscard]] std::optional<Graduate> finish();

  private:
    void adopt_programme(const wire::Terms& terms);
    void adopt_type_and_date(const wire::Terms& terms);
    void check_finalised(const wire::Terms& terms);
    /// A fault if the cell can be read and says something else than the ledger.
    template <class Read, class T>
    void compare(Column column, Read read, const std::optional<T>& expected,
                 std::string ledger_says) {
        const auto value = read(row_.cell(column));
        if (value && value != expected) {
            row_.fault(column, IntakeError::kEarlierDiffers, std::move(ledger_says));
        }
    }

    RowReader& row_;
    const std::optional<Relations>& relations_;
    std::optional<wire::CertificateType> type_;  // of the whole table
    const Earlier* earlier_ = nullptr;
};

}  // namespace tasdiq::intake
