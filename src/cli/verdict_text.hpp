#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "cli/arguments.hpp"
#include "prose/act_sentences.hpp"
#include "text/catalogue.hpp"
#include "verify/verdict.hpp"

namespace tasdiq::cli {

/// `--lang`, else the terminal's (LC_ALL, LC_MESSAGES, LANG), else English; nothing if `--lang` is
/// none of ours.
[[nodiscard]] std::optional<text::Language> chosen_language(const Arguments& arguments);

/// The verdict as a person reads it: headline, whose certificate of what it is, what is known, what
/// failed and what was not checked. `document` is the credential that was judged; what it says of
/// its holder is shown only if it is what was recorded.
/// `acts` are what authorities say about the certificate, as far as it lies beside it.
[[nodiscard]] std::string verdict_text(const verify::Verdict& verdict, ByteView document,
                                       text::Language language,
                                       const std::vector<const verify::ActAtHand*>& acts = {});

}  // namespace tasdiq::cli
