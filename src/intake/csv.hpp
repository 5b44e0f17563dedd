#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace tasdiq::intake {

inline constexpr std::size_t kColumnsMax = 200;
inline constexpr std::size_t kCellSizeMax = 4'096;
inline constexpr std::size_t kRowsMax = 1'000'000;

/// Why a file is not a table. Numbers are stable.
enum class CsvError : std::uint16_t {
    kEmpty = 1,         // no header row
    kUtf8 = 2,          // not UTF-8: saved in another encoding
    kControl = 3,       // a control character
    kQuote = 4,         // a quote inside an unquoted cell, or text after a closing quote
    kUnterminated = 5,  // a quoted cell that never ends
    kCellTooLong = 6,
    kTooManyColumns = 7,
    kTooManyRows = 8,
    kWorkbook = 9,  // XLSX, ODS or XLS; told before kUtf8
};
[[nodiscard]] std::string_view to_string(CsvError error);

/// An error and the line of the file, from 1, where it is.
struct CsvFault {
    CsvError error;
    std::uint32_t line;
    friend bool operator==(const CsvFault&, const CsvFault&) = default;
};

struct CsvRow {
    std::uint32_t line;  // of its first character, from 1
    std::vector<std::string> cells;
    friend bool operator==(const CsvRow&, const CsvRow&) = default;
};

/// A table whose first row is the header. Rows without any text are left out; rows may be shorter
/// or longer than the header: what that means is the caller's.
struct CsvTable {
    char delimiter = ',';
    CsvRow header;
    std::vector<CsvRow> rows;
};

/// Reads UTF-8 text (a byte-order mark is skipped) with commas, semicolons or tabs, whichever the
/// header has most of. Spec: RFC 4180, with bare line feeds and other delimiters allowed.
[[nodiscard]] Result<CsvTable, CsvFault> parse_csv(ByteView text);

}  // namespace tasdiq::intake
