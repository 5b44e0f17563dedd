#include "graduates.hpp"

#include "text/catalogue.hpp"
#include "vocabulary.hpp"
#include "wire/describe.hpp"

namespace tasdiq::scenario {
namespace {

using certificate::Script;
using ledger::world::digest_of;

/// So many strangers around those who are known, as the order of commitments asks for.
std::vector<wire::Item> with_strangers(const std::string& name, std::size_t count,
                                       const std::map<std::size_t, wire::Commitment>& known) {
    std::vector<wire::Commitment> all;
    std::vector<std::size_t> missing;  // before each of them, and behind the last
    std::size_t place = 0;
    for (const auto& [ordinal, commitment] : known) {
        missing.push_back(ordinal - place - 1);
        place = ordinal;
        all.push_back(commitment);
    }
    missing.push_back(count - place);
    const auto ours = all;
    for (std::size_t i = 0; all.size() < count; ++i) {
        const wire::Commitment stranger{digest_of(name + "/" + std::to_string(i)).array()};
        const auto gap = std::ranges::lower_bound(ours, stranger) - ours.begin();
        std::size_t& left = missing.at(static_cast<std::size_t>(gap));
        if (left == 0) continue;
        --left;
        all.push_back(stranger);
    }
    std::ranges::sort(all);
    std::vector<wire::Item> items;
    for (const wire::Commitment& one : all) items.push_back({one, std::nullopt, std::nullopt});
    return items;
}

/// `ar / en / fr`, or one text for all.
wire::Titles titles_of(const std::string& text) {
    const auto parts = split(text, " / ");
    return parts.size() == 3 ? wire::Titles{parts[0], parts[1], parts[2]}
                             : wire::Titles{text, text, text};
}

wire::Titles title_of(const wire::Terms& terms) {
    if (terms.programme) return {*terms.programme, *terms.programme, *terms.programme};
    const std::string key = "type." + std::string{wire::to_word(terms.type)};
    return {text::format(key, text::Language::kArabic), text::format(key, text::Language::kEnglish),
            text::format(key, text::Language::kFrench)};
}

/// Of a degree that is on no ledger.
certificate::Document foreign_degree() {
    return {{{"جامعة القاهرة", Script::kArab}, {"Cairo University", Script::kLatn}},
            "EG",
            {{"بكالوريوس العلوم", Script::kArab}, {"Bachelor of Science", Script::kLatn}},
            std::nullopt,
            std::nullopt};
}

void add_decision(certificate::Record& record, const Row& row) {
    const std::map<std::string, certificate::Outcome> outcomes{
        {"full", certificate::Outcome::kFull},
        {"partial", certificate::Outcome::kPartial},
        {"conditional", certificate::Outcome::kConditional}};
    certificate::Equivalency decision;
    decision.outcome = one_of(outcomes, row.get("decides", "full"));
    decision.number = "114";
    decision.date = record.award.awarded_on;
    if (row.has("conditions")) decision.conditions = titles_of(row.get("conditions"));
    record.equivalency = decision;
}

void add_stamp(certificate::Record& record, const Row& row) {
    const std::map<std::string, certificate::AttestationKind> kinds{
        {"stamp", certificate::AttestationKind::kStamp},
        {"legalisation", certificate::AttestationKind::kLegalisation},
        {"apostille", certificate::AttestationKind::kApostille}};
    record.attestation = certificate::Attestation{
        one_of(kinds, row.get("decides", "stamp")), "2207", record.award.awarded_on,
        titles_of("تونس / Tunis / Tunis"), titles_of("عميد / dean / doyen")};
}

}  // namespace

Graduates::Graduates(const std::vector<std::string>& judged) {
    for (const std::string& name : judged) {
        const auto parts = split(name, ".");
        judged_[parts.at(0)].insert(number_of<std::size_t>(parts.at(1)));
    }
}

std::vector<wire::Item> Graduates::enrol(const Issue& issue) {
    const std::set<std::size_t>& places = judged_[issue.name];
    std::vector<wire::Commitment> ours;
    for (const std::size_t place : places) {
        // Nobody stands there, or somebody of an issue of this name that comes later.
        if (place < 1 || place > issue.count) continue;
        const std::string name = issue.name + "." + std::to_string(place);
        std::array<std::uint8_t, 16> random{};
        std::ranges::copy(digest_of("uuid of " + name).view().first(16), random.begin());
        const Graduate graduate{issue.record, issue.issuer, certificate::make_uuid(random),
                                wire::CertificateSecret{digest_of("secret of " + name).array()},
                                issue.created};
        const auto credential =
            certificate::make_credential(graduate.record, graduate.issuer, graduate.uuid);
        // What no desk could write is asked of the ledger all the same; nobody can show it.
        if (!credential) break;
        ours.push_back(certificate::commit(*credential, issue.terms, graduate.secret));
        by_commitment_.insert_or_assign(ours.back(), graduate);
    }
    std::ranges::sort(ours);
    std::map<std::size_t, wire::Commitment> known;
    auto place = places.lower_bound(1);
    for (const wire::Commitment& one : ours) known.emplace(*place++, one);
    return with_strangers(issue.name, issue.count, known);
}

const Graduate& Graduates::find(const wire::Commitment& commitment) const {
    const auto found = by_commitment_.find(commitment);
    if (found == by_commitment_.end()) fail("nobody's certificate");
    return found->second;
}

certificate::Record record_of(const Row& row, const wire::Terms& terms) {
    certificate::Record record;
    const auto names = split(row.get("holder", "أميرة الطرابلسي / Amira Trabelsi"), " / ");
    record.holder.names = {{names.at(0), Script::kArab}, {names.at(1), Script::kLatn}};
    record.award.type = terms.type;
    record.award.title = title_of(terms);
    record.award.level = terms.level;
    record.award.field = terms.field;
    record.award.programme = terms.programme;
    record.award.awarded_on = terms.awarded_on;
    record.award.intake = terms.intake;
    record.award.mode = terms.mode;
    record.award.site = terms.site;
    record.award.capture = terms.capture;
    for (const wire::Awarding& partner : std::span{terms.awarding}.subspan(1)) {
        record.award.awarded_with.push_back(partner.institution);
    }
    for (std::size_t i = 1; i <= number_of<std::size_t>(row.get("courses", "0")); ++i) {
        const std::string code = "C" + std::to_string(i);
        record.courses.push_back(
            {code, "", code, "", std::nullopt, certificate::Grade{"14", "20"}, std::nullopt});
    }
    record.valid_until = optional_day(row, "valid until");
    if (terms.type == wire::CertificateType::kEquivalency) add_decision(record, row);
    if (terms.type == wire::CertificateType::kAttestation) add_stamp(record, row);
    if (certificate::is_authoritys(terms.type)) record.document = foreign_degree();
    return record;
}

}  // namespace tasdiq::scenario
