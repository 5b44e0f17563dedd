#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/vc_api.hpp"

// Internal to credential: what the VC API's answers rest on.
namespace tasdiq::credential {

inline constexpr std::string_view kSecurityProblems = "https://w3id.org/security#";

/// Why, as problem details say it.
struct VcProblem {
    VcApiError error;
    std::string type;
    std::string detail;
};
using Accepted = Result<Ok, VcProblem>;

inline std::unexpected<VcProblem> vc_problem(VcApiError error, std::string type,
                                             std::string detail) {
    return std::unexpected{VcProblem{error, std::move(type), std::move(detail)}};
}

/// `options` of a request.
struct VcOptions {
    bool checks_proof = true;
    bool checks_status = false;
    std::optional<std::string> purpose;  // of the outermost proof, in place of the usual one
    std::optional<std::string> challenge;
    std::optional<std::vector<std::string>> domain;
    // Of ecdsa-sd-2023.
    std::optional<std::vector<std::string>> mandatory_pointers;
    std::vector<std::string> selective_pointers;
};

/// What a good answer warns of.
struct Warnings {
    codec::Json list = codec::Json::array();
    void add(std::string_view title, std::string_view detail) {
        list.push(codec::Json::object().set("title", title).set("detail", detail));
    }
};

[[nodiscard]] Accepted accept_model(const Result<Ok, CredentialFault>& checked,
                                    const std::string& pointer);
/// All of the document has a meaning. Spec: VC-DATA-MODEL B.1.
[[nodiscard]] Accepted accept_linked(codec::Json document, VcApiWorld& world);
/// A status list's credential holds by itself: model of version 2.0, meaning, proofs by its issuer,
/// validity. Spec: VC-BITSTRING-STATUS-LIST §2.2, §3.2 step 4.
[[nodiscard]] Accepted accept_list(const codec::Json& list, VcApiWorld& world);
/// A credential with its proofs, or in an envelope: everything but who may issue it.
[[nodiscard]] Accepted accept_credential(const codec::Json& credential, const VcOptions& options,
                                         VcApiWorld& world, Warnings& warnings);
/// A presentation and what is in it.
[[nodiscard]] Accepted accept_presentation(const codec::Json& presentation,
                                           const VcOptions& options, VcApiWorld& world,
                                           Warnings& warnings);

}  // namespace tasdiq::credential
