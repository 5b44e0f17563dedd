// A text or bytes taken for a public key are the ones that we write for it, and every other form of
// that key reads as the same key.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/ensure.hpp"
#include "crypto/multikey.hpp"
#include "crypto/signature.hpp"
#include "crypto/spki.hpp"

namespace {

using namespace tasdiq::crypto;
using tasdiq::ByteView;
using tasdiq::Result;

bool is_key(const Result<PublicKey, KeyError>& found, const PublicKey& key) {
    return found.has_value() && *found == key;
}

void check_all_forms(const PublicKey& key) {
    ENSURE(is_key(parse_multikey(to_multikey(key)), key));
    ENSURE(is_key(parse_did_key(to_did_key(key)), key));
    ENSURE(is_key(parse_did_key(to_did_key_method(key)), key));
    ENSURE(is_key(parse_spki(to_spki(key)), key));
    ENSURE(is_key(PublicKey::parse(key.algorithm(), key.view()), key));
    ENSURE(algorithm_from_cose(static_cast<int>(key.algorithm())) == key.algorithm());
}

/// Whether there is a key; it is checked then.
bool check(const Result<PublicKey, KeyError>& key) {
    if (key) {
        check_all_forms(*key);
    } else {
        ENSURE(!to_string(key.error()).empty());
    }
    return key.has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input{data, size};
    const std::string_view text = tasdiq::as_text(input);

    const auto of_multikey = parse_multikey(text);
    if (check(of_multikey)) ENSURE(to_multikey(*of_multikey) == text);
    const auto of_did = parse_did_key(text);
    if (check(of_did)) {
        ENSURE(to_did_key(*of_did) == text || to_did_key_method(*of_did) == text);
    }
    const auto of_spki = parse_spki(input);
    if (check(of_spki)) ENSURE(to_spki(*of_spki) == tasdiq::to_bytes(input));

    for (const auto algorithm : {Algorithm::kEd25519, Algorithm::kEs256, Algorithm::kEs384}) {
        const auto key = PublicKey::parse(algorithm, input);
        if (!check(key)) continue;
        // No bytes that were not made to fit are a signature.
        ENSURE(!verify(*key, input, input));
        ENSURE(!verify(*key, input, tasdiq::Bytes(algorithm == Algorithm::kEs384 ? 96 : 64, 1)));
    }
    return 0;
}
