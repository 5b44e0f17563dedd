#include "certificate/canonical_reader.hpp"

#include "base/ensure.hpp"
#include "certificate/builder.hpp"
#include "certificate/forms.hpp"
#include "codec/text_scan.hpp"
#include "codec/utf8.hpp"

namespace tasdiq::certificate {
namespace {

using schema::Member;
using schema::Shape;

/// Walks a text and the schema together. Every function leaves with false at the first byte that
/// the canonical text of a credential of ours doesn't have.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_{text} {}

    std::optional<CanonicalText> read() {
        if (text_.size() > kCredentialSizeMax || !codec::is_utf8(text_)) return std::nullopt;
        if (!read_object(schema::kCredentialMembers, false) || at_ != text_.size()) {
            return std::nullopt;
        }
        if (check_rows(builder_)) return std::nullopt;
        std::string& out = builder_.text();
        out.reserve(text_.size());
        out += text_.substr(0, cut_at_);
        out += text_.substr(cut_at_ + cut_size_);
        std::optional<std::string_view> proof;
        if (cut_size_ > 0) proof = text_.substr(cut_at_, cut_size_).substr(kProofKey.size());
        return CanonicalText{builder_.take(), proof};
    }

  private:
    static constexpr std::string_view kProofKey = ",\"proof\":";

    bool take(std::string_view expected) {
        if (!text_.substr(at_).starts_with(expected)) return false;
        at_ += expected.size();
        return true;
    }

    /// Where the next byte will stand once the proof is cut out.
    [[nodiscard]] std::size_t place() const { return at_ - cut_size_; }

    /// `{"key":` or `,"key":`; stays where it is if that is not there.
    bool take_key(std::string_view key, bool first) {
        const std::string_view rest = text_.substr(at_);
        if (rest.size() < key.size() + 4 || rest[0] != (first ? '{' : ',') || rest[1] != '"' ||
            rest.substr(2, key.size()) != key || rest.substr(key.size() + 2, 2) != "\":") {
            return false;
        }
        at_ += key.size() + 4;
        return true;
    }

    bool read_object(std::span<const Member> members, bool named) {
        bool first = true;
        bool has_name = false;
        for (const Member& member : members) {
            const std::size_t start = at_;
            if (member.shape == Shape::kProof) {
                builder_.mark_proof(start);
                cut_at_ = start;
            }
            if (!take_key(member.key, first)) {
                if (member.required) return false;
                continue;
            }
            first = false;
            has_name = has_name || member.key.starts_with("name");
            if (!read_member(member)) return false;
        }
        return take("}") && (!named || has_name);
    }

    bool read_member(const Member& member) {
        switch (member.shape) {
            case Shape::kProof: return skip_proof();
            case Shape::kConstant: return take(member.constant);
            case Shape::kTexts:
            case Shape::kObjects: return read_array(member);
            case Shape::kText:
            case Shape::kInteger:
            case Shape::kBoolean:
            case Shape::kObject: return read_claim(member, 0);
        }
        ENSURE(false);
    }

    bool read_claim(const Member& member, std::uint32_t item) {
        builder_.begin(member.row, item, place());
        if (!read_value(member)) return false;
        builder_.end(member.row, place());
        return true;
    }

    bool read_value(const Member& member) {
        switch (member.shape) {
            case Shape::kObject:
            case Shape::kObjects: return read_object(member.members, member.named);
            case Shape::kText:
            case Shape::kTexts: return read_text(member);
            case Shape::kInteger: return read_integer();
            case Shape::kBoolean: return take("true") || take("false");
            case Shape::kConstant:
            case Shape::kProof: break;
        }
        ENSURE(false);
    }

    bool read_array(const Member& member) {
        std::uint32_t count = 0;
        do {
            if (!take(count == 0 ? "[" : ",") || !read_claim(member, count++)) return false;
        } while (!take("]"));
        return member.row != schema::kCourses || set_courses(builder_, count);
    }

    bool read_text(const Member& member) {
        if (!take("\"")) return false;
        const std::size_t begin = at_;
        for (;;) {
            at_ = codec::find_json_special(text_, at_);
            if (take("\"")) break;
            if (!take("\\\"") && !take("\\\\")) return false;  // the only escapes without controls
        }
        const std::string_view text = text_.substr(begin, at_ - 1 - begin);
        return !check_text(builder_, member, text);
    }

    /// A whole number of at most fifteen digits, far inside ±2^53.
    bool read_integer() {
        const bool negative = take("-");
        const std::size_t begin = at_;
        while (at_ < text_.size() && '0' <= text_[at_] && text_[at_] <= '9') ++at_;
        const std::string_view digits = text_.substr(begin, at_ - begin);
        if (digits.empty() || digits.size() > 15) return false;
        return digits.front() != '0' || (digits.size() == 1 && !negative);
    }

    /// Passes over an object or array of whatever kind, up to its end if it is JSON at all: the
    /// caller parses it.
    bool skip_proof() {
        std::size_t depth = 0;
        do {
            if (at_ == text_.size()) return false;
            const char c = text_[at_];
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') --depth;
            ++at_;
            if (c == '"' && !skip_string()) return false;
        } while (depth > 0);
        cut_size_ = at_ - cut_at_;
        return true;
    }

    bool skip_string() {
        for (;;) {
            at_ = codec::find_json_special(text_, at_);
            if (take("\"")) return true;
            if (at_ + 1 >= text_.size() || text_[at_] != '\\') return false;
            at_ += 2;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t cut_at_ = 0, cut_size_ = 0;  // `,"proof":…`
    CredentialBuilder builder_;
};

}  // namespace

std::optional<CanonicalText> read_canonical(std::string_view text) { return Reader{text}.read(); }

}  // namespace tasdiq::certificate
