#!/usr/bin/env bash
# A ledger of 1,000,000 certificates: recorded as issues of 1,000 arrive, beside the hashing of its entries; then
# audited from its files, beside the hashing of those.
#
# usage: bench/audit.sh [ISSUES]
# shellcheck source=bench/lib/figures.sh
source "$(dirname "$0")/lib/figures.sh"
issues=${1:-1000}
need "$build/tasdiq" "$programs/record_issues" "$programs/hash_files" "$programs/spawn_cost"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# record NAME ISSUES [OPTION…]: sets the figures that record_issues prints
record() {
    mkdir "$scratch/$1"
    read -r count memory_s wall cpu hashing memory < <(
        "$programs/record_issues" "$scratch/$1" --issues "$2" "${@:3}"
    )
}

# audit NAME: sets what the audit takes, in seconds and MB, and the bare hashing of the same files
audit() {
    local before after
    read -r _ before < <("$programs/hash_files" "$scratch/$1/files")
    read -r wall cpu memory < <("$programs/spawn_cost" 1 "$build/tasdiq" audit --dir "$scratch/$1/files")
    read -r _ after < <("$programs/hash_files" "$scratch/$1/files")
    hashing=$(awk -v a="$before" -v b="$after" 'BEGIN { print a < b ? a : b }')
    wall=$(divide "$wall" 1000)
    cpu=$(divide "$cpu" 1000)
}

record all "$issues" --together 10
figure "$count recorded in memory, CPU, of hashing their entries" "$(divide "$memory_s" "$hashing")" at-most 20 times
figure "$count recorded in memory, by CPU time" "$(divide "$count" "$memory_s")" at-least 100000 "a second"
figure "$count on disk, ten issues a write, by CPU time" "$(divide "$count" "$cpu")" at-least 100000 "a second"
shown "  the same by the clock" "$(divide "$count" "$wall")" "a second"
shown "  memory" "$memory" MB
audit all
figure "$count audited, CPU, of the hashing of their tiles" "$(divide "$cpu" "$hashing")" at-most 10 times
shown "  the same by the clock" "$(divide "$wall" "$hashing")" times
figure "$count audited" "$wall" at-most 30 s
figure "$count audited, memory" "$memory" at-most 300 MB

record each $((issues / 10))
shown "$count on disk, each issue a write, by CPU time" "$(divide "$count" "$cpu")" "a second"
shown "  the same by the clock" "$(divide "$count" "$wall")" "a second"
record parchments $((issues / 5)) --parchments $((issues / 10)) --together 10
audit parchments
shown "$count audited, half of them parchments, CPU, of hashing" "$(divide "$cpu" "$hashing")" times
shown "  memory" "$memory" MB
