#include "wire/example.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include "codec/base_n.hpp"
#include "crypto/hash.hpp"
#include "crypto/signature.hpp"
#include "wire/cbor_tree.hpp"

namespace tasdiq::wire::example {

Key::Key(std::uint8_t seed)
    : public_key_(crypto_sign_PUBLICKEYBYTES), secret_key_(crypto_sign_SECRETKEYBYTES) {
    const Bytes seed_bytes(crypto_sign_SEEDBYTES, seed);
    crypto_sign_seed_keypair(public_key_.data(), secret_key_.data(), seed_bytes.data());
}

crypto::Ed25519PublicKey Key::public_key() const {
    return *crypto::Ed25519PublicKey::parse(public_key_);
}

Bytes Key::sign(ByteView message) const {
    Bytes signature(crypto_sign_BYTES);
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         secret_key_.data());
    return signature;
}

namespace {

constexpr std::uint8_t kVoteSeed = 1, kOtherVoteSeed = 2, kNodeSeed = 3, kSecretariatSeed = 4,
                       kPublisherSeed = 5, kDeanSeed = 6, kRegistrarSeed = 7;
constexpr Instant kTime{1'782'900'000};  // 2026-07-01T10:00:00Z
const std::vector<Signer> kSigners{{MemberId{7}, Ordinal{0}}, {MemberId{7}, Ordinal{1}}};

NewKey new_key(std::uint8_t seed, Role role) {
    const Key key{seed};
    const Bytes raw = to_bytes(key.public_key().view());
    const Bytes input =
        possession_input(ChainId{}, std::nullopt, role, crypto::Algorithm::kEd25519, raw);
    return {role, crypto::Algorithm::kEd25519, raw, key.sign(input)};
}

Scope scope() {
    return {Act::kHabilitation,
            "قرار وزير التعليم العالي 118/2024",
            {CertificateType::kDegree, CertificateType::kTranscript},
            {6},
            {613},
            true,
            {Mode::kOnSite},
            {{1, "TN"}},
            Day{19'600},
            Day{21'426},
            AppliesTo::kIntake,
            2'000,
            0};
}

std::vector<Name> university_names() {
    return {{Day{6'421}, "جامعة المثال", "Example University", "Université de l'Exemple"}};
}

}  // namespace

Genesis genesis() {
    return {
        LedgerKind::kTest,
        "ledger.example/arab",
        Instant{1'767'225'600},
        {{"TN",
          {{Day{0}, "الجمهورية التونسية", "Republic of Tunisia", "République tunisienne"}},
          {new_key(kVoteSeed, Role::kVote), new_key(kOtherVoteSeed, Role::kVote),
           new_key(kNodeSeed, Role::kNode)}}},
        {{Day{0}, "الأمانة العامة", "Secretariat", "Secrétariat"}},
        {new_key(kSecretariatSeed, Role::kSecretariat), new_key(kPublisherSeed, Role::kPublisher)}};
}

ChainId chain() { return chain_id(encode(genesis())); }
std::string origin() { return origin_of(genesis(), chain()); }

Terms terms() {
    return {{{MemberId{7}, 1}},
            CertificateType::kDegree,
            6,
            613,
            "INF-L3",
            Day{20'634},
            Day{19'615},
            Mode::kOnSite,
            1,
            Capture::kContemporaneous};
}

std::vector<Item> items() {
    Item first{*Commitment::from(Bytes(32, 0x11)), std::nullopt, std::nullopt};
    Item second{*Commitment::from(Bytes(32, 0x22)), Relation{RelationCode::kOfAward, LogIndex{57}},
                std::nullopt};
    return {first, second};
}

Payload payload() {
    return {chain(), *Nonce::from(Bytes(16, 0xA5)), Instant{1'783'000'000}, kSigners,
            Issue{terms(), 2, list_root(items())}};
}

Bytes envelope() {
    const Bytes bytes = encode(payload());
    std::vector<EnvelopeSignature> signatures;
    for (const std::uint8_t seed : {kDeanSeed, kRegistrarSeed}) {
        const Key key{seed};
        const crypto::KeyId id = crypto::key_id(key.public_key());
        signatures.push_back({crypto::Algorithm::kEd25519, id,
                              key.sign(signing_input(bytes, crypto::Algorithm::kEd25519, id))});
    }
    return encode_envelope(bytes, signatures);
}

CertificateEntry certificate() {
    return {kTime,        std::nullopt, terms(),     kSigners, items()[0].commitment,
            std::nullopt, std::nullopt, std::nullopt};
}

BlockEntry block() {
    const SetHash set = set_hash(genesis_set(genesis()));
    return {12, kTime, LogIndex{60}, *merkle::MapRoot::from(Bytes(32, 0x44)), set, set};
}

MemberRecord member_record() {
    MemberRecord record{};
    record.index = LogIndex{20};
    record.signers = {{MemberId{3}, Ordinal{0}}, {MemberId{3}, Ordinal{1}}};
    record.kind = MemberKind::kUniversity;
    record.authority = MemberId{3};
    record.country = "TN";
    record.names = university_names();
    record.ids = {{"ror", "057q4rt57"}};
    return record;
}

KeyRecord key_record() {
    return {LogIndex{20},
            {{MemberId{3}, Ordinal{0}}, {MemberId{3}, Ordinal{1}}},
            Role::kDean,
            crypto::Algorithm::kEd25519,
            to_bytes(Key{kDeanSeed}.public_key().view()),
            LogIndex{21},
            std::nullopt};
}

AccreditationRecord accreditation_record() {
    return {LogIndex{24},
            {{MemberId{3}, Ordinal{0}}, {MemberId{3}, Ordinal{1}}},
            MemberId{3},
            scope(),
            std::nullopt};
}

StatusRecord status_record() {
    return {
        StatusSlot{{StatusState::kReplaced, LogIndex{70}, kSigners, std::nullopt, LogIndex{71}}},
        std::nullopt};
}

StatusRecord reinstated_record() {
    return {StatusSlot{{StatusState::kReinstated, LogIndex{90}, kSigners,
                        Instant{kTime.seconds + 7 * 86'400}, std::nullopt},
                       {{StatusState::kSuspended, LogIndex{80}, kSigners, std::nullopt, {}}}},
            std::nullopt};
}

CohortRecord cohort_record() {
    return {LogIndex{30}, kSigners, CohortKind::kIntake,
            Day{19'615},  350,      *CohortRoot::from(Bytes(32, 0x77)),
            kTime};
}

AttestationRecord attestation_record() {
    return {
        LogIndex{95}, {{MemberId{3}, Ordinal{0}}, {MemberId{3}, Ordinal{1}}}, MemberId{3}, kTime};
}

std::vector<std::pair<std::string, Body>> bodies() {
    const std::string legal = "قرار 12/2026";
    return {
        {"reconstitute", Reconstitute{MemberId{3},
                                      MemberId{7},
                                      legal,
                                      {Ordinal{1}},
                                      {new_key(kDeanSeed, Role::kDean),
                                       new_key(kRegistrarSeed, Role::kRegistrar)}}},
        {"renamed", Succession{MemberId{3},
                               MemberId{7},
                               SuccessionKind::kRenamed,
                               {},
                               Day{20'700},
                               legal,
                               Titles{"جامعة المثال الجديدة", "New Example University",
                                      "Nouvelle Université de l'Exemple"}}},
        {"absorbed", Succession{MemberId{3},
                                MemberId{7},
                                SuccessionKind::kAbsorbed,
                                {MemberId{8}},
                                Day{20'700},
                                legal,
                                std::nullopt}},
        {"custody",
         Custody{MemberId{3}, MemberId{7}, Custodian{MemberId{8}, CustodyScope::kArchives}}},
        {"attest", Attest{MemberId{3}, {LogIndex{61}, LogIndex{62}}}},
        {"commit-cohort", CommitCohort{MemberId{7}, CohortKind::kIntake, Day{19'615}, 350,
                                       *CohortRoot::from(Bytes(32, 0x77))}},
        {"release-seats", ReleaseSeats{MemberId{7}, {Seat{MemberId{7}, 1, 12}}}},
        {"cancel", Cancel{MemberId{7}, transaction_id(encode(payload()))}},
        {"confirm",
         Confirm{MemberId{7}, MemberId{3}, Ordinal{0}, {{LogIndex{480}, LogIndex{511}}}}},
    };
}

Checkpoint checkpoint() { return {origin(), 64, *merkle::MerkleHash::from(Bytes(32, 0x55))}; }

SignedNote note() {
    const std::string text = note_text(checkpoint());
    const StateSet set = genesis_set(genesis());
    const Key publisher{kPublisherSeed};
    const Cosignature cosignature{MemberId{1}, kTime,
                                  Key{kNodeSeed}.sign(cosignature_input(text, kTime))};
    return {text,
            {{origin(), note_key_id(origin(), NoteKeyType::kEd25519, publisher.public_key()),
              publisher.sign(as_bytes(text))},
             to_note_signature(cosignature, set[0], origin())}};
}

Evidence evidence() {
    const auto hash = [](std::uint8_t fill) { return *merkle::MerkleHash::from(Bytes(32, fill)); };
    Evidence made{};
    made.origin = origin();
    Bytes secret(32);
    for (std::size_t i = 0; i < secret.size(); ++i) secret[i] = static_cast<std::uint8_t>(i);
    made.opening = *CertificateSecret::from(secret);
    made.certificate = {LogIndex{61}, encode(certificate()), {hash(1), hash(2)}};
    made.block = {LogIndex{63}, encode(block()), {hash(3)}};
    made.records = {{MapKey::member(MemberId{7}), encode(member_record())},
                    {MapKey::status(LogIndex{61}), std::nullopt}};
    made.map_proof.steps = {merkle::MapStep::kInner, merkle::MapStep::kEnd, merkle::MapStep::kEnd};
    made.size = checkpoint().size;
    made.root = checkpoint().root;
    made.cosignatures = cosignatures_in(note(), genesis_set(genesis()), origin());
    return made;
}

TrustRoot trust_root() {
    const GenesisHash hash{crypto::sha256(encode(genesis())).array()};
    return {LedgerKind::kTest,
            hash,
            origin(),
            {{genesis_set(genesis()), 40, *merkle::MerkleHash::from(Bytes(32, 0x66))}},
            {{MemberId{1}, "TN", Key{kNodeSeed}.public_key()},
             {MemberId{4}, "EG", Key{8}.public_key()}},
            checkpoint(),
            kTime};
}

// ------------------------------------------------------------------ as the pages show it
namespace {

std::string hex_lines(ByteView bytes) {
    constexpr std::size_t kWidth = 96;
    const std::string hex = to_hex(bytes);
    std::string lines;
    for (std::size_t at = 0; at < hex.size(); at += kWidth) lines += hex.substr(at, kWidth) + '\n';
    return lines;
}

/// Diagnostic notation, then the bytes.
std::string cbor(const Bytes& bytes) {
    return CborTree::parse(bytes).diagnostic() + "\n\n" + hex_lines(bytes);
}

std::string pair(const char* name, const std::string& value) {
    return std::string{name} + '\n' + "  " + value + '\n';
}

std::string map_key(const MapKey& key) {
    return pair("map key",
                CborTree::parse(key.bytes()).diagnostic() + " = " + to_hex(key.bytes())) +
           pair("its hash", to_hex(key.hash().view())) + '\n';
}

}  // namespace

/// The body alone: the sixth element of its payload.
std::string body_blocks() {
    std::string text;
    for (const auto& [name, body] : bodies()) {
        Payload one = payload();
        one.body = body;
        CborTree tree = CborTree::parse(encode(one));
        text += (text.empty() ? "" : "\n") + name + '\n' + cbor(tree.at({5}).encode());
    }
    return text;
}

std::vector<Block> blocks() {
    const Bytes payload_bytes = encode(payload());
    const crypto::KeyId dean = crypto::key_id(Key{kDeanSeed}.public_key());
    const Bytes possession =
        possession_input(ChainId{}, std::nullopt, Role::kVote, crypto::Algorithm::kEd25519,
                         Key{kVoteSeed}.public_key().view());
    const StateSet set = genesis_set(genesis());
    return {
        {"transaction.md", "text terms", cbor(encode(terms()))},
        {"transaction.md", "text list",
         cbor(encode_list(items())) + '\n' + pair("root", to_hex(list_root(items()).view()))},
        {"transaction.md", "text payload",
         cbor(payload_bytes) + '\n' +
             pair("transaction id", to_hex(transaction_id(payload_bytes).view()))},
        {"transaction.md", "text signing-input",
         pair("kid, the dean's key id", to_hex(dean.view())) + '\n' +
             cbor(signing_input(payload_bytes, crypto::Algorithm::kEd25519, dean))},
        {"transaction.md", "text envelope", hex_lines(envelope())},
        {"transaction.md", "text possession", hex_lines(possession)},
        {"records.md", "text genesis",
         hex_lines(encode(genesis())) + '\n' + pair("chain id", to_hex(chain().view())) +
             pair("origin", origin())},
        {"records.md", "text certificate", cbor(encode(certificate()))},
        {"records.md", "text block",
         cbor(encode(block())) + '\n' + pair("hash of the set", to_hex(set_hash(set).view()))},
        {"records.md", "text member",
         map_key(MapKey::member(MemberId{7})) + cbor(encode(member_record()))},
        {"records.md", "text key",
         map_key(MapKey::key(MemberId{7}, Ordinal{0})) + cbor(encode(key_record()))},
        {"records.md", "text accreditation",
         map_key(MapKey::accreditation(MemberId{7}, 1)) + cbor(encode(accreditation_record()))},
        {"records.md", "text status",
         map_key(MapKey::status(LogIndex{61})) + cbor(encode(status_record()))},
        {"records.md", "text status with history",
         map_key(MapKey::status(LogIndex{61})) + cbor(encode(reinstated_record()))},
        {"records.md", "text cohort",
         map_key(MapKey::cohort(MemberId{7}, 1)) + cbor(encode(cohort_record()))},
        {"records.md", "text attestation",
         map_key(MapKey::attestation(LogIndex{61})) + cbor(encode(attestation_record()))},
        {"transaction.md", "text bodies", body_blocks()},
        {"checkpoint.md", "text checkpoint", encode(note())},
        {"checkpoint.md", "text verifier-keys",
         verifier_key(origin(), NoteKeyType::kEd25519, Key{kPublisherSeed}.public_key()) + '\n' +
             verifier_key(cosigner_name(origin(), "TN"), NoteKeyType::kCosignature,
                          set[0].node_key) +
             '\n'},
        {"checkpoint.md", "text cosigned",
         std::string{as_text(cosignature_input(note_text(checkpoint()), kTime))}},
        {"evidence.md", "json evidence", encode(evidence()) + '\n'},
        {"trust-root.md", "json trust-root", encode(trust_root())},
    };
}

// ------------------------------------------------------------------ for the fuzzers
std::vector<Seed> seeds() {
    const auto text = [](const std::string& value) { return to_bytes(as_bytes(value)); };
    Evidence facts = evidence();
    facts.opening = ShownFacts{12, Bytes(40, 1), {}, {{3, Bytes(20, 2), {}}}};
    std::vector<Seed> made{
        {"envelope", "issue", envelope()},
        {"entry", "genesis", encode(genesis())},
        {"entry", "transaction", encode(TransactionEntry{envelope()})},
        {"entry", "certificate", encode(certificate())},
        {"entry", "block", encode(block())},
        {"record", "member", encode(member_record())},
        {"record", "key", encode(key_record())},
        {"record", "accreditation", encode(accreditation_record())},
        {"record", "status", encode(status_record())},
        {"record", "reinstated", encode(reinstated_record())},
        {"record", "cohort", encode(cohort_record())},
        {"record", "attestation", encode(attestation_record())},
        {"record", "seat_key", to_bytes(MapKey::used_seat({MemberId{7}, 1, 12}).bytes())},
        {"record", "set", encode(SetRecord{LogIndex{0}, genesis_set(genesis())})},
        {"record", "map_key", to_bytes(MapKey::programme(MemberId{7}, 1, "INF-L3").bytes())},
        {"checkpoint", "note", text(encode(note()))},
        {"checkpoint", "text", text(note_text(checkpoint()))},
        {"evidence", "secret", text(encode(evidence()))},
        {"evidence", "facts", text(encode(facts))},
        {"trust_root", "closed_set", text(encode(trust_root()))},
        {"issue_list", "two", encode_list(items())},
        {"issue_list", "submission", encode(Submission{envelope(), encode_list(items())})},
    };
    const EnvelopeSignature none{crypto::Algorithm::kEd25519, {}, Bytes(64, 0)};
    for (const auto& [name, body] : bodies()) {
        Payload one = payload();
        one.body = body;
        made.push_back({"envelope", name, encode_envelope(encode(one), std::vector(2, none))});
    }
    return made;
}

// ------------------------------------------------------------------ it holds
namespace {

TEST(Example, IsSignedByItsKeys) {
    const auto decoded = decode_envelope(envelope());
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->payload, payload());
    const std::array keys{Key{kDeanSeed}.public_key(), Key{kRegistrarSeed}.public_key()};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const EnvelopeSignature& one = decoded->signatures[i];
        EXPECT_EQ(one.key, crypto::key_id(keys[i]));
        EXPECT_TRUE(crypto::verify(
            keys[i], signing_input(decoded->payload_bytes, one.algorithm, one.key), one.signature));
    }
}

TEST(Example, IsCosignedByItsState) {
    const auto parsed = parse_note(encode(note()));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parse_checkpoint(parsed->text), checkpoint());
    const StateSet set = genesis_set(genesis());
    const auto found = cosignatures_in(*parsed, set, origin());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(crypto::verify(set[0].node_key, cosignature_input(parsed->text, found[0].time),
                               found[0].signature));
    EXPECT_TRUE(crypto::verify(Key{kPublisherSeed}.public_key(), as_bytes(parsed->text),
                               parsed->signatures[0].signature));
}

/// What keeps each purpose apart, spelt out: CBOR by hand, domain strings as literals.
TEST(Example, UsesTheStringsThatTheDesignNames) {
    const Bytes key = to_bytes(Key{kVoteSeed}.public_key().view());
    const Bytes possession =
        possession_input(chain(), MemberId{7}, Role::kVote, crypto::Algorithm::kEd25519, key);
    Bytes expected = to_bytes(as_bytes("tasdiq/possession/1"));
    append(expected, CborTree{CborTree::List{to_bytes(chain().view()), 7, 5, -8, key}}.encode());
    EXPECT_EQ(possession, expected);

    const StateSet set = genesis_set(genesis());
    const CborTree::List state{1, "TN", to_bytes(set[0].node_key.view())};
    const CborTree leaf{CborTree::List{"tasdiq/set/1", CborTree::List(1, state)}};
    EXPECT_EQ(set_hash(set), SetHash{crypto::sha256(leaf.encode()).array()});

    const crypto::KeyId kid = crypto::key_id(Key{kVoteSeed}.public_key());
    const CborTree header{CborTree::Map{{1, -8, 4, to_bytes(kid.view())}}};
    const CborTree structure{CborTree::List{"Signature", Bytes{}, header.encode(),
                                            to_bytes(as_bytes("tasdiq/tx/1")), Bytes{1, 2}}};
    EXPECT_EQ(signing_input(Bytes{1, 2}, crypto::Algorithm::kEd25519, kid), structure.encode());
}

TEST(Quorum, IsMoreThanTwoThirds) {
    for (const auto& [states, quorum] : std::vector<std::pair<std::size_t, std::size_t>>{
             {1, 1}, {2, 2}, {3, 3}, {4, 3}, {5, 4}, {7, 5}, {22, 15}, {64, 43}}) {
        EXPECT_EQ(quorum_of(states), quorum) << states;
        EXPECT_GT(3 * quorum_of(states), 2 * states);
    }
}

}  // namespace
}  // namespace tasdiq::wire::example
