#!/usr/bin/env bash
# includes.sh ROOT: fails on an #include that runs the wrong way, and on a second door to an outside library.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
cd "$1"

# shellcheck disable=SC2016
find core plugins include -name '*.[ch]' -print0 | sort -z | xargs -0 awk '
  BEGIN {
    split("base model data host explain stress mc chart report cli", folder) # chart: core/report/chart
    for (i in folder) rank[folder[i]] = i + 0 # as a number: there are ten of them
    split("base/base.h base/codes.h model/plan.h model/model.h data/data.h host/host.h explain/explain.h stress/stress.h mc/mc.h mc/simulate.h report/report.h report/briefing.h report/pictures.h report/pack.h report/page/page.h report/workbook/workbook.h chart/chart.h cli/cli.h", word)
    for (i in word) face[word[i]] = 1
    door["csv.h"] = "core/data/csv.c"
    door["jansson.h"] = "core/report/json.c core/report/json.h"
    door["dlfcn.h"] = "core/host/load.c core/host/crew.c"
    door["mpi.h"] = "core/host/crew/mpi.c"
    door["sha256.h"] = "core/base/digest.c"
    door["gsl"] = "core/base/money.c core/stress/combine.c core/mc/marginal.c core/mc/correlation.c"
    split("assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg " \
          "stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype", word)
    for (i in word) standard[word[i] ".h"] = 1
  }
  function wrong(why) { printf "%s:%d: %s: %s\n", FILENAME, FNR, $0, why; bad = 1 }
  function in_core(own, target, quoted,    part, n, library) {
    library = target ~ /^gsl\// ? "gsl" : target
    if (!quoted) {
      if (library in door && !index(door[library], FILENAME)) wrong("the door to it is " door[library])
      return
    }
    sub(/^report\/chart\//, "chart/", target)
    n = split(target, part, "/")
    if (n < 2 || n > (part[1] == "report" ? 3 : 2) || !(part[1] in rank)) wrong("write folder/header.h of core")
    else if (rank[part[1]] > rank[own] || own == "chart" && part[1] != "base" && part[1] != own)
      wrong(own " may not know " part[1])
    else if (part[1] != own && !(target in face)) wrong("inside of " part[1] " only; its face is another header")
  }
  function in_plugins(target, quoted) {
    if (quoted ? target ~ /\// : target != "headroom/plugin.h" && !(target in standard))
      wrong("a plugin knows <headroom/plugin.h>, the C library and its own folder")
  }
  /^[ \t]*#[ \t]*include/ {
    quoted = $0 ~ /include[ \t]*"/
    target = $0
    sub(/^[^<"]*[<"]/, "", target)
    sub(/[>"].*$/, "", target)
    split(FILENAME, path, "/")
    if (path[1] == "core") in_core(FILENAME ~ /^core\/report\/chart\// ? "chart" : path[2], target, quoted)
    else if (path[1] == "plugins") in_plugins(target, quoted)
    else if (quoted || !(target in standard)) wrong("the header of the interface stands alone")
  }
  END { exit bad }
'
