#include <algorithm>

#include "crypto/hash.hpp"
#include "generator.hpp"
#include "ledger/world_test.hpp"

// Every body but issues.
namespace tasdiq::model {

using crypto::Algorithm;
using wire::MemberKind;

Day Generator::day_near(int back, int ahead) {
    const int offset = static_cast<int>(
        dice_.below(static_cast<std::size_t>(back) + static_cast<std::size_t>(ahead) + 1));
    return {stage_.model.today().days - back + offset};
}

// ------------------------------------------------------------------ members and keys
std::vector<wire::NewKey> Generator::new_keys(const std::vector<Role>& roles,
                                              std::optional<MemberId> member) {
    std::vector<wire::NewKey> added;
    std::vector<Bytes> reserved;
    for (const Role role : roles) {
        const bool is_p256 = (role == Role::kSeal) != dice_.percent(3);
        const auto algorithm = is_p256 ? Algorithm::kEs256 : Algorithm::kEd25519;
        const keys::SigningKey* key = &stage_.fresh_key(algorithm);
        // Keys of one body differ: the format wants it.
        while (std::ranges::find(reserved, to_bytes(key->public_key().view())) != reserved.end()) {
            key = &stage_.fresh_key_after(*key);
        }
        if (added.empty() && dice_.percent(2)) {
            const auto& taken = stage_.model.keys.begin()->second;  // somebody's already
            added.push_back({role, taken.algorithm, taken.public_key, Bytes(64)});
            continue;
        }
        reserved.push_back(to_bytes(key->public_key().view()));
        added.push_back(stage_.new_key(*key, role, member));
        if (dice_.percent(1)) added.back().possession[5] ^= 1;
        if (added.size() == 1 && dice_.percent(2))
            added.back().public_key.assign(added.back().public_key.size(), 0xff);
        if (dice_.percent(1)) added.back().role = static_cast<Role>(1 + dice_.below(10));
    }
    return added;
}

std::vector<Role> Generator::some_roles(bool institution) {
    std::vector<Role> roles{Role::kAuthority, Role::kAuthority};
    if (institution) roles = {Role::kRegistrar, Role::kDean, Role::kPresident};
    while (dice_.percent(50) && roles.size() < 6) {
        const std::vector<Role> more =
            institution ? std::vector{Role::kRegistrar, Role::kDean, Role::kSeal, Role::kAssertion}
                        : std::vector{Role::kAuthority, Role::kAuthority, Role::kAssertion};
        roles.push_back(dice_.one_of(more));
    }
    return roles;
}

wire::Body Generator::register_authority() {
    const auto sector = static_cast<std::uint32_t>(dice_.percent(40) ? 0 : dice_.below(6));
    return wire::RegisterAuthority{member_of(kStates),
                                   ledger::world::names_of("MESRS"),
                                   sector,
                                   {},
                                   new_keys(some_roles(false), std::nullopt)};
}

wire::Body Generator::register_institution() {
    wire::RegisterInstitution body{member_of(kAuthorities),
                                   MemberKind::kUniversity,
                                   ledger::world::names_of("UTM"),
                                   "TN",
                                   {},
                                   std::nullopt,
                                   {}};
    if (const auto* authority = stage_.model.member(body.authority)) {
        body.country = authority->country;
    }
    if (dice_.percent(50)) body.kind = static_cast<MemberKind>(3 + dice_.below(6));
    if (dice_.percent(2)) body.kind = MemberKind::kAuthority;
    const bool has_parent = body.kind == MemberKind::kSchool || body.kind == MemberKind::kBranch;
    if (has_parent != dice_.percent(4)) body.parent = below(body.authority);
    if (dice_.percent(body.kind == MemberKind::kBranch ? 60 : 4)) {
        body.country = body.country == "TN" ? "EG" : "TN";
    }
    body.keys = new_keys(some_roles(true), std::nullopt);
    return body;
}

wire::Body Generator::end_authority() {
    const MemberId state = member_of(kStates);
    return wire::EndAuthority{state, below(state), day_near(1, 20)};
}

wire::Body Generator::add_key() {
    MemberId member = member_of(dice_.percent(85) ? kInstitutions | kAuthorities : kAnyKind);
    for (const auto& [id, one] : stage_.model.members) {
        // Kept by somebody else.
        if (stage_.model.custody_of(id) && dice_.percent(10)) member = id;
    }
    const auto* record = stage_.model.member(member);
    Role role = static_cast<Role>(1 + dice_.below(10));
    if (record && is_institution(record->kind) && dice_.percent(90)) {
        role = dice_.one_of(std::vector{Role::kRegistrar, Role::kDean, Role::kPresident,
                                        Role::kSeal, Role::kAssertion});
    } else if (record && record->kind == MemberKind::kAuthority && dice_.percent(90)) {
        role = Role::kAuthority;
    }
    return wire::AddKey{member, new_keys({role}, member).front()};
}

wire::Body Generator::retire_key() {
    const MemberId member = member_of(dice_.percent(90) ? kInstitutions | kAuthorities : kAnyKind);
    return wire::RetireKey{member, ordinal_of(member)};
}

wire::Body Generator::void_key() {
    const MemberId by = member_of(kStates | kAuthorities);
    const MemberId member = below(by);
    const std::uint64_t next = stage_.model.next_index().value;
    const std::size_t reach = dice_.percent(80) ? 40 : next + 2;
    const std::uint64_t back = dice_.below(reach);
    const std::uint64_t from = next + 1 > back ? next + 1 - back : 0;
    return wire::VoidKey{by, member, ordinal_of(member), {from}};
}

wire::Body Generator::confirm() {
    std::vector<std::pair<MemberId, wire::Void>> voids;
    for (const auto& [id, record] : stage_.model.members) {
        for (const auto& one : record.voids) voids.emplace_back(id, one);
    }
    const MemberId any = member_of(kInstitutions);
    std::pair<MemberId, wire::Void> chosen{any, {ordinal_of(any), {1}, {}, {1}, {}}};
    if (!voids.empty() && !dice_.percent(3)) chosen = dice_.one_of(voids);
    const auto* record = stage_.model.member(chosen.first);
    MemberId by = any_member();
    if (record && !dice_.percent(4)) {
        by = record->authority ? *stage_.model.supervisor(*record) : record->parent.value_or(by);
    }
    std::uint64_t from = chosen.second.from.value + dice_.below(8);
    if (from > 0 && dice_.percent(4)) --from;
    std::vector<wire::IndexRange> ranges{{{from}, {from + 1 + dice_.below(30)}}};
    if (dice_.percent(20)) {
        const std::uint64_t next = ranges[0].until.value + 1 + dice_.below(4);
        ranges.push_back({{next}, {next + 1 + dice_.below(9)}});
    }
    return wire::Confirm{chosen.first, by, chosen.second.ordinal, ranges};
}

wire::Body Generator::reconstitute() {
    const MemberId by = member_of(kStates | kAuthorities);
    const MemberId member = below(by);
    const auto* record = stage_.model.member(member);
    wire::Reconstitute body{by, member, "decision", {}, {}};
    for (const Signer& key : live_keys(member)) {
        if (dice_.percent(30)) body.retired.push_back(key.ordinal);
    }
    if (body.retired.empty() && dice_.percent(50)) body.retired.push_back(ordinal_of(member));
    body.keys = new_keys(some_roles(record && is_institution(record->kind)), member);
    return body;
}

// ------------------------------------------------------------------ succession and custody
wire::Body Generator::succession() {
    using enum wire::SuccessionKind;
    const MemberId by = member_of(kAuthorities | (dice_.percent(30) ? kStates : 0U));
    wire::Succession body{
        by,          below(by),      static_cast<wire::SuccessionKind>(1 + dice_.below(7)),
        {},          day_near(3, 6), "decree",
        std::nullopt};
    const auto* record = stage_.model.member(body.member);
    const bool has_ended = record && record->ended;
    // Most members live on, and most that ended come back, so that the story goes on.
    if (has_ended && dice_.percent(60)) body.kind = kReopened;
    if (!has_ended && dice_.percent(50)) body.kind = dice_.percent(50) ? kRenamed : kMoved;
    if (body.kind == kRenamed && record && record->names.size() >= 12) body.kind = kMoved;
    if (record && record->succession.size() >= 24) body.kind = kReopened;
    if (body.kind == kReopened && dice_.percent(90)) body.day = day_near(2, 0);
    if (body.kind == kMoved && dice_.percent(90)) body.day = day_near(2, 0);
    if (body.kind == kRenamed) body.name = wire::Titles{"اسم", "name", "nom"};
    if (body.kind == kAbsorbed || body.kind == kMerged || body.kind == kSplit ||
        body.kind == kMoved) {
        const unsigned kinds =
            record && record->kind == MemberKind::kAuthority ? kAuthorities : kInstitutions;
        body.others = {member_of(kinds)};
        if (body.kind == kSplit && dice_.percent(50)) body.others.push_back(member_of(kinds));
        std::ranges::sort(body.others);
        const auto same = std::ranges::unique(body.others);
        body.others.erase(same.begin(), same.end());
    }
    return body;
}

wire::Body Generator::custody() {
    std::vector<MemberId> ended;
    for (const auto& [id, record] : stage_.model.members) {
        if (record.ended && is_institution(record.kind)) ended.push_back(id);
    }
    const MemberId member =
        ended.empty() || dice_.percent(5) ? member_of(kInstitutions) : dice_.one_of(ended);
    wire::Custody body{authority_of(member), member, std::nullopt};
    if (dice_.percent(85)) {
        body.custodian = wire::Custodian{
            dice_.percent(25) ? authority_of(member) : member_of(kInstitutions | kAuthorities),
            static_cast<wire::CustodyScope>(1 + dice_.below(2))};
    }
    return body;
}

// ------------------------------------------------------------------ accreditations, policies
wire::Scope Generator::scope(const std::string& country) {
    using wire::CertificateType;
    wire::Scope scope = ledger::world::manar_scope();
    scope.types = {CertificateType::kDegree, CertificateType::kProvisional,
                   CertificateType::kTranscript};
    if (dice_.percent(20)) scope.types.push_back(static_cast<CertificateType>(4 + dice_.below(9)));
    scope.by_programme = dice_.percent(50);
    scope.sites = {{1, country}};
    if (dice_.percent(60)) scope.sites.push_back({2, country == "TN" ? "EG" : "TN"});
    scope.from = {stage_.model.today().days - static_cast<std::int32_t>(dice_.below(15'000))};
    if (dice_.percent(30)) {
        scope.to = Day{stage_.model.today().days + static_cast<std::int32_t>(dice_.below(400))};
    }
    if (dice_.percent(3)) scope.to = Day{scope.from.days - 1};
    scope.applies = static_cast<wire::AppliesTo>(dice_.below(2));
    scope.quota = std::nullopt;
    if (dice_.percent(50)) scope.quota = dice_.below(30);
    scope.register_quota = dice_.below(25);
    return scope;
}

wire::Body Generator::accredit() {
    const MemberId institution = member_of(kInstitutions);
    MemberId authority = authority_of(institution);
    if (dice_.percent(25)) authority = member_of(kAuthorities);
    const auto* record = stage_.model.member(institution);
    wire::Accredit body{authority, institution, scope(record ? record->country : "TN"), {}};
    if (body.scope.by_programme) {
        const auto field = static_cast<std::uint16_t>(dice_.percent(95) ? 613 : 731);
        body.programmes.push_back({"CS", field, {"حاسوب", "Computing", "Informatique"}});
        if (dice_.percent(3)) body.programmes.back().field = 9;
    }
    return body;
}

wire::Body Generator::end_accreditation() {
    const auto& all = stage_.model.accreditations;
    wire::EndAccreditation body{member_of(kAuthorities),
                                member_of(kInstitutions),
                                1,
                                static_cast<wire::EndAction>(dice_.percent(30) ? 1 : 2),
                                static_cast<wire::AppliesTo>(dice_.below(2)),
                                day_near(1, 20)};
    if (!all.empty() && !dice_.percent(5)) {
        const auto& [place, record] =
            *std::next(all.begin(), static_cast<int>(dice_.below(all.size())));
        body.institution = place.first;
        body.number = place.second;
        if (!dice_.percent(5)) body.authority = stage_.model.standing_for(record.authority);
        if (record.ended && dice_.percent(70)) body.action = wire::EndAction::kResume;
    }
    return body;
}

wire::Rule Generator::rule() {
    using wire::Who;
    const std::vector<wire::Slot> slots{
        {Who::kSelf, std::nullopt},     {Who::kSelf, Role::kDean},
        {Who::kSelf, Role::kPresident}, {Who::kSelf, Role::kRegistrar},
        {Who::kSelf, Role::kAuthority}, {Who::kAuthority, Role::kAuthority},
        {Who::kParent, Role::kDean},    {Who::kParent, Role::kVote}};
    const std::vector<wire::BodyCode> codes{
        wire::BodyCode::kIssue,        wire::BodyCode::kIssue,     wire::BodyCode::kStatus,
        wire::BodyCode::kAddKey,       wire::BodyCode::kRetireKey, wire::BodyCode::kCancel,
        wire::BodyCode::kReleaseSeats, wire::BodyCode::kAccredit};
    wire::Rule rule{dice_.one_of(codes), {}, {}, {}, 0, {}};
    const bool may_cool = rule.body == wire::BodyCode::kIssue ||
                          rule.body == wire::BodyCode::kStatus || dice_.percent(5);
    if (may_cool && dice_.percent(60)) {
        rule.cool_off_s = static_cast<std::uint32_t>(dice_.below(3 * 86'400));
        if (dice_.percent(3)) {
            rule.cool_off_s = 90 * 86'400 + static_cast<std::uint32_t>(dice_.below(2));
        }
    }
    if (dice_.percent(20)) {
        rule.types =
            std::vector{wire::CertificateType::kDegree, wire::CertificateType::kTranscript};
    }
    if (dice_.percent(20)) {
        rule.relations = std::vector<std::optional<wire::RelationCode>>{
            std::nullopt, static_cast<wire::RelationCode>(1 + dice_.below(6))};
    }
    if (dice_.percent(10)) rule.captures = std::vector{wire::Capture::kRegister};
    for (std::size_t left = 1 + dice_.below(3); left > 0; --left) {
        wire::Alternative alternative{dice_.one_of(slots)};
        if (dice_.percent(60)) alternative[0] = {Who::kSelf, std::nullopt};
        for (std::size_t more = dice_.percent(97) ? 1 + dice_.below(2) : 0; more > 0; --more) {
            alternative.push_back(dice_.one_of(slots));
        }
        const bool has_own = std::ranges::any_of(
            alternative, [](const wire::Slot& slot) { return slot.who == Who::kSelf; });
        if (!has_own && !dice_.percent(3)) alternative.back() = {Who::kSelf, std::nullopt};
        rule.alternatives.push_back(alternative);
    }
    return rule;
}

wire::Body Generator::set_policy() {
    wire::SetPolicy body{member_of(dice_.percent(95) ? kInstitutions | kAuthorities : kAnyKind),
                         {}};
    for (std::size_t left = dice_.below(4); left > 0; --left) body.rules.push_back(rule());
    return body;
}

// ------------------------------------------------------------------ cohorts
wire::Body Generator::commit_cohort() {
    const auto root = crypto::sha256(as_bytes("cohort " + std::to_string(number_++)));
    return wire::CommitCohort{member_of(kInstitutions),
                              static_cast<wire::CohortKind>(1 + dice_.below(3)),
                              dice_.percent(70) ? *parse_day("2023-09-15") : day_near(400, 10),
                              1 + dice_.below(8), wire::CohortRoot{root.array()}};
}

std::optional<wire::Seat> Generator::some_seat() {
    const auto& all = stage_.model.cohorts;
    if (all.empty()) return std::nullopt;
    const auto& [place, cohort] =
        *std::next(all.begin(), static_cast<int>(dice_.below(all.size())));
    return wire::Seat{place.first, place.second + (dice_.percent(2) ? 1U : 0U),
                      dice_.below(cohort.count + (dice_.percent(5) ? 1 : 0))};
}

wire::Body Generator::release_seats() {
    const auto seat = some_seat();
    if (!seat) return commit_cohort();
    wire::ReleaseSeats body{seat->institution, {*seat}};
    if (dice_.percent(30)) {
        const auto other = some_seat();
        if (*other != *seat) body.seats.push_back(*other);
        std::ranges::sort(body.seats);
    }
    if (dice_.percent(3)) body.institution = member_of(kInstitutions);
    return body;
}

// ------------------------------------------------------------------ certificates
std::optional<LogIndex> Generator::some_certificate() {
    const auto& log = stage_.model.log;
    const std::size_t reach = std::min<std::size_t>(log.size(), dice_.percent(80) ? 60 : 400);
    const std::size_t first = log.size() - reach + dice_.below(reach);
    for (std::size_t i = first; i < log.size(); ++i) {
        if (log[i].certificate) return LogIndex{i};
    }
    for (std::size_t i = first; i > 0; --i) {
        if (log[i].certificate) return LogIndex{i};
    }
    return std::nullopt;
}

std::vector<LogIndex> Generator::some_certificates(std::size_t count) {
    std::vector<LogIndex> found;
    const auto first = some_certificate();
    if (!first || dice_.percent(2)) return {LogIndex{dice_.below(stage_.model.log.size() + 2)}};
    for (LogIndex at = *first; found.size() < count && stage_.model.certificate(at); ++at.value) {
        found.push_back(at);
    }
    return found;
}

wire::Body Generator::status() {
    const auto indices = some_certificates(1 + dice_.below(3));
    wire::Status body{member_of(kInstitutions | kAuthorities),
                      static_cast<wire::StatusState>(1 + dice_.below(7)), indices};
    const auto* entry = stage_.model.certificate(indices.front());
    if (!entry || dice_.percent(3)) return body;
    const auto& one = dice_.one_of(entry->terms.awarding);
    body.member = one.institution;
    if (one.accreditation && dice_.percent(40)) {
        const auto found = stage_.model.accreditations.find({one.institution, *one.accreditation});
        if (found != stage_.model.accreditations.end()) {
            body.member = stage_.model.standing_for(found->second.authority);
        }
    } else if (const auto* record = stage_.model.member(one.institution);
               record && record->kind == MemberKind::kAuthority) {
        body.member = stage_.model.standing_for(one.institution);
    }
    return body;
}

wire::Body Generator::attest() {
    const auto indices = some_certificates(1 + dice_.below(3));
    const auto* entry = stage_.model.certificate(indices.front());
    if (!entry || dice_.percent(4)) return wire::Attest{member_of(kAuthorities), indices};
    return wire::Attest{authority_of(dice_.one_of(entry->terms.awarding).institution), indices};
}

}  // namespace tasdiq::model
