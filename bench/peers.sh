#!/usr/bin/env bash
# The JavaScript peers of ../shared/peers beside us, where they are present and can be installed.
# shellcheck source=bench/lib/figures.sh
source "$(dirname "$0")/lib/figures.sh"
peers=../shared/peers
if [[ ! -d $peers ]]; then
    echo "        $peers is not here: no comparison with other implementations"
    exit 0
fi
need "$programs/certificate_bench" "$programs/verify_bench" "$programs/spawn_cost" "$build/tasdiq"
if ! command -v npm >/dev/null; then
    echo "        npm is not installed: no comparison with other implementations"
    exit 0
fi

place=build/peers
mkdir -p "$place"
for kind in dcc oa; do
    [[ -d $place/$kind ]] || cp -r "$peers/$kind" "$place/$kind"
    chmod -R u+w "$place/$kind"
    if [[ ! -d $place/$kind/node_modules ]] && ! (cd "$place/$kind" && npm install --silent --no-audit --no-fund); then
        echo "        $kind cannot be installed: left out"
        rm -rf "$place/$kind/node_modules"
    fi
done

# member PATH: of the JSON object on standard input, as a.b
member() {
    python3 -c 'import json, sys
value = json.loads(sys.stdin.read().strip().splitlines()[-1])
for key in sys.argv[1].split("."):
    value = value[key]
print(value)' "$1"
}
# rate PROGRAM NAME: a second, by CPU time
rate() {
    "$programs/$1" --benchmark_filter="$2" --benchmark_format=json --benchmark_min_time=1 2>/dev/null |
        python3 -c 'import json, sys; print(1e6 / json.load(sys.stdin)["benchmarks"][0]["ours_us"])'
}

issue=$(rate certificate_bench '^diploma/issue$')
verify=$(rate verify_bench one_state)
shown "tasdiq: diplomas issued, one core" "$issue" "a second"
shown "tasdiq: diplomas verified with their evidence, one core" "$verify" "a second"
compare() { # NAME ISSUED VERIFIED
    shown "$1: issued" "$2" "a second"
    shown "$1: verified" "$3" "a second"
    shown "  we issue, times as many" "$(divide "$issue" "$2")" times
    shown "  we verify, times as many" "$(divide "$verify" "$3")" times
}
if [[ -d $place/dcc/node_modules ]]; then
    for suite in eddsa-jcs eddsa-rdfc; do
        shape=ob3
        [[ $suite = eddsa-jcs ]] && shape=plain # the library refuses inline contexts in that suite
        if result=$(cd "$place/dcc" && node bench.mjs $suite $shape 300); then
            ours_issue=$issue ours_verify=$verify
            if [[ $shape = ob3 ]]; then # of which we have the like
                ours_issue=$(rate certificate_bench '^badge/issue$')
                ours_verify=$(rate certificate_bench '^badge/verify$')
                shown "tasdiq: Open Badges credentials issued, one core" "$ours_issue" "a second"
                shown "tasdiq: Open Badges credentials verified, one core" "$ours_verify" "a second"
            fi
            issue=$ours_issue verify=$ours_verify compare "Digital Bazaar $suite ($shape)" "$(member issue.perSec <<<"$result")" \
                "$(member verify.perSec <<<"$result")"
        fi
    done
    cp bench/peer_document.mjs "$place/dcc/" # beside its libraries
    for document in diploma transcript; do
        if result=$("$programs/certificate_bench" --document $document |
            (cd "$place/dcc" && node peer_document.mjs "$OLDPWD/data/contexts" 300)); then
            at_least=20
            [[ $document = transcript ]] && at_least=15
            for work in issue verify; do
                theirs=$(member $work <<<"$result")
                ours=$(rate certificate_bench "^$document/$work\$")
                shown "Digital Bazaar eddsa-rdfc, our $document: $work" "$theirs" "a second"
                figure "  ours, times as many" "$(divide "$ours" "$theirs")" at-least $at_least ""
            done
        fi
    done
    read -r cold _ _ < <("$programs/spawn_cost" 5 node "$place/dcc/cli-verify.mjs" "$place/dcc/sample-jcs.json")
    shown "Digital Bazaar eddsa-jcs, one verification cold" "$cold" ms
fi
if [[ -d $place/oa/node_modules ]]; then
    result=$(cd "$place/oa" && node bench.cjs plain 1000)
    compare "OpenAttestation, integrity only, batch of 1,000" "$(member wrap.perSec <<<"$result")" \
        "$(member verifyIntegrity.perSec <<<"$result")"
    read -r cold _ _ < <("$programs/spawn_cost" 5 node "$place/oa/cli-integrity.cjs" "$place/oa/sample-oa.json")
    shown "OpenAttestation, integrity only, one verification cold" "$cold" ms
fi
