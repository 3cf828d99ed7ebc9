/* stress_left.c: what a stress leaves out of its tables, and why. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/stress_words.h"

#include <stdlib.h>
#include <string.h>

/* The largest amount of a line, whatever its sign. */
static pence largest_year(const struct stress_report *r, int line)
{
  const pence *amount = r->report.shown[0].result->line[line].amount;
  pence largest = 0;
  for (int y = 0; y < r->report.folder->plan.n_years; y++) {
    largest = llabs(amount[y]) > llabs(largest) ? amount[y] : largest;
  }
  return largest;
}

/* Lines that hold anything, the largest first; how many. */
static int lines_in_order(const struct stress_report *r, int *order)
{
  int n = 0;
  for (int i = 0; i < r->battery->n_not_moved; i++) {
    const int line = r->battery->not_moved[i];
    const pence size = llabs(largest_year(r, line));
    if (size == 0) {
      continue;
    }
    int at = n++;
    for (; at > 0 && size > llabs(largest_year(r, order[at - 1])); at--) {
      order[at] = order[at - 1];
    }
    order[at] = line;
  }
  return n;
}

void not_moved_words(struct text *out, const struct stress_report *r)
{
  enum { MOST_NAMED = 6 };
  int *order = calloc((size_t)r->battery->n_not_moved + 1, sizeof *order);
  const int n = order != NULL ? lines_in_order(r, order) : 0;
  for (int i = 0; i < n && i < MOST_NAMED; i++) {
    text_printf(
        out, "%s%s ",
        i > 0 ? ", " : "Left out, as no driver grows them and their class has no step, with the largest year of each: ",
        r->report.folder->plan.line[order[i]].label);
    text_money_short(out, largest_year(r, order[i]));
  }
  if (n > MOST_NAMED) {
    text_printf(out, " and %d more", n - MOST_NAMED);
  }
  if (n > 0) {
    text_add(out, ".");
  }
  free(order);
}

/* ---- a pack that moves nothing ------------------------------------------------------------------------- */

/* What a use would move and does not find here, each once: "finds no line tagged energy". */
static void use_finds_nothing(struct text *out, const struct use *use)
{
  text_add(out, "finds ");
  const size_t start = out->length;
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    struct text words = { 0 };
    if (use->binding[s].count == 0 && use->plugin->slot[s].access != HR_READ) {
      missing_words(&words, use, s);
    }
    if (words.length > 0 && strstr(text_str(out) + start, text_str(&words)) == NULL) {
      text_printf(out, "%s%s", out->length == start ? "" : ", ", text_str(&words));
    }
    text_fini(&words);
  }
  if (out->length == start) {
    text_add(out, "nothing that moves a gap or a reserve");
  }
}

static void idle_words(struct text *out, const struct stress_report *r, int pack)
{
  for (int u = 0; u < r->battery->scenario[pack].n_uses; u++) {
    const struct use *use = &r->battery->scenario[pack].use[u];
    text_printf(out, "%s%s ", u > 0 ? "; " : "", use->instance);
    if (use_is_neutral(&r->report.folder->plan, use)) {
      text_add(out, "asks for nothing, as each of its parameters is at the value that changes nothing");
    } else if (use_acts_by_chance(use)) {
      text_add(out, "may act by chance, and only `headroom simulate` draws any");
    } else {
      use_finds_nothing(out, use);
    }
  }
}

static void idle_parameter_words(struct text *out, const struct stress_report *r, int pack)
{
  const struct scenario *scenario = &r->battery->scenario[pack];
  const size_t start = out->length;
  for (int i = 0; i < r->result->n_idle; i++) {
    const struct idle_parameter *idle = &r->result->idle[i];
    if (idle->pack != pack) {
      continue;
    }
    const struct use *use = &scenario->use[idle->use];
    const struct hr_param *param = &use->plugin->param[idle->param];
    if (out->length == start) {
      text_printf(out, "%s without ", scenario->label);
    } else {
      text_add(out, "; ");
    }
    text_printf(out, "%s of %s (%s): ", param->id, use->instance, param->label);
    idle_reason(out, &r->report.folder->plan, scenario, use, idle->param);
  }
  if (out->length > start) {
    text_add(out, ".");
  }
}

static const char *pack_label(const struct battery *battery, const char *id)
{
  for (int s = 0; s < battery->n_packs; s++) {
    if (strcmp(battery->scenario[s].id, id) == 0) {
      return battery->scenario[s].label;
    }
  }
  return id;
}

/* Uses of which the plugin itself says why they take no part; or a pack that moves nothing. */
static void in_part_words(struct text *out, const struct stress_report *r, int pack)
{
  const struct scenario *scenario = &r->battery->scenario[pack];
  const char *skips = r->result->pack_skip[pack];
  const bool idle = scenario->n_uses > 0 && pack_is_idle(r, pack);
  if (!idle && skips[0] == '\0') {
    return;
  }
  text_printf(out, "%s %s: %s", scenario->label, idle ? "changes nothing within this plan" : "in part", skips);
  if (skips[0] == '\0') {
    idle_words(out, r, pack);
  }
  text_add(out, ".");
}

/* Uses that were not run, then parameters, then what plugins say. */
int left_out_most(const struct stress_report *r)
{
  return r->battery->n_left + 2 * r->battery->n_packs;
}

bool left_out_words(struct text *out, const struct stress_report *r, int i)
{
  const size_t start = out->length;
  const int n_left = r->battery->n_left, n_packs = r->battery->n_packs;
  if (i < n_left) {
    const struct left_out *left = &r->battery->left[i];
    const char *pack = pack_label(r->battery, left->scenario);
    if (left->parameter != NULL) {
      text_printf(out, "%s without %s of %s: %s.", pack, left->parameter, left->instance, left->reason);
    } else {
      text_printf(out, left->instance[0] != '\0' ? "%s without %s: %s." : "%s%s is not run: %s.", pack, left->instance,
                  left->reason);
    }
  } else if (i < n_left + n_packs) {
    idle_parameter_words(out, r, i - n_left);
  } else {
    in_part_words(out, r, i - n_left - n_packs);
  }
  return out->length > start;
}
