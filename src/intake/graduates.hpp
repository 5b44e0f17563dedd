#pragma once

#include <map>

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

/// The earlier certificate that a row's stands to.
struct Earlier {
    wire::LogIndex certificate;
    std::optional<wire::Terms> terms;  // nothing: the ledger has no such certificate
};

/// How all certificates of a table stand to earlier ones: docs/formats/graduates.md.
struct Relations {
    wire::RelationCode code;
    std::vector<wire::Awarding> awarding;      // who award what the table holds
    std::map<std::uint32_t, Earlier> earlier;  // by the row's line
};

/// What a table does not say because it is the same for all of it.
struct Profile {
    // Nothing: what the earlier certificate is where its terms are taken over, else a degree.
    std::optional<wire::CertificateType> type;
    std::vector<Programme> programmes;
    wire::Mode mode = wire::Mode::kOnSite;  // where the table has no such column
    std::uint8_t site = 0;
    // From registers or reconstructed; nothing: contemporaneous or late, by the date.
    std::optional<wire::Capture> capture;
    std::optional<Relations> relations;
    std::string serial_prefix;  // of serials that are made up: `<prefix>-<year>-<batch>-<line>`
    std::string batch;
};

/// Why a row is refused. Numbers are stable.
enum class IntakeError : std::uint16_t {
    // The table
    kColumnMissing = 1,
    kColumnTwice = 2,
    kNoRows = 3,
    kNameColumnMissing = 4,  // of the two for names
    kNameHalves = 5,         // family and given names in columns of their own
    kRelationMissing = 6,  // earlier certificates, and nothing that says what they are to the rows
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
    kNameBegins = 34,       // with what is no letter
    kBirthTooEarly = 35,    // nobody who is born then lives
    kNoSuchDay = 36,        // 31/02/2002
    kProgrammeNeeded = 37,  // empty, and the earlier certificate does not tell which it is
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
    // A row and its earlier certificate
    kEarlierUnknown = 60,     // the ledger has no certificate of this number
    kEarlierType = 61,        // of another type than the whole table
    kEarlierDiffers = 62,     // the cell says something else than the certificate does
    kNotProvisional = 63,     // what is finalised is no provisional certificate
    kBeforeProvisional = 64,  // the parchment is older than its provisional certificate
    kEarlierTwice = 65,       // an earlier row has it
    kEarlierOthers = 66,      // awarded by others, or under other accreditations
    kCourseOfNobody = 70,     // no row of the graduates has the serial or the student's number
    kCourseOfSeveral = 71,    // several rows have the student's number
    kCourseOfTwo = 72,        // serial and student's number are of two rows
    kTooManyCourses = 73,     // more than 200 of one graduate
    kCourseForType = 74,      // the graduate's certificate is of a type that lists none
    kCoursesMissing = 75,     // a transcript without any
    // A row and earlier batches
    kAwardedBefore = 80,  // the person has a certificate of this type and programme
};

/// Whether the new certificate has the earlier one's terms: docs/formats/ledger.md, "Relations".
[[nodiscard]] constexpr bool takes_terms(wire::RelationCode code) {
    return code != wire::RelationCode::kOfAward && code != wire::RelationCode::kAnnotates;
}
/// Whether also its type and date.
[[nodiscard]] constexpr bool takes_date(wire::RelationCode code) {
    return takes_terms(code) && code != wire::RelationCode::kFinalises;
}
/// Whether certificates of the type may list courses.
[[nodiscard]] constexpr bool lists_courses(wire::CertificateType type) {
    return type == wire::CertificateType::kTranscript || type == wire::CertificateType::kSupplement;
}
/// The name in the catalogue: `intake.<name>`.
[[nodiscard]] std::string_view to_string(IntakeError error);

/// One fault. The line is that of the file, as a spreadsheet shows it; 0 for the table as a whole.
struct RowFault {
    std::uint32_t line;
    std::string column;  // its heading in the file, or the plain one
    std::string value;   // as it stands there; it is personal data and stays with the registrar
    IntakeError error;
    std::string hint;  // for what is there twice the other line; for unknown codes what is known;
                       // for kPartner the column that is filled; for kWholeNumber from where to
                       // where; for kEarlier… what the ledger says
    friend bool operator==(const RowFault&, const RowFault&) = default;
};

struct Graduate {
    std::uint32_t line;
    std::string serial;  // [A-Za-z0-9._-]{1,64}, unique in the table, no dot in front
    certificate::Record record;
    std::optional<wire::Relation> relation = std::nullopt;
};

/// All that a table holds: graduates, or why not, row by row.
struct Intake {
    std::vector<Graduate> graduates;  // of rows without a fault, in the order of the file
    std::vector<RowFault> faults;     // ascending by line
    std::vector<std::string> ignored_columns;
    std::size_t row_count = 0;
};

/// Adds `faults`, ascending by line.
void add_faults(Intake& intake, const std::vector<RowFault>& faults);

/// Checks every cell of every row; one faulty cell does not hide the next. `today` decides between
/// contemporaneous and late, and what lies in the future.
[[nodiscard]] Intake read_graduates(const CsvTable& table, const ColumnMap& columns,
                                    const Profile& profile, Day today);

}  // namespace tasdiq::intake
