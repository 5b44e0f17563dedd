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

std::string called(const Profile& profile) {
    return profile.names.back().en + " (" + std::to_string(profile.institution.value) + ")";
}

/// Reads the profile of another member; the error says why it cannot take part.
Result<Profile, std::string> read_other(const Parties& parties, const std::string& path) {
    TRY(Profile profile, read_profile(path));
    if (profile.chain != parties.own.chain) {
        return std::unexpected{path + ": is a profile of another ledger"};
    }
    if (parties.find(profile.institution) != nullptr) {
        return std::unexpected{path + ": there is a profile of member " +
                               std::to_string(profile.institution.value) + " already"};
    }
    return profile;
}

/// What in an award a partner's accreditation does not have; empty if nothing.
std::string fault_at(const Profile& partner, const certificate::Award& award) {
    // An accreditation without programmes goes by levels and fields: the ledger knows them.
    if (partner.programmes.empty() || !award.programme) return {};
    const auto found =
        std::ranges::find(partner.programmes, *award.programme, &intake::Programme::code);
    if (found == partner.programmes.end()) {
        return "the programme " + *award.programme + " is not in the accreditation of " +
               called(partner);
    }
    if (found->level == award.level && found->field == award.field) return {};
    return "the programme " + *award.programme + " has another level or field at " +
           called(partner);
}

}  // namespace

const Profile* Parties::find(wire::MemberId member) const {
    if (own.institution == member) return &own;
    for (const auto* list : {&partners, &others}) {
        const auto found = std::ranges::find(*list, member, &Profile::institution);
        if (found != list->end()) return &*found;
    }
    return nullptr;
}

std::vector<wire::Awarding> Parties::awarding() const {
    std::vector<wire::Awarding> awarding{{own.institution, own.accreditation}};
    for (const Profile& one : partners) awarding.push_back({one.institution, one.accreditation});
    return awarding;
}

std::vector<PartyName> Parties::names_on(Day day) const {
    std::vector<PartyName> names{{own.institution, wire::name_on(own.names, day)}};
    for (const auto* list : {&partners, &others}) {
        for (const Profile& one : *list) {
            names.emplace_back(one.institution, wire::name_on(one.names, day));
        }
    }
    return names;
}

Result<Parties, std::string> read_parties(const Arguments& arguments) {
    constexpr std::size_t kPartnersMax = 7;
    Parties parties;
    TRY(parties.own, read_profile(arguments.get("profile", "")));
    for (const std::string& path : arguments.all("joint")) {
        TRY(Profile partner, read_other(parties, path));
        if (partner.is_authoritys() || parties.own.is_authoritys()) {
            return std::unexpected{path + ": an authority awards nothing together with others"};
        }
        parties.partners.push_back(std::move(partner));
    }
    if (parties.partners.size() > kPartnersMax) {
        return std::unexpected{"at most eight institutions award together"};
    }
    std::ranges::sort(parties.partners, {}, &Profile::institution);
    for (const std::string& path : arguments.all("with")) {
        TRY(Profile other, read_other(parties, path));
        parties.others.push_back(std::move(other));
    }
    return parties;
}

Result<Ok, std::string> award_together(std::vector<intake::Graduate>& graduates,
                                       const Parties& parties) {
    std::vector<wire::MemberId> members;
    for (const Profile& partner : parties.partners) members.push_back(partner.institution);
    for (intake::Graduate& graduate : graduates) {
        for (const Profile& partner : parties.partners) {
            const std::string fault = fault_at(partner, graduate.record.award);
            if (fault.empty()) continue;
            return std::unexpected{"line " + std::to_string(graduate.line) + ": " + fault};
        }
        graduate.record.award.awarded_with = members;
    }
    return Ok{};
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
            return std::unexpected{"there is no profile of " + member +
                                   "; name it with --with or --joint"};
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
