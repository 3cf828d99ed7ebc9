// Care demand: more adults and children, and dearer places, each apart.  For anyone who tests social care.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "follows.h"
#include "of_plan.h"
#include <stdlib.h>

static const char rules[] =
    "1. Numbers and unit cost move apart: fewer children at a dearer price can still cost more.\n"
    "2. Adults by driver: points are added to each driver of class demand (numbers) and of class care (fees). The "
    "lines are recomputed, so the extra compounds. Where other demand (homelessness, SEND) has drivers of that class, "
    "slot.adult_demand names the one that is meant. A driver that follows another of its class is moved by it, and not "
    "a second time.\n"
    "3. Adults by count: on lines tagged adults (numbers times unit cost), the same growth compounds year by year.\n"
    "4. Children's lines are those tagged children; where none is, every line of class care that is given as "
    "numbers times unit cost and is not tagged adults. One tagged children that is not counted is held at the part "
    "given more and the growth in cost together, of the plan's figure in each year; a count cannot move it.\n"
    "5. Children are more by a count, by a part of the plan's own number, or both, each in its own year. A count is "
    "shared over the lines in proportion to the plan's numbers, evenly where the plan has none.\n"
    "6. The cost of a child's place grows faster by the per cent given, year on year, and stays.\n"
    "7. Placement mix: that part of the plan's children on lines tagged fostering moves to the first line tagged "
    "residential, in the year; nobody is added.\n";
static const char sources[] =
    "LGA, Spending Review 2025: adult and children's cost pressure of 29.8% over four years, 6.7% a year all in.\n"
    "DfE, Children looked after in England 2025: 81,770 children, down 2%; rate 67 per 10,000, range 27 to 184.\n"
    "NAO, Managing children's residential care, September 2025: a place averaged £318,400 in 2023-24.\n"
    "Parliamentary question 49075 (2016): about £600 a week fostered, £3,000 residential; far wider now.\n"
    "Tests of 1 point on adult numbers and 5% and 10% on children's numbers are judgement.\n";

enum { P_ADULT_NUMBERS, P_ADULT_COST, P_CHILDREN, P_CHILDREN_PERCENT, P_CHILDREN_COST, P_MIX, N_PARAMS };
enum {
  S_ADULT_DEMAND,
  S_ADULT_FEES,
  S_ADULTS,
  S_ADULTS_COST,
  S_CHILDREN,
  S_CHILDREN_COST,
  S_CARE,
  S_CARE_COST,
  S_FOSTERING,
  S_RESIDENTIAL,
  S_LINES,
  N_SLOTS = S_LINES + N_OF_PLAN
};
enum { MAX_YEARS = 10 };
enum { GROWN, TOTAL, FACTOR, N_SCRATCH = FACTOR + MAX_YEARS };

