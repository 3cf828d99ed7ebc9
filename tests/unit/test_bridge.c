/* test_bridge.c: the way from one scenario to another in parts: a hand-worked case, every pair of shipped scenarios,
 * random plugins. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenario_rows.h"

#include "support.h"

#include "stress/stress.h"

#include <stdio.h>
#include <unistd.h>

static const struct run_options options = { .deadline_s = 5.0 };
static struct bridge bridge;

static const struct bridge *bridged(const char *from, const char *to)
{
  if (bridge_find(&folder, registry, from, to, &options, &bridge, &error) != STATUS_OK) {
    fail_msg("%s to %s: %s", from, to,
             folder.findings.errors > 0 ? folder.findings.item[folder.findings.count - 1].text : error.text);
  }
  return &bridge;
}

static int part_named(const char *name)
{
  for (int i = 0; i < bridge.n_parts; i++) {
    if (strcmp(bridge.part[i], name) == 0) {
      return i;
    }
  }
  fail_msg("no part is called %s", name);
  return -1;
}

static void assert_adds_up(const char *from, const char *to)
{
  for (int m = 0; m < N_MEASURES; m++) {
    for (int y = 0; y < folder.plan.n_years; y++) {
      pence sum = 0;
      for (int i = 0; i < bridge.n_parts; i++) {
        sum += bridge.share[i][m][y];
      }
      if (sum != bridge.to.measure[m][y] - bridge.from.measure[m][y]) {
        fail_msg("%s, %s to %s, %s in year %d: parts %lld, difference %lld", folder.plan.folder_id, from, to,
                 measure_kinds[m].name, y, (long long)sum,
                 (long long)(bridge.to.measure[m][y] - bridge.from.measure[m][y]));
      }
    }
  }
}

/* ---- by hand, on the small council --------------------------------------------------------------------- */

/* 100 clients at 1,000: ten more cost 10,000, a price of 1,200 costs 20,000, both 32,000.  So the ten are worth 10,000
 * or 12,000 depending on what came first, 11,000 on average, and the price 21,000. */
static void two_stresses_on_one_line_share_what_they_do_together(void **state)
{
  (void)state;
  row("both,shift,clients,input,line:E05.number");
  row("both,shift,clients,add,10");
  row("both,shift,price,input,line:E05.unit_cost");
  row("both,shift,price,scale,20%");
  assert_int_equal(bridged("", "both")->n_parts, 2);
  for (int y = 0; y < SMALL_YEARS; y++) {
    assert_pence_equal(bridge.share[part_named("clients")][M_GAP][y], 1100000);
    assert_pence_equal(bridge.share[part_named("price")][M_GAP][y], 2100000);
  }
}

static void a_use_in_both_is_no_part(void **state)
{
  (void)state;
  row("a,shift,clients,input,line:E05.number");
  row("a,shift,clients,add,10");
  row("b,,,include,a");
  row("b,shift,price,input,line:E05.unit_cost");
  row("b,shift,price,scale,20%");
  assert_int_equal(bridged("a", "b")->n_parts, 1);
  assert_pence_equal(bridge.share[part_named("price")][M_GAP][0], 2200000); /* 110 clients at 200 more */
}

static void a_use_with_other_settings_is_one_part_that_swaps(void **state)
{
  (void)state;
  row("a,shift,clients,input,line:E05.number");
  row("a,shift,clients,add,10");
  row("b,shift,clients,input,line:E05.number");
  row("b,shift,clients,add,25");
  assert_int_equal(bridged("a", "b")->n_parts, 1);
  assert_pence_equal(bridge.share[part_named("clients")][M_GAP][0], 1500000);
}

static void a_scenario_and_itself_are_no_parts(void **state)
{
  (void)state;
  row("a,shift,clients,input,line:E05.number");
  row("a,shift,clients,add,10");
  assert_int_equal(bridged("a", "a")->n_parts, 0);
  assert_adds_up("a", "a");
}

static void the_way_back_is_the_way_there_with_the_other_sign(void **state)
{
  (void)state;
  row("both,shift,clients,input,line:E05.number");
  row("both,shift,clients,add,10");
  row("both,shift,price,input,line:E05.unit_cost");
  row("both,shift,price,scale,20%");
  (void)bridged("both", "baseline");
  assert_pence_equal(bridge.share[part_named("clients")][M_GAP][0], -1100000);
  assert_pence_equal(bridge.share[part_named("price")][M_GAP][0], -2100000);
}

