#!/usr/bin/env bash
# `tasdiq verify` of one certificate in a process of its own, beside a program that is linked with the
# same libraries and does nothing.
# shellcheck source=bench/lib/figures.sh
source "$(dirname "$0")/lib/figures.sh"
need "$build/tasdiq" "$programs/spawn_cost" "$programs/empty_program"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$build/tasdiq" sandbox --dir "$scratch/sandbox" --graduates 24 --no-serve >/dev/null
certificates=("$scratch"/sandbox/certificates/*)

read -r empty_wall empty_cpu _ < <("$programs/spawn_cost" 100 "$programs/empty_program")
read -r wall cpu memory < <("$programs/spawn_cost" 100 "$build/tasdiq" verify --accept-test-ledger \
    --trust-root "$scratch/sandbox/trust-root.json" "${certificates[0]}")

figure "tasdiq verify, cold, of an empty program's time" "$(divide "$wall" "$empty_wall")" at-most 4 times
shown "  the same by CPU time" "$(divide "$cpu" "$empty_cpu")" times
figure "tasdiq verify, cold" "$wall" at-most 10 ms
figure "tasdiq verify, memory" "$memory" at-most 15 MB
