/* of_plan.h: a line held at a part of what the plan has for it, year by year; for plugins that say "5% less of it".
 *
 * A recurring line moves through its rate and its steps together and a one-off line through its amounts, so that the
 * result is the plan's figure times the factor whatever the form of the line.  A line that has fallen to nil has
 * nothing left to grow from and does not come back. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PLUGINS_OF_PLAN_H
#define HEADROOM_PLUGINS_OF_PLAN_H

#include <headroom/plugin.h>
#include <string.h>

/* Three slots in a row that hold the same lines. */
enum { OF_RATE, OF_STEP, OF_ONE_OFF, N_OF_PLAN };

#define OF_PLAN_SLOT(name, where, says, how, what)                                                            \
  {                                                                                                           \
    .id = name, .address = where, .help = says, .access = how, .unit = what, .flags = HR_OPTIONAL | HR_REBIND \
  }
#define OF_PLAN_SLOTS(name, which, says)                                                          \
  OF_PLAN_SLOT(name, "line:" which ".rate", says, HR_ADD, HR_PERCENT),                            \
      OF_PLAN_SLOT(name "_step", "line:" which ".step", "Goes with " name ".", HR_SCALE, HR_GBP), \
      OF_PLAN_SLOT(name "_one_off", "line:" which ".one_off", "Goes with " name ".", HR_SCALE, HR_GBP)

/* factor: scratch rows, a row a year, none below nil. */
static inline void of_plan(const struct hr_batch *b, uint32_t slot, uint32_t k, uint32_t factor)
{
  for (uint32_t y = 0; y < b->n_years; y++) {
    const double *now = b->scratch + (uint64_t)(factor + y) * b->stride;
    const double *before = y > 0 ? now - b->stride : NULL;
    double *HR_RESTRICT rate = hr_out(b, slot + OF_RATE, k, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      const double from = before != NULL ? before[i] : 1.0;
      rate[i] = from == 0.0 ? 0.0 : now[i] / from - 1.0;
    }
    memcpy(hr_out(b, slot + OF_STEP, k, y), now, b->stride * sizeof *now);
    memcpy(hr_out(b, slot + OF_ONE_OFF, k, y), now, b->stride * sizeof *now);
  }
}

/* Is the line outside the gap? */
static inline int in_ring(const struct hr_setup *s, uint32_t slot, uint32_t k)
{
  const char *ring = s->text(s, slot, k, "ring");
  return ring != NULL && ring[0] != '\0';
}

#endif
