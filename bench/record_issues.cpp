// Issues of 1,000 as they arrive at a ledger: decoded, their lists hashed, two signatures verified,
// the rules applied, map and log updated; in memory and, beside it, on disk with synced writes.
// Leaves the log's files, cosigned, for who audits them.
//
// usage: record_issues FOLDER [--issues N] [--parchments N] [--together N]
//        FOLDER is there; the files come into FOLDER/files. The last N issues are the parchments of
//        those certified as provisional by the first N. On disk, N issues together make one block
//        and one write.
// Prints: certificates; CPU seconds in memory, at the rate of the first 100 issues; wall and CPU
// seconds on disk; CPU seconds of hashing the entries as leaves; memory in MB.
#include <cstdio>
#include <fstream>

#include "ledger/world_log_test.hpp"
#include "store/ledger_store.hpp"
#include "whole_process.hpp"

namespace {

using namespace tasdiq;
using namespace tasdiq::ledger::world;

constexpr std::size_t kIssue = 1'000;
constexpr std::size_t kInMemory = 100;  // issues; a ledger in memory keeps every entry there
constexpr std::int64_t kBetween_s = 60;
constexpr std::size_t kStep = 617;  // a list is not in the order of what it finalises

/// El Manar with an accreditation that has no quota.
struct Awarding : Manar {
    Awarding() {
        wire::Scope scope = manar_scope();
        scope.quota.reset();
        scope.types.push_back(wire::CertificateType::kProvisional);
        std::ranges::sort(scope.types);
        ENSURE(send(wire::Accredit{kMinistry, kManar, scope, {}}, kMinistryKeys));
    }
    /// `finalised`: the first certificate of the issue that this one finalises.
    Bytes issue(std::size_t number, wire::CertificateType type,
                std::optional<LogIndex> finalised = std::nullopt) {
        now.seconds += kBetween_s;
        auto items = items_of("issue " + std::to_string(number), kIssue);
        for (std::size_t i = 0; finalised && i < kIssue; ++i) {
            items[i].relation = wire::Relation{wire::RelationCode::kFinalises,
                                               {finalised->value + i * kStep % kIssue}};
        }
        wire::Terms terms = manar_terms();
        terms.awarding.front().accreditation = 2;
        terms.type = type;
        return sign(payload(issue_of(terms, items), kOfficers), wire::encode_list(items));
    }
};

/// The blocks that `world` has had so far. None of them holds an issue, so all stands in the log.
void catch_up(store::LedgerStore& store, const Awarding& world) {
    const auto lock = store.lock();
    for (const PastBlock& past : past_blocks(world)) {
        ledger::BlockBuilder block{store.view(), {past.height, past.time, store.chain()}};
        for (const Bytes& submission : past.submissions) ENSURE(block.add(submission));
        ENSURE(store.append(lock, block));
        ENSURE(store.commit(lock));
    }
    ENSURE(store.head().log == world.view.log_head());
}

/// One block, one synced write. The first certificate of each submission.
std::vector<LogIndex> record(store::LedgerStore& store, const std::vector<Bytes>& submissions,
                             Instant time) {
    const auto lock = store.lock();
    ledger::BlockBuilder block{store.view(), {store.head().height + 1, time, store.chain()}};
    std::vector<LogIndex> firsts;
    for (const Bytes& submission : submissions) {
        const auto answer = block.add(submission);
        ENSURE(answer && !answer->is_repeated);
        firsts.push_back(answer->first_certificate);
    }
    ENSURE(store.append(lock, block));
    ENSURE(store.commit(lock));
    return firsts;
}

void write_file(const std::string& folder, const std::string& name, ByteView content) {
    const std::filesystem::path path = folder + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file{path, std::ios::binary};
    file << as_text(content);
    ENSURE(file.flush());
}

/// As `tasdiq audit --mirror` leaves them.
void write_files(const std::string& folder, const store::LedgerStore& store,
                 const Awarding& world) {
    const store::Head head = store.head();
    for (std::uint8_t level = 0; merkle::tile_of(level, 0, head.log.size); ++level) {
        for (std::uint64_t index = 0;; ++index) {
            const auto id = merkle::tile_of(level, index, head.log.size);
            if (!id) break;
            const auto tile = store.tile(*id);
            ENSURE(tile && *tile);
            write_file(folder, merkle::tile_path(*id), **tile);
        }
    }
    for (std::uint64_t index = 0;; ++index) {
        const auto id = merkle::bundle_of(index, head.log.size);
        if (!id) break;
        const auto bundle = store.bundle(*id);
        ENSURE(bundle && *bundle);
        write_file(folder, merkle::bundle_path(*id), **bundle);
    }
    const wire::SignedNote note = cosigned(world, {store.origin(), head.log.size, head.log.root});
    write_file(folder, "checkpoint", as_bytes(wire::encode(note)));
}

/// The least of three rounds over the entries of one issue, times `issues`.
double hashing_cpu_s(const std::vector<Bytes>& entries, std::size_t issues) {
    double least_s = 1e9;
    for (int round = 0; round < 3; ++round) {
        bench::Stopwatch watch;
        watch.start();
        merkle::MerkleHash last;
        for (int again = 0; again < 10; ++again) {
            for (const Bytes& entry : entries) last = merkle::hash_leaf(entry);
        }
        watch.stop();
        ENSURE(last != merkle::MerkleHash{});
        least_s = std::min(least_s, watch.cpu_s() / 10);
    }
    return least_s * static_cast<double>(issues);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: record_issues FOLDER [--issues N]\n", stderr);
        return 64;
    }
    const std::string folder = argv[1];
    const std::size_t issues = bench::number_option(argc, argv, "--issues", 1'000);
    const std::size_t parchments = bench::number_option(argc, argv, "--parchments", 0);
    const std::size_t together = bench::number_option(argc, argv, "--together", 1);
    ENSURE(issues > parchments && issues - parchments >= std::max(parchments, together));
    Awarding world;
    const auto created = store::LedgerStore::create(folder + "/ledger", world.genesis);
    ENSURE(created);
    store::LedgerStore& store = **created;
    catch_up(store, world);

    bench::Stopwatch in_memory;
    std::size_t in_memory_count = 0;
    bench::Stopwatch on_disk;
    std::vector<LogIndex> firsts;
    std::vector<Bytes> waiting;
    for (std::size_t i = 0; i < issues; ++i) {
        const bool is_parchment = i >= issues - parchments;
        waiting.push_back(is_parchment     ? world.issue(i, wire::CertificateType::kDegree,
                                                         firsts.at(i - (issues - parchments)))
                          : i < parchments ? world.issue(i, wire::CertificateType::kProvisional)
                                           : world.issue(i, wire::CertificateType::kDegree));
        if (i < kInMemory && !is_parchment) {
            in_memory.start();
            ENSURE(world.send(waiting.back()));
            in_memory.stop();
            ++in_memory_count;
        }
        if (waiting.size() < together && i + 1 < issues) continue;
        on_disk.start();
        const auto made = record(store, waiting, world.now);
        on_disk.stop();
        firsts.insert(firsts.end(), made.begin(), made.end());
        waiting.clear();
    }
    const auto last = store.entries(store.head().first, kIssue + 1);
    ENSURE(last);
    const double hashing_s = hashing_cpu_s(*last, issues);
    write_files(folder + "/files", store, world);
    const auto scale = static_cast<double>(issues) / static_cast<double>(in_memory_count);
    std::printf("%zu %.3f %.3f %.3f %.3f %.1f\n", issues * kIssue, in_memory.cpu_s() * scale,
                on_disk.wall_s(), on_disk.cpu_s(), hashing_s, bench::memory_megabytes());
    return 0;
}
