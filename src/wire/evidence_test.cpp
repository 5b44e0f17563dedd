#include "wire/evidence.hpp"

#include <gtest/gtest.h>

#include "codec/jcs.hpp"
#include "wire/random_values.hpp"

namespace tasdiq::wire {
namespace {

using codec::Json;

std::vector<merkle::MerkleHash> path_of(Random& random, std::size_t count) {
    std::vector<merkle::MerkleHash> path(count);
    for (auto& hash : path) hash = random.tagged<merkle::MerkleHash>();
    return path;
}

Evidence evidence_of(Random& random) {
    constexpr std::uint64_t kSize = 1'000'003;
    Evidence evidence{};
    evidence.origin = "ledger.example/arab/00112233445566778899aabbccddeeff";
    evidence.opening = random.tagged<CertificateSecret>();
    evidence.certificate = {LogIndex{7}, encode(random.certificate()), path_of(random, 20)};
    evidence.block = {LogIndex{kSize - 1}, encode(random.block()), path_of(random, 3)};
    for (std::uint32_t member : {5U, 9U, 300U}) {
        evidence.records.push_back({MapKey::member(MemberId{member}), random.bytes(120)});
    }
    evidence.records.push_back({MapKey::status(LogIndex{7}), std::nullopt});
    evidence.map_proof.steps = {merkle::MapStep::kInner, merkle::MapStep::kEnd};
    evidence.map_proof.siblings = {random.tagged<merkle::MapHash>()};
    evidence.size = kSize;
    evidence.root = random.tagged<merkle::MerkleHash>();
    for (std::uint32_t state : {1U, 2U, 4U}) {
        evidence.cosignatures.push_back(
            {MemberId{state}, Instant{1'800'000'000}, random.bytes(64)});
    }
    return evidence;
}

ShownFacts facts_of(Random& random) {
    return {
        74,
        random.bytes(60),
        path_of(random, 7),
        {{2, random.bytes(50), path_of(random, 7)}, {73, random.bytes(50), path_of(random, 3)}}};
}

void expect_inverse(const Evidence& evidence) {
    const std::string text = encode(evidence);
    const auto parsed = parse_evidence(as_bytes(text));
    ASSERT_TRUE(parsed) << to_string(parsed.error().error) << " in " << parsed.error().field;
    EXPECT_EQ(*parsed, evidence);
    EXPECT_EQ(encode(*parsed), text);
    EXPECT_EQ(codec::to_jcs(*codec::parse_json(text)), text);
}

TEST(Evidence, IsReadAsItIsWritten) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random{seed};
    Evidence evidence = evidence_of(random);
    expect_inverse(evidence);
    evidence.award = ProvenEntry{LogIndex{3}, random.bytes(100), path_of(random, 20)};
    evidence.transaction = ProvenEntry{LogIndex{6}, random.bytes(900), {}};
    expect_inverse(evidence);
    evidence.opening = facts_of(random);
    expect_inverse(evidence);
}

TEST(Evidence, IsOpenedWithTheHoldersSecret) {
    Random random{1};
    Evidence evidence = evidence_of(random);
    const auto secret = std::get<CertificateSecret>(evidence.opening);
    const auto expect_opened = [&] {
        const std::string unopened = encode_unopened(evidence);
        const auto opened = open_evidence(unopened, secret);
        ASSERT_TRUE(opened) << opened.error().field;
        EXPECT_EQ(*opened, encode(evidence));
        const auto spaced = open_evidence(" " + unopened + "\n", secret);
        ASSERT_TRUE(spaced) << spaced.error().field;
        EXPECT_EQ(*spaced, encode(evidence));
    };
    expect_opened();
    evidence.award = ProvenEntry{LogIndex{3}, random.bytes(100), path_of(random, 20)};
    expect_opened();
    evidence.transaction = ProvenEntry{LogIndex{6}, random.bytes(900), {}};
    expect_opened();

    std::string bad = encode_unopened(evidence);
    EXPECT_EQ(open_evidence(bad.substr(1), secret).error(),
              (WireFault{WireError::kJson, "evidence"}));
    EXPECT_EQ(open_evidence("7", secret).error(), (WireFault{WireError::kMember, "evidence"}));
    EXPECT_EQ(open_evidence(bad.replace(bad.find("origin"), 6, "0rigin"), secret).error(),
              (WireFault{WireError::kMember, "evidence"}));
}

TEST(Evidence, TakesAnyOrderAndSpacing) {
    Random random{1};
    const Evidence evidence = evidence_of(random);
    Json json = *codec::parse_json(encode(evidence));
    std::ranges::reverse(json.as_object());
    std::string spaced;
    for (const codec::JsonMember& member : json.as_object()) {
        spaced += (spaced.empty() ? "{\n\t" : " ,\n\t") + codec::to_jcs(member.key) + " : " +
                  codec::to_jcs(member.value);
    }
    const auto parsed = parse_evidence(as_bytes(spaced + "}\n"));
    ASSERT_TRUE(parsed) << parsed.error().field;
    EXPECT_EQ(*parsed, evidence);
}

/// A space in front sends a text to the strict reader, which must agree with the quick one.
TEST(Evidence, IsReadAlikeQuicklyAndStrictly) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random{seed};
    Evidence evidence = evidence_of(random);
    evidence.transaction = ProvenEntry{LogIndex{6}, random.bytes(90), path_of(random, 2)};
    const std::string good = encode(evidence);
    constexpr std::string_view kBytes = "\"\\,:{}[]0123456789AZaz-_=+/ .e\n\x7F\xC3";
    const auto place = [&](std::size_t size) { return random.number(std::size_t{0}, size - 1); };
    int taken = 0;
    for (int i = 0; i < 1'500; ++i) {
        std::string text = good;
        const std::size_t at = place(text.size());
        switch (random.number(0, 3)) {
            case 0: text[at] = kBytes[place(kBytes.size())]; break;
            case 1: text.insert(at, 1, kBytes[place(kBytes.size())]); break;
            case 2: text.erase(at, 1); break;
            default: text.erase(at, place(60)); break;
        }
        const auto quick = parse_evidence(as_bytes(text));
        const auto strict = parse_evidence(as_bytes(" " + text));
        ASSERT_EQ(quick.has_value(), strict.has_value()) << text;
        if (quick) {
            ++taken;
            ASSERT_EQ(*quick, *strict) << text;
        } else {
            ASSERT_EQ(quick.error(), strict.error()) << text;
        }
    }
    EXPECT_GT(taken, 100);  // changes inside of hashes
}

/// How one change of good evidence is answered.
class EvidenceRefuses : public testing::Test {
  protected:
    EvidenceRefuses() {
        evidence_.award = ProvenEntry{LogIndex{3}, random_.bytes(100), {}};
        evidence_.transaction = ProvenEntry{LogIndex{6}, random_.bytes(90), {}};
    }
    [[nodiscard]] Json good() const { return *codec::parse_json(encode(evidence_)); }
    [[nodiscard]] static WireFault fault_of(const Json& json) {
        const auto parsed = parse_evidence(as_bytes(codec::to_jcs(json)));
        return parsed ? WireFault{WireError::kNote, "nothing"} : parsed.error();
    }
    /// `pointer` names the value to replace.
    void expect(const char* pointer, Json value, WireError error, const char* field) {
        Json json = good();
        const Json* place = codec::resolve_pointer(json, pointer);
        ASSERT_NE(place, nullptr) << pointer;
        *const_cast<Json*>(place) = std::move(value);  // in our own `json`
        EXPECT_EQ(fault_of(json), (WireFault{error, field}))
            << pointer << ": " << to_string(fault_of(json).error) << " in " << fault_of(json).field;
    }
    void expect_range(const char* pointer, Json value, const char* field) {
        expect(pointer, std::move(value), WireError::kOutOfRange, field);
    }
    void expect_member(const char* pointer, Json value, const char* field) {
        expect(pointer, std::move(value), WireError::kMember, field);
    }

    Random random_{1};
    Evidence evidence_ = evidence_of(random_);
};

TEST_F(EvidenceRefuses, WhatIsNotJson) {
    EXPECT_EQ(parse_evidence(as_bytes("{")).error(), (WireFault{WireError::kJson, "evidence"}));
    EXPECT_EQ(parse_evidence(as_bytes(R"({"type":"x","type":"x"})")).error(),
              (WireFault{WireError::kJson, "evidence"}));
    EXPECT_EQ(parse_evidence(as_bytes("[]")).error(), (WireFault{WireError::kMember, "evidence"}));
    std::string large = encode(evidence_);
    large.append(kEvidenceSizeMax - large.size(), ' ');
    EXPECT_TRUE(parse_evidence(as_bytes(large)));
    EXPECT_EQ(parse_evidence(as_bytes(large + ' ')).error(),
              (WireFault{WireError::kTooLarge, "evidence"}));
}

TEST_F(EvidenceRefuses, MissingAndUnknownMembers) {
    for (const char* name :
         {"type", "origin", "certificate", "block", "records", "mapProof", "checkpoint"}) {
        Json json = good();
        ASSERT_TRUE(json.erase(name));
        EXPECT_EQ(fault_of(json), (WireFault{WireError::kMember, name}));
    }
    for (const char* pointer :
         {"", "/certificate", "/award", "/transaction", "/block", "/checkpoint"}) {
        Json json = good();
        const_cast<Json*>(codec::resolve_pointer(json, pointer))->set("more", 1);
        EXPECT_EQ(fault_of(json).error, WireError::kMember) << pointer;
    }
    for (const char* name : {"index", "entry", "path"}) {
        Json json = good();
        ASSERT_TRUE(json.find("block")->erase(name));
        EXPECT_EQ(fault_of(json), (WireFault{WireError::kMember, name}));
    }
    for (const char* name : {"size", "root", "cosignatures"}) {
        Json json = good();
        ASSERT_TRUE(json.find("checkpoint")->erase(name));
        EXPECT_EQ(fault_of(json), (WireFault{WireError::kMember, name}));
    }
}

TEST_F(EvidenceRefuses, NoOpeningAndTwo) {
    Json json = good();
    json.erase("secret");
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kMember, "secret"}));
    evidence_.opening = facts_of(random_);
    json = good();
    json.set("secret", "AAAA");
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kMember, "secret"}));
}

