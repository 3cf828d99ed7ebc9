#!/usr/bin/env bash
# install.sh BUILD ROOT COMPILER: installs to a folder that is then moved, builds the plugin of headroom-plugin(7) against it with
# pkg-config and with find_package, and runs both.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/package/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
build=$1 root=$2 export_cc=$3
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cmake --install "$build" --prefix "$place/first" > "$place/install.log"
mv "$place/first" "$place/moved" # nothing may remember where it was
prefix=$place/moved
program=$prefix/bin/headroom

for file in bin/headroom include/headroom/plugin.h share/headroom/datasets/saltmere/council.csv share/doc/headroom/README.md \
  share/man/man1/headroom.1.gz share/man/man5/headroom-folder.5.gz share/man/man7/headroom-plugin.7.gz \
  share/bash-completion/completions/headroom; do
  [[ -f $prefix/$file ]] || wrong "$file is not installed"
done
for source in "$root"/plugins/*.c; do
  name=$(basename "$source" .c)
  [[ -n $(find "$prefix" -path "*/headroom/plugins-1/$name.so") ]] || wrong "the plugin $name is not installed"
done
gzip -dc "$prefix/share/man/man1/headroom.1.gz" | cmp -s - "$root/core/cli/headroom.1" || wrong 'the manual page is another'

mkdir "$place/work"
cd "$place/work"
ln -s "$prefix/share/headroom/datasets" datasets
mkdir home
export HOME=$place/work/home
unset XDG_DATA_HOME HEADROOM_PLUGIN_PATH

"$program" plugin list --safe --csv > shipped.out
grep -q '^pay_award,.*,ok,' shipped.out || wrong 'the installed program does not find its plugins'
"$program" compare --safe datasets/north-east-lincolnshire > compare.out 2> talk.out

# ---- pkg-config

PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name headroom.pc)")
export PKG_CONFIG_PATH
[[ $(pkg-config --variable=abi headroom) == 1 ]] || wrong 'headroom.pc does not give the abi'
[[ $(realpath "$(pkg-config --variable=plugindir headroom)") == $(realpath "$(find "$prefix" -name plugins-1)") ]] ||
  wrong 'headroom.pc does not give the folder of plugins'

mkdir pkgconfig
# shellcheck disable=SC2094
manual_example "$root" energy.c > energy.c
# shellcheck disable=SC2094
manual_example "$root" build > build
grep -q headroom_plugin_v1 energy.c || wrong 'headroom-plugin(7) has no example'
cc()
{
  "$export_cc" -std=c17 -Wall -Wextra -Wpedantic -Werror "$@"
}
# shellcheck source=/dev/null
source ./build
mv energy.so pkgconfig/
try_plugin "$program" "$PWD/pkgconfig" "$PWD/pkgconfig/energy.so"

# ---- find_package

mkdir consumer
cp energy.c consumer/
manual_example "$root" CMakeLists.txt > consumer/CMakeLists.txt
cat >> consumer/CMakeLists.txt << 'END'
file(WRITE ${CMAKE_BINARY_DIR}/plugindir ${HEADROOM_PLUGINDIR})
END
cmake -S consumer -B consumer/build -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$export_cc" > cmake.log
cmake --build consumer/build >> cmake.log
[[ $(realpath "$(cat consumer/build/plugindir)") == $(realpath "$(find "$prefix" -name plugins-1)") ]] ||
  wrong 'find_package does not give the folder of plugins'
try_plugin "$program" "$PWD/consumer/build" "$PWD/consumer/build/energy.so"
[[ $(nm -D --defined-only consumer/build/energy.so | awk '{ print $NF }') == headroom_plugin_v1 ]] ||
  wrong 'headroom_add_plugin does not hide what is not the entry'

# ---- a plugin begun with `plugin new`: its README's commands, as they stand, each of them

PATH=$prefix/bin:$PATH
"$program" plugin new tram_fares > new.out
cp -r tram_fares with_a_fault
cd tram_fares
# shellcheck disable=SC2016
mapfile -t commands < <(sed -n 's/^    //p' README.md; grep -o '`[a-z]*[^`]*headroom[^`]*`' README.md | tr -d '`' | grep '^cc ')
((${#commands[@]} == 5)) || wrong "README.md of a new plugin has other commands: ${commands[*]}"
for command in "${commands[@]}"; do
  CC=$export_cc CMAKE_PREFIX_PATH=$prefix bash -euo pipefail -c "cc() { $export_cc -Wall -Wextra -Wpedantic -Werror \"\$@\"; }
    ${command//FOLDER/../datasets/saltmere}" > new.out 2>&1 || { cat new.out >&2; wrong "$command"; }
done
CMAKE_PREFIX_PATH=$prefix ctest --test-dir build > new.out
grep -q '100% tests passed, 0 tests failed out of 2' new.out || { cat new.out >&2; wrong 'a new plugin does not have two tests'; }
cd ../with_a_fault
sed -i 's/more\[i\] \*/0.5 */' tram_fares.c # no longer neutral where it should be
CMAKE_PREFIX_PATH=$prefix bash -c 'cmake -S . -B build && cmake --build build' > new.out 2>&1 || { cat new.out >&2; wrong 'it does not build'; }
ctest --test-dir build > new.out && wrong 'a new plugin with a fault passes'
grep -q '0% tests passed, 2 tests failed out of 2' new.out || { cat new.out >&2; wrong 'one of the two tests passes a fault'; }
cd ..

# In the user's own folder it is found without being told.
mkdir -p home/.local/share/headroom/plugins-1
cp pkgconfig/energy.so home/.local/share/headroom/plugins-1/
"$program" plugin list --csv > list.out
grep -q '^energy,.*,ok,' list.out || wrong "a plugin in the user's own folder is not found"
"$program" plugin list --csv --safe > list.out
! grep -q '^energy,' list.out || wrong "--safe takes a plugin from the user's own folder"

# A version that is not there is refused.
sed 's/Headroom 0.1/Headroom 1.0/' consumer/CMakeLists.txt > consumer/other
mv consumer/other consumer/CMakeLists.txt
! cmake -S consumer -B consumer/other -DCMAKE_PREFIX_PATH="$prefix" > cmake.log 2>&1 || wrong 'version 1.0 is found in 0.1'
