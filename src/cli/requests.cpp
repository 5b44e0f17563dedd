#include "cli/requests.hpp"

#include <algorithm>

#include "cli/request_fields.hpp"
#include "codec/base_n.hpp"
#include "codec/cbor.hpp"
#include "crypto/multikey.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::CborWriter;
using codec::Json;

void put_names(CborWriter& writer, JsonMembers& request) {
    const auto& names = request.array("names");
    writer.array(names.size());
    for (const Json& one : names) {
        JsonMembers name = request.element("names", one);
        writer.array(4).integer(name.day("from").days);
        for (const char* key : {"ar", "en", "fr"}) writer.text(name.visible_text(key));
        request.absorb(name);
    }
}

void put_ids(CborWriter& writer, JsonMembers& request) {
    const Json* ids = request.find("ids");
    const std::size_t count = ids != nullptr ? request.array("ids").size() : 0;
    writer.array(count);
    for (std::size_t i = 0; i < count; ++i) {
        JsonMembers id = request.element("ids", ids->as_array()[i]);
        writer.array(2).text(id.visible_text("scheme")).text(id.visible_text("value"));
        request.absorb(id);
    }
}

void put_member_or_null(CborWriter& writer, JsonMembers& request, std::string_view key) {
    if (request.find(key) == nullptr) {
        writer.null();
    } else {
        writer.uint(request.number(key, UINT32_MAX));
    }
}

/// `0613`
std::optional<std::uint64_t> parse_field(const std::string& text) {
    const bool is_field =
        text.size() == 4 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_field) return std::nullopt;
    return static_cast<std::uint64_t>(std::stoul(text));
}

/// The codes of an array of words or numbers, ascending.
template <class Parse>
std::vector<std::uint64_t> codes_of(JsonMembers& object, std::string_view key, Parse parse) {
    std::vector<std::uint64_t> codes;
    for (const Json& one : object.array(key)) {
        const std::optional<std::uint64_t> code = parse(one);
        if (!code) object.refuse(key);
        codes.push_back(code.value_or(0));
    }
    std::ranges::sort(codes);
    return codes;
}

template <class Code>
auto word_parser(Code last) {
    return [last](const Json& json) -> std::optional<std::uint64_t> {
        const std::string* word = json.get_string();
        const auto code = word != nullptr ? parse_word(*word, last) : std::nullopt;
        if (!code) return std::nullopt;
        return static_cast<std::uint64_t>(*code);
    };
}

void put_sites(CborWriter& writer, JsonMembers& scope) {
    std::vector<std::pair<std::uint64_t, std::string>> sites;
    for (const Json& one : scope.array("sites")) {
        JsonMembers site = scope.element("sites", one);
        sites.emplace_back(site.number("site", UINT8_MAX), site.text("country"));
        scope.absorb(site);
    }
    std::ranges::sort(sites);
    writer.array(sites.size());
    for (const auto& [site, country] : sites) writer.array(2).uint(site).text(country);
}

void put_applies(CborWriter& writer, JsonMembers& object, std::string_view key) {
    const std::string word = object.text(key);
    if (word != "intake" && word != "award") object.refuse(key);
    writer.uint(word == "award" ? 1U : 0U);
}

void put_scope(CborWriter& writer, JsonMembers& scope) {
    const auto act = parse_word(scope.text("act"), wire::Act::kAccreditation);
    if (!act) scope.refuse("act");
    writer.array(13)
        .uint(act ? static_cast<std::uint64_t>(*act) : 0)
        .text(scope.visible_text("legal"));
    put_numbers(writer, codes_of(scope, "types", word_parser(wire::CertificateType::kAttestation)));
    put_numbers(writer, codes_of(scope, "levels", [](const Json& json) {
                    const auto level = json.get_integer();
                    return level && *level >= 0 ? std::optional<std::uint64_t>{*level}
                                                : std::nullopt;
                }));
    put_numbers(writer, codes_of(scope, "fields", [](const Json& json) {
                    const std::string* text = json.get_string();
                    return text != nullptr ? parse_field(*text) : std::nullopt;
                }));
    writer.boolean(scope.boolean("byProgramme"));
    put_numbers(writer, codes_of(scope, "modes", word_parser(wire::Mode::kWorkBased)));
    put_sites(writer, scope);
    writer.integer(scope.day("from").days);
    if (scope.find("to") == nullptr) {
        writer.null();
    } else {
        writer.integer(scope.day("to").days);
    }
    put_applies(writer, scope, "appliesTo");
    if (scope.find("quota") == nullptr) {
        writer.null();
    } else {
        writer.uint(scope.number("quota", wire::kLogIndexMax));
    }
    writer.uint(scope.number("registerQuota", wire::kLogIndexMax));
}

