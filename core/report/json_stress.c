/* json_stress.c: a stress and a solution as JSON (schemas headroom.stress/1, headroom.solve/1). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json.h"
#include "report/stress_words.h"

#include <math.h>
#include <string.h>

static json_t *date(const struct plan *plan, int32_t year)
{
  char label[8];
  return year >= 0 ? json_words(plan_year_label(plan, year, label)) : json_null();
}

static json_t *summary(const struct plan *plan, const struct summary *s)
{
  json_t *object = json_object(), *dates = json_object();
  static const enum measure shown[] = { M_GAP, M_UNFUNDED, M_USABLE_CLOSING, M_GENERAL_FUND_CLOSING, M_MINIMUM };
  for (size_t i = 0; i < COUNT_OF(shown); i++) {
    json_object_set_new(object, measure_kinds[shown[i]].name, json_row(plan, s->measure[shown[i]], 1));
  }
  for (int d = 0; d < N_DATES; d++) {
    json_object_set_new(dates, date_names[d], date(plan, s->date[d]));
  }
  json_object_set_new(object, "dates", dates);
  return object;
}

static json_t *left_out_one(const char *instance, json_t *parameter, const char *reason)
{
  json_t *one = json_object();
  json_object_set_new(one, "instance", json_words(instance));
  json_object_set_new(one, "parameter", parameter);
  json_object_set_new(one, "reason", json_words(reason));
  return one;
}

/* Uses left out, then parameters of uses that took part without them. */
static json_t *left_out(const struct stress_report *r, int pack)
{
  const struct scenario *scenario = &r->battery->scenario[pack];
  json_t *array = json_array();
  for (int i = 0; i < r->battery->n_left; i++) {
    const struct left_out *left = &r->battery->left[i];
    if (strcmp(left->scenario, scenario->id) == 0) {
      json_array_append_new(array, left_out_one(left->instance,
                                                left->parameter != NULL ? json_words(left->parameter) : json_null(),
                                                left->reason));
    }
  }
  for (int i = 0; i < r->result->n_idle; i++) {
    const struct idle_parameter *idle = &r->result->idle[i];
    const struct use *use = &scenario->use[idle->pack == pack ? idle->use : 0];
    struct text reason = { 0 };
    if (idle->pack == pack) {
      idle_reason(&reason, &r->report.folder->plan, scenario, use, idle->param);
      json_array_append_new(
          array, left_out_one(use->instance, json_words(use->plugin->param[idle->param].id), text_str(&reason)));
    }
    text_fini(&reason);
  }
  return array;
}

