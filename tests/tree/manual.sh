#!/usr/bin/env bash
# manual.sh PROGRAM PLUGIN ROOT: the manual pages against what they describe: options against --help, the catalogue of inputs
# against core/model, the conformance tests against `headroom plugin check`, the folder against its reader.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
program=$1 plugin=$2
cd "$3/core/cli"
failed=0

wrong()
{
  printf '%s\n' "$*"
  failed=1
}

same()
{
  diff -u --label "$1" <(printf '%s\n' "$2") --label "$3" <(printf '%s\n' "$4") || failed=1
}

mandoc -T lint -W warning headroom.1 headroom-folder.5 headroom-plugin.7 || wrong 'the manual pages are not clean'

# ---- options: a short one goes by its long name

long_names()
{
  sed -e 's/^-s$/--scenario/' -e 's/^-l$/--lines/' -e 's/^-a$/--all/' -e 's/^-o$/--output/' -e 's/^-h$/--help/' | sort -u
}

of_help()
{
  "$program" "$@" --help | sed -nE -e 's/^ +(-[a-z], )?(--[a-z-]+).*/\2/p' -e 's/^  as of run: //p' | tr ' ' '\n' | sort -u
}

# The lines of SYNOPSIS that belong to a verb; every verb has --help, which has a line of its own there.
of_synopsis()
{
  {
    echo --help
    awk -v verb="$*" '
      /^\.Sh/ { within = $2 == "SYNOPSIS" }
      within && /^\.Cm / { here = substr($0, 5) == verb }
      within && /^\.Nm/ { here = 0 }
      within && here' headroom.1 | grep -oE 'Fl -?[a-z-]+' | sed 's/^Fl /-/'
  } | long_names
}

mapfile -t verbs < <("$program" __complete verbs | sed 's/ *$//')
((${#verbs[@]} >= 7)) || wrong 'the program has no verbs'
for verb in "${verbs[@]}"; do
  read -ra words <<< "$verb"
  same "headroom.1: $verb" "$(of_synopsis "${words[@]}")" "headroom $verb --help" "$(of_help "${words[@]}")"
done

described=$(awk '/^\.Ss The four dates/ { exit } /^\.Sh DESCRIPTION/ { on = 1 } on && /^\.It Fl/' headroom.1 |
  grep -oE 'Fl -[a-z-]+' | sed 's/^Fl /-/' | long_names)
offered=$({
  echo --version
  for verb in "${verbs[@]}"; do
    read -ra words <<< "$verb"
    of_help "${words[@]}"
  done
} | sort -u)
same 'headroom.1: described' "$described" 'headroom --help' "$offered"

# ---- the catalogue of inputs and terms

catalogue=$(sed -nE 's/^\.It ((driver|line|saving|reserve|receipt|borrowing):W\.[a-z_]+ Ta .*)/\1/p' headroom-plugin.7 | sort)
fields=$(awk -F '[(,)]' '
  /^#define FIELD_MAP/ { on = 1; next }
  on && !/X\(/ { exit }
  on {
    for (i = 2; i <= 8; i++) gsub(/[ "]/, "", $i)
    if ($3 == "term") next
    unit = $5 == "UNIT_GBP" ? "pounds" : $5 == "UNIT_FRACTION" ? "fraction" : $5 == "UNIT_COUNT" ? "number" : "months"
    grain = $6 == 0 ? "never" : $6
    limits = $8 != "9e13" ? $7 " to " $8 : $7 == 0 ? "at least 0" : "none"
    print $3 ":W." $4 " Ta " unit " Ta " grain " Ta " limits
  }' ../model/plan.h | sort)
same 'headroom-plugin.7: inputs' "$catalogue" 'plan.h: FIELD_MAP' "$fields"

catalogue=$(sed -nE 's/^\.It (term:[a-z_]+\.[a-z_0-9]+ Ta [a-z]+ Ta [a-z0-9.]+) Ta .*/\1/p' headroom-plugin.7 | sort)
terms=$(awk -F '[(,)]' '
  /^#define TERM_MAP/ { on = 1; next }
  on && !/X\(/ { exit }
  on {
    for (i = 2; i <= 5; i++) gsub(/[ "\047]/, "", $i)
    print "term:" $3 "." $4 " Ta " ($5 == "P" ? "fraction Ta never" : $5 == "E" ? "number Ta 0.01" : \
      $5 == "H" ? "pounds Ta 0.01" : "pounds Ta 1")
  }' ../model/parts.h | sort)
same 'headroom-plugin.7: terms' "$catalogue" 'parts.h: TERM_MAP' "$terms"
(($(printf '%s\n' "$fields" "$terms" | wc -l) >= 44)) || wrong 'plan.h and parts.h were not understood'

# ---- the conformance tests

listed=$(awk '/^\.Sh/ { on = $2 == "CONFORMANCE" } on && /^\.It / { print $2 }' headroom-plugin.7)
tested=$("$program" plugin check --ascii --color never "$plugin" | awk '{ print $2 }' | sed 's/:$//')
same 'headroom-plugin.7: conformance' "$listed" 'headroom plugin check' "$tested"

# ---- the folder: every file, column, key and word that the reader knows stands in headroom-folder(5)

# The strings of initialisers whose name matches.
strings_of()
{
  awk -v name="$1" '
    $0 ~ name { on = 1 }
    on { print }
    on && /;/ { on = 0 }' "${@:2}" | grep -oE '"[A-Za-z][A-Za-z0-9_.]*"' | tr -d '"'
}

page=$(mandoc -T ascii headroom-folder.5 | col -bx | tr -c 'A-Za-z0-9_' '\n' | tr '[:upper:]' '[:lower:]' | sort -u)
known=$({
  strings_of 'folder_file_names\[\] =' ../data/folder.c | sed 's/\.csv$//'
  strings_of '(columns|key_names)\[\] =' ../data/*.c
  strings_of '(driver_class|line_class|line_form|reserve_class|council_class|rag)_names\[.*\] =' ../model/*.c
  sed -nE 's/^ *X\([A-Z_]+, "([a-z_]+)", \x27[mr]\x27.*/\1/p' ../model/model.h
  printf '%s\n' "$terms" | sed 's/^.*\.\([a-z_0-9]*\) Ta .*/\1/'
} | tr '[:upper:]' '[:lower:]' | sort -u)
(($(printf '%s\n' "$known" | wc -l) >= 150)) || wrong 'the sources of the reader were not understood'
unknown=$(comm -13 <(printf '%s\n' "$page") <(printf '%s\n' "$known"))
[[ -z $unknown ]] || wrong 'headroom-folder.5 does not mention:' "$unknown"
exit "$failed"
