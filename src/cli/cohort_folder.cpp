#include "cli/cohort_folder.hpp"

#include <algorithm>

#include "cli/arguments.hpp"
#include "cli/files.hpp"
#include "codec/cbor.hpp"
#include "keys/random.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kFileSizeMax = 1U << 30;

std::string file_in(const std::string& folder) { return folder + "/leaves.cbor"; }

void finish(Cohort& cohort) {
    cohort.body.count = cohort.leaves.size();
    cohort.body.root = certificate::cohort_root(cohort.leaves);
}

Result<Cohort, codec::CborError> decode_cohort(ByteView bytes) {
    using codec::CborError;
    codec::CborReader reader{bytes};
    TRY(reader.array_of(5));
    TRY(const std::uint64_t version, reader.uint());
    if (version != kVersion) return std::unexpected{CborError::kIntegerRange};
    TRY(const std::uint64_t institution, reader.uint());
    TRY(const std::uint64_t kind, reader.uint());
    TRY(const std::int64_t intake, reader.integer());
    const bool fits = institution <= UINT32_MAX && kind >= 1 && kind <= 3 && intake >= INT32_MIN &&
                      intake <= INT32_MAX;
    if (!fits) return std::unexpected{CborError::kIntegerRange};
    Cohort cohort{{{static_cast<std::uint32_t>(institution)},
                   static_cast<wire::CohortKind>(kind),
                   Day{static_cast<std::int32_t>(intake)},
                   0,
                   {}},
                  {}};
    TRY(const std::size_t count, reader.array());
    for (std::size_t i = 0; i < count; ++i) {
        TRY(const ByteView leaf, reader.bytes());
        TRY(auto enrolment, certificate::decode_enrolment(leaf));
        cohort.leaves.push_back(std::move(enrolment));
    }
    TRY(reader.finish());
    if (count == 0 || !std::ranges::is_sorted(cohort.leaves, {}, certificate::enrolment_hash)) {
        return std::unexpected{CborError::kWrongCount};
    }
    return cohort;
}

}  // namespace

Cohort make_cohort(wire::MemberId institution, wire::CohortKind kind, Day intake,
                   const std::vector<intake::Student>& students) {
    std::vector<std::pair<merkle::MerkleHash, certificate::Enrolment>> leaves;
    for (const intake::Student& student : students) {
        certificate::Enrolment leaf{student.names, student.birth_date, {}};
        keys::random_bytes(leaf.salt);
        const merkle::MerkleHash hash = certificate::enrolment_hash(leaf);
        leaves.emplace_back(hash, std::move(leaf));
    }
    std::ranges::sort(leaves, {}, [](const auto& leaf) { return leaf.first; });
    Cohort cohort{{institution, kind, intake, 0, {}}, {}};
    for (auto& [hash, leaf] : leaves) cohort.leaves.push_back(std::move(leaf));
    finish(cohort);
    return cohort;
}

Result<Ok, std::string> write_cohort(const std::string& folder, const Cohort& cohort) {
    if (exists(file_in(folder))) {
        return std::unexpected{folder +
                               ": holds a cohort already; to record that one, or to see whether it "
                               "is: tasdiq cohort commit " +
                               folder};
    }
    if (exists(folder)) return std::unexpected{folder + ": is there already"};
    TRY(make_folder(folder, Access::kOwner));
    codec::CborWriter writer;
    writer.array(5).uint(kVersion).uint(cohort.body.institution.value);
    writer.uint(static_cast<std::uint64_t>(cohort.body.kind)).integer(cohort.body.intake.days);
    writer.array(cohort.leaves.size());
    for (const auto& leaf : cohort.leaves) writer.bytes(certificate::encode(leaf));
    return write_file(file_in(folder), writer.take(), Access::kOwner);
}

Result<Cohort, std::string> read_cohort(const std::string& folder) {
    TRY(const Bytes content, read_file(file_in(folder), kFileSizeMax));
    auto cohort = decode_cohort(content);
    if (!cohort) return std::unexpected{file_in(folder) + ": is malformed"};
    finish(*cohort);
    return *std::move(cohort);
}

Result<std::vector<NamedCohort>, std::string> read_named_cohorts(
    const std::vector<std::string>& names) {
    std::vector<NamedCohort> cohorts;
    for (const std::string& name : names) {
        const std::size_t equals = name.rfind('=');
        const auto number =
            equals == std::string::npos
                ? std::nullopt
                : parse_count(std::string_view{name}.substr(equals + 1), UINT32_MAX);
        if (!number || *number == 0) {
            return std::unexpected{
                "--cohort takes a folder and the number that the ledger gave it, as in l1-2026=3"};
        }
        TRY(auto cohort, read_cohort(name.substr(0, equals)));
        cohorts.push_back({std::move(cohort), static_cast<std::uint32_t>(*number)});
    }
    return cohorts;
}

intake::SeatFinder make_finder(const std::vector<NamedCohort>& cohorts) {
    intake::SeatFinder finder;
    for (const NamedCohort& one : cohorts) {
        finder.add(one.cohort.body.institution, one.number, one.cohort.body.kind,
                   one.cohort.body.intake, one.cohort.leaves);
    }
    return finder;
}

}  // namespace tasdiq::cli
