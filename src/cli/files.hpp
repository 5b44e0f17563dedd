#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace tasdiq::cli {

/// A sentence for the user: which file, and the system's words.
using FileFault = std::string;

/// What may lie at a path. A user may name a pipe, as a shell's `<(…)` does; in what is only found
/// a pipe or a device is refused: whoever put it there could make us wait for ever.
enum class Source : unsigned char { kNamed, kFound };

/// The whole file, at most `size_max` bytes.
[[nodiscard]] Result<Bytes, FileFault> read_file(const std::string& path, std::size_t size_max,
                                                 Source source = Source::kNamed);

/// Who may read a new file.
enum class Access : unsigned char { kPublic, kOwner };

/// Whether a written file survives a power cut at once, or soon.
enum class Durability : unsigned char { kSynced, kSoon };

/// Writes beside and renames: the file is there whole, or as it was.
[[nodiscard]] Result<Ok, FileFault> write_file(const std::string& path, ByteView content,
                                               Access access,
                                               Durability durability = Durability::kSynced);

/// Writes a file into a folder that nobody looks into yet: one that gets its name when all of it is
/// there. What a killed run left in its place is taken away. Soon durable.
[[nodiscard]] Result<Ok, FileFault> write_draft(const std::string& path, ByteView content,
                                                Access access);

/// Makes a folder and those above it; no error if it is there.
[[nodiscard]] Result<Ok, FileFault> make_folder(const std::string& path, Access access);

[[nodiscard]] bool exists(const std::string& path);

}  // namespace tasdiq::cli
