#include "cli/ledger_reader.hpp"

#include <algorithm>

#include "cli/exit_code.hpp"
#include "cli/signing.hpp"
#include "codec/base_n.hpp"
#include "crypto/signature.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

std::unexpected<NodeFault> refused(std::string message) {
    return std::unexpected{NodeFault{kExitRefused, std::move(message)}};
}

/// The log's files as merkle wants them.
class Tiles final : public merkle::TileSource {
  public:
    explicit Tiles(LogFiles& files) : files_{files} {}
    Result<Bytes, merkle::SourceError> load(const merkle::TileId& id) override {
        auto tile = files_.tile(id);
        if (!tile) return std::unexpected{merkle::SourceError::kUnavailable};
        return *std::move(tile);
    }

  private:
    LogFiles& files_;
};

Json describe_entry(wire::LogIndex index, const wire::Entry& entry, ByteView bytes) {
    return Json::object()
        .set("index", index.value)
        .set("entry", wire::describe(entry))
        .set("bytes", codec::encode_base64url(bytes));
}

Json describe_status(const std::optional<wire::StatusRecord>& status) {
    const auto slot = [](const std::optional<wire::StatusSlot>& one) {
        return one ? wire::describe(*one) : Json{};
    };
    return Json::object()
        .set("issuer", status ? slot(status->issuer) : Json{})
        .set("authority", status ? slot(status->authority) : Json{});
}

}  // namespace

Result<ReadCheckpoint, NodeFault> LedgerReader::checkpoint() {
    if (checkpoint_) return *checkpoint_;
    TRY(const std::string text, files_.checkpoint());
    const auto note = wire::parse_note(text);
    if (!note) return refused("the checkpoint is no signed note");
    const auto checkpoint = wire::parse_checkpoint(note->text);
    if (!checkpoint) return refused("the checkpoint is malformed");
    const auto first = merkle::bundle_of(0, checkpoint->size);
    if (!first) return refused("the log is empty");
    TRY(const Bytes bundle, files_.bundle(*first));
    const auto entries = merkle::decode_bundle(bundle, first->width);
    if (!entries) return refused("the first bundle of entries is malformed");
    const auto genesis = wire::decode_genesis(entries->front());
    // The origin ends in the chain id, which is the start of the genesis entry's hash.
    if (!genesis ||
        checkpoint->origin != wire::origin_of(*genesis, wire::chain_id(entries->front()))) {
        return refused("the checkpoint's origin is not that of the log's first entry");
    }
    ReadCheckpoint read{*checkpoint, *genesis, {}, false};
    const wire::StateSet set = wire::genesis_set(*genesis);
    for (const auto& one : wire::cosignatures_in(*note, set, checkpoint->origin)) {
        const auto member = std::ranges::find(set, one.state, &wire::SetMember::state);
        if (crypto::verify(member->node_key, wire::cosignature_input(note->text, one.time),
                           one.signature)) {
            read.cosigners.push_back(member->country);
        }
    }
    read.is_final = read.cosigners.size() >= wire::quorum_of(set.size());
    checkpoint_ = read;
    return read;
}

Result<Bytes, NodeFault> LedgerReader::entry_bytes(wire::LogIndex index) {
    TRY(const ReadCheckpoint read, checkpoint());
    const std::uint64_t size = read.checkpoint.size;
    if (index.value >= size) {
        return refused("the log has " + std::to_string(size) + " entries, the last is number " +
                       std::to_string(size - 1));
    }
    const auto id = merkle::bundle_of(index.value / merkle::kTileWidth, size);
    ENSURE(id);
    TRY(const Bytes bundle, files_.bundle(*id));
    const auto entries = merkle::decode_bundle(bundle, id->width);
    if (!entries) return refused("the bundle of this entry is malformed");
    Bytes entry = to_bytes((*entries)[index.value % merkle::kTileWidth]);
    Tiles tiles{files_};
    merkle::TileReader reader{tiles, size};
    const auto path = merkle::inclusion_path(index.value, size, reader);
    if (!path) {
        return std::unexpected{
            NodeFault{kExitUnavailable, std::string{merkle::to_string(path.error())}}};
    }
    if (const auto included = merkle::verify_inclusion(merkle::hash_leaf(entry), index.value, size,
                                                       *path, read.checkpoint.root);
        !included) {
        return refused("the entry does not lie under the checkpoint: " +
                       std::string{merkle::to_string(included.error())});
    }
    return entry;
}

Result<wire::CertificateEntry, NodeFault> LedgerReader::certificate_entry(wire::LogIndex index) {
    TRY(const Bytes bytes, entry_bytes(index));
    auto certificate = wire::decode_certificate(bytes);
    if (!certificate) {
        return refused("entry " + std::to_string(index.value) + " is not a certificate");
    }
    return *std::move(certificate);
}

