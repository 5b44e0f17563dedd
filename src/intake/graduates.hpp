#pragma once

#include "certificate/record.hpp"
#include "intake/columns.hpp"
#include "intake/csv.hpp"

namespace tasdiq::intake {

/// A programme as the ledger has it.
struct Programme {
    std::string code;
    std::uint8_t level;   // ISCED 2011
    std::uint16_t field;  // ISCED-F 2013
    wire::Titles titles;
};

/// What a table does not say because it is the same for all of it.
struct Profile {
    wire::CertificateType type = wire::CertificateType::kDegree;
    std::vector<Programme> programmes;
    wire::Mode mode = wire::Mode::kOnSite;  // where the table has no such column
    std::uint8_t site = 0;
    std::string serial_prefix;  // of serials that are made up: `<prefix>-<line>`
};

/// Why a row is refused. Numbers are stable.
enum class IntakeError : std::uint16_t {
    // The table
    kColumnMissing = 1,
    kColumnTwice = 2,
    kNoRows = 3,
    kNameColumnMissing = 4,  // of the two for names
    kNameHalves = 5,         // family and given names in columns of their own
    // A row
    kTooManyCells = 10,
    kEmpty = 11,        // a cell that must not be
    kNameMissing = 12,  // neither an Arabic nor a Latin name
    kWrongScript = 13,  // Latin letters in the Arabic name, or the other way round
    kText = 14,
    kDate = 15,
    kDateInFuture = 16,
    kDateOrder = 17,
    kProgrammeUnknown = 18,
    kNumber = 19,
    kGradeRange = 20,
    kRankRange = 21,
    kHonoursUnknown = 22,
    kModeUnknown = 23,
    kCountry = 24,
    kLanguage = 25,
    kSerial = 26,
    kPartner = 27,  // one of two columns that belong together is empty
    kTooOld = 28,   // more than 3,660 days before today: only from registers
    kWholeNumber = 29,
    kNameBegins = 34,     // with what is no letter
    kBirthTooEarly = 35,  // nobody who is born then lives
    kNoSuchDay = 36,      // 31/02/2002
    // A row and the cohorts
    kSeatNone = 30,       // nobody of this name
    kSeatSeveral = 31,    // several, whom the row does not tell apart
    kSeatBirthDate = 32,  // somebody of this name, born on another day
    kSeatDate = 33,       // the cohort begins after the award, or on another day than the row says
    // Two rows
    kSerialTwice = 40,
    kPersonTwice = 41,   // the same identifier in the same programme
    kSeatTwice = 42,     // the same seat
    kStudentTwice = 43,  // the same name and date of birth in one cohort
    // A row of an authority
    kOutcomeUnknown = 50,
    kKindUnknown = 51,
    kTargetMissing = 52,  // neither a certificate of the ledger nor a document
    kTargetBoth = 53,
    kConditions = 54,  // conditional without conditions, or full with some
};
/// The name in the catalogue: `intake.<name>`.
[[nodiscard]] std::string_view to_string(IntakeError error);

/// One fault. The line is that of the file, as a spreadsheet shows it; 0 for the table as a whole.
struct RowFault {
    std::uint32_t line;
    std::string column;  // its heading in the file, or the plain one
    std::string value;   // as it stands there; it is personal data and stays with the registrar
    IntakeError error;
    std::string hint;  // for kSerialTwice, kPersonTwice the other line; for unknown codes what is
                       // known; for kPartner the column that is filled; for kWholeNumber from where
                       // to where
    friend bool operator==(const RowFault&, const RowFault&) = default;
};

struct Graduate {
    std::uint32_t line;
    std::string serial;  // [A-Za-z0-9._-]{1,64}, unique in the table, no dot in front
    certificate::Record record;
};

/// All that a table holds: graduates, or why not, row by row.
struct Intake {
    std::vector<Graduate> graduates;  // of rows without a fault, in the order of the file
    std::vector<RowFault> faults;     // ascending by line
    std::vector<std::string> ignored_columns;
    std::size_t row_count = 0;
};

/// Checks every cell of every row; one faulty cell does not hide the next. `today` decides between
/// contemporaneous and late, and what lies in the future.
[[nodiscard]] Intake read_graduates(const CsvTable& table, const ColumnMap& columns,
                                    const Profile& profile, Day today);

}  // namespace tasdiq::intake
