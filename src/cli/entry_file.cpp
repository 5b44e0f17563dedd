#include "cli/entry_file.hpp"

#include <unistd.h>

#include "base/ensure.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::size_t kSizeBytes = 2;

std::size_t size_at(ByteView bytes, std::size_t at) {
    return std::size_t{bytes[at]} << 8 | bytes[at + 1];
}

}  // namespace

EntryFile::EntryFile() : EntryFile{Limits{}} {}

EntryFile::EntryFile(const Limits& limits)
    : limits_{limits}, buffer_(kBufferSize), file_{std::tmpfile()}, read_(limits.stretches) {
    failed_ = !file_ || std::setvbuf(file_.get(), buffer_.data(), _IOFBF, buffer_.size()) != 0;
}

void EntryFile::append(ByteView entry) {
    ENSURE(entry.size() <= UINT16_MAX);
    if (count_ % kStretch == 0) places_.push_back(size_);
    ++count_;
    if (failed_) return;
    const std::uint8_t size[kSizeBytes] = {static_cast<std::uint8_t>(entry.size() >> 8),
                                           static_cast<std::uint8_t>(entry.size())};
    failed_ = std::fwrite(size, 1, kSizeBytes, file_.get()) != kSizeBytes ||
              std::fwrite(entry.data(), 1, entry.size(), file_.get()) != entry.size();
    size_ += kSizeBytes + entry.size();
}

void EntryFile::read(std::uint64_t number, Stretch& stretch) const {
    read_bytes_ -= stretch.bytes.size();
    stretch = {};
    if (read_bytes_ > limits_.remembered_bytes) {
        for (Stretch& one : read_) one = {};
        read_bytes_ = 0;
    }
    const std::uint64_t begin = places_[number];
    const std::uint64_t end = number + 1 < places_.size() ? places_[number + 1] : size_;
    Bytes bytes(static_cast<std::size_t>(end - begin));
    failed_ = std::fflush(file_.get()) != 0 ||
              ::pread(::fileno(file_.get()), bytes.data(), bytes.size(),
                      static_cast<off_t>(begin)) != static_cast<ssize_t>(bytes.size());
    if (failed_) return;
    for (std::size_t at = 0; at < bytes.size(); at += kSizeBytes + size_at(bytes, at)) {
        stretch.starts.push_back(at);
    }
    stretch.number = number;
    stretch.bytes = std::move(bytes);
    read_bytes_ += stretch.bytes.size();
}

std::optional<Bytes> EntryFile::entry(std::uint64_t index) const {
    if (index >= count_ || failed_) return std::nullopt;
    const std::uint64_t number = index / kStretch;
    const auto place = static_cast<std::size_t>(index % kStretch);
    Stretch& stretch = read_[number % read_.size()];
    // The last one may have grown since it was read.
    if (stretch.number != number || place >= stretch.starts.size()) read(number, stretch);
    if (failed_) return std::nullopt;
    const std::size_t start = stretch.starts[place];
    return to_bytes(
        ByteView{stretch.bytes}.subspan(start + kSizeBytes, size_at(stretch.bytes, start)));
}

}  // namespace tasdiq::cli
