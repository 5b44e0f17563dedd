# For the scripts of bench/, which source this: where the programs are, and how a figure is told.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=${TASDIQ_BUILD:-build/release}
programs=$build/bench

need() {
    local program
    for program in "$@"; do
        if [[ ! -x $program ]]; then
            echo "$program is missing: tools/build release all benches" >&2
            exit 69
        fi
    done
}

# figure TEXT VALUE at-most|at-least LIMIT UNIT: one line, ok or missed
figure() {
    awk -v text="$1" -v value="$2" -v sense="$3" -v limit="$4" -v unit="$5" 'BEGIN {
        good = sense == "at-most" ? value + 0 <= limit + 0 : value + 0 >= limit + 0
        printf "%-6s  %-58s %9.2f %s (%s %g)\n", good ? "ok" : "missed", text, value, unit, sense, limit
    }'
}

# shown TEXT VALUE UNIT: a figure without a limit
shown() {
    awk -v text="$1" -v value="$2" -v unit="$3" 'BEGIN { printf "        %-58s %9.2f %s\n", text, value, unit }'
}

divide() {
    awk -v a="$1" -v b="$2" 'BEGIN { print b == 0 ? 0 : a / b }'
}
