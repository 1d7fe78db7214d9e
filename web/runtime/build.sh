#!/bin/bash
# Builds the pygame-ce wheel for the browser from package registries alone: Debian, npm, PyPI.
#
#   usage: web/runtime/build.sh WORKDIR        (root, on Debian with debootstrap, node, npm; about 3.5 GB and 5 minutes)
#
# The result is WORKDIR/dist/*.whl. It is meant to be bit for bit the wheel beside this script (SHA256SUMS).
# Safe to repeat: finished downloads are kept, everything compiled is compiled again.
set -euo pipefail

PYGAME_VERSION=2.5.8
PYGAME_SDIST_SHA256=3c8e69088ead310037972c391306ea58e74d7296b35d1890067749235fd554ba
PYODIDE_VERSION=0.29.5
CYTHON_VERSION=3.2.9
SUITE=trixie
PYTHON=3.13
SOABI=cpython-313-wasm32-emscripten
WHEEL_TAG=cp313-cp313-pyodide_2025_0_wasm32
C_SOURCES="libsdl2=2.32.4+dfsg-1 libsdl2-image=2.8.8+dfsg-1+deb13u1 libsdl2-ttf=2.24.0+dfsg-2
           libsdl2-mixer=2.8.1+dfsg-2 freetype=2.13.3+dfsg-1+deb13u1"

HERE=$(cd "$(dirname "$0")" && pwd)
WORK=${1:?usage: build.sh WORKDIR}
mkdir -p "$WORK"
WORK=$(cd "$WORK" && pwd)
ROOT=$WORK/chroot
export LC_ALL=C JOBS=${JOBS:-$(nproc)}
# The machine's own Debian mirror, unless MIRROR names another.
MIRROR=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' |
    grep -E '/debian/?$' | head -n 1)}

say() { echo "== +${SECONDS}s $*"; }

fail() { echo "build.sh: $*" >&2; exit 1; }

# The compiler reads /proc; the mount lives in a mount namespace of its own, so nothing is left behind.
in_root() {
    unshare --mount bash -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$ROOT" "$@"
}

check_machine() {
    [ "$(id -u)" = 0 ] || fail "debootstrap and chroot need root"
    for tool in debootstrap unshare node npm python3; do
        command -v "$tool" > /dev/null || fail "$tool is missing: apt-get install debootstrap util-linux nodejs npm python3-venv"
    done
    [ -n "$MIRROR" ] || fail "no Debian mirror found in apt's sources: set MIRROR"
}

make_toolchain() {
    [ -x "$ROOT/usr/bin/apt-get" ] ||
        debootstrap --variant=minbase --include=ca-certificates $SUITE "$ROOT" "$MIRROR" > debootstrap.log 2>&1
    echo "deb-src $MIRROR $SUITE main" > "$ROOT/etc/apt/sources.list.d/sources.list"
    in_root sh -c "apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
        emscripten libpython$PYTHON-dev python3 dpkg-dev xz-utils file patch" > apt.log 2>&1
}

fetch_sources() {
    rm -rf "$ROOT/src" && mkdir -p "$ROOT/src"
    in_root sh -c "cd /src && apt-get -qq source $(echo $C_SOURCES)" > sources.log 2>&1
    [ -d npm/package ] || {
        mkdir -p npm
        (cd npm && npm pack --silent "pyodide@$PYODIDE_VERSION" > /dev/null && tar xf "pyodide-$PYODIDE_VERSION.tgz")
    }
    [ -x venv/bin/cython ] || {
        python3 -m venv venv
        # unearth downloads an sdist as it is; pip would try to configure SDL first.
        venv/bin/pip --quiet install "cython==$CYTHON_VERSION" unearth
    }
    [ -f sdist/pygame_ce-$PYGAME_VERSION.tar.gz ] ||
        venv/bin/unearth --no-binary "pygame-ce==$PYGAME_VERSION" --download sdist > /dev/null
    echo "$PYGAME_SDIST_SHA256  sdist/pygame_ce-$PYGAME_VERSION.tar.gz" | sha256sum --check --quiet
}

lay_out_sources() {
    rm -rf "$ROOT/pg" "$ROOT/pyinc" "$ROOT/bld" "$ROOT/out"
    mkdir -p "$ROOT/pg" "$ROOT/bld/cy" "$ROOT/out"
    tar xf sdist/pygame_ce-$PYGAME_VERSION.tar.gz --strip-components=1 -C "$ROOT/pg"
    patch --quiet -p1 -d "$ROOT/pg" < "$HERE/pygame_ce.patch"
    cp -rL "$ROOT/usr/include/python$PYTHON" "$ROOT/pyinc"
    python3 "$HERE/pyconfig.py" npm/package/python_stdlib.zip \
        "$ROOT/usr/include/x86_64-linux-gnu/python$PYTHON/pyconfig.h" "$ROOT/pyinc/pyconfig.h"
    for module in audio mixer sdl2 video; do
        (cd "$ROOT/pg/src_c/cython" &&
            "$WORK/venv/bin/cython" -3 -I . pygame/_sdl2/$module.pyx -o "$ROOT/bld/cy/$module.c" > /dev/null 2>&1)
    done
}

check_symbols() {
    node "$HERE/symbols.mjs" "$ROOT/out/base.$SOABI.so" npm/package/pyodide.asm.wasm npm/package/pyodide.asm.js
}

pack_wheel() {
    rm -rf dist && mkdir dist
    python3 "$HERE/wheel.py" "$ROOT/pg" "$ROOT/out/base.$SOABI.so" $WHEEL_TAG dist
}

compare() {
    if (cd dist && sha256sum --check --quiet "$HERE/SHA256SUMS"); then
        say "the wheel is bit for bit the committed one"
    else
        say "the wheel DIFFERS from the committed one: a tool or a source has moved (PROVENANCE.md)"
    fi
}

cd "$WORK"
check_machine
say "toolchain: Debian $SUITE with Emscripten (a minute or two)"; make_toolchain
in_root emcc --version | head -n 1
say "sources from Debian, npm and PyPI";                          fetch_sources
say "patch, headers, cython";                                     lay_out_sources
cp "$HERE/compile_libraries.sh" "$HERE/compile_pygame.sh" "$ROOT/bld/"
say "SDL2 and its family, FreeType";                              in_root env JOBS="$JOBS" bash /bld/compile_libraries.sh
say "pygame-ce";                                                  in_root env JOBS="$JOBS" SOABI=$SOABI bash /bld/compile_pygame.sh
say "every symbol the module imports must exist in Pyodide";      check_symbols
say "wheel";                                                      pack_wheel
compare
