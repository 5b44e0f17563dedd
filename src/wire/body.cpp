#include "wire/body_fields.hpp"

namespace tasdiq::wire {
namespace fields {
namespace {

/// The code of the body that `reader` is at; the reader stays there.
Result<BodyCode, WireFault> peek_code(Reader reader) {
    std::size_t count = 0;
    TRY(reader.open("body", count));
    TRY(reader.check(count > 0, WireError::kShape, "body"));
    BodyCode code{};
    TRY(walk_body_code<Reader>(reader, code));
    return code;
}

template <class T>
Step read_as(Reader& reader, Body& body) {
    return walk_coded(reader, body.emplace<T>());
}

/// Nothing but its code and that it is our CBOR is looked at.
Step read_draft(Reader& reader, BodyCode code, Body& body) {
    TRY(const ByteView item, reader.item("body"));
    body = DraftBody{code, to_bytes(item)};
    return Ok{};
}

}  // namespace

Step read_body(Reader& reader, Body& body) {
    TRY(const BodyCode code, peek_code(reader));
    switch (code) {
        case BodyCode::kRegisterAuthority: return read_as<RegisterAuthority>(reader, body);
        case BodyCode::kEndAuthority: return read_as<EndAuthority>(reader, body);
        case BodyCode::kVoidKey: return read_as<VoidKey>(reader, body);
        case BodyCode::kRegisterInstitution: return read_as<RegisterInstitution>(reader, body);
        case BodyCode::kAccredit: return read_as<Accredit>(reader, body);
        case BodyCode::kEndAccreditation: return read_as<EndAccreditation>(reader, body);
        case BodyCode::kSetPolicy: return read_as<SetPolicy>(reader, body);
        case BodyCode::kIssue: return read_as<Issue>(reader, body);
        case BodyCode::kStatus: return read_as<Status>(reader, body);
        case BodyCode::kAddKey: return read_as<AddKey>(reader, body);
        case BodyCode::kRetireKey: return read_as<RetireKey>(reader, body);
        case BodyCode::kReconstitute: return read_as<Reconstitute>(reader, body);
        case BodyCode::kSuccession: return read_as<Succession>(reader, body);
        case BodyCode::kCustody: return read_as<Custody>(reader, body);
        case BodyCode::kAttest: return read_as<Attest>(reader, body);
        case BodyCode::kCommitCohort: return read_as<CommitCohort>(reader, body);
        case BodyCode::kReleaseSeats: return read_as<ReleaseSeats>(reader, body);
        case BodyCode::kCancel: return read_as<Cancel>(reader, body);
        case BodyCode::kConfirm: return read_as<Confirm>(reader, body);
        case BodyCode::kPropose:
        case BodyCode::kVote: return read_draft(reader, code, body);
    }
    ENSURE(false);
}

Step read_issue(Reader& reader, Body& body) {
    TRY(const BodyCode code, peek_code(reader));
    TRY(reader.check(code == BodyCode::kIssue, WireError::kShape, "body"));
    return read_as<Issue>(reader, body);
}

Step write_body(Writer& writer, const Body& body) {
    return std::visit(
        [&](const auto& value) -> Step {
            using T = std::remove_cvref_t<decltype(value)>;
            if constexpr (std::is_same_v<T, DraftBody>) {
                Reader reader{value.cbor};
                Body same;
                ENSURE(read_body(reader, same) && reader.finish("body") && same == Body{value});
                writer.encoded(value.cbor);
                return Ok{};
            } else {
                return walk_coded(writer, value);
            }
        },
        body);
}

}  // namespace fields

BodyCode code_of(const Body& body) {
    return std::visit(
        [](const auto& value) {
            using T = std::remove_cvref_t<decltype(value)>;
            if constexpr (std::is_same_v<T, DraftBody>) {
                return value.code;
            } else {
                return static_cast<BodyCode>(fields::kCoded<T>.code);
            }
        },
        body);
}

}  // namespace tasdiq::wire
