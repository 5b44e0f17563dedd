#include "cli/batch_check.hpp"

#include "certificate/commitment.hpp"
#include "cli/files.hpp"
#include "cli/parallel.hpp"

namespace tasdiq::cli {
namespace {

/// A serial is the name of a folder, and of nothing beside it.
bool is_folder_name(const std::string& serial) {
    return !serial.empty() && serial.front() != '.' && serial.find('/') == std::string::npos;
}

/// What is wrong with one certificate; empty if nothing is.
std::string fault_of(const std::string& folder, const wire::Terms& terms, const SecretItem& item,
                     const wire::Commitment& commitment) {
    if (!is_folder_name(item.serial)) return folder + "/secrets.cbor: a serial is malformed";
    const std::string path = folder + "/certificates/" + item.serial + "/credential.json";
    const auto content = read_file(path, certificate::kSecuredSizeMax);
    if (!content) return content.error();
    const auto secured = certificate::read_secured(*content);
    if (secured && certificate::commit(secured->credential, terms, item.secret) == commitment) {
        return {};
    }
    return path + ": is not what was prepared, or its secret is not: restore the batch's folder " +
           "or prepare it again";
}

}  // namespace

Result<Ok, std::string> check_certificates(const std::string& folder, const wire::Terms& terms,
                                           ByteView list, const IssueSecrets& secrets) {
    const auto items = wire::decode_list(list);
    if (!items || items->size() != secrets.size()) {
        return std::unexpected{folder + "/secrets.cbor: is malformed"};
    }
    std::vector<std::string> faults(items->size());
    parallel_for(items->size(), [&](std::size_t i) {
        faults[i] = fault_of(folder, terms, secrets[i], (*items)[i].commitment);
    });
    for (std::string& fault : faults) {
        if (!fault.empty()) return std::unexpected{std::move(fault)};
    }
    return Ok{};
}

}  // namespace tasdiq::cli
