#pragma once

#include <span>
#include <string>

#include "codec/json.hpp"
#include "credential/data_integrity.hpp"

// Internal to credential.
namespace tasdiq::credential {

/// Whether identifiers of blank nodes on the way to what is selected are selected with it.
enum class BlankIds : std::uint8_t { kLeftOut, kSelected };

/// The part of a compact JSON-LD document that JSON pointers name, each whole, with the contexts,
/// ids and types on the way to it; arrays without the elements that are not selected. The pointer
/// "" names all of it. Members stand in the order of the document.
/// Errors: kPointer (no pointer, more than kPointersMax, or one that names nothing).
/// Spec: VC-DI-ECDSA §3.4.10 to §3.4.13.
[[nodiscard]] Result<codec::Json, ProofError> select_json(const codec::Json& document,
                                                          std::span<const std::string> pointers,
                                                          BlankIds blank_ids);

}  // namespace tasdiq::credential
