// What authorities say of another document, in the JSON of a record.
#include "certificate/record_reader.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;
using Error = RecordError;

ParsedPart some_titles_if(const RecordReader& in, std::string_view key,
                          std::optional<wire::Titles>& to) {
    const Json* const value = in.find(key);
    return value == nullptr ? Ok{} : read_some_titles(*value, in.at(key), to.emplace());
}

ParsedPart some_titles_of(const RecordReader& in, std::string_view key, wire::Titles& to) {
    TRY(const Json* const value, in.require(key));
    return read_some_titles(*value, in.at(key), to);
}

ParsedPart script_texts_of(const RecordReader& in, std::string_view key,
                           std::vector<ScriptText>& to) {
    TRY(in.require(key));
    return in.list(key, to, 3, read_script_text);
}

ParsedPart read_target(const RecordReader& in, Target& to) {
    TRY(in.integer("certificate", to.certificate.value));
    return in.text("origin", to.origin);
}

ParsedPart read_document(const RecordReader& in, Document& to) {
    TRY(script_texts_of(in, "institution", to.institution));
    TRY(in.text("country", to.country));
    TRY(script_texts_of(in, "title", to.title));
    TRY(in.word_if("awardedOn", to.awarded_on, parse_partial_date, Error::kDate));
    return in.text("number", to.number);
}

ParsedPart read_equivalency(const RecordReader& in, Equivalency& to) {
    TRY(in.word("outcome", to.outcome, parse_outcome, Error::kCode));
    TRY(in.text("number", to.number));
    TRY(in.word("date", to.date, parse_record_day, Error::kDate));
    TRY(some_titles_if(in, "conditions", to.conditions));
    TRY(some_titles_if(in, "equivalentTo", to.equivalent_to));
    return some_titles_if(in, "purpose", to.purpose);
}

ParsedPart read_attestation(const RecordReader& in, Attestation& to) {
    TRY(in.word("kind", to.kind, parse_attestation_kind, Error::kCode));
    TRY(in.text("number", to.number));
    TRY(in.word("date", to.date, parse_record_day, Error::kDate));
    TRY(some_titles_of(in, "place", to.place));
    return some_titles_of(in, "capacity", to.capacity);
}

}  // namespace

ParsedPart read_act(const RecordReader& in, Record& record) {
    TRY(in.object_if("target", record.target, {"certificate", "origin"}, read_target));
    TRY(in.object_if("document", record.document,
                     {"institution", "country", "title", "awardedOn", "number"}, read_document));
    TRY(in.object_if("equivalency", record.equivalency,
                     {"outcome", "number", "date", "conditions", "equivalentTo", "purpose"},
                     read_equivalency));
    return in.object_if("attestation", record.attestation,
                        {"kind", "number", "date", "place", "capacity"}, read_attestation);
}

void set_act(Json& document, const Record& record) {
    if (const auto& target = record.target) {
        document.set("target", Json::object()
                                   .set("certificate", target->certificate.value)
                                   .set("origin", target->origin));
    }
    if (const auto& about = record.document) {
        Json object = Json::object()
                          .set("institution", script_texts(about->institution))
                          .set("country", about->country)
                          .set("title", script_texts(about->title));
        if (about->awarded_on) object.set("awardedOn", to_text(*about->awarded_on));
        if (about->number) object.set("number", *about->number);
        document.set("document", std::move(object));
    }
    if (const auto& act = record.equivalency) {
        Json object = Json::object()
                          .set("outcome", to_word(act->outcome))
                          .set("number", act->number)
                          .set("date", to_text(act->date));
        if (act->conditions) object.set("conditions", some_titles(*act->conditions));
        if (act->equivalent_to) object.set("equivalentTo", some_titles(*act->equivalent_to));
        if (act->purpose) object.set("purpose", some_titles(*act->purpose));
        document.set("equivalency", std::move(object));
    }
    if (const auto& act = record.attestation) {
        document.set("attestation", Json::object()
                                        .set("kind", to_word(act->kind))
                                        .set("number", act->number)
                                        .set("date", to_text(act->date))
                                        .set("place", some_titles(act->place))
                                        .set("capacity", some_titles(act->capacity)));
    }
}

}  // namespace tasdiq::certificate
