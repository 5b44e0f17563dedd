#include "cli/sandbox_ledger.hpp"

#include <algorithm>
#include <array>

#include "base/ensure.hpp"
#include "cli/exit_code.hpp"
#include "cli/key_access.hpp"
#include "cli/signing.hpp"
#include "crypto/multikey.hpp"
#include "keys/key_file.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::int64_t kHour_s = 3'600;
constexpr std::uint32_t kHigherEducation = 1;  // docs/formats/codes.md, sectors
constexpr std::uint64_t kYearlyQuota = 100'000;
constexpr std::uint64_t kYearlyRegisterQuota = 1'000;

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::vector<wire::Name> names_of(const wire::Titles& titles) {
    return {{*parse_day("1950-01-01"), titles.ar, titles.en, titles.fr}};
}

crypto::Algorithm algorithm_of(wire::Role role) {
    return role == wire::Role::kSeal ? crypto::Algorithm::kEs256 : crypto::Algorithm::kEd25519;
}

using NamedRole = std::pair<std::string, wire::Role>;

/// Makes keys and their proofs of possession, for a member that is being registered.
Result<std::vector<wire::NewKey>, std::string> make_keys(SandboxKeys& keys,
                                                         const wire::ChainId& chain,
                                                         const std::vector<NamedRole>& wanted) {
    std::vector<wire::NewKey> made;
    for (const auto& [name, role] : wanted) {
        TRY(const keys::SigningKey* key, keys.make(name, role));
        made.push_back(make_new_key(chain, std::nullopt, role, *key));
    }
    return made;
}

NodeFault local(std::string message) { return {kExitIo, std::move(message)}; }

/// The scope that covers all programmes of an institution.
wire::Scope scope_of(const SandboxInstitution& institution) {
    wire::Scope scope{};
    scope.act = wire::Act::kHabilitation;
    scope.legal = institution.legal;
    scope.types = {wire::CertificateType::kDegree, wire::CertificateType::kProvisional,
                   wire::CertificateType::kTranscript, wire::CertificateType::kSupplement};
    for (const auto& programme : institution.programmes) {
        scope.levels.push_back(programme.level);
        scope.fields.push_back(programme.field);
    }
    const auto tidy = [](auto& list) {
        std::ranges::sort(list);
        const auto rest = std::ranges::unique(list);
        list.erase(rest.begin(), rest.end());
    };
    tidy(scope.levels);
    tidy(scope.fields);
    scope.by_programme = true;
    scope.modes = {wire::Mode::kOnSite};
    scope.sites = {{0, institution.country}};
    scope.from = *parse_day("1965-09-01");
    scope.applies = wire::AppliesTo::kAward;
    scope.quota = kYearlyQuota;
    scope.register_quota = kYearlyRegisterQuota;
    return scope;
}

std::vector<wire::ProgrammeEntry> programmes_of(const SandboxInstitution& institution) {
    std::vector<wire::ProgrammeEntry> entries;
    for (const auto& one : institution.programmes)
        entries.push_back({one.code, one.field, one.titles});
    std::ranges::sort(entries, {}, &wire::ProgrammeEntry::code);
    return entries;
}

/// Builds the consortium, one submission after the other.
class Builder {
  public:
    Builder(const wire::Genesis& genesis, SandboxKeys& keys, NodeClient& node)
        : chain_{wire::chain_id(wire::encode(genesis))},
          origin_{wire::origin_of(genesis, chain_)},
          keys_{keys},
          node_{node},
          next_member_{static_cast<std::uint32_t>(genesis.states.size()) + 2} {}

    Result<wire::MemberId, NodeFault> register_authority(const SandboxState& state,
                                                         wire::MemberId id) {
        const std::string prefix = lower(state.country);
        auto keys = make_keys(keys_, chain_,
                              {{prefix + "-authority-1", wire::Role::kAuthority},
                               {prefix + "-authority-2", wire::Role::kAuthority}});
        if (!keys) return std::unexpected{local(keys.error())};
        const wire::RegisterAuthority body{
            id, names_of(state.authority), kHigherEducation, {}, *keys};
        TRY(submit(body, {{{id, {0}}, &keys_.get(prefix + "-vote-1")},
                          {{id, {1}}, &keys_.get(prefix + "-vote-2")}}));
        return wire::MemberId{next_member_++};
    }

