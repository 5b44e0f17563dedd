#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tasdiq::intake {

/// Whose table it is. docs/formats/graduates.md and equivalency.md list the headings that are
/// known.
enum class TableKind : std::uint8_t { kGraduates, kEquivalencies, kAttestations, kCourses };

/// What a column can mean.
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
    kCertificate,
    // Of authorities
    kLevel,
    kField,
    kNumber,
    kDate,
    kTarget,
    kInstitutionAr,
    kInstitutionLatin,
    kCountry,
    kTitleAr,
    kTitleLatin,
    kDocumentDate,
    kDocumentNumber,
    kOutcome,
    kConditionsAr,
    kConditionsEn,
    kConditionsFr,
    kEquivalentAr,
    kEquivalentEn,
    kEquivalentFr,
    kPurposeAr,
    kPurposeEn,
    kPurposeFr,
    kKind,
    kPlaceAr,
    kPlaceEn,
    kPlaceFr,
    kCapacityAr,
    kCapacityEn,
    kCapacityFr,
    // Of courses
    kCode,
    kTitleEn,
    kTitleFr,
    kSemester,
};
inline constexpr std::size_t kColumnCount = 61;

/// The plain heading, `name_ar`: what reports and templates use.
[[nodiscard]] std::string_view to_heading(Column column);

/// The column that a heading means in such a table, in Arabic, French or English; nothing if it is
/// not known.
[[nodiscard]] std::optional<Column> find_column(std::string_view heading,
                                                TableKind kind = TableKind::kGraduates);

/// The plain headings of all columns that such a table may have.
[[nodiscard]] std::vector<std::string_view> plain_headings(TableKind kind);

/// Where each column stands in a table.
struct ColumnMap {
    std::array<std::optional<std::size_t>, kColumnCount> places;
    std::vector<std::string> ignored;  // headings that mean nothing here
    std::optional<Column> twice;       // a column that two headings mean
    std::vector<Column> missing;       // columns that every table needs
    // Headings of half a name, `Nom` and `Prénom`, where no column has the whole of it.
    std::vector<std::string> name_halves;

    [[nodiscard]] std::optional<std::size_t> place_of(Column column) const {
        return places[static_cast<std::size_t>(column)];
    }
};

/// `overrides` are `[heading, plain heading]` pairs that a registrar gave; they win over what is
/// known.
[[nodiscard]] ColumnMap map_columns(
    std::span<const std::string> headings,
    std::span<const std::pair<std::string, std::string>> overrides = {},
    TableKind kind = TableKind::kGraduates);

}  // namespace tasdiq::intake
