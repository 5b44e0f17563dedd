#include "cli/certificate_life.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "cli/people_text.hpp"
#include "cli/requests.hpp"
#include "prose/decided.hpp"
#include "prose/printable.hpp"
#include "prose/verdict_sentences.hpp"
#include "text/catalogue.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

const Json* find_object(const Json& json, std::string_view key) {
    const Json* value = json.find(key);
    return value != nullptr && value->is_object() ? value : nullptr;
}

std::uint64_t index_of(const Json& json) {
    return static_cast<std::uint64_t>(
        std::max<std::int64_t>(0, json.find_integer("index").value_or(0)));
}

class Life {
  public:
    Life(text::Language language, const KnownMembers& known) : language_{language}, known_{known} {}

    void add(std::string_view key, std::initializer_list<text::Parameter> parameters = {}) {
        text_ += text::format("life." + std::string{key}, language_,
                              {parameters.begin(), parameters.size()});
        text_ += "\n";
    }

    void add_entry(const Json& entry, std::uint64_t index, const Json* status) {
        add("recorded", {{"date", moment(entry, "time")}, {"signers", signers(entry)}});
        add_void(entry, index);
        if (entry.find_string("effective") != nullptr) {
            add(is_cancelled(status) ? "would-have-effect" : "effective",
                {{"date", moment(entry, "effective")}});
        }
        if (const Json* relation = find_object(entry, "relation")) {
            const std::string* word = relation->find_string("relation");
            add(word != nullptr ? *word : "relation", {{"target", digits(*relation, "target")}});
        }
        const auto award = entry.find_integer("award");
        const Json* relation = find_object(entry, "relation");
        if (award && (relation == nullptr || relation->find_integer("target") != award)) {
            add("award", {{"award", std::to_string(*award)}});
        }
    }

    void add_cohort(const Json& entry, const Json& shown) {
        const Json* seat = find_object(entry, "seat");
        if (seat == nullptr) seat = find_object(shown, "awardSeat");
        const Json* cohort = find_object(shown, "cohort");
        if (seat == nullptr || cohort == nullptr) return;
        const std::string* time = cohort->find_string("time");
        const std::string* intake = cohort->find_string("intake");
        const auto instant = time != nullptr ? parse_instant(*time) : std::nullopt;
        const auto day = intake != nullptr ? parse_day(*intake) : std::nullopt;
        if (!instant || !day) return;
        add(wire::is_committed_late(*day, *instant) ? "cohort-late" : "cohort",
            {{"date", text::date_text(to_day(*instant), language_)},
             {"intake", text::date_text(*day, language_)},
             {"cohort", digits(*seat, "cohort")},
             {"leaf", digits(*seat, "leaf")}});
        add_void(*cohort, index_of(*cohort));
        const std::string* kind = cohort->find_string("kind");
        if (kind != nullptr && *kind != wire::to_word(wire::CohortKind::kIntake)) {
            add("seat-" + *kind);
        }
    }

    /// All decisions of both slots, as they were made; whether there is one.
    bool add_decisions(const Json* status) {
        std::vector<Decision> decisions;
        for (const char* name : {"issuer", "authority"}) {
            const Json* slot = status != nullptr ? find_object(*status, name) : nullptr;
            if (slot != nullptr) collect(*slot, decisions);
        }
        std::ranges::sort(decisions, {},
                          [](const Decision& one) { return one.json->find_integer("index"); });
        for (const Decision& one : decisions) add_decision(one);
        return !decisions.empty();
    }

    void add_attestations(const Json& entry, const Json& shown) {
        const auto add_one = [&](const Json* attestation, std::string_view key) {
            if (attestation == nullptr) return;
            add(key, {{"award", digits(entry, "award")},
                      {"date", moment(*attestation, "time")},
                      {"signers", signers(*attestation)}});
            add_void(*attestation, index_of(*attestation));
        };
        add_one(find_object(shown, "attestation"), "attested");
        add_one(find_object(shown, "awardAttestation"), "award-attested");
    }

    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    struct Decision {
        const Json* json;
        std::string word;  // which of the sentences `life.decided-…` says it
    };

    /// A state of a later version does nothing to others here.
    [[nodiscard]] static wire::StatusChange read_change(const Json& json) {
        const auto by = json.find_integer("by");
        return {state_of(json).value_or(wire::StatusState::kLost),
                {index_of(json)},
                read_signers(json.find("signers")),
                std::nullopt,
                by ? std::optional{wire::LogIndex{static_cast<std::uint64_t>(*by)}} : std::nullopt};
    }
    [[nodiscard]] static std::optional<wire::StatusState> state_of(const Json& json) {
        const std::string* word = json.find_string("state");
        return word != nullptr ? parse_word(*word, wire::StatusState::kLost) : std::nullopt;
    }

