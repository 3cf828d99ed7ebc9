/* test_mistakes.c: the finding that each mistake in scenarios.csv or on the command line makes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenario_rows.h"

/* The one finding, as "code place text | label | help"; the column is that of the cell. */
static void is_refused(const char *expected)
{
  assert_int_equal(build(NULL, 0), STATUS_DATA);
  assert_int_equal(folder.findings.count, 1);
  const struct finding *finding = &folder.findings.item[0];
  const char *where = finding->place.file != NULL
                          ? arena_printf(&folder.arena, "%d:%d", finding->place.line, finding->place.column)
                          : arena_printf(&folder.arena, "--set:%d", finding->place.column);
  assert_string_equal(arena_printf(&folder.arena, "%s %s %s | %s | %s", code_number(finding->code), where,
                                   finding->text, finding->label, finding->help),
                      expected);
}

struct mistake {
  const char *name, *rows[4], *setting, *expected;
};

static const struct mistake mistakes[] = {
  { "bare_points",
    { "a,plain,,extra,1" },
    NULL,
    "H0802 2:5 '1' has no unit, and extra is in percentage points | write 1pp, or 100pp if it was a fraction | " },
  { "per_cent_for_points",
    { "a,plain,,extra,,1%" },
    NULL,
    "H0802 2:6 '1%' is per cent, and extra is in percentage points | write 1pp: 3.00% becomes 4.00% | "
    "1% of a rate is another thing: 3.00% becomes 3.03%" },
  { "out_of_range",
    { "a,plain,,extra,30pp" },
    NULL,
    "H0803 2:5 '30pp' is more than extra may be | from \xE2\x88\x92"
    "10pp to 25pp | " },
  { "wrong_parameter",
    { "a,plain,,extr,1pp" },
    NULL,
    "H0804 2:4 plain has no parameter 'extr' | did you mean extra? | " },
  { "far_parameter",
    { "a,plain,,wages,1pp" },
    NULL,
    "H0804 2:4 plain has no parameter 'wages' | it has extra, offset | " },
  { "wrong_plugin",
    { "a,plane,,extra,1pp" },
    NULL,
    "H0805 2:2 no plugin is called 'plane'; did you mean 'plain'? | see headroom plugin list | " },
  { "set_twice",
    { "a,plain,,extra,1pp", "a,plain,,extra,2pp" },
    NULL,
    "H0806 3:1 extra of plain is set here and in line 2 | set it once | "
    "to use plain twice, give each use its own name in the instance column" },
  { "set_twice_through_include",
    { "a,plain,,extra,1pp", "b,,,include,a", "b,plain,,extra,2pp" },
    NULL,
    "H0806 4:1 extra of plain is set here and in scenario a (line 2) | set it once | "
    "to use plain twice, give each use its own name in the instance column" },
  { "value_and_years",
    { "a,plain,,extra,1pp,,2pp" },
    NULL,
    "H0807 2:7 extra has both a value for every year and one by year | fill the value column or year cells, not both "
    "| " },
  { "no_value", { "a,plain,,extra," }, NULL, "H0807 2:1 extra has no value | fill the value column, or year cells | " },
  { "years_for_a_knob_without",
    { "a,plain,,offset,,1pp" },
    NULL,
    "H0807 2:6 offset takes one value for the whole plan, not one a year | give it in the value column | " },
  { "value_without_parameter",
    { "a,plain,,,1pp" },
    NULL,
    "H0807 2:5 a value stands here, but the row names no parameter | name the parameter that it is for, or clear the "
    "cell | " },
  { "reserved_name",
    { "baseline,plain,,extra,1pp" },
    NULL,
    "H0808 2:1 'baseline' is a reserved name | call the scenario something else | "
    "baseline is the plan itself, what_if the scenario of the command line" },
  { "instance_of_two_plugins",
    { "a,plain,x,extra,1pp", "a,shift,x,input,line:E05.number" },
    NULL,
    "H0808 3:1 'x' already names a use of plain | give this use of shift another instance name | " },
  { "unknown_include",
    { "pay,plain,,extra,1pp", "b,,,include,pya" },
    NULL,
    "H0809 3:5 there is no scenario 'pya' to include | did you mean pay? | " },
  { "include_in_a_circle",
    { "a,,,include,b", "b,,,include,a" },
    NULL,
    "H0809 3:5 b includes a, which leads back to b | take one include out of the circle | " },
  { "own_row_of_another_kind",
    { "a,,,lable,Pay" },
    NULL,
    "H0804 2:4 a row without a plugin cannot set 'lable' | did you mean label? | " },
  { "shift_of_nothing",
    { "a,shift,,input,line:E5.number", "a,shift,,add,25" },
    NULL,
    "H0810 2:5 there is no line 'E5'; did you mean 'E05'? |  | " },
  { "shift_of_what_the_form_lacks",
    { "a,shift,,input,line:E01.number", "a,shift,,add,25" },
    NULL,
    "H0810 2:5 line E01 has no number: its form is roll |  | " },
  { "shift_without_input",
    { "a,shift,,add,25" },
    NULL,
    "H0811 2:1 shift shift has no input to change | add a row with parameter input and an address, such as "
    "line:E05.number | " },
  { "shift_both_ways",
    { "a,shift,,input,line:E05.number", "a,shift,,add,25", "a,shift,,scale,5%" },
    NULL,
    "H0811 4:1 shift shift has both add and scale | give one of the two | " },
  { "shift_of_a_rate_by_per_cent",
    { "a,shift,,input,saving:S1.delivery", "a,shift,,add,-20%" },
    NULL,
    "H0802 3:5 '-20%' is per cent, and add is in percentage points | write -20pp: 70.00% becomes 50.00% | "
    "-20% of a rate is another thing: 70.00% becomes 56.00%" },
  { "shift_of_money_without_unit",
    { "a,shift,,input,line:E14.one_off", "a,shift,,add,8.7" },
    NULL,
    "H0802 3:5 '8.7' has no unit, and add is money | write £8.7 for pounds, or £8.7m for millions | " },
  { "scale_by_a_factor",
    { "a,shift,,input,line:E05.number", "a,shift,,scale,0.85" },
    NULL,
    "H0802 3:5 '0.85' has no unit, and scale is per cent | write 0.85%, or 85% if it was a fraction | " },
  { "setting_without_value",
    { NULL },
    "plain.extra",
    "H0812 --set:1 'plain.extra' sets nothing | write plugin.parameter=value, such as "
    "pay_award.extra_award=1pp@2027/28 | " },
  { "setting_outside_the_plan",
    { NULL },
    "plain.extra=1pp@2040/41",
    "H0812 --set:17 2040/41 is not a year of this plan | the plan runs from 2026/27 to 2030/31 | " },
  { "setting_out_of_range",
    { NULL },
    "plain.extra=1",
    "H0802 --set:13 '1' has no unit, and extra is in percentage points | write 1pp, or 100pp if it was a fraction | " },
  { "slot_pointed_at_nothing",
    { "a,policy,,slot.spend,E99" },
    NULL,
    "H0813 2:1 policy finds nothing to read: there is no line 'E99'; did you mean 'E01'? | it looks for "
    "line:E99.amount | "
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

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_mistake_has_one_finding),
    ON_SMALL(a_receipt_aimed_at_revenue_is_refused_with_the_reason),
    ON_SMALL(an_opening_balance_is_refused_with_the_reason),
    ON_SMALL(a_row_shared_by_two_scenarios_is_wrong_once),
  };
  return cmocka_run_group_tests_name("mistakes", tests, NULL, NULL);
}
