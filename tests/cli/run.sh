#!/usr/bin/env bash
# run.sh PROGRAM FILE.test...: what people type and what they get.  A test is a few lines:
#   # what it shows
#   $ headroom run datasets/saltmere        run by bash, from the top folder; T is an empty folder of its own
#   ? 3                                     exit code; 0 where the line is left out
#   > words                                 stands in stdout, in this order
#   ! words                                 stands in stderr, in this order
#   >!                                      nothing on stdout (likewise !!)
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
program=$(realpath "$1")
shift
cd "$(dirname "$0")/../.." || exit 1
passed=0 failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

headroom() { "$program" "$@"; }

# The expectations of one kind, each after the one before.
holds() { # FILE WORDS...
  local rest word
  rest=$(cat "$1")
  shift
  for word in "$@"; do
    [[ $rest == *"$word"* ]] || { printf '%s' "$word"; return 1; }
    rest=${rest#*"$word"}
  done
}

finish() {
  [[ -n ${command:-} ]] || return 0
  local T=$work/t code problem=
  rm -rf "$T"; mkdir "$T"
  export T
  (eval "$command") > "$work/out" 2> "$work/err" < /dev/null
  code=$?
  [[ $code == "$exit" ]] || problem="exit $code, not $exit"
  missing=$(holds "$work/out" "${out[@]}") || problem="stdout lacks: $missing"
  missing=$(holds "$work/err" "${err[@]}") || problem="stderr lacks: $missing"
  [[ $silent_out == no || ! -s $work/out ]] || problem="something on stdout"
  [[ $silent_err == no || ! -s $work/err ]] || problem="something on stderr"
  if [[ -n $problem ]]; then
    failed=$((failed + 1))
    printf 'not ok: %s\n  $ %s\n  %s\n' "$name" "$command" "$problem"
    head -c 1500 "$work/out" | sed 's/^/  > /'
    head -c 1500 "$work/err" | sed 's/^/  ! /'
  else
    passed=$((passed + 1))
  fi
  command=
}

begin() { exit=0 out=() err=() silent_out=no silent_err=no command=; }

for file in "$@"; do
  begin
  while IFS= read -r line || [[ -n $line ]]; do
    case $line in
      '# '*) finish; begin; name=${line#'# '} ;;
      '$ '*) [[ -z ${command:-} ]] || { finish; begin; }; command=${line#'$ '} ;;
      '? '*) exit=${line#'? '} ;;
      '>!') silent_out=yes ;;
      '!!') silent_err=yes ;;
      '> '*) out+=("${line#'> '}") ;;
      '! '*) err+=("${line#'! '}") ;;
      '') finish; begin ;;
    esac
  done < "$file"
  finish
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[[ $failed == 0 && $passed -gt 0 ]]
