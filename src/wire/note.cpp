#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/utf8.hpp"
#include "crypto/hash.hpp"
#include "wire/checkpoint.hpp"
#include "wire/text_rules.hpp"

namespace tasdiq::wire {
namespace {

constexpr std::string_view kLineStart = "\u2014 ";  // em dash, space
constexpr std::size_t kKeyIdSize = 4;

std::unexpected<WireFault> refuse(const char* field) {
    return std::unexpected{WireFault{WireError::kNote, field}};
}

/// Spec: C2SP signed-note, "Format": no control characters but newline.
bool is_note_text(std::string_view text) {
    const bool plain = std::ranges::all_of(
        text, [](char c) { return c == '\n' || static_cast<unsigned char>(c) >= 0x20; });
    return plain && codec::is_utf8(text);
}

/// One line without its newline: em dash, space, key name, space, base64.
Result<NoteSignature, WireFault> parse_signature(std::string_view line) {
    if (!line.starts_with(kLineStart)) return refuse("signature");
    line.remove_prefix(kLineStart.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return refuse("signature");
    const std::string_view name = line.substr(0, space);
    if (!is_note_name(name)) return refuse("name");
    const auto bytes = codec::decode_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= kKeyIdSize) return refuse("signature");
    std::uint32_t key_id = 0;
    for (std::size_t i = 0; i < kKeyIdSize; ++i) key_id = key_id << 8 | (*bytes)[i];
    return NoteSignature{std::string{name}, key_id,
                         Bytes(bytes->begin() + kKeyIdSize, bytes->end())};
}

}  // namespace

std::string encode(const SignedNote& note) {
    ENSURE(note.text.ends_with('\n') && is_note_text(note.text));
    ENSURE(!note.signatures.empty() && note.signatures.size() <= kNoteSignaturesMax);
    std::string out = note.text + '\n';
    for (const NoteSignature& signature : note.signatures) {
        ENSURE(is_note_name(signature.name) && !signature.signature.empty());
        Bytes bytes;
        append_u32(bytes, signature.key_id);
        append(bytes, signature.signature);
        out += kLineStart;
        out += signature.name + ' ' + codec::encode_base64(bytes) + '\n';
    }
    ENSURE(out.size() <= kNoteSizeMax);
    return out;
}

Result<SignedNote, WireFault> parse_note(std::string_view text) {
    if (text.size() > kNoteSizeMax) return std::unexpected{WireFault{WireError::kTooLarge, "note"}};
    if (!is_note_text(text) || !text.ends_with('\n')) return refuse("text");
    // The text may hold empty lines: the last one separates.
    const std::size_t separator = text.rfind("\n\n");
    if (separator == std::string_view::npos) return refuse("text");
    SignedNote note{std::string{text.substr(0, separator + 1)}, {}};
    text.remove_prefix(separator + 2);
    if (text.empty()) return refuse("signatures");
    while (!text.empty()) {
        if (note.signatures.size() == kNoteSignaturesMax) return refuse("signatures");
        const std::size_t end = text.find('\n');
        TRY(NoteSignature signature, parse_signature(text.substr(0, end)));
        note.signatures.push_back(std::move(signature));
        text.remove_prefix(end + 1);
    }
    return note;
}

std::uint32_t note_key_id(std::string_view name, NoteKeyType type,
                          const crypto::Ed25519PublicKey& key) {
    Bytes input = to_bytes(as_bytes(name));
    input.push_back('\n');
    input.push_back(std::to_underlying(type));
    append(input, key.view());
    const crypto::Sha256Digest digest = crypto::sha256(input);
    std::uint32_t id = 0;
    for (std::size_t i = 0; i < kKeyIdSize; ++i) id = id << 8 | digest.view()[i];
    return id;
}

std::string verifier_key(std::string_view name, NoteKeyType type,
                         const crypto::Ed25519PublicKey& key) {
    Bytes id;
    append_u32(id, note_key_id(name, type, key));
    Bytes typed_key{std::to_underlying(type)};
    append(typed_key, key.view());
    return std::string{name} + '+' + to_hex(id) + '+' + codec::encode_base64(typed_key);
}

}  // namespace tasdiq::wire
