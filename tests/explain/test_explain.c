/* test_explain.c: every figure of run and compare on every shipped dataset, unfolded: it is the figure that was printed, its parts make it by
 * arithmetic done again here, and every leaf is a cell that holds it, a plugin's change, or a constant that the engine owns. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "explain/explain.h"
#include "plan_maker.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- arithmetic, not the engine's ------------------------------------------------------------------------------- */

/* Half away from zero; ties in decimals are ties in binary give or take a millionth. */
static double to_grain(double value, double grain)
{
  const double units = value / grain;
  return units < 0.0 ? ceil(units - 0.5 - 1e-6) * grain : floor(units + 0.5 + 1e-6) * grain;
}

static int first_part(const struct figure *figure, int nil)
{
  for (int i = 0; i < figure->n_parts; i++) {
    const double value = figure->part[i].figure->value;
    if (nil ? fabs(value) < 0.005 : value > 0.005) {
      return i;
    }
  }
  return -1;
}

static double part_value(const struct figure *figure, int i)
{
  return figure->part[i].sign * figure->part[i].figure->value;
}

static double again(const struct figure *figure)
{
  double value = part_value(figure, 0);
  for (int i = 1; i < figure->n_parts; i++) {
    const double next = part_value(figure, i);
    switch (figure->operation) {
    case OP_SUM:
      value += next;
      break;
    case OP_PRODUCT:
      value *= next;
      break;
    case OP_GROWTH:
      value = (1.0 + value) * (1.0 + next) - 1.0;
      break;
    case OP_QUOTIENT:
      value /= next;
      break;
    case OP_POWER:
      value = pow(value, next);
      break;
    case OP_LEAST:
      value = fmin(value, next);
      break;
    case OP_GREATEST:
      value = fmax(value, next);
      break;
    default:
      break;
    }
  }
  value += figure->operation == OP_GROWTH ? 1.0 : 0.0;
  value = figure->operation == OP_FIRST_ABOVE_0 ? first_part(figure, 0) : value;
  value = figure->operation == OP_FIRST_NIL ? first_part(figure, 1) : value;
  return figure->grain > 0.0 ? to_grain(value, figure->grain) : value;
}

/* ---- cells of the folder ---------------------------------------------------------------------------------------------- */

enum { MAX_FILES = 20 };

struct texts {
  int n;
  struct {
    const char *name;
    char *bytes;
  } file[MAX_FILES];
};

static char *slurp(const char *path)
{
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  char *bytes = calloc(1, 1 << 20);
  assert_non_null(bytes);
  assert_true(fread(bytes, 1, (1 << 20) - 1, file) < (1 << 20) - 1);
  fclose(file);
  return bytes;
}

static void read_texts(struct texts *texts, const char *path, const struct folder *folder)
{
  *texts = (struct texts){ .n = folder->n_files };
  assert_true(folder->n_files <= MAX_FILES);
  for (int i = 0; i < folder->n_files; i++) {
    struct text name = { 0 };
    text_printf(&name, "%s/%s", path, folder->file[i].name);
    texts->file[i].name = folder->file[i].name;
    texts->file[i].bytes = slurp(text_str(&name));
    text_fini(&name);
  }
}

static void free_texts(struct texts *texts)
{
  for (int i = 0; i < texts->n; i++) {
    free(texts->file[i].bytes);
  }
}

/* The cell that begins at a line and a column; columns count characters. */
static void cell_at(const struct texts *texts, const struct origin *origin, char out[64])
{
  const char *at = NULL;
  for (int i = 0; i < texts->n; i++) {
    at = strcmp(texts->file[i].name, origin->file) == 0 ? texts->file[i].bytes : at;
  }
  assert_non_null(at);
  for (int line = 1; line < origin->line; line++) {
    at = strchr(at, '\n');
    assert_non_null(at);
    at++;
  }
  at += origin->line == 1 && strncmp(at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  for (int column = 1; column < origin->column; column++) {
    assert_true(*at != '\0' && *at != '\n');
    for (at++; ((unsigned char)*at & 0xC0) == 0x80; at++) {
    }
  }
  int n = 0;
  const int quoted = *at == '"';
  for (at += quoted; *at != '\0' && *at != '\n' && *at != '\r' && (quoted ? *at != '"' : *at != ',') && n < 63; at++) {
    if ((*at >= '0' && *at <= '9') || *at == '.' || *at == '-' || *at == ',') {
      out[n] = *at;
      n += *at != ',' && *at != '-';
    }
  }
  out[n] = '\0';
}

/* A size as typed may be pounds, the folder's unit, a percentage, or a plain number; 0 may be blank. */
static int holds(const struct plan *plan, const char *cell, double value)
{
  const double typed = strtod(cell, NULL), unit = (double)plan->pence_per_unit / 100.0;
  const double readings[] = { typed, typed * unit, typed / 100.0 };
  for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
    if (fabs(readings[i] - fabs(value)) <= 1e-9 * fmax(1.0, fabs(value))) {
      return 1;
    }
  }
  return 0;
}

