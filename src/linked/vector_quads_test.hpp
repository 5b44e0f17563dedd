#pragma once

#include <gtest/gtest.h>
#include <string>
#include <string_view>

#include "codec/utf8.hpp"
#include "linked/context.hpp"
#include "linked/dataset.hpp"

// For tests alone: the quads of the W3C's vectors.
namespace tasdiq::linked {

/// Reads the N-Quads of the vectors, which are known to be well-formed.
class VectorQuads {
  public:
    enum class Languages : std::uint8_t { kAsWritten, kLowerCase };
    explicit VectorQuads(std::string_view text, Languages languages = Languages::kAsWritten)
        : text_{text}, languages_{languages} {}

    void read_into(Dataset& dataset) {
        while (skip_space(), at_ < text_.size()) {
            const Term subject = term(dataset);
            const Term predicate = term(dataset);
            const Term object = term(dataset);
            Term graph;
            if (skip_space(), text_[at_] != '.') graph = term(dataset);
            skip_space();
            ++at_;
            dataset.add({subject, predicate, object, graph});
        }
    }

  private:
    void skip_space() {
        while (at_ < text_.size() && std::string_view{" \t\r\n"}.contains(text_[at_])) ++at_;
    }

    /// The text up to `end`, which is passed over, without its escapes.
    std::string_view until(char end, Dataset& dataset) {
        std::string text;
        for (; text_[at_] != end; ++at_) {
            if (text_[at_] != '\\') {
                text += text_[at_];
                continue;
            }
            const char c = text_[++at_];
            const std::size_t digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
            if (digits == 0) {
                const std::size_t which = std::string_view{"tbnrf"}.find(c);
                text += which == std::string_view::npos ? c : "\t\b\n\r\f"[which];
                continue;
            }
            const auto code = std::stoul(std::string{text_.substr(at_ + 1, digits)}, nullptr, 16);
            codec::append_utf8(text, static_cast<char32_t>(code));
            at_ += digits;
        }
        ++at_;
        return dataset.keep(text);
    }

    std::string_view word() {
        const std::size_t end = std::min(text_.find_first_of(" \t\r\n", at_), text_.size());
        const std::string_view found = text_.substr(at_, end - at_);
        at_ = end;
        return found;
    }

    Term term(Dataset& dataset) {
        skip_space();
        if (text_[at_] == '<') {
            ++at_;
            return make_iri(until('>', dataset));
        }
        if (text_[at_] == '_') return dataset.blank(word().substr(2));
        EXPECT_EQ(text_[at_], '"');
        ++at_;
        const std::string_view text = until('"', dataset);
        if (text_.substr(at_).starts_with("^^<")) {
            at_ += 3;
            return make_literal(text, until('>', dataset));
        }
        if (text_[at_] != '@') return make_literal(text);
        ++at_;
        const std::string_view language = word();
        if (languages_ == Languages::kAsWritten)
            return make_language_literal(text, dataset.keep(language));
        Arena arena;
        return make_language_literal(text, dataset.keep(lower_case(language, arena)));
    }

    std::string_view text_;
    Languages languages_;
    std::size_t at_ = 0;
};

}  // namespace tasdiq::linked
