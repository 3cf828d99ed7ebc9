#!/usr/bin/env bash
# verify.sh PROGRAM PLUGINS DATASETS: an output verifies while nothing has changed; change one byte of any input or plugin, and it says which.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
program=$1 plugins=$2 datasets=$3
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
failed=0 changed=0

wrong()
{
  printf '%s\n' "$*"
  failed=1
}

# ends CODE WORDS COMMAND...: the exit code, and words that stand in what is printed.
ends()
{
  local expected=$1 words=$2 code=0
  shift 2
  "$@" > out 2> err || code=$?
  [[ $code == "$expected" ]] || wrong "$*: ends with $code, not $expected" "$(tail -n 3 out err)"
  grep -qF -- "$words" out err || wrong "$*: does not say '$words'" "$(tail -n 3 out err)"
}

# another_byte FILE OFFSET: a digit becomes another digit, anything else an x.
another_byte()
{
  local old new=x
  old=$(dd if="$1" bs=1 skip="$2" count=1 status=none | tr '\0' ' ')
  [[ $old != [0-8] ]] || new=$((old + 1))
  [[ $old != 9 ]] || new=8
  [[ $old != x ]] || new=y
  printf '%s' "$new" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

for council in "$datasets"/*/; do
  [[ -f $council/council.csv ]] || continue
  rm -rf now
  cp -r "$council" now
  chmod -R u+w now
  "$program" compare now --json --plugin-path "$plugins" > output.json 2> /dev/null
  ends 0 'The same' "$program" verify output.json "$council"
  for file in now/*.csv; do
    size=$(stat -c %s "$file")
    for part in 1 2 3; do # of four: in the header or the figures, as it comes
      cp "$file" kept
      another_byte "$file" $((size * part / 4))
      code=0
      "$program" verify output.json now > out 2> /dev/null || code=$?
      ((code == 1 || code == 3)) || wrong "$council, $file: ends with $code"
      head -n 1 out | grep -q "^${file##*/}: was [0-9a-f]\{12\}, is [0-9a-f]\{12\}$" ||
        wrong "$council, $file: does not name it" "$(head -n 2 out)"
      [[ $(grep -c '^[a-z_]*\.csv: was' out) == 1 ]] || wrong "$council, $file: names others too"
      cp kept "$file"
      changed=$((changed + 1))
    done
  done
done
((changed >= 150)) || wrong "only $changed files were changed"

