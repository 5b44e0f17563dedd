#include <functional>

#include "codec/base_n.hpp"
#include "codec/cbor.hpp"
#include "credential/sd_test.hpp"

namespace tasdiq::credential {
namespace {

using codec::CborWriter;

crypto::P256PublicKey point() {
    const auto key = keys::SigningKey::generate(crypto::Algorithm::kEs256);
    return *key.public_key().get<crypto::P256PublicKey>();
}

const Es256Signature kOne{std::array<std::uint8_t, 64>{1}};
const BlankLabel kLabel{std::array<std::uint8_t, 32>{2}}, kOther{std::array<std::uint8_t, 32>{3}};

std::string text_of(std::uint8_t mode, const std::function<void(CborWriter&)>& write) {
    Bytes bytes{0xD9, 0x5D, mode};
    CborWriter writer{bytes};
    write(writer);
    return codec::encode_multibase(codec::Multibase::kBase64Url, bytes);
}

/// Neither a base proof's value nor a derived one's.
bool is_refused(const std::string& text) {
    const auto base = parse_base_value(text);
    const auto derived = parse_derived_value(text);
    if (base || base.error() != ProofError::kProofValue || derived) return false;
    return derived.error() == ProofError::kProofValue || derived.error() == ProofError::kBaseProof;
}

TEST(SdValue, BaseIsTheInverse) {
    const BaseProofValue value{kOne, point(), {9}, {kOne, kOne}, {"/issuer", ""}};
    const std::string text = encode_base_value(value);
    EXPECT_TRUE(text.starts_with("u2V0A"));
    const auto parsed = parse_base_value(text);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->public_key, value.public_key);
    EXPECT_EQ(parsed->hmac_key, value.hmac_key);
    EXPECT_EQ(parsed->signatures, value.signatures);
    EXPECT_EQ(parsed->mandatory_pointers, value.mandatory_pointers);
    EXPECT_EQ(encode_base_value(*parsed), text);
    EXPECT_EQ(parse_derived_value(text).error(), ProofError::kBaseProof);
}

TEST(SdValue, DerivedIsTheInverse) {
    const DerivedProofValue value{kOne, point(), {kOne}, {{0, kLabel}, {300, kOther}}, {0, 4}};
    const std::string text = encode_derived_value(value);
    EXPECT_TRUE(text.starts_with("u2V0B"));
    const auto parsed = parse_derived_value(text);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->labels, value.labels);
    EXPECT_EQ(parsed->mandatory_indexes, value.mandatory_indexes);
    EXPECT_EQ(encode_derived_value(*parsed), text);
    EXPECT_EQ(parse_base_value(text).error(), ProofError::kProofValue);
    for (std::size_t size = 0; size < text.size(); ++size) {
        EXPECT_FALSE(parse_derived_value(text.substr(0, size))) << size;
    }
    EXPECT_TRUE(is_refused(text + "AA"));
    EXPECT_TRUE(is_refused("z" + text.substr(1)));
}

/// A derived value with one part written otherwise.
struct Parts {
    std::function<void(CborWriter&)> signature = [](auto& w) { w.bytes(kOne.view()); };
    std::function<void(CborWriter&)> key = [](auto& w) { w.bytes(multikey_bytes(point())); };
    std::function<void(CborWriter&)> signatures = [](auto& w) { w.array(1).bytes(kOne.view()); };
    std::function<void(CborWriter&)> labels = [](auto& w) {
        w.map(1).uint(0).bytes(kLabel.view());
    };
    std::function<void(CborWriter&)> indexes = [](auto& w) { w.array(1).uint(0); };

    [[nodiscard]] std::string text(std::uint8_t mode = 1, std::uint64_t count = 5) const {
        return text_of(mode, [&](CborWriter& writer) {
            writer.array(count);
            for (const auto& part : {signature, key, signatures, labels, indexes}) part(writer);
        });
    }
};

