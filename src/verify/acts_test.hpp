#pragma once

#include <array>
#include <gtest/gtest.h>
#include <string>

#include "certificate/make.hpp"
#include "verify/acts_at_hand.hpp"

// For tests: what authorities say about a diploma, and the verdicts on both.
namespace tasdiq::verify::acts_test {

inline const std::string kOrigin = "ledger.example/arab/4554ec892350b428aba030d5809c4719";
inline constexpr wire::LogIndex kDiploma{57};

inline certificate::Record record(wire::CertificateType type, std::string origin = kOrigin) {
    certificate::Record record;
    record.holder.names = {{"Amira Trabelsi", certificate::Script::kLatn}};
    record.award.type = type;
    record.award.title = {"ا", "Act", "Acte"};
    record.award.awarded_on = *parse_day("2026-05-20");
    const Day date = *parse_day("2026-05-12");
    if (type == wire::CertificateType::kEquivalency) {
        record.equivalency =
            certificate::Equivalency{certificate::Outcome::kPartial, "2026/311", date, {}, {}, {}};
    } else {
        record.attestation = certificate::Attestation{certificate::AttestationKind::kApostille,
                                                      "17",
                                                      date,
                                                      {"", "Tunis", ""},
                                                      {"", "Rector", ""}};
    }
    record.target = certificate::Target{kDiploma, std::move(origin)};
    return record;
}

inline std::string document(const certificate::Record& record) {
    const auto made = certificate::make_credential(
        record, {{6}, "وزارة", "Ministry", "Ministère", "ledger.example"},
        certificate::make_uuid(std::array<std::uint8_t, 16>{}));
    EXPECT_TRUE(made) << made.error().field;
    return made->text();
}

/// All checks passed.
inline Verdict verdict(wire::CertificateType type, wire::LogIndex index) {
    Verdict verdict;
    verdict.headline = Headline::kAuthentic;
    for (std::uint8_t check = 1; check <= kCheckCount; ++check) {
        verdict.checks.push_back({static_cast<Check>(check), Outcome::kPassed, Code::kNone});
    }
    wire::Terms terms;
    terms.type = type;
    verdict.subject.terms = terms;
    verdict.subject.index = index;
    verdict.subject.issuer_name = wire::Name{{}, "وزارة", "Ministry", "Ministère"};
    verdict.subject.issuer_state = "TN";
    verdict.subject.as_of = parse_instant("2026-07-01T09:00:00Z");
    return verdict;
}

inline Verdict diploma() { return verdict(wire::CertificateType::kDegree, kDiploma); }

inline constexpr auto kEquivalency = wire::CertificateType::kEquivalency;
inline constexpr auto kAttestation = wire::CertificateType::kAttestation;

/// An equivalency whose status is older than a day.
inline ActsAtHand old_equivalency() {
    auto old = verdict(kEquivalency, {80});
    old.stale = true;
    ActsAtHand acts{kOrigin};
    acts.add(old, as_bytes(document(record(kEquivalency))));
    return acts;
}

}  // namespace tasdiq::verify::acts_test
