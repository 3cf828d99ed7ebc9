/* test_run.c: scenarios run in a worker: the worked example's figures, plugins that fail, and what order may not
 * change. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_plan.h"

#include "support.h"

enum { MOST_ROWS = 16 };

static struct folder folder;
static struct registry *registry;
static struct scenario_row rows[MOST_ROWS];
static struct scenario *scenarios;
static int n_scenarios;
static struct outcome *outcomes;
static struct error error;

static int open_registry(const char *plugins)
{
  const struct registry_options options = { .plugin_path = plugins };
  return registry_open(&folder.arena, &options, &registry, &error) == STATUS_OK ? 0 : -1;
}

static int open_small(void **state)
{
  (void)state;
  small_folder(&folder);
  folder.scenario = rows;
  return open_registry(BAD_PLUGINS);
}

static int open_saltmere(void **state)
{
  (void)state;
  if (folder_load(&folder, SOURCE_DIR "/datasets/saltmere", NULL, &error) != STATUS_OK) {
    return -1;
  }
  folder.scenario = rows;
  folder.n_scenario_rows = 0;
  return open_registry(BAD_PLUGINS);
}

/* Most plugins of tests/bad call themselves plain: this one file stands in a folder of its own under that name. */
static void use_as(const char *name, const char *file)
{
  registry_close(registry);
  assert_int_equal(system("rm -rf run_test && mkdir run_test"), 0);
  assert_int_equal(system(arena_printf(&folder.arena, "cp " BAD_PLUGINS "/%s.so run_test/%s.so", file, name)), 0);
  assert_int_equal(open_registry("run_test"), 0);
}

static int close_both(void **state)
{
  (void)state;
  registry_close(registry);
  folder_fini(&folder);
  return system("rm -rf run_test");
}

static void row(const char *plugin, const char *instance, const char *parameter, const char *value)
{
  struct scenario_row *out = &rows[folder.n_scenario_rows++];
  *out = (struct scenario_row){
    .scenario = "a", .plugin = plugin, .instance = instance, .parameter = parameter, .value = value
  };
  for (int y = 0; y < MAX_YEARS; y++) {
    out->year_value[y] = "";
  }
}

/* From the second year on, as most of the worked example's stresses are. */
static void row_from_second_year(const char *plugin, const char *parameter, const char *value)
{
  row(plugin, "", parameter, "");
  for (int y = 1; y < folder.plan.n_years; y++) {
    rows[folder.n_scenario_rows - 1].year_value[y] = value;
  }
}

static enum status run(void)
{
  const struct run_options options = { .deadline_s = 2.0 };
  if (scenarios_build(&folder, registry, NULL, 0, NULL, 0, &scenarios, &n_scenarios, &error) != STATUS_OK) {
    fail_msg("%s", folder.findings.count > 0 ? folder.findings.item[0].text : error.text);
  }
  return scenarios_run(&folder.plan, scenarios, n_scenarios, &options, &folder.arena, &outcomes, &error);
}

static void runs(void)
{
  if (run() != STATUS_OK) {
    fail_msg("%s", error.text);
  }
}

static pence gap(int year)
{
  return outcomes[0].result->measure[M_GAP][year];
}

/* ---- the worked example by the built-in shift alone; pence in 2030/31 ---------------------------------- */

enum { LAST = 4 };

static void pay_one_point_up_is_the_worked_example(void **state)
{
  (void)state;
  row("shift", "", "input", "driver:class=pay.value");
  row("shift", "", "add", "1pp");
  runs();
  assert_pence_equal(gap(LAST), 1619955200);
}

static void children_25_up_is_the_worked_example(void **state)
{
  (void)state;
  row("shift", "", "input", "line:E05.number");
  row_from_second_year("shift", "add", "25");
  runs();
  assert_pence_equal(gap(LAST), 1390225900);
}

static void savings_a_year_late_are_the_worked_example(void **state)
{
  (void)state;
  row("shift", "", "input", "saving:recurrence=recurring.months_late");
  row("shift", "", "add", "12");
  runs();
  assert_pence_equal(gap(0), 517989700);
  assert_pence_equal(gap(LAST), 1163305600);
}

static void delivery_20_points_down_is_the_worked_example(void **state)
{
  (void)state;
  row("shift", "", "input", "saving:*.delivery");
  row("shift", "", "add", "-20pp");
  runs();
  assert_pence_equal(gap(LAST), 1267305600);
}

static void business_rates_15_per_cent_down_is_the_worked_example(void **state)
{
  (void)state;
  row("shift", "", "input", "term:business_rates.income");
  row_from_second_year("shift", "scale", "-15%");
  runs();
  assert_pence_equal(gap(LAST), 1800010300);
}

