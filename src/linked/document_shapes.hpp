#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "linked/dataset.hpp"

namespace tasdiq::linked {

/// Reads documents of a shape that was seen before without expanding them again: a batch of
/// diplomas differs in names and marks, and what those become does not hang on what they say.
///
/// That is the case for a string that becomes a literal as it is: value expansion looks at the
/// term's definition, never at the string (JSON-LD 1.1 API §5.3.2); so for integers, for what is
/// `@json`, and for `urn:uuid:` names, which no context shortens if it did not shorten one of them.
/// Which values those are is found by reading the document twice, the second time with other texts
/// in their places: all else must come out the same.
///
/// For one set of options and one loader of contexts. One call at a time.
class DocumentShapes {
  public:
    DocumentShapes();
    DocumentShapes(const DocumentShapes&) = delete;
    DocumentShapes& operator=(const DocumentShapes&) = delete;
    ~DocumentShapes();

    /// Reads a document in full; the dataset owns its texts. Nothing if it can't be read.
    using Read = std::function<std::optional<Dataset>(std::string_view text)>;

    /// Fills `dataset` with the quads of the document, if its shape is known. `text` is its JCS
    /// text, with whatever stands for the context in it; `context` the text of its context. The
    /// dataset's texts point into `text` and into this, until the next call of `learn`.
    [[nodiscard]] bool find(std::string_view text, std::string_view context, Dataset& dataset);

    /// Learns the shape of a document that was read in full, `quads` being what came of it. Does so
    /// only where it is likely to pay: not for the first document with a context, and not again and
    /// again where no two documents are alike.
    void learn(std::string_view text, std::string_view context, const Dataset& quads,
               const Read& read);

  private:
    struct Known;
    std::unique_ptr<Known> known_;
};

}  // namespace tasdiq::linked
