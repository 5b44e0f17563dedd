#pragma once

#include <atomic>
#include <gtest/gtest.h>
#include <mutex>

#include "certificate/commitment.hpp"
#include "certificate/make.hpp"
#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/data_integrity.hpp"
#include "credential/did.hpp"
#include "credential/published_list.hpp"
#include "ledger/world_test.hpp"
#include "linked/bundled_contexts.hpp"
#include "net/client.hpp"
#include "node/node.hpp"
#include "store/on_disk_test.hpp"
#include "verify/verifier.hpp"

// A node in this process for this folder's tests: four states, one university, twelve graduates.
namespace tasdiq::node {

using codec::Json;
using ledger::world::World;
using wire::MemberId;
using wire::Role;
using wire::Signer;

inline constexpr std::string_view kSubmissionType = "application/vnd.tasdiq.transaction+cbor";
inline constexpr MemberId kTunisia{1};
inline constexpr MemberId kSecretariat{5};
inline constexpr MemberId kMinistry{6};
inline constexpr MemberId kUniversity{7};
inline constexpr Signer kMinistry1{kMinistry, {0}};
inline constexpr Signer kMinistry2{kMinistry, {1}};
inline constexpr Signer kRegistrar{kUniversity, {0}};
inline constexpr Signer kDean{kUniversity, {1}};
inline constexpr Signer kAssertion{kUniversity, {3}};

inline constexpr std::string_view kStatusList = "0123456789abcdef";

inline Json parse(std::string_view text) {
    auto json = codec::parse_json(text);
    EXPECT_TRUE(json) << text.substr(0, 200);
    return json ? *std::move(json) : Json{};
}

/// A certificate as its holder has it.
struct Held {
    std::string credential;
    wire::Commitment commitment;
    wire::CertificateSecret secret;
};

class SmallNode {
  public:
    explicit SmallNode(NodeOptions options = {}) : world{{"TN", "EG", "DZ", "LY"}} {
        set_now(*parse_instant("2026-07-01T09:00:00Z"));
        EXPECT_TRUE(store::LedgerStore::create(folder.path(), world.genesis));
        start(std::move(options));
    }

    /// Of the world and of the node, whose threads read it meanwhile.
    void set_now(Instant now) {
        world.now = now;
        clock_s = now.seconds;
    }

    void start(NodeOptions options = {}) {
        options.folder = folder.path();
        options.version = "test";
        options.now = [this] { return Instant{clock_s.load()}; };
        auto started = Node::start(std::move(options), node_keys(), logger);
        ASSERT_TRUE(started) << started.error().detail;
        node = *std::move(started);
        auto opened = net::Client::open("http://127.0.0.1:" + std::to_string(node->port()));
        ASSERT_TRUE(opened);
        client = std::make_unique<net::Client>(*std::move(opened));
    }

    static NodeKeys node_keys(std::size_t states = 4) {
        NodeKeys keys{{}, ledger::world::key_named(World::name_of({kSecretariat, {1}}))};
        for (std::uint32_t state = 1; state <= states; ++state) {
            keys.node_keys.push_back(ledger::world::key_named(World::name_of({{state}, {2}})));
        }
        return keys;
    }

    [[nodiscard]] net::ClientResponse get(const std::string& target,
                                          const std::vector<net::Header>& headers = {}) {
        auto answer = client->get(target, headers);
        EXPECT_TRUE(answer) << target;
        return answer ? *std::move(answer) : net::ClientResponse{};
    }
    [[nodiscard]] net::ClientResponse post(const std::string& target, std::string_view type,
                                           std::string_view body) {
        auto answer = client->post(target, type, body);
        EXPECT_TRUE(answer) << target;
        return answer ? *std::move(answer) : net::ClientResponse{};
    }
    [[nodiscard]] net::ClientResponse submit(const Bytes& submission) {
        return post("/api/v1/transactions", kSubmissionType, as_text(submission));
    }
    /// 200, and JSON.
    [[nodiscard]] Json get_json(const std::string& target) {
        const auto answer = get(target);
        EXPECT_EQ(answer.status, 200U) << target << answer.body;
        return parse(answer.body);
    }

    /// Sends to the node, and to the world that runs beside it; both must take it.
    Json record(const wire::Body& body, const std::vector<Signer>& signers,
                const std::optional<Bytes>& list = std::nullopt) {
        const Bytes submission = world.sign(world.payload(body, signers), list);
        const auto answer = submit(submission);
        EXPECT_EQ(answer.status, 201U) << answer.body;
        EXPECT_TRUE(world.send(submission));
        return parse(answer.body);
    }

