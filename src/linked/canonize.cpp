#include "linked/canonize.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <span>
#include <tuple>

#include "base/ensure.hpp"
#include "base/sort.hpp"
#include "crypto/hash.hpp"
#include "linked/identifier_issuer.hpp"
#include "linked/line_order.hpp"
#include "linked/nquads_text.hpp"

namespace tasdiq::linked {
namespace {

constexpr std::size_t kLabelSizeMax = 4 + 10;  // `c14n`, a 32-bit number
constexpr std::uint32_t kNoBlank = 0xFFFF'FFFF;

/// A digest of either algorithm, padded with zeros, which changes nothing in the order.
using Digest = std::array<std::uint8_t, 48>;

class Hasher {
  public:
    explicit Hasher(HashAlgorithm algorithm) : algorithm_{algorithm} {}

    [[nodiscard]] std::size_t hex_size() const {
        return algorithm_ == HashAlgorithm::kSha256 ? 64 : 96;
    }
    [[nodiscard]] Digest hash(std::span<const std::string_view> pieces) const {
        return algorithm_ == HashAlgorithm::kSha256 ? hash_with<crypto::Sha256>(pieces)
                                                    : hash_with<crypto::Sha384>(pieces);
    }
    /// The digest of each text.
    void hash_each(std::span<const ByteView> texts, std::span<Digest> digests) const {
        if (algorithm_ == HashAlgorithm::kSha384) {
            for (std::size_t i = 0; i < texts.size(); ++i) {
                digests[i] = padded(crypto::sha384(texts[i]));
            }
            return;
        }
        std::vector<crypto::Sha256Digest> each(texts.size());
        crypto::sha256_each(texts, each);
        std::ranges::transform(each, digests.begin(), padded<crypto::Sha256Digest>);
    }
    void append_hex(std::string& to, const Digest& digest) const {
        constexpr std::string_view kDigits = "0123456789abcdef";
        std::array<char, 96> hex{};
        for (std::size_t i = 0; i < hex_size() / 2; ++i) {
            hex[2 * i] = kDigits[digest[i] >> 4];
            hex[2 * i + 1] = kDigits[digest[i] & 15];
        }
        to.append(hex.data(), hex_size());
    }

  private:
    template <class Short>
    static Digest padded(const Short& digest) {
        Digest padded{};
        std::ranges::copy(digest.view(), padded.begin());
        return padded;
    }
    template <class Hash>
    static Digest hash_with(std::span<const std::string_view> pieces) {
        Hash hash;
        for (const std::string_view piece : pieces) hash.update(as_bytes(piece));
        return padded(hash.finish());
    }

    HashAlgorithm algorithm_;
};

/// A number in decimal at the end of `to`.
char* write_number(char* to, std::uint32_t number) {
    std::array<char, 10> digits{};
    std::size_t at = digits.size();
    do {
        digits[--at] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number != 0);
    return write_text(to, {digits.data() + at, digits.size() - at});
}

char* write_canonical_label(char* to, std::uint32_t number) {
    return write_number(write_text(to, "c14n"), number);
}

void append_number(std::string& to, std::uint32_t number) {
    std::array<char, 10> digits{};
    to.append(digits.data(),
              static_cast<std::size_t>(write_number(digits.data(), number) - digits.data()));
}

/// A quad as its canonical line, in which every blank node is called `z`.
struct Line {
    char* start = nullptr;
    std::size_t size = 0;
    std::array<std::uint32_t, 3> blanks{kNoBlank, kNoBlank, kNoBlank};  // subject, object, graph
    std::array<std::uint32_t, 3> label_at{};  // where their label stands, from `start`

