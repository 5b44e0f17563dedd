// The module's exports; README.md says what each is for. Lengths follow their pointers.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "codec/jcs.hpp"
#include "verify/verdict_json.hpp"
#include "verify/verifier.hpp"

namespace tasdiq::wasm {
namespace {

/// All that outlives a call. A module instance has one thread and one caller.
struct Module {
    std::optional<verify::Verifier> verifier;
    std::string answer;
};

Module& module() {
    static Module instance;
    return instance;
}

}  // namespace

extern "C" {

[[clang::export_name("tasdiq_abi_version")]] std::int32_t tasdiq_abi_version() { return 1; }

[[clang::export_name("tasdiq_alloc")]] void* tasdiq_alloc(std::size_t size) {
    return std::malloc(size);
}

[[clang::export_name("tasdiq_release")]] void tasdiq_release(void* memory) { std::free(memory); }

[[clang::export_name("tasdiq_load")]] std::int32_t tasdiq_load(const std::uint8_t* root,
                                                               std::size_t root_size,
                                                               std::int32_t installed) {
    auto parsed = wire::parse_trust_root(ByteView{root, root_size});
    if (!parsed) return 0;
    const auto belief = installed == 1 ? verify::Belief::kInstalled : verify::Belief::kFileOnly;
    module().verifier.emplace(*std::move(parsed), belief);
    return 1;
}

[[clang::export_name("tasdiq_verify")]] std::int32_t tasdiq_verify(const std::uint8_t* document,
                                                                   std::size_t document_size,
                                                                   const std::uint8_t* evidence,
                                                                   std::size_t evidence_size,
                                                                   std::int64_t now) {
    if (!module().verifier) return 0;
    const verify::Verdict verdict = module().verifier->verify(
        ByteView{document, document_size}, ByteView{evidence, evidence_size}, Instant{now});
    module().answer = codec::to_jcs(verify::to_json(verdict));
    return 1;
}

[[clang::export_name("tasdiq_answer")]] const char* tasdiq_answer() {
    return module().answer.data();
}

[[clang::export_name("tasdiq_answer_size")]] std::size_t tasdiq_answer_size() {
    return module().answer.size();
}

}  // extern "C"

}  // namespace tasdiq::wasm
