/* setup.c: from departures and plugins' noise to variables, their correlations, and what each adds to which input.
 *
 * (1) What departs by nothing is no variable: a plan without spread is the plan, to the last bit.
 * (2) A variable is known by its name alone, so that another row, council or plugin moves none of its draws.
 * (3) A coefficient between two inputs stands before one between an input and a group, and that before one of groups.
 * (4) Correlations that cannot all hold are refused, and the nearest that can are offered.
 * (5) Money of a receipt or a loan departs in the year that the plan has it in, and in no other. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/council.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- variables ----------------------------------------------------------------------------------------- */

static const enum marginal_kind kinds[N_DISTRIBUTIONS] = {
  [DISTRIBUTION_NORMAL] = MARGINAL_NORMAL,       [DISTRIBUTION_TRIANGULAR] = MARGINAL_TRIANGULAR,
  [DISTRIBUTION_PERT] = MARGINAL_PERT,           [DISTRIBUTION_BETA] = MARGINAL_BETA,
  [DISTRIBUTION_LOGNORMAL] = MARGINAL_LOGNORMAL, [DISTRIBUTION_EVENT] = MARGINAL_EVENT,
  [DISTRIBUTION_DELAY] = MARGINAL_DELAY,
};

static int by_months(const void *a, const void *b)
{
  return ((const struct delay *)a)->months - ((const struct delay *)b)->months;
}

static void delays_of(const struct uncertain *row, struct marginal *out)
{
  struct delay delay[MOST_DELAYS];
  memcpy(delay, row->delay, sizeof delay);
  qsort(delay, (size_t)row->n_delays, sizeof *delay, by_months);
  for (int i = 0; i < row->n_delays; i++) {
    if (delay[i].chance > 0.0) {
      out->step[out->n_steps] = delay[i].months;
      out->step_chance[out->n_steps++] = delay[i].chance;
    }
  }
}

static struct marginal marginal_of(const struct departure *departure)
{
  const struct uncertain *row = departure->row;
  struct marginal out = { .kind = kinds[row->distribution],
                          .sd = departure->sd,
                          .low = departure->low,
                          .mode = departure->mode,
                          .high = departure->high,
                          .a = row->a,
                          .b = row->b,
                          .chance = row->distribution == DISTRIBUTION_EVENT ? row->chance : row->nothing };
  if (row->distribution == DISTRIBUTION_DELAY) {
    delays_of(row, &out);
  }
  return out;
}

/* Rule 1 */
static bool is_nothing(const struct marginal *m)
{
  switch (m->kind) {
  case MARGINAL_NORMAL:
    return m->sd == 0.0 || m->chance == 1.0;
  case MARGINAL_EVENT:
    return m->mode == 0.0 || m->chance == 0.0;
  case MARGINAL_DELAY:
    return m->n_steps == 0 || (m->n_steps == 1 && m->step[0] == 0.0) || m->chance == 1.0;
  case MARGINAL_LOGNORMAL:
    return m->chance == 1.0;
  default:
    return (m->low == 0.0 && m->high == 0.0) || m->chance == 1.0;
  }
}

static bool add_variable(struct council *c, const struct variable *variable, const struct drawn_variable *drawn)
{
  struct arena *arena = &c->folder->arena;
  struct variable *grown = arena_grow(arena, c->variable, (size_t)c->n_variables, sizeof *grown);
  struct drawn_variable *told = arena_grow(arena, c->drawn, (size_t)c->n_variables, sizeof *told);
  if (grown == NULL || told == NULL) {
    return false;
  }
  c->variable = grown;
  c->drawn = told;
  grown[c->n_variables] = *variable;
  told[c->n_variables] = *drawn;
  told[c->n_variables++].mean = marginal_mean(&variable->marginal);
  return true;
}

static bool refuse(const struct council *c, const struct departure *departure, const char *fault)
{
  struct finding *finding = finding_add(&c->folder->findings, CODE_UNCERTAINTY, departure->row->place, "%s: %s %s",
                                        departure->row->input, distribution_names[departure->row->distribution], fault);
  finding_label(&c->folder->findings, finding, "another spread");
  return true;
}

static bool add_departures(struct council *c, const struct departures *departures)
{
  for (int d = 0; d < departures->count; d++) {
    const struct departure *departure = &departures->item[d];
    const struct marginal marginal = marginal_of(departure);
    const char *fault = is_nothing(&marginal) ? NULL : marginal_fault(&marginal);
    if (fault != NULL) {
      (void)refuse(c, departure, fault);
    } else if (!is_nothing(&marginal) &&
               !add_variable(c, &(struct variable){ departure->name, marginal, departure->row->persistence },
                             &(struct drawn_variable){ .name = departure->name,
                                                       .label = departure->label,
                                                       .group = departure->row->group,
                                                       .source = departure->row->source,
                                                       .saving = departure->saving,
                                                       .departure = departure })) {
      return false;
    }
  }
  return true;
}

static int variable_find(const struct council *c, const char *name)
{
  for (int v = 0; v < c->n_variables; v++) {
    if (strcmp(c->variable[v].name, name) == 0) {
      return v;
    }
  }
  return -1;
}

