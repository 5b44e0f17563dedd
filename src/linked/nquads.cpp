#include "linked/nquads.hpp"

#include <optional>

#include "base/ascii.hpp"
#include "base/ensure.hpp"
#include "codec/utf8.hpp"
#include "linked/iri.hpp"
#include "linked/nquads_text.hpp"

namespace tasdiq::linked {
namespace {

bool is_end_of_line(char c) { return c == '\n' || c == '\r'; }

/// PN_CHARS_U, with the colon that N-Quads adds.
bool is_label_start(char32_t c) {
    if (c < 0x80) {
        const char ascii = static_cast<char>(c);
        return is_letter(ascii) || is_digit(ascii) || ascii == '_' || ascii == ':';
    }
    return (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x37D) ||
           (c >= 0x37F && c <= 0x1FFF) || c == 0x200C || c == 0x200D ||
           (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) ||
           (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) ||
           (c >= 0xFDF0 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0xEFFFF);
}

/// PN_CHARS.
bool is_label_part(char32_t c) {
    return is_label_start(c) || c == '-' || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
           c == 0x203F || c == 0x2040;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// What a letter behind a backslash stands for (ECHAR).
std::optional<char> echar_value(char letter) {
    constexpr std::string_view kLetters = "tbnrf\"'\\";
    constexpr std::string_view kValues = "\t\b\n\r\f\"'\\";
    const std::size_t found = kLetters.find(letter);
    return found == std::string_view::npos ? std::nullopt : std::optional{kValues[found]};
}

/// The line, counted from 1, that byte `position` of `text` stands on. A carriage return before a
/// line feed ends no line of its own.
std::size_t line_of(std::string_view text, std::size_t position) {
    std::size_t line = 1;
    for (std::size_t i = 0; i < position; ++i) {
        const bool is_lone_return = text[i] == '\r' && !text.substr(i + 1).starts_with('\n');
        if (text[i] == '\n' || is_lone_return) ++line;
    }
    return line;
}

class Reader {
  public:
    /// `text` is UTF-8 and lives in `dataset`.
    Reader(std::string_view text, Dataset& dataset) : text_{text}, dataset_{dataset} {}

    Result<Ok, NQuadsError> read_all(std::size_t quad_count_max);
    [[nodiscard]] std::size_t position() const { return at_; }

  private:
    [[nodiscard]] bool is_at_end() const { return at_ == text_.size(); }
    [[nodiscard]] bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }
    [[nodiscard]] bool is_at(std::string_view start) const {
        return text_.substr(at_).starts_with(start);
    }
    void skip_spaces() {
        while (is_at(' ') || is_at('\t')) ++at_;
    }
    void skip_comment() {
        if (!is_at('#')) return;
        while (!is_at_end() && !is_end_of_line(text_[at_])) ++at_;
    }

    Result<Quad, NQuadsError> read_statement();
    Result<Term, NQuadsError> read_node(NQuadsError otherwise);
    Result<Term, NQuadsError> read_blank();
    Result<std::string_view, NQuadsError> read_iri();
    Result<Term, NQuadsError> read_literal();
    Result<std::string_view, NQuadsError> read_string();
    Result<std::string_view, NQuadsError> read_language();
    std::optional<char32_t> read_uchar();
    std::optional<char32_t> read_string_escape();

    std::string_view text_;
    Dataset& dataset_;
    std::string unescaped_;
    std::size_t at_ = 0;
};

Result<Ok, NQuadsError> Reader::read_all(std::size_t quad_count_max) {
    while (true) {
        skip_spaces();
        skip_comment();
        if (is_at_end()) return Ok{};
        if (is_end_of_line(text_[at_])) {
            ++at_;
            continue;
        }
        if (dataset_.quads().size() == quad_count_max) {
            return std::unexpected{NQuadsError::kTooManyQuads};
        }
        TRY(const Quad quad, read_statement());
        dataset_.add(quad);
        skip_spaces();
        skip_comment();
        if (!is_at_end() && !is_end_of_line(text_[at_])) {
            return std::unexpected{NQuadsError::kNoEndOfLine};
        }
    }
}

Result<Quad, NQuadsError> Reader::read_statement() {
    Quad quad;
    TRY(quad.subject, read_node(NQuadsError::kNoSubject));
    skip_spaces();
    if (!is_at('<')) return std::unexpected{NQuadsError::kNoPredicate};
    TRY(quad.predicate, read_node(NQuadsError::kNoPredicate));
    skip_spaces();
    if (is_at('"')) {
        TRY(quad.object, read_literal());
    } else {
        TRY(quad.object, read_node(NQuadsError::kNoObject));
    }
    skip_spaces();
    if (!is_at('.')) {
        TRY(quad.graph, read_node(NQuadsError::kNoGraphOrDot));
        skip_spaces();
        if (!is_at('.')) return std::unexpected{NQuadsError::kNoDot};
    }
    ++at_;
    return quad;
}

Result<Term, NQuadsError> Reader::read_node(NQuadsError otherwise) {
    if (is_at('<')) {
        TRY(const std::string_view iri, read_iri());
        return make_iri(iri);
    }
    if (is_at("_:")) return read_blank();
    return std::unexpected{otherwise};
}

Result<Term, NQuadsError> Reader::read_blank() {
    const std::size_t start = at_ + 2;
    std::size_t next = start;
    if (start == text_.size() || !is_label_start(codec::next_code_point(text_, next))) {
        return std::unexpected{NQuadsError::kBlankNodeLabel};
    }
    std::size_t end = next;  // behind the last character that may be the label's last
    while (next < text_.size()) {
        const char32_t c = codec::next_code_point(text_, next);
        if (is_label_part(c)) {
            end = next;
        } else if (c != '.') {
            break;
        }
    }
    at_ = end;
    return dataset_.blank(text_.substr(start, end - start));
}

Result<std::string_view, NQuadsError> Reader::read_iri() {
    const std::size_t start = ++at_;
    bool has_escape = false;
    std::size_t copied = start;
    unescaped_.clear();
    while (true) {
        if (is_at_end() || is_end_of_line(text_[at_])) {
            return std::unexpected{NQuadsError::kIriNotClosed};
        }
        if (is_at('>')) break;
        if (is_at('\\')) {
            has_escape = true;
            unescaped_ += text_.substr(copied, at_ - copied);
            const auto code = read_uchar();
            if (!code) return std::unexpected{NQuadsError::kIriEscape};
            codec::append_utf8(unescaped_, *code);
            copied = at_;
            continue;
        }
        if (!is_iri_text(text_.substr(at_, 1))) return std::unexpected{NQuadsError::kIriCharacter};
        ++at_;
    }
    std::string_view iri = text_.substr(start, at_ - start);
    if (has_escape) {
        unescaped_ += text_.substr(copied, at_ - copied);
        if (!is_iri_text(unescaped_)) return std::unexpected{NQuadsError::kIriEscape};
        iri = dataset_.keep(unescaped_);
    }
    if (!has_iri_form(iri)) return std::unexpected{NQuadsError::kIriNotAbsolute};
    ++at_;
    return iri;
}

/// `\uXXXX` or `\UXXXXXXXX` of a Unicode scalar value.
std::optional<char32_t> Reader::read_uchar() {
    const std::size_t digit_count = is_at("\\u") ? 4 : 8;
    if (digit_count == 8 && !is_at("\\U")) return std::nullopt;
    if (text_.size() - at_ < 2 + digit_count) return std::nullopt;
    std::uint32_t code = 0;
    for (std::size_t i = 0; i < digit_count; ++i) {
        const int digit = hex_value(text_[at_ + 2 + i]);
        if (digit < 0) return std::nullopt;
        code = code << 4 | static_cast<std::uint32_t>(digit);
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return std::nullopt;
    at_ += 2 + digit_count;
    return static_cast<char32_t>(code);
}

std::optional<char32_t> Reader::read_string_escape() {
    if (at_ + 1 < text_.size()) {
        if (const auto value = echar_value(text_[at_ + 1])) {
            at_ += 2;
            return static_cast<char32_t>(*value);
        }
    }
    return read_uchar();
}

Result<std::string_view, NQuadsError> Reader::read_string() {
    const std::size_t start = ++at_;
    bool has_escape = false;
    std::size_t copied = start;
    unescaped_.clear();
    while (true) {
        at_ = text_.find_first_of("\"\\\n\r", at_);
        if (at_ == std::string_view::npos) at_ = text_.size();
        if (is_at_end() || is_end_of_line(text_[at_])) {
            return std::unexpected{NQuadsError::kStringNotClosed};
        }
        if (is_at('"')) break;
        has_escape = true;
        unescaped_ += text_.substr(copied, at_ - copied);
        const auto code = read_string_escape();
        if (!code) return std::unexpected{NQuadsError::kStringEscape};
        codec::append_utf8(unescaped_, *code);
        copied = at_;
    }
    const std::size_t end = at_++;
    if (!has_escape) return text_.substr(start, end - start);
    unescaped_ += text_.substr(copied, end - copied);
    return dataset_.keep(unescaped_);
}

Result<std::string_view, NQuadsError> Reader::read_language() {
    const std::size_t start = ++at_;
    const auto is_part = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
    while (!is_at_end() && is_part(text_[at_])) ++at_;
    const std::string_view tag = text_.substr(start, at_ - start);
    if (!is_language_tag(tag)) return std::unexpected{NQuadsError::kLanguageTag};
    return tag;
}

Result<Term, NQuadsError> Reader::read_literal() {
    TRY(const std::string_view text, read_string());
    if (is_at('@')) {
        TRY(const std::string_view language, read_language());
        return make_language_literal(text, language);
    }
    if (!is_at('^')) return make_literal(text);
    if (!is_at("^^<")) return std::unexpected{NQuadsError::kDatatype};
    at_ += 2;
    TRY(const std::string_view datatype, read_iri());
    return make_literal(text, datatype);
}

char* write_node(char* to, const Term& node) {
    if (!node.is_blank()) return write_iri(to, node.text);
    return write_text(write_text(to, "_:"), node.text);
}

}  // namespace

std::string_view to_string(NQuadsError error) {
    switch (error) {
        case NQuadsError::kTooLarge: return "the document is too large";
        case NQuadsError::kNotUtf8: return "the document is not UTF-8";
        case NQuadsError::kTooManyQuads: return "too many statements";
        case NQuadsError::kNoSubject: return "no IRI or blank node as subject";
        case NQuadsError::kNoPredicate: return "no IRI as predicate";
        case NQuadsError::kNoObject: return "no IRI, blank node or literal as object";
        case NQuadsError::kNoGraphOrDot: return "neither a graph nor a full stop";
        case NQuadsError::kNoDot: return "no full stop at the end of the statement";
        case NQuadsError::kNoEndOfLine: return "something behind the full stop";
        case NQuadsError::kIriNotClosed: return "an IRI without its end";
        case NQuadsError::kIriCharacter: return "a character that no IRI has";
        case NQuadsError::kIriEscape: return "an escape that no IRI has";
        case NQuadsError::kIriNotAbsolute: return "an IRI without a scheme";
        case NQuadsError::kBlankNodeLabel: return "a blank node without a label";
        case NQuadsError::kStringNotClosed: return "a literal without its end";
        case NQuadsError::kStringEscape: return "an escape that no literal has";
        case NQuadsError::kLanguageTag: return "a malformed language tag";
        case NQuadsError::kDatatype: return "no IRI as datatype";
    }
    ENSURE(false);
}

Result<Dataset, NQuadsFault> parse_nquads(std::string_view text, const NQuadsLimits& limits) {
    if (text.size() > limits.size_bytes_max) {
        return std::unexpected{NQuadsFault{NQuadsError::kTooLarge, 0}};
    }
    Dataset dataset;
    const std::string_view kept = dataset.keep(text);
    if (const std::size_t valid = codec::utf8_prefix_size(kept); valid != kept.size()) {
        return std::unexpected{NQuadsFault{NQuadsError::kNotUtf8, line_of(kept, valid)}};
    }
    Reader reader{kept, dataset};
    if (const auto done = reader.read_all(limits.quad_count_max); !done) {
        return std::unexpected{NQuadsFault{done.error(), line_of(kept, reader.position())}};
    }
    return dataset;
}

void append_nquad(std::string& to, const Quad& quad) {
    bool has_special = false;
    const std::size_t before = to.size();
    to.resize(before + line_size_max(quad, 0, has_special));
    char* const start = to.data() + before;
    char* at = write_node(start, quad.subject);
    *at++ = ' ';
    at = write_node(at, quad.predicate);  // a blank node in generalized RDF
    *at++ = ' ';
    at = quad.object.is_literal() ? write_literal(at, quad.object, has_special)
                                  : write_node(at, quad.object);
    if (quad.graph.kind != TermKind::kDefaultGraph) {
        *at++ = ' ';
        at = write_node(at, quad.graph);
    }
    at = write_text(at, " .\n");
    to.resize(before + static_cast<std::size_t>(at - start));
}

std::string to_nquads(const Dataset& dataset) {
    std::string text;
    for (const Quad& quad : dataset.quads()) append_nquad(text, quad);
    return text;
}

}  // namespace tasdiq::linked
