#pragma once

#include <map>
#include <string>
#include <vector>

// A scenario file as tables with named columns. README.md describes the language.
namespace tasdiq::scenario {

/// A row by column name; cells that are empty are not there.
struct Row {
    int line = 0;
    std::map<std::string, std::string> cells;

    [[nodiscard]] bool has(const std::string& column) const { return cells.contains(column); }
    /// The cell, or `otherwise` if it is empty.
    [[nodiscard]] std::string get(const std::string& column,
                                  const std::string& otherwise = {}) const;
};

struct Table {
    std::vector<std::string> columns;
    std::vector<Row> rows;
};

/// The tables of a scenario. Throws std::runtime_error, with the line, where it is not one.
std::vector<Table> parse_script(const std::string& text);

/// The rows that a row stands for: as many as its `times` says, a little otherwise each time where
/// it has a choice. Throws std::runtime_error where it has one and no `times`.
std::vector<Row> turns_of(const Row& row);

/// `text` cut at `separator`, the parts trimmed; no part of an empty text.
std::vector<std::string> split(const std::string& text, const std::string& separator);
std::vector<std::string> words(const std::string& text);

}  // namespace tasdiq::scenario
