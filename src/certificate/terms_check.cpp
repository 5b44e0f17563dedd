#include "certificate/terms_check.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ensure.hpp"
#include "certificate/derived.hpp"
#include "codec/jcs.hpp"
#include "credential/did.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;
using Error = TermsError;
using Texts = std::array<std::optional<std::string_view>, kTableRows>;

/// Which error it is when a member of `achievement` differs.
constexpr std::pair<std::string_view, Error> kAchievementErrors[] = {
    {"certificateType", Error::kType}, {"achievementType", Error::kType},
    {"iscedLevel", Error::kLevel},     {"iscedField", Error::kField},
    {"fieldOfStudy", Error::kField},   {"programme", Error::kProgramme},
    {"name", Error::kProgramme},       {"nameAr", Error::kProgramme},
    {"nameEn", Error::kProgramme},     {"nameFr", Error::kProgramme},
};

/// Compares what is there with what must be, and keeps the first difference in the order of
/// TermsError.
class Comparison {
  public:
    /// `texts`: JCS texts of claims by row. `whole`: what is not there is missing, not just hidden.
    Comparison(const Texts& texts, const LedgerFacts& ledger, bool whole)
        : texts_{texts}, ledger_{ledger}, terms_{ledger.terms}, whole_{whole} {
        ENSURE(!terms_.awarding.empty());
        did_ = credential::make_institution_did(ledger.host,
                                                terms_.awarding.front().institution.value);
    }

    Result<Ok, TermsFault> compare() {
        compare_issuer();
        compare_achievement();
        const std::string awarded = start_of_day(terms_.awarded_on);
        expect(schema::kAwardedDate, awarded, Error::kDate);
        expect(schema::kValidFrom, awarded, Error::kDate);
        expect(schema::kCapture, to_word(terms_.capture), Error::kCapture);
        expect(schema::kMode, to_word(terms_.mode), Error::kMode);
        if (terms_.intake) {
            expect(schema::kIntake, to_text(*terms_.intake), Error::kOther);
        } else if (texts_[schema::kIntake]) {
            note(Error::kOther, schema::kIntake);
        }
        expect_json(schema::kSite, std::to_string(terms_.site), Error::kOther);
        if (first_) return std::unexpected{*std::move(first_)};
        return Ok{};
    }

    void note(Error error, std::string pointer) {
        if (!first_ || error < first_->error) first_ = TermsFault{error, std::move(pointer)};
    }

  private:
    void note(Error error, schema::Row row) { note(error, std::string{pointer_of_row(row)}); }

    void expect_json(schema::Row row, std::string_view expected, Error error) {
        const auto& text = texts_[row];
        if (text ? *text != expected : whole_) note(error, row);
    }
    void expect(schema::Row row, std::string_view expected, Error error) {
        std::string text;
        append_text(text, expected);
        expect_json(row, text, error);
    }

    void compare_issuer() {
        const wire::Name& name = ledger_.issuer;
        std::string expected;
        append_issuer(expected, did_, name.ar, name.en, name.fr);
        const auto& text = texts_[schema::kIssuer];
        if (!text ? !whole_ : *text == expected) return;
        const Json issuer = parse(text);
        const std::string* const id = issuer.find_string("id");
        const bool other = id == nullptr || *id != did_;
        note(other ? Error::kIssuer : Error::kIssuerName, schema::kIssuer);
    }

    void compare_achievement() {
        const auto& text = texts_[schema::kAchievement];
        // Without a programme record, titles are the institution's own; then they are only compared
        // with each other.
        Json given;
        wire::Titles titles;
        if (ledger_.programme) {
            titles = *ledger_.programme;
        } else {
            given = parse(text);
            titles = {text_in(given, "nameAr"), text_in(given, "nameEn"), text_in(given, "nameFr")};
        }
        if (ledger_.programme || text) expect(schema::kName, titles.en, Error::kProgramme);
        if (!text) {
            if (whole_) note(Error::kType, schema::kAchievement);
            return;
        }
        std::string expected;
        append_achievement(expected, from_terms(titles));
        if (*text == expected) return;
        if (given.is_null()) given = parse(text);
        note_difference(given, parse(expected));
    }