    [[nodiscard]] std::string_view view() const { return {start, size}; }
    [[nodiscard]] bool has_blank() const {
        return blanks[0] != kNoBlank || blanks[1] != kNoBlank || blanks[2] != kNoBlank;
    }
};

constexpr std::array<char, 3> kPositions{'s', 'o', 'g'};

char* write_place(char* to, Line& line, std::size_t place, const Term& term) {
    if (!term.is_blank()) return write_iri(to, term.text);
    to = write_text(to, "_:");
    line.blanks[place] = term.blank;
    line.label_at[place] = static_cast<std::uint32_t>(to - line.start);
    *to++ = 'z';
    return to;
}

char* write_line(char* to, Line& line, const Quad& quad, bool has_special) {
    line.start = to;
    to = write_place(to, line, 0, quad.subject);
    *to++ = ' ';
    to = write_iri(to, quad.predicate.text);
    *to++ = ' ';
    to = quad.object.is_literal() ? write_literal(to, quad.object, has_special)
                                  : write_place(to, line, 1, quad.object);
    if (quad.graph.kind != TermKind::kDefaultGraph) {
        *to++ = ' ';
        to = write_place(to, line, 2, quad.graph);
    }
    to = write_text(to, " .\n");
    line.size = static_cast<std::size_t>(to - line.start);
    return to;
}

/// A blank node and the hash that it is sorted by.
struct HashedBlank {
    Digest hash;
    std::uint32_t blank;
    friend auto operator<=>(const HashedBlank&, const HashedBlank&) = default;
};

/// The end of the run of equal hashes that starts at `from`.
template <class Iterator>
Iterator end_of_run(Iterator from, Iterator end) {
    Iterator to = from;
    while (to != end && to->hash == from->hash) ++to;
    return to;
}

/// A result of step 5.2.4: blank nodes in the order of their temporary identifiers.
struct HashPath {
    Digest hash;
    std::size_t place;  // among the paths of its run: equal hashes keep their order
    std::vector<std::uint32_t> issued;

    [[nodiscard]] std::tuple<const Digest&, std::size_t> order() const { return {hash, place}; }
};

enum class Outcome : std::uint8_t { kDone, kHasDuplicates };

/// One run over quads that are not empty. Spec: RDF-CANON §4.2.
class Canonizer {
  public:
    Canonizer(std::span<const Quad> quads, std::size_t blank_count, const CanonizeOptions& options)
        : quads_{quads},
          hasher_{options.hash},
          work_max_{options.work_max},
          depth_max_{options.depth_max},
          canonical_{blank_count} {}

    /// The lines in their order are then in `text`.
    Result<Outcome, CanonizeError> run(std::string& text);

    [[nodiscard]] const IdentifierIssuer& canonical() const { return canonical_; }

  private:
    void write_lines();
    void index_blanks();
    [[nodiscard]] std::span<const std::uint32_t> lines_of(std::uint32_t blank) const {
        return {mentions_.data() + first_mention_[blank],
                mentions_.data() + first_mention_[blank + 1]};
    }
    void append_first_degree(std::uint32_t blank, std::string& to);
    void hash_all_first_degree();
    [[nodiscard]] bool has_duplicates() const;
    Result<Ok, CanonizeError> name_look_alikes();
    Result<Ok, CanonizeError> spend(std::uint64_t work) {
        if (work > work_max_ - work_) return std::unexpected{CanonizeError::kTooMuchWork};
        work_ += work;
        return Ok{};
    }
    [[nodiscard]] Digest hash_related(std::uint32_t related, const Quad& quad, char position,
                                      const IdentifierIssuer& issuer);
    Result<std::vector<HashedBlank>, CanonizeError> related_of(std::uint32_t blank,
                                                               const IdentifierIssuer& issuer);
    Result<Digest, CanonizeError> hash_n_degree(std::uint32_t blank, IdentifierIssuer& issuer);
    Result<Ok, CanonizeError> append_chosen_path(std::string& data,
                                                 std::span<const HashedBlank> group,
                                                 IdentifierIssuer& issuer);
    Result<bool, CanonizeError> try_path(std::span<const std::uint32_t> order,
                                         const std::string& chosen, std::string& path,
                                         IdentifierIssuer& issuer);
    [[nodiscard]] Outcome write_sorted(std::string& text);
    [[nodiscard]] std::string_view rename(char*& to, const Line& line) const;

