#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "certificate/record.hpp"

// Internal to certificate: the JCS text of what an authority says of another document.
namespace tasdiq::certificate {

struct ScriptName {
    Script script;
    std::string_view key;
};
/// In the order of JCS and of the rows kNameArab, kNameLatn, kNameTfng.
inline constexpr ScriptName kScriptNames[] = {
    {Script::kArab, "nameArab"}, {Script::kLatn, "nameLatn"}, {Script::kTfng, "nameTfng"}};

/// `{nameArab?, nameLatn?, nameTfng?}`; each script stands once.
void append_script_texts(std::string& to, const std::vector<ScriptText>& texts);

void append_part(std::string& to, const Target& target);
void append_part(std::string& to, const Document& document);
void append_part(std::string& to, const Equivalency& equivalency);
void append_part(std::string& to, const Attestation& attestation);

}  // namespace tasdiq::certificate