/* ---- the walk -------------------------------------------------------------------------------------------------------------- */

struct walk {
  const struct plan *plan;
  const struct texts *texts;
  char *seen;
  long figures, cells, changes;
  const char *dataset, *scenario, *root;
};

static void fail_at(const struct walk *walk, const struct figure *figure, const char *what, double got)
{
  fail_msg("%s, %s, %s: %s (%s) is %.6f: %s %.6f", walk->dataset, walk->scenario, walk->root, figure->words, figure->name, figure->value, what,
           got);
}

static void check_leaf(struct walk *walk, const struct figure *figure)
{
  char cell[64];
  switch (figure->leaf) {
  case LEAF_CELL:
    assert_true(figure->origin.line > 0 && figure->origin.column > 0);
    cell_at(walk->texts, &figure->origin, cell);
    if (strncmp(figure->how, "the part of the year", 20) != 0 && !holds(walk->plan, cell, figure->value)) {
      fail_msg("%s, %s, %s: %s is %.6f, and %s:%d:%d holds '%s'", walk->dataset, walk->scenario, walk->root, figure->words, figure->value,
               figure->origin.file, figure->origin.line, figure->origin.column, cell);
    }
    assert_true(figure->origin.basis != BASIS_NONE);
    walk->cells++;
    break;
  case LEAF_CHANGE:
    assert_non_null(figure->use);
    assert_true(figure->origin.line > 0);
    walk->changes++;
    break;
  case LEAF_ENGINE:
    break;
  case LEAF_NONE:
    fail_at(walk, figure, "a leaf without anything behind it", 0.0);
  }
}

static void walk_figure(struct walk *walk, const struct figure *figure)
{
  if (walk->seen[figure->number]) {
    return;
  }
  walk->seen[figure->number] = 1;
  walk->figures++;
  assert_true(figure->words[0] != '\0');
  if (figure->operation == OP_LEAF) {
    assert_int_equal(figure->n_parts, 0);
    check_leaf(walk, figure);
    return;
  }
  assert_true(figure->n_parts > 0);
  const double made = again(figure);
  const double apart = fabs(made - figure->value);
  if (!(figure->unit == FIGURE_MONEY ? apart < 0.005 : apart <= 1e-9 * fmax(1.0, fabs(made)))) {
    fail_at(walk, figure, "its parts make", made);
  }
  if (!figure_adds_up(figure)) {
    fail_at(walk, figure, "figure_adds_up says no:", figure_from_parts(figure));
  }
  for (int i = 0; i < figure->n_parts; i++) {
    walk_figure(walk, figure->part[i].figure);
  }
}

/* ---- datasets ----------------------------------------------------------------------------------------------------------------- */

struct loaded_set {
  struct folder folder;
  struct registry *registry;
  struct scenario *scenario;
  int n_scenarios;
  struct outcome *outcome;
  struct result *plan_itself;
};

static void load(struct loaded_set *set, const char *path)
{
  const struct registry_options options = { .plugin_path = PLUGINS };
  const struct run_options run = { .in_process = false };
  struct error error = { 0 };
  memset(set, 0, sizeof *set);
  assert_int_equal(folder_load(&set->folder, path, NULL, &error), STATUS_OK);
  assert_int_equal(registry_open(&set->folder.arena, &options, &set->registry, &error), STATUS_OK);
  if (set->folder.plan.has_mtfp) {
    const enum status built = scenarios_build(&set->folder, set->registry, NULL, 0, NULL, 0, &set->scenario, &set->n_scenarios, &error);
    if (built != STATUS_OK) {
      fail_msg("%s: %s", path, error.text);
    }
    const enum status ran = scenarios_run(&set->folder.plan, set->scenario, set->n_scenarios, &run, &set->folder.arena, &set->outcome, &error);
    if (ran != STATUS_OK) {
      fail_msg("%s: %s", path, error.text);
    }
  }
  set->plan_itself = result_init(arena_alloc(&set->folder.arena, result_size(&set->folder.plan)), &set->folder.plan);
  assert_int_equal(plan_project(&set->folder.plan, set->plan_itself), STATUS_OK);
}