    Result<Profile, NodeFault> register_institution(const SandboxInstitution& institution,
                                                    wire::MemberId authority) {
        const std::string prefix = lower(institution.prefix());
        auto keys = make_keys(keys_, chain_,
                              {{prefix + "-dean", wire::Role::kDean},
                               {prefix + "-registrar", wire::Role::kRegistrar},
                               {prefix + "-assertion", wire::Role::kAssertion},
                               {prefix + "-seal", wire::Role::kSeal}});
        if (!keys) return std::unexpected{local(keys.error())};
        const wire::RegisterInstitution body{authority,
                                             wire::MemberKind::kUniversity,
                                             names_of(institution.names),
                                             institution.country,
                                             {{"domain", institution.domain}},
                                             std::nullopt,
                                             *keys};
        const auto signers = authority_signers(institution.country, authority);
        TRY(submit(body, signers));
        const wire::MemberId member{next_member_++};
        TRY(submit(
            wire::Accredit{authority, member, scope_of(institution), programmes_of(institution)},
            signers));

        Profile profile;
        profile.chain = chain_;
        profile.origin = origin_;
        profile.institution = member;
        profile.names = names_of(institution.names);
        profile.accreditation = 1;
        profile.programmes = institution.programmes;
        profile.serial_prefix = institution.prefix();
        for (std::uint16_t ordinal = 0; const wire::NewKey& key : *keys) {
            const auto parsed = crypto::PublicKey::parse(key.algorithm, key.public_key);
            ENSURE(parsed);
            profile.keys.push_back({{ordinal++}, key.role, crypto::to_multikey(*parsed)});
        }
        return profile;
    }

  private:
    std::vector<LocalSigner> authority_signers(const std::string& country,
                                               wire::MemberId authority) {
        const std::string prefix = lower(country);
        return {{{authority, {0}}, &keys_.get(prefix + "-authority-1")},
                {{authority, {1}}, &keys_.get(prefix + "-authority-2")}};
    }

    Result<RecordedAt, NodeFault> submit(wire::Body body, const std::vector<LocalSigner>& signers) {
        std::vector<wire::Signer> named;
        for (const LocalSigner& one : signers) named.push_back(one.signer);
        const auto payload = make_payload(chain_, named, std::move(body), now(), kHour_s);
        return node_.submit(make_submission(payload, signers));
    }

    wire::ChainId chain_;
    std::string origin_;
    SandboxKeys& keys_;
    NodeClient& node_;
    std::uint32_t next_member_;
};

}  // namespace

Result<const keys::SigningKey*, std::string> SandboxKeys::make(const std::string& name,
                                                               wire::Role role) {
    auto key = keys::SigningKey::generate(algorithm_of(role));
    keys::WriteOptions options;
    options.label = name + " (sandbox)";
    options.encryption = keys::Encryption::kUnencrypted;
    if (const auto written = keys::write_key_file(path(name), key, {}, options); !written) {
        return std::unexpected{key_fault_text(path(name), written.error())};
    }
    return &keys_.insert_or_assign(name, std::move(key)).first->second;
}

const keys::SigningKey& SandboxKeys::get(const std::string& name) const {
    const auto found = keys_.find(name);
    ENSURE(found != keys_.end());
    return found->second;
}

Result<wire::Genesis, std::string> make_sandbox_genesis(const SandboxPlan& plan,
                                                        const std::string& origin_prefix,
                                                        Instant created, SandboxKeys& keys) {
    const wire::ChainId zeros;
    wire::Genesis genesis{};
    genesis.ledger = wire::LedgerKind::kTest;
    genesis.origin_prefix = origin_prefix;
    genesis.created = created;
    for (const SandboxState& state : plan.states) {
        const std::string prefix = lower(state.country);
        TRY(auto made, make_keys(keys, zeros,
                                 {{prefix + "-vote-1", wire::Role::kVote},
                                  {prefix + "-vote-2", wire::Role::kVote},
                                  {prefix + "-node", wire::Role::kNode}}));
        genesis.states.push_back({state.country, names_of(state.names), std::move(made)});
    }
    genesis.secretariat_names = names_of({"أمانة السجل التجريبي", "Secretariat of the test ledger",
                                          "Secrétariat du registre d’essai"});
    TRY(genesis.secretariat_keys, make_keys(keys, zeros,
                                            {{"secretariat-1", wire::Role::kSecretariat},
                                             {"secretariat-2", wire::Role::kSecretariat},
                                             {"publisher", wire::Role::kPublisher}}));
    return genesis;
}

Result<std::vector<Profile>, NodeFault> register_sandbox_members(const SandboxPlan& plan,
                                                                 const wire::Genesis& genesis,
                                                                 SandboxKeys& keys,
                                                                 NodeClient& node) {
    Builder builder{genesis, keys, node};
    std::map<std::string, wire::MemberId> authorities;
    for (std::size_t i = 0; i < plan.states.size(); ++i) {
        TRY(const wire::MemberId authority,
            builder.register_authority(plan.states[i], {static_cast<std::uint32_t>(i + 1)}));
        authorities.emplace(plan.states[i].country, authority);
    }
    std::vector<Profile> profiles;
    for (const SandboxInstitution& institution : plan.institutions) {
        TRY(auto profile,
            builder.register_institution(institution, authorities.at(institution.country)));
        profiles.push_back(std::move(profile));
    }
    return profiles;
}

}  // namespace tasdiq::cli
