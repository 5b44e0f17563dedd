#include "certificate/act.hpp"

#include <algorithm>
#include <iterator>

#include "certificate/act_text.hpp"
#include "certificate/schema.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;

// A credential of ours: each member that is there has the JSON type that the schema says.

std::string text_in(const Json& object, std::string_view key) {
    const std::string* const text = object.find_string(key);
    return text == nullptr ? std::string{} : *text;
}

std::optional<std::string> text_if(const Json& object, std::string_view key) {
    const std::string* const text = object.find_string(key);
    return text == nullptr ? std::nullopt : std::optional{*text};
}

std::optional<wire::Titles> titles_if(const Json& object, std::string_view key) {
    const Json* const value = object.find(key);
    if (value == nullptr) return std::nullopt;
    return wire::Titles{text_in(*value, "nameAr"), text_in(*value, "nameEn"),
                        text_in(*value, "nameFr")};
}

std::vector<ScriptText> scripts_in(const Json& object, std::string_view key) {
    std::vector<ScriptText> texts;
    const Json* const value = object.find(key);
    if (value == nullptr) return texts;
    for (const auto& [script, name] : kScriptNames) {
        if (const std::string* const text = value->find_string(name)) {
            texts.push_back({*text, script});
        }
    }
    return texts;
}

std::optional<Json> claim(const CanonicalCredential& credential, schema::Row row) {
    const auto text = credential.find({row});
    if (!text) return std::nullopt;
    auto value = codec::parse_json(*text, {.size_bytes_max = kCredentialSizeMax});
    return value ? std::optional{*std::move(value)} : std::nullopt;
}

std::optional<std::variant<Equivalency, Attestation>> what_of(
    const CanonicalCredential& credential) {
    if (const auto json = claim(credential, schema::kEquivalency)) {
        const auto outcome = parse_outcome(text_in(*json, "outcome"));
        const auto date = parse_day(text_in(*json, "date"));
        if (!outcome || !date) return std::nullopt;
        return Equivalency{*outcome,
                           text_in(*json, "number"),
                           *date,
                           titles_if(*json, "conditions"),
                           titles_if(*json, "equivalentTo"),
                           titles_if(*json, "purpose")};
    }
    const auto json = claim(credential, schema::kAttestation);
    if (!json) return std::nullopt;
    const auto kind = parse_attestation_kind(text_in(*json, "kind"));
    const auto date = parse_day(text_in(*json, "date"));
    if (!kind || !date) return std::nullopt;
    return Attestation{*kind, text_in(*json, "number"), *date,
                       titles_if(*json, "place").value_or(wire::Titles{}),
                       titles_if(*json, "capacity").value_or(wire::Titles{})};
}

std::optional<std::variant<Target, Document>> about_of(const CanonicalCredential& credential) {
    if (const auto json = claim(credential, schema::kTarget)) {
        const auto number = json->find_integer("certificate");
        if (!number || *number < 1) return std::nullopt;
        return Target{{static_cast<std::uint64_t>(*number)}, text_in(*json, "origin")};
    }
    const auto json = claim(credential, schema::kDocument);
    if (!json) return std::nullopt;
    return Document{scripts_in(*json, "institution"), text_in(*json, "country"),
                    scripts_in(*json, "title"), parse_partial_date(text_in(*json, "awardedOn")),
                    text_if(*json, "number")};
}

}  // namespace

std::optional<Act> act_of(const CanonicalCredential& credential) {
    auto what = what_of(credential);
    auto about = about_of(credential);
    if (!what || !about) return std::nullopt;
    return Act{*std::move(what), *std::move(about)};
}

std::vector<ScriptText> holder_names(const CanonicalCredential& credential) {
    constexpr std::pair<schema::Row, Script> kRows[] = {{schema::kNameArab, Script::kArab},
                                                        {schema::kNameLatn, Script::kLatn},
                                                        {schema::kNameTfng, Script::kTfng}};
    std::vector<ScriptText> names;
    for (const Claim& claim : credential.claims()) {
        const auto* const row =
            std::ranges::find(kRows, claim.id.row, &std::pair<schema::Row, Script>::first);
        if (row == std::end(kRows)) continue;
        const auto name = codec::parse_json(credential.value_of(claim));
        if (name && name->is_string()) names.push_back({name->as_string(), row->second});
    }
    return names;
}

}  // namespace tasdiq::certificate