    void collect(const Json& json, std::vector<Decision>& decisions) const {
        std::vector<const Json*> all{&json};
        wire::StatusSlot slot{read_change(json), {}};
        const Json* earlier = json.find("earlier");
        if (earlier != nullptr && earlier->is_array()) {
            for (const Json& one : earlier->as_array()) {
                all.push_back(&one);
                slot.earlier.push_back(read_change(one));
            }
        }
        const auto is_void_one = [&](const wire::StatusChange& one) {
            return is_void(one.signers, one.index, known_);
        };
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i]->find_string("state") == nullptr) continue;
            const wire::StatusChange& change = i == 0 ? slot : slot.earlier[i - 1];
            const auto word = state_of(*all[i]) ? prose::decided_word(change, slot, is_void_one)
                                                : std::string_view{"unknown"};
            decisions.push_back({all[i], std::string{word}});
        }
    }

    void add_decision(const Decision& decision) {
        const Json& change = *decision.json;
        add("decided-" + decision.word, {{"date", moment(change, "time")},
                                         {"members", members(change)},
                                         {"index", digits(change, "index")},
                                         {"certificate", digits(change, "by")}});
        if (change.find_string("effective") != nullptr) {
            add("effective", {{"date", moment(change, "effective")}});
        }
        add_void(change, index_of(change));
    }

    /// Whether its issuer, or one officer in time, took it back.
    [[nodiscard]] bool is_cancelled(const Json* status) const {
        const Json* slot = status != nullptr ? find_object(*status, "issuer") : nullptr;
        const std::string* state = slot != nullptr ? slot->find_string("state") : nullptr;
        const Json* signers = slot != nullptr ? slot->find("signers") : nullptr;
        return state != nullptr && *state == wire::to_word(wire::StatusState::kCancelled) &&
               signers != nullptr && !is_void(read_signers(signers), {index_of(*slot)}, known_);
    }

    /// Says of what somebody signed at this entry that it counts as absent, where it does.
    void add_void(const Json& json, std::uint64_t index) {
        if (is_void(read_signers(json.find("signers")), {index}, known_)) add("void");
    }

    [[nodiscard]] static std::string digits(const Json& json, std::string_view key) {
        const auto number = json.find_integer(key);
        return number ? std::to_string(*number) : std::string{};
    }
    [[nodiscard]] std::string moment(const Json& json, std::string_view key) const {
        const std::string* text = json.find_string(key);
        const auto instant = text != nullptr ? parse_instant(*text) : std::nullopt;
        return instant ? text::instant_text(*instant, language_) : std::string{};
    }
    /// Whose officers signed, each once; by number where the name is not known.
    [[nodiscard]] std::string members(const Json& json) const {
        std::set<std::int64_t> named;
        std::string all;
        const Json* list = json.find("signers");
        if (list == nullptr || !list->is_array()) return all;
        for (const Json& one : list->as_array()) {
            const auto number = one.find_integer("member");
            if (!number || !named.insert(*number).second) continue;
            if (!all.empty()) all += text::comma(language_);
            const auto known = known_.find(*number);
            const text::Parameter parameter{"number", std::to_string(*number)};
            all += known != known_.end()
                       ? prose::printable(prose::name_in(known->second.name, language_))
                       : text::format("verdict.member", language_, {&parameter, 1});
        }
        return all;
    }
    [[nodiscard]] std::string signers(const Json& json) const {
        std::string all;
        const Json* list = json.find("signers");
        if (list == nullptr || !list->is_array()) return all;
        for (const Json& one : list->as_array()) {
            if (!all.empty()) all += text::comma(language_);
            all += signer_text(one, language_, known_);
        }
        return all;
    }

    text::Language language_;
    const KnownMembers& known_;
    std::string text_;
};

}  // namespace

std::string certificate_life(const Json& shown, text::Language language,
                             const KnownMembers& known) {
    Life life{language, known};
    const Json* entry = find_object(shown, "entry");
    if (entry == nullptr) return {};
    life.add_entry(*entry, index_of(shown), shown.find("status"));
    life.add_cohort(*entry, shown);
    if (!life.add_decisions(shown.find("status"))) life.add("no-decision");
    if (const Json* award = find_object(shown, "awardStatus")) {
        const auto number = entry->find_integer("award");
        life.add("award-decisions", {{"award", number ? std::to_string(*number) : std::string{}}});
        if (!life.add_decisions(award)) life.add("no-decision");
    }
    life.add_attestations(*entry, shown);
    return life.take();
}

}  // namespace tasdiq::cli
