#pragma once

#include "codec/json.hpp"
#include "text/language.hpp"
#include "verify/verdict.hpp"

namespace tasdiq::node {

/// A verdict as people read it: `language`, `headline`, `answer`, `notes` (whole sentences) and
/// `checks`, each with `title`, `outcome` (a code), `result` and `why` (empty when passed).
/// `document` is what was judged.
[[nodiscard]] codec::Json verdict_texts(const verify::Verdict& verdict, ByteView document,
                                        text::Language language);

}  // namespace tasdiq::node
