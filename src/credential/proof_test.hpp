#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <sodium.h>
#include <string>
#include <string_view>

#include "codec/json.hpp"
#include "credential/data_integrity.hpp"
#include "crypto/multikey.hpp"
#include "linked/bundled_contexts.hpp"

// What the tests of proofs share.
namespace tasdiq::credential {

inline std::string read_text(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

inline codec::Json read_json(const std::filesystem::path& path) {
    auto json = codec::parse_json(read_text(path));
    EXPECT_TRUE(json) << path;
    return json ? *std::move(json) : codec::Json{};
}

/// An Ed25519 key pair for tests, from one byte or a seed.
struct Pair {
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> public_key{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret_key{};

    explicit Pair(ByteView seed) {
        crypto_sign_seed_keypair(public_key.data(), secret_key.data(), seed.data());
    }
    explicit Pair(std::uint8_t seed) : Pair{Bytes(32, seed)} {}

    [[nodiscard]] Bytes sign(ByteView message) const {
        Bytes signature(64);
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                             secret_key.data());
        return signature;
    }
    [[nodiscard]] std::string method() const {
        return crypto::to_did_key_method(*crypto::Ed25519PublicKey::parse(public_key));
    }
};

/// The bundled contexts, and those of the vectors' folder.
class VectorLoader final : public linked::ContextLoader {
  public:
    const codec::Json* load(std::string_view url) override {
        if (const codec::Json* const bundled = bundled_.load(url)) return bundled;
        const auto known = documents_.find(url);
        if (known != documents_.end()) return &known->second;
        std::string name{url.substr(std::string_view{"https://"}.size())};
        std::ranges::replace(name, '/', '_');
        const auto path =
            std::filesystem::path{TASDIQ_VECTORS_DIR} / "contexts" / (name + ".jsonld");
        if (!std::filesystem::exists(path)) return nullptr;
        return &documents_.emplace(url, read_json(path)).first->second;
    }

  private:
    linked::BundledLoader bundled_;
    std::map<std::string, codec::Json, std::less<>> documents_;
};

/// Calls `look` for each text in `value` while its last character is another one.
inline void for_each_changed(codec::Json& value, const std::function<void()>& look) {
    if (value.is_object()) {
        for (codec::JsonMember& member : value.as_object()) for_each_changed(member.value, look);
    } else if (value.is_array()) {
        for (codec::Json& item : value.as_array()) for_each_changed(item, look);
    } else if (value.is_string() && !value.as_string().empty()) {
        const codec::Json kept = value;
        value.as_string().back() = value.as_string().back() == 'x' ? 'y' : 'x';
        look();
        value = kept;
    }
}

}  // namespace tasdiq::credential
