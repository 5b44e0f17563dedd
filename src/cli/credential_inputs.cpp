#include "cli/credential_inputs.hpp"

#include "cli/key_access.hpp"

namespace tasdiq::cli {

Result<keys::SigningKey, std::string> read_any_key(const std::string& path,
                                                   const Arguments& arguments) {
    if (const auto json = read_json_file(path)) {
        for (const char* const member : {"secretKeyMultibase", "privateKeyMultibase"}) {
            const std::string* const secret = json->find_string(member);
            if (secret == nullptr) continue;
            auto key = keys::SigningKey::from_secret_multikey(*secret);
            if (key) return *std::move(key);
            return std::unexpected{path + ": " + std::string{keys::to_string(key.error())}};
        }
    }
    return read_key(path, arguments);
}

bool add_maps(const Arguments& arguments, FolderLoader& loader) {
    for (const std::string& mapping : arguments.all("map")) {
        if (!loader.add(mapping)) return false;
    }
    return true;
}

Result<Ok, std::string> ControllerFiles::read(std::span<const std::string> paths) {
    for (const std::string& path : paths) {
        TRY(auto document, read_json_file(path));
        const std::string* const id = document.find_string("id");
        const std::string key = id == nullptr ? std::string{} : *id;
        documents_[key] = std::move(document);
    }
    return Ok{};
}

const codec::Json* ControllerFiles::document(std::string_view url) {
    const auto found = documents_.find(url);
    return found == documents_.end() ? nullptr : &found->second;
}

}  // namespace tasdiq::cli
