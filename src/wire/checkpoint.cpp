#include "wire/checkpoint.hpp"

#include "base/ensure.hpp"
#include "base/sort.hpp"
#include "codec/base_n.hpp"
#include "codec/utf8.hpp"

namespace tasdiq::wire {
namespace {

constexpr std::string_view kCosignatureHeader = "cosignature/v1\ntime ";
constexpr std::size_t kTimeSize = 8;
constexpr std::size_t kEd25519Size = 64;

std::unexpected<WireFault> refuse(const char* field) {
    return std::unexpected{WireFault{WireError::kCheckpoint, field}};
}

/// A line of a note that is not empty.
bool is_line(std::string_view text) {
    return !text.empty() && codec::is_utf8(text) &&
           std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

/// Decimal digits without leading zeros.
Result<std::uint64_t, WireFault> parse_size(std::string_view text) {
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (text.empty() || !digits || (text[0] == '0' && text.size() > 1)) return refuse("size");
    std::uint64_t size = 0;
    for (const char c : text) {
        size = size * 10 + static_cast<std::uint64_t>(c - '0');
        if (size > kLogIndexMax) return std::unexpected{WireFault{WireError::kOutOfRange, "size"}};
    }
    return size;
}

/// The member of `set` that `signature` is by, as far as name and key id say.
const SetMember* cosigner_of(const NoteSignature& signature, const StateSet& set,
                             std::string_view origin) {
    const auto member = std::ranges::find_if(set, [&](const SetMember& candidate) {
        const std::string name = cosigner_name(origin, candidate.country);
        return signature.name == name &&
               signature.key_id == note_key_id(name, NoteKeyType::kCosignature, candidate.node_key);
    });
    return member == set.end() ? nullptr : &*member;
}

/// Spec: C2SP tlog-cosignature, "Format": timestamped_signature.
std::optional<Cosignature> parse_cosignature(MemberId state, const Bytes& bytes) {
    if (bytes.size() != kTimeSize + kEd25519Size) return std::nullopt;
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < kTimeSize; ++i) time = time << 8 | bytes[i];
    if (time > static_cast<std::uint64_t>(kInstantMax.seconds)) return std::nullopt;
    return Cosignature{state, Instant{static_cast<std::int64_t>(time)},
                       Bytes(bytes.begin() + kTimeSize, bytes.end())};
}

}  // namespace

std::string note_text(const Checkpoint& checkpoint) {
    ENSURE(is_line(checkpoint.origin) && checkpoint.size <= kLogIndexMax);
    return checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
           codec::encode_base64(checkpoint.root.view()) + '\n';
}

Result<Checkpoint, WireFault> parse_checkpoint(std::string_view note_text) {
    std::array<std::string_view, 3> lines;
    for (std::string_view& line : lines) {
        const std::size_t end = note_text.find('\n');
        if (end == std::string_view::npos) return refuse("lines");
        line = note_text.substr(0, end);
        note_text.remove_prefix(end + 1);
    }
    if (!note_text.empty()) return refuse("lines");
    if (!is_line(lines[0])) return refuse("origin");
    TRY(const std::uint64_t size, parse_size(lines[1]));
    const auto root = codec::decode_base64(lines[2]);
    if (!root || root->size() != merkle::MerkleHash::kSize) return refuse("root");
    return Checkpoint{std::string{lines[0]}, size, *merkle::MerkleHash::from(*root)};
}

std::string cosigner_name(std::string_view origin, std::string_view country) {
    return std::string{origin} + '/' + std::string{country};
}

Bytes cosignature_input(std::string_view note_text, Instant time) {
    ENSURE(time.seconds >= 0);
    Bytes input = to_bytes(as_bytes(kCosignatureHeader));
    append(input, std::to_string(static_cast<std::uint64_t>(time.seconds)));
    input.push_back('\n');
    append(input, note_text);
    return input;
}

NoteSignature to_note_signature(const Cosignature& cosignature, const SetMember& member,
                                std::string_view origin) {
    ENSURE(cosignature.state == member.state && cosignature.time.seconds >= 0 &&
           cosignature.signature.size() == kEd25519Size);
    const std::string name = cosigner_name(origin, member.country);
    Bytes bytes;
    append_u64(bytes, static_cast<std::uint64_t>(cosignature.time.seconds));
    append(bytes, cosignature.signature);
    return {name, note_key_id(name, NoteKeyType::kCosignature, member.node_key), std::move(bytes)};
}

std::vector<Cosignature> cosignatures_in(const SignedNote& note, const StateSet& set,
                                         std::string_view origin) {
    std::vector<Cosignature> found;
    for (const NoteSignature& signature : note.signatures) {
        const SetMember* member = cosigner_of(signature, set, origin);
        if (member == nullptr || std::ranges::count(found, member->state, &Cosignature::state)) {
            continue;
        }
        if (auto one = parse_cosignature(member->state, signature.signature)) {
            found.push_back(*std::move(one));
        }
    }
    sort(found, {}, &Cosignature::state);
    return found;
}

}  // namespace tasdiq::wire
