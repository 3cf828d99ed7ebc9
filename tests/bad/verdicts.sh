#!/usr/bin/env bash
# verdicts.sh PROGRAM PLUGINS SOURCES SECONDS: `headroom plugin check` on every plugin of this folder: the first test that it does
# not get through, that test's status and verdict, and the exit code are those of verdicts.csv.  What should miss a deadline gets
# SECONDS.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
program=$1 plugins=$2 sources=$3 short=$4
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export XDG_CACHE_HOME=$place # not the user's own
failed=0

wrong()
{
  printf '%s\n' "$*"
  failed=1
}

for source in "$sources"/*.c; do
  grep -q "^$(basename "$source" .c)," "$sources/verdicts.csv" || wrong "$source has no row in verdicts.csv"
done

# verdict_of FIXTURE STATUS: "test,status,verdict" of the first problem.
verdict_of()
{
  local deadline=60
  [[ $2 != timeout ]] || deadline=$short
  code=0
  "$program" plugin check --csv --deadline "$deadline" "$plugins/$1.so" > "$place/out" || code=$?
  awk -F, 'NR > 1 && $3 != "ok" && $3 != "skipped" { print $2 "," $3 "," $4; found = 1; exit }
    END { if (!found) print ",ok,ok" }' "$place/out"
}

while IFS=, read -r fixture test status verdict; do
  [[ -f $sources/$fixture.c ]] || wrong "verdicts.csv has $fixture, which is not here"
  verdict_of "$fixture" "$status" > "$place/found" # not in a subshell: it sets code
  expected=1
  [[ $status != ok && $status != warning ]] || expected=0
  [[ $(cat "$place/found") == "$test,$status,$verdict" ]] ||
    wrong "$fixture: $(cat "$place/found"), expected $test,$status,$verdict"
  [[ $code == "$expected" ]] || wrong "$fixture: ends with $code, expected $expected"
done < <(tail -n +2 "$sources/verdicts.csv")
exit "$failed"
