#include "stage.hpp"
#include "vocabulary.hpp"

// What becomes of members, and who is enrolled.
namespace tasdiq::scenario {
namespace {

const std::map<std::string, wire::SuccessionKind> kBecame{
    {"rename", wire::SuccessionKind::kRenamed}, {"absorb", wire::SuccessionKind::kAbsorbed},
    {"merge", wire::SuccessionKind::kMerged},   {"split", wire::SuccessionKind::kSplit},
    {"close", wire::SuccessionKind::kClosed},   {"reopen", wire::SuccessionKind::kReopened},
    {"move", wire::SuccessionKind::kMoved}};

const std::map<std::string, wire::CohortKind> kCohorts{
    {"intake", wire::CohortKind::kIntake},
    {"transfers", wire::CohortKind::kTransferIn},
    {"readmissions", wire::CohortKind::kReadmission}};

}  // namespace

/// `rename UTM to NEW`, `merge UTM into UMN`, `split UTM into A B`, `close UTM`, `move FST to UMN`;
/// `give UTM to UMN for everything` (or archives), `take UTM back`
std::optional<Stage::Act> Stage::became(const Row& row,
                                        const std::vector<std::string>& verb) const {
    const wire::MemberId sender = member(row.get("sender"));
    if (verb[0] == "give") {
        const auto scope = verb.at(5) == "everything" ? wire::CustodyScope::kEverything
                                                      : wire::CustodyScope::kArchives;
        return Act{
            wire::Custody{sender, member(verb.at(1)), wire::Custodian{member(verb.at(3)), scope}},
            {},
            {},
            {}};
    }
    if (verb[0] == "take") {
        return Act{wire::Custody{sender, member(verb.at(1)), std::nullopt}, {}, {}, {}};
    }
    const auto kind = kBecame.find(verb[0]);
    if (kind == kBecame.end()) return std::nullopt;
    wire::Succession body{sender,
                          member(verb.at(1)),
                          kind->second,
                          {},
                          day_of(row.get("effective", row.get("day"))),
                          "decree",
                          std::nullopt};
    if (kind->second == wire::SuccessionKind::kRenamed) {
        body.name = wire::Titles{verb.at(3), verb[3], verb[3]};
        return Act{body, {}, {}, {}};
    }
    for (std::size_t i = 3; i < verb.size(); ++i) body.others.push_back(member(verb[i]));
    std::ranges::sort(body.others);
    return Act{body, {}, {}, {}};
}

/// `commit intake of 20` (transfers, readmissions), `release seats 1:7 1:8`
std::optional<Stage::Act> Stage::enrolment(const Row& row,
                                           const std::vector<std::string>& verb) const {
    if (verb[0] == "commit") {
        return Act{wire::CommitCohort{self(row),
                                      one_of(kCohorts, verb.at(1)),
                                      day_of(row.get("intake", row.get("day"))),
                                      number_of<std::uint64_t>(verb.at(3)),
                                      {}},
                   {},
                   {},
                   {}};
    }
    if (verb[0] != "release") return std::nullopt;
    wire::ReleaseSeats body{self(row), {}};
    for (std::size_t i = 2; i < verb.size(); ++i) body.seats.push_back(seat(row, verb[i]));
    return Act{body, {}, {}, {}};
}

/// `now` rows: what a member's record says.
void Stage::expect_member(const Row& row) const {
    const auto record =
        world_.record<wire::MemberRecord>(wire::MapKey::member(member(row.get("now"))));
    ASSERT_TRUE(record) << "line " << row.line;
    std::string names;
    for (const wire::Name& name : record->names) names += (names.empty() ? "" : " ") + name.en;
    EXPECT_EQ(names, row.get("names", row.get("now"))) << "line " << row.line;
    EXPECT_EQ(record->ended ? to_text(*record->ended) : "", row.get("ended"))
        << "line " << row.line;
    EXPECT_EQ(record->parent ? name_of(*record->parent) : "", row.get("parent"))
        << "line " << row.line;
    EXPECT_EQ(record->custody ? name_of(record->custody->custodian) : "", row.get("kept by"))
        << "line " << row.line;
}

}  // namespace tasdiq::scenario
