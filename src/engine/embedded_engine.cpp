#include "engine/embedded_engine.hpp"

#include <algorithm>
#include <chrono>

#include "base/ensure.hpp"

namespace tasdiq::engine {

EmbeddedEngine::EmbeddedEngine(store::LedgerStore& store, std::vector<Cosigner> cosigners,
                               Publisher publisher, std::function<Instant()> now,
                               EngineOptions options, EngineHooks hooks)
    : store_{store},
      cosigners_{std::move(cosigners)},
      publisher_{std::move(publisher)},
      now_{std::move(now)},
      options_{options},
      hooks_{std::move(hooks)} {
    ENSURE(cosigners_.size() >= wire::quorum_of(store_.genesis().states.size()));
    std::ranges::sort(cosigners_, {}, [](const Cosigner& c) { return c.member.state; });
}

EmbeddedEngine::~EmbeddedEngine() { stop(); }

void EmbeddedEngine::start() {
    ENSURE(!thread_.joinable());
    appended_ = store_.head();
    publish(appended_);
    thread_ = std::thread{[this] { run(); }};
}

void EmbeddedEngine::stop() {
    {
        const std::lock_guard guard{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void EmbeddedEngine::submit(Bytes submission, OnAnswer on_answer) {
    auto refused = Unavailable::kStopped;
    {
        const std::lock_guard guard{mutex_};
        const bool full = queue_.size() >= options_.queue_count_max ||
                          queue_bytes_ + submission.size() > options_.queue_bytes_max;
        if (!stopping_ && !failed_ && !full) {
            queue_bytes_ += submission.size();
            queue_.push_back({std::move(submission), std::move(on_answer)});
            wake_.notify_one();
            return;
        }
        if (!stopping_ && !failed_) refused = Unavailable::kBusy;
    }
    on_answer(refused);
}

std::shared_ptr<const Published> EmbeddedEngine::published() const {
    const std::lock_guard guard{mutex_};
    return published_;
}

/// Waits for work; empty when the checkpoint is due to be cosigned again, or at the end.
std::vector<EmbeddedEngine::Waiting> EmbeddedEngine::take_waiting() {
    std::unique_lock guard{mutex_};
    // After a failure nothing is queued any more: only the end is waited for.
    wake_.wait_for(guard, std::chrono::seconds{options_.cosign_interval_s},
                   [this] { return stopping_ || !queue_.empty(); });
    std::vector<Waiting> taken{std::make_move_iterator(queue_.begin()),
                               std::make_move_iterator(queue_.end())};
    queue_.clear();
    queue_bytes_ = 0;
    return taken;
}

void EmbeddedEngine::run() {
    for (;;) {
        auto waiting = take_waiting();
        bool ending = false;
        bool failed = false;
        {
            const std::lock_guard guard{mutex_};
            ending = stopping_;
            failed = failed_;
        }
        if (ending || failed) {
            for (const Waiting& one : waiting) one.on_answer(Unavailable::kStopped);
            if (ending) return;
            continue;
        }
        if (!waiting.empty()) process(std::move(waiting));
        const auto current = published();
        if (now_().seconds - current->cosignatures.front().time.seconds >=
            options_.cosign_interval_s) {
            const auto lock = store_.lock();
            publish(store_.head());
        }
    }
}

void EmbeddedEngine::process(std::vector<Waiting> waiting) {
    std::vector<Answered> answered;
    answered.reserve(waiting.size());
    const std::size_t count = waiting.size();
    std::optional<store::IoFault> fault;
    {
        const auto lock = store_.lock();
        if (auto made = make_blocks(lock, std::move(waiting), answered); !made) {
            fault = std::move(made).error();
        }
    }
    ENSURE(answered.size() == count);
    if (fault) {
        // Some of it may be on the disk, but nobody was told and nothing was signed.
        for (Answered& one : answered) one.answer = Unavailable::kStopped;
        fail(*fault);
    }
    for (const Answered& one : answered) one.on_answer(one.answer);
}

Result<Ok, store::IoFault> EmbeddedEngine::make_blocks(const store::LedgerStore::Lock& lock,
                                                       std::vector<Waiting> waiting,
                                                       std::vector<Answered>& answered) {
    for (Waiting& one : waiting)
        answered.push_back({std::move(one.on_answer), Unavailable::kStopped});
    std::size_t blocks = 0;
    std::optional<ledger::BlockBuilder> block;
    const auto close_block = [&]() -> Result<Ok, store::IoFault> {
        if (!block || block->empty()) return Ok{};
        TRY(store_.append(lock, *block));
        ++blocks;
        appended_.height = block->context().height;
        appended_.time = block->context().time;
        block.reset();
        return Ok{};
    };
    const auto commit = [&]() -> Result<Ok, store::IoFault> {
        if (blocks == 0) return Ok{};
        TRY(const store::Head head, store_.commit(lock));
        blocks = 0;
        publish(head);
        return Ok{};
    };

    for (std::size_t i = 0; i < waiting.size(); ++i) {
        if (!block) block.emplace(store_.view(), next_block());
        auto added = block->add(waiting[i].submission);
        if (auto fault = store_.view_fault()) return std::unexpected{*std::move(fault)};
        if (added) {
            answered[i].answer = *added;
        } else {
            answered[i].answer = added.error();
        }
        if (block->entry_count() >= options_.block_entries_max) {
            TRY(close_block());
            if (blocks >= options_.blocks_per_write_max) TRY(commit());
        }
    }
    TRY(close_block());
    return commit();
}

ledger::BlockContext EmbeddedEngine::next_block() const {
    // Block time never falls, whatever the machine's clock does.
    return {appended_.height + 1, std::max(now_(), appended_.time), store_.chain()};
}

/// Cosigns the head as the newest that this node knows, and makes it visible.
void EmbeddedEngine::publish(const store::Head& head) {
    auto fresh = std::make_shared<Published>();
    fresh->head = head;
    fresh->checkpoint = {store_.origin(), head.log.size, head.log.root};
    wire::SignedNote note{wire::note_text(fresh->checkpoint), {}};
    note.signatures.push_back(
        {store_.origin(),
         wire::note_key_id(store_.origin(), wire::NoteKeyType::kEd25519, publisher_.key),
         publisher_.sign(as_bytes(note.text))});
    const Instant time = now_();
    for (const Cosigner& cosigner : cosigners_) {
        const wire::Cosignature cosignature{
            cosigner.member.state, time, cosigner.sign(wire::cosignature_input(note.text, time))};
        note.signatures.push_back(
            wire::to_note_signature(cosignature, cosigner.member, store_.origin()));
        fresh->cosignatures.push_back(cosignature);
    }
    fresh->note = wire::encode(note);
    {
        const std::lock_guard guard{mutex_};
        published_ = fresh;
    }
    if (hooks_.on_published) hooks_.on_published(*fresh);
}

void EmbeddedEngine::fail(const store::IoFault& fault) {
    {
        const std::lock_guard guard{mutex_};
        failed_ = true;
    }
    if (hooks_.on_failed) hooks_.on_failed(fault);
}

}  // namespace tasdiq::engine