/* A scale below a half is not 1 + (scale - 1) in binary: the lane must still be the run. */
static void a_part_in_full_is_the_scenario_as_it_runs(void **state)
{
  (void)state;
  struct outcome *outcome;
  row("cut,shift,clients,input,line:E05.number");
  row("cut,shift,clients,scale,-70%");
  (void)bridged("", "cut");
  const char *const wanted[] = { "cut" };
  assert_int_equal(build(wanted, 1), STATUS_OK);
  assert_int_equal(scenarios_run(&folder.plan, scenarios, n_scenarios, &options, &folder.arena, &outcome, &error),
                   STATUS_OK);
  assert_memory_equal(bridge.to.measure, outcome[0].result->measure, sizeof bridge.to.measure);
}

/* All of the land's receipt to debt, or all of it to avoided borrowing: never both, though some subset would have had
 * both. */
static void two_ways_to_spend_one_receipt_are_one_part(void **state)
{
  (void)state;
  row("a,shift,debt,input,receipt:land.to_debt");
  row("a,shift,debt,add,60pp");
  row("b,shift,avoid,input,receipt:land.to_avoid");
  row("b,shift,avoid,add,60pp");
  assert_int_equal(bridged("a", "b")->n_parts, 1);
  assert_string_equal(bridge.part[0], "avoid + debt");
  assert_adds_up("a", "b");
}

/* Reserves of 800,000 and a grant that pays for all but 30,000 a year: see the dates move.  Staff alone use it up later
 * than both. */
static void dates_without_a_part_are_those_of_the_scenario_without_it(void **state)
{
  (void)state;
  row("both,shift,staff,input,line:E01.step");
  row("both,shift,staff,add,\xC2\xA3"
      "200k,,,,,");
  row("both,shift,grant,input,line:F01.one_off");
  row("both,shift,grant,add,\xC2\xA3"
      "150k,,,,,");
  row("staff_only,shift,staff,input,line:E01.step");
  row("staff_only,shift,staff,add,\xC2\xA3"
      "200k,,,,,");
  (void)bridged("", "staff_only");
  const struct summary alone = bridge.to;
  (void)bridged("", "both");
  assert_memory_equal(bridge.date_alone[part_named("staff")], alone.date, sizeof alone.date);
  assert_memory_equal(bridge.date_without[part_named("grant")], alone.date, sizeof alone.date);
}

static void twelve_parts_are_exact_and_thirteen_a_sample(void **state)
{
  (void)state;
  static struct scenario_row many[26];
  for (int i = 0; i < 26; i++) {
    many[i] =
        (struct scenario_row){ .scenario = "many",
                               .plugin = "shift",
                               .instance = arena_printf(&folder.arena, "p%02d", i / 2),
                               .parameter = i % 2 == 0 ? "input" : "scale",
                               .value = i % 2 == 0 ? (i % 4 == 0 ? "line:E05.number" : "line:E05.unit_cost") : "1%" };
    for (int y = 0; y < MAX_YEARS; y++) {
      many[i].year_value[y] = "";
    }
  }
  folder.scenario = many;
  folder.n_scenario_rows = 24;
  assert_false(bridged("", "many")->sampled);
  assert_adds_up("", "many");
  folder.n_scenario_rows = 26;
  assert_true(bridged("", "many")->sampled);
  assert_adds_up("", "many");
  assert_int_equal(bridge.n_parts, 13);
  /* Those on the number are alike, and so are those on the cost: the sample must see it so, within its own error. */
  const double apart = (double)(bridge.share[0][M_GAP][0] - bridge.share[2][M_GAP][0]);
  assert_close(apart, 0.0, 2.0 + 4.0 * (bridge.error[0][M_GAP][0] + bridge.error[2][M_GAP][0]));
}

/* ---- shipped scenarios --------------------------------------------------------------------------------- */

static const char *const datasets[] = { "saltmere",
                                        "preston-2023",
                                        "gateshead-2023",
                                        "north-east-lincolnshire",
                                        "kings-lynn-west-norfolk",
                                        "north-west-leicestershire" };

