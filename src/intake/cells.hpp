#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "certificate/record.hpp"

namespace tasdiq::intake {

// What people write into cells, read as what is meant. Nothing where it cannot be told for sure.

/// `2026-07-01`, `2026/07/01`, `01/07/2026`, `1-7-2026`, `01.07.2026`: day before month, as all
/// Arab states write it; digits of either kind.
[[nodiscard]] std::optional<Day> read_day(std::string_view cell);
/// Whether it is written as a day, but its month is shorter: 31/02/2002.
[[nodiscard]] bool is_no_day(std::string_view cell);

/// The same, or a year alone, or `2003-05` and `05/2003`.
[[nodiscard]] std::optional<certificate::PartialDate> read_partial_date(std::string_view cell);

/// A decimal with a point or a comma, as text with a point: `14,37` is `14.37`.
[[nodiscard]] std::optional<std::string> read_decimal(std::string_view cell);

inline constexpr std::uint32_t kNumberMax = 1'000'000;
/// A whole number up to `kNumberMax`.
[[nodiscard]] std::optional<std::uint32_t> read_number(std::string_view cell);

/// The mention in three languages, from a word for it in any of them: `Très bien`, `جيد جدا`,
/// `Good`.
[[nodiscard]] std::optional<wire::Titles> read_honours(std::string_view cell);
/// The words that `read_honours` knows, for a hint.
[[nodiscard]] std::string known_honours();

[[nodiscard]] std::optional<wire::Mode> read_mode(std::string_view cell);

/// An ISO 3166-1 code, or the usual word for an Arab state's nationality in three languages.
[[nodiscard]] std::optional<std::string> read_country(std::string_view cell);

/// Language codes between spaces, commas or plus signs, or the words Arabic, French, English.
[[nodiscard]] std::optional<std::vector<std::string>> read_languages(std::string_view cell);

/// A certificate's number on a ledger, in digits alone: a comma could be a decimal one.
[[nodiscard]] std::optional<std::uint64_t> read_index(std::string_view cell);
/// From where to where it may be, for a hint.
[[nodiscard]] std::string index_range();

/// A word for the outcome of an equivalency in any of the three languages, and all that are known.
[[nodiscard]] std::optional<certificate::Outcome> read_outcome(std::string_view cell);
[[nodiscard]] std::string known_outcomes();
/// The same for the kinds of attestations.
[[nodiscard]] std::optional<certificate::AttestationKind> read_attestation_kind(
    std::string_view cell);
[[nodiscard]] std::string known_attestation_kinds();

}  // namespace tasdiq::intake