static json_t *packs(const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  json_t *array = json_array();
  for (int s = 0; s < r->battery->n_packs; s++) {
    json_t *object = summary(plan, &r->result->pack[s]);
    json_object_set_new(object, "id", json_words(r->battery->scenario[s].id));
    json_object_set_new(object, "label", json_words(r->battery->scenario[s].label));
    json_object_set_new(object, "uses", json_integer(r->battery->scenario[s].n_uses));
    json_object_set_new(object, "left_out", left_out(r, s));
    json_object_set_new(object, "took_no_part", json_words(r->result->pack_skip[s]));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *boundary(const struct plan *plan, const struct boundary *b, double by)
{
  static const char *const kinds[] = { "found", "never", "not_steady" };
  json_t *object = json_object();
  json_object_set_new(object, "kind", json_words(kinds[b->kind]));
  json_object_set_new(object, "fails_already", json_boolean(b->met_at_0));
  json_object_set_new(object, "before", json_real(b->before * by));
  json_object_set_new(object, "at_before", summary(plan, &b->at_before));
  json_object_set_new(object, "held", json_boolean(b->held));
  json_object_set_new(object, "after", b->kind != BOUNDARY_NEVER ? json_real(b->after * by) : json_null());
  json_object_set_new(object, "at_after", b->kind != BOUNDARY_NEVER ? summary(plan, &b->at_after) : json_null());
  return object;
}

/* With its distance in steps, in standard deviations where presets have one, in pence over all years, and as a share of
 * the net budget of those years. */
static json_t *reverse_one(const struct stress_report *r, const struct boundary *b, const struct move *move, double by)
{
  const struct plan *plan = &r->report.folder->plan;
  json_t *object = boundary(plan, b, by);
  const pence net = net_budget_of_years(r);
  const bool found = b->kind != BOUNDARY_NEVER;
  const pence added = found ? gaps_added(r, &b->at_after) : 0;
  json_object_set_new(object, "steps", found ? json_real(b->after) : json_null());
  json_object_set_new(object, "standard_deviations",
                      found && move->sd > 0.0 ? json_real(sds_of(move, b->after)) : json_null());
  json_object_set_new(object, "gaps_added", found ? json_integer(added) : json_null());
  json_object_set_new(object, "share_of_net_budget",
                      found && net > 0 ? json_real((double)added / (double)net) : json_null());
  return object;
}

static json_t *moves(const struct stress_report *r)
{
  static const char *const reverse_names[N_REVERSE] = { "below_minimum", "first_unfunded" };
  const struct plan *plan = &r->report.folder->plan;
  json_t *array = json_array();
  const int n = r->battery->moves >= 0 ? r->battery->scenario[r->battery->moves].n_uses : 0;
  for (int m = 0; m < n; m++) {
    const struct move *move = &r->battery->move[m];
    const struct move_result *result = &r->result->move[m];
    json_t *object = json_object(), *reverse = json_object();
    json_object_set_new(object, "label", json_words(move->label));
    json_object_set_new(object, "unit", json_words(move->unit));
    json_object_set_new(object, "step", json_real(move->step * result->worse));
    json_object_set_new(object, "source", json_words(move->source));
    json_object_set_new(object, "at_one_step", summary(plan, &result->up));
    for (int t = 0; t < N_REVERSE; t++) {
      const struct reverse *found = &result->reverse[t];
      json_object_set_new(reverse, reverse_names[t],
                          found->known ? reverse_one(r, &found->boundary, move, move->step * found->sign)
                                       : json_null());
    }
    json_object_set_new(object, "reverse", reverse);
    json_array_append_new(array, object);
  }
  return array;
}

/* Lines that no move reaches. */
static json_t *not_moved(const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  json_t *array = json_array();
  for (int i = 0; i < r->battery->n_not_moved; i++) {
    const int line = r->battery->not_moved[i];
    json_t *object = json_object();
    json_object_set_new(object, "id", json_words(plan->line[line].id));
    json_object_set_new(object, "label", json_words(plan->line[line].label));
    json_object_set_new(object, "class", json_words(line_class_names[plan->line[line].class]));
    json_object_set_new(object, "amount", json_row(plan, r->report.shown[0].result->line[line].amount, 1));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *prices(const struct stress_report *r)
{
  json_t *array = json_array();
  const struct plan *plan = &r->report.folder->plan;
  const int n = r->battery->prices >= 0 ? r->battery->scenario[r->battery->prices].n_uses : 0;
  for (int p = 0; p < n; p++) {
    if (!price_is_shown(r, p)) {
      continue;
    }
    json_t *object = summary(plan, &r->result->price[p]);
    json_object_set_new(object, "label", json_words(r->battery->price[p].label));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *combinations(const struct stress_report *r)
{
  static const char *const names[N_REVERSE] = { "below_minimum", "first_unfunded" };
  json_t *object = json_object();
  for (int t = 0; t < N_REVERSE; t++) {
    const struct combination *c = &r->result->combination[t];
    json_t *one = json_object(), *parts = json_array();
    for (int m = 0; c->found && m < MOST_MOVES; m++) {
      if (fabs(c->severity[m]) > 0.0) {
        json_t *part = json_object();
        json_object_set_new(part, "label", json_words(r->battery->move[m].label));
        json_object_set_new(part, "steps", json_real(c->severity[m]));
        json_object_set_new(part, "amount", json_real(c->severity[m] * r->battery->move[m].step));
        json_object_set_new(part, "unit", json_words(r->battery->move[m].unit));
        json_array_append_new(parts, part);
      }
    }
    const int32_t own = r->result->plan.date[t == 0 ? DATE_BELOW_MINIMUM : DATE_FIRST_UNFUNDED];
    json_object_set_new(one, "fails_already", own == DATE_UNKNOWN ? json_null() : json_boolean(own >= 0));
    json_object_set_new(one, "found", json_boolean(c->found));
    json_object_set_new(one, "at", c->found ? summary(&r->report.folder->plan, &c->at) : json_null());
    json_object_set_new(one, "distance", c->found ? json_real(c->distance) : json_null());
    json_object_set_new(one, "moves", parts);
    json_object_set_new(object, names[t], one);
  }
  return object;
}

static json_t *savings(const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  json_t *array = json_array();
  const int n = r->battery->savings >= 0 ? r->battery->scenario[r->battery->savings].n_uses : 0;
  for (int s = 0; s < n; s++) {
    json_t *object = summary(plan, &r->result->without[s]);
    json_object_set_new(object, "without", json_words(plan->saving[r->battery->saving[s]].id));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *deadline(const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  json_t *array = json_array();
  for (int from = 0; r->battery->delays >= 0 && from < plan->n_years; from++) {
    char year[8];
    json_t *object = json_object();
    json_object_set_new(object, "from", json_words(plan_year_label(plan, from, year)));
    const struct boundary *needed = r->result->delay[from].needed;
    const bool known = r->result->plan.date[DATE_BELOW_MINIMUM] != DATE_UNKNOWN;
    json_object_set_new(object, "below_minimum", known ? boundary(plan, &needed[0], 1e6) : json_null());
    json_object_set_new(object, "first_unfunded", boundary(plan, &needed[1], 1e6));
    json_object_set_new(object, "lasting_savings", json_real(r->result->lasting * 1e6));
    json_object_set_new(object, "lasting_begun_here", summary(plan, &r->result->delay[from].same));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *questions(const struct stress_report *r)
{
  json_t *array = json_array();
  for (int q = 0; q < MOST_QUESTIONS; q++) {
    struct text text = { 0 };
    if (question_words(&text, r, q)) {
      json_array_append_new(array, json_words(text_str(&text)));
    }
    text_fini(&text);
  }
  return array;
}

enum status report_stress_json(struct text *out, const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  json_t *root = json_object();
  json_object_set_new(root, "schema", json_words("headroom.stress/1"));
  json_object_set_new(root, "council", json_words(plan->name));
  json_object_set_new(root, "years", json_years(plan));
  json_object_set_new(root, "plan", summary(plan, &r->result->plan));
  json_object_set_new(root, "packs", packs(r));
  json_object_set_new(root, "moves", moves(r));
  json_object_set_new(root, "not_moved", not_moved(r));
  json_object_set_new(root, "prices", prices(r));
  json_object_set_new(root, "combination", combinations(r));
  json_object_set_new(root, "savings", savings(r));
  json_object_set_new(root, "deadline", deadline(r));
  json_object_set_new(root, "questions", questions(r));
  json_object_set_new(root, "correlation",
                      json_pack("{s:f,s:f}", "within", correlation_within, "across", correlation_across));
  json_object_set_new(root, "projections", json_integer(r->result->projections));
  json_object_set_new(root, "disclaimer", json_words(report_disclaimer));
  json_t *manifest = json_manifest(&r->report);
  json_manifest_add(manifest, r->battery->scenario, r->battery->count);
  json_object_set_new(root, "manifest", manifest);
  return json_dump(out, root);
}

enum status report_solve_json(struct text *out, const struct solve_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  struct text test = { 0 };
  test_words(&test, plan, r->test);
  json_t *root = json_object(), *manifest = json_manifest(&r->report);
  json_manifest_add(manifest, r->solved->scenario, 1);
  json_object_set_new(root, "schema", json_words("headroom.solve/1"));
  json_object_set_new(root, "find", json_words(r->find));
  json_object_set_new(root, "scenario", json_words(r->solved->base));
  json_object_set_new(root, "until", json_words(text_str(&test)));
  json_object_set_new(root, "unit", json_words(parameter_unit_word(r->solved->param->unit)));
  json_object_set_new(root, "value_before", json_real(r->solved->value_before));
  json_object_set_new(root, "value_after", json_real(r->solved->value_after));
  json_object_set_new(root, "boundary", boundary(plan, &r->solved->boundary, r->solved->sign));
  if (r->solved->has_other) {
    json_object_set_new(root, "value_at_other_end", json_real(r->solved->value_other));
    json_object_set_new(root, "at_other_end", summary(plan, &r->solved->at_other));
  }
  json_object_set_new(root, "manifest", manifest);
  text_fini(&test);
  return json_dump(out, root);
}
