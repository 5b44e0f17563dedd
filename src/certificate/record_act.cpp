// What authorities say of another document, held against its limits.
#include <algorithm>
#include <tuple>
#include <utility>

#include "certificate/record_checks.hpp"
#include "wire/text_rules.hpp"

namespace tasdiq::certificate {
namespace {

using Error = RecordError;

/// `host/path/<chain id>`: an origin that names its ledger.
bool is_ledger_origin(std::string_view text) {
    constexpr std::size_t kChainSize = 2 * wire::ChainId::kSize;
    if (!wire::is_origin(text) || text.size() <= kChainSize) return false;
    const std::string_view chain = text.substr(text.size() - kChainSize);
    return text[text.size() - kChainSize - 1] == '/' &&
           chain.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// A text in one language or more.
Checked check_some_titles(const wire::Titles& titles, std::size_t size_max, const Where& where) {
    const std::pair<std::string_view, std::string_view> all[] = {
        {titles.ar, "/ar"}, {titles.en, "/en"}, {titles.fr, "/fr"}};
    if (std::ranges::all_of(all, [](const auto& one) { return one.first.empty(); })) {
        return fault(Error::kCount, where);
    }
    for (const auto& [title, member] : all) {
        if (!title.empty()) TRY(check_text(title, size_max, where.in(member)));
    }
    return Ok{};
}

/// What the type does not have, and what it lacks.
Checked check_members_of_type(const Record& record) {
    const Award& award = record.award;
    const bool decides = award.type == wire::CertificateType::kEquivalency;
    const bool attests = award.type == wire::CertificateType::kAttestation;
    const bool is_studys = !decides && !attests;
    const std::pair<bool, std::string_view> others[] = {
        {!is_studys && award.programme, "/award/programme"},
        {!is_studys && award.intake, "/award/intake"},
        {!is_studys && !award.awarded_with.empty(), "/award/awardedWith"},
        {!is_studys && award.decision, "/award/decision"},
        {!is_studys && award.academic_year, "/award/academicYear"},
        {!is_studys && award.honours, "/award/honours"},
        {!is_studys && award.grade, "/award/grade"},
        {!is_studys && award.credits, "/award/credits"},
        {!is_studys && award.rank, "/award/rank"},
        {!is_studys && !award.languages.empty(), "/award/languages"},
        {is_studys && record.target, "/target"},
        {is_studys && record.document, "/document"},
        {!decides && record.equivalency, "/equivalency"},
        {!attests && record.attestation, "/attestation"},
    };
    for (const auto& [is_there, where] : others) {
        if (is_there) return fault(Error::kNotForType, {where});
    }
    if (decides && !record.equivalency) return fault(Error::kMissing, {"/equivalency"});
    if (attests && !record.attestation) return fault(Error::kMissing, {"/attestation"});
    if (is_studys || record.target.has_value() != record.document.has_value()) return Ok{};
    return fault(record.target ? Error::kTarget : Error::kMissing, {"/target"});
}

Checked check_about(const Record& record) {
    if (record.target) {
        const Target& target = *record.target;
        if (target.certificate.value == 0 || target.certificate.value > wire::kLogIndexMax) {
            return fault(Error::kNumber, {"/target/certificate"});
        }
        if (!is_ledger_origin(target.origin)) return fault(Error::kCode, {"/target/origin"});
    }
    if (!record.document) return Ok{};
    const Document& document = *record.document;
    for (const auto& [texts, list] : {std::pair{&document.institution, "/document/institution"},
                                      std::pair{&document.title, "/document/title"}}) {
        if (texts->empty()) return fault(Error::kCount, {list});
        TRY(check_script_texts(*texts, Where{list},
                               [](const ScriptText& one) { return one.script; }));
    }
    if (!wire::is_country(document.country)) return fault(Error::kCode, {"/document/country"});
    const auto& date = document.awarded_on;
    if (date && !parse_partial_date(to_text(*date))) {
        return fault(Error::kDate, {"/document/awardedOn"});
    }
    return check_if(document.number, kLineMax, Where{"/document/number"});
}

}  // namespace

Checked check_act(const Record& record) {
    TRY(check_members_of_type(record));
    TRY(check_about(record));
    if (const auto& act = record.equivalency) {
        const Where where{"/equivalency"};
        TRY(check_text(act->number, kLineMax, where.in("/number")));
        TRY(check_day(act->date, where.in("/date")));
        for (const auto& [text, member, size_max] :
             {std::tuple{&act->conditions, "/conditions", kLongTextMax},
              std::tuple{&act->equivalent_to, "/equivalentTo", kTextMax},
              std::tuple{&act->purpose, "/purpose", kTextMax}}) {
            if (*text) TRY(check_some_titles(**text, size_max, where.in(member)));
        }
        const bool must = act->outcome == Outcome::kConditional;
        const bool may = must || act->outcome == Outcome::kPartial;
        if (act->conditions ? !may : must)
            return fault(Error::kConditions, where.in("/conditions"));
    }
    if (const auto& act = record.attestation) {
        const Where where{"/attestation"};
        TRY(check_text(act->number, kLineMax, where.in("/number")));
        TRY(check_day(act->date, where.in("/date")));
        TRY(check_some_titles(act->place, kTextMax, where.in("/place")));
        TRY(check_some_titles(act->capacity, kTextMax, where.in("/capacity")));
    }
    return Ok{};
}

}  // namespace tasdiq::certificate
