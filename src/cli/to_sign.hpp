#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "keys/signing_key.hpp"
#include "wire/record.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::cli {

/// One issue of a batch, as an officer sees it before signing.
struct IssueToSign {
    Bytes payload;
    Bytes list;
    wire::Payload decoded;  // its body is an Issue
    std::vector<wire::Item> items;

    [[nodiscard]] const wire::Issue& issue() const { return std::get<wire::Issue>(decoded.body); }
};

/// Who signs, and the key as a multikey.
using SignerKey = std::pair<wire::Signer, std::string>;
/// What the preparer calls a member; what counts is the number that is signed.
using PartyName = std::pair<wire::MemberId, wire::Name>;

/// The file that travels to the officers: `to-sign.cbor`. Format: docs/formats/batch.md.
struct ToSign {
    std::vector<PartyName> names;
    std::vector<SignerKey> signers;
    std::vector<IssueToSign> issues;
};

/// `payloads` and `lists` belong together one by one.
[[nodiscard]] Bytes encode_to_sign(const std::vector<PartyName>& names,
                                   const std::vector<SignerKey>& signers,
                                   const std::vector<Bytes>& payloads,
                                   const std::vector<Bytes>& lists);

/// Reads versions 2 and 3. Errors: a file of another form or version; an issue whose payload is no
/// issue, or whose list is not the one that its payload would sign (root and count are computed).
[[nodiscard]] Result<ToSign, std::string> read_to_sign(const std::string& path);

/// Signs every issue; the content of `signatures-<member>-<ordinal>.cbor`. The error says that the
/// key is none of the signers'.
[[nodiscard]] Result<std::pair<wire::Signer, Bytes>, std::string> sign_batch(
    const ToSign& to_sign, const keys::SigningKey& key);
/// `signatures-<member>-<ordinal>.cbor`.
[[nodiscard]] std::string signatures_name(const wire::Signer& signer);
/// One signature for each issue. Errors: it is for another batch, or malformed.
[[nodiscard]] Result<std::vector<Bytes>, std::string> read_signatures(const std::string& path,
                                                                      std::size_t expected);

}  // namespace tasdiq::cli
