#pragma once

#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <string>

#include "crypto/hash.hpp"
#include "crypto/multikey.hpp"
#include "keys/signing_key.hpp"
#include "ledger/genesis.hpp"
#include "ledger/memory_view.hpp"
#include "ledger/records.hpp"

// A small ledger for tests, fuzzing and benchmarks: real keys and signatures, everything from
// names, nothing at random.
namespace tasdiq::ledger::world {

using crypto::Algorithm;
using wire::LogIndex;
using wire::MemberId;
using wire::Ordinal;
using wire::Role;
using wire::Signer;

/// The seed of everything that is called `name`.
inline crypto::Sha256Digest digest_of(const std::string& name) {
    return crypto::sha256(as_bytes(name));
}

inline keys::SigningKey key_named(const std::string& name,
                                  Algorithm algorithm = Algorithm::kEd25519) {
    auto key = keys::SigningKey::from_seed(algorithm,
                                           *keys::SigningKey::Seed::from(digest_of(name).view()));
    ENSURE(key);
    return *std::move(key);
}

/// Keys of these roles are made of this algorithm, unless a test says otherwise.
inline Algorithm algorithm_of(Role role) {
    return role == Role::kSeal ? Algorithm::kEs256 : Algorithm::kEd25519;
}

inline wire::NewKey new_key(const keys::SigningKey& key, Role role, const wire::ChainId& chain,
                            std::optional<MemberId> member) {
    const ByteView raw = key.public_key().view();
    return {role, key.algorithm(), to_bytes(raw),
            key.sign(wire::possession_input(chain, member, role, key.algorithm(), raw))};
}

inline std::vector<wire::Name> names_of(const std::string& name) {
    return {{Day{0}, name, name, name}};
}

/// A list with these many items, the commitments derived from `seed`, ascending.
inline std::vector<wire::Item> items_of(const std::string& seed, std::size_t count) {
    std::vector<wire::Item> items;
    for (std::size_t i = 0; i < count; ++i) {
        const auto digest = digest_of(seed + "/" + std::to_string(i));
        items.push_back({wire::Commitment{digest.array()}, std::nullopt, std::nullopt});
    }
    std::ranges::sort(items, {}, &wire::Item::commitment);
    return items;
}

class World {
  public:
    /// Genesis on `created` with these states (two vote keys and a node key each); ALECSO is the
    /// secretariat.
    explicit World(const std::vector<std::string>& countries,
                   Instant created = *parse_instant("2026-01-01T00:00:00Z"))
        : now{created} {
        genesis.ledger = wire::LedgerKind::kTest;
        genesis.origin_prefix = "ledger.example/test";
        genesis.created = created;
        std::uint32_t id = 1;
        for (const std::string& country : countries) {
            genesis.states.push_back(
                {country, names_of(country),
                 first_keys({id++}, {Role::kVote, Role::kVote, Role::kNode}, wire::ChainId{})});
        }
        genesis.secretariat_names = names_of("ALECSO");
        genesis.secretariat_keys =
            first_keys({id}, {Role::kSecretariat, Role::kPublisher}, wire::ChainId{});
        BlockBuilder block = make_genesis_block(genesis);
        chain = block.context().chain;
        view.append(block);
    }

    /// Keys of a new member, remembered as its ordinals 0, 1, …
    std::vector<wire::NewKey> first_keys(MemberId member, const std::vector<Role>& roles,
                                         const wire::ChainId& for_chain) {
        std::vector<wire::NewKey> added;
        for (std::size_t i = 0; i < roles.size(); ++i) {
            const Signer signer{member, {static_cast<std::uint16_t>(i)}};
            keys.insert_or_assign(signer, key_named(name_of(signer), algorithm_of(roles[i])));
            added.push_back(new_key(keys.at(signer), roles[i], for_chain, std::nullopt));
        }
        return added;
    }

    /// The next key of `member`, remembered.
    wire::NewKey next_key(MemberId member, Role role) {
        const auto counters = *read<wire::CountersRecord>(view, wire::MapKey::counters(member));
        const Signer signer{member, counters.next_ordinal};
        keys.insert_or_assign(signer, key_named(name_of(signer), algorithm_of(role)));
        return new_key(keys.at(signer), role, chain, member);
    }

    static std::string name_of(const Signer& signer) {
        return "key " + std::to_string(signer.member.value) + "/" +
               std::to_string(signer.ordinal.value);
    }

    /// The id that the next registered member gets.
    [[nodiscard]] MemberId next_member() const {
        return read<wire::LedgerRecord>(view, wire::MapKey::ledger())->next_member;
    }

    [[nodiscard]] BlockContext context() const {
        const auto ledger = read<wire::LedgerRecord>(view, wire::MapKey::ledger());
        return {ledger->blocks, now, chain};
    }

