#include "cli/recorded.hpp"

#include <algorithm>

#include "certificate/act.hpp"
#include "cli/files.hpp"
#include "cli/parallel.hpp"

namespace tasdiq::cli {
namespace {

using certificate::Script;

/// A cell that no spreadsheet runs as a formula.
std::string cell(const std::string& text) {
    const bool is_formula =
        !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
    std::string quoted{'"'};
    if (is_formula) quoted += '\'';
    for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    quoted += '"';
    const bool is_plain = text.find_first_of(";\"\r\n") == std::string::npos && !is_formula;
    return is_plain ? text : quoted;
}

/// What a certificate's own file says of its holder.
Result<RecordedCertificate, std::string> read_one(const std::string& folder,
                                                  const std::string& serial, wire::LogIndex index) {
    const std::string path = folder + "/certificates/" + serial + "/credential.json";
    TRY(const Bytes content, read_file(path, certificate::kSecuredSizeMax));
    const auto secured = certificate::read_secured(content);
    if (!secured) return std::unexpected{path + ": is no certificate"};
    RecordedCertificate row{serial, {}, {}, index};
    for (const auto& name : certificate::holder_names(secured->credential)) {
        if (name.script == Script::kArab && row.name_ar.empty()) row.name_ar = name.text;
        if (name.script == Script::kLatn && row.name_latin.empty()) row.name_latin = name.text;
    }
    return row;
}

}  // namespace

std::string recorded_table(std::vector<RecordedCertificate> rows) {
    // Serials that were made up end in their line: 2 before 10.
    std::ranges::sort(rows, {}, [](const RecordedCertificate& row) {
        return std::pair{row.serial.size(), row.serial};
    });
    std::string table = "\xEF\xBB\xBFserial;name_ar;name_latin;certificate\n";
    for (const RecordedCertificate& row : rows) {
        table += cell(row.serial) + ";" + cell(row.name_ar) + ";" + cell(row.name_latin) + ";" +
                 std::to_string(row.index.value) + "\n";
    }
    return table;
}

Result<Ok, std::string> write_recorded(const std::string& folder,
                                       const std::vector<NumberedSerial>& recorded) {
    std::vector<Result<RecordedCertificate, std::string>> read(recorded.size(),
                                                               std::unexpected{std::string{}});
    parallel_for(recorded.size(), [&](std::size_t i) {
        read[i] = read_one(folder, recorded[i].serial, recorded[i].index);
    });
    std::vector<RecordedCertificate> rows;
    for (auto& one : read) {
        TRY(RecordedCertificate row, std::move(one));
        rows.push_back(std::move(row));
    }
    const std::string table = recorded_table(std::move(rows));
    return write_file(folder + "/recorded.csv", as_bytes(table), Access::kOwner);
}

}  // namespace tasdiq::cli
