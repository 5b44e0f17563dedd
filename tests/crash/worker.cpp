// What kill_test.py kills: a ledger under load that writes down what it has told the world.
//   crash_worker init FOLDER            makes El Manar's ledger
//   crash_worker check FOLDER JOURNAL   opens it and compares it with the journal
//   crash_worker load FOLDER JOURNAL    checks, then submits without end
// Lines of the journal: "A number id index count", an answer; "P size root", a checkpoint.
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <sstream>
#include <unistd.h>

#include "codec/cose.hpp"
#include "engine/embedded_engine.hpp"
#include "merkle/log_proof.hpp"
#include "store/on_disk_test.hpp"

namespace tasdiq::engine {
namespace {

using ledger::world::World;
using store::LedgerStore;

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "crash_worker: %s\n", what.c_str());
    std::_Exit(1);  // the engine's threads may be anywhere
}

struct Told {
    std::uint64_t index;
    std::uint32_t count;
    std::string id;
};

struct Journal {
    std::map<std::uint64_t, Told> answers;             // by number
    std::map<std::uint64_t, std::string> checkpoints;  // root by size
};

Journal read_journal(const std::string& path) {
    Journal journal;
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        if (file.eof()) break;  // killed in the middle of a line: nobody was told
        std::istringstream words{line};
        std::string kind;
        words >> kind;
        if (kind == "A") {
            std::uint64_t number = 0;
            Told told{};
            words >> number >> told.id >> told.index >> told.count;
            const auto [at, is_new] = journal.answers.emplace(number, told);
            if (!is_new && at->second.index != told.index) fail("two answers to " + line);
        } else if (kind == "P") {
            std::uint64_t size = 0;
            std::string root;
            words >> size >> root;
            const auto [at, is_new] = journal.checkpoints.emplace(size, root);
            if (!is_new && at->second != root) fail("two roots of one size: " + line);
        } else {
            fail("journal: " + line);
        }
    }
    return journal;
}

void check_answer(const LedgerStore& store, const Told& told) {
    const auto id = wire::TransactionId::from(*from_hex(told.id));
    const auto record = store.record(wire::MapKey::transaction(*id));
    if (!record || !*record) fail("lost " + told.id);
    const auto decoded = wire::decode_record<wire::TransactionRecord>(**record);
    if (!decoded || decoded->index.value != told.index) fail("moved " + told.id);
    const auto entries = store.entries({told.index}, 1 + told.count);
    if (!entries || entries->size() != 1 + told.count) fail("entries lost of " + told.id);
    const auto entry = wire::decode_entry(entries->front());
    const auto* transaction = entry ? std::get_if<wire::TransactionEntry>(&*entry) : nullptr;
    const auto envelope = codec::decode_cose_sign(
        transaction != nullptr ? ByteView{transaction->envelope} : ByteView{});
    if (!envelope || wire::transaction_id(envelope->payload) != *id) {
        fail("another entry stands for " + told.id);
    }
    for (std::size_t i = 1; i < entries->size(); ++i) {
        if (!wire::decode_certificate((*entries)[i])) fail("certificates lost of " + told.id);
    }
}

void check(const LedgerStore& store, const Journal& journal) {
    const store::Head head = store.head();
    for (const auto& [size, root] : journal.checkpoints) {
        if (size > head.log.size) fail("behind checkpoint " + std::to_string(size));
        const auto path = store.consistency(size, head.log.size);
        if (!path) fail("no consistency path from " + std::to_string(size));
        if (!merkle::verify_consistency({size, *merkle::MerkleHash::from(*from_hex(root))},
                                        head.log, *path)) {
            fail("forked from checkpoint " + std::to_string(size));
        }
    }
    for (const auto& [number, told] : journal.answers) check_answer(store, told);
}

std::unique_ptr<LedgerStore> open(const std::string& folder) {
    // Pages are written every few blocks, so that kills hit that, too.
    auto opened =
        LedgerStore::open(folder, store::Database::Mode::kReadWrite, {.updates_per_flush = 40});
    if (!opened) {
        fail(std::string{to_string(opened.error().error)} + ": " + opened.error().detail);
    }
    return *std::move(opened);
}

