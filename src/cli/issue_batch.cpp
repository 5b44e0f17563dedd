#include "cli/issue_batch.hpp"

#include <algorithm>
#include <future>
#include <map>
#include <numeric>

#include "certificate/commitment.hpp"
#include "certificate/make.hpp"
#include "cli/batch_check.hpp"
#include "cli/draft_folder.hpp"
#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "cli/parallel.hpp"
#include "cli/progress.hpp"
#include "cli/recorded.hpp"
#include "cli/signing.hpp"
#include "cli/status_lists.hpp"
#include "cli/submit_fault.hpp"
#include "cli/to_sign.hpp"
#include "codec/cbor.hpp"
#include "credential/data_integrity.hpp"
#include "credential/did.hpp"
#include "crypto/multikey.hpp"
#include "keys/random.hpp"
#include "linked/bundled_contexts.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::uint64_t kSecretsVersion = 2;
constexpr std::size_t kBatchFileSizeMax = 512U << 20;
constexpr std::size_t kSmallList = 10;  // DESIGN §4: no programme in a list of fewer
constexpr std::size_t kEvidencePage = 1'000;

/// One certificate of a batch, made and not yet recorded.
struct Made {
    const intake::Graduate* graduate;
    std::optional<wire::Seat> seat;
    std::optional<certificate::StatusPlace> status;
    wire::Commitment commitment;
    wire::CertificateSecret secret;
    std::string fault;
};

/// Certificates with the same terms.
struct Group {
    wire::Terms terms;
    std::vector<Made> items;
};

/// Terms as a key to group by; the programme of small groups is left out afterwards.
Bytes group_key(const wire::Terms& terms) { return wire::encode(terms); }

std::vector<Group> make_groups(const BatchInput& input) {
    std::map<Bytes, Group> groups;
    ENSURE(input.seats.empty() || input.seats.size() == input.graduates.size());
    for (std::size_t i = 0; i < input.graduates.size(); ++i) {
        const intake::Graduate& graduate = input.graduates[i];
        const wire::Terms terms =
            certificate::make_terms(graduate.record, input.parties->awarding());
        Group& group = groups[group_key(terms)];
        group.terms = terms;
        const auto seat = input.seats.empty() ? std::nullopt : std::optional{input.seats[i]};
        group.items.push_back({&graduate, seat, {}, {}, {}, {}});
    }

    // A list of fewer than ten must not name its programme: it would name its people. What takes
    // over an earlier certificate's terms has that one's.
    std::map<Bytes, Group> closed;
    for (auto& [key, group] : groups) {
        const auto& relation = group.items.front().graduate->relation;
        const bool has_taken_terms = relation && intake::takes_terms(relation->code);
        if (group.items.size() < kSmallList && !has_taken_terms) group.terms.programme.reset();
        Group& to = closed[group_key(group.terms)];
        to.terms = group.terms;
        std::ranges::move(group.items, std::back_inserter(to.items));
    }
    std::vector<Group> lists;
    for (auto& [key, group] : closed) {
        for (std::size_t begin = 0; begin < group.items.size(); begin += wire::kListCountMax) {
            const std::size_t end = std::min(begin + wire::kListCountMax, group.items.size());
            lists.push_back(
                {group.terms,
                 {std::make_move_iterator(group.items.begin() + static_cast<std::ptrdiff_t>(begin)),
                  std::make_move_iterator(group.items.begin() +
                                          static_cast<std::ptrdiff_t>(end))}});
        }
    }
    return lists;
}

/// Makes, signs, commits and writes one certificate; its `fault` says what went wrong.
void make_certificate(const BatchInput& input, const certificate::Issuer& issuer,
                      const std::string& folder, const wire::Terms& terms,
                      linked::ContextCache& contexts, Made& made) {
    certificate::Record record = made.graduate->record;
    record.award.programme = terms.programme;
    std::array<std::uint8_t, 16> random{};
    keys::random_bytes(random);
    const auto credential =
        certificate::make_credential(record, issuer, certificate::make_uuid(random), made.status);
    if (!credential) {
        made.fault = "line " + std::to_string(made.graduate->line) + ", " +
                     credential.error().field + ": " +
                     std::string{certificate::to_string(credential.error().error)};
        return;
    }
    const std::string did = credential::make_institution_did(issuer.host, issuer.member.value);
    credential::ProofOptions options;
    options.verification_method = credential::make_key_url(did, input.assertion_ordinal.value);
    options.created = input.created;
    const auto unfinished = credential::signing_input(credential->unsecured(), options, contexts);
    if (!unfinished) {
        made.fault = "line " + std::to_string(made.graduate->line) + ": cannot be signed, " +
                     std::string{credential::to_string(unfinished.error())};
        return;
    }
    const std::string secured = credential->with_proof(credential::finish_proof(
        *unfinished, input.assertion_key->sign(unfinished->signing_input)));
    made.secret = keys::random<wire::CertificateSecret>();
    made.commitment = certificate::commit(*credential, terms, made.secret);

    const std::string place = folder + "/certificates/" + made.graduate->serial;
    if (auto made_folder = make_folder(place, Access::kOwner); !made_folder) {
        made.fault = made_folder.error();
        return;
    }
    const auto written = write_draft(place + "/credential.json", as_bytes(secured), Access::kOwner);
    if (!written) made.fault = written.error();
}

