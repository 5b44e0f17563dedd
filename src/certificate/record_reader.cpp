#include "certificate/record_reader.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;
using Error = RecordError;

/// A text in one language that may be left out, but not left empty.
ParsedPart read_title_part(const RecordReader& in, std::string_view language, std::string& to) {
    if (in.find(language) == nullptr) return Ok{};
    TRY(in.text(language, to));
    if (to.empty()) return record_fault(Error::kText, in.at(language));
    return Ok{};
}

}  // namespace

ParsedPart read_script_text(const Json& value, std::string field, ScriptText& to) {
    TRY(const auto in, RecordReader::open(value, std::move(field), {"text", "script"}));
    TRY(in.text("text", to.text));
    return in.word("script", to.script, parse_script, Error::kCode);
}

ParsedPart read_titles(const Json& value, std::string field, wire::Titles& to) {
    TRY(const auto in, RecordReader::open(value, std::move(field), {"ar", "en", "fr"}));
    TRY(in.text("ar", to.ar));
    TRY(in.text("en", to.en));
    return in.text("fr", to.fr);
}

ParsedPart read_some_titles(const Json& value, std::string field, wire::Titles& to) {
    TRY(const auto in, RecordReader::open(value, std::move(field), {"ar", "en", "fr"}));
    TRY(read_title_part(in, "ar", to.ar));
    TRY(read_title_part(in, "en", to.en));
    return read_title_part(in, "fr", to.fr);
}

Json script_texts(const std::vector<ScriptText>& texts) {
    Json list = Json::array();
    for (const ScriptText& one : texts) {
        list.push(Json::object().set("text", one.text).set("script", to_word(one.script)));
    }
    return list;
}

Json titles_of(const wire::Titles& titles) {
    return Json::object().set("ar", titles.ar).set("en", titles.en).set("fr", titles.fr);
}

Json some_titles(const wire::Titles& titles) {
    Json object = Json::object();
    if (!titles.ar.empty()) object.set("ar", titles.ar);
    if (!titles.en.empty()) object.set("en", titles.en);
    if (!titles.fr.empty()) object.set("fr", titles.fr);
    return object;
}

}  // namespace tasdiq::certificate
