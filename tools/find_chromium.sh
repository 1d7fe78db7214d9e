#!/usr/bin/env bash
# Prints the path of the Chromium or Chrome that the tests drive: $CHROMIUM, or the first on PATH. Fails if there is none.
set -euo pipefail

for candidate in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if command -v "$candidate"; then exit 0; fi
done
exit 1
