// What issuing and verifying a certificate cost beside one raw signature of libsodium, in one run.
//
// Counters: `of_raw` is libsodium's time for the one signature or verification that is inside,
// divided by ours: 1 would be nothing but the signature. `ours_us` and `raw_us` are the least CPU
// time for one.
#include <benchmark/benchmark.h>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <sodium.h>
#include <string>
#include <vector>

#include "base/ensure.hpp"
#include "certificate/commitment.hpp"
#include "certificate/make.hpp"
#include "certificate/terms_check.hpp"
#include "codec/json.hpp"
#include "credential/data_integrity.hpp"
#include "credential/did.hpp"
#include "linked/bundled_contexts.hpp"
#include "linked/to_rdf.hpp"
#include "ratio.hpp"

namespace tasdiq {
namespace {

using certificate::CanonicalCredential;
using certificate::Record;

std::string read_data(const char* name) {
    std::ifstream file{std::string{TASDIQ_SOURCE_DIR "/bench/data/"} + name, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

Record example_record() {
    const auto record = certificate::parse_record(as_bytes(read_data("diploma.json")));
    ENSURE(record.has_value());
    return *record;
}

Record example_transcript() {
    Record record = example_record();
    record.award.type = wire::CertificateType::kTranscript;
    for (int i = 0; i < 40; ++i) {
        record.courses.push_back({"INF" + std::to_string(100 + i), "مقدّمة في الخوارزميّات",
                                  "Introduction to algorithms", "Introduction à l’algorithmique",
                                  certificate::Credits{"4.5", "ECTS"},
                                  certificate::Grade{"14.25", "20"}, "S" + std::to_string(i / 7)});
    }
    return record;
}

constexpr std::string_view kUuid = "0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10";

/// An institution with its assertion key, and what is recorded of its certificates.
struct Bench {
    Record record;
    std::string_view suite;
    certificate::Issuer issuer{
        {7}, "جامعة صفاقس", "University of Sfax", "Université de Sfax", "ledger.example:8480"};
    wire::Terms terms;
    certificate::LedgerFacts ledger;
    wire::CertificateSecret secret;
    std::optional<certificate::StatusPlace> place =
        certificate::StatusPlace{"3f0c9a5d1b7e4268", 94'567};
    std::string method;
    std::unique_ptr<linked::BundledContexts> contexts = std::make_unique<linked::BundledContexts>();
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_key{};

    explicit Bench(Record of, std::string_view with = credential::kDefaultSuite)
        : record{std::move(of)},
          suite{with},
          terms{certificate::make_terms(record, {{{7}, 1}})},
          ledger{terms, issuer.host, {{}, issuer.ar, issuer.en, issuer.fr}, record.award.title},
          method{credential::make_key_url(
              credential::make_institution_did(issuer.host, issuer.member.value), 3)} {
        ENSURE(sodium_init() >= 0);
        crypto_sign_keypair(public_key.data(), secret_key.data());
    }

    struct Issued {
        std::string document;
        wire::Commitment commitment;
    };
    [[nodiscard]] Issued issue() const {
        const auto made = certificate::make_credential(record, issuer, kUuid, place);
        const auto unfinished = credential::signing_input(
            made->unsecured(),
            {.suite = suite, .verification_method = method, .created = {1'780'000'000}},
            contexts->cache());
        std::array<std::uint8_t, 64> signature{};
        crypto_sign_detached(signature.data(), nullptr, unfinished->signing_input.data(),
                             unfinished->signing_input.size(), secret_key.data());
        return {made->with_proof(credential::finish_proof(*unfinished, signature)),
                certificate::commit(*made, terms, secret)};
    }
};

class OneKey final : public credential::KeyResolver {
  public:
    explicit OneKey(const crypto::PublicKey& key) : key_{key} {}
    std::optional<crypto::PublicKey> resolve(std::string_view, std::string_view) override {
        return key_;
    }

  private:
    crypto::PublicKey key_;
};

constexpr int kRound = 64;

/// The counters of `beside`, of which one round is kRound times the work.
void set_counters(benchmark::State& state, const bench::Beside& beside) {
    state.counters["raw_us"] = beside.raw_s / kRound * 1e6;
    state.counters["ours_us"] = beside.ours_s / kRound * 1e6;
    state.counters["of_raw"] = beside.raw_s / beside.ours_s;
}

template <class Work>
void repeat(Work work) {
    for (int i = 0; i < kRound; ++i) work();
}

/// Times `work` beside one raw signature.
template <class Work>
void beside_signing(benchmark::State& state, const Bench& bench, Work work) {
    std::array<unsigned char, 64> message{}, signature{};
    const auto sign = [&] {
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                             bench.secret_key.data());
    };
    bench::Beside beside;
    for (auto _ : state) beside.round([&] { repeat(work); }, [&] { repeat(sign); });
    set_counters(state, beside);
}

/// Times `work` beside one raw signature's check.
template <class Work>
void beside_checking(benchmark::State& state, const Bench& bench, Work work) {
    std::array<unsigned char, 64> message{}, signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         bench.secret_key.data());
    const auto check = [&] {
        ENSURE(crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                           bench.public_key.data()) == 0);
    };
    bench::Beside beside;
    for (auto _ : state) beside.round([&] { repeat(work); }, [&] { repeat(check); });
    set_counters(state, beside);
}

void issue(benchmark::State& state, const Bench& bench) {
    beside_signing(state, bench, [&] { benchmark::DoNotOptimize(bench.issue()); });
    state.counters["bytes"] = static_cast<double>(bench.issue().document.size());
}

/// Document against the ledger: proof, terms, commitment. What evidence proves is `verify`'s bench.
void verify(benchmark::State& state, const Bench& bench) {
    const Bench::Issued issued = bench.issue();
    OneKey keys{*crypto::Ed25519PublicKey::parse(bench.public_key)};
    beside_checking(state, bench, [&] {
        const auto read = certificate::read_secured(as_bytes(issued.document));
        ENSURE(read && read->proof);
        ENSURE(credential::verify_proof_jcs(*read->proof, read->credential.unsecured(), keys,
                                            bench.contexts->cache()));
        ENSURE(certificate::check_document_terms(read->credential, bench.ledger));
        ENSURE(certificate::commit(read->credential, bench.terms, bench.secret) ==
               issued.commitment);
    });
}

/// A value without a proof → a value with one, and that one checked: what the JavaScript peers'
/// bench does with a badge of this shape.
struct Badge {
    explicit Badge(const Bench& of) : bench{&of} {}

    [[nodiscard]] codec::Json issue() const {
        const auto unfinished = credential::signing_input(
            unsecured, {.verification_method = bench->method, .created = {1'780'000'000}},
            bench->contexts->cache());
        std::array<std::uint8_t, 64> signature{};
        crypto_sign_detached(signature.data(), nullptr, unfinished->signing_input.data(),
                             unfinished->signing_input.size(), bench->secret_key.data());
        return credential::attach(unsecured, *unfinished, signature);
    }

    const Bench* bench;
    codec::Json unsecured = *codec::parse_json(read_data("open_badge.json"));
};

void issue_badge(benchmark::State& state, const Bench& bench) {
    const Badge badge{bench};
    beside_signing(state, bench, [&] { benchmark::DoNotOptimize(badge.issue()); });
    linked::Arena arena;
    linked::Dataset dataset;
    ENSURE(linked::to_rdf(badge.unsecured, {}, bench.contexts->cache(), arena, dataset));
    state.counters["quads"] = static_cast<double>(dataset.quads().size());
}

void verify_badge(benchmark::State& state, const Bench& bench) {
    const codec::Json issued = Badge{bench}.issue();
    OneKey keys{*crypto::Ed25519PublicKey::parse(bench.public_key)};
    beside_checking(state, bench, [&] {
        ENSURE(credential::verify_proof(issued, keys, bench.contexts->cache()));
    });
}

void make_only(benchmark::State& state, const Bench& bench) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            certificate::make_credential(bench.record, bench.issuer, kUuid, bench.place));
    }
}

void commit_only(benchmark::State& state, const Bench& bench) {
    const auto made = certificate::make_credential(bench.record, bench.issuer, kUuid, bench.place);
    for (auto _ : state) {
        benchmark::DoNotOptimize(certificate::commit(*made, bench.terms, bench.secret));
    }
    state.counters["claims"] = static_cast<double>(made->claims().size());
}

/// The file as it was issued.
void read_only(benchmark::State& state, const Bench& bench) {
    const std::string document = bench.issue().document;
    for (auto _ : state) benchmark::DoNotOptimize(certificate::read_secured(as_bytes(document)));
}

/// A file in another layout: by way of a JSON value.
void read_other_only(benchmark::State& state, const Bench& bench) {
    const std::string document = bench.issue().document + "\n";
    for (auto _ : state) benchmark::DoNotOptimize(certificate::read_secured(as_bytes(document)));
}

void terms_only(benchmark::State& state, const Bench& bench) {
    const auto made = certificate::make_credential(bench.record, bench.issuer, kUuid, bench.place);
    for (auto _ : state) {
        benchmark::DoNotOptimize(certificate::check_document_terms(*made, bench.ledger));
    }
}

}  // namespace
}  // namespace tasdiq

// With `--document diploma|transcript` it prints what it measures, for others to be measured with.
int main(int argc, char** argv) {
    const tasdiq::Bench diploma{tasdiq::example_record()};
    const tasdiq::Bench diploma_jcs{tasdiq::example_record(), tasdiq::credential::kEddsaJcs2022};
    const tasdiq::Bench transcript{tasdiq::example_transcript()};
    const std::vector<std::string> arguments{argv + 1, argv + argc};
    if (arguments.size() == 2 && arguments[0] == "--document") {
        const tasdiq::Bench& which = arguments[1] == "transcript" ? transcript : diploma;
        std::puts(which.issue().document.c_str());
        return 0;
    }
    const auto add = [](const char* name, auto work, const tasdiq::Bench& bench) {
        benchmark::RegisterBenchmark(
            name, [work, &bench](benchmark::State& state) { work(state, bench); });
    };
    add("diploma/issue", tasdiq::issue, diploma);
    add("diploma/verify", tasdiq::verify, diploma);
    add("diploma/issue/make", tasdiq::make_only, diploma);
    add("diploma/issue/commit", tasdiq::commit_only, diploma);
    add("diploma/verify/read", tasdiq::read_only, diploma);
    add("diploma/verify/read_other", tasdiq::read_other_only, diploma);
    add("diploma/verify/terms", tasdiq::terms_only, diploma);
    add("diploma_jcs/issue", tasdiq::issue, diploma_jcs);
    add("diploma_jcs/verify", tasdiq::verify, diploma_jcs);
    add("badge/issue", tasdiq::issue_badge, diploma);
    add("badge/verify", tasdiq::verify_badge, diploma);
    add("transcript/issue", tasdiq::issue, transcript);
    add("transcript/verify", tasdiq::verify, transcript);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
