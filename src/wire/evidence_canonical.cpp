#include "wire/evidence_canonical.hpp"

#include <algorithm>

#include "codec/base_n.hpp"
#include "wire/value_fields.hpp"

namespace tasdiq::wire {
namespace {

using Hashes = std::vector<merkle::MerkleHash>;

/// Walks the text from left to right. Every function leaves with false at the first byte that the
/// canonical text does not have.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_{text} {}

    bool evidence(Evidence& to) {
        return take("{") && optional_proven("\"award\":", ",", to.award) && take("\"block\":") &&
               proven(to.block) && take(",\"certificate\":") && proven(to.certificate) &&
               take(",\"checkpoint\":") && checkpoint(to) && take(",\"mapProof\":") &&
               map_proof(to.map_proof) && take(",\"origin\":") && origin(to.origin) &&
               take(",\"records\":") && records(to.records) && take(",\"secret\":") && secret(to) &&
               optional_proven(",\"transaction\":", "", to.transaction) &&
               take(",\"type\":\"tasdiq-evidence/1\"}") && text_.empty();
    }

  private:
    bool take(std::string_view expected) {
        if (!text_.starts_with(expected)) return false;
        text_.remove_prefix(expected.size());
        return true;
    }

    /// What stands between quotes; the caller refuses what is not plain.
    bool string(std::string_view& to) {
        if (!take("\"")) return false;
        to = text_.substr(0, text_.find('"'));
        text_.remove_prefix(to.size());
        return take("\"");
    }

    bool origin(std::string& to) {
        std::string_view text;
        if (!string(text)) return false;
        to = text;
        return std::ranges::all_of(text, [](char c) { return ' ' <= c && c <= '~' && c != '\\'; });
    }

    /// Fifteen digits at most: JCS writes so many plainly, and larger ones are for others to judge.
    bool number(std::int64_t& to, fields::Range range = fields::kUint) {
        constexpr std::size_t kDigitsMax = 15;
        std::size_t size = 0;
        to = 0;
        for (; size < text_.size() && '0' <= text_[size] && text_[size] <= '9'; ++size) {
            if (size == kDigitsMax) return false;
            to = to * 10 + (text_[size] - '0');
        }
        if (size == 0 || (size > 1 && text_.front() == '0')) return false;
        text_.remove_prefix(size);
        return range.min <= to && to <= range.max;
    }

    bool index(std::uint64_t& to) {
        std::int64_t value = 0;
        if (!number(value)) return false;
        to = static_cast<std::uint64_t>(value);
        return true;
    }

    bool bytes(Bytes& to) {
        std::string_view text;
        if (!string(text)) return false;
        auto decoded = codec::decode_base64url(text);
        if (!decoded) return false;
        to = *std::move(decoded);
        return true;
    }

    template <class Tagged>
    bool tagged(Tagged& to) {
        Bytes read;
        if (!bytes(read)) return false;
        const auto value = Tagged::from(read);
        if (value) to = *value;
        return value.has_value();
    }

    bool hashes(Hashes& to) {
        constexpr std::size_t kSize = merkle::MerkleHash::kSize;
        Bytes read;
        if (!bytes(read) || read.size() % kSize != 0) return false;
        to.resize(read.size() / kSize);
        for (std::size_t i = 0; i < to.size(); ++i) {
            to[i] = *merkle::MerkleHash::from(ByteView{read}.subspan(i * kSize, kSize));
        }
        return true;
    }

    bool proven(ProvenEntry& to) {
        return take("{\"entry\":") && bytes(to.entry) && take(",\"index\":") &&
               index(to.index.value) && take(",\"path\":") && hashes(to.path) && take("}");
    }

    bool optional_proven(std::string_view before, std::string_view behind,
                         std::optional<ProvenEntry>& to) {
        if (!take(before)) return true;  // is not there
        to.emplace();
        return proven(*to) && take(behind);
    }

    bool cosignature(Cosignature& to) {
        std::int64_t state = 0;
        const bool read = take("[") && number(state, fields::kMemberRange) && take(",") &&
                          number(to.time.seconds, {0, kInstantMax.seconds}) && take(",") &&
                          bytes(to.signature) && take("]");
        to.state = {static_cast<std::uint32_t>(state)};
        return read;
    }

    bool checkpoint(Evidence& to) {
        if (!take("{\"cosignatures\":[")) return false;
        do {
            if (!cosignature(to.cosignatures.emplace_back())) return false;
        } while (take(","));
        return take("],\"root\":") && tagged(to.root) && take(",\"size\":") && index(to.size) &&
               take("}");
    }

    bool map_proof(merkle::MapProof& to) {
        Bytes read;
        if (!bytes(read)) return false;
        auto proof = merkle::decode_map_proof(read);
        if (!proof) return false;
        to = *std::move(proof);
        return true;
    }

    bool record(std::vector<RecordClaim>& to) {
        Bytes key_bytes;
        if (!take("[") || !bytes(key_bytes) || !take(",")) return false;
        auto key = MapKey::decode(key_bytes);
        if (!key) return false;
        RecordClaim& claim = to.emplace_back(*std::move(key), std::nullopt);
        if (!take("null") && !bytes(claim.record.emplace())) return false;
        return take("]");
    }

    bool records(std::vector<RecordClaim>& to) {
        if (!take("[")) return false;
        do {
            if (!record(to)) return false;
        } while (take(","));
        return take("]");
    }

    bool secret(Evidence& to) { return tagged(to.opening.emplace<CertificateSecret>()); }

    std::string_view text_;
};

}  // namespace

std::optional<Evidence> read_canonical_evidence(std::string_view text) {
    std::optional<Evidence> evidence{std::in_place};
    if (!Reader{text}.evidence(*evidence)) evidence.reset();
    return evidence;
}

}  // namespace tasdiq::wire
