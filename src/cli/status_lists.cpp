#include "cli/status_lists.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <thread>

#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "cli/key_access.hpp"
#include "cli/member_end.hpp"
#include "cli/signing.hpp"
#include "cli/transaction_draft.hpp"
#include "codec/jcs.hpp"
#include "credential/data_integrity.hpp"
#include "credential/did.hpp"
#include "credential/published_list.hpp"
#include "linked/bundled_contexts.hpp"
#include "text/catalogue.hpp"

namespace tasdiq::cli {
namespace {

using certificate::kListPurposes;
using credential::StatusBits;

constexpr std::uint64_t kStatusesPage = 4'096;

std::unexpected<NodeFault> local(std::string message) {
    return std::unexpected{NodeFault{kExitIo, std::move(message)}};
}

std::string path_of(const std::string& folder, const std::string& list, std::string_view purpose) {
    return folder + "/status/" + list + "-" + std::string{purpose} + ".json";
}

/// Where a node has a list.
std::string target_of(wire::MemberId owner, std::string_view list, std::string_view purpose) {
    const std::string url = credential::make_status_list_url({"", owner.value}, list, purpose);
    return url.substr(url.find("/i/"));
}

std::string make_list(const ListSigner& signer, wire::MemberId owner, const std::string& list,
                      std::string_view purpose, const StatusBits& bits) {
    linked::BundledContexts contexts;
    const std::string did = credential::make_institution_did(signer.host, signer.member.value);
    const codec::Json document = credential::make_status_credential(
        {.url = credential::make_status_list_url({signer.host, owner.value}, list, purpose),
         .issuer = did,
         .purpose = std::string{purpose},
         .valid_from = signer.now,
         .ttl_ms = credential::kListTtl_ms},
        bits);
    const credential::ProofOptions options{
        .algorithm = signer.key->algorithm(),
        .verification_method = credential::make_key_url(did, signer.ordinal.value),
        .created = signer.now};
    const auto unfinished = credential::signing_input(document, options, contexts.cache());
    ENSURE(unfinished);
    return codec::to_jcs(
        credential::attach(document, *unfinished, signer.key->sign(unfinished->signing_input)));
}

constexpr int kAttemptsMax = 3;
/// A list that is not valid yet is no list to others: the time that is lacking is waited for.
constexpr std::int64_t kWaitMax_s = 2;

std::unexpected<NodeFault> too_new() {
    return std::unexpected{
        NodeFault{kExitRefused, "the node has newer status lists: is this clock right?"}};
}

/// What one list is to say, and of when it is, by purpose.
struct NewList {
    std::array<StatusBits, std::size(kListPurposes)> bits{StatusBits{}, StatusBits{}};
    std::array<Instant, std::size(kListPurposes)> instants{};
};
using NewLists = std::map<std::string, NewList>;

void keep_earlier(std::optional<Instant>& instant, const std::optional<Instant>& other) {
    if (other) instant = instant ? std::min(*instant, *other) : *other;
}

/// A second ago: the next list of this second must not lie ahead, or nobody would take it yet.
Instant usual_instant(Instant now) { return {now.seconds - 1}; }

/// Later than what the node has, in the same second too. Nobody is believed to be far ahead: a list
/// of next year would be the last one until then.
Result<Instant, NodeFault> next_instant(const std::string& target, Instant now, NodeClient& node) {
    TRY(const auto last, node.list_instant(target));
    const Instant usual = usual_instant(now);
    if (!last || *last < usual) return usual;
    if (last->seconds >= now.seconds + credential::kListClockSkew_s) return too_new();
    return Instant{last->seconds + 1};
}

/// Sets what the ledger says of an issue's certificates, if it is recorded; when that changes.
Result<std::optional<Instant>, NodeFault> set_statuses(const IssueToSign& issue,
                                                       const IssuePlaces& places, NodeClient& node,
                                                       NewLists& lists) {
    std::optional<Instant> next_change;
    TRY(const auto index, node.find_transaction(wire::transaction_id(issue.payload)));
    if (!index) return next_change;
    const std::uint64_t first = index->value + 1;  // its certificates follow
    for (std::uint64_t begin = 0; begin < places.size(); begin += kStatusesPage) {
        const std::uint64_t count = std::min<std::uint64_t>(kStatusesPage, places.size() - begin);
        TRY(const auto statuses, node.statuses({first + begin}, count));
        keep_earlier(next_change, statuses.next_change);
        for (const ListedStatus& status : statuses.set) {
            const certificate::StatusPlace& place =
                places[static_cast<std::size_t>(status.index.value - first)];
            auto& bits = lists[place.list].bits;
            bits[0].set(place.index, status.is_revoked);
            bits[1].set(place.index, status.is_suspended);
        }
    }
    return next_change;
}

void wait_until_valid(const NewLists& lists, Instant now) {
    Instant latest = now;
    for (const auto& [name, list] : lists) {
        for (const Instant instant : list.instants) latest = std::max(latest, instant);
    }
    const std::int64_t ahead_s = latest.seconds - now.seconds;
    if (ahead_s <= kWaitMax_s) std::this_thread::sleep_for(std::chrono::seconds{ahead_s});
}

/// Nothing if somebody else published meanwhile.
Result<std::optional<PublishedLists>, NodeFault> try_to_publish(const ListedBatch& batch,
                                                                const ListSigner& signer,
                                                                NodeClient& node) {
    const wire::MemberId owner = batch.owner();
    NewLists lists;
    // What is published after this is newer than what is computed here, and stays.
    for (const std::string& list : lists_of(batch.issues)) {
        for (std::size_t i = 0; i < std::size(kListPurposes); ++i) {
            TRY(lists[list].instants[i],
                next_instant(target_of(owner, list, kListPurposes[i]), signer.now, node));
        }
    }
    PublishedLists done{lists.size() * std::size(kListPurposes), std::nullopt};
    for (std::size_t i = 0; i < batch.issues.size(); ++i) {
        TRY(const auto next, set_statuses(batch.to_sign.issues[i], batch.issues[i], node, lists));
        keep_earlier(done.next_change, next);
    }
    wait_until_valid(lists, signer.now);
    ListSigner then = signer;
    for (const auto& [name, list] : lists) {
        for (std::size_t i = 0; i < std::size(kListPurposes); ++i) {
            then.now = list.instants[i];
            const std::string text = make_list(then, owner, name, kListPurposes[i], list.bits[i]);
            TRY(const bool kept, node.publish_list(target_of(owner, name, kListPurposes[i]), text));
            if (!kept) return std::nullopt;
        }
    }
    return done;
}

Result<std::string, NodeFault> fetch_host(NodeClient& node) {
    TRY(const codec::Json ledger, node.get_json("/api/v1/ledger"));
    const std::string* const origin = ledger.find_string("origin");
    if (origin == nullptr) {
        return std::unexpected{NodeFault{kExitUnavailable, "the node names no ledger"}};
    }
    return std::string{credential::host_of_origin(*origin)};
}

/// Who signs the lists of `member`, or of the member that it acts for, with `key`.
Result<ListSigner, NodeFault> find_signer(const keys::SigningKey& key, wire::MemberId member,
                                          NodeClient& node) {
    TRY(auto keys, fetch_keys(node, member));
    if (const auto custodian = fetch_custodian(node, member)) {
        TRY(const auto more, fetch_keys(node, *custodian));
        keys.insert(keys.end(), more.begin(), more.end());
    }
    const auto found = std::ranges::find(keys, key.public_key(), &MemberKey::key);
    if (found == keys.end()) {
        return std::unexpected{NodeFault{
            kExitRefused, "--assertion-key is no key of member " + std::to_string(member.value)}};
    }
    TRY(std::string host, fetch_host(node));
    return ListSigner{&key, std::move(host), found->signer.member, found->signer.ordinal, now()};
}

/// The lists of all `batches`.
Result<PublishedLists, NodeFault> publish_all(const std::vector<std::string>& batches,
                                              const keys::SigningKey& key,
                                              std::optional<wire::MemberId> custodian,
                                              NodeClient& node) {
    PublishedLists total;
    for (const std::string& batch : batches) {
        TRY(const auto listed, read_listed(batch));
        if (!listed) continue;
        TRY(const auto signer, find_signer(key, custodian.value_or(listed->owner()), node));
        TRY(const PublishedLists done, publish_lists(*listed, signer, node));
        total.count += done.count;
        keep_earlier(total.next_change, done.next_change);
    }
    return total;
}

}  // namespace

std::vector<std::string> find_batches(const std::string& folder) {
    if (exists(folder + "/to-sign.cbor")) return {folder};
    std::vector<std::string> batches;
    std::error_code error;
    for (std::filesystem::directory_iterator at{folder, error}, end; !error && at != end;
         at.increment(error)) {
        const std::string path = at->path().string();
        if (exists(path + "/to-sign.cbor")) batches.push_back(path);
    }
    std::ranges::sort(batches);
    return batches;
}

Result<Ok, std::string> write_first_lists(const std::string& folder, wire::MemberId owner,
                                          const std::vector<std::string>& lists,
                                          ListSigner signer) {
    signer.now = usual_instant(signer.now);
    TRY(make_folder(folder + "/status", Access::kOwner));
    for (const std::string& list : lists) {
        for (const std::string_view purpose : kListPurposes) {
            const std::string text = make_list(signer, owner, list, purpose, StatusBits{});
            TRY(write_file(path_of(folder, list, purpose), as_bytes(text), Access::kOwner));
        }
    }
    return Ok{};
}

Result<Ok, NodeFault> publish_first_lists(const std::string& folder, wire::MemberId owner,
                                          NodeClient& node) {
    const auto issues = read_places(folder);
    if (!issues) return local(issues.error());
    for (const std::string& list : lists_of(*issues)) {
        for (const std::string_view purpose : kListPurposes) {
            const auto content =
                read_file(path_of(folder, list, purpose), credential::kPublishedListSizeMax);
            if (!content) return local(content.error());
            TRY(node.publish_list(target_of(owner, list, purpose), as_text(*content)));
        }
    }
    return Ok{};
}

Result<std::optional<ListedBatch>, NodeFault> read_listed(const std::string& folder) {
    auto issues = read_places(folder);
    if (!issues) return local(issues.error());
    if (issues->empty()) return std::nullopt;
    auto to_sign = read_to_sign(folder + "/to-sign.cbor");
    if (!to_sign) return local(to_sign.error());
    const bool belong =
        std::ranges::equal(*issues, to_sign->issues, {}, &IssuePlaces::size,
                           [](const IssueToSign& issue) { return issue.items.size(); });
    if (!belong) return local(folder + "/status-lists.cbor: is of another batch");
    return ListedBatch{folder, *std::move(to_sign), *std::move(issues)};
}

Result<PublishedLists, NodeFault> publish_lists(const ListedBatch& batch, const ListSigner& signer,
                                                NodeClient& node) {
    TRY(const wire::ChainId chain, fetch_chain(node));
    for (const IssueToSign& issue : batch.to_sign.issues) {
        if (issue.decoded.chain != chain) {
            return std::unexpected{
                NodeFault{kExitRefused, batch.folder + ": is a batch for another ledger"}};
        }
    }
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
        TRY(const auto done, try_to_publish(batch, signer, node));
        if (done) return *done;
    }
    return too_new();
}

