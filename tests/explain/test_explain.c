/* test_explain.c: every figure of run and compare on every shipped dataset, unfolded: it is the figure that was
 * printed, its parts make it, and every leaf is a cell that holds it, a plugin's change, or a constant that the engine
 * owns. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk.h"

#include "stress/stress.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- datasets ------------------------------------------------------------------------------------------ */

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
    const enum status built =
        scenarios_build(&set->folder, set->registry, NULL, 0, NULL, 0, &set->scenario, &set->n_scenarios, &error);
    if (built != STATUS_OK) {
      fail_msg("%s: %s", path, error.text);
    }
    const enum status ran = scenarios_run(&set->folder.plan, set->scenario, set->n_scenarios, &run, &set->folder.arena,
                                          &set->outcome, &error);
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
  walk->scenario = scenario >= 0 ? of->id : "the plan";
  walk_printed(walk, explainer, &set->folder.plan, scenario >= 0 ? outcome->result : set->plan_itself,
               &set->folder.arena);
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

/* ---- every future that stress shows -------------------------------------------------------------------- */

static int is_pack(const struct dirent *entry)
{
  const char *dot = strrchr(entry->d_name, '.');
  return dot != NULL && strcmp(dot, ".csv") == 0;
}

static void load_packs(struct folder *folder, struct row_list *rows)
{
  struct dirent **entries = NULL;
  struct error error = { 0 };
  const int n = scandir(SOURCE_DIR "/datasets/packs", &entries, is_pack, alphasort);
  assert_true(n >= 6);
  for (int i = 0; i < n; i++) {
    const char *path = arena_printf(&folder->arena, SOURCE_DIR "/datasets/packs/%s", entries[i]->d_name);
    assert_int_equal(pack_load(folder, path, &rows->row, &rows->count, &error), STATUS_OK);
    free(entries[i]);
  }
  free(entries);
}

/* What stress shows of a council, and where its futures are unfolded. */
struct stressed {
  struct folder folder;
  struct battery battery;
  struct stress_result *result;
  struct walk walk;
};

static void assert_same_future(const struct stressed *stressed, const char *name, const struct summary *shown,
                               const struct result *result)
{
  for (int m = 0; m < N_MEASURES; m++) {
    for (int y = 0; y < stressed->folder.plan.n_years; y++) {
      if (shown->measure[m][y] != result->measure[m][y]) {
        fail_msg("%s, %s: %s of year %d is shown as %lld and explained as %lld", stressed->walk.dataset, name,
                 measure_kinds[m].name, y, (long long)shown->measure[m][y], (long long)result->measure[m][y]);
      }
    }
  }
  for (int d = 0; d < N_DATES; d++) {
    assert_int_equal(shown->date[d], result->date[d]);
  }
}

/* The future of that name is the one that stress shows, to the penny, and each of its figures unfolds. */
static void unfold_future(struct stressed *stressed, const char *name, const struct summary *shown)
{
  const struct run_options run = { .in_process = false };
  struct folder *folder = &stressed->folder;
  struct scenario scenario;
  struct outcome *outcome = NULL;
  struct explainer *explainer = NULL;
  struct error error = { 0 };
  enum status status =
      battery_pick(&stressed->battery, stressed->result, &folder->plan, name, &folder->arena, &scenario, &error);
  status =
      status != STATUS_OK ? status : scenarios_run(&folder->plan, &scenario, 1, &run, &folder->arena, &outcome, &error);
  status = status != STATUS_OK ? status
                               : explainer_open(&folder->plan, &scenario, outcome, &folder->arena, &explainer, &error);
  if (status != STATUS_OK) {
    fail_msg("%s, %s: %s", stressed->walk.dataset, name, error.text);
  }
  assert_same_future(stressed, name, shown, outcome->result);
  stressed->walk.scenario = name;
  walk_printed(&stressed->walk, explainer, &folder->plan, outcome->result, &folder->arena);
  explainer_close(explainer);
}

/* Tables 2 and 4: a step, and both sides of each boundary. */
static void unfold_moves(struct stressed *stressed)
{
  const struct battery *battery = &stressed->battery;
  for (int u = 0; battery->moves >= 0 && u < battery->scenario[battery->moves].n_uses; u++) {
    const struct move *move = &battery->move[u];
    const struct move_result *found = &stressed->result->move[u];
    unfold_future(stressed, arena_printf(&stressed->folder.arena, "%s=%.4f", move->label, found->worse * move->step),
                  &found->up);
    for (int t = 0; t < N_REVERSE; t++) {
      const struct reverse *reverse = &found->reverse[t];
      const double each = reverse->sign * move->step;
      if (reverse->known) {
        unfold_future(stressed,
                      arena_printf(&stressed->folder.arena, "%s=%.4f", move->label, each * reverse->boundary.before),
                      &reverse->boundary.at_before);
      }
      if (reverse->known && reverse->boundary.kind != BOUNDARY_NEVER) {
        unfold_future(stressed,
                      arena_printf(&stressed->folder.arena, "%s=%.4f", move->label, each * reverse->boundary.after),
                      &reverse->boundary.at_after);
      }
    }
  }
}

