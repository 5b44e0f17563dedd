#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/ensure.hpp"
#include "certificate/record.hpp"
#include "certificate/record_reader.hpp"
#include "codec/jcs.hpp"
#include "codec/json.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;
using Error = RecordError;

constexpr std::int64_t kVersion = 1;

std::optional<std::uint16_t> parse_field(std::string_view text) {
    if (text.size() != 4 || text.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    std::uint16_t field = 0;
    for (const char c : text) field = static_cast<std::uint16_t>(field * 10 + (c - '0'));
    return field;
}

ParsedPart read_text(const Json& value, std::string field, std::string& to) {
    if (!value.is_string()) return record_fault(Error::kType, std::move(field));
    to = value.as_string();
    return Ok{};
}

ParsedPart read_grade(const RecordReader& outer, std::optional<Grade>& to) {
    return outer.object_if("grade", to, {"value", "scale"},
                           [](const RecordReader& in, Grade& grade) -> ParsedPart {
                               TRY(in.text("value", grade.value));
                               return in.text("scale", grade.scale);
                           });
}

ParsedPart read_credits(const RecordReader& outer, std::optional<Credits>& to) {
    return outer.object_if("credits", to, {"value", "system"},
                           [](const RecordReader& in, Credits& credits) -> ParsedPart {
                               TRY(in.text("value", credits.value));
                               return in.text("system", credits.system);
                           });
}

ParsedPart read_rank(const RecordReader& outer, std::optional<Rank>& to) {
    return outer.object_if("rank", to, {"position", "of"},
                           [](const RecordReader& in, Rank& rank) -> ParsedPart {
                               TRY(in.integer("position", rank.position));
                               return in.integer("of", rank.of);
                           });
}

ParsedPart read_holder(const Json& value, Holder& to) {
    TRY(const auto in,
        RecordReader::open(value, "/holder",
                           {"names", "birthDate", "birthPlace", "nationality", "identifiers"}));
    TRY(in.require("names"));
    TRY(in.list("names", to.names, 8, read_script_text));
    TRY(in.word_if("birthDate", to.birth_date, parse_partial_date, Error::kDate));
    TRY(in.list("birthPlace", to.birth_place, 3, read_script_text));
    TRY(in.text("nationality", to.nationality));
    return in.list("identifiers", to.identifiers, 8,
                   [](const Json& item, std::string field, Identifier& identifier) -> ParsedPart {
                       TRY(const auto each,
                           RecordReader::open(item, std::move(field), {"scheme", "value"}));
                       TRY(each.text("scheme", identifier.scheme));
                       return each.text("value", identifier.value);
                   });
}

ParsedPart read_member_id(const Json& value, std::string field, wire::MemberId& to) {
    if (!value.is_number()) return record_fault(Error::kType, std::move(field));
    const auto number = value.get_integer();
    if (!number || !std::in_range<std::uint32_t>(*number)) {
        return record_fault(Error::kNumber, std::move(field));
    }
    to.value = static_cast<std::uint32_t>(*number);
    return Ok{};
}

ParsedPart read_award(const Json& value, Award& to) {
    TRY(const auto in, RecordReader::open(value, "/award",
                                          {"type", "title", "level", "field", "programme",
                                           "awardedOn", "awardedOnHijri", "intake", "mode", "site",
                                           "capture", "awardedWith", "decision", "academicYear",
                                           "honours", "grade", "credits", "rank", "languages"}));
    TRY(in.word("type", to.type, parse_certificate_type, Error::kCode));
    TRY(const Json* const title, in.require("title"));
    TRY(read_titles(*title, in.at("title"), to.title));
    TRY(in.integer("level", to.level));
    TRY(in.word("field", to.field, parse_field, Error::kCode));
    TRY(in.text("programme", to.programme));
    TRY(in.word("awardedOn", to.awarded_on, parse_record_day, Error::kDate));
    TRY(in.text("awardedOnHijri", to.awarded_on_hijri));
    TRY(in.word_if("intake", to.intake, parse_record_day, Error::kDate));
    TRY(in.word("mode", to.mode, parse_mode, Error::kCode));
    TRY(in.integer("site", to.site));
    TRY(in.word("capture", to.capture, parse_capture, Error::kCode));
    TRY(in.list("awardedWith", to.awarded_with, 7, read_member_id));
    TRY(in.text("decision", to.decision));
    TRY(in.text("academicYear", to.academic_year));
    if (const Json* const honours = in.find("honours")) {
        TRY(read_titles(*honours, in.at("honours"), to.honours.emplace()));
    }
    TRY(read_grade(in, to.grade));
    TRY(read_credits(in, to.credits));
    TRY(read_rank(in, to.rank));
    return in.list("languages", to.languages, 8, read_text);
}

ParsedPart read_course(const Json& value, std::string field, Course& to) {
    TRY(const auto in, RecordReader::open(value, std::move(field),
                                          {"code", "title", "credits", "grade", "semester"}));
    TRY(in.text("code", to.code));
    TRY(const Json* const title, in.require("title"));
    wire::Titles titles;
    TRY(read_some_titles(*title, in.at("title"), titles));
    to.title_ar = std::move(titles.ar);
    to.title_en = std::move(titles.en);
    to.title_fr = std::move(titles.fr);
    TRY(read_credits(in, to.credits));
    TRY(read_grade(in, to.grade));
    return in.text("semester", to.semester);
}

void set_if(Json& object, std::string_view key, const std::optional<std::string>& text) {
    if (text) object.set(key, *text);
}

void set_grade(Json& object, const std::optional<Grade>& grade) {
    if (!grade) return;
    object.set("grade", Json::object().set("value", grade->value).set("scale", grade->scale));
}

void set_credits(Json& object, const std::optional<Credits>& credits) {
    if (!credits) return;
    object.set("credits",
               Json::object().set("value", credits->value).set("system", credits->system));
}

Json to_json(const Holder& holder) {
    Json object = Json::object().set("names", script_texts(holder.names));
    if (holder.birth_date) object.set("birthDate", to_text(*holder.birth_date));
    if (!holder.birth_place.empty()) object.set("birthPlace", script_texts(holder.birth_place));
    set_if(object, "nationality", holder.nationality);
    if (holder.identifiers.empty()) return object;
    Json list = Json::array();
    for (const Identifier& one : holder.identifiers) {
        list.push(Json::object().set("scheme", one.scheme).set("value", one.value));
    }
    return std::move(object).set("identifiers", std::move(list));
}

Json to_json(const Award& award) {
    Json object = Json::object()
                      .set("type", to_word(award.type))
                      .set("title", titles_of(award.title))
                      .set("level", award.level)
                      .set("field", wire::to_field_text(award.field));
    set_if(object, "programme", award.programme);
    object.set("awardedOn", to_text(award.awarded_on));
    set_if(object, "awardedOnHijri", award.awarded_on_hijri);
    if (award.intake) object.set("intake", to_text(*award.intake));
    object.set("mode", to_word(award.mode))
        .set("site", award.site)
        .set("capture", to_word(award.capture));
    if (!award.awarded_with.empty()) {
        Json list = Json::array();
        for (const wire::MemberId member : award.awarded_with) list.push(member.value);
        object.set("awardedWith", std::move(list));
    }
    set_if(object, "decision", award.decision);
    set_if(object, "academicYear", award.academic_year);
    if (award.honours) object.set("honours", titles_of(*award.honours));
    set_grade(object, award.grade);
    set_credits(object, award.credits);
    if (award.rank) {
        object.set("rank",
                   Json::object().set("position", award.rank->position).set("of", award.rank->of));
    }
    if (!award.languages.empty()) {
        Json list = Json::array();
        for (const std::string& language : award.languages) list.push(language);
        object.set("languages", std::move(list));
    }
    return object;
}

Json to_json(const Course& course) {
    const wire::Titles title{course.title_ar, course.title_en, course.title_fr};
    Json object = Json::object().set("code", course.code).set("title", some_titles(title));
    set_credits(object, course.credits);
    set_grade(object, course.grade);
    set_if(object, "semester", course.semester);
    return object;
}

}  // namespace

