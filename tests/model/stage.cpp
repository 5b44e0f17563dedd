#include "stage.hpp"

#include "codec/jcs.hpp"
#include "ledger/error.hpp"
#include "ledger/world_test.hpp"
#include "wire/describe.hpp"

namespace tasdiq::model {
namespace {

using crypto::Algorithm;

/// Keys are dear to make: they are shared by all ledgers of this process.
struct Pool {
    std::vector<std::unique_ptr<keys::SigningKey>> keys;
    std::map<Bytes, const keys::SigningKey*> by_public_key;
};

Pool& pool(Algorithm algorithm) {
    static std::map<Algorithm, Pool> pools;
    return pools[algorithm];
}

const keys::SigningKey& pooled(Algorithm algorithm, std::size_t number) {
    Pool& all = pool(algorithm);
    while (all.keys.size() <= number) {
        const std::string name = "pool " + std::to_string(all.keys.size());
        all.keys.push_back(
            std::make_unique<keys::SigningKey>(ledger::world::key_named(name, algorithm)));
        const auto& key = *all.keys.back();
        all.by_public_key.emplace(to_bytes(key.public_key().view()), &key);
    }
    return *all.keys[number];
}

const keys::SigningKey& secret_of(Algorithm algorithm, const Bytes& public_key) {
    return *pool(algorithm).by_public_key.at(public_key);
}

wire::Genesis genesis_of(Stage& stage) {
    wire::Genesis genesis{};
    genesis.ledger = wire::LedgerKind::kTest;
    genesis.origin_prefix = "ledger.example/test";
    genesis.created = *parse_instant("2026-01-01T00:00:00Z");
    std::size_t next = 0;
    const auto added = [&](std::initializer_list<Role> roles) {
        std::vector<wire::NewKey> all;
        for (const Role role : roles) {
            all.push_back(stage.new_key(pooled(Algorithm::kEd25519, next++), role, std::nullopt));
        }
        return all;
    };
    for (const std::string country : {"TN", "EG"}) {
        genesis.states.push_back({country, ledger::world::names_of(country),
                                  added({Role::kVote, Role::kVote, Role::kVote, Role::kNode})});
    }
    genesis.secretariat_names = ledger::world::names_of("ALECSO");
    genesis.secretariat_keys = added({Role::kSecretariat, Role::kSecretariat, Role::kPublisher});
    return genesis;
}

std::string describe(const Stage::Step& step) {
    std::string line = to_text(step.now) + " #" + std::to_string(step.index.value) + " -> " +
                       std::to_string(step.answer) + " " +
                       codec::to_jcs(wire::describe(step.sent.payload));
    for (const wire::Item& item : step.sent.items.value_or(std::vector<wire::Item>{})) {
        if (!item.relation) continue;
        line += " relation " + std::to_string(static_cast<int>(item.relation->code)) + " to " +
                std::to_string(item.relation->target.value);
    }
    return line;
}

}  // namespace

wire::NewKey Stage::new_key(const keys::SigningKey& key, Role role,
                            std::optional<MemberId> member) const {
    return ledger::world::new_key(key, role, model.chain, member);
}

const keys::SigningKey& Stage::fresh_key(Algorithm algorithm) {
    for (std::size_t number = 0;; ++number) {
        const auto& key = pooled(algorithm, number);
        if (!model.owners.contains(to_bytes(key.public_key().view()))) return key;
    }
}

const keys::SigningKey& Stage::fresh_key_after(const keys::SigningKey& key) {
    for (std::size_t number = 0, found = 0;; ++number) {
        const auto& one = pooled(key.algorithm(), number);
        if (found != 0 && !model.owners.contains(to_bytes(one.public_key().view()))) return one;
        if (&one == &key) found = 1;
    }
}

Stage::Stage() {
    const wire::Genesis genesis = genesis_of(*this);
    ledger::BlockBuilder block = ledger::make_genesis_block(genesis);
    model.chain = block.context().chain;
    model.now = genesis.created;
    view_.append(block);
    learn_genesis();
}

/// Genesis is not modelled: its records are where the model begins.
void Stage::learn_genesis() {
    using wire::MapKey;
    expected_ = view_.records();
    const auto ledger = ledger::read<wire::LedgerRecord>(view_, MapKey::ledger());
    model.blocks = ledger->blocks;
    model.next_member = ledger->next_member.value;
    for (std::uint32_t id = 1; id < model.next_member; ++id) {
        const MemberId member{id};
        model.members.emplace(member,
                              *ledger::read<wire::MemberRecord>(view_, MapKey::member(member)));
        const auto counters = *ledger::read<wire::CountersRecord>(view_, MapKey::counters(member));
        model.counters.emplace(member, counters);
        for (std::uint16_t i = 0; i < counters.next_ordinal.value; ++i) {
            const auto key = *ledger::read<wire::KeyRecord>(view_, MapKey::key(member, {i}));
            model.keys.emplace(Signer{member, {i}}, key);
            model.owners.emplace(key.public_key, Signer{member, {i}});
        }
    }
    for (std::size_t i = 0; i < view_.entries().size(); ++i) model.log.push_back({model.now});
}

Bytes Stage::sign(const Sent& sent) const {
    const Bytes payload = wire::encode(sent.payload);
    std::vector<wire::EnvelopeSignature> signatures;
    for (std::size_t i = 0; i < sent.payload.signers.size(); ++i) {
        const auto record = model.keys.find(sent.payload.signers[i]);
        const auto& key = record == model.keys.end()
                              ? pooled(Algorithm::kEd25519, 0)
                              : secret_of(record->second.algorithm, record->second.public_key);
        const Spoilt spoilt = sent.signatures[i];
        auto algorithm = key.algorithm();
        auto id = crypto::key_id(key.public_key());
        if (spoilt == Spoilt::kAlgorithm) {
            algorithm = algorithm == Algorithm::kEd25519 ? Algorithm::kEs256 : Algorithm::kEd25519;
        }
        if (spoilt == Spoilt::kKeyId) id.mutable_view()[0] ^= 1;
        Bytes signature = key.sign(wire::signing_input(payload, algorithm, id));
        if (spoilt == Spoilt::kSignature) signature[8] ^= 1;
        signatures.push_back({algorithm, id, std::move(signature)});
    }
    std::optional<Bytes> list;
    if (sent.items) list = wire::encode_list(*sent.items);
    return wire::encode(wire::Submission{wire::encode_envelope(payload, signatures), list});
}

void Stage::report(const std::string& what) {
    if (difference.empty()) difference = what;
}

std::string Stage::story() const {
    std::string text;
    for (const Step& step : recent_) text += describe(step) + "\n";
    return text;
}

unsigned Stage::send(const Sent& sent) {
    if (!block_) {
        block_ = std::make_unique<ledger::BlockBuilder>(
            view_, ledger::BlockContext{model.blocks, model.now, model.chain});
    }
    const Bytes submission = sign(sent);
    const LogIndex index = model.next_index();
    const unsigned expected = model.check(sent);
    const auto answer = block_->add(submission);
    unsigned actual = 0;
    if (!answer) {
        actual = static_cast<unsigned>(answer.error().error);
    } else if (answer->is_repeated) {
        actual = 101;
    }
    ++answers[expected];
    if (actual == 0 || actual != expected) recent_.push_back({model.now, index, actual, sent});
    if (recent_.size() > 400) recent_.pop_front();
    if (actual != expected) {
        report("model says " + std::to_string(expected) + ", ledger says " +
               std::to_string(actual));
        return expected;
    }
    if (expected == 101 && answer->index != model.transactions.at(sent.id())) {
        report("recorded at another index");
    }
    if (expected != 0) return expected;
    ++accepted;
    if (answer->index != index) report("accepted at another index");
    model.take(sent);
    return 0;
}

void Stage::close_block() {
    if (!block_) return;
    const std::size_t first = view_.entries().size();
    model.close_block();
    view_.append(*block_);
    block_.reset();
    compare_block(first);
    model.written.clear();
    if (++block_count_ % 32 == 0) compare_everything();
}

void Stage::pass(std::int64_t seconds) {
    close_block();
    model.now.seconds += seconds;
}

void Stage::compare_block(std::size_t first) {
    if (view_.entries().size() != model.log.size()) {
        report("logs of different length");
        return;
    }
    for (std::size_t i = first; i < model.log.size(); ++i) {
        const auto& certificate = model.log[i].certificate;
        if (certificate && wire::encode(*certificate) != view_.entries()[i]) {
            report("another certificate at " + std::to_string(i));
        }
    }
    for (const auto& [key, record] : model.written) {
        if (view_.record(key) != record) {
            report("record " + to_hex(key.bytes()) + " is\n  " +
                   (view_.record(key) ? to_hex(*view_.record(key)) : "absent") +
                   "\nand should be\n  " + (record ? to_hex(*record) : "absent"));
        }
        if (record) {
            expected_.insert_or_assign(key, *record);
        } else {
            expected_.erase(key);
        }
    }
}

void Stage::compare_everything() {
    if (expected_ == view_.records()) return;
    for (const auto& [key, record] : view_.records()) {
        const auto found = expected_.find(key);
        if (found == expected_.end() || found->second != record) {
            report("record " + to_hex(key.bytes()) + " was written\n  " + to_hex(record));
        }
    }
    report("a record is missing");
}

}  // namespace tasdiq::model
