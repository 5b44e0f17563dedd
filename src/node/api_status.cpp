// Statuses, and the lists that say them to software that does not know the ledger.
#include <map>

#include "credential/did.hpp"
#include "credential/published_list.hpp"
#include "node/api.hpp"
#include "node/ledger_documents.hpp"
#include "node/member_reader.hpp"
#include "node/paths.hpp"
#include "wire/history.hpp"
#include "wire/voids.hpp"

namespace tasdiq::node {
namespace {

using codec::Json;

constexpr std::string_view kListRoute = "/i/{member}/status/{list}/{purpose}";
constexpr std::string_view kListType = "application/vc";
constexpr std::uint64_t kStatusesPage = 4'096;

/// A list's address, taken apart.
struct ListPath {
    store::StatusListId id;
    std::string_view list, purpose;  // as in the path
};

std::optional<ListPath> parse_list_path(std::span<const std::string> segments) {
    const auto member = parse_member(segments[1]);
    const auto digits = from_hex(segments[3]);
    ListPath path{{}, segments[3], segments[4]};
    const bool is_revocation = path.purpose == credential::kRevocation;
    const bool known = is_revocation || path.purpose == credential::kSuspension;
    const bool good = member && known && digits && digits->size() == path.id.list.size() &&
                      to_hex(*digits) == path.list;
    if (!good) return std::nullopt;
    path.id.member = *member;
    std::ranges::copy(*digits, path.id.list.begin());
    path.id.purpose = is_revocation ? 1 : 2;
    return path;
}

/// What becomes of certificates, as status lists tell it.
class Statuses {
  public:
    struct Listed {
        bool revoked = false;
        bool suspended = false;
        [[nodiscard]] bool is_any() const { return revoked || suspended; }
    };

    Statuses(const store::LedgerStore& store, Instant now)
        : store_{store}, members_{store}, now_{now} {}

    /// Nothing of an entry that is no certificate, or where the disk failed. An award's end, and
    /// that it is void or still waits, is its documents'; what replaces a document or cancels it is
    /// that one's alone.
    std::optional<Listed> of(wire::LogIndex index, ByteView entry) {
        const auto certificate = wire::decode_certificate(entry);
        if (!certificate) return std::nullopt;
        Listed listed;
        take(*certificate, index, true, listed);
        if (certificate->award) {
            const auto award = find_award(*certificate->award);
            if (!award) return std::nullopt;
            take(*award, *certificate->award, false, listed);
        }
        return listed;
    }
    /// When what was said so far changes with no further word on the ledger.
    [[nodiscard]] std::optional<Instant> next_change() const { return next_; }
    [[nodiscard]] bool failed() const { return failed_ || members_.failed(); }

  private:
    std::optional<wire::CertificateEntry> find_award(wire::LogIndex index) {
        if (const auto entry = store_.entry(index)) {
            if (auto award = wire::decode_certificate(*entry)) return *std::move(award);
        }
        failed_ = true;
        return std::nullopt;
    }
    /// Whether that is to come, which is remembered.
    bool waits(const std::optional<Instant>& effective) {
        if (!effective || *effective <= now_) return false;
        next_ = next_ ? std::min(*next_, *effective) : *effective;
        return true;
    }
    void take(const wire::CertificateEntry& certificate, wire::LogIndex index, bool is_own,
              Listed& listed) {
        listed.revoked = listed.revoked || members_.is_void(certificate.signers, index);
        take_status(index, is_own, listed);
        // What was cancelled meanwhile never takes effect.
        listed.suspended = (!listed.revoked && waits(certificate.effective)) || listed.suspended;
    }
    void take_status(wire::LogIndex index, bool is_own, Listed& listed) {
        const auto found = look_up<wire::StatusRecord>(store_, wire::MapKey::status(index));
        failed_ = failed_ || found.failed;
        if (!found.record) return;
        for (const auto& slot : {found.record->issuer, found.record->authority}) {
            // Asked of the newest first, up to the one that counts.
            const auto change =
                wire::change_in_force(slot, now_, [this](const wire::StatusChange& one) {
                    const bool is_void = members_.is_void(one.signers, one.index);
                    return is_void || waits(one.effective);
                });
            if (!change) continue;
            using enum wire::StatusState;
            const bool award_ends = change->state == kRevoked || change->state == kAnnulled;
            // Who is replaced stays it, whatever becomes of the award: `by` says so.
            const bool document_ends = change->state == kCancelled || change->by.has_value();
            listed.revoked = listed.revoked || award_ends || (is_own && document_ends);
            listed.suspended = listed.suspended || change->state == kSuspended;
        }
    }

