// What the canonical form of a credential costs beside hashing it, in one run.
//
// Counters: `quads`, `bytes` (of the canonical form), `ours_us` and `hash_us`, the least CPU time
// of canonize() and of SHA-256 of its result, and `hashes`, the one divided by the other.
#include <benchmark/benchmark.h>
#include <string>

#include "base/ensure.hpp"
#include "crypto/hash.hpp"
#include "linked/canonize.hpp"
#include "linked/nquads.hpp"
#include "ratio.hpp"

namespace tasdiq {
namespace {

using namespace linked;

void add(std::string& to, std::string_view subject, std::string_view predicate,
         std::string_view object) {
    to.append(subject).append(" <").append(predicate).append("> ").append(object).append(" .\n");
}

std::string typed(std::string_view name) { return "<" + std::string{name} + ">"; }

constexpr std::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
#define VC "https://www.w3.org/2018/credentials#"
#define OB "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
#define SCHEMA "https://schema.org/"

/// The shape of a small Open Badges credential: 17 statements, 3 blank nodes.
std::string badge() {
    std::string text;
    const std::string_view credential = "<urn:uuid:6f1c2a52-5a3e-4d8e-9a6b-0f6c1a2b3c4d>";
    const std::string_view issuer = "<did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ3XJPt4swbTQ2>";
    const std::string_view badge = "<urn:uuid:0d9f6f2e-8c1b-4f0a-b8a5-2f6a7c8d9e0f>";
    const std::string date = "^^<http://www.w3.org/2001/XMLSchema#dateTime>";
    add(text, credential, kType, typed(VC "VerifiableCredential"));
    add(text, credential, kType, typed(OB "OpenBadgeCredential"));
    add(text, credential, SCHEMA "name", "\"Diploma of Engineering\"");
    add(text, credential, VC "issuer", issuer);
    add(text, credential, VC "validFrom", "\"2026-07-01T00:00:00Z\"" + date);
    add(text, credential, VC "credentialSubject", "_:b0");
    add(text, issuer, kType, typed(OB "Profile"));
    add(text, issuer, SCHEMA "name", "\"University of Sfax\"");
    add(text, "_:b0", kType, typed(OB "AchievementSubject"));
    add(text, "_:b0", OB "achievement", badge);
    add(text, "_:b0", OB "identifier", "_:b1");
    add(text, "_:b1", kType, typed(OB "IdentityObject"));
    add(text, "_:b1", OB "hashed", "\"false\"^^<http://www.w3.org/2001/XMLSchema#boolean>");
    add(text, badge, kType, typed(OB "Achievement"));
    add(text, badge, SCHEMA "name", "\"Engineer in computer science\"");
    add(text, badge, OB "criteria", "_:b2");
    add(text, "_:b2", OB "narrative", "\"Five years, 300 credits, a thesis defended\"");
    return text;
}

/// The shape of our bilingual diploma: 48 statements, 6 blank nodes.
std::string diploma() {
    std::string text = badge();
    const std::string arabic =
        "\"\u0634\u0647\u0627\u062F\u0629 \u0645\u0647\u0646\u062F\u0633\"^^"
        "<https://www.w3.org/ns/i18n#ar_rtl>";
    for (int i = 0; i < 31; ++i) {
        const std::string name = "https://ledger.example/vocabulary#fact" + std::to_string(i);
        const std::string subject =
            i < 20 ? "_:b" + std::to_string(i % 3) : "_:d" + std::to_string(i % 3);
        add(text, subject, name,
            i % 2 == 0 ? arabic : "\"a value of the usual length " + std::to_string(i) + "\"");
    }
    return text;
}

/// A list of 40 courses without names of their own, whose links all look alike.
std::string courses() {
    constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    std::string text;
    for (int i = 0; i < 40; ++i) {
        const std::string number = std::to_string(i);
        const std::string next =
            i == 39 ? typed(std::string{kRdf} + "nil") : "_:l" + std::to_string(i + 1);
        add(text, "_:l" + number, std::string{kRdf} + "first", "_:c" + number);
        add(text, "_:l" + number, std::string{kRdf} + "rest", next);
        add(text, "_:c" + number, SCHEMA "name", "\"Introduction to algorithms " + number + "\"");
    }
    return text;
}

void canonize_text(benchmark::State& state, const std::string& text) {
    const auto dataset = parse_nquads(text);
    ENSURE(dataset.has_value());
    const auto form = canonize(*dataset);
    ENSURE(form.has_value());
    bench::Beside beside;
    for (auto _ : state) {
        beside.round([&] { benchmark::DoNotOptimize(canonize(*dataset)); },
                     [&] { benchmark::DoNotOptimize(crypto::sha256(as_bytes(form->text))); });
    }
    state.counters["quads"] = static_cast<double>(dataset->quads().size());
    state.counters["bytes"] = static_cast<double>(form->text.size());
    state.counters["ours_us"] = beside.ours_s * 1e6;
    state.counters["hash_us"] = beside.raw_s * 1e6;
    state.counters["hashes"] = beside.ours_s / beside.raw_s;
}

BENCHMARK_CAPTURE(canonize_text, badge, badge());
BENCHMARK_CAPTURE(canonize_text, diploma, diploma());
BENCHMARK_CAPTURE(canonize_text, courses, courses());

}  // namespace
}  // namespace tasdiq

BENCHMARK_MAIN();