static void open_dataset(const char *name)
{
  char path[512];
  const struct registry_options found_as_usual = { 0 };
  snprintf(path, sizeof path, SOURCE_DIR "/datasets/%s", name);
  assert_int_equal(folder_load(&folder, path, NULL, &error), STATUS_OK);
  assert_int_equal(registry_open(&folder.arena, &found_as_usual, &registry, &error), STATUS_OK);
}

static void close_dataset(void)
{
  registry_close(registry);
  folder_fini(&folder);
}

static int scenario_names(const char **name, int most)
{
  int n = 1;
  name[0] = "";
  for (int i = 0; i < folder.n_scenario_rows; i++) {
    bool seen = false;
    for (int k = 0; k < n; k++) {
      seen |= strcmp(name[k], folder.scenario[i].scenario) == 0;
    }
    if (!seen && n < most) {
      name[n++] = folder.scenario[i].scenario;
    }
  }
  return n;
}

static void every_pair_of_shipped_scenarios_adds_up(void **state)
{
  (void)state;
  int pairs = 0;
  for (size_t d = 0; d < COUNT_OF(datasets); d++) {
    const char *name[32];
    open_dataset(datasets[d]);
    const int n = scenario_names(name, 32);
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        (void)bridged(name[a], name[b]);
        assert_adds_up(name[a], name[b]);
        pairs++;
      }
    }
    close_dataset();
  }
  assert_true(pairs > 100);
}

static void both_ends_of_a_shipped_bridge_are_the_scenarios_as_they_run(void **state)
{
  (void)state;
  open_dataset("north-east-lincolnshire");
  const char *name[32];
  struct scenario *built;
  struct outcome *outcome;
  int count;
  const int n = scenario_names(name, 32);
  assert_int_equal(scenarios_build(&folder, registry, NULL, 0, NULL, 0, &built, &count, &error), STATUS_OK);
  assert_int_equal(count, n - 1);
  assert_int_equal(scenarios_run(&folder.plan, built, count, &options, &folder.arena, &outcome, &error), STATUS_OK);
  for (int s = 1; s < count; s++) {
    (void)bridged(built[s - 1].id, built[s].id);
    assert_memory_equal(bridge.from.measure, outcome[s - 1].result->measure, sizeof bridge.from.measure);
    assert_memory_equal(bridge.to.measure, outcome[s].result->measure, sizeof bridge.to.measure);
  }
  close_dataset();
}

static void the_order_of_rows_changes_nothing(void **state)
{
  (void)state;
  static struct bridge first;
  open_dataset("saltmere");
  const char *name[32];
  const int n = scenario_names(name, 32);
  (void)bridged(name[1], name[n - 1]);
  first = bridge;
  for (int i = 0, j = folder.n_scenario_rows - 1; i < j; i++, j--) {
    const struct scenario_row kept = folder.scenario[i];
    folder.scenario[i] = folder.scenario[j];
    folder.scenario[j] = kept;
  }
  (void)bridged(name[1], name[n - 1]);
  assert_int_equal(first.n_parts, bridge.n_parts);
  for (int i = 0; i < first.n_parts; i++) {
    assert_string_equal(first.part[i], bridge.part[i]);
  }
  assert_memory_equal(first.share, bridge.share, sizeof first.share);
  assert_memory_equal(first.date_without, bridge.date_without, sizeof first.date_without);
  close_dataset();
}

/* ---- the packs that run on any council ----------------------------------------------------------------- */

static const char *const packs[] = { "demand_surge", "inflation_returns", "local_shock",
                                     "policy_shock", "programme_stalls",  "recession" };

