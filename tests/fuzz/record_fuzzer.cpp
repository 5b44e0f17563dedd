// A record of the map that is taken is written as the same bytes, and is of one type only. So are
// keys of the map.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "wire/record.hpp"

namespace {

using namespace tasdiq;

/// Says whether `input` is a `Record`, and checks that it is the only form of it.
template <class Record>
int is_record(ByteView input) {
    const auto record = wire::decode_record<Record>(input);
    if (!record) return 0;
    ENSURE(wire::encode(*record) == to_bytes(input));
    return 1;
}

template <class... Records>
int count_types(ByteView input) {
    return (is_record<Records>(input) + ...);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq::wire;
    const ByteView input{data, size};
    const int types =
        count_types<LedgerRecord, MemberRecord, KeyRecord, KeyOwnerRecord, PolicyRecord,
                    AccreditationRecord, ProgrammeRecord, CountRecord, TransactionRecord,
                    StatusRecord, CohortRecord, UsedSeatRecord, AttestationRecord, CancelRecord,
                    CodeListRecord, ParametersRecord, CountersRecord, SetRecord>(input);
    ENSURE(types <= 1);
    if (const auto key = MapKey::decode(input)) {
        ENSURE(to_bytes(key->bytes()) == to_bytes(input));
        ENSURE(*MapKey::decode(key->bytes()) == *key);
    }
    return 0;
}
