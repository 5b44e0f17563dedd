#pragma once

#include "cli/transaction_draft.hpp"

namespace tasdiq::cli {

inline constexpr Option kMemberOption{"member", "N", "the member"};
inline constexpr Option kKeyNumberOption{"key-number", "K", "the number of its key"};

/// A JSON file that somebody wrote; the error names it, and the byte where it is none.
[[nodiscard]] Result<codec::Json, std::string> read_request(const std::string& path);

using ParseRequest = Result<Request, std::string> (*)(const codec::Json&, const std::string&);
/// Proposes what the one request file asks for.
int run_request(const Arguments& arguments, ParseRequest parse);

}  // namespace tasdiq::cli
