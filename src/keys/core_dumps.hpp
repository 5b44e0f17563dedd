#pragma once

namespace tasdiq::keys {

/// From here on this process leaves no core dump and no other one of its user looks into its
/// memory: both would show its secrets. Programs that read keys call it first.
void forbid_core_dumps();

}  // namespace tasdiq::keys
