#include "certificate/forms.hpp"

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

bool has_table(wire::CertificateType type) {
    return type != wire::CertificateType::kEquivalency &&
           type != wire::CertificateType::kAttestation;
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
    if (!has_table(type) || row >= kTableRows) return false;
    return row != schema::kCourses || has_courses(type);
}

std::optional<ClaimsError> check_text(CredentialBuilder& builder, const Member& member,
                                      std::string_view text) {
    if (!is_in_form(builder, member.form, text)) return ClaimsError::kDate;
    if (member.key != "certificateType") return std::nullopt;
    const auto type = parse_certificate_type(text);
    if (!type || !has_table(*type)) return ClaimsError::kNoTable;
    builder.set_type(*type);
    return std::nullopt;
}

bool set_courses(CredentialBuilder& builder, std::size_t count) {
    builder.set_course_count(static_cast<std::uint32_t>(count));
    return has_courses(builder.type());
}

}  // namespace tasdiq::certificate