static void unload(struct loaded_set *set)
{
  registry_close(set->registry);
  folder_fini(&set->folder);
}

static void unfold_all(struct walk *walk, struct loaded_set *set, int scenario)
{
  struct explainer *explainer = NULL;
  struct error error = { 0 };
  const struct scenario *of = scenario >= 0 ? &set->scenario[scenario] : NULL;
  const struct outcome *outcome = scenario >= 0 ? &set->outcome[scenario] : NULL;
  if (explainer_open(&set->folder.plan, of, outcome, &set->folder.arena, &explainer, &error) != STATUS_OK) {
    fail_msg("%s", error.text);
  }
  int count = 0;
  const struct printed_figure *printed =
      printed_figures(&set->folder.plan, scenario >= 0 ? outcome->result : set->plan_itself, &set->folder.arena, &count);
  assert_true(count > 0);
  walk->scenario = scenario >= 0 ? of->id : "the plan";
  walk->seen = calloc(1, 10 << 20);
  assert_non_null(walk->seen);
  for (int i = 0; i < count; i++) {
    const struct figure *figure = explain_figure(explainer, printed[i].name, &error);
    if (figure == NULL) {
      fail_msg("%s", error.text);
      return;
    }
    walk->root = printed[i].name;
    assert_true(figure->number < 10 << 20);
    const double expected = figure->unit == FIGURE_DATE ? (double)printed[i].value : (double)printed[i].value / 100.0;
    if (fabs(figure->value - expected) >= 0.005) {
      fail_at(walk, figure, "printed was", expected);
    }
    walk_figure(walk, figure);
  }
  free(walk->seen);
  explainer_close(explainer);
}

static void unfold_dataset(const char *name, struct walk *totals)
{
  char path[512];
  struct loaded_set set;
  struct texts texts;
  snprintf(path, sizeof path, SOURCE_DIR "/datasets/%s", name);
  load(&set, path);
  read_texts(&texts, path, &set.folder);
  for (int s = -1; s < set.n_scenarios; s++) {
    struct walk walk = { .plan = &set.folder.plan, .texts = &texts, .dataset = name };
    unfold_all(&walk, &set, s);
    totals->figures += walk.figures;
    totals->cells += walk.cells;
    totals->changes += walk.changes;
  }
  free_texts(&texts);
  unload(&set);
}

static int is_dataset(const struct dirent *entry)
{
  char path[512];
  snprintf(path, sizeof path, SOURCE_DIR "/datasets/%s/council.csv", entry->d_name);
  FILE *file = fopen(path, "rb");
  if (file != NULL) {
    fclose(file);
  }
  return file != NULL;
}

static void every_printed_figure_unfolds_into_parts_that_make_it(void **state)
{
  (void)state;
  struct dirent **entries = NULL;
  struct walk totals = { 0 };
  const int n = scandir(SOURCE_DIR "/datasets", &entries, is_dataset, alphasort);
  assert_true(n >= 7);
  for (int i = 0; i < n; i++) {
    unfold_dataset(entries[i]->d_name, &totals);
    free(entries[i]);
  }
  free(entries);
  print_message("%ld figures, %ld cells, %ld changes by plugins\n", totals.figures, totals.cells, totals.changes);
  assert_true(totals.cells > 1000);
  assert_true(totals.changes > 100);
}

/* ---- random plans, every third input of which something changes ---------------------------------------------------------------- */

static uint32_t chance(uint64_t *state)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 33);
}

/* A change that may well run into a limit, of one input in all its years. */
static struct change any_change(const struct plan *plan, int input, uint64_t *state)
{
  struct change change = { .input = input, .scales = chance(state) % 2 == 0 };
  const enum unit unit = plan->input[input].unit;
  for (int y = 0; y < plan->n_years; y++) {
    const double part = (double)(chance(state) % 2001) / 1000.0 - 1.0;
    const double add = unit == UNIT_GBP ? part * 2000000.0 : unit == UNIT_MONTHS ? part * 30.0 : unit == UNIT_COUNT ? part * 100.0 : part * 0.1;
    change.value[y] = chance(state) % 4 == 0 ? (change.scales ? 1.0 : 0.0) : change.scales ? 1.0 + part : add;
  }
  return change;
}