static void collection_one_point_down_is_the_worked_example(void **state)
{
  (void)state;
  row("shift", "", "input", "term:council_tax.collection");
  row("shift", "", "add", "-1pp");
  runs();
  assert_pence_equal(gap(0), 498333400);
  assert_pence_equal(gap(LAST), 1300465200);
}

/* A one-off is in its own year and in no other: 8,240,927 + 8,700,000. */
static void an_incident_is_in_its_own_year(void **state)
{
  (void)state;
  row("shift", "", "input", "line:E14.one_off");
  row("shift", "", "add", "");
  rows[1].year_value[1] = "£8.7m";
  runs();
  assert_pence_equal(gap(1), 1694092700);
  assert_pence_equal(gap(LAST), 1163305600);
}

static void three_together_are_the_worked_example(void **state)
{
  (void)state;
  row("shift", "pay", "input", "driver:class=pay.value");
  row("shift", "pay", "add", "1pp");
  row("shift", "delivery", "input", "saving:*.delivery");
  row("shift", "delivery", "add", "-20pp");
  row("shift", "", "input", "line:E05.number");
  row_from_second_year("shift", "add", "25");
  runs();
  assert_pence_equal(gap(LAST), 1950875500);
}

/* ---- order and zero ------------------------------------------------------------------------------------ */

/* R42 */
static void zero_severity_is_the_plan_bit_for_bit(void **state)
{
  (void)state;
  row("shift", "n", "input", "line:*.number");
  row("shift", "n", "scale", "0%");
  row("shift", "d", "input", "driver:*.value");
  row("shift", "d", "add", "0pp");
  runs();
  assert_memory_equal(outcomes[0].result->measure, folder.baseline->measure, sizeof folder.baseline->measure);
}

static void the_order_of_rows_does_not_matter(void **state)
{
  static pence first[N_MEASURES][MAX_YEARS];
  (void)state;
  row("shift", "b", "input", "line:E05.number");
  row("shift", "b", "scale", "7%");
  row("shift", "c", "input", "line:E05.number");
  row("shift", "c", "scale", "-3%");
  row("shift", "a", "input", "line:E05.number");
  row("shift", "a", "add", "11.1");
  runs();
  memcpy(first, outcomes[0].result->measure, sizeof first);
  const struct scenario_row moved[2] = { rows[0], rows[1] };
  memmove(rows, rows + 2, 4 * sizeof *rows);
  memcpy(rows + 4, moved, sizeof moved);
  runs();
  assert_memory_equal(outcomes[0].result->measure, first, sizeof first);
}

/* ---- the small plan: 1,000,000 of pay; plugins of tests/bad -------------------------------------------- */

/* 1,000,000 x 1.04 = 1,040,000 */
static void a_plugin_changes_a_driver_and_the_engine_recomputes(void **state)
{
  (void)state;
  row("plain", "", "extra", "1pp");
  runs();
  assert_pence_equal(outcomes[0].result->line[0].amount[0], 104000000);
}

/* A receipt of 1,000,000 raised by 250,000 for every year is 1,250,000, once. */
static void what_is_added_to_a_receipt_is_added_once(void **state)
{
  (void)state;
  row("shift", "", "input", "receipt:land.amount");
  row("shift", "", "add", "£250k");
  runs();
  assert_pence_equal(outcomes[0].result->receipt[0].received[0], 125000000);
  assert_pence_equal(outcomes[0].result->receipt[0].received[1], 0);
}

static void two_uses_past_the_whole_of_a_receipt_are_both_named(void **state)
{
  (void)state;
  row("shift", "first", "input", "receipt:land.to_debt");
  row("shift", "first", "add", "40pp");
  row("shift", "second", "input", "receipt:land.to_avoid");
  row("shift", "second", "add", "30pp");
  assert_int_equal(run(), STATUS_DATA);
  assert_string_equal(
      error.text, "scenario a: first and second together put more than the whole of receipt land to use in 2026/27");
}

/* The General Fund of 500,000 is below the policy's 1,000,000 from the start, so it holds back 1% of pay in each year:
 * 1,030,000 x 1% = 10,300 in 2026/27. */
static void a_policy_acts_in_the_year_that_it_looks_at(void **state)
{
  (void)state;
  row("policy", "", "slot.spend", "E01");
  row("policy", "", "held", "1%");
  runs();
  const int held = plan_line_find(&folder.plan, "held");
  assert_true(held >= 0);
  assert_pence_equal(outcomes[0].result->line[held].amount[0], -1030000);
}

static void a_plugin_that_does_not_apply_says_why_and_changes_nothing(void **state)
{
  (void)state;
  use_as("plain", "skips");
  row("plain", "", "extra", "1pp");
  runs();
  assert_string_equal(outcomes[0].skip[0].text, "the plan has no tram");
  assert_pence_equal(outcomes[0].result->line[0].amount[0], 103000000);
}

