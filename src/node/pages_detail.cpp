// The pages of one member and of one certificate.
#include "crypto/multikey.hpp"
#include "node/answers.hpp"
#include "node/life_rows.hpp"
#include "node/page_parts.hpp"
#include "node/pages.hpp"
#include "node/read_record.hpp"
#include "prose/verdict_sentences.hpp"
#include "text/catalogue.hpp"
#include "wire/describe.hpp"

namespace tasdiq::node {
namespace {

using text::Language;

/// A list of terms, each of a label and a value.
class Terms {
  public:
    explicit Terms(Language language) : language_{language} { html_.raw("<dl class=\"terms\">"); }
    void add(std::string_view label_key, std::string_view value) {
        html_.raw("<dt>").text(text::format(label_key, language_)).raw("</dt><dd><bdi>");
        html_.text(value).raw("</bdi></dd>");
    }
    void add_code(std::string_view label_key, std::string_view value) {
        html_.raw("<dt>")
            .text(text::format(label_key, language_))
            .raw("</dt><dd><code dir=\"ltr\">");
        html_.text(value).raw("</code></dd>");
    }
    void add_link(std::string_view label_key, std::string_view path, std::string_view value) {
        html_.raw("<dt>").text(text::format(label_key, language_)).raw("</dt><dd><a href=\"");
        html_.raw(page_link(path, language_)).raw("\">").text(value).raw("</a></dd>");
    }
    /// A status as a mark: what is in force in red, but for what lifts another.
    void add_status(std::string_view label_key, const std::optional<wire::StatusSlot>& slot) {
        if (!slot) return add(label_key, text::format("page.status-none", language_));
        const bool is_lifted = slot->state == wire::StatusState::kReinstated;
        html_.raw("<dt>").text(text::format(label_key, language_)).raw("</dt><dd>");
        html_.raw(is_lifted ? "<span class=\"tag\">" : "<span class=\"tag bad\">")
            .text(word_text(wire::to_word(slot->state), language_))
            .raw("</span></dd>");
    }
    [[nodiscard]] std::string take() { return html_.raw("</dl>").take(); }

  private:
    Language language_;
    Html html_;
};

/// A row of a table; on a phone each cell stands under its label.
class Row {
  public:
    Row(Html& html, Language language) : html_{html}, language_{language} { html_.raw("<tr>"); }
    ~Row() { html_.raw("</tr>"); }
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;

    void add(std::string_view label_key, std::string_view value) {
        open(label_key);
        html_.raw("<bdi>").text(value).raw("</bdi></td>");
    }
    void add_code(std::string_view label_key, std::string_view value) {
        open(label_key);
        html_.raw("<code dir=\"ltr\">").text(value).raw("</code></td>");
    }

  private:
    void open(std::string_view label_key) {
        html_.raw("<td data-label=\"").text(text::format(label_key, language_)).raw("\">");
    }
    Html& html_;
    Language language_;
};

std::string member_path(wire::MemberId member) {
    return "/members/" + std::to_string(member.value);
}

/// Dates of an accreditation: from – to.
std::string period(const wire::Scope& scope, Language language) {
    return text::date_text(scope.from, language) + " – " +
           (scope.to ? text::date_text(*scope.to, language) : std::string{"…"});
}

template <class T, class ToText>
std::string list_text(const std::vector<T>& items, Language language, ToText to_text) {
    std::string text;
    for (const T& item : items) {
        if (!text.empty()) text += text::comma(language);
        text += to_text(item);
    }
    return text;
}

void add_heading(Html& html, std::string_view key, Language language) {
    html.raw("<section><h2>").text(text::format(key, language)).raw("</h2>");
}

/// A table that scrolls by itself where it is too wide, by keyboard, too; named as its section.
void open_table(Html& html, std::string_view name_key, std::initializer_list<std::string_view> keys,
                Language language) {
    add_heading(html, name_key, language);
    html.raw("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"")
        .text(text::format(name_key, language))
        .raw("\"><table class=\"stacked\"><thead><tr>");
    for (const std::string_view key : keys) {
        html.raw("<th scope=\"col\">").text(text::format(key, language)).raw("</th>");
    }
    html.raw("</tr></thead><tbody>");
}

void close_table(Html& html) { html.raw("</tbody></table></div></section>"); }

void add_raw_links(Html& html, std::initializer_list<std::string> paths, Language language) {
    html.raw("<p class=\"quiet\">").text(text::format("page.raw", language));
    for (const std::string& path : paths) {
        html.raw(" <a dir=\"ltr\" href=\"").text(path).raw("\"><code>").text(path);
        html.raw("</code></a>");
    }
    html.raw("</p>");
}

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
        terms.add_link("label.relation",
                       "/certificates/" + std::to_string(certificate.relation->target.value),
                       word_text(wire::to_word(certificate.relation->code), language));
    }
}

}  // namespace

