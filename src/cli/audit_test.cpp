#include "cli/audit.hpp"

#include <gtest/gtest.h>

#include "cli/block_replay.hpp"
#include "cli/exit_code.hpp"
#include "cli/ledger_folder_test.hpp"
#include "cli/ledger_reader.hpp"
#include "codec/cbor.hpp"
#include "crypto/hash.hpp"

namespace tasdiq::cli {
namespace {

using test::Folder;
using test::SmallLedger;
using test::write_log;
using wire::LogIndex;

/// One ledger for all tests: none of them changes it.
const SmallLedger& small_ledger() {
    static const SmallLedger kLedger;
    return kLedger;
}

AuditReport audit(const Folder& folder, const std::optional<wire::TrustRoot>& root = std::nullopt) {
    LogFiles files = LogFiles::of_folder(folder.path());
    Auditor auditor{files};
    auto report = auditor.run(root);
    EXPECT_TRUE(report) << report.error().message;
    return report ? *std::move(report) : AuditReport{};
}

bool has(const AuditReport& report, AuditError error,
         std::optional<std::uint64_t> index = std::nullopt) {
    return std::ranges::any_of(report.faults, [&](const AuditFault& fault) {
        return fault.error == error && (!index || (fault.index && fault.index->value == *index));
    });
}

/// The only fault of a ledger whose states signed what they should not have.
AuditFault only_fault(const std::vector<Bytes>& entries) {
    const Folder folder;
    write_log(folder, small_ledger(), entries);
    const AuditReport report = audit(folder);
    EXPECT_EQ(report.faults.size(), 1U);
    return report.faults.empty() ? AuditFault{} : report.faults.front();
}

const std::vector<Bytes>& entries() { return small_ledger().view.entries(); }

/// The place of the first entry of a kind from `from` on.
template <class Kind>
std::size_t place_of(std::size_t from = 0) {
    for (std::size_t i = from; i < entries().size(); ++i) {
        const auto entry = wire::decode_entry(entries()[i]);
        if (entry && std::holds_alternative<Kind>(*entry)) return i;
    }
    ADD_FAILURE();
    return 0;
}

/// The last entry, which is a block's, changed.
std::vector<Bytes> with_last_block(const std::function<void(wire::BlockEntry&)>& change) {
    std::vector<Bytes> changed = entries();
    auto block = *wire::decode_block(changed.back());
    change(block);
    changed.back() = wire::encode(block);
    return changed;
}

std::vector<Bytes> with_certificate(std::size_t index,
                                    const std::function<void(wire::CertificateEntry&)>& change) {
    std::vector<Bytes> changed = entries();
    auto certificate = *wire::decode_certificate(changed[index]);
    change(certificate);
    changed[index] = wire::encode(certificate);
    return changed;
}

TEST(Audit, FindsASoundLedgerSoundAndCountsIt) {
    const Folder folder;
    write_log(folder, small_ledger(), entries());
    const AuditReport report = audit(folder);
    EXPECT_TRUE(report.is_sound()) << to_string(report.faults.front().error);
    EXPECT_EQ(report.cosigners, std::vector<std::string>{"TN"});
    EXPECT_EQ(report.counts.certificates, 301U);
    EXPECT_EQ(report.counts.by_year,
              (std::map<AuditYear, std::uint64_t>{{{ledger::world::kManar, 2026}, 301}}));
    EXPECT_EQ(report.counts.statuses,
              (std::map<wire::StatusState, std::uint64_t>{{wire::StatusState::kSuspended, 1},
                                                          {wire::StatusState::kReplaced, 1},
                                                          {wire::StatusState::kLost, 1}}));
    EXPECT_EQ(report.counts.members.at(wire::MemberKind::kUniversity), 1U);
    EXPECT_EQ(report.counts.voids, 0U);
}

/// What replaces a certificate has its seat, which the list did not name.
TEST(Audit, FindsACorrectedCertificateOnASeatSound) {
    using namespace ledger::world;
    const std::vector<Signer> officers{{kManar, {0}}, {kManar, {1}}};
    SmallLedger world;
    const wire::CommitCohort cohort{kManar,
                                    wire::CohortKind::kIntake,
                                    world.terms.intake.value_or(world.terms.awarded_on),
                                    2,
                                    {}};
    ASSERT_TRUE(world.send(cohort, officers));
    auto seated = items_of("seated", 1);
    seated[0].seat = wire::Seat{kManar, 1, 0};
    ASSERT_TRUE(world.issue(world.terms, seated, officers));
    auto respelt = items_of("respelt", 1);
    respelt[0].relation = {wire::RelationCode::kReplaces,
                           *world.view.certificate_of(seated[0].commitment)};
    ASSERT_TRUE(world.issue(world.terms, respelt, officers));
    const Folder folder;
    write_log(folder, world, world.view.entries());
    const AuditReport report = audit(folder);
    EXPECT_TRUE(report.faults.empty()) << (report.faults.empty() ? "" : report.faults[0].detail);
}

TEST(Audit, ReplaysToTheSameStateAsTheLedger) {
    const Folder folder;
    write_log(folder, small_ledger(), entries());
    LogFiles files = LogFiles::of_folder(folder.path());
    Auditor auditor{files};
    ASSERT_TRUE(auditor.run(std::nullopt));
    const ReplayView& view = auditor.view();
    EXPECT_EQ(view.records(), small_ledger().view.records());
    for (std::uint64_t i = 0; i < entries().size(); ++i) {
        ASSERT_EQ(view.entry({i}), entries()[i]);
        ASSERT_EQ(view.time_of({i}), small_ledger().view.time_of({i}));
    }
    EXPECT_EQ(view.entry({entries().size()}), std::nullopt);
    for (const char* seed : {"a", "b", "c"}) {
        for (const auto& item : ledger::world::items_of(seed, 101)) {
            ASSERT_EQ(view.certificate_of(item.commitment),
                      small_ledger().view.certificate_of(item.commitment));
        }
    }
}

TEST(Audit, NamesTheEntryInWhichABitWasFlipped) {
    const std::size_t places[] = {0, place_of<wire::BlockEntry>(),
                                  place_of<wire::TransactionEntry>(),
                                  place_of<wire::CertificateEntry>(), entries().size() - 1};
    for (const std::size_t place : places) {
        const Folder folder;
        write_log(folder, small_ledger(), entries());
        const auto id = *merkle::bundle_of(place / merkle::kTileWidth, entries().size());
        Bytes bundle = folder.read(merkle::bundle_path(id));
        std::size_t end = 0;  // of the entry
        for (std::size_t i = 0; i <= place % merkle::kTileWidth; ++i) {
            end += 2 + (std::size_t{bundle[end]} << 8 | bundle[end + 1]);
        }
        bundle[end - 1] ^= 1U;
        folder.write(merkle::bundle_path(id), bundle);
        const AuditReport report = audit(folder);
        EXPECT_TRUE(has(report, AuditError::kTileDiffers, place)) << place;
        EXPECT_TRUE(has(report, AuditError::kRootDiffers)) << place;
    }
}

TEST(Audit, NamesTheCertificateInWhateverByteItIsFlipped) {
    // Certificates of one issue are told apart by their commitments only: nothing else may differ.
    const std::size_t place = place_of<wire::CertificateEntry>() + 50;
    const std::size_t size = entries()[place].size();
    for (std::size_t at = 0; at < size; ++at) {
        std::vector<Bytes> changed = entries();
        changed[place][at] ^= 1U;
        ReplayView view;
        AuditReport report;
        BlockReplay replay{view, report};
        for (const Bytes& entry : changed) replay.add(entry);
        replay.finish();
        ASSERT_EQ(report.faults.size(), 1U) << at;
        const bool is_malformed = !wire::decode_entry(changed[place]);
        EXPECT_EQ(has(report, AuditError::kEntryMalformed, place), is_malformed) << at;
        if (at + 35 < size) EXPECT_EQ(report.faults.front().index->value, place) << at;
    }
}

TEST(Audit, FindsAFlippedBitInEveryTile) {
    for (const char* name : {"tile/0/000", "tile/1/000.p/1"}) {
        const Folder folder;
        write_log(folder, small_ledger(), entries());
        Bytes tile = folder.read(name);
        tile.back() ^= 1U;
        folder.write(name, tile);
        const AuditReport report = audit(folder);
        EXPECT_EQ(report.faults.size(), 1U);
        EXPECT_TRUE(has(report, AuditError::kTileDiffers, tile.size() == 32 ? 0 : 255)) << name;
    }
}

TEST(Audit, RefusesABundleThatEndsTooEarly) {
    const Folder folder;
    write_log(folder, small_ledger(), entries());
    Bytes bundle = folder.read("tile/entries/000");
    bundle.pop_back();
    folder.write("tile/entries/000", bundle);
    EXPECT_TRUE(has(audit(folder), AuditError::kBundleMalformed, 0));
}

TEST(Audit, WantsAQuorumOfCosignaturesThatHold) {
    const Folder folder;
    write_log(folder, small_ledger(), entries());
    std::string text{as_text(folder.read("checkpoint"))};
    const auto note = *wire::parse_note(text);

    auto spoiled = note;
    spoiled.signatures.front().signature.back() ^= 1U;
    folder.write("checkpoint", as_bytes(wire::encode(spoiled)));
    EXPECT_TRUE(has(audit(folder), AuditError::kCosignature));
    EXPECT_TRUE(has(audit(folder), AuditError::kNoQuorum));

    auto stranger = note;
    stranger.signatures.front().name += "x";
    folder.write("checkpoint", as_bytes(wire::encode(stranger)));
    EXPECT_TRUE(has(audit(folder), AuditError::kNoQuorum));

    folder.write("checkpoint", as_bytes(std::string_view{"nothing"}));
    EXPECT_TRUE(has(audit(folder), AuditError::kCheckpointMalformed));
}

TEST(Audit, WantsTheOriginOfTheGenesis) {
    const Folder folder;
    write_log(folder, small_ledger(), entries(), "another.example/ledger");
    EXPECT_TRUE(has(audit(folder), AuditError::kOrigin));
}

TEST(Audit, HoldsTheLedgerToATrustRoot) {
    const Folder folder;
    const SmallLedger& world = small_ledger();
    write_log(folder, world, entries());
    const std::string origin = wire::origin_of(world.genesis, world.chain);
    wire::TrustRoot root{wire::LedgerKind::kTest,
                         *wire::GenesisHash::from(crypto::sha256(entries().front()).view()),
                         origin,
                         {},
                         wire::genesis_set(world.genesis),
                         {origin, world.view.log_head().size, world.view.log_head().root},
                         world.now};
    EXPECT_TRUE(audit(folder, root).is_sound());

    auto later = root;
    ++later.checkpoint.size;
    EXPECT_TRUE(has(audit(folder, later), AuditError::kOlderThanRoot));
    auto other_history = root;
    other_history.checkpoint.size = 10;
    EXPECT_TRUE(has(audit(folder, other_history), AuditError::kTrustRoot));
    auto other_ledger = root;
    other_ledger.genesis = wire::GenesisHash{};
    EXPECT_TRUE(has(audit(folder, other_ledger), AuditError::kTrustRoot));
}

// From here on every hash and every cosignature is right: the states collude, and only the replay
// can tell.

TEST(AuditOfCollusion, FindsAnEntryThatIsNone) {
    auto changed = entries();
    changed[5] = to_bytes(as_bytes("nonsense"));
    EXPECT_EQ(only_fault(changed).error, AuditError::kEntryMalformed);
    EXPECT_EQ(only_fault(changed).index, LogIndex{5});
}

TEST(AuditOfCollusion, FindsAGenesisThatNoLedgerMayHave) {
    auto changed = entries();
    auto genesis = small_ledger().genesis;
    genesis.states[0].keys[0].possession[0] ^= 1U;
    changed[0] = wire::encode(genesis);
    const Folder folder;
    write_log(folder, small_ledger(), changed,
              wire::origin_of(genesis, wire::chain_id(changed[0])));
    EXPECT_TRUE(has(audit(folder), AuditError::kGenesis, 0));
}

TEST(AuditOfCollusion, FindsACertificateThatNobodySigned) {
    const std::size_t index = place_of<wire::CertificateEntry>() + 3;
    const auto changed = with_certificate(
        index, [](wire::CertificateEntry& one) { one.commitment.mutable_view()[31] ^= 1U; });
    const AuditFault fault = only_fault(changed);
    EXPECT_EQ(fault.error, AuditError::kRefused);
    EXPECT_EQ(fault.detail, ledger::to_string(ledger::LedgerError::kListRoot));
}

TEST(AuditOfCollusion, FindsOtherTermsThanWereSigned) {
    const std::size_t index = place_of<wire::CertificateEntry>() + 3;
    const auto changed =
        with_certificate(index, [](wire::CertificateEntry& one) { one.terms.level = 7; });
    const AuditFault fault = only_fault(changed);
    EXPECT_EQ(fault.error, AuditError::kEntryDiffers);
    EXPECT_EQ(fault.index, LogIndex{index});
}

TEST(AuditOfCollusion, FindsCertificatesOutOfOrder) {
    auto changed = entries();
    const std::size_t index = place_of<wire::CertificateEntry>();
    std::swap(changed[index], changed[index + 1]);
    EXPECT_EQ(only_fault(changed).error, AuditError::kEntryDiffers);
    EXPECT_EQ(only_fault(changed).index, LogIndex{index + 1});
}

TEST(AuditOfCollusion, FindsACertificateThatWasLeftOut) {
    auto changed = entries();
    const std::size_t index = place_of<wire::CertificateEntry>();
    changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(index));
    EXPECT_EQ(only_fault(changed).error, AuditError::kEntryUnexpected);
}

TEST(AuditOfCollusion, FindsACertificateTooMany) {
    auto changed = entries();
    const std::size_t index = place_of<wire::CertificateEntry>();
    changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(index + 100), changed[index]);
    EXPECT_EQ(only_fault(changed).error, AuditError::kEntryUnexpected);
    EXPECT_EQ(only_fault(changed).index, LogIndex{index + 100});
}

