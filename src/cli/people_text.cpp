#include "cli/people_text.hpp"

#include <algorithm>

#include "codec/jcs.hpp"
#include "prose/printable.hpp"
#include "prose/verdict_sentences.hpp"
#include "text/catalogue.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

/// A signer: `{"member": 9, "ordinal": 0}`.
bool is_signer(const Json& json) {
    return json.is_object() && json.size() == 2 && json.find("member") != nullptr &&
           json.find("ordinal") != nullptr;
}

std::string isolated(const std::string& value, text::Language language) {
    const std::string shown = prose::printable(value);
    return language == text::Language::kArabic ? text::isolate(shown) : shown;
}

std::string word_text(std::string_view key, const std::string& word, text::Language language) {
    if (key == "country" || key == "cosigners" || key == "states") {
        if (const auto state = text::find_text("state." + word, language)) {
            return std::string{*state};
        }
        return prose::printable(word);
    }
    const bool is_type = key == "type" || key == "types";
    for (const char* group : {is_type ? "type." : "word.", "word."}) {
        if (const auto found = text::find_text(group + word, language)) {
            return std::string{*found};
        }
    }
    return isolated(word, language);
}

/// Writes JSON as lines. Values that fit on their line stand behind their label.
class Writer {
  public:
    Writer(text::Language language, const KnownMembers& known)
        : language_{language}, known_{known} {}

    /// `first` stands before the first line, `other` before the others.
    void members(const Json& object, std::string first, const std::string& other) {
        for (const codec::JsonMember* member : in_order(object)) {
            // What a status is "by" is a certificate, everything else a member.
            const bool is_certificate =
                member->key == "by" && object.find_string("state") != nullptr;
            write(is_certificate ? "byCertificate" : std::string_view{member->key}, member->value,
                  first, other);
            first = other;
        }
    }

    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    /// Without what is absent; what tells one from another comes first.
    static std::vector<const codec::JsonMember*> in_order(const Json& object) {
        constexpr std::string_view kFirst[] = {"index", "member",  "number", "ordinal",
                                               "kind",  "country", "names",  "role"};
        const auto rank_of = [&](const codec::JsonMember& member) {
            return std::ranges::find(kFirst, member.key) - std::begin(kFirst);
        };
        std::vector<const codec::JsonMember*> members;
        for (std::ptrdiff_t rank = 0; rank <= std::ssize(kFirst); ++rank) {
            for (const codec::JsonMember& member : object.as_object()) {
                const bool is_empty_list = member.value.is_array() && member.value.size() == 0;
                if (rank_of(member) == rank && !member.value.is_null() && !is_empty_list) {
                    members.push_back(&member);
                }
            }
        }
        return members;
    }

    void write(std::string_view key, const Json& value, const std::string& first,
               const std::string& other) {
        std::string_view colon = text::colon(language_);
        colon.remove_suffix(1);
        text_ += first + label(key);
        text_ += colon;
        const std::string inside = other + "  ";
        if (const auto line = inline_text(key, value)) {
            text_ += " " + *line + "\n";
        } else if (value.is_object() && in_order(value).empty()) {
            // Both slots of a certificate are there, and empty.
            const bool is_status = value.find("issuer") != nullptr;
            text_ += " " + text::format(is_status ? "show.no-decision" : "show.none", language_);
            text_ += "\n";
        } else if (value.is_object()) {
            text_ += "\n";
            members(value, inside, inside);
        } else {
            text_ += "\n";
            for (const Json& one : value.as_array()) element(key, one, inside);
        }
    }

    void element(std::string_view key, const Json& one, const std::string& indent) {
        if (const auto line = inline_text(key, one)) {
            text_ += indent + "- " + *line + "\n";
        } else if (one.is_object()) {
            members(one, indent + "- ", indent + "  ");
        } else {
            text_ += indent + "- …\n";
        }
    }

    [[nodiscard]] std::string label(std::string_view key) const {
        const std::string name = "label." + std::string{key};
        const auto known = text::find_text(name, language_);
        return known ? std::string{*known} : prose::printable(key);
    }

    [[nodiscard]] std::optional<std::string> inline_text(std::string_view key,
                                                         const Json& value) const {
        if (value.is_array()) return list_text(key, value);
        if (value.is_object()) {
            return is_signer(value) ? signer_text(value, language_, known_) : name_text(value);
        }
        if (const auto boolean = value.get_boolean()) {
            return text::format(*boolean ? "show.yes" : "show.no", language_);
        }
        if (const std::string* word = value.get_string()) return word_text(key, *word, language_);
        const auto number = value.get_integer();
        const auto known = number && is_member_number(key) ? known_.find(*number) : known_.end();
        if (known == known_.end()) return codec::to_jcs(value);
        return isolated(prose::name_in(known->second.name, language_), language_) + " (" +
               codec::to_jcs(value) + ")";
    }

    /// A short list without structure, on one line.
    [[nodiscard]] std::optional<std::string> list_text(std::string_view key,
                                                       const Json& array) const {
        std::string line;
        for (const Json& one : array.as_array()) {
            const bool is_plain = !one.is_array() && (!one.is_object() || is_signer(one));
            const auto item = is_plain ? inline_text(key, one) : std::nullopt;
            if (!item) return std::nullopt;
            if (!line.empty()) line += text::comma(language_);
            line += *item;
        }
        return line;
    }

    /// What has a name in three languages and little else.
    [[nodiscard]] std::optional<std::string> name_text(const Json& json) const {
        const std::string* name = json.find_string(text::to_tag(language_));
        const bool has_all = name != nullptr && json.find_string("ar") != nullptr &&
                             json.find_string("en") != nullptr;
        if (!has_all || json.size() > 5) return std::nullopt;
        std::string line;
        if (const std::string* code = json.find_string("code"))
            line = prose::printable(*code) + " ";
        line += isolated(*name, language_);
        if (const std::string* from = json.find_string("from"))
            line += " (" + prose::printable(*from) + ")";
        return line;
    }

    text::Language language_;
    const KnownMembers& known_;
    std::string text_;
};

}  // namespace

std::string signer_text(const Json& signer, text::Language language, const KnownMembers& known) {
    const Json* member = signer.find("member");
    const Json* ordinal = signer.find("ordinal");
    if (member == nullptr || ordinal == nullptr) return {};
    const std::string numbers = codec::to_jcs(*member) + ":" + codec::to_jcs(*ordinal);
    const auto found = known.find(member->get_integer().value_or(-1));
    if (found == known.end()) return numbers;
    std::string text = prose::name_in(found->second.name, language);
    const auto role = found->second.roles.find(ordinal->get_integer().value_or(-1));
    if (role != found->second.roles.end()) {
        text = word_text("role", role->second, language) + " – " + text;
    }
    return isolated(text, language) + " (" + numbers + ")";
}

std::string people_text(const Json& json, text::Language language, const KnownMembers& known) {
    Writer writer{language, known};
    writer.members(json, {}, {});
    return writer.take();
}

}  // namespace tasdiq::cli
