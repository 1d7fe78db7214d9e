#!/bin/bash
# Runs inside the chroot: compiles SDL2, SDL2_image, SDL2_ttf, SDL2_mixer and FreeType from /src to static libraries in /bld.
set -euo pipefail

SRC=/src
BLD=/bld
SDL=$(echo $SRC/libsdl2-2*/)
IMAGE=$(echo $SRC/libsdl2-image-2*/)
TTF=$(echo $SRC/libsdl2-ttf-2*/)
MIXER=$(echo $SRC/libsdl2-mixer-2*/)
FREETYPE=$(echo $SRC/freetype-2*/)
INCLUDE=$BLD/include

# Hidden symbols and no DECLSPEC: else Pyodide's built-in SDL 1 functions capture SDL 2's names.
FLAGS="-O2 -g0 -DNDEBUG -fPIC -fwasm-exceptions -sSUPPORT_LONGJMP=wasm -fvisibility=hidden -DDECLSPEC= -Wno-everything"

# library NAME "flags" file...   compiles the files and collects them in libNAME.a
library() {
    local name=$1 flags=$2 objects=$BLD/$1
    shift 2
    mkdir -p "$objects"
    printf '%s\n' "$@" | xargs -P "$JOBS" -I{} bash -ec '
        object='"$objects"'/$(echo "{}" | sed "s,^/,,;s,[/+],_,g").o
        emcc '"$flags"' -c "{}" -o "$object"'
    emar crs "$BLD/lib$name.a" "$objects"/*.o
    echo "   lib$name.a: $# files"
}

prepare_headers() {
    mkdir -p $INCLUDE/SDL2 $INCLUDE/freetype2
    # Browsers have no signals, and sigset_t differs in size between Emscripten versions: sigaction() would overrun the stack.
    sed -i -E '/#define HAVE_(SIGACTION|SA_SIGACTION|SIGNAL_H)/d' "$SDL/include/SDL_config_emscripten.h"
    cp "$SDL"/include/*.h "$IMAGE/include/SDL_image.h" "$MIXER/include/SDL_mixer.h" "$TTF/SDL_ttf.h" $INCLUDE/SDL2/
    cp -r "$FREETYPE"/include/* $INCLUDE/freetype2/
}

sdl_files() {
    local parts="atomic audio audio/disk audio/dummy audio/emscripten cpuinfo dynapi events file filesystem/emscripten
        haptic haptic/dummy hidapi joystick joystick/emscripten joystick/virtual libm loadso/dlopen locale
        locale/emscripten misc misc/emscripten power power/emscripten render render/opengles2 render/software sensor
        sensor/dummy stdlib thread thread/generic timer timer/unix video video/dummy video/emscripten video/yuv2rgb"
    find "${SDL}src" -maxdepth 1 -name '*.c'
    for part in $parts; do find "${SDL}src/$part" -maxdepth 1 -name '*.c'; done
}

freetype_files() {
    local modules="autofit/autofit base/ftbase base/ftbbox base/ftbitmap base/ftdebug base/ftfstype base/ftgasp
        base/ftglyph base/ftinit base/ftmm base/ftpatent base/ftstroke base/ftsynth base/ftsystem cff/cff cid/type1cid
        gzip/ftgzip pfr/pfr psaux/psaux pshinter/pshinter psnames/psnames raster/raster sfnt/sfnt smooth/smooth sdf/sdf
        svg/svg truetype/truetype type1/type1 type42/type42 winfonts/winfnt pcf/pcf bdf/bdf lzw/ftlzw cache/ftcache"
    for module in $modules; do echo "$FREETYPE/src/$module.c"; done
}

IMAGE_FORMATS="-DUSE_STBIMAGE -DLOAD_BMP -DLOAD_GIF -DLOAD_JPG -DLOAD_LBM -DLOAD_PCX -DLOAD_PNG -DLOAD_PNM -DLOAD_QOI
    -DLOAD_SVG -DLOAD_TGA -DLOAD_XCF -DLOAD_XPM -DLOAD_XV -DSDL_IMAGE_SAVE_PNG=1 -DSDL_IMAGE_SAVE_JPG=1"
MUSIC_FORMATS="-DMUSIC_WAV -DMUSIC_OGG -DOGG_USE_STB -DMUSIC_FLAC_DRFLAC"

prepare_headers
library SDL2 "$FLAGS -I$INCLUDE/SDL2 -I$SDL/src" $(sdl_files)
library freetype "$FLAGS -DFT2_BUILD_LIBRARY -I$INCLUDE/freetype2 -I$FREETYPE/src/gzip" $(freetype_files)
library SDL2_image "$FLAGS -I$INCLUDE/SDL2 -I$IMAGE/src $(echo $IMAGE_FORMATS)" $(ls "$IMAGE"/src/*.c | grep -v WIC)
library SDL2_ttf "$FLAGS -I$INCLUDE/SDL2 -I$INCLUDE/freetype2 -DTTF_USE_HARFBUZZ=0" "$TTF/SDL_ttf.c"
library SDL2_mixer "$FLAGS -I$INCLUDE/SDL2 -I$MIXER/src -I$MIXER/src/codecs -I$MIXER/include $MUSIC_FORMATS" \
    "$MIXER"/src/*.c "$MIXER"/src/codecs/*.c
# SDL asks for the DOM key names of Emscripten's html5 library; Pyodide's core was linked without them.
library html5 "$FLAGS" /usr/share/emscripten/system/lib/html5/dom_pk_codes.c