void give_places(std::vector<Group>& groups) {
    PlaceMaker places;
    for (Group& group : groups) {
        for (Made& made : group.items) made.status = places.next();
    }
}

/// `status-lists.cbor`, and the lists themselves.
Result<Ok, std::string> write_status_lists(const std::string& folder, const BatchInput& input,
                                           const std::vector<Group>& groups) {
    std::vector<IssuePlaces> issues;
    for (const Group& group : groups) {
        IssuePlaces& places = issues.emplace_back();
        for (const Made& made : group.items) places.push_back(*made.status);
    }
    TRY(write_file(folder + "/status-lists.cbor", encode_places(issues), Access::kOwner));
    const wire::MemberId owner = input.profile().institution;
    const CustodianKey key =
        input.list_key.value_or(CustodianKey{owner, input.assertion_ordinal, input.assertion_key});
    const ListSigner signer{key.key,
                            std::string{credential::host_of_origin(input.profile().origin)},
                            key.member, key.ordinal, input.created};
    return write_first_lists(folder, owner, lists_of(issues), signer);
}

/// `secrets.cbor`: for each issue, in its list's order, serial and secret of each certificate.
Bytes encode_secrets(const std::vector<Group>& groups) {
    Bytes bytes;
    codec::CborWriter writer{bytes};
    writer.array(2).uint(kSecretsVersion).array(groups.size());
    for (const Group& group : groups) {
        writer.array(group.items.size());
        for (const Made& made : group.items) {
            writer.array(2).text(made.graduate->serial).bytes(made.secret.view());
        }
    }
    return bytes;
}

Result<std::vector<IssueSecrets>, codec::CborError> decode_secrets(ByteView bytes) {
    codec::CborReader reader{bytes};
    TRY(reader.array_of(2));
    TRY(const std::uint64_t version, reader.uint());
    if (version != kSecretsVersion) return std::vector<IssueSecrets>{};
    TRY(const std::size_t count, reader.array());
    std::vector<IssueSecrets> issues;
    for (std::size_t i = 0; i < count; ++i) {
        IssueSecrets issue;
        TRY(const std::size_t items, reader.array());
        for (std::size_t j = 0; j < items; ++j) {
            TRY(reader.array_of(2));
            TRY(const std::string_view serial, reader.text());
            TRY(const ByteView secret, reader.bytes_of(wire::CertificateSecret::kSize));
            issue.push_back({std::string{serial}, *wire::CertificateSecret::from(secret)});
        }
        issues.push_back(std::move(issue));
    }
    TRY(reader.finish());
    return issues;
}

}  // namespace

