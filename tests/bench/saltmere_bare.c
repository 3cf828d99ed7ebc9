/* saltmere_bare.c: the worked example as one bare C function, to hold the engine's speed against.  Drivers are
 * arguments, so that nothing is known to the compiler; it rounds where the engine rounds. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"

#include "base/base.h"

static double rise(double amount, double rate)
{
  return round_units(amount * (1.0 + rate));
}

static double positive(double x)
{
  return x > 0.0 ? x : 0.0;
}

static double least(double a, double b)
{
  return a < b ? a : b;
}

/* Takes from a reserve what it has above the lowest. */
static void draw(double *reserve, double lowest, double *need)
{
  const double out = least(*need, positive(round_hundredths(*reserve - lowest)));
  *reserve = round_hundredths(*reserve - out);
  *need = round_hundredths(*need - out);
}

double saltmere_bare(const struct saltmere *s)
{
  static const double pension[5] = { -1400000, 0, 0, 0, 0 }, ta[5] = { 300000, 300000, 250000, 200000, 200000 };
  static const double mrp[5] = { 8300000, 8800000, 9300000, 9600000, 9800000 },
                      interest[5] = { 7400000, 7900000, 8200000, 8400000, 8500000 };
  static const double steps[5] = { 2300000, 1200000, 1000000, 800000, 800000 }, once[5] = { 0, 800000, 0, 0, 0 };
  static const double lac[5] = { 396, 392, 392, 392, 392 }, pupils[5] = { 690, 735, 775, 805, 830 };
  static const double fund[5] = { 600000, -400000, 0, 0, 0 },
                      rsg[5] = { 26500000, 26900000, 27300000, 27600000, 27900000 };
  static const double grants[5] = { 38600000, 39200000, 39600000, 39600000, 39600000 },
                      epr[5] = { 3100000, 2900000, 2700000, 2700000, 2700000 };
  static const double phase[5][5] = { { 600000, 1200000, 1200000, 1200000, 1200000 },
                                      { 960000, 1920000, 2400000, 2400000, 2400000 },
                                      { 0, 450000, 900000, 900000, 900000 },
                                      { 1500000, 0, 0, 0, 0 },
                                      { 0, 700000, 700000, 700000, 700000 } };
  static const double delivery[5] = { 0.95, 0.75, 0.75, 1.0, 0.40 };
  double pay = 86000000, contracts = 40000000, asc = 64000000, placement = 72500, transport = 9500, homeless = 2500000,
         fees = -26000000;
  double levies = 9000000, pressure = 0, band_d = 1845, equivalents = 56000, ndr = 90000000, brb = 43000000,
         bfl = 52000000;
  double r1 = 12000000, r2 = 6000000, gf = 13000000, unfunded = 0;
  for (int y = 0; y < 5; y++) {
    pay = rise(pay, s->pay[y]) + pension[y];
    contracts = rise(contracts, s->cpi[y]);
    asc = round_units(asc * ((1.0 + s->fee[y]) * (1.0 + s->demand[y])));
    placement = round_hundredths(placement * (1.0 + s->placement[y]));
    transport = round_hundredths(transport * (1.0 + s->transport[y]));
    fees = round_units(fees * ((1.0 + s->price[y]) * (1.0 + s->volume[y])));
    levies = rise(levies, s->levy[y]);
    homeless += ta[y];
    pressure += steps[y];
    const double vacancy = -round_units(0.05 * pay);
    const double n = pay + vacancy + contracts + asc + round_units(lac[y] * placement) +
                     round_units(pupils[y] * transport) + homeless + fees + levies + mrp[y] + interest[y] + 3000000 +
                     pressure + once[y];
    band_d = round_hundredths(band_d + round_hundredths(band_d * 0.0299) + round_hundredths(band_d * 0.02));
    equivalents = round_hundredths(equivalents * (1.0 + s->base[y]));
    const double tax = round_units(band_d * round_hundredths(equivalents * 0.98));
    if (y > 0) {
      ndr = rise(ndr, s->rates[y]);
      brb = rise(brb, s->cpi[y]);
      bfl = rise(bfl, s->cpi[y]);
    }
    const double kept = round_units(ndr * 0.49) + (bfl - brb);
    const double f = tax + kept + positive(round_units(0.925 * bfl) - kept) + fund[y] + rsg[y] + grants[y] + epr[y];
    double saved = 0;
    for (int i = 0; i < 5; i++) {
      saved += round_units(phase[i][y] * delivery[i]);
    }
    const double gap = round_hundredths(n - f - saved), minimum = round_units(0.05 * (n - saved));
    double need = positive(gap);
    draw(&r1, 0, &need);
    draw(&r2, 0, &need);
    draw(&gf, minimum, &need);
    draw(&gf, 0, &need);
    unfunded += need;
  }
  return unfunded;
}
