#!/usr/bin/env bash
# includes_self.sh: makes small trees with one fault each, and sees that includes.sh finds it; and that it accepts a right one.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failed=0

# tree FILE INCLUDE: a right tree, and one more line in one file of it.
tree()
{
  rm -rf "${place:?}/t"
  mkdir -p "$place"/t/{core/{base,model,data,host,stress,explain,report/{chart,page},cli},plugins,include/headroom}
  echo '#include <stdint.h>' > "$place/t/include/headroom/plugin.h"
  echo '#include "base/base.h"' > "$place/t/core/model/plan.c"
  echo '#include <csv.h>' > "$place/t/core/data/csv.c"
  printf '#include <headroom/plugin.h>\n#include "follows.h"\n#include <math.h>\n' > "$place/t/plugins/pay.c"
  printf '%s\n' "$2" >> "$place/t/$1"
}

refused()
{
  tree "$1" "$2"
  if "$here/includes.sh" "$place/t" > "$place/out"; then
    echo "accepted: $2 in $1"
    failed=1
  elif ! grep -q "^$1:" "$place/out"; then
    echo "refused without its place: $2 in $1"
    failed=1
  fi
}

tree core/cli/run.c '#include "report/report.h"'
"$here/includes.sh" "$place/t" || failed=1
tree core/report/page.c '#include "report/chart/chart.h"'
"$here/includes.sh" "$place/t" || failed=1
tree core/report/chart/fan.c '#include "report/chart/svg.h"'
"$here/includes.sh" "$place/t" || failed=1
tree core/report/page/page.c '#include "report/page/page.h"'
"$here/includes.sh" "$place/t" || failed=1
refused core/cli/run.c '#include "report/page/inside.h"'
refused core/model/gap.c '#include "model/page/page.h"'
refused core/base/money.c '#include "model/plan.h"'
refused core/model/gap.c '#include "cli/cli.h"'
refused core/host/lab.c '#include "stress/stress.h"'
refused core/report/text.c '#include "host/inside.h"'
refused core/report/page.c '#include "report/chart/svg.h"'
refused core/report/chart/fan.c '#include "model/plan.h"'
refused core/report/chart/fan.c '#include "report/report.h"'
refused core/stress/test.c '#include "report/chart/chart.h"'
refused core/data/lines.c '#include "lines.h"'
refused core/host/load.c '#include "../plugins/follows.h"'
refused core/data/table.c '#include <csv.h>'
refused core/model/gap.c '#include <gsl/gsl_math.h>'
refused core/cli/main.c '  #  include <dlfcn.h>'
refused plugins/pay.c '#include "base/base.h"'
refused plugins/pay.c '#include <unistd.h>'
refused plugins/pay.c '#include <gsl/gsl_cdf.h>'
refused include/headroom/plugin.h '#include <jansson.h>'
exit "$failed"
