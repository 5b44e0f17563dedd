#include "intake/csv.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "codec/utf8.hpp"

namespace tasdiq::intake {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// The delimiter that the header, quoted parts aside, has most of.
char choose_delimiter(std::string_view text) {
    std::size_t commas = 0;
    std::size_t semicolons = 0;
    std::size_t tabs = 0;
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n') break;
        commas += c == ',' ? 1 : 0;
        semicolons += c == ';' ? 1 : 0;
        tabs += c == '\t' ? 1 : 0;
    }
    if (tabs > commas && tabs > semicolons) return '\t';
    return semicolons > commas ? ';' : ',';
}

/// Walks through the text once, row by row.
class Reader {
  public:
    Reader(std::string_view text, char delimiter) : rest_{text}, delimiter_{delimiter} {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    Result<CsvRow, CsvFault> next() {
        CsvRow row{line_, {}};
        row.cells.reserve(cells_expected_);
        for (;;) {
            std::string cell;
            if (rest_.starts_with('"')) {
                TRY(cell, quoted_cell());
            } else {
                TRY(cell, plain_cell());
            }
            if (cell.size() > kCellSizeMax) return fault(CsvError::kCellTooLong);
            row.cells.push_back(std::move(cell));
            if (row.cells.size() > kColumnsMax) return fault(CsvError::kTooManyColumns);
            cells_expected_ = std::max(cells_expected_, row.cells.size());
            if (rest_.empty()) return row;
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == delimiter_) continue;
            if (c == '\r' && rest_.starts_with('\n')) rest_.remove_prefix(1);
            ++line_;
            return row;
        }
    }

  private:
    [[nodiscard]] std::unexpected<CsvFault> fault(CsvError error) const {
        return std::unexpected{CsvFault{error, line_}};
    }

    [[nodiscard]] bool is_control(char c) const {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    }

    Result<std::string, CsvFault> plain_cell() {
        std::size_t size = 0;
        for (; size < rest_.size(); ++size) {
            const char c = rest_[size];
            if (c == delimiter_ || c == '\n' || c == '\r') break;
            if (c == '"') return fault(CsvError::kQuote);
            if (is_control(c)) return fault(CsvError::kControl);
        }
        std::string cell{rest_.substr(0, size)};
        rest_.remove_prefix(size);
        return cell;
    }

    Result<std::string, CsvFault> quoted_cell() {
        std::string cell;
        const std::uint32_t first_line = line_;
        rest_.remove_prefix(1);
        for (;;) {
            if (rest_.empty())
                return std::unexpected{CsvFault{CsvError::kUnterminated, first_line}};
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '"') {
                if (!rest_.starts_with('"')) break;
                rest_.remove_prefix(1);
            }
            if (is_control(c)) return fault(CsvError::kControl);
            if (c == '\n') ++line_;
            cell.push_back(c);
            if (cell.size() > kCellSizeMax) return fault(CsvError::kCellTooLong);
        }
        const bool ends = rest_.empty() || rest_.front() == delimiter_ || rest_.front() == '\n' ||
                          rest_.front() == '\r';
        if (!ends) return fault(CsvError::kQuote);
        return cell;
    }

    std::string_view rest_;
    char delimiter_;
    std::uint32_t line_ = 1;
    std::size_t cells_expected_ = 0;  // as many as the longest row so far
};

bool is_blank(const CsvRow& row) {
    return std::ranges::all_of(row.cells, [](const std::string& cell) {
        return cell.find_first_not_of(" \t") == std::string::npos;
    });
}

/// What Excel and LibreOffice save unless asked for CSV: a ZIP archive, formerly an OLE file.
bool is_workbook(std::string_view file) {
    return file.starts_with("PK\x03\x04") || file.starts_with("\xD0\xCF\x11\xE0");
}

/// The line, from 1, of the first byte that is not UTF-8.
std::uint32_t line_of_malformed(ByteView text) {
    std::uint32_t line = 1;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\n') continue;
        if (!codec::is_utf8(as_text(text.subspan(start, i - start)))) return line;
        start = i + 1;
        ++line;
    }
    return line;
}

}  // namespace

std::string_view to_string(CsvError error) {
    switch (error) {
        case CsvError::kEmpty: return "empty";
        case CsvError::kUtf8: return "utf8";
        case CsvError::kControl: return "control";
        case CsvError::kQuote: return "quote";
        case CsvError::kUnterminated: return "unterminated";
        case CsvError::kCellTooLong: return "cell-too-long";
        case CsvError::kTooManyColumns: return "too-many-columns";
        case CsvError::kTooManyRows: return "too-many-rows";
        case CsvError::kWorkbook: return "workbook";
    }
    ENSURE(false);
}

Result<CsvTable, CsvFault> parse_csv(ByteView text) {
    if (is_workbook(as_text(text))) return std::unexpected{CsvFault{CsvError::kWorkbook, 1}};
    if (!codec::is_utf8(as_text(text))) {
        return std::unexpected{CsvFault{CsvError::kUtf8, line_of_malformed(text)}};
    }
    std::string_view rest = as_text(text);
    if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
    CsvTable table;
    table.delimiter = choose_delimiter(rest);
    Reader reader{rest, table.delimiter};
    bool has_header = false;
    while (!reader.at_end()) {
        TRY(auto row, reader.next());
        if (is_blank(row)) continue;
        if (!has_header) {
            table.header = std::move(row);
            has_header = true;
            continue;
        }
        if (table.rows.size() == kRowsMax) {
            return std::unexpected{CsvFault{CsvError::kTooManyRows, row.line}};
        }
        table.rows.push_back(std::move(row));
    }
    if (!has_header) return std::unexpected{CsvFault{CsvError::kEmpty, 1}};
    return table;
}

}  // namespace tasdiq::intake
