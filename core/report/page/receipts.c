/* receipts.c: where a capital receipt may and may not go, where these go, and what that saves.
 *
 * 1. A receipt never pays for day-to-day spending and never joins revenue reserves (R34).
 * 2. What repays debt or avoids borrowing saves MRP and interest from the year after, every year (R35).
 * 3. Flexible use is held to qualifying cost and to the direction's last year (R36). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include <stdlib.h>
#include <string.h>

/* ---- what the part held would save, were it to repay debt ---------------------------------------------- */

enum { TO_DEBT = RECEIPT_TO_DEBT - RECEIPT_AMOUNT }; /* where it stands among a receipt's inputs */

/* Where one lane's changes stand. */
struct changed {
  bool *touched;
  const double **scale, **add; /* [input * n_years + year] */
  double *row;                 /* [receipt * stride] */
};

static bool changed_new(struct changed *c, const struct plan *plan, size_t stride)
{
  const size_t cells = (size_t)plan->n_inputs * (size_t)plan->n_years;
  c->scale = calloc(cells, sizeof *c->scale);
  c->add = calloc(cells, sizeof *c->add);
  c->row = calloc((size_t)plan->n_receipts * stride, sizeof *c->row);
  return c->scale != NULL && c->add != NULL && c->row != NULL;
}

static void changed_free(struct changed *c)
{
  free(c->touched);
  free(c->scale);
  free(c->add);
  free(c->row);
}

/* The share that every receipt leaves is added to the share that repays debt, in every year. */
static void repay_with_the_rest(const struct changed *c, const struct plan *plan, size_t stride)
{
  for (int r = 0; r < plan->n_receipts; r++) {
    const struct receipt *receipt = &plan->receipt[r];
    double *row = c->row + (size_t)r * stride;
    row[0] = 1.0 - receipt->to_debt - receipt->to_avoid - receipt->to_flexible;
    for (int y = 0; y < plan->n_years; y++) {
      c->add[(size_t)(receipt->input + TO_DEBT) * (size_t)plan->n_years + (size_t)y] = row;
    }
  }
}

/* The gap of every year, were the part that is held to repay debt; false: memory ran out. */
static bool gap_with_debt_repaid(const struct plan *plan, pence gap[MAX_YEARS])
{
  struct changed c = { .touched = calloc((size_t)plan->n_inputs, sizeof *c.touched) };
  struct projection *projection = NULL;
  bool fine = c.touched != NULL;
  for (int r = 0; fine && r < plan->n_receipts; r++) {
    c.touched[plan->receipt[r].input + TO_DEBT] = true;
  }
  fine = fine && projection_new(plan, c.touched, 1, &projection) == STATUS_OK;
  if (fine) {
    const size_t stride = (size_t)projection_stride(projection);
    fine = changed_new(&c, plan, stride);
    if (fine) {
      repay_with_the_rest(&c, plan, stride);
    }
  }
  for (int y = 0; fine && y < plan->n_years; y++) {
    projection_year(projection, &(struct changes){ c.scale, c.add }, 1, y);
    fine = pence_from_gbp(projection_measure(projection, M_GAP, y)[0], &gap[y]);
  }
  projection_free(projection);
  changed_free(&c);
  return fine;
}

/* ---- what is done with them ---------------------------------------------------------------------------- */

static pence sum_of_years(const struct page *p, const pence *row)
{
  pence sum = 0;
  for (int y = 0; y < p->years; y++) {
    sum += row[y];
  }
  return sum;
}

static void receipt_rows(struct page *p, const struct result *result)
{
  static const char *const headers[] = { "Receipt", "Received", "Repays debt", "Avoids loans", "Flexible use", "Held" };
  struct casting casting = { 0 };
  table_begin(p, NULL, "wrap-head tight", "Over the plan\xE2\x80\x99s years, \xC2\xA3 million");
  table_head(p, headers, 6);
  for (int r = 0; r < p->plan->n_receipts; r++) {
    const struct receipt_result *it = &result->receipt[r];
    const pence used[] = { sum_of_years(p, it->to_debt), sum_of_years(p, it->to_avoid), sum_of_years(p, it->flexible),
                           it->held };
    row_begin(p, p->plan->receipt[r].asset);
    millions_cell(p, sum_of_years(p, it->received));
    for (size_t i = 0; i < COUNT_OF(used); i++) {
      millions_cell(p, used[i]);
      cast(p, &casting, used[i]);
    }
    row_end(p);
    cast_total(p, &casting, used[0] + used[1] + used[2] + used[3]);
  }
  table_end(p, NULL);
  rounding_note(p, &casting);
}

static bool same_receipts(const struct page *p, int a, int b)
{
  const size_t size = sizeof(struct receipt_result) * (size_t)p->plan->n_receipts;
  return memcmp(p->shown[a].result->receipt, p->shown[b].result->receipt, size) == 0;
}

/* Futures that do the same with the receipts share a table. */
static void tables_of_receipts(struct page *p)
{
  uint64_t told = 0;
  for (int i = 0; i < p->n; i++) {
    uint64_t alike = 0;
    if ((told >> i & 1) != 0) {
      continue;
    }
    for (int k = i; k < p->n; k++) {
      alike |= same_receipts(p, i, k) ? UINT64_C(1) << k : 0;
    }
    told |= alike;
    variant_begin_for(p, alike);
    receipt_rows(p, p->shown[i].result);
    variant_end(p);
  }
}

static void held_words(struct page *p)
{
  const struct result *own = p->shown[0].result;
  pence held = 0, gap[MAX_YEARS];
  struct text words = { 0 };
  char label[8];
  for (int r = 0; r < p->plan->n_receipts; r++) {
    held += own->receipt[r].held;
  }
  if (held <= 0) {
    return;
  }
  money_words(&words, held);
  text_add(&words, " is held in the plan and does nothing for the gap.");
  if (!gap_with_debt_repaid(p->plan, gap)) {
    words.failed = true;
  } else if (own->measure[M_GAP][p->last] > gap[p->last]) {
    text_add(&words, " Were it to repay debt instead, it would save ");
    money_words(&words, own->measure[M_GAP][p->last] - gap[p->last]);
    text_printf(&words, " in %s: repayment set aside (MRP) and interest, every year from the year after.",
                plan_year_label(p->plan, p->last, label));
  }
  say_paragraph(p, &words);
}

void receipts_section(struct page *p)
{
  char label[8];
  if (p->plan->n_receipts == 0 || !p->plan->has_mtfp) {
    return;
  }
  plan_year_label(p->plan, p->plan->flexible_use_last_year - p->plan->first_year, label);
  section_begin(p, "receipts", "Where a capital receipt may go");
  html(p->out,
       "<div class=\"two\"><div><ul class=\"may\"><li><b>It may</b> repay debt or pay for works that would be borrowed "
       "for: that saves "
       "repayment and "
       "interest every year. It may pay the cost of changes that make lasting savings, up to that cost and until "
       "%s.</li>"
       "<li><b>It may not</b> pay for day-to-day spending, close the gap or join the revenue reserves.</li></ul>\n",
       label);
  held_words(p);
  html_raw(p->out, "</div><div>");
  tables_of_receipts(p);
  html_raw(p->out, "</div></div>");
  section_end(p);
}