/* The noise of one scenario; what another has by the same name is the same. */
static bool add_noises(struct council *c, int s)
{
  struct noise *noise = NULL;
  struct arena *arena = &c->folder->arena;
  if (scenario_noise(&c->scenario[s], arena, &noise, &c->n_noises[s]) != STATUS_OK) {
    return false;
  }
  c->noise[s] = arena_array(arena, (size_t)c->n_noises[s] + 1, sizeof **c->noise);
  for (int n = 0; c->noise[s] != NULL && n < c->n_noises[s]; n++) {
    int v = variable_find(c, noise[n].name);
    if (v < 0) {
      const struct marginal uniform = { .kind = MARGINAL_BETA, .a = 1.0, .b = 1.0, .high = 1.0 };
      const struct marginal normal = { .kind = MARGINAL_NORMAL, .sd = 1.0 };
      v = c->n_variables;
      if (!add_variable(
              c, &(struct variable){ noise[n].name, noise[n].uniform ? uniform : normal, noise[n].once ? 1.0 : 0.0 },
              &(struct drawn_variable){
                  .name = noise[n].name, .label = noise[n].label, .group = "", .source = "", .saving = -1 })) {
        return false;
      }
    }
    c->noise[s][n] = v;
  }
  return c->noise[s] != NULL;
}

/* ---- correlations -------------------------------------------------------------------------------------- */

/* Is this variable what the word of correlation.csv names?  *narrow: by itself rather than as one of a group. */
static bool is_named(const struct drawn_variable *drawn, const char *word, bool *narrow)
{
  *narrow =
      strcmp(drawn->name, word) == 0 || (drawn->departure != NULL && strcmp(drawn->departure->row->input, word) == 0);
  return *narrow || (drawn->group[0] != '\0' && strcmp(drawn->group, word) == 0);
}

struct pairing {
  double *coefficient; /* [a * n + b], a < b */
  int *rank, *pair;    /* rule 3; the row that it is from */
};

/* Where the two stand, whichever is named first. */
static int pair_at(const struct council *c, int a, int b)
{
  return a < b ? a * c->n_variables + b : b * c->n_variables + a;
}

static void take_pair(const struct council *c, const struct pairing *out, int pair)
{
  const struct correlated *row = &c->folder->uncertainty.pair[pair];
  const int n = c->n_variables;
  for (int a = 0; a < n; a++) {
    for (int b = 0; b < n; b++) {
      bool narrow_a = false, narrow_b = false;
      if (a == b || !is_named(&c->drawn[a], row->a, &narrow_a) || !is_named(&c->drawn[b], row->b, &narrow_b)) {
        continue;
      }
      const int at = pair_at(c, a, b), rank = 1 + narrow_a + narrow_b;
      if (rank >= out->rank[at]) {
        out->rank[at] = rank;
        out->coefficient[at] = row->coefficient;
        out->pair[at] = pair;
      }
    }
  }
}

/* Rule 4: what each row would have to say, on average over what it speaks of. */
static void offer_nearest(const struct council *c, const struct pairing *given, const struct correlation *nearest,
                          int n_nearest)
{
  const struct uncertainty *u = &c->folder->uncertainty;
  struct findings *findings = &c->folder->findings;
  struct text offer = { 0 };
  const struct correlated *worst = NULL;
  double farthest = 0.0;
  for (int p = 0; p < u->n_pairs; p++) {
    double sum = 0.0;
    int n = 0, of = 0;
    for (int i = 0; i < n_nearest; i++) {
      sum += given->pair[pair_at(c, nearest[i].a, nearest[i].b)] == p ? nearest[i].coefficient : 0.0;
    }
    for (n = 0; n < c->n_variables * c->n_variables; n++) {
      of += n / c->n_variables < n % c->n_variables && given->rank[n] > 0 && given->pair[n] == p;
    }
    const double wanted = of > 0 ? sum / of : u->pair[p].coefficient, moved = fabs(wanted - u->pair[p].coefficient);
    if (moved >= 0.0005) {
      text_printf(&offer, "%s%s,%s,%.3f", offer.length > 0 ? "; " : "", u->pair[p].a, u->pair[p].b, wanted);
    }
    if (moved > farthest) {
      farthest = moved;
      worst = &u->pair[p];
    }
  }
  const struct place nowhere = { .file = u->pairs_from };
  struct finding *finding = finding_add(findings, CODE_CORRELATION, worst != NULL ? worst->coefficient_place : nowhere,
                                        "these correlations cannot all hold at once");
  finding_label(findings, finding, "the nearest that can: %s", offer.length > 0 ? text_str(&offer) : "none");
  text_fini(&offer);
}

static enum status check_correlations(const struct council *c, const struct pairing *given, struct error *error)
{
  struct correlation *nearest = NULL;
  int n_nearest = 0;
  if (correlations_hold(c->n_variables, c->n_correlations, c->correlation)) {
    return STATUS_OK;
  }
  const enum status status =
      correlations_nearest(c->n_variables, c->n_correlations, c->correlation, &nearest, &n_nearest, error);
  if (status != STATUS_OK) {
    return status;
  }
  offer_nearest(c, given, nearest, n_nearest);
  free(nearest);
  return error_set(error, STATUS_DATA, "the correlations cannot all hold at once");
}

