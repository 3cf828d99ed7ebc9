/* check_controls.c: the plan held against published figures: control totals and the published amounts of lines.
 *
 * R52: the loaded plan reconciles to what the council approved, or is refused with the difference in pounds. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/controls.h"
#include "data/words.h"

#include <string.h>

static pence size_of(pence amount)
{
  return amount < 0 ? -amount : amount;
}

/* ---- what the plan comes to ---------------------------------------------------------------------------- */

static bool base_amount(const struct plan *plan, const struct control_target *target, pence *out)
{
  if (target->line >= 0) {
    *out = pence_of(plan->line[target->line].base_amount);
    return plan->line[target->line].has_base_amount;
  }
  const struct base_year base = plan_base_year(plan);
  *out = target->measure == M_NET_BUDGET ? base.net_budget : target->measure == M_FUNDING ? base.funding : base.gap;
  return base.known;
}

/* False when the folder cannot answer: without mtfp.csv there is no gap. */
static bool amount_of(const struct reading *reading, const struct control_target *target, int year, pence *out)
{
  const struct result *result = reading->folder->baseline;
  if (year < 0) {
    return base_amount(reading->plan, target, out);
  }
  if (target->line >= 0) {
    *out = result->line[target->line].amount[year];
  } else if (target->reserve >= 0) {
    const struct reserve_result *reserve = &result->reserve[target->reserve];
    *out = target->opening ? reserve->opening[year] : reserve->closing[year];
  } else {
    *out = result->measure[target->measure][year];
    return result->has_mtfp || !measure_kinds[target->measure].needs_mtfp;
  }
  return true;
}

/* ---- what may have gone wrong -------------------------------------------------------------------------- */

/* A figure that a paper printed in the wrong row is another measure's of the same year. */
static const char *other_measure(struct reading *reading, const struct control_target *target, int year,
                                 pence published)
{
  for (int m = 0; m < N_MEASURES && year >= 0; m++) {
    if (m != target->measure && published != 0 && reading->folder->baseline->measure[m][year] == published) {
      return arena_printf(reading->arena, "it is the figure of %s in that year", measure_kinds[m].name);
    }
  }
  return "";
}

/* Only those lines that the total is made of: all of them for the gaps. */
static bool is_part(const struct control_target *target, const struct line *line)
{
  if (target->measure < 0 || line->ring[0] != '\0') {
    return false;
  }
  return target->measure == M_NET_BUDGET ? !class_is_funding(line->class)
         : target->measure == M_FUNDING  ? class_is_funding(line->class)
                                         : true;
}

static const char *one_line(struct reading *reading, const struct control_target *target, int year, pence difference)
{
  for (int l = 0; l < reading->plan->n_lines && year >= 0; l++) {
    const struct line *line = &reading->plan->line[l];
    const pence amount = size_of(reading->folder->baseline->line[l].amount[year]);
    if (amount == 0 || !is_part(target, line)) {
      continue;
    }
    if (amount == size_of(difference)) {
      return arena_printf(reading->arena, "the difference is exactly line '%s', %s", line->id, line->label);
    }
    if (2 * amount == size_of(difference)) {
      return arena_printf(reading->arena, "line '%s', %s, with the other sign would make up the difference", line->id,
                          line->label);
    }
  }
  return "";
}

/* A guess that saves an hour; "" when nothing fits exactly. */
static const char *likely_cause(struct reading *reading, const struct control_target *target, int year, pence published,
                                pence computed)
{
  if (published != 0 && published == -computed) {
    return "the sign is the other way round";
  }
  if (computed != 0 && (published / 1000 == computed || published == computed / 1000)) {
    return "one of the two is in another unit: they differ by a thousand times";
  }
  const char *cause = one_line(reading, target, year, computed - published);
  return *cause != '\0' ? cause : other_measure(reading, target, year, published);
}

/* ---- controls.csv -------------------------------------------------------------------------------------- */

static const char *year_name(struct reading *reading, int year)
{
  return year < 0 ? arena_printf(reading->arena, "the base year %s", year_words(reading, year))
                  : year_words(reading, year);
}