void put_programmes(CborWriter& writer, JsonMembers& request) {
    std::vector<std::pair<std::string, Bytes>> entries;
    const Json* programmes = request.find("programmes");
    const std::size_t count = programmes != nullptr ? request.array("programmes").size() : 0;
    for (std::size_t i = 0; i < count; ++i) {
        JsonMembers programme = request.element("programmes", programmes->as_array()[i]);
        const std::string code = programme.text("code");
        const auto field = parse_field(programme.text("field"));
        if (!field) programme.refuse("field");
        CborWriter entry;
        entry.array(3).text(code).uint(field.value_or(0)).array(3);
        for (const char* key : {"ar", "en", "fr"}) entry.text(programme.visible_text(key));
        entries.emplace_back(code, entry.take());
        request.absorb(programme);
    }
    std::ranges::sort(entries);
    writer.array(entries.size());
    for (const auto& entry : entries) writer.encoded(entry.second);
}

/// `dean@self`, `officer@parent`
void put_slot(CborWriter& writer, JsonMembers& rule, const Json& json) {
    constexpr std::string_view kWho[] = {"self", "parent", "authority"};
    const std::string* text = json.get_string();
    const std::size_t at = text != nullptr ? text->find('@') : std::string::npos;
    if (at == std::string::npos) return rule.refuse("alternatives");
    const std::string_view role_word = std::string_view{*text}.substr(0, at);
    const auto who = std::ranges::find(kWho, std::string_view{*text}.substr(at + 1));
    const auto role = wire::parse_role(role_word);
    if (who == std::end(kWho) || (!role && role_word != "officer")) {
        return rule.refuse("alternatives");
    }
    writer.array(2).uint(static_cast<std::uint64_t>(who - std::begin(kWho)));
    writer.uint(role ? static_cast<std::uint64_t>(*role) : 0);
}

void put_rule(CborWriter& writer, JsonMembers& rule) {
    constexpr wire::BodyCode kBodies[] = {
        wire::BodyCode::kAccredit,  wire::BodyCode::kEndAccreditation,
        wire::BodyCode::kSetPolicy, wire::BodyCode::kIssue,
        wire::BodyCode::kStatus,    wire::BodyCode::kAddKey,
        wire::BodyCode::kRetireKey, wire::BodyCode::kRegisterInstitution};
    const std::string body_word = rule.text("body");
    const auto body = std::ranges::find_if(
        kBodies, [&](wire::BodyCode code) { return wire::to_word(code) == body_word; });
    if (body == std::end(kBodies)) rule.refuse("body");
    writer.array(6).uint(body != std::end(kBodies) ? static_cast<std::uint64_t>(*body) : 0);
    const auto condition = [&](std::string_view key, auto parse) {
        if (rule.find(key) == nullptr) {
            writer.null();
        } else {
            put_numbers(writer, codes_of(rule, key, parse));
        }
    };
    condition("types", word_parser(wire::CertificateType::kAttestation));
    condition("relations", [](const Json& json) -> std::optional<std::uint64_t> {
        const std::string* word = json.get_string();
        if (word != nullptr && *word == "none") return 0;
        return word_parser(wire::RelationCode::kRestores)(json);
    });
    condition("captures", word_parser(wire::Capture::kReconstructed));
    writer.uint(rule.find("coolOffSeconds") == nullptr ? 0
                                                       : rule.number("coolOffSeconds", UINT32_MAX));
    const auto& alternatives = rule.array("alternatives");
    writer.array(alternatives.size());
    for (const Json& alternative : alternatives) {
        if (!alternative.is_array()) rule.refuse("alternatives");
        writer.array(alternative.size());
        if (!alternative.is_array()) continue;
        for (const Json& slot : alternative.as_array()) put_slot(writer, rule, slot);
    }
}

}  // namespace

template <class Code>
std::optional<Code> parse_word(std::string_view word, Code last) {
    for (std::uint8_t code = 1; code <= static_cast<std::uint8_t>(last); ++code) {
        if (wire::to_word(static_cast<Code>(code)) == word) return static_cast<Code>(code);
    }
    return std::nullopt;
}
template std::optional<wire::MemberKind> parse_word(std::string_view, wire::MemberKind);
template std::optional<wire::CertificateType> parse_word(std::string_view, wire::CertificateType);
template std::optional<wire::Mode> parse_word(std::string_view, wire::Mode);
template std::optional<wire::Capture> parse_word(std::string_view, wire::Capture);
template std::optional<wire::RelationCode> parse_word(std::string_view, wire::RelationCode);
template std::optional<wire::Act> parse_word(std::string_view, wire::Act);
template std::optional<wire::EndAction> parse_word(std::string_view, wire::EndAction);
template std::optional<wire::SuccessionKind> parse_word(std::string_view, wire::SuccessionKind);
template std::optional<wire::CustodyScope> parse_word(std::string_view, wire::CustodyScope);
template std::optional<wire::CohortKind> parse_word(std::string_view, wire::CohortKind);
template std::optional<wire::StatusState> parse_word(std::string_view, wire::StatusState);

