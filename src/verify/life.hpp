#pragma once

#include "verify/required_records.hpp"
#include "verify/verdict.hpp"

namespace tasdiq::verify {

/// What `records` say of the seat that a certificate stands on; nothing if it stands on none.
[[nodiscard]] std::optional<Enrolment> enrolment_of(const CertificateRecords& records);

/// The attestations that are among `records`; the certificate's before its award's.
[[nodiscard]] std::vector<Attested> attestations_of(const CertificateRecords& records);

}  // namespace tasdiq::verify