/* ---- plugins that fail: no figure, one sentence -------------------------------------------------------- */

static void fails(const char *file, const char *words)
{
  use_as("plain", file);
  row("plain", "", "extra", "1pp");
  assert_int_equal(run(), STATUS_PLUGIN);
  if (strstr(error.text, words) == NULL) {
    fail_msg("'%s' is not in '%s'", words, error.text);
  }
}

static void a_number_that_is_not_finite_is_named_by_series_and_year(void **state)
{
  (void)state;
  fails("not_finite", "plugin 'plain' wrote a number that is not finite to driver:pay.value in 20");
}

static void a_plugin_that_reports_a_failure_is_quoted(void **state)
{
  (void)state;
  fails("fail_in_apply", "plugin 'plain': ");
}

static void an_endless_loop_is_stopped(void **state)
{
  (void)state;
  fails("loop_in_apply", "it did not answer in time in apply");
}

static void an_exit_is_no_success(void **state)
{
  (void)state;
  fails("exit_in_apply", "it ended the process in apply");
}

static void an_answer_that_depends_on_earlier_calls_is_told(void **state)
{
  (void)state;
  fails("counts_calls", "its answers depend on what it was asked before");
}

static void a_changed_rounding_is_told(void **state)
{
  (void)state;
  fails("rounds_up", "it changed how the processor rounds");
}

#ifndef HEADROOM_SANITIZED /* a sanitizer keeps faults for itself */
static void a_crash_is_named(void **state)
{
  (void)state;
  fails("crash_in_apply", "it crashed");
}

static void a_write_to_what_may_only_be_read_is_out_of_bounds(void **state)
{
  (void)state;
  fails("writes_undeclared", "it wrote outside its own rows in apply");
}
#endif

static void a_write_past_the_end_of_a_row_is_out_of_bounds(void **state)
{
  (void)state;
  fails("past_end", "it wrote outside its own rows");
}

static void a_write_before_the_start_of_a_row_is_out_of_bounds(void **state)
{
  (void)state;
  fails("before_start", "it wrote outside its own rows");
}

static void a_policy_that_rewrites_the_past_is_told(void **state)
{
  (void)state;
  use_as("policy", "rewrites_past");
  row("policy", "", "slot.spend", "E01");
  row("policy", "", "held", "1%");
  assert_int_equal(run(), STATUS_PLUGIN);
  assert_non_null(strstr(error.text, "changed a year that was over in 2026/27"));
}

#define ON_SMALL(test) cmocka_unit_test_setup_teardown(test, open_small, close_both)
#define ON_SALTMERE(test) cmocka_unit_test_setup_teardown(test, open_saltmere, close_both)

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    ON_SALTMERE(pay_one_point_up_is_the_worked_example),
    ON_SALTMERE(children_25_up_is_the_worked_example),
    ON_SALTMERE(savings_a_year_late_are_the_worked_example),
    ON_SALTMERE(delivery_20_points_down_is_the_worked_example),
    ON_SALTMERE(business_rates_15_per_cent_down_is_the_worked_example),
    ON_SALTMERE(collection_one_point_down_is_the_worked_example),
    ON_SALTMERE(an_incident_is_in_its_own_year),
    ON_SALTMERE(three_together_are_the_worked_example),
    ON_SALTMERE(zero_severity_is_the_plan_bit_for_bit),
    ON_SALTMERE(the_order_of_rows_does_not_matter),
    ON_SMALL(a_plugin_changes_a_driver_and_the_engine_recomputes),
    ON_SMALL(what_is_added_to_a_receipt_is_added_once),
    ON_SMALL(two_uses_past_the_whole_of_a_receipt_are_both_named),
    ON_SMALL(a_policy_acts_in_the_year_that_it_looks_at),
    ON_SMALL(a_plugin_that_does_not_apply_says_why_and_changes_nothing),
    ON_SMALL(a_number_that_is_not_finite_is_named_by_series_and_year),
    ON_SMALL(a_plugin_that_reports_a_failure_is_quoted),
    ON_SMALL(an_endless_loop_is_stopped),
    ON_SMALL(an_exit_is_no_success),
    ON_SMALL(an_answer_that_depends_on_earlier_calls_is_told),
    ON_SMALL(a_changed_rounding_is_told),
#ifndef HEADROOM_SANITIZED
    ON_SMALL(a_crash_is_named),
    ON_SMALL(a_write_to_what_may_only_be_read_is_out_of_bounds),
#endif
    ON_SMALL(a_write_past_the_end_of_a_row_is_out_of_bounds),
    ON_SMALL(a_write_before_the_start_of_a_row_is_out_of_bounds),
    ON_SMALL(a_policy_that_rewrites_the_past_is_told),
  };
  return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