Result<std::optional<wire::CertificateEntry>, NodeFault> LedgerReader::find_certificate(
    wire::LogIndex index) {
    TRY(const ReadCheckpoint read, checkpoint());
    if (index.value >= read.checkpoint.size) return std::nullopt;
    TRY(const Bytes bytes, entry_bytes(index));
    auto certificate = wire::decode_certificate(bytes);
    if (!certificate) return std::nullopt;
    return *std::move(certificate);
}

Result<Shown, NodeFault> LedgerReader::show_checkpoint() {
    TRY(const ReadCheckpoint read, checkpoint());
    Json cosigners = Json::array();
    for (const std::string& country : read.cosigners) cosigners.push(country);
    return Shown{
        Json::object()
            .set("ledger", read.genesis.ledger == wire::LedgerKind::kTest ? "test" : "production")
            .set("origin", read.checkpoint.origin)
            .set("size", read.checkpoint.size)
            .set("root", codec::encode_base64(read.checkpoint.root.view()))
            .set("cosigners", std::move(cosigners))
            .set("final", read.is_final),
        Proof::kIncluded};
}

Result<Shown, NodeFault> LedgerReader::show_entry(wire::LogIndex index) {
    TRY(const Bytes bytes, entry_bytes(index));
    const auto entry = wire::decode_entry(bytes);
    if (!entry) return refused("the entry is malformed, or newer than this program");
    return Shown{describe_entry(index, *entry, bytes), Proof::kIncluded};
}

Result<const ReplayView*, NodeFault> LedgerReader::replayed() {
    if (!is_replayed_) {
        TRY(const AuditReport report, auditor_.run(std::nullopt));
        if (!report.is_sound()) {
            return refused("the ledger is not sound; tasdiq audit says what is wrong");
        }
        is_replayed_ = true;
    }
    return &auditor_.view();
}

Result<Instant, NodeFault> LedgerReader::block_time(wire::LogIndex index) {
    TRY(const ReadCheckpoint read, checkpoint());
    const std::uint64_t size = read.checkpoint.size;
    for (std::uint64_t i = index.value; i < size;) {
        const auto id = merkle::bundle_of(i / merkle::kTileWidth, size);
        ENSURE(id);
        TRY(const Bytes bundle, files_.bundle(*id));
        const auto entries = merkle::decode_bundle(bundle, id->width);
        if (!entries) return refused("the bundle of this entry is malformed");
        for (std::uint64_t at = i % merkle::kTileWidth; at < entries->size(); ++at, ++i) {
            const auto entry = wire::decode_entry((*entries)[at]);
            if (!entry) continue;
            if (const auto* one = std::get_if<wire::CertificateEntry>(&*entry)) return one->time;
            if (const auto* one = std::get_if<wire::BlockEntry>(&*entry)) return one->time;
        }
    }
    return refused("a decision is newer than the checkpoint; ask again");
}

Result<Ok, NodeFault> LedgerReader::add_times(Json& status) {
    const auto add_one = [&](Json& change) -> Result<Ok, NodeFault> {
        const auto index = change.find_integer("index");
        if (!index || *index < 0) return Ok{};
        TRY(const Instant time, block_time({static_cast<std::uint64_t>(*index)}));
        change.set("time", to_text(time));
        return Ok{};
    };
    for (const char* name : {"issuer", "authority"}) {
        Json* slot = status.find(name);
        if (slot == nullptr || !slot->is_object()) continue;
        TRY(add_one(*slot));
        Json* earlier = slot->find("earlier");
        if (earlier == nullptr || !earlier->is_array()) continue;
        for (Json& one : earlier->as_array()) {
            if (one.is_object()) TRY(add_one(one));
        }
    }
    return Ok{};
}

Result<Json, NodeFault> LedgerReader::records_of(wire::LogIndex index,
                                                 const wire::CertificateEntry& entry) {
    Json records = Json::object();
    if (NodeClient* node = files_.node()) {
        TRY(const Json certificate,
            node->get_json("/api/v1/certificates/" + std::to_string(index.value)));
        for (const char* key : {"status", "attestation", "cohort"}) {
            const Json* record = certificate.find(key);
            records.set(key, record != nullptr ? *record : Json{});
        }
        return records;
    }
    TRY(const ReplayView* view, replayed());
    records.set("status",
                describe_status(view->find<wire::StatusRecord>(wire::MapKey::status(index))));
    const auto attestation = view->find<wire::AttestationRecord>(wire::MapKey::attestation(index));
    records.set("attestation", attestation ? wire::describe(*attestation) : Json{});
    const auto cohort = entry.seat ? view->find<wire::CohortRecord>(wire::MapKey::cohort(
                                         entry.seat->institution, entry.seat->cohort))
                                   : std::nullopt;
    return records.set("cohort", cohort ? wire::describe(*cohort) : Json{});
}

