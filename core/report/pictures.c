/* pictures.c: what is drawn of a plan, its futures, its stress and its simulation. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/pictures.h"

#include "report/bridge_words.h"
#include "report/simulate_words.h"
#include "report/stress_words.h"
#include "report/tables.h"

#include <math.h>

const char *const picture_names[N_PICTURES + 1] = { "reserves", "gap",        "bridge",  "stacked", "fan",
                                                    "hundred",  "confidence", "tornado", "heat",    NULL };

static const struct plan *plan_of(const struct picture_of *of)
{
  return &of->report->folder->plan;
}

static struct chart_years years_of(const struct picture_of *of)
{
  const struct plan *plan = plan_of(of);
  return (struct chart_years){ plan->first_year, plan->n_years, plan->n_years };
}

static const struct shown *shown_of(const struct picture_of *of)
{
  return &of->report->shown[of->future];
}

static const pence *minimum_of(const struct picture_of *of)
{
  const struct result *own = of->report->shown[0].result;
  return own->date[DATE_BELOW_MINIMUM] == DATE_UNKNOWN ? NULL : own->measure[M_MINIMUM];
}

/* ---- of what was run ----------------------------------------------------------------------------------- */

static void draw_reserves(struct text *out, const struct chart_form *form, const struct picture_of *of)
{
  struct chart_line line[CHART_LINES];
  const int n = of->report->n_shown < CHART_LINES ? of->report->n_shown : CHART_LINES;
  for (int i = 0; i < n; i++) {
    const struct result *result = of->report->shown[i].result;
    line[i] = (struct chart_line){ .label = of->report->shown[i].label,
                                   .value = result->measure[M_USABLE_CLOSING],
                                   .unfunded = plan_of(of)->has_mtfp ? result->measure[M_UNFUNDED] : NULL,
                                   .runs_out = result->date[DATE_FIRST_UNFUNDED],
                                   .below = result->date[DATE_BELOW_MINIMUM] };
  }
  chart_reserves(out, form,
                 &(struct chart_reserves){ .what = "Usable reserves at 31 March",
                                           .years = years_of(of),
                                           .has_opening = true,
                                           .opening = usable_opening(plan_of(of)),
                                           .n_lines = n,
                                           .line = line,
                                           .chosen = of->future,
                                           .minimum = minimum_of(of),
                                           .named = of->named });
}

static void draw_gap(struct text *out, const struct chart_form *form, const struct picture_of *of)
{
  const struct shown *own = &of->report->shown[0], *other = shown_of(of);
  chart_bars(out, form,
             &(struct chart_bars){ .what = "Gap after savings, before any use of reserves",
                                   .years = years_of(of),
                                   .n_series = of->future > 0 ? 2 : 1,
                                   .label = { own->label, other->label },
                                   .value = { own->result->measure[M_GAP], other->result->measure[M_GAP] } });
}

static void draw_bridge(struct text *out, const struct chart_form *form, const struct picture_of *of)
{
  struct chart_part part[MOST_PARTS];
  struct text label[MOST_PARTS] = { { 0 } };
  struct text what = { 0 };
  char year[8];
  const struct bridge *bridge = of->bridge;
  for (int i = 0; i < bridge->n_parts; i++) {
    part_spoken(&label[i], shown_of(of)->scenario, bridge->part[i]);
    part[i] = (struct chart_part){ text_str(&label[i]), bridge->share[i][M_GAP][of->year] };
  }
  text_printf(&what, "Gap after savings in %s", plan_year_label(plan_of(of), of->year, year));
  chart_bridge(out, form,
               &(struct chart_bridge){ .what = text_str(&what),
                                       .from = { of->report->shown[0].label, bridge->from.measure[M_GAP][of->year] },
                                       .to = { shown_of(of)->label, bridge->to.measure[M_GAP][of->year] },
                                       .n_parts = bridge->n_parts,
                                       .part = part });
  for (int i = 0; i < bridge->n_parts; i++) {
    out->failed |= label[i].failed;
    text_fini(&label[i]);
  }
  out->failed |= what.failed;
  text_fini(&what);
}

