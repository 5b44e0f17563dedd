#include <gtest/gtest.h>
#include <sys/stat.h>

#include "cli/cohort_folder.hpp"
#include "cli/ledger_folder_test.hpp"

namespace tasdiq::cli {
namespace {

const std::vector<intake::Student> kStudents{
    {2, {"أميرة الطرابلسي", "Amira Trabelsi"}, Day{12'186}}, {3, {"Sami Ayari"}, std::nullopt}};

Cohort cohort() { return make_cohort({4}, wire::CohortKind::kIntake, Day{19'615}, kStudents); }

TEST(CohortFolder, IsReadAsItWasWrittenAndIsItsOwnersAlone) {
    const test::Folder folder;
    const std::string place = folder.file("l1-2026");
    const Cohort made = cohort();
    EXPECT_EQ(made.body.count, 2U);
    EXPECT_EQ(made.body.root, certificate::cohort_root(made.leaves));
    ASSERT_TRUE(write_cohort(place, made));
    const auto read = read_cohort(place);
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(read->body, made.body);
    EXPECT_EQ(read->leaves, made.leaves);
    struct stat state{};
    ASSERT_EQ(::stat(place.c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777U, 0700U);
    ASSERT_EQ(::stat((place + "/leaves.cbor").c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777U, 0600U);
    // Nothing of a cohort is ever overwritten.
    EXPECT_EQ(write_cohort(place, made).error(),
              place +
                  ": holds a cohort already; to record that one, or to see whether it is: tasdiq "
                  "cohort commit " +
                  place);
}

TEST(CohortFolder, HasFreshSalts) { EXPECT_NE(cohort().body.root, cohort().body.root); }

TEST(CohortFolder, IsRefusedWhenItIsNone) {
    const test::Folder folder;
    ASSERT_TRUE(write_cohort(folder.file("a"), cohort()));
    Bytes content = folder.read("a/leaves.cbor");
    content[1] = 2;  // another version
    folder.write("b/leaves.cbor", content);
    EXPECT_EQ(read_cohort(folder.file("b")).error(), folder.file("b/leaves.cbor: is malformed"));
    Cohort turned = cohort();
    std::ranges::reverse(turned.leaves);
    ASSERT_TRUE(write_cohort(folder.file("c"), turned));
    EXPECT_FALSE(read_cohort(folder.file("c")));
    EXPECT_FALSE(read_cohort(folder.file("d")));
}

TEST(CohortFolder, IsNamedWithItsNumber) {
    const test::Folder folder;
    ASSERT_TRUE(write_cohort(folder.file("a=b"), cohort()));
    const auto named = read_named_cohorts({folder.file("a=b=7")});
    ASSERT_TRUE(named) << named.error();
    EXPECT_EQ(named->front().number, 7U);
    auto finder = make_finder(*named);
    const auto seat = finder.take(intake::Student{2, {"sami ayari"}, Day{1}});
    ASSERT_TRUE(seat);
    EXPECT_EQ(seat->institution, (wire::MemberId{4}));
    EXPECT_EQ(seat->cohort, 7U);
    EXPECT_EQ(named->front().cohort.leaves[seat->leaf].names, kStudents[1].names);
    for (const char* name : {"a", "a=", "a=0", "a=x", "a=4294967296"}) {
        EXPECT_EQ(
            read_named_cohorts({name}).error(),
            "--cohort takes a folder and the number that the ledger gave it, as in l1-2026=3");
    }
}

TEST(Cohort, IsTakenByTheLedger) {
    using namespace ledger::world;
    test::SmallLedger world;
    const Cohort made =
        make_cohort(kManar, wire::CohortKind::kIntake, world.terms.awarded_on, kStudents);
    EXPECT_TRUE(world.send(made.body, {kRegistrar, kDean}));
    EXPECT_TRUE(world.send(wire::ReleaseSeats{kManar, {{kManar, 1, 1}}}, {kRegistrar, kDean}));
    EXPECT_FALSE(world.send(wire::ReleaseSeats{kManar, {{kManar, 1, 2}}}, {kRegistrar, kDean}));
}

}  // namespace
}  // namespace tasdiq::cli
