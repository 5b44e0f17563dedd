// A proof value of ecdsa-sd-2023 that is read says all of what was read: written again it reads as
// the same, and no text is a base proof's value and a derived one's. Whatever pointers a document
// is asked for, what is selected is a part of it.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/sd_select.hpp"
#include "credential/sd_value.hpp"

namespace {

using namespace tasdiq;

void check_value(std::string_view text) {
    const auto base = credential::parse_base_value(text);
    const auto derived = credential::parse_derived_value(text);
    ENSURE(!base || derived.error() == credential::ProofError::kBaseProof);
    if (base) ENSURE(credential::encode_base_value(*base) == text);
    if (!derived) return;
    const std::string written = credential::encode_derived_value(*derived);
    ENSURE(written.size() == text.size());  // the labels may have stood in another order
    const auto again = credential::parse_derived_value(written);
    ENSURE(again && again->labels == derived->labels);
    ENSURE(again->signatures == derived->signatures);
    ENSURE(again->mandatory_indexes == derived->mandatory_indexes);
}

/// Everything in `part` is in `whole`; arrays may have fewer elements.
bool is_part(const codec::Json& part, const codec::Json& whole) {
    if (part.kind() != whole.kind()) return false;
    if (const auto* const elements = part.get_array()) {
        std::size_t at = 0;
        for (const codec::Json& one : *elements) {
            while (at < whole.size() && !is_part(one, whole.as_array()[at])) ++at;
            if (at++ == whole.size()) return false;
        }
        return true;
    }
    if (const auto* const members = part.get_object()) {
        for (const codec::JsonMember& member : *members) {
            const codec::Json* const other = whole.find(member.key);
            if (other == nullptr || !is_part(member.value, *other)) return false;
        }
        return true;
    }
    return part == whole;
}

void check_selection(std::string_view pointer) {
    static const auto document = codec::parse_json(std::string_view{
        R"({"@context":"urn:c","id":"urn:i","type":["A","B"],"a":{"id":"_:b","b/~":[1,[2,{"c":null}],3]}})"});
    const std::string pointers[] = {std::string{pointer}, "/a/b~1~0/1/1/c"};
    const auto selected =
        credential::select_json(*document, pointers, credential::BlankIds::kLeftOut);
    const codec::Json* const named = codec::resolve_pointer(*document, pointer);
    ENSURE(selected.has_value() == (named != nullptr));
    if (selected) ENSURE(is_part(*selected, *document));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input{data, size};
    check_value(as_text(input));
    // Past the text's own encoding, which mutations seldom keep.
    check_value(codec::encode_multibase(codec::Multibase::kBase64Url, input));
    if (codec::parse_json(codec::to_jcs(codec::Json{as_text(input)}))) {
        check_selection(as_text(input));
    }
    return 0;
}
