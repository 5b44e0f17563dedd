#include "cli/ledger_name.hpp"

#include "cli/files.hpp"
#include "prose/printable.hpp"
#include "text/catalogue.hpp"
#include "wire/trust_root.hpp"

namespace tasdiq::cli {

std::string ledger_text(const wire::ChainId& chain, text::Language language,
                        const std::string& root_path) {
    const std::string id = to_hex(chain.view());
    const auto content = read_file(root_path, wire::kTrustRootSizeMax);
    const auto root = wire::parse_trust_root(content ? *content : Bytes{});
    const bool is_known = root && root->origin.ends_with("/" + id);
    const text::Parameter ledger{"ledger", is_known ? prose::printable(root->origin) : id};
    const bool is_test = is_known && root->ledger != wire::LedgerKind::kProduction;
    const char* const key = is_test    ? "sign.ledger-test"
                            : is_known ? "sign.ledger-production"
                                       : "sign.ledger-unknown";
    return text::format(key, language, {&ledger, 1});
}

std::string chain_fault(const wire::ChainId& chain) {
    return chain == wire::ChainId{} ? "is for no ledger: its id is all zeros" : "";
}

}  // namespace tasdiq::cli
