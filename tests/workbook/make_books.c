/* make_books.c: workbooks to be recalculated, and beside each what the engine says their figures are.
 *
 * make_books FOLDER PLUGINS COUNT DATASET...: COUNT random plans under random changes, then each dataset with its own
 * scenarios, and those with capital receipts once more under random changes.  Formulas stand with 0 in place of their
 * values, so that a spreadsheet that does not recalculate cannot pass.  NAME.expected has a line for each figure: tab,
 * id, label, block, year, pence.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "future_maker.h"
#include "report/workbook/workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RANDOM_SCENARIOS = 2 }; /* at most */

static int fail_because(const char *what, const char *why)
{
  fprintf(stderr, "make_books: %s: %s\n", what, why);
  exit(1);
}

/* ---- what the engine says ------------------------------------------------------------------------------ */

struct expected {
  FILE *file;
  const struct plan *plan;
  int block;
};

static void say(const struct expected *to, const char *tab, const char *id, const char *label, int sign,
                const pence *values)
{
  for (int y = 0; y < to->plan->n_years; y++) {
    fprintf(to->file, "%s\t%s\t%s\t%d\t%d\t%lld\n", tab, id, label, to->block, y, (long long)(sign * values[y]));
  }
}

static void say_reserves(const struct expected *to, const struct result *result)
{
  for (int r = 0; r < to->plan->n_reserves; r++) {
    const struct reserve *reserve = &to->plan->reserve[r];
    const struct reserve_result *of = &result->reserve[r];
    const struct {
      const char *what;
      const pence *values;
    } rows[] = { { "opening", of->opening },
                 { "planned movement", of->planned },
                 { "used to meet the gap, beyond the plan", of->used },
                 { "surplus added", of->surplus },
                 { "closing", of->closing },
                 { "planned use that was no longer there", of->planned_short } };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
      char label[400];
      snprintf(label, sizeof label, "%s: %s", reserve->label, rows[i].what);
      say(to, "Reserves", reserve->id, label, 1, rows[i].values);
    }
  }
}

static void say_receipts(const struct expected *to, const struct result *result)
{
  for (int r = 0; r < to->plan->n_receipts; r++) {
    const struct receipt *receipt = &to->plan->receipt[r];
    const struct receipt_result *of = &result->receipt[r];
    pence held[MAX_YEARS] = { 0 };
    const struct {
      const char *what;
      const pence *values;
    } rows[] = { { "received", of->received },
                 { "pays debt", of->to_debt },
                 { "avoids borrowing", of->to_avoid },
                 { "used flexibly", of->flexible } };
    char label[400];
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
      snprintf(label, sizeof label, "%s: %s", receipt->asset, rows[i].what);
      say(to, "Receipts", receipt->id, label, 1, rows[i].values);
    }
    const int last = to->plan->n_years - 1;
    held[last] = of->held;
    snprintf(label, sizeof label, "%s: held at the end of the year", receipt->asset);
    fprintf(to->file, "Receipts\t%s\t%s\t%d\t%d\t%lld\n", receipt->id, label, to->block, last, (long long)held[last]);
  }
}

static void say_dates(const struct expected *to, const struct result *result)
{
  for (int d = 0; d < N_DATES; d++) {
    struct text words = { 0 };
    if (result->date[d] == DATE_NOT_IN_HORIZON) {
      text_add(&words, "not within the plan");
    } else {
      date_words(&words, to->plan, result->date[d]);
    }
    fprintf(to->file, "Scenarios\t%d\t%s\t%d\t0\t%s\n", to->block + 1, date_label((enum date)d), to->block,
            text_str(&words));
    text_fini(&words);
  }
}

static void say_all(const struct expected *to, const struct result *result)
{
  const struct plan *plan = to->plan;
  for (int m = 0; m < N_MEASURES; m++) {
    say(to, "Model", measure_kinds[m].name, measure_kinds[m].meaning, 1, result->measure[m]);
  }
  for (int l = 0; l < plan->n_lines + N_ENGINE_LINES; l++) {
    const bool own = l < plan->n_lines;
    const enum line_class class = own ? plan->line[l].class : engine_line_kinds[l - plan->n_lines].class;
    const int sign = class_is_funding(class) || class == LINE_CAPITALISED ? -1 : 1;
    say(to, "Model", own ? plan->line[l].id : engine_line_kinds[l - plan->n_lines].id,
        own ? plan->line[l].label : engine_line_kinds[l - plan->n_lines].label, sign, result->line[l].amount);
  }
  for (int s = 0; s < plan->n_savings; s++) {
    char label[400];
    snprintf(label, sizeof label, "%s: planned", plan->saving[s].label);
    say(to, "Savings", plan->saving[s].id, label, 1, result->saving[s].planned);
    snprintf(label, sizeof label, "%s: expected", plan->saving[s].label);
    say(to, "Savings", plan->saving[s].id, label, 1, result->saving[s].expected);
  }
  say_reserves(to, result);
  say_receipts(to, result);
  say_dates(to, result);
}

/* ---- files --------------------------------------------------------------------------------------------- */

static FILE *file_in(const char *folder, const char *name, const char *ending)
{
  char path[600];
  snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
  FILE *file = fopen(path, "wb");
  if (file == NULL) {
    fail_because(path, "cannot be written");
  }
  return file;
}

