#include <algorithm>

#include "crypto/hash.hpp"
#include "generator.hpp"
#include "ledger/world_test.hpp"

// Issues: terms, lists, relations; and what undoes them.
namespace tasdiq::model {

using wire::Capture;
using wire::CertificateType;
using wire::RelationCode;

wire::Terms Generator::terms_under(MemberId institution, std::uint32_t number) {
    wire::Terms terms = ledger::world::manar_terms();
    terms.awarding = {{institution, number}};
    terms.awarded_on = day_near(40, 0);
    terms.type = dice_.percent(70) ? CertificateType::kDegree : CertificateType::kProvisional;
    const auto found = stage_.model.accreditations.find({institution, number});
    if (found != stage_.model.accreditations.end()) {
        if (dice_.percent(20)) terms.type = dice_.one_of(found->second.scope.types);
        if (found->second.scope.applies == wire::AppliesTo::kAward && dice_.percent(30)) {
            terms.intake.reset();
        }
    }
    if (dice_.percent(12)) {
        terms.capture = static_cast<Capture>(2 + dice_.below(3));
        terms.awarded_on = {stage_.model.today().days - static_cast<int>(dice_.below(9'000))};
        if (terms.intake > terms.awarded_on && !dice_.percent(5)) terms.intake.reset();
    }
    return terms;
}

wire::Terms Generator::terms_of_authority() {
    wire::Terms terms = ledger::world::manar_terms();
    terms.awarding = {{member_of(kAuthorities), std::nullopt}};
    terms.type = dice_.percent(50) ? CertificateType::kEquivalency : CertificateType::kAttestation;
    terms.awarded_on = day_near(3, 0);
    terms.intake.reset();
    return terms;
}

void Generator::spoil_terms(wire::Terms& terms) {
    switch (dice_.below(12)) {
        case 0: terms.level = static_cast<std::uint8_t>(dice_.below(9)); break;
        case 1: terms.field = static_cast<std::uint16_t>(dice_.percent(50) ? 731 : 12); break;
        case 2: terms.mode = static_cast<wire::Mode>(1 + dice_.below(4)); break;
        case 3: terms.site = static_cast<std::uint8_t>(dice_.below(4)); break;
        case 4: terms.type = static_cast<CertificateType>(1 + dice_.below(12)); break;
        case 5: terms.awarded_on = day_near(420, 2); break;
        case 6: terms.intake.reset(); break;
        case 7: terms.programme = "CS"; break;
        case 8: terms.programme = "XX-1"; break;
        case 9: terms.capture = static_cast<Capture>(1 + dice_.below(4)); break;
        case 10:
            if (terms.awarding.size() == 1) terms.awarding.front().institution = any_member();
            break;
        default: terms.awarding.front().accreditation.reset();
    }
}

wire::Terms Generator::fresh_terms() {
    const auto& all = stage_.model.accreditations;
    if (all.empty() || dice_.percent(6)) return terms_of_authority();
    const auto any = [&] {
        return std::next(all.begin(), static_cast<int>(dice_.below(all.size())))->first;
    };
    const auto place = any();
    wire::Terms terms = terms_under(place.first, place.second);
    const auto& lead = stage_.model.members.at(place.first);
    const auto home_side = stage_.model.first_abroad(lead);
    const bool is_abroad = lead.kind == wire::MemberKind::kBranch && home_side;
    if (!dice_.percent(is_abroad ? 70 : 15)) return terms;
    for (std::size_t more = 1 + dice_.below(2); more > 0; --more) {
        auto other = any();
        if (is_abroad && dice_.percent(80)) other = {*home_side, 1};
        if (other.first == terms.awarding.front().institution) continue;
        terms.awarding.push_back({other.first, other.second});
    }
    std::sort(terms.awarding.begin() + 1, terms.awarding.end(),
              [](const auto& a, const auto& b) { return a.institution < b.institution; });
    const auto same =
        std::unique(terms.awarding.begin() + 1, terms.awarding.end(),
                    [](const auto& a, const auto& b) { return a.institution == b.institution; });
    terms.awarding.erase(same, terms.awarding.end());
    return terms;
}

std::vector<wire::Item> Generator::items(wire::Terms& terms) {
    std::size_t count = 1 + dice_.below(3);
    if (dice_.percent(6)) {
        count = 9 + dice_.below(3);
        if (dice_.percent(70)) terms.programme = dice_.percent(90) ? "CS" : "PH";
    }
    std::vector<wire::Item> items;
    for (std::size_t i = 0; i < count; ++i) {
        const auto digest = crypto::sha256(as_bytes("item " + std::to_string(number_++)));
        items.push_back({wire::Commitment{digest.array()}, std::nullopt, std::nullopt});
    }
    if (dice_.percent(2) && !stage_.model.commitments.empty()) {
        items.front().commitment = stage_.model.commitments.begin()->first;
    }
    std::sort(items.begin(), items.end(),
              [](const auto& a, const auto& b) { return a.commitment < b.commitment; });
    return items;
}

/// All items hang on earlier certificates, mostly alike.
void Generator::relate(wire::Terms& terms, std::vector<wire::Item>& items) {
    auto code = static_cast<RelationCode>(1 + dice_.below(6));
    const auto target = some_certificate();
    if (!target) return;
    const wire::Terms& its = stage_.model.certificate(*target)->terms;
    const bool repeats = code != RelationCode::kOfAward && code != RelationCode::kAnnotates;
    if (!dice_.percent(4)) terms.awarding = its.awarding;
    if (!repeats && terms.awarding.size() > 1 && dice_.percent(50)) terms.awarding.resize(1);
    if (!repeats && !stage_.model.accreditations.empty() && dice_.percent(15)) {
        const auto& all = stage_.model.accreditations;
        const auto other = std::next(all.begin(), static_cast<int>(dice_.below(all.size())))->first;
        terms.awarding = {{other.first, other.second}};
    }
    if (repeats && !dice_.percent(4)) terms = its;
    if (code == RelationCode::kFinalises && !dice_.percent(4)) {
        terms.type = CertificateType::kDegree;
        terms.awarded_on.days += static_cast<int>(dice_.below(30)) - 1;
    }
    if (!repeats && !dice_.percent(10)) terms.type = CertificateType::kTranscript;
    for (wire::Item& item : items) {
        LogIndex at = *target;
        if (&item != &items.front() && dice_.percent(90)) {
            at = some_certificate().value_or(at);
            if (stage_.model.certificate(at)->terms != its) at = *target;
        }
        item.relation = wire::Relation{code, at};
        if (dice_.percent(2)) item.relation->code = static_cast<RelationCode>(1 + dice_.below(6));
        if (dice_.percent(1)) item.relation->target.value += 1;
        if (dice_.percent(1)) item.relation.reset();
    }
    if (items.size() > 1 && repeats && dice_.percent(70)) items.resize(1);
}

Sent Generator::issue() {
    wire::Terms terms = fresh_terms();
    std::vector<wire::Item> list = items(terms);
    if (dice_.percent(45)) relate(terms, list);
    if (dice_.percent(12)) spoil_terms(terms);
    for (wire::Item& item : list) {
        if (!dice_.percent(item.relation ? 2 : 15)) continue;
        item.seat = some_seat();
        if (item.seat && !item.relation && dice_.percent(80)) {
            const auto cohort =
                stage_.model.cohorts.find({item.seat->institution, item.seat->cohort});
            const auto found = stage_.model.accreditations.find({item.seat->institution, 1});
            if (cohort == stage_.model.cohorts.end() ||
                found == stage_.model.accreditations.end()) {
                continue;
            }
            terms.awarding = {{item.seat->institution, 1}};
            terms.intake = cohort->second.intake;
        }
    }
    wire::Issue body{terms, static_cast<std::uint32_t>(list.size()), wire::list_root(list)};
    return complete(body, list);
}

wire::Body Generator::cancel() {
    const Sent* what = nullptr;
    if (!sent_.empty()) what = &dice_.one_of(sent_);
    if (!held_.empty() && dice_.percent(30)) what = &dice_.one_of(held_);
    if (!what) return wire::Cancel{any_member(), wire::TransactionId{}};
    MemberId member = dice_.one_of(what->payload.signers).member;
    if (const auto* issue = std::get_if<wire::Issue>(&what->payload.body)) {
        if (dice_.percent(30)) member = issue->terms.awarding.front().institution;
    }
    if (dice_.percent(5)) member = any_member();
    if (const auto* status = std::get_if<wire::Status>(&what->payload.body)) {
        if (dice_.percent(50)) member = status->member;
    }
    return wire::Cancel{member, what->id()};
}

wire::Body Generator::draft() {
    const auto code = dice_.percent(50) ? wire::BodyCode::kPropose : wire::BodyCode::kVote;
    const auto number = static_cast<std::uint8_t>(code);
    return wire::DraftBody{code, Bytes{0x83, 0x18, number, 0x01, 0xf5}};
}

}  // namespace tasdiq::model
