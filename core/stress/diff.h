/* diff.h: two plans of one council: what align.c, groups.c, mix.c and diff.c share; inside core/stress only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_DIFF_H
#define HEADROOM_DIFF_H

#include "stress/stress.h"

/* ---- groups of inputs: groups.c ------------------------------------------------------------------------ */

/* name, label, label of the few that it joins when there are too many, number of those few */
#define GROUP_MAP(X)                                                         \
  X(GROUP_DRIVERS, "Drivers", "Drivers", 0)                                  \
  X(GROUP_PAY, "Pay", "Pay", 1)                                              \
  X(GROUP_CARE, "Care", "Care and demand", 2)                                \
  X(GROUP_DEMAND, "Demand", "Care and demand", 2)                            \
  X(GROUP_CONTRACT, "Contracts", "Other lines of cost", 3)                   \
  X(GROUP_OTHER, "Other costs", "Other lines of cost", 3)                    \
  X(GROUP_LEVY, "Levies", "Other lines of cost", 3)                          \
  X(GROUP_FINANCING, "MRP and interest", "Other lines of cost", 3)           \
  X(GROUP_CONTINGENCY, "Contingency", "Other lines of cost", 3)              \
  X(GROUP_PRESSURE, "Pressures", "Other lines of cost", 3)                   \
  X(GROUP_INCOME, "Income", "Income", 4)                                     \
  X(GROUP_COUNCIL_TAX, "Council tax", "Council tax", 5)                      \
  X(GROUP_BUSINESS_RATES, "Business rates", "Business rates", 6)             \
  X(GROUP_GRANTS, "Grants and other funding", "Grants and other funding", 7) \
  X(GROUP_SAVINGS, "Savings", "Savings", 8)                                  \
  X(GROUP_OPENING, "Reserves: opening balances", "Reserves", 9)              \
  X(GROUP_PLANNED, "Reserves: planned movements", "Reserves", 9)             \
  X(GROUP_POLICY, "Reserves: minimum, floors, order", "Reserves", 9)         \
  X(GROUP_CAPITAL, "Capital and treasury", "Capital and treasury", 10)       \
  X(GROUP_REST, "The rest: high needs", "The rest: high needs", 11)

enum group {
#define GROUP_NAME(name, label, few, number) name,
  GROUP_MAP(GROUP_NAME)
#undef GROUP_NAME
      N_GROUPS
};
struct group_kind {
  const char *label, *few;
  int number;
};
extern const struct group_kind group_kinds[N_GROUPS];
static inline bool group_is_line(enum group group)
{
  return group >= GROUP_PAY && group <= GROUP_GRANTS;
}

/* A line belongs to the class that the new plan gives it; to its own where the new plan has it no more. */
enum group group_of_line(const struct plan *plan, int line, const struct plan *new);
enum group group_of_term(enum term_id);
/* The General Fund is the General Fund, whatever its id. */
int reserve_like(const struct plan *, const struct plan *of, int reserve); /* index in the first plan, or -1 */

/* What differs within one group, in words: "changed E01, E02; new E20; gone E07".  NULL: nothing does. */
struct group_change {
  const char *words[N_GROUPS];
};
enum status groups_compare(const struct plan *old, const struct plan *new, struct arena *,
                           struct group_change *out) MUST_CHECK;

/* ---- two plans on the same years: align.c -------------------------------------------------------------- */

/* The plan as it stands `skip` years on, for n_years: what those years made of it is where it begins. */
enum status plan_from_year(const struct plan *, const struct result *, int skip, int n_years, struct arena *,
                           struct plan *out) MUST_CHECK;

/* ---- a plan that takes some groups from one and the rest from the other: mix.c ------------------------- */

/* Two plans, at two addresses.  Bit g of `groups`: group g has the new rows.  Projected, in pence.  STATUS_INTERNAL:
 * the lines are shares of each other in a circle. */
enum status plan_mix(const struct plan *old, const struct plan *new, uint32_t groups, struct summary *out) MUST_CHECK;

#endif
