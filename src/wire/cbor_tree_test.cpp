#include "wire/cbor_tree.hpp"

#include <gtest/gtest.h>

#include "codec/cbor.hpp"

namespace tasdiq::wire {
namespace {

CborTree read(codec::CborReader& reader) {
    CborTree tree;
    switch (reader.peek()) {
        case codec::CborKind::kUint:
        case codec::CborKind::kNegative: tree.value = reader.integer().value(); break;
        case codec::CborKind::kBytes: tree.value = to_bytes(reader.bytes().value()); break;
        case codec::CborKind::kText: tree.value = std::string{reader.text().value()}; break;
        case codec::CborKind::kBoolean: tree.value = reader.boolean().value(); break;
        case codec::CborKind::kNull: tree.value = CborTree::Null{}, (void)reader.null(); break;
        case codec::CborKind::kArray: {
            CborTree::List list(reader.array().value());
            for (CborTree& element : list) element = read(reader);
            tree.value = std::move(list);
            break;
        }
        case codec::CborKind::kMap: {
            CborTree::Map map{CborTree::List(2 * reader.map().value())};
            for (CborTree& element : map.pairs) element = read(reader);
            tree.value = std::move(map);
            break;
        }
        case codec::CborKind::kOther:
        case codec::CborKind::kEnd: ADD_FAILURE() << "not CBOR of ours"; break;
    }
    return tree;
}

void write(codec::CborWriter& writer, const CborTree& tree) {
    std::visit(
        [&](const auto& value) {
            using T = std::remove_cvref_t<decltype(value)>;
            if constexpr (std::is_same_v<T, CborTree::Null>) writer.null();
            if constexpr (std::is_same_v<T, bool>) writer.boolean(value);
            if constexpr (std::is_same_v<T, std::int64_t>) writer.integer(value);
            if constexpr (std::is_same_v<T, Bytes>) writer.bytes(value);
            if constexpr (std::is_same_v<T, std::string>) writer.text(value);
            if constexpr (std::is_same_v<T, CborTree::List>) {
                writer.array(value.size());
                for (const CborTree& element : value) write(writer, element);
            }
            if constexpr (std::is_same_v<T, CborTree::Map>) {
                writer.map(value.pairs.size() / 2);
                for (const CborTree& element : value.pairs) write(writer, element);
            }
        },
        tree.value);
}

std::string joined(const CborTree::List& list) {
    std::string text;
    for (const CborTree& element : list) {
        text += (text.empty() ? "" : ", ") + element.diagnostic();
    }
    return text;
}

}  // namespace

CborTree CborTree::parse(ByteView bytes) {
    codec::CborReader reader{bytes};
    CborTree tree = read(reader);
    EXPECT_TRUE(reader.finish());
    return tree;
}

Bytes CborTree::encode() const {
    codec::CborWriter writer;
    write(writer, *this);
    return writer.take();
}

std::string CborTree::diagnostic() const {
    return std::visit(
        [](const auto& item) -> std::string {
            using T = std::remove_cvref_t<decltype(item)>;
            if constexpr (std::is_same_v<T, Null>) return "null";
            if constexpr (std::is_same_v<T, bool>) return item ? "true" : "false";
            if constexpr (std::is_same_v<T, std::int64_t>) return std::to_string(item);
            if constexpr (std::is_same_v<T, Bytes>) return "h'" + to_hex(item) + '\'';
            if constexpr (std::is_same_v<T, std::string>) return '"' + item + '"';
            if constexpr (std::is_same_v<T, List>) return '[' + joined(item) + ']';
            if constexpr (std::is_same_v<T, Map>) {
                std::string text;
                for (std::size_t i = 0; i + 1 < item.pairs.size(); i += 2) {
                    text += (i == 0 ? "" : ", ") + item.pairs[i].diagnostic() + ": " +
                            item.pairs[i + 1].diagnostic();
                }
                return '{' + text + '}';
            }
        },
        value);
}

CborTree& CborTree::at(std::initializer_list<std::size_t> path) {
    CborTree* tree = this;
    for (const std::size_t step : path) tree = &tree->list().at(step);
    return *tree;
}

namespace {

TEST(CborTree, ReadsWhatItWrites) {
    const CborTree tree{CborTree::List{-7, "x", Bytes{1, 2}, CborTree{}, CborTree::List{}}};
    EXPECT_EQ(tree.diagnostic(), R"([-7, "x", h'0102', null, []])");
    EXPECT_EQ(CborTree::parse(tree.encode()).encode(), tree.encode());
}

}  // namespace
}  // namespace tasdiq::wire
