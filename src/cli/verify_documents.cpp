#include "cli/verify_documents.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/exit_code.hpp"
#include "codec/jcs.hpp"
#include "wire/evidence.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::size_t kDocumentSizeMax = 1U << 20;
/// A node that cannot be reached makes each document of a folder wait for it, but for so many.
constexpr std::size_t kNodeFailuresMax = 3;

bool is_evidence_name(const std::string& name) { return name.ends_with("evidence.json"); }

void add_documents_below(const std::filesystem::path& folder, std::vector<Document>& found) {
    std::error_code error;
    std::filesystem::directory_iterator entry{folder, error};
    for (; !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
        std::error_code ignored;  // what is neither folder nor file has no name that counts
        if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
            add_documents_below(entry->path(), found);
        } else if (entry->path().filename() == "credential.json") {
            found.push_back(document_of(entry->path().string(), Source::kFound));
        }
    }
    if (error) found.push_back({folder.string(), folder.string(), {}, Source::kFound});
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

/// Whether a node's evidence is of the certificate that the evidence at hand is of. If that one has
/// suffered, the document decides: it is opened by none but its own.
bool is_of_same(const wire::Evidence& at_hand, const wire::Evidence& fresh,
                const verify::Verdict& by_fresh) {
    const bool opens =
        by_fresh.result_of(verify::Check::kContent).outcome == verify::Outcome::kPassed;
    return fresh.certificate.index == at_hand.certificate.index &&
           (fresh.certificate.entry == at_hand.certificate.entry || opens);
}

/// Whether `evidence` is proven, and of a later checkpoint than `other`, which is proven, too.
bool is_newer(const wire::Evidence& evidence, const verify::Verdict& verdict,
              const wire::Evidence& other, const verify::Verdict& other_verdict) {
    const auto& mine = verdict.subject.as_of;
    const auto& its = other_verdict.subject.as_of;
    return mine && its && std::pair{evidence.size, *mine} > std::pair{other.size, *its};
}

}  // namespace

Document document_of(const std::string& path, Source source) {
    const std::filesystem::path file{path};
    if (is_evidence_name(file.filename().string())) return {path, {}, path, source};
    return {path, path, (file.parent_path() / "evidence.json").string(), source};
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
        TRY(content.credential,
            read_file(document.credential_path, kDocumentSizeMax, document.source));
        // An empty file is not "no document".
        if (content.credential.empty()) content.credential.push_back(' ');
    }
    if (exists(document.evidence_path)) {
        const bool is_it = document.evidence_path == document.path;
        TRY(content.evidence, read_file(document.evidence_path, wire::kEvidenceSizeMax,
                                        is_it ? document.source : Source::kFound));
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

Result<Bytes, NodeFault> Renewal::fetch(wire::LogIndex index, ByteView evidence) {
    if (failures_ >= kNodeFailuresMax) {
        return std::unexpected{NodeFault{
            kExitUnavailable, "the node failed several times and was not asked any more"}};
    }
    auto fresh = node_.get_json("/api/v1/evidence/" + std::to_string(index.value));
    const bool has_failed = !fresh && fresh.error().exit_code != kExitRefused;
    failures_ = has_failed ? failures_ + 1 : 0;
    if (!fresh) return std::unexpected{std::move(fresh).error()};
    return renewed(evidence, *std::move(fresh));
}

Judged Renewal::judge(const Document& document) {
    auto content = read_content(document);
    if (!content) return {{}, {}, content.error()};
    const auto old = wire::parse_evidence(content->evidence);
    const Bytes evidence = content->evidence;
    auto at_hand = judge_content(verifier_, *std::move(content), time_);
    // What is no evidence has no number to ask for, and is judged as what it is.
    if (!old) return at_hand;
    const auto unless_refused = [&](std::string fault) {
        const bool is_refused = at_hand.verdict.answer() == verify::Answer::kNotAuthentic;
        return is_refused ? std::move(at_hand) : Judged{{}, {}, std::move(fault)};
    };
    auto fetched = fetch(old->certificate.index, evidence);
    if (!fetched) return unless_refused(std::move(fetched).error().message);
    const auto fresh = wire::parse_evidence(*fetched);
    auto verdict = verifier_.verify(at_hand.credential, *fetched, time_);
    if (!fresh) return unless_refused("the node's answer is no evidence");
    if (!is_of_same(*old, *fresh, verdict)) {
        return unless_refused("the node answered for another certificate");
    }
    if (is_newer(*old, at_hand.verdict, *fresh, verdict)) return at_hand;
    // What proves nothing takes nothing back.
    if (verdict.answer() == verify::Answer::kCouldNotCheck &&
        at_hand.verdict.answer() == verify::Answer::kNotAuthentic) {
        return at_hand;
    }
    return {std::move(verdict), std::move(at_hand.credential), {}};
}

}  // namespace tasdiq::cli
