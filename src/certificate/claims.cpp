#include "certificate/claims.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ensure.hpp"
#include "certificate/builder.hpp"
#include "certificate/canonical_reader.hpp"
#include "certificate/forms.hpp"
#include "certificate/record.hpp"
#include "certificate/schema.hpp"
#include "codec/jcs.hpp"
#include "credential/digits.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;
using schema::Member;
using schema::Shape;
using Read = Result<Ok, ClaimsFault>;

static_assert(kTableRows == schema::kRowCount);

/// A fault here; those who called add in front where "here" is.
std::unexpected<ClaimsFault> fault(ClaimsError error) {
    return std::unexpected{ClaimsFault{error, ""}};
}

std::unexpected<ClaimsFault> fault_at(const ClaimsFault& inner, std::string_view token) {
    std::string pointer;
    codec::append_pointer_token(pointer, token);
    return std::unexpected{ClaimsFault{inner.error, pointer + inner.pointer}};
}

/// Walks a document and the schema together, writing the canonical text.
class Reader {
  public:
    Result<CanonicalCredential, ClaimsFault> read(const Json& document) {
        TRY(read_object(document, schema::kCredentialMembers, false));
        if (auto missed = check_rows(builder_)) return std::unexpected{*std::move(missed)};
        if (builder_.text().size() > kCredentialSizeMax) return fault(ClaimsError::kTooLarge);
        return builder_.take();
    }

  private:
    Read read_object(const Json& value, std::span<const Member> members, bool named) {
        const Json::Object* const object = value.get_object();
        if (object == nullptr) return fault(ClaimsError::kType);
        std::array<const Json*, schema::kMembersMax> found{};
        TRY(find_members(*object, members, found));
        ObjectWriter writer{builder_.text()};
        bool has_name = false;
        for (std::size_t i = 0; i < members.size(); ++i) {
            const Member& member = members[i];
            if (member.shape == Shape::kProof) {
                builder_.mark_proof();
                continue;
            }
            if (found[i] == nullptr) {
                if (!member.required) continue;
                return fault_at({ClaimsError::kMissing, ""}, member.key);
            }
            has_name = has_name || member.key.starts_with("name");
            writer.key(member.key);
            if (auto read = read_member(*found[i], member); !read) {
                return fault_at(read.error(), member.key);
            }
        }
        writer.close();
        if (named && !has_name) return fault_at({ClaimsError::kMissing, ""}, "nameArab");
        return Ok{};
    }

    /// Sorts the members of an object into their places in the schema.
    static Read find_members(const Json::Object& object, std::span<const Member> members,
                             std::array<const Json*, schema::kMembersMax>& found) {
        std::size_t next = 0;  // where the search begins: documents are mostly in order
        for (const codec::JsonMember& member : object) {
            std::size_t tried = 0;
            while (tried < members.size() && members[next].key != member.key) {
                next = next + 1 == members.size() ? 0 : next + 1;
                ++tried;
            }
            if (tried == members.size()) {
                return fault_at({ClaimsError::kUnknownMember, ""}, member.key);
            }
            found[next] = &member.value;
        }
        return Ok{};
    }

    Read read_member(const Json& value, const Member& member) {
        switch (member.shape) {
            case Shape::kTexts:
            case Shape::kObjects: return read_array(value, member);
            case Shape::kConstant: return read_constant(value, member);
            case Shape::kText:
            case Shape::kInteger:
            case Shape::kBoolean:
            case Shape::kObject: break;
            case Shape::kProof: ENSURE(false);
        }
        builder_.begin(member.row, 0);
        TRY(read_one(value, member));
        builder_.end(member.row);
        return Ok{};
    }

    Read read_one(const Json& value, const Member& member) {
        switch (member.shape) {
            case Shape::kObject:
            case Shape::kObjects: return read_object(value, member.members, member.named);
            case Shape::kText:
            case Shape::kTexts: return read_text(value, member);
            case Shape::kInteger:
                if (!value.get_integer()) return fault(ClaimsError::kType);
                break;
            case Shape::kBoolean:
                if (!value.is_boolean()) return fault(ClaimsError::kType);
                break;
            case Shape::kConstant:
            case Shape::kProof: ENSURE(false);
        }
        codec::append_jcs(builder_.text(), value);
        return Ok{};
    }

    Read read_array(const Json& value, const Member& member) {
        const Json::Array* const items = value.get_array();
        if (items == nullptr || items->empty()) return fault(ClaimsError::kType);
        if (member.row == schema::kCourses && !set_courses(builder_, items->size())) {
            return fault(ClaimsError::kNotInTable);
        }
        std::uint32_t number = 0;
        for (const Json& item : *items) {
            builder_.text() += number == 0 ? '[' : ',';
            builder_.begin(member.row, number);
            if (auto read = read_one(item, member); !read) {
                return fault_at(read.error(), std::to_string(number));
            }
            builder_.end(member.row);
            ++number;
        }
        builder_.text() += ']';
        return Ok{};
    }