Result<Request, std::string> parse_register_authority(const Json& json, const std::string& folder) {
    JsonMembers request{json};
    CborWriter writer;
    writer.array(6);
    put_code(writer, wire::BodyCode::kRegisterAuthority);
    const wire::MemberId state = member_of(request, "state");
    writer.uint(state.value);
    put_names(writer, request);
    writer.uint(request.number("sector", UINT32_MAX));
    put_ids(writer, request);
    put_keys(writer, request, folder);
    return finished(request, writer, state);
}

Result<Request, std::string> parse_register_institution(const Json& json,
                                                        const std::string& folder) {
    JsonMembers request{json};
    CborWriter writer;
    writer.array(8);
    put_code(writer, wire::BodyCode::kRegisterInstitution);
    const wire::MemberId authority = member_of(request, "authority");
    writer.uint(authority.value);
    const auto kind = parse_word(request.text("kind"), wire::MemberKind::kSecretariat);
    if (!kind) request.refuse("kind");
    writer.uint(kind ? static_cast<std::uint64_t>(*kind) : 0);
    put_names(writer, request);
    writer.text(request.text("country"));
    put_ids(writer, request);
    put_member_or_null(writer, request, "parent");
    put_keys(writer, request, folder);
    return finished(request, writer, authority);
}

Result<Request, std::string> parse_accredit(const Json& json, const std::string& /*folder*/) {
    JsonMembers request{json};
    CborWriter writer;
    writer.array(5);
    put_code(writer, wire::BodyCode::kAccredit);
    const wire::MemberId authority = member_of(request, "authority");
    writer.uint(authority.value).uint(member_of(request, "institution").value);
    JsonMembers scope = request.object("scope");
    put_scope(writer, scope);
    request.absorb(scope);
    put_programmes(writer, request);
    return finished(request, writer, authority);
}

Result<Request, std::string> parse_set_policy(const Json& json, const std::string& /*folder*/) {
    JsonMembers request{json};
    CborWriter writer;
    writer.array(3);
    put_code(writer, wire::BodyCode::kSetPolicy);
    const wire::MemberId member = member_of(request, "member");
    writer.uint(member.value);
    const auto& rules = request.array("rules");
    writer.array(rules.size());
    for (const Json& one : rules) {
        JsonMembers rule = request.element("rules", one);
        put_rule(writer, rule);
        request.absorb(rule);
    }
    return finished(request, writer, member);
}

Result<Request, std::string> make_add_key(wire::MemberId member, const Json& possession) {
    JsonMembers key{possession};
    CborWriter writer;
    writer.array(3);
    put_code(writer, wire::BodyCode::kAddKey);
    writer.uint(member.value);
    put_possession(writer, key);
    return finished(key, writer, member);
}

Request make_retire_key(wire::MemberId member, wire::Ordinal ordinal) {
    CborWriter writer;
    writer.array(3);
    put_code(writer, wire::BodyCode::kRetireKey);
    return {writer.uint(member.value).uint(ordinal.value).take(), member};
}

Request make_void_key(wire::MemberId by, const wire::Signer& key, wire::LogIndex from) {
    CborWriter writer;
    writer.array(5);
    put_code(writer, wire::BodyCode::kVoidKey);
    writer.uint(by.value).uint(key.member.value).uint(key.ordinal.value).uint(from.value);
    return {writer.take(), by};
}

Request make_end_accreditation(const wire::EndAccreditation& body) {
    CborWriter writer;
    writer.array(7);
    put_code(writer, wire::BodyCode::kEndAccreditation);
    writer.uint(body.authority.value).uint(body.institution.value).uint(body.number);
    writer.uint(static_cast<std::uint64_t>(body.action)).uint(static_cast<std::uint64_t>(body.by));
    return {writer.integer(body.effective.days).take(), body.authority};
}

Request make_status(wire::MemberId member, wire::StatusState state,
                    const std::vector<wire::LogIndex>& indices) {
    CborWriter writer;
    writer.array(4);
    put_code(writer, wire::BodyCode::kStatus);
    writer.uint(member.value).uint(static_cast<std::uint64_t>(state));
    put_indices(writer, indices);
    return {writer.take(), member};
}

Json possession_to_json(const wire::NewKey& key, const wire::ChainId& chain,
                        std::optional<wire::MemberId> member) {
    const auto parsed = crypto::PublicKey::parse(key.algorithm, key.public_key);
    ENSURE(parsed);
    return Json::object()
        .set("type", kPossessionType)
        .set("chain", to_hex(chain.view()))
        .set("member", member ? Json{member->value} : Json{})
        .set("role", wire::to_word(key.role))
        .set("key", crypto::to_multikey(*parsed))
        .set("possession", codec::encode_base64url(key.possession));
}

}  // namespace tasdiq::cli
