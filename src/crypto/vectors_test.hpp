#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/bytes.hpp"
#include "codec/json.hpp"

// Reading outside vectors, for this folder's tests.
namespace tasdiq::crypto {

/// The bytes of a hexadecimal text, which a test's author wrote.
inline Bytes unhex(std::string_view text) {
    auto bytes = from_hex(text);
    EXPECT_TRUE(bytes) << text;
    return bytes.value_or(Bytes{});
}

/// `count` times the byte `value`.
inline Bytes repeat(std::size_t count, std::uint8_t value) { return Bytes(count, value); }

inline std::filesystem::path vector_path(const std::string& name) {
    return std::filesystem::path{TASDIQ_VECTORS_DIR} / name;
}

inline codec::Json read_vectors(const std::string& name) {
    std::ifstream file{vector_path(name), std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    auto json = codec::parse_json(text, {.size_bytes_max = std::size_t{1} << 24});
    EXPECT_TRUE(json) << name;
    return json ? *std::move(json) : codec::Json{};
}

}  // namespace tasdiq::crypto

/// Ends a test that needs the file `name` of the vectors where it is not there.
#define NEED_VECTORS(name)                                                             \
    if (!std::filesystem::exists(::tasdiq::crypto::vector_path(name))) {               \
        GTEST_SKIP() << "no vectors: " << name << " is not in " << TASDIQ_VECTORS_DIR; \
    }
