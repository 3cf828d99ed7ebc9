#!/usr/bin/env bash
# exports.sh PLUGIN: it shows one name, although C++ instantiates templates under names that -fvisibility does not reach.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
names=$(nm -D --defined-only "$1" | awk '{ print $NF }')
[[ $names == headroom_plugin_v1 ]] || {
  printf '%s shows:\n%s\n' "$1" "$names"
  exit 1
}