static int is_share_of_receipt(enum field field)
{
  return field == RECEIPT_TO_DEBT || field == RECEIPT_TO_AVOID || field == RECEIPT_TO_FLEXIBLE;
}

/* What the engine makes of the changes, each input having one at most. */
static struct result *projected(const struct plan *plan, const struct change *change, int n_changes, struct arena *arena)
{
  const size_t cells = (size_t)(plan->n_inputs * plan->n_years);
  const double **scale = arena_array(arena, cells + 1, sizeof *scale), **add = arena_array(arena, cells + 1, sizeof *add);
  bool *touched = arena_array(arena, (size_t)plan->n_inputs + 1, sizeof *touched);
  for (int c = 0; c < n_changes; c++) {
    touched[change[c].input] = true;
    for (int y = 0; y < plan->n_years; y++) {
      double *row = arena_array(arena, 8, sizeof *row);
      for (int i = 0; i < 8; i++) {
        row[i] = change[c].value[y];
      }
      (change[c].scales ? scale : add)[change[c].input * plan->n_years + y] = row;
    }
  }
  struct projection *p = NULL;
  const struct changes changes = { scale, add };
  assert_int_equal(projection_new(plan, touched, 1, &p), STATUS_OK);
  for (int y = 0; y < plan->n_years; y++) {
    projection_year(p, &changes, 1, y);
  }
  struct result *result = result_init(arena_alloc(arena, result_size(plan)), plan);
  assert_true(result_from_lane(result, p, 0));
  projection_free(p);
  return result;
}

static void fill_term(struct plan *plan, enum term_id id, double base, double every_year)
{
  struct term *term = &plan->term[id];
  term->present = true;
  term->series.has_base = true;
  term->series.base = base;
  for (int y = 0; y < plan->n_years; y++) {
    term->series.filled[y] = true;
    term->series.cell[y] = every_year;
  }
}

/* Council tax under a limit, its Band D published in the second year with a pound on top, and rates that grow. */
static void add_taxes(struct plan *plan, uint64_t *state)
{
  struct line *tax = plan_line(plan, "tax", LINE_COUNCIL_TAX, FORM_COUNCIL_TAX, true, 0.0);
  struct line *rates = plan_line(plan, "rates", LINE_BUSINESS_RATES, FORM_BUSINESS_RATES, true, 0.0);
  tax->sign = rates->sign = -1.0;
  fill_term(plan, TERM_BAND_D, 1800.0, 0.0);
  for (int y = 0; y < plan->n_years; y++) {
    plan->term[TERM_BAND_D].series.filled[y] = y == 1;
    plan->term[TERM_BAND_D].series.cell[y] = 1950.37;
  }
  fill_term(plan, TERM_CORE_RISE, 0.0, 0.0299);
  fill_term(plan, TERM_ASC_RISE, 0.0, 0.02);
  fill_term(plan, TERM_EQUIVALENTS, 60000.0, 61234.5);
  fill_term(plan, TERM_COLLECTION, 0.98, 0.985);
  fill_term(plan, TERM_CONTRIBUTIONS, 0.0, 12.3);
  fill_term(plan, TERM_LIMIT, 0.0, 0.05);
  fill_term(plan, TERM_LIMIT_GBP, 0.0, chance(state) % 2 == 0 ? 120.0 : 0.0);
  plan->collection_at_once = chance(state) % 2 == 0;
  fill_term(plan, TERM_INCOME, 90000000.0, 0.0);
  for (int y = 0; y < plan->n_years; y++) { /* grown by a driver but for one year that is typed */
    plan->term[TERM_INCOME].series.filled[y] = y == 2;
    plan->term[TERM_INCOME].series.cell[y] = 95000000.0;
  }
  int *driver = arena_array(plan->arena, 1, sizeof *driver);
  plan->term[TERM_INCOME].series.driver = driver;
  plan->term[TERM_INCOME].series.n_drivers = 1;
  fill_term(plan, TERM_LOCAL_SHARE, 0.49, 0.49);
  fill_term(plan, TERM_BASELINE, 0.0, 44000000.0);
  fill_term(plan, TERM_BASELINE_FUNDING, 0.0, 52000000.0);
  fill_term(plan, TERM_LEVY_RATE, 0.0, chance(state) % 2 == 0 ? 0.5 : 0.0);
  fill_term(plan, TERM_SAFETY_NET, 0.0, 0.925);
  fill_term(plan, TERM_SECTION_31, 0.0, 1234.56);
}

