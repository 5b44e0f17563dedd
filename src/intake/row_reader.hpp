#pragma once

#include <map>
#include <span>

#include "intake/graduates.hpp"
#include "text/folding.hpp"

// Internal to intake: what all tables of people have in common.
namespace tasdiq::intake {

/// One row on its way to a record; every fault is noted and reading goes on.
class RowReader {
  public:
    RowReader(const CsvTable& table, const ColumnMap& columns, Day today, const CsvRow& row,
              std::vector<RowFault>& faults)
        : table_{table},
          columns_{columns},
          today_{today},
          row_{row},
          faults_{faults},
          faults_before_{faults.size()} {
        if (row.cells.size() > table.header.cells.size()) {
            faults.push_back({row.line, {}, row.cells.back(), IntakeError::kTooManyCells, {}});
        }
    }

    [[nodiscard]] bool has(Column column) const { return columns_.place_of(column).has_value(); }
    /// The tidied cell; empty if the column or the cell is not there.
    [[nodiscard]] std::string cell(Column column) const;
    void fault(Column column, IntakeError error, std::string hint = {});
    /// Of a value that does not stand in the cell.
    void fault(Column column, IntakeError error, std::string hint, std::string value);
    /// Whether both cells are filled or both empty; kPartner otherwise.
    bool check_partners(Column one, Column other);
    /// kEmpty if there is nothing in the cell; whether there is something.
    bool need(Column column);

    /// The text of an optional cell, checked.
    [[nodiscard]] std::optional<std::string> plain(Column column, std::size_t size_max = 160);

    /// An optional cell read by `read`, or a fault with `hint`.
    template <class Read>
    auto optional(Column column, Read read, IntakeError error, std::string (*hint)() = nullptr)
        -> decltype(read(std::string_view{})) {
        const std::string value = cell(column);
        if (value.empty()) return std::nullopt;
        auto result = read(std::string_view{value});
        if (!result) fault(column, error, hint == nullptr ? std::string{} : hint());
        return result;
    }
    /// The number in an optional cell; kWholeNumber if it is none, or above `max`.
    [[nodiscard]] std::optional<std::uint32_t> number(Column column, std::uint32_t max);

    /// Names and date of birth.
    void read_identity();
    /// All that is known of the person.
    void read_person();
    /// The day in `column`, which must not be empty: it is the award's, and decides its capture,
    /// unless that is given: then it may be however old.
    void read_awarded_on(Column column, std::optional<wire::Capture> capture = std::nullopt);
    /// The last day, which is not before the award's: read after it.
    void read_valid_until();
    /// A grade with its scale, credits with their system; nothing where both cells are empty.
    [[nodiscard]] std::optional<certificate::Grade> read_grade();
    [[nodiscard]] std::optional<certificate::Credits> read_credits();
    /// The serial, or `instead` where there is none.
    void read_serial(const std::string& instead);

    [[nodiscard]] bool is_faultless() const { return faults_.size() == faults_before_; }
    /// The graduate, if there was no fault; what only the record's format knows is one, too.
    [[nodiscard]] std::optional<Graduate> finish();

    [[nodiscard]] certificate::Record& record() { return record_; }
    [[nodiscard]] Day today() const { return today_; }
    [[nodiscard]] std::uint32_t line() const { return row_.line; }

  private:
    /// As it stands in the file, or the plain one.
    [[nodiscard]] std::string heading(Column column) const;
    void take_name(Column column, text::TextScript expected, certificate::Script script);
    void take_identifier(Column column, std::string_view scheme);

    const CsvTable& table_;
    const ColumnMap& columns_;
    Day today_;
    const CsvRow& row_;
    std::vector<RowFault>& faults_;
    std::size_t faults_before_;
    certificate::Record record_;
    std::string serial_;
};

/// A serial as it is kept: what is usual between its parts and no folder may be called becomes a
/// hyphen.
[[nodiscard]] std::string tidy_serial(std::string serial);

/// Of the table as a whole.
[[nodiscard]] std::vector<RowFault> table_faults(const CsvTable& table, const ColumnMap& columns,
                                                 std::span<const Column> missing);

/// Serials that stood in earlier rows, with their lines.
class Serials {
  public:
    /// Adds kSerialTwice to `faults` if an earlier row has the serial; whether none has.
    bool check(const Graduate& graduate, std::vector<RowFault>& faults);

  private:
    std::map<std::string, std::uint32_t> seen_;
};

/// The graduates of a table: `read(row)` makes one of a row without faults, and of those
/// `unique.check(graduate, faults)` leaves out what stood in an earlier row. Nothing is read of a
/// table with `faults`.
template <class Read, class Unique>
[[nodiscard]] Intake read_rows(const CsvTable& table, const ColumnMap& columns, Day today,
                               std::vector<RowFault> faults, Read read, Unique unique) {
    Intake intake;
    intake.ignored_columns = columns.ignored;
    intake.row_count = table.rows.size();
    intake.faults = std::move(faults);
    if (!intake.faults.empty()) return intake;
    // Records are large: a vector that grows holds all of them twice.
    intake.graduates.reserve(table.rows.size());
    for (const CsvRow& row : table.rows) {
        RowReader reader{table, columns, today, row, intake.faults};
        auto graduate = read(reader);
        if (graduate && unique.check(*graduate, intake.faults)) {
            intake.graduates.push_back(*std::move(graduate));
        }
    }
    return intake;
}

}  // namespace tasdiq::intake
