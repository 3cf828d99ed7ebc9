/* bench.h: what the benches share. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_BENCH_H
#define HEADROOM_BENCH_H

/* The drivers of the worked example, a rate a year. */
struct saltmere {
  double pay[5], cpi[5], fee[5], demand[5], placement[5], transport[5], price[5], volume[5], levy[5], base[5], rates[5];
};

/* Unfunded gap over the five years, in pounds: 11,448,956 on the plan's own rates. */
double saltmere_bare(const struct saltmere *);

#endif
