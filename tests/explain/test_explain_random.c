/* test_explain_random.c: the same on random plans, with every form of line, tax, saving, reserve, receipt and loan,
 * under random changes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk.h"

#include "future_maker.h"

static void unfold_random(uint64_t seed, struct walk *totals)
{
  struct arena arena;
  struct plan plan;
  struct error error = { 0 };
  struct change *change = NULL;
  arena_init(&arena, NULL);
  uint64_t state = plan_rich(&plan, &arena, seed);
  const int n = future_changes(&plan, &state, &arena, &change);
  const struct plugin plugin = { .name = "any", .version = "1", .title = "Any change" };
  struct use use = { .plugin = &plugin,
                     .instance = "any",
                     .place = { .file = "scenarios.csv", .line = 2, .column = 1 } };
  const struct scenario scenario = { .id = "random", .label = "random", .description = "", .n_uses = 1, .use = &use };
  const struct outcome outcome = { future_result(&plan, change, n, &arena), NULL, n, change };
  struct explainer *explainer = NULL;
  if (explainer_open(&plan, &scenario, &outcome, &arena, &explainer, &error) != STATUS_OK) {
    fail_msg("seed %lu: %s", (unsigned long)seed, error.text);
  }
  struct walk walk = { .plan = &plan,
                       .dataset = "a random plan",
                       .scenario = arena_printf(&arena, "seed %lu", (unsigned long)seed) };
  walk_printed(&walk, explainer, &plan, outcome.result, &arena);
  totals->figures += walk.figures;
  totals->changes += walk.changes;
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

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(figures_of_random_plans_under_random_changes_are_made_by_their_parts),
  };
  return cmocka_run_group_tests_name("explain_random", tests, NULL, NULL);
}