TEST_F(EvidenceRefuses, OtherTypesAndTexts) {
    expect_member("/type", 1, "type");
    expect("/type", "tasdiq-evidence/2", WireError::kText, "type");
    expect_member("/origin", Json{}, "origin");
    expect("/origin", "ledger example", WireError::kText, "origin");
    expect_member("/secret", "AAAA", "secret");
    expect_member("/secret", std::string(44, 'A'), "secret");
    expect_member("/certificate", "x", "certificate");
    expect_member("/certificate/index", "7", "certificate");
    expect_member("/certificate/entry", "A+==", "certificate");
    expect_member("/certificate/entry", "AB", "certificate");  // a bit too many
    expect_member("/certificate/path", "AAAA", "certificate");
    expect_member("/certificate/path", Json::array(), "certificate");
    expect_member("/award", Json{}, "award");
    expect_member("/transaction", Json::array(), "transaction");
    expect_member("/records", Json::object(), "records");
    expect_member("/records/0", Json::array().push("gAA"), "records");
    expect_member("/records/0/0", "gQ8", "records");  // [15]: no such key
    expect_member("/records/0/0", Json{}, "records");
    expect_member("/records/0/1", 1, "records");
    expect_member("/mapProof", Json{}, "mapProof");
    expect_member("/mapProof", "AA", "mapProof");
    expect_member("/checkpoint/root", "AAAA", "root");
    expect_member("/checkpoint/cosignatures/0", Json::array(), "cosignatures");
    expect_member("/checkpoint/cosignatures/0/2", 1, "cosignatures");
}

