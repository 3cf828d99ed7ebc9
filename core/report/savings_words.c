/* savings_words.c: what the savings of a plan rest on, in sentences: how many schemes, how sure they are, who owns
 * them.
 *
 * A colour means what the council's own legend says (R28): amber is "at risk" in one paper and "in progress" in the
 * next, so its words stand beside it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/stress_words.h"

#include <string.h>

/* What the savings of the last year rest on. */
struct resting {
  pence total, largest[3], one_off, all, delivered;
  int schemes; /* with something in the last year */
};

/* What has been delivered cannot be lost any more. */
static struct resting savings_rest_on(const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  const struct result *own = r->report.shown[0].result;
  struct resting resting = { 0 };
  for (int s = 0; s < plan->n_savings; s++) {
    pence value = own->saving[s].expected[plan->n_years - 1];
    if (plan->saving[s].rag == RAG_DELIVERED) {
      resting.delivered += value;
      continue;
    }
    resting.total += value;
    resting.schemes += value > 0;
    for (int i = 0; i < 3; i++) {
      if (value > resting.largest[i]) {
        const pence smaller = resting.largest[i];
        resting.largest[i] = value;
        value = smaller;
      }
    }
    for (int y = 0; y < plan->n_years; y++) {
      resting.all += own->saving[s].expected[y];
      resting.one_off += plan->saving[s].recurring ? 0 : own->saving[s].expected[y];
    }
  }
  return resting;
}

static int per_cent(pence part, pence whole)
{
  return (int)(100.0 * (double)part / (double)whole + 0.5);
}

void savings_words(struct text *out, const struct stress_report *r)
{
  const struct resting resting = savings_rest_on(r);
  const pence unidentified = r->report.shown[0].result->measure[M_UNIDENTIFIED][r->report.folder->plan.n_years - 1];
  if (resting.total <= 0) {
    text_printf(out, "No saving %sis expected to be in place in the last year.",
                resting.delivered > 0 ? "still to come " : "");
  } else if (resting.schemes <= 3) {
    static const char *const words[] = { "", "One scheme carries", "Two schemes carry", "Three schemes carry" };
    text_printf(out, "%s all that is expected in the last year.", words[resting.schemes]);
  } else {
    text_printf(out, "Three of %d schemes carry %d%% of what is expected in the last year.", resting.schemes,
                per_cent(resting.largest[0] + resting.largest[1] + resting.largest[2], resting.total));
  }
  if (resting.one_off > 0) {
    text_printf(out, "  %d%% of all that is expected comes once only.", per_cent(resting.one_off, resting.all));
  }
  if (unidentified > 0) {
    text_add(out, "  ");
    text_money_short(out, unidentified);
    text_add(out, " a year is counted and not identified.");
  }
  if (resting.delivered > 0) {
    text_add(out, "  Left out, as delivered already: ");
    text_money_short(out, resting.delivered);
    text_add(out, " in the last year.");
  }
}

/* ---- how sure they are --------------------------------------------------------------------------------- */

static bool rag_is_used(const struct plan *plan, enum rag rag)
{
  for (int s = 0; s < plan->n_savings; s++) {
    if (plan->saving[s].rag == rag) {
      return true;
    }
  }
  return false;
}

bool legend_words(struct text *out, const struct plan *plan)
{
  bool any = false;
  for (int rag = RAG_NONE + 1; rag < N_RAGS; rag++) {
    if (plan->rag_meaning[rag] != NULL && plan->rag_meaning[rag][0] != '\0' && rag_is_used(plan, (enum rag)rag)) {
      text_printf(out, "%s%s is \xE2\x80\x98%s\xE2\x80\x99", any ? "; " : "In the council\xE2\x80\x99s own legend ",
                  rag_names[rag], plan->rag_meaning[rag]);
      any = true;
    }
  }
  if (any) {
    text_add(out, ".");
  }
  return any;
}

/* What is planned for the last year of savings that are this mature. */
static pence planned_at(const struct plan *plan, const struct result *own, const char *maturity)
{
  pence sum = 0;
  for (int s = 0; s < plan->n_savings; s++) {
    sum += strcmp(plan->saving[s].maturity, maturity) == 0 ? own->saving[s].planned[plan->n_years - 1] : 0;
  }
  return sum;
}

static pence planned_without_owner(const struct plan *plan, const struct result *own)
{
  pence sum = 0;
  for (int s = 0; s < plan->n_savings; s++) {
    sum += plan->saving[s].owner[0] == '\0' ? own->saving[s].planned[plan->n_years - 1] : 0;
  }
  return sum;
}

bool maturity_words(struct text *out, const struct plan *plan, const struct result *own)
{
  static const struct {
    const char *id, *words;
  } stages[] = { { "idea", "only an idea" },
                 { "business_case", "a business case" },
                 { "approved", "approved" },
                 { "in_delivery", "being delivered" },
                 { "delivered", "delivered" } };
  bool any = false;
  for (size_t i = 0; i < COUNT_OF(stages); i++) {
    const pence planned = planned_at(plan, own, stages[i].id);
    if (planned > 0) {
      text_add(out, any ? ", " : "Of what is planned for the last year ");
      text_money_short(out, planned);
      text_printf(out, " is %s", stages[i].words);
      any = true;
    }
  }
  const pence unowned = planned_without_owner(plan, own);
  if (any && unowned > 0) {
    text_add(out, "; no owner is given for ");
    text_money_short(out, unowned);
  }
  if (any) {
    text_add(out, ".");
  }
  return any;
}
