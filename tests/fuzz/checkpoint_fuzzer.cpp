// A note or checkpoint that is taken is written as the same text.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "wire/checkpoint.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq;
    const std::string_view input = as_text({data, size});
    if (const auto checkpoint = wire::parse_checkpoint(input)) {
        ENSURE(wire::note_text(*checkpoint) == input);
    }
    const auto note = wire::parse_note(input);
    if (!note) return 0;
    ENSURE(wire::encode(*note) == input);
    if (const auto checkpoint = wire::parse_checkpoint(note->text)) {
        ENSURE(wire::note_text(*checkpoint) == note->text);
    }
    return 0;
}
