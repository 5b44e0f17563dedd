// A graduate record that is read can be written and read again, and makes a canonical credential of
// ours that says what its terms say.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "certificate/make.hpp"
#include "certificate/record.hpp"
#include "certificate/terms_check.hpp"
#include "credential/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq;
    const auto record = certificate::parse_record(ByteView{data, size});
    if (!record) {
        ENSURE(!to_string(record.error().error).empty());
        return 0;
    }
    const auto again = certificate::parse_record(as_bytes(certificate::encode(*record)));
    ENSURE(again && *again == *record);

    const certificate::Issuer issuer{{7}, "جامعة", "University", "Université", "h.example:1"};
    const auto made =
        certificate::make_credential(*record, issuer, "0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10");
    ENSURE(made.has_value());
    const auto document = codec::parse_json(made->text());
    ENSURE(document && credential::check_credential(*document));
    const auto read = certificate::read_credential(*document);
    ENSURE(read && read->text() == made->text());
    std::vector<wire::Awarding> awarding{{issuer.member, 1}};
    for (const wire::MemberId other : record->award.awarded_with) awarding.push_back({other, 1});
    const certificate::LedgerFacts ledger{certificate::make_terms(*record, awarding),
                                          issuer.host,
                                          {{}, issuer.ar, issuer.en, issuer.fr},
                                          record->award.title};
    ENSURE(certificate::check_document_terms(*read, ledger));
    return 0;
}
