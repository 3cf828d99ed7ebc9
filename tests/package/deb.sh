#!/usr/bin/env bash
# deb.sh BUILD: makes the Debian packages, looks at what they hold, and runs the program from them, unpacked.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/package/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
build=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cpack --config "$build/CPackConfig.cmake" -B "$place/packages" > "$place/cpack.log" 2>&1 ||
  { cat "$place/cpack.log" >&2; wrong 'cpack fails'; }
cd "$place"

app=$(find packages -maxdepth 1 -name 'headroom_*.deb')
dev=$(find packages -maxdepth 1 -name 'headroom-dev_*.deb')
[[ -f $app && -f $dev ]] || wrong "packages: $(ls packages)"

field()
{
  dpkg-deb -f "$1" "$2"
}

# What grep -q reads from is a file: a pipe that it closed early would fail its writer.
holds()
{
  dpkg-deb -c "$1" | awk '{ print $6 }' > contents
  grep -q "$2" contents || wrong "$1 has no $2"
}

[[ $(field "$app" Package) == headroom && $(field "$dev" Package) == headroom-dev ]] || wrong 'other names'
version=$(field "$app" Version)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+-[0-9]+$ ]] || wrong "version $version"
for library in libcsv libgsl libjansson libmd libxlsxwriter libc6; do
  [[ $(field "$app" Depends) == *"$library"* ]] || wrong "does not depend on $library"
done
[[ $(field "$app" Suggests) == chromium ]] || wrong 'does not suggest what prints a report'
[[ $(field "$dev" Recommends) == "headroom (= $version)" ]] || wrong 'headroom-dev asks for another version'
[[ $(field "$app" Description) == 'financial resilience calculator'* ]] || wrong 'the synopsis is missing'
[[ $(field "$app" Description | wc -l) -gt 2 ]] || wrong 'the description is missing'

holds "$app" '^\./usr/bin/headroom$'
holds "$app" '/headroom/plugins-1/pay_award\.so$'
holds "$app" '^\./usr/share/man/man1/headroom\.1\.gz$'
holds "$app" '^\./usr/share/doc/headroom/copyright$'
holds "$app" '^\./usr/share/doc/headroom/changelog\.Debian\.gz$'
holds "$app" '^\./usr/share/headroom/datasets/north-east-lincolnshire/council\.csv$'
holds "$dev" '^\./usr/include/headroom/plugin\.h$'
holds "$dev" '/pkgconfig/headroom\.pc$'
holds "$dev" '/cmake/Headroom/HeadroomConfig\.cmake$'
dpkg-deb -c "$dev" > contents
! grep -q '\.so$' contents || wrong 'headroom-dev holds a shared object'

dpkg-deb -x "$app" unpacked
readelf -S unpacked/usr/bin/headroom > sections
! grep -q '\.symtab' sections || wrong 'the program is not stripped'
unpacked/usr/bin/headroom plugin list --safe --csv > list.out
grep -q '^pay_award,.*,ok,' list.out || wrong 'the packaged program has no plugins'
unpacked/usr/bin/headroom run unpacked/usr/share/headroom/datasets/saltmere --safe -s cyber > run.out
