/* json_simulate.c: a simulation as JSON (schema headroom.simulate/1): money in pence, chances as fractions of the
 * futures simulated, every estimate with its standard error. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json.h"
#include "report/simulate_words.h"

static json_t *money(struct estimate e)
{
  return json_pack("{s:I,s:I}", "value", (json_int_t)pence_near(e.value), "error", (json_int_t)pence_near(e.error));
}

static json_t *chance(struct estimate e)
{
  return json_pack("{s:f,s:f}", "value", e.value, "error", e.error);
}

static json_t *quantiles(const struct estimate *quantile)
{
  json_t *object = json_object();
  for (int q = 0; q < N_QUANTILES; q++) {
    json_object_set_new(object, quantile_names[q], money(quantile[q]));
  }
  return object;
}

static json_t *spread(const struct spread *s)
{
  json_t *object = json_object();
  json_object_set_new(object, "without_draws", json_integer(pence_near(s->plan)));
  json_object_set_new(object, "chance_of_no_more", chance(s->plan_place));
  json_object_set_new(object, "quantiles", quantiles(s->quantile));
  json_object_set_new(object, "mean", money(s->mean));
  json_object_set_new(object, "sd", json_integer(pence_near(s->sd)));
  return object;
}

static json_t *spreads(const struct spread *s, int n_years)
{
  json_t *array = json_array();
  for (int y = 0; y < n_years; y++) {
    json_array_append_new(array, spread(&s[y]));
  }
  return array;
}

static json_t *chances(const struct estimate *e, int n_years)
{
  json_t *array = json_array();
  for (int y = 0; y < n_years; y++) {
    json_array_append_new(array, chance(e[y]));
  }
  return array;
}

static json_t *dates(const struct simulated *s, int n_years)
{
  json_t *object = json_object();
  for (int d = 0; d < N_DATES; d++) {
    json_t *date = json_null();
    if (s->date_known[d]) {
      date = json_object();
      json_object_set_new(date, "in_or_before", chances(s->by[d], n_years));
      json_object_set_new(date, "first_in", chances(s->first[d], n_years));
      json_object_set_new(date, "at_the_end_of", chances(s->at[d], n_years));
    }
    json_object_set_new(object, date_names[d], date);
  }
  return object;
}

static json_t *reserves(const struct simulated *s)
{
  json_t *object = json_object();
  for (int fear = 0; fear < N_FEARS; fear++) {
    json_t *array = s->fear_known[fear] ? json_array() : json_null();
    for (int l = 0; s->fear_known[fear] && l < N_CONFIDENCES; l++) {
      json_t *one = money(s->reserves_for[fear][l]);
      json_object_set_new(one, "confidence", json_real(confidence_level[l]));
      json_array_append_new(array, one);
    }
    json_object_set_new(object, fear_names[fear], array);
  }
  return object;
}

static json_t *drivers(const struct simulation *simulation, int scenario)
{
  json_t *object = json_object();
  for (int k = 0; k < N_DRIVEN; k++) {
    json_t *of = json_object(), *shares = json_object();
    for (int v = 0; v < simulation->n_variables; v++) {
      json_object_set_new(shares, simulation->variable[v].name, chance(simulation->scenario[scenario].share[k][v]));
    }
    json_object_set_new(of, "shares", shares);
    json_object_set_new(of, "savings", chance(simulation->scenario[scenario].savings[k]));
    json_object_set_new(of, "left_over", chance(simulation->scenario[scenario].left_over[k]));
    json_object_set_new(object, driven_names[k], of);
  }
  return object;
}

static json_t *worst(const struct simulation *simulation, int scenario)
{
  json_t *object = json_object();
  for (int v = 0; v < simulation->n_variables; v++) {
    json_object_set_new(object, simulation->variable[v].name, chance(simulation->scenario[scenario].worst[v]));
  }
  return object;
}

static json_t *versus(const struct versus *v)
{
  json_t *object = json_object();
  json_object_set_new(object, "better", chance(v->better));
  json_object_set_new(object, "same", chance(v->same));
  json_object_set_new(object, "mean", money(v->mean));
  json_object_set_new(object, "quantiles", quantiles(v->quantile));
  return object;
}

static json_t *futures(const struct plan *plan, const struct simulated *s)
{
  json_t *array = json_array();
  for (int i = 0; i < N_FUTURES; i++) {
    json_t *one = json_object(), *fallen = json_object();
    json_object_set_new(one, "gap", json_row(plan, s->future_gap[i], 1));
    json_object_set_new(one, "usable_closing", json_row(plan, s->future_usable[i], 1));
    for (int d = 0; d < N_DATES; d++) {
      char year[8];
      const int32_t date = s->future_date[i][d];
      json_object_set_new(fallen, date_names[d],
                          date >= 0 ? json_words(plan_year_label(plan, date, year)) : json_null());
    }
    json_object_set_new(one, "dates", fallen);
    json_array_append_new(array, one);
  }
  return array;
}

static json_t *scenario(const struct simulate_report *r, int i)
{
  const struct plan *plan = &r->report.folder->plan;
  const struct simulated *s = &r->simulation->scenario[i];
  json_t *object = json_object();
  json_object_set_new(object, "id", json_words(s->id));
  json_object_set_new(object, "label", json_words(s->label));
  json_object_set_new(object, "gap", spreads(s->gap, plan->n_years));
  json_object_set_new(object, "usable_closing", spreads(s->usable, plan->n_years));
  json_object_set_new(object, "dates", dates(s, plan->n_years));
  json_object_set_new(object, "unfunded", spread(&s->unfunded));
  json_object_set_new(object, "unfunded_worst_5_of_100", money(s->unfunded_worst));
  json_object_set_new(object, "reserves_at_the_start", reserves(s));
  json_object_set_new(object, "drivers", drivers(r->simulation, i));
  json_object_set_new(object, "departures_in_the_worst_5_of_100", worst(r->simulation, i));
  json_object_set_new(object, "versus_plan", i > 0 ? versus(&s->versus) : json_null());
  json_object_set_new(object, "futures", futures(plan, s));
  return object;
}

static json_t *variables(const struct simulation *s)
{
  json_t *array = json_array();
  for (int v = 0; v < s->n_variables; v++) {
    const struct drawn_variable *variable = &s->variable[v];
    json_t *object = json_object();
    json_object_set_new(object, "name", json_words(variable->name));
    json_object_set_new(object, "label", json_words(variable->label));
    json_object_set_new(object, "group", variable->group[0] != '\0' ? json_words(variable->group) : json_null());
    json_object_set_new(object, "distribution",
                        variable->departure != NULL
                            ? json_words(distribution_names[variable->departure->row->distribution])
                            : json_words("noise"));
    json_object_set_new(object, "persistence",
                        variable->departure != NULL ? json_real(variable->departure->row->persistence) : json_null());
    json_object_set_new(object, "source", json_words(variable->source));
    json_object_set_new(object, "departure_in_all", json_real(variable->mean));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *passed(const struct simulation *s)
{
  json_t *array = json_array();
  for (int i = 0; i < s->departures->n_passed; i++) {
    json_array_append_new(array, json_pack("{s:o,s:o}", "input", json_words(s->departures->passed[i].input), "why",
                                           json_words(s->departures->passed[i].why)));
  }
  return array;
}

static json_t *manifest(const struct simulate_report *r)
{
  const struct simulation *s = r->simulation;
  json_t *object = json_manifest(&r->report);
  json_object_set_new(object, "seed", json_integer((json_int_t)s->seed));
  json_object_set_new(object, "draws", json_integer((json_int_t)s->draws));
  json_object_set_new(object, "sampler", json_words(s->plain ? "mc" : "rqmc"));
  return object;
}

enum status report_simulate_json(struct text *out, const struct simulate_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  json_t *root = json_object(), *scenarios = json_array();
  for (int s = 0; s < r->simulation->count; s++) {
    json_array_append_new(scenarios, scenario(r, s));
  }
  json_object_set_new(root, "schema", json_words("headroom.simulate/1"));
  json_object_set_new(root, "council",
                      json_pack("{s:o,s:o,s:o}", "id", json_words(plan->folder_id), "name", json_words(plan->name),
                                "ons_code", json_words(plan->ons_code)));
  json_object_set_new(root, "years", json_years(plan));
  json_object_set_new(root, "opening_usable", json_integer(pence_near(r->simulation->opening_usable)));
  json_object_set_new(root, "opening_general_fund", json_integer(pence_near(r->simulation->opening_fund)));
  json_object_set_new(root, "variables", variables(r->simulation));
  json_object_set_new(root, "passed_over", passed(r->simulation));
  json_object_set_new(root, "scenarios", scenarios);
  json_object_set_new(root, "meaning", json_words(simulation_means));
  json_object_set_new(root, "errors_each_way_for_19_in_20", json_real(ERRORS_95));
  json_object_set_new(root, "findings", json_findings(&r->report.folder->findings));
  json_object_set_new(root, "disclaimer", json_words(report_disclaimer));
  json_object_set_new(root, "manifest", manifest(r));
  return json_dump(out, root);
}
