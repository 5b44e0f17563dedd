#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "wire/values.hpp"

namespace tasdiq::certificate {

// What an institution knows about one certificate. Format and limits: docs/formats/record.md.

/// ISO 15924; the scripts that the claims table has names for.
enum class Script : std::uint8_t { kArab = 1, kLatn = 2, kTfng = 3 };

struct ScriptText {
    std::string text;
    Script script;
    friend bool operator==(const ScriptText&, const ScriptText&) = default;
};

/// `2003-05-14`, `2003-05` or `2003`: 0 is what is not known. Spec: ISO 8601-2.
struct PartialDate {
    std::int32_t year = 0;  // 0000–9999
    std::uint8_t month = 0;
    std::uint8_t day = 0;
    friend bool operator==(const PartialDate&, const PartialDate&) = default;
};
[[nodiscard]] std::optional<PartialDate> parse_partial_date(std::string_view text);
[[nodiscard]] std::string to_text(PartialDate date);
/// The first day that the date can mean.
[[nodiscard]] Day earliest(PartialDate date);

struct Identifier {
    std::string scheme, value;
    friend bool operator==(const Identifier&, const Identifier&) = default;
};

struct Holder {
    std::vector<ScriptText> names;  // 1–8
    std::optional<PartialDate> birth_date;
    std::vector<ScriptText> birth_place;  // each script once
    std::optional<std::string> nationality;
    std::vector<Identifier> identifiers;  // each scheme once
    friend bool operator==(const Holder&, const Holder&) = default;
};

/// Decimals in texts, `"16.42"` of `"20"`.
struct Grade {
    std::string value, scale;
    friend bool operator==(const Grade&, const Grade&) = default;
};

struct Credits {
    std::string value, system;
    friend bool operator==(const Credits&, const Credits&) = default;
};

struct Rank {
    std::uint32_t position, of;
    friend bool operator==(const Rank&, const Rank&) = default;
};

struct Award {
    wire::CertificateType type = wire::CertificateType::kDegree;
    wire::Titles title;
    std::uint8_t level = 0;   // ISCED 2011
    std::uint16_t field = 0;  // ISCED-F 2013
    std::optional<std::string> programme;
    Day awarded_on;
    std::optional<std::string> awarded_on_hijri;  // as printed
    std::optional<Day> intake;
    wire::Mode mode = wire::Mode::kOnSite;
    std::uint8_t site = 0;
    wire::Capture capture = wire::Capture::kContemporaneous;
    std::vector<wire::MemberId> awarded_with;  // joint awards: the others, ascending
    std::optional<std::string> decision;
    std::optional<std::string> academic_year;
    std::optional<wire::Titles> honours;
    std::optional<Grade> grade;
    std::optional<Credits> credits;
    std::optional<Rank> rank;
    std::vector<std::string> languages;  // of instruction
    friend bool operator==(const Award&, const Award&) = default;
};

struct Course {
    std::string code;
    std::string title_ar, title_en, title_fr;  // empty: not given; one at least is
    std::optional<Credits> credits;
    std::optional<Grade> grade;
    std::optional<std::string> semester;
    friend bool operator==(const Course&, const Course&) = default;
};

// What authorities issue is about another document: one of the next two.

/// A certificate on a ledger.
struct Target {
    wire::LogIndex certificate;
    std::string origin;  // ends in the chain id
    friend bool operator==(const Target&, const Target&) = default;
};

/// A degree that is on no ledger.
struct Document {
    std::vector<ScriptText> institution;  // each script once
    std::string country;                  // ISO 3166-1
    std::vector<ScriptText> title;        // as printed; each script once
    std::optional<PartialDate> awarded_on;
    std::optional<std::string> number;
    friend bool operator==(const Document&, const Document&) = default;
};

enum class Outcome : std::uint8_t { kFull = 1, kPartial = 2, kConditional = 3 };

/// What was decided of a degree. Texts in each language may be empty, but not in all.
struct Equivalency {
    Outcome outcome = Outcome::kFull;
    std::string number;  // of the decision
    Day date;
    std::optional<wire::Titles> conditions;
    std::optional<wire::Titles> equivalent_to;
    std::optional<wire::Titles> purpose;
    friend bool operator==(const Equivalency&, const Equivalency&) = default;
};

enum class AttestationKind : std::uint8_t { kStamp = 1, kLegalisation = 2, kApostille = 3 };

/// What was certified of a document.
struct Attestation {
    AttestationKind kind = AttestationKind::kStamp;
    std::string number;
    Day date;
    wire::Titles place;
    wire::Titles capacity;  // of the person who signed the document
    friend bool operator==(const Attestation&, const Attestation&) = default;
};

struct Record {
    Holder holder;
    Award award;
    std::vector<Course> courses;     // transcripts and supplements only
    std::optional<Day> valid_until;  // the last day
    // Equivalencies and attestations only: what it is, and of which document.
    std::optional<Equivalency> equivalency = std::nullopt;
    std::optional<Attestation> attestation = std::nullopt;
    std::optional<Target> target = std::nullopt;
    std::optional<Document> document = std::nullopt;
    friend bool operator==(const Record&, const Record&) = default;
};

inline constexpr std::size_t kRecordSizeMax = 256 * 1024;
inline constexpr std::size_t kCoursesMax = 200;

/// Why a record is refused. Numbers are stable.
enum class RecordError : std::uint16_t {
    // The whole
    kTooLarge = 1,
    kJson = 2,
    // Members
    kType = 10,  // another JSON type than docs/formats/record.md has
    kUnknownMember = 11,
    kMissing = 12,
    kVersion = 13,
    // Values
    kText = 20,     // empty, too long, untrimmed, or with a character that is not allowed
    kDate = 21,     // no such date, or not written as one
    kCode = 22,     // not one of the words or codes that may stand here
    kNumber = 23,   // outside its limits
    kDecimal = 24,  // not 1–4 digits and at most 4 after a point
    kCount = 25,    // too few or too many items
    kTwice = 26,    // the same twice, or not ascending
    // Together
    kDateOrder = 40,
    kGradeRange = 41,  // value above its scale
    kRankRange = 42,
    kCoursesNotAllowed = 43,  // in a type that has none
    kNotForType = 44,         // a member that the type does not have
    kTarget = 45,             // both a certificate of a ledger and another document
    kConditions = 46,         // full with conditions, or conditional without
};
[[nodiscard]] std::string_view to_string(RecordError error);

/// An error and where: a JSON pointer, `/award/grade/value`.
struct RecordFault {
    RecordError error;
    std::string field;
    friend bool operator==(const RecordFault&, const RecordFault&) = default;
};

/// Reads a record. Errors: see docs/formats/record.md for their order.
[[nodiscard]] Result<Record, RecordFault> parse_record(ByteView json);
/// Checks a record that was put together in memory against the same limits (from kText on).
[[nodiscard]] Result<Ok, RecordFault> check_record(const Record& record);
/// The record as JSON, in the form of JCS. `record` passes `check_record`
/// (ENSURE).
[[nodiscard]] std::string encode(const Record& record);

/// The terms under which the record's certificate is issued. `awarding` begins with the institution
/// that issues; for joint awards the others follow in the order of `awarded_with`.
[[nodiscard]] wire::Terms make_terms(const Record& record, std::vector<wire::Awarding> awarding);

// The words of codes in records and credentials. `parse` gives nothing for any other word.
[[nodiscard]] std::string_view to_word(wire::CertificateType type);
[[nodiscard]] std::string_view to_word(wire::Mode mode);
[[nodiscard]] std::string_view to_word(wire::Capture capture);
[[nodiscard]] std::string_view to_word(Script script);
[[nodiscard]] std::string_view to_word(Outcome outcome);
[[nodiscard]] std::string_view to_word(AttestationKind kind);
[[nodiscard]] std::optional<wire::CertificateType> parse_certificate_type(std::string_view word);
[[nodiscard]] std::optional<wire::Mode> parse_mode(std::string_view word);
[[nodiscard]] std::optional<wire::Capture> parse_capture(std::string_view word);
[[nodiscard]] std::optional<Script> parse_script(std::string_view word);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view word);
[[nodiscard]] std::optional<AttestationKind> parse_attestation_kind(std::string_view word);

/// Whether authorities issue it, about another document.
[[nodiscard]] constexpr bool is_authoritys(wire::CertificateType type) {
    return type == wire::CertificateType::kEquivalency ||
           type == wire::CertificateType::kAttestation;
}

/// A text that may stand on a certificate: 1–`size_bytes_max` bytes of UTF-8, trimmed, without
/// control characters and those that turn the direction of what follows.
[[nodiscard]] bool is_plain_text(std::string_view text, std::size_t size_bytes_max);

}  // namespace tasdiq::certificate
