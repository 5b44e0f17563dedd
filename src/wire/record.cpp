#include "wire/record.hpp"

#include "wire/body_fields.hpp"

namespace tasdiq::wire {
namespace fields {

template <>
inline constexpr Coded kCoded<LedgerRecord>{0, 3, "ledger-record"};
template <>
inline constexpr Coded kCoded<MemberRecord>{1, 14, "member-record"};
template <>
inline constexpr Coded kCoded<KeyRecord>{2, 8, "key-record"};
template <>
inline constexpr Coded kCoded<KeyOwnerRecord>{3, 3, "key-owner-record"};
template <>
inline constexpr Coded kCoded<PolicyRecord>{4, 4, "policy-record"};
template <>
inline constexpr Coded kCoded<AccreditationRecord>{5, 6, "accreditation-record"};
template <>
inline constexpr Coded kCoded<ProgrammeRecord>{6, 5, "programme-record"};
template <>
inline constexpr Coded kCoded<CountRecord>{7, 2, "count-record"};
template <>
inline constexpr Coded kCoded<TransactionRecord>{10, 2, "transaction-record"};
template <>
inline constexpr Coded kCoded<StatusRecord>{11, 3, "status-record"};
template <>
inline constexpr Coded kCoded<CohortRecord>{8, 8, "cohort-record"};
template <>
inline constexpr Coded kCoded<UsedSeatRecord>{9, 4, "used-seat-record"};
template <>
inline constexpr Coded kCoded<AttestationRecord>{12, 5, "attestation-record"};
template <>
inline constexpr Coded kCoded<CancelRecord>{15, 3, "cancel-record"};
template <>
inline constexpr Coded kCoded<CodeListRecord>{16, 4, "code-list-record"};
template <>
inline constexpr Coded kCoded<ParametersRecord>{13, 3, "parameters-record"};
template <>
inline constexpr Coded kCoded<CountersRecord>{17, 4, "counters-record"};
template <>
inline constexpr Coded kCoded<SetRecord>{18, 3, "set-record"};

inline constexpr Count kAnyCount{0, SIZE_MAX};

/// The index and the signers of the transaction that a record comes from.
template <class C, class T>
Step walk_origin(C& c, T& record) {
    TRY(walk_index<C>(c, "index", record.index));
    return walk_signers<C>(c, record.signers);
}

// ------------------------------------------------------------------ parts
template <class C>
Step walk(C& c, typename C::template Ref<Void> one) {
    TRY(c.array("void", 5));
    TRY(walk_ordinal<C>(c, one.ordinal));
    TRY(walk_index<C>(c, "from", one.from));
    TRY(c.list("confirmed", one.confirmed, kAnyCount, [&](auto& confirmation) -> Step {
        TRY(c.array("confirmation", 4));
        TRY(walk_index<C>(c, "from", confirmation.range.from));
        TRY(walk_index<C>(c, "until", confirmation.range.until));
        TRY(c.check(confirmation.range.from < confirmation.range.until, WireError::kOrder,
                    "until"));
        return walk_origin(c, confirmation);
    }));
    return walk_origin(c, one);
}
template <class C>
Step walk(C& c, typename C::template Ref<SuccessionItem> item) {
    TRY(c.array("succession-item", 6));
    TRY(walk_code(c, "kind", item.kind, {1, 8}));
    TRY(c.list("others", item.others, kAnyCount,
               [&](auto& member) { return walk_member<C>(c, "member-id", member); }));
    TRY(walk_day<C>(c, "day", item.day));
    TRY(walk_text<C>(c, "legal", item.legal));
    return walk_origin(c, item);
}
template <class C>
Step walk(C& c, typename C::template Ref<CustodyItem> item) {
    TRY(c.array("custody-item", 4));
    TRY(walk_member<C>(c, "custodian", item.custodian));
    TRY(walk_code(c, "scope", item.scope, {1, 2}));
    return walk_origin(c, item);
}
/// The elements of one change of an accreditation; those of its newest have the history behind.
template <class C, class T>
Step walk_end_change(C& c, T& end) {
    TRY(walk_code(c, "action", end.action, {1, 3}));
    TRY(walk_code(c, "by", end.by, {0, 1}));
    TRY(walk_day<C>(c, "effective", end.effective));
    return walk_origin(c, end);
}
template <class C, class T>
Step walk_status_change(C& c, T& change) {
    TRY(walk_code(c, "status-state", change.state, {1, 7}));
    TRY(walk_origin(c, change));
    TRY(c.optional(change.effective,
                   [&](auto& instant) { return walk_instant<C>(c, "effective", instant); }));
    return c.optional(change.by, [&](auto& index) { return walk_index<C>(c, "by", index); });
}
/// Five elements, and the earlier changes as a sixth if there are any.
template <class C, class T, class Each>
Step walk_with_history(C& c, const char* field, T& last, Each each) {
    constexpr std::size_t kChange = 5;
    std::size_t count = last.earlier.empty() ? kChange : kChange + 1;
    TRY(c.open(field, count));
    TRY(c.check(count == kChange || count == kChange + 1, WireError::kShape, field));
    TRY(each(last));
    if (count == kChange) return Ok{};
    return c.list("earlier", last.earlier, {1, kHistoryMax}, [&](auto& change) -> Step {
        TRY(c.array("earlier", kChange));
        return each(change);
    });
}
template <class C>
Step walk(C& c, typename C::template Ref<AccreditationEnd> end) {
    return walk_with_history(c, "ended", end,
                             [&](auto& change) { return walk_end_change(c, change); });
}
template <class C>
Step walk(C& c, typename C::template Ref<StatusSlot> slot) {
    return walk_with_history(c, "status-slot", slot,
                             [&](auto& change) { return walk_status_change(c, change); });
}

// ------------------------------------------------------------------ records
template <class C>
Step walk(C& c, typename C::template Ref<LedgerRecord> record) {
    TRY(walk_member<C>(c, "next-member", record.next_member));
    return c.integer("blocks", record.blocks, kUint);
}
template <class C>
Step walk(C& c, typename C::template Ref<MemberRecord> record) {
    TRY(walk_origin(c, record));
    TRY(walk_member_kind<C>(c, record.kind));
    TRY(walk_optional_member<C>(c, "parent", record.parent));
    TRY(walk_optional_member<C>(c, "authority", record.authority));
    TRY(walk_country<C>(c, record.country));
    TRY(walk_names<C>(c, record.names));
    TRY(walk_ids<C>(c, record.ids));
    TRY(walk_code(c, "sector", record.sector, kSectorRange));
    TRY(c.optional(record.ended, [&](auto& day) { return walk_day<C>(c, "ended", day); }));
    TRY(c.list("voids", record.voids, kAnyCount, [&](auto& one) { return walk<C>(c, one); }));
    TRY(c.list("succession", record.succession, kAnyCount,
               [&](auto& item) { return walk<C>(c, item); }));
    return c.optional(record.custody, [&](auto& item) { return walk<C>(c, item); });
}
template <class C>
Step walk(C& c, typename C::template Ref<KeyRecord> record) {
    TRY(walk_origin(c, record));
    TRY(walk_role<C>(c, record.role));
    TRY(walk_algorithm<C>(c, record.algorithm));
    TRY(walk_public_key<C>(c, record.public_key, record.algorithm));
    TRY(walk_index<C>(c, "from", record.from));
    return c.optional(record.until, [&](auto& index) { return walk_index<C>(c, "until", index); });
}
template <class C>
Step walk(C& c, typename C::template Ref<KeyOwnerRecord> record) {
    TRY(walk_member<C>(c, "member-id", record.member));
    return walk_ordinal<C>(c, record.ordinal);
}
template <class C>
Step walk(C& c, typename C::template Ref<PolicyRecord> record) {
    TRY(walk_origin(c, record));
    return walk_rules<C>(c, record.rules);
}
template <class C>
Step walk(C& c, typename C::template Ref<AccreditationRecord> record) {
    TRY(walk_origin(c, record));
    TRY(walk_member<C>(c, "authority", record.authority));
    TRY(walk<C>(c, record.scope));
    return c.optional(record.ended, [&](auto& end) { return walk<C>(c, end); });
}
template <class C>
Step walk(C& c, typename C::template Ref<ProgrammeRecord> record) {
    TRY(walk_origin(c, record));
    TRY(walk_field<C>(c, record.field));
    return walk<C>(c, record.titles);
}
template <class C>
Step walk(C& c, typename C::template Ref<CountRecord> record) {
    return c.integer("count", record.count, kUint);
}
template <class C>
Step walk(C& c, typename C::template Ref<TransactionRecord> record) {
    return walk_index<C>(c, "index", record.index);
}
template <class C>
Step walk(C& c, typename C::template Ref<StatusRecord> record) {
    TRY(c.optional(record.issuer, [&](auto& slot) { return walk<C>(c, slot); }));
    return c.optional(record.authority, [&](auto& slot) { return walk<C>(c, slot); });
}
template <class C>
Step walk(C& c, typename C::template Ref<CohortRecord> record) {
    TRY(walk_origin(c, record));
    TRY(walk_cohort_kind<C>(c, record.kind));
    TRY(walk_day<C>(c, "intake", record.intake));
    TRY(c.integer("count", record.count, kSeatCount));
    TRY(c.fixed("root", record.root));
    return walk_instant<C>(c, "time", record.time);
}
template <class C>
Step walk(C& c, typename C::template Ref<UsedSeatRecord> record) {
    TRY(walk_origin(c, record));
    return c.optional(record.certificate,
                      [&](auto& index) { return walk_index<C>(c, "certificate", index); });
}
template <class C>
Step walk(C& c, typename C::template Ref<AttestationRecord> record) {
    TRY(walk_origin(c, record));
    TRY(walk_member<C>(c, "authority", record.authority));
    return walk_instant<C>(c, "time", record.time);
}
template <class C>
Step walk(C& c, typename C::template Ref<CancelRecord> record) {
    return walk_origin(c, record);
}
template <class C>
Step walk(C& c, typename C::template Ref<CodeListRecord> record) {
    TRY(walk_index<C>(c, "index", record.index));
    TRY(c.integer("version", record.version, {2, kIntegerMax}));
    TRY(c.list("codes", record.codes, kAnyCount,
               [&](auto& code) { return c.integer("code", code, kUint); }));
    return c.check(is_ascending(record.codes), WireError::kOrder, "codes");
}
template <class C>
Step walk(C& c, typename C::template Ref<ParametersRecord> record) {
    TRY(walk_index<C>(c, "index", record.index));
    TRY(c.array("parameters", 1));
    return c.constant("reserved", 0, WireError::kOutOfRange);
}
template <class C>
Step walk(C& c, typename C::template Ref<CountersRecord> record) {
    TRY(walk_ordinal<C>(c, record.next_ordinal));
    TRY(c.integer("next-accreditation", record.next_accreditation, kNumberRange));
    return c.integer("next-cohort", record.next_cohort, kNumberRange);
}
template <class C>
Step walk(C& c, typename C::template Ref<SetRecord> record) {
    TRY(walk_index<C>(c, "index", record.index));
    return walk_set(c, record.set);
}

}  // namespace fields

Bytes encode(const LedgerRecord& record) { return fields::encode_coded(record); }
Bytes encode(const MemberRecord& record) { return fields::encode_coded(record); }
Bytes encode(const KeyRecord& record) { return fields::encode_coded(record); }
Bytes encode(const KeyOwnerRecord& record) { return fields::encode_coded(record); }
Bytes encode(const PolicyRecord& record) { return fields::encode_coded(record); }
Bytes encode(const AccreditationRecord& record) { return fields::encode_coded(record); }
Bytes encode(const ProgrammeRecord& record) { return fields::encode_coded(record); }
Bytes encode(const CountRecord& record) { return fields::encode_coded(record); }
Bytes encode(const TransactionRecord& record) { return fields::encode_coded(record); }
Bytes encode(const StatusRecord& record) { return fields::encode_coded(record); }
Bytes encode(const CohortRecord& record) { return fields::encode_coded(record); }
Bytes encode(const UsedSeatRecord& record) { return fields::encode_coded(record); }
Bytes encode(const AttestationRecord& record) { return fields::encode_coded(record); }
Bytes encode(const CancelRecord& record) { return fields::encode_coded(record); }
Bytes encode(const CodeListRecord& record) { return fields::encode_coded(record); }
Bytes encode(const ParametersRecord& record) { return fields::encode_coded(record); }
Bytes encode(const CountersRecord& record) { return fields::encode_coded(record); }
Bytes encode(const SetRecord& record) { return fields::encode_coded(record); }

template <class Record>
Result<Record, WireFault> decode_record(ByteView bytes) {
    return fields::decode_coded<Record>(bytes);
}
template Result<LedgerRecord, WireFault> decode_record(ByteView);
template Result<MemberRecord, WireFault> decode_record(ByteView);
template Result<KeyRecord, WireFault> decode_record(ByteView);
template Result<KeyOwnerRecord, WireFault> decode_record(ByteView);
template Result<PolicyRecord, WireFault> decode_record(ByteView);
template Result<AccreditationRecord, WireFault> decode_record(ByteView);
template Result<ProgrammeRecord, WireFault> decode_record(ByteView);
template Result<CountRecord, WireFault> decode_record(ByteView);
template Result<TransactionRecord, WireFault> decode_record(ByteView);
template Result<StatusRecord, WireFault> decode_record(ByteView);
template Result<CohortRecord, WireFault> decode_record(ByteView);
template Result<UsedSeatRecord, WireFault> decode_record(ByteView);
template Result<AttestationRecord, WireFault> decode_record(ByteView);
template Result<CancelRecord, WireFault> decode_record(ByteView);
template Result<CodeListRecord, WireFault> decode_record(ByteView);
template Result<ParametersRecord, WireFault> decode_record(ByteView);
template Result<CountersRecord, WireFault> decode_record(ByteView);
template Result<SetRecord, WireFault> decode_record(ByteView);

}  // namespace tasdiq::wire
