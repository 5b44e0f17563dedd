// The routes of Api that explain what the ledger holds.
#include <algorithm>
#include <charconv>

#include "codec/base_n.hpp"
#include "credential/did.hpp"
#include "crypto/hash.hpp"
#include "crypto/multikey.hpp"
#include "node/accredited.hpp"
#include "node/answers.hpp"
#include "node/api.hpp"
#include "node/member_reader.hpp"
#include "node/read_record.hpp"
#include "wire/describe.hpp"
#include "wire/voids.hpp"

namespace tasdiq::node {
namespace {

using codec::Json;

constexpr std::size_t kMembersPage = 200;
constexpr std::size_t kEntriesPage = 256;

Json describe_entry(wire::LogIndex index, ByteView bytes) {
    Json json = Json::object().set("index", index.value);
    const auto entry = wire::decode_entry(bytes);
    json.set("entry", entry ? wire::describe(*entry) : Json{});
    json.set("bytes", codec::encode_base64url(bytes));
    return json;
}

std::optional<std::uint64_t> number_parameter(const net::HttpRequest& request,
                                              std::string_view name, std::uint64_t otherwise,
                                              std::uint64_t max) {
    const auto text = request.target.parameter(name);
    if (!text) return otherwise;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    const bool whole = error == std::errc{} && end == text->data() + text->size();
    return whole && value <= max ? std::optional{value} : std::nullopt;
}

}  // namespace

wire::StateSet Api::state_set() const {
    const auto set = look_up<wire::SetRecord>(store_, wire::MapKey::state_set());
    return set.record ? set.record->set : wire::genesis_set(store_.genesis());
}

wire::TrustRoot Api::trust_root() const {
    const auto published = engine_.published();
    const Bytes genesis = wire::encode(store_.genesis());
    return {store_.genesis().ledger,
            *wire::GenesisHash::from(crypto::sha256(genesis).view()),
            store_.origin(),
            {},
            state_set(),
            published->checkpoint,
            published->cosignatures.front().time};
}

net::HttpResponse Api::get_trust_root() const {
    return bytes_answer("application/json", wire::encode(trust_root()), "/api/v1/trust-root",
                        Caching::kShort);
}

net::HttpResponse Api::get_ledger() const {
    const auto published = engine_.published();
    const auto ledger = look_up<wire::LedgerRecord>(store_, wire::MapKey::ledger());
    if (!ledger.record) return api_problem(ApiError::kStore, "/api/v1/ledger");
    Json states = Json::array();
    for (const wire::SetMember& member : state_set()) states.push(member.country);
    return json_answer(
        Json::object()
            .set("ledger",
                 store_.genesis().ledger == wire::LedgerKind::kTest ? "test" : "production")
            .set("version", info_.version)
            .set("chain", to_hex(store_.chain().view()))
            .set("origin", store_.origin())
            .set("size", published->head.log.size)
            .set("height", published->head.height)
            .set("time", to_text(published->head.time))
            .set("root", codec::encode_base64(published->head.log.root.view()))
            .set("mapRoot", to_hex(published->head.map.view()))
            .set("members", ledger.record->next_member.value - 1)
            .set("states", std::move(states))
            .set("nodeKeysHeld", info_.node_keys_held),
        "/api/v1/ledger");
}

net::HttpResponse Api::get_members(const net::HttpRequest& request) const {
    constexpr std::string_view kRoute = "/api/v1/members";
    const auto after = number_parameter(request, "after", 0, UINT32_MAX);
    const auto limit = number_parameter(request, "limit", kMembersPage, kMembersPage);
    if (!after || !limit) return api_problem(ApiError::kParameter, kRoute, "after, limit");
    const std::string kind{request.target.parameter("kind").value_or("")};
    const auto ledger = look_up<wire::LedgerRecord>(store_, wire::MapKey::ledger());
    if (!ledger.record) return api_problem(ApiError::kStore, kRoute);
    Json members = Json::array();
    MemberReader reader{store_};
    std::uint64_t id = *after + 1;
    for (; id < ledger.record->next_member.value && members.size() < *limit; ++id) {
        const wire::MemberId member{static_cast<std::uint32_t>(id)};
        const auto found = look_up<wire::MemberRecord>(store_, wire::MapKey::member(member));
        if (found.failed) return api_problem(ApiError::kStore, kRoute);
        if (!found.record) continue;
        if (!kind.empty() && wire::to_word(found.record->kind) != kind) continue;
        const wire::Name& name = reader.name_on(*found.record, to_day(now_()));
        Json json = Json::object()
                        .set("member", id)
                        .set("kind", wire::to_word(found.record->kind))
                        .set("country", found.record->country)
                        .set("ar", name.ar)
                        .set("en", name.en)
                        .set("fr", name.fr);
        members.push(std::move(json));
    }
    Json json = Json::object().set("members", std::move(members));
    if (id < ledger.record->next_member.value) json.set("next", id - 1);
    return json_answer(json, kRoute);
}

net::HttpResponse Api::get_member(wire::MemberId member) const {
    constexpr std::string_view kRoute = "/api/v1/members/{id}";
    const auto record = look_up<wire::MemberRecord>(store_, wire::MapKey::member(member));
    const auto counters = look_up<wire::CountersRecord>(store_, wire::MapKey::counters(member));
    if (record.failed || counters.failed) return api_problem(ApiError::kStore, kRoute);
    if (!record.record) return api_problem(ApiError::kNotFound, kRoute);
    Json keys = Json::array();
    const std::uint16_t count = counters.record ? counters.record->next_ordinal.value : 0;
    for (std::uint16_t ordinal = 0; ordinal < count; ++ordinal) {
        const auto key = look_up<wire::KeyRecord>(store_, wire::MapKey::key(member, {ordinal}));
        if (key.failed) return api_problem(ApiError::kStore, kRoute);
        if (key.record) keys.push(wire::describe(*key.record).set("ordinal", ordinal));
    }
    wire::MemberRecord shown = *record.record;
    shown.names = MemberReader{store_}.names_of(shown);
    return json_answer(
        wire::describe(shown)
            .set("member", member.value)
            .set("accreditations", counters.record ? counters.record->next_accreditation - 1 : 0U)
            .set("keys", std::move(keys)),
        kRoute);
}

net::HttpResponse Api::get_accreditations(wire::MemberId member) const {
    constexpr std::string_view kRoute = "/api/v1/members/{id}/accreditations";
    const auto counters = look_up<wire::CountersRecord>(store_, wire::MapKey::counters(member));
    if (counters.failed) return api_problem(ApiError::kStore, kRoute);
    if (!counters.record) return api_problem(ApiError::kNotFound, kRoute);
    Json list = Json::array();
    for (std::uint32_t number = 1; number < counters.record->next_accreditation; ++number) {
        const auto found =
            look_up<wire::AccreditationRecord>(store_, wire::MapKey::accreditation(member, number));
        if (found.failed) return api_problem(ApiError::kStore, kRoute);
        if (found.record) list.push(wire::describe(*found.record).set("number", number));
    }
    return json_answer(Json::object().set("accreditations", std::move(list)), kRoute);
}

net::HttpResponse Api::get_cohorts(wire::MemberId member) const {
    constexpr std::string_view kRoute = "/api/v1/members/{id}/cohorts";
    const auto counters = look_up<wire::CountersRecord>(store_, wire::MapKey::counters(member));
    if (counters.failed) return api_problem(ApiError::kStore, kRoute);
    if (!counters.record) return api_problem(ApiError::kNotFound, kRoute);
    Json list = Json::array();
    for (std::uint32_t number = 1; number < counters.record->next_cohort; ++number) {
        const auto found =
            look_up<wire::CohortRecord>(store_, wire::MapKey::cohort(member, number));
        if (found.failed) return api_problem(ApiError::kStore, kRoute);
        if (found.record) list.push(wire::describe(*found.record).set("number", number));
    }
    return json_answer(Json::object().set("cohorts", std::move(list)), kRoute);
}

net::HttpResponse Api::get_accreditation(wire::MemberId member, std::uint32_t number) const {
    constexpr std::string_view kRoute = "/api/v1/members/{id}/accreditations/{number}";
    const auto found =
        look_up<wire::AccreditationRecord>(store_, wire::MapKey::accreditation(member, number));
    if (found.failed) return api_problem(ApiError::kStore, kRoute);
    if (!found.record) return api_problem(ApiError::kNotFound, kRoute);
    const auto named = programmes_of(store_, *found.record);
    if (!named) return api_problem(ApiError::kStore, kRoute);
    Json programmes = Json::array();
    for (const wire::ProgrammeEntry& one : *named) programmes.push(wire::describe(one));
    return json_answer(wire::describe(*found.record)
                           .set("number", number)
                           .set("programmes", std::move(programmes)),
                       kRoute);
}

net::HttpResponse Api::get_entry(wire::LogIndex index) const {
    constexpr std::string_view kRoute = "/api/v1/entries/{index}";
    if (index.value >= engine_.published()->head.log.size) {
        return api_problem(ApiError::kNotFound, kRoute);
    }
    const auto entry = store_.entry(index);
    if (!entry) return api_problem(ApiError::kStore, kRoute);
    return json_answer(describe_entry(index, *entry), kRoute, Caching::kImmutable);
}

net::HttpResponse Api::get_entries(const net::HttpRequest& request) const {
    constexpr std::string_view kRoute = "/api/v1/entries";
    const std::uint64_t size = engine_.published()->head.log.size;
    const auto from = number_parameter(request, "from", 0, wire::kLogIndexMax);
    const auto count = number_parameter(request, "count", 32, kEntriesPage);
    if (!from || !count) return api_problem(ApiError::kParameter, kRoute, "from, count");
    Json list = Json::array();
    if (*from < size) {
        const auto entries = store_.entries({*from}, std::min(*count, size - *from));
        if (!entries) return api_problem(ApiError::kStore, kRoute);
        for (std::size_t i = 0; i < entries->size(); ++i) {
            list.push(describe_entry({*from + i}, (*entries)[i]));
        }
    }
    return json_answer(Json::object().set("size", size).set("entries", std::move(list)), kRoute);
}

net::HttpResponse Api::get_certificate(wire::LogIndex index) const {
    constexpr std::string_view kRoute = "/api/v1/certificates/{index}";
    if (index.value >= engine_.published()->head.log.size) {
        return api_problem(ApiError::kNotFound, kRoute);
    }
    const auto bytes = store_.entry(index);
    if (!bytes) return api_problem(ApiError::kStore, kRoute);
    auto certificate = wire::decode_certificate(*bytes);
    if (!certificate) return api_problem(ApiError::kNotFound, kRoute);
    const auto status = look_up<wire::StatusRecord>(store_, wire::MapKey::status(index));
    if (status.failed) return api_problem(ApiError::kStore, kRoute);
    const auto slot = [](const std::optional<wire::StatusSlot>& one) {
        return one ? wire::describe(*one) : Json{};
    };
    const auto attestation =
        look_up<wire::AttestationRecord>(store_, wire::MapKey::attestation(index));
    if (attestation.failed) return api_problem(ApiError::kStore, kRoute);
    const std::optional<wire::Seat> seat = certificate->seat;
    const auto cohort = seat ? look_up<wire::CohortRecord>(
                                   store_, wire::MapKey::cohort(seat->institution, seat->cohort))
                             : Lookup<wire::CohortRecord>{};
    if (cohort.failed) return api_problem(ApiError::kStore, kRoute);
    Json json = wire::describe(wire::Entry{*std::move(certificate)}).set("index", index.value);
    json.set("attestation", attestation.record ? wire::describe(*attestation.record) : Json{});
    json.set("cohort", cohort.record ? wire::describe(*cohort.record) : Json{});
    json.set("status",
             Json::object()
                 .set("issuer", status.record ? slot(status.record->issuer) : Json{})
                 .set("authority", status.record ? slot(status.record->authority) : Json{}));
    return json_answer(json, kRoute);
}

net::HttpResponse Api::get_certificate_of(std::string_view commitment) const {
    constexpr std::string_view kRoute = "/api/v1/certificates/by-commitment/{commitment}";
    const auto bytes = from_hex(commitment);
    const auto value = bytes ? wire::Commitment::from(*bytes) : std::nullopt;
    if (!value) return api_problem(ApiError::kParameter, kRoute, "commitment");
    const auto index = store_.certificate_of(*value);
    if (!index) return api_problem(ApiError::kStore, kRoute);
    if (!*index) return api_problem(ApiError::kNotFound, kRoute);
    auto response = get_certificate(**index);
    response.route = kRoute;
    return response;
}

net::HttpResponse Api::get_transaction(std::string_view id) const {
    constexpr std::string_view kRoute = "/api/v1/transactions/{id}";
    const auto bytes = from_hex(id);
    const auto value = bytes ? wire::TransactionId::from(*bytes) : std::nullopt;
    if (!value) return api_problem(ApiError::kParameter, kRoute, "transaction");
    const auto found = look_up<wire::TransactionRecord>(store_, wire::MapKey::transaction(*value));
    if (found.failed) return api_problem(ApiError::kStore, kRoute);
    if (!found.record) return api_problem(ApiError::kNotFound, kRoute);
    auto response = get_entry(found.record->index);
    response.route = kRoute;
    return response;
}

Result<Json, ApiError> Api::did_document(wire::MemberId member) const {
    const auto record = look_up<wire::MemberRecord>(store_, wire::MapKey::member(member));
    const auto counters = look_up<wire::CountersRecord>(store_, wire::MapKey::counters(member));
    if (record.failed || counters.failed) return std::unexpected{ApiError::kStore};
    if (!record.record || !counters.record) return std::unexpected{ApiError::kNotFound};
    std::vector<credential::DidKey> keys;
    for (std::uint16_t ordinal = 0; ordinal < counters.record->next_ordinal.value; ++ordinal) {
        const auto key = look_up<wire::KeyRecord>(store_, wire::MapKey::key(member, {ordinal}));
        if (key.failed) return std::unexpected{ApiError::kStore};
        if (!key.record || key.record->role != wire::Role::kAssertion) continue;
        const auto parsed = crypto::PublicKey::parse(key.record->algorithm, key.record->public_key);
        if (parsed) {
            // Who found a stolen key must not be believed, whatever it says.
            const bool is_voided = wire::has_void(*record.record, {ordinal});
            keys.push_back(
                {ordinal, crypto::to_multikey(*parsed), !key.record->until && !is_voided});
        }
    }
    const std::string did =
        credential::make_institution_did(credential::host_of_origin(store_.origin()), member.value);
    return credential::make_did_document(did, keys);
}

net::HttpResponse Api::get_did_document(wire::MemberId member) const {
    constexpr std::string_view kRoute = "/i/{member}/did.json";
    const auto document = did_document(member);
    if (!document) return api_problem(document.error(), kRoute);
    auto response = json_answer(*document, kRoute);
    response.content_type = "application/did+json";
    return response;
}

}  // namespace tasdiq::node
