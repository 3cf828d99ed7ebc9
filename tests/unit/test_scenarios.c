/* test_scenarios.c: rows of scenarios.csv and settings of the command line, to uses with values. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenario_rows.h"

#include "support.h"

static void builds(void)
{
  const enum status status = build(NULL, 0);
  if (status != STATUS_OK) {
    fail_msg("%s", folder.findings.count > 0 ? folder.findings.item[0].text : error.text);
  }
}

static double value(int scenario, int use, int param, int year)
{
  return scenarios[scenario].use[use].value[param * SMALL_YEARS + year];
}

/* ---- what rows mean ------------------------------------------------------------------------------------ */

static void a_value_holds_in_every_year(void **state)
{
  (void)state;
  row("a,plain,,extra,1pp");
  builds();
  assert_same(value(0, 0, 0, 0), 0.01);
  assert_same(value(0, 0, 0, 4), 0.01);
}

static void a_blank_year_is_neutral(void **state)
{
  (void)state;
  row("a,plain,,extra,,,2pp,,1pp");
  builds();
  assert_same(value(0, 0, 0, 0), 0.0);
  assert_same(value(0, 0, 0, 1), 0.02);
  assert_same(value(0, 0, 0, 2), 0.0);
}

/* plain: extra has the preset 1pp; a row that names offset alone leaves it neutral. */
static void a_shock_that_is_not_named_is_neutral(void **state)
{
  (void)state;
  row("a,plain,,offset,2pp");
  builds();
  assert_same(value(0, 0, 0, 0), 0.0);
}

static void a_row_without_a_parameter_is_the_presets(void **state)
{
  (void)state;
  row("a,plain");
  builds();
  assert_same(value(0, 0, 0, 0), 0.01);
}

static void presets_stand_under_what_is_named_beside_them(void **state)
{
  (void)state;
  row("a,plain,,offset,2pp");
  row("a,plain");
  builds();
  assert_same(value(0, 0, 0, 0), 0.01);
  assert_same(value(0, 0, 1, 0), 0.02);
}

static void an_include_brings_its_uses(void **state)
{
  (void)state;
  row("a,plain,,extra,1pp");
  row("b,shift,lac,input,line:E05.number");
  row("b,shift,lac,add,25");
  row("both,,,include,a");
  row("both,,,include,b");
  builds();
  assert_int_equal(scenarios[2].n_uses, 2);
}

static void uses_stand_in_the_order_of_their_names(void **state)
{
  (void)state;
  row("a,plain,zeta,extra,1pp");
  row("a,plain,alpha,extra,2pp");
  builds();
  assert_string_equal(scenarios[0].use[0].instance, "alpha");
}

static void a_scenario_met_by_two_ways_is_taken_once(void **state)
{
  (void)state;
  row("a,plain,,extra,1pp");
  row("b,,,include,a");
  row("c,,,include,a");
  row("d,,,include,b");
  row("d,,,include,c");
  builds();
  assert_int_equal(scenarios[3].n_uses, 1);
}

static void a_label_stands_for_the_id(void **state)
{
  (void)state;
  row("a,,,label,Pay rises");
  row("a,plain,,extra,1pp");
  builds();
  assert_string_equal(scenarios[0].label, "Pay rises");
}

static void a_setting_makes_one_more_scenario(void **state)
{
  (void)state;
  row("a,plain,,extra,1pp");
  set("plain.extra=3pp");
  builds();
  assert_string_equal(scenarios[1].id, "what_if");
  assert_same(value(1, 0, 0, 2), 0.03);
}

static void a_setting_for_a_year_changes_that_year_of_the_scenario_under_it(void **state)
{
  (void)state;
  const char *const wanted[] = { "a" };
  row("a,plain,,extra,1pp");
  set("plain.extra=3pp@2028/29");
  assert_int_equal(build(wanted, 1), STATUS_OK);
  assert_same(value(1, 0, 0, 1), 0.01);
  assert_same(value(1, 0, 0, 2), 0.03);
}

static void a_setting_reaches_a_use_by_its_instance(void **state)
{
  (void)state;
  const char *const wanted[] = { "a" };
  row("a,shift,lac,input,line:E05.number");
  row("a,shift,lac,add,25");
  set("lac.add=50");
  assert_int_equal(build(wanted, 1), STATUS_OK);
  assert_same(value(1, 0, SHIFT_ADD, 0), 50.0);
}

