// Statuses, and the lists that say them to software that does not know the ledger.
#include <map>

#include "credential/did.hpp"
#include "credential/published_list.hpp"
#include "node/api.hpp"
#include "node/ledger_documents.hpp"
#include "node/paths.hpp"
#include "node/read_record.hpp"
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

/// Members of the ledger, each read once.
class Members {
  public:
    explicit Members(const store::LedgerStore& store) : store_{store} {}

    /// Nothing where there is none, or where the disk failed.
    const std::optional<wire::MemberRecord>& find(wire::MemberId id) {
        const auto [at, is_new] = found_.try_emplace(id);
        if (is_new) {
            auto found = look_up<wire::MemberRecord>(store_, wire::MapKey::member(id));
            failed_ = failed_ || found.failed;
            at->second = std::move(found.record);
        }
        return at->second;
    }
    bool is_void(std::span<const wire::Signer> signers, wire::LogIndex index) {
        return std::ranges::any_of(signers, [&](const wire::Signer& signer) {
            const auto& member = find(signer.member);
            return member && wire::is_voided(*member, signer.ordinal, index);
        });
    }
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    const store::LedgerStore& store_;
    std::map<wire::MemberId, std::optional<wire::MemberRecord>> found_;
    bool failed_ = false;
};

/// What becomes of certificates, as status lists tell it.
class Statuses {
  public:
    struct Listed {
        bool revoked = false;
        bool suspended = false;
    };

    Statuses(const store::LedgerStore& store, Instant now)
        : store_{store}, members_{store}, now_{now} {}

    /// Nothing of an entry that is no certificate, or where the disk failed. An award's end ends
    /// its documents; what replaces a document, cancels it or makes it void is that one's alone.
    std::optional<Listed> of(wire::LogIndex index, ByteView entry) {
        const auto certificate = wire::decode_certificate(entry);
        if (!certificate) return std::nullopt;
        Listed listed;
        listed.revoked = members_.is_void(certificate->signers, index);
        take(index, true, listed);
        if (certificate->award) take(*certificate->award, false, listed);
        return listed;
    }
    [[nodiscard]] bool failed() const { return failed_ || members_.failed(); }

  private:
    void take(wire::LogIndex index, bool is_own, Listed& listed) {
        const auto found = look_up<wire::StatusRecord>(store_, wire::MapKey::status(index));
        failed_ = failed_ || found.failed;
        if (!found.record) return;
        for (const auto& slot : {found.record->issuer, found.record->authority}) {
            const auto change =
                wire::change_in_force(slot, now_, [this](const wire::StatusChange& one) {
                    return members_.is_void(one.signers, one.index);
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
    Members members_;
    Instant now_;
    bool failed_ = false;
};

/// Who signs the lists of `id`: who has ended signs nothing any more, its custodian does, if it was
/// rightly named and has not ended too. Errors: kStore, kNotFound, kListRefused (nobody).
Result<wire::MemberId, ApiError> publisher_of(const store::LedgerStore& store, wire::MemberId id,
                                              Day today) {
    Members members{store};
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
    if (*from < size) {
        const auto entries = store_.entries({*from}, std::min(*count, size - *from));
        if (!entries) return api_problem(ApiError::kStore, kRoute);
        Statuses statuses{store_, now_()};
        for (std::size_t i = 0; i < entries->size(); ++i) {
            const auto status = statuses.of({*from + i}, (*entries)[i]);
            if (!status || (!status->revoked && !status->suspended)) continue;
            list.push(Json::object()
                          .set("index", *from + i)
                          .set("revocation", status->revoked)
                          .set("suspension", status->suspended));
        }
        if (statuses.failed()) return api_problem(ApiError::kStore, kRoute);
    }
    return json_answer(Json::object().set("size", size).set("statuses", std::move(list)), kRoute);
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

net::HttpResponse Api::get_status_list(Segments segments) const {
    const auto path = parse_list_path(segments);
    if (!path) return api_problem(ApiError::kParameter, kListRoute, "list, purpose");
    const auto found = store_.status_list(path->id);
    if (!found) return api_problem(ApiError::kStore, kListRoute);
    if (!*found) return api_problem(ApiError::kNotFound, kListRoute);
    return tagged_answer(kListType, std::string{as_text(**found)}, kListRoute, Caching::kMinute);
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
    const auto kept = store_.keep_status_list(path->id, *instant, as_bytes(request.body));
    if (!kept) return api_problem(ApiError::kStore, kListRoute);
    if (*kept == store::Kept::kOlder) return api_problem(ApiError::kListOlder, kListRoute);
    if (*kept == store::Kept::kTooMany) return api_problem(ApiError::kListsTooMany, kListRoute);
    return json_answer(Json::object().set("url", expected.url), kListRoute);
}

}  // namespace tasdiq::node