TEST(AuditOfCollusion, FindsATransactionWithASpoiltSignature) {
    auto changed = entries();
    const std::size_t index = place_of<wire::TransactionEntry>();
    changed[index].back() ^= 1U;  // the last byte of the last signature
    const AuditFault fault = only_fault(changed);
    EXPECT_EQ(fault.error, AuditError::kRefused);
    EXPECT_EQ(fault.index, LogIndex{index});
}

TEST(AuditOfCollusion, FindsAStateThatTheTransactionsDoNotGive) {
    const AuditFault fault = only_fault(
        with_last_block([](wire::BlockEntry& block) { block.map_root.mutable_view()[0] ^= 1U; }));
    EXPECT_EQ(fault.error, AuditError::kMapRootDiffers);
    EXPECT_EQ(fault.index, LogIndex{entries().size() - 1});
}

TEST(AuditOfCollusion, FindsABlockEntryThatDiffersElsewhere) {
    EXPECT_EQ(only_fault(with_last_block([](wire::BlockEntry& block) {
                  block.set.mutable_view()[0] ^= 1U;
              })).error,
              AuditError::kBlockDiffers);
}

TEST(AuditOfCollusion, FindsHeightsAndTimesOutOfOrder) {
    EXPECT_EQ(only_fault(with_last_block([](wire::BlockEntry& block) { ++block.height; })).error,
              AuditError::kBlockOrder);
    EXPECT_EQ(only_fault(with_last_block([](wire::BlockEntry& block) {
                  block.time.seconds -= 86'400;
              })).error,
              AuditError::kBlockOrder);
}