/* Capital and unusable reserves are no help to a revenue budget, and are left out. */
static const char *class_name(enum reserve_class class)
{
  static const char *const names[N_RESERVE_CLASSES] = {
    [RESERVE_GENERAL_FUND] = "General Fund",      [RESERVE_SMOOTHING] = "For the budget",
    [RESERVE_IN_EXTREMIS] = "For other purposes", [RESERVE_COMMITTED] = "Committed",
    [RESERVE_RING_FENCED] = "Ring-fenced by law", [RESERVE_DSG] = "Schools grant deficit",
  };
  return names[class];
}

static void draw_stacked(struct text *out, const struct chart_form *form, const struct picture_of *of)
{
  pence closing[N_RESERVE_CLASSES][MAX_YEARS] = { { 0 } };
  struct chart_class class[N_RESERVE_CLASSES] = { { 0 } };
  const struct plan *plan = plan_of(of);
  int n = 0;
  for (int c = 0; c < N_RESERVE_CLASSES; c++) {
    bool any = false;
    pence opening = 0, one;
    for (int r = 0; r < plan->n_reserves && class_name((enum reserve_class)c) != NULL; r++) {
      if ((int)plan->reserve[r].class != c) {
        continue;
      }
      any = true;
      opening += pence_from_gbp(plan->reserve[r].opening, &one) ? one : 0;
      for (int y = 0; y < plan->n_years; y++) {
        closing[n][y] += shown_of(of)->result->reserve[r].closing[y];
      }
    }
    if (any) {
      class[n] = (struct chart_class){ class_name((enum reserve_class)c), opening, closing[n] };
      n++;
    }
  }
  chart_stacked(out, form,
                &(struct chart_stacked){ .what = "Revenue reserves at 31 March",
                                         .years = years_of(of),
                                         .has_opening = true,
                                         .n_classes = n,
                                         .class = class,
                                         .minimum = minimum_of(of) });
}

/* What is left, or, where nothing is, what that year lacks. */
static void draw_heat(struct text *out, const struct chart_form *form, const struct picture_of *of)
{
  static const enum chart_fate fates[] = { [STANDING_UNKNOWN] = CHART_ABOVE,
                                           [STANDING_ABOVE] = CHART_ABOVE,
                                           [STANDING_BELOW] = CHART_BELOW,
                                           [STANDING_OUT] = CHART_OUT };
  enum chart_fate fate[CHART_LINES][MAX_YEARS];
  pence value[CHART_LINES][MAX_YEARS];
  struct chart_heat_row row[CHART_LINES];
  const int n = of->report->n_shown < CHART_LINES ? of->report->n_shown : CHART_LINES;
  for (int i = 0; i < n; i++) {
    const struct result *result = of->report->shown[i].result;
    for (int y = 0; y < plan_of(of)->n_years; y++) {
      fate[i][y] = fates[standing_in(plan_of(of), result, y)];
      value[i][y] = fate[i][y] == CHART_OUT ? -result->measure[M_UNFUNDED][y] : result->measure[M_USABLE_CLOSING][y];
    }
    row[i] = (struct chart_heat_row){ of->report->shown[i].label, value[i], fate[i] };
  }
  chart_heat(out, form,
             &(struct chart_heat){ .what = "Usable reserves at 31 March; where they have run out, the unfunded gap",
                                   .years = years_of(of),
                                   .n_rows = n,
                                   .row = row });
}

