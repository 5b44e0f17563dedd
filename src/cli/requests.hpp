#pragma once

#include <string>

#include "codec/json.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::cli {

/// A body that somebody asks to be recorded, encoded, and the member that acts. Whether it is
/// within the formats' limits, `make_draft` says.
struct Request {
    Bytes body;
    wire::MemberId acting;
};

// From files that people write: docs/formats/requests.md. `folder` is where the files of keys lie
// that a request names. The error names the member that is missing, malformed or unknown.
[[nodiscard]] Result<Request, std::string> parse_register_authority(const codec::Json& json,
                                                                    const std::string& folder);
[[nodiscard]] Result<Request, std::string> parse_register_institution(const codec::Json& json,
                                                                      const std::string& folder);
[[nodiscard]] Result<Request, std::string> parse_accredit(const codec::Json& json,
                                                          const std::string& folder);
[[nodiscard]] Result<Request, std::string> parse_set_policy(const codec::Json& json,
                                                            const std::string& folder);
[[nodiscard]] Result<Request, std::string> parse_succession(const codec::Json& json,
                                                            const std::string& folder);
[[nodiscard]] Result<Request, std::string> parse_reconstitute(const codec::Json& json,
                                                              const std::string& folder);

/// `possession` is what `tasdiq keys prove` wrote.
[[nodiscard]] Result<Request, std::string> make_add_key(wire::MemberId member,
                                                        const codec::Json& possession);
[[nodiscard]] Request make_retire_key(wire::MemberId member, wire::Ordinal ordinal);
[[nodiscard]] Request make_void_key(wire::MemberId by, const wire::Signer& key,
                                    wire::LogIndex from);
[[nodiscard]] Request make_end_accreditation(const wire::EndAccreditation& body);
/// `indices` ascend.
[[nodiscard]] Request make_status(wire::MemberId member, wire::StatusState state,
                                  const std::vector<wire::LogIndex>& indices);
[[nodiscard]] Request make_custody(const wire::Custody& body);
/// The ranges ascend.
[[nodiscard]] Request make_confirm(const wire::Confirm& body);
[[nodiscard]] Request make_cancel(wire::MemberId member, const wire::TransactionId& transaction);
/// `indices` ascend.
[[nodiscard]] Request make_attest(wire::MemberId authority,
                                  const std::vector<wire::LogIndex>& indices);
[[nodiscard]] Request make_commit_cohort(const wire::CommitCohort& body);
/// `seats` ascend.
[[nodiscard]] Request make_release_seats(wire::MemberId institution,
                                         const std::vector<wire::Seat>& seats);

/// A key's public part, role and proof, as JSON to hand in.
[[nodiscard]] codec::Json possession_to_json(const wire::NewKey& key, const wire::ChainId& chain,
                                             std::optional<wire::MemberId> member);

/// The code of a word of `wire::to_word`, among the codes 1 … `last`.
template <class Code>
[[nodiscard]] std::optional<Code> parse_word(std::string_view word, Code last);

}  // namespace tasdiq::cli
