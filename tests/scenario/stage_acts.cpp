#include "codec/cbor.hpp"
#include "ledger/voids.hpp"
#include "stage.hpp"
#include "vocabulary.hpp"
#include "wire/voids.hpp"

// What the words of `does` send.
namespace tasdiq::scenario {
// -------------------------------------------------------------------- acts
/// In whose name: `for` another, or the sender's.
wire::MemberId Stage::self(const Row& row) const {
    return member(row.get("for", row.get("sender")));
}

/// `with UMN:1 UCAR:2`: partners and their accreditations; `under none` for what authorities issue.
std::vector<wire::Awarding> Stage::awarding(const Row& row) const {
    std::vector<wire::Awarding> all{{self(row), std::nullopt}};
    if (row.get("under") != "none") {
        all[0].accreditation = number_of<std::uint32_t>(row.get("under", "1"));
    }
    for (const auto& text : words(row.get("with"))) {
        const auto parts = split(text, ":");
        all.push_back({member(parts.at(0)), number_of<std::uint32_t>(parts.at(1))});
    }
    return all;
}

/// `1:7`: leaf 7 of cohort 1, `UTM/1:7` of UTM's.
wire::Seat Stage::seat(const Row& row, const std::string& text) const {
    const auto whose_and_seat = split(text, "/");
    const auto parts = split(whose_and_seat.back(), ":");
    return {whose_and_seat.size() == 2 ? member(whose_and_seat[0]) : self(row),
            number_of<std::uint32_t>(parts.at(0)), number_of<std::uint64_t>(parts.at(1))};
}

/// Who issues, as it is called on the day of the award.
certificate::Issuer Stage::issuer(const wire::Terms& terms) const {
    const wire::MemberId id = terms.awarding.front().institution;
    const auto record = world_.record<wire::MemberRecord>(wire::MapKey::member(id));
    const auto is_void = [this](const auto& item) { return ledger::is_void(world_.view, item); };
    const wire::Name name =
        record ? wire::name_on(*record, terms.awarded_on, is_void) : wire::Name{{}, "?", "?", "?"};
    return {id, name.ar, name.en, name.fr, "ledger.example"};
}

Stage::Act Stage::issue(const Row& row, const std::vector<std::string>& verb) {
    // issue 12 degrees as june
    const auto count = number_of<std::size_t>(verb.at(1));
    wire::Terms terms{
        .awarding = awarding(row),
        .type = one_of(kTypes, singular(verb.at(2))),
        .level = number_of<std::uint8_t>(row.get("level", "6")),
        .field = number_of<std::uint16_t>(row.get("field", "0613")),
        .programme = row.has("programme") ? std::optional{row.get("programme")} : std::nullopt,
        .awarded_on = day_of(row.get("awarded", row.get("day"))),
        .intake = optional_day(row, "intake"),
        .mode = one_of(kModes, row.get("mode", "on-site")),
        .site = number_of<std::uint8_t>(row.get("site", "1")),
        .capture = one_of(kCaptures, row.get("capture", "contemporaneous"))};
    auto record = record_of(row, terms);
    if (row.has("about")) {
        record.document.reset();
        record.target = certificate::Target{certificate(row.get("about")),
                                            wire::origin_of(world_.genesis, world_.chain)};
    }
    auto items = graduates_.enrol({verb.at(4), count, terms, record, issuer(terms), world_.now});
    // `replaces june.3 june.4` or `replaces june.3..4`: item by item
    if (row.has("relation")) {
        const std::string relation = words(row.get("relation")).at(0);
        const auto targets = certificates(row.get("relation").substr(relation.size()));
        for (std::size_t i = 0; i < targets.size(); ++i) {
            items.at(i).relation = wire::Relation{one_of(kRelations, relation), targets[i]};
        }
    }
    const auto seats = words(row.get("seats"));
    for (std::size_t i = 0; i < seats.size(); ++i) items.at(i).seat = seat(row, seats[i]);
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
    auto roles = roles_of(
        row.get("keys", is_authority ? "authority authority" : "registrar dean president"));
    // All can sign credentials, which no rule asks for.
    if (std::ranges::count(roles, Role::kAssertion) == 0) roles.push_back(Role::kAssertion);
    const wire::MemberId sender = member(row.get("sender"));
    const auto names = ledger::world::names_of(verb.at(2));
    auto keys = world_.first_keys(world_.next_member(), roles, world_.chain);
    if (row.get("possession") == "forged") keys[0].possession[0] ^= 1U;
    if (is_authority) {
        return {wire::RegisterAuthority{
                    sender, names, number_of<std::uint32_t>(row.get("sector", "1")), {}, keys},
                {},
                verb[2],
                roles};
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
    return {wire::Status{self(row), one_of(kVerbs, verb), certificates(indices_and_name.at(0))},
            {},
            indices_and_name.size() == 2 ? indices_and_name[1] : "",
            {}};
}

Stage::Act Stage::cancel(const Row& row, const std::string& name) const {
    const auto submission = wire::decode_submission(one_of(told_, name).submission);
    const auto envelope = wire::decode_envelope(submission->envelope);
    return {wire::Cancel{self(row), wire::transaction_id(envelope->payload_bytes)}, {}, {}, {}};
}

Stage::Act Stage::confirm(const Row& row, const std::vector<std::string>& verb) const {
    // confirm key dean for june: the transaction and all its certificates, or `only` these
    const wire::LogIndex from{certificate(verb.at(4) + ".0")};
    const auto until = from.value + 1 + one_of(told_, verb[4]).place.certificate_count;
    const std::map<std::string, std::uint64_t> parts{{"", 0}, {"certificates", 1}};
    const auto skipped = one_of(parts, row.get("only"));
    const auto self = member(row.get("sender"));
    const auto record = world_.record<wire::MemberRecord>(wire::MapKey::member(self));
    const auto above = record->authority ? record->authority : record->parent;
    return {wire::Confirm{self,
                          *above,
                          key(verb.at(2), row.get("sender")).ordinal,
                          {{{from.value + skipped}, {until}}}},
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
    if (auto act = became(row, verb)) return *std::move(act);
    if (auto act = enrolment(row, verb)) return *std::move(act);
    if (verb[0] == "attest") {
        return {wire::Attest{member(row.get("sender")), certificates(row.get("does").substr(6))},
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

}  // namespace tasdiq::scenario
