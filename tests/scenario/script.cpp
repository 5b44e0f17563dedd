#include "script.hpp"

#include <set>
#include <sstream>
#include <stdexcept>

namespace tasdiq::scenario {
namespace {

// A column that nobody reads would be a check that cannot fail.
const std::map<std::string, std::set<std::string>> kColumns{
    {"member", {"member", "is a", "under", "keys", "parent", "country", "sector"}},
    {"accreditation",
     {"accreditation", "of", "types", "levels", "fields", "programmes", "from", "to", "counts by",
      "quota", "register quota", "by", "lies in"}},
    {"day", {"day",     "sender",     "does",           "signed by", "answer",    "awarded",
             "intake",  "under",      "level",          "field",     "programme", "capture",
             "mode",    "site",       "relation",       "list",      "keys",      "parent",
             "country", "effective",  "types",          "levels",    "fields",    "programmes",
             "from",    "to",         "counts by",      "quota",     "rules",     "possession",
             "chain",   "expires",    "signature",      "seats",     "for",       "with",
             "sector",  "lies in",    "register quota", "holder",    "courses",   "valid until",
             "decides", "conditions", "about",          "only",      "times"}},
    {"certificate",
     {"certificate", "issuer says", "authority says", "hangs on", "counts from", "seat",
      "attested by"}},
    {"now", {"now", "names", "ended", "parent", "kept by"}},
    {"verdict", {"verdict", "is", "shown as", "beside", "reads", "reads not"}},
    {"used", {"used", "of", "year", "awards", "from registers"}},
};

std::string trim(const std::string& text) {
    const auto from = text.find_first_not_of(" \t");
    if (from == std::string::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

[[noreturn]] void fail(int line, const std::string& what) {
    throw std::runtime_error{"line " + std::to_string(line) + ": " + what};
}

Table start_table(int line, const std::vector<std::string>& columns) {
    const auto known = kColumns.find(columns.front());
    if (known == kColumns.end()) fail(line, "no table begins with '" + columns.front() + "'");
    for (const std::string& column : columns) {
        if (!known->second.contains(column)) fail(line, "no column '" + column + "' here");
    }
    return {columns, {}};
}

Row make_row(int line, const Table& table, const std::vector<std::string>& cells) {
    if (cells.size() > table.columns.size()) fail(line, "more cells than columns");
    Row row{line, {}};
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!cells[i].empty()) row.cells.emplace(table.columns[i], cells[i]);
    }
    return row;
}

}  // namespace

std::string Row::get(const std::string& column, const std::string& otherwise) const {
    const auto cell = cells.find(column);
    return cell == cells.end() ? otherwise : cell->second;
}

std::vector<std::string> split(const std::string& text, const std::string& separator) {
    std::vector<std::string> parts;
    if (trim(text).empty()) return parts;
    std::size_t from = 0;
    for (;;) {
        const auto at = text.find(separator, from);
        parts.push_back(trim(text.substr(from, at - from)));
        if (at == std::string::npos) return parts;
        from = at + separator.size();
    }
}

std::vector<std::string> words(const std::string& text) {
    std::istringstream in{text};
    std::vector<std::string> all;
    for (std::string word; in >> word;) all.push_back(word);
    return all;
}

std::vector<Table> parse_script(const std::string& text) {
    std::vector<Table> tables;
    std::istringstream in{text};
    bool in_table = false;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.starts_with("#")) continue;
        if (trim(line).empty()) {
            in_table = false;
            continue;
        }
        const auto cells = split(line, "|");
        if (!in_table) {
            tables.push_back(start_table(number, cells));
            in_table = true;
        } else {
            tables.back().rows.push_back(make_row(number, tables.back(), cells));
        }
    }
    return tables;
}

}  // namespace tasdiq::scenario
