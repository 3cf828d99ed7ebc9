/* test_scenarios.c: rows of scenarios.csv and settings to uses with values, and the finding that each mistake makes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_plan.h"

#include "support.h"

enum { MOST_ROWS = 16 };

static struct folder folder;
static struct registry *registry;
static struct scenario_row rows[MOST_ROWS];
static struct setting settings[4];
static int n_settings;
static struct scenario *scenarios;
static int n_scenarios;
static struct error error;

static int open_folder(void **state)
{
  (void)state;
  small_folder(&folder);
  folder.scenario = rows;
  n_settings = 0;
  const struct registry_options options = { .plugin_path = BAD_PLUGINS };
  return registry_open(&folder.arena, &options, &registry, &error) == STATUS_OK ? 0 : -1;
}

static int close_folder(void **state)
{
  (void)state;
  registry_close(registry);
  arena_fini(&folder.arena);
  return 0;
}

/* Cells in the order of the file: scenario, plugin, instance, parameter, value, years; "" for the rest. */
static void row(const char *cells)
{
  struct scenario_row *out = &rows[folder.n_scenario_rows++];
  const char *cell[5 + MAX_YEARS];
  struct place place[5 + MAX_YEARS];
  for (int i = 0; i < 5 + MAX_YEARS; i++) {
    const size_t n = strcspn(cells, ",");
    cell[i] = arena_strndup(&folder.arena, cells, n);
    place[i] = (struct place){ .file = "scenarios.csv", .line = folder.n_scenario_rows + 1, .column = i + 1 };
    cells += n + (cells[n] == ',' ? 1 : 0);
  }
  *out = (struct scenario_row){ cell[0], cell[1], cell[2], cell[3], cell[4], { NULL }, place[0], place[1], place[3], place[4], { { 0 } } };
  for (int y = 0; y < MAX_YEARS; y++) {
    out->year_value[y] = cell[5 + y];
    out->year_place[y] = place[5 + y];
  }
}

static void set(const char *text)
{
  settings[n_settings++].text = text;
}

static enum status build(const char *const *wanted, int n_wanted)
{
  return scenarios_build(&folder, registry, wanted, n_wanted, settings, n_settings, &scenarios, &n_scenarios, &error);
}

static void builds(void)
{
  const enum status status = build(NULL, 0);
  if (status != STATUS_OK) {
    fail_msg("%s", folder.findings.count > 0 ? folder.findings.item[0].text : error.text);
  }
}

/* The one finding, as "code place text | label | help"; the column is that of the cell. */
static void is_refused(const char *expected)
{
  assert_int_equal(build(NULL, 0), STATUS_DATA);
  assert_int_equal(folder.findings.count, 1);
  const struct finding *finding = &folder.findings.item[0];
  const char *where = finding->place.file != NULL
                          ? arena_printf(&folder.arena, "%d:%d", finding->place.line, finding->place.column)
                          : arena_printf(&folder.arena, "--set:%d", finding->place.column);
  assert_string_equal(arena_printf(&folder.arena, "%s %s %s | %s | %s", code_number(finding->code), where, finding->text,
                                   finding->label, finding->help),
                      expected);
}

static double value(int scenario, int use, int param, int year)
{
  return scenarios[scenario].use[use].value[param * SMALL_YEARS + year];
}

/* ---- what rows mean -------------------------------------------------------------------------------------------------- */

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

/* ---- golden diagnostics ---------------------------------------------------------------------------------------------------- */

struct mistake {
  const char *name, *rows[4], *setting, *expected;
};

