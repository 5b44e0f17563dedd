#pragma once

#include <span>

#include "base/result.hpp"
#include "merkle/log_tree.hpp"
#include "wire/error.hpp"
#include "wire/values.hpp"

namespace tasdiq::wire {

/// The text that commits to everything. Spec: C2SP tlog-checkpoint.
struct Checkpoint {
    std::string origin;
    std::uint64_t size;
    merkle::MerkleHash root;
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// The note text: three lines, each ended by a newline.
[[nodiscard]] std::string note_text(const Checkpoint& checkpoint);

/// One signature line of a signed note. Spec: C2SP signed-note.
struct NoteSignature {
    std::string name;
    std::uint32_t key_id;
    Bytes signature;  // without the key id
    friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

struct SignedNote {
    std::string text;
    std::vector<NoteSignature> signatures;  // 1–128
    friend bool operator==(const SignedNote&, const SignedNote&) = default;
};

inline constexpr std::size_t kNoteSizeMax = 64 * 1024;
inline constexpr std::size_t kNoteSignaturesMax = 128;

[[nodiscard]] std::string encode(const SignedNote& note);
/// The inverse of `encode`; accepts nothing else. Errors: kTooLarge, kNote.
[[nodiscard]] Result<SignedNote, WireFault> parse_note(std::string_view text);
/// No extension lines: they would say something that nobody checks. The inverse of `note_text`.
/// Errors: kCheckpoint; kOutOfRange (a size of 2^53 or above).
[[nodiscard]] Result<Checkpoint, WireFault> parse_checkpoint(std::string_view note_text);

enum class NoteKeyType : std::uint8_t { kEd25519 = 0x01, kCosignature = 0x04 };

[[nodiscard]] std::uint32_t note_key_id(std::string_view name, NoteKeyType type,
                                        const crypto::Ed25519PublicKey& key);
/// `<name>+<key id in hex>+<base64>`: what outside tools are configured with.
[[nodiscard]] std::string verifier_key(std::string_view name, NoteKeyType type,
                                       const crypto::Ed25519PublicKey& key);

/// `<origin>/<country>`: the name under which a state's node cosigns.
[[nodiscard]] std::string cosigner_name(std::string_view origin, std::string_view country);
/// What a cosigner signs at `time`. Spec: C2SP tlog-cosignature (Ed25519).
[[nodiscard]] Bytes cosignature_input(std::string_view note_text, Instant time);

/// A state's cosignature/v1.
struct Cosignature {
    MemberId state;
    Instant time;
    Bytes signature;  // 64 bytes
    friend bool operator==(const Cosignature&, const Cosignature&) = default;
};

/// The signature line of a cosignature. Its time is 0 or above.
[[nodiscard]] NoteSignature to_note_signature(const Cosignature& cosignature,
                                              const SetMember& member, std::string_view origin);
/// The cosignatures in `note` that are by name and key id of members of `set`; not verified.
/// Two lines of one state: the first counts. Ascending by state.
[[nodiscard]] std::vector<Cosignature> cosignatures_in(const SignedNote& note, const StateSet& set,
                                                       std::string_view origin);

}  // namespace tasdiq::wire
