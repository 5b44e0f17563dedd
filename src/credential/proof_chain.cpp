#include "credential/proof_chain.hpp"

#include <algorithm>

#include "credential/json_checks.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

bool is_of_known_suite(const Json& proof) {
    const std::string* const type = proof.find_string("type");
    const std::string* const suite = proof.find_string("cryptosuite");
    if (type == nullptr) return false;
    const auto name = suite_name_of(*type, suite);
    return name && is_suite(*name);
}

}  // namespace

Result<std::vector<std::string>, ProofError> previous_of(const Json& proof) {
    std::vector<std::string> ids;
    const Json* const previous = proof.find("previousProof");
    if (previous == nullptr) return ids;
    for (const Json& id : list_of(previous)) {
        if (!id.is_string()) return std::unexpected{ProofError::kPreviousProof};
        ids.push_back(id.as_string());
    }
    if (ids.empty()) return std::unexpected{ProofError::kPreviousProof};
    return ids;
}

Result<Ok, ProofError> cover_previous(Json& unsecured, std::span<const Json> proofs,
                                      std::span<const std::string> previous) {
    if (previous.empty()) return Ok{};
    Json covered = Json::array();
    for (const Json& proof : proofs) {
        const std::string* const id = proof.find_string("id");
        if (id == nullptr || std::ranges::find(previous, *id) == previous.end()) continue;
        if (!is_of_known_suite(proof)) return std::unexpected{ProofError::kPreviousProof};
        covered.push(proof);
    }
    for (const std::string& wanted : previous) {
        const auto count = std::ranges::count_if(covered.as_array(), [&](const Json& proof) {
            return *proof.find_string("id") == wanted;
        });
        if (count != 1) return std::unexpected{ProofError::kPreviousProof};
    }
    unsecured.set("proof", std::move(covered));
    return Ok{};
}

}  // namespace tasdiq::credential
