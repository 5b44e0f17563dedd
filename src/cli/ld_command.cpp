#include <cstdio>
#include <set>

#include "cli/command.hpp"
#include "cli/document_files.hpp"
#include "cli/files.hpp"
#include "codec/jcs.hpp"
#include "linked/canonize.hpp"
#include "linked/expand.hpp"
#include "linked/nquads.hpp"
#include "linked/to_rdf.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;
using linked::LdOptions;

constexpr Option kLdOptions[] = {
    {"base", "IRI", "what relative IRIs are relative to (default: nothing)"},
    {"map", "URL-PREFIX=DIR", "read contexts whose URL begins so from a folder; may be repeated"},
    {"processing-mode", "MODE", "json-ld-1.1 (default) or json-ld-1.0"},
    {"rdf-direction", "D", "what becomes of base directions: i18n-datatype or compound-literal"},
    {"expand-context", "FILE", "a context for the document from outside"},
    {"ordered", "", "take members in the order of their names"},
    {"use-native-types", "", "accepted for the sake of scripts: it concerns the way back from RDF"},
    {"safe", "", "refuse what the standard would leave out"},
};

constexpr Option kCanonizeOptions[] = {
    {"hash", "ALGORITHM", "sha256 (default) or sha384"},
    {"issued-ids", "", "print the new name of each blank node instead, as JSON"},
};

/// What both commands are asked for. What `options` points to lives here.
struct LdRequest {
    Json document;
    Json outside_context;
    std::string base;
    LdOptions options;
    FolderLoader loader;
};

/// Fills `request`; an exit code, if that is all there is to do.
std::optional<int> read_request(const Arguments& arguments, LdRequest& request) {
    LdOptions& options = request.options;
    options.limits.depth_max = kDocumentLimits.depth_max;
    request.base = arguments.get("base", "");
    options.base = request.base;
    const std::string mode = arguments.get("processing-mode", "json-ld-1.1");
    if (mode == "json-ld-1.0") options.processing_mode = linked::ProcessingMode::kJsonLd10;
    if (mode != "json-ld-1.0" && mode != "json-ld-1.1") {
        return usage_error("--processing-mode is json-ld-1.1 or json-ld-1.0");
    }
    const std::string direction = arguments.get("rdf-direction", "");
    if (direction == "i18n-datatype") options.rdf_direction = linked::RdfDirection::kI18nDatatype;
    if (direction == "compound-literal") {
        options.rdf_direction = linked::RdfDirection::kCompoundLiteral;
    }
    if (!direction.empty() && options.rdf_direction == linked::RdfDirection::kNone) {
        return usage_error("--rdf-direction is i18n-datatype or compound-literal");
    }
    if (arguments.has("ordered")) options.member_order = linked::MemberOrder::kSorted;
    if (arguments.has("safe")) options.strictness = linked::Strictness::kSafe;
    for (const std::string& mapping : arguments.all("map")) {
        if (!request.loader.add(mapping)) return usage_error("--map is URL-PREFIX=DIR");
    }
    if (arguments.positionals().size() != 1) return usage_error("give one FILE");
    if (const auto path = arguments.find("expand-context")) {
        auto context = read_json_file(*path);
        if (!context) return refuse(kNotLoaded, context.error());
        request.outside_context = *std::move(context);
        options.expand_context = &request.outside_context;
    }
    auto document = read_json_file(arguments.positionals().front());
    if (!document) return refuse(kNotLoaded, document.error());
    request.document = *std::move(document);
    return std::nullopt;
}

int refuse_fault(const linked::LdFault& fault) { return refuse(to_string(fault.error), fault.at); }

int run_expand(const Arguments& arguments) {
    LdRequest request;
    if (const auto exit_code = read_request(arguments, request)) return *exit_code;
    linked::ContextCache cache{request.loader};
    const auto expanded = linked::expand(request.document, request.options, cache);
    if (!expanded) return refuse_fault(expanded.error());
    std::printf("%s\n", codec::to_jcs(*expanded).c_str());
    return kExitOk;
}