# Plugins, every one that the output used: a byte that the loader does not look at (of the last section's header) leaves
# a plugin that works; one of its first four does not, nor does a text.
cp -r "$plugins" p
cp -r "$datasets/north-east-lincolnshire" n
cp -r "$datasets/saltmere" s
"$program" compare n --json --plugin-path p > output.json 2> /dev/null
ends 0 'The same' "$program" verify output.json n
used=0
for file in p/*.so; do
  name=$(basename "$file" .so)
  grep -q "\"$name\": {" output.json || continue
  used=$((used + 1))
  cp "$file" kept
  another_byte "$file" $(($(stat -c %s "$file") - 2))
  ends 1 "plugin $name: was " "$program" verify output.json n
  ! grep -q 'cannot be used' out || wrong "$name: a byte that matters to the loader was changed"
  cp kept "$file"
  another_byte "$file" 1
  ends 4 "plugin $name: was " "$program" verify output.json n
  grep -q "^plugin $name: was 1[0-9.]* [0-9a-f]\{12\}, cannot be used now: not a shared object: .*($file)$" out ||
    wrong "$name: does not say what it is now" "$(cat out)"
  [[ $(grep -c '^plugin' out) == 1 ]] || wrong "$name: names others too"
  printf 'not a plugin' > "$file"
  ends 4 "plugin $name: was " "$program" verify output.json n
  cp kept "$file"
done
((used >= 5)) || wrong "only $used plugins were used"

"$program" compare s --json --plugin-path p > output.json 2> /dev/null

# A file that was not there, and one that is gone.
cp -r s more
printf 'rag,meaning,delivery\n' > more/rag.csv
ends 1 'rag.csv: was not there, is ' "$program" verify output.json more
# So it is where it stops the run.
printf 'term,2026/27\nbalances_rate,lots\n' > more/treasury.csv
ends 3 'treasury.csv: was not there, is ' "$program" verify output.json more
grep -qF 'rag.csv: was not there, is ' out || wrong 'the other that was added is not named' "$(cat out)"
! grep -qF 'nothing that it was made from' err || wrong 'says that nothing has changed' "$(cat err)"
cp -r s less
rm less/controls.csv
ends 1 'controls.csv: was ' "$program" verify output.json less
ends 1 'is gone' "$program" verify output.json less

# A figure changed by hand in the output itself.
sed '0,/388989700/s//388989600/' output.json > forged.json
ends 1 'gap' "$program" verify forged.json s
ends 1 '3,889,896, is' "$program" verify forged.json s

# Every verb whose output carries a manifest.
for command in 'check s' 'run s -s cyber' 'run s --set pay_award.extra_award=1pp' 'explain s gap@2030/31 --deep -s cyber' 'stress s' \
  'explain s gap@2030/31 --stress recession' 'compare s -s cyber -s slip_12 --bridge' 'compare s -s cyber -s baseline --bridge' \
  'solve s --find pay_award.extra_award --until D3'; do
  read -ra words <<< "$command"
  "$program" "${words[@]}" --json > output.json 2> /dev/null
  ends 0 'The same' "$program" verify output.json s
done

# What solve sought is in its manifest, and so is the scenario that it stands on.
"$program" solve s -s rates_minus_15 --find pay_award.extra_award --until D3 --json --plugin-path p > output.json 2> /dev/null
for name in pay_award business_rates; do
  cp "p/$name.so" kept
  another_byte "p/$name.so" $(($(stat -c %s "p/$name.so") - 2))
  ends 1 "plugin $name: was " "$program" verify output.json s
  cp kept "p/$name.so"
done

# each_changed NAME FILE COMMAND...: half way through the file a byte is another; the first line then names it, and no other.
each_changed()
{
  local name=$1 file=$2 code=0
  shift 2
  cp "$file" kept
  another_byte "$file" $(($(stat -c %s "$file") / 2))
  "$@" > out 2> /dev/null || code=$?
  ((code == 1 || code == 3)) || wrong "$name: ends with $code"
  grep -q "^$name: was [0-9a-f]\{12\}, is [0-9a-f]\{12\}$" <(head -n 1 out) || wrong "$name: is not named" "$(head -n 2 out)"
  [[ $(grep -c ': was [0-9a-f]\{12\}, is [0-9a-f]\{12\}$' out) == 1 ]] || wrong "$name: others are named too" "$(cat out)"
  cp kept "$file"
  changed=$((changed + 1))
}

# A bridge between two scenarios, packs of one's own, and what changed between two folders, wherever the new one lies now.
changed=0
"$program" compare s -s cyber -s slip_12 --bridge --json > output.json 2> /dev/null
for file in s/*.csv; do
  each_changed "${file##*/}" "$file" "$program" verify output.json s
done
mkdir packs
cp "$datasets"/packs/[a-r]*.csv packs
options=()
for file in packs/*.csv; do
  options+=(--pack "$file")
done
"$program" stress s "${options[@]}" --json > output.json 2> /dev/null
ends 0 'The same' "$program" verify output.json s
for file in packs/*.csv; do
  each_changed "pack ${file##*/}" "$file" "$program" verify output.json s
done
cp -r s new
rm new/controls.csv s/controls.csv
sed -i '/^F04/s/26900000/26800000/' new/mtfp.csv
"$program" diff s new --json > output.json 2> /dev/null
mv new moved
ends 0 'The same' "$program" verify output.json moved
for file in moved/*.csv; do
  each_changed "${file##*/}" "$file" "$program" verify output.json moved
done
for file in s/*.csv; do
  each_changed "s/${file##*/}" "$file" "$program" verify output.json moved
done
((changed >= 30)) || wrong "only $changed files were changed"

# What is not an output, or not whole.
head -c 900 output.json > cut.json
ends 3 'it is not whole' "$program" verify cut.json s
printf '{"schema": "another/1"}' > other.json
ends 3 'is not an output of Headroom' "$program" verify other.json s
printf 'scenario,table\n' > table.csv
ends 3 'is not JSON' "$program" verify table.csv s
sed 's#\(headroom\.[a-z]*\)/1#\1/9#' output.json > newer.json
ends 3 'does not know' "$program" verify newer.json s
"$program" plugin list --json > list.json 2> /dev/null
ends 3 'holds no manifest' "$program" verify list.json s
ends 5 'cannot be read' "$program" verify missing.json s
ends 5 'no such folder' "$program" verify output.json missing
sed 's#"command": "headroom [a-z]*#"command": "headroom init#' output.json > odd.json
ends 3 'cannot be run again' "$program" verify odd.json s
exit "$failed"
