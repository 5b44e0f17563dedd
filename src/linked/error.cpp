#include "linked/error.hpp"

#include "base/ensure.hpp"

namespace tasdiq::linked {

std::string_view to_string(LdError error) {
    switch (error) {
        case LdError::kCollidingKeywords: return "colliding keywords";
        case LdError::kConflictingIndexes: return "conflicting indexes";
        case LdError::kContextOverflow: return "context overflow";
        case LdError::kCyclicIriMapping: return "cyclic IRI mapping";
        case LdError::kInvalidIdValue: return "invalid @id value";
        case LdError::kInvalidImportValue: return "invalid @import value";
        case LdError::kInvalidIncludedValue: return "invalid @included value";
        case LdError::kInvalidIndexValue: return "invalid @index value";
        case LdError::kInvalidNestValue: return "invalid @nest value";
        case LdError::kInvalidPrefixValue: return "invalid @prefix value";
        case LdError::kInvalidPropagateValue: return "invalid @propagate value";
        case LdError::kInvalidProtectedValue: return "invalid @protected value";
        case LdError::kInvalidReverseValue: return "invalid @reverse value";
        case LdError::kInvalidVersionValue: return "invalid @version value";
        case LdError::kInvalidBaseDirection: return "invalid base direction";
        case LdError::kInvalidBaseIri: return "invalid base IRI";
        case LdError::kInvalidContainerMapping: return "invalid container mapping";
        case LdError::kInvalidContextEntry: return "invalid context entry";
        case LdError::kInvalidContextNullification: return "invalid context nullification";
        case LdError::kInvalidDefaultLanguage: return "invalid default language";
        case LdError::kInvalidIriMapping: return "invalid IRI mapping";
        case LdError::kInvalidKeywordAlias: return "invalid keyword alias";
        case LdError::kInvalidLanguageMapValue: return "invalid language map value";
        case LdError::kInvalidLanguageMapping: return "invalid language mapping";
        case LdError::kInvalidLanguageTaggedString: return "invalid language-tagged string";
        case LdError::kInvalidLanguageTaggedValue: return "invalid language-tagged value";
        case LdError::kInvalidLocalContext: return "invalid local context";
        case LdError::kInvalidRemoteContext: return "invalid remote context";
        case LdError::kInvalidReversePropertyMap: return "invalid reverse property map";
        case LdError::kInvalidReversePropertyValue: return "invalid reverse property value";
        case LdError::kInvalidReverseProperty: return "invalid reverse property";
        case LdError::kInvalidScopedContext: return "invalid scoped context";
        case LdError::kInvalidSetOrListObject: return "invalid set or list object";
        case LdError::kInvalidTermDefinition: return "invalid term definition";
        case LdError::kInvalidTypeMapping: return "invalid type mapping";
        case LdError::kInvalidTypeValue: return "invalid type value";
        case LdError::kInvalidTypedValue: return "invalid typed value";
        case LdError::kInvalidValueObjectValue: return "invalid value object value";
        case LdError::kInvalidValueObject: return "invalid value object";
        case LdError::kInvalidVocabMapping: return "invalid vocab mapping";
        case LdError::kKeywordRedefinition: return "keyword redefinition";
        case LdError::kLoadingDocumentFailed: return "loading document failed";
        case LdError::kLoadingRemoteContextFailed: return "loading remote context failed";
        case LdError::kProcessingModeConflict: return "processing mode conflict";
        case LdError::kProtectedTermRedefinition: return "protected term redefinition";
        // The texts of jsonld.js's events, where it has one.
        case LdError::kDroppedProperty: return "invalid property";
        case LdError::kReservedTerm: return "reserved term";
        case LdError::kReservedId: return "reserved @id value";
        case LdError::kReservedReverse: return "reserved @reverse value";
        case LdError::kRelativeId: return "relative @id reference";
        case LdError::kRelativeType: return "relative @type reference";
        case LdError::kRelativeSubject: return "relative subject reference";
        case LdError::kRelativePredicate: return "relative predicate reference";
        case LdError::kRelativeObject: return "relative object reference";
        case LdError::kRelativeGraph: return "relative graph reference";
        case LdError::kFreeFloatingScalar: return "free-floating scalar";
        case LdError::kEmptyObject: return "empty object";
        case LdError::kOnlyId: return "object with only @id";
        case LdError::kOnlyLanguage: return "object with only @language";
        case LdError::kOnlyList: return "object with only @list";
        case LdError::kOnlyValue: return "object with only @value";
        case LdError::kNullValue: return "null @value value";
        case LdError::kIllFormedLanguage: return "invalid @language value";
        case LdError::kBlankPredicate: return "blank node predicate";
        case LdError::kDirectionLost: return "rdfDirection not set";
        case LdError::kRelativeVocab: return "relative @vocab reference";
        case LdError::kTooDeep: return "document too deep";
    }
    ENSURE(false);
}

}  // namespace tasdiq::linked
