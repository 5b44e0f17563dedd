#pragma once

#include <set>
#include <string>

#include "base/time.hpp"
#include "codec/json.hpp"

namespace tasdiq::cli {

/// Reads members of an object that people wrote; remembers the first that is not as it must be,
/// with its place, as in `scope.levels`.
class JsonMembers {
  public:
    explicit JsonMembers(const codec::Json& object, std::string place = {});

    [[nodiscard]] std::string text(std::string_view key);
    /// The same for what is to be read by others, on the ledger for ever: nothing invisible in it.
    [[nodiscard]] std::string visible_text(std::string_view key);
    [[nodiscard]] std::uint64_t number(std::string_view key, std::uint64_t max);
    [[nodiscard]] bool boolean(std::string_view key);
    /// `2026-06-30`
    [[nodiscard]] Day day(std::string_view key);
    [[nodiscard]] const codec::Json::Array& array(std::string_view key);
    /// The member, which may be missing or null: then a null pointer.
    [[nodiscard]] const codec::Json* find(std::string_view key);
    /// An object.
    [[nodiscard]] JsonMembers object(std::string_view key);
    /// An element of an array that `array` gave, which must be an object.
    [[nodiscard]] JsonMembers element(std::string_view key, const codec::Json& value) const;

    void refuse(std::string_view key);
    /// Takes over what a part of it found.
    void absorb(const JsonMembers& part);
    /// What is wrong, as a sentence; empty if nothing is. Members that nobody asked for are wrong:
    /// a word that was mistyped must not be lost.
    [[nodiscard]] std::string finish();

  private:
    const codec::Json* object_;
    std::string place_;
    std::string fault_;
    std::set<std::string, std::less<>> asked_;
};

}  // namespace tasdiq::cli
