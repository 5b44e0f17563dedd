#pragma once

#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/profile.hpp"
#include "cli/to_sign.hpp"
#include "intake/graduates.hpp"

namespace tasdiq::cli {

inline constexpr Option kWithOption{
    "with", "FILE",
    "profile of another member that signs: the authority, the custodian; may stand several times"};

inline constexpr Option kJointOption{
    "joint", "FILE",
    "profile of an institution that awards these together; may stand several times"};

/// Those who take part in a batch, by their profiles.
struct Parties {
    Profile own;                    // whose certificates they are
    std::vector<Profile> others;    // who sign besides
    std::vector<Profile> partners;  // who award together with it, and sign; ascending

    /// That of a member; a null pointer if it takes no part.
    [[nodiscard]] const Profile* find(wire::MemberId member) const;
    /// The own member and its partners, with their accreditations, as terms have them.
    [[nodiscard]] std::vector<wire::Awarding> awarding() const;
    /// What everybody is called on a day, the own member first.
    [[nodiscard]] std::vector<PartyName> names_on(Day day) const;
};

/// Reads what `--profile`, `--joint` and `--with` name. Errors, as a sentence: a file that is no
/// profile; one of another ledger; two of one member; an authority that would award together with
/// others; more than eight institutions.
[[nodiscard]] Result<Parties, std::string> read_parties(const Arguments& arguments);

/// Makes the records those of an award that the partners give together with the own member. The
/// error, a sentence, names the first row whose programme a partner's accreditation does not have.
[[nodiscard]] Result<Ok, std::string> award_together(std::vector<intake::Graduate>& graduates,
                                                     const Parties& parties);

/// `0,1,6:0`: keys by their members and numbers, without a member the own one's; in any order. The
/// error says what is wrong with one.
[[nodiscard]] Result<std::vector<SignerKey>, std::string> parse_party_signers(
    std::string_view text, const Parties& parties);

}  // namespace tasdiq::cli
