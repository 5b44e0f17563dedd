#include "intake/row_reader.hpp"

#include <algorithm>
#include <utility>

#include "intake/cells.hpp"

namespace tasdiq::intake {
namespace {

using certificate::Script;

constexpr std::int32_t kContemporaneousDays = 400;  // DESIGN §4, "capture"
constexpr std::int32_t kLateDays = 3'660;
constexpr std::int32_t kAgeYearsMax = 130;

bool is_serial(std::string_view text) {
    return !text.empty() && text.size() <= 64 && text.front() != '.' &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-';
           });
}

/// A spreadsheet into which this is copied one day would run it.
bool is_formula(std::string_view value) {
    return value.size() > 1 &&
           std::string_view{"=+-@"}.find(value.front()) != std::string_view::npos;
}

/// Whether the grade is not above its scale; both are `read_decimal`'s.
bool is_in_range(const certificate::Grade& grade) {
    const auto scaled = [](std::string_view decimal) {
        const std::size_t point = std::min(decimal.find('.'), decimal.size());
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < point; ++i) {
            value = value * 10 + static_cast<std::uint64_t>(decimal[i] - '0');
        }
        for (std::size_t i = 1; i <= 4; ++i) {
            const std::size_t at = point + i;
            const char digit = at < decimal.size() ? decimal[at] : '0';
            value = value * 10 + static_cast<std::uint64_t>(digit - '0');
        }
        return value;
    };
    return scaled(grade.value) <= scaled(grade.scale);
}

}  // namespace

std::string RowReader::cell(Column column) const {
    const auto place = columns_.place_of(column);
    if (!place || *place >= row_.cells.size()) return {};
    return text::tidy_spaces(row_.cells[*place]);
}

std::string RowReader::heading(Column column) const {
    const auto place = columns_.place_of(column);
    return place ? text::tidy_spaces(table_.header.cells[*place]) : std::string{to_heading(column)};
}

void RowReader::fault(Column column, IntakeError error, std::string hint) {
    std::string value = cell(column);
    if (error == IntakeError::kDate && is_no_day(value)) error = IntakeError::kNoSuchDay;
    fault(column, error, std::move(hint), std::move(value));
}

void RowReader::fault(Column column, IntakeError error, std::string hint, std::string value) {
    faults_.push_back({row_.line, heading(column), std::move(value), error, std::move(hint)});
}

bool RowReader::check_partners(Column one, Column other) {
    const bool has_one = !cell(one).empty();
    if (has_one == !cell(other).empty()) return true;
    fault(has_one ? other : one, IntakeError::kPartner, heading(has_one ? one : other));
    return false;
}

bool RowReader::need(Column column) {
    if (!cell(column).empty()) return true;
    fault(column, IntakeError::kEmpty);
    return false;
}

std::optional<std::string> RowReader::plain(Column column, std::size_t size_max) {
    std::string value = cell(column);
    if (value.empty()) return std::nullopt;
    if (!certificate::is_plain_text(value, size_max) || is_formula(value)) {
        fault(column, IntakeError::kText);
        return std::nullopt;
    }
    return value;
}

std::optional<std::uint32_t> RowReader::number(Column column, std::uint32_t max) {
    const std::string value = cell(column);
    if (value.empty()) return std::nullopt;
    const auto number = read_number(value);
    if (number && *number <= max) return number;
    fault(column, IntakeError::kWholeNumber, "0–" + std::to_string(max));
    return std::nullopt;
}

void RowReader::take_name(Column column, text::TextScript expected, Script script) {
    auto name = plain(column);
    if (!name) return;
    if (text::script_of(*name) != expected) return fault(column, IntakeError::kWrongScript);
    if (!text::begins_with_letter(*name)) return fault(column, IntakeError::kNameBegins);
    record_.holder.names.push_back({*std::move(name), script});
}

void RowReader::take_identifier(Column column, std::string_view scheme) {
    auto value = plain(column, 64);
    if (value) record_.holder.identifiers.push_back({std::string{scheme}, *std::move(value)});
}

void RowReader::read_identity() {
    certificate::Holder& holder = record_.holder;
    take_name(Column::kNameAr, text::TextScript::kArabic, Script::kArab);
    take_name(Column::kNameLatin, text::TextScript::kLatin, Script::kLatn);
    if (cell(Column::kNameAr).empty() && cell(Column::kNameLatin).empty()) {
        fault(columns_.place_of(Column::kNameAr) ? Column::kNameAr : Column::kNameLatin,
              IntakeError::kNameMissing);
    }
    holder.birth_date = optional(Column::kBirthDate, read_partial_date, IntakeError::kDate);
    if (!holder.birth_date) return;
    if (certificate::earliest(*holder.birth_date) > today_) {
        fault(Column::kBirthDate, IntakeError::kDateInFuture);
    }
    if (holder.birth_date->year < to_civil(today_).year - kAgeYearsMax) {
        fault(Column::kBirthDate, IntakeError::kBirthTooEarly);
    }
}

void RowReader::read_person() {
    read_identity();
    certificate::Holder& holder = record_.holder;
    if (auto place = plain(Column::kBirthPlaceAr)) {
        holder.birth_place.push_back({*std::move(place), Script::kArab});
    }
    if (auto place = plain(Column::kBirthPlaceLatin)) {
        holder.birth_place.push_back({*std::move(place), Script::kLatn});
    }
    holder.nationality = optional(Column::kNationality, read_country, IntakeError::kCountry);
    take_identifier(Column::kNationalId, "national");
    take_identifier(Column::kPassport, "passport");
    take_identifier(Column::kStudentId, "student");
}

