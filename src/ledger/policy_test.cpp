#include "ledger/policy.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace tasdiq::ledger {
namespace {

using wire::Alternative;
using wire::BodyCode;
using wire::Capture;
using wire::CertificateType;
using wire::MemberKind;
using wire::RelationCode;
using wire::Role;
using wire::Slot;
using wire::Who;

constexpr wire::MemberId kSelf{1};
constexpr wire::MemberId kParent{2};
constexpr wire::MemberId kAuthority{3};
constexpr Acting kActing{kSelf, kParent, kAuthority};

constexpr Slot kOfficer{Who::kSelf, std::nullopt};
constexpr Slot kDean{Who::kSelf, Role::kDean};
constexpr Slot kParentsDean{Who::kParent, Role::kDean};
constexpr Slot kMinistry{Who::kAuthority, Role::kAuthority};

constexpr SigningKey kOwnRegistrar{kSelf, Role::kRegistrar};
constexpr SigningKey kOwnDean{kSelf, Role::kDean};
constexpr SigningKey kOwnPresident{kSelf, Role::kPresident};

bool filled(const Alternative& slots, const std::vector<SigningKey>& signers) {
    return is_filled(slots, kActing, signers);
}

TEST(IsFilled, TakesEachSignerForOneSlotAndLeavesNoneOver) {
    EXPECT_TRUE(filled({kDean, kOfficer}, {kOwnRegistrar, kOwnDean}));
    EXPECT_TRUE(filled({kDean, kOfficer}, {kOwnDean, kOwnDean})) << "two keys of the dean's";
    EXPECT_FALSE(filled({kDean, kOfficer}, {kOwnDean}));
    EXPECT_FALSE(filled({kDean, kOfficer}, {kOwnRegistrar, kOwnPresident}));
    EXPECT_FALSE(filled({kDean, kOfficer}, {kOwnRegistrar, kOwnDean, kOwnPresident}));
}

TEST(IsFilled, MovesSignersToWhereTheyAreNeeded) {
    // The dean comes first and fits both; who takes the first slot that fits would fail.
    EXPECT_TRUE(filled({kOfficer, kDean}, {kOwnDean, kOwnRegistrar}));
    EXPECT_TRUE(filled({kOfficer, kDean}, {kOwnRegistrar, kOwnDean}));
    EXPECT_TRUE(filled({kOfficer, kOfficer, kDean}, {kOwnDean, kOwnRegistrar, kOwnPresident}));
}

TEST(IsFilled, TellsWhoseKeyItIs) {
    const SigningKey of_parent{kParent, Role::kDean};
    EXPECT_TRUE(filled({kDean, kParentsDean}, {kOwnDean, of_parent}));
    EXPECT_FALSE(filled({kDean, kParentsDean}, {kOwnDean, kOwnDean}));
    EXPECT_FALSE(filled({kOfficer, kMinistry}, {kOwnDean, {kAuthority, Role::kAssertion}}));
    EXPECT_TRUE(filled({kOfficer, kMinistry}, {kOwnDean, {kAuthority, Role::kAuthority}}));
    const Acting alone{kSelf, std::nullopt, std::nullopt};
    EXPECT_FALSE(is_filled(Alternative{kMinistry}, alone,
                           std::vector<SigningKey>{{kAuthority, Role::kAuthority}}));
}

TEST(IsFilled, TakesNoKeyThatIsNoOfficersForAnyOfficer) {
    for (const Role role : {Role::kAuthority, Role::kVote, Role::kNode, Role::kSecretariat,
                            Role::kPublisher, Role::kAssertion, Role::kSeal}) {
        EXPECT_FALSE(filled({kDean, kOfficer}, {kOwnDean, {kSelf, role}}));
    }
}

TEST(IsFilled, AgreesWithTryingAllOrders) {
    const std::vector<Slot> slots{kOfficer, kDean, kParentsDean, kMinistry};
    const std::vector<SigningKey> signers{
        kOwnRegistrar, kOwnDean, {kParent, Role::kDean}, {kAuthority, Role::kAuthority}};
    const auto fits = [](const Slot& slot, const SigningKey& key) {
        return is_filled(Alternative{slot}, kActing, std::vector{key});
    };
    for (unsigned code = 0; code < 4 * 4 * 4 * 4 * 4 * 4; ++code) {
        Alternative three;
        std::vector<SigningKey> keys;
        std::vector<std::size_t> order{0, 1, 2};
        for (unsigned i = 0; i < 3; ++i) {
            three.push_back(slots[code >> (2 * i) & 3U]);
            keys.push_back(signers[code >> (6 + 2 * i) & 3U]);
        }
        bool expected = false;
        do {
            expected =
                expected || (fits(three[0], keys[order[0]]) && fits(three[1], keys[order[1]]) &&
                             fits(three[2], keys[order[2]]));
        } while (std::ranges::next_permutation(order).found);
        ASSERT_EQ(filled(three, keys), expected) << code;
    }
}

TEST(PolicyFor, TakesTheFirstRuleThatMatches) {
    const auto rule = [](BodyCode body, std::uint32_t cool_off_s) {
        return wire::Rule{body, {}, {}, {}, cool_off_s, {{kOfficer, kOfficer}}};
    };
    std::vector<wire::Rule> rules{rule(BodyCode::kStatus, 1), rule(BodyCode::kIssue, 2),
                                  rule(BodyCode::kIssue, 3)};
    rules[1].types = {CertificateType::kDegree};
    rules[1].relations = {std::nullopt, RelationCode::kReplaces};
    rules[1].captures = {Capture::kLate};
    const auto cool_off = [&](const PolicySubject& subject) {
        return policy_for(subject, MemberKind::kUniversity, rules).cool_off_s;
    };
    const PolicySubject issue{BodyCode::kIssue, CertificateType::kDegree, Capture::kLate,
                              std::nullopt};
    EXPECT_EQ(cool_off(issue), 2U);
    PolicySubject replacing = issue;
    replacing.relation = RelationCode::kReplaces;
    EXPECT_EQ(cool_off(replacing), 2U);
    PolicySubject other = issue;
    other.relation = RelationCode::kOfAward;
    EXPECT_EQ(cool_off(other), 3U);
    other = issue;
    other.type = CertificateType::kTranscript;
    EXPECT_EQ(cool_off(other), 3U);
    other = issue;
    other.capture = Capture::kContemporaneous;
    EXPECT_EQ(cool_off(other), 3U);
    EXPECT_EQ(cool_off({.body = BodyCode::kStatus}), 1U);
    EXPECT_EQ(cool_off({.body = BodyCode::kAddKey}), 0U) << "the default";
    // What a body does not have does not match a rule that asks for it.
    rules[0].relations = std::vector<std::optional<RelationCode>>{std::nullopt};
    EXPECT_EQ(cool_off({.body = BodyCode::kStatus}), 0U);
}

TEST(PolicyFor, HasDefaultsForEveryKind) {
    constexpr Slot president{Who::kSelf, Role::kPresident};
    constexpr Slot own_authority{Who::kSelf, Role::kAuthority};
    constexpr Slot vote{Who::kSelf, Role::kVote};
    using Alternatives = std::vector<Alternative>;
    const auto defaults = [](BodyCode body, MemberKind kind, Capture capture) {
        PolicySubject subject{.body = body};
        if (body == BodyCode::kIssue) {
            subject.type = CertificateType::kDegree;
            subject.capture = capture;
        }
        return default_alternatives(subject, kind);
    };
    const auto own = [&](BodyCode body) {
        return defaults(body, MemberKind::kSchool, Capture::kLate);
    };
    const Alternatives two{{kDean, kOfficer}, {president, kOfficer}};
    EXPECT_EQ(own(BodyCode::kIssue), two);
    EXPECT_EQ(own(BodyCode::kStatus), two);
    EXPECT_EQ(own(BodyCode::kAddKey), (Alternatives{{kOfficer, kMinistry}}));
    EXPECT_EQ(own(BodyCode::kSetPolicy), (Alternatives{{kOfficer, kMinistry}}));
    EXPECT_EQ(own(BodyCode::kRetireKey),
              (Alternatives{{kDean, kOfficer}, {president, kOfficer}, {kOfficer, kMinistry}}));
    for (const Capture capture : {Capture::kRegister, Capture::kReconstructed}) {
        EXPECT_EQ(defaults(BodyCode::kIssue, MemberKind::kUniversity, capture),
                  (Alternatives{{kDean, kOfficer, kMinistry}, {president, kOfficer, kMinistry}}));
    }
    for (const BodyCode body : {BodyCode::kAccredit, BodyCode::kStatus, BodyCode::kAddKey}) {
        EXPECT_EQ(defaults(body, MemberKind::kAuthority, Capture::kLate),
                  (Alternatives{{own_authority, own_authority}}));
        EXPECT_EQ(defaults(body, MemberKind::kState, Capture::kLate), (Alternatives{{vote, vote}}));
        EXPECT_EQ(defaults(body, MemberKind::kSecretariat, Capture::kLate),
                  (Alternatives{{{Who::kSelf, Role::kSecretariat}}}));
    }
}

}  // namespace
}  // namespace tasdiq::ledger
