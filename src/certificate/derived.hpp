#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "certificate/builder.hpp"
#include "certificate/make.hpp"
#include "wire/values.hpp"

// Internal to certificate: what of a credential follows from terms and names. `make_credential`
// writes it, `check_document_terms` writes it again and compares.
namespace tasdiq::certificate {

/// Writes a JSON string. `text` has no control characters, so only two characters need escapes.
inline void append_text(std::string& to, std::string_view text) {
    to += '"';
    for (;;) {
        const std::size_t special = text.find_first_of("\"\\");
        to += text.substr(0, special);
        if (special == std::string_view::npos) break;
        to += '\\';
        to += text[special];
        text.remove_prefix(special + 1);
    }
    to += '"';
}

inline void append_titles(ObjectWriter& writer, std::string& to, std::string_view ar,
                          std::string_view en, std::string_view fr) {
    writer.key("nameAr");
    append_text(to, ar);
    writer.key("nameEn");
    append_text(to, en);
    writer.key("nameFr");
    append_text(to, fr);
}

[[nodiscard]] inline std::string start_of_day(Day day) { return to_text(to_instant(day)); }
[[nodiscard]] inline std::string end_of_day(Day day) {
    return to_text(Instant{to_instant(day).seconds + kSecondsPerDay - 1});
}

/// The text of `issuer`.
void append_issuer(std::string& to, std::string_view did, std::string_view ar, std::string_view en,
                   std::string_view fr);

/// What `achievement` is made from.
struct Achievement {
    std::string_view issuer_did;
    std::string_view host;
    wire::CertificateType type;
    std::uint8_t level;
    std::uint16_t field;
    const std::optional<std::string>& programme;
    std::span<const wire::MemberId> awarded_with;
    std::string_view ar, en, fr;  // titles
};
/// The text of `credentialSubject.achievement`.
void append_achievement(std::string& to, const Achievement& achievement);

}  // namespace tasdiq::certificate
