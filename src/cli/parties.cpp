#include "cli/parties.hpp"

#include <algorithm>

namespace tasdiq::cli {
namespace {

/// `0` or `6:0`.
std::optional<wire::Signer> parse_signer(std::string_view text, wire::MemberId own) {
    const std::size_t colon = text.find(':');
    wire::Signer signer{own, {}};
    if (colon != std::string_view::npos) {
        const auto member = parse_count(text.substr(0, colon), UINT32_MAX);
        if (!member) return std::nullopt;
        signer.member = {static_cast<std::uint32_t>(*member)};
        text.remove_prefix(colon + 1);
    }
    const auto ordinal = parse_count(text, UINT16_MAX);
    if (!ordinal) return std::nullopt;
    signer.ordinal = {static_cast<std::uint16_t>(*ordinal)};
    return signer;
}

/// Takes `profile` in; the error says why it cannot be one of them.
Result<Ok, std::string> add(Parties& parties, Profile profile, const std::string& path) {
    if (profile.chain != parties.own.chain) {
        return std::unexpected{path + ": is a profile of another ledger"};
    }
    if (parties.find(profile.institution) != nullptr) {
        return std::unexpected{path + ": there is a profile of member " +
                               std::to_string(profile.institution.value) + " already"};
    }
    parties.others.push_back(std::move(profile));
    return Ok{};
}

}  // namespace

const Profile* Parties::find(wire::MemberId member) const {
    if (own.institution == member) return &own;
    const auto found = std::ranges::find(others, member, &Profile::institution);
    return found == others.end() ? nullptr : &*found;
}

std::vector<PartyName> Parties::names_on(Day day) const {
    std::vector<PartyName> names{{own.institution, wire::name_on(own.names, day)}};
    for (const Profile& one : others) {
        names.emplace_back(one.institution, wire::name_on(one.names, day));
    }
    return names;
}

Result<Parties, std::string> read_parties(const Arguments& arguments) {
    Parties parties;
    TRY(parties.own, read_profile(arguments.get("profile", "")));
    for (const std::string& path : arguments.all("with")) {
        TRY(Profile profile, read_profile(path));
        TRY(add(parties, std::move(profile), path));
    }
    return parties;
}

Result<std::vector<SignerKey>, std::string> parse_party_signers(std::string_view text,
                                                                const Parties& parties) {
    std::vector<SignerKey> signers;
    for (;;) {
        const std::size_t comma = text.find(',');
        const auto signer = parse_signer(text.substr(0, comma), parties.own.institution);
        if (!signer) {
            return std::unexpected{
                "takes numbers of keys, as in 0,1, of others with their member, "
                "as in 0,1,6:0"};
        }
        const std::string member = "member " + std::to_string(signer->member.value);
        const std::string key = "key " + std::to_string(signer->ordinal.value);
        const Profile* const profile = parties.find(signer->member);
        if (profile == nullptr) {
            return std::unexpected{"there is no profile of " + member + "; name it with --with"};
        }
        const ProfileKey* const found = profile->find_key(signer->ordinal);
        if (found == nullptr) {
            return std::unexpected{"the profile of " + member + " has no " + key};
        }
        if (std::ranges::find(signers, *signer, &SignerKey::first) != signers.end()) {
            return std::unexpected{key + " of " + member +
                                   " stands there twice; nobody signs twice"};
        }
        signers.emplace_back(*signer, found->multikey);
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 1);
    }
    std::ranges::sort(signers);
    return signers;
}

}  // namespace tasdiq::cli
