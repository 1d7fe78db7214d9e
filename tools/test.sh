#!/usr/bin/env bash
# All tests: the readers of the code, then the tests without a browser side by side, then those in a browser, alone on the
# machine. Each part runs even if one before it failed; the summaries of the parts stand together at the end.
set -uo pipefail
cd "$(dirname "$0")/.."

CHROMIUM=$(tools/find_chromium.sh) || exit 1
export CHROMIUM
mkdir -p build/logs build/artefacts
failed=0

part() { # NAME PYTEST-ARGUMENTS...
    local name=$1
    shift
    printf '\n== Tests: %s\n' "$name"
    .venv/bin/python -m pytest "$@" 2>&1 | tee "build/logs/tests-$name.log" || failed=1
}

tools/check.sh || failed=1
part core -n 2 --ignore tests/e2e
part browser -m "not long" tests/e2e

printf '\n== Summary (screenshots are in build/artefacts)\n'
if ((failed)); then echo "Something failed: see above."; fi
for name in core browser; do
    echo "$name:"
    tail -n 1 "build/logs/tests-$name.log"
done
exit "$failed"
