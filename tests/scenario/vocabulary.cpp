#include "vocabulary.hpp"

#include <stdexcept>

namespace tasdiq::scenario {

void fail(const std::string& what) { throw std::runtime_error{what}; }

const std::map<std::string, Role> kRoles{{"registrar", Role::kRegistrar},
                                         {"dean", Role::kDean},
                                         {"president", Role::kPresident},
                                         {"authority", Role::kAuthority},
                                         {"vote", Role::kVote},
                                         {"node", Role::kNode},
                                         {"secretariat", Role::kSecretariat},
                                         {"publisher", Role::kPublisher},
                                         {"assertion", Role::kAssertion},
                                         {"seal", Role::kSeal}};

const std::map<std::string, MemberKind> kKinds{
    {"state", MemberKind::kState},           {"authority", MemberKind::kAuthority},
    {"university", MemberKind::kUniversity}, {"school", MemberKind::kSchool},
    {"branch", MemberKind::kBranch},         {"board", MemberKind::kExaminationBoard},
    {"order", MemberKind::kOrder},           {"centre", MemberKind::kTrainingCentre}};

const std::map<std::string, wire::CertificateType> kTypes{
    {"degree", wire::CertificateType::kDegree},
    {"provisional", wire::CertificateType::kProvisional},
    {"transcript", wire::CertificateType::kTranscript},
    {"attendance", wire::CertificateType::kAttendance},
    {"secondary", wire::CertificateType::kSecondary},
    {"vocational", wire::CertificateType::kVocational},
    {"licence", wire::CertificateType::kLicence},
    {"equivalency", wire::CertificateType::kEquivalency},
    {"attestation", wire::CertificateType::kAttestation}};

const std::map<std::string, wire::Mode> kModes{{"on-site", wire::Mode::kOnSite},
                                               {"distance", wire::Mode::kDistance}};

const std::map<std::string, wire::Capture> kCaptures{
    {"contemporaneous", wire::Capture::kContemporaneous},
    {"late", wire::Capture::kLate},
    {"register", wire::Capture::kRegister},
    {"reconstructed", wire::Capture::kReconstructed}};

const std::map<std::string, wire::RelationCode> kRelations{
    {"of-award", wire::RelationCode::kOfAward},     {"replaces", wire::RelationCode::kReplaces},
    {"duplicates", wire::RelationCode::kDuplicate}, {"finalises", wire::RelationCode::kFinalises},
    {"annotates", wire::RelationCode::kAnnotates},  {"restores", wire::RelationCode::kRestores}};

const std::map<std::string, wire::AppliesTo> kApplies{{"intake", wire::AppliesTo::kIntake},
                                                      {"award", wire::AppliesTo::kAward}};

const std::map<std::string, wire::StatusState> kVerbs{
    {"suspend", wire::StatusState::kSuspended}, {"reinstate", wire::StatusState::kReinstated},
    {"revoke", wire::StatusState::kRevoked},    {"annul", wire::StatusState::kAnnulled},
    {"replace", wire::StatusState::kReplaced},  {"cancel", wire::StatusState::kCancelled},
    {"report-lost", wire::StatusState::kLost}};

const std::map<wire::StatusState, std::string> kStates{
    {wire::StatusState::kSuspended, "suspended"},
    {wire::StatusState::kReinstated, "reinstated"},
    {wire::StatusState::kRevoked, "revoked"},
    {wire::StatusState::kAnnulled, "annulled"},
    {wire::StatusState::kReplaced, "replaced"},
    {wire::StatusState::kCancelled, "cancelled"},
    {wire::StatusState::kLost, "lost"}};

Day day_of(const std::string& text) {
    const auto day = parse_day(text);
    if (!day) fail("'" + text + "' is no day");
    return *day;
}

std::optional<Day> optional_day(const Row& row, const std::string& column) {
    if (!row.has(column)) return std::nullopt;
    return day_of(row.get(column));
}

std::string singular(std::string word) {
    if (word.ends_with("s")) word.pop_back();
    return word;
}

std::vector<Role> roles_of(const std::string& text) {
    std::vector<Role> roles;
    for (const auto& word : words(text)) roles.push_back(one_of(kRoles, word));
    return roles;
}

wire::Scope scope_of(const Row& row) {
    wire::Scope scope{.act = wire::Act::kAccreditation,
                      .legal = "decree",
                      .types = {},
                      .levels = {},
                      .fields = {},
                      .by_programme = row.has("programmes"),
                      .modes = {wire::Mode::kOnSite},
                      .sites = {{1, row.get("lies in", "TN")}},
                      .from = day_of(row.get("from", "2020-01-01")),
                      .to = optional_day(row, "to"),
                      .applies = one_of(kApplies, row.get("counts by", "award")),
                      .quota = std::nullopt,
                      .register_quota = 0};
    for (const auto& word : words(row.get("types", "degree"))) {
        scope.types.push_back(one_of(kTypes, word));
    }
    for (const auto& word : words(row.get("levels", "6"))) {
        scope.levels.push_back(number_of<std::uint8_t>(word));
    }
    for (const auto& word : words(row.get("fields", "0613"))) {
        scope.fields.push_back(number_of<std::uint16_t>(word));
    }
    if (row.has("quota")) scope.quota = number_of<std::uint64_t>(row.get("quota"));
    scope.register_quota = number_of<std::uint64_t>(row.get("register quota", "0"));
    return scope;
}

std::vector<wire::ProgrammeEntry> programmes_of(const std::string& text) {
    std::vector<wire::ProgrammeEntry> programmes;
    for (const auto& word : words(text)) {
        const auto parts = split(word, ":");
        programmes.push_back(
            {parts.at(0), number_of<std::uint16_t>(parts.at(1)), {parts[0], parts[0], parts[0]}});
    }
    return programmes;
}

namespace {

/// `dean`, `officer`, `ministry` (the supervising authority), `parent's dean`
wire::Slot slot_of(const std::string& text) {
    if (text == "officer") return {wire::Who::kSelf, std::nullopt};
    if (text == "ministry") return {wire::Who::kAuthority, Role::kAuthority};
    if (text.starts_with("parent's ")) return {wire::Who::kParent, one_of(kRoles, text.substr(9))};
    return {wire::Who::kSelf, one_of(kRoles, text)};
}

}  // namespace

std::vector<wire::Rule> rules_of(const std::string& text) {
    const std::map<std::string, wire::BodyCode> bodies{{"issue", wire::BodyCode::kIssue},
                                                       {"awards", wire::BodyCode::kIssue},
                                                       {"status", wire::BodyCode::kStatus},
                                                       {"add-key", wire::BodyCode::kAddKey}};
    std::vector<wire::Rule> rules;
    for (const auto& part : split(text, ";")) {
        const auto body_and_rest = split(part, ":");
        const auto slots_and_wait = split(body_and_rest.at(1), ", waits ");
        wire::Rule rule{one_of(bodies, body_and_rest[0]), {}, {}, {}, 0, {}};
        if (body_and_rest[0] == "awards") rule.relations.emplace(1);
        if (slots_and_wait.size() == 2) {
            rule.cool_off_s = number_of<std::uint32_t>(words(slots_and_wait[1]).at(0)) * 86'400;
        }
        for (const auto& alternative : split(slots_and_wait[0], " or ")) {
            wire::Alternative slots;
            for (const auto& slot : split(alternative, "+")) slots.push_back(slot_of(slot));
            rule.alternatives.push_back(slots);
        }
        rules.push_back(rule);
    }
    return rules;
}

}  // namespace tasdiq::scenario