static void draw_tornado(struct text *out, const struct chart_form *form, const struct picture_of *of)
{
  int order[MOST_MOVES];
  struct chart_swing swing[CHART_LINES];
  struct text label[CHART_LINES] = { { 0 } };
  const int found = moves_in_order(of->stress, order), n = found < CHART_LINES ? found : CHART_LINES;
  for (int i = 0; i < n; i++) {
    const struct move_result *move = &of->stress->result->move[order[i]];
    move_words(&label[i], of->stress, order[i], move->worse);
    swing[i] = (struct chart_swing){ text_str(&label[i]), gaps_added(of->stress, &move->up), 0 };
  }
  chart_tornado(
      out, form,
      &(struct chart_tornado){
          .what = "Added to the gaps of all years together, each by itself; steps are standard sizes, not equally "
                  "likely",
          .one_sided = true,
          .n_swings = n,
          .swing = swing });
  for (int i = 0; i < n; i++) {
    out->failed |= label[i].failed;
    text_fini(&label[i]);
  }
}

/* ---- of what was simulated ----------------------------------------------------------------------------- */

static const struct simulated *simulated_of(const struct picture_of *of)
{
  return &of->simulation->scenario[of->future];
}

static pence nearest(double p)
{
  return p >= 0 ? (pence)floor(p + 0.5) : -(pence)floor(0.5 - p);
}

static void draw_fan(struct text *out, const struct chart_form *form, const struct picture_of *of)
{
  static const int shown[] = { 0, 2, 3, 4, 6 }; /* P5, P25, P50, P75, P95 */
  pence band[COUNT_OF(shown)][MAX_YEARS];
  const struct simulated *s = simulated_of(of);
  for (size_t q = 0; q < COUNT_OF(shown); q++) {
    for (int y = 0; y < of->simulation->n_years; y++) {
      band[q][y] = nearest(s->usable[y].quantile[shown[q]].value);
    }
  }
  chart_fan(out, form,
            &(struct chart_fan){ .what = "Usable reserves at 31 March",
                                 .years = years_of(of),
                                 .has_opening = true,
                                 .opening = nearest(of->simulation->opening_usable),
                                 .futures = (long)of->simulation->draws,
                                 .outer = 90,
                                 .inner = 50,
                                 .low = band[0],
                                 .lower = band[1],
                                 .middle = band[2],
                                 .upper = band[3],
                                 .high = band[4],
                                 .plan = s->plan.measure[M_USABLE_CLOSING],
                                 .plan_label = of->future > 0 ? "As assumed" : NULL, /* no longer the plan itself */
                                 .minimum = minimum_of(of) });
}

/* At any time up to that year.  A future that runs out has fallen below the minimum on the way. */
static void draw_hundred(struct text *out, const struct chart_form *form, const struct picture_of *of)
{
  const struct simulated *s = simulated_of(of);
  const double draws = (double)of->simulation->draws;
  const bool minimum = s->date_known[DATE_BELOW_MINIMUM];
  const double ran_out = s->by[DATE_FIRST_UNFUNDED][of->year].value * draws;
  const double fell = minimum ? s->by[DATE_BELOW_MINIMUM][of->year].value * draws : 0;
  const long gone = lround(ran_out), below = fell > ran_out ? lround(fell) - gone : 0;
  struct text when = { 0 };
  text_printf(&when, "At any time to March %d", plan_of(of)->first_year + of->year + 1);
  struct chart_hundred hundred = { .when = text_str(&when),
                                   .tally = { (long)of->simulation->draws - below - gone, below, gone } };
  if (!minimum) {
    hundred.label[CHART_ABOVE] = "do not run out of reserves";
    hundred.label[CHART_BELOW] = "fall below a minimum: not known, the data give none";
  }
  chart_hundred(out, form, &hundred);
  out->failed |= when.failed;
  text_fini(&when);
}

