#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tasdiq::store {

/// The disk failed, or what lies on it is not what we wrote. Most of these stop the node.
enum class IoError : std::uint16_t {
    // Opening
    kNotInitialised = 1,
    kAlreadyInitialised = 2,
    kLocked = 3,       // another process has it open
    kVersion = 4,      // written by a newer program
    kOtherLedger = 5,  // another chain id than asked for
    // What was found
    kCorrupt = 10,  // a checksum does not hold, or a file is missing
    kCheckpointMissing = 11,
    kCheckpointMalformed = 12,
    kBehindCheckpoint = 13,  // the database has less than was acknowledged
    kForked = 14,            // the database has other entries than were acknowledged
    kStateDiffers = 15,      // the map's root is not the one in the last block entry
    // Reading and writing
    kRead = 20,
    kWrite = 21,
    kDiskFull = 22,
};

[[nodiscard]] std::string_view to_string(IoError error);

/// `detail` names the file and the system's words; for the operator's log.
struct IoFault {
    IoError error;
    std::string detail;
};

}  // namespace tasdiq::store
