// A key file's header is read without looking at the secret: nothing that it says costs memory or
// time, and a file that is refused there is refused as a whole for the same reason.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "keys/key_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq::keys;
    const std::string_view text = tasdiq::as_text(tasdiq::ByteView{data, size});
    const auto header = decode_key_file_header(text);
    // Without a password nothing is derived.
    const ReadOptions options{
        .cost_min = {}, .cost_max = {0xFFFFFFFF, 0xFFFFFFFF}, .allow_unencrypted = true};
    const auto key = decode_key_file(text, {}, options);
    if (!header) {
        ENSURE(!to_string(header.error().error).empty());
        ENSURE(!key && key.error() == header.error());
        return 0;
    }
    ENSURE(!header->label.empty() && header->label.size() <= 200);
    if (key) {
        ENSURE(!header->cost && key->public_key() == header->public_key);
        const WriteOptions write{.label = header->label, .encryption = Encryption::kUnencrypted};
        const auto again = encode_key_file(*key, {}, write);
        ENSURE(again.has_value());
        ENSURE(decode_key_file_header(*again)->public_key == header->public_key);
    } else {
        const KeyFileError error = key.error().error;
        ENSURE(error == KeyFileError::kNoPassword || error == KeyFileError::kKdfTooCheap ||
               error == KeyFileError::kKeyMismatch);
    }
    return 0;
}