static void draw_confidence(struct text *out, const struct chart_form *form, const struct picture_of *of)
{
  const struct simulated *s = simulated_of(of);
  const pence now = nearest(of->simulation->opening_usable);
  const int last = of->simulation->n_years - 1;
  pence held[N_CONFIDENCES + 1];
  double share[N_CONFIDENCES + 1];
  int n = 0;
  bool now_in = false;
  for (int l = 0; l < N_CONFIDENCES; l++) {
    const double needed = s->reserves_for[FEAR_UNFUNDED][l].value;
    const pence p = needed > 0 ? nearest(needed) : 0;
    if (!now_in && p > now) { /* what is held has a chance of its own */
      held[n] = now, share[n++] = 1 - s->by[DATE_FIRST_UNFUNDED][last].value;
      now_in = true;
    }
    held[n] = p, share[n++] = confidence_level[l];
  }
  struct text what = { 0 };
  text_printf(&what, "No unfunded gap to March %d", plan_of(of)->first_year + plan_of(of)->n_years);
  chart_confidence(
      out, form,
      &(struct chart_confidence){ .what = text_str(&what), .n_points = n, .held = held, .share = share, .now = now });
  out->failed |= what.failed;
  text_fini(&what);
}

/* ---- any of them --------------------------------------------------------------------------------------- */

static const struct {
  void (*draw)(struct text *, const struct chart_form *, const struct picture_of *);
  const char *title;
  bool needs_mtfp;
} pictures[N_PICTURES] = {
  [PICTURE_RESERVES] = { draw_reserves, "how long reserves last", false },
  [PICTURE_GAP] = { draw_gap, "the gap year by year", true },
  [PICTURE_BRIDGE] = { draw_bridge, "what makes the difference", true },
  [PICTURE_STACKED] = { draw_stacked, "what reserves are held for", false },
  [PICTURE_FAN] = { draw_fan, "reserves in simulated futures", true },
  [PICTURE_HUNDRED] = { draw_hundred, "a hundred simulated futures", true },
  [PICTURE_CONFIDENCE] = { draw_confidence, "how much reserve buys how much confidence", true },
  [PICTURE_TORNADO] = { draw_tornado, "what matters most", true },
  [PICTURE_HEAT] = { draw_heat, "year by year", false },
};

const char *picture_lacks(const struct picture_of *of)
{
  if (pictures[of->kind].needs_mtfp && !plan_of(of)->has_mtfp) {
    return "the folder holds reserves and no mtfp.csv, so it has no gap";
  }
  if (of->kind == PICTURE_BRIDGE && of->future == 0) {
    return "a bridge leads from the plan to a scenario: name it with -s";
  }
  if (of->kind == PICTURE_CONFIDENCE && !simulated_of(of)->fear_known[FEAR_UNFUNDED]) {
    return "what reserves would have to be is not known here";
  }
  return of->report->folder->plan.n_reserves == 0 && !pictures[of->kind].needs_mtfp ? "the folder holds no reserves"
                                                                                    : NULL;
}

/* How sure the figures are, and the command that draws them again. */
static void foot_of(struct text *foot, const struct picture_of *of)
{
  share_sentence(foot, plan_of(of));
  if (of->simulation != NULL) {
    text_add(foot, " ");
    count_text(foot, of->simulation->draws);
    text_printf(foot, " futures drawn, seed %lu: a stress, not a forecast.", (unsigned long)of->simulation->seed);
  }
  if (of->report->command != NULL) {
    text_printf(foot, " Made by: %s", of->report->command);
  }
}

void picture_draw(struct text *out, const struct chart_form *form, const struct picture_of *of)
{
  struct text title = { 0 }, foot = { 0 };
  struct chart_form titled = *form;
  text_printf(&title, "%s: %s", plan_of(of)->name, pictures[of->kind].title);
  if (of->future > 0 && (of->kind == PICTURE_STACKED || of->kind == PICTURE_FAN || of->kind == PICTURE_HUNDRED)) {
    text_printf(&title, ", %s", shown_of(of)->label);
  }
  titled.title = form->title != NULL ? form->title : text_str(&title);
  foot_of(&foot, of);
  titled.foot = form->foot != NULL ? form->foot : text_str(&foot);
  pictures[of->kind].draw(out, &titled, of);
  out->failed |= title.failed || foot.failed;
  text_fini(&title);
  text_fini(&foot);
}
