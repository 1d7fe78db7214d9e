#!/usr/bin/env bash
# Makes a checkout ready: tools/setup.sh python node client browser (any of them, in this order).
# Safe to repeat: a step whose inputs have not changed since it last ended well does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly PYTHON_NEEDED="3.11" NODE_NEEDED=18
readonly TOTAL=$#
number=0

say() { printf '[%d/%d] %s\n' "$number" "$TOTAL" "$*"; }

give_up() { # WHAT HOW...: what is missing, and how to get it
    printf '\n%s\n' "$1" >&2
    shift
    printf '  %s\n' "$@" >&2
    exit 1
}

fingerprint() { # PATH...: one digest of the contents of files and folders
    find "$@" -type f -not -path '*/__pycache__/*' -print0 | sort -z | xargs -0 cksum | cksum
}

quietly() { # LOG COMMAND...: run, show that it lives, and show the log's end if it fails
    local log=$1 waited=0 job
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null &
    job=$!
    # An interrupted set-up must not leave its child working on.
    trap 'kill "$job" 2>/dev/null || true' EXIT
    while kill -0 "$job" 2>/dev/null; do
        sleep 1
        waited=$((waited + 1))
        if ((waited % 10 == 0)); then printf '      ... %d s\n' "$waited"; fi
    done
    trap - EXIT
    if ! wait "$job"; then
        tail -n 25 "$log" >&2
        printf '\nThis failed: %s\nThe whole output is in %s.\n' "$*" "$log" >&2
        exit 1
    fi
}

find_python() { # prints the first interpreter that is new enough and can make environments
    local candidate
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if "$candidate" -c "import sys, venv, ensurepip; sys.exit(sys.version_info < (${PYTHON_NEEDED/./, }))" 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    give_up "Python $PYTHON_NEEDED or newer, with its venv module, is needed and was not found." \
        "Debian and Ubuntu:  apt install python3 python3-venv" \
        "macOS:              brew install python@3.13" \
        "Elsewhere:          set PYTHON=/path/to/python3 and run this again."
}

setup_python() {
    local stamp=.venv/resus-stamp wanted python
    wanted=$(fingerprint requirements/dev.txt pyproject.toml game/__init__.py)
    if [[ -x .venv/bin/resus && $(cat "$stamp" 2>/dev/null) == "$wanted" ]] && .venv/bin/python -c '' 2>/dev/null; then
        say "Python packages: ready"
        return
    fi
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        python=$(find_python)
        say "Python environment: making .venv with $("$python" --version)"
        "$python" -m venv --clear .venv
    fi
    say "Python packages: installing $(grep -c == requirements/dev.txt) into .venv (a minute or two)"
    rm -f "$stamp"
    quietly build/logs/pip.log .venv/bin/python -m pip install --require-hashes --requirement requirements/dev.txt
    quietly build/logs/pip-self.log .venv/bin/python -m pip install --no-deps --no-build-isolation --editable .
    echo "$wanted" >"$stamp"
}

setup_node() {
    local stamp=node_modules/resus-stamp wanted version
    wanted=$(fingerprint package.json package-lock.json)
    if [[ $(cat "$stamp" 2>/dev/null) == "$wanted" ]]; then
        say "Browser runtime: ready"
        return
    fi
    version=$(node --version 2>/dev/null || true)
    version=${version#v}
    if ! command -v npm >/dev/null || ((${version%%.*} < NODE_NEEDED)) 2>/dev/null; then
        give_up "Node.js $NODE_NEEDED or newer, with npm, is needed to fetch the browser runtime${version:+ (this is Node.js $version)}." \
            "Debian and Ubuntu:  apt install nodejs npm" \
            "macOS:              brew install node"
    fi
    say "Browser runtime: fetching it with npm"
    quietly build/logs/npm.log npm ci --ignore-scripts
    echo "$wanted" >"$stamp"
}

setup_client() {
    say "Client: build/web"
    .venv/bin/python -m web.build
}

setup_browser() {
    local as_root=()
    if tools/find_chromium.sh >/dev/null; then
        say "Browser for the tests: $(tools/find_chromium.sh)"
        return
    fi
    if ((EUID != 0)); then as_root=(sudo -n); fi
    if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
        give_up "The browser tests need Chromium or Chrome, and neither was found." \
            "Debian:     apt install chromium" \
            "macOS:      brew install --cask google-chrome" \
            "Elsewhere:  set CHROMIUM=/path/to/chromium and run this again."
    fi
    say "Browser for the tests: installing Debian's chromium"
    quietly build/logs/apt-update.log "${as_root[@]}" apt-get update
    quietly build/logs/apt-install.log "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends chromium
    tools/find_chromium.sh >/dev/null || give_up "Chromium was installed and is still not found." \
        "Set CHROMIUM=/path/to/chromium and run this again."
}

for part in "$@"; do
    number=$((number + 1))
    "setup_$part"
done
