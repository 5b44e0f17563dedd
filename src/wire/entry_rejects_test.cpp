#include "wire/refusals.hpp"

namespace tasdiq::wire {
namespace {

using namespace refusals;

TEST(Entry, RefusesWhatItIsNot) {
    EXPECT_EQ(decode_entry({}).error(), (WireFault{WireError::kNotCanonical, "entry"}));
    EXPECT_EQ(decode_entry(CborTree{List{}}.encode()).error(),
              (WireFault{WireError::kShape, "entry"}));
    EXPECT_EQ(decode_entry(CborTree{List{6}}.encode()).error(),
              (WireFault{WireError::kUnknownCode, "kind"}));
    EXPECT_EQ(decode_entry(Bytes(65'536)).error(), (WireFault{WireError::kTooLarge, "entry"}));
    EXPECT_EQ(decode_certificate(Bytes(65'536)).error(),
              (WireFault{WireError::kTooLarge, "entry"}));
    const Bytes draft = CborTree{List{4, "text"}}.encode();
    EXPECT_EQ(decode_entry(draft), (Entry{DraftEntry{4, draft}}));
    Bytes trailing = draft;
    trailing.push_back(0);
    EXPECT_EQ(decode_entry(trailing).error(), (WireFault{WireError::kNotCanonical, "entry"}));
    EXPECT_EQ(decode_block(encode(kCertificate)).error(),
              (WireFault{WireError::kShape, "block-entry"}));
    EXPECT_EQ(decode_transaction(encode(kCertificate)).error(),
              (WireFault{WireError::kShape, "transaction-entry"}));
    EXPECT_EQ(decode_certificate(encode(BlockEntry{})).error(),
              (WireFault{WireError::kShape, "certificate-entry"}));
}

TEST(CertificateEntry, RefusesWhatIsNotSo) {
    expect_refused(
        encode(kCertificate), decode_certificate,
        {{"eight parts", {}, List(8, CborTree{2}), WireError::kShape, "certificate-entry"},
         {"time", {1}, kInstantMax.seconds + 1, WireError::kOutOfRange, "time"},
         {"effective", {2}, "", WireError::kShape, "effective"},
         {"terms", {3}, List{}, WireError::kShape, "terms"},
         {"signers", {4}, List{List{9, 0}, List{9, 0}}, WireError::kOrder, "signers"},
         {"commitment", {5}, Bytes(33), WireError::kShape, "commitment"},
         {"relation", {6}, List{1}, WireError::kShape, "relation"},
         {"award", {7}, kTwoTo53, WireError::kOutOfRange, "award"},
         {"seat", {8}, List{1}, WireError::kShape, "seat"}});
}

TEST(CertificateEntry, PlainOneIsAtMost112Bytes) {
    CertificateEntry entry = kCertificate;
    entry.terms.awarding = {{MemberId{100'000}, 300}};
    entry.terms.programme = std::string(16, 'A');
    entry.signers = {{MemberId{100'000}, Ordinal{300}}, {MemberId{100'000}, Ordinal{301}}};
    entry.relation.reset();
    entry.award.reset();
    entry.seat.reset();
    EXPECT_LE(encode(entry).size(), 112U);
}

TEST(BlockEntry, RefusesWhatIsNotSo) {
    expect_refused(encode(BlockEntry{}), decode_block,
                   {{"height 2^53", {1}, kTwoTo53, WireError::kOutOfRange, "height"},
                    {"time", {2}, {}, WireError::kShape, "time"},
                    {"first", {3}, -1, WireError::kOutOfRange, "first"},
                    {"map root", {4}, Bytes(31), WireError::kShape, "map-root"},
                    {"set", {5}, {}, WireError::kShape, "set"},
                    {"next set", {6}, Bytes{}, WireError::kShape, "next-set"}});
}

TEST(Genesis, RefusesWhatIsNotSo) {
    Random random{1};
    const auto state = [&](const char* country, std::uint8_t fill) {
        NewKey node = key_of(Role::kNode, 0);
        node.public_key = to_bytes(random.node_key().view());
        const auto other = static_cast<std::uint8_t>(fill + 1);
        return GenesisState{
            country, kNames, {key_of(Role::kVote, fill), key_of(Role::kVote, other), node}};
    };
    Genesis genesis{};
    genesis.origin_prefix = "ledger.example/arab";
    genesis.states = {state("TN", 1), state("EG", 3)};
    genesis.secretariat_names = kNames;
    genesis.secretariat_keys = {key_of(Role::kSecretariat, 5), key_of(Role::kPublisher, 6)};
    const Bytes good = encode(genesis);
    const CborTree first_node{CborTree::parse(good).at({5, 0, 2, 2, 2})};
    expect_refused(
        good, decode_genesis,
        {{"version 2", {}, List{0, 2}, WireError::kVersion, "version"},
         {"seven parts", {}, List{0, 1}, WireError::kShape, "genesis"},
         {"ledger 2", {2}, 2, WireError::kUnknownCode, "ledger"},
         {"with a scheme", {3}, "https://ledger.example", WireError::kText, "origin-prefix"},
         {"slash at the end", {3}, "ledger.example/", WireError::kText, "origin-prefix"},
         {"no host", {3}, "/arab", WireError::kText, "origin-prefix"},
         {"space", {3}, "ledger example", WireError::kText, "origin-prefix"},
         {"161 bytes", {3}, kTooLong, WireError::kOutOfRange, "origin-prefix"},
         {"created", {4}, {}, WireError::kShape, "created"},
         {"no state", {5}, List{}, WireError::kOutOfRange, "states"},
         {"country", {5, 0, 0}, "T1", WireError::kText, "country"},
         {"a country twice", {5, 1, 0}, "TN", WireError::kOrder, "country"},
         {"no node key", {5, 0, 2, 2, 0}, 5, WireError::kMismatch, "states"},
         {"one vote key", {5, 0, 2, 1, 0}, 8, WireError::kMismatch, "states"},
         {"node key of no curve",
          {5, 0, 2, 2, 2},
          Bytes(32, 0xFF),
          WireError::kAlgorithm,
          "node-key"},
         {"a node key twice", {5, 1, 2, 2, 2}, first_node, WireError::kOrder, "node-key"},
         {"no publisher", {6, 1, 1, 0}, 7, WireError::kMismatch, "secretariat"},
         {"two publishers", {6, 1, 0, 0}, 8, WireError::kMismatch, "secretariat"},
         {"parameters", {7}, List{}, WireError::kShape, "parameters"},
         {"reserved", {7, 0}, 1, WireError::kOutOfRange, "reserved"}});
}

// ------------------------------------------------------------------ everything at once
/// Whatever one item is replaced by: refused, or read as exactly what it is.
template <class T, class Decode>
void expect_nothing_ignored(const T& good, Decode decode) {
    const CborTree original = CborTree::parse(encode(good));
    std::size_t count = 0;
    CborTree{original}.each([&](CborTree&) { ++count; });
    for (std::size_t at = 0; at < count; ++at) {
        for (const CborTree& other :
             {CborTree{}, CborTree{1}, CborTree{-1}, CborTree{"A"}, CborTree{Bytes(32)},
              CborTree{List{}}, CborTree{List{1, 1}}}) {
            CborTree tree = original;
            std::size_t position = 0;
            tree.each([&](CborTree& item) {
                if (position++ == at) item = other;
            });
            const Bytes bytes = tree.encode();
            if (const auto decoded = decode(bytes)) {
                EXPECT_EQ(encode(*decoded), bytes) << tree.diagnostic();
            }
        }
    }
}

/// Quadratic in the size, so a small value.
template <class Make>
auto small(Make make) {
    auto value = make();
    while (encode(value).size() > 500) value = make();
    return value;
}

TEST(AnyChange, IsReadOrRefusedButNeverIgnored) {
    Random random{3};
    for (std::size_t which = 0; which < std::variant_size_v<Body>; ++which) {
        expect_nothing_ignored(small([&] { return random.payload(which); }), decode_payload);
    }
    expect_nothing_ignored(kCertificate, decode_certificate);
    expect_nothing_ignored(random.block(), decode_block);
    expect_nothing_ignored(small([&] { return random.member_record(); }),
                           decode_record<MemberRecord>);
    const auto status = [&] { return StatusRecord{random.status_slot(), std::nullopt}; };
    expect_nothing_ignored(small(status), decode_record<StatusRecord>);
}

}  // namespace
}  // namespace tasdiq::wire
