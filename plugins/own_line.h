/* own_line.h: a line that a plugin brings with it; for plugins whose cost stands on no line of the plan.
 *
 * What comes once goes to its one-off amounts.  What comes again goes to its steps, which the engine carries into every
 * later year, so that it counts in the structural gap; a plugin works it out as a level, the amount in each year. Where
 * a scenario points the slot to a line that is one_off itself, which has no steps, the level is paid year by year. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PLUGINS_OWN_LINE_H
#define HEADROOM_PLUGINS_OWN_LINE_H

#include <headroom/plugin.h>
#include <stdlib.h>
#include <string.h>

enum { OWN_YEARS = 10 }; /* scratch rows of a level: a row a year */

/* The two slots of the line: one WHICH, so that they hold the same line.  A scenario points both with slot.line. */
#define OWN_LINE(which, label, class, says)                                                                  \
  {                                                                                                          \
    .id = "line", .address = "line:" which ".one_off", .help = says, .new_label = label, .new_class = class, \
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_CREATE | HR_REBIND                                         \
  }
#define OWN_LINE_STEP(which)                                                                                          \
  {                                                                                                                   \
    .id = "line_step", .address = "line:" which ".step", .help = "Goes with line.", .access = HR_ADD, .unit = HR_GBP, \
    .flags = HR_OPTIONAL                                                                                              \
  }

/* What such a plugin knows after activate. */
struct own_line {
  int recurs; /* the line has steps */
};

static inline int32_t own_line_create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct own_line));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

/* Does the line that the slot of steps holds recur? */
static inline int own_line_recurs(const struct hr_setup *s, uint32_t step)
{
  const char *word = s->count[step] > 0 ? s->text(s, step, 0, "recurrence") : "one_off";
  return word == NULL || strcmp(word, "one_off") != 0;
}

static inline double *own_row(const struct hr_batch *b, uint32_t row)
{
  return b->scratch + (uint64_t)row * b->stride;
}

/* Writes the level that scratch rows from `first` hold, a row a year. */
static inline void own_line_level(const struct hr_batch *b, uint32_t one_off, uint32_t step, int recurs, uint32_t first)
{
  for (uint32_t y = 0; y < b->n_years; y++) {
    const double *now = own_row(b, first + y);
    double *HR_RESTRICT out = hr_out(b, recurs ? step : one_off, 0, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      out[i] += now[i];
    }
    for (uint32_t i = 0; i < b->stride && recurs && y > 0; i++) {
      out[i] -= own_row(b, first + y - 1)[i];
    }
  }
}

/* Rows of a level are a row a year. */
static inline int32_t own_line_years(const struct hr_batch *b)
{
  return b->n_years <= OWN_YEARS ? HR_OK : hr_fail(b->err, HR_EUNSUP, -1, -1, "more than 10 years");
}

/* What a project costs in a year: an amount of that year, and a part of the plan's net budget in one year counted from
 * 1. */
static inline void own_line_sum(const struct hr_batch *b, uint32_t amount, uint32_t part, uint32_t year,
                                uint32_t budget, uint32_t y, double *HR_RESTRICT sum)
{
  const double *amounts = hr_value(b, amount, y), *parts = hr_value(b, part, y), *years = hr_value(b, year, y);
  const double *net = hr_in(b, budget, 0, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    sum[i] = amounts[i] + (years[i] == y + 1.0 ? parts[i] * net[i] : 0.0);
  }
}

#endif
