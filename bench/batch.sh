#!/usr/bin/env bash
# 40,000 rows validated, signed, recorded and their evidence written by `tasdiq sandbox`, beside their
# 40,000 raw signatures.
#
# usage: bench/batch.sh [COUNT]
# shellcheck source=bench/lib/figures.sh
source "$(dirname "$0")/lib/figures.sh"
count=${1:-40000}
need "$build/tasdiq" "$programs/spawn_cost" "$programs/raw_signatures"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cat >"$scratch/run" <<RUN
#!/bin/sh
exec "$build/tasdiq" sandbox --dir "$scratch/sandbox" --graduates $count --no-serve >"$scratch/report"
RUN
chmod +x "$scratch/run"
raw=$("$programs/raw_signatures" "$count")
read -r _ cpu memory < <("$programs/spawn_cost" 1 "$scratch/run")

# seconds TEXT: out of the sandbox's own report
seconds() {
    awk -v text="$1" 'index($0, text) { for (i = 1; i <= NF; ++i) if ($(i + 1) == "s") print $i }' \
        "$scratch/report"
}
read_s=$(seconds "tables read and checked")
made_s=$(seconds "credentials made and signed")
signed_s=$(seconds "signed by two officers")
recorded_s=$(seconds "recorded, evidence written")
issued=$(awk -v a="$read_s" -v b="$made_s" -v c="$signed_s" -v d="$recorded_s" 'BEGIN { print a + b + c + d }')

figure "$count issued, of their raw signatures on one core" "$(divide "$issued" "$raw")" at-most 6 times
[[ $count = 40000 ]] && figure "$count issued" "$issued" at-most 8 s
figure "$count issued and verified, memory" "$memory" at-most 400 MB
shown "  raw signatures, CPU" "$raw" s
shown "  tables read and checked" "$read_s" s
shown "  credentials made, signed and written" "$made_s" s
shown "  recorded, evidence made and written" "$recorded_s" s
shown "  verified from their files" "$(seconds "verified from their files")" s
shown "  CPU of command and node together, verification included" "$(divide "$cpu" 1000)" s
