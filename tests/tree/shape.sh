#!/usr/bin/env bash
# shape.sh ROOT: what may stand at the top, how long a file may be, how it begins, and words that may stand nowhere.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
cd "$1"
failed=0

wrong()
{
  printf '%s\n' "$*"
  failed=1
}

# Every file of the tree: what git knows of, or, in an unpacked archive, all but builds.
files()
{
  if ! git ls-files --cached --others --exclude-standard 2> /dev/null; then
    find . '(' -path './build*' -o -path ./.git ')' -prune -o -type f -printf '%P\n'
  fi
}
mapfile -t all < <(files | sort)
((${#all[@]} > 100)) || wrong "only ${#all[@]} files: this is not the tree"

for top in $(printf '%s\n' "${all[@]}" | cut -d / -f 1 | sort -u); do
  case $top in
    CMakeLists.txt | README.md | core | plugins | include | datasets | tests) ;; # the project
    .ci | .clang-format | .clang-tidy | .gitignore | CMakePresets.json | LICENSE | dev) ;; # what a tool looks for there
    *) wrong "$top: does not belong at the top" ;;
  esac
done

for file in "${all[@]}"; do
  [[ -f $file ]] || continue
  case $file in
    *.c | *.h)
      lines=$(wc -l < "$file")
      ((lines <= 450)) || wrong "$file: $lines lines; at most 450"
      read -r first < "$file"
      [[ $first =~ ^/[/*] ]] || wrong "$file: the first line does not say what lives there"
      ;;&
    *.c | *.h | *.sh | *.py | *.bash | *.1 | *.5 | *.7 | dev | .ci/run)
      grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' "$file" || wrong "$file: no licence line"
      ;;
  esac
done

# R47 and its like.  The brackets keep this file from finding itself.
never='statutory[ ]minimum|s\.?[ ]?114[ ]triggered|section[ ]114[ ](is|was|has[ ]been)?[ ]?triggered|resilience[ ]score'
machine='(^|[^[:alnum:]_}.])(/wor[k]/|/tmp/[b]uild|/[h]ome/[a-z]+/|/[r]oot/)'
for place in core plugins include datasets README.md dev .ci CMakeLists.txt CMakePresets.json; do
  [[ -e $place ]] || continue
  ! grep -rnIiE "$never" "$place" || wrong 'words that may not be printed (R47)'
done
for place in core plugins include datasets tests README.md dev .ci CMakeLists.txt CMakePresets.json; do
  [[ -e $place ]] || continue
  ! grep -rnIE "$machine" "$place" || wrong 'a path of one machine'
done
exit "$failed"
