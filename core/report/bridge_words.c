/* bridge_words.c: a bridge in sentences: how much more, mostly why, and what each part does to the dates. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/bridge_words.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { MOST_NAMED = 3 };

void bridge_step(struct text *out, const struct bridge_report *r, int part)
{
  const enum part_kind kind = r->bridge->kind[part];
  text_printf(out, "%s%s%s", kind == PART_REMOVED ? "without " : "", r->bridge->part[part],
              kind == PART_CHANGED && r->diff == NULL ? ", changed" : "");
}

void bridge_step_left_out(struct text *out, const struct bridge_report *r, int part)
{
  const enum part_kind kind = r->bridge->kind[part];
  text_printf(out, "%s%s%s",
              kind == PART_ADDED     ? "without "
              : kind == PART_REMOVED ? "with "
                                     : "",
              r->bridge->part[part],
              kind == PART_ADDED     ? ""
              : kind == PART_REMOVED ? " still in"
                                     : " as before");
}

static void put_signed(struct text *out, pence value)
{
  text_add(out, value > 0 ? "+" : "");
  text_money_short(out, value);
}

static pence size_of(pence value)
{
  return value < 0 ? -value : value;
}

/* The parts that do most, in falling order. */
static void put_most(struct text *out, const struct bridge_report *r, enum measure measure)
{
  bool named[MOST_PARTS] = { false };
  for (int n = 0; n < MOST_NAMED; n++) {
    int most = -1;
    for (int i = 0; i < r->bridge->n_parts; i++) {
      const pence share = r->bridge->share[i][measure][r->year];
      if (!named[i] && share != 0 && (most < 0 || size_of(share) > size_of(r->bridge->share[most][measure][r->year]))) {
        most = i;
      }
    }
    if (most < 0) {
      break;
    }
    named[most] = true;
    text_add(out, n == 0 ? "  The largest parts: " : ", ");
    bridge_step(out, r, most);
    text_add(out, " ");
    put_signed(out, r->bridge->share[most][measure][r->year]);
  }
  text_add(out, ".");
}

void bridge_sentence(struct text *out, const struct bridge_report *r, enum measure measure, const char *what,
                     const char *when)
{
  const pence from = r->bridge->from.measure[measure][r->year], to = r->bridge->to.measure[measure][r->year];
  char year[8];
  text_printf(out, "%s %s %s ", when, plan_year_label(r->plan, r->year, year), what);
  if (from == to) {
    text_add(out, "the same, ");
    text_money_short(out, to);
    text_add(out, ".");
    return;
  }
  text_money_short(out, size_of(to - from));
  text_printf(out, " %s: ", to > from ? "more" : "less");
  text_money_short(out, to);
  text_printf(out, " with '%s', ", r->to);
  text_money_short(out, from);
  text_printf(out, " with '%s'.", r->from);
  put_most(out, r, measure);
}

/* ---- dates --------------------------------------------------------------------------------------------- */

static const struct {
  const char *does, *would, *would_not;
} clauses[N_DATES] = {
  [DATE_BELOW_MINIMUM] = { "the General Fund falls below the council's own minimum",
                           "the General Fund would fall below the council's own minimum",
                           "the General Fund would not fall below the council's own minimum" },
  [DATE_USABLE_EXHAUSTED] = { "usable revenue reserves are exhausted", "usable revenue reserves would be exhausted",
                              "usable revenue reserves would not be exhausted" },
  [DATE_FIRST_UNFUNDED] = { "the first unfunded gap comes", "the first unfunded gap would come",
                            "no gap would be left unfunded" },
  [DATE_EXPOSED_TO_DSG] = { "usable reserves fall below the DSG deficit",
                            "usable reserves would fall below the DSG deficit",
                            "usable reserves would not fall below the DSG deficit" },
};

static void put_when(struct text *out, const struct plan *plan, int32_t date)
{
  char year[8], last[8];
  if (date >= 0) {
    text_printf(out, "in %s", plan_year_label(plan, date, year));
  } else {
    text_printf(out, "not by %s", plan_year_label(plan, plan->n_years - 1, last));
  }
}

