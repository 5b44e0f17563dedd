#include "wire/evidence.hpp"

#include <algorithm>

#include "codec/jcs.hpp"
#include "wire/evidence_canonical.hpp"
#include "wire/json_fields.hpp"
#include "wire/text_rules.hpp"
#include "wire/value_fields.hpp"

namespace tasdiq::wire {
namespace {

using codec::Json;
using fields::check_members;
using fields::member_of;
using fields::Step;
using fields::to_json;

constexpr std::string_view kType = "tasdiq-evidence/1";
constexpr std::size_t kCosignaturesMax = 64;
constexpr std::size_t kSignatureSize = 64;

std::unexpected<WireFault> refuse(WireError error, const char* field) {
    return std::unexpected{WireFault{error, field}};
}

// ------------------------------------------------------------------ writing
Json to_json(const ProvenEntry& proven) {
    return Json::object()
        .set("entry", to_json(ByteView{proven.entry}))
        .set("index", proven.index.value)
        .set("path", to_json(proven.path));
}

Json to_json(const ShownFacts& facts) {
    Json claims = Json::array();
    for (const ShownClaim& claim : facts.claims) {
        claims.push(Json::array()
                        .push(claim.leaf_index)
                        .push(to_json(ByteView{claim.leaf}))
                        .push(to_json(claim.path)));
    }
    return Json::object()
        .set("claims", std::move(claims))
        .set("header", to_json(ByteView{facts.header}))
        .set("headerPath", to_json(facts.header_path))
        .set("leafCount", facts.leaf_count);
}

Json to_json(const std::vector<RecordClaim>& records) {
    Json array = Json::array();
    for (const RecordClaim& claim : records) {
        array.push(Json::array()
                       .push(to_json(claim.key.bytes()))
                       .push(claim.record ? to_json(ByteView{*claim.record}) : Json{}));
    }
    return array;
}

Json checkpoint_to_json(const Evidence& evidence) {
    Json cosignatures = Json::array();
    for (const Cosignature& one : evidence.cosignatures) {
        cosignatures.push(Json::array()
                              .push(one.state.value)
                              .push(one.time.seconds)
                              .push(to_json(ByteView{one.signature})));
    }
    return Json::object()
        .set("cosignatures", std::move(cosignatures))
        .set("root", to_json(evidence.root.view()))
        .set("size", evidence.size);
}

// ------------------------------------------------------------------ reading
Result<ProvenEntry, WireFault> read_proven(const Json& value, const char* field) {
    TRY(check_members(value, field, {"index", "entry", "path"}));
    TRY(const std::uint64_t index, fields::read_uint(member_of(value, "index"), field));
    TRY(Bytes entry, fields::read_bytes(member_of(value, "entry"), field));
    TRY(auto path, fields::read_hashes(member_of(value, "path"), field));
    return ProvenEntry{LogIndex{index}, std::move(entry), std::move(path)};
}

Result<std::optional<ProvenEntry>, WireFault> read_optional_proven(const Json& evidence,
                                                                   const char* key) {
    const Json* value = evidence.find(key);
    if (value == nullptr) return std::optional<ProvenEntry>{};
    TRY(ProvenEntry proven, read_proven(*value, key));
    return std::optional{std::move(proven)};
}

Result<ShownClaim, WireFault> read_claim(const Json& value) {
    TRY(const Json::Array* parts, fields::read_tuple(value, "claims", 3));
    TRY(const std::uint64_t index, fields::read_uint((*parts)[0], "claims"));
    TRY(Bytes leaf, fields::read_bytes((*parts)[1], "claims"));
    TRY(auto path, fields::read_hashes((*parts)[2], "claims"));
    return ShownClaim{index, std::move(leaf), std::move(path)};
}

Result<ShownFacts, WireFault> read_facts(const Json& value) {
    TRY(check_members(value, "facts", {"leafCount", "header", "headerPath", "claims"}));
    ShownFacts facts;
    TRY(facts.leaf_count, fields::read_uint(member_of(value, "leafCount"), "leafCount"));
    TRY(facts.header, fields::read_bytes(member_of(value, "header"), "header"));
    TRY(facts.header_path, fields::read_hashes(member_of(value, "headerPath"), "headerPath"));
    TRY(const Json::Array* claims, fields::read_array(member_of(value, "claims"), "claims"));
    for (const Json& one : *claims) {
        TRY(ShownClaim claim, read_claim(one));
        facts.claims.push_back(std::move(claim));
    }
    return facts;
}

Step read_opening(const Json& value, Evidence& evidence) {
    const Json* secret = value.find("secret");
    const Json* facts = value.find("facts");
    if ((secret == nullptr) == (facts == nullptr)) return refuse(WireError::kMember, "secret");
    if (secret != nullptr) {
        TRY(evidence.opening, fields::read_tagged<CertificateSecret>(*secret, "secret"));
    } else {
        TRY(evidence.opening, read_facts(*facts));
    }
    return Ok{};
}

Result<RecordClaim, WireFault> read_record(const Json& value) {
    TRY(const Json::Array* pair, fields::read_tuple(value, "records", 2));
    TRY(const Bytes key_bytes, fields::read_bytes((*pair)[0], "records"));
    auto key = MapKey::decode(key_bytes);
    if (!key) return refuse(WireError::kMember, "records");
    RecordClaim claim{*std::move(key), std::nullopt};
    if (!(*pair)[1].is_null()) {
        TRY(claim.record, fields::read_bytes((*pair)[1], "records"));
    }
    return claim;
}

Step read_records(const Json& value, Evidence& evidence) {
    TRY(const Json::Array* records, fields::read_array(value, "records"));
    for (const Json& one : *records) {
        TRY(RecordClaim claim, read_record(one));
        evidence.records.push_back(std::move(claim));
    }
    return Ok{};
}

Result<Cosignature, WireFault> read_cosignature(const Json& value) {
    constexpr const char* kField = "cosignatures";
    TRY(const Json::Array* parts, fields::read_tuple(value, kField, 3));
    TRY(const std::int64_t state, fields::read_integer((*parts)[0], kField, fields::kMemberRange));
    TRY(const std::int64_t time,
        fields::read_integer((*parts)[1], kField, {0, kInstantMax.seconds}));
    TRY(Bytes signature, fields::read_bytes((*parts)[2], kField));
    return Cosignature{MemberId{static_cast<std::uint32_t>(state)}, Instant{time},
                       std::move(signature)};
}

Step read_checkpoint(const Json& value, Evidence& evidence) {
    TRY(check_members(value, "checkpoint", {"size", "root", "cosignatures"}));
    TRY(evidence.size, fields::read_uint(member_of(value, "size"), "size"));
    TRY(evidence.root, fields::read_tagged<merkle::MerkleHash>(member_of(value, "root"), "root"));
    TRY(const Json::Array* cosignatures,
        fields::read_array(member_of(value, "cosignatures"), "cosignatures"));
    for (const Json& one : *cosignatures) {
        TRY(Cosignature cosignature, read_cosignature(one));
        evidence.cosignatures.push_back(std::move(cosignature));
    }
    return Ok{};
}

Result<Evidence, WireFault> read_evidence(const Json& value) {
    TRY(check_members(
        value, "evidence",
        {"type", "origin", "certificate", "block", "records", "mapProof", "checkpoint"},
        {"secret", "facts", "award", "transaction"}));
    Evidence evidence{};
    TRY(fields::check_literal(member_of(value, "type"), "type", kType));
    TRY(evidence.origin, fields::read_string(member_of(value, "origin"), "origin"));
    TRY(read_opening(value, evidence));
    TRY(evidence.certificate, read_proven(member_of(value, "certificate"), "certificate"));
    TRY(evidence.award, read_optional_proven(value, "award"));
    TRY(evidence.transaction, read_optional_proven(value, "transaction"));
    TRY(evidence.block, read_proven(member_of(value, "block"), "block"));
    TRY(read_records(member_of(value, "records"), evidence));
    TRY(const Bytes proof, fields::read_bytes(member_of(value, "mapProof"), "mapProof"));
    auto map_proof = merkle::decode_map_proof(proof);
    if (!map_proof) return refuse(WireError::kMember, "mapProof");
    evidence.map_proof = *std::move(map_proof);
    TRY(read_checkpoint(member_of(value, "checkpoint"), evidence));
    return evidence;
}

// ------------------------------------------------------------------ limits
Step check(bool holds, WireError error, const char* field) {
    if (!holds) return refuse(error, field);
    return Ok{};
}

Step check_facts(const ShownFacts& facts) {
    TRY(check(facts.leaf_count >= 1 && facts.leaf_count <= kLogIndexMax, WireError::kOutOfRange,
              "leafCount"));
    TRY(check(facts.header_path.size() <= kPathCountMax, WireError::kOutOfRange, "headerPath"));
    const bool claims = std::ranges::all_of(facts.claims, [&](const ShownClaim& claim) {
        return claim.leaf_index >= 1 && claim.leaf_index < facts.leaf_count &&
               claim.path.size() <= kPathCountMax;
    });
    TRY(check(claims && facts.claims.size() <= kClaimsShownMax, WireError::kOutOfRange, "claims"));
    return check(fields::is_ascending(facts.claims, &ShownClaim::leaf_index), WireError::kOrder,
                 "claims");
}

Step check_proven(const ProvenEntry& proven, const char* field, std::uint64_t size) {
    return check(proven.index.value < size && proven.path.size() <= kPathCountMax,
                 WireError::kOutOfRange, field);
}

Step check_checkpoint(const Evidence& evidence) {
    TRY(check(evidence.size >= 1 && evidence.size <= kLogIndexMax, WireError::kOutOfRange, "size"));
    const bool each = std::ranges::all_of(evidence.cosignatures, [](const Cosignature& one) {
        return one.time.seconds >= 0 && one.signature.size() == kSignatureSize;
    });
    const std::size_t count = evidence.cosignatures.size();
    TRY(check(each && count >= 1 && count <= kCosignaturesMax, WireError::kOutOfRange,
              "cosignatures"));
    return check(fields::is_ascending(evidence.cosignatures, &Cosignature::state),
                 WireError::kOrder, "cosignatures");
}

/// What holds of evidence whether it was read or made.
Step check_evidence(const Evidence& evidence) {
    TRY(check(is_origin(evidence.origin), WireError::kText, "origin"));
    if (const auto* facts = std::get_if<ShownFacts>(&evidence.opening)) TRY(check_facts(*facts));
    TRY(check_checkpoint(evidence));
    TRY(check_proven(evidence.certificate, "certificate", evidence.size));
    if (evidence.award) TRY(check_proven(*evidence.award, "award", evidence.size));
    if (evidence.transaction) {
        TRY(check_proven(*evidence.transaction, "transaction", evidence.size));
    }
    TRY(check_proven(evidence.block, "block", evidence.size));
    TRY(check(evidence.block.index.value == evidence.size - 1, WireError::kMismatch, "block"));
    const std::size_t count = evidence.records.size();
    TRY(check(count >= 1 && count <= merkle::kMapClaimsMax, WireError::kOutOfRange, "records"));
    return check(fields::is_ascending(evidence.records, &RecordClaim::key), WireError::kOrder,
                 "records");
}

/// Everything but the opening.
Json unopened_to_json(const Evidence& evidence) {
    ENSURE(check_evidence(evidence));
    Json json =
        Json::object()
            .set("block", to_json(evidence.block))
            .set("certificate", to_json(evidence.certificate))
            .set("checkpoint", checkpoint_to_json(evidence))
            .set("mapProof", to_json(ByteView{merkle::encode_map_proof(evidence.map_proof)}))
            .set("origin", evidence.origin)
            .set("records", to_json(evidence.records))
            .set("type", kType);
    if (evidence.award) json.set("award", to_json(*evidence.award));
    if (evidence.transaction) json.set("transaction", to_json(*evidence.transaction));
    return json;
}

}  // namespace

const RecordClaim* find_claim(std::span<const RecordClaim> records, const MapKey& key) {
    const auto found = std::ranges::lower_bound(records, key, {}, &RecordClaim::key);
    return found != records.end() && found->key == key ? &*found : nullptr;
}

std::string encode(const Evidence& evidence) {
    Json json = unopened_to_json(evidence);
    if (const auto* secret = std::get_if<CertificateSecret>(&evidence.opening)) {
        json.set("secret", to_json(secret->view()));
    } else {
        json.set("facts", to_json(std::get<ShownFacts>(evidence.opening)));
    }
    return codec::to_jcs(json);
}

std::string encode_unopened(const Evidence& evidence) {
    return codec::to_jcs(unopened_to_json(evidence));
}

Result<std::string, WireFault> open_evidence(std::string_view unopened,
                                             const CertificateSecret& secret) {
    constexpr std::string_view kEnd = ",\"type\":\"tasdiq-evidence/1\"}";
    std::string opened{unopened};
    if (unopened.ends_with(kEnd)) {
        opened.insert(opened.size() - kEnd.size(),
                      ",\"secret\":" + codec::to_jcs(to_json(secret.view())));
        const auto evidence = read_canonical_evidence(opened);
        if (evidence && check_evidence(*evidence)) return opened;
    }
    TRY(Json json, fields::read_json(as_bytes(unopened), kEvidenceSizeMax, "evidence"));
    if (!json.is_object()) return refuse(WireError::kMember, "evidence");
    json.set("secret", to_json(secret.view()));
    opened = codec::to_jcs(json);
    TRY(parse_evidence(as_bytes(opened)));
    return opened;
}

Result<Evidence, WireFault> parse_evidence(ByteView json) {
    TRY(check(json.size() <= kEvidenceSizeMax, WireError::kTooLarge, "evidence"));
    auto evidence = read_canonical_evidence(as_text(json));
    if (!evidence) {
        TRY(const Json value, fields::read_json(json, kEvidenceSizeMax, "evidence"));
        TRY(evidence, read_evidence(value));
    }
    TRY(check_evidence(*evidence));
    return *std::move(evidence);
}

}  // namespace tasdiq::wire
