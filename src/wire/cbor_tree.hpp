#pragma once

#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.hpp"

// For tests: CBOR as a tree that can be changed in one place.
namespace tasdiq::wire {

struct CborTree {
    struct Null {};
    using List = std::vector<CborTree>;
    struct Map {
        List pairs;  // key, value, key, value, …
    };
    std::variant<Null, bool, std::int64_t, Bytes, std::string, List, Map> value;

    CborTree() = default;
    CborTree(bool flag) : value{flag} {}                      // NOLINT(google-explicit-constructor)
    CborTree(int number) : value{std::int64_t{number}} {}     // NOLINT(google-explicit-constructor)
    CborTree(std::int64_t number) : value{number} {}          // NOLINT(google-explicit-constructor)
    CborTree(const char* text) : value{std::string{text}} {}  // NOLINT(google-explicit-constructor)
    CborTree(std::string text) : value{std::move(text)} {}    // NOLINT(google-explicit-constructor)
    CborTree(Bytes bytes) : value{std::move(bytes)} {}        // NOLINT(google-explicit-constructor)
    CborTree(List list) : value{std::move(list)} {}           // NOLINT(google-explicit-constructor)
    CborTree(Map map) : value{std::move(map)} {}              // NOLINT(google-explicit-constructor)

    /// The tree of deterministic CBOR, which `bytes` must be.
    static CborTree parse(ByteView bytes);
    [[nodiscard]] Bytes encode() const;
    /// Diagnostic notation. Spec: RFC 8949 §8.
    [[nodiscard]] std::string diagnostic() const;

    [[nodiscard]] bool is_list() const { return std::holds_alternative<List>(value); }
    [[nodiscard]] List& list() { return std::get<List>(value); }
    /// The element of an element of … of this.
    CborTree& at(std::initializer_list<std::size_t> path);
    /// Calls `visit` with every item of this tree, this one included.
    template <class Visit>
    void each(Visit&& visit) {
        visit(*this);
        if (is_list()) {
            for (std::size_t i = 0; i < list().size(); ++i) list()[i].each(visit);
        }
    }
};

}  // namespace tasdiq::wire
