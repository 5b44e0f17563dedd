#include "cli/certificate_life.hpp"

#include <gtest/gtest.h>

#include "cli/ledger_folder_test.hpp"
#include "cli/ledger_reader.hpp"
#include "text/catalogue.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;
using text::Language;

KnownMembers known() {
    return {{10, {{{}, "تونس", "Tunis", "Tunis"}, {{0, "registrar"}, {1, "dean"}}}},
            {6, {{{}, "الوزارة", "Ministry", "Ministère"}, {{0, "authority"}}}}};
}

Json parse(std::string_view text) {
    auto json = codec::parse_json(text);
    EXPECT_TRUE(json);
    return json ? *std::move(json) : Json{};
}

constexpr std::string_view kTranscript = R"({
  "index": 90,
  "entry": {"time": "2026-07-01T09:05:00Z", "effective": "2026-07-08T09:05:00Z", "award": 57,
            "relation": {"relation": "annotates", "target": 61},
            "signers": [{"member": 10, "ordinal": 0}, {"member": 10, "ordinal": 1}],
            "seat": {"institution": 10, "cohort": 3, "leaf": 12}},
  "status": {"issuer": {"state": "replaced", "index": 95, "by": 96, "time": "2026-07-09T10:00:00Z",
                        "signers": [{"member": 10, "ordinal": 1}, {"member": 10, "ordinal": 0},
                                    {"member": 7, "ordinal": 0}],
                        "earlier": [{"state": "lost", "index": 92, "time": "2026-07-02T10:00:00Z",
                                     "signers": [{"member": 10, "ordinal": 0}]}]},
             "authority": {"state": "suspended", "index": 93, "time": "2026-07-03T10:00:00Z",
                           "signers": [{"member": 6, "ordinal": 0}]}},
  "awardStatus": {"issuer": null, "authority": null},
  "attestation": {"authority": 6, "time": "2026-08-01T10:00:00Z",
                  "signers": [{"member": 6, "ordinal": 0}]},
  "cohort": {"kind": "intake", "intake": "2023-09-15", "time": "2023-10-01T08:00:00Z", "count": 40}
})";

TEST(CertificateLife, IsToldInOrderWithWhoSigned) {
    EXPECT_EQ(
        certificate_life(parse(kTranscript), Language::kEnglish, known()),
        "Recorded on 1 July 2026 09:05 UTC. Signed by: registrar – Tunis (10:0), dean – Tunis "
        "(10:1).\n"
        "This takes effect on 8 July 2026 09:05 UTC.\n"
        "It annotates certificate 61.\n"
        "Its award is certificate 57.\n"
        "Enrolment was committed on 1 October 2023, for the intake of 15 September 2023 "
        "(cohort 3, seat 12).\n"
        "Reported lost on 2 July 2026 10:00 UTC by Tunis (entry 92).\n"
        "Suspended on 3 July 2026 10:00 UTC by Ministry (entry 93).\n"
        "Replaced on 9 July 2026 10:00 UTC by certificate 96 of Tunis, member number 7 (entry "
        "95).\n"
        "Of its award, certificate 57:\n"
        "No decision about it is recorded.\n"
        "Attested as genuine on 1 August 2026 10:00 UTC. Signed by: competent authority – "
        "Ministry (6:0).\n");
}

TEST(CertificateLife, SaysOfWhatWasCancelledThatItWasToTakeEffect) {
    std::string shown{kTranscript};
    const std::string_view replaced = R"("replaced", "index": 95, "by": 96)";
    shown.replace(shown.find(replaced), replaced.size(), R"("cancelled", "index": 95)");
    const std::string life = certificate_life(parse(shown), Language::kEnglish, known());
    EXPECT_NE(life.find("It was to take effect on 8 July 2026 09:05 UTC.\n"), std::string::npos)
        << life;
    EXPECT_EQ(life.find("This takes effect"), std::string::npos) << life;
}

