// Every document gets an answer, as a credential and as a presentation, and none is accepted that
// the checks of the data model refuse. What they find wrong stands in the document, or would.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "codec/jcs.hpp"
#include "credential/check.hpp"
#include "credential/vc_api.hpp"
#include "linked/bundled_contexts.hpp"

namespace {

using namespace tasdiq;
using codec::Json;
using credential::VcAnswer;

constexpr Instant kNow{1'796'000'000};

class NoDocuments final : public credential::DocumentSource {
  public:
    const Json* document(std::string_view /*url*/) override { return nullptr; }
};

void check_fault(const Json& document, const credential::CredentialFault& fault) {
    ENSURE(!to_string(fault.error).empty() && !problem_type(fault.error).empty());
    ENSURE(fault.pointer.empty() || fault.pointer.front() == '/');
    const std::size_t last = fault.pointer.rfind('/');
    if (last == std::string::npos) return;
    ENSURE(codec::resolve_pointer(document, fault.pointer.substr(0, last)) != nullptr);
}

void check_answer(const VcAnswer& answer, bool is_sound) {
    ENSURE(answer.status == 200 || answer.status == 400 || answer.status == 422);
    ENSURE(answer.body.is_object());
    ENSURE(answer.status != 200 || is_sound);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = as_text(ByteView{data, size});
    NoDocuments documents;
    static linked::BundledContexts contexts;
    credential::VcApiWorld world{documents, contexts.cache(), kNow};
    check_answer(answer_verify_credential(text, world), true);
    check_answer(answer_verify_presentation(text, world), true);

    const auto document = codec::parse_json(text, {.size_bytes_max = 32'768});
    if (!document) return 0;
    const auto as_credential = credential::check_credential(*document);
    const auto as_presentation = credential::check_presentation(*document);
    if (!as_credential) check_fault(*document, as_credential.error());
    if (!as_presentation) check_fault(*document, as_presentation.error());
    const std::string jcs = codec::to_jcs(*document);
    const bool is_envelope = jcs.contains("Enveloped");  // checked where it is opened
    check_answer(answer_verify_credential(R"({"verifiableCredential":)" + jcs + "}", world),
                 as_credential.has_value() || is_envelope);
    // Without a proof of its own, so that what is in it is looked at.
    check_answer(answer_verify_presentation(
                     R"({"options":{"checks":[]},"verifiablePresentation":)" + jcs + "}", world),
                 as_presentation.has_value() || is_envelope);
    return 0;
}
