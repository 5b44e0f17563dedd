#include "store/io_error.hpp"

#include "base/ensure.hpp"

namespace tasdiq::store {

std::string_view to_string(IoError error) {
    switch (error) {
        case IoError::kNotInitialised: return "there is no ledger in this folder";
        case IoError::kAlreadyInitialised: return "there is a ledger in this folder already";
        case IoError::kLocked: return "another process has this ledger open";
        case IoError::kVersion: return "the ledger was written by a newer version of this program";
        case IoError::kOtherLedger: return "this folder holds another ledger";
        case IoError::kCorrupt:
            return "the database is damaged: restore it or rebuild it from a peer";
        case IoError::kCheckpointMissing:
            return "the file of the last signed checkpoint is missing";
        case IoError::kCheckpointMalformed:
            return "the file of the last signed checkpoint is damaged";
        case IoError::kBehindCheckpoint:
            return "the database has fewer entries than were acknowledged: data was lost";
        case IoError::kForked: return "the database holds other entries than were acknowledged";
        case IoError::kStateDiffers:
            return "the map does not have the root that its last block names";
        case IoError::kRead: return "reading from the disk failed";
        case IoError::kWrite: return "writing to the disk failed";
        case IoError::kDiskFull: return "the disk is full";
    }
    ENSURE(false);
}

}  // namespace tasdiq::store