    /// Ministry, university with an assertion key, accreditation 1.
    void register_members() {
        using namespace ledger::world;
        record(wire::RegisterAuthority{kTunisia,
                                       names_of("MESRS"),
                                       1,
                                       {},
                                       world.first_keys(node::kMinistry,
                                                        {Role::kAuthority, Role::kAuthority},
                                                        world.chain)},
               {{node::kTunisia, {0}}, {node::kTunisia, {1}}});
        record(
            wire::RegisterInstitution{node::kMinistry,
                                      wire::MemberKind::kUniversity,
                                      {{Day{0}, "جامعة تونس المنار", "University of Tunis El Manar",
                                        "Université de Tunis El Manar"}},
                                      "TN",
                                      {{"ror", "029cgt552"}},
                                      std::nullopt,
                                      world.first_keys(kUniversity,
                                                       {Role::kRegistrar, Role::kDean,
                                                        Role::kPresident, Role::kAssertion},
                                                       world.chain)},
            {node::kMinistry1, node::kMinistry2});
        record(wire::Accredit{node::kMinistry,
                              kUniversity,
                              manar_scope(),
                              {{"CS", 613, {"حاسوب", "Computing", "Informatique"}}}},
               {node::kMinistry1, node::kMinistry2});
    }

    /// Another university: registrar, dean and assertion are its keys 0, 1, 2.
    MemberId institution(const std::string& name) {
        const MemberId id = world.next_member();
        record(wire::RegisterInstitution{node::kMinistry,
                                         wire::MemberKind::kUniversity,
                                         ledger::world::names_of(name),
                                         "TN",
                                         {},
                                         std::nullopt,
                                         world.first_keys(
                                             id, {Role::kRegistrar, Role::kDean, Role::kAssertion},
                                             world.chain)},
               {node::kMinistry1, node::kMinistry2});
        return id;
    }
    void close(MemberId member) {
        record(wire::Succession{node::kMinistry,
                                member,
                                wire::SuccessionKind::kClosed,
                                {},
                                to_day(world.now),
                                "decree",
                                std::nullopt},
               {node::kMinistry1, node::kMinistry2});
    }
    /// `other` absorbs the university today.
    Json absorb_into(MemberId other) {
        return record(wire::Succession{node::kMinistry,
                                       kUniversity,
                                       wire::SuccessionKind::kAbsorbed,
                                       {other},
                                       to_day(world.now),
                                       "decree",
                                       std::nullopt},
                      {node::kMinistry1, node::kMinistry2});
    }
    /// `custodian` keeps the university's archives.
    Json give_into_custody(MemberId custodian) {
        return record(wire::Custody{node::kMinistry, kUniversity,
                                    wire::Custodian{custodian, wire::CustodyScope::kArchives}},
                      {node::kMinistry1, node::kMinistry2});
    }

    [[nodiscard]] static certificate::Record graduate(std::size_t number) {
        certificate::Record record;
        record.holder.names = {
            {"أميرة الطرابلسي " + std::to_string(number), certificate::Script::kArab},
            {"Amira Trabelsi " + std::to_string(number), certificate::Script::kLatn}};
        record.award.title = {"حاسوب", "Computing", "Informatique"};
        record.award.level = 6;
        record.award.field = 613;
        record.award.programme = "CS";
        record.award.awarded_on = *parse_day("2026-06-20");
        record.award.site = 1;
        return record;
    }

