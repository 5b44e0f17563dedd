#pragma once

#include <gtest/gtest.h>

#include "wire/cbor_tree.hpp"
#include "wire/entry.hpp"
#include "wire/random_values.hpp"

// For tests: reasons to refuse CBOR of ours, by changing one place of something good.
namespace tasdiq::wire::refusals {

using List = CborTree::List;

// ------------------------------------------------------------------ good values
inline const Terms kTerms{{{MemberId{9}, 1}, {MemberId{7}, 2}, {MemberId{8}, 3}},
                          CertificateType::kDegree,
                          6,
                          613,
                          "INF-L3",
                          Day{20'000},
                          std::nullopt,
                          Mode::kOnSite,
                          1,
                          Capture::kContemporaneous};
inline const Scope kScope{Act::kHabilitation,
                          "قرار 12/2020",
                          {CertificateType::kDegree, CertificateType::kTranscript},
                          {6, 7},
                          {611, 613},
                          true,
                          {Mode::kOnSite, Mode::kBlended},
                          {{1, "TN"}, {2, "TN"}},
                          Day{18'000},
                          std::nullopt,
                          AppliesTo::kAward,
                          500,
                          0};
inline const std::vector<Name> kNames{{Day{0}, "جامعة", "University", "Université"},
                                      {Day{9'000}, "جامعة", "University", "Université"}};

inline NewKey key_of(Role role, std::uint8_t fill) {
    return {role, crypto::Algorithm::kEd25519, Bytes(32, fill), Bytes(64, 0)};
}
inline Payload payload_of(Body body) {
    return {ChainId{},
            Nonce{},
            Instant{1'800'000'000},
            {{MemberId{9}, Ordinal{0}}, {MemberId{9}, Ordinal{1}}},
            std::move(body)};
}

inline const CertificateEntry kCertificate{Instant{1'800'000'000},
                                           std::nullopt,
                                           kTerms,
                                           {{MemberId{9}, Ordinal{0}}, {MemberId{9}, Ordinal{1}}},
                                           Commitment{},
                                           Relation{RelationCode::kReplaces, LogIndex{5}},
                                           LogIndex{5},
                                           Seat{MemberId{9}, 1, 0}};

// ------------------------------------------------------------------ one change, one reason
struct Refused {
    const char* why;
    std::vector<std::size_t> path;
    CborTree replacement;
    WireError error;
    const char* field;
};

template <class Decode>
void expect_refused(const Bytes& good, Decode decode, const std::vector<Refused>& rows) {
    ASSERT_TRUE(decode(good));
    for (const Refused& row : rows) {
        CborTree tree = CborTree::parse(good);
        CborTree* place = &tree;
        for (const std::size_t step : row.path) place = &place->list().at(step);
        *place = row.replacement;
        const auto decoded = decode(tree.encode());
        ASSERT_FALSE(decoded) << row.why;
        EXPECT_EQ(decoded.error(), (WireFault{row.error, row.field}))
            << row.why << ": " << to_string(decoded.error().error) << " in "
            << decoded.error().field;
    }
}
inline void expect_body_refused(Body body, const std::vector<Refused>& rows) {
    expect_refused(encode(payload_of(std::move(body))), decode_payload, rows);
}

inline const CborTree kTooLong{std::string(161, 'x')};
inline constexpr std::int64_t kTwoTo53 = std::int64_t{1} << 53;
inline constexpr std::int64_t kTwoTo32 = std::int64_t{1} << 32;

}  // namespace tasdiq::wire::refusals