static const struct hr_param params[N_PARAMS] = {
  [P_ADULT_NUMBERS] = {
    .id = "adult_numbers", .label = "Extra growth in adults in care",
    .help = "On top of the plan's growth in the number of adults, in each year given.",
    .source = "LGA, Spending Review 2025; test by judgement",
    .preset = 0.01, .neutral = 0.0, .min = -0.10, .max = 0.25, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_ADULT_COST] = {
    .id = "adult_cost", .label = "Extra growth in the cost of each adult",
    .help = "On top of the plan's growth in care fees, in each year given.",
    .source = "LGA, Spending Review 2025; test by judgement",
    .preset = 0.0, .neutral = 0.0, .min = -0.10, .max = 0.25, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_CHILDREN] = {
    .id = "children", .label = "More children looked after",
    .help = "How many more than the plan has in that year.",
    .source = "the council's own placements",
    .preset = 0.0, .neutral = 0.0, .min = -5000.0, .max = 5000.0, .grain = 0.01,
    .unit = HR_COUNT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_CHILDREN_PERCENT] = {
    .id = "children_percent", .label = "More children looked after, as a part",
    .help = "Of the number that the plan has in that year.",
    .source = "DfE 2025; tests of 5% and 10% are judgement",
    .preset = 0.05, .neutral = 0.0, .min = -0.5, .max = 2.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_CHILDREN_COST] = {
    .id = "children_cost", .label = "Extra growth in the cost of a child's place",
    .help = "On top of the plan's growth, year on year.",
    .source = "NAO, September 2025; test by judgement",
    .preset = 0.0, .neutral = 0.0, .min = -0.2, .max = 0.5, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_MIX] = {
    .id = "mix", .label = "Fostered children who go to residential care",
    .help = "Part of the plan's fostered children in that year. Needs a line tagged fostering and one tagged "
            "residential.",
    .source = "Parliamentary question 49075; NAO, September 2025",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
};

#define OPTIONAL_SLOT(slot_id, where, says, how, what)                                                           \
  {                                                                                                              \
    .id = slot_id, .address = where, .help = says, .access = how, .unit = what, .flags = HR_OPTIONAL | HR_REBIND \
  }

static const struct hr_slot slots[N_SLOTS] = {
  [S_ADULT_DEMAND] =
      OPTIONAL_SLOT("adult_demand", "driver:class=demand.value", "Growth in numbers.", HR_ADD, HR_PERCENT),
  [S_ADULT_FEES] = OPTIONAL_SLOT("adult_fees", "driver:class=care.value", "Growth in care fees.", HR_ADD, HR_PERCENT),
  [S_ADULTS] = OPTIONAL_SLOT("adults", "line:tag=adults.number", "Adults, counted.", HR_SCALE, HR_COUNT),
  [S_ADULTS_COST] = OPTIONAL_SLOT("adults_cost", "line:tag=adults.unit_cost", "Cost of each.", HR_SCALE, HR_GBP),
  [S_CHILDREN] = OPTIONAL_SLOT("children", "line:tag=children.number", "Children, counted.", HR_ADD, HR_COUNT),
  [S_CHILDREN_COST] =
      OPTIONAL_SLOT("children_cost", "line:tag=children.unit_cost", "Cost of a place.", HR_SCALE, HR_GBP),
  [S_CARE] =
      OPTIONAL_SLOT("care", "line:class=care.number", "Used where no line is tagged children.", HR_ADD, HR_COUNT),
  [S_CARE_COST] = OPTIONAL_SLOT("care_cost", "line:class=care.unit_cost", "Used where no line is tagged children.",
                                HR_SCALE, HR_GBP),
  [S_FOSTERING] = OPTIONAL_SLOT("fostering", "line:tag=fostering.number", "Fostered children.", HR_ADD, HR_COUNT),
  [S_RESIDENTIAL] =
      OPTIONAL_SLOT("residential", "line:tag=residential.number", "Children in residential care.", HR_ADD, HR_COUNT),
  OF_PLAN_SLOTS("children_lines", "tag=children", "Children, not counted."),
};

struct care_demand {
  uint64_t demand_followers, fee_followers;
  uint64_t adults;                   /* care lines that rule 4 must not take for children's */
  unsigned char counted[MOST_LINES]; /* of slot children_lines */
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct care_demand));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct care_demand *care = self;
  uint32_t bound = 0;
  for (uint32_t slot = 0; slot < N_SLOTS; slot++) {
    bound += s->count[slot];
  }
  if (bound == 0) {
    return hr_fail(
        err, HR_SKIP, -1, -1,
        "the plan has no driver of class demand or care, no line tagged adults or children, and no care line "
        "given as numbers times unit cost");
  }
  care->demand_followers = followers(s, S_ADULT_DEMAND);
  care->fee_followers = followers(s, S_ADULT_FEES);
  care->adults = found_in(s, S_CARE, "id", S_ADULTS);
  for (uint32_t k = 0; k < s->count[S_LINES] && k < MOST_LINES; k++) {
    const char *form = s->text(s, S_LINES, k, "form");
    care->counted[k] = form != NULL && strcmp(form, "units") == 0;
  }
  return HR_OK;
}

static double *scratch(const struct hr_batch *b, uint32_t row)
{
  return b->scratch + (uint64_t)row * b->stride;
}

/* Rule 2. */
static void add_points(const struct hr_batch *b, uint32_t slot, uint32_t param, uint64_t skip)
{
  for (uint32_t k = 0; k < b->slot[slot].count; k++) {
    for (uint32_t y = 0; y < b->n_years && !has_bit(skip, k); y++) {
      const double *points = hr_value(b, param, y);
      double *HR_RESTRICT rate = hr_out(b, slot, k, y);
      for (uint32_t i = 0; i < b->stride; i++) {
        rate[i] = points[i];
      }
    }
  }
}

/* Rules 3 and 6: an input that acts in its year only is made to grow. */
static void compound(const struct hr_batch *b, uint32_t slot, uint32_t param, uint64_t skip)
{
  double *HR_RESTRICT grown = scratch(b, GROWN);
  for (uint32_t i = 0; i < b->stride; i++) {
    grown[i] = 1.0;
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    const double *growth = hr_value(b, param, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      grown[i] *= 1.0 + growth[i];
    }
    for (uint32_t k = 0; k < b->slot[slot].count; k++) {
      if (!has_bit(skip, k)) {
        memcpy(hr_out(b, slot, k, y), grown, b->stride * sizeof *grown);
      }
    }
  }
}

