#include "node/pages.hpp"

#include "codec/base_n.hpp"
#include "node/answers.hpp"
#include "node/member_reader.hpp"
#include "node/page_parts.hpp"
#include "node/paths.hpp"
#include "node/read_record.hpp"
#include "prose/verdict_sentences.hpp"
#include "text/catalogue.hpp"
#include "text/folding.hpp"
#include "wire/describe.hpp"

namespace tasdiq::node {
namespace {

using text::Language;

constexpr std::size_t kMembersShown = 100;
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Links to the same page in each language, each named in its own.
void add_languages(Html& html, const net::HttpRequest& request, Language language) {
    struct Choice {
        Language language;
        std::string_view name;
    };
    constexpr Choice kChoices[] = {{Language::kArabic, "العربية"},
                                   {Language::kFrench, "Français"},
                                   {Language::kEnglish, "English"}};
    std::string path;
    for (const std::string& segment : request.target.segments) path += "/" + segment;
    if (path.empty()) path = "/";
    html.raw("<nav class=\"languages\" aria-label=\"")
        .text(text::format("page.languages", language))
        .raw("\"><ul>");
    for (const Choice& choice : kChoices) {
        const std::string_view tag = text::to_tag(choice.language);
        html.raw("<li><a href=\"").text(path).raw("?lang=").raw(tag).raw("\" lang=\"").raw(tag);
        html.raw("\" hreflang=\"").raw(tag).raw("\"");
        if (choice.language == language) html.raw(" aria-current=\"true\"");
        html.raw(">").text(choice.name).raw("</a></li>");
    }
    html.raw("</ul></nav>");
}

void add_fact(Html& html, std::string_view label, std::string_view value) {
    // Isolated: a date keeps its own direction inside Arabic.
    html.raw("<div><dt>").text(label).raw("</dt><dd><bdi>").text(value).raw("</bdi></dd></div>");
}

}  // namespace

Language language_of(const net::HttpRequest& request) {
    const auto asked = text::parse_language(request.target.parameter("lang").value_or(""));
    return asked.value_or(text::choose_language(request.accept_language));
}

std::string country_text(const std::string& code, Language language) {
    if (code == "XX") return "–";  // of no country: the secretariat
    return prose::state_name(code, language);
}

std::string word_text(std::string_view word, Language language) {
    return text::format("word." + std::string{word}, language);
}

std::string page_link(std::string_view path, Language language) {
    return std::string{path} + "?lang=" + std::string{text::to_tag(language)};
}

std::string Pages::banner(Language language) const {
    if (store_.genesis().ledger != wire::LedgerKind::kTest) return {};
    Html html;
    html.raw("<aside class=\"test-ledger\" aria-label=\"")
        .text(text::format("page.notice", language))
        .raw("\"><div class=\"wide\"><p><strong>")
        .text(text::format("page.test-ledger", language))
        .raw("</strong> ");
    if (info_.node_keys_held > 1) {
        const text::Parameter count{"count", std::to_string(info_.node_keys_held)};
        html.text(text::format("page.one-node", language, {&count, 1}));
    }
    return html.raw("</p></div></aside>").take();
}

net::HttpResponse Pages::make_page(const net::HttpRequest& request, Language language,
                                   std::string_view title, std::string_view main,
                                   std::string_view route, unsigned status) const {
    const auto say = [&](std::string_view key) { return text::format(key, language); };
    Html html;
    html.raw("<!doctype html>\n<html lang=\"").raw(text::to_tag(language));
    html.raw("\" dir=\"").raw(text::direction_of(language));
    html.raw("\"><head><meta charset=\"utf-8\"><title>").text(title).raw("</title>");
    html.raw(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        "<link rel=\"icon\" href=\"/assets/icon.svg\" type=\"image/svg+xml\">"
        "<link rel=\"stylesheet\" href=\"/assets/site.css\"></head><body>");
    html.raw("<a class=\"skip\" href=\"#main\">").text(say("page.skip")).raw("</a>");
    html.raw(banner(language));
    html.raw("<header class=\"site\"><div class=\"wide\"><a class=\"brand\" href=\"")
        .raw(page_link("/", language))
        .raw("\"><img src=\"/assets/icon.svg\" alt=\"\">")
        .text(say("page.name"))
        .raw("</a>");
    add_languages(html, request, language);
    html.raw("</div></header><main id=\"main\" class=\"wide\" tabindex=\"-1\">").raw(main);
    html.raw("</main><footer class=\"site\"><div class=\"wide\"><p>")
        .text(say("page.footer"))
        .raw(" <a href=\"/openapi.json\">")
        .text(say("page.api"))
        .raw("</a></p><p class=\"code\" dir=\"ltr\">")
        .text(store_.origin())
        .raw("</p></div></footer></body></html>\n");
    auto response = bytes_answer("text/html; charset=utf-8", html.take(), route, Caching::kNone);
    response.status = status;
    response.content_security_policy = kPolicy;
    response.headers.push_back({"Content-Language", std::string{text::to_tag(language)}});
    response.headers.push_back({"Vary", "Accept-Language"});
    return response;
}

net::HttpResponse Pages::not_found(const net::HttpRequest& request,
                                   std::string_view text_key) const {
    const Language language = language_of(request);
    const std::string title = text::format(text_key, language);
    Html html;
    html.raw("<h1>").text(title).raw("</h1><p><a href=\"").raw(page_link("/", language));
    html.raw("\">").text(text::format("page.home", language)).raw("</a></p>");
    return make_page(request, language, title, html.take(), "page", 404);
}

// -------------------------------------------------------------------- the first page
void Pages::add_verify(Html& html, Language language) const {
    const auto say = [&](std::string_view key) { return text::format(key, language); };
    html.raw("<section class=\"card\" aria-labelledby=\"verify\"><h2 id=\"verify\">")
        .text(say("page.verify-title"))
        .raw("</h2><p>")
        .text(say("page.verify-intro"))
        .raw("</p><div id=\"drop\" class=\"drop\" hidden><p>")
        .text(say("page.verify-drop"))
        .raw(
            "</p><input type=\"file\" id=\"files\" multiple accept=\".json,application/json\">"
            "<label class=\"button\" for=\"files\">")
        .text(say("page.verify-choose"))
        .raw("</label></div><noscript><p>")
        .text(say("page.verify-noscript"))
        .raw(
            " <code dir=\"ltr\">tasdiq verify --trust-root trust-root.json credential.json"
            "</code></p></noscript><div id=\"verdict\" class=\"verdict\" role=\"status\" "
            "aria-live=\"polite\" hidden");
    for (const std::string_view name : {"working", "unreadable", "missing", "failed", "page"}) {
        html.raw(" data-").raw(name).raw("=\"");
        html.text(say("page.verify-" + std::string{name})).raw("\"");
    }
    html.raw("></div><p class=\"quiet\">")
        .text(say("page.verify-privacy"))
        .raw(
            "</p><form class=\"search\" action=\"/certificates\" method=\"get\">"
            "<input type=\"hidden\" name=\"lang\" value=\"")
        .raw(text::to_tag(language))
        .raw("\"><label for=\"number\">")
        .text(say("page.certificate-find"))
        .raw(
            "</label><input type=\"text\" inputmode=\"numeric\" id=\"number\" name=\"number\" "
            "pattern=\"[0-9]{1,16}\" required><button>")
        .text(say("page.members-find"))
        .raw(
            "</button></form></section><script type=\"module\" "
            "src=\"/assets/verify.js\"></script>");
}

void Pages::add_ledger(Html& html, Language language) const {
    const auto say = [&](std::string_view key) { return text::format(key, language); };
    const auto published = engine_.published();
    std::string states;
    const auto set = look_up<wire::SetRecord>(store_, wire::MapKey::state_set());
    for (const wire::SetMember& one :
         set.record ? set.record->set : wire::genesis_set(store_.genesis())) {
        if (!states.empty()) states += text::comma(language);
        states += country_text(one.country, language);
    }
    html.raw("<section aria-labelledby=\"ledger\"><h2 id=\"ledger\">")
        .text(say("page.ledger-title"))
        .raw("</h2><dl class=\"facts\">");
    add_fact(html, say("page.ledger-size"), text::number_text(published->head.log.size, language));
    add_fact(html, say("page.ledger-height"), text::number_text(published->head.height, language));
    add_fact(html, say("page.ledger-time"), text::instant_text(published->head.time, language));
    add_fact(html, say("page.ledger-states"), states);
    html.raw("</dl><p class=\"quiet\">")
        .text(say("page.ledger-root"))
        .raw(" <code dir=\"ltr\">")
        .text(codec::encode_base64(published->head.log.root.view()))
        .raw("</code></p><p><a href=\"/checkpoint\">")
        .text(say("page.checkpoint"))
        .raw("</a> · <a href=\"/api/v1/trust-root\">")
        .text(say("page.trust-root"))
        .raw("</a></p></section>");
}

bool Pages::add_members(Html& html, Language language, std::string_view query) const {
    const auto say = [&](std::string_view key) { return text::format(key, language); };
    const auto ledger = look_up<wire::LedgerRecord>(store_, wire::MapKey::ledger());
    if (!ledger.record) return false;
    html.raw("<section aria-labelledby=\"members\"><h2 id=\"members\">")
        .text(say("page.members-title"))
        .raw(
            "</h2><form class=\"search\" role=\"search\" action=\"/#members\" method=\"get\">"
            "<input type=\"hidden\" name=\"lang\" value=\"")
        .raw(text::to_tag(language))
        .raw("\"><label for=\"q\">")
        .text(say("page.members-search"))
        .raw("</label><input type=\"search\" id=\"q\" name=\"q\" value=\"")
        .text(query)
        .raw("\"><button>")
        .text(say("page.members-find"))
        .raw("</button></form>");
    const std::string wanted = text::fold(query);
    std::size_t found = 0;
    Html rows;
    MemberReader members{store_};
    for (std::uint32_t id = 1; id < ledger.record->next_member.value; ++id) {
        const auto member = look_up<wire::MemberRecord>(store_, wire::MapKey::member({id}));
        if (member.failed) return false;
        if (!member.record) continue;
        const wire::Name& name = members.name_on(*member.record, to_day(now_()));
        const bool is_wanted = wanted.empty() || text::fold(name.ar).contains(wanted) ||
                               text::fold(name.en).contains(wanted) ||
                               text::fold(name.fr).contains(wanted);
        if (!is_wanted || ++found > kMembersShown) continue;
        rows.raw("<tr><td><a href=\"")
            .raw(page_link("/members/" + std::to_string(id), language))
            .raw("\">")
            .text(prose::name_in(name, language))
            .raw("</a></td><td class=\"kind\">")
            .text(word_text(wire::to_word(member.record->kind), language))
            .raw("</td><td>")
            .text(country_text(member.record->country, language))
            .raw("</td><td class=\"number\">")
            .raw(std::to_string(id))
            .raw("</td></tr>");
    }
    if (found == 0) {
        html.raw("<p>").text(say("page.members-none")).raw("</p></section>");
        return true;
    }
    html.raw(
            "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"members\">"
            "<table class=\"members\"><thead><tr><th scope=\"col\">")
        .text(say("page.member-name"))
        .raw("</th><th scope=\"col\" class=\"kind\">")
        .text(say("label.kind"))
        .raw("</th><th scope=\"col\">")
        .text(say("label.country"))
        .raw("</th><th scope=\"col\" class=\"number\">")
        .text(say("label.number"))
        .raw("</th></tr></thead><tbody>")
        .raw(rows.take())
        .raw("</tbody></table></div>");
    if (found > kMembersShown) {
        const text::Parameter parameters[] = {{"shown", std::to_string(kMembersShown)},
                                              {"count", std::to_string(found)}};
        html.raw("<p class=\"quiet\">")
            .text(text::format("page.members-more", language, parameters))
            .raw("</p>");
    }
    html.raw("</section>");
    return true;
}

net::HttpResponse Pages::find_certificate(const net::HttpRequest& request) const {
    const auto index =
        parse_number(request.target.parameter("number").value_or(""), wire::kLogIndexMax);
    if (!index) return not_found(request, "page.no-certificate");
    auto response = bytes_answer("text/plain", {}, "/certificates", Caching::kNone);
    response.status = 303;
    response.headers.push_back(
        {"Location", page_link("/certificates/" + std::to_string(*index), language_of(request))});
    return response;
}

net::HttpResponse Pages::first_page(const net::HttpRequest& request) const {
    const Language language = language_of(request);
    const auto say = [&](std::string_view key) { return text::format(key, language); };
    Html html;
    html.raw("<h1>").text(say("page.title")).raw("</h1><p class=\"lead\">");
    html.text(say("page.lead")).raw("</p>");
    add_verify(html, language);
    add_ledger(html, language);
    if (!add_members(html, language, request.target.parameter("q").value_or(""))) {
        return api_problem(ApiError::kStore, "/");
    }
    return make_page(request, language, say("page.name") + " – " + say("page.title"), html.take(),
                     "/");
}

}  // namespace tasdiq::node
