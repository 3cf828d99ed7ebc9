/* test_units.c: values of scenarios with their units, and what is said about those that are wrong. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_plan.h"

static struct folder folder;

static int open_folder(void **state)
{
  (void)state;
  small_folder(&folder);
  return 0;
}

static int close_folder(void **state)
{
  (void)state;
  arena_fini(&folder.arena);
  return 0;
}

static struct hr_param param_of(uint32_t unit)
{
  return (struct hr_param){ .id = "knob", .choices = "straight|annuity", .min = -9e13, .max = 9e13, .unit = unit };
}

static bool parse(uint32_t unit, const char *typed, double *out, struct complaint *wrong)
{
  const struct hr_param param = param_of(unit);
  const struct wanted_value wanted = { .param = &param, .plan = &folder.plan, .arena = &folder.arena };
  return value_parse(&wanted, typed, out, wrong);
}

static void reads(uint32_t unit, const char *typed, double expected)
{
  double value = NAN;
  struct complaint wrong = { 0 };
  if (!parse(unit, typed, &value, &wrong)) {
    fail_msg("%s", wrong.text);
  }
  assert_same(value, expected);
}

/* code, text, label and help in one line */
static void refuses(uint32_t unit, const char *typed, const char *expected)
{
  double value = 0.0;
  struct complaint wrong = { 0 };
  assert_false(parse(unit, typed, &value, &wrong));
  assert_string_equal(
      arena_printf(&folder.arena, "%s %s | %s | %s", code_number(wrong.code), wrong.text, wrong.label, wrong.help),
      expected);
}

static void a_point_is_a_hundredth(void **state)
{
  (void)state;
  reads(HR_POINTS, "1pp", 0.01);
}

static void points_may_be_negative(void **state)
{
  (void)state;
  reads(HR_POINTS, "-20pp", -0.2);
}

static void the_minus_of_a_word_processor_is_a_minus(void **state)
{
  (void)state;
  reads(HR_PERCENT,
        "\xE2\x88\x92"
        "15%",
        -0.15);
}

static void millions_are_exact(void **state)
{
  (void)state;
  reads(HR_GBP, "£8.7m", 8700000.0);
}

static void thousands_are_exact(void **state)
{
  (void)state;
  reads(HR_GBP, "£350k", 350000.0);
}

static void pounds_may_have_commas(void **state)
{
  (void)state;
  reads(HR_GBP, "£1,200", 1200.0);
}

static void money_may_be_negative(void **state)
{
  (void)state;
  reads(HR_GBP, "-£5", -5.0);
}

static void a_penny_too_many_places_for_binary_is_exact(void **state)
{
  (void)state;
  reads(HR_GBP, "£1.15", 1.15);
}

static void counts_are_bare(void **state)
{
  (void)state;
  reads(HR_COUNT, "25", 25.0);
}

static void months_are_bare(void **state)
{
  (void)state;
  reads(HR_MONTHS, "12", 12.0);
}

static void a_year_is_its_first_calendar_year(void **state)
{
  (void)state;
  reads(HR_YEAR, "2027/28", 2027.0);
}

static void a_switch_is_yes_or_no(void **state)
{
  (void)state;
  reads(HR_SWITCH, "yes", 1.0);
}

static void a_choice_is_read_by_its_word(void **state)
{
  (void)state;
  reads(HR_CHOICE, "annuity", 1.0);
}

static void bare_money_shows_both_readings(void **state)
{
  (void)state;
  refuses(HR_GBP, "350",
          "H0802 '350' has no unit, and knob is money | write £350 for pounds, or £350m for millions | ");
}

static void money_without_its_sign_is_shown_with_it(void **state)
{
  (void)state;
  refuses(HR_GBP, "-350k", "H0802 '-350k' lacks its pound sign | write -£350k | ");
}

static void bare_points_show_both_readings(void **state)
{
  (void)state;
  refuses(HR_POINTS, "0.01",
          "H0802 '0.01' has no unit, and knob is in percentage points | write 0.01pp, or 1pp if it was a fraction | ");
}

/* 1 point on 3% is 4%; 1% of 3% is 0.03 of a point, 3.03%. */
static void per_cent_for_points_shows_both_readings(void **state)
{
  (void)state;
  refuses(HR_POINTS, "1%",
          "H0802 '1%' is per cent, and knob is in percentage points | write 1pp: 3.00% becomes 4.00% | "
          "1% of a rate is another thing: 3.00% becomes 3.03%");
}

/* -20% of 75% is 60%, -20 points is 55%. */
static void per_cent_for_points_is_shown_on_the_rate_that_it_moves(void **state)
{
  (void)state;
  const struct hr_param param = param_of(HR_POINTS);
  const struct wanted_value wanted = { &param, &folder.plan, &folder.arena, true, 0.75 };
  struct complaint wrong = { 0 };
  double value = 0.0;
  assert_false(value_parse(&wanted, "-20%", &value, &wrong));
  assert_string_equal(wrong.label, "write -20pp: 75.00% becomes 55.00%");
  assert_string_equal(wrong.help, "-20% of a rate is another thing: 75.00% becomes 60.00%");
}

static void points_for_per_cent_shows_both_readings(void **state)
{
  (void)state;
  refuses(HR_PERCENT, "-15pp",
          "H0802 '-15pp' is in percentage points, and knob is per cent | write -15%: 100 becomes 85 | "
          "-15pp would move a rate: 3.00% becomes \xE2\x88\x92"
          "12.00%");
}

