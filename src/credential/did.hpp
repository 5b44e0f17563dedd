#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "codec/json.hpp"
#include "crypto/public_key.hpp"

namespace tasdiq::credential {

/// The address of a `did:web`'s document: `did:web:host%3Aport:i:9` is at
/// `https://host:port/i/9/did.json`, `did:web:host` at `https://host/.well-known/did.json`.
/// Nothing if `did` is no `did:web`. Spec: DID-WEB, "Read (Resolve)".
[[nodiscard]] std::optional<std::string> url_of_did_web(std::string_view did);
/// The inverse; nothing for an address that no `did:web` has.
[[nodiscard]] std::optional<std::string> did_web_of_url(std::string_view url);

/// An institution by its DID.
struct InstitutionDid {
    std::string host;  // `host` or `host:port`, as in the origin
    std::uint32_t member;
    friend bool operator==(const InstitutionDid&, const InstitutionDid&) = default;
};

/// The host of a ledger's origin: what stands before its first slash.
[[nodiscard]] std::string_view host_of_origin(std::string_view origin);
/// `did:web:<host>:i:<member>`, the colon of a port as `%3A`.
[[nodiscard]] std::string make_institution_did(std::string_view host, std::uint32_t member);
/// The inverse, exactly; nothing for any other text.
[[nodiscard]] std::optional<InstitutionDid> parse_institution_did(std::string_view did);

/// `https://<host>/i/<member>/status/<list>/<purpose>`: where a status list of a member is.
[[nodiscard]] std::string make_status_list_url(const InstitutionDid& of, std::string_view list,
                                               std::string_view purpose);

/// `<did>#key-<ordinal>`: the verification method of a member's key.
[[nodiscard]] std::string make_key_url(std::string_view did, std::uint16_t ordinal);

struct KeyUrl {
    std::string_view did;  // part of what was parsed
    std::uint16_t ordinal;
};
/// The inverse, exactly; `did` is not looked at further.
[[nodiscard]] std::optional<KeyUrl> parse_key_url(std::string_view url);

/// One key of an institution's DID document.
struct DidKey {
    std::uint16_t ordinal;
    std::string multikey;  // `z6Mk…`
    bool active;           // now in `assertionMethod`; retired keys are still listed
};

/// The document of an institution, or of any DID whose keys have ordinals.
/// Spec: DID-CORE §5; Controlled Identifiers 1.0 §2.
[[nodiscard]] codec::Json make_did_document(std::string_view did, std::span<const DidKey> keys);

/// The document that the did:key method derives from a key, for signing purposes only (no key
/// agreement). Spec: DID-KEY.
[[nodiscard]] codec::Json make_did_key_document(const crypto::PublicKey& key);

}  // namespace tasdiq::credential
