#include "cli/progress.hpp"

#include <cstdio>
#include <unistd.h>

namespace tasdiq::cli {
namespace {

constexpr std::size_t kWidth = 24;
constexpr std::chrono::milliseconds kRedraw{100};

}  // namespace

Progress::Progress(std::string what, std::size_t count)
    : what_{std::move(what)},
      count_{count},
      is_shown_{::isatty(STDERR_FILENO) == 1 && count > 0},
      last_{std::chrono::steady_clock::now() - kRedraw} {}

Progress::~Progress() {
    if (is_shown_) std::fputs("\r\033[K", stderr);
}

void Progress::step(std::size_t by) {
    const std::size_t done = done_.fetch_add(by) + by;
    if (!is_shown_) return;
    const std::unique_lock lock{mutex_, std::try_to_lock};
    if (lock.owns_lock()) draw(done);
}

void Progress::draw(std::size_t done) {
    const auto time = std::chrono::steady_clock::now();
    if (time - last_ < kRedraw) return;
    last_ = time;
    std::string bar;
    for (std::size_t i = 0; i < kWidth; ++i) bar += i < kWidth * done / count_ ? "█" : "░";
    std::fprintf(stderr, "\r\033[K%s %s %zu of %zu", what_.c_str(), bar.c_str(), done, count_);
}

}  // namespace tasdiq::cli
