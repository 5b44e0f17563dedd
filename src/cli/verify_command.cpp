#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <span>

#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/ledger_name.hpp"
#include "cli/node_client.hpp"
#include "cli/parallel.hpp"
#include "cli/progress.hpp"
#include "cli/signing.hpp"
#include "cli/verdict_text.hpp"
#include "cli/verify_documents.hpp"
#include "codec/jcs.hpp"
#include "prose/printable.hpp"
#include "prose/verdict_sentences.hpp"
#include "verify/acts_at_hand.hpp"
#include "verify/verdict_json.hpp"
#include "verify/verifier.hpp"

namespace tasdiq::cli {
namespace {

constexpr Option kVerifyOptions[] = {
    {"trust-root", "FILE",
     "the ledger to believe: trust-root.json (default: the one installed here)"},
    {"node", "URL", "first renew the evidence that lies there from this node"},
    {"lang", "ar|fr|en", "language of the answer (default: that of the terminal)"},
    {"accept-test-ledger", "", "exit 0 for what is genuine on a test ledger"},
    {"json", "", "one JSON object a document, for programs"},
    {"summary", "", "only count the answers"},
};

int exit_code_of(const std::vector<Judged>& all, bool accept_test) {
    bool refused = false;
    bool unchecked = false;
    bool test_only = false;
    for (const Judged& one : all) {
        const auto answer =
            one.fault.empty() ? one.verdict.answer() : verify::Answer::kCouldNotCheck;
        refused = refused || answer == verify::Answer::kNotAuthentic;
        unchecked = unchecked || answer == verify::Answer::kCouldNotCheck;
        test_only = test_only || answer == verify::Answer::kTestLedgerOnly;
    }
    if (refused) return kExitRefused;
    if (unchecked) return kExitUnavailable;
    return test_only && !accept_test ? kExitTestLedgerOnly : kExitOk;
}

/// The acts about a document, each with the names on it if they are another person's.
codec::Json acts_json(const std::vector<const verify::ActAtHand*>& about, ByteView credential) {
    codec::Json list = codec::Json::array();
    for (const verify::ActAtHand* act : about) {
        codec::Json json = to_json(*act);
        if (prose::names_another(*act, credential)) {
            codec::Json names = codec::Json::array();
            for (const certificate::ScriptText& name : act->holder) names.push(name.text);
            json.set("otherHolder", std::move(names));
        }
        list.push(std::move(json));
    }
    return list;
}

void print_json(const Document& document, const Judged& judged, const verify::ActsAtHand& acts) {
    codec::Json json = judged.fault.empty() ? verify::to_json(judged.verdict)
                                            : codec::Json::object()
                                                  .set("headline", "could-not-check")
                                                  .set("answer", "could-not-check")
                                                  .set("checks", codec::Json::array())
                                                  .set("fault", prose::to_utf8(judged.fault));
    const auto about =
        judged.fault.empty() ? acts.about(judged.verdict) : std::vector<const verify::ActAtHand*>{};
    if (!about.empty()) json.set("acts", acts_json(about, judged.credential));
    json.set("path", prose::to_utf8(document.path));
    std::printf("%s\n", codec::to_jcs(json).c_str());
}

void print_summary(const std::vector<Judged>& all, text::Language language) {
    std::map<std::pair<verify::Headline, bool>, std::size_t> counts;
    for (const Judged& one : all) {
        // A file that could not be read has an empty verdict: "could not check".
        const bool is_good = one.verdict.headline > verify::Headline::kCouldNotCheck;
        ++counts[{one.verdict.headline, is_good && one.verdict.test_ledger}];
    }
    for (const auto& [answer, count] : counts) {
        std::printf("%8zu  %s\n", count,
                    prose::headline_sentence(answer.first, answer.second, language).c_str());
    }
}

std::vector<Document> documents_of(std::span<const std::string> paths) {
    std::vector<Document> documents;
    for (const std::string& path : paths) {
        std::error_code error;
        if (std::filesystem::is_directory(path, error)) {
            std::ranges::move(documents_below(path), std::back_inserter(documents));
        } else {
            documents.push_back(document_of(path));
        }
    }
    return paired(std::move(documents));
}

/// Why some were not judged, which counts alone do not say.
void print_first_fault(const std::vector<Document>& documents, const std::vector<Judged>& all) {
    const auto first =
        std::ranges::find_if(all, [](const Judged& one) { return !one.fault.empty(); });
    if (first == all.end()) return;
    const auto& path = documents[static_cast<std::size_t>(first - all.begin())].path;
    std::fprintf(stderr, "%s: %s\n", prose::printable(path).c_str(),
                 prose::printable(first->fault).c_str());
}

int run_verify(const Arguments& arguments) {
    if (arguments.positionals().empty()) return usage_error("verify needs a file or a folder");
    const auto language = chosen_language(arguments);
    if (!language) return usage_error("--lang takes ar, fr or en");

    const std::string root_path = arguments.get("trust-root", kInstalledTrustRoot);
    const auto root_file = read_file(root_path, wire::kTrustRootSizeMax);
    if (!root_file) {
        return fail(arguments.has("trust-root") ? kExitIo : kExitUnavailable,
                    root_file.error() + "\nName the ledger to believe with --trust-root FILE.");
    }
    const auto root = wire::parse_trust_root(*root_file);
    if (!root) {
        return fail(kExitUnavailable, root_path + ": is no trust root (" +
                                          std::string{root.error().field} + ": " +
                                          std::string{wire::to_string(root.error().error)} + ")");
    }
    // A file named on the command line is never believed to be the production ledger.
    const auto belief =
        arguments.has("trust-root") ? verify::Belief::kFileOnly : verify::Belief::kInstalled;

    const std::vector<Document> documents = documents_of(arguments.positionals());
    if (documents.empty()) {
        return fail(kExitUnavailable,
                    "no credential.json below " + arguments.positionals().front());
    }

    std::optional<NodeClient> node;
    if (const auto url = arguments.find("node")) {
        auto client = NodeClient::open(*url);
        if (!client) return fail(client.error().exit_code, client.error().message);
        node = *std::move(client);
    }

    const Instant time = now();
    std::vector<Judged> judged(documents.size());
    Progress progress{"Verifying", documents.size()};
    if (node) {
        verify::Verifier verifier{*root, belief};
        Renewal renewal{verifier, *node, time};
        for (std::size_t i = 0; i < documents.size(); ++i) {
            judged[i] = renewal.judge(documents[i]);
            progress.step();
        }
    } else {
        parallel_for(documents.size(), [&](std::size_t i) {
            // One verifier a thread: it remembers the checkpoint that it has verified.
            thread_local std::optional<verify::Verifier> verifier;
            if (!verifier) verifier.emplace(*root, belief);
            judged[i] = judge(*verifier, documents[i], time);
            progress.step();
        });
    }

    verify::ActsAtHand acts{root->origin};
    for (const Judged& one : judged) {
        if (one.fault.empty()) acts.add(one.verdict, one.credential);
    }
    for (std::size_t i = 0; i < documents.size(); ++i) {
        if (arguments.has("json")) {
            print_json(documents[i], judged[i], acts);
        } else if (!arguments.has("summary")) {
            const std::string text = judged[i].fault.empty()
                                         ? verdict_text(judged[i].verdict, judged[i].credential,
                                                        *language, acts.about(judged[i].verdict))
                                         : text::format("headline.could-not-check", *language) +
                                               "\n  " + prose::printable(judged[i].fault) + "\n";
            std::printf("%s%s\n%s", i == 0 ? "" : "\n", prose::printable(documents[i].path).c_str(),
                        text.c_str());
        }
    }
    if (!arguments.has("json") && (documents.size() > 1 || arguments.has("summary"))) {
        if (!arguments.has("summary")) std::printf("\n");
        print_summary(judged, *language);
        if (arguments.has("summary")) print_first_fault(documents, judged);
    }
    return exit_code_of(judged, arguments.has("accept-test-ledger"));
}

constexpr Command kCommands[] = {
    {"verify", "PATH… --trust-root FILE [--node URL] [--json]", "check certificates, offline",
     "Checks credentials and their evidence (evidence.json beside a credential.json) and says, in "
     "a\n"
     "sentence, whether each is authentic, with everything that was and was not checked. Folders "
     "are\n"
     "walked; equivalencies and attestations among them are listed under the certificates that "
     "they are about.\n"
     "Nothing is fetched unless --node says where from.\n"
     "\n"
     "  tasdiq verify diploma/credential.json --trust-root trust-root.json\n"
     "  tasdiq verify applicants/ --trust-root trust-root.json --summary\n"
     "  tasdiq verify diploma/ --trust-root trust-root.json --node https://ledger.example --lang "
     "ar\n"
     "\n"
     "Exit codes: 0 all authentic (also \"as of\", late, provisional), 1 at least one is not,\n"
     "2 could not check, 3 genuine on a test ledger only (0 with --accept-test-ledger).",
     kVerifyOptions, run_verify},
};

}  // namespace

std::span<const Command> verify_commands() { return kCommands; }

}  // namespace tasdiq::cli
