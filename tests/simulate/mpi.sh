#!/usr/bin/env bash
# mpi.sh HEADROOM MPIRUN DATASETS: a simulation is the same by itself and on 1, 2 and 4 processes; what fails on all of them
# is said once, and without a module or MPI's say-so nothing hangs.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
headroom=$1 mpirun=$2 datasets=$3
if [[ $mpirun == none ]]; then
  echo 'skipped: MPI is not installed'
  exit 77
fi
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_btl_vader_single_copy_mechanism=none OMPI_MCA_hwloc_base_binding_policy=none

on()
{
  local ranks=$1
  shift
  timeout 120 "$mpirun" -n "$ranks" "$headroom" simulate --mpi --threads 1 "$@" < /dev/null
}

give_up()
{
  printf '%s\n' "$*" >&2
  exit 1
}

# 20,011 futures are no whole number of blocks; the second run goes round several times.
for how in "--draws 20011 --csv" "--until se<0.5% --csv"; do
  # shellcheck disable=SC2086
  "$headroom" simulate --threads 2 $how "$datasets/saltmere" "$datasets/north-east-lincolnshire" > "$place/alone"
  for ranks in 1 2 4; do
    # shellcheck disable=SC2086
    on "$ranks" $how "$datasets/saltmere" "$datasets/north-east-lincolnshire" > "$place/together"
    cmp "$place/alone" "$place/together" || give_up "$ranks processes find something else: $how"
  done
done

if on 2 "$place/nowhere" > "$place/out" 2> "$place/err"; then
  give_up "a folder that is not there was simulated"
fi
[[ ! -s $place/out && $(grep -c '^headroom:' "$place/err") -eq 1 ]] || give_up "what is wrong is not said once: $(< "$place/err")"

mkdir -p "$place/bin"
cp "$headroom" "$place/bin/headroom"
if "$place/bin/headroom" simulate --mpi "$datasets/saltmere" > "$place/out" 2> "$place/err"; then
  give_up "MPI without its module"
fi
grep -q 'headroom: --mpi: this Headroom was built without headroom_mpi.so' "$place/err" || give_up "$(< "$place/err")"
