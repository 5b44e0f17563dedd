#include "verify/acts_at_hand.hpp"

#include <algorithm>
#include <array>
#include <ranges>

#include "base/time.hpp"
#include "certificate/canonical_reader.hpp"

namespace tasdiq::verify {
namespace {

using codec::Json;

/// Whether a certificate with this headline counts for what it says.
bool counts(Headline headline) {
    using enum Headline;
    return headline == kAuthentic || headline == kDuplicate || headline == kRecordedLate ||
           headline == kFromRegisters;
}

/// Whether the document is what stands on the ledger under its number.
bool is_what_was_recorded(const Verdict& verdict) {
    using enum Check;
    for (const Check check : {kWellFormed, kContent, kRecorded, kCheckpoint}) {
        if (verdict.result_of(check).outcome != Outcome::kPassed) return false;
    }
    // With the whole credential its proof, too; single facts have none.
    return verdict.result_of(kIntegrity).outcome != Outcome::kFailed;
}

/// The earlier certificate in whose place this one was issued.
std::optional<wire::LogIndex> replaced_certificate(const Verdict& verdict) {
    using enum wire::RelationCode;
    const auto& relation = verdict.subject.relation;
    const bool replaces = relation && (relation->code == kReplaces || relation->code == kDuplicate);
    // What a voided key signed replaces nothing, nor does what is not in effect yet.
    const bool counts = verdict.result_of(Check::kSigners).outcome == Outcome::kPassed &&
                        verdict.headline != Headline::kNotYetInEffect;
    return replaces && counts ? std::optional{relation->target} : std::nullopt;
}

/// Whether nothing on the ledger speaks against it, whatever the document at hand is worth.
bool is_in_force(const Verdict& verdict) {
    using enum Check;
    return std::ranges::none_of(std::array{kSigners, kStatus, kAssertionKey}, [&](Check check) {
        return verdict.result_of(check).outcome == Outcome::kFailed;
    });
}

/// Those of `links` that begin with `first`.
auto linked_to(const auto& links, wire::LogIndex first) {
    const auto from = links.lower_bound({first, {0}});
    return std::ranges::subrange{from, links.lower_bound({{first.value + 1}, {0}})};
}

}  // namespace

void ActsAtHand::add(const Verdict& verdict, ByteView document) {
    const Subject& subject = verdict.subject;
    // Without a verdict on its status the evidence is not known to be of this ledger.
    const bool is_known = verdict.result_of(Check::kCheckpoint).outcome == Outcome::kPassed &&
                          verdict.result_of(Check::kRecorded).outcome == Outcome::kPassed &&
                          verdict.result_of(Check::kStatus).outcome != Outcome::kNotChecked;
    if (!is_known || !subject.index || !subject.as_of || !subject.terms ||
        !certificate::is_authoritys(subject.terms->type)) {
        return;
    }
    const auto [place, is_first] = known_.try_emplace(*subject.index);
    Known& known = place->second;
    const bool is_newer = is_first || *subject.as_of > known.as_of;
    if (is_newer) {
        known.as_of = *subject.as_of;
        known.is_stale = verdict.stale;
        known.is_in_force = is_in_force(verdict);
        known.replaces = replaced_certificate(verdict);
        if (known.replaces) replaced_.emplace(*known.replaces, *subject.index);
    }
    if (!known.act && counts(verdict.headline)) read(known, verdict, document);
    if (known.act) known.act->as_of = known.is_stale ? std::optional{known.as_of} : std::nullopt;
}

void ActsAtHand::read(Known& known, const Verdict& verdict, ByteView document) {
    const Subject& subject = verdict.subject;
    if (!subject.issuer_name || !subject.issuer_state) return;
    const auto read = certificate::read_secured(document);
    if (!read) return;
    auto act = certificate::act_of(read->credential);
    if (!act) return;
    const auto* target = std::get_if<certificate::Target>(&act->about);
    if (target == nullptr || target->origin != origin_) return;
    about_.emplace(target->certificate, *subject.index);
    known.act = ActAtHand{*std::move(act),
                          *subject.issuer_name,
                          *subject.issuer_state,
                          *subject.index,
                          certificate::holder_names(read->credential),
                          std::nullopt};
}

bool ActsAtHand::is_replaced(wire::LogIndex act) const {
    return std::ranges::any_of(linked_to(replaced_, act), [&](const auto& link) {
        // Newer evidence may say that the other one does not count.
        return known_.at(link.second).replaces == act;
    });
}

std::vector<const ActAtHand*> ActsAtHand::about(const Verdict& verdict) const {
    std::vector<const ActAtHand*> found;
    if (!is_what_was_recorded(verdict) || !verdict.subject.index) return found;
    for (const auto& [certificate, number] : linked_to(about_, *verdict.subject.index)) {
        const Known& known = known_.at(number);
        if (known.is_in_force && !is_replaced(number)) found.push_back(&*known.act);
    }
    return found;
}

Json to_json(const ActAtHand& at_hand) {
    Json json = Json::object();
    if (const auto* decided = std::get_if<certificate::Equivalency>(&at_hand.act.what)) {
        json.set("type", "equivalency")
            .set("outcome", certificate::to_word(decided->outcome))
            .set("number", decided->number)
            .set("date", to_text(decided->date));
    } else {
        const auto& attested = std::get<certificate::Attestation>(at_hand.act.what);
        json.set("type", "attestation")
            .set("kind", certificate::to_word(attested.kind))
            .set("number", attested.number)
            .set("date", to_text(attested.date));
    }
    json.set("authority", Json::object()
                              .set("ar", at_hand.authority.ar)
                              .set("en", at_hand.authority.en)
                              .set("fr", at_hand.authority.fr))
        .set("state", at_hand.state)
        .set("index", at_hand.certificate.value);
    if (at_hand.as_of) json.set("statusAsOf", to_text(*at_hand.as_of));
    return json;
}

}  // namespace tasdiq::verify
