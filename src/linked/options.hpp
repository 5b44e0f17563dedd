#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tasdiq::codec {
class Json;
}

namespace tasdiq::linked {

struct Item;

/// For wasm, where only what is signed is read, members are taken as they are written and there are
/// no compound literals, whatever the options say: nothing that is signed asks for more.
#ifdef __wasm__
inline constexpr bool kHasAllOptions = false;
#else
inline constexpr bool kHasAllOptions = true;
#endif

enum class ProcessingMode : std::uint8_t { kJsonLd11, kJsonLd10 };

/// What becomes of a text's base direction in RDF.
enum class RdfDirection : std::uint8_t { kNone, kI18nDatatype, kCompoundLiteral };

/// Whether what can't be expressed is left out, as the standard says, or refused.
enum class Strictness : std::uint8_t { kStandard, kSafe };

/// Whether the members of maps are taken in the order of their code points.
enum class MemberOrder : std::uint8_t { kAsWritten, kSorted };

/// What blank nodes of a document are called in the dataset: `b0`, `b1` … all of them, or, those
/// that have an identifier, by that as it stands there, `_:x` (so that none is called like
/// another).
enum class BlankLabels : std::uint8_t { kNew, kOfDocument };

/// Is told of every object of a document that is a node, and of what becomes of it in the arena, in
/// the order in which they end.
class NodeListener {
  public:
    NodeListener() = default;
    NodeListener(const NodeListener&) = delete;
    NodeListener& operator=(const NodeListener&) = delete;
    virtual ~NodeListener() = default;
    virtual void hear(const codec::Json& source, const Item& item) = 0;
};

enum class BlankPredicates : std::uint8_t { kDropped, kKept };

/// What one document may cost; signed documents of people stay far below.
struct LdLimits {
    /// Maps and arrays inside each other, with the maps that a context adds; at most 1024.
    std::size_t depth_max = 256;
    /// Contexts that are processed because the cache does not have them.
    std::size_t contexts_max = 2048;
    /// Remote contexts inside each other.
    std::size_t remote_contexts_max = 16;
    /// Term definitions that are made or copied.
    std::size_t terms_max = std::size_t{1} << 18;
};

/// Spec: JSON-LD 1.1 API, The JsonLdOptions Type.
struct LdOptions {
    /// The base IRI, and what URLs of contexts are relative to; empty for none.
    std::string_view base;
    /// A context for the document from outside (or an object with `@context`); null for none.
    const codec::Json* expand_context = nullptr;
    /// JSON text that stands for the value of `@context` of the document, an object, in place of
    /// its own; empty for none. One that comes again costs a comparison.
    std::string_view context_text;
    ProcessingMode processing_mode = ProcessingMode::kJsonLd11;
    RdfDirection rdf_direction = RdfDirection::kNone;
    Strictness strictness = Strictness::kStandard;
    MemberOrder member_order = MemberOrder::kAsWritten;
    /// Predicates that are blank nodes ("generalized RDF").
    BlankPredicates blank_predicates = BlankPredicates::kDropped;
    BlankLabels blank_labels = BlankLabels::kNew;
    NodeListener* nodes = nullptr;  // null for nobody
    LdLimits limits;
};

}  // namespace tasdiq::linked