static void a_unit_on_a_count_is_refused(void **state)
{
  (void)state;
  refuses(HR_COUNT, "25pp", "H0802 '25pp' has a unit that knob does not take | write a plain number, such as 25 | ");
}

static void capital_m_is_no_unit(void **state)
{
  (void)state;
  refuses(HR_GBP, "£8.7M",
          "H0801 '£8.7M' ends in 'M', which is no unit | write money, such as £8.7m, £350k or -£1,200 | ");
}

static void scientific_notation_is_no_value(void **state)
{
  (void)state;
  refuses(HR_COUNT, "8.3E+06",
          "H0801 '8.3E+06' ends in 'E+06', which is no unit | write a plain number, such as 25 | ");
}

static void a_word_is_no_number(void **state)
{
  (void)state;
  refuses(HR_COUNT, "nan", "H0801 'nan' is not a value | write a plain number, such as 25 | ");
}

static void part_of_a_penny_is_refused(void **state)
{
  (void)state;
  refuses(HR_GBP, "£0.001",
          "H0801 '£0.001' is not a whole number of pence | write money, such as £8.7m, £350k or -£1,200 | ");
}

static void commas_stand_in_threes(void **state)
{
  (void)state;
  refuses(HR_GBP, "£12,00",
          "H0801 '£12,00' has commas that are not in threes | write money, such as £8.7m, £350k or -£1,200 | ");
}

static void a_year_outside_the_plan_is_refused(void **state)
{
  (void)state;
  refuses(HR_YEAR, "2035/36", "H0803 2035/36 is not a year of this plan | the plan runs from 2026/27 to 2030/31 | ");
}

static void a_calendar_year_is_no_financial_year(void **state)
{
  (void)state;
  refuses(HR_YEAR, "2027", "H0801 '2027' is not a financial year | write it like 2026/27 | ");
}

static void a_year_whose_halves_do_not_follow_is_refused(void **state)
{
  (void)state;
  refuses(HR_YEAR, "2027/29", "H0801 '2027/29' is not a financial year | write it like 2026/27 | ");
}

static void a_wrong_choice_gets_the_nearest(void **state)
{
  (void)state;
  refuses(HR_CHOICE, "anuity", "H0801 'anuity' is not a choice of knob | did you mean annuity? | ");
}

static void a_switch_takes_no_other_word(void **state)
{
  (void)state;
  refuses(HR_SWITCH, "true", "H0801 'true' is not yes or no | write yes or no | ");
}

static void a_value_beyond_the_range_shows_the_range(void **state)
{
  (void)state;
  struct hr_param param = param_of(HR_POINTS);
  param.min = -0.10, param.max = 0.25;
  const struct wanted_value wanted = { .param = &param, .plan = &folder.plan, .arena = &folder.arena };
  struct complaint wrong = { 0 };
  double value = 0.0;
  assert_false(value_parse(&wanted, "30pp", &value, &wrong));
  assert_string_equal(wrong.text, "'30pp' is more than knob may be");
  assert_string_equal(wrong.label, "from \xE2\x88\x92"
                                   "10pp to 25pp");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_point_is_a_hundredth),
    cmocka_unit_test(points_may_be_negative),
    cmocka_unit_test(the_minus_of_a_word_processor_is_a_minus),
    cmocka_unit_test(millions_are_exact),
    cmocka_unit_test(thousands_are_exact),
    cmocka_unit_test(pounds_may_have_commas),
    cmocka_unit_test(money_may_be_negative),
    cmocka_unit_test(a_penny_too_many_places_for_binary_is_exact),
    cmocka_unit_test(counts_are_bare),
    cmocka_unit_test(months_are_bare),
    cmocka_unit_test(a_year_is_its_first_calendar_year),
    cmocka_unit_test(a_switch_is_yes_or_no),
    cmocka_unit_test(a_choice_is_read_by_its_word),
    cmocka_unit_test(bare_money_shows_both_readings),
    cmocka_unit_test(money_without_its_sign_is_shown_with_it),
    cmocka_unit_test(bare_points_show_both_readings),
    cmocka_unit_test(per_cent_for_points_shows_both_readings),
    cmocka_unit_test(per_cent_for_points_is_shown_on_the_rate_that_it_moves),
    cmocka_unit_test(points_for_per_cent_shows_both_readings),
    cmocka_unit_test(a_unit_on_a_count_is_refused),
    cmocka_unit_test(capital_m_is_no_unit),
    cmocka_unit_test(scientific_notation_is_no_value),
    cmocka_unit_test(a_word_is_no_number),
    cmocka_unit_test(part_of_a_penny_is_refused),
    cmocka_unit_test(commas_stand_in_threes),
    cmocka_unit_test(a_year_outside_the_plan_is_refused),
    cmocka_unit_test(a_calendar_year_is_no_financial_year),
    cmocka_unit_test(a_year_whose_halves_do_not_follow_is_refused),
    cmocka_unit_test(a_wrong_choice_gets_the_nearest),
    cmocka_unit_test(a_switch_takes_no_other_word),
    cmocka_unit_test(a_value_beyond_the_range_shows_the_range),
  };
  return cmocka_run_group_tests_name("units", tests, open_folder, close_folder);
}
