#include <gtest/gtest.h>

#include "wire/body_fields.hpp"
#include "wire/entry.hpp"
#include "wire/random_values.hpp"

// Decoders and encoders are inverses of each other, for values drawn anew in every run.
namespace tasdiq::wire {
namespace {

class RoundTrip : public testing::Test {
  protected:
    RoundTrip() { RecordProperty("seed", std::to_string(seed_)); }
    ~RoundTrip() override {
        if (HasFailure()) std::printf("seed: %llu\n", static_cast<unsigned long long>(seed_));
    }

    std::uint64_t seed_ = std::random_device{}();
    Random random_{seed_};
    static constexpr std::size_t kRounds = 40;
};

/// Both identities, for one value and its bytes.
template <class T, class Decode>
void expect_inverse(const T& value, Decode decode) {
    const Bytes bytes = encode(value);
    const auto decoded = decode(bytes);
    ASSERT_TRUE(decoded) << to_string(decoded.error().error) << " in " << decoded.error().field;
    EXPECT_TRUE(*decoded == value);
    EXPECT_EQ(encode(*decoded), bytes);
}
template <class Record>
void expect_record(const Record& record) {
    expect_inverse(record, decode_record<Record>);
}

TEST_F(RoundTrip, EveryBody) {
    for (std::size_t which = 0; which < std::variant_size_v<Body>; ++which) {
        for (std::size_t round = 0; round < kRounds; ++round) {
            const Payload payload = random_.payload(which);
            ASSERT_EQ(payload.body.index(), which);
            expect_inverse(payload, decode_payload);
        }
    }
}

TEST_F(RoundTrip, Envelope) {
    for (std::size_t round = 0; round < kRounds; ++round) {
        const Payload payload = random_.payload(round % std::variant_size_v<Body>);
        const Bytes bytes = encode(payload);
        std::vector<EnvelopeSignature> signatures;
        for (std::size_t i = 0; i < payload.signers.size(); ++i) {
            signatures.push_back(random_.signature());
        }
        const Bytes envelope = encode_envelope(bytes, signatures);
        const auto decoded = decode_envelope(envelope);
        ASSERT_TRUE(decoded) << decoded.error().field;
        EXPECT_EQ(*decoded, (Envelope{bytes, payload, signatures}));
    }
}

TEST_F(RoundTrip, ListAndSubmission) {
    for (std::size_t round = 0; round < kRounds; ++round) {
        const auto items =
            random_.ascending(1, 60, [&] { return random_.item(); }, &Item::commitment);
        const Bytes list = encode_list(items);
        const auto decoded = decode_list(list);
        ASSERT_TRUE(decoded) << decoded.error().field;
        EXPECT_EQ(*decoded, items);
        expect_inverse(Submission{random_.bytes(20), list}, decode_submission);
        expect_inverse(Submission{random_.bytes(20), std::nullopt}, decode_submission);
    }
}

TEST_F(RoundTrip, EveryEntry) {
    for (std::size_t round = 0; round < kRounds; ++round) {
        expect_inverse(random_.certificate(), decode_certificate);
        expect_inverse(random_.block(), decode_block);
        const TransactionEntry transaction{random_.bytes(random_.number<std::size_t>(1, 65'000))};
        expect_inverse(transaction, decode_transaction);
        EXPECT_EQ(decode_entry(encode(transaction)), Entry{transaction});
    }
    for (std::size_t round = 0; round < 4; ++round) {
        const Genesis genesis = random_.genesis();
        expect_inverse(genesis, decode_genesis);
        EXPECT_EQ(decode_entry(encode(genesis)), Entry{genesis});
        EXPECT_EQ(genesis_set(genesis).size(), genesis.states.size());
    }
}

TEST_F(RoundTrip, TermsAlone) {
    for (std::size_t round = 0; round < kRounds; ++round)
        expect_inverse(random_.terms(), decode_terms);
}

TEST_F(RoundTrip, EveryRecord) {
    for (std::size_t round = 0; round < kRounds; ++round) {
        expect_record(LedgerRecord{random_.member(), random_.number<std::uint64_t>(0, 1000)});
        expect_record(random_.member_record());
        const crypto::Algorithm algorithm = random_.algorithm();
        expect_record(KeyRecord{random_.index(), random_.signers(), random_.code<Role>(1, 10),
                                algorithm, random_.public_key(algorithm), random_.index(),
                                random_.maybe([&] { return random_.index(); })});
        expect_record(KeyOwnerRecord{random_.member(), random_.ordinal()});
        expect_record(PolicyRecord{random_.index(), random_.signers(), random_.rules()});
        const auto end = [&] {
            return AccreditationEnd{
                {random_.code<EndAction>(1, 3), random_.code<AppliesTo>(0, 1), random_.day(),
                 random_.index(), random_.signers()},
                random_.list(0, 3, [&] {
                    return EndChange{random_.code<EndAction>(1, 3), random_.code<AppliesTo>(0, 1),
                                     random_.day(), random_.index(), random_.signers(0, 2)};
                })};
        };
        expect_record(AccreditationRecord{random_.index(), random_.signers(), random_.member(),
                                          random_.scope(), random_.maybe(end)});
        expect_record(
            ProgrammeRecord{random_.index(), random_.signers(), random_.field(), random_.titles()});
        expect_record(CountRecord{random_.number<std::uint64_t>(0, kLogIndexMax)});
        expect_record(TransactionRecord{random_.index()});
        const auto slot = [&] { return random_.status_slot(); };
        expect_record(StatusRecord{random_.maybe(slot), random_.maybe(slot)});
        expect_record(CohortRecord{random_.index(), random_.signers(),
                                   random_.code<CohortKind>(1, 3), random_.day(),
                                   random_.number<std::uint64_t>(1, kSeatCountMax),
                                   random_.tagged<CohortRoot>(), random_.instant()});
        expect_record(UsedSeatRecord{random_.index(), random_.signers(),
                                     random_.maybe([&] { return random_.index(); })});
        expect_record(AttestationRecord{random_.index(), random_.signers(), random_.member(),
                                        random_.instant()});
        expect_record(CancelRecord{random_.index(), random_.signers()});
        expect_record(CodeListRecord{random_.index(), 2, random_.ascending(0, 5, [&] {
                                         return random_.number<std::uint64_t>(0, 99);
                                     })});
        expect_record(ParametersRecord{random_.index()});
        expect_record(CountersRecord{random_.ordinal(), random_.number(1U, 9U), 7});
    }
    expect_record(SetRecord{random_.index(), random_.set()});
}

TEST_F(RoundTrip, EveryMapKey) {
    for (std::size_t round = 0; round < kRounds; ++round) {
        const MemberId member = random_.member();
        const std::uint32_t number = random_.number(1U, 0xFFFFFFFFU);
        const std::array keys{
            MapKey::ledger(),
            MapKey::member(member),
            MapKey::key(member, random_.ordinal()),
            MapKey::key_owner(random_.tagged<crypto::KeyId>()),
            MapKey::policy(member),
            MapKey::accreditation(member, number),
            MapKey::programme(member, number, random_.programme()),
            MapKey::yearly_count(member, number, random_.number(0U, 9999U), random_.coin()),
            MapKey::transaction(random_.tagged<TransactionId>()),
            MapKey::status(random_.index()),
            MapKey::cohort(member, number),
            MapKey::used_seat(random_.seat()),
            MapKey::attestation(random_.index()),
            MapKey::cancelled(member, random_.tagged<TransactionId>()),
            MapKey::code_list(random_.number<std::uint64_t>(0, 20)),
            MapKey::parameters(),
            MapKey::counters(member),
            MapKey::state_set(),
        };
        std::vector<merkle::KeyHash> hashes;
        for (const MapKey& key : keys) {
            const auto decoded = MapKey::decode(key.bytes());
            ASSERT_TRUE(decoded) << to_hex(key.bytes());
            EXPECT_EQ(*decoded, key);
            hashes.push_back(key.hash());
        }
        EXPECT_TRUE(fields::is_distinct(hashes));
    }
}

}  // namespace
}  // namespace tasdiq::wire
