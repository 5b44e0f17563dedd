#include "engine/embedded_engine.hpp"

#include <atomic>
#include <future>

#include "merkle/log_proof.hpp"
#include "store/checkpoint_file.hpp"
#include "store/on_disk_test.hpp"

namespace tasdiq::engine {
namespace {

using store::OnDisk;

/// Tunisia's one node over El Manar's ledger.
class Running {
  public:
    explicit Running(EngineOptions options = {}, EngineHooks hooks = {}) {
        const auto set = wire::genesis_set(disk.world.genesis);
        std::vector<Cosigner> cosigners{
            {set.front(), [this](ByteView text) { return node_key.sign(text); }}};
        engine = std::make_unique<EmbeddedEngine>(
            *disk.store, std::move(cosigners),
            Publisher{*publisher_key.public_key().get<crypto::Ed25519PublicKey>(),
                      [this](ByteView text) { return publisher_key.sign(text); }},
            [this] { return Instant{now_s.load()}; }, options, std::move(hooks));
    }

    std::future<Answer> submit(Bytes submission) {
        // Shared because the callback must be copyable.
        auto promise = std::make_shared<std::promise<Answer>>();
        auto future = promise->get_future();
        engine->submit(std::move(submission),
                       [promise](const Answer& answer) { promise->set_value(answer); });
        return future;
    }

