#include "cli/related.hpp"

#include <algorithm>

#include "cli/command.hpp"
#include "cli/ledger_reader.hpp"
#include "cli/progress.hpp"
#include "intake/cells.hpp"
#include "text/folding.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using intake::takes_date;
using intake::takes_terms;
using wire::CertificateType;
using wire::RelationCode;

/// The codes of an enumeration from its first on whose words a command takes.
template <class T>
std::vector<T> codes_to(T last) {
    std::vector<T> codes;
    for (auto code = std::uint8_t{1}; code <= std::to_underlying(last); ++code) {
        codes.push_back(static_cast<T>(code));
    }
    return codes;
}

/// Those that institutions issue.
std::vector<CertificateType> issued_types() {
    auto types = codes_to(CertificateType::kAttestation);
    std::erase_if(types, certificate::is_authoritys);
    return types;
}

/// The value of the option `name`, one of `known`; nothing if it is not there.
template <class T>
Result<std::optional<T>, std::string> parse_word(const Arguments& arguments, std::string_view name,
                                                 const std::vector<T>& known,
                                                 std::string_view (*to_word)(T)) {
    const auto word = arguments.find(name);
    if (!word) return std::optional<T>{};
    const auto found = std::ranges::find(known, *word, to_word);
    if (found != known.end()) return *found;
    std::string words;
    for (const T one : known) words += (words.empty() ? "" : ", ") + std::string{to_word(one)};
    return std::unexpected{"--" + std::string{name} + " takes " + words + ", not " + *word};
}

/// What does not go together; empty if nothing.
std::string clash_of(const Arguments& arguments, const BatchKind& kind) {
    const std::string relation =
        kind.relation ? "--relation " + std::string{wire::to_word(*kind.relation)} : "";
    if (!kind.relation) {
        if (arguments.has("of")) return "--of needs --relation";
    } else if (!arguments.has("node")) {
        return relation + " needs --node URL, for the earlier certificates";
    } else if (!arguments.all("cohort").empty()) {
        return relation + " goes with no --cohort: only awards stand on seats";
    } else if (takes_terms(*kind.relation) && kind.capture) {
        return relation + " goes with no --capture: it is that of the earlier certificate";
    } else if (!takes_terms(*kind.relation) && !(kind.type && intake::lists_courses(*kind.type))) {
        return relation +
               " is for transcripts and supplements: say --type transcript or --type supplement";
    } else if (*kind.relation == RelationCode::kFinalises &&
               kind.type == CertificateType::kProvisional) {
        return relation + " makes no provisional certificate, it makes a parchment of one";
    }
    const bool takes_type = kind.relation && takes_date(*kind.relation);
    const auto type = kind.type || takes_type ? kind.type : CertificateType::kDegree;
    if (arguments.has("courses") && type && !intake::lists_courses(*type)) {
        return "--courses is for transcripts and supplements (--type transcript)";
    }
    const bool is_note = kind.relation == RelationCode::kAnnotates;
    if (type == CertificateType::kTranscript && !is_note && !arguments.has("courses")) {
        return "a transcript lists courses: --courses FILE has them";
    }
    return {};
}

/// What the rows name, by line; nothing of rows whose cell is no number.
Result<std::map<std::uint32_t, wire::LogIndex>, int> numbers_of(const Arguments& arguments,
                                                                const intake::CsvTable& table,
                                                                const intake::ColumnMap& columns) {
    std::map<std::uint32_t, wire::LogIndex> numbers;
    const auto of = arguments.all("of");
    const auto place = columns.place_of(intake::Column::kCertificate);
    if (place && !of.empty()) {
        return std::unexpected{
            usage_error("--of and the column " + table.header.cells[*place] + " both say which")};
    }
    if (place) {
        for (const intake::CsvRow& row : table.rows) {
            if (*place >= row.cells.size()) continue;
            const auto number = intake::read_index(text::tidy_spaces(row.cells[*place]));
            if (number) numbers.emplace(row.line, wire::LogIndex{*number});
        }
        return numbers;
    }
    if (!of.empty() && of.size() != table.rows.size()) {
        return std::unexpected{fail(kExitRefused, "the file has " +
                                                      std::to_string(table.rows.size()) +
                                                      " rows; give --of once for each")};
    }
    for (std::size_t i = 0; i < of.size(); ++i) {
        const auto number = parse_count(of[i], wire::kLogIndexMax);
        if (!number) {
            return std::unexpected{usage_error("--of takes the number of a certificate")};
        }
        numbers.emplace(table.rows[i].line, wire::LogIndex{*number});
    }
    return numbers;
}

}  // namespace

Result<BatchKind, std::string> parse_batch_kind(const Arguments& arguments) {
    BatchKind kind;
    TRY(kind.type, parse_word(arguments, "type", issued_types(), &certificate::to_word));
    TRY(kind.relation,
        parse_word(arguments, "relation", codes_to(RelationCode::kRestores), &wire::to_word));
    TRY(kind.capture,
        parse_word<wire::Capture>(arguments, "capture",
                                  {wire::Capture::kRegister, wire::Capture::kReconstructed},
                                  &certificate::to_word));
    std::string clash = clash_of(arguments, kind);
    if (!clash.empty()) return std::unexpected{std::move(clash)};
    return kind;
}

Result<intake::Relations, int> fetch_relations(const Arguments& arguments,
                                               const intake::CsvTable& table,
                                               const intake::ColumnMap& columns,
                                               const Parties& parties, RelationCode code) {
    TRY(const auto numbers, numbers_of(arguments, table, columns));
    intake::Relations relations{code, parties.awarding(), {}};
    const auto failed = [](const NodeFault& fault) {
        return std::unexpected{fail(fault.exit_code, fault.message)};
    };
    if (numbers.empty()) return relations;
    auto files = LogFiles::of_node(arguments.get("node", ""), std::nullopt);
    if (!files) return failed(files.error());
    LedgerReader reader{*files};
    // One bundle of entries after the other.
    std::map<wire::LogIndex, std::optional<wire::Terms>> terms;
    for (const auto& [line, number] : numbers) terms.emplace(number, std::nullopt);
    Progress progress{"Fetching earlier certificates", terms.size()};
    for (auto& [number, found] : terms) {
        auto certificate = reader.find_certificate(number);
        if (!certificate) return failed(certificate.error());
        if (*certificate) found = std::move((*certificate)->terms);
        progress.step();
    }
    for (const auto& [line, number] : numbers) {
        relations.earlier.emplace(line, intake::Earlier{number, terms.at(number)});
    }
    return relations;
}

}  // namespace tasdiq::cli
