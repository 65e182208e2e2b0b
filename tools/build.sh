#!/bin/sh
# build.sh PRESET TARGET: configures (once) and builds into build/PRESET.
set -eu
cd "$(dirname "$0")/.."
preset=$1
target=$2
# ccache has to look through precompiled headers, and to share results between folders.
export CCACHE_SLOPPINESS="${CCACHE_SLOPPINESS:-pch_defines,time_macros}"
export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$PWD}"
if [ ! -f "build/$preset/build.ninja" ]; then
  cmake --preset "$preset"
fi
cmake --build --preset "$preset" --target "$target"
