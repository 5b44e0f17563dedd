#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "cli/files.hpp"
#include "cli/node_client.hpp"
#include "verify/verifier.hpp"

// Internal to cli: the documents that `verify` is given. Each file is read once: what is printed
// is about the bytes that were judged, whatever has become of the file since.
namespace tasdiq::cli {

/// A credential and what lies beside it; with single facts the evidence alone.
struct Document {
    std::string path;
    std::string credential_path;
    std::string evidence_path;
    Source source = Source::kNamed;  // of `path`; what lies beside it is found
};

/// One file a user named, or one that was found.
[[nodiscard]] Document document_of(const std::string& path, Source source = Source::kNamed);

/// The documents of the files that a user named: evidence of one of them that was named, too, is no
/// document of its own.
[[nodiscard]] std::vector<Document> paired(std::vector<Document> documents);

/// Every credential.json below a folder, in the order of their paths. A folder that cannot be read
/// to its end is one of them: what is in it was not checked, and nobody shall think that it was.
[[nodiscard]] std::vector<Document> documents_below(const std::string& folder);

/// What was in the files of a document.
struct Content {
    Bytes credential;  // empty: single facts
    Bytes evidence;    // empty: there is none
};
/// The sentence says which file cannot be read.
[[nodiscard]] Result<Content, std::string> read_content(const Document& document);

/// A document's verdict, and the credential that it is about.
struct Judged {
    verify::Verdict verdict;
    Bytes credential;
    std::string fault;  // why it was not judged
};
[[nodiscard]] Judged judge(verify::Verifier& verifier, const Document& document, Instant time);

/// `fresh`, a node's evidence, opened by what opens `evidence`: its secret, or its single facts.
[[nodiscard]] Bytes renewed(ByteView evidence, codec::Json fresh);

/// Judges with newer evidence from a node, in memory only.
class Renewal {
  public:
    Renewal(verify::Verifier& verifier, NodeClient& node, Instant time)
        : verifier_{verifier}, node_{node}, time_{time} {}

    /// The verdict by the newer of the evidence at hand and the node's. What the evidence at hand
    /// proves against the document stands, whatever the node answers; if it proves nothing against
    /// it, a node that gives none of this certificate is a fault of the document.
    [[nodiscard]] Judged judge(const Document& document);

  private:
    [[nodiscard]] Result<Bytes, NodeFault> fetch(wire::LogIndex index, ByteView evidence);

    verify::Verifier& verifier_;
    NodeClient& node_;
    Instant time_;
    std::size_t failures_ = 0;  // of the node, one after the other
};

}  // namespace tasdiq::cli
