#!/usr/bin/env bash
# What reads the code without running it. All four speak, even when the first complains.
set -uo pipefail
cd "$(dirname "$0")/.."

failed=0
run() {
    printf '\n== %s\n' "$*"
    ".venv/bin/$1" "${@:2}" || failed=1
}

run ruff check
run ruff format --check
run mypy
run lint-imports --no-logo
exit "$failed"
