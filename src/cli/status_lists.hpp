#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/node_client.hpp"
#include "cli/status_places.hpp"
#include "cli/to_sign.hpp"
#include "keys/signing_key.hpp"

// The status lists of an institution's certificates: docs/formats/status-list.md.
namespace tasdiq::cli {

/// The batches in `folder`: itself, or those that lie in it, by name.
[[nodiscard]] std::vector<std::string> find_batches(const std::string& folder);

/// Who signs lists, and when.
struct ListSigner {
    const keys::SigningKey* key;
    std::string host;       // of the ledger's origin
    wire::MemberId member;  // the institution, or its custodian
    wire::Ordinal ordinal;  // of the key
    Instant now;
};

/// Signs the lists of a new batch of `owner`'s, in which nothing is set, into `<folder>/status/`.
/// The error is a sentence.
[[nodiscard]] Result<Ok, std::string> write_first_lists(const std::string& folder,
                                                        wire::MemberId owner,
                                                        const std::vector<std::string>& lists,
                                                        ListSigner signer);
/// Gives the node what `write_first_lists` wrote. What it has already, or newer, stays.
[[nodiscard]] Result<Ok, NodeFault> publish_first_lists(const std::string& folder,
                                                        wire::MemberId owner, NodeClient& node);

/// A batch and the entries of its certificates.
struct ListedBatch {
    std::string folder;
    ToSign to_sign;
    std::vector<IssuePlaces> issues;

    [[nodiscard]] wire::MemberId owner() const {
        return to_sign.issues.front().issue().terms.awarding.front().institution;
    }
};
/// Nothing of a batch whose certificates name no lists. Errors: kExitIo.
[[nodiscard]] Result<std::optional<ListedBatch>, NodeFault> read_listed(const std::string& folder);
/// What was published.
struct PublishedLists {
    std::size_t count = 0;
    std::optional<Instant> next_change;  // when they have to be published again
};
/// Computes the lists of the batch anew from the ledger's statuses, and gives them to the node,
/// each later than the one that it has. Errors: kExitRefused for another ledger's batch, or if the
/// node has lists that are newer than the clock allows.
[[nodiscard]] Result<PublishedLists, NodeFault> publish_lists(const ListedBatch& batch,
                                                              const ListSigner& signer,
                                                              NodeClient& node);

/// Until when certificates that were just recorded wait, if their batch has lists: those do not say
/// so yet. `places` are its issues; the certificates of one wait together.
[[nodiscard]] Result<std::optional<Instant>, NodeFault> find_wait(
    const std::string& folder, std::span<const RecordedAt> places, NodeClient& node);

// ------------------------------------------------------------------ commands
inline constexpr Option kListsOption{
    "lists", "DIR",
    "a batch, or a folder of them, whose status lists follow; may stand several times"};
inline constexpr Option kListKeyOption{"assertion-key", "FILE", "the key that signs status lists"};

/// What is wrong with `--lists` and `--assertion-key`, which go together; empty if nothing is.
[[nodiscard]] std::string lists_fault(const Arguments& arguments);
/// Publishes the lists of `folders`, batches or folders of them, and says so; an exit code.
/// `custodian`: who signs in the place of the batches' institution.
int publish_folders(const Arguments& arguments, std::span<const std::string> folders);

}  // namespace tasdiq::cli
