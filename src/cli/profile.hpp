#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "codec/json.hpp"
#include "intake/acts.hpp"
#include "wire/record.hpp"

namespace tasdiq::cli {

/// A key of the institution that takes part in issuing.
struct ProfileKey {
    wire::Ordinal ordinal;
    wire::Role role;
    std::string multikey;
};

/// What an institution's or authority's computer must know of the ledger to issue: public, made by
/// `tasdiq member profile`, read by everything that signs. Format: docs/formats/profile.md.
struct Profile {
    wire::LedgerKind ledger = wire::LedgerKind::kTest;
    wire::ChainId chain;
    std::string origin;
    wire::MemberId institution;
    std::vector<wire::Name> names;
    std::optional<std::uint32_t> accreditation;  // null: an authority, which issues without one
    std::vector<intake::Programme> programmes;
    std::vector<ProfileKey> keys;
    std::string serial_prefix;

    [[nodiscard]] const ProfileKey* find_key(wire::Ordinal ordinal) const;
    /// That of `key`, if the institution signs credentials with it.
    [[nodiscard]] const ProfileKey* find_assertion_key(const crypto::PublicKey& key) const;
    [[nodiscard]] bool is_authoritys() const { return !accreditation; }
    /// What a table of graduates is read by.
    [[nodiscard]] intake::Profile intake_rules() const;
    /// What a table of an authority is read by.
    [[nodiscard]] intake::ActProfile act_rules(wire::CertificateType type) const;
};

[[nodiscard]] codec::Json to_json(const Profile& profile);
/// The error names the member that is missing or malformed.
[[nodiscard]] Result<Profile, std::string> parse_profile(ByteView json);
/// The error names the file, too.
[[nodiscard]] Result<Profile, std::string> read_profile(const std::string& path);

}  // namespace tasdiq::cli
