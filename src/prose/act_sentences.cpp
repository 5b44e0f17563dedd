#include "prose/act_sentences.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>

#include "prose/printable.hpp"
#include "prose/verdict_sentences.hpp"
#include "text/catalogue.hpp"
#include "text/folding.hpp"

namespace tasdiq::prose {
namespace {

using certificate::Attestation;
using certificate::AttestationKind;
using certificate::Document;
using certificate::Equivalency;
using certificate::ScriptText;
using certificate::Target;
using text::Language;
using text::Parameter;

std::string sentence(std::string_view key, Language language,
                     std::initializer_list<Parameter> parameters = {}) {
    return text::format(key, language, {parameters.begin(), parameters.size()});
}

/// The text in the reader's language, or in the first that there is.
std::string in_language(const wire::Titles& titles, Language language) {
    const std::string& own = language == Language::kArabic   ? titles.ar
                             : language == Language::kFrench ? titles.fr
                                                             : titles.en;
    if (!own.empty()) return printable(own);
    for (const std::string* other : {&titles.fr, &titles.en, &titles.ar}) {
        if (!other->empty()) return printable(*other);
    }
    return {};
}

/// The text in the reader's script, or the first that there is.
std::string in_script(const std::vector<ScriptText>& texts, Language language) {
    const auto own =
        language == Language::kArabic ? certificate::Script::kArab : certificate::Script::kLatn;
    for (const ScriptText& one : texts) {
        if (one.script == own) return printable(one.text);
    }
    return texts.empty() ? std::string{} : printable(texts.front().text);
}

/// The words of a name as people compare them, without particles, ascending.
std::vector<std::string> words_of(std::string_view name) {
    static constexpr std::string_view kParticles[] = {
        "abd", "abou", "abu",  "al",  "ben", "bent", "bin", "bint", "bou", "de",
        "el",  "ibn",  "ould", "ابن", "ابو", "ال",   "بن",  "بنت",  "ولد", "عبد"};
    const std::string folded = text::fold(name);
    std::vector<std::string> words;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', at), folded.size());
        std::string word = folded.substr(at, end - at);
        at = end + 1;
        if (std::ranges::find(kParticles, word) == std::end(kParticles)) {
            words.push_back(std::move(word));
        }
    }
    std::ranges::sort(words);
    return words;
}

bool have_common_word(std::string_view a, std::string_view b) {
    const auto words = words_of(a);
    return std::ranges::any_of(words_of(b), [&](const std::string& word) {
        return std::ranges::binary_search(words, word);
    });
}

std::string kind_text(AttestationKind kind, Language language) {
    return sentence("attestation." + std::string{certificate::to_word(kind)}, language);
}

std::string outcome_text(certificate::Outcome outcome, Language language) {
    return sentence("outcome." + std::string{certificate::to_word(outcome)}, language);
}

/// What it does not certify.
std::string limits_text(AttestationKind kind, Language language) {
    return sentence(kind == AttestationKind::kApostille ? "act.apostille-limits" : "act.limits",
                    language);
}

std::string about_text(const std::variant<Target, Document>& about, Language language) {
    if (const auto* target = std::get_if<Target>(&about)) {
        return sentence("act.about-certificate", language,
                        {{"number", std::to_string(target->certificate.value)},
                         {"origin", printable(target->origin)}});
    }
    const auto& document = std::get<Document>(about);
    return sentence("act.about-document", language,
                    {{"title", in_script(document.title, language)},
                     {"institution", in_script(document.institution, language)},
                     {"country", printable(state_name(document.country, language))}});
}

}  // namespace

bool names_another(const verify::ActAtHand& at_hand, ByteView document) {
    const auto read = certificate::read_secured(document);
    if (!read) return false;
    bool is_compared = false;
    for (const ScriptText& one : certificate::holder_names(read->credential)) {
        for (const ScriptText& other : at_hand.holder) {
            if (one.script != other.script) continue;
            if (have_common_word(one.text, other.text)) return false;
            is_compared = true;
        }
    }
    return is_compared;
}

std::string act_sentence(const verify::ActAtHand& at_hand, ByteView document, Language language) {
    const Parameter authority{"authority", printable(name_in(at_hand.authority, language))};
    const Parameter state{"state", printable(state_name(at_hand.state, language))};
    std::string text;
    if (const auto* decided = std::get_if<Equivalency>(&at_hand.act.what)) {
        text = sentence("act.equivalency-by", language,
                        {{"outcome", outcome_text(decided->outcome, language)},
                         authority,
                         state,
                         {"date", text::date_text(decided->date, language)}});
    } else {
        const auto& attested = std::get<Attestation>(at_hand.act.what);
        text = sentence("act.attestation-by", language,
                        {{"kind", kind_text(attested.kind, language)},
                         authority,
                         state,
                         {"date", text::date_text(attested.date, language)}}) +
               " " + limits_text(attested.kind, language);
    }
    if (names_another(at_hand, document)) {
        text += " " + sentence("act.other-holder", language,
                               {{"name", in_script(at_hand.holder, language)}});
    }
    if (!at_hand.as_of) return text;
    return text + " " +
           sentence("act.as-of", language,
                    {{"date", text::instant_text(*at_hand.as_of, language)}});
}

std::vector<std::string> act_notes(const certificate::Act& act, Language language) {
    std::vector<std::string> notes;
    if (const auto* attested = std::get_if<Attestation>(&act.what)) {
        notes.push_back(sentence("act.attestation", language,
                                 {{"kind", kind_text(attested->kind, language)},
                                  {"number", printable(attested->number)},
                                  {"date", text::date_text(attested->date, language)},
                                  {"place", in_language(attested->place, language)},
                                  {"capacity", in_language(attested->capacity, language)}}));
        notes.push_back(limits_text(attested->kind, language));
        notes.push_back(about_text(act.about, language));
        return notes;
    }
    const auto& decided = std::get<Equivalency>(act.what);
    notes.push_back(sentence("act.equivalency", language,
                             {{"outcome", outcome_text(decided.outcome, language)},
                              {"number", printable(decided.number)},
                              {"date", text::date_text(decided.date, language)}}));
    notes.push_back(about_text(act.about, language));
    for (const auto& [key, titles] : {std::pair{"act.equivalent-to", &decided.equivalent_to},
                                      std::pair{"act.conditions", &decided.conditions},
                                      std::pair{"act.purpose", &decided.purpose}}) {
        if (*titles) {
            notes.push_back(sentence(key, language, {{"text", in_language(**titles, language)}}));
        }
    }
    return notes;
}

}  // namespace tasdiq::prose
