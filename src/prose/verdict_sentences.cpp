#include "prose/verdict_sentences.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <optional>

#include "base/ensure.hpp"
#include "codec/json.hpp"
#include "prose/act_sentences.hpp"
#include "prose/printable.hpp"
#include "text/catalogue.hpp"
#include "wire/describe.hpp"

namespace tasdiq::prose {
namespace {

using text::Language;
using text::Parameter;

class Notes {
  public:
    explicit Notes(Language language) : language_{language} {}
    void add(std::string_view key, std::initializer_list<Parameter> parameters = {}) {
        list_.push_back(text::format(key, language_, {parameters.begin(), parameters.size()}));
    }
    void add_all(std::vector<std::string> notes) {
        std::ranges::move(notes, std::back_inserter(list_));
    }
    [[nodiscard]] std::vector<std::string> take() { return std::move(list_); }

  private:
    Language language_;
    std::vector<std::string> list_;
};

/// A name as it is on the ledger, where an earlier build let invisible characters in.
std::string name_text(const wire::Name& name, Language language) {
    return printable(name_in(name, language));
}

/// The first of `list`, an array of texts; nothing if there is none.
std::optional<std::string> first_text(const codec::Json* list) {
    if (list == nullptr || !list->is_array() || list->size() == 0) return std::nullopt;
    const std::string* text = list->as_array().front().get_string();
    return text != nullptr ? std::optional{*text} : std::nullopt;
}

bool is_act(const verify::Subject& subject) {
    return subject.terms && certificate::is_authoritys(subject.terms->type);
}

/// Whose certificate it is and of what, in the document's own words.
void add_document(Notes& notes, const verify::Subject& about, ByteView document,
                  Language language) {
    const auto json = codec::parse_json(document);
    const codec::Json* subject = json ? json->find("credentialSubject") : nullptr;
    if (subject == nullptr || !subject->is_object()) return;
    const bool arabic = language == Language::kArabic;
    auto name = first_text(subject->find(arabic ? "nameArab" : "nameLatn"));
    if (!name) name = first_text(subject->find(arabic ? "nameLatn" : "nameArab"));
    if (!name) name = first_text(subject->find("nameTfng"));
    if (name) notes.add("verdict.holder", {{"name", printable(*name)}});

    const codec::Json* achievement = subject->find("achievement");
    const std::string key = arabic ? "nameAr" : language == Language::kFrench ? "nameFr" : "nameEn";
    const std::string* title = achievement != nullptr && achievement->is_object()
                                   ? achievement->find_string(key)
                                   : nullptr;
    const std::string* awarded = json->find_string("awardedDate");
    const auto day =
        awarded != nullptr ? parse_day(std::string_view{*awarded}.substr(0, 10)) : std::nullopt;
    if (title != nullptr && day) {
        notes.add(is_act(about) ? "verdict.title-act" : "verdict.title",
                  {{"title", printable(*title)}, {"date", text::date_text(*day, language)}});
    }
}

/// What an authority says with it.
void add_act(Notes& notes, const verify::Subject& subject, ByteView document, Language language) {
    if (!is_act(subject)) return;
    const auto read = certificate::read_secured(document);
    const auto act = read ? certificate::act_of(read->credential) : std::nullopt;
    if (act) notes.add_all(act_notes(*act, language));
}

void add_issuer(Notes& notes, const verify::Subject& subject, Language language) {
    if (subject.issuer_name && subject.issuer_state) {
        notes.add("verdict.issued-by-authority",
                  {{"authority", name_text(*subject.issuer_name, language)},
                   {"state", state_name(*subject.issuer_state, language)}});
    } else if (subject.issuer_name) {
        notes.add("verdict.issued-by", {{"issuer", name_text(*subject.issuer_name, language)}});
    }
    std::string partners;
    for (const wire::Name& name : subject.partner_names) {
        if (!partners.empty()) partners += text::comma(language);
        partners += name_text(name, language);
    }
    if (!partners.empty()) notes.add("verdict.issued-with", {{"partners", partners}});
    for (const wire::Name& name : subject.ended_partners) {
        notes.add("verdict.partner-ended-before", {{"partner", name_text(name, language)}});
    }
    if (subject.authority_name && subject.state) {
        notes.add("verdict.accredited-by",
                  {{"authority", name_text(*subject.authority_name, language)},
                   {"state", state_name(*subject.state, language)}});
    }
}

/// A member by its name, or by its number where the evidence has no name.
std::string member_text(const verify::Subject& subject, wire::MemberId id, Language language) {
    const auto known =
        std::ranges::find(subject.known_members, id, &std::pair<wire::MemberId, wire::Name>::first);
    if (known != subject.known_members.end()) return name_text(known->second, language);
    const Parameter number{"number", std::to_string(id.value)};
    return text::format("verdict.member", language, {&number, 1});
}

/// What became of the issuer.
void add_changes(Notes& notes, const verify::Subject& subject, Language language) {
    for (const verify::IssuerChange& change : subject.issuer_changes) {
        std::string others;
        for (const wire::MemberId id : change.others) {
            if (!others.empty()) others += text::comma(language);
            others += member_text(subject, id, language);
        }
        notes.add_all({change_note(change, others, language)});
        if (change.before_award) notes.add("verdict.issuer-ended-before");
    }
    if (subject.custodian) {
        notes.add("verdict.custodian",
                  {{"custodian", member_text(subject, *subject.custodian, language)}});
    }
}

/// Number and time of the entry, and how much of it was shown.
void add_entry(Notes& notes, const verify::Subject& subject, Language language) {
    if (subject.index) {
        notes.add("verdict.number", {{"index", std::to_string(subject.index->value)}});
    }
    if (subject.recorded_at) {
        notes.add("verdict.recorded-at",
                  {{"date", text::instant_text(*subject.recorded_at, language)}});
    }
    if (subject.facts_count != 0) {
        notes.add("verdict.facts-shown",
                  {{"shown", text::number_text(subject.facts_shown, language)},
                   {"count", text::number_text(subject.facts_count, language)}});
    }
}

/// Who decided what about it, or about its award. The evidence has no times of these entries.
void add_decisions(Notes& notes, const verify::Subject& subject, Language language) {
    for (const verify::Decision& one : subject.decisions) {
        std::string members;
        for (const wire::MemberId id : one.members) {
            if (!members.empty()) members += text::comma(language);
            members += member_text(subject, id, language);
        }
        const std::string key = one.of_award ? "verdict.award-decided-" : "verdict.decided-";
        notes.add(key + std::string{one.is_veto() ? "stopped" : wire::to_word(one.state)},
                  {{"members", members}, {"index", std::to_string(one.index.value)}});
        if (one.by) notes.add("verdict.replaced-by", {{"index", std::to_string(one.by->value)}});
        if (one.effective) {
            notes.add("verdict.decided-from",
                      {{"date", text::instant_text(*one.effective, language)}});
        }
    }
}

/// The order in which a headline looks for a state.
std::ptrdiff_t rank_of(wire::StatusState state) {
    using enum wire::StatusState;
    constexpr wire::StatusState kOrder[] = {kAnnulled, kRevoked, kCancelled, kSuspended, kReplaced};
    return std::ranges::find(kOrder, state) - std::begin(kOrder);
}

/// Which states stand behind it, and as of when.
void add_checkpoint(Notes& notes, const verify::Verdict& verdict, Language language) {
    const verify::Subject& subject = verdict.subject;
    std::string states;
    for (const std::string& code : subject.cosigners) {
        if (!states.empty()) states += text::comma(language);
        states += state_name(code, language);
    }
    if (!states.empty()) notes.add("verdict.cosigners", {{"states", states}});
    if (subject.as_of) {
        notes.add(verdict.stale ? "verdict.stale" : "verdict.as-of",
                  {{"date", text::instant_text(*subject.as_of, language)}});
    }
}

}  // namespace

const std::string& name_in(const wire::Name& name, Language language) {
    switch (language) {
        case Language::kArabic: return name.ar;
        case Language::kFrench: return name.fr;
        case Language::kEnglish: return name.en;
    }
    ENSURE(false);
}

std::string state_name(const std::string& code, Language language) {
    return std::string{text::find_text("state." + code, language).value_or(code)};
}

std::string headline_sentence(verify::Headline headline, bool test_ledger, Language language) {
    const std::string plain =
        text::format("headline." + std::string{verify::to_string(headline)}, language);
    if (!test_ledger || headline <= verify::Headline::kCouldNotCheck) return plain;
    const std::string genuine = text::format("answer.test-ledger", language);
    return headline == verify::Headline::kAuthentic ? genuine : genuine + " – " + plain;
}

std::string headline_sentence(const verify::Verdict& verdict, Language language) {
    const bool is_of_another = std::ranges::any_of(verdict.checks, [](const auto& one) {
        return one.code == verify::Code::kEvidenceOtherLedger;
    });
    if (is_of_another) return text::format("headline.other-ledger", language);
    return headline_sentence(verdict.headline, verdict.test_ledger, language);
}

std::vector<std::string> verdict_notes(const verify::Verdict& verdict, ByteView document,
                                       Language language) {
    Notes notes{language};
    if (verdict.test_ledger && verdict.subject.recorded_at) notes.add("verdict.test-ledger");
    const bool is_recorded_content = std::ranges::any_of(verdict.checks, [](const auto& one) {
        return one.check == verify::Check::kContent && one.outcome == verify::Outcome::kPassed;
    });
    if (is_recorded_content) {
        add_document(notes, verdict.subject, document, language);
        add_act(notes, verdict.subject, document, language);
    }
    add_issuer(notes, verdict.subject, language);
    add_changes(notes, verdict.subject, language);
    add_entry(notes, verdict.subject, language);
    add_decisions(notes, verdict.subject, language);
    const verify::Subject& subject = verdict.subject;
    if (subject.enrolment) notes.add_all(enrolment_notes(*subject.enrolment, language));
    for (const verify::Attested& one : subject.attestations) {
        notes.add_all({attested_note(one, language)});
    }
    add_checkpoint(notes, verdict, language);
    return notes.take();
}

std::string change_note(const verify::IssuerChange& change, const std::string& others,
                        Language language) {
    const Parameter parameters[] = {
        {"date", text::date_text(change.day, language)},
        {"name", change.name ? name_text(*change.name, language) : std::string{}},
        {"others", others}};
    return text::format("verdict.issuer-" + std::string{wire::to_word(change.kind)}, language,
                        parameters);
}

std::vector<std::string> enrolment_notes(const verify::Enrolment& enrolment, Language language) {
    const std::string_view key = enrolment.is_void   ? "verdict.enrolment-void"
                                 : enrolment.is_late ? "verdict.enrolment-late"
                                                     : "verdict.enrolment";
    Notes notes{language};
    notes.add(key, {{"date", text::date_text(to_day(enrolment.committed_at), language)},
                    {"intake", text::date_text(enrolment.intake, language)}});
    if (enrolment.kind != wire::CohortKind::kIntake) {
        notes.add("verdict.seat-" + std::string{wire::to_word(enrolment.kind)});
    }
    return notes.take();
}

std::string attested_note(const verify::Attested& attested, Language language) {
    const std::string key = attested.of_award ? "verdict.award-attested" : "verdict.attested";
    const Parameter parameters[] = {{"authority", name_text(attested.authority_name, language)},
                                    {"state", state_name(attested.state, language)},
                                    {"date", text::date_text(to_day(attested.at), language)}};
    return text::format(attested.is_void ? key + "-void" : key, language, parameters);
}

std::string check_title(verify::Check check, Language language) {
    return text::format("check." + std::string{verify::to_string(check)}, language);
}

bool is_shown(const verify::CheckResult& result) { return result.code != verify::Code::kNotNeeded; }

std::string check_reason(const verify::Verdict& verdict, const verify::CheckResult& result,
                         Language language) {
    if (result.outcome == verify::Outcome::kPassed) return {};
    if (result.code == verify::Code::kStatusInForce && !verdict.subject.decisions.empty()) {
        const verify::Decision& worst = *std::ranges::min_element(
            verdict.subject.decisions, {},
            [](const verify::Decision& one) { return rank_of(one.state); });
        const Parameter certificate{"certificate",
                                    worst.by ? std::to_string(worst.by->value) : std::string{}};
        return text::format("in-force." + std::string{wire::to_word(worst.state)}, language,
                            {&certificate, 1});
    }
    return text::format("code." + std::string{verify::to_string(result.code)}, language);
}

}  // namespace tasdiq::prose
