#pragma once

#include <string>

namespace tasdiq::cli {

/// The folder that this program was started from; what belongs to it lies beside and below.
[[nodiscard]] std::string program_folder();

}  // namespace tasdiq::cli
