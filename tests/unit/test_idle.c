/* test_idle.c: a parameter that finds nothing to change beside others that do.
 *
 * Saltmere has a driver of class price (cpi) and one of class care (asc_fee), none of class contract, and no line
 * tagged energy or discretionary but E03, which cpi grows. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_plan.h"

#include "support.h"

enum { MOST_ROWS = 8 };

static struct folder folder;
static struct registry *registry;
static struct scenario_row rows[MOST_ROWS];
static struct scenario *scenario;
static struct outcome *outcome;
static struct error error;

static int open_registry(const char *plugins)
{
  const struct registry_options options = { .plugin_path = plugins };
  return registry_open(&folder.arena, &options, &registry, &error) == STATUS_OK ? 0 : -1;
}

static int open_saltmere(void **state)
{
  (void)state;
  if (folder_load(&folder, SOURCE_DIR "/datasets/saltmere", NULL, &error) != STATUS_OK) {
    return -1;
  }
  folder.scenario = rows;
  folder.n_scenario_rows = 0;
  return open_registry(NULL);
}

static int close_both(void **state)
{
  (void)state;
  registry_close(registry);
  folder_fini(&folder);
  return system("rm -rf idle_test");
}

/* Files of tests/bad call themselves plain: this one stands in a folder of its own under that name. */
static void use_as_plain(const char *file)
{
  registry_close(registry);
  assert_int_equal(system("rm -rf idle_test && mkdir idle_test"), 0);
  assert_int_equal(system(arena_printf(&folder.arena, "cp " BAD_PLUGINS "/%s.so idle_test/plain.so", file)), 0);
  assert_int_equal(open_registry("idle_test"), 0);
}

static void row(const char *plugin, const char *parameter, const char *value)
{
  struct scenario_row *out = &rows[folder.n_scenario_rows++];
  *out = (struct scenario_row){
    .scenario = "a", .plugin = plugin, .instance = "", .parameter = parameter, .value = value
  };
  for (int y = 0; y < MAX_YEARS; y++) {
    out->year_value[y] = "";
  }
}

static enum status run(void)
{
  const struct run_options options = { .deadline_s = 2.0 };
  int count = 0;
  if (scenarios_build(&folder, registry, NULL, 0, NULL, 0, &scenario, &count, &error) != STATUS_OK) {
    fail_msg("%s", folder.findings.count > 0 ? folder.findings.item[0].text : error.text);
  }
  return scenarios_run(&folder.plan, scenario, count, &options, &folder.arena, &outcome, &error);
}

/* Of the first use, the ids of the parameters told, with spaces between. */
static const char *told(void)
{
  const char *words = "";
  if (run() != STATUS_OK) {
    fail_msg("%s", error.text);
  }
  const struct plugin *plugin = scenario->use[0].plugin;
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    if ((outcome->skip[0].idle >> p & 1) != 0) {
      words = arena_printf(&folder.arena, "%s%s%s", words, words[0] != '\0' ? " " : "", plugin->param[p].id);
    }
  }
  return words;
}

static void what_finds_nothing_beside_another_is_told(void **state)
{
  (void)state;
  row("inflation", "cpi", "1pp");
  row("inflation", "energy", "20%");
  assert_string_equal(told(), "energy");
}

static void each_of_several_is_told(void **state)
{
  (void)state;
  row("inflation", "cpi", "1pp");
  row("inflation", "contracts", "1pp");
  row("inflation", "energy", "20%");
  assert_string_equal(told(), "contracts energy");
}

static void what_finds_something_is_not(void **state)
{
  (void)state;
  row("inflation", "cpi", "1pp");
  row("inflation", "care_fees", "1pp");
  assert_string_equal(told(), "");
}

static void a_parameter_at_its_neutral_is_not(void **state)
{
  (void)state;
  row("inflation", "cpi", "1pp");
  row("inflation", "energy", "0%");
  assert_string_equal(told(), "");
}

