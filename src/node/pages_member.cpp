// The page of one member.
#include <algorithm>

#include "crypto/multikey.hpp"
#include "node/accredited.hpp"
#include "node/answers.hpp"
#include "node/member_reader.hpp"
#include "node/page_lists.hpp"
#include "node/page_parts.hpp"
#include "node/pages.hpp"
#include "node/read_record.hpp"
#include "prose/verdict_sentences.hpp"
#include "text/catalogue.hpp"
#include "wire/describe.hpp"
#include "wire/history.hpp"
#include "wire/voids.hpp"

namespace tasdiq::node {
namespace {

using text::Language;

/// Dates of an accreditation: from – to.
std::string period(const wire::Scope& scope, Language language) {
    return text::date_text(scope.from, language) + " – " +
           (scope.to ? text::date_text(*scope.to, language) : std::string{"…"});
}

const std::string& title_in(const wire::Titles& titles, Language language) {
    const std::string& own = language == Language::kArabic   ? titles.ar
                             : language == Language::kFrench ? titles.fr
                                                             : titles.en;
    return own.empty() ? titles.fr : own;
}

void add_scope(Terms& terms, const wire::Scope& scope, Language language) {
    terms.add("label.act", word_text(wire::to_word(scope.act), language));
    terms.add("label.legal", scope.legal);
    terms.add("label.types", list_text(scope.types, language, [&](wire::CertificateType type) {
                  return text::format("type." + std::string{wire::to_word(type)}, language);
              }));
    terms.add("label.levels", list_text(scope.levels, language,
                                        [](std::uint8_t level) { return std::to_string(level); }));
    terms.add("label.fields", scope.by_programme
                                  ? text::format("label.byProgramme", language)
                                  : list_text(scope.fields, language, wire::to_field_text));
    terms.add("label.quota", scope.quota ? text::number_text(*scope.quota, language) : "–");
    terms.add("page.period", period(scope, language));
}

}  // namespace

bool Pages::add_accreditations(Html& html, wire::MemberId member, std::uint32_t count,
                               Language language) const {
    if (count > 0) add_heading(html, "label.accreditations", language);
    for (std::uint32_t number = 1; number <= count; ++number) {
        const auto found =
            look_up<wire::AccreditationRecord>(store_, wire::MapKey::accreditation(member, number));
        if (found.failed) return false;
        if (!found.record) continue;
        const auto programmes = programmes_of(store_, *found.record);
        if (!programmes) return false;
        const text::Parameter title{"number", std::to_string(number)};
        html.raw("<div class=\"card\"><h3>")
            .text(text::format("page.accreditation-title", language, {&title, 1}))
            .raw("</h3>");
        Terms terms{language};
        add_scope(terms, found.record->scope, language);
        std::vector<std::string> titles;
        for (const wire::ProgrammeEntry& one : *programmes) {
            titles.push_back(title_in(one.titles, language) + " (" + one.code + ")");
        }
        terms.add_all("label.programmes", titles);
        const auto ends = wire::ends_in_force(found.record->ended, [&](const auto& change) {
            return is_void(change.signers, change.index);
        });
        const Day today = to_day(now_());
        const bool has_ended = std::ranges::any_of(
            ends, [&](const wire::EndChange& end) { return end.effective <= today; });
        terms.add("page.state", text::format(has_ended ? "page.ended" : "page.in-force", language));
        html.raw(terms.take()).raw("</div>");
    }
    if (count > 0) html.raw("</section>");
    return true;
}

bool Pages::add_keys(Html& html, wire::MemberId id, const wire::MemberRecord& member,
                     std::uint16_t count, Language language) const {
    open_table(html, "label.keys",
               {"label.number", "label.role", "label.algorithm", "page.key", "page.state"},
               language);
    for (std::uint16_t i = 0; i < count; ++i) {
        const auto key = look_up<wire::KeyRecord>(store_, wire::MapKey::key(id, {i}));
        if (key.failed) return false;
        if (!key.record) continue;
        const auto parsed = crypto::PublicKey::parse(key.record->algorithm, key.record->public_key);
        const bool is_ed25519 = key.record->algorithm == crypto::Algorithm::kEd25519;
        const bool has_ended = key.record->until || wire::has_ended(member, to_day(now_()));
        Row row{html, language};
        row.add("label.number", std::to_string(i));
        row.add("label.role", word_text(wire::to_word(key.record->role), language));
        row.add("label.algorithm", is_ed25519 ? "Ed25519" : "P-256");
        row.add_code("page.key", parsed ? crypto::to_multikey(*parsed) : std::string{});
        row.add("page.state", text::format(wire::has_void(member, {i}) ? "page.voided"
                                           : has_ended                 ? "page.ended"
                                                                       : "page.in-force",
                                           language));
    }
    close_table(html);
    return true;
}

void Pages::add_changes(Terms& terms, const wire::MemberRecord& member, Language language) const {
    const Day today = to_day(now_());
    MemberReader members{store_};
    for (const wire::SuccessionItem& item : member.succession) {
        if (item.day > today || members.is_void(item)) continue;
        verify::IssuerChange change{item.kind, item.day, std::nullopt, item.others, false};
        if (item.kind == wire::SuccessionKind::kRenamed) {
            change.name = members.name_on(member, item.day);
        }
        const std::string others = list_text(
            item.others, language, [&](wire::MemberId id) { return name_of(id, language); });
        terms.add("label.succession", prose::change_note(change, others, language));
        for (const wire::MemberId id : item.others) {
            terms.append_link(member_path(id), name_of(id, language));
        }
    }
    if (member.ended) terms.add("label.ended", text::date_text(*member.ended, language));
    const bool is_kept =
        member.custody && wire::has_ended(member, today) && !members.is_void(*member.custody);
    if (is_kept) {
        terms.add_link("label.custodian", member_path(member.custody->custodian),
                       name_of(member.custody->custodian, language));
    }
}

net::HttpResponse Pages::member_page(const net::HttpRequest& request, wire::MemberId member) const {
    constexpr std::string_view kRoute = "/members/{id}";
    const Language language = language_of(request);
    const auto found = look_up<wire::MemberRecord>(store_, wire::MapKey::member(member));
    const auto counters = look_up<wire::CountersRecord>(store_, wire::MapKey::counters(member));
    if (found.failed || counters.failed) return api_problem(ApiError::kStore, kRoute);
    if (!found.record || !counters.record) return not_found(request);
    const wire::MemberRecord& record = *found.record;
    const std::string name = name_of(member, language);
    Html html;
    html.raw("<h1>").text(name).raw("</h1><div class=\"card\">");
    Terms terms{language};
    terms.add("label.kind", word_text(wire::to_word(record.kind), language));
    terms.add("label.country", country_text(record.country, language));
    if (record.parent) {
        const bool is_state = record.kind == wire::MemberKind::kAuthority;
        terms.add_link(is_state ? "label.member-state" : "label.parent",
                       member_path(*record.parent), name_of(*record.parent, language));
    }
    if (record.authority) {
        terms.add_link("label.authority", member_path(*record.authority),
                       name_of(*record.authority, language));
    }
    for (const wire::OutsideId& id : record.ids) {
        terms.add_code("label.ids", id.scheme + " " + id.value);
    }
    add_changes(terms, record, language);
    terms.add("label.number", std::to_string(member.value));
    html.raw(terms.take()).raw("</div>");
    const bool is_read =
        add_accreditations(html, member, counters.record->next_accreditation - 1, language) &&
        add_keys(html, member, record, counters.record->next_ordinal.value, language);
    if (!is_read) return api_problem(ApiError::kStore, kRoute);
    const std::string id = std::to_string(member.value);
    add_raw_links(html, {"/api/v1/members/" + id, "/i/" + id + "/did.json"}, language);
    return make_page(request, language, name, html.take(), kRoute);
}

}  // namespace tasdiq::node
