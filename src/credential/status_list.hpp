#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "codec/json.hpp"

// Bitstring Status List v1.0: a bit or a few for each of many credentials, in one that their issuer
// signs. Proofs and validity of that one are for the caller to verify; nothing is fetched here.
namespace tasdiq::credential {

inline constexpr std::string_view kStatusEntryType = "BitstringStatusListEntry";
inline constexpr std::string_view kStatusCredentialType = "BitstringStatusListCredential";
inline constexpr std::string_view kStatusListType = "BitstringStatusList";
inline constexpr std::string_view kRevocation = "revocation";
inline constexpr std::string_view kSuspension = "suspension";

/// The problem of a list that does not hold, or that says so. Spec: VC-BITSTRING-STATUS-LIST §3.5.
inline constexpr std::string_view kStatusVerificationProblem =
    "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR";

/// As many at least, so that asking for a list says little about whom.
inline constexpr std::size_t kStatusEntriesMin = 131'072;
/// What a list may expand to.
inline constexpr std::size_t kStatusListSizeMax = std::size_t{4} << 20;

/// Why a status is not known. Numbers are stable.
enum class StatusError : std::uint16_t {
    // The entry in the credential, §2.1
    kEntry = 1,  // a member that is missing or of another form; messages that are not as many
    // The list's credential, §2.2 and §3.2
    kCredential = 10,  // not of the types that it must have, or a member is missing or malformed
    kPurpose = 11,     // the list is not for this purpose
    kEncoding = 12,    // the list cannot be decoded, or is too large
    kLength = 13,      // fewer entries than 131,072
    kRange = 14,       // the entry is outside of the list
};
[[nodiscard]] std::string_view to_string(StatusError error);
/// The standard's URL of the problem. Spec: VC-BITSTRING-STATUS-LIST §3, §3.5.
[[nodiscard]] std::string_view problem_type(StatusError error);

/// A list of bits: the first is the highest of the first byte.
class StatusBits {
  public:
    /// All zero. `count` is a multiple of 8, and kStatusEntriesMin at least.
    explicit StatusBits(std::size_t count = kStatusEntriesMin);

    /// The inverse of `encode`, of any size up to kStatusListSizeMax bytes; whatever compressed it.
    /// Errors: kEncoding. Spec: VC-BITSTRING-STATUS-LIST §3.4.
    [[nodiscard]] static Result<StatusBits, StatusError> decode(std::string_view encoded);
    /// `u…`: gzip, then base64url. Spec: VC-BITSTRING-STATUS-LIST §3.3.
    [[nodiscard]] std::string encode() const;

    [[nodiscard]] std::size_t count() const { return bytes_.size() * 8; }
    /// `index` is below `count()`.
    [[nodiscard]] bool get(std::size_t index) const;
    void set(std::size_t index, bool value);

  private:
    explicit StatusBits(Bytes bytes) : bytes_{std::move(bytes)} {}
    Bytes bytes_;
};

/// Where the status of a credential stands.
struct StatusEntry {
    std::string purpose;
    std::uint64_t index = 0;
    std::string list_url;               // of the list's credential
    std::uint32_t size_bits = 1;        // 1 to 16
    std::vector<std::string> messages;  // by value; none, or 2^size_bits
};

/// One element of `credentialStatus` of that type. Errors: kEntry.
/// Spec: VC-BITSTRING-STATUS-LIST §2.1.
[[nodiscard]] Result<StatusEntry, StatusError> parse_status_entry(const codec::Json& status);
/// The inverse, for a status of one bit.
[[nodiscard]] codec::Json make_status_entry(std::string_view purpose, std::uint64_t index,
                                            std::string_view list_url);

/// What a list says about a credential.
struct Status {
    std::string purpose;
    std::uint32_t value = 0;
    std::string message;  // of that value: the entry's own, or "set" and "unset"

    /// Nothing is said against it.
    [[nodiscard]] bool is_valid() const { return value == 0; }
};

/// The status of `entry` in `list`, the credential at its `list_url`. Errors: kCredential,
/// kPurpose, kEncoding, kLength, kRange. Cost: expands the whole list. Spec:
/// VC-BITSTRING-STATUS-LIST §3.2 steps 5 to 15.
[[nodiscard]] Result<Status, StatusError> find_status(const StatusEntry& entry,
                                                      const codec::Json& list);

/// Whether every object of the type of an entry, wherever in `document` it stands, is one. Errors:
/// kEntry. Spec: VC-BITSTRING-STATUS-LIST §3.
[[nodiscard]] Result<Ok, StatusError> check_status_entries(const codec::Json& document);

/// What a list's credential says beside its bits.
struct StatusListHead {
    std::string url = {};
    std::string issuer = {};
    std::string purpose = {};
    std::optional<Instant> valid_from = std::nullopt;
    std::optional<std::uint32_t> ttl_ms = std::nullopt;  // how long a copy may be used
};

/// A list's credential without its proof. Spec: VC-BITSTRING-STATUS-LIST §2.2, §3.1.
[[nodiscard]] codec::Json make_status_credential(const StatusListHead& head,
                                                 const StatusBits& bits);

}  // namespace tasdiq::credential