TEST_F(EvidenceRefuses, NumbersAndCountsOutsideTheirLimits) {
    expect_range("/certificate/index", -1, "certificate");
    expect_range("/certificate/index", evidence_.size, "certificate");
    expect_range("/award/index", evidence_.size, "award");
    expect_range("/transaction/index", evidence_.size, "transaction");
    expect_range("/block/index", evidence_.size, "block");
    expect_range("/checkpoint/size", 0, "size");
    expect("/checkpoint/size", evidence_.size + 1, WireError::kMismatch, "block");
    expect("/block/index", evidence_.size - 2, WireError::kMismatch, "block");
    expect_range("/records", Json::array(), "records");
    expect_range("/checkpoint/cosignatures", Json::array(), "cosignatures");
    expect_range("/checkpoint/cosignatures/0/0", 0, "cosignatures");
    expect_range("/checkpoint/cosignatures/0/1", -1, "cosignatures");
    expect_range("/checkpoint/cosignatures/0/1", kInstantMax.seconds + 1, "cosignatures");
    expect_range("/checkpoint/cosignatures/0/2", "AAAA", "cosignatures");
    Json json = good();
    json.find("block")->set("path", std::string(65 * 32 / 3 * 4, 'A') + "AAA");
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kMember, "block"}));
    json.find("block")->set("path", std::string((65 * 32 * 8 + 5) / 6, 'A'));
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kOutOfRange, "block"}));
    json.find("block")->set("path", std::string((64 * 32 * 8 + 5) / 6, 'A'));
    EXPECT_EQ(fault_of(json).error, WireError::kNote);
}