    Read read_constant(const Json& value, const Member& member) {
        std::string& text = builder_.text();
        const std::size_t begin = text.size();
        codec::append_jcs(text, value);
        if (std::string_view{text}.substr(begin) != member.constant) {
            return fault(member.key == "@context" ? ClaimsError::kContext : ClaimsError::kType);
        }
        return Ok{};
    }

    Read read_text(const Json& value, const Member& member) {
        const std::string* const text = value.get_string();
        if (text == nullptr) return fault(ClaimsError::kType);
        if (const auto error = check_text(builder_, member, *text)) return fault(*error);
        codec::append_jcs(builder_.text(), value);
        return Ok{};
    }

    CredentialBuilder builder_;
};

}  // namespace

std::string_view to_string(ClaimsError error) {
    switch (error) {
        case ClaimsError::kTooLarge: return "the credential is too large";
        case ClaimsError::kJson: return "the credential is not strict JSON";
        case ClaimsError::kContext: return "@context is not that of a Tasdiq credential";
        case ClaimsError::kUnknownMember: return "a member that the claims table does not cover";
        case ClaimsError::kMissing: return "a member is missing";
        case ClaimsError::kType: return "a member is of another type";
        case ClaimsError::kNoTable: return "no claims table for this type of certificate";
        case ClaimsError::kNotInTable: return "this type of certificate has no such member";
        case ClaimsError::kDate: return "a date is not written as it must be";
        case ClaimsError::kTarget: return "about a certificate of a ledger and another document";
    }
    ENSURE(false);
}

std::string_view pointer_of_row(std::uint8_t row) {
    ENSURE(row < kTableRows);
    return schema::kPointers[row];
}

bool is_array_row(std::uint8_t row) { return pointer_of_row(row).ends_with("/*"); }

std::string to_pointer(ClaimId claim) {
    std::string pointer{pointer_of_row(claim.row)};
    if (is_array_row(claim.row)) {
        pointer.pop_back();
        pointer += std::to_string(claim.item);
    }
    return pointer;
}

std::optional<ClaimId> parse_claim_pointer(std::string_view pointer) {
    for (std::uint8_t row = 0; row < kTableRows; ++row) {
        const std::string_view known = schema::kPointers[row];
        if (!is_array_row(row)) {
            if (pointer == known) return ClaimId{row, 0};
            continue;
        }
        const std::string_view start = known.substr(0, known.size() - 1);
        if (!pointer.starts_with(start)) continue;
        const auto item = credential::parse_digits(pointer.substr(start.size()), UINT32_MAX);
        if (!item) return std::nullopt;
        return ClaimId{row, *item};
    }
    return std::nullopt;
}

std::optional<std::string_view> CanonicalCredential::find(ClaimId claim) const {
    const auto found = std::ranges::lower_bound(claims_, claim, {}, &Claim::id);
    if (found == claims_.end() || found->id != claim) return std::nullopt;
    return value_of(*found);
}

std::string CanonicalCredential::id() const {
    const auto value = codec::parse_json(*find({schema::kId}));
    ENSURE(value.has_value());
    return value->as_string();
}

std::string CanonicalCredential::issuer_did() const {
    const auto issuer = codec::parse_json(*find({schema::kIssuer}));
    ENSURE(issuer.has_value());
    return issuer->find("id")->as_string();
}

credential::Unsecured CanonicalCredential::unsecured() const {
    constexpr std::size_t kContextAt = std::string_view{"{\"@context\":"}.size();
    return {text_, std::string_view{text_}.substr(kContextAt, context_jcs().size()), hash_};
}

std::string CanonicalCredential::with_proof(std::string_view proof) const {
    constexpr std::string_view kKey = ",\"proof\":";
    std::string secured;
    secured.reserve(text_.size() + kKey.size() + proof.size());
    secured.append(text_, 0, proof_offset_);
    secured += kKey;
    secured += proof;
    secured.append(text_, proof_offset_);
    return secured;
}

Result<CanonicalCredential, ClaimsFault> read_credential(const Json& document) {
    return Reader{}.read(document);
}

Result<SecuredCredential, ClaimsFault> read_secured(ByteView json) {
    const std::string_view text = as_text(json);
    if (auto canonical = read_canonical(text)) {
        if (!canonical->proof) return SecuredCredential{std::move(canonical->credential), {}};
        auto proof = credential::to_proof_jcs(*canonical->proof, context_jcs());
        // What is no JSON here is none for the strict reader either; it says where.
        if (proof) return SecuredCredential{std::move(canonical->credential), *std::move(proof)};
    }
    if (text.size() > kSecuredSizeMax) return fault(ClaimsError::kTooLarge);
    const auto document = codec::parse_json(text, {.size_bytes_max = kSecuredSizeMax});
    if (!document) return fault(ClaimsError::kJson);
    TRY(auto credential, read_credential(*document));
    const Json* const proof = document->find("proof");
    if (proof == nullptr) return SecuredCredential{std::move(credential), {}};
    return SecuredCredential{std::move(credential), codec::to_jcs(*proof)};
}

std::string_view context_jcs() { return schema::kContext; }

}  // namespace tasdiq::certificate