static const struct mistake mistakes[] = {
  { "bare_points", { "a,plain,,extra,1" }, NULL,
    "H0802 2:5 '1' has no unit, and extra is in percentage points | write 1pp, or 100pp if it was a fraction | " },
  { "per_cent_for_points", { "a,plain,,extra,,1%" }, NULL,
    "H0802 2:6 '1%' is per cent, and extra is in percentage points | write 1pp: 3.00% becomes 4.00% | "
    "1% of a rate is another thing: 3.00% becomes 3.03%" },
  { "out_of_range", { "a,plain,,extra,30pp" }, NULL,
    "H0803 2:5 '30pp' is more than extra may be | from \xE2\x88\x92" "10pp to 25pp | " },
  { "wrong_parameter", { "a,plain,,extr,1pp" }, NULL, "H0804 2:4 plain has no parameter 'extr' | did you mean extra? | " },
  { "far_parameter", { "a,plain,,wages,1pp" }, NULL, "H0804 2:4 plain has no parameter 'wages' | it has extra, offset | " },
  { "wrong_plugin", { "a,plane,,extra,1pp" }, NULL,
    "H0805 2:2 no plugin is called 'plane'; did you mean 'plain'? | see headroom plugin list | " },
  { "set_twice", { "a,plain,,extra,1pp", "a,plain,,extra,2pp" }, NULL,
    "H0806 3:1 extra of plain is set here and in line 2 | set it once | "
    "to use plain twice, give each use its own name in the instance column" },
  { "set_twice_through_include", { "a,plain,,extra,1pp", "b,,,include,a", "b,plain,,extra,2pp" }, NULL,
    "H0806 4:1 extra of plain is set here and in scenario a (line 2) | set it once | "
    "to use plain twice, give each use its own name in the instance column" },
  { "value_and_years", { "a,plain,,extra,1pp,,2pp" }, NULL,
    "H0807 2:7 extra has both a value for every year and one by year | fill the value column or year cells, not both | " },
  { "no_value", { "a,plain,,extra," }, NULL, "H0807 2:1 extra has no value | fill the value column, or year cells | " },
  { "years_for_a_knob_without", { "a,plain,,offset,,1pp" }, NULL,
    "H0807 2:6 offset takes one value for the whole plan, not one a year | give it in the value column | " },
  { "value_without_parameter", { "a,plain,,,1pp" }, NULL,
    "H0807 2:5 a value stands here, but the row names no parameter | name the parameter that it is for, or clear the cell | " },
  { "reserved_name", { "baseline,plain,,extra,1pp" }, NULL,
    "H0808 2:1 'baseline' is a reserved name | call the scenario something else | "
    "baseline is the plan itself, what_if the scenario of the command line" },
  { "instance_of_two_plugins", { "a,plain,x,extra,1pp", "a,shift,x,input,line:E05.number" }, NULL,
    "H0808 3:1 'x' already names a use of plain | give this use of shift another instance name | " },
  { "unknown_include", { "pay,plain,,extra,1pp", "b,,,include,pya" }, NULL,
    "H0809 3:5 there is no scenario 'pya' to include | did you mean pay? | " },
  { "include_in_a_circle", { "a,,,include,b", "b,,,include,a" }, NULL,
    "H0809 3:5 b includes a, which leads back to b | take one include out of the circle | " },
  { "own_row_of_another_kind", { "a,,,lable,Pay" }, NULL,
    "H0804 2:4 a row without a plugin cannot set 'lable' | did you mean label? | " },
  { "shift_of_nothing", { "a,shift,,input,line:E5.number", "a,shift,,add,25" }, NULL,
    "H0810 2:5 there is no line 'E5'; did you mean 'E05'? |  | " },
  { "shift_of_what_the_form_lacks", { "a,shift,,input,line:E01.number", "a,shift,,add,25" }, NULL,
    "H0810 2:5 line E01 has no number: its form is roll |  | " },
  { "shift_without_input", { "a,shift,,add,25" }, NULL,
    "H0811 2:1 shift shift has no input to change | add a row with parameter input and an address, such as line:E05.number | " },
  { "shift_both_ways", { "a,shift,,input,line:E05.number", "a,shift,,add,25", "a,shift,,scale,5%" }, NULL,
    "H0811 4:1 shift shift has both add and scale | give one of the two | " },
  { "shift_of_a_rate_by_per_cent", { "a,shift,,input,saving:S1.delivery", "a,shift,,add,-20%" }, NULL,
    "H0802 3:5 '-20%' is per cent, and add is in percentage points | write -20pp: 70.00% becomes 50.00% | "
    "-20% of a rate is another thing: 70.00% becomes 56.00%" },
  { "shift_of_money_without_unit", { "a,shift,,input,line:E14.one_off", "a,shift,,add,8.7" }, NULL,
    "H0802 3:5 '8.7' has no unit, and add is money | write £8.7 for pounds, or £8.7m for millions | " },
  { "scale_by_a_factor", { "a,shift,,input,line:E05.number", "a,shift,,scale,0.85" }, NULL,
    "H0802 3:5 '0.85' has no unit, and scale is per cent | write 0.85%, or 85% if it was a fraction | " },
  { "setting_without_value", { NULL }, "plain.extra",
    "H0812 --set:1 'plain.extra' sets nothing | write plugin.parameter=value, such as pay_award.extra_award=1pp@2027/28 | " },
  { "setting_outside_the_plan", { NULL }, "plain.extra=1pp@2040/41",
    "H0812 --set:17 2040/41 is not a year of this plan | the plan runs from 2026/27 to 2030/31 | " },
  { "setting_out_of_range", { NULL }, "plain.extra=1",
    "H0802 --set:13 '1' has no unit, and extra is in percentage points | write 1pp, or 100pp if it was a fraction | " },
  { "slot_pointed_at_nothing", { "a,policy,,slot.spend,E99" }, NULL,
    "H0813 2:1 policy finds nothing to read: there is no line 'E99'; did you mean 'E01'? | it looks for line:E99.amount | "
    "point it elsewhere with the parameter slot.spend" },
};