static void save(const char *folder, const char *name, const struct workbook *workbook)
{
  struct text bytes = { 0 };
  struct error error = { 0 };
  if (workbook_bytes(workbook, &bytes, &error) != STATUS_OK) {
    fail_because(name, error.text);
  }
  FILE *file = file_in(folder, name, "xlsx");
  fwrite(bytes.at, 1, bytes.length, file);
  fclose(file);
  text_fini(&bytes);
  struct expected to = { file_in(folder, name, "expected"), workbook->plan, 0 };
  say_all(&to, workbook->result);
  for (to.block = 1; to.block <= workbook->n_scenarios; to.block++) {
    say_all(&to, workbook->scenario[to.block - 1].result);
  }
  fclose(to.file);
}

static struct workbook blank_workbook(const struct plan *plan, const struct result *result,
                                      const struct workbook_scenario *scenario, int count)
{
  return (struct workbook){ .plan = plan,
                            .result = result,
                            .n_scenarios = count,
                            .scenario = scenario,
                            .title = plan->name,
                            .command = "make_books",
                            .made_on = "a day",
                            .inputs_digest = "",
                            .zeros = true };
}

static void save_under_random_changes(const char *folder, const char *name, const struct plan *plan, uint64_t chances,
                                      int count, struct arena *arena)
{
  struct workbook_scenario scenario[RANDOM_SCENARIOS];
  for (int s = 0; s < count; s++) {
    struct change *change = NULL;
    const int n = future_changes(plan, &chances, arena, &change);
    scenario[s] = (struct workbook_scenario){ .id = arena_printf(arena, "s%d", s),
                                              .label = arena_printf(arena, "Random %d", s),
                                              .result = future_result(plan, change, n, arena),
                                              .n_changes = n,
                                              .change = change,
                                              .note = "" };
  }
  const struct workbook workbook = blank_workbook(plan, future_result(plan, NULL, 0, arena), scenario, count);
  save(folder, name, &workbook);
}

static void random_plan(const char *folder, uint64_t seed)
{
  struct arena arena;
  struct plan plan;
  char name[32];
  arena_init(&arena, NULL);
  const uint64_t chances = plan_rich(&plan, &arena, seed);
  snprintf(name, sizeof name, "random%02lu", (unsigned long)seed);
  save_under_random_changes(folder, name, &plan, chances, 1, &arena);
  arena_fini(&arena);
}

/* ---- a dataset with its own scenarios ------------------------------------------------------------------ */

static void run_own(struct folder *loaded, const char *plugins, struct scenario **scenario, int *count,
                    struct outcome **outcome)
{
  const struct registry_options where = { .plugin_path = plugins, .safe = false };
  const struct run_options options = { .in_process = false };
  struct registry *registry = NULL;
  struct error error = { 0 };
  enum status status = registry_open(&loaded->arena, &where, &registry, &error);
  status = status != STATUS_OK ? status : scenarios_build(loaded, registry, NULL, 0, NULL, 0, scenario, count, &error);
  status = status != STATUS_OK
               ? status
               : scenarios_run(&loaded->plan, *scenario, *count, &options, &loaded->arena, outcome, &error);
  if (status != STATUS_OK) {
    fail_because(loaded->plan.folder_id, error.text);
  }
}

static void dataset(const char *folder, const char *plugins, const char *path)
{
  struct folder loaded;
  struct error error = { 0 };
  struct scenario *scenario = NULL;
  struct outcome *outcome = NULL;
  int count = 0;
  if (folder_load(&loaded, path, NULL, &error) != STATUS_OK) {
    fail_because(path, error.text);
  }
  if (loaded.plan.has_mtfp) {
    run_own(&loaded, plugins, &scenario, &count, &outcome);
  }
  struct workbook_scenario *own = arena_array(&loaded.arena, (size_t)count + 1, sizeof *own);
  for (int s = 0; own != NULL && s < count; s++) {
    own[s] = (struct workbook_scenario){ .id = scenario[s].id,
                                         .label = scenario[s].label,
                                         .result = outcome[s].result,
                                         .n_changes = outcome[s].n_changes,
                                         .change = outcome[s].change,
                                         .note = "" };
  }
  const struct plan *plan = &loaded.plan;
  const struct workbook workbook = blank_workbook(plan, future_result(plan, NULL, 0, &loaded.arena), own, count);
  save(folder, plan->folder_id, &workbook);
  if (plan->n_receipts > 0) {
    char name[200];
    snprintf(name, sizeof name, "%s-shaken", plan->folder_id);
    save_under_random_changes(folder, name, plan, 20261127u, RANDOM_SCENARIOS, &loaded.arena);
  }
  folder_fini(&loaded);
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  if (argc < 4) {
    return fail_because("usage", "make_books FOLDER PLUGINS COUNT DATASET...");
  }
  const int count = atoi(argv[3]);
  for (int seed = 1; seed <= count; seed++) {
    random_plan(argv[1], (uint64_t)seed);
  }
  for (int i = 4; i < argc; i++) {
    dataset(argv[1], argv[2], argv[i]);
  }
  return 0;
}
