#pragma once

#include <string_view>

namespace tasdiq::codec {

/// Unicode's property Default_Ignorable_Code_Point: what shows nothing by itself, so that two texts
/// may look the same and not be. Spec: Unicode 15.0, DerivedCoreProperties.
[[nodiscard]] bool is_default_ignorable(char32_t code_point);

/// Whether `code_point`, behind `before` (0: at the start), is default-ignorable and no joiner that
/// Arabic script needs: U+200C and U+200D are letters' forms behind one of its letters or marks.
[[nodiscard]] bool is_invisible(char32_t code_point, char32_t before);

/// Whether one of the code points of `text`, which is well-formed UTF-8, is.
[[nodiscard]] bool has_invisible(std::string_view text);

}  // namespace tasdiq::codec
