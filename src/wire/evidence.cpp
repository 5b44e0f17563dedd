#include "wire/evidence.hpp"

#include <algorithm>

#include "codec/base_n.hpp"
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

constexpr std::string_view kType = "tasdiq-evidence/1";
constexpr std::size_t kCosignaturesMax = 64;
constexpr std::size_t kSignatureSize = 64;

std::unexpected<WireFault> refuse(WireError error, const char* field) {
    return std::unexpected{WireFault{error, field}};
}

// ------------------------------------------------------------------ writing
// As text at once, members in the order of JCS: a node writes a thousand of these for one answer.
void append_bytes(std::string& to, ByteView bytes) {
    to += '"';
    to += codec::encode_base64url(bytes);
    to += '"';
}

void append_path(std::string& to, const std::vector<merkle::MerkleHash>& path) {
    Bytes hashes;
    hashes.reserve(path.size() * merkle::MerkleHash::kSize);
    for (const merkle::MerkleHash& hash : path) append(hashes, hash.view());
    append_bytes(to, hashes);
}

void append_proven(std::string& to, const ProvenEntry& proven) {
    to += R"({"entry":)";
    append_bytes(to, proven.entry);
    to.append(R"(,"index":)").append(std::to_string(proven.index.value)).append(R"(,"path":)");
    append_path(to, proven.path);
    to += '}';
}

/// An array; `append_one(to, element)` writes one element.
template <class Elements, class AppendOne>
void append_array(std::string& to, const Elements& elements, AppendOne append_one) {
    to += '[';
    for (const auto& element : elements) {
        if (&element != elements.data()) to += ',';
        append_one(to, element);
    }
    to += ']';
}

void append_claim(std::string& to, const ShownClaim& claim) {
    to.append("[").append(std::to_string(claim.leaf_index)).append(",");
    append_bytes(to, claim.leaf);
    to += ',';
    append_path(to, claim.path);
    to += ']';
}

void append_facts(std::string& to, const ShownFacts& facts) {
    to += R"({"claims":)";
    append_array(to, facts.claims, append_claim);
    to += R"(,"header":)";
    append_bytes(to, facts.header);
    to += R"(,"headerPath":)";
    append_path(to, facts.header_path);
    to.append(R"(,"leafCount":)").append(std::to_string(facts.leaf_count)).append("}");
}

void append_record(std::string& to, const RecordClaim& claim) {
    to += '[';
    append_bytes(to, claim.key.bytes());
    to += ',';
    if (claim.record) {
        append_bytes(to, *claim.record);
    } else {
        to += "null";
    }
    to += ']';
}

void append_cosignature(std::string& to, const Cosignature& one) {
    to.append("[").append(std::to_string(one.state.value)).append(",");
    to.append(std::to_string(one.time.seconds)).append(",");
    append_bytes(to, one.signature);
    to += ']';
}

void append_checkpoint(std::string& to, const Evidence& evidence) {
    to += R"({"cosignatures":)";
    append_array(to, evidence.cosignatures, append_cosignature);
    to += R"(,"root":)";
    append_bytes(to, evidence.root.view());
    to.append(R"(,"size":)").append(std::to_string(evidence.size)).append("}");
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

/// `facts` and `secret` are null where they are left out.
std::string to_text(const Evidence& evidence, const ShownFacts* facts,
                    const CertificateSecret* secret) {
    ENSURE(check_evidence(evidence));
    std::string text;
    text.reserve(8192);
    const auto key = [&text](std::string_view name) -> std::string& {
        text += text.empty() ? '{' : ',';
        return text.append("\"").append(name).append("\":");
    };
    if (evidence.award) append_proven(key("award"), *evidence.award);
    append_proven(key("block"), evidence.block);
    append_proven(key("certificate"), evidence.certificate);
    append_checkpoint(key("checkpoint"), evidence);
    if (facts != nullptr) append_facts(key("facts"), *facts);
    append_bytes(key("mapProof"), merkle::encode_map_proof(evidence.map_proof));
    codec::append_jcs(key("origin"), Json{evidence.origin});
    append_array(key("records"), evidence.records, append_record);
    if (secret != nullptr) append_bytes(key("secret"), secret->view());
    if (evidence.transaction) append_proven(key("transaction"), *evidence.transaction);
    key("type").append("\"").append(kType).append("\"}");
    return text;
}

}  // namespace

const RecordClaim* find_claim(std::span<const RecordClaim> records, const MapKey& key) {
    const auto found = std::ranges::lower_bound(records, key, {}, &RecordClaim::key);
    return found != records.end() && found->key == key ? &*found : nullptr;
}

std::string encode(const Evidence& evidence) {
    return to_text(evidence, std::get_if<ShownFacts>(&evidence.opening),
                   std::get_if<CertificateSecret>(&evidence.opening));
}

std::string encode_unopened(const Evidence& evidence) {
    return to_text(evidence, nullptr, nullptr);
}

Result<std::string, WireFault> open_evidence(std::string_view unopened,
                                             const CertificateSecret& secret) {
    constexpr std::string_view kEnd = ",\"type\":\"tasdiq-evidence/1\"}";
    std::string opened{unopened};
    if (unopened.ends_with(kEnd)) {
        opened.insert(opened.size() - kEnd.size(),
                      ",\"secret\":\"" + codec::encode_base64url(secret.view()) + "\"");
        const auto evidence = read_canonical_evidence(opened);
        if (evidence && check_evidence(*evidence)) return opened;
    }
    TRY(Json json, fields::read_json(as_bytes(unopened), kEvidenceSizeMax, "evidence"));
    if (!json.is_object()) return refuse(WireError::kMember, "evidence");
    json.set("secret", fields::to_json(secret.view()));
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
