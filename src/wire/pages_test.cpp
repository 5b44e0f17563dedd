#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "wire/example.hpp"

// The pages of docs/formats show what the code writes, and the fuzzers start from it.
// TASDIQ_UPDATE=1 writes both anew; then the tests must pass without it.
namespace tasdiq::wire {
namespace {

bool is_update() { return std::getenv("TASDIQ_UPDATE") != nullptr; }

std::string read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void write_file(const std::string& path, std::string_view text) {
    std::filesystem::create_directories(std::filesystem::path{path}.parent_path());
    std::ofstream file{path, std::ios::binary};
    file << text;
}

std::string page_path(const example::Block& block) {
    return std::string{TASDIQ_SOURCE_DIR} + "/docs/formats/" + block.page;
}

/// Where the block's text begins and ends in its page.
std::pair<std::size_t, std::size_t> find_block(const std::string& page, const char* label) {
    const std::string open = std::string{"```"} + label + "\n";
    const std::size_t begin = page.find(open);
    if (begin == std::string::npos) return {0, 0};
    const std::size_t start = begin + open.size();
    return {start, page.find("```", start)};
}

TEST(Pages, ShowWhatTheCodeWrites) {
    for (const example::Block& block : example::blocks()) {
        std::string page = read_file(page_path(block));
        const auto [begin, end] = find_block(page, block.label);
        ASSERT_NE(begin, 0U) << block.page << " has no block " << block.label;
        if (is_update()) write_file(page_path(block), page.replace(begin, end - begin, block.text));
        EXPECT_EQ(read_file(page_path(block)).substr(begin, block.text.size() + 3),
                  block.text + "```")
            << block.page << ", " << block.label;
    }
}

TEST(Corpus, HoldsWhatTheCodeWrites) {
    for (const example::Seed& seed : example::seeds()) {
        const std::string path =
            std::string{TASDIQ_SOURCE_DIR} + "/tests/fuzz/corpus/" + seed.folder + '/' + seed.name;
        if (is_update()) write_file(path, as_text(seed.bytes));
        EXPECT_EQ(read_file(path), as_text(seed.bytes)) << path;
    }
}

}  // namespace
}  // namespace tasdiq::wire
