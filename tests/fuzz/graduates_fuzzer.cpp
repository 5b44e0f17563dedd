#include <algorithm>

#include "base/ensure.hpp"
#include "intake/acts.hpp"
#include "intake/courses.hpp"

// A registrar's table, whatever it holds: it is read, or every fault names its row.
namespace tasdiq::intake {
namespace {

constexpr Day kToday{20'635};  // 2026-07-01

Profile profile() {
    Profile profile;
    profile.programmes.push_back({"INF-L3", 6, 613, {"الإجازة", "Bachelor", "Licence"}});
    profile.serial_prefix = "UTM-2026";
    return profile;
}

/// The table as CSV with every cell quoted.
std::string encode(const CsvTable& table) {
    std::string text;
    const auto add_row = [&](const CsvRow& row) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (i > 0) text += ',';
            text += '"';
            for (const char c : row.cells[i])
                text += c == '"' ? std::string{"\"\""} : std::string{c};
            text += '"';
        }
        text += '\n';
    };
    add_row(table.header);
    std::ranges::for_each(table.rows, add_row);
    return text;
}

/// What was read is whole, and every row that is missing has its fault.
void check(const Intake& intake, const CsvTable& table) {
    ENSURE(intake.row_count == table.rows.size());
    ENSURE(intake.graduates.size() == intake.row_count || !intake.faults.empty());
    for (const Graduate& graduate : intake.graduates) {
        ENSURE(certificate::check_record(graduate.record));
        ENSURE(!graduate.serial.empty() && graduate.serial.find('/') == std::string::npos &&
               graduate.serial.front() != '.');
    }
    ENSURE(std::ranges::is_sorted(intake.faults, {}, &RowFault::line));
}

/// Transcripts, of which each has an award and, the same table once more, courses.
void check_documents(const CsvTable& table, const ColumnMap& columns) {
    Profile rules = profile();
    rules.type = wire::CertificateType::kTranscript;
    rules.relations = Relations{wire::RelationCode::kOfAward, {{{4}, 1}}, {}};
    const wire::Terms terms{.awarding = {{{4}, 1}},
                            .type = wire::CertificateType::kDegree,
                            .level = 6,
                            .field = 613,
                            .programme = "INF-L3",
                            .awarded_on = kToday,
                            .intake = std::nullopt,
                            .mode = wire::Mode::kOnSite,
                            .site = 0,
                            .capture = wire::Capture::kContemporaneous};
    for (const CsvRow& row : table.rows)
        rules.relations->earlier.emplace(row.line, Earlier{{57}, terms});
    for (const auto code : {wire::RelationCode::kOfAward, wire::RelationCode::kReplaces}) {
        rules.relations->code = code;
        if (code == wire::RelationCode::kReplaces) rules.type.reset();
        Intake intake = read_graduates(table, columns, rules, kToday);
        check(intake, table);
        const CourseTable courses = add_courses(table, table, columns, intake.graduates);
        ENSURE(courses.good_count == courses.row_count || !courses.faults.empty());
        ENSURE(std::ranges::is_sorted(courses.faults, {}, &RowFault::line));
        check_courses(intake, courses.owners);
        ENSURE(std::ranges::is_sorted(intake.faults, {}, &RowFault::line));
        for (const Graduate& graduate : intake.graduates) {
            ENSURE(certificate::check_record(graduate.record));
        }
    }
}

void check(ByteView bytes) {
    const auto table = parse_csv(bytes);
    if (!table) return;
    // Written again and read again, the cells are the same.
    const auto again = parse_csv(as_bytes(encode(*table)));
    ENSURE(again && again->header.cells == table->header.cells &&
           again->rows.size() == table->rows.size());
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
        ENSURE(again->rows[i].cells == table->rows[i].cells);
    }
    const ColumnMap columns = map_columns(table->header.cells);
    check(read_graduates(*table, columns, profile(), kToday), *table);
    check_documents(*table, columns);
    for (const auto type :
         {wire::CertificateType::kEquivalency, wire::CertificateType::kAttestation}) {
        const ActProfile rules{type, "ledger.example/" + std::string(32, '0'), "MESRS"};
        check(read_acts(*table, map_columns(table->header.cells, {}, table_kind(type)), rules,
                        kToday),
              *table);
    }
}

}  // namespace
}  // namespace tasdiq::intake

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tasdiq::intake::check({data, size});
    return 0;
}
