#include "wire/trust_root.hpp"

#include <gtest/gtest.h>

#include "codec/jcs.hpp"
#include "wire/random_values.hpp"

namespace tasdiq::wire {
namespace {

using codec::Json;

TrustRoot root_of(Random& random) {
    TrustRoot root{};
    root.ledger = LedgerKind::kTest;
    root.genesis = random.tagged<GenesisHash>();
    root.origin = "ledger.example:8480/arab/" + to_hex(root.genesis.view().first(16));
    root.set = random.set();
    root.closed_sets = {{random.set(), 17, random.tagged<merkle::MerkleHash>()},
                        {random.set(), 170, random.tagged<merkle::MerkleHash>()}};
    root.checkpoint = {root.origin, 1'234, random.tagged<merkle::MerkleHash>()};
    root.date = Instant{1'800'000'000};
    return root;
}

TEST(TrustRoot, IsReadAsItIsWritten) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random{seed};
    for (const LedgerKind kind : {LedgerKind::kTest, LedgerKind::kProduction}) {
        TrustRoot root = root_of(random);
        root.ledger = kind;
        const std::string text = encode(root);
        const auto parsed = parse_trust_root(as_bytes(text));
        ASSERT_TRUE(parsed) << to_string(parsed.error().error) << " in " << parsed.error().field;
        EXPECT_EQ(*parsed, root);
        EXPECT_EQ(encode(*parsed), text);
        const std::string compact = codec::to_jcs(*codec::parse_json(text));
        EXPECT_EQ(parse_trust_root(as_bytes(compact)), root);
    }
}

TEST(TrustRoot, OfAYoungLedgerHasNoClosedSet) {
    Random random{1};
    TrustRoot root = root_of(random);
    root.closed_sets.clear();
    EXPECT_EQ(parse_trust_root(as_bytes(encode(root))), root);
    EXPECT_NE(encode(root).find("\"closedSets\": [],"), std::string::npos);
}

class TrustRootRefuses : public testing::Test {
  protected:
    [[nodiscard]] Json good() const { return *codec::parse_json(encode(root_)); }
    [[nodiscard]] static WireFault fault_of(const Json& json) {
        const auto parsed = parse_trust_root(as_bytes(codec::to_jcs(json)));
        return parsed ? WireFault{WireError::kNote, "nothing"} : parsed.error();
    }
    void expect(const char* pointer, Json value, WireError error, const char* field) {
        Json json = good();
        const Json* place = codec::resolve_pointer(json, pointer);
        ASSERT_NE(place, nullptr) << pointer;
        *const_cast<Json*>(place) = std::move(value);  // in our own `json`
        EXPECT_EQ(fault_of(json), (WireFault{error, field}))
            << pointer << ": " << to_string(fault_of(json).error) << " in " << fault_of(json).field;
    }
    static Random seeded() { return Random{7}; }
    static TrustRoot make() {
        Random random = seeded();
        TrustRoot root = root_of(random);
        root.set = {{MemberId{1}, "TN", random.node_key()}, {MemberId{2}, "EG", random.node_key()}};
        return root;
    }

    TrustRoot root_ = make();
};

TEST_F(TrustRootRefuses, WhatIsNotJson) {
    EXPECT_EQ(parse_trust_root(as_bytes("{")).error(), (WireFault{WireError::kJson, "trust-root"}));
    EXPECT_EQ(parse_trust_root(as_bytes("1")).error(),
              (WireFault{WireError::kMember, "trust-root"}));
    EXPECT_EQ(parse_trust_root(Bytes(kTrustRootSizeMax + 1, ' ')).error(),
              (WireFault{WireError::kTooLarge, "trust-root"}));
    EXPECT_EQ(parse_trust_root(Bytes(kTrustRootSizeMax, ' ')).error(),
              (WireFault{WireError::kJson, "trust-root"}));
}

TEST_F(TrustRootRefuses, MissingAndUnknownMembers) {
    for (const char* name :
         {"type", "ledger", "genesis", "origin", "set", "closedSets", "checkpoint", "date"}) {
        Json json = good();
        ASSERT_TRUE(json.erase(name));
        EXPECT_EQ(fault_of(json), (WireFault{WireError::kMember, name}));
    }
    for (const auto& [pointer, field] :
         {std::pair{"", "trust-root"}, std::pair{"/set/0", "set"},
          std::pair{"/closedSets/0", "closedSets"}, std::pair{"/checkpoint", "checkpoint"}}) {
        Json json = good();
        const_cast<Json*>(codec::resolve_pointer(json, pointer))->set("more", 1);
        EXPECT_EQ(fault_of(json), (WireFault{WireError::kMember, field})) << pointer;
    }
}

TEST_F(TrustRootRefuses, BadValues) {
    expect("/type", "tasdiq-trust-root/2", WireError::kText, "type");
    expect("/ledger", "official", WireError::kUnknownCode, "ledger");
    expect("/ledger", 1, WireError::kMember, "ledger");
    expect("/genesis", std::string(64, 'A'), WireError::kText, "genesis");
    expect("/genesis", std::string(62, 'a'), WireError::kText, "genesis");
    expect("/genesis", std::string(64, 'a'), WireError::kMismatch, "origin");
    expect("/origin", "ledger.example", WireError::kMismatch, "origin");
    expect("/origin", "ledger example", WireError::kText, "origin");
    expect("/set", Json::array(), WireError::kOutOfRange, "set");
    expect("/set", Json{}, WireError::kMember, "set");
    expect("/set/0/state", 0, WireError::kOutOfRange, "state");
    expect("/set/0/state", 2, WireError::kOrder, "set");
    expect("/set/0/country", "tn", WireError::kText, "country");
    expect("/set/0/country", "EG", WireError::kOrder, "set");
    expect("/set/0/nodeKey", good().find("set")->as_array()[1].find("nodeKey")->as_string(),
           WireError::kOrder, "set");
    expect("/set/0/nodeKey", "z6Mk", WireError::kAlgorithm, "nodeKey");
    // A P-256 key: the base point.
    const Bytes point =
        *from_hex("036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
    const auto p256 = crypto::PublicKey::parse(crypto::Algorithm::kEs256, point);
    ASSERT_TRUE(p256);
    expect("/set/0/nodeKey", crypto::to_multikey(*p256), WireError::kAlgorithm, "nodeKey");
    expect("/closedSets", Json::object(), WireError::kMember, "closedSets");
    expect("/closedSets/0/size", 170, WireError::kOrder, "closedSets");
    expect("/closedSets/0/size", -1, WireError::kOutOfRange, "size");
    expect("/closedSets/0/set", Json::array(), WireError::kOutOfRange, "set");
    expect("/closedSets/0/root", "AAAA", WireError::kText, "root");
    expect("/checkpoint/size", "1", WireError::kMember, "size");
    expect("/checkpoint/root", 1, WireError::kMember, "root");
    expect("/date", "2027-01-15T08:00:00+00:00", WireError::kText, "date");
    expect("/date", "2027-01-15T08:00:00.5Z", WireError::kText, "date");
    expect("/date", "2027-01-15", WireError::kText, "date");
    expect("/date", 1, WireError::kMember, "date");
}

TEST_F(TrustRootRefuses, TooManySets) {
    Json json = good();
    const Json closed = json.find("closedSets")->as_array()[0];
    Json many = Json::array();
    for (std::size_t i = 0; i <= kClosedSetsMax; ++i) {
        many.push(Json{closed}.set("set", *json.find("set")).set("size", i));
    }
    json.set("closedSets", std::move(many));
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kOutOfRange, "closedSets"}));
    json.find("closedSets")->as_array().pop_back();
    EXPECT_EQ(fault_of(json).error, WireError::kNote);
    json = good();
    const Json member = json.find("set")->as_array()[0];
    for (int i = 0; i < 65; ++i) json.find("set")->push(member);
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kOutOfRange, "set"}));
}

}  // namespace
}  // namespace tasdiq::wire