TEST(SdValue, DerivedIsReadStrictly) {
    ASSERT_TRUE(parse_derived_value(Parts{}.text()));
    EXPECT_TRUE(is_refused(Parts{}.text(2)));
    EXPECT_TRUE(is_refused(Parts{}.text(1, 4)));
    EXPECT_TRUE(is_refused(Parts{}.text(1, 6)));
    const Bytes nothing, short_signature(63), zeros(35);
    const auto bytes = [](const Bytes& value) { return [&value](auto& w) { w.bytes(value); }; };
    EXPECT_TRUE(is_refused(Parts{.signature = bytes(short_signature)}.text()));
    EXPECT_TRUE(is_refused(Parts{.key = bytes(nothing)}.text()));
    EXPECT_TRUE(is_refused(Parts{.key = bytes(zeros)}.text()));
    Bytes no_point{0x80, 0x24, 2};
    no_point.resize(35, 0xFF);
    EXPECT_TRUE(is_refused(Parts{.key = bytes(no_point)}.text()));
    EXPECT_TRUE(is_refused(
        Parts{.signatures = [&](auto& w) { w.array(1).bytes(short_signature); }}.text()));
    EXPECT_TRUE(is_refused(Parts{.signatures = [](auto& w) { w.null(); }}.text()));
    const auto map = [](std::uint32_t first, std::uint32_t second) {
        return Parts{.labels =
                         [=](auto& w) {
                             w.map(2).uint(first).bytes(kLabel.view());
                             w.uint(second).bytes(kOther.view());
                         }}
            .text();
    };
    EXPECT_TRUE(is_refused(map(1, 1)));
    const auto any_order = parse_derived_value(map(1, 0));  // as some write it
    ASSERT_TRUE(any_order);
    EXPECT_EQ(any_order->labels.at(0), kOther);
    EXPECT_TRUE(is_refused(
        Parts{.labels = [](auto& w) { w.map(1).text("c14n0").bytes(kLabel.view()); }}.text()));
    EXPECT_TRUE(is_refused(
        Parts{.labels = [](auto& w) { w.map(1).uint(0xFFFF'FFFF).bytes(kLabel.view()); }}.text()));
    EXPECT_TRUE(is_refused(
        Parts{.labels = [&](auto& w) { w.map(1).uint(0).bytes(short_signature); }}.text()));
    const auto indexes = [](std::uint32_t first, std::uint32_t second) {
        return Parts{.indexes = [=](auto& w) { w.array(2).uint(first).uint(second); }}.text();
    };
    ASSERT_TRUE(parse_derived_value(indexes(1, 2)));
    EXPECT_TRUE(is_refused(indexes(2, 1)));
    EXPECT_TRUE(is_refused(indexes(1, 1)));
    EXPECT_TRUE(is_refused(Parts{.indexes = [](auto& w) { w.array(1).integer(-1); }}.text()));
}

TEST(SdValue, KeepsToItsLimits) {
    const auto many = [](std::size_t count) {
        const DerivedProofValue value{kOne, point(), std::vector(count, kOne), {}, {}};
        return encode_derived_value(value);
    };
    EXPECT_TRUE(parse_derived_value(many(kStatementsMax)));
    EXPECT_TRUE(is_refused(many(kStatementsMax + 1)));
    DerivedProofValue value{kOne, point(), {}, {}, {}};
    for (std::uint32_t i = 0; i < kStatementsMax; ++i) value.mandatory_indexes.push_back(i);
    EXPECT_TRUE(parse_derived_value(encode_derived_value(value)));
    value.mandatory_indexes.push_back(kStatementsMax);
    EXPECT_TRUE(is_refused(encode_derived_value(value)));
    value.mandatory_indexes.clear();
    for (std::uint32_t i = 0; i < 2 * kStatementsMax; ++i) value.labels.emplace(i, kLabel);
    EXPECT_TRUE(parse_derived_value(encode_derived_value(value)));
    value.labels.emplace(2 * kStatementsMax, kLabel);
    EXPECT_TRUE(is_refused(encode_derived_value(value)));

    BaseProofValue base{kOne, point(), {}, {}, std::vector<std::string>(kPointersMax, "/a")};
    EXPECT_TRUE(parse_base_value(encode_base_value(base)));
    base.mandatory_pointers.emplace_back("/a");
    EXPECT_TRUE(is_refused(encode_base_value(base)));
    base.mandatory_pointers = {std::string(kPointerSizeMax, '/')};
    EXPECT_TRUE(parse_base_value(encode_base_value(base)));
    base.mandatory_pointers = {std::string(kPointerSizeMax + 1, '/')};
    EXPECT_TRUE(is_refused(encode_base_value(base)));
}

TEST(SdValue, BaseIsReadStrictly) {
    const auto none = [](CborWriter&) {};
    const auto pointer = [](CborWriter& w) { w.text("/a"); };
    struct Base {
        std::uint64_t count = 5;
        std::size_t hmac_size = 32;
        Bytes key = multikey_bytes(point());
        std::function<void(CborWriter&)> pointer, rest;
        std::uint8_t mode = 0;
        [[nodiscard]] std::string text() const {
            return text_of(mode, [&](CborWriter& writer) {
                writer.array(count).bytes(kOne.view()).bytes(key);
                writer.bytes(Bytes(hmac_size)).array(0).array(1);
                pointer(writer);
                rest(writer);
            });
        }
    };
    const Base good{.pointer = pointer, .rest = none};
    ASSERT_TRUE(parse_base_value(good.text()));
    const auto refuses = [&](const std::function<void(Base&)>& change) {
        Base base = good;
        change(base);
        return is_refused(base.text());
    };
    EXPECT_TRUE(refuses([](Base& base) { base.count = 4; }));
    EXPECT_TRUE(refuses([](Base& base) { base.hmac_size = 31; }));
    EXPECT_TRUE(refuses([](Base& base) { base.pointer = [](auto& w) { w.bytes(Bytes{1}); }; }));
    EXPECT_TRUE(refuses([](Base& base) { base.rest = [](auto& w) { w.uint(0); }; }));
    EXPECT_TRUE(refuses([](Base& base) { base.mode = 2; }));
    EXPECT_TRUE(refuses([](Base& base) { base.key[1] = 0x25; }));  // another curve's
}

}  // namespace
}  // namespace tasdiq::credential
