#include <algorithm>

#include "generator.hpp"
#include "ledger/world_test.hpp"

// What chance alone hardly ever tells: several transactions about the same.
namespace tasdiq::model {

using wire::CertificateType;
using wire::RelationCode;
using wire::StatusState;
using wire::SuccessionKind;

bool Generator::say(const Sent& sent) { return send(sent) == 0 && stage_.difference.empty(); }

bool Generator::say(wire::Body body) { return say(finish(complete(std::move(body)))); }

Sent Generator::finish(Sent sent) {
    settle(sent);
    repair(sent);
    return sent;
}

Sent Generator::issue_of(const wire::Terms& terms, std::size_t count,
                         std::optional<wire::Relation> relation) {
    wire::Terms same = terms;
    std::vector<wire::Item> list = items(same);
    list.resize(std::min(count, list.size()));
    for (wire::Item& item : list) item.relation = relation;
    const auto& taken = stage_.model.commitments;
    if (!taken.empty() && dice_.percent(4)) list.front().commitment = taken.begin()->first;
    std::ranges::sort(list, {}, &wire::Item::commitment);
    const wire::Issue body{terms, static_cast<std::uint32_t>(list.size()), wire::list_root(list)};
    return finish(complete(body, list));
}

/// One of those who signed what stands at `index` loses a key, from there on or nearly.
void Generator::steal(LogIndex index) {
    const auto& log = stage_.model.log;
    if (index.value >= log.size() || !log[index.value].payload) return;
    const Signer key = dice_.one_of(log[index.value].payload->signers);
    const auto* record = stage_.model.member(key.member);
    if (!record) return;
    const auto above = record->authority ? stage_.model.supervisor(*record) : record->parent;
    if (!above) return;
    // Now and then from among what it issued.
    const LogIndex from{index.value + (dice_.percent(40) ? dice_.below(4) : 0)};
    say(wire::VoidKey{*above, key.member, key.ordinal, from});
    if (live_keys(key.member).size() > 3 || dice_.percent(20)) return;
    say(wire::Reconstitute{*above,
                           key.member,
                           "decision",
                           {},
                           new_keys(some_roles(is_institution(record->kind)), key.member)});
}

std::optional<MemberId> Generator::granter_of(const wire::Awarding& one) {
    if (!one.accreditation) return std::nullopt;
    const auto found = stage_.model.accreditations.find({one.institution, *one.accreditation});
    if (found == stage_.model.accreditations.end()) return std::nullopt;
    return stage_.model.granter(found->second, stage_.model.members.at(one.institution));
}

// ------------------------------------------------------------------ a slot that is full
std::size_t Generator::size_of_slots(LogIndex index) const {
    const auto found = stage_.model.statuses.find(index);
    if (found == stage_.model.statuses.end()) return 0;
    std::size_t size = 0;
    for (const auto& slot : {found->second.issuer, found->second.authority}) {
        if (slot) size = std::max(size, 1 + slot->earlier.size());
    }
    return size;
}

/// To and fro, until there are so many changes, or nothing goes any more.
std::vector<LogIndex> Generator::toggle(LogIndex index, MemberId member, std::size_t size) {
    std::vector<LogIndex> said;
    while (size_of_slots(index) < size) {
        unsigned number = 1;
        for (const StatusState state : {StatusState::kSuspended, StatusState::kReinstated}) {
            const Sent sent = finish(complete(wire::Status{member, state, {index}}));
            if (stage_.model.check(sent) != 0) continue;
            said.push_back(stage_.model.next_index());
            number = send(sent);
            break;
        }
        if (number != 0 || !stage_.difference.empty()) break;
    }
    return said;
}

/// Of one of those who are accredited, with a cool-off.
std::optional<LogIndex> Generator::waiting_certificate(std::uint32_t cool_off_s,
                                                       std::uint32_t of_statuses_s) {
    const auto& all = stage_.model.accreditations;
    if (all.empty()) return std::nullopt;
    const auto place = std::next(all.begin(), static_cast<int>(dice_.below(all.size())))->first;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    const std::vector<wire::Alternative> two{{officer, officer}};
    say(wire::SetPolicy{place.first,
                        {{wire::BodyCode::kIssue, {}, {}, {}, cool_off_s, two},
                         {wire::BodyCode::kStatus, {}, {}, {}, of_statuses_s, two}}});
    const LogIndex index{stage_.model.next_index().value + 1};
    if (!say(issue_of(terms_under(place.first, place.second), 1, std::nullopt))) {
        return std::nullopt;
    }
    return index;
}

StatusState Generator::some_end() {
    const std::size_t kind = dice_.below(3);
    return kind == 0   ? StatusState::kCancelled
           : kind == 1 ? StatusState::kRevoked
                       : StatusState::kAnnulled;
}

void Generator::tell_of_a_slot() {
    auto index = dice_.percent(35) ? waiting_certificate(90'000, 0) : some_certificate();
    if (!index) return;
    index = stage_.model.certificate(*index)->award.value_or(*index);
    const wire::CertificateEntry entry = *stage_.model.certificate(*index);
    const auto& one = dice_.one_of(entry.terms.awarding);
    const MemberId member =
        dice_.percent(30) ? granter_of(one).value_or(one.institution) : one.institution;
    std::vector<LogIndex> said{stage_.model.next_index()};
    if (dice_.percent(70)) say(issue_of(entry.terms, 1, {{RelationCode::kReplaces, *index}}));
    toggle(*index, member, size_of_slots(*index) + 1 + dice_.below(4));
    if (dice_.percent(60)) steal(said.front());
    if (dice_.percent(80)) {
        const auto more = toggle(*index, member, 62 + dice_.below(3));
        said.insert(said.end(), more.begin(), more.end());
    }
    for (std::size_t more = 3 + dice_.below(5); more > 0; --more) {
        switch (dice_.below(6)) {
            case 0:
            case 1: steal(dice_.one_of(said)); break;
            case 2: toggle(*index, member, size_of_slots(*index) + 1); break;
            case 3: say(wire::Status{member, some_end(), {*index}}); break;
            case 4: {
                const auto code =
                    dice_.percent(70) ? RelationCode::kRestores : RelationCode::kDuplicate;
                say(issue_of(entry.terms, 1, {{code, *index}}));
                break;
            }
            default:
                say(wire::Status{member, StatusState::kReinstated, {*index}});
                if (dice_.percent(50)) veto(*index);
        }
    }
    if (entry.effective && dice_.percent(60)) veto(*index);
}

/// Whoever awarded the certificate stops it.
void Generator::veto(LogIndex certificate) {
    const LogIndex index = stage_.model.whole_from(certificate);
    for (const auto& [id, place] : stage_.model.transactions) {
        if (place != index) continue;
        const auto& awarding = stage_.model.certificate(certificate)->terms.awarding;
        say(wire::Cancel{dice_.one_of(awarding).institution, id});
        return;
    }
}

// ------------------------------------------------------------------ a parchment comes back
void Generator::tell_of_a_parchment() {
    const auto& all = stage_.model.accreditations;
    if (all.empty()) return;
    const auto place = std::next(all.begin(), static_cast<int>(dice_.below(all.size())))->first;
    const wire::Awarding one{place.first, place.second};
    wire::Terms terms = terms_under(one.institution, place.second);
    terms.type = CertificateType::kProvisional;
    const LogIndex award{stage_.model.next_index().value + 1};
    if (!say(issue_of(terms, 1, std::nullopt))) return;
    const auto end = [&] {
        const auto authority = granter_of(one);
        if (!authority || dice_.percent(30)) return;
        say(wire::EndAccreditation{*authority, one.institution, place.second,
                                   static_cast<wire::EndAction>(1 + dice_.below(2)),
                                   static_cast<wire::AppliesTo>(dice_.below(2)), day_near(0, 9)});
    };
    if (dice_.percent(50)) end();
    stage_.pass(static_cast<std::int64_t>(dice_.below(20 * 86'400)));
    terms.type = CertificateType::kDegree;
    if (!dice_.percent(20)) terms.awarded_on = day_near(12, 0);
    const LogIndex parchment{stage_.model.next_index().value + 1};
    if (!say(issue_of(terms, 1, {{RelationCode::kFinalises, award}}))) return;
    if (dice_.percent(50)) end();
    if (dice_.percent(50)) stage_.pass(static_cast<std::int64_t>(dice_.below(9 * 86'400)));
    const MemberId member =
        dice_.percent(40) ? granter_of(one).value_or(one.institution) : one.institution;
    say(wire::Status{
        member, dice_.percent(50) ? StatusState::kRevoked : StatusState::kAnnulled, {award}});
    if (dice_.percent(10)) steal({award.value - 1});
    if (dice_.percent(30)) stage_.pass(static_cast<std::int64_t>(dice_.below(4 * 86'400)));
    const LogIndex target = dice_.percent(80) ? parchment : award;
    say(issue_of(stage_.model.certificate(target)->terms, 1, {{RelationCode::kRestores, target}}));
}

// ------------------------------------------------------------------ a veto of the future
void Generator::tell_of_an_early_veto() {
    const auto index = some_certificate();
    if (!index) return;
    wire::Terms terms = stage_.model.certificate(*index)->terms;
    const MemberId member = terms.awarding.front().institution;
    const auto* record = stage_.model.member(member);
    if (!record || !is_institution(record->kind)) return;
    const MemberId above = *stage_.model.supervisor(*record);
    MemberId who = member;
    if (dice_.percent(70)) {  // in the name of one that has ended
        who = member_of(kInstitutions);
        say(wire::Succession{
            above, member, SuccessionKind::kClosed, {}, day_near(1, 0), "decree", std::nullopt});
        say(wire::Custody{
            above, member,
            wire::Custodian{who, static_cast<wire::CustodyScope>(1 + dice_.below(2))}});
    }
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    const auto cool_off_s = static_cast<std::uint32_t>(1 + dice_.below(3 * 86'400));
    say(wire::SetPolicy{who,
                        {{wire::BodyCode::kIssue, {}, {}, {}, cool_off_s, {{officer, officer}}},
                         {wire::BodyCode::kAddKey, {}, {}, {}, 0, {{officer, officer}}}}});
    if (dice_.percent(50)) say(wire::AddKey{member, new_keys({Role::kDean}, member).front()});
    terms.awarding.resize(1);
    terms.type = CertificateType::kTranscript;
    const Sent waiting = issue_of(terms, 1, {{RelationCode::kOfAward, *index}});
    const LogIndex said = stage_.model.next_index();
    say(wire::Cancel{member, waiting.id()});
    if (dice_.percent(30)) steal(said);
    stage_.pass(static_cast<std::int64_t>(dice_.below(1'000)));
    say(waiting);
    if (dice_.percent(30)) stage_.pass(static_cast<std::int64_t>(dice_.below(86'400)));
    say(wire::Cancel{member, waiting.id()});
    say(wire::Cancel{dice_.percent(50) ? member : who, waiting.id()});
}

// ------------------------------------------------------------------ names that do not count
void Generator::tell_of_names() {
    const MemberId member = member_of(kInstitutions | kAuthorities);
    const auto* record = stage_.model.member(member);
    if (!record) return;
    const auto above = record->authority ? stage_.model.supervisor(*record) : record->parent;
    if (!above) return;
    const auto become = [&](SuccessionKind kind, Day day) {
        std::optional<wire::Titles> name;
        if (kind == SuccessionKind::kRenamed) name = wire::Titles{"اسم", "name", "nom"};
        return say(wire::Succession{*above, member, kind, {}, day, "decree", name});
    };
    std::vector<LogIndex> said;
    for (std::size_t more = 3 + dice_.below(4); more > 0; --more) {
        if (stage_.model.members.at(member).names.size() >= 14) return;
        const LogIndex index = stage_.model.next_index();
        if (dice_.percent(60) || said.empty()) {
            const Day day = dice_.percent(85) ? day_near(0, 8) : Day{day_near(0, 4).days + 398};
            if (become(SuccessionKind::kRenamed, day)) said.push_back(index);
        } else {
            steal(dice_.one_of(said));
        }
        if (dice_.percent(20)) stage_.pass(static_cast<std::int64_t>(dice_.below(86'400)));
    }
    if (said.empty() || dice_.percent(40)) return;
    // And many things.
    if (dice_.percent(70)) steal(said.front());
    for (std::size_t more = 1 + dice_.below(4); more > 0 && stage_.difference.empty();) {
        const wire::MemberRecord& now = stage_.model.members.at(member);
        if (now.succession.size() == 64) --more;
        const auto kind = now.ended ? SuccessionKind::kReopened : SuccessionKind::kClosed;
        if (!become(kind, stage_.model.today())) break;
    }
    become(SuccessionKind::kReopened, stage_.model.today());
}

// ------------------------------------------------------------------ confirmed, and not any more
void Generator::tell_of_confirmations() {
    const LogIndex index = stage_.model.next_index();
    const wire::Terms terms = fresh_terms();
    if (!say(issue_of(terms, 3, std::nullopt))) return;
    const MemberId member = terms.awarding.front().institution;
    const auto* record = stage_.model.member(member);
    const auto above = record->authority ? stage_.model.supervisor(*record) : record->parent;
    if (!above) return;
    std::vector<LogIndex> said{index};
    for (std::size_t more = 3 + dice_.below(4); more > 0; --more) {
        const LogIndex next = stage_.model.next_index();
        const auto& voids = stage_.model.members.at(member).voids;
        if (voids.empty() || dice_.percent(25)) {
            steal(dice_.one_of(said));
            continue;
        }
        std::vector<wire::IndexRange> ranges{{{index.value + dice_.below(3)}, {0}}};
        ranges[0].until.value = ranges[0].from.value + 1 + dice_.below(3);
        if (dice_.percent(20)) {
            const std::uint64_t from = ranges[0].until.value + 1;
            ranges.push_back({{from}, {from + 1 + dice_.below(2)}});
        }
        const auto& key = dice_.percent(70) ? voids.back() : dice_.one_of(voids);
        const wire::Confirm body{member, *above, key.ordinal, ranges};
        if (!say(body)) continue;
        said.push_back(next);
        if (dice_.percent(40)) {  // by thieves, and once more
            steal(next);
            say(body);
        }
    }
    say(issue_of(terms, 1, {{RelationCode::kReplaces, LogIndex{index.value + 1}}}));
}

// ------------------------------------------------------------------ ended before it began
void Generator::tell_of_waiting() {
    const auto some = [&] { return static_cast<std::uint32_t>(1 + dice_.below(2 * 86'400)); };
    const auto award = waiting_certificate(some(), dice_.percent(50) ? some() / 4 : 0U);
    if (!award) return;
    const wire::Terms terms = stage_.model.certificate(*award)->terms;
    const MemberId institution = terms.awarding.front().institution;
    std::vector<LogIndex> said;
    for (std::size_t more = 1 + dice_.below(4); more > 0; --more) {
        stage_.pass(static_cast<std::int64_t>(dice_.below(86'400)));
        said.push_back(stage_.model.next_index());
        if (dice_.percent(15)) veto(*award);
        if (dice_.percent(15)) steal(dice_.one_of(said));
        const MemberId member = dice_.percent(30)
                                    ? granter_of(terms.awarding.front()).value_or(institution)
                                    : institution;
        say(wire::Status{member, some_end(), {*award}});
    }
    stage_.pass(static_cast<std::int64_t>(dice_.below(4 * 86'400)));
    say(issue_of(terms, 1, {{RelationCode::kRestores, *award}}));
}

// ------------------------------------------------------------------ a branch of a branch abroad
void Generator::tell_of_a_branch() {
    const MemberId university = member_of(kInstitutions);
    const auto* record = stage_.model.member(university);
    if (!record || !is_institution(record->kind)) return;
    const MemberId above = *stage_.model.supervisor(*record);
    const std::string home = record->country;
    const std::string abroad = home == "TN" ? "EG" : "TN";
    std::vector<MemberId> line{university};
    for (std::size_t more = 2 + dice_.below(2); more > 0; --more) {
        const auto kind = dice_.percent(80) ? wire::MemberKind::kBranch : wire::MemberKind::kSchool;
        const bool is_abroad = kind == wire::MemberKind::kBranch && dice_.percent(85);
        const MemberId next{stage_.model.next_member};
        if (!say(wire::RegisterInstitution{above,
                                           kind,
                                           ledger::world::names_of("ESB"),
                                           is_abroad ? abroad : home,
                                           {},
                                           line.back(),
                                           new_keys(some_roles(true), std::nullopt)})) {
            return;
        }
        line.push_back(next);
    }
    if (dice_.percent(50)) {  // in a circle?
        say(wire::Succession{above,
                             dice_.one_of(line),
                             SuccessionKind::kMoved,
                             {dice_.one_of(line)},
                             stage_.model.today(),
                             "decree",
                             std::nullopt});
    }
    std::vector<wire::Awarding> awarding;
    for (const MemberId id : {line.back(), university, line[line.size() - 2]}) {
        const MemberId authority = dice_.percent(50) ? above : member_of(kAuthorities);
        const std::uint32_t number = stage_.model.counters.at(id).next_accreditation;
        const auto& country = stage_.model.members.at(id).country;
        if (!say(wire::Accredit{authority, id, scope(country), {}}) || dice_.percent(20)) continue;
        awarding.push_back({id, number});
        if (dice_.percent(40)) break;
    }
    if (awarding.empty()) return;
    for (const std::size_t count : {awarding.size(), std::size_t{1}}) {
        awarding.resize(count);
        wire::Terms terms = terms_under(awarding[0].institution, *awarding[0].accreditation);
        terms.awarding = awarding;
        std::sort(terms.awarding.begin() + 1, terms.awarding.end(),
                  [](const auto& a, const auto& b) { return a.institution < b.institution; });
        say(issue_of(terms, 1, std::nullopt));
    }
}

void Generator::tell() {
    switch (dice_.below(12)) {
        case 0:
        case 1:
        case 2: return tell_of_a_slot();
        case 3: return tell_of_a_parchment();
        case 4:
        case 5: return tell_of_an_early_veto();
        case 6: return tell_of_names();
        case 7:
        case 8: return tell_of_waiting();
        case 9: return tell_of_a_branch();
        default: return tell_of_confirmations();
    }
}

}  // namespace tasdiq::model
