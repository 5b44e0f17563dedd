// A status is found where entry and list fit, and the entry that is written again says the same.
// The input is `{"entry": …, "list": …}`, or a list as it is encoded, which survives encoding.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/gzip.hpp"
#include "codec/json.hpp"
#include "credential/status_list.hpp"

namespace {

using namespace tasdiq;
using credential::StatusBits;

void check_encoded(std::string_view text) {
    const auto bits = StatusBits::decode(text);
    if (!bits) {
        ENSURE(bits.error() == credential::StatusError::kEncoding);
        return;
    }
    ENSURE(bits->count() <= credential::kStatusListSizeMax * 8);
    const auto again = StatusBits::decode(bits->encode());
    ENSURE(again && again->count() == bits->count());
    for (std::size_t i = 0; i < bits->count(); i += 1 + i / 64) {
        ENSURE(again->get(i) == bits->get(i));
    }
}

void check_entry(const codec::Json& json, const codec::Json* list) {
    const auto entry = credential::parse_status_entry(json);
    if (!entry) {
        ENSURE(entry.error() == credential::StatusError::kEntry);
        return;
    }
    ENSURE(1 <= entry->size_bits && entry->size_bits <= 16);
    ENSURE(entry->messages.empty() || entry->messages.size() == 1U << entry->size_bits);
    const auto again = credential::parse_status_entry(
        credential::make_status_entry(entry->purpose, entry->index, entry->list_url));
    ENSURE(again && again->purpose == entry->purpose && again->index == entry->index);
    ENSURE(again->list_url == entry->list_url && again->size_bits == 1);
    if (list == nullptr) return;
    const auto status = credential::find_status(*entry, *list);
    if (!status) {
        ENSURE(!to_string(status.error()).empty() && !problem_type(status.error()).empty());
        return;
    }
    ENSURE(status->purpose == entry->purpose && status->value < 1U << entry->size_bits);
    ENSURE(entry->messages.empty() || status->message == entry->messages[status->value]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = as_text(ByteView{data, size});
    check_encoded(text);
    // Past the text's own encoding, which mutations seldom keep.
    const Bytes packed = codec::compress_gzip({data, size});
    check_encoded(codec::encode_multibase(codec::Multibase::kBase64Url, packed));
    const auto document = codec::parse_json(text, {.size_bytes_max = 65'536});
    if (!document) return 0;
    if (const auto* const entry = document->find("entry")) {
        check_entry(*entry, document->find("list"));
    }
    return 0;
}
