#!/usr/bin/env bash
# faults.sh PROGRAM PLUGINS DATASETS: a plugin that is wrong yields one message that names it, and no number.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
program=$1 plugins=$2 datasets=$3
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failed=0
cp -r "$datasets/saltmere" "$place/council"
printf 'scenario,plugin,parameter,value\nx,plain,,\n' > "$place/council/scenarios.csv"

# says PLUGIN WORDS: `simulate` with that plugin ends with 4 and says the words.
says()
{
  local code=0
  rm -rf "$place/so"
  mkdir -m 755 "$place/so"
  cp "$plugins/$1.so" "$place/so"
  "$program" simulate "$place/council" -s x --plugin-path "$place/so" --draws 2048 --threads 2 --deadline 2 \
    > "$place/out" 2> "$place/err" || code=$?
  if ((code != 4)) || [[ -s $place/out ]] || ! grep -qF "$2" "$place/err" || (($(wc -l < "$place/err") != 1)); then
    echo "$1: ends with $code:"
    cat "$place/err"
    failed=1
  fi
}

says lane_coupling "plugin 'plain': one future's answer depends on another's (scenario x)"
says crash_in_apply "plugin 'plain': it crashed (signal 11) in apply"
says not_finite "plugin 'plain' wrote a number that is not finite to driver:pay.value in 2027/28"
says loop_in_apply "plugin 'plain': it did not answer in time in apply"
says counts_calls "plugin 'plain': its answers depend on what it was asked before"
exit "$failed"
