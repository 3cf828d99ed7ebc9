#!/usr/bin/env bash
# compilers.sh PROGRAM OTHER DATASETS: the program of one compiler and that of another say the same of every future, to the last bit.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
program=$1 other=$2 datasets=$3
if [[ ! -x $other ]]; then
  echo "skipped: there is no $other to compare with: build the preset test first"
  exit 77
fi
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failed=0

# everything OUTPUT PROGRAM WORD...: what is said, and every future.
everything()
{
  local output=$1 which=$2
  shift 2
  "$which" simulate --draws 2003 --csv --samples "$output.samples" -o "$output.csv" "$@"
  cat "$output.csv" "$output.samples" > "$output"
}

for council in "$datasets"/*/mtfp.csv; do
  council=$(dirname "$council")
  for sampler in rqmc mc; do
    everything "$place/one" "$program" --sampler "$sampler" "$council"
    everything "$place/other" "$other" --sampler "$sampler" "$council"
    cmp "$place/one" "$place/other" || { echo "$(basename "$council"), $sampler: two compilers, two answers"; failed=1; }
  done
done
exit "$failed"
