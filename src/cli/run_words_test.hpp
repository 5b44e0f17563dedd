#pragma once

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace tasdiq::cli::test {

/// What a command did.
struct Said {
    int code;
    std::string out, err;
};

/// Runs a command line in this process.
inline Said run_words(const std::vector<std::string>& words) {
    const std::vector<std::string_view> views{words.begin(), words.end()};
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int code = run(views);
    std::string out = testing::internal::GetCapturedStdout();
    return {code, std::move(out), testing::internal::GetCapturedStderr()};
}

}  // namespace tasdiq::cli::test
