#include "node/api.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "codec/cose.hpp"
#include "codec/jcs.hpp"
#include "node/answers.hpp"
#include "node/assets.hpp"
#include "node/paths.hpp"
#include "node/verdict_texts.hpp"
#include "verify/verdict_json.hpp"
#include "wire/describe.hpp"

namespace tasdiq::node {
namespace {

using codec::Json;

constexpr std::string_view kSubmissionType = "application/vnd.tasdiq.transaction+cbor";
constexpr std::string_view kEvidenceType = "application/vnd.tasdiq.evidence+json";
constexpr std::size_t kVerifyBodyMax = 512U << 10;

ApiError to_api_error(EvidenceError error) {
    switch (error) {
        case EvidenceError::kNoCertificate:
        case EvidenceError::kTooMany: return ApiError::kNotFound;
        case EvidenceError::kStore: return ApiError::kStore;
        case EvidenceError::kTooManyRecords: return ApiError::kEvidenceTooLarge;
    }
    ENSURE(false);
}

std::string join(std::span<const std::string> segments) {
    std::string path;
    for (const std::string& segment : segments) path += (path.empty() ? "" : "/") + segment;
    return path;
}

/// What of a submission its answer speaks of.
struct Submitted {
    std::optional<wire::TransactionId> id;
    std::vector<wire::LogIndex> certificates;  // whose status it changes, in its order
};

/// Nothing of what can't be read: the rules say what is wrong with it.
Submitted read_submitted(ByteView submission) {
    const auto decoded = wire::decode_submission(submission);
    if (!decoded) return {};
    const auto envelope = codec::decode_cose_sign(decoded->envelope);
    if (!envelope) return {};
    Submitted submitted{wire::transaction_id(envelope->payload), {}};
    const auto payload = wire::decode_payload(envelope->payload);
    const auto* status = payload ? std::get_if<wire::Status>(&payload->body) : nullptr;
    if (status != nullptr) submitted.certificates = status->indices;
    return submitted;
}

/// Where in the submission the fault is, as far as the rules say.
std::string detail_of(const ledger::Refusal& refusal, const Submitted& submitted) {
    std::string detail;
    if (refusal.fault) {
        detail = std::string{refusal.fault->field} + ": " +
                 std::string{wire::to_string(refusal.fault->error)};
    }
    if (refusal.position) {
        detail += (detail.empty() ? "at position " : ", at position ") +
                  std::to_string(*refusal.position);
        if (*refusal.position < submitted.certificates.size()) {
            detail +=
                ", certificate " + std::to_string(submitted.certificates[*refusal.position].value);
        }
    }
    return detail;
}

net::HttpResponse refusal_answer(const ledger::Refusal& refusal, const Submitted& submitted,
                                 std::string_view route) {
    const std::string detail = detail_of(refusal, submitted);
    const bool malformed = refusal.error == ledger::LedgerError::kMalformedSubmission;
    auto response = net::make_problem({malformed ? 400U : 422U, "ledger",
                                       static_cast<std::uint16_t>(refusal.error),
                                       ledger::to_string(refusal.error), detail});
    response.route = route;
    return response;
}

}  // namespace

Api::Api(store::LedgerStore& store, engine::Engine& engine, net::Registry& metrics, NodeInfo info,
         std::function<Instant()> now)
    : store_{store},
      engine_{engine},
      metrics_{metrics},
      info_{std::move(info)},
      now_{std::move(now)},
      evidence_maker_{store, engine},
      pages_{store, engine, info_, now_} {
    std::string_view rest = store.origin();
    for (std::size_t slash = rest.find('/'); slash != std::string_view::npos;
         slash = rest.find('/')) {
        rest.remove_prefix(slash + 1);
        origin_path_.emplace_back(rest.substr(0, rest.find('/')));
    }
}

void Api::handle(const net::HttpRequest& request, net::Responder responder) {
    const auto& segments = request.target.segments;
    const bool is_post = request.method == net::Method::kPost;
    if (is_post && join(segments) == "api/v1/transactions") {
        return post_transaction(request, std::move(responder));
    }
    auto response = is_post ? post(request) : get(request);
    // The API has no other 500 than a disk that failed; what it says cannot be trusted any more.
    if (response.status == 500 && info_.on_store_failure) info_.on_store_failure();
    responder.answer(std::move(response));
}

net::HttpResponse Api::post(const net::HttpRequest& request) {
    const Segments segments{request.target.segments};
    const std::string path = join(segments);
    if (path == "api/v1/verify") return post_verify(request);
    if (path == "credentials/verify" || path == "presentations/verify") return post_vc_api(request);
    if (is_status_list(segments)) return post_status_list(request);
    return api_problem(ApiError::kMethod, "other");
}

net::HttpResponse Api::get(const net::HttpRequest& request) {
    const Segments segments{request.target.segments};
    if (is_page(segments)) return get_page(request);
    const std::string& first = segments.front();
    if (first == "healthz" && segments.size() == 1) return get_health();
    if (first == "metrics" && segments.size() == 1) {
        return bytes_answer(net::kMetricsContentType, metrics_.expose(), "/metrics",
                            Caching::kNone);
    }
    if (first == "openapi.json" && segments.size() == 1) return get_asset(first);
    if (first == "assets" && segments.size() == 2) return get_asset(segments[1]);
    if (first == "api" && segments.size() > 2 && segments[1] == "v1") {
        return get_api(request, segments.subspan(2));
    }
    if (first == "i" && segments.size() == 3 && segments[2] == "did.json") {
        const auto member = parse_member(segments[1]);
        return member ? get_did_document(*member)
                      : api_problem(ApiError::kParameter, "/i/{member}/did.json");
    }
    if (is_status_list(segments)) return get_status_list(request);
    // The log stands under its origin's path, as C2SP has it, and at the root for short.
    const bool under_origin = segments.size() > origin_path_.size() &&
                              std::ranges::equal(segments.first(origin_path_.size()), origin_path_);
    const Segments below = under_origin ? segments.subspan(origin_path_.size()) : segments;
    if (below.front() == "checkpoint" && below.size() == 1) return get_checkpoint();
    if (below.front() == "tile") return get_tile(join(below));
    // A browser lists HTML among what it takes, a program doesn't.
    return request.accept.contains("text/html") ? pages_.not_found(request)
                                                : api_problem(ApiError::kNoSuchPage, "other");
}

/// `/`, `/members/{id}`, `/certificates?number=`, `/certificates/{index}`.
bool Api::is_page(Segments segments) {
    if (segments.empty()) return true;
    if (segments.size() == 1) return segments[0] == "certificates";
    return segments.size() == 2 && (segments[0] == "members" || segments[0] == "certificates");
}

net::HttpResponse Api::get_page(const net::HttpRequest& request) const {
    const Segments segments{request.target.segments};
    if (segments.empty()) return pages_.first_page(request);
    if (segments.size() == 1) return pages_.find_certificate(request);
    if (segments[0] == "members") {
        const auto member = parse_member(segments[1]);
        return member ? pages_.member_page(request, *member) : pages_.not_found(request);
    }
    const auto index = parse_number(segments[1], wire::kLogIndexMax);
    return index ? pages_.certificate_page(request, {*index}) : pages_.not_found(request);
}

net::HttpResponse Api::get_asset(std::string_view name) const {
    constexpr std::string_view kRoute = "/assets";
    const auto asset = find_asset(name);
    if (!asset) return api_problem(ApiError::kNoSuchPage, kRoute);
    return tagged_answer(asset->content_type, std::string{asset->body}, kRoute, Caching::kNone);
}

net::HttpResponse Api::get_api(const net::HttpRequest& request, Segments segments) {
    constexpr std::string_view kOther = "/api/v1/other";
    const std::string& first = segments.front();
    const std::size_t count = segments.size();
    if (first == "ledger" && count == 1) return get_ledger();
    if (first == "trust-root" && count == 1) return get_trust_root();
    if (first == "entries" && count == 1) return get_entries(request);
    if (first == "evidence" && count == 1) return get_evidence(request);
    if (first == "statuses" && count == 1) return get_statuses(request);
    if (first == "transactions" && count == 2) return get_transaction(segments[1]);
    if (first == "certificates" && count == 3 && segments[1] == "by-commitment") {
        return get_certificate_of(segments[2]);
    }
    if (first == "members") {
        if (count == 1) return get_members(request);
        const auto member = parse_member(segments[1]);
        if (!member) return api_problem(ApiError::kParameter, "/api/v1/members/{id}", "member");
        if (count == 2) return get_member(*member);
        if (segments[2] == "accreditations" && count == 3) return get_accreditations(*member);
        if (segments[2] == "cohorts" && count == 3) return get_cohorts(*member);
        if (segments[2] == "accreditations" && count == 4) {
            const auto number = parse_number(segments[3], UINT32_MAX);
            if (number) return get_accreditation(*member, static_cast<std::uint32_t>(*number));
        }
        return api_problem(ApiError::kNoSuchPage, kOther);
    }
    if (count != 2) return api_problem(ApiError::kNoSuchPage, kOther);
    const auto index = parse_number(segments[1], wire::kLogIndexMax);
    if (!index) return api_problem(ApiError::kParameter, kOther, "index");
    if (first == "entries") return get_entry({*index});
    if (first == "certificates") return get_certificate({*index});
    if (first == "evidence") return get_evidence_of(request, {*index});
    return api_problem(ApiError::kNoSuchPage, kOther);
}

// -------------------------------------------------------------------- the log as files
net::HttpResponse Api::get_checkpoint() const {
    return bytes_answer("text/plain; charset=utf-8", engine_.published()->note, "/checkpoint",
                        Caching::kShort);
}

net::HttpResponse Api::get_tile(const std::string& path) const {
    constexpr std::string_view kRoute = "/tile";
    constexpr std::string_view kType = "application/octet-stream";
    const std::uint64_t size = engine_.published()->head.log.size;
    Result<std::optional<Bytes>, store::IoFault> found = std::nullopt;
    if (const auto bundle = merkle::parse_bundle_path(path)) {
        // What is not under a published checkpoint is nobody's business yet.
        const auto there = merkle::bundle_of(bundle->index, size);
        if (there && bundle->width <= there->width) found = store_.bundle(*bundle);
    } else if (const auto tile = merkle::parse_tile_path(path)) {
        const auto there = merkle::tile_of(tile->level, tile->index, size);
        if (there && tile->width <= there->width) found = store_.tile(*tile);
    } else {
        return api_problem(ApiError::kParameter, kRoute, "tile path");
    }
    if (!found) return api_problem(ApiError::kStore, kRoute);
    if (!*found) return api_problem(ApiError::kNotFound, kRoute);
    return bytes_answer(kType, std::string{as_text(**found)}, kRoute, Caching::kImmutable);
}

net::HttpResponse Api::get_health() const {
    const auto published = engine_.published();
    return json_answer(Json::object()
                           .set("status", "ok")
                           .set("size", published->head.log.size)
                           .set("height", published->head.height),
                       "/healthz");
}

// -------------------------------------------------------------------- evidence
net::HttpResponse Api::get_evidence(const net::HttpRequest& request) {
    constexpr std::string_view kRoute = "/api/v1/evidence";
    const auto from =
        parse_number(request.target.parameter("from").value_or(""), wire::kLogIndexMax);
    const auto count =
        parse_number(request.target.parameter("count").value_or("1"), kEvidenceCountMax);
    if (!from || !count || *count == 0)
        return api_problem(ApiError::kParameter, kRoute, "from, count");
    const auto evidence = evidence_maker_.make({*from}, *count, WithTransaction::kNo);
    if (!evidence) {
        return api_problem(to_api_error(evidence.error()), kRoute, to_string(evidence.error()));
    }
    std::string body = "{\"evidence\":[";
    for (std::size_t i = 0; i < evidence->size(); ++i) {
        if (i > 0) body += ',';
        body += wire::encode_unopened((*evidence)[i]);
    }
    body += "]}";
    return bytes_answer("application/json", std::move(body), kRoute, Caching::kNone);
}

net::HttpResponse Api::get_evidence_of(const net::HttpRequest& request, wire::LogIndex index) {
    constexpr std::string_view kRoute = "/api/v1/evidence/{index}";
    const auto with = request.target.parameter("transaction").value_or("0");
    const auto evidence =
        evidence_maker_.make(index, 1, with == "1" ? WithTransaction::kYes : WithTransaction::kNo);
    if (!evidence) {
        return api_problem(to_api_error(evidence.error()), kRoute, to_string(evidence.error()));
    }
    return bytes_answer(kEvidenceType, wire::encode_unopened(evidence->front()), kRoute,
                        Caching::kNone);
}

// -------------------------------------------------------------------- POST
void Api::post_transaction(const net::HttpRequest& request, net::Responder responder) {
    static constexpr std::string_view kRoute = "/api/v1/transactions";
    if (request.content_type != kSubmissionType) {
        return responder.answer(api_problem(ApiError::kMediaType, kRoute, kSubmissionType));
    }
    Bytes submission = to_bytes(as_bytes(request.body));
    Submitted submitted = read_submitted(submission);
    // Shared because the engine's callback must be copyable; it is called once.
    auto shared = std::make_shared<net::Responder>(std::move(responder));
    engine_.submit(std::move(submission), [shared, submitted = std::move(submitted)](
                                              const engine::Answer& answer) {
        if (const auto* accepted = std::get_if<ledger::Accepted>(&answer)) {
            Json json = Json::object()
                            .set("index", accepted->index.value)
                            .set("certificateCount", accepted->certificate_count)
                            .set("repeated", accepted->is_repeated);
            if (accepted->certificate_count > 0) {
                json.set("firstCertificate", accepted->first_certificate.value);
            }
            if (submitted.id) json.set("transaction", to_hex(submitted.id->view()));
            shared->answer(
                json_answer(json, kRoute, Caching::kNone, accepted->is_repeated ? 200U : 201U));
        } else if (const auto* refusal = std::get_if<ledger::Refusal>(&answer)) {
            shared->answer(refusal_answer(*refusal, submitted, kRoute));
        } else {
            const bool busy = std::get<engine::Unavailable>(answer) == engine::Unavailable::kBusy;
            shared->answer(api_problem(busy ? ApiError::kBusy : ApiError::kStopped, kRoute));
        }
    });
}

net::HttpResponse Api::post_verify(const net::HttpRequest& request) {
    constexpr std::string_view kRoute = "/api/v1/verify";
    if (!request.content_type.starts_with("application/json")) {
        return api_problem(ApiError::kMediaType, kRoute, "application/json");
    }
    const auto body = codec::parse_json(as_bytes(request.body), {.size_bytes_max = kVerifyBodyMax});
    const Json* document = body ? body->find("document") : nullptr;
    const Json* evidence = body ? body->find("evidence") : nullptr;
    if (document == nullptr && evidence == nullptr) {
        return api_problem(ApiError::kBody, kRoute, "document and evidence");
    }
    // The node believes itself no more than a stranger's file would be believed.
    verify::Verifier verifier{trust_root(), verify::Belief::kFileOnly};
    const std::string document_text =
        document != nullptr ? codec::to_jcs(*document) : std::string{};
    const std::string evidence_text =
        evidence != nullptr ? codec::to_jcs(*evidence) : std::string{};
    const auto verdict = verifier.verify(as_bytes(document_text), as_bytes(evidence_text), now_());
    const auto asked = text::parse_language(request.target.parameter("lang").value_or(""));
    const auto language = asked.value_or(text::choose_language(request.accept_language));
    Json texts = verdict_texts(verdict, as_bytes(document_text), language);
    return json_answer(verify::to_json(verdict).set("texts", std::move(texts)), kRoute);
}

}  // namespace tasdiq::node