Result<BatchSummary, std::string> prepare_batch(const std::string& folder, BatchInput input) {
    TRY(DraftFolder draft, DraftFolder::make(folder));
    const std::string& fresh = draft.path();
    TRY(make_folder(fresh + "/certificates", Access::kOwner));
    TRY(make_folder(fresh + "/signatures", Access::kOwner));

    std::ranges::sort(input.signers);
    std::vector<Group> groups = make_groups(input);
    if (input.has_status_lists) give_places(groups);
    Progress progress{"Making certificates", input.graduates.size()};
    std::vector<wire::Signer> signers;
    for (const auto& [signer, multikey] : input.signers) signers.push_back(signer);
    std::vector<Bytes> payloads;
    std::vector<Bytes> lists;
    for (Group& group : groups) {
        const wire::Name& name = wire::name_on(input.profile().names, group.terms.awarded_on);
        const certificate::Issuer issuer{
            input.profile().institution, name.ar, name.en, name.fr,
            std::string{credential::host_of_origin(input.profile().origin)}};
        parallel_for(group.items.size(), [&](std::size_t i) {
            // One a thread: it remembers the contexts that it has processed.
            thread_local linked::BundledContexts contexts;
            make_certificate(input, issuer, fresh, group.terms, contexts.cache(), group.items[i]);
            progress.step();
        });
        for (const Made& made : group.items) {
            if (!made.fault.empty()) return std::unexpected{made.fault};
        }
        std::ranges::sort(group.items, {}, &Made::commitment);
        std::vector<wire::Item> items;
        for (const Made& made : group.items)
            items.push_back({made.commitment, made.graduate->relation, made.seat});
        lists.push_back(wire::encode_list(items));
        const wire::Issue issue{group.terms, static_cast<std::uint32_t>(items.size()),
                                wire::list_root(items)};
        payloads.push_back(wire::encode(
            make_payload(input.profile().chain, signers, issue, input.created, input.valid_s)));
    }
    TRY(write_file(fresh + "/secrets.cbor", encode_secrets(groups), Access::kOwner));
    if (input.has_status_lists) TRY(write_status_lists(fresh, input, groups));
    const Bytes to_sign = encode_to_sign(input.parties->names_on(to_day(input.created)),
                                         input.signers, payloads, lists);
    TRY(write_file(fresh + "/to-sign.cbor", to_sign, Access::kOwner));
    TRY(draft.finish());
    return BatchSummary{input.graduates.size(), groups.size()};
}

namespace {

/// The envelopes of a batch, all signatures in place.
Result<std::vector<Bytes>, std::string> make_envelopes(const std::string& folder,
                                                       const ToSign& to_sign) {
    std::vector<std::vector<wire::EnvelopeSignature>> signatures(to_sign.issues.size());
    for (const auto& [signer, multikey] : to_sign.signers) {
        const std::string path = folder + "/signatures/" + signatures_name(signer);
        if (!exists(path)) {
            return std::unexpected{"key " + std::to_string(signer.ordinal.value) + " of member " +
                                   std::to_string(signer.member.value) + " has not signed yet (" +
                                   path + " is missing)"};
        }
        TRY(const auto given, read_signatures(path, to_sign.issues.size()));
        const auto key = crypto::parse_multikey(multikey);
        if (!key) return std::unexpected{std::string{"to-sign.cbor: a key is malformed"}};
        for (std::size_t i = 0; i < given.size(); ++i) {
            signatures[i].push_back({key->algorithm(), crypto::key_id(*key), given[i]});
        }
    }
    std::vector<Bytes> envelopes;
    for (std::size_t i = 0; i < to_sign.issues.size(); ++i) {
        envelopes.push_back(wire::encode_envelope(to_sign.issues[i].payload, signatures[i]));
    }
    return envelopes;
}

/// Whether there is a secret for every certificate that is to be signed.
bool belong_together(const std::vector<IssueSecrets>& secrets, const ToSign& to_sign) {
    return std::ranges::equal(secrets, to_sign.issues, {}, &IssueSecrets::size,
                              [](const IssueToSign& issue) { return issue.items.size(); });
}

/// Certificates of one issue whose evidence is asked for together.
struct Page {
    const IssueSecrets* issue;
    std::size_t begin, count;  // of the issue's items
    wire::LogIndex first;
};

void add_pages(std::vector<Page>& pages, const IssueSecrets& issue, const RecordedAt& place) {
    for (std::size_t begin = 0; begin < issue.size(); begin += kEvidencePage) {
        pages.push_back({&issue,
                         begin,
                         std::min(kEvidencePage, issue.size() - begin),
                         {place.first_certificate.value + begin}});
    }
}

/// `refused.csv`, with the serials of what the ledger does not take; gone if it takes all.
Result<Ok, NodeFault> write_refused(const std::string& folder,
                                    const std::vector<RefusedIssue>& refused) {
    const std::string path = folder + "/refused.csv";
    if (refused.empty()) {
        std::remove(path.c_str());  // of an earlier run
        return Ok{};
    }
    std::string serials = "serial\n";
    for (const RefusedIssue& issue : refused) {
        for (const std::string& serial : issue.serials) serials += serial + "\n";
    }
    const auto written = write_file(path, as_bytes(serials), Access::kOwner);
    if (!written) return std::unexpected{NodeFault{kExitIo, written.error()}};
    return Ok{};
}

/// Each evidence with its secret, beside its credential.
Result<Ok, NodeFault> write_page(const std::string& folder, const Page& page,
                                 const std::vector<std::string>& evidence, Progress& progress) {
    std::vector<std::string> faults(page.count);
    parallel_for(page.count, [&](std::size_t i) {
        const SecretItem& item = (*page.issue)[page.begin + i];
        const std::string path = folder + "/certificates/" + item.serial + "/evidence.json";
        const auto opened = wire::open_evidence(evidence[i], item.secret);
        if (!opened) {
            faults[i] = path + ": the node's evidence is malformed";
            return;
        }
        const auto written = write_file(path, as_bytes(*opened), Access::kOwner, Durability::kSoon);
        if (!written) faults[i] = written.error();
        progress.step();
    });
    for (const std::string& fault : faults) {
        if (!fault.empty()) return std::unexpected{NodeFault{kExitIo, fault}};
    }
    return Ok{};
}

/// Evidence of all certificates. While one page is written the node makes the next one.
Result<Ok, NodeFault> write_evidence(const std::string& folder, NodeClient& node,
                                     const std::vector<Page>& pages, std::size_t total) {
    Progress progress{"Fetching evidence", total};
    const auto fetch = [&](std::size_t i) {
        return std::async(std::launch::async, [&node, page = pages[i]] {
            return node.evidence(page.first, page.count);
        });
    };
    if (pages.empty()) return Ok{};
    auto next = fetch(0);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        TRY(const auto evidence, next.get());
        if (i + 1 < pages.size()) next = fetch(i + 1);
        TRY(write_page(folder, pages[i], evidence, progress));
    }
    return Ok{};
}

}  // namespace

