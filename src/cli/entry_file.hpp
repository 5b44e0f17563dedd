#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <vector>

#include "base/bytes.hpp"

namespace tasdiq::cli {

/// A log's entries in a temporary file that has no name. What is read is remembered by stretches of
/// entries that stand together: lists name certificates that were recorded together. Not
/// thread-safe.
class EntryFile {
  public:
    struct Limits {
        std::size_t stretches = 512;               // remembered; twice what the longest list spans
        std::size_t remembered_bytes = 16U << 20;  // then all is forgotten; one more fits always
    };
    static constexpr std::size_t kStretch = 64;  // entries

    EntryFile();
    explicit EntryFile(const Limits& limits);

    /// At most 65,535 bytes, as the log has them (ENSURE).
    void append(ByteView entry);
    /// Nothing from `count` on, and after a failure.
    [[nodiscard]] std::optional<Bytes> entry(std::uint64_t index) const;
    [[nodiscard]] std::uint64_t count() const { return count_; }

    /// The file failed: nothing that was read since then counts.
    [[nodiscard]] bool has_failed() const { return failed_; }

  private:
    struct Stretch {
        std::uint64_t number = 0;
        Bytes bytes;  // of each entry: its size in two bytes, then itself
        std::vector<std::size_t> starts;
    };
    struct CloseFile {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    static constexpr std::size_t kBufferSize = 256U << 10;

    void read(std::uint64_t number, Stretch& stretch) const;

    Limits limits_;
    std::vector<char> buffer_;  // the file's
    std::unique_ptr<std::FILE, CloseFile> file_;
    std::vector<std::uint64_t> places_;  // of each stretch in the file
    std::uint64_t size_ = 0;
    std::uint64_t count_ = 0;
    mutable std::vector<Stretch> read_;  // number n in place n % limits_.stretches
    mutable std::size_t read_bytes_ = 0;
    mutable bool failed_ = false;
};

}  // namespace tasdiq::cli
