/* bench.h: what the benches share. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_BENCH_H
#define HEADROOM_BENCH_H

enum { ROUNDS = 7 };

double seconds(void);
double median(double values[ROUNDS]); /* sorts them */
int fail(const char *what);           /* says so; 1 */

/* The drivers of the worked example, a rate a year. */
struct saltmere {
  double pay[5], cpi[5], fee[5], demand[5], placement[5], transport[5], price[5], volume[5], levy[5], base[5], rates[5];
};

/* Unfunded gap over the five years, in pounds: 11,448,956 on the plan's own rates. */
double saltmere_bare(const struct saltmere *);

/* The whole battery of stresses against as many projections as it takes. */
int bench_stress(const char *folder, const char *plugins, int n_packs, char **packs);

/* A whole simulation against its draws alone. */
int bench_draws(const char *folder);

#endif
