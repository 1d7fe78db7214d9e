#!/usr/bin/env bash
# Writes requirements/run.txt (what a server needs) and requirements/dev.txt (that, and what developing needs), with hashes for
# every platform and no word about where the packages came from.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() { # OUTPUT ARGUMENTS...
    .venv/bin/uv pip compile pyproject.toml "${@:2}" --output-file "requirements/$1" --universal --python-version 3.11 \
        --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet
}

lock run.txt
lock dev.txt --extra dev --extra lab --constraint requirements/run.txt
