#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tasdiq::intake {

/// What a column of graduates can mean. docs/formats/graduates.md lists the headings that are
/// known.
enum class Column : std::uint8_t {
    kSerial,
    kStudentId,
    kNationalId,
    kPassport,
    kNameAr,
    kNameLatin,
    kBirthDate,
    kBirthPlaceAr,
    kBirthPlaceLatin,
    kNationality,
    kProgramme,
    kAwardedOn,
    kAwardedOnHijri,
    kIntake,
    kMode,
    kSite,
    kDecision,
    kAcademicYear,
    kHonours,
    kGrade,
    kGradeScale,
    kCredits,
    kCreditSystem,
    kRank,
    kRankOf,
    kLanguages,
    kValidUntil,
};
inline constexpr std::size_t kColumnCount = 27;

/// The plain heading, `name_ar`: what reports and templates use.
[[nodiscard]] std::string_view to_heading(Column column);

/// The column that a heading means, in Arabic, French or English; nothing if it is not known.
[[nodiscard]] std::optional<Column> find_column(std::string_view heading);

/// Where each column stands in a table.
struct ColumnMap {
    std::array<std::optional<std::size_t>, kColumnCount> places;
    std::vector<std::string> ignored;  // headings that mean nothing here
    std::optional<Column> twice;       // a column that two headings mean
    std::vector<Column> missing;       // columns that every table needs

    [[nodiscard]] std::optional<std::size_t> place_of(Column column) const {
        return places[static_cast<std::size_t>(column)];
    }
};

/// `overrides` are `[heading, plain heading]` pairs that a registrar gave; they win over what is
/// known.
[[nodiscard]] ColumnMap map_columns(
    std::span<const std::string> headings,
    std::span<const std::pair<std::string, std::string>> overrides = {});

}  // namespace tasdiq::intake