/* Tables 5 to 7. */
static void unfold_found(struct stressed *stressed)
{
  const struct battery *battery = &stressed->battery;
  const struct plan *plan = &stressed->folder.plan;
  struct arena *arena = &stressed->folder.arena;
  for (int t = 0; t < N_REVERSE; t++) {
    if (stressed->result->combination[t].found) {
      unfold_future(stressed, t == 0 ? "combination@D1" : "combination@D3", &stressed->result->combination[t].at);
    }
  }
  for (int u = 0; battery->savings >= 0 && u < battery->scenario[battery->savings].n_uses; u++) {
    unfold_future(stressed, arena_printf(arena, "without:%s", plan->saving[battery->saving[u]].id),
                  &stressed->result->without[u]);
  }
  for (int from = 0; battery->delays >= 0 && from < plan->n_years; from++) {
    char year[8];
    const struct delay_result *delay = &stressed->result->delay[from];
    plan_year_label(plan, from, year);
    unfold_future(stressed, arena_printf(arena, "recurring_savings@%s", year), &delay->same);
    for (int t = 0; t < N_REVERSE; t++) {
      if (delay->needed[t].met_at_0 && delay->needed[t].kind != BOUNDARY_NEVER) {
        unfold_future(stressed, arena_printf(arena, "recurring_savings@%s=%.3f", year, delay->needed[t].after),
                      &delay->needed[t].at_after);
      }
    }
  }
}

static void unfold_battery(const char *name, struct walk *totals)
{
  char path[512];
  static struct stressed stressed;
  struct registry *registry = NULL;
  struct texts texts;
  struct error error = { 0 };
  const struct registry_options options = { .plugin_path = PLUGINS };
  const struct run_options run = { .in_process = false };
  struct folder *folder = &stressed.folder;
  struct battery *battery = &stressed.battery;
  snprintf(path, sizeof path, SOURCE_DIR "/datasets/%s", name);
  assert_int_equal(folder_load(folder, path, NULL, &error), STATUS_OK);
  assert_int_equal(registry_open(&folder->arena, &options, &registry, &error), STATUS_OK);
  read_texts(&texts, path, folder);
  struct row_list rows = { .arena = &folder->arena };
  load_packs(folder, &rows);
  if (battery_build(folder, registry, &rows, battery, &error) != STATUS_OK) {
    fail_msg("%s: %s", name, error.text);
  }
  stressed.result = battery_run(&folder->plan, battery, NULL, &run, &error);
  assert_non_null(stressed.result);
  stressed.walk = (struct walk){ .plan = &folder->plan, .texts = &texts, .dataset = name };
  for (int s = 0; s < battery->n_packs; s++) {
    unfold_future(&stressed, battery->scenario[s].id, &stressed.result->pack[s]);
  }
  unfold_moves(&stressed);
  for (int u = 0; battery->prices >= 0 && u < battery->scenario[battery->prices].n_uses; u++) {
    unfold_future(&stressed, battery->price[u].label, &stressed.result->price[u]);
  }
  unfold_found(&stressed);
  totals->figures += stressed.walk.figures;
  totals->cells += stressed.walk.cells;
  totals->changes += stressed.walk.changes;
  shared_free(stressed.result, sizeof *stressed.result);
  free_texts(&texts);
  registry_close(registry);
  folder_fini(folder);
}

static int has_budget(const struct dirent *entry)
{
  char path[512];
  snprintf(path, sizeof path, SOURCE_DIR "/datasets/%s/mtfp.csv", entry->d_name);
  FILE *file = fopen(path, "rb");
  if (file != NULL) {
    fclose(file);
  }
  return file != NULL;
}

static void every_future_of_the_battery_unfolds_too(void **state)
{
  (void)state;
  struct dirent **entries = NULL;
  struct walk totals = { 0 };
  const int n = scandir(SOURCE_DIR "/datasets", &entries, has_budget, alphasort);
  assert_true(n >= 5);
  for (int i = 0; i < n; i++) {
    unfold_battery(entries[i]->d_name, &totals);
    free(entries[i]);
  }
  free(entries);
  print_message("%ld figures, %ld cells, %ld changes by plugins\n", totals.figures, totals.cells, totals.changes);
  assert_true(totals.changes > 1000);
}

/* ---- one figure of the worked example, by hand --------------------------------------------------------- */

static const struct figure *saltmere(struct loaded_set *set, struct explainer **explainer, const char *scenario,
                                     const char *what)
{
  struct error error = { 0 };
  load(set, SOURCE_DIR "/datasets/saltmere");
  int at = -1;
  for (int s = 0; s < set->n_scenarios && scenario != NULL; s++) {
    at = strcmp(set->scenario[s].id, scenario) == 0 ? s : at;
  }
  assert_true(scenario == NULL || at >= 0);
  assert_int_equal(explainer_open(&set->folder.plan, at >= 0 ? &set->scenario[at] : NULL,
                                  at >= 0 ? &set->outcome[at] : NULL, &set->folder.arena, explainer, &error),
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
    cmocka_unit_test(every_printed_figure_unfolds_into_parts_that_make_it),
    cmocka_unit_test(every_future_of_the_battery_unfolds_too),
  };
  return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