Result<Record, RecordFault> parse_record(ByteView json) {
    if (json.size() > kRecordSizeMax) return record_fault(Error::kTooLarge, "");
    const auto document = codec::parse_json(json, {.size_bytes_max = kRecordSizeMax});
    if (!document) return record_fault(Error::kJson, "");
    TRY(const auto in, RecordReader::open(*document, "",
                                          {"version", "holder", "award", "courses", "validUntil",
                                           "target", "document", "equivalency", "attestation"}));
    Record record;
    std::int64_t version = 0;
    TRY(in.integer("version", version));
    if (version != kVersion) return record_fault(Error::kVersion, "/version");
    TRY(const Json* const holder, in.require("holder"));
    TRY(read_holder(*holder, record.holder));
    TRY(const Json* const award, in.require("award"));
    TRY(read_award(*award, record.award));
    TRY(in.list("courses", record.courses, kCoursesMax, read_course));
    TRY(in.word_if("validUntil", record.valid_until, parse_record_day, Error::kDate));
    TRY(read_act(in, record));
    TRY(check_record(record));
    return record;
}

std::string encode(const Record& record) {
    ENSURE(check_record(record).has_value());
    Json document = Json::object()
                        .set("version", kVersion)
                        .set("holder", to_json(record.holder))
                        .set("award", to_json(record.award));
    if (!record.courses.empty()) {
        Json list = Json::array();
        for (const Course& course : record.courses) list.push(to_json(course));
        document.set("courses", std::move(list));
    }
    if (record.valid_until) document.set("validUntil", to_text(*record.valid_until));
    set_act(document, record);
    return codec::to_jcs(document);
}

}  // namespace tasdiq::certificate