Result<SubmitSummary, NodeFault> submit_batch(const std::string& folder, NodeClient& node) {
    const auto local = [](std::string message) { return NodeFault{kExitIo, std::move(message)}; };
    const auto to_sign = read_to_sign(folder + "/to-sign.cbor");
    if (!to_sign) return std::unexpected{local(to_sign.error())};
    const auto content = read_file(folder + "/secrets.cbor", kBatchFileSizeMax);
    if (!content) return std::unexpected{local(content.error())};
    const auto issues = decode_secrets(*content);
    if (!issues || !belong_together(*issues, *to_sign)) {
        return std::unexpected{local(folder + "/secrets.cbor: is malformed")};
    }
    for (std::size_t i = 0; i < issues->size(); ++i) {
        const IssueToSign& issue = to_sign->issues[i];
        const auto whole =
            check_certificates(folder, issue.issue().terms, issue.list, (*issues)[i]);
        if (!whole) return std::unexpected{local(whole.error())};
    }
    const auto envelopes = make_envelopes(folder, *to_sign);
    if (!envelopes) return std::unexpected{NodeFault{kExitRefused, envelopes.error()}};

    // Whoever is shown one of the certificates finds its lists.
    if (!to_sign->issues.empty()) {
        const wire::Terms& terms = to_sign->issues.front().issue().terms;
        const wire::MemberId owner = terms.awarding.front().institution;
        const auto published = publish_first_lists(folder, owner, node);
        if (!published) return std::unexpected{explain_lists(published.error(), owner, node)};
    }
    SubmitSummary summary;
    std::vector<RecordedAt> places;
    std::vector<Page> pages;
    std::vector<NumberedSerial> recorded;
    for (std::size_t i = 0; i < issues->size(); ++i) {
        const IssueSecrets& issue = (*issues)[i];
        const auto place =
            node.submit(wire::encode(wire::Submission{(*envelopes)[i], to_sign->issues[i].list}));
        if (!place) {
            NodeFault fault = explain_refusal(place.error(), to_sign->issues[i], issue, node);
            if (fault.exit_code != kExitRefused) return std::unexpected{std::move(fault)};
            // What was refused must not keep the others from their evidence.
            summary.refused.push_back({i + 1, std::move(fault.message), {}});
            std::ranges::transform(issue, std::back_inserter(summary.refused.back().serials),
                                   &SecretItem::serial);
            continue;
        }
        summary.repeated_issues += place->is_repeated ? 1U : 0U;
        summary.certificate_count += issue.size();
        summary.last = {place->first_certificate.value + issue.size() - 1};
        std::uint64_t index = place->first_certificate.value;
        for (const SecretItem& item : issue) recorded.push_back({item.serial, {index++}});
        add_pages(pages, issue, *place);
        places.push_back(*place);
    }
    TRY(write_evidence(folder, node, pages, summary.certificate_count));
    TRY(write_refused(folder, summary.refused));
    if (const auto written = write_recorded(folder, recorded); !written) {
        return std::unexpected{local(written.error())};
    }
    TRY(summary.waits_until, find_wait(folder, places, node));
    return summary;
}

}  // namespace tasdiq::cli