static void shift_is_bound_to_what_its_address_means(void **state)
{
  (void)state;
  row("a,shift,,input,driver:class=pay.value");
  row("a,shift,,add,1pp");
  builds();
  assert_int_equal(scenarios[0].use[0].binding[0].count, 2);
}

static void a_created_line_is_part_of_the_plan(void **state)
{
  (void)state;
  row("a,policy,,slot.spend,E01");
  builds();
  assert_true(plan_line_find(&folder.plan, "held") >= 0);
}

static void an_unknown_scenario_is_a_matter_of_usage(void **state)
{
  (void)state;
  const char *const wanted[] = { "lac_plus" };
  row("lac_plus_25,plain");
  assert_int_equal(build(wanted, 1), STATUS_USAGE);
  assert_string_equal(error.text, "no scenario is called 'lac_plus'; there are lac_plus_25");
}

static void scaling_what_is_0_is_a_warning(void **state)
{
  (void)state;
  row("a,shift,,input,line:E14.one_off");
  row("a,shift,,scale,50%");
  builds();
  assert_int_equal(folder.findings.item[0].code, CODE_SCENARIO_NO_EFFECT);
}

static void a_plugin_with_a_wrong_address_is_the_plugins_fault(void **state)
{
  (void)state;
  row("a,bad_address,,extra,1pp");
  assert_int_equal(build(NULL, 0), STATUS_PLUGIN);
}

/* The last block of the arena is filled up but for a little, and no other is given. */
static enum status build_with_memory_for(size_t bytes)
{
  enum { BLOCK = 65536 };
  struct failing_allocator failing;
  failing_init(&failing, -1);
  small_folder_in(&folder, &failing.allocator);
  folder.scenario = rows;
  row("a,,,label,Both");
  row("a,,,include,b");
  row("b,shift,n,input,line:E05.number");
  row("b,shift,n,scale,,5%");
  row("b,shift,d,input,driver:class=pay.value");
  row("b,shift,d,add,1pp");
  n_settings = 0;
  set("n.scale=7%@2027/28");
  assert_non_null(arena_alloc(&folder.arena, BLOCK - 64 - bytes));
  failing.left = 0;
  const char *const wanted[] = { "a" };
  const enum status status =
      scenarios_build(&folder, NULL, wanted, 1, settings, n_settings, &scenarios, &n_scenarios, &error);
  arena_fini(&folder.arena);
  assert_int_equal(failing.outstanding, 0);
  return status;
}

/* Until there is enough every try ends in a clean error, and no block is kept. */
static void scenarios_survive_a_lack_of_memory(void **state)
{
  int failed = 0, built = 0;
  (void)state;
  for (size_t bytes = 0; bytes < 40000; bytes += 48) {
    const enum status status = build_with_memory_for(bytes);
    assert_true(status == STATUS_OK || status == STATUS_MEMORY);
    failed += status == STATUS_MEMORY;
    built += status == STATUS_OK;
  }
  assert_true(failed > 20);
  assert_true(built > 0);
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    ON_SMALL(a_value_holds_in_every_year),
    ON_SMALL(a_blank_year_is_neutral),
    ON_SMALL(a_shock_that_is_not_named_is_neutral),
    ON_SMALL(a_row_without_a_parameter_is_the_presets),
    ON_SMALL(presets_stand_under_what_is_named_beside_them),
    ON_SMALL(an_include_brings_its_uses),
    ON_SMALL(uses_stand_in_the_order_of_their_names),
    ON_SMALL(a_scenario_met_by_two_ways_is_taken_once),
    ON_SMALL(a_label_stands_for_the_id),
    ON_SMALL(a_setting_makes_one_more_scenario),
    ON_SMALL(a_setting_for_a_year_changes_that_year_of_the_scenario_under_it),
    ON_SMALL(a_setting_reaches_a_use_by_its_instance),
    ON_SMALL(shift_is_bound_to_what_its_address_means),
    ON_SMALL(a_created_line_is_part_of_the_plan),
    ON_SMALL(an_unknown_scenario_is_a_matter_of_usage),
    cmocka_unit_test(scenarios_survive_a_lack_of_memory),
    ON_SMALL(scaling_what_is_0_is_a_warning),
    ON_SMALL(a_plugin_with_a_wrong_address_is_the_plugins_fault),
  };
  return cmocka_run_group_tests_name("scenarios", tests, NULL, NULL);
}
