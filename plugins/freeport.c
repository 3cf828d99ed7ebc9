// Freeport: growth in the designated area falls short, in its ring, and the loan that it was to repay does not.  For an
// accountable body. SPDX-License-Identifier: GPL-3.0-or-later
#include "follows.h"
#include "of_plan.h"
#include "own_line.h"

static const char rules[] =
    "1. Rates growth kept in a freeport's area stands in its ring: it never pays for the General Fund's gap, and its "
    "loss is not in the gap.\n"
    "2. Of the income that the ring has in each year, the part given does not come. It finds income and funding of "
    "ring freeport, or of the lines that slot.ring names.\n"
    "3. Spending in the ring stands as planned, so the ring may come to a cost: a finding says so.\n"
    "4. A loan that the ring repays has to be repaid whatever it earns. Cover is how many times the plan's growth "
    "pays the year's repayment; what the growth that is left does not cover falls on the General Fund, on a line of "
    "its own.\n"
    "5. At a cover of 1, half of the growth leaves half of the repayment; at a cover of 2, nothing.\n";
static const char sources[] =
    "Parliamentary question 45549 and government guidance on freeport rates relief: growth above the baseline is kept "
    "for 25 years; relief on tax sites may be taken up to September 2031.\n"
    "North East Lincolnshire Council, LGA progress review, November 2023: accountable body of the Humber Freeport.\n"
    "A test of half the growth is judgement.\n";

enum { P_SHORTFALL, P_REPAYMENT, P_COVER, N_PARAMS };
enum { RING = 0, S_LINE = RING + N_OF_PLAN, S_STEP, N_SLOTS };
enum { MAX_LINES = 64 };
enum { KEPT, LEVEL = KEPT + OWN_YEARS, N_SCRATCH = LEVEL + OWN_YEARS };

static const struct hr_param params[N_PARAMS] = {
  [P_SHORTFALL] = {
    .id = "shortfall", .label = "Growth that does not come",
    .help = "Of the ring's income in the year.",
    .source = "judgement: half",
    .preset = 0.5, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_REPAYMENT] = {
    .id = "repayment", .label = "Repayment of the loan",
    .help = "What the ring is to pay towards a loan in each year.",
    .source = "the council's own business case",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1e9, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_PER_YEAR,
  },
  [P_COVER] = {
    .id = "cover", .label = "Cover",
    .help = "How many times the plan's growth pays the repayment.",
    .source = "the council's own business case; 1 is the tightest",
    .preset = 1.0, .neutral = 1.0, .min = 1.0, .max = 100.0, .grain = 0.01,
    .unit = HR_COUNT, .flags = HR_PER_YEAR,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  OF_PLAN_SLOTS("ring", "ring=freeport", "What stands in the ring."),
  [S_LINE] = OWN_LINE("freeport_loan", "Freeport loan not covered by its growth", "pressure",
                      "Where the uncovered repayment falls."),
  [S_STEP] = OWN_LINE_STEP("freeport_loan"),
};

struct freeport {
  struct own_line own;
  uint64_t income; /* of the ring's lines */
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct freeport));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

/* Rule 2.  What says no class is taken for income. */
static int is_income(const struct hr_setup *s, uint32_t k)
{
  static const char *const classes[] = { "income", "business_rates", "grant", "council_tax", "other_funding" };
  const char *class = s->text(s, RING, k, "class");
  for (size_t i = 0; class != NULL && i < sizeof classes / sizeof classes[0]; i++) {
    if (strcmp(class, classes[i]) == 0) {
      return 1;
    }
  }
  return class == NULL || class[0] == '\0';
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct freeport *freeport = self;
  if (s->count[RING] > MAX_LINES) {
    return hr_fail(err, HR_EUNSUP, -1, -1, "more than 64 lines in the ring");
  }
  freeport->income = 0;
  for (uint32_t k = 0; k < s->count[RING]; k++) {
    freeport->income |= is_income(s, k) ? UINT64_C(1) << k : 0;
  }
  freeport->own.recurs = own_line_recurs(s, S_STEP);
  return freeport->income != 0 ? HR_OK
                               : hr_fail(err, HR_SKIP, -1, -1, "the plan has no income in a ring called freeport");
}

/* Rules 2, 4 and 5. */
static void fall_short(const struct hr_batch *b, uint32_t y)
{
  const double *shortfall = hr_value(b, P_SHORTFALL, y), *repayment = hr_value(b, P_REPAYMENT, y);
  const double *cover = hr_value(b, P_COVER, y);
  double *HR_RESTRICT kept = own_row(b, KEPT + y), *HR_RESTRICT level = own_row(b, LEVEL + y);
  for (uint32_t i = 0; i < b->stride; i++) {
    kept[i] = 1.0 - shortfall[i];
    const double uncovered = 1.0 - cover[i] * kept[i];
    level[i] = uncovered > 0.0 ? repayment[i] * uncovered : 0.0;
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct freeport *freeport = self;
  if (own_line_years(b) != HR_OK) {
    return HR_EUNSUP;
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    fall_short(b, y);
  }
  for (uint32_t k = 0; k < b->slot[RING].count; k++) {
    if (has_bit(freeport->income, k)) {
      of_plan(b, RING, k, KEPT);
    }
  }
  own_line_level(b, S_LINE, S_STEP, freeport->own.recurs, LEVEL);
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.freeport",
  .name = "Freeport",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Growth in the freeport's ring falls short, and its loan falls due all the same.",
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