static void a_preset_that_nobody_asked_for_is_not(void **state)
{
  (void)state;
  row("inflation", "", "");
  assert_string_equal(told(), "");
}

/* With the driver of care fees made one of a contract that follows cpi: cpi's 2 points are more than its own 1. */
static void what_another_has_moved_already_is_not(void **state)
{
  (void)state;
  folder.plan.driver[2].class = DRIVER_CONTRACT;
  folder.plan.driver[2].follows = 1;
  assert_int_equal(plan_finish(&folder.plan), STATUS_OK);
  row("inflation", "cpi", "2pp");
  row("inflation", "contracts", "1pp");
  assert_string_equal(told(), "");
}

/* No loan is listed; the one that the second use brings along is another's, and of kind new. */
static void a_loan_of_the_same_scenario_is_found(void **state)
{
  (void)state;
  row("interest", "variable", "1pp");
  row("interest", "new_loans", "1pp");
  assert_string_equal(told(), "new_loans");
  row("capital_overspend", "amount",
      "\xC2\xA3"
      "5m");
  (void)told();
  assert_string_equal(scenario->use[1].instance, "interest");
  assert_int_equal(outcome->skip[1].idle, 0);
}

/* What a policy writes follows from results, so that apply alone shows nothing of it. */
static void a_policy_is_not_looked_at(void **state)
{
  (void)state;
  row("spending_controls", "held", "1%");
  row("spending_controls", "replenish", "1%");
  row("spending_controls", "slot.spend", "E01");
  assert_string_equal(told(), "");
}

/* Extra 2 less offset 1: each matters, and the figures are those of 1 point. */
static void a_refusal_of_what_nobody_asked_for_is_no_failure(void **state)
{
  (void)state;
  use_as_plain("fail_without_offset");
  row("plain", "extra", "2pp");
  row("plain", "offset", "1pp");
  assert_string_equal(told(), "");
}

#ifndef HEADROOM_SANITIZED /* a sanitizer keeps faults for itself */
static void a_crash_while_looking_stops_the_run(void **state)
{
  (void)state;
  use_as_plain("crash_without_offset");
  row("plain", "extra", "2pp");
  row("plain", "offset", "1pp");
  assert_int_equal(run(), STATUS_PLUGIN);
  assert_non_null(strstr(error.text, "plugin 'plain': it crashed"));
}
#endif

/* The looking is over before the figures are kept: they are those of the rows as given. */
static void figures_are_those_of_the_rows_as_given(void **state)
{
  (void)state;
  row("inflation", "cpi", "1pp");
  assert_string_equal(told(), "");
  const pence alone = outcome->result->measure[M_GAP][folder.plan.n_years - 1];
  row("inflation", "energy", "20%");
  assert_string_equal(told(), "energy");
  assert_pence_equal(outcome->result->measure[M_GAP][folder.plan.n_years - 1], alone);
}

#define ON_SALTMERE(test) cmocka_unit_test_setup_teardown(test, open_saltmere, close_both)

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    ON_SALTMERE(what_finds_nothing_beside_another_is_told),
    ON_SALTMERE(each_of_several_is_told),
    ON_SALTMERE(what_finds_something_is_not),
    ON_SALTMERE(a_parameter_at_its_neutral_is_not),
    ON_SALTMERE(a_preset_that_nobody_asked_for_is_not),
    ON_SALTMERE(what_another_has_moved_already_is_not),
    ON_SALTMERE(a_loan_of_the_same_scenario_is_found),
    ON_SALTMERE(a_policy_is_not_looked_at),
    ON_SALTMERE(a_refusal_of_what_nobody_asked_for_is_no_failure),
#ifndef HEADROOM_SANITIZED
    ON_SALTMERE(a_crash_while_looking_stops_the_run),
#endif
    ON_SALTMERE(figures_are_those_of_the_rows_as_given),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
