#include "stage.hpp"

#include "vocabulary.hpp"

namespace tasdiq::scenario {
// -------------------------------------------------------------------- names
Stage::Stage(const std::vector<std::string>& countries, const std::vector<std::string>& judged)
    : world_{countries}, graduates_{judged} {
    std::uint32_t id = 1;
    for (const std::string& country : countries) {
        members_[country] = {id};
        held_[{id}] = {
            {Role::kVote, {{id}, {0}}}, {Role::kVote, {{id}, {1}}}, {Role::kNode, {{id}, {2}}}};
        ++id;
    }
    members_["ALECSO"] = {id};
    held_[{id}] = {{Role::kSecretariat, {{id}, {0}}}, {Role::kPublisher, {{id}, {1}}}};
}

wire::MemberId Stage::member(const std::string& name) const {
    if (name == "nobody") return {4'000};
    return one_of(members_, name);
}

/// `dean`, `dean#2` (the second one registered), `MESRS.authority`, `UTM.9` (by ordinal)
wire::Signer Stage::key(const std::string& text, const std::string& self) const {
    const auto parts = split(text, ".");
    const std::string owner = parts.size() == 2 ? parts[0] : self;
    const auto role_and_place = split(parts.back(), "#");
    const wire::MemberId id = member(owner);
    if (std::isdigit(static_cast<unsigned char>(role_and_place[0][0])) != 0) {
        return {id, {number_of<std::uint16_t>(role_and_place[0])}};
    }
    auto place = role_and_place.size() == 2 ? std::stoi(role_and_place[1]) : 1;
    const Role role = one_of(kRoles, role_and_place[0]);
    for (const Held& held : held_.at(id)) {
        if (held.role == role && --place == 0) return held.signer;
    }
    fail(owner + " holds no such key: " + text);
}

std::vector<wire::Signer> Stage::signers(const Row& row) const {
    std::vector<wire::Signer> all;
    for (const auto& text : words(row.get("signed by"))) {
        all.push_back(key(text, row.get("sender")));
    }
    return all;
}

/// `june.3`: the third certificate of the issue called june; `june.0` is its transaction.
wire::LogIndex Stage::certificate(const std::string& text) const {
    const auto parts = split(text, ".");
    const Told& told = one_of(told_, parts.at(0));
    return {told.place.index.value + number_of<std::uint64_t>(parts.at(1))};
}

/// `june.1 june.3`; `june.1..40` is all from the first to the fortieth.
std::vector<wire::LogIndex> Stage::certificates(const std::string& text) const {
    std::vector<wire::LogIndex> all;
    for (const auto& word : words(text)) {
        const auto ends = split(word, "..");
        const wire::LogIndex first = certificate(ends.at(0));
        const std::string name = split(ends[0], ".").at(0);
        const wire::LogIndex last = ends.size() == 2 ? certificate(name + "." + ends[1]) : first;
        for (wire::LogIndex at = first; at <= last; ++at.value) all.push_back(at);
    }
    return all;
}

std::string Stage::name_of(wire::MemberId id) const {
    for (const auto& [name, one] : members_) {
        if (one == id) return name;
    }
    return "nobody";
}

std::string Stage::name_of(wire::LogIndex index) const {
    for (const auto& [name, told] : told_) {
        const auto offset = index.value - told.place.index.value;
        if (index > told.place.index && offset <= told.place.certificate_count) {
            return name + "." + std::to_string(offset);
        }
    }
    return "entry " + std::to_string(index.value);
}

// -------------------------------------------------------------------- the situation
void Stage::set_member(const Row& row) {
    if (row.get("is a") == "state") return;
    Row step = row;
    step.cells["sender"] = row.get("under");
    step.cells["does"] = "register " + row.get("is a") + " " + row.get("member");
    step.cells["signed by"] =
        row.get("is a") == "authority" ? "vote vote#2" : "authority authority#2";
    step.cells["answer"] = "recorded";
    play(step);
}

void Stage::set_accreditation(const Row& row) {
    Row step = row;
    const auto record =
        world_.record<wire::MemberRecord>(wire::MapKey::member(member(row.get("of"))));
    for (const auto& [name, id] : members_) {
        if (record && record->authority == id) step.cells["sender"] = name;
    }
    if (row.has("by")) step.cells["sender"] = row.get("by");
    step.cells["does"] = "accredit " + row.get("of");
    step.cells["signed by"] = "authority authority#2";
    step.cells["answer"] = "recorded";
    play(step);
}

// -------------------------------------------------------------------- sending
void Stage::set_day(const std::string& day) {
    const Instant noon{to_instant(day_of(day)).seconds + 12 * 3'600};
    // Several steps of one day come a second after each other.
    if (to_day(world_.now) == to_day(noon) && world_.now >= noon) {
        ++world_.now.seconds;
    } else {
        world_.now = noon;
    }
}

Bytes Stage::submission_of(const Row& row, const Act& act) {
    auto payload = world_.payload(act.body, signers(row));
    if (row.get("chain") == "another") payload.chain = wire::ChainId{};
    if (row.has("expires")) payload.expires = to_instant(day_of(row.get("expires")));
    ledger::world::World::Tamper tamper;
    if (row.get("signature") == "forged") {
        tamper = [](auto& signatures) { signatures[0].signature[0] ^= 1U; };
    }
    auto list = act.list;
    if (row.get("list") == "unexpected") {
        list = wire::encode_list(ledger::world::items_of("unexpected", 1));
    }
    return world_.sign(payload, list, tamper);
}

void Stage::remember(const Act& act, const ledger::Accepted& place, const Bytes& submission) {
    if (!act.name.empty() && act.roles.empty()) told_[act.name] = {place, submission};
    if (const auto* added = std::get_if<wire::AddKey>(&act.body)) {
        auto& held = held_[added->member];
        const auto ordinal = static_cast<std::uint16_t>(held.size());
        held.push_back({added->key.role, {added->member, {ordinal}}});
        return;
    }
    if (act.roles.empty()) return;
    if (const auto* again = std::get_if<wire::Reconstitute>(&act.body)) {
        for (const Role role : act.roles) {
            auto& held = held_[again->member];
            held.push_back({role, {again->member, {static_cast<std::uint16_t>(held.size())}}});
        }
        return;
    }
    const wire::MemberId id{world_.next_member().value - 1};
    members_[act.name] = id;
    for (std::size_t i = 0; i < act.roles.size(); ++i) {
        held_[id].push_back({act.roles[i], {id, {static_cast<std::uint16_t>(i)}}});
    }
}

void Stage::play(const Row& row) {
    if (row.has("day")) set_day(row.get("day"));
    if (row.get("does").starts_with("sign ")) {  // sign issue 12 degrees as june: not sent yet
        Row later = row;
        later.cells["does"] = row.get("does").substr(5);
        const Act act = act_of(later);
        told_[act.name] = {{}, submission_of(row, act)};
        return;
    }
    const auto verb = words(row.get("does"));
    Act act;
    Bytes submission;
    if (verb.at(0) == "send") {  // send june, send june again
        submission = one_of(told_, verb.at(1)).submission;
        act.name = verb[1];
    } else {
        act = act_of(row);
        submission = submission_of(row, act);
    }
    const auto answer = world_.send(submission);
    const std::string told = !answer ? "refused: " + std::string{to_string(answer.error().error)}
                             : answer->is_repeated ? "recorded before"
                                                   : "recorded";
    EXPECT_EQ(told, row.get("answer")) << "line " << row.line;
    if (answer && answer->is_repeated) EXPECT_EQ(answer->index, told_.at(act.name).place.index);
    if (answer && !answer->is_repeated) remember(act, *answer, submission);
}

// -------------------------------------------------------------------- what is true now
std::string Stage::text_of(const std::optional<wire::StatusSlot>& slot) const {
    if (!slot) return "";
    std::string text = kStates.at(slot->state);
    if (slot->by) text += " by " + name_of(*slot->by);
    if (slot->effective) {
        text += " from " + to_text(to_day(*slot->effective));
        if (!slot->earlier.empty()) text += ", before " + kStates.at(slot->earlier[0].state);
    }
    return text;
}

void Stage::expect_certificate(const Row& row) const {
    const wire::LogIndex index = certificate(row.get("certificate"));
    const auto status = world_.record<wire::StatusRecord>(wire::MapKey::status(index))
                            .value_or(wire::StatusRecord{std::nullopt, std::nullopt});
    EXPECT_EQ(text_of(status.issuer), row.get("issuer says")) << "line " << row.line;
    EXPECT_EQ(text_of(status.authority), row.get("authority says")) << "line " << row.line;
    const auto entry = wire::decode_certificate(*world_.view.entry(index));
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->award ? name_of(*entry->award) : "", row.get("hangs on"))
        << "line " << row.line;
    EXPECT_EQ(entry->effective ? to_text(to_day(*entry->effective)) : "", row.get("counts from"))
        << "line " << row.line;
    expect_rest(row, index, *entry);
}

void Stage::expect_rest(const Row& row, wire::LogIndex index,
                        const wire::CertificateEntry& entry) const {
    if (row.has("seat")) {
        ASSERT_TRUE(entry.seat) << "line " << row.line;
        EXPECT_EQ(name_of(entry.seat->institution) + " " + std::to_string(entry.seat->cohort) +
                      ":" + std::to_string(entry.seat->leaf),
                  row.get("seat"))
            << "line " << row.line;
    }
    const auto attestation =
        world_.record<wire::AttestationRecord>(wire::MapKey::attestation(index));
    EXPECT_EQ(attestation ? name_of(attestation->authority) : "", row.get("attested by"))
        << "line " << row.line;
}

void Stage::expect_used(const Row& row) const {
    const auto count = [&](bool registers) {
        const auto key = wire::MapKey::yearly_count(
            member(row.get("of")), number_of<std::uint32_t>(row.get("used")),
            number_of<std::uint32_t>(row.get("year")), registers);
        return std::to_string(
            world_.record<wire::CountRecord>(key).value_or(wire::CountRecord{0}).count);
    };
    EXPECT_EQ(count(false), row.get("awards", "0")) << "line " << row.line;
    EXPECT_EQ(count(true), row.get("from registers", "0")) << "line " << row.line;
}

}  // namespace tasdiq::scenario
