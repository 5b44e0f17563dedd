#include "cli/evidence_page.hpp"

#include <gtest/gtest.h>

namespace tasdiq::cli {
namespace {

using Objects = std::vector<std::string>;

const std::string kOne = R"({"a":"x","type":"tasdiq-evidence/1"})";
const std::string kTwo = R"({"a":{"b":[1,2]},"type":"tasdiq-evidence/1"})";

TEST(EvidencePage, IsCutIntoItsObjects) {
    EXPECT_EQ(read_evidence_page("{\"evidence\":[" + kOne + "]}", 1), Objects{kOne});
    EXPECT_EQ(read_evidence_page("{\"evidence\":[" + kOne + "," + kTwo + "]}", 2),
              (Objects{kOne, kTwo}));
    EXPECT_EQ(read_evidence_page("{\"evidence\":[]}", 0), Objects{});
}

TEST(EvidencePage, IsReadInAnyLayout) {
    EXPECT_EQ(read_evidence_page(" { \"evidence\" : [ " + kOne + " , " + kTwo + " ] } ", 2),
              (Objects{kOne, kTwo}));
    EXPECT_EQ(read_evidence_page(R"({"evidence":[{"type":"tasdiq-evidence/1","a":"x"}]})", 1),
              Objects{kOne});
    EXPECT_EQ(read_evidence_page(R"({"evidence":[)" + kOne + R"(],"more":1})", 1), Objects{kOne});
}

TEST(EvidencePage, IsRefusedWithAnotherCount) {
    const std::string two = "{\"evidence\":[" + kOne + "," + kTwo + "]}";
    EXPECT_FALSE(read_evidence_page(two, 1));
    EXPECT_FALSE(read_evidence_page(two, 3));
    EXPECT_FALSE(read_evidence_page("{\"evidence\":[]}", 1));
}

TEST(EvidencePage, IsRefusedIfItIsNone) {
    for (const std::string& text :
         {std::string{}, std::string{"{}"}, std::string{R"({"evidence":{}})"}, kOne,
          "{\"evidence\":[" + kOne + kTwo + "]}", "{\"evidence\":[" + kOne + "," + kTwo + "]",
          "{\"evidence\":[" + kOne + "," + kTwo + "]}}",
          "{\"evidence\":[x" + kOne + "," + kTwo + "]}"}) {
        EXPECT_FALSE(read_evidence_page(text, 2)) << text;
    }
}

}  // namespace
}  // namespace tasdiq::cli