/* Interest both ways, a grant towards the DSG deficit, moves between reserves, and what was received and borrowed before the plan. */
static void enrich(struct plan *plan, uint64_t *state)
{
  add_taxes(plan, state);
  plan->interest_on_balances = true;
  plan->first_year = 2025 + (int)(chance(state) % 2);
  fill_term(plan, TERM_BALANCES_RATE, 0.0, 0.04);
  fill_term(plan, TERM_CARRYING_RATE, 0.0, 0.05);
  fill_term(plan, TERM_GRANT_SHARE, 0.0, 0.9);
  fill_term(plan, TERM_ELIGIBLE_SHARE, 0.0, 0.8);
  for (int r = 0; r < plan->n_reserves; r++) {
    struct reserve *reserve = &plan->reserve[r];
    struct movement *more = arena_array(plan->arena, 2, sizeof *more);
    more[0] = reserve->movement[0];
    more[1] = (struct movement){ .for_revenue = reserve->class == RESERVE_RING_FENCED, .contribution_line = -1 };
    for (int y = 0; y < plan->n_years && chance(state) % 2 == 0; y++) {
      more[1].planned[y] = (double)(chance(state) % 9000000) - 4500000.0;
    }
    reserve->movement = more;
    reserve->n_movements = 2;
  }
  for (int r = 0; r < plan->n_receipts && chance(state) % 2 == 0; r++) {
    plan->receipt[r].year = -1 - (int)(chance(state) % 3);
  }
  for (int b = 0; b < plan->n_borrowings; b++) {
    plan->borrowing[b].year = chance(state) % 2 == 0 ? -1 : plan->borrowing[b].year;
    plan->borrowing[b].kind = (enum borrowing_kind)(chance(state) % 3);
    plan->borrowing[b].method = chance(state) % 2 == 0 ? REPAY_ANNUITY : REPAY_STRAIGHT;
    plan->borrowing[b].interest = chance(state) % 2 == 0 ? INTEREST_REDUCING : INTEREST_LEVEL;
  }
  for (int s = 0; s < plan->n_savings; s++) {
    struct saving *saving = &plan->saving[s];
    const int from = saving->has_cost && chance(state) % 2 == 0 ? 1 : 0;
    saving->cost_funding = from && plan->n_reserves > 0 ? COST_RESERVE : saving->cost_funding;
    saving->cost_from = from ? 0 : saving->cost_from;
  }
}

static void unfold_random(uint64_t seed, struct walk *totals)
{
  struct arena arena;
  struct plan plan;
  struct error error = { 0 };
  uint64_t state = seed * 2654435761u + 1;
  arena_init(&arena, NULL);
  plan_random(&plan, &arena, seed);
  if (seed % 4 != 0) {
    enrich(&plan, &state);
  }
  assert_int_equal(plan_finish(&plan), STATUS_OK);
  struct change *change = arena_array(&arena, (size_t)plan.n_inputs + 1, sizeof *change);
  int n = 0;
  for (int i = 0; i < plan.n_inputs; i++) {
    if (chance(&state) % 3 == 0 && !is_share_of_receipt(plan.input[i].field)) {
      change[n++] = any_change(&plan, i, &state);
    }
  }
  const struct plugin plugin = { .name = "any", .version = "1", .title = "Any change" };
  struct use use = { .plugin = &plugin, .instance = "any", .place = { .file = "scenarios.csv", .line = 2, .column = 1 } };
  const struct scenario scenario = { .id = "random", .label = "random", .description = "", .n_uses = 1, .use = &use };
  const struct outcome outcome = { projected(&plan, change, n, &arena), NULL, n, change };
  struct explainer *explainer = NULL;
  if (explainer_open(&plan, &scenario, &outcome, &arena, &explainer, &error) != STATUS_OK) {
    fail_msg("seed %lu: %s", (unsigned long)seed, error.text);
  }
  struct walk walk = { .plan = &plan, .dataset = "a random plan", .scenario = arena_printf(&arena, "seed %lu", (unsigned long)seed) };
  walk.seen = calloc(1, 1 << 20);
  int count = 0;
  const struct printed_figure *printed = printed_figures(&plan, outcome.result, &arena, &count);
  for (int i = 0; i < count; i++) {
    const struct figure *figure = explain_figure(explainer, printed[i].name, &error);
    assert_non_null(figure);
    walk.root = printed[i].name;
    const double expected = figure->unit == FIGURE_DATE ? (double)printed[i].value : (double)printed[i].value / 100.0;
    if (fabs(figure->value - expected) >= 0.005) {
      fail_at(&walk, figure, "printed was", expected);
    }
    walk_figure(&walk, figure);
  }
  totals->figures += walk.figures;
  totals->changes += walk.changes;
  free(walk.seen);
  explainer_close(explainer);
  arena_fini(&arena);
}