static void refuse_unknown(struct reading *reading, const struct control *control, int year, struct place place)
{
  const char *lacking = "";
  for (int l = 0; l < reading->plan->n_lines && year < 0 && *lacking == '\0'; l++) {
    const struct line *line = &reading->plan->line[l];
    lacking = line->ring[0] == '\0' && !line->has_base_amount ? line->id : "";
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_CONTROL_BASE, place,
                  "%s of %s cannot be checked: the folder does not give it", control->what, year_name(reading, year));
  if (*lacking != '\0') {
    finding_label(reading->findings, finding, "line '%s' has no amount in the base year", lacking);
  } else if (!reading->plan->has_mtfp) {
    finding_label(reading->findings, finding, "only reserves are known without mtfp.csv");
  }
}

static void hold(struct reading *reading, const struct control *control, int year, pence published, struct place place)
{
  struct control_target target;
  pence computed = 0;
  if (!control_target(reading, control->what, &target)) {
    return;
  }
  if (!amount_of(reading, &target, year, &computed)) {
    refuse_unknown(reading, control, year, place);
    return;
  }
  if (size_of(computed - published) <= control->tolerance) {
    return;
  }
  const pence sign =
      target.line >= 0 ? (pence)reading->plan->line[target.line].sign : 1; /* shown as the folder prints it */
  const pence difference = sign * (computed - published);
  struct finding *finding =
      finding_add(reading->findings, control->report ? CODE_CONTROL_REPORTED : CODE_CONTROL_REFUSED, place,
                  "%s in %s is published as %s and the plan makes it %s", control->what, year_name(reading, year),
                  money_exact(reading, sign * published), money_exact(reading, sign * computed));
  finding_amount(finding, size_of(difference));
  finding_label(reading->findings, finding, "%s %s than published", money_exact(reading, size_of(difference)),
                difference > 0 ? "more" : "less");
  const char *cause = likely_cause(reading, &target, year, published, computed);
  if (*cause != '\0') {
    finding_help(reading->findings, finding, "%s", cause);
  }
}

void check_controls(struct reading *reading)
{
  for (int c = 0; c < reading->plan->n_controls; c++) {
    const struct control *control = &reading->plan->control[c];
    if (control->base_filled) {
      hold(reading, control, -1, control->base_cell, control->base_place);
    }
    for (int y = 0; y < reading->plan->n_years; y++) {
      if (control->filled[y]) {
        hold(reading, control, y, control->cell[y], control->place[y]);
      }
    }
  }
}

/* ---- published amounts of lines that are worked out ---------------------------------------------------- */

/* Half of the last digit that a figure was printed to, at most half the money unit: 30,433 thousand may stand for
 * 30,432,600. */
static pence printing_slack(const struct plan *plan, pence published)
{
  pence grain = 1;
  while (grain < plan->pence_per_unit && published % (grain * 10) == 0) {
    grain *= 10;
  }
  return grain > 1 ? grain / 2 : 0;
}

static void hold_line(struct reading *reading, const struct line *line, int year, pence published, pence computed)
{
  const pence difference = size_of(computed - published);
  if (difference <= printing_slack(reading->plan, published)) {
    return;
  }
  const pence sign = (pence)line->sign;
  struct finding *finding = finding_add(reading->findings, CODE_PUBLISHED_LINE, line->place,
                                        "line '%s', %s, is published as %s in %s and its terms make it %s", line->id,
                                        line->label, money_exact(reading, sign * published), year_name(reading, year),
                                        money_exact(reading, sign * computed));
  finding_amount(finding, difference);
  finding_label(reading->findings, finding, "%s apart", money_exact(reading, difference));
}

static bool is_worked_out(const struct line *line)
{
  return line->form == FORM_UNITS || line->form == FORM_SHARE || line->form == FORM_COUNCIL_TAX ||
         line->form == FORM_BUSINESS_RATES;
}

void check_published(struct reading *reading)
{
  const struct plan *plan = reading->plan;
  for (int l = 0; l < plan->n_lines; l++) {
    const struct line *line = &plan->line[l];
    if (!is_worked_out(line)) {
      continue;
    }
    if (line->base_published && line->has_base_amount) {
      hold_line(reading, line, -1, pence_of(line->base_published_amount), pence_of(line->base_amount));
    }
    for (int y = 0; y < plan->n_years; y++) {
      if (line->published[y]) {
        hold_line(reading, line, y, pence_of(line->published_amount[y]), reading->folder->baseline->line[l].amount[y]);
      }
    }
  }
}
