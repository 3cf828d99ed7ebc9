/* words.c: what each picture shows, in a sentence for who cannot see it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/words.h"

#include <string.h>

#define ELLIPSIS "\xE2\x80\xA6"

void words_year(struct text *t, const struct chart_years *years, int year)
{
  text_printf(t, "%d/%02d", years->first + year, (years->first + year + 1) % 100);
}

void words_march(struct text *t, const struct chart_years *years, int year)
{
  text_printf(t, "March %d", years->first + year + 1);
}

void words_money(struct text *t, pence p)
{
  struct text amount = { 0 };
  text_money_short(&amount, p);
  const char *s = text_str(&amount);
  const size_t n = strlen(s);
  const bool millions = n > 0 && s[n - 1] == 'm', thousands = n > 0 && s[n - 1] == 'k';
  text_add_n(t, s, millions || thousands ? n - 1 : n);
  text_add(t, millions ? " million" : thousands ? ",000" : "");
  t->failed = t->failed || amount.failed;
  text_fini(&amount);
}

void words_change(struct text *t, pence p)
{
  text_add(t, p > 0 ? "+" : "");
  words_money(t, p);
}

void words_name(struct text *t, const char *label)
{
  enum { LONGEST = 80 };
  size_t characters = 0, at = 0;
  for (; label[at] != '\0'; at++) {
    characters += ((unsigned char)label[at] & 0xC0) != 0x80;
    if (characters > LONGEST) {
      break;
    }
  }
  text_add_n(t, label, at);
  text_add(t, label[at] != '\0' ? ELLIPSIS : "");
}

static int at_most(int n, int most)
{
  return n < most ? n : most;
}

/* ", below the minimum from 2029/30, run out in 2030/31" */
static void line_dates(struct text *t, const struct chart_reserves *data, const struct chart_line *line)
{
  if (line->below >= 0) {
    text_add(t, ", below the minimum from ");
    words_year(t, &data->years, line->below);
  }
  if (line->runs_out >= 0) {
    text_add(t, ", run out in ");
    words_year(t, &data->years, line->runs_out);
  }
  if (line->below < 0 && line->runs_out < 0 && data->minimum != NULL) {
    text_add(t, ", never below the minimum");
  }
}

void chart_reserves_words(struct text *t, const struct chart_reserves *data)
{
  const int last = data->years.count - 1;
  text_printf(t, "%s. ", data->what);
  for (int i = 0; i < at_most(data->n_lines, CHART_LINES); i++) {
    const struct chart_line *line = &data->line[i];
    text_printf(t, "%s%d, ", i == 0 ? "" : "; ", i + 1);
    words_name(t, line->label);
    text_add(t, ": ");
    if (i == 0 && data->has_opening) {
      text_add(t, "from ");
      words_money(t, data->opening);
      text_add(t, " in ");
      words_march(t, &data->years, -1);
      text_add(t, " to ");
    }
    words_money(t, line->value[last]);
    text_add(t, " in ");
    words_march(t, &data->years, last);
    line_dates(t, data, line);
  }
  if (data->minimum != NULL) {
    text_add(t, ". The council's own minimum is ");
    words_money(t, data->minimum[last]);
    text_add(t, " in ");
    words_year(t, &data->years, last);
  }
  text_add(t, ".");
}

void chart_bars_words(struct text *t, const struct chart_bars *data)
{
  text_printf(t, "%s, year by year. ", data->what);
  for (int s = 0; s < data->n_series; s++) {
    text_add(t, s == 0 ? "" : "; ");
    words_name(t, data->label[s]);
    for (int y = 0; y < data->years.count; y++) {
      text_add(t, y == 0 ? ": " : ", ");
      words_money(t, data->value[s][y]);
      text_add(t, " in ");
      words_year(t, &data->years, y);
    }
  }
  text_add(t, ".");
}

void chart_choice_words(struct text *t, const struct chart_choice *data)
{
  const int last = data->years.count - 1;
  text_printf(t, "%s, year by year, on the plan and in the chosen future. In ", data->what);
  words_year(t, &data->years, last);
  for (int i = 0; i < data->n_lines && i < CHART_LINES; i++) {
    text_printf(t, i == 0 ? ": %d, " : "; %d, ", i + 1);
    words_name(t, data->line[i].label);
    text_add(t, ": ");
    words_money(t, data->line[i].value[last]);
  }
  text_add(t, ".");
}

void chart_bridge_words(struct text *t, const struct chart_bridge *data)
{
  pence rest = data->to.amount - data->from.amount;
  text_printf(t, "%s: from ", data->what);
  words_money(t, data->from.amount);
  text_add(t, ", ");
  words_name(t, data->from.label);
  text_add(t, ", to ");
  words_money(t, data->to.amount);
  text_add(t, ", ");
  words_name(t, data->to.label);
  for (int i = 0; i < data->n_parts; i++) {
    text_add(t, i == 0 ? ". " : "; ");
    words_name(t, data->part[i].label);
    text_add(t, " ");
    words_change(t, data->part[i].amount);
    rest -= data->part[i].amount;
  }
  if (rest != 0) {
    text_add(t, data->n_parts == 0 ? ". Everything else " : "; everything else ");
    words_change(t, rest);
  }
  text_add(t, ".");
}

