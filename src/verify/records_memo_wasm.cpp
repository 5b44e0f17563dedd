#include "verify/memory.hpp"

// A browser checks few certificates: what remembering their records saves is less than what the
// code that copies them costs to load.
namespace tasdiq::verify {

const RecordsMemo::Known* RecordsMemo::find(const wire::Evidence& /*evidence*/,
                                            const wire::CertificateEntry& /*entry*/) const {
    return nullptr;
}

void RecordsMemo::keep(const wire::Evidence& /*evidence*/, const wire::CertificateEntry& /*entry*/,
                       const CertificateRecords& /*records*/) {}

std::vector<merkle::MapClaim> RecordsMemo::claims_of(const Known& /*known*/,
                                                     wire::LogIndex /*index*/) {
    return {};
}

}  // namespace tasdiq::verify
