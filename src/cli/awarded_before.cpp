#include "cli/awarded_before.hpp"

#include <algorithm>
#include <filesystem>

#include "certificate/act.hpp"
#include "certificate/make.hpp"
#include "cli/files.hpp"
#include "cli/status_lists.hpp"
#include "text/folding.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

/// What a certificate is for: programmes are not named everywhere, their titles are.
std::string award_key(std::string_view type, const wire::Titles& title) {
    return std::string{type} + "\n" + title.ar + "\n" + title.en + "\n" + title.fr + "\n";
}
std::string identifier_key(std::string_view kind, const std::string& value) {
    return "id\n" + std::string{kind} + "\n" + text::to_western_digits(value);
}
std::string name_key(const std::string& name, const std::string& birth_date) {
    return "name\n" + text::fold(name) + "\n" + birth_date;
}

std::string text_in(const Json& object, std::string_view key) {
    const std::string* const text = object.find_string(key);
    return text == nullptr ? std::string{} : *text;
}

std::vector<std::string> person_keys(const certificate::Holder& holder) {
    std::vector<std::string> keys;
    for (const auto& one : holder.identifiers) {
        keys.push_back(identifier_key(certificate::identity_type(one.scheme), one.value));
    }
    if (!holder.birth_date) return keys;
    for (const auto& name : holder.names) {
        keys.push_back(name_key(name.text, certificate::to_text(*holder.birth_date)));
    }
    return keys;
}

}  // namespace

Result<AwardedBefore, std::string> AwardedBefore::read(const std::vector<std::string>& folders) {
    AwardedBefore before;
    for (const std::string& folder : folders) {
        auto batches = find_batches(folder);
        // What travels to an officer has no certificates.
        std::erase_if(batches,
                      [](const std::string& batch) { return !exists(batch + "/certificates/."); });
        if (batches.empty()) return std::unexpected{folder + ": holds no batch"};
        for (const std::string& batch : batches) {
            std::error_code error;
            for (std::filesystem::directory_iterator at{batch + "/certificates", error}, end;
                 !error && at != end; at.increment(error)) {
                const std::string place = at->path().string();
                const std::string path = place + "/credential.json";
                TRY(const Bytes content, read_file(path, certificate::kSecuredSizeMax));
                const auto secured = certificate::read_secured(content);
                if (!secured) return std::unexpected{path + ": is no certificate"};
                before.add(secured->credential, place);
            }
            if (error) return std::unexpected{batch + "/certificates: " + error.message()};
        }
    }
    return before;
}

void AwardedBefore::add(const certificate::CanonicalCredential& credential,
                        const std::string& place) {
    const auto json =
        codec::parse_json(credential.text(), {.size_bytes_max = certificate::kCredentialSizeMax});
    ENSURE(json);
    const Json& subject = *json->find("credentialSubject");
    const Json& achievement = *subject.find("achievement");
    const std::string award =
        award_key(text_in(achievement, "certificateType"),
                  {text_in(achievement, "nameAr"), text_in(achievement, "nameEn"),
                   text_in(achievement, "nameFr")});
    for (const Json& one : subject.find("identifier")->as_array()) {
        const std::string kind = text_in(one, "identityType");
        if (kind == "name") continue;
        places_.emplace(award + identifier_key(kind, text_in(one, "identityHash")), place);
    }
    const std::string birth_date = text_in(subject, "birthDate");
    if (birth_date.empty()) return;
    for (const auto& name : certificate::holder_names(credential)) {
        places_.emplace(award + name_key(name.text, birth_date), place);
    }
}

void AwardedBefore::check(intake::Intake& intake) const {
    std::vector<intake::RowFault> faults;
    const auto had_before = [&](const intake::Graduate& graduate) {
        const certificate::Record& record = graduate.record;
        const std::string award =
            award_key(certificate::to_word(record.award.type), record.award.title);
        for (const std::string& person : person_keys(record.holder)) {
            const auto found = places_.find(award + person);
            if (found == places_.end()) continue;
            faults.push_back({graduate.line,
                              {},
                              record.holder.names.front().text,
                              intake::IntakeError::kAwardedBefore,
                              found->second});
            return true;
        }
        return false;
    };
    std::erase_if(intake.graduates, had_before);
    intake::add_faults(intake, faults);
}

}  // namespace tasdiq::cli