TEST_F(EvidenceRefuses, MoreThanFits) {
    Json json = good();
    Json records = Json::array();
    for (int i = 0; i < 65; ++i) records.push(json.find("records")->as_array()[0]);
    json.set("records", std::move(records));
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kOutOfRange, "records"}));
    json = good();
    Json cosignatures = Json::array();
    for (int i = 0; i < 65; ++i) {
        cosignatures.push(json.find("checkpoint")->find("cosignatures")->as_array()[0]);
    }
    json.find("checkpoint")->set("cosignatures", std::move(cosignatures));
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kOutOfRange, "cosignatures"}));
}

TEST_F(EvidenceRefuses, WhatIsOutOfOrder) {
    Json json = good();
    std::swap(json.find("records")->as_array()[0], json.find("records")->as_array()[1]);
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kOrder, "records"}));
    json = good();
    json.find("records")->as_array()[0] = json.find("records")->as_array()[1];
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kOrder, "records"}));
    expect("/checkpoint/cosignatures/0/0", 2, WireError::kOrder, "cosignatures");
    expect("/checkpoint/cosignatures/0/0", 3, WireError::kOrder, "cosignatures");
}

/// Each step also has every later fault: the order of checks is pinned.
TEST_F(EvidenceRefuses, TheFirstFault) {
    Json json = good();
    json.set("type", 1).set("mapProof", 1).set("more", 1);
    json.set("origin", "ledger example");
    json.find("checkpoint")->set("size", 0);
    json.find("block")->set("index", 1);
    std::swap(json.find("records")->as_array()[0], json.find("records")->as_array()[1]);
    const auto expect_next = [&](WireError error, const char* field) {
        EXPECT_EQ(fault_of(json), (WireFault{error, field})) << fault_of(json).field;
    };
    expect_next(WireError::kMember, "evidence");
    json.erase("more");
    expect_next(WireError::kMember, "type");
    json.set("type", "tasdiq-evidence/1");
    expect_next(WireError::kMember, "mapProof");
    json.set("mapProof", *good().find("mapProof"));
    expect_next(WireError::kText, "origin");
    json.set("origin", evidence_.origin);
    expect_next(WireError::kOutOfRange, "size");
    json.find("checkpoint")->set("size", evidence_.size);
    expect_next(WireError::kMismatch, "block");
    json.find("block")->set("index", evidence_.size - 1);
    expect_next(WireError::kOrder, "records");
}

TEST_F(EvidenceRefuses, BadFacts) {
    evidence_.opening = facts_of(random_);
    for (const char* name : {"leafCount", "header", "headerPath", "claims"}) {
        Json json = good();
        ASSERT_TRUE(json.find("facts")->erase(name));
        EXPECT_EQ(fault_of(json), (WireFault{WireError::kMember, name}));
    }
    Json json = good();
    json.find("facts")->set("more", 1);
    EXPECT_EQ(fault_of(json), (WireFault{WireError::kMember, "facts"}));
    expect_member("/facts/leafCount", "74", "leafCount");
    expect_member("/facts/header", "=", "header");
    expect_member("/facts/headerPath", "AAAA", "headerPath");
    expect_member("/facts/claims", Json::object(), "claims");
    expect_member("/facts/claims/0", Json::array(), "claims");
    expect_member("/facts/claims/0/1", 1, "claims");
    expect_member("/facts/claims/0/2", 1, "claims");
    expect_range("/facts/leafCount", 0, "leafCount");
    expect_range("/facts/leafCount", 73, "claims");
    expect_range("/facts/claims/0/0", 0, "claims");
    expect_range("/facts/claims/0/0", 74, "claims");
    expect("/facts/claims/0/0", 73, WireError::kOrder, "claims");
    expect_range("/facts/headerPath", std::string((65 * 32 * 8 + 5) / 6, 'A'), "headerPath");
    expect_range("/facts/claims/1/2", std::string((65 * 32 * 8 + 5) / 6, 'A'), "claims");
}

/// The budget of DESIGN §6, by the sizes of what goes in.
TEST(Evidence, StaysSmall) {
    Random random{1};
    Evidence evidence = evidence_of(random);
    evidence.records.clear();
    for (std::uint32_t i = 0; i < 12; ++i) {
        evidence.records.push_back({MapKey::member(MemberId{100 + i}), random.bytes(160)});
    }
    evidence.map_proof.siblings.assign(40, random.tagged<merkle::MapHash>());
    evidence.cosignatures.resize(1);
    evidence.certificate.path = path_of(random, 20);
    evidence.block.path = path_of(random, 8);
    EXPECT_LE(encode(evidence).size(), 7U * 1024);
}

}  // namespace
}  // namespace tasdiq::wire
