#pragma once

#include <string>
#include <vector>

#include "certificate/act.hpp"
#include "text/language.hpp"

namespace tasdiq::prose {

/// An authentic equivalency or attestation that lies beside the certificate that it is about.
struct ActAtHand {
    certificate::Act act;
    wire::Name authority;          // that issued it, as it was called then
    wire::LogIndex certificate;    // its own number
    std::optional<Instant> as_of;  // of its status, where that is older than a day
};

/// `equivalency (partial) by AUTHORITY on DATE`; of an attestation also what it does not certify.
[[nodiscard]] std::string act_sentence(const ActAtHand& at_hand, text::Language language);

/// What an equivalency or attestation says itself, a sentence each: what it is, about which
/// document, and under what conditions.
[[nodiscard]] std::vector<std::string> act_notes(const certificate::Act& act,
                                                 text::Language language);

}  // namespace tasdiq::prose
