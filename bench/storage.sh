#!/usr/bin/env bash
# The log and the map on disk, each beside what it cannot do without.
#
# usage: bench/storage.sh [--full]      --full: 2,000,000 records in the map instead of 200,000
# shellcheck source=bench/lib/figures.sh
source "$(dirname "$0")/lib/figures.sh"
need "$programs/log_append" "$programs/map_store"
records=200000
batches=200
if [[ ${1:-} = --full ]]; then
    records=2000000
    batches=500
fi

read -r entries wall cpu hashing memory < <("$programs/log_append")
figure "$entries log entries, durable every 1,000, of bare hashing" "$(divide "$wall" "$hashing")" at-most 8 times
shown "  the same by CPU time" "$(divide "$cpu" "$hashing")" times
figure "$entries log entries" "$wall" at-most 4 s
figure "$entries log entries, memory" "$memory" at-most 150 MB

read -r _ updates wall cpu plain_wall plain_cpu memory < <("$programs/map_store" --records $records --batches $batches)
figure "updates of a map of $records, of RocksDB's random writes" "$(divide "$plain_wall" "$wall")" at-least 0.3333 ""
shown "  the same by CPU time" "$(divide "$plain_cpu" "$cpu")" ""
figure "updates of a map of $records" "$(divide "$updates" "$wall")" at-least 50000 "a second"
shown "  memory, two databases" "$memory" MB
