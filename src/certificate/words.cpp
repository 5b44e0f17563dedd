#include <algorithm>
#include <array>

#include "base/ensure.hpp"
#include "certificate/record.hpp"

namespace tasdiq::certificate {
namespace {

using wire::Capture;
using wire::CertificateType;
using wire::Mode;

/// The value of `all` whose word this is.
template <class T, std::size_t N>
std::optional<T> parse_word(std::string_view word, const std::array<T, N>& all) {
    const auto found =
        std::ranges::find_if(all, [word](T value) { return to_word(value) == word; });
    if (found == all.end()) return std::nullopt;
    return *found;
}

}  // namespace

std::string_view to_word(CertificateType type) {
    switch (type) {
        case CertificateType::kDegree: return "degree";
        case CertificateType::kProvisional: return "provisional";
        case CertificateType::kTranscript: return "transcript";
        case CertificateType::kSupplement: return "supplement";
        case CertificateType::kSecondary: return "secondary";
        case CertificateType::kVocational: return "vocational";
        case CertificateType::kAttendance: return "attendance";
        case CertificateType::kMicroCredential: return "micro-credential";
        case CertificateType::kLicence: return "licence";
        case CertificateType::kHonorary: return "honorary";
        case CertificateType::kEquivalency: return "equivalency";
        case CertificateType::kAttestation: return "attestation";
    }
    ENSURE(false);
}

std::string_view to_word(Mode mode) {
    switch (mode) {
        case Mode::kOnSite: return "on-site";
        case Mode::kDistance: return "distance";
        case Mode::kBlended: return "blended";
        case Mode::kWorkBased: return "work-based";
    }
    ENSURE(false);
}

std::string_view to_word(Capture capture) {
    switch (capture) {
        case Capture::kContemporaneous: return "contemporaneous";
        case Capture::kLate: return "late";
        case Capture::kRegister: return "register";
        case Capture::kReconstructed: return "reconstructed";
    }
    ENSURE(false);
}

std::string_view to_word(Script script) {
    switch (script) {
        case Script::kArab: return "Arab";
        case Script::kLatn: return "Latn";
        case Script::kTfng: return "Tfng";
    }
    ENSURE(false);
}

std::string_view to_word(Outcome outcome) {
    switch (outcome) {
        case Outcome::kFull: return "full";
        case Outcome::kPartial: return "partial";
        case Outcome::kConditional: return "conditional";
    }
    ENSURE(false);
}

std::string_view to_word(AttestationKind kind) {
    switch (kind) {
        case AttestationKind::kStamp: return "stamp";
        case AttestationKind::kLegalisation: return "legalisation";
        case AttestationKind::kApostille: return "apostille";
    }
    ENSURE(false);
}

std::optional<CertificateType> parse_certificate_type(std::string_view word) {
    return parse_word(word,
                      std::array{CertificateType::kDegree, CertificateType::kProvisional,
                                 CertificateType::kTranscript, CertificateType::kSupplement,
                                 CertificateType::kSecondary, CertificateType::kVocational,
                                 CertificateType::kAttendance, CertificateType::kMicroCredential,
                                 CertificateType::kLicence, CertificateType::kHonorary,
                                 CertificateType::kEquivalency, CertificateType::kAttestation});
}

std::optional<Mode> parse_mode(std::string_view word) {
    return parse_word(word,
                      std::array{Mode::kOnSite, Mode::kDistance, Mode::kBlended, Mode::kWorkBased});
}

std::optional<Capture> parse_capture(std::string_view word) {
    return parse_word(word, std::array{Capture::kContemporaneous, Capture::kLate,
                                       Capture::kRegister, Capture::kReconstructed});
}

std::optional<Script> parse_script(std::string_view word) {
    return parse_word(word, std::array{Script::kArab, Script::kLatn, Script::kTfng});
}

std::optional<Outcome> parse_outcome(std::string_view word) {
    return parse_word(word, std::array{Outcome::kFull, Outcome::kPartial, Outcome::kConditional});
}

std::optional<AttestationKind> parse_attestation_kind(std::string_view word) {
    return parse_word(word, std::array{AttestationKind::kStamp, AttestationKind::kLegalisation,
                                       AttestationKind::kApostille});
}

}  // namespace tasdiq::certificate