Result<Shown, NodeFault> LedgerReader::show_certificate(wire::LogIndex index) {
    TRY(wire::CertificateEntry certificate, certificate_entry(index));
    TRY(Json shown, records_of(index, certificate));
    if (certificate.award) {
        TRY(wire::CertificateEntry award, certificate_entry(*certificate.award));
        TRY(Json records, records_of(*certificate.award, award));
        shown.set("awardStatus", *records.find("status"));
        shown.set("awardAttestation", *records.find("attestation"));
        if (!certificate.seat && award.seat) {  // a document of it stands on its seat
            shown.set("cohort", *records.find("cohort"));
            shown.set("awardSeat", *wire::describe(wire::Entry{std::move(award)}).find("seat"));
        }
    }
    for (const char* name : {"status", "awardStatus"}) {
        Json* status = shown.find(name);
        if (status != nullptr && status->is_object()) TRY(add_times(*status));
    }
    shown.set("index", index.value);
    shown.set("entry", wire::describe(wire::Entry{std::move(certificate)}));
    return Shown{std::move(shown), files_.node() != nullptr ? Proof::kNodeSays : Proof::kReplayed};
}

Result<Json, NodeFault> LedgerReader::replayed_member(wire::MemberId member) {
    TRY(const ReplayView* view, replayed());
    const auto record = view->find<wire::MemberRecord>(wire::MapKey::member(member));
    const auto counters = view->find<wire::CountersRecord>(wire::MapKey::counters(member));
    if (!record || !counters) return refused("there is no such member");
    Json keys = Json::array();
    for (std::uint16_t ordinal = 0; ordinal < counters->next_ordinal.value; ++ordinal) {
        const auto key = view->find<wire::KeyRecord>(wire::MapKey::key(member, {ordinal}));
        if (key) keys.push(wire::describe(*key).set("ordinal", ordinal));
    }
    Json accreditations = Json::array();
    for (std::uint32_t number = 1; number < counters->next_accreditation; ++number) {
        const auto one =
            view->find<wire::AccreditationRecord>(wire::MapKey::accreditation(member, number));
        if (one) accreditations.push(wire::describe(*one).set("number", number));
    }
    return wire::describe(*record)
        .set("member", member.value)
        .set("accreditations", std::move(accreditations))
        .set("keys", std::move(keys));
}

Result<Shown, NodeFault> LedgerReader::show_member(wire::MemberId member) {
    NodeClient* node = files_.node();
    if (node == nullptr) {
        TRY(Json json, replayed_member(member));
        return Shown{std::move(json), Proof::kReplayed};
    }
    const std::string target = "/api/v1/members/" + std::to_string(member.value);
    TRY(Json json, node->get_json(target));
    TRY(Json accreditations, node->get_json(target + "/accreditations"));
    if (Json* list = accreditations.find("accreditations")) {
        json.set("accreditations", std::move(*list));
    }
    return Shown{std::move(json), Proof::kNodeSays};
}

Result<std::optional<ReadTransaction>, NodeFault> LedgerReader::transaction_at(
    wire::LogIndex index) {
    TRY(Bytes bytes, entry_bytes(index));
    auto entry = wire::decode_entry(bytes);
    const auto* transaction = entry ? std::get_if<wire::TransactionEntry>(&*entry) : nullptr;
    if (transaction == nullptr) return std::nullopt;
    const auto envelope = wire::decode_envelope(transaction->envelope);
    if (!envelope) return std::nullopt;
    const wire::TransactionId id = wire::transaction_id(envelope->payload_bytes);
    return ReadTransaction{std::move(bytes), *std::move(entry), id};
}

Result<Shown, NodeFault> LedgerReader::show_transaction(const wire::TransactionId& id) {
    std::optional<std::int64_t> index;
    if (NodeClient* node = files_.node()) {
        TRY(const Json json, node->get_json("/api/v1/transactions/" + to_hex(id.view())));
        index = json.find_integer("index");
    } else {
        TRY(const ReplayView* view, replayed());
        const auto record = view->find<wire::TransactionRecord>(wire::MapKey::transaction(id));
        if (record) index = static_cast<std::int64_t>(record->index.value);
    }
    if (!index || *index < 0) return refused("there is no such transaction");
    const wire::LogIndex place{static_cast<std::uint64_t>(*index)};
    TRY(const auto read, transaction_at(place));
    if (!read || read->id != id) return refused("the node named another transaction");
    return Shown{describe_entry(place, read->entry, read->bytes), Proof::kIncluded};
}

KnownMembers LedgerReader::known_members(const Json& json) {
    if (files_.node() != nullptr) return fetch_known_members(*files_.node(), json);
    KnownMembers known;
    if (!is_replayed_) return known;
    for (const std::int64_t number : members_named_in(json)) {
        if (number < 0 || number > UINT32_MAX) continue;
        if (known.size() == kKnownMembersMax) break;
        const auto member = replayed_member({static_cast<std::uint32_t>(number)});
        auto one = member ? read_known_member(*member, to_day(now())) : std::nullopt;
        if (one) known.emplace(number, *std::move(one));
    }
    return known;
}

}  // namespace tasdiq::cli
