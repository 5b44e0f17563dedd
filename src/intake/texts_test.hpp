#pragma once

#include <gtest/gtest.h>
#include <string>

#include "intake/graduates.hpp"
#include "text/catalogue.hpp"

namespace tasdiq::intake {

/// The error's name, which has a sentence in every language.
inline std::string name_with_texts(IntakeError error) {
    const std::string name{to_string(error)};
    for (const auto language :
         {text::Language::kArabic, text::Language::kFrench, text::Language::kEnglish}) {
        EXPECT_TRUE(text::find_text("intake." + name, language)) << name;
    }
    return name;
}

}  // namespace tasdiq::intake