TEST(CertificateLife, SaysOfWhatWasRevokedThatItWasRestored) {
    const Json shown = parse(R"({"index": 61, "entry": {"time": "2026-07-01T09:05:00Z",
        "signers": []}, "status": {"authority": null, "issuer":
        {"state": "revoked", "index": 95, "by": 96, "time": "2026-07-09T10:00:00Z",
         "signers": [{"member": 10, "ordinal": 1}], "earlier": [
        {"state": "revoked", "index": 92, "time": "2026-07-08T10:00:00Z",
         "signers": [{"member": 10, "ordinal": 1}]}]}}})");
    const std::string life = certificate_life(shown, Language::kEnglish, known());
    EXPECT_EQ(life.substr(life.find('\n') + 1),
              "Revoked on 8 July 2026 10:00 UTC by Tunis (entry 92).\n"
              "Restored on 9 July 2026 10:00 UTC by a new document, certificate 96 of Tunis "
              "(entry 95); this one stays without effect.\n");
}

TEST(CertificateLife, SaysWhatAVoidedKeySigned) {
    const auto void_lines = [](const KnownMembers& members) {
        const std::string life = certificate_life(parse(kTranscript), Language::kEnglish, members);
        std::string lines;
        std::size_t begin = 0;
        std::string before;
        for (std::size_t end = life.find('\n'); end != std::string::npos;
             begin = end + 1, end = life.find('\n', begin)) {
            const std::string line = life.substr(begin, end - begin);
            if (line == "It counts as absent: a voided key signed it.") {
                lines += before.substr(0, 9) + ";";
            }
            before = line;
        }
        return lines;
    };
    EXPECT_EQ(void_lines(known()), "");
    KnownMembers members = known();
    const auto registrar = read_known_member(
        parse(
            R"({"names": [{"ar": "تونس", "en": "Tunis", "fr": "Tunis"}], "keys": [],
            "voids": [{"ordinal": 0, "from": 90, "confirmed": [{"from": 91, "until": 93}]}]})"),
        Day{0});
    ASSERT_TRUE(registrar);
    members.at(10) = *registrar;
    EXPECT_EQ(void_lines(members), "Recorded ;Replaced ;");
    members.at(10).voids.front().confirmed.clear();
    EXPECT_EQ(void_lines(members), "Recorded ;Reported ;Replaced ;");
    members.at(10).voids.front().from = {91};
    EXPECT_EQ(void_lines(members), "Reported ;Replaced ;");
}

TEST(CertificateLife, TellsNoReplacementThatAVoidedKeyBrought) {
    const Json shown = parse(R"({"index": 61, "entry": {"time": "2026-07-01T09:05:00Z",
        "signers": []}, "status": {"authority": null, "issuer":
        {"state": "replaced", "index": 97, "by": 96, "time": "2026-07-09T10:00:00Z",
         "signers": [{"member": 10, "ordinal": 1}], "earlier": [
        {"state": "suspended", "index": 96, "by": 96, "time": "2026-07-08T10:00:00Z",
         "signers": [{"member": 10, "ordinal": 1}]},
        {"state": "replaced", "index": 95, "by": 96, "time": "2026-07-07T10:00:00Z",
         "signers": [{"member": 10, "ordinal": 0}]}]}}})");
    KnownMembers members = known();
    const auto decisions = [&] {
        const std::string life = certificate_life(shown, Language::kEnglish, members);
        return life.substr(life.find('\n') + 1);
    };
    EXPECT_EQ(decisions(),
              "Replaced on 7 July 2026 10:00 UTC by certificate 96 of Tunis (entry "
              "95).\nSuspended on 8 July 2026 10:00 UTC by Tunis (entry 96).\n"
              "Replaced on 9 July 2026 10:00 UTC by certificate 96 of Tunis (entry "
              "97).\n");
    members.at(10).voids = {{{0}, {95}, {}, {}, {}}};
    EXPECT_EQ(decisions(),
              "Replaced on 7 July 2026 10:00 UTC by certificate 96 of Tunis (entry "
              "95).\nIt counts as absent: a voided key signed it.\n"
              "Suspended on 8 July 2026 10:00 UTC by Tunis (entry 96).\n"
              "Reinstated on 9 July 2026 10:00 UTC by Tunis (entry 97).\n");
}