Result<std::optional<Instant>, NodeFault> find_wait(const std::string& folder,
                                                    std::span<const RecordedAt> places,
                                                    NodeClient& node) {
    std::optional<Instant> until;
    if (!exists(folder + "/status-lists.cbor")) return until;
    for (const RecordedAt& place : places) {
        TRY(const auto said, node.statuses(place.first_certificate, 1));
        if (said.next_change) until = std::max(until, said.next_change);
    }
    return until;
}

std::string lists_fault(const Arguments& arguments) {
    if (arguments.has("lists") != arguments.has("assertion-key")) {
        return "--lists and --assertion-key go together";
    }
    if (arguments.has("lists") && !arguments.has("node")) return "--lists needs --node URL";
    return {};
}

int publish_folders(const Arguments& arguments, std::span<const std::string> folders) {
    std::vector<std::string> batches;
    for (const std::string& folder : folders) {
        const auto found = find_batches(folder);
        if (found.empty()) return fail(kExitIo, folder + ": there is no batch in it");
        batches.insert(batches.end(), found.begin(), found.end());
    }
    const auto key = read_key(arguments.get("assertion-key", ""), arguments);
    if (!key) return fail(kExitIo, key.error());
    auto node = NodeClient::open(arguments.get("node", ""));
    if (!node) return fail(node.error().exit_code, node.error().message);
    std::optional<wire::MemberId> custodian;
    if (arguments.has("custodian")) {
        const auto number = arguments.number("custodian", 0, 1, UINT32_MAX);
        if (!number) return usage_error(number.error());
        custodian = wire::MemberId{static_cast<std::uint32_t>(*number)};
    }
    const auto done = publish_all(batches, *key, custodian, *node);
    if (!done) return fail(done.error().exit_code, done.error().message);
    std::printf("Status lists published: %zu.\n", done->count);
    if (done->next_change) {
        std::printf("Something that waits takes effect at %s: publish them again then.\n",
                    to_text(*done->next_change).c_str());
    }
    return kExitOk;
}

}  // namespace tasdiq::cli