    OnDisk disk;
    std::atomic<std::int64_t> now_s = disk.world.now.seconds;
    keys::SigningKey node_key =
        ledger::world::key_named(ledger::world::World::name_of({ledger::world::kTunisia, {2}}));
    keys::SigningKey publisher_key =
        ledger::world::key_named(ledger::world::World::name_of({ledger::world::kSecretariat, {1}}));
    std::unique_ptr<EmbeddedEngine> engine;  // ends first
};

Unavailable unavailable_of(std::future<Answer> answer) {
    const Answer value = answer.get();
    EXPECT_TRUE(std::holds_alternative<Unavailable>(value));
    return std::holds_alternative<Unavailable>(value) ? std::get<Unavailable>(value)
                                                      : Unavailable{};
}

TEST(EmbeddedEngine, AnswersWhenItIsDurableAndPublished) {
    Running running;
    running.engine->start();
    std::promise<void> done;
    running.engine->submit(running.disk.issue("durable", 3), [&](const Answer& answer) {
        const auto* accepted = std::get_if<ledger::Accepted>(&answer);
        ASSERT_NE(accepted, nullptr);
        const std::uint64_t end = accepted->first_certificate.value + 3;
        const auto published = running.engine->published();
        EXPECT_GT(published->head.log.size, end);
        EXPECT_EQ(running.disk.store->head(), published->head);
        const auto file = store::CheckpointFile{running.disk.folder.path()}.read();
        ASSERT_TRUE(file);
        EXPECT_EQ(*file, published->checkpoint);
        done.set_value();
    });
    done.get_future().get();
}

TEST(EmbeddedEngine, CosignsWhatVerifies) {
    Running running;
    running.engine->start();
    running.submit(running.disk.issue("cosigned", 1)).get();
    const auto published = running.engine->published();
    const std::string text = wire::note_text(published->checkpoint);
    ASSERT_EQ(published->cosignatures.size(), 1U);
    const auto& cosignature = published->cosignatures.front();
    EXPECT_EQ(cosignature.signature.size(), 64U);
    EXPECT_EQ(cosignature.time.seconds, running.now_s);
    EXPECT_EQ(running.node_key.sign(wire::cosignature_input(text, cosignature.time)),
              to_bytes(ByteView{cosignature.signature}));
    const auto note = wire::parse_note(published->note);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->text, text);
    EXPECT_EQ(note->signatures.size(), 2U);
}

TEST(EmbeddedEngine, RefusesWithTheRulesReasonAndGoesOn) {
    Running running;
    running.engine->start();
    const auto head = running.disk.store->head();
    const Answer refused = running.submit({0x00}).get();
    ASSERT_TRUE(std::holds_alternative<ledger::Refusal>(refused));
    EXPECT_EQ(std::get<ledger::Refusal>(refused).error, ledger::LedgerError::kMalformedSubmission);
    EXPECT_EQ(running.disk.store->head(), head);
    EXPECT_TRUE(std::holds_alternative<ledger::Accepted>(
        running.submit(running.disk.issue("goes on", 1)).get()));
}

/// Everything waits before the engine starts, so how it is grouped depends on the options alone.
store::Head head_with(std::size_t blocks_per_write) {
    EngineOptions options;
    options.block_entries_max = 1;  // each submission closes its block
    options.blocks_per_write_max = blocks_per_write;
    Running running{options};
    std::vector<std::future<Answer>> answers;
    for (std::size_t i = 0; i < 20; ++i) {
        answers.push_back(running.submit(running.disk.issue(std::to_string(i), 1 + i % 4)));
    }
    running.engine->start();
    for (auto& answer : answers) {
        EXPECT_TRUE(std::holds_alternative<ledger::Accepted>(answer.get()));
    }
    return running.disk.store->head();
}

TEST(EmbeddedEngine, GivesTheSameRootsHoweverManyBlocksGoIntoOneWrite) {
    const store::Head one = head_with(1);
    EXPECT_EQ(head_with(3), one);
    EXPECT_EQ(head_with(100), one);
}

TEST(EmbeddedEngine, GroupsWhatWaitsIntoOneBlock) {
    Running running;
    const auto before = running.disk.store->head();
    std::vector<std::future<Answer>> answers;
    for (int i = 0; i < 10; ++i) {
        answers.push_back(running.submit(running.disk.issue("grouped " + std::to_string(i), 1)));
    }
    running.engine->start();
    for (auto& answer : answers) answer.get();
    EXPECT_EQ(running.disk.store->head().height, before.height + 1);
    EXPECT_EQ(running.disk.store->head().log.size, before.log.size + 21);
}

TEST(EmbeddedEngine, TurnsAwayWhenTooManyWait) {
    EngineOptions options;
    options.queue_count_max = 1;
    options.queue_bytes_max = 100;
    Running running{options};
    EXPECT_EQ(unavailable_of(running.submit(Bytes(101, 0))), Unavailable::kBusy);
    auto waits = running.submit({0x00});
    EXPECT_EQ(unavailable_of(running.submit({0x00})), Unavailable::kBusy);
    running.engine->start();
    EXPECT_TRUE(std::holds_alternative<ledger::Refusal>(waits.get()));
}

TEST(EmbeddedEngine, AnswersWhatWaitsWhenItStops) {
    Running running;
    auto waits = running.submit(running.disk.issue("too late", 1));
    {
        auto engine = std::move(running.engine);
        engine->start();
        engine->stop();
        engine->stop();
        std::promise<Answer> after;
        engine->submit({0x00}, [&](const Answer& answer) { after.set_value(answer); });
        EXPECT_EQ(unavailable_of(after.get_future()), Unavailable::kStopped);
    }
    // Taken up before the stop, or answered by it: never left alone.
    const Answer answer = waits.get();
    EXPECT_FALSE(std::holds_alternative<ledger::Refusal>(answer));
}

TEST(EmbeddedEngine, KeepsTimeWhenTheClockFallsBack) {
    Running running;
    running.engine->start();
    running.submit(running.disk.issue("first", 1)).get();
    const Instant before = running.disk.store->head().time;
    running.now_s -= 86'400;
    running.submit(running.disk.issue("second", 1)).get();
    EXPECT_EQ(running.disk.store->head().time, before);
}

TEST(EmbeddedEngine, CosignsAgainWhenItsSignatureGrowsOld) {
    std::promise<void> again;
    std::atomic<int> published = 0;
    EngineOptions options;
    options.cosign_interval_s = 1;
    EngineHooks hooks;
    hooks.on_published = [&](const Published&) {
        if (++published == 2) again.set_value();
    };
    Running running{options, std::move(hooks)};
    running.engine->start();
    running.now_s += 5;
    again.get_future().get();
    running.engine->stop();
    EXPECT_EQ(running.engine->published()->cosignatures.front().time.seconds, running.now_s);
}

TEST(EmbeddedEngine, StopsWhenTheDiskFails) {
    std::atomic<int> failures = 0;
    EngineHooks hooks;
    hooks.on_failed = [&](const store::IoFault& fault) {
        EXPECT_EQ(fault.error, store::IoError::kWrite);
        ++failures;
    };
    Running running{{}, std::move(hooks)};
    running.engine->start();
    const auto before = running.engine->published();
    // The checkpoint's new file cannot be made: the database was written, nobody may know.
    std::filesystem::create_directory(running.disk.folder.path() + "/checkpoint.new");
    EXPECT_EQ(unavailable_of(running.submit(running.disk.issue("lost answer", 1))),
              Unavailable::kStopped);
    EXPECT_EQ(unavailable_of(running.submit(running.disk.issue("afterwards", 1))),
              Unavailable::kStopped);
    EXPECT_EQ(failures, 1);
    EXPECT_EQ(running.engine->published()->checkpoint, before->checkpoint);
}

// For ThreadSanitizer: everyone reads while the engine commits.
TEST(EmbeddedEngine, IsReadByManyWhileItCommits) {
    Running running;
    running.engine->start();
    std::atomic<bool> ends = false;
    std::atomic<std::uint64_t> proofs = 0;
    const auto read = [&] {
        std::uint64_t last = 0;
        while (!ends) {
            const auto lock = running.disk.store->lock();
            const auto published = running.engine->published();
            EXPECT_EQ(published->head, running.disk.store->head());
            EXPECT_GE(published->head.log.size, last);
            last = published->head.log.size;
            const auto entry = running.disk.store->entry({last - 1});
            const auto path = running.disk.store->inclusion({last - 1}, last);
            const std::vector<wire::MapKey> keys{wire::MapKey::ledger()};
            const auto proof = running.disk.store->prove(lock, keys);
            ASSERT_TRUE(entry && path && proof);
            EXPECT_TRUE(merkle::verify_inclusion(merkle::hash_leaf(*entry), last - 1, last, *path,
                                                 published->head.log.root));
            ++proofs;
        }
    };
    const auto read_unlocked = [&] {
        while (!ends) {
            const std::uint64_t size = running.engine->published()->head.log.size;
            EXPECT_TRUE(running.disk.store->entries({0}, 50));
            EXPECT_TRUE(running.disk.store->inclusion({1}, size));
            EXPECT_TRUE(running.disk.store->record(wire::MapKey::ledger()));
        }
    };
    std::vector<std::thread> readers;
    readers.emplace_back(read);
    readers.emplace_back(read_unlocked);
    for (int i = 0; i < 15; ++i) {
        EXPECT_TRUE(std::holds_alternative<ledger::Accepted>(
            running.submit(running.disk.issue("read " + std::to_string(i), 5)).get()));
    }
    while (proofs < 20) std::this_thread::yield();
    ends = true;
    for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace tasdiq::engine
