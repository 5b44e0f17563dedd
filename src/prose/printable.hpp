#pragma once

#include <string>
#include <string_view>

namespace tasdiq::prose {

/// What a text is: a value that somebody else wrote, or a message of ours that holds such values.
enum class Extent : unsigned char { kValue, kMessage };

/// `text` as a terminal may show it: control characters, what shows nothing or turns the direction
/// of reading (but for the joiners that Arabic script needs) and bytes that are no UTF-8 are
/// written as `\u{1B}` and `\xFF`, so that no name, path or answer of a node can overwrite what
/// stands around it, or look like another. A message keeps its line ends and its isolates, which
/// `text::isolate` put around values.
[[nodiscard]] std::string printable(std::string_view text, Extent extent = Extent::kValue);

/// `text` with U+FFFD for what is no UTF-8: a path as a JSON text.
[[nodiscard]] std::string to_utf8(std::string_view text);

}  // namespace tasdiq::prose