static void put_move(struct text *out, const struct bridge_report *r, int d)
{
  const int32_t from = r->bridge->from.date[d], to = r->bridge->to.date[d];
  if (from == to || from == DATE_UNKNOWN || to == DATE_UNKNOWN) {
    return;
  }
  text_printf(out, "With '%s' %s ", to >= 0 ? r->to : r->from, clauses[d].does);
  put_when(out, r->plan, to >= 0 ? to : from);
  text_printf(out, ", with '%s' ", to >= 0 ? r->from : r->to);
  put_when(out, r->plan, to >= 0 ? from : to);
  text_add(out, ".  ");
}

/* "Without pay_award the General Fund would fall below the council's own minimum in 2029/30 and not 2028/29." */
static void put_without(struct text *out, const struct bridge_report *r, int part, int d)
{
  const int32_t without = r->bridge->date_without[part][d], to = r->bridge->to.date[d];
  char year[8], own[8], last[8];
  const char *before[] = {
    [PART_ADDED] = "Without ", [PART_REMOVED] = "With ", [PART_CHANGED] = "Without the change in "
  };
  const enum part_kind kind = r->bridge->kind[part];
  text_printf(out, "%s%s%s%s%s ", before[kind], r->diff != NULL ? "'" : "", r->bridge->part[part],
              r->diff != NULL ? "'" : "", kind == PART_REMOVED ? " still in," : "");
  if (without < 0) {
    text_printf(out, "%s by %s.  ", clauses[d].would_not, plan_year_label(r->plan, r->plan->n_years - 1, last));
  } else {
    text_printf(out, "%s in %s", clauses[d].would, plan_year_label(r->plan, without, year));
    text_printf(out, to >= 0 ? " and not %s.  " : "%s.  ", to >= 0 ? plan_year_label(r->plan, to, own) : "");
  }
}

static bool moves(const struct bridge *bridge, int part, int d)
{
  const int32_t without = bridge->date_without[part][d], to = bridge->to.date[d];
  return without != to && without != DATE_UNKNOWN && to != DATE_UNKNOWN;
}

bool bridge_date_moves(const struct bridge *bridge, int part)
{
  for (int d = 0; d < N_DATES; d++) {
    if (moves(bridge, part, d)) {
      return true;
    }
  }
  return false;
}

void bridge_dates(struct text *out, const struct bridge_report *r, int most)
{
  for (int d = 0; d < N_DATES; d++) {
    put_move(out, r, d);
    for (int i = 0; i < r->bridge->n_parts; i++) {
      if (moves(r->bridge, i, d) && most-- > 0) {
        put_without(out, r, i, d);
      }
    }
  }
}

/* ---- how the parts were found -------------------------------------------------------------------------- */

void bridge_method(struct text *out, const struct bridge_report *r)
{
  const struct bridge *bridge = r->bridge;
  const enum measure measure = r->plan->has_mtfp ? M_GAP : M_USABLE_CLOSING;
  double error = 0.0;
  pence within = 0;
  char year[8];
  if (!bridge->sampled) {
    return;
  }
  for (int i = 0; i < bridge->n_parts; i++) {
    error = bridge->error[i][measure][r->year] > error ? bridge->error[i][measure][r->year] : error;
  }
  text_printf(out,
              "%d parts are too many to run in every order, so %d orders were drawn.  The parts add up exactly; the "
              "standard error of any one "
              "of them in %s is at most ",
              bridge->n_parts, (int)ORDERS_SAMPLED, plan_year_label(r->plan, r->year, year));
  within = (pence)ceil(error / 100.0) * 100;
  text_money_short(out, within);
  text_add(out, ".");
}

/* "easy_gone" as people write: "Easy gone". */
static void put_spoken(struct text *out, const char *id)
{
  for (const char *c = id; *c != '\0'; c++) {
    const char spoken = c == id ? (char)toupper((unsigned char)*c) : *c == '_' || *c == '-' ? ' ' : *c;
    text_add_n(out, &spoken, 1);
  }
}

void part_spoken(struct text *out, const struct scenario *scenario, const char *instance)
{
  put_spoken(out, instance);
  for (int u = 0; scenario != NULL && u < scenario->n_uses; u++) {
    const struct use *use = &scenario->use[u];
    if (strcmp(use->instance, instance) == 0 && strcmp(use->plugin->name, instance) != 0 &&
        strcmp(use->plugin->name, "shift") != 0) {
      text_add(out, " (");
      for (const char *c = use->plugin->name; *c != '\0'; c++) {
        text_add_n(out, *c == '_' ? " " : c, 1);
      }
      text_add(out, ")");
    }
  }
}
