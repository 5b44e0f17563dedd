#include "wire/refusals.hpp"

namespace tasdiq::wire {
namespace {

using namespace refusals;

TEST(Envelope, RefusesWhatIsNotSo) {
    const Bytes payload = encode(payload_of(RetireKey{MemberId{9}, Ordinal{1}}));
    const EnvelopeSignature signature{crypto::Algorithm::kEd25519, crypto::KeyId{}, Bytes(64)};
    const Bytes good = encode_envelope(payload, std::vector{signature, signature});
    const auto header = [](int algorithm, std::size_t kid_size) {
        return CborTree{CborTree::Map{{1, algorithm, 4, Bytes(kid_size)}}}.encode();
    };
    CborTree other_payload = CborTree::parse(payload);
    other_payload.at({0}) = 2;
    const CborTree one{CborTree::parse(good).at({3, 0})};
    expect_refused(
        good, decode_envelope,
        {{"no array", {}, 1, WireError::kShape, "envelope"},
         {"payload not in bytes", {2}, 1, WireError::kShape, "envelope"},
         {"a body header", {0}, header(-8, 32), WireError::kShape, "envelope"},
         {"no signature", {3}, List{}, WireError::kOutOfRange, "signatures"},
         {"33 signatures", {3}, List(33, one), WireError::kOutOfRange, "signatures"},
         {"other header",
          {3, 0, 0},
          CborTree{CborTree::Map{{1, -8}}}.encode(),
          WireError::kShape,
          "cose-signature"},
         {"short kid", {3, 1, 0}, header(-8, 31), WireError::kShape, "kid"},
         {"payload", {2}, other_payload.encode(), WireError::kVersion, "version"},
         {"ES384", {3, 0, 0}, header(-35, 32), WireError::kAlgorithm, "algorithm"},
         {"unknown algorithm", {3, 0, 0}, header(-37, 32), WireError::kAlgorithm, "algorithm"},
         {"short signature", {3, 1, 2}, Bytes(63), WireError::kAlgorithm, "signature"},
         {"one missing", {3}, List{one}, WireError::kMismatch, "signatures"},
         {"one too many", {3}, List{one, one, one}, WireError::kMismatch, "signatures"}});
    Bytes trailing = good;
    trailing.push_back(0);
    EXPECT_EQ(decode_envelope(trailing).error(), (WireFault{WireError::kNotCanonical, "envelope"}));
    EXPECT_EQ(decode_envelope(Bytes(65'001)).error(),
              (WireFault{WireError::kTooLarge, "envelope"}));
    EXPECT_NE(decode_envelope(Bytes(65'000)).error().error, WireError::kTooLarge);
}

TEST(Envelope, IsAnIssuesWhereNothingElseIsLookedFor) {
    const EnvelopeSignature signature{crypto::Algorithm::kEd25519, crypto::KeyId{}, Bytes(64)};
    const auto envelope_of = [&](const Body& body) {
        return encode_envelope(encode(payload_of(body)), std::vector{signature, signature});
    };
    const Bytes issue = envelope_of(Issue{kTerms, 1, ListRoot{}});
    const auto decoded = decode_issue_envelope(issue);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, *decode_envelope(issue));
    const Bytes other = envelope_of(RetireKey{MemberId{9}, Ordinal{1}});
    EXPECT_TRUE(decode_envelope(other));
    EXPECT_EQ(decode_issue_envelope(other).error(), (WireFault{WireError::kShape, "body"}));
    Bytes trailing = issue;
    trailing.push_back(0);
    EXPECT_EQ(decode_issue_envelope(trailing).error(),
              (WireFault{WireError::kNotCanonical, "envelope"}));
}

/// Each row also has every later fault: the order of checks is pinned.
TEST(Envelope, ReportsTheFirstFault) {
    CborTree payload = CborTree::parse(encode(payload_of(RetireKey{MemberId{9}, Ordinal{1}})));
    payload.at({0}) = 2;
    const Bytes header = CborTree{CborTree::Map{{1, -35, 4, Bytes(31)}}}.encode();
    const List signature{header, CborTree::Map{}, Bytes(63)};
    CborTree tree{List{Bytes{}, CborTree::Map{}, payload.encode(), List(1, signature)}};
    const auto fault = [&] { return decode_envelope(tree.encode()).error(); };
    EXPECT_EQ(fault(), (WireFault{WireError::kShape, "kid"}));
    const auto set_header = [&](int algorithm) {
        tree.at({3, 0, 0}) = CborTree{CborTree::Map{{1, algorithm, 4, Bytes(32)}}}.encode();
    };
    set_header(-35);
    EXPECT_EQ(fault(), (WireFault{WireError::kVersion, "version"}));
    payload.at({0}) = 1;
    tree.at({2}) = payload.encode();
    EXPECT_EQ(fault(), (WireFault{WireError::kAlgorithm, "algorithm"}));
    set_header(-8);
    EXPECT_EQ(fault(), (WireFault{WireError::kAlgorithm, "signature"}));
    tree.at({3, 0, 2}) = Bytes(64);
    EXPECT_EQ(fault(), (WireFault{WireError::kMismatch, "signatures"}));
}

TEST(Envelope, LargestStatusFits) {
    Status status{MemberId{0xFFFFFFFF}, StatusState::kRevoked, {}};
    for (std::size_t i = 0; i < kIndicesCountMax; ++i) {
        status.indices.push_back({kLogIndexMax - kIndicesCountMax + i});
    }
    Payload payload = payload_of(status);
    payload.signers.clear();
    for (std::uint16_t i = 0; i < 32; ++i) {
        payload.signers.push_back({MemberId{0xFFFFFFFF}, {i}});
    }
    const EnvelopeSignature signature{crypto::Algorithm::kEd25519, crypto::KeyId{}, Bytes(64)};
    const Bytes envelope = encode_envelope(encode(payload), std::vector(32, signature));
    EXPECT_LE(envelope.size(), kEnvelopeSizeMax);
    EXPECT_TRUE(decode_entry(encode(TransactionEntry{envelope})));
}

TEST(Envelope, IsRefusedWhereTitlesMakeItTooLarge) {
    Accredit body{MemberId{5}, MemberId{9}, kScope, {}};
    const std::string title(160, 'x');
    for (char first = 'A'; first <= 'Z'; ++first) {
        for (char second = 'A'; second <= 'F'; ++second) {
            body.programmes.push_back({{first, second}, 613, {title, title, title}});
        }
    }
    const Bytes payload = encode(payload_of(body));
    const EnvelopeSignature signature{crypto::Algorithm::kEd25519, crypto::KeyId{}, Bytes(64)};
    EXPECT_TRUE(decode_payload(payload));
    EXPECT_EQ(decode_envelope(encode_envelope(payload, std::vector(2, signature))).error(),
              (WireFault{WireError::kTooLarge, "envelope"}));
}

TEST(IssueList, RefusesWhatIsNotSo) {
    std::vector<Item> items(2);
    items[0].relation = Relation{RelationCode::kOfAward, LogIndex{1}};
    items[0].seat = Seat{MemberId{9}, 1, 0};
    items[1].commitment.mutable_view()[31] = 1;
    const CborTree item{List{Bytes(32), {}, {}}};
    expect_refused(encode_list(items), decode_list,
                   {{"no array", {}, 1, WireError::kShape, "list"},
                    {"empty", {}, List{}, WireError::kOutOfRange, "list"},
                    {"two parts", {0}, List{Bytes(32), {}}, WireError::kShape, "item"},
                    {"short commitment", {0, 0}, Bytes(31), WireError::kShape, "commitment"},
                    {"relation 0", {0, 1, 0}, 0, WireError::kUnknownCode, "relation-code"},
                    {"target 2^53", {0, 1, 1}, kTwoTo53, WireError::kOutOfRange, "target"},
                    {"seat of none", {0, 2, 0}, 9, WireError::kShape, "cohort"},
                    {"cohort 0", {0, 2, 0, 1}, 0, WireError::kOutOfRange, "cohort"},
                    {"leaf 2^53", {0, 2, 1}, kTwoTo53, WireError::kOutOfRange, "leaf"},
                    {"one twice", {}, List(2, item), WireError::kOrder, "list"}});
    std::swap(items[0], items[1]);
    CborTree tree = CborTree::parse(CborTree{List{item, item}}.encode());
    tree.at({0, 0}) = Bytes(32, 1);
    EXPECT_EQ(decode_list(tree.encode()).error(), (WireFault{WireError::kOrder, "list"}));
    const Bytes many = CborTree{List(16'385, item)}.encode();
    EXPECT_EQ(decode_list(many).error(), (WireFault{WireError::kOutOfRange, "list"}));
    EXPECT_EQ(decode_list(Bytes(kListSizeMax + 1)).error(),
              (WireFault{WireError::kTooLarge, "list"}));
}

TEST(IssueList, LargestFits) {
    std::vector<Item> items(kListCountMax);
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i].commitment.mutable_view()[0] = static_cast<std::uint8_t>(i >> 8);
        items[i].commitment.mutable_view()[1] = static_cast<std::uint8_t>(i);
        items[i].relation = Relation{RelationCode::kOfAward, LogIndex{kLogIndexMax}};
        items[i].seat = Seat{MemberId{0xFFFFFFFF}, 0xFFFFFFFF, kLogIndexMax};
    }
    const Bytes list = encode_list(items);
    EXPECT_LE(list.size(), kListSizeMax);
    EXPECT_EQ(decode_list(list), items);
}

TEST(Submission, RefusesWhatIsNotSo) {
    expect_refused(encode(Submission{Bytes(10), Bytes(10)}), decode_submission,
                   {{"one part", {}, List{Bytes(1)}, WireError::kShape, "submission"},
                    {"no envelope", {0}, Bytes{}, WireError::kOutOfRange, "envelope"},
                    {"65,001 bytes", {0}, Bytes(65'001), WireError::kOutOfRange, "envelope"},
                    {"empty list", {1}, Bytes{}, WireError::kOutOfRange, "list"}});
}

}  // namespace
}  // namespace tasdiq::wire
