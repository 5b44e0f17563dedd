#pragma once

#include <string>
#include <vector>

#include "certificate/act.hpp"
#include "text/language.hpp"
#include "verify/acts_at_hand.hpp"

namespace tasdiq::prose {

/// `equivalency (partial) by AUTHORITY (STATE) on DATE`; of an attestation also what it does not
/// certify. `document` is the certificate under which it is listed: if the act names another
/// person, the sentence says so.
[[nodiscard]] std::string act_sentence(const verify::ActAtHand& at_hand, ByteView document,
                                       text::Language language);

/// Whether the act's names and those on `document`, a credential, have no word in common in any
/// script that both are written in. Particles (`ben`, `al-`) are no words; names in different
/// scripts are not compared, nor are those of a document that is none.
[[nodiscard]] bool names_another(const verify::ActAtHand& at_hand, ByteView document);

/// What an equivalency or attestation says itself, a sentence each: what it is, about which
/// document, and under what conditions.
[[nodiscard]] std::vector<std::string> act_notes(const certificate::Act& act,
                                                 text::Language language);

}  // namespace tasdiq::prose
