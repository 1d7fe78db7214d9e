#!/bin/bash
# Runs inside the chroot: compiles /pg (pygame-ce) and links it with the libraries of /bld to /out/base.$SOABI.so.
set -euo pipefail

PG=/pg
BLD=/bld
OUT=/out
OBJECTS=$BLD/pg
INCLUDE=$BLD/include
EXCEPTIONS="-fwasm-exceptions -sSUPPORT_LONGJMP=wasm"
FLAGS="-O2 -g0 -DNDEBUG -fPIC $EXCEPTIONS -fvisibility=hidden -DDECLSPEC= -Wno-everything -fno-strict-aliasing -fwrapv"
DEFINES="-DBUILD_STATIC=1 $(python3 $PG/buildconfig/get_version.py --macros | tr '\n' ' ')"
INCLUDES="-I. -I./cython -I$PG/src_c -I/pyinc -I$INCLUDE/SDL2 -I$INCLUDE/freetype2"

# With BUILD_STATIC base.c includes nearly every other module of pygame-ce: one shared object, one link.
UNITS="base.c:base
bitmask.c:bitmask
rotozoom.c:rotozoom
SDL_gfx/SDL_gfxPrimitives.c:gfxprim
$BLD/cy/audio.c:cy_audio
$BLD/cy/mixer.c:cy_mixer
$BLD/cy/sdl2.c:cy_sdl2
$BLD/cy/video.c:cy_video"

compile() { emcc $FLAGS $DEFINES $INCLUDES -c "${1%%:*}" -o "$OBJECTS/${1##*:}.o"; }
export -f compile
export FLAGS DEFINES INCLUDES OBJECTS

mkdir -p $OBJECTS
cd $PG/src_c
echo "$UNITS" | xargs -P "$JOBS" -I{} bash -ec 'compile {}'

# Pyodide has no ASYNCIFY: SDL never calls this, but the symbol must exist.
echo 'void emscripten_sleep(unsigned ms){(void)ms;}' > $BLD/stub.c
emcc $FLAGS -c $BLD/stub.c -o $OBJECTS/stub.o

# Whole paths: emcc would turn -lSDL2_mixer into one of its own ports and silently not link it.
emcc -O2 -g0 -sSIDE_MODULE=2 -sWASM_BIGINT=1 $EXCEPTIONS -sEXPORTED_FUNCTIONS=_PyInit_base $OBJECTS/*.o -Wl,-Bsymbolic \
    $BLD/libSDL2_mixer.a $BLD/libSDL2_ttf.a $BLD/libSDL2_image.a $BLD/libfreetype.a $BLD/libSDL2.a $BLD/libhtml5.a \
    -o "$OUT/base.$SOABI.so"