void RowReader::read_awarded_on(Column column, std::optional<wire::Capture> capture) {
    if (!need(column)) return;
    const auto day = optional(column, read_day, IntakeError::kDate);
    if (!day) return;
    certificate::Award& award = record_.award;
    award.awarded_on = *day;
    const std::int32_t age_days = today_.days - day->days;
    if (age_days < 0) fault(column, IntakeError::kDateInFuture);
    if (age_days > kLateDays && !capture) fault(column, IntakeError::kTooOld);
    award.capture = capture.value_or(
        age_days <= kContemporaneousDays ? wire::Capture::kContemporaneous : wire::Capture::kLate);
}

void RowReader::read_valid_until() {
    record_.valid_until = optional(Column::kValidUntil, read_day, IntakeError::kDate);
    if (record_.valid_until && *record_.valid_until < record_.award.awarded_on) {
        fault(Column::kValidUntil, IntakeError::kDateOrder);
    }
}

void RowReader::read_serial(const std::string& instead) {
    serial_ = tidy_serial(cell(Column::kSerial));
    if (serial_.empty()) serial_ = instead;
    if (!is_serial(serial_)) fault(Column::kSerial, IntakeError::kSerial);
}

std::optional<certificate::Grade> RowReader::read_grade() {
    auto value = optional(Column::kGrade, read_decimal, IntakeError::kNumber);
    auto scale = optional(Column::kGradeScale, read_decimal, IntakeError::kNumber);
    const bool is_pair = check_partners(Column::kGrade, Column::kGradeScale);
    if (!is_pair || !value || !scale) return std::nullopt;
    certificate::Grade grade{*std::move(value), *std::move(scale)};
    if (!is_in_range(grade)) fault(Column::kGrade, IntakeError::kGradeRange);
    return grade;
}

std::optional<certificate::Credits> RowReader::read_credits() {
    auto value = optional(Column::kCredits, read_decimal, IntakeError::kNumber);
    auto system = plain(Column::kCreditSystem, 32);
    const bool is_pair = check_partners(Column::kCredits, Column::kCreditSystem);
    if (!is_pair || !value || !system) return std::nullopt;
    return certificate::Credits{*std::move(value), *std::move(system)};
}

std::optional<Graduate> RowReader::finish() {
    if (!is_faultless()) return std::nullopt;
    const auto& birth_date = record_.holder.birth_date;
    if (birth_date && certificate::earliest(*birth_date) > record_.award.awarded_on) {
        fault(Column::kBirthDate, IntakeError::kDateOrder);
        return std::nullopt;
    }
    Graduate graduate{row_.line, std::move(serial_), std::move(record_)};
    // What only the format knows: a fault here is still the row's, never the program's.
    if (const auto checked = certificate::check_record(graduate.record); !checked) {
        faults_.push_back({row_.line,
                           checked.error().field,
                           {},
                           IntakeError::kText,
                           std::string{certificate::to_string(checked.error().error)}});
        return std::nullopt;
    }
    return graduate;
}

std::string tidy_serial(std::string serial) {
    std::ranges::replace(serial, '/', '-');
    std::ranges::replace(serial, ' ', '-');
    return serial;
}

namespace {

/// Which columns are to become which.
RowFault name_halves_fault(std::span<const std::string> halves) {
    std::string all;
    bool is_arabic = false;
    bool is_latin = false;
    for (const std::string& heading : halves) {
        all += (all.empty() ? "" : ", ") + heading;
        const bool arabic = text::script_of(heading) == text::TextScript::kArabic;
        is_arabic = is_arabic || arabic;
        is_latin = is_latin || !arabic;
    }
    std::string whole = is_arabic ? "الاسم الكامل" : "";
    if (is_latin) whole += is_arabic ? " / Nom et prénom" : "Nom et prénom";
    return {0, std::move(all), {}, IntakeError::kNameHalves, std::move(whole)};
}

}  // namespace

std::vector<RowFault> table_faults(const CsvTable& table, const ColumnMap& columns,
                                   std::span<const Column> missing) {
    std::vector<RowFault> faults;
    for (const Column one : missing) {
        if (one != Column::kNameAr) {
            faults.push_back(
                {0, std::string{to_heading(one)}, {}, IntakeError::kColumnMissing, {}});
        } else if (columns.name_halves.empty()) {
            faults.push_back({0, "الاسم", {}, IntakeError::kNameColumnMissing, "Nom et prénom"});
        }
    }
    if (!columns.name_halves.empty()) faults.push_back(name_halves_fault(columns.name_halves));
    if (columns.twice) {
        faults.push_back(
            {0, std::string{to_heading(*columns.twice)}, {}, IntakeError::kColumnTwice, {}});
    }
    if (table.rows.empty()) faults.push_back({0, {}, {}, IntakeError::kNoRows, {}});
    return faults;
}

bool Serials::check(const Graduate& graduate, std::vector<RowFault>& faults) {
    const auto [place, is_new] = seen_.emplace(graduate.serial, graduate.line);
    if (is_new) return true;
    faults.push_back({graduate.line, std::string{to_heading(Column::kSerial)}, graduate.serial,
                      IntakeError::kSerialTwice, std::to_string(place->second)});
    return false;
}

}  // namespace tasdiq::intake
