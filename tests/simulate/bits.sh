#!/usr/bin/env bash
# bits.sh PROGRAM LINKED DATASETS: one digest over everything that a simulation says and over every future, whatever the number of
# workers, at whatever level of instructions, with plugins in a process of their own or not, loaded or linked into the program,
# and for a count of draws that fills no block.  LINKED: the program with pay_award linked into it.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
program=$1 linked=$2 datasets=$3
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failed=0

# digest NAME WORD...: of the output and of the samples.
digest()
{
  local name=$1
  shift
  "$program" simulate "$datasets/saltmere" -s cyber -s slip_12 --draws 5003 --samples "$place/$name.samples" \
    --csv -o "$place/$name.csv" "$@"
  cat "$place/$name.csv" "$place/$name.samples" | sha256sum
}

first=$(digest one --threads 1)
for threads in 2 4; do
  again=$(digest "t$threads" --threads "$threads")
  [[ $again == "$first" ]] || { echo "$threads workers say something else than one"; failed=1; }
done
tried=
for level in v2 v3 v4; do
  if ! HEADROOM_ISA=$level "$program" run "$datasets/saltmere" > /dev/null 2> "$place/why"; then
    grep -q "HEADROOM_ISA asks for $level, which this processor has not got" "$place/why" || { cat "$place/why"; failed=1; }
    echo "instructions of $level are not tried: this processor has not got them"
    continue
  fi
  tried+=" $level"
  again=$(HEADROOM_ISA=$level digest "$level")
  [[ $again == "$first" ]] || { echo "instructions of $level say something else than the best there are"; failed=1; }
done
echo "levels of instructions tried:${tried:- none}"
again=$(digest within --in-process)
[[ $again == "$first" ]] || { echo 'the program itself says something else than a worker'; failed=1; }
again=$(digest seed --seed 2)
[[ $again != "$first" ]] || { echo 'another seed says the same'; failed=1; }
(($(wc -l < "$place/one.samples") == 5004)) || { echo 'not every future is in the samples'; failed=1; }

# A plugin that is loaded, and the same one linked into the program.
changed()
{
  local by=$1
  shift
  "$by" simulate "$datasets/saltmere" --draws 5003 --samples "$place/changed" --csv -o "$place/changed.csv" "$@"
  cat "$place/changed" "$place/changed.csv" | sha256sum
}
loaded=$(changed "$program" --set pay_award.extra_award=1pp)
[[ $(changed "$linked" --set pay_award.extra_award=1pp) == "$loaded" ]] ||
  { echo 'a plugin that is loaded says something else than the same linked in'; failed=1; }
[[ $(changed "$program") != "$loaded" ]] || { echo 'a plugin changes nothing'; failed=1; }

# The plan's own figures do not depend on what else is run.
"$program" simulate "$datasets/saltmere" --draws 5003 --csv -o "$place/alone.csv"
plan() { grep ',baseline,' "$1" | grep -v -e ',share_of_' -e ',departure_in_'; }
diff -q <(plan "$place/one.csv") <(plan "$place/alone.csv") > /dev/null ||
  { echo 'the plan differs once scenarios are run beside it'; failed=1; }

# Several councils in one call say what each says alone.
"$program" simulate "$datasets/saltmere" "$datasets/preston-2023" --draws 4096 --csv -o "$place/both.csv"
for council in saltmere preston-2023; do
  "$program" simulate "$datasets/$council" --draws 4096 --csv -o "$place/$council.csv"
done
diff -q "$place/both.csv" <(cat "$place/saltmere.csv" <(tail -n +2 "$place/preston-2023.csv")) > /dev/null ||
  { echo 'two councils in one call differ from one after the other'; failed=1; }
exit "$failed"
