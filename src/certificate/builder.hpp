#pragma once

#include <string>
#include <string_view>

#include "certificate/claims.hpp"
#include "certificate/schema.hpp"

namespace tasdiq::certificate {

/// Internal to certificate: puts a CanonicalCredential together while its text is written, member
/// by member in the order of JCS.
class CredentialBuilder {
  public:
    CredentialBuilder() {
        result_.text_.reserve(4096);
        result_.claims_.reserve(48);
    }

    [[nodiscard]] std::string& text() { return result_.text_; }

    /// The value of a claim begins or ends here, or at a given place of the text.
    void begin(std::int8_t row, std::uint32_t item) { begin(row, item, text().size()); }
    void end(std::int8_t row) { end(row, text().size()); }
    void begin(std::int8_t row, std::uint32_t item, std::size_t place) {
        if (row < 0) return;
        const auto at = static_cast<std::uint32_t>(place);
        result_.claims_.push_back({{static_cast<std::uint8_t>(row), item}, at, at});
    }
    void end(std::int8_t row, std::size_t place) {
        if (row >= 0) result_.claims_.back().end = static_cast<std::uint32_t>(place);
    }

    /// A `proof` would stand here, or at a given place, between two members.
    void mark_proof() { mark_proof(text().size()); }
    void mark_proof(std::size_t place) { result_.proof_offset_ = place; }
    void set_type(wire::CertificateType type) { result_.type_ = type; }
    void set_valid_until(Day day) { result_.valid_until_ = day; }
    void set_course_count(std::uint32_t count) { result_.course_count_ = count; }
    [[nodiscard]] wire::CertificateType type() const { return result_.type_; }
    /// Which rows there are so far.
    [[nodiscard]] schema::Rows rows() const {
        schema::Rows rows = 0;
        for (const Claim& claim : result_.claims_) rows |= schema::Rows{1} << claim.id.row;
        return rows;
    }

    /// The credential, whose text is complete.
    [[nodiscard]] CanonicalCredential take() {
        result_.hash_ = crypto::sha256(as_bytes(result_.text_));
        return std::move(result_);
    }

  private:
    CanonicalCredential result_;
};

/// Writes the members of one object; `key`s come in the order of JCS and need no escapes.
class ObjectWriter {
  public:
    explicit ObjectWriter(std::string& out) : out_{out} {}

    void key(std::string_view key) {
        out_ += first_ ? "{\"" : ",\"";
        first_ = false;
        out_ += key;
        out_ += "\":";
    }
    void close() { out_ += first_ ? "{}" : "}"; }

  private:
    std::string& out_;
    bool first_ = true;
};

}  // namespace tasdiq::certificate
