#!/usr/bin/env bash
# symbols.sh PROGRAM PLUGINS ROOT: a plugin shows one name and the program none; neither holds a path of the machine that built it.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
program=$1 plugins=$2 root=$3
failed=0

wrong()
{
  printf '%s\n' "$*"
  failed=1
}

count=0
for plugin in "$plugins"/*.so; do
  names=$(nm -D --defined-only "$plugin" | awk '{ print $NF }')
  [[ $names == headroom_plugin_v1 ]] || wrong "$plugin shows:" "$names"
  count=$((count + 1))
done
((count >= 9)) || wrong "only $count plugins in $plugins"
names=$(nm -D --defined-only "$program" | awk '$2 == "T" { print $3 }')
[[ -z $names ]] || wrong "$program shows to plugins:" "$names"
for file in "$program" "$plugins"/*.so; do
  ! grep -qF -- "$root/" "$file" || wrong "$file holds $root"
done
exit "$failed"
