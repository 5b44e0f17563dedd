#!/usr/bin/env bash
# One certificate issued and verified in memory, beside libsodium's raw signature and verification.
# shellcheck source=bench/lib/figures.sh
source "$(dirname "$0")/lib/figures.sh"
need "$programs/certificate_bench" "$programs/verify_bench"

# counter FILE NAME COUNTER: of Google Benchmark's JSON
counter() {
    python3 - "$@" <<'PYTHON'
import json
import sys

path, name, counter = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    runs = json.load(file)["benchmarks"]
print(next(run[counter] for run in runs if run["name"] == name))
PYTHON
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$programs/certificate_bench" --benchmark_filter='^(diploma|diploma_jcs|badge)/(issue|verify)$' \
    --benchmark_format=json --benchmark_min_time=1 >"$scratch/issue" 2>/dev/null
"$programs/verify_bench" --benchmark_format=json --benchmark_min_time=1 >"$scratch/verify" 2>/dev/null

figure "issue a diploma, of libsodium's signing rate" \
    "$(counter "$scratch/issue" diploma/issue of_raw)" at-least 0.30 ""
figure "verify its proof, terms and commitment, of its verifying rate" \
    "$(counter "$scratch/issue" diploma/verify of_raw)" at-least 0.50 ""
figure "issue it with eddsa-jcs-2022" "$(counter "$scratch/issue" diploma_jcs/issue of_raw)" at-least 0.40 ""
figure "issue an Open Badges credential of 17 quads, of its signing rate" \
    "$(counter "$scratch/issue" badge/issue of_raw)" at-least 0.45 ""
figure "verify it, of its verifying rate" \
    "$(counter "$scratch/issue" badge/verify of_raw)" at-least 0.70 ""
figure "verify one with eddsa-jcs-2022 and its evidence, of the verifying rate" \
    "$(counter "$scratch/verify" verdict/one_state_1e6_jcs of_raw)" at-least 0.55 ""
shown "  the same with eddsa-rdfc-2022" "$(counter "$scratch/verify" verdict/one_state_1e6 of_raw)" ""
shown "  the same with 22 states and 10^8 entries" \
    "$(counter "$scratch/verify" verdict/states_22_1e8 of_raw)" ""
figure "evidence with one state and 10^6 entries" \
    "$(divide "$(counter "$scratch/verify" verdict/one_state_1e6 bytes)" 1000)" at-most 7 KB
figure "evidence with 22 states and 10^8 entries" \
    "$(divide "$(counter "$scratch/verify" verdict/states_22_1e8 bytes)" 1000)" at-most 11 KB
