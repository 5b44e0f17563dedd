#include "ledger/attempt_test.hpp"

namespace tasdiq::ledger::world {
namespace {

Bytes with_byte_after(Bytes bytes) {
    bytes.push_back(0);
    return bytes;
}

/// The envelope loses its last byte.
Bytes with_short_envelope(const Bytes& bytes) {
    auto submission = *wire::decode_submission(bytes);
    submission.envelope.pop_back();
    return wire::encode(submission);
}

wire::Status suspend(std::vector<LogIndex> indices) {
    return {kManar, wire::StatusState::kSuspended, std::move(indices)};
}

/// El Manar with a retired registrar's key (3), a voided one (4), and an authority (5) that ended.
struct Troubled : Manar {
    static constexpr MemberId kEndedAuthority{5};
    Troubled() {
        for (int i = 0; i < 2; ++i) {
            EXPECT_TRUE(send(wire::AddKey{kManar, next_key(kManar, Role::kRegistrar)},
                             {kDean, kMinistry1}));
        }
        EXPECT_TRUE(send(wire::RetireKey{kManar, {3}}, {kDean, kRegistrar}));
        EXPECT_TRUE(send(wire::VoidKey{kMinistry, kManar, {4}, view.next_index()},
                         {kMinistry1, kMinistry2}));
        const auto old_keys =
            first_keys(kEndedAuthority, {Role::kAuthority, Role::kAuthority}, chain);
        EXPECT_TRUE(send(wire::RegisterAuthority{kTunisia, names_of("old"), 1, {}, old_keys},
                         {kVote1, kVote2}));
        EXPECT_TRUE(
            send(wire::EndAuthority{kTunisia, kEndedAuthority, to_day(now)}, {kVote1, kVote2}));
    }
};

TEST(Authenticate, RefusesInTheOrderOfTheErrors) {
    Troubled world;
    Attempt attempt{world, wire::Issue{manar_terms(), 0, {}}, {kRegistrar, kDean}};
    attempt.items = items_of("june", 3);
    attempt.items[0].seat = wire::Seat{kManar, 1, 1};  // there is none: comes last
    attempt.spoil = with_byte_after;
    attempt.without_list = true;
    attempt.chain = wire::ChainId{};
    attempt.expires = Instant{world.now.seconds - 1};
    attempt.signers.insert(
        attempt.signers.end(),
        {Signer{kManar, {9}}, {kManar, {3}}, {kManar, {4}}, {Troubled::kEndedAuthority, {0}}});
    bool wrong_algorithm = true;
    bool wrong_key = true;
    attempt.tamper = [&](std::vector<wire::EnvelopeSignature>& signatures) {
        if (wrong_algorithm) signatures[1].algorithm = Algorithm::kEs256;
        if (wrong_key) signatures[1].key = crypto::KeyId{};
        signatures[0].signature[40] ^= 1U;
    };
    attempt.sent_list = Bytes{0x80};
    using enum LedgerError;
    expect_in_order(
        attempt,
        {{kMalformedSubmission, [](auto& a) { a.spoil = with_short_envelope; }},
         {kMalformedEnvelope, [](auto& a) { a.spoil = {}; }},
         {kListMissing, [](auto& a) { a.without_list = false; }},
         {kWrongChain, [](auto& a) { a.chain.reset(); }},
         {kExpired, [](auto& a) { a.expires = Instant{a.world.now.seconds + kExpiryMax_s + 1}; }},
         {kExpiresTooLate, [](auto& a) { a.expires.reset(); }},
         {kSignerUnknown, [](auto& a) { std::erase(a.signers, Signer{kManar, {9}}); }},
         {kKeyRetired, [](auto& a) { std::erase(a.signers, Signer{kManar, {3}}); }},
         {kKeyVoided, [](auto& a) { std::erase(a.signers, Signer{kManar, {4}}); }},
         {kSignerEnded,
          [](auto& a) { std::erase(a.signers, Signer{Troubled::kEndedAuthority, {0}}); }},
         {kAlgorithmMismatch, [&](auto&) { wrong_algorithm = false; }},
         {kKeyIdMismatch, [&](auto&) { wrong_key = false; }},
         {kBadSignature, [](auto& a) { a.tamper = {}; }},
         {kMalformedList,
          [](auto& a) {
              a.sent_list.reset();
              a.sent_items = items_of("other", 2);
          }},
         {kListCount, [](auto& a) { a.sent_items = items_of("other", 3); }},
         {kListRoot, [](auto& a) { a.sent_items.reset(); }},
         {kSeatUnknown, [](auto& a) { a.items[0].seat.reset(); }}});
}

TEST(Authenticate, RefusesAListWithSomethingThatIsNotAnIssue) {
    Manar world;
    Attempt attempt{world, suspend({{0}}), {kRegistrar, kDean}};
    attempt.sent_list = wire::encode_list(items_of("june", 1));
    const auto answer = world.send(attempt.submission());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), Refusal{LedgerError::kListUnexpected});
}

