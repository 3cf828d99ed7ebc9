#!/usr/bin/env bash
# examples.sh PROGRAM [--update]: the examples in README.md are what the program prints, to the letter.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
program=$1
cd "$(dirname "$0")/../.."
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT

# Copies README, with each block between `<!-- example: ARGUMENTS -->` and `<!-- end -->` made again.
while IFS= read -r line; do
  printf '%s\n' "$line"
  [[ $line =~ ^'<!-- example: '(.*)' -->'$ ]] || continue
  read -ra arguments <<< "${BASH_REMATCH[1]}"
  printf '```\n'
  COLUMNS=80 "$program" "${arguments[@]}" 2> /dev/null || true
  printf '```\n'
  while IFS= read -r line && [[ $line != '<!-- end -->' ]]; do :; done
  printf '%s\n' "$line"
done < README.md > "$fresh"

if [[ ${2:-} == --update ]]; then
  cat "$fresh" > README.md
elif ! diff -u README.md "$fresh"; then
  echo "README.md shows what the program no longer prints; tests/readme/examples.sh PROGRAM --update makes it again" >&2
  exit 1
fi
