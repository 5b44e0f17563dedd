#include "judgement/secured.hpp"
#include "judgement/witness.hpp"
#include "prose/act_sentences.hpp"
#include "prose/verdict_sentences.hpp"
#include "stage.hpp"
#include "text/catalogue.hpp"
#include "verify/acts_at_hand.hpp"
#include "verify/verifier.hpp"
#include "vocabulary.hpp"

// Certificates of a story as whoever is shown one sees them: document, evidence, verdict.
namespace tasdiq::scenario {
namespace {

using text::Language;

const std::map<std::string, Language> kLanguages{
    {"ar", Language::kArabic}, {"en", Language::kEnglish}, {"fr", Language::kFrench}};

/// A certificate in somebody's hands.
struct Shown {
    std::string document;
    verify::Verdict verdict;
};

/// What stands around values in Arabic is not seen, and cannot be written in a table.
std::string without_isolates(std::string text) {
    for (const std::string mark : {"\u2066", "\u2067", "\u2068", "\u2069"}) {
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
            text.erase(at, mark.size());
        }
    }
    return text;
}

/// All that is read on `shown`: headline, notes, why a check failed, what lies beside it. The
/// headline as on a ledger that is none for tests.
std::vector<std::string> sentences(const Shown& shown,
                                   const std::vector<const verify::ActAtHand*>& beside,
                                   Language language) {
    auto all = prose::verdict_notes(shown.verdict, as_bytes(shown.document), language);
    all.push_back(prose::headline_sentence(shown.verdict.headline, false, language));
    for (const verify::CheckResult& result : shown.verdict.checks) {
        if (result.outcome != verify::Outcome::kFailed) continue;
        all.push_back(prose::check_reason(shown.verdict, result, language));
    }
    for (const verify::ActAtHand* act : beside) {
        all.push_back(prose::act_sentence(*act, as_bytes(shown.document), language));
    }
    for (std::string& one : all) one = without_isolates(std::move(one));
    return all;
}

std::string listed(const std::vector<std::string>& all) {
    std::string list;
    for (const std::string& one : all) list += "\n  " + one;
    return list;
}

}  // namespace

/// Judges certificates of one moment.
class Stage::Office {
  public:
    explicit Office(const Stage& stage)
        : stage_{stage},
          root_{judgement::Witness::trust_root(stage.world_)},
          witness_{stage.world_},
          verifier_{root_, verify::Belief::kFileOnly} {}

    /// `as`: the type of which its holder says that it is, if that is another.
    Shown judge(const std::string& name, const std::string& as = {}) {
        const wire::LogIndex index = stage_.certificate(name);
        const auto bytes = stage_.world_.view.entry(index);
        const auto entry = wire::decode_certificate(bytes ? *bytes : Bytes{});
        if (!entry) fail(name + " is no certificate");
        const Graduate& graduate = stage_.graduates_.find(entry->commitment);
        const wire::Signer signer = stage_.key("assertion", stage_.name_of(graduate.issuer.member));
        const wire::Ordinal keys[] = {signer.ordinal};
        const auto evidence = witness_.evidence(index, keys, graduate.secret);
        certificate::Record record = graduate.record;
        if (!as.empty()) record.award.type = one_of(kTypes, as);
        const auto credential =
            certificate::make_credential(record, graduate.issuer, graduate.uuid);
        if (!credential) fail("no record: " + credential.error().field);
        std::string document = judgement::secure(*credential, signer, stage_.world_.keys.at(signer),
                                                 {graduate.created}, contexts_);
        auto verdict = verifier_.verify(as_bytes(document), as_bytes(wire::encode(evidence)),
                                        stage_.world_.now);
        return {std::move(document), std::move(verdict)};
    }
    [[nodiscard]] std::string origin() const { return root_.origin; }

  private:
    const Stage& stage_;
    wire::TrustRoot root_;
    judgement::Witness witness_;
    verify::Verifier verifier_;
    linked::BundledContexts contexts_;
};

/// `{june.3}` in a sentence is the number that the certificate has on the ledger.
std::string Stage::with_numbers(std::string sentence) const {
    for (auto open = sentence.find('{'); open != std::string::npos; open = sentence.find('{')) {
        const auto close = sentence.find('}', open);
        const auto index = certificate(sentence.substr(open + 1, close - open - 1));
        sentence.replace(open, close - open + 1, std::to_string(index.value));
    }
    return sentence;
}

/// A certificate's row and those below it that only have something to read.
void Stage::expect_verdict(Office& office, std::span<const Row> rows) const {
    const Row& first = rows.front();
    SCOPED_TRACE("line " + std::to_string(first.line));
    const Shown shown = office.judge(first.get("verdict"), first.get("shown as"));
    EXPECT_EQ(verify::to_string(shown.verdict.headline), first.get("is"));
    verify::ActsAtHand acts{office.origin()};
    for (const std::string& name : words(first.get("beside"))) {
        const Shown other = office.judge(name);
        acts.add(other.verdict, as_bytes(other.document));
    }
    for (const std::string column : {"reads", "reads not"}) {
        std::map<Language, int> read{};
        for (const Row& row : rows) {
            if (!row.has(column)) continue;
            const std::string text = row.get(column);
            const Language language = one_of(kLanguages, text.substr(0, text.find(": ")));
            ++read[language];
            const auto sentence = with_numbers(text.substr(text.find(": ") + 2));
            const auto all = sentences(shown, acts.about(shown.verdict), language);
            EXPECT_EQ(std::ranges::find(all, sentence) != all.end(), column == "reads")
                << "line " << row.line << ": '" << sentence << "'"
                << (column == "reads" ? " is not among" : " is among") << listed(all);
        }
        EXPECT_TRUE(read[Language::kArabic] == read[Language::kEnglish] &&
                    read[Language::kEnglish] == read[Language::kFrench])
            << "said in one language and not in another";
    }
}

void Stage::expect_verdicts(const Table& table) const {
    if (table.rows.empty() || !table.rows.front().has("verdict")) fail("whose verdict?");
    Office office{*this};
    const auto begins = [](const Row& row) { return row.has("verdict"); };
    for (auto from = table.rows.begin(); from != table.rows.end();) {
        const auto to = std::find_if(from + 1, table.rows.end(), begins);
        expect_verdict(office, {from, to});
        from = to;
    }
}

}  // namespace tasdiq::scenario
