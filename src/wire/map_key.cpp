#include "wire/record.hpp"
#include "wire/value_fields.hpp"

namespace tasdiq::wire {
namespace {

using fields::Reader;
using fields::Step;

enum class KeyType : std::uint8_t {
    kLedger = 0,
    kMember = 1,
    kKey = 2,
    kKeyOwner = 3,
    kPolicy = 4,
    kAccreditation = 5,
    kProgramme = 6,
    kYearlyCount = 7,
    kCohort = 8,
    kUsedSeat = 9,
    kTransaction = 10,
    kStatus = 11,
    kAttestation = 12,
    kParameters = 13,
    kProposal = 14,
    kCancelled = 15,
    kCodeList = 16,
    kCounters = 17,
    kStateSet = 18,
};

/// The ids after the type, a letter each: Member, Ordinal, Number, Hash, Index, Programme code,
/// Uint, Year, Register. Nothing for a type that there is not.
constexpr std::optional<std::string_view> ids_of(std::uint8_t type) {
    switch (static_cast<KeyType>(type)) {
        case KeyType::kLedger:
        case KeyType::kParameters:
        case KeyType::kStateSet: return "";
        case KeyType::kMember:
        case KeyType::kPolicy:
        case KeyType::kCounters: return "M";
        case KeyType::kKey: return "MO";
        case KeyType::kKeyOwner:
        case KeyType::kTransaction: return "H";
        case KeyType::kAccreditation:
        case KeyType::kCohort: return "MN";
        case KeyType::kProgramme: return "MNP";
        case KeyType::kYearlyCount: return "MNYR";
        case KeyType::kUsedSeat: return "MNU";
        case KeyType::kCancelled: return "MH";
        case KeyType::kStatus:
        case KeyType::kAttestation: return "I";
        case KeyType::kProposal:
        case KeyType::kCodeList: return "U";
    }
    return std::nullopt;
}

Step read_id(Reader& reader, char kind) {
    std::uint64_t number = 0;
    std::string text;
    TaggedBytes<struct AnyHashTag, 32> hash;
    switch (kind) {
        case 'M': return reader.integer("member-id", number, fields::kMemberRange);
        case 'O': return reader.integer("ordinal", number, fields::kUint16);
        case 'N': return reader.integer("number", number, fields::kNumberRange);
        case 'H': return reader.fixed("hash", hash);
        case 'I': return reader.integer("index", number, fields::kUint);
        case 'P': return fields::walk_programme<Reader>(reader, text);
        case 'U': return reader.integer("uint", number, fields::kUint);
        case 'Y': return reader.integer("year", number, fields::kUint32);
        case 'R': return reader.integer("register", number, {0, 1});
        default: ENSURE(false);
    }
}

/// `[type, ids…]`; whatever is no integer is written already.
Bytes make_key(KeyType type, std::initializer_list<std::uint64_t> numbers, ByteView last = {}) {
    Bytes bytes;
    codec::CborWriter writer{bytes};
    writer.array(1 + numbers.size() + (last.empty() ? 0 : 1)).uint(std::to_underlying(type));
    for (const std::uint64_t number : numbers) writer.uint(number);
    writer.encoded(last);
    return bytes;
}

template <class Tag>
Bytes make_key(KeyType type, const TaggedBytes<Tag, 32>& hash) {
    codec::CborWriter writer;
    writer.bytes(hash.view());
    return make_key(type, {}, writer.take());
}

}  // namespace

MapKey MapKey::ledger() { return MapKey{make_key(KeyType::kLedger, {})}; }
MapKey MapKey::member(MemberId member) {
    return MapKey{make_key(KeyType::kMember, {member.value})};
}
MapKey MapKey::key(MemberId member, Ordinal ordinal) {
    return MapKey{make_key(KeyType::kKey, {member.value, ordinal.value})};
}
MapKey MapKey::key_owner(const crypto::KeyId& key) {
    return MapKey{make_key(KeyType::kKeyOwner, key)};
}
MapKey MapKey::policy(MemberId member) {
    return MapKey{make_key(KeyType::kPolicy, {member.value})};
}
MapKey MapKey::accreditation(MemberId institution, std::uint32_t number) {
    return MapKey{make_key(KeyType::kAccreditation, {institution.value, number})};
}
MapKey MapKey::programme(MemberId institution, std::uint32_t number, std::string_view code) {
    ENSURE(is_programme(code));
    codec::CborWriter writer;
    writer.text(code);
    return MapKey{make_key(KeyType::kProgramme, {institution.value, number}, writer.take())};
}
MapKey MapKey::yearly_count(MemberId institution, std::uint32_t number, std::uint32_t year,
                            bool registers) {
    return MapKey{
        make_key(KeyType::kYearlyCount, {institution.value, number, year, registers ? 1U : 0U})};
}
MapKey MapKey::transaction(const TransactionId& transaction) {
    return MapKey{make_key(KeyType::kTransaction, transaction)};
}
MapKey MapKey::status(LogIndex certificate) {
    return MapKey{make_key(KeyType::kStatus, {certificate.value})};
}
MapKey MapKey::cohort(MemberId institution, std::uint32_t number) {
    return MapKey{make_key(KeyType::kCohort, {institution.value, number})};
}
MapKey MapKey::used_seat(const Seat& seat) {
    return MapKey{make_key(KeyType::kUsedSeat, {seat.institution.value, seat.cohort, seat.leaf})};
}
MapKey MapKey::attestation(LogIndex certificate) {
    return MapKey{make_key(KeyType::kAttestation, {certificate.value})};
}
MapKey MapKey::cancelled(MemberId member, const TransactionId& transaction) {
    codec::CborWriter writer;
    writer.bytes(transaction.view());
    return MapKey{make_key(KeyType::kCancelled, {member.value}, writer.take())};
}
MapKey MapKey::code_list(std::uint64_t list) {
    return MapKey{make_key(KeyType::kCodeList, {list})};
}
MapKey MapKey::parameters() { return MapKey{make_key(KeyType::kParameters, {})}; }
MapKey MapKey::counters(MemberId member) {
    return MapKey{make_key(KeyType::kCounters, {member.value})};
}
MapKey MapKey::state_set() { return MapKey{make_key(KeyType::kStateSet, {})}; }

Result<MapKey, WireFault> MapKey::decode(ByteView bytes) {
    Reader reader{bytes};
    std::size_t count = 0;
    TRY(reader.open("map-key", count));
    TRY(reader.check(count > 0, WireError::kShape, "map-key"));
    std::uint8_t type = 0;
    TRY(fields::walk_code(reader, "map-key", type, fields::kUint8));
    const auto ids = ids_of(type);
    TRY(reader.check(ids.has_value(), WireError::kUnknownCode, "map-key"));
    TRY(reader.check(count == 1 + ids->size(), WireError::kShape, "map-key"));
    for (const char kind : *ids) TRY(read_id(reader, kind));
    TRY(reader.finish("map-key"));
    return MapKey{to_bytes(bytes)};
}

merkle::KeyHash MapKey::hash() const { return merkle::hash_map_key(bytes_); }

}  // namespace tasdiq::wire
