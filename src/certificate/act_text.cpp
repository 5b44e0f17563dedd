#include "certificate/act_text.hpp"

#include "certificate/builder.hpp"
#include "certificate/derived.hpp"

namespace tasdiq::certificate {
namespace {

/// One object, whose members come in the order of JCS.
class PartWriter {
  public:
    explicit PartWriter(std::string& to) : to_{to}, writer_{to} {}

    PartWriter& text(std::string_view key, std::string_view value) {
        writer_.key(key);
        append_text(to_, value);
        return *this;
    }
    PartWriter& text_if(std::string_view key, const std::optional<std::string>& value) {
        return value ? text(key, *value) : *this;
    }
    PartWriter& number(std::string_view key, std::uint64_t value) {
        writer_.key(key);
        to_ += std::to_string(value);
        return *this;
    }
    PartWriter& scripts(std::string_view key, const std::vector<ScriptText>& texts) {
        writer_.key(key);
        append_script_texts(to_, texts);
        return *this;
    }
    /// In those languages that there are.
    PartWriter& titles(std::string_view key, const wire::Titles& titles) {
        writer_.key(key);
        PartWriter inner{to_};
        if (!titles.ar.empty()) inner.text("nameAr", titles.ar);
        if (!titles.en.empty()) inner.text("nameEn", titles.en);
        if (!titles.fr.empty()) inner.text("nameFr", titles.fr);
        inner.close();
        return *this;
    }
    PartWriter& titles_if(std::string_view key, const std::optional<wire::Titles>& value) {
        return value ? titles(key, *value) : *this;
    }
    void close() { writer_.close(); }

  private:
    std::string& to_;
    ObjectWriter writer_;
};

}  // namespace

void append_script_texts(std::string& to, const std::vector<ScriptText>& texts) {
    PartWriter writer{to};
    for (const auto& [script, key] : kScriptNames) {
        for (const ScriptText& one : texts) {
            if (one.script == script) writer.text(key, one.text);
        }
    }
    writer.close();
}

void append_part(std::string& to, const Target& target) {
    PartWriter{to}
        .number("certificate", target.certificate.value)
        .text("origin", target.origin)
        .close();
}

void append_part(std::string& to, const Document& document) {
    PartWriter writer{to};
    if (document.awarded_on) writer.text("awardedOn", to_text(*document.awarded_on));
    writer.text("country", document.country)
        .scripts("institution", document.institution)
        .text_if("number", document.number)
        .scripts("title", document.title)
        .close();
}

void append_part(std::string& to, const Equivalency& equivalency) {
    PartWriter{to}
        .titles_if("conditions", equivalency.conditions)
        .text("date", to_text(equivalency.date))
        .titles_if("equivalentTo", equivalency.equivalent_to)
        .text("number", equivalency.number)
        .text("outcome", to_word(equivalency.outcome))
        .titles_if("purpose", equivalency.purpose)
        .close();
}

void append_part(std::string& to, const Attestation& attestation) {
    PartWriter{to}
        .titles("capacity", attestation.capacity)
        .text("date", to_text(attestation.date))
        .text("kind", to_word(attestation.kind))
        .text("number", attestation.number)
        .titles("place", attestation.place)
        .close();
}

}  // namespace tasdiq::certificate