    Achievement from_terms(const wire::Titles& titles) {
        others_.clear();
        for (std::size_t i = 1; i < terms_.awarding.size(); ++i) {
            others_.push_back(terms_.awarding[i].institution);
        }
        return {did_,    ledger_.host, terms_.type, terms_.level, terms_.field, terms_.programme,
                others_, titles.ar,    titles.en,   titles.fr};
    }

    /// The first error that a member of the two achievements makes.
    void note_difference(const Json& given, const Json& expected) {
        const auto differs = [&](std::string_view key) {
            const Json* const a = given.find(key);
            const Json* const b = expected.find(key);
            if (a == nullptr || b == nullptr) return a != b;
            return codec::to_jcs(*a) != codec::to_jcs(*b);
        };
        const std::string base{pointer_of_row(schema::kAchievement)};
        for (const auto& [key, error] : kAchievementErrors) {
            if (differs(key)) return note(error, base + "/" + std::string{key});
        }
        note(Error::kOther, base);
    }

    static Json parse(std::optional<std::string_view> text) {
        if (!text) return {};
        auto value = codec::parse_json(*text, {.size_bytes_max = kCredentialSizeMax});
        return value ? *std::move(value) : Json{};
    }
    static std::string text_in(const Json& object, std::string_view key) {
        const std::string* const text = object.find_string(key);
        return text == nullptr ? std::string{} : *text;
    }

    const Texts& texts_;
    const LedgerFacts& ledger_;
    const wire::Terms& terms_;
    bool whole_;
    std::string did_;
    std::vector<wire::MemberId> others_;
    std::optional<TermsFault> first_;
};

}  // namespace

std::string_view to_string(TermsError error) {
    switch (error) {
        case Error::kIssuer: return "another issuer than the ledger's";
        case Error::kIssuerName: return "the issuer had another name";
        case Error::kType: return "another type of certificate";
        case Error::kLevel: return "another level";
        case Error::kField: return "another field";
        case Error::kProgramme: return "another programme or title";
        case Error::kDate: return "another award date";
        case Error::kCapture: return "recorded in another way";
        case Error::kMode: return "another mode of study";
        case Error::kOther:
            return "another intake, site or partner, or a text that does not follow";
        case Error::kValidUntil: return "another end of validity";
        case Error::kTerms: return "the header's terms are not those of the ledger";
    }
    ENSURE(false);
}

Result<Ok, TermsFault> check_document_terms(const CanonicalCredential& credential,
                                            const LedgerFacts& ledger) {
    Texts texts{};
    for (const Claim& claim : credential.claims()) {
        if (claim.id.item == 0) texts[claim.id.row] = credential.value_of(claim);
    }
    return Comparison{texts, ledger, true}.compare();
}

Result<Ok, TermsFault> check_facts_terms(const VerifiedFacts& facts, const LedgerFacts& ledger) {
    if (facts.terms() != ledger.terms) return std::unexpected{TermsFault{Error::kTerms, ""}};
    Texts texts{};
    std::vector<std::string> kept;
    kept.reserve(facts.facts().size());  // views into it stay valid
    for (const Fact& fact : facts.facts()) {
        if (fact.claim.item == 0) texts[fact.claim.row] = kept.emplace_back(to_jcs(fact.value));
    }
    Comparison comparison{texts, ledger, false};
    if (const auto& until = texts[schema::kValidUntil]) {
        std::string expected;
        if (facts.valid_until()) append_text(expected, end_of_day(*facts.valid_until()));
        if (*until != expected) comparison.note(Error::kValidUntil, "/validUntil");
    }
    return comparison.compare();
}

}  // namespace tasdiq::certificate
