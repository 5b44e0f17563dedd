// A trust root that is taken says the same after it was written and read again.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "wire/trust_root.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq;
    const auto root = wire::parse_trust_root({data, size});
    if (!root) return 0;
    const std::string text = wire::encode(*root);
    const auto again = wire::parse_trust_root(as_bytes(text));
    ENSURE(again && *again == *root);
    ENSURE(wire::encode(*again) == text);
    (void)wire::set_hash(root->set);
    return 0;
}
