#include <vector>  // declares it

// What libc++ calls when it finds a fault of ours. Its own functions print it first, for which they
// take along all of printf, 6 kB of the module when gzipped; and nobody reads what is printed here.

namespace std {
inline namespace _LIBCPP_ABI_NAMESPACE {
// NOLINTNEXTLINE(*-dcl50-cpp,*-vararg,*-reserved-identifier): declared so by libc++
[[noreturn]] void __libcpp_verbose_abort(const char* /*format*/, ...) { __builtin_trap(); }
}  // namespace _LIBCPP_ABI_NAMESPACE
}  // namespace std

// NOLINTNEXTLINE(*-dcl50-cpp,*-vararg): declared so by libc++abi
extern "C" [[noreturn]] void abort_message(const char* /*format*/, ...) { __builtin_trap(); }
