#pragma once

#include "ledger/world_test.hpp"
#include "script.hpp"

// The words of scenarios and what they mean on the ledger.
namespace tasdiq::scenario {

using wire::MemberKind;
using wire::Role;

[[noreturn]] void fail(const std::string& what);

/// What `word` means; a word that means nothing ends the scenario.
template <class T>
T one_of(const std::map<std::string, T>& table, const std::string& word) {
    const auto found = table.find(word);
    if (found == table.end()) fail("'" + word + "' means nothing here");
    return found->second;
}

extern const std::map<std::string, Role> kRoles;
extern const std::map<std::string, MemberKind> kKinds;
extern const std::map<std::string, wire::CertificateType> kTypes;
extern const std::map<std::string, wire::Mode> kModes;
extern const std::map<std::string, wire::Capture> kCaptures;
extern const std::map<std::string, wire::RelationCode> kRelations;
extern const std::map<std::string, wire::AppliesTo> kApplies;
extern const std::map<std::string, wire::StatusState> kVerbs;
extern const std::map<wire::StatusState, std::string> kStates;

template <class T>
T number_of(const std::string& text) {
    return static_cast<T>(std::stoull(text));
}

Day day_of(const std::string& text);
std::optional<Day> optional_day(const Row& row, const std::string& column);
/// `degrees` and `degree` are the same.
std::string singular(std::string word);
std::vector<Role> roles_of(const std::string& text);
wire::Scope scope_of(const Row& row);
/// `CS:0613 LAW:0421`
std::vector<wire::ProgrammeEntry> programmes_of(const std::string& text);
/// `awards: ` is only for issues without a relation;
/// `issue: dean + officer or president + officer; status: dean + dean, waits 7 days`
std::vector<wire::Rule> rules_of(const std::string& text);

}  // namespace tasdiq::scenario
