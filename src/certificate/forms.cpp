#include "certificate/forms.hpp"

#include <bit>

#include "base/ensure.hpp"
#include "certificate/record.hpp"

namespace tasdiq::certificate {
namespace {

using schema::Form;
using schema::Member;

constexpr std::string_view kStartOfDay = "T00:00:00Z";
constexpr std::string_view kEndOfDay = "T23:59:59Z";

/// The day of a date-time that ends so.
std::optional<Day> day_before(std::string_view text, std::string_view time) {
    if (!text.ends_with(time)) return std::nullopt;
    return parse_day(text.substr(0, text.size() - time.size()));
}

bool has_courses(wire::CertificateType type) {
    return type == wire::CertificateType::kTranscript || type == wire::CertificateType::kSupplement;
}

/// The rows that certificates of the type may have.
schema::Rows rows_of(wire::CertificateType type) {
    schema::Rows rows = schema::table_of(type);
    if (!has_courses(type)) rows &= ~schema::rows({schema::kCourses});
    if (type != wire::CertificateType::kEquivalency) rows &= ~schema::rows({schema::kEquivalency});
    if (type != wire::CertificateType::kAttestation) rows &= ~schema::rows({schema::kAttestation});
    return rows;
}

ClaimsFault fault_at(ClaimsError error, std::uint8_t row) {
    std::string_view pointer = schema::kPointers[row];
    if (pointer.ends_with("/*")) pointer.remove_suffix(2);
    return {error, std::string{pointer}};
}

bool is_in_form(CredentialBuilder& builder, Form form, std::string_view text) {
    switch (form) {
        case Form::kAny: return true;
        case Form::kDay: return parse_day(text).has_value();
        case Form::kPartialDate: return parse_partial_date(text).has_value();
        case Form::kDayStart: return day_before(text, kStartOfDay).has_value();
        case Form::kDayEnd: {
            const auto day = day_before(text, kEndOfDay);
            if (day) builder.set_valid_until(*day);
            return day.has_value();
        }
    }
    ENSURE(false);
}

}  // namespace

bool has_row(wire::CertificateType type, std::uint8_t row) {
    return row < kTableRows && (rows_of(type) >> row & 1) != 0;
}

std::uint8_t number_in_table(wire::CertificateType type, std::uint8_t row) {
    ENSURE(row < kTableRows && (schema::table_of(type) >> row & 1) != 0);
    return schema::number_in_table(type, row);
}

std::optional<ClaimsFault> check_rows(const CredentialBuilder& builder) {
    const wire::CertificateType type = builder.type();
    const schema::Rows present = builder.rows();
    if (const schema::Rows other = present & ~rows_of(type)) {
        return fault_at(ClaimsError::kNotInTable,
                        static_cast<std::uint8_t>(std::countr_zero(other)));
    }
    if (!is_authoritys(type)) return std::nullopt;
    const schema::Row act =
        type == wire::CertificateType::kEquivalency ? schema::kEquivalency : schema::kAttestation;
    const auto has = [present](schema::Row row) { return (present >> row & 1) != 0; };
    if (!has(act)) return fault_at(ClaimsError::kMissing, act);
    if (has(schema::kDocument) == has(schema::kTarget)) {
        return fault_at(has(schema::kTarget) ? ClaimsError::kTarget : ClaimsError::kMissing,
                        schema::kTarget);
    }
    return std::nullopt;
}

std::optional<ClaimsError> check_text(CredentialBuilder& builder, const Member& member,
                                      std::string_view text) {
    if (!is_in_form(builder, member.form, text)) return ClaimsError::kDate;
    if (member.key != "certificateType") return std::nullopt;
    const auto type = parse_certificate_type(text);
    if (!type) return ClaimsError::kNoTable;
    builder.set_type(*type);
    return std::nullopt;
}

bool set_courses(CredentialBuilder& builder, std::size_t count) {
    builder.set_course_count(static_cast<std::uint32_t>(count));
    return has_courses(builder.type());
}

}  // namespace tasdiq::certificate
