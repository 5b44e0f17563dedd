#pragma once

#include <string>
#include <vector>

#include "certificate/act.hpp"
#include "text/language.hpp"
#include "verify/acts_at_hand.hpp"

namespace tasdiq::prose {

/// `equivalency (partial) by AUTHORITY on DATE`; of an attestation also what it does not certify.
[[nodiscard]] std::string act_sentence(const verify::ActAtHand& at_hand, text::Language language);

/// What an equivalency or attestation says itself, a sentence each: what it is, about which
/// document, and under what conditions.
[[nodiscard]] std::vector<std::string> act_notes(const certificate::Act& act,
                                                 text::Language language);

}  // namespace tasdiq::prose
