#include "stage.hpp"

#include "codec/cbor.hpp"
#include "vocabulary.hpp"

namespace tasdiq::scenario {
// -------------------------------------------------------------------- names
Stage::Stage(const std::vector<std::string>& countries) : world_{countries} {
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

std::vector<wire::LogIndex> Stage::certificates(const std::string& text) const {
    std::vector<wire::LogIndex> all;
    for (const auto& word : words(text)) all.push_back(certificate(word));
    return all;
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
    step.cells["does"] = "accredit " + row.get("of");
    step.cells["signed by"] = "authority authority#2";
    step.cells["answer"] = "recorded";
    play(step);
}

// -------------------------------------------------------------------- acts
Stage::Act Stage::issue(const Row& row, const std::vector<std::string>& verb) {
    // issue 12 degrees as june
    const auto count = number_of<std::size_t>(verb.at(1));
    wire::Terms terms{
        .awarding = {{member(row.get("sender")), number_of<std::uint32_t>(row.get("under", "1"))}},
        .type = one_of(kTypes, singular(verb.at(2))),
        .level = number_of<std::uint8_t>(row.get("level", "6")),
        .field = number_of<std::uint16_t>(row.get("field", "0613")),
        .programme = row.has("programme") ? std::optional{row.get("programme")} : std::nullopt,
        .awarded_on = day_of(row.get("awarded", row.get("day"))),
        .intake = optional_day(row, "intake"),
        .mode = one_of(kModes, row.get("mode", "on-site")),
        .site = number_of<std::uint8_t>(row.get("site", "1")),
        .capture = one_of(kCaptures, row.get("capture", "contemporaneous"))};
    auto items = ledger::world::items_of(verb.at(4), count);
    // `replaces june.3 june.4`: item by item
    const auto relation = words(row.get("relation"));
    for (std::size_t i = 1; i < relation.size(); ++i) {
        items.at(i - 1).relation =
            wire::Relation{one_of(kRelations, relation[0]), certificate(relation[i])};
    }
    if (row.has("seats")) items.at(0).seat = wire::Seat{member(row.get("sender")), 1, 0};
    const wire::Issue body = ledger::world::World::issue_of(terms, items);
    const std::string list = row.get("list");
    if (list == "missing") return {body, std::nullopt, verb[4], {}};
    if (list == "one too few") items.pop_back();
    if (list == "another") items = ledger::world::items_of("another", count);
    return {body, wire::encode_list(items), verb[4], {}};
}

Stage::Act Stage::registration(const Row& row, const std::vector<std::string>& verb) {
    const MemberKind kind = one_of(kKinds, verb.at(1));
    const bool is_authority = kind == MemberKind::kAuthority;
    const auto roles = roles_of(
        row.get("keys", is_authority ? "authority authority" : "registrar dean president"));
    const wire::MemberId sender = member(row.get("sender"));
    const auto names = ledger::world::names_of(verb.at(2));
    auto keys = world_.first_keys(world_.next_member(), roles, world_.chain);
    if (row.get("possession") == "forged") keys[0].possession[0] ^= 1U;
    if (is_authority) {
        return {wire::RegisterAuthority{sender, names, 1, {}, keys}, {}, verb[2], roles};
    }
    const auto parent = row.has("parent") ? std::optional{member(row.get("parent"))} : std::nullopt;
    return {
        wire::RegisterInstitution{sender, kind, names, row.get("country", "TN"), {}, parent, keys},
        {},
        verb[2],
        roles};
}

Stage::Act Stage::accredit(const Row& row, const std::string& institution) const {
    return {wire::Accredit{member(row.get("sender")), member(institution), scope_of(row),
                           programmes_of(row.get("programmes"))},
            {},
            {},
            {}};
}

Stage::Act Stage::end_accreditation(const Row& row, const std::vector<std::string>& verb) const {
    // withdraw accreditation 1 of UTM
    const std::map<std::string, wire::EndAction> actions{{"withdraw", wire::EndAction::kWithdraw},
                                                         {"suspend", wire::EndAction::kSuspend},
                                                         {"resume", wire::EndAction::kResume}};
    return {wire::EndAccreditation{member(row.get("sender")), member(verb.at(4)),
                                   number_of<std::uint32_t>(verb.at(2)), one_of(actions, verb[0]),
                                   one_of(kApplies, row.get("counts by", "award")),
                                   day_of(row.get("effective", row.get("day")))},
            {},
            {},
            {}};
}

Stage::Act Stage::key_change(const Row& row, const std::vector<std::string>& verb) {
    const std::string self = row.get("sender");
    const wire::MemberId sender = member(self);
    if (verb[0] == "void") {  // void key UTM.dean from june.0
        const wire::Signer voided = key(verb.at(2), self);
        const wire::LogIndex from =
            verb.at(4) == "now" ? world_.view.next_index() : certificate(verb[4]);
        return {wire::VoidKey{sender, voided.member, voided.ordinal, from}, {}, {}, {}};
    }
    if (verb[0] == "retire") {  // retire key dean
        return {wire::RetireKey{sender, key(verb.at(2), self).ordinal}, {}, {}, {}};
    }
    if (verb.at(2) == "of") {  // add key of MESRS.authority: one that is registered already
        const auto& known = world_.keys.at(key(verb.at(3), self));
        return {
            wire::AddKey{sender, ledger::world::new_key(known, Role::kDean, world_.chain, sender)},
            {},
            {},
            {}};
    }
    const Role role = one_of(kRoles, verb[2]);  // add key registrar
    auto added = world_.next_key(sender, role);
    if (row.get("possession") == "forged") added.possession[0] ^= 1U;
    return {wire::AddKey{sender, added}, {}, {}, {role}};
}

Stage::Act Stage::status(const Row& row, const std::string& verb) const {
    // revoke june.3 june.4, and perhaps: as expulsion
    const auto indices_and_name = split(row.get("does").substr(verb.size()), " as ");
    return {wire::Status{member(row.get("sender")), one_of(kVerbs, verb),
                         certificates(indices_and_name.at(0))},
            {},
            indices_and_name.size() == 2 ? indices_and_name[1] : "",
            {}};
}

Stage::Act Stage::cancel(const Row& row, const std::string& name) const {
    const auto submission = wire::decode_submission(one_of(told_, name).submission);
    const auto envelope = wire::decode_envelope(submission->envelope);
    return {wire::Cancel{member(row.get("sender")), wire::transaction_id(envelope->payload_bytes)},
            {},
            {},
            {}};
}

Stage::Act Stage::confirm(const Row& row, const std::vector<std::string>& verb) const {
    // confirm key dean for june: the transaction and all its certificates
    const Told& told = one_of(told_, verb.at(4));
    const auto self = member(row.get("sender"));
    const auto record = world_.record<wire::MemberRecord>(wire::MapKey::member(self));
    const auto above = record->authority ? record->authority : record->parent;
    return {wire::Confirm{
                self,
                *above,
                key(verb.at(2), row.get("sender")).ordinal,
                {{told.place.index, {told.place.index.value + 1 + told.place.certificate_count}}}},
            {},
            {},
            {}};
}

Stage::Act Stage::reconstitute(const Row& row, const std::vector<std::string>& verb) {
    // reconstitute UTM without registrar dean
    const wire::MemberId about = member(verb.at(1));
    wire::Reconstitute body{member(row.get("sender")), about, "decree", {}, {}};
    for (std::size_t i = 3; i < verb.size(); ++i) {
        body.retired.push_back(key(verb[i], verb[1]).ordinal);
    }
    const auto roles = roles_of(row.get("keys"));
    auto ordinal = world_.record<wire::CountersRecord>(wire::MapKey::counters(about))->next_ordinal;
    for (const Role role : roles) {
        const wire::Signer signer{about, ordinal};
        world_.keys.insert_or_assign(
            signer, ledger::world::key_named(ledger::world::World::name_of(signer)));
        body.keys.push_back(
            ledger::world::new_key(world_.keys.at(signer), role, world_.chain, about));
        ++ordinal.value;
    }
    return {body, {}, verb[1], roles};
}

Stage::Act Stage::set_policy(const Row& row) const {
    return {wire::SetPolicy{member(row.get("sender")), rules_of(row.get("rules"))}, {}, {}, {}};
}

Stage::Act Stage::act_of(const Row& row) {
    const auto verb = words(row.get("does"));
    const bool about_key = verb.size() > 1 && verb[1] == "key";
    if (verb.at(0) == "issue") return issue(row, verb);
    if (verb[0] == "register") return registration(row, verb);
    if (verb[0] == "accredit") return accredit(row, verb.at(1));
    if (verb.size() > 1 && verb[1] == "accreditation") return end_accreditation(row, verb);
    if (verb[0] == "cancel" && verb.at(1) == "all") return cancel(row, verb.at(3));
    if (verb[0] == "confirm") return confirm(row, verb);
    if (verb[0] == "reconstitute") return reconstitute(row, verb);
    if (about_key) return key_change(row, verb);
    if (row.get("does") == "set policy") return set_policy(row);
    if (verb[0] == "end") {
        return {wire::EndAuthority{member(row.get("sender")), member(verb.at(1)),
                                   day_of(row.get("effective", row.get("day")))},
                {},
                {},
                {}};
    }
    if (verb[0] == "vote") {  // a body of the consortium: drafted, not yet ruled
        Bytes cbor = codec::CborWriter{}.array(4).uint(51).uint(1).uint(1).boolean(true).take();
        return {wire::DraftBody{wire::BodyCode::kVote, std::move(cbor)}, {}, {}, {}};
    }
    return status(row, verb[0]);
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