static void every_pair_of_packs_adds_up_on_every_council(void **state)
{
  (void)state;
  int pairs = 0;
  for (size_t d = 0; d < COUNT_OF(datasets); d++) {
    open_dataset(datasets[d]);
    struct row_list list = { .arena = &folder.arena };
    struct scenario *built = NULL;
    struct left_out *left = NULL;
    int count = 0, n_left = 0;
    for (size_t p = 0; p < COUNT_OF(packs); p++) {
      const char *path = arena_printf(&folder.arena, SOURCE_DIR "/datasets/packs/%s.csv", packs[p]);
      assert_int_equal(pack_load(&folder, path, &list.row, &list.count, &error), STATUS_OK);
    }
    assert_int_equal(rows_build(&folder, registry, &list, &built, &count, &left, &n_left, &error), STATUS_OK);
    for (int a = -1; a < count; a++) {
      for (int b = a + 1; b < count; b++) {
        const struct scenario *from = a >= 0 ? &built[a] : NULL;
        if (bridge_between(&folder, from, &built[b], &options, &bridge, &error) != STATUS_OK) {
          fail_msg("%s, %s to %s: %s", datasets[d], from != NULL ? from->id : "the plan", built[b].id, error.text);
        }
        assert_adds_up(from != NULL ? from->id : "the plan", built[b].id);
        pairs++;
      }
    }
    close_dataset();
  }
  assert_true(pairs > 200);
}

/* ---- random sets of shipped plugins, each at its presets ----------------------------------------------- */

static uint64_t next_random(uint64_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* Rows of two scenarios, every plugin with even chances in either; what does not fit the council is taken out by
 * rows_build. */
static void random_rows(struct row_list *list, const struct probe_report *reports, int n_reports, uint64_t *seed)
{
  for (int r = 0; r < n_reports; r++) {
    for (int p = 0; p < reports[r].n_plugins; p++) {
      const uint64_t draw =
          strcmp(reports[r].plugin[p].name, "shift") == 0 ? 0 : next_random(seed); /* shift has no presets */
      if ((draw & 1) != 0) {
        row_add(list, "a", reports[r].plugin[p].name, "", "", "");
      }
      if ((draw & 2) != 0) {
        row_add(list, "b", reports[r].plugin[p].name, "", "", "");
      }
    }
  }
}

static void random_plugins_at_their_presets_add_up(void **state)
{
  (void)state;
  uint64_t seed = 42;
  int parts = 0;
  open_dataset("saltmere");
  const struct probe_report *reports;
  int n_reports;
  assert_int_equal(registry_list(registry, &reports, &n_reports, &error), STATUS_OK);
  for (int round = 0; round < 12; round++) {
    struct row_list list = { .arena = &folder.arena };
    struct scenario *built = NULL;
    struct left_out *left = NULL;
    int count = 0, n_left = 0;
    random_rows(&list, reports, n_reports, &seed);
    assert_int_equal(rows_build(&folder, registry, &list, &built, &count, &left, &n_left, &error), STATUS_OK);
    const struct scenario *from = NULL, *to = NULL;
    for (int s = 0; s < count; s++) {
      from = strcmp(built[s].id, "a") == 0 ? &built[s] : from;
      to = strcmp(built[s].id, "b") == 0 ? &built[s] : to;
    }
    if (bridge_between(&folder, from, to, &options, &bridge, &error) != STATUS_OK) {
      fail_msg("round %d: %s", round, error.text);
    }
    assert_adds_up("a", "b");
    parts += bridge.n_parts;
  }
  assert_true(parts > 36);
  close_dataset();
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    ON_SMALL(two_stresses_on_one_line_share_what_they_do_together),
    ON_SMALL(a_use_in_both_is_no_part),
    ON_SMALL(a_use_with_other_settings_is_one_part_that_swaps),
    ON_SMALL(a_scenario_and_itself_are_no_parts),
    ON_SMALL(the_way_back_is_the_way_there_with_the_other_sign),
    ON_SMALL(a_part_in_full_is_the_scenario_as_it_runs),
    ON_SMALL(two_ways_to_spend_one_receipt_are_one_part),
    ON_SMALL(dates_without_a_part_are_those_of_the_scenario_without_it),
    ON_SMALL(twelve_parts_are_exact_and_thirteen_a_sample),
    cmocka_unit_test(every_pair_of_shipped_scenarios_adds_up),
    cmocka_unit_test(both_ends_of_a_shipped_bridge_are_the_scenarios_as_they_run),
    cmocka_unit_test(the_order_of_rows_changes_nothing),
    cmocka_unit_test(every_pair_of_packs_adds_up_on_every_council),
    cmocka_unit_test(random_plugins_at_their_presets_add_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
