#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace tasdiq::cli {

/// Calls `work(i)` for 0 … count − 1 on as many threads as the machine has cores, in pieces, in no
/// order. `work` must not throw.
template <class Work>
void parallel_for(std::size_t count, Work work) {
    constexpr std::size_t kPiece = 64;
    std::atomic<std::size_t> next{0};
    const auto loop = [&] {
        for (;;) {
            const std::size_t begin = next.fetch_add(kPiece);
            if (begin >= count) return;
            for (std::size_t i = begin; i < std::min(begin + kPiece, count); ++i) work(i);
        }
    };
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t threads = std::min(cores, (count + kPiece - 1) / kPiece);
    std::vector<std::thread> helpers;
    for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back(loop);
    loop();
    for (std::thread& helper : helpers) helper.join();
}

}  // namespace tasdiq::cli