TEST(Authenticate, SaysWhatIsMalformedAndWhere) {
    Manar world;
    const auto answer = world.send(Bytes{});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().error, LedgerError::kMalformedSubmission);
    EXPECT_EQ(answer.error().fault,
              (wire::WireFault{wire::WireError::kNotCanonical, "submission"}));
}

TEST(Authenticate, NamesTheSignerAtFault) {
    Manar world;
    Attempt attempt{world, suspend({{0}}), {kRegistrar, kDean, kPresident}};
    attempt.tamper = [](auto& signatures) { signatures[1].signature[0] ^= 1U; };
    const auto answer = world.send(attempt.submission());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{LedgerError::kBadSignature, std::nullopt, 1}));
}

TEST(Authenticate, TakesASignatureForOneSignerOnly) {
    Manar world;
    Attempt attempt{world, suspend({{0}}), {kRegistrar, kDean}};
    attempt.tamper = [](auto& signatures) { std::swap(signatures[0], signatures[1]); };
    const auto answer = world.send(attempt.submission());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{LedgerError::kKeyIdMismatch, std::nullopt, 0}));
}

TEST(Authenticate, TakesExpiryAtTheVeryMomentAndNinetyDaysAhead) {
    Manar world;
    for (const std::int64_t ahead_s : {std::int64_t{0}, kExpiryMax_s}) {
        Attempt attempt{world, wire::Issue{manar_terms(), 0, {}}, {kRegistrar, kDean}};
        attempt.items = items_of(std::to_string(ahead_s), 1);
        attempt.expires = Instant{world.now.seconds + ahead_s};
        EXPECT_TRUE(world.send(attempt.submission())) << ahead_s;
    }
}

TEST(Authenticate, SignsWithP256Too) {
    Manar world;
    const Signer second{kManar, {3}};
    world.keys.insert_or_assign(second, key_named("p256", Algorithm::kEs256));
    const auto key = new_key(world.keys.at(second), Role::kDean, world.chain, kManar);
    ASSERT_TRUE(world.send(wire::AddKey{kManar, key}, {kRegistrar, kMinistry1}));
    EXPECT_TRUE(world.issue(manar_terms(), items_of("june", 2), {kRegistrar, second}));
}

TEST(Apply, LooksAgainAtWhatMayHaveChanged) {
    Manar world;
    const auto payload =
        world.payload(World::issue_of(manar_terms(), items_of("june", 2)), {kRegistrar, kDean});
    const Bytes submission = world.sign(payload, wire::encode_list(items_of("june", 2)));
    const auto transaction = authenticate(world.view, world.context(), submission);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(world.send(wire::RetireKey{kManar, kRegistrar.ordinal}, {kDean, kPresident}));
    const auto refused = apply(world.view, world.context(), *transaction);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), (Refusal{LedgerError::kKeyRetired, std::nullopt, 0}));
    world.now.seconds += 3'601;
    const auto expired = apply(world.view, world.context(), *transaction);
    ASSERT_FALSE(expired);
    EXPECT_EQ(expired.error(), Refusal{LedgerError::kExpired});
}

}  // namespace
}  // namespace tasdiq::ledger::world
