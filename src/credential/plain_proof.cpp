#include "credential/plain_proof.hpp"

#include "codec/text_scan.hpp"

namespace tasdiq::credential {
namespace {

bool take(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

/// `before`, and then what stands up to the next quotation mark, which is taken too.
bool take_string(std::string_view& text, std::string_view before, std::string_view& to) {
    if (!take(text, before)) return false;
    to = text.substr(0, codec::find_json_special(text, 0));
    text.remove_prefix(to.size());
    return take(text, "\"");
}

}  // namespace

std::optional<PlainProof> read_plain_proof(std::string_view text, std::string_view context_jcs) {
    PlainProof proof;
    std::string_view rest = text;
    proof.has_context = take(rest, "{\"@context\":");
    if (proof.has_context && !take(rest, context_jcs)) return std::nullopt;
    if (!take(rest, proof.has_context ? "," : "{") ||
        !take_string(rest, "\"created\":\"", proof.created) ||
        !take_string(rest, ",\"cryptosuite\":\"", proof.suite) ||
        !take_string(rest, ",\"proofPurpose\":\"", proof.purpose)) {
        return std::nullopt;
    }
    proof.before_value = text.substr(0, text.size() - rest.size());
    if (!take_string(rest, ",\"proofValue\":\"", proof.value)) return std::nullopt;
    proof.behind_value = rest;
    if (!take(rest, ",\"type\":\"DataIntegrityProof\"") ||
        !take_string(rest, ",\"verificationMethod\":\"", proof.method) || rest != "}") {
        return std::nullopt;
    }
    return proof;
}

}  // namespace tasdiq::credential