TEST(AuditOfCollusion, FindsABlockOfNothing) {
    auto changed = entries();
    auto block = *wire::decode_block(changed.back());
    ++block.height;
    changed.push_back(wire::encode(block));
    EXPECT_EQ(only_fault(changed).error, AuditError::kBlockEmpty);
}

TEST(AuditOfCollusion, FindsABlockWithoutItsEnd) {
    auto changed = entries();
    changed.pop_back();
    EXPECT_EQ(only_fault(changed).error, AuditError::kBlockUnfinished);
}

// ------------------------------------------------------------------ what show reads
TEST(LedgerReader, ShowsWhatLiesUnderTheCheckpoint) {
    const Folder folder;
    write_log(folder, small_ledger(), entries());
    LogFiles files = LogFiles::of_folder(folder.path());
    LedgerReader reader{files};
    const auto checkpoint = reader.checkpoint();
    ASSERT_TRUE(checkpoint);
    EXPECT_TRUE(checkpoint->is_final);
    for (const std::uint64_t index : {std::uint64_t{0}, std::uint64_t{255}, std::uint64_t{256},
                                      std::uint64_t{entries().size() - 1}}) {
        const auto entry = reader.entry_bytes({index});
        ASSERT_TRUE(entry) << index;
        EXPECT_EQ(*entry, entries()[index]);
    }
    EXPECT_FALSE(reader.entry_bytes({entries().size()}));

    const auto suspended = reader.show_certificate(small_ledger().firsts[0]);
    ASSERT_TRUE(suspended);
    EXPECT_EQ(suspended->proof, Proof::kReplayed);
    const auto* issuer = suspended->json.find("status")->find("issuer");
    ASSERT_NE(issuer, nullptr);
    EXPECT_EQ(*issuer->find_string("state"), "suspended");
    const auto member = reader.show_member(ledger::world::kManar);
    ASSERT_TRUE(member);
    EXPECT_EQ(member->json.find("accreditations")->size(), 2U);
    EXPECT_FALSE(reader.show_member({99}));
}