static void each_mistake_has_one_finding(void **state)
{
  for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
    print_message("  %s\n", mistakes[i].name);
    open_folder(state);
    for (int r = 0; r < 4 && mistakes[i].rows[r] != NULL; r++) {
      row(mistakes[i].rows[r]);
    }
    if (mistakes[i].setting != NULL) {
      set(mistakes[i].setting);
    }
    is_refused(mistakes[i].expected);
    close_folder(state);
  }
}

/* R34: the law in the way is quoted, not a spelling mistake supposed. */
static void a_receipt_aimed_at_revenue_is_refused_with_the_reason(void **state)
{
  (void)state;
  row("a,shift,,input,receipt:land.to_revenue");
  row("a,shift,,add,100pp");
  assert_int_equal(build(NULL, 0), STATUS_DATA);
  assert_int_equal(folder.findings.item[0].code, CODE_RECEIPT_TO_REVENUE);
  assert_non_null(strstr(folder.findings.item[0].help, "SI 2003/3146"));
}

static void an_opening_balance_is_refused_with_the_reason(void **state)
{
  (void)state;
  row("a,shift,,input,reserve:R1.opening");
  row("a,shift,,add,£20.5m");
  assert_int_equal(build(NULL, 0), STATUS_DATA);
  assert_non_null(strstr(folder.findings.item[0].help, "SI 2003/3146"));
}

/* The row is in two scenarios that are built, and is wrong once. */
static void a_row_shared_by_two_scenarios_is_wrong_once(void **state)
{
  (void)state;
  row("a,plain,,extra,1");
  row("b,,,include,a");
  assert_int_equal(build(NULL, 0), STATUS_DATA);
  assert_int_equal(folder.findings.count, 1);
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
  const enum status status = scenarios_build(&folder, NULL, wanted, 1, settings, n_settings, &scenarios, &n_scenarios, &error);
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

#define ON_SMALL(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)

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
    cmocka_unit_test(each_mistake_has_one_finding),
    cmocka_unit_test(scenarios_survive_a_lack_of_memory),
    ON_SMALL(a_receipt_aimed_at_revenue_is_refused_with_the_reason),
    ON_SMALL(an_opening_balance_is_refused_with_the_reason),
    ON_SMALL(a_row_shared_by_two_scenarios_is_wrong_once),
    ON_SMALL(scaling_what_is_0_is_a_warning),
    ON_SMALL(a_plugin_with_a_wrong_address_is_the_plugins_fault),
  };
  return cmocka_run_group_tests_name("scenarios", tests, NULL, NULL);
}
