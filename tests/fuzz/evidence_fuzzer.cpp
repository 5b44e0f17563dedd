// Evidence that is taken says the same after it was written and read again, and the strict reader
// (a space in front leads to it) agrees with the quick one.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "wire/evidence.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq;
    const auto evidence = wire::parse_evidence({data, size});
    if (size < wire::kEvidenceSizeMax) {
        std::string spaced{" "};
        spaced += as_text({data, size});
        const auto strict = wire::parse_evidence(as_bytes(spaced));
        ENSURE(evidence ? strict && *strict == *evidence
                        : !strict && strict.error() == evidence.error());
    }
    if (!evidence) return 0;
    const std::string text = wire::encode(*evidence);
    if (text.size() > wire::kEvidenceSizeMax) return 0;  // 1e15 is longer in JCS
    const auto again = wire::parse_evidence(as_bytes(text));
    ENSURE(again && *again == *evidence);
    ENSURE(wire::encode(*again) == text);
    return 0;
}
