#!/usr/bin/env bash
# run.sh HEADROOM DATASETS BUILD SUITE...: what the members' page must hold in a browser, and the workbook in a second engine.  Skipped
# (77), with the reason, where node, npm, Chromium or the network for `npm ci` is missing.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
headroom=$1 datasets=$2 place=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

skip()
{
  printf 'SKIPPED: %s\n' "$*"
  exit 77
}

for program in node npm; do
  command -v "$program" > /dev/null || skip "there is no $program here (Debian: nodejs npm)"
done
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
  skip 'there is no Chromium here (Debian: chromium)'

# Installed once for each lock, beside the build and never in the tree.
mkdir -p "$place"
exec 9> "$place/lock"
flock 9
if ! cmp -s "$here/package-lock.json" "$place/installed.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$place/"
  (cd "$place" && npm ci --ignore-scripts --no-audit --no-fund > npm.log 2>&1 < /dev/null) ||
    skip "npm ci fails, as without a network: $(tail -n 1 "$place/npm.log")"
  cp "$here/package-lock.json" "$place/installed.json"
fi
flock -u 9

export HEADROOM=$headroom DATASETS=$datasets PLACE=$place CHROMIUM=$chromium
for suite in "${@:4}"; do
  node "$here/$suite.mjs"
done
