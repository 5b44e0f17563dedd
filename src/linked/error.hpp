#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tasdiq::linked {

/// Why a JSON-LD document was refused. Numbers are stable. The order of checks is that of the
/// standard's steps, not of the numbers.
enum class LdError : std::uint16_t {
    // The standard's codes, JSON-LD 1.1 API §9.6, in its order
    kCollidingKeywords = 1,
    kConflictingIndexes = 2,
    kContextOverflow = 3,
    kCyclicIriMapping = 4,
    kInvalidIdValue = 5,
    kInvalidImportValue = 6,
    kInvalidIncludedValue = 7,
    kInvalidIndexValue = 8,
    kInvalidNestValue = 9,
    kInvalidPrefixValue = 10,
    kInvalidPropagateValue = 11,
    kInvalidProtectedValue = 12,
    kInvalidReverseValue = 13,
    kInvalidVersionValue = 14,
    kInvalidBaseDirection = 15,
    kInvalidBaseIri = 16,
    kInvalidContainerMapping = 17,
    kInvalidContextEntry = 18,
    kInvalidContextNullification = 19,
    kInvalidDefaultLanguage = 20,
    kInvalidIriMapping = 21,
    kInvalidKeywordAlias = 22,
    kInvalidLanguageMapValue = 23,
    kInvalidLanguageMapping = 24,
    kInvalidLanguageTaggedString = 25,
    kInvalidLanguageTaggedValue = 26,
    kInvalidLocalContext = 27,
    kInvalidRemoteContext = 28,
    kInvalidReversePropertyMap = 29,
    kInvalidReversePropertyValue = 30,
    kInvalidReverseProperty = 31,
    kInvalidScopedContext = 32,
    kInvalidSetOrListObject = 33,
    kInvalidTermDefinition = 34,
    kInvalidTypeMapping = 35,
    kInvalidTypeValue = 36,
    kInvalidTypedValue = 37,
    kInvalidValueObjectValue = 38,
    kInvalidValueObject = 39,
    kInvalidVocabMapping = 40,
    kKeywordRedefinition = 41,
    kLoadingDocumentFailed = 42,
    kLoadingRemoteContextFailed = 43,
    kProcessingModeConflict = 44,
    kProtectedTermRedefinition = 45,
    // Safe mode: something would be dropped, or mean something else elsewhere
    kDroppedProperty = 100,
    kReservedTerm = 101,
    kReservedId = 102,
    kReservedReverse = 103,
    kRelativeId = 104,
    kRelativeType = 105,
    kRelativeSubject = 106,
    kRelativePredicate = 107,
    kRelativeObject = 108,
    kRelativeGraph = 109,
    kFreeFloatingScalar = 110,
    kEmptyObject = 111,
    kOnlyId = 112,
    kOnlyLanguage = 113,
    kOnlyList = 114,
    kOnlyValue = 115,
    kNullValue = 116,
    kIllFormedLanguage = 117,
    kBlankPredicate = 118,
    kDirectionLost = 119,
    kRelativeVocab = 120,
    // Our limits
    kTooDeep = 200,
};

/// The standard's code where it has one ("invalid term definition"); for safe mode and limits, a
/// text of the same kind.
[[nodiscard]] std::string_view to_string(LdError error);

/// An error, and the term, key or value where it shows.
struct LdFault {
    LdError error;
    std::string at;
    friend bool operator==(const LdFault&, const LdFault&) = default;
};

}  // namespace tasdiq::linked
