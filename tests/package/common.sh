#!/usr/bin/env bash
# common.sh: what the tests of installing share.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
umask 022 # plugins that others may write to are refused

wrong()
{
  printf '%s\n' "$*" >&2
  exit 1
}

# manual_example ROOT NAME: the block of headroom-plugin(7) that follows the comment `example: NAME`.
manual_example()
{
  awk -v name="$2" '
    /^\.\\" example: / && $NF == name { armed = 1; next }
    armed && /^\.Bd/ { on = 1; next }
    on && /^\.Ed/ { exit }
    on' "$1/core/cli/headroom-plugin.7" | sed 's/\\e/\\/g'
}

# check_plugin PROGRAM FILE: it passes the conformance tests.
check_plugin()
{
  local program=$1 plugin=$2
  "$program" plugin check "$plugin" > check.out || { cat check.out >&2; wrong "$plugin does not pass"; }
  [[ $(grep -c '^ok' check.out) -ge 10 ]] || wrong "$plugin: hardly a test was run"
}

# try_plugin PROGRAM FOLDER FILE: it is listed, passes, and moves Saltmere's gap.
try_plugin()
{
  local program=$1 folder=$2 plugin=$3
  check_plugin "$program" "$plugin"
  "$program" plugin list --csv --plugin-path "$folder" > list.out
  grep -q '^energy,org.example.energy,1.0.0,ok,' list.out || { cat list.out >&2; wrong "$plugin is not listed"; }
  "$program" run datasets/saltmere --csv --plugin-path "$folder" --set energy.rise=10pp --set energy.slot.lines=class=contract \
    > with.out 2> talk.out
  "$program" run datasets/saltmere --csv > without.out 2> talk.out
  ! cmp -s with.out without.out || wrong "$plugin changes nothing"
}