static void figures_of_random_plans_under_random_changes_are_made_by_their_parts(void **state)
{
  (void)state;
  struct walk totals = { 0 };
  for (uint64_t seed = 1; seed <= 200; seed++) {
    unfold_random(seed, &totals);
  }
  print_message("%ld figures, %ld changes\n", totals.figures, totals.changes);
  assert_true(totals.changes > 1000);
}

/* ---- one figure of the worked example, by hand ------------------------------------------------------------------------------------ */

static const struct figure *saltmere(struct loaded_set *set, struct explainer **explainer, const char *scenario, const char *what)
{
  struct error error = { 0 };
  load(set, SOURCE_DIR "/datasets/saltmere");
  int at = -1;
  for (int s = 0; s < set->n_scenarios && scenario != NULL; s++) {
    at = strcmp(set->scenario[s].id, scenario) == 0 ? s : at;
  }
  assert_true(scenario == NULL || at >= 0);
  assert_int_equal(explainer_open(&set->folder.plan, at >= 0 ? &set->scenario[at] : NULL, at >= 0 ? &set->outcome[at] : NULL, &set->folder.arena,
                                  explainer, &error),
                   STATUS_OK);
  const struct figure *figure = explain_figure(*explainer, what, &error);
  if (figure == NULL) {
    fail_msg("%s", error.text);
  }
  return figure;
}

/* The worked example's pay: 87,180,000 in 2026/27, grown by 2.75% in 2027/28, is 89,577,450. */
static void a_line_unfolds_into_last_year_and_its_driver(void **state)
{
  (void)state;
  struct loaded_set set;
  struct explainer *explainer;
  const struct figure *line = saltmere(&set, &explainer, NULL, "line:E01@2027/28");
  assert_close(line->value, 89577450.0, 0.005);
  const struct figure *grown = line->operation == OP_PRODUCT ? line : line->part[0].figure;
  assert_int_equal(grown->operation, OP_PRODUCT);
  assert_close(grown->part[0].figure->value, 87180000.0, 0.005);
  assert_close(grown->part[1].figure->value, 1.0275, 1e-12);
  explainer_close(explainer);
  unload(&set);
}

/* domain.md section 8: a cyber incident costs 8.7m in 2027/28, and that is what it adds to the gap. */
static void a_difference_is_the_scenario_less_the_plan(void **state)
{
  (void)state;
  struct loaded_set set;
  struct explainer *explainer;
  const struct figure *more = saltmere(&set, &explainer, "cyber", "difference:gap@2027/28");
  assert_close(more->value, 8700000.0, 0.005);
  explainer_close(explainer);
  unload(&set);
}

static void a_name_that_is_nearly_right_is_told_the_nearest(void **state)
{
  (void)state;
  struct loaded_set set;
  struct explainer *explainer;
  struct error error = { 0 };
  (void)saltmere(&set, &explainer, NULL, "gap@2030/31");
  assert_null(explain_figure(explainer, "net_budgte@2030/31", &error));
  assert_int_equal(error.code, STATUS_USAGE);
  assert_non_null(strstr(error.text, "did you mean 'net_budget'"));
  assert_null(explain_figure(explainer, "gap@2040/41", &error));
  assert_non_null(strstr(error.text, "2026/27 to 2030/31"));
  assert_null(explain_figure(explainer, "gap", &error));
  assert_non_null(strstr(error.text, "gap@2026/27"));
  explainer_close(explainer);
  unload(&set);
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_line_unfolds_into_last_year_and_its_driver),
    cmocka_unit_test(a_difference_is_the_scenario_less_the_plan),
    cmocka_unit_test(a_name_that_is_nearly_right_is_told_the_nearest),
    cmocka_unit_test(figures_of_random_plans_under_random_changes_are_made_by_their_parts),
    cmocka_unit_test(every_printed_figure_unfolds_into_parts_that_make_it),
  };
  return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