static enum status correlate(struct council *c, struct error *error)
{
  const size_t n = (size_t)c->n_variables;
  struct arena *arena = &c->folder->arena;
  const struct pairing given = { arena_array(arena, n * n + 1, sizeof(double)),
                                 arena_array(arena, n * n + 1, sizeof(int)),
                                 arena_array(arena, n * n + 1, sizeof(int)) };
  c->correlation = arena_array(arena, n * n / 2 + 1, sizeof *c->correlation);
  if (given.coefficient == NULL || given.rank == NULL || given.pair == NULL || c->correlation == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  for (int p = 0; p < c->folder->uncertainty.n_pairs; p++) {
    take_pair(c, &given, p);
  }
  for (int a = 0; a < c->n_variables; a++) {
    for (int b = a + 1; b < c->n_variables; b++) {
      const double coefficient = given.coefficient[a * c->n_variables + b];
      if (coefficient != 0.0) {
        c->correlation[c->n_correlations++] = (struct correlation){ a, b, coefficient };
      }
    }
  }
  return check_correlations(c, &given, error);
}

/* ---- what is added to each input ----------------------------------------------------------------------- */

static int input_at(struct council *c, int *place, int input)
{
  if (place[input] == 0) {
    c->input[c->n_inputs++] = input;
    place[input] = c->n_inputs;
  }
  return place[input] - 1;
}

static double weight_of(const struct plan *plan, const struct departure *departure, int input, int year)
{
  const struct input *at = &plan->input[input];
  const bool dated = at->field == RECEIPT_AMOUNT || at->field == BORROWING_AMOUNT;
  return departure->relative ? at->plan[year] : dated && at->plan[year] == 0.0 ? 0.0 : 1.0; /* Rule 5 */
}

static bool add_term(struct council *c, int *place, int variable, int input)
{
  struct sum_drawn *sum = &c->sum[input_at(c, place, input)];
  struct term_drawn *grown = arena_grow(&c->folder->arena, sum->term, (size_t)sum->n_terms, sizeof *grown);
  if (grown == NULL) {
    return false;
  }
  sum->term = grown;
  struct term_drawn *term = &grown[sum->n_terms++];
  term->variable = variable;
  for (int y = 0; y < c->n_years; y++) {
    term->weight[y] = weight_of(c->plan, c->drawn[variable].departure, input, y);
  }
  return true;
}

static bool add_sums(struct council *c)
{
  const size_t n = (size_t)c->plan->n_inputs;
  struct arena *arena = &c->folder->arena;
  int *place = arena_array(arena, n + 1, sizeof *place);
  c->input = arena_array(arena, n + 1, sizeof *c->input);
  c->sum = arena_array(arena, n + 1, sizeof *c->sum);
  if (place == NULL || c->input == NULL || c->sum == NULL) {
    return false;
  }
  for (int v = 0; v < c->n_variables; v++) {
    const struct departure *departure = c->drawn[v].departure;
    for (int i = 0; departure != NULL && i < departure->n_inputs; i++) {
      if (!add_term(c, place, v, departure->input[i])) {
        return false;
      }
    }
  }
  return true;
}

/* ---- the face ------------------------------------------------------------------------------------------ */

static bool gather(struct council *c, const struct departures *departures)
{
  struct arena *arena = &c->folder->arena;
  c->n_noises = arena_array(arena, (size_t)c->count + 1, sizeof *c->n_noises);
  c->noise = arena_array(arena, (size_t)c->count + 1, sizeof *c->noise);
  bool fine = c->n_noises != NULL && c->noise != NULL && add_departures(c, departures);
  for (int s = 0; fine && s < c->count; s++) {
    fine = add_noises(c, s);
  }
  return fine && add_sums(c);
}

enum status council_set_up(struct council *c, const struct departures *departures,
                           const struct simulation_options *options, struct error *error)
{
  const size_t errors = c->folder->findings.errors;
  if (!gather(c, departures)) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  if (c->folder->findings.errors > errors) {
    return error_set(error, STATUS_DATA, "what is uncertain cannot be drawn");
  }
  if (c->n_variables == 0 && departures->count == 0) { /* departures of nothing are another matter */
    const char *file = c->folder->uncertainty.rows_from;
    return error_set(error, STATUS_DATA, "%s has no rows, so there is nothing to draw",
                     file != NULL ? file : "uncertainty.csv");
  }
  const enum status status = correlate(c, error);
  if (status != STATUS_OK) {
    return status;
  }
  const struct draws_plan plan = { .seed = options->seed,
                                   .plain = options->plain,
                                   .n_years = c->n_years,
                                   .n_variables = c->n_variables,
                                   .n_correlations = c->n_correlations,
                                   .variable = c->variable,
                                   .correlation = c->correlation };
  return draws_new(&plan, &c->draws, error);
}