TEST(LedgerReader, RefusesAnEntryThatIsNotUnderTheCheckpoint) {
    const Folder folder;
    write_log(folder, small_ledger(), entries());
    Bytes bundle = folder.read("tile/entries/000");
    bundle.back() ^= 1U;
    folder.write("tile/entries/000", bundle);
    LogFiles files = LogFiles::of_folder(folder.path());
    LedgerReader reader{files};
    const auto entry = reader.entry_bytes({255});
    ASSERT_FALSE(entry);
    EXPECT_EQ(entry.error().exit_code, kExitRefused);
    EXPECT_TRUE(reader.entry_bytes({254}));
}

TEST(LogFiles, TakesTheBeginningOfAWiderFileWhereThePartialOneIsGone) {
    const Folder folder;
    write_log(folder, small_ledger(), entries());
    const merkle::BundleId partial{0, 7};
    LogFiles files = LogFiles::of_folder(folder.path());
    const auto bundle = files.bundle(partial);
    ASSERT_TRUE(bundle);
    const auto decoded = merkle::decode_bundle(*bundle, 7);
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(std::ranges::equal(decoded->back(), entries()[6]));
    const auto tile = files.tile({0, 0, 7});
    ASSERT_TRUE(tile);
    EXPECT_EQ(tile->size(), 7U * 32);
}

}  // namespace
}  // namespace tasdiq::cli