    /// Issues certificates of `count` graduates; they are `held` in the order of the log.
    /// Returns the first one's index.
    std::uint64_t issue(std::size_t count) {
        wire::Terms terms = certificate::make_terms(graduate(0), {{kUniversity, 1}});
        const certificate::Issuer issuer{kUniversity, "جامعة تونس المنار",
                                         "University of Tunis El Manar",
                                         "Université de Tunis El Manar", "ledger.example"};
        std::vector<Held> fresh;
        for (std::size_t i = 0; i < count; ++i) {
            std::array<std::uint8_t, 16> random{};
            keys::random_bytes(random);
            const auto credential =
                certificate::make_credential(graduate(i), issuer, certificate::make_uuid(random));
            EXPECT_TRUE(credential) << credential.error().field;
            const auto did = credential::make_institution_did(issuer.host, kUniversity.value);
            credential::ProofOptions options;
            options.verification_method = credential::make_key_url(did, kAssertion.ordinal.value);
            options.created = world.now;
            const auto unfinished =
                credential::signing_input(credential->unsecured(), options, contexts.cache());
            EXPECT_TRUE(unfinished);
            const Bytes signature = world.keys.at(kAssertion).sign(unfinished->signing_input);
            const auto secret = keys::random<wire::CertificateSecret>();
            fresh.push_back(
                {credential->with_proof(credential::finish_proof(*unfinished, signature)),
                 certificate::commit(*credential, terms, secret), secret});
        }
        std::ranges::sort(fresh, {}, &Held::commitment);
        std::vector<wire::Item> items;
        for (const Held& one : fresh) {
            items.push_back({one.commitment, std::nullopt, seat});
            if (seat) ++seat->leaf;
        }
        const Json answer =
            record(World::issue_of(terms, items), {kRegistrar, kDean}, wire::encode_list(items));
        held = std::move(fresh);
        return static_cast<std::uint64_t>(answer.find("firstCertificate")->get_integer().value());
    }

    /// A status list of the university's, as `by` signs it.
    [[nodiscard]] std::string status_list(std::optional<std::size_t> index,
                                          const Signer& by = kAssertion,
                                          std::string_view purpose = credential::kRevocation,
                                          std::string_view issuer = {},
                                          std::string_view name = kStatusList) {
        credential::StatusBits bits;
        if (index) bits.set(*index, true);
        const std::string host = "ledger.example";
        const std::string did = credential::make_institution_did(host, by.member.value);
        const Json document = credential::make_status_credential(
            {.url = credential::make_status_list_url({host, kUniversity.value}, name, purpose),
             .issuer = issuer.empty() ? did : std::string{issuer},
             .purpose = std::string{purpose},
             .valid_from = world.now,
             .ttl_ms = credential::kListTtl_ms},
            bits);
        const credential::ProofOptions options{
            .verification_method = credential::make_key_url(did, by.ordinal.value),
            .created = world.now};
        const auto unfinished = credential::signing_input(document, options, contexts.cache());
        EXPECT_TRUE(unfinished);
        return codec::to_jcs(credential::attach(document, *unfinished,
                                                world.keys.at(by).sign(unfinished->signing_input)));
    }

    /// The node's evidence with the holder's secret.
    [[nodiscard]] std::string open(Json evidence, const Held& of) const {
        evidence.set("secret", codec::encode_base64url(of.secret.view()));
        return codec::to_jcs(evidence);
    }

    store::TemporaryFolder folder;
    World world;
    std::atomic<std::int64_t> clock_s{0};
    linked::BundledContexts contexts;
    std::mutex mutex;  // guards `log`
    std::string log;
    net::Logger logger{net::LogLevel::kDebug, [this](std::string_view line) {
                           const std::lock_guard guard{mutex};
                           log += line;
                       }};
    std::unique_ptr<Node> node;  // ends before what it logs to
    std::unique_ptr<net::Client> client;
    std::vector<Held> held;
    std::optional<wire::Seat> seat;  // of the next certificate that is issued; the others follow
};

/// Registered, and twelve certificates issued from `first` on.
class NodeWithCertificates : public testing::Test {
  protected:
    NodeWithCertificates() {
        small.register_members();
        first = small.issue(12);
    }

    std::string evidence_of(std::size_t i) {
        return small.open(small.get_json("/api/v1/evidence/" + std::to_string(first + i)),
                          small.held[i]);
    }

    verify::Verdict judge(std::string_view document, std::string_view evidence) {
        const auto root = wire::parse_trust_root(as_bytes(small.get("/api/v1/trust-root").body));
        EXPECT_TRUE(root);
        verify::Verifier verifier{*root, verify::Belief::kFileOnly};
        return verifier.verify(as_bytes(document), as_bytes(evidence), small.world.now);
    }

    static std::string failures(const verify::Verdict& verdict) {
        std::string text{to_string(verdict.headline)};
        for (const auto& check : verdict.checks) {
            if (check.outcome == verify::Outcome::kFailed) {
                text += " " + std::string{to_string(check.check)} + ":" +
                        std::string{to_string(check.code)};
            }
        }
        return text;
    }

    SmallNode small;
    std::uint64_t first = 0;
};

}  // namespace tasdiq::node
