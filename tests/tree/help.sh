#!/usr/bin/env bash
# help.sh PROGRAM PLUGIN ROOT: --help is short, and every example of it and of the manual page runs as it is printed.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
program=$1 plugin=$2 root=$3
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failed=0

wrong()
{
  printf '%s\n' "$*"
  failed=1
}

mapfile -t verbs < <("$program" __complete verbs | sed 's/ *$//')
for verb in "${verbs[@]}"; do
  read -ra words <<< "$verb"
  "$program" "${words[@]}" --help > "$place/help"
  lines=$(wc -l < "$place/help")
  ((lines <= 24)) || wrong "headroom $verb --help: $lines lines; a screen has 24"
  sed -n '/^Examples:/,$s/^  //p' "$place/help" > "$place/of_verb"
  cat "$place/of_verb" >> "$place/examples"
  grep -q "^headroom $verb" "$place/of_verb" || wrong "headroom $verb --help has no example"
done

code=0
"$program" > "$place/out" 2> "$place/help" || code=$?
((code == 2)) || wrong "headroom alone ends with $code, not 2"
(($(wc -l < "$place/help") <= 24)) || wrong 'headroom alone says more than a screen holds'
[[ ! -s $place/out ]] || wrong 'headroom alone writes to standard output'
sed -n '/^Examples:/,/^$/s/^  //p' "$place/help" >> "$place/examples"
sed -n 's/^\.Dl \(headroom .*\)/\1/p' "$root/core/cli/headroom.1" >> "$place/examples"

mkdir "$place/bin" "$place/work"
ln -s "$program" "$place/bin/headroom"
ln -s "$root/datasets" "$place/work/datasets"
cp "$plugin" "$place/work/my_plugin.so"
cd "$place/work"
printf 'scenario,plugin,parameter,value\npay,pay_award,extra_award,1pp\n' > mypack.csv
"$program" init mycouncil > /dev/null
(($(sort -u ../examples | wc -l) >= 12)) || wrong 'hardly an example was found'
while IFS= read -r example; do
  [[ $example != *' init '* ]] || rm -rf mycouncil
  code=0
  PATH="$place/bin:$PATH" bash -c "$example" > ../out 2>&1 < /dev/null || code=$?
  ((code == 0)) || wrong "$example: ends with $code" "$(tail -n 5 ../out)"
  ! grep -iE 'statutory[ ]minimum|114[ ]triggered|resilience[ ]score|bankrupt|resilient' ../out ||
    wrong "$example: prints words that it may not (R47)"
done < <(sort -u ../examples)
exit "$failed"