void chart_stacked_words(struct text *t, const struct chart_stacked *data)
{
  const int last = data->years.count - 1;
  text_printf(t, "%s, in %d %s. ", data->what, data->n_classes, data->n_classes == 1 ? "class" : "classes");
  for (int i = 0; i < data->n_classes; i++) {
    const struct chart_class *class = &data->class[i];
    text_add(t, i == 0 ? "" : "; ");
    words_name(t, class->label);
    text_add(t, ": from ");
    words_money(t, data->has_opening ? class->opening : class->value[0]);
    text_add(t, " in ");
    words_march(t, &data->years, data->has_opening ? -1 : 0);
    text_add(t, " to ");
    words_money(t, class->value[last]);
    text_add(t, " in ");
    words_march(t, &data->years, last);
  }
  text_add(t, ".");
}

void chart_fan_words(struct text *t, const struct chart_fan *data)
{
  const int last = data->years.count - 1;
  text_printf(t, "%s in ", data->what);
  text_pounds(t, (pence)data->futures * 100); /* 131,072 */
  text_add(t, " simulated futures. In ");
  words_march(t, &data->years, last);
  text_add(t, " the middle future has ");
  words_money(t, data->middle[last]);
  text_printf(t, "; the middle %d in 100 lie between ", data->inner);
  words_money(t, data->lower[last]);
  text_add(t, " and ");
  words_money(t, data->upper[last]);
  text_printf(t, ", the middle %d in 100 between ", data->outer);
  words_money(t, data->low[last]);
  text_add(t, " and ");
  words_money(t, data->high[last]);
  if (data->plan != NULL) {
    text_printf(t, "; %s: ", data->plan_label != NULL ? data->plan_label : "the plan");
    words_money(t, data->plan[last]);
  }
  if (data->minimum != NULL) {
    text_add(t, ". The council's own minimum is ");
    words_money(t, data->minimum[last]);
    text_add(t, " in ");
    words_year(t, &data->years, last);
  }
  text_add(t, ".");
}

const char *fate_label(const struct chart_hundred *data, int fate)
{
  static const char *const usual[CHART_FATES] = { "stay above the minimum", "fall below it", "run out of reserves" };
  return data->label[fate] != NULL ? data->label[fate] : usual[fate];
}

void chart_shares(const long *tally, int n, int *share)
{
  long total = 0;
  int left = 100;
  for (int i = 0; i < n; i++) {
    total += tally[i];
  }
  for (int i = 0; i < n; i++) {
    share[i] = total > 0 ? (int)(tally[i] * 100 / total) : 0;
    left -= share[i];
  }
  bool raised[CHART_YEARS] = { false };
  for (; total > 0 && left > 0; left--) {
    int most = 0;
    for (int i = 1; i < n && i < CHART_YEARS; i++) {
      if (!raised[i] && (raised[most] || tally[i] * 100 % total > tally[most] * 100 % total)) {
        most = i;
      }
    }
    raised[most] = true;
    share[most]++;
  }
}

void chart_hundred_words(struct text *t, const struct chart_hundred *data)
{
  int share[CHART_FATES];
  chart_shares(data->tally, CHART_FATES, share);
  text_printf(t, "%s, of 100 simulated futures: ", data->when);
  for (int i = 0; i < CHART_FATES; i++) {
    text_printf(t, "%s%d ", i == 0 ? "" : i + 1 < CHART_FATES ? ", " : " and ", share[i]);
    words_name(t, fate_label(data, i));
  }
  text_add(t, ".");
}

void chart_tornado_words(struct text *t, const struct chart_tornado *data)
{
  text_printf(t, "%s, each thing by itself. ", data->what);
  for (int i = 0; i < data->n_swings; i++) {
    text_add(t, i == 0 ? "" : "; ");
    words_name(t, data->swing[i].label);
    text_add(t, ": ");
    words_change(t, data->swing[i].worse);
    if (!data->one_sided) {
      text_add(t, " or ");
      words_change(t, data->swing[i].better);
    }
  }
  text_add(t, ".");
}

void chart_heat_words(struct text *t, const struct chart_heat *data)
{
  text_printf(t, "%s, %d %s over %d %s. ", data->what, data->n_rows, data->n_rows == 1 ? "future" : "futures",
              data->years.count, data->years.count == 1 ? "year" : "years");
  for (int i = 0; i < data->n_rows; i++) {
    const struct chart_heat_row *row = &data->row[i];
    int below = 0, out = 0;
    while (below < data->years.count && row->fate[below] == CHART_ABOVE) {
      below++;
    }
    while (out < data->years.count && row->fate[out] != CHART_OUT) {
      out++;
    }
    text_add(t, i == 0 ? "" : "; ");
    words_name(t, row->label);
    if (below < out) {
      text_add(t, ": below the minimum from ");
      words_year(t, &data->years, below);
    }
    if (out < data->years.count) {
      text_add(t, below < out ? ", run out in " : ": run out in ");
      words_year(t, &data->years, out);
    } else if (below == data->years.count) {
      text_add(t, ": never below the minimum");
    }
  }
  text_add(t, ".");
}

void chart_confidence_words(struct text *t, const struct chart_confidence *data)
{
  text_printf(t, "%s, by what is held. ", data->what);
  for (int i = 0; i < data->n_points; i++) {
    text_add(t, i == 0 ? "" : "; ");
    words_money(t, data->held[i]);
    text_printf(t, ": %d in 100 simulated futures", (int)(data->share[i] * 100 + 0.5));
  }
  text_add(t, ". The council holds ");
  words_money(t, data->now);
  text_add(t, ".");
}
