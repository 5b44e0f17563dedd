#include "verify/acts_at_hand.hpp"

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

}  // namespace

void ActsAtHand::add(const Verdict& verdict, ByteView document) {
    const Subject& subject = verdict.subject;
    if (!counts(verdict.headline) || !subject.terms || !subject.issuer_name || !subject.index ||
        !certificate::is_authoritys(subject.terms->type)) {
        return;
    }
    const auto read = certificate::read_secured(document);
    if (!read) return;
    auto act = certificate::act_of(read->credential);
    if (!act) return;
    const auto* target = std::get_if<certificate::Target>(&act->about);
    if (target == nullptr || target->origin != origin_) return;
    const wire::LogIndex about = target->certificate;
    acts_.emplace_back(about, ActAtHand{*std::move(act), *subject.issuer_name, *subject.index,
                                        verdict.stale ? subject.as_of : std::nullopt});
}

std::vector<const ActAtHand*> ActsAtHand::about(const Verdict& verdict) const {
    std::vector<const ActAtHand*> found;
    if (!is_what_was_recorded(verdict)) return found;
    for (const auto& [target, act] : acts_) {
        if (target == verdict.subject.index) found.push_back(&act);
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
        .set("index", at_hand.certificate.value);
    if (at_hand.as_of) json.set("statusAsOf", to_text(*at_hand.as_of));
    return json;
}

}  // namespace tasdiq::verify
