#!/usr/bin/env bash
# completion.sh PROGRAM ROOT: drives the completion for bash as bash itself does.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
program=$1 root=$2
cd "$root"
# shellcheck source=/dev/null
source core/cli/headroom.bash
failed=0

# Bash has it only while it completes.
# shellcheck disable=SC2317
compopt()
{
  :
}

complete_words()
{
  COMP_WORDS=("$program" "$@")
  COMP_CWORD=$#
  COMPREPLY=()
  _headroom
}

# offers WHAT WORD...: completing the last word offers WHAT among others.
offers()
{
  local wanted=$1 found
  shift
  complete_words "$@"
  for found in "${COMPREPLY[@]}"; do
    [[ $found != "$wanted" ]] || return 0
  done
  echo "headroom $*: offers '${COMPREPLY[*]}', not $wanted"
  failed=1
}

offers_only()
{
  local wanted=$1
  shift
  complete_words "$@"
  [[ ${COMPREPLY[*]} == "$wanted" ]] || {
    echo "headroom $*: offers '${COMPREPLY[*]}', not only $wanted"
    failed=1
  }
}

offers_only compare com
offers plugin ''
offers_only show plugin s
offers_only --scenario run --sc
offers_only '' check --sc
offers_only --plugin-path plugin list --pl
offers_only cyber run datasets/saltmere -s cy
offers_only cyber compare datasets/saltmere --scenario cy
offers_only datasets/saltmere run datasets/salt
offers_only pay_award plugin show pay_
offers_only shift. run datasets/saltmere --set shi
offers_only pay_award. solve datasets/saltmere --find pay_a
offers_only never run --color n
offers_only D3 run --fail-if D3
offers_only --only plugin check --on
offers_only lanes-independent plugin check --only lan
offers_only datasets plugin new tram_fares -o datas
offers_only officer report --audience off
offers_only confidence chart conf
offers_only datasets/saltmere chart reserves datasets/salt
offers_only cyber chart bridge datasets/saltmere -s cy
offers_only half chart reserves --width h
offers LICENSE run -o LICEN
exit "$failed"