int run_to_rdf(const Arguments& arguments) {
    LdRequest request;
    if (const auto exit_code = read_request(arguments, request)) return *exit_code;
    linked::ContextCache cache{request.loader};
    linked::Arena arena;
    linked::Dataset dataset;
    const auto done = linked::to_rdf(request.document, request.options, cache, arena, dataset);
    if (!done) return refuse_fault(done.error());
    std::set<std::string> written;  // a dataset is a set
    for (const linked::Quad& quad : dataset.quads()) {
        std::string line;
        linked::append_nquad(line, quad);
        if (written.insert(line).second) std::fwrite(line.data(), 1, line.size(), stdout);
    }
    return kExitOk;
}

int run_canonize(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) return usage_error("give one FILE");
    linked::CanonizeOptions options;
    const std::string hash = arguments.get("hash", "sha256");
    if (hash == "sha384") options.hash = linked::HashAlgorithm::kSha384;
    if (hash != "sha256" && hash != "sha384") return usage_error("--hash is sha256 or sha384");
    const std::string& path = arguments.positionals().front();
    const auto content = read_file(path, kDocumentSizeMax);
    if (!content) return refuse(kNotLoaded, content.error());
    const auto dataset = linked::parse_nquads(as_text(*content));
    if (!dataset) {
        return refuse(to_string(dataset.error().error),
                      path + ", line " + std::to_string(dataset.error().line));
    }
    const auto form = linked::canonize(*dataset, options);
    if (!form) return refuse(to_string(form.error()), path);
    if (!arguments.has("issued-ids")) {
        std::fwrite(form->text.data(), 1, form->text.size(), stdout);
        return kExitOk;
    }
    Json names = Json::object();
    for (std::size_t i = 0; i < form->number_of.size(); ++i) {
        if (form->number_of[i] == linked::CanonicalForm::kUnused) continue;
        names.set(dataset->blank_labels()[i], linked::canonical_label(form->number_of[i]));
    }
    std::printf("%s\n", codec::to_jcs(names).c_str());
    return kExitOk;
}

int run_jcs(const Arguments& arguments) {
    if (arguments.positionals().size() != 1) return usage_error("give one FILE");
    const auto json = read_json_file(arguments.positionals().front());
    if (!json) return refuse(kNotLoaded, json.error());
    const std::string text = codec::to_jcs(*json);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kExitOk;
}

constexpr Command kCommands[] = {
    {"ld expand", "[--base IRI] [--map URL-PREFIX=DIR]… [--safe] FILE", "expand a JSON-LD document",
     "Writes every term of a JSON-LD 1.1 document out as an IRI, as JSON. Contexts of credentials "
     "are built in;\n"
     "others are read from folders that --map names. Nothing is fetched.\n"
     "\n"
     "  tasdiq ld expand credential.json\n"
     "  tasdiq ld expand --map https://example.org/contexts/=contexts badge.json\n"
     "\n"
     "Exit codes: 0 done, 1 refused: the standard's error code on stdout.",
     kLdOptions, run_expand},
    {"ld to-rdf", "[--base IRI] [--map URL-PREFIX=DIR]… [--safe] FILE",
     "turn a JSON-LD document into N-Quads",
     "Says a JSON-LD 1.1 document as RDF: N-Quads, in no particular order.\n"
     "\n"
     "  tasdiq ld to-rdf --safe credential.json\n"
     "  tasdiq ld to-rdf --rdf-direction i18n-datatype credential.json\n"
     "\n"
     "Exit codes: 0 done, 1 refused: the standard's error code on stdout.",
     kLdOptions, run_to_rdf},
    {"ld canonize", "[--hash sha384] [--issued-ids] FILE", "bring N-Quads into canonical form",
     "Names the blank nodes of an N-Quads document by RDFC-1.0 and sorts its lines: what the "
     "proofs "
     "of the\n"
     "-rdfc- suites sign.\n"
     "\n"
     "  tasdiq ld canonize credential.nq\n"
     "\n"
     "Exit codes: 0 done, 1 refused: why on stdout.",
     kCanonizeOptions, run_canonize},
    {"jcs",
     "FILE",
     "bring JSON into canonical form",
     "Writes JSON as RFC 8785 (JCS) has it, without a newline at the end: what the proofs of the "
     "-jcs- suites\n"
     "sign.\n"
     "\n"
     "  tasdiq jcs credential.json | sha256sum\n"
     "\n"
     "Exit codes: 0 done, 1 refused.",
     {},
     run_jcs},
};

}  // namespace

std::span<const Command> ld_commands() { return kCommands; }

}  // namespace tasdiq::cli