std::string Pages::name_of(wire::MemberId member, Language language) const {
    const auto found = look_up<wire::MemberRecord>(store_, wire::MapKey::member(member));
    return found.record && !found.record->names.empty()
               ? prose::name_in(wire::name_on(found.record->names, to_day(now_())), language)
               : std::to_string(member.value);
}

net::HttpResponse Pages::member_page(const net::HttpRequest& request, wire::MemberId member) const {
    constexpr std::string_view kRoute = "/members/{id}";
    const Language language = language_of(request);
    const auto found = look_up<wire::MemberRecord>(store_, wire::MapKey::member(member));
    const auto counters = look_up<wire::CountersRecord>(store_, wire::MapKey::counters(member));
    if (found.failed || counters.failed) return api_problem(ApiError::kStore, kRoute);
    if (!found.record || !counters.record) return not_found(request);
    const wire::MemberRecord& record = *found.record;
    const std::string name = prose::name_in(wire::name_on(record.names, to_day(now_())), language);
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
    if (record.ended) terms.add("label.ended", text::date_text(*record.ended, language));
    terms.add("label.number", std::to_string(member.value));
    html.raw(terms.take()).raw("</div>");

    if (counters.record->next_accreditation > 1) {
        open_table(html, "label.accreditations",
                   {"label.number", "label.act", "label.legal", "label.types", "label.levels",
                    "label.fields", "label.quota", "page.period", "page.state"},
                   language);
    }
    for (std::uint32_t number = 1; number < counters.record->next_accreditation; ++number) {
        const auto accreditation =
            look_up<wire::AccreditationRecord>(store_, wire::MapKey::accreditation(member, number));
        if (accreditation.failed) return api_problem(ApiError::kStore, kRoute);
        if (!accreditation.record) continue;
        const wire::Scope& scope = accreditation.record->scope;
        const std::string types = list_text(scope.types, language, [&](wire::CertificateType type) {
            return text::format("type." + std::string{wire::to_word(type)}, language);
        });
        const std::string levels = list_text(
            scope.levels, language, [](std::uint8_t level) { return std::to_string(level); });
        const std::string fields = scope.by_programme
                                       ? text::format("label.byProgramme", language)
                                       : list_text(scope.fields, language, wire::to_field_text);
        Row row{html, language};
        row.add("label.number", std::to_string(number));
        row.add("label.act", word_text(wire::to_word(scope.act), language));
        row.add("label.legal", scope.legal);
        row.add("label.types", types);
        row.add("label.levels", levels);
        row.add("label.fields", fields);
        row.add("label.quota", scope.quota ? text::number_text(*scope.quota, language) : "–");
        row.add("page.period", period(scope, language));
        row.add(
            "page.state",
            text::format(accreditation.record->ended ? "page.ended" : "page.in-force", language));
    }
    if (counters.record->next_accreditation > 1) close_table(html);

    open_table(html, "label.keys",
               {"label.number", "label.role", "label.algorithm", "page.key", "page.state"},
               language);
    for (std::uint16_t i = 0; i < counters.record->next_ordinal.value; ++i) {
        const auto key = look_up<wire::KeyRecord>(store_, wire::MapKey::key(member, {i}));
        if (key.failed) return api_problem(ApiError::kStore, kRoute);
        if (!key.record) continue;
        const auto parsed = crypto::PublicKey::parse(key.record->algorithm, key.record->public_key);
        const bool is_ed25519 = key.record->algorithm == crypto::Algorithm::kEd25519;
        Row row{html, language};
        row.add("label.number", std::to_string(i));
        row.add("label.role", word_text(wire::to_word(key.record->role), language));
        row.add("label.algorithm", is_ed25519 ? "Ed25519" : "P-256");
        row.add_code("page.key", parsed ? crypto::to_multikey(*parsed) : std::string{});
        row.add("page.state",
                text::format(key.record->until ? "page.ended" : "page.in-force", language));
    }
    close_table(html);
    const std::string id = std::to_string(member.value);
    add_raw_links(html, {"/api/v1/members/" + id, "/i/" + id + "/did.json"}, language);
    return make_page(request, language, name, html.take(), kRoute);
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
    const wire::StatusRecord none{};
    const wire::StatusRecord& slots = status.record ? *status.record : none;
    terms.add_status("page.status-issuer", slots.issuer);
    terms.add_status("page.status-authority", slots.authority);
    for (const std::string& one : life->enrolment) terms.add("label.cohort", one);
    for (const std::string& one : life->attestations) terms.add("label.attestation", one);
    html.raw(terms.take()).raw("</div>");
    const std::string id = std::to_string(index.value);
    add_raw_links(html,
                  {"/api/v1/certificates/" + id, "/api/v1/entries/" + id, "/api/v1/evidence/" + id},
                  language);
    return make_page(request, language, title, html.take(), kRoute);
}

}  // namespace tasdiq::node