    /// A payload as it should be: fresh nonce, expires in an hour.
    wire::Payload payload(wire::Body body, std::vector<Signer> signers) {
        std::ranges::sort(signers);
        const auto nonce = digest_of("nonce " + std::to_string(nonces_++));
        return {chain,
                *wire::Nonce::from(nonce.view().first(16)),
                {now.seconds + 3'600},
                std::move(signers),
                std::move(body)};
    }

    using Tamper = std::function<void(std::vector<wire::EnvelopeSignature>&)>;

    /// Signs with the keys that the signers have (or with one of their name, if they have none).
    [[nodiscard]] Bytes sign(const wire::Payload& payload,
                             const std::optional<Bytes>& list = std::nullopt,
                             const Tamper& tamper = {}) const {
        const Bytes bytes = wire::encode(payload);
        std::vector<wire::EnvelopeSignature> signatures;
        for (const Signer& signer : payload.signers) {
            const auto known = keys.find(signer);
            const auto stranger = key_named(name_of(signer));
            const auto& key = known != keys.end() ? known->second : stranger;
            const auto id = crypto::key_id(key.public_key());
            signatures.push_back(
                {key.algorithm(), id, key.sign(wire::signing_input(bytes, key.algorithm(), id))});
        }
        if (tamper) tamper(signatures);
        return wire::encode(wire::Submission{wire::encode_envelope(bytes, signatures), list});
    }

    /// An issue, its count and root those of `items`.
    static wire::Issue issue_of(const wire::Terms& terms, const std::vector<wire::Item>& items) {
        return {terms, static_cast<std::uint32_t>(items.size()), wire::list_root(items)};
    }

    /// One submission in a block of its own.
    Result<Accepted, Refusal> send(const Bytes& submission) {
        BlockBuilder block{view, context()};
        auto answer = block.add(submission);
        ENSURE(block.empty() == (!answer || answer->is_repeated));
        view.append(block);
        return answer;
    }
    Result<Accepted, Refusal> send(const wire::Body& body, const std::vector<Signer>& signers) {
        return send(sign(payload(body, signers)));
    }
    Result<Accepted, Refusal> issue(const wire::Terms& terms, const std::vector<wire::Item>& items,
                                    const std::vector<Signer>& signers) {
        return send(sign(payload(issue_of(terms, items), signers), wire::encode_list(items)));
    }

    template <class Record>
    [[nodiscard]] std::optional<Record> record(const wire::MapKey& key) const {
        return read<Record>(view, key);
    }

    wire::Genesis genesis{};
    wire::ChainId chain;
    MemoryView view;
    Instant now;
    std::map<Signer, keys::SigningKey> keys;

  private:
    std::uint64_t nonces_ = 0;
};

inline constexpr MemberId kTunisia{1};
inline constexpr MemberId kSecretariat{2};
inline constexpr MemberId kMinistry{3};
inline constexpr MemberId kManar{4};  // University of Tunis El Manar

// Its officers, by ordinal.
inline constexpr Signer kRegistrar{kManar, {0}};
inline constexpr Signer kDean{kManar, {1}};
inline constexpr Signer kPresident{kManar, {2}};
inline constexpr Signer kMinistry1{kMinistry, {0}};
inline constexpr Signer kMinistry2{kMinistry, {1}};
inline constexpr Signer kVote1{kTunisia, {0}};
inline constexpr Signer kVote2{kTunisia, {1}};
inline const std::vector<Signer> kOfficers{kRegistrar, kDean};
inline const std::vector<Signer> kMinistryKeys{kMinistry1, kMinistry2};

inline wire::Scope manar_scope() {
    return {.act = wire::Act::kHabilitation,
            .legal = "Arrêté du 5 mars 2019",
            .types = {wire::CertificateType::kDegree, wire::CertificateType::kTranscript},
            .levels = {6, 7},
            .fields = {613, 731},
            .by_programme = true,
            .modes = {wire::Mode::kOnSite},
            .sites = {{1, "TN"}},
            .from = *parse_day("2020-01-01"),
            .to = std::nullopt,
            .applies = wire::AppliesTo::kAward,
            .quota = 100,
            .register_quota = 0};
}

inline wire::Terms manar_terms() {
    return {.awarding = {{kManar, 1}},
            .type = wire::CertificateType::kDegree,
            .level = 6,
            .field = 613,
            .programme = std::nullopt,
            .awarded_on = *parse_day("2026-06-20"),
            .intake = *parse_day("2023-09-15"),
            .mode = wire::Mode::kOnSite,
            .site = 1,
            .capture = wire::Capture::kContemporaneous};
}

/// Tunisia with its ministry, El Manar under it, and an accreditation; it is July 2026.
struct Manar : World {
    Manar() : World{{"TN"}} {
        const auto ministry_keys =
            first_keys(kMinistry, {Role::kAuthority, Role::kAuthority}, chain);
        ENSURE(send(wire::RegisterAuthority{kTunisia, names_of("MESRS"), 1, {}, ministry_keys},
                    {kVote1, kVote2}));
        ENSURE(institution("UTM") == kManar);
        ENSURE(send(wire::Accredit{kMinistry,
                                   kManar,
                                   manar_scope(),
                                   {{"CS", 613, {"حاسوب", "Computing", "Informatique"}}}},
                    kMinistryKeys));
        now = *parse_instant("2026-07-01T09:00:00Z");
    }

    static std::vector<Signer> both_of(MemberId member) { return {{member, {0}}, {member, {1}}}; }
    /// An institution under an authority: registrar, dean and president are its keys 0, 1, 2.
    MemberId institution(const std::string& name,
                         wire::MemberKind kind = wire::MemberKind::kUniversity,
                         std::optional<MemberId> parent = std::nullopt,
                         const std::string& country = "TN", MemberId by = kMinistry) {
        const MemberId id = next_member();
        const auto added = first_keys(id, {Role::kRegistrar, Role::kDean, Role::kPresident}, chain);
        ENSURE(send(wire::RegisterInstitution{by, kind, names_of(name), country, {}, parent, added},
                    both_of(by)));
        return id;
    }
};

}  // namespace tasdiq::ledger::world