TEST(CertificateLife, SaysWhenEnrolmentWasCommittedLate) {
    Json late = parse(kTranscript);
    late.find("cohort")->set("time", "2024-10-20T08:00:00Z");  // 401 days
    const auto life = certificate_life(late, Language::kFrench, known());
    EXPECT_NE(life.find("Effectif des inscrits consigné tardivement, le 20 octobre 2024"),
              std::string::npos);
    late.find("cohort")->set("time", "2024-10-19T23:59:59Z");
    EXPECT_EQ(certificate_life(late, Language::kFrench, known()).find("tardivement"),
              std::string::npos);
}

TEST(CertificateLife, HasASentenceForEveryRelationAndDecision) {
    for (const Language language : {Language::kArabic, Language::kFrench, Language::kEnglish}) {
        for (std::uint8_t code = 1; code <= 6; ++code) {
            const auto word = wire::to_word(static_cast<wire::RelationCode>(code));
            EXPECT_TRUE(text::find_text("life." + std::string{word}, language)) << word;
        }
        for (std::uint8_t code = 1; code <= 7; ++code) {
            const auto word = wire::to_word(static_cast<wire::StatusState>(code));
            EXPECT_TRUE(text::find_text("life.decided-" + std::string{word}, language)) << word;
        }
        const std::string life = certificate_life(parse(kTranscript), language, known());
        EXPECT_EQ(life.find("life."), std::string::npos) << life;
        EXPECT_EQ(life.find('{'), std::string::npos) << life;
    }
}

TEST(CertificateLife, SaysOfADecisionThatIsNewerThatThereIsOne) {
    Json newer = parse(kTranscript);
    newer.find("status")->find("authority")->set("state", "frozen");
    EXPECT_NE(certificate_life(newer, Language::kEnglish, known())
                  .find("A decision of Ministry that is newer than this program, on 3 July 2026"),
              std::string::npos);
}

TEST(CertificateLife, IsReadFromTheFilesOfALedger) {
    test::SmallLedger world;
    const auto replaced = world.firsts[1];
    ASSERT_TRUE(world.send(wire::Attest{ledger::world::kMinistry, {world.firsts[2]}},
                           {ledger::world::kMinistry1, ledger::world::kMinistry2}));
    const test::Folder folder;
    test::write_log(folder, world, world.view.entries());
    LogFiles files = LogFiles::of_folder(folder.path());
    LedgerReader reader{files};
    const auto life_of = [&](wire::LogIndex index) {
        const auto shown = reader.show_certificate(index);
        EXPECT_TRUE(shown) << (shown ? "" : shown.error().message);
        if (!shown) return std::string{};
        return certificate_life(shown->json, Language::kEnglish, reader.known_members(shown->json));
    };
    const std::string old = life_of(replaced);
    EXPECT_NE(old.find("Replaced on "), std::string::npos) << old;
    const auto at = old.find(" by certificate ");
    ASSERT_NE(at, std::string::npos) << old;
    const std::uint64_t by = std::stoull(old.substr(at + 16));
    const std::string fresh = life_of({by});
    EXPECT_NE(fresh.find("It replaces certificate " + std::to_string(replaced.value) + ".\n"),
              std::string::npos)
        << fresh;
    EXPECT_NE(fresh.find("Of its award, certificate " + std::to_string(replaced.value)),
              std::string::npos);
    const std::string attested = life_of(world.firsts[2]);
    EXPECT_NE(attested.find("Reported lost on "), std::string::npos) << attested;
    EXPECT_NE(attested.find("Attested as genuine on "), std::string::npos) << attested;
}

}  // namespace
}  // namespace tasdiq::cli
