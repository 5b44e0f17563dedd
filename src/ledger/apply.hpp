#pragma once

#include <span>

#include "ledger/diff.hpp"
#include "ledger/error.hpp"
#include "ledger/view.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::ledger {

/// What every node knows about the block that a transaction stands in. Block time never falls.
struct BlockContext {
    std::uint64_t height;
    Instant time;
    wire::ChainId chain;
};

/// A transaction may be sent at most so long before it expires.
inline constexpr std::int64_t kExpiryMax_s = 90 * kSecondsPerDay;

/// A transaction whose signatures hold. Only `authenticate` makes one.
class AuthenticatedTransaction {
  public:
    [[nodiscard]] const wire::Payload& payload() const { return envelope_.payload; }
    [[nodiscard]] const wire::TransactionId& id() const { return id_; }
    /// As it was signed and sent.
    [[nodiscard]] ByteView envelope_bytes() const { return envelope_bytes_; }
    /// The list of an issue; empty for every other body.
    [[nodiscard]] std::span<const wire::Item> items() const { return items_; }

  private:
    AuthenticatedTransaction() = default;
    friend Result<AuthenticatedTransaction, Refusal> authenticate(const View& view,
                                                                  const BlockContext& block,
                                                                  wire::Submission submission);
    Bytes envelope_bytes_;
    wire::Envelope envelope_{};
    wire::TransactionId id_;
    std::vector<wire::Item> items_;
};

/// Decodes a submission and checks who signed it: formats, chain, expiry, that it is new, the
/// signers' keys, their signatures, and that the list is the one that was signed.
///
/// Errors: those of `LedgerError` up to kListRoot, in its order; of several signers at fault the
/// one with the first error, then the first one.
/// Cost: a signature verification for each signer; hashing of the list.
[[nodiscard]] Result<AuthenticatedTransaction, Refusal> authenticate(const View& view,
                                                                     const BlockContext& block,
                                                                     wire::Submission submission);
/// Also decodes the submission: kMalformedSubmission comes first.
[[nodiscard]] Result<AuthenticatedTransaction, Refusal> authenticate(const View& view,
                                                                     const BlockContext& block,
                                                                     ByteView submission);

/// What `transaction` does as the next one on top of `view`: everything, or nothing and why.
/// `view` may be newer than the one that it was authenticated on: what may have changed since
/// (expiry, whether it is new, the signers' keys) is looked at again; its signatures are not.
///
/// Errors: those of `LedgerError`, in its order.
/// Cost: for an issue, a look-up and an entry for each item.
[[nodiscard]] Result<Diff, Refusal> apply(const View& view, const BlockContext& block,
                                          const AuthenticatedTransaction& transaction);

}  // namespace tasdiq::ledger