/// Submission `number`, the same in each life: 1–20 certificates.
Bytes submission_of(World& world, std::uint64_t number) {
    const std::string name = "crash " + std::to_string(number);
    const auto digest = ledger::world::digest_of(name);
    const auto items = ledger::world::items_of(name, 1 + digest.view()[0] % 20);
    wire::Payload payload = world.payload(World::issue_of(store::OnDisk::terms(), items),
                                          {ledger::world::kRegistrar, ledger::world::kDean});
    payload.nonce = *wire::Nonce::from(digest.view().first(16));
    return world.sign(payload, wire::encode_list(items));
}

std::string id_of(ByteView submission) {
    const auto decoded = wire::decode_submission(submission);
    return to_hex(wire::transaction_id(codec::decode_cose_sign(decoded->envelope)->payload).view());
}

/// Appends whole lines to the journal; what `write` took survives the process.
class Teller {
  public:
    explicit Teller(const std::string& path)
        : file_{::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT, 0600)} {
        if (file_ < 0) fail(path);
    }
    void tell(const std::string& line) const {
        if (::write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
            fail("journal");
        }
    }

  private:
    int file_;
};

[[noreturn]] void load(const std::string& folder, const std::string& path) {
    ledger::world::Manar world;
    const Journal journal = read_journal(path);
    const auto store = open(folder);
    check(*store, journal);
    const Teller teller{path};
    const auto node_key = ledger::world::key_named(World::name_of({ledger::world::kTunisia, {2}}));
    const auto publisher_key =
        ledger::world::key_named(World::name_of({ledger::world::kSecretariat, {1}}));
    EngineOptions options;
    options.block_entries_max = 30;
    options.blocks_per_write_max = 3;
    EngineHooks hooks;
    hooks.on_published = [&](const Published& published) {
        teller.tell("P " + std::to_string(published.head.log.size) + " " +
                    to_hex(published.head.log.root.view()) + "\n");
    };
    hooks.on_failed = [](const store::IoFault& fault) { fail(fault.detail); };
    EmbeddedEngine engine{*store,
                          {{wire::genesis_set(world.genesis).front(),
                            [&](ByteView text) { return node_key.sign(text); }}},
                          Publisher{*publisher_key.public_key().get<crypto::Ed25519PublicKey>(),
                                    [&](ByteView text) { return publisher_key.sign(text); }},
                          [&] { return world.now; },
                          options,
                          std::move(hooks)};
    engine.start();

    std::mutex mutex;
    std::condition_variable answered;
    std::size_t waiting = 0;
    const auto submit = [&](std::uint64_t number, const Told* before) {
        {
            std::unique_lock guard{mutex};
            answered.wait(guard, [&] { return waiting < 12; });
            ++waiting;
        }
        Bytes submission = submission_of(world, number);
        const std::string id = id_of(submission);
        engine.submit(std::move(submission), [&, number, id, before](const Answer& answer) {
            const auto* accepted = std::get_if<ledger::Accepted>(&answer);
            if (accepted == nullptr) fail("refused " + id);
            const bool is_same = before == nullptr ||
                                 (accepted->is_repeated && accepted->index.value == before->index);
            if (!is_same) fail("another answer to " + id);
            teller.tell("A " + std::to_string(number) + " " + id + " " +
                        std::to_string(accepted->index.value) + " " +
                        std::to_string(accepted->certificate_count) + "\n");
            const std::lock_guard guard{mutex};
            --waiting;
            answered.notify_one();
        });
    };
    // What was answered in an earlier life gets the same answer again.
    std::uint64_t next = 0;
    if (!journal.answers.empty()) {
        const auto& [number, told] = *journal.answers.rbegin();
        submit(number, &told);
        next = number + 1;
    }
    for (;; ++next) submit(next, nullptr);
}

int run(std::span<char*> words) {
    const std::string command = words.size() > 2 ? words[1] : "";
    if (command == "init" && words.size() == 3) {
        store::OnDisk disk;
        disk.close();
        std::filesystem::copy(disk.folder.path(), words[2],
                              std::filesystem::copy_options::recursive);
        return 0;
    }
    if (words.size() != 4) return 64;
    if (command == "check") {
        const Journal journal = read_journal(words[3]);
        const auto store = open(words[2]);
        check(*store, journal);
        std::printf("%zu answers, %zu checkpoints\n", journal.answers.size(),
                    journal.checkpoints.size());
        return 0;
    }
    if (command == "load") load(words[2], words[3]);
    return 64;
}

}  // namespace
}  // namespace tasdiq::engine

int main(int count, char** words) {
    return tasdiq::engine::run({words, static_cast<std::size_t>(count)});
}
