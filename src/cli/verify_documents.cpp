#include "cli/verify_documents.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "codec/jcs.hpp"
#include "wire/evidence.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::size_t kDocumentSizeMax = 1U << 20;

bool is_evidence_name(const std::string& name) { return name.ends_with("evidence.json"); }

void add_documents_below(const std::filesystem::path& folder, std::vector<Document>& found) {
    std::error_code error;
    std::filesystem::directory_iterator entry{folder, error};
    for (; !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
        std::error_code ignored;  // what is neither folder nor file has no name that counts
        if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
            add_documents_below(entry->path(), found);
        } else if (entry->path().filename() == "credential.json") {
            found.push_back(document_of(entry->path().string()));
        }
    }
    if (error) found.push_back({folder.string(), folder.string(), {}});
}

/// Single facts are a document by themselves; evidence with a secret is half of one.
bool is_of_a_credential(ByteView evidence) {
    const auto parsed = wire::parse_evidence(evidence);
    return parsed && std::holds_alternative<wire::CertificateSecret>(parsed->opening);
}

Judged judge_content(verify::Verifier& verifier, Content content, Instant time) {
    auto verdict = verifier.verify(content.credential, content.evidence, time);
    content.credential.shrink_to_fit();  // there may be a hundred thousand of them
    return {std::move(verdict), std::move(content.credential), {}};
}

}  // namespace

Document document_of(const std::string& path) {
    const std::filesystem::path file{path};
    if (is_evidence_name(file.filename().string())) return {path, {}, path};
    return {path, path, (file.parent_path() / "evidence.json").string()};
}

std::vector<Document> paired(std::vector<Document> documents) {
    const auto place_of = [](const std::string& path) {
        return std::filesystem::path{path}.lexically_normal();
    };
    std::set<std::filesystem::path> read_with_another;
    for (const Document& one : documents) {
        if (!one.credential_path.empty()) read_with_another.insert(place_of(one.evidence_path));
    }
    std::erase_if(documents, [&](const Document& one) {
        return one.credential_path.empty() && read_with_another.contains(place_of(one.path));
    });
    return documents;
}

std::vector<Document> documents_below(const std::string& folder) {
    std::vector<Document> found;
    add_documents_below(folder, found);
    std::ranges::sort(found, {}, &Document::path);
    return found;
}

Result<Content, std::string> read_content(const Document& document) {
    Content content;
    if (!document.credential_path.empty()) {
        TRY(content.credential, read_file(document.credential_path, kDocumentSizeMax));
        // An empty file is not "no document".
        if (content.credential.empty()) content.credential.push_back(' ');
    }
    if (exists(document.evidence_path)) {
        TRY(content.evidence, read_file(document.evidence_path, wire::kEvidenceSizeMax));
    }
    if (document.credential_path.empty() && is_of_a_credential(content.evidence)) {
        return std::unexpected{
            "this is the evidence of a credential: name credential.json, or the folder with both"};
    }
    return content;
}

Judged judge(verify::Verifier& verifier, const Document& document, Instant time) {
    auto content = read_content(document);
    if (!content) return {{}, {}, content.error()};
    return judge_content(verifier, *std::move(content), time);
}

Result<Judged, NodeFault> judge_renewed(verify::Verifier& verifier, const Document& document,
                                        NodeClient& node, Instant time) {
    auto content = read_content(document);
    if (!content) return Judged{{}, {}, content.error()};
    // What is no evidence has no number to ask for, and is judged as what it is.
    if (const auto old = wire::parse_evidence(content->evidence)) {
        const auto fresh =
            node.get_json("/api/v1/evidence/" + std::to_string(old->certificate.index.value));
        if (!fresh && fresh.error().exit_code == kExitRefused) {
            return Judged{{}, {}, fresh.error().message};
        }
        if (!fresh) return std::unexpected{fresh.error()};
        content->evidence = renewed(content->evidence, *fresh);
    }
    return judge_content(verifier, *std::move(content), time);
}

Bytes renewed(ByteView evidence, codec::Json fresh) {
    const auto old = codec::parse_json(evidence, {.size_bytes_max = wire::kEvidenceSizeMax});
    if (!fresh.is_object()) return to_bytes(as_bytes(codec::to_jcs(fresh)));  // is no evidence
    for (const char* opening : {"secret", "facts"}) {
        // A node has none: what it sends is not to stand in for the holder's.
        fresh.erase(opening);
        const codec::Json* own = old ? old->find(opening) : nullptr;
        if (own != nullptr) fresh.set(opening, *own);
    }
    return to_bytes(as_bytes(codec::to_jcs(fresh)));
}

}  // namespace tasdiq::cli
