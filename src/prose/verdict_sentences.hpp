#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "text/language.hpp"
#include "verify/verdict.hpp"
#include "wire/values.hpp"

namespace tasdiq::prose {

/// The headline as a sentence. On a test ledger nothing that holds is called so without saying
/// "genuine on a TEST ledger" in the same breath.
[[nodiscard]] std::string headline_sentence(verify::Headline headline, bool test_ledger,
                                            text::Language language);

/// The same of a whole verdict: of evidence from another ledger than the one believed it says that.
[[nodiscard]] std::string headline_sentence(const verify::Verdict& verdict,
                                            text::Language language);

/// What is known of the certificate, a sentence each: holder and title in the document's own words
/// where the ledger bears its content out, issuer, accreditation, dates, who cosigned. `document`
/// is what was judged, empty if there was none.
[[nodiscard]] std::vector<std::string> verdict_notes(const verify::Verdict& verdict,
                                                     ByteView document, text::Language language);

/// What became of an institution on that day; `others` are the names of the others concerned.
[[nodiscard]] std::string change_note(const verify::IssuerChange& change, const std::string& others,
                                      text::Language language);
/// When enrolment was committed to, late or void as it may be, and what kind of seat it is, if that
/// is not one of an intake.
[[nodiscard]] std::vector<std::string> enrolment_notes(const verify::Enrolment& enrolment,
                                                       text::Language language);
/// Who attested it and when; of a void attestation that it is one.
[[nodiscard]] std::string attested_note(const verify::Attested& attested, text::Language language);

/// Whether a reader is told of a check: not of one for which the document gives no occasion.
[[nodiscard]] bool is_shown(const verify::CheckResult& result);
/// One check's title, and why it did not pass (empty if it did).
[[nodiscard]] std::string check_title(verify::Check check, text::Language language);
[[nodiscard]] std::string check_reason(const verify::Verdict& verdict,
                                       const verify::CheckResult& result, text::Language language);

/// A state by its ISO code; the code itself where there is no text for it.
[[nodiscard]] std::string state_name(const std::string& code, text::Language language);
[[nodiscard]] const std::string& name_in(const wire::Name& name, text::Language language);

}  // namespace tasdiq::prose