    std::span<const Quad> quads_;
    Hasher hasher_;
    std::uint64_t work_ = 0;
    std::uint64_t work_max_;
    std::size_t depth_ = 0;
    std::size_t depth_max_;
    std::unique_ptr<char[]> buffer_;
    std::vector<Line> lines_;
    std::vector<std::uint32_t> first_mention_;  // by blank node, into mentions_
    std::vector<std::uint32_t> mentions_;       // numbers of lines
    std::vector<std::string_view> sorted_;      // for the sorts of lines
    std::vector<Digest> first_degree_;          // by blank node
    std::vector<HashedBlank> by_hash_;
    IdentifierIssuer canonical_;
};

void Canonizer::write_lines() {
    std::vector<bool> specials(quads_.size());
    std::size_t size = 0;
    for (std::size_t i = 0; i < quads_.size(); ++i) {
        bool has_special = false;
        size += line_size_max(quads_[i], 1, has_special);
        specials[i] = has_special;
    }
    buffer_ = std::make_unique_for_overwrite<char[]>(size);
    lines_.resize(quads_.size());
    char* to = buffer_.get();
    for (std::size_t i = 0; i < quads_.size(); ++i) {
        to = write_line(to, lines_[i], quads_[i], specials[i]);
    }
}

/// Step 2. Counts first, then fills: one block of memory for all lists.
void Canonizer::index_blanks() {
    const auto for_each_mention = [this](auto mention) {
        for (std::uint32_t i = 0; i < lines_.size(); ++i) {
            const auto& [subject, object, graph] = lines_[i].blanks;
            if (subject != kNoBlank) mention(subject, i);
            if (object != kNoBlank && object != subject) mention(object, i);
            if (graph != kNoBlank && graph != subject && graph != object) mention(graph, i);
        }
    };
    first_mention_.assign(canonical_.numbers().size() + 1, 0);
    for_each_mention([this](std::uint32_t blank, std::uint32_t) { ++first_mention_[blank]; });
    std::uint32_t end = 0;
    for (std::uint32_t& count : first_mention_) count = end += count;
    mentions_.resize(end);
    for_each_mention([this](std::uint32_t blank, std::uint32_t line) {
        mentions_[--first_mention_[blank]] = line;
    });
}

/// Spec: RDF-CANON §4.6, steps 1 to 4. Lines are written once: only the letter of the label
/// changes.
void Canonizer::append_first_degree(std::uint32_t blank, std::string& to) {
    const auto call_it = [this, blank](char letter) {
        for (const std::uint32_t i : lines_of(blank)) {
            const Line& line = lines_[i];
            for (std::size_t place = 0; place < 3; ++place) {
                if (line.blanks[place] == blank) line.start[line.label_at[place]] = letter;
            }
        }
    };
    call_it('a');
    sorted_.clear();
    for (const std::uint32_t i : lines_of(blank)) sorted_.push_back(lines_[i].view());
    sort_lines(sorted_);
    for (const std::string_view line : sorted_) to += line;
    call_it('z');
}

/// Step 3.
void Canonizer::hash_all_first_degree() {
    std::string texts;
    std::vector<std::size_t> ends;
    for (std::uint32_t blank = 0; blank < canonical_.numbers().size(); ++blank) {
        if (!lines_of(blank).empty()) append_first_degree(blank, texts);
        ends.push_back(texts.size());
    }
    std::vector<ByteView> each;
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
        each.push_back(as_bytes(texts).subspan(begin, end - begin));
        begin = end;
    }
    first_degree_.resize(each.size());
    hasher_.hash_each(each, first_degree_);
    for (std::uint32_t blank = 0; blank < first_degree_.size(); ++blank) {
        if (!lines_of(blank).empty()) by_hash_.push_back({first_degree_[blank], blank});
    }
    sort(by_hash_);
}

/// Whether a quad stands there twice. Lines with every blank node called `z` and the blank nodes
/// themselves say all of a quad.
bool Canonizer::has_duplicates() const {
    std::vector<std::tuple<std::string_view, std::array<std::uint32_t, 3>>> keys;
    keys.reserve(lines_.size());
    for (const Line& line : lines_) keys.emplace_back(line.view(), line.blanks);
    sort(keys);
    return std::ranges::adjacent_find(keys) != keys.end();
}

/// Step 5.
Result<Ok, CanonizeError> Canonizer::name_look_alikes() {
    for (auto run = by_hash_.begin(); run != by_hash_.end();) {
        const auto end = end_of_run(run, by_hash_.end());
        std::vector<HashPath> paths;  // 5.1
        for (; run != end; ++run) {   // 5.2; runs of one were named in step 4: 5.2.1 skips them
            if (canonical_.find(run->blank) != IdentifierIssuer::kNone) continue;
            IdentifierIssuer temporary{canonical_.numbers().size()};
            temporary.issue(run->blank);
            TRY(const Digest hash, hash_n_degree(run->blank, temporary));
            paths.push_back(
                {hash, paths.size(), {temporary.issued().begin(), temporary.issued().end()}});
        }
        sort(paths, {}, &HashPath::order);  // 5.3
        for (const HashPath& path : paths) {
            for (const std::uint32_t blank : path.issued) canonical_.issue(blank);  // 5.3.1
        }
    }
    return Ok{};
}

/// Spec: RDF-CANON §4.7.
Digest Canonizer::hash_related(std::uint32_t related, const Quad& quad, char position,
                               const IdentifierIssuer& issuer) {
    std::string name;
    if (const auto named = canonical_.find(related); named != IdentifierIssuer::kNone) {
        name = "_:" + canonical_label(named);
    } else if (const auto issued = issuer.find(related); issued != IdentifierIssuer::kNone) {
        name = "_:b";
        append_number(name, issued);
    } else {
        hasher_.append_hex(name, first_degree_[related]);
    }
    if (position == 'g') return hasher_.hash(std::array<std::string_view, 2>{"g", name});
    return hasher_.hash(std::array<std::string_view, 5>{std::string_view{&position, 1}, "<",
                                                        quad.predicate.text, ">", name});
}

/// Spec: RDF-CANON §4.8, steps 1 to 3: Hn, in the order of its hashes.
Result<std::vector<HashedBlank>, CanonizeError> Canonizer::related_of(
    std::uint32_t blank, const IdentifierIssuer& issuer) {
    std::vector<HashedBlank> related;
    for (const std::uint32_t i : lines_of(blank)) {
        for (std::size_t place = 0; place < 3; ++place) {
            const std::uint32_t other = lines_[i].blanks[place];
            if (other == kNoBlank || other == blank) continue;
            TRY(spend(1 + quads_[i].predicate.text.size() / 256));
            related.push_back({hash_related(other, quads_[i], kPositions[place], issuer), other});
        }
    }
    sort(related);
    return related;
}

/// Spec: RDF-CANON §4.8. `issuer` becomes the issuer of the result.
Result<Digest, CanonizeError> Canonizer::hash_n_degree(std::uint32_t blank,
                                                       IdentifierIssuer& issuer) {
    if (depth_ == depth_max_) return std::unexpected{CanonizeError::kTooDeep};
    ++depth_;
    TRY(const std::vector<HashedBlank> related, related_of(blank, issuer));
    std::string data;                                          // 4
    for (auto run = related.begin(); run != related.end();) {  // 5
        const auto end = end_of_run(run, related.end());
        hasher_.append_hex(data, run->hash);  // 5.1
        TRY(append_chosen_path(data, {run, end}, issuer));
        run = end;
    }
    --depth_;
    return hasher_.hash(std::array<std::string_view, 1>{data});  // 6
}

/// Steps 5.2 to 5.6 for the blank nodes of one related hash.
Result<Ok, CanonizeError> Canonizer::append_chosen_path(std::string& data,
                                                        std::span<const HashedBlank> group,
                                                        IdentifierIssuer& issuer) {
    std::vector<std::uint32_t> order;  // ascending, as std::next_permutation wants it
    for (const HashedBlank& member : group) order.push_back(member.blank);
    const std::size_t issued_before = issuer.size();
    std::string chosen;
    std::string path;
    std::vector<std::uint32_t> chosen_issued;
    do {  // 5.4
        TRY(const bool is_better, try_path(order, chosen, path, issuer));
        if (is_better) {  // 5.4.6
            std::swap(chosen, path);
            const auto issued = issuer.issued().subspan(issued_before);
            chosen_issued.assign(issued.begin(), issued.end());
        }
        issuer.truncate(issued_before);  // 5.4.1 of the next
    } while (std::ranges::next_permutation(order).found);
    data += chosen;                                                           // 5.5
    for (const std::uint32_t related : chosen_issued) issuer.issue(related);  // 5.6
    return Ok{};
}

/// Steps 5.4.2 to 5.4.5 for one permutation; whether its path is to be chosen.
Result<bool, CanonizeError> Canonizer::try_path(std::span<const std::uint32_t> order,
                                                const std::string& chosen, std::string& path,
                                                IdentifierIssuer& issuer) {
    const auto is_hopeless = [&chosen, &path] {  // 5.4.4.3, 5.4.5.5
        return !chosen.empty() && path.size() >= chosen.size() && path > chosen;
    };
    path.clear();                          // 5.4.2
    std::vector<std::uint32_t> recursion;  // 5.4.3
    for (const std::uint32_t related : order) {
        TRY(spend(1));
        if (const auto named = canonical_.find(related); named != IdentifierIssuer::kNone) {
            path += "_:" + canonical_label(named);  // 5.4.4.1
        } else {
            if (issuer.find(related) == IdentifierIssuer::kNone) recursion.push_back(related);
            path += "_:b";
            append_number(path, issuer.issue(related));
        }
        if (is_hopeless()) return false;
    }
    for (const std::uint32_t related : recursion) {  // 5.4.5
        TRY(const Digest hash, hash_n_degree(related, issuer));
        path += "_:b";
        append_number(path, issuer.issue(related));
        path += '<';
        hasher_.append_hex(path, hash);
        path += '>';
        if (is_hopeless()) return false;
    }
    return chosen.empty() || path < chosen;
}

/// The line with canonical labels, written to `to`, which moves behind it.
std::string_view Canonizer::rename(char*& to, const Line& line) const {
    char* const start = to;
    std::size_t done = 0;
    for (std::size_t place = 0; place < 3; ++place) {
        if (line.blanks[place] == kNoBlank) continue;
        to = write_text(to, line.view().substr(done, line.label_at[place] - done));
        to = write_canonical_label(to, canonical_.find(line.blanks[place]));
        done = line.label_at[place] + 1;
    }
    to = write_text(to, line.view().substr(done));
    return {start, static_cast<std::size_t>(to - start)};
}

Outcome Canonizer::write_sorted(std::string& text) {
    std::size_t renamed_size = 0;
    for (const Line& line : lines_) {
        if (line.has_blank()) renamed_size += line.size + 3 * kLabelSizeMax;
    }
    const auto renamed = std::make_unique_for_overwrite<char[]>(renamed_size);
    char* to = renamed.get();
    std::size_t size = 0;
    sorted_.clear();
    for (const Line& line : lines_) {
        sorted_.push_back(line.has_blank() ? rename(to, line) : line.view());
        size += sorted_.back().size();
    }
    sort_lines(sorted_);
    if (std::ranges::adjacent_find(sorted_) != sorted_.end()) return Outcome::kHasDuplicates;
    text.clear();
    text.reserve(size);
    for (const std::string_view line : sorted_) text += line;
    return Outcome::kDone;
}

Result<Outcome, CanonizeError> Canonizer::run(std::string& text) {
    write_lines();
    index_blanks();
    hash_all_first_degree();
    bool has_look_alikes = false;
    for (auto run = by_hash_.begin(); run != by_hash_.end();) {  // step 4
        const auto end = end_of_run(run, by_hash_.end());
        if (end - run == 1) {
            canonical_.issue(run->blank);
        } else {
            has_look_alikes = true;
        }
        run = end;
    }
    if (has_look_alikes) {
        if (has_duplicates()) return Outcome::kHasDuplicates;
        TRY(name_look_alikes());
    }
    return write_sorted(text);
}

bool is_before(const Term& a, const Term& b) {
    return std::tie(a.kind, a.blank, a.text, a.qualifier) <
           std::tie(b.kind, b.blank, b.text, b.qualifier);
}

std::vector<Quad> without_duplicates(std::span<const Quad> quads) {
    std::vector<Quad> unique(quads.begin(), quads.end());
    sort(unique, [](const Quad& a, const Quad& b) {
        if (a.subject != b.subject) return is_before(a.subject, b.subject);
        if (a.predicate != b.predicate) return is_before(a.predicate, b.predicate);
        if (a.object != b.object) return is_before(a.object, b.object);
        return is_before(a.graph, b.graph);
    });
    const auto [from, to] = std::ranges::unique(unique);
    unique.erase(from, to);
    return unique;
}

Result<CanonicalForm, CanonizeError> run_once(std::span<const Quad> quads, std::size_t blank_count,
                                              const CanonizeOptions& options, Outcome& outcome) {
    Canonizer canonizer{quads, blank_count, options};
    CanonicalForm form;
    TRY(outcome, canonizer.run(form.text));
    const auto numbers = canonizer.canonical().numbers();
    form.number_of.assign(numbers.begin(), numbers.end());
    return form;
}

}  // namespace

std::string_view to_string(CanonizeError error) {
    switch (error) {
        case CanonizeError::kTooMuchWork: return "telling its blank nodes apart is too much work";
        case CanonizeError::kTooDeep: return "too many blank nodes that look alike in a row";
    }
    ENSURE(false);
}

std::string canonical_label(std::uint32_t number) {
    std::array<char, kLabelSizeMax> label{};
    return {label.data(), write_canonical_label(label.data(), number)};
}

Result<CanonicalForm, CanonizeError> canonize(const Dataset& dataset,
                                              const CanonizeOptions& options) {
    const std::size_t blank_count = dataset.blank_labels().size();
    Outcome outcome = Outcome::kDone;
    TRY(CanonicalForm form, run_once(dataset.quads(), blank_count, options, outcome));
    if (outcome == Outcome::kDone) return form;
    // Rare, and only then paid for: a quad that stands there twice would count twice in hashes.
    const std::vector<Quad> unique = without_duplicates(dataset.quads());
    TRY(form, run_once(unique, blank_count, options, outcome));
    return form;
}

}  // namespace tasdiq::linked
