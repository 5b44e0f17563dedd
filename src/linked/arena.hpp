#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/ensure.hpp"

namespace tasdiq::linked {

/// Memory that is given out piece by piece and taken back all at once, or back to a mark. Holds
/// only what needs no destructor. What it gave stays where it is, also when the arena is moved.
class Arena {
  public:
    struct Mark {
        std::size_t block = 0;
        std::size_t used = 0;
    };

    template <class T, class... Args>
    [[nodiscard]] T* make(Args&&... args) {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
    }
    /// `count` elements, value-initialized.
    template <class T>
    [[nodiscard]] T* make_array(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<T>);
        // NOLINTNEXTLINE(bugprone-sizeof-expression): elements may be pointers
        T* first = static_cast<T*>(allocate(sizeof(T) * count, alignof(T)));
        std::uninitialized_value_construct_n(first, count);
        return first;
    }
    [[nodiscard]] std::string_view copy(std::string_view text) { return join(text, {}); }
    [[nodiscard]] std::string_view join(std::string_view head, std::string_view tail) {
        const std::size_t size = head.size() + tail.size();
        if (size == 0) return "";  // a null view is no text
        char* const to = static_cast<char*>(allocate(size, 1));
        std::copy(head.begin(), head.end(), to);
        std::copy(tail.begin(), tail.end(), to + head.size());
        return {to, size};
    }

    [[nodiscard]] Mark mark() const { return {block_, used_}; }
    /// Takes back all that was given out since `mark`.
    void rewind(Mark mark) {
        block_ = mark.block;
        used_ = mark.used;
    }
    /// Takes back everything; keeps the first block for the next use, and blocks behind it as long
    /// as all that is kept has at most `kept_bytes_max`.
    void clear(std::size_t kept_bytes_max = 0) {
        std::size_t kept_bytes = 0;
        std::size_t count = 0;
        for (const Block& block : blocks_) {
            kept_bytes += block.size;
            if (count > 0 && kept_bytes > kept_bytes_max) break;
            ++count;
        }
        blocks_.resize(count);
        rewind({});
    }

  private:
    static constexpr std::size_t kFirstBlockBytes = std::size_t{1} << 14;
    static constexpr std::size_t kBlockBytesMax = std::size_t{1} << 20;

    struct Block {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t size = 0;
    };

    void* allocate(std::size_t size, std::size_t alignment) {
        std::size_t start = (used_ + alignment - 1) & ~(alignment - 1);
        if (block_ >= blocks_.size() || blocks_[block_].size < start + size) {
            next_block(size);
            start = 0;  // blocks are aligned for everything
        }
        used_ = start + size;
        return blocks_[block_].bytes.get() + start;
    }

    void next_block(std::size_t size) {
        if (!blocks_.empty()) ++block_;
        used_ = 0;
        if (block_ < blocks_.size() && blocks_[block_].size >= size) return;
        blocks_.resize(block_);  // the ones behind were given back and are too small
        const std::size_t grown =
            blocks_.empty() ? kFirstBlockBytes : std::min(blocks_.back().size * 2, kBlockBytesMax);
        const std::size_t bytes = std::max(grown, size);
        blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(bytes), bytes});
    }

    std::vector<Block> blocks_;
    std::size_t block_ = 0;
    std::size_t used_ = 0;
};

/// A growing array in an arena.
template <class T>
class ArenaVector {
  public:
    ArenaVector() = default;

    void reserve(Arena& arena, std::size_t capacity) {
        if (capacity <= capacity_) return;
        T* const moved = arena.make_array<T>(capacity);
        std::copy(data_, data_ + size_, moved);
        data_ = moved;
        capacity_ = capacity;
    }
    void push_back(Arena& arena, T value) {
        if (size_ == capacity_) reserve(arena, capacity_ == 0 ? 1 : capacity_ * 2);
        data_[size_++] = value;
    }
    void push_front(Arena& arena, T value) {
        push_back(arena, value);
        std::rotate(data_, data_ + size_ - 1, data_ + size_);
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] T& operator[](std::size_t index) { return data_[index]; }
    [[nodiscard]] const T& operator[](std::size_t index) const { return data_[index]; }
    [[nodiscard]] T* begin() { return data_; }
    [[nodiscard]] T* end() { return data_ + size_; }
    [[nodiscard]] const T* begin() const { return data_; }
    [[nodiscard]] const T* end() const { return data_ + size_; }

  private:
    T* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace tasdiq::linked
