#include "wire/refusals.hpp"

namespace tasdiq::wire {
namespace {

using namespace refusals;

TEST(MapKey, RefusesWhatIsNoKey) {
    const auto fault = [](const CborTree& tree) { return MapKey::decode(tree.encode()).error(); };
    const auto is = [](WireError error, const char* field) { return WireFault{error, field}; };
    EXPECT_EQ(fault(List{}), is(WireError::kShape, "map-key"));
    EXPECT_EQ(fault(0), is(WireError::kShape, "map-key"));
    EXPECT_EQ(fault(List{19}), is(WireError::kUnknownCode, "map-key"));
    EXPECT_EQ(fault(List{256}), is(WireError::kUnknownCode, "map-key"));
    EXPECT_EQ(fault(List{0, 1}), is(WireError::kShape, "map-key"));
    EXPECT_EQ(fault(List{1, 0}), is(WireError::kOutOfRange, "member-id"));
    EXPECT_EQ(fault(List{2, 1, 65'536}), is(WireError::kOutOfRange, "ordinal"));
    EXPECT_EQ(fault(List{3, Bytes(31)}), is(WireError::kShape, "hash"));
    EXPECT_EQ(fault(List{5, 1, 0}), is(WireError::kOutOfRange, "number"));
    EXPECT_EQ(fault(List{6, 1, 1, "a"}), is(WireError::kText, "programme"));
    EXPECT_EQ(fault(List{7, 1, 1, kTwoTo32, 0}), is(WireError::kOutOfRange, "year"));
    EXPECT_EQ(fault(List{7, 1, 1, 2'026, 2}), is(WireError::kOutOfRange, "register"));
    EXPECT_EQ(fault(List{11, kTwoTo53}), is(WireError::kOutOfRange, "index"));
    EXPECT_EQ(fault(List{15, 1, Bytes(31)}), is(WireError::kShape, "hash"));
    EXPECT_EQ(fault(List{16, kTwoTo53}), is(WireError::kOutOfRange, "uint"));
    const Bytes trailing{0x81, 0x00, 0x00};
    EXPECT_EQ(MapKey::decode(trailing).error(), is(WireError::kNotCanonical, "map-key"));
}

TEST(MapKey, OfLaterVersionsAreKeysToo) {
    for (const CborTree& tree :
         {CborTree{List{8, 1, 1}}, CborTree{List{9, 1, 1, 0}}, CborTree{List{12, 7}},
          CborTree{List{14, 0}}, CborTree{List{16, 3}}}) {
        EXPECT_TRUE(MapKey::decode(tree.encode())) << tree.diagnostic();
    }
}

template <class Record>
void expect_record_refused(const Record& record, const std::vector<Refused>& rows) {
    expect_refused(encode(record), decode_record<Record>, rows);
}

TEST(Records, AreOfTheirOwnTypeOnly) {
    const Bytes count = encode(CountRecord{1});
    EXPECT_EQ(decode_record<TransactionRecord>(count).error(),
              (WireFault{WireError::kShape, "transaction-record"}));
    EXPECT_EQ(decode_record<LedgerRecord>(count).error(),
              (WireFault{WireError::kShape, "ledger-record"}));
    EXPECT_EQ(decode_record<CountRecord>(CborTree{List{7}}.encode()).error(),
              (WireFault{WireError::kShape, "count-record"}));
}

TEST(MemberRecord, RefusesWhatIsNotSo) {
    MemberRecord record{};
    record.kind = MemberKind::kUniversity;
    record.country = "TN";
    record.names = kNames;
    record.voids = {
        {Ordinal{1}, LogIndex{3}, {{{{3}, {5}}, {9}, {}}, {{{6}, {8}}, {9}, {}}}, LogIndex{9}, {}}};
    record.succession = {{SuccessionKind::kRenamed, {MemberId{3}}, Day{0}, "x", LogIndex{9}, {}}};
    record.custody = CustodyItem{MemberId{4}, CustodyScope::kArchives, LogIndex{9}, {}};
    expect_record_refused(
        record, {{"index", {1}, kTwoTo53, WireError::kOutOfRange, "index"},
                 {"33 signers", {2}, List(33, List{1, 1}), WireError::kOutOfRange, "signers"},
                 {"kind", {3}, 0, WireError::kUnknownCode, "member-kind"},
                 {"parent", {4}, 0, WireError::kOutOfRange, "parent"},
                 {"authority", {5}, 0, WireError::kOutOfRange, "authority"},
                 {"country", {6}, "T", WireError::kOutOfRange, "country"},
                 {"names", {7}, List{}, WireError::kOutOfRange, "names"},
                 {"ids", {8}, {}, WireError::kShape, "outside-ids"},
                 {"sector", {9}, 6, WireError::kUnknownCode, "sector"},
                 {"ended", {10}, "", WireError::kShape, "ended"},
                 {"void", {11, 0}, List{}, WireError::kShape, "void"},
                 {"void's key", {11, 0, 0}, 65'536, WireError::kOutOfRange, "ordinal"},
                 {"confirmation", {11, 0, 2, 0}, List{3, 5}, WireError::kShape, "confirmation"},
                 {"empty range", {11, 0, 2, 0, 1}, 3, WireError::kOrder, "until"},
                 {"confirmed by", {11, 0, 2, 1, 3}, {}, WireError::kShape, "signers"},
                 {"void's signers", {11, 0, 4}, {}, WireError::kShape, "signers"},
                 {"succession", {12, 0}, List{}, WireError::kShape, "succession-item"},
                 {"succession's kind", {12, 0, 0}, 9, WireError::kUnknownCode, "kind"},
                 {"succession's members", {12, 0, 1, 0}, 0, WireError::kOutOfRange, "member-id"},
                 {"succession's day", {12, 0, 2}, {}, WireError::kShape, "day"},
                 {"succession's law", {12, 0, 3}, "", WireError::kOutOfRange, "legal"},
                 {"custody", {13}, List{}, WireError::kShape, "custody-item"},
                 {"custodian", {13, 0}, 0, WireError::kOutOfRange, "custodian"},
                 {"scope", {13, 1}, 3, WireError::kUnknownCode, "scope"}});
}

TEST(OtherRecords, RefuseWhatIsNotSo) {
    expect_record_refused(LedgerRecord{MemberId{1}, 0},
                          {{"nobody", {1}, 0, WireError::kOutOfRange, "next-member"},
                           {"blocks", {2}, kTwoTo53, WireError::kOutOfRange, "blocks"}});
    expect_record_refused(
        KeyRecord{{}, {}, Role::kSeal, crypto::Algorithm::kEs256, Bytes(33), {}, LogIndex{1}},
        {{"role", {3}, 11, WireError::kUnknownCode, "role"},
         {"algorithm", {4}, -9, WireError::kAlgorithm, "algorithm"},
         {"key", {5}, Bytes(32), WireError::kAlgorithm, "public-key"},
         {"from", {6}, -1, WireError::kOutOfRange, "from"},
         {"until", {7}, -1, WireError::kOutOfRange, "until"}});
    expect_record_refused(KeyOwnerRecord{MemberId{1}, {}},
                          {{"member", {1}, 0, WireError::kOutOfRange, "member-id"}});
    expect_record_refused(PolicyRecord{}, {{"rules", {3}, {}, WireError::kShape, "rules"}});
    expect_record_refused(
        AccreditationRecord{{},
                            {},
                            MemberId{5},
                            kScope,
                            AccreditationEnd{{EndAction::kResume, AppliesTo::kAward, {}, {}, {}}}},
        {{"authority", {3}, 0, WireError::kOutOfRange, "authority"},
         {"scope", {4}, List{}, WireError::kShape, "scope"},
         {"ended", {5}, List{}, WireError::kShape, "ended"},
         {"action", {5, 0}, 0, WireError::kUnknownCode, "action"},
         {"by", {5, 1}, 2, WireError::kUnknownCode, "by"},
         {"effective", {5, 2}, {}, WireError::kShape, "effective"},
         {"signers", {5, 4}, {}, WireError::kShape, "signers"}});
    expect_record_refused(ProgrammeRecord{{}, {}, 1, {"x", "y", "z"}},
                          {{"field", {3}, 10'000, WireError::kOutOfRange, "field"},
                           {"titles", {4, 0}, "", WireError::kOutOfRange, "ar"}});
    expect_record_refused(CountRecord{1}, {{"count", {1}, -1, WireError::kOutOfRange, "count"}});
    expect_record_refused(TransactionRecord{}, {{"index", {1}, {}, WireError::kShape, "index"}});
    const StatusSlot slot{{StatusState::kReplaced, {}, {}, Instant{}, LogIndex{1}}};
    expect_record_refused(StatusRecord{slot, slot},
                          {{"slot", {1}, List{}, WireError::kShape, "status-slot"},
                           {"state", {2, 0}, 0, WireError::kUnknownCode, "status-state"},
                           {"effective", {2, 3}, "", WireError::kShape, "effective"},
                           {"by", {2, 4}, -1, WireError::kOutOfRange, "by"}});
    const StatusSlot changed{
        {StatusState::kReinstated, LogIndex{9}, {}, std::nullopt, std::nullopt},
        {{StatusState::kSuspended, LogIndex{5}, {}, std::nullopt, {}}}};
    expect_record_refused(
        StatusRecord{changed, std::nullopt},
        {{"a history of nothing", {1, 5}, List{}, WireError::kOutOfRange, "earlier"},
         {"64 changes", {1, 5}, List(64, CborTree{0}), WireError::kOutOfRange, "earlier"},
         {"a short change", {1, 5, 0}, List{1}, WireError::kShape, "earlier"},
         {"its state", {1, 5, 0, 0}, 8, WireError::kUnknownCode, "status-state"}});
    expect_record_refused(CohortRecord{{}, {}, CohortKind::kIntake, {}, 1, {}, {}},
                          {{"kind", {3}, 0, WireError::kUnknownCode, "cohort-kind"},
                           {"intake", {4}, {}, WireError::kShape, "intake"},
                           {"no seat", {5}, 0, WireError::kOutOfRange, "count"},
                           {"root", {6}, {}, WireError::kShape, "root"},
                           {"time", {7}, {}, WireError::kShape, "time"}});
    expect_record_refused(UsedSeatRecord{},
                          {{"certificate", {3}, -1, WireError::kOutOfRange, "certificate"}});
    expect_record_refused(AttestationRecord{{}, {}, MemberId{5}, {}},
                          {{"authority", {3}, 0, WireError::kOutOfRange, "authority"},
                           {"time", {4}, {}, WireError::kShape, "time"}});
    expect_record_refused(CancelRecord{}, {{"signers", {2}, {}, WireError::kShape, "signers"}});
    expect_record_refused(CodeListRecord{{}, 2, {13}},
                          {{"version 1 has none", {2}, 1, WireError::kOutOfRange, "version"},
                           {"a code twice", {3}, List{13, 13}, WireError::kOrder, "codes"}});
    expect_record_refused(ParametersRecord{},
                          {{"reserved", {2, 0}, 1, WireError::kOutOfRange, "reserved"}});
    expect_record_refused(CountersRecord{{}, 1, 1},
                          {{"ordinal", {1}, 65'536, WireError::kOutOfRange, "ordinal"},
                           {"accreditation", {2}, 0, WireError::kOutOfRange, "next-accreditation"},
                           {"cohort", {3}, 0, WireError::kOutOfRange, "next-cohort"}});
}

TEST(SetRecord, RefusesWhatIsNotSo) {
    Random random{2};
    const StateSet set{{MemberId{1}, "TN", random.node_key()},
                       {MemberId{2}, "EG", random.node_key()}};
    const Bytes good = encode(SetRecord{{}, set});
    const CborTree first_key{CborTree::parse(good).at({2, 0, 2})};
    expect_refused(good, decode_record<SetRecord>,
                   {{"empty", {2}, List{}, WireError::kOutOfRange, "set"},
                    {"states fall", {2, 0, 0}, 3, WireError::kOrder, "set"},
                    {"a country twice", {2, 1, 1}, "TN", WireError::kOrder, "set"},
                    {"a key twice", {2, 1, 2}, first_key, WireError::kOrder, "set"},
                    {"no key", {2, 1, 2}, Bytes(32, 0xFF), WireError::kAlgorithm, "node-key"},
                    {"state 0", {2, 0, 0}, 0, WireError::kOutOfRange, "state"},
                    {"short", {2, 0}, List{}, WireError::kShape, "set-member"}});
}

}  // namespace
}  // namespace tasdiq::wire
