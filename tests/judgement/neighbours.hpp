#pragma once

#include "campus.hpp"

namespace tasdiq::judgement {

using wire::SuccessionKind;

/// El Manar with Carthage beside it.
struct Neighbours : Campus {
    MemberId carthage = institution("Carthage");
    LogIndex accredited;  // Carthage was

    Neighbours() {
        wire::Scope scope = manar_scope();
        scope.sites = {{9, "TN"}};  // sites are numbered by each accreditation for itself
        const auto answer = send(wire::Accredit{kMinistry, carthage, scope, {}}, kMinistryKeys);
        ENSURE(answer);
        accredited = answer->index;
    }

    [[nodiscard]] std::vector<Signer> theirs() const { return both_of(carthage); }
    /// A diploma of both.
    Held hold_together() {
        partners = {{carthage, 1}};
        signers = {kDean, kRegistrar, {carthage, {0}}, {carthage, {1}}};
        certificate::Record record = graduate();
        record.award.awarded_with = {carthage};
        return hold(record);
    }
    void keep_archives() {
        ENSURE(send(wire::Custody{kMinistry, kManar,
                                  wire::Custodian{carthage, wire::CustodyScope::kArchives}},
                    kMinistryKeys));
    }
    void become(SuccessionKind kind, std::vector<MemberId> others, Day day) {
        std::optional<wire::Titles> name;
        if (kind == SuccessionKind::kRenamed) name = {"جامعة جديدة", "New", "Nouvelle"};
        ENSURE(
            send(wire::Succession{kMinistry, kManar, kind, std::move(others), day, "decree", name},
                 kMinistryKeys));
    }
};

}  // namespace tasdiq::judgement