/* How many the plan has on all the lines together, and on how many lines. */
static uint32_t count_children(const struct hr_batch *b, uint32_t slot, uint32_t y, uint64_t skip)
{
  double *HR_RESTRICT total = scratch(b, TOTAL);
  uint32_t lines = 0;
  memset(total, 0, b->stride * sizeof *total);
  for (uint32_t k = 0; k < b->slot[slot].count; k++) {
    const double *number = hr_in(b, slot, k, y);
    for (uint32_t i = 0; i < b->stride && !has_bit(skip, k); i++) {
      total[i] += number[i];
    }
    lines += !has_bit(skip, k);
  }
  return lines;
}

/* Rule 5. */
static void add_children(const struct hr_batch *b, uint32_t slot, uint64_t skip)
{
  for (uint32_t y = 0; y < b->n_years; y++) {
    const double *more = hr_value(b, P_CHILDREN, y), *part = hr_value(b, P_CHILDREN_PERCENT, y);
    const double evenly = 1.0 / count_children(b, slot, y, skip);
    const double *total = scratch(b, TOTAL);
    for (uint32_t k = 0; k < b->slot[slot].count; k++) {
      const double *number = hr_in(b, slot, k, y);
      double *HR_RESTRICT change = hr_out(b, slot, k, y);
      for (uint32_t i = 0; i < b->stride && !has_bit(skip, k); i++) {
        const double share = total[i] > 0.0 ? number[i] / total[i] : evenly;
        change[i] = 0.0 + more[i] * share + part[i] * number[i]; /* from +0, as no change is +0 and never -0 */
      }
    }
  }
}

/* Rule 7.  On top of rule 5, as a line may be tagged both ways: each slot has rows of its own. */
static void move_children(const struct hr_batch *b)
{
  for (uint32_t y = 0; y < b->n_years; y++) {
    const double *mix = hr_value(b, P_MIX, y);
    double *HR_RESTRICT arrive = hr_out(b, S_RESIDENTIAL, 0, y);
    for (uint32_t k = 0; k < b->slot[S_FOSTERING].count; k++) {
      const double *fostered = hr_in(b, S_FOSTERING, k, y);
      double *HR_RESTRICT leave = hr_out(b, S_FOSTERING, k, y);
      for (uint32_t i = 0; i < b->stride; i++) {
        leave[i] = 0.0 - mix[i] * fostered[i];
        arrive[i] += mix[i] * fostered[i];
      }
    }
  }
}

/* Rule 4, of lines that are not counted. */
static void move_lines(const struct hr_batch *b, const struct care_demand *care)
{
  double *HR_RESTRICT grown = scratch(b, GROWN);
  for (uint32_t i = 0; i < b->stride; i++) {
    grown[i] = 1.0;
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    const double *part = hr_value(b, P_CHILDREN_PERCENT, y), *cost = hr_value(b, P_CHILDREN_COST, y);
    double *HR_RESTRICT factor = scratch(b, FACTOR + y);
    for (uint32_t i = 0; i < b->stride; i++) {
      grown[i] *= 1.0 + cost[i];
      factor[i] = grown[i] * (1.0 + part[i]);
    }
  }
  for (uint32_t k = 0; k < b->slot[S_LINES].count && k < MOST_LINES; k++) {
    if (!care->counted[k]) {
      of_plan(b, S_LINES, k, FACTOR);
    }
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct care_demand *care = self;
  if (b->n_years > MAX_YEARS) {
    return hr_fail(b->err, HR_EUNSUP, -1, -1, "more than 10 years");
  }
  const int tagged = b->slot[S_CHILDREN].count + b->slot[S_CHILDREN_COST].count > 0; /* Rule 4 */
  add_points(b, S_ADULT_DEMAND, P_ADULT_NUMBERS, care->demand_followers);
  add_points(b, S_ADULT_FEES, P_ADULT_COST, care->fee_followers);
  const uint64_t skip = tagged ? 0 : care->adults;
  compound(b, S_ADULTS, P_ADULT_NUMBERS, 0);
  compound(b, S_ADULTS_COST, P_ADULT_COST, 0);
  add_children(b, tagged ? S_CHILDREN : S_CARE, skip);
  compound(b, tagged ? S_CHILDREN_COST : S_CARE_COST, P_CHILDREN_COST, skip);
  if (b->slot[S_RESIDENTIAL].count > 0) {
    move_children(b);
  }
  move_lines(b, care);
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.care-demand",
  .name = "Care demand",
  .version = "1.1.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "More adults and children in care, and dearer places, each apart.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .n_scratch = N_SCRATCH,
  .create = create,
  .activate = activate,
  .apply = apply,
  .destroy = free,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
