// The page of one certificate.
#include <algorithm>

#include "node/answers.hpp"
#include "node/life_rows.hpp"
#include "node/member_reader.hpp"
#include "node/page_lists.hpp"
#include "node/page_parts.hpp"
#include "node/pages.hpp"
#include "node/read_record.hpp"
#include "prose/decided.hpp"
#include "prose/verdict_sentences.hpp"
#include "text/catalogue.hpp"
#include "wire/describe.hpp"
#include "wire/history.hpp"

namespace tasdiq::node {
namespace {

using text::Language;

/// What was recorded of it. `name_of` names a member.
template <class NameOf>
void add_recorded(Terms& terms, const wire::CertificateEntry& certificate, Language language,
                  NameOf name_of) {
    const wire::Terms& awarded = certificate.terms;
    for (const wire::Awarding& awarding : awarded.awarding) {
        terms.add_link("label.institution", member_path(awarding.institution),
                       name_of(awarding.institution));
    }
    terms.add("label.type",
              text::format("type." + std::string{wire::to_word(awarded.type)}, language));
    terms.add("label.level", std::to_string(awarded.level));
    terms.add("label.field", wire::to_field_text(awarded.field));
    if (awarded.programme) terms.add_code("label.programme", *awarded.programme);
    terms.add("label.awardedOn", text::date_text(awarded.awarded_on, language));
    terms.add("page.recorded", text::instant_text(certificate.time, language));
    terms.add("label.capture", word_text(wire::to_word(awarded.capture), language));
    terms.add_code("label.commitment", to_hex(certificate.commitment.view()));
    if (certificate.relation) {
        terms.add_link("label.relation", certificate_path(certificate.relation->target),
                       word_text(wire::to_word(certificate.relation->code), language));
    }
}

struct Told {
    wire::StatusChange change;  // as it counts, if it does
    std::string_view word;      // which of the sentences `life.decided-…` says it
};

/// All changes of both slots, as they were made.
std::vector<Told> changes_of(const wire::StatusRecord& status, MemberReader& members) {
    const auto is_void = [&](const wire::StatusChange& one) { return members.is_void(one); };
    std::vector<Told> changes;
    for (const auto* slot : {&status.issuer, &status.authority}) {
        if (!*slot) continue;
        const auto take = [&](const wire::StatusChange& change) {
            const auto counting = wire::as_it_counts({change}, **slot, is_void);
            changes.push_back({is_void(change) ? change : *counting,
                               prose::decided_word(change, **slot, is_void)});
        };
        take(**slot);
        std::ranges::for_each((*slot)->earlier, take);
    }
    std::ranges::sort(changes, {}, [](const Told& told) { return told.change.index; });
    return changes;
}

}  // namespace

std::string Pages::name_of(wire::MemberId member, Language language) const {
    const auto found = look_up<wire::MemberRecord>(store_, wire::MapKey::member(member));
    if (!found.record) return std::to_string(member.value);
    MemberReader members{store_};
    return prose::name_in(members.name_on(*found.record, to_day(now_())), language);
}

bool Pages::is_void(std::span<const wire::Signer> signers, wire::LogIndex index) const {
    return MemberReader{store_}.is_void(signers, index);
}

void Pages::add_status(Terms& terms, std::string_view label_key,
                       const std::optional<wire::StatusSlot>& slot, Language language) const {
    const auto change = wire::change_in_force(
        slot, now_(), [&](const auto& one) { return is_void(one.signers, one.index); });
    if (!change) return terms.add(label_key, text::format("page.status-none", language));
    terms.add_tag(label_key, word_text(wire::to_word(change->state), language),
                  change->state != wire::StatusState::kReinstated);
}

bool Pages::add_decisions(Terms& terms, const wire::StatusRecord& status, Language language) const {
    MemberReader reader{store_};
    for (const Told& told : changes_of(status, reader)) {
        const wire::StatusChange& change = told.change;
        const auto place = store_.block_of(change.index);
        if (!place || !*place) return false;
        std::vector<wire::MemberId> members;
        for (const wire::Signer& signer : change.signers) {
            if (std::ranges::find(members, signer.member) == members.end()) {
                members.push_back(signer.member);
            }
        }
        const std::string by = change.by ? std::to_string(change.by->value) : std::string{};
        const text::Parameter parameters[] = {
            {"date", text::instant_text((*place)->time, language)},
            {"members", list_text(members, language,
                                  [&](wire::MemberId id) { return name_of(id, language); })},
            {"index", std::to_string(change.index.value)},
            {"certificate", by}};
        std::string sentence =
            text::format("life.decided-" + std::string{told.word}, language, parameters);
        if (change.effective) {
            const text::Parameter from{"date", text::instant_text(*change.effective, language)};
            sentence += " " + text::format("life.effective", language, {&from, 1});
        }
        if (reader.is_void(change)) {
            sentence += " " + text::format("life.void", language);
        }
        terms.add("page.decision", sentence);
        if (change.by) {
            const text::Parameter number{"index", by};
            terms.append_link(certificate_path(*change.by),
                              text::format("page.certificate-title", language, {&number, 1}));
        }
    }
    return true;
}

net::HttpResponse Pages::certificate_page(const net::HttpRequest& request,
                                          wire::LogIndex index) const {
    constexpr std::string_view kRoute = "/certificates/{index}";
    const Language language = language_of(request);
    if (index.value >= engine_.published()->head.log.size) {
        return not_found(request, "page.no-certificate");
    }
    const auto bytes = store_.entry(index);
    const auto status = look_up<wire::StatusRecord>(store_, wire::MapKey::status(index));
    if (!bytes || status.failed) return api_problem(ApiError::kStore, kRoute);
    const auto certificate = wire::decode_certificate(*bytes);
    if (!certificate) return not_found(request, "page.no-certificate");
    const auto life = life_rows(store_, index, *certificate, language);
    if (!life) return api_problem(ApiError::kStore, kRoute);
    const text::Parameter number{"index", std::to_string(index.value)};
    const std::string title = text::format("page.certificate-title", language, {&number, 1});
    Html html;
    html.raw("<h1>").text(title).raw("</h1><p class=\"lead\">");
    html.text(text::format("page.certificate-lead", language)).raw("</p><div class=\"card\">");
    Terms terms{language};
    add_recorded(terms, *certificate, language,
                 [&](wire::MemberId member) { return name_of(member, language); });
    terms.add_all("label.signers", life->signers);
    const wire::StatusRecord none{};
    const wire::StatusRecord& slots = status.record ? *status.record : none;
    add_status(terms, "page.status-issuer", slots.issuer, language);
    add_status(terms, "page.status-authority", slots.authority, language);
    if (!add_decisions(terms, slots, language)) return api_problem(ApiError::kStore, kRoute);
    terms.add_all("label.cohort", life->enrolment);
    terms.add_all("label.attestation", life->attestations);
    html.raw(terms.take()).raw("</div>");
    const std::string id = std::to_string(index.value);
    add_raw_links(html,
                  {"/api/v1/certificates/" + id, "/api/v1/entries/" + id, "/api/v1/evidence/" + id},
                  language);
    return make_page(request, language, title, html.take(), kRoute);
}

}  // namespace tasdiq::node