    const store::LedgerStore& store_;
    MemberReader members_;
    Instant now_;
    std::optional<Instant> next_;
    bool failed_ = false;
};

/// Who signs the lists of `id`: who has ended signs nothing any more, its custodian does, if it was
/// rightly named and has not ended too. Errors: kStore, kNotFound, kListRefused (nobody).
Result<wire::MemberId, ApiError> publisher_of(const store::LedgerStore& store, wire::MemberId id,
                                              Day today) {
    MemberReader members{store};
    const auto& member = members.find(id);
    if (members.failed()) return std::unexpected{ApiError::kStore};
    if (!member) return std::unexpected{ApiError::kNotFound};
    if (!wire::has_ended(*member, today)) return id;
    const auto& custody = member->custody;
    if (!custody) return std::unexpected{ApiError::kListRefused};
    const auto& custodian = members.find(custody->custodian);
    const bool may_sign = custodian && !wire::has_ended(*custodian, today) &&
                          !members.is_void(custody->signers, custody->index);
    if (members.failed()) return std::unexpected{ApiError::kStore};
    if (!may_sign) return std::unexpected{ApiError::kListRefused};
    return custody->custodian;
}

}  // namespace

net::HttpResponse Api::get_statuses(const net::HttpRequest& request) const {
    constexpr std::string_view kRoute = "/api/v1/statuses";
    const auto from =
        parse_number(request.target.parameter("from").value_or(""), wire::kLogIndexMax);
    const auto count = parse_number(request.target.parameter("count").value_or(""), kStatusesPage);
    if (!from || !count) return api_problem(ApiError::kParameter, kRoute, "from, count");
    const std::uint64_t size = engine_.published()->head.log.size;
    Json list = Json::array();
    std::optional<Instant> next;
    if (*from < size) {
        const auto entries = store_.entries({*from}, std::min(*count, size - *from));
        if (!entries) return api_problem(ApiError::kStore, kRoute);
        Statuses statuses{store_, now_()};
        for (std::size_t i = 0; i < entries->size(); ++i) {
            const auto status = statuses.of({*from + i}, (*entries)[i]);
            if (!status || !status->is_any()) continue;
            list.push(Json::object()
                          .set("index", *from + i)
                          .set("revocation", status->revoked)
                          .set("suspension", status->suspended));
        }
        if (statuses.failed()) return api_problem(ApiError::kStore, kRoute);
        next = statuses.next_change();
    }
    return json_answer(Json::object()
                           .set("size", size)
                           .set("statuses", std::move(list))
                           .set("nextChange", next ? Json{to_text(*next)} : Json{}),
                       kRoute);
}

Result<Json, ApiError> Api::find_document(std::string_view url) const {
    const std::string_view host = credential::host_of_origin(store_.origin());
    if (const auto did = credential::parse_institution_did(url)) {
        if (did->host != host) return std::unexpected{ApiError::kNotFound};
        return did_document(wire::MemberId{did->member});
    }
    const std::string prefix = "https://" + std::string{host} + "/";
    if (!url.starts_with(prefix)) return std::unexpected{ApiError::kNotFound};
    std::vector<std::string> segments;
    for (std::string_view rest = url.substr(prefix.size()); segments.size() < 6;) {
        const std::size_t slash = rest.find('/');
        segments.emplace_back(rest.substr(0, slash));
        if (slash == std::string_view::npos) break;
        rest.remove_prefix(slash + 1);
    }
    const auto path = is_status_list(segments) ? parse_list_path(segments) : std::nullopt;
    if (!path) return std::unexpected{ApiError::kNotFound};
    const auto found = store_.status_list(path->id);
    if (!found) return std::unexpected{ApiError::kStore};
    auto json = *found ? codec::parse_json(**found) : std::unexpected{codec::JsonFault{}};
    if (!json) return std::unexpected{ApiError::kNotFound};
    return *std::move(json);
}

net::HttpResponse Api::get_status_list(const net::HttpRequest& request) const {
    const auto path = parse_list_path(request.target.segments);
    if (!path) return api_problem(ApiError::kParameter, kListRoute, "list, purpose");
    // What a list said at another time must not be answered by what it says now. Spec:
    // VC-BITSTRING-STATUS-LIST §3.2.
    if (request.target.parameter("timestamp")) {
        return api_problem(ApiError::kParameter, kListRoute, "timestamp: past lists are not kept");
    }
    const auto found = store_.status_list(path->id);
    if (!found) return api_problem(ApiError::kStore, kListRoute);
    if (!*found) return api_problem(ApiError::kNotFound, kListRoute);
    return tagged_answer(kListType, std::string{as_text(**found)}, kListRoute, Caching::kMinute);
}

/// What nobody can verify any more gives way: a stolen key must not keep its member from issuing
/// when it is found out.
Result<bool, ApiError> Api::make_room_for_list(wire::MemberId member, wire::MemberId issuer) {
    const std::uint64_t size = engine_.published()->head.log.size;
    const std::lock_guard guard{swept_mutex_};
    const auto swept = swept_.find(member);
    if (swept != swept_.end() && swept->second == size) return false;  // what came since holds
    std::vector<std::string> methods;
    for (const wire::MemberId id : {member, issuer}) {
        TRY(const Json document, did_document(id));
        for (const Json& method : document.find("assertionMethod")->as_array()) {
            methods.push_back(method.as_string());
        }
    }
    const auto dropped = store_.drop_status_lists(member, [&](ByteView bytes) {
        const auto list = codec::parse_json(bytes);
        const Json* const proof = list ? list->find("proof") : nullptr;
        const std::vector<Json> proofs = proof == nullptr    ? std::vector<Json>{}
                                         : proof->is_array() ? proof->as_array()
                                                             : std::vector<Json>{*proof};
        return std::ranges::none_of(proofs, [&](const Json& one) {
            const std::string* const method = one.find_string("verificationMethod");
            return method != nullptr && std::ranges::find(methods, *method) != methods.end();
        });
    });
    if (!dropped) return std::unexpected{ApiError::kStore};
    swept_[member] = size;
    return *dropped > 0;
}

net::HttpResponse Api::post_status_list(const net::HttpRequest& request) {
    const auto path = parse_list_path(request.target.segments);
    if (!path) return api_problem(ApiError::kParameter, kListRoute, "list, purpose");
    if (request.content_type != kListType) {
        return api_problem(ApiError::kMediaType, kListRoute, kListType);
    }
    const auto issuer = publisher_of(store_, path->id.member, to_day(now_()));
    if (!issuer) {
        const bool is_nobody = issuer.error() == ApiError::kListRefused;
        return api_problem(issuer.error(), kListRoute,
                           is_nobody ? "nobody acts for the member" : "");
    }
    const std::string host{credential::host_of_origin(store_.origin())};
    const credential::ExpectedList expected{
        credential::make_status_list_url({host, path->id.member.value}, path->list, path->purpose),
        credential::make_institution_did(host, issuer->value), path->purpose};
    LedgerDocuments documents{[this](std::string_view url) { return find_document(url); }};
    credential::VcApiWorld world{documents, contexts_of_thread(), now_()};
    const auto instant = credential::check_published_list(request.body, expected, world);
    if (documents.failed()) return api_problem(ApiError::kStore, kListRoute);
    if (!instant) {
        std::string detail{to_string(instant.error().error)};
        if (!instant.error().detail.empty()) detail += ": " + instant.error().detail;
        return api_problem(ApiError::kListRefused, kListRoute, detail);
    }
    const auto keep = [&] {
        return store_.keep_status_list(path->id, *instant, as_bytes(request.body));
    };
    auto kept = keep();
    if (kept && *kept == store::Kept::kTooMany) {
        const auto has_room = make_room_for_list(path->id.member, *issuer);
        if (!has_room) return api_problem(has_room.error(), kListRoute);
        if (*has_room) kept = keep();
    }
    if (!kept) return api_problem(ApiError::kStore, kListRoute);
    if (*kept == store::Kept::kOlder) return api_problem(ApiError::kListOlder, kListRoute);
    if (*kept == store::Kept::kTooMany) return api_problem(ApiError::kListsTooMany, kListRoute);
    return json_answer(Json::object().set("url", expected.url), kListRoute);
}

}  // namespace tasdiq::node
