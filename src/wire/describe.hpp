#pragma once

#include "codec/json.hpp"
#include "wire/record.hpp"

namespace tasdiq::wire {

// Entries and records as JSON for reading: in a node's API, in `tasdiq show`. One way only: nothing
// is decoded from it. Codes are words, days and instants ISO 8601, hashes and ids hexadecimal.

[[nodiscard]] codec::Json describe(const Entry& entry);
[[nodiscard]] codec::Json describe(const Payload& payload);
[[nodiscard]] codec::Json describe(const Terms& terms);
[[nodiscard]] codec::Json describe(const MemberRecord& record);
[[nodiscard]] codec::Json describe(const KeyRecord& record);
[[nodiscard]] codec::Json describe(const AccreditationRecord& record);
[[nodiscard]] codec::Json describe(const ProgrammeEntry& programme);
[[nodiscard]] codec::Json describe(const StatusSlot& slot);
[[nodiscard]] codec::Json describe(const CohortRecord& record);
[[nodiscard]] codec::Json describe(const AttestationRecord& record);

// The words of codes, as docs/formats/codes.md has them.
[[nodiscard]] std::string_view to_word(Role role);
[[nodiscard]] std::string_view to_word(MemberKind kind);
[[nodiscard]] std::string_view to_word(CertificateType type);
[[nodiscard]] std::string_view to_word(Mode mode);
[[nodiscard]] std::string_view to_word(Capture capture);
[[nodiscard]] std::string_view to_word(RelationCode code);
[[nodiscard]] std::string_view to_word(StatusState state);
[[nodiscard]] std::string_view to_word(Act act);
[[nodiscard]] std::string_view to_word(EndAction action);
[[nodiscard]] std::string_view to_word(SuccessionKind kind);
[[nodiscard]] std::string_view to_word(CustodyScope scope);
[[nodiscard]] std::string_view to_word(CohortKind kind);
[[nodiscard]] std::string_view to_word(BodyCode code);

/// The role of a word; nothing for any other word.
[[nodiscard]] std::optional<Role> parse_role(std::string_view word);

}  // namespace tasdiq::wire
