/* test_page_headline.c: the answer in a sentence: every branch, from plans and futures put together by hand. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "report/page/words.h"

#define MILLION ((pence)100000000)
#define ON_PLAN "On the council\xE2\x80\x99s own plan, "
#define MINIMUM "the council\xE2\x80\x99s own minimum of "

enum { YEARS = 4, MOST = 6 };

/* A plan of four years from 2026/27, one General Fund of 30 million, and futures to fill in. */
struct scene {
  struct reserve reserve;
  struct plan plan;
  struct reserve_result own[MOST];
  struct result result[MOST];
  struct shown shown[MOST];
  int n;
};

static void set_scene(struct scene *s)
{
  *s = (struct scene){ .reserve = { .class = RESERVE_GENERAL_FUND, .opening = 30e6 },
                       .plan = { .first_year = 2026, .n_years = YEARS, .has_mtfp = true, .n_reserves = 1 } };
  s->plan.reserve = &s->reserve;
}

/* The minimum is 10 million; the fund closes at closing[y] million, unfunded[y] million of the gap are not met. */
static struct result *add_future(struct scene *s, const char *label, const int *closing, const int *unfunded)
{
  struct result *r = &s->result[s->n];
  r->reserve = &s->own[s->n];
  r->reserve->opening[0] = (pence)(s->reserve.opening * 100);
  r->n_years = YEARS;
  r->date[DATE_BELOW_MINIMUM] = r->date[DATE_USABLE_EXHAUSTED] = r->date[DATE_FIRST_UNFUNDED] = DATE_NOT_IN_HORIZON;
  for (int y = YEARS - 1; y >= 0; y--) {
    r->measure[M_MINIMUM][y] = 10 * MILLION;
    r->measure[M_GENERAL_FUND_CLOSING][y] = r->measure[M_USABLE_CLOSING][y] = closing[y] * MILLION;
    r->measure[M_UNFUNDED][y] = unfunded[y] * MILLION;
    r->date[DATE_BELOW_MINIMUM] = closing[y] < 10 ? y : r->date[DATE_BELOW_MINIMUM];
    r->date[DATE_FIRST_UNFUNDED] = unfunded[y] > 0 ? y : r->date[DATE_FIRST_UNFUNDED];
  }
  s->shown[s->n] = (struct shown){ .label = label, .result = r };
  s->n++;
  return r;
}

static const int fully[YEARS] = { 0 };
static const int stays[YEARS] = { 25, 22, 18, 12 };
static const int falls_last[YEARS] = { 25, 20, 12, 8 };
static const int falls_third[YEARS] = { 25, 20, 9, 4 };
static const int out_last[YEARS] = { 25, 15, 5, 0 }, lacks_last[YEARS] = { 0, 0, 0, 6 };
static const int out_second[YEARS] = { 25, 0, 0, 0 }, lacks_second[YEARS] = { 0, 7, 9, 11 };

#define assert_says(call, expected)                 \
  do {                                              \
    struct text said = { 0 };                       \
    call;                                           \
    assert_string_equal(text_str(&said), expected); \
    text_fini(&said);                               \
  } while (0)

/* ---- the plan ------------------------------------------------------------------------------------------ */

static void a_plan_that_stays_above(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", stays, fully);
  assert_says(headline_plan(&said, &s.plan, s.shown[0].result),
              ON_PLAN "the General Fund reserve stays above " MINIMUM "\xC2\xA3"
                      "10.0 million to March 2030.");
}

static void a_plan_mostly_made_up_is_not_called_the_councils(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  s.plan.illustrative_share = 0.5;
  add_future(&s, "The plan", stays, fully);
  assert_says(headline_plan(&said, &s.plan, s.shown[0].result),
              "On the plan shown here, which is mostly illustrative, the General Fund reserve stays above " MINIMUM
              "\xC2\xA3"
              "10.0 million to March 2030.");
}

static void a_plan_that_falls_below_and_is_not_out(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", falls_third, fully);
  assert_says(headline_plan(&said, &s.plan, s.shown[0].result),
              ON_PLAN "the General Fund reserve falls below " MINIMUM "\xC2\xA3"
                      "10.0 million in 2028/29.");
}

static void a_plan_that_falls_below_and_then_runs_out(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", out_last, lacks_last);
  assert_says(headline_plan(&said, &s.plan, s.shown[0].result),
              ON_PLAN "the General Fund reserve falls below " MINIMUM "\xC2\xA3"
                      "10.0 million in 2028/29, and reserves run out in 2029/30.");
}

static void a_plan_that_is_out_at_once(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", out_second, lacks_second);
  assert_says(headline_plan(&said, &s.plan, s.shown[0].result),
              ON_PLAN "reserves run out in 2027/28: \xC2\xA3"
                      "7.0 million of the gap in 2027/28 has nothing to pay for it.");
}

static void a_plan_that_is_below_already(void **state)
{
  (void)state;
  static const int low[YEARS] = { 7, 6, 4, 2 };
  struct scene s;
  set_scene(&s);
  s.reserve.opening = 8e6;
  add_future(&s, "The plan", low, fully);
  assert_says(headline_plan(&said, &s.plan, s.shown[0].result),
              "The General Fund reserve is already below " MINIMUM "\xC2\xA3"
              "10.0 million, and on the plan reserves do not run out by March 2030.");
}

static void a_plan_that_is_below_already_and_runs_out(void **state)
{
  (void)state;
  static const int low[YEARS] = { 5, 0, 0, 0 }, lacks[YEARS] = { 0, 1, 5, 6 };
  struct scene s;
  set_scene(&s);
  s.reserve.opening = 8e6;
  add_future(&s, "The plan", low, lacks);
  assert_says(headline_plan(&said, &s.plan, s.shown[0].result),
              "The General Fund reserve is already below " MINIMUM "\xC2\xA3"
              "10.0 million; on the plan reserves run out in 2027/28: \xC2\xA3"
              "1.0 million of the gap in 2027/28 has nothing to pay for it.");
}

static void a_plan_without_a_minimum_tells_its_reserves(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  struct result *r = add_future(&s, "The plan", stays, fully);
  r->date[DATE_BELOW_MINIMUM] = DATE_UNKNOWN;
  assert_says(headline_plan(&said, &s.plan, r),
              ON_PLAN "usable reserves go down from \xC2\xA3"
                      "30.0 million at March 2026 to \xC2\xA3"
                      "12.0 million at March "
                      "2030. Whether they stay above a minimum cannot be said: the data give none.");
}

static void a_plan_without_a_minimum_that_runs_out(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  struct result *r = add_future(&s, "The plan", out_last, lacks_last);
  r->date[DATE_BELOW_MINIMUM] = DATE_UNKNOWN;
  assert_says(headline_plan(&said, &s.plan, r),
              ON_PLAN "usable reserves run out in 2029/30: \xC2\xA3"
                      "6.0 million of the gap in 2029/30 has nothing to pay "
                      "for it. Whether they stay above a minimum cannot be said: the data give none.");
}

static void reserves_without_a_budget(void **state)
{
  (void)state;
  static const int same[YEARS] = { 30, 30, 30, 30 };
  struct scene s;
  set_scene(&s);
  s.plan.has_mtfp = false;
  struct result *r = add_future(&s, "The plan", same, fully);
  r->date[DATE_BELOW_MINIMUM] = r->date[DATE_FIRST_UNFUNDED] = DATE_UNKNOWN;
  assert_says(headline_plan(&said, &s.plan, r),
              ON_PLAN "usable reserves stay at \xC2\xA3"
                      "30.0 million to March 2030. The data hold no budget, so no gap can "
                      "be worked out, nor how long they last.");
}

/* ---- the others ---------------------------------------------------------------------------------------- */

static void no_others_nothing_to_say(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", stays, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n), "");
}

static void all_others_stay_above_too(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", stays, fully);
  add_future(&s, "A", stays, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n), " It stays above it in the other future tested too.");
  add_future(&s, "B", stays, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n), " It stays above it in both other futures tested too.");
}

static void some_others_fall_below_where_the_plan_does_not(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", stays, fully);
  add_future(&s, "A", falls_third, fully);
  add_future(&s, "B", falls_last, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n),
              " In each of the two other futures tested it falls below, between 2028/29 and 2029/30.");
  add_future(&s, "C", stays, fully);
  assert_says(
      headline_others(&said, &s.plan, s.shown, s.n),
      " In two of the three other futures tested it falls below, between 2028/29 and 2029/30; in the other it does "
      "not.");
}

static void all_others_are_sooner(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", falls_last, fully);
  add_future(&s, "A", falls_third, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n),
              " In the other future tested it falls below sooner, in 2028/29.");
  add_future(&s, "B", out_second, lacks_second);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n),
              " In each of the two other futures tested it falls below sooner, between 2027/28 and 2028/29.");
}

static void all_others_are_better(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", falls_third, fully);
  add_future(&s, "A", stays, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n), " In the other future tested it stays above.");
  add_future(&s, "B", falls_last, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n),
              " In each of the two other futures tested it falls below later, or not at all.");
}

static void others_differ(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", falls_third, fully);
  add_future(&s, "A", out_second, lacks_second);
  add_future(&s, "B", out_last, lacks_last);
  add_future(&s, "C", falls_last, fully);
  add_future(&s, "D", stays, fully);
  assert_says(
      headline_others(&said, &s.plan, s.shown, s.n),
      " Of the four other futures tested, one falls below it sooner (in 2027/28), one in the same year, one later, "
      "one not at all.");
}

static void all_others_are_the_same(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", falls_third, fully);
  add_future(&s, "A", falls_third, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n), " It is the same year in the other future tested.");
  add_future(&s, "B", falls_third, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n), " It is the same year in both other futures tested.");
  add_future(&s, "C", falls_third, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n), " It is the same year in all three other futures tested.");
}

/* The plan's own sentence speaks of no minimum where reserves run out no later, so neither does what follows it. */
static void others_of_a_plan_that_is_out_at_once(void **state)
{
  (void)state;
  static const int out_first[YEARS] = { 0 }, lacks_first[YEARS] = { 3, 9, 9, 9 };
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", out_second, lacks_second);
  add_future(&s, "A", out_first, lacks_first);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n),
              " In the other future tested they run out sooner, in 2026/27.");
  add_future(&s, "B", out_second, lacks_second);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n),
              " Of the two other futures tested, one runs out sooner (in 2026/27), one in the same year.");
}

/* The plan is below already: what differs is when money runs out. */
static void others_of_a_plan_below_already(void **state)
{
  (void)state;
  static const int low[YEARS] = { 7, 6, 4, 2 };
  struct scene s;
  set_scene(&s);
  s.reserve.opening = 8e6;
  add_future(&s, "The plan", low, fully);
  add_future(&s, "A", out_second, lacks_second);
  add_future(&s, "B", low, fully);
  assert_says(headline_others(&said, &s.plan, s.shown, s.n),
              " In one of the two other futures tested they run out, in 2027/28; in the other they do not.");
}

/* ---- the worst ----------------------------------------------------------------------------------------- */

static void the_worst_runs_out_first(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", falls_third, fully);
  add_future(&s, "A", out_last, lacks_last);
  add_future(&s, "B", out_second, lacks_second);
  add_future(&s, "C", stays, fully);
  assert_int_equal(worst_future(&s.plan, s.shown, s.n), 2);
  assert_says(headline_worst(&said, &s.plan, s.shown, s.n), "The worst of the futures tested is \xE2\x80\x98"
                                                            "B\xE2\x80\x99: reserves run out in 2027/28.");
}

static void the_worst_falls_below_first_where_none_runs_out(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", stays, fully);
  add_future(&s, "A", falls_third, fully);
  add_future(&s, "B", falls_last, fully);
  assert_says(headline_worst(&said, &s.plan, s.shown, s.n), "The worst of the futures tested is \xE2\x80\x98"
                                                            "A\xE2\x80\x99: below the minimum in 2028/29.");
}

static void the_worst_is_told_with_both_its_years(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", stays, fully);
  add_future(&s, "A", out_last, lacks_last);
  assert_says(headline_worst(&said, &s.plan, s.shown, s.n),
              "The worst of the futures tested is \xE2\x80\x98"
              "A\xE2\x80\x99: below the minimum in 2028/29, and reserves run out in 2029/30.");
}

static void the_worst_has_least_left_where_all_stay_above(void **state)
{
  (void)state;
  static const int less[YEARS] = { 25, 21, 17, 11 };
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", stays, fully);
  add_future(&s, "A", less, fully);
  assert_says(headline_worst(&said, &s.plan, s.shown, s.n), "The worst of the futures tested is \xE2\x80\x98"
                                                            "A\xE2\x80\x99: \xC2\xA3"
                                                            "11.0 million of reserves at March 2030.");
}

static void the_plan_may_be_the_worst(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", out_second, lacks_second);
  add_future(&s, "A", stays, fully);
  assert_int_equal(worst_future(&s.plan, s.shown, s.n), 0);
  assert_says(headline_worst(&said, &s.plan, s.shown, s.n), "The worst of the futures tested is the plan itself.");
}

/* ---- one future ---------------------------------------------------------------------------------------- */

static void verdicts(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "A", stays, fully);
  add_future(&s, "B", falls_third, fully);
  add_future(&s, "C", out_last, lacks_last);
  add_future(&s, "D", out_second, lacks_second);
  static const char *const expected[] = { "Stays above minimum to March 2030", "Below minimum in 2028/29",
                                          "Below minimum in 2028/29, runs out in 2029/30",
                                          "Below minimum, and runs out, in 2027/28" };
  for (int i = 0; i < s.n; i++) {
    assert_says(verdict_words(&said, &s.plan, s.shown[i].result), expected[i]);
  }
}

static void verdicts_of_a_fund_below_already(void **state)
{
  (void)state;
  static const int low[YEARS] = { 7, 6, 4, 2 };
  struct scene s;
  set_scene(&s);
  s.reserve.opening = 8e6;
  add_future(&s, "A", low, fully);
  add_future(&s, "B", out_second, lacks_second);
  s.result[1].measure[M_GENERAL_FUND_CLOSING][0] = 5 * MILLION;
  s.result[1].date[DATE_BELOW_MINIMUM] = 0;
  assert_says(verdict_words(&said, &s.plan, s.shown[0].result), "Already below minimum");
  assert_says(verdict_words(&said, &s.plan, s.shown[1].result), "Already below minimum; runs out in 2027/28");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_plan_that_stays_above),
    cmocka_unit_test(a_plan_that_falls_below_and_is_not_out),
    cmocka_unit_test(a_plan_that_falls_below_and_then_runs_out),
    cmocka_unit_test(a_plan_that_is_out_at_once),
    cmocka_unit_test(a_plan_mostly_made_up_is_not_called_the_councils),
    cmocka_unit_test(a_plan_that_is_below_already),
    cmocka_unit_test(a_plan_that_is_below_already_and_runs_out),
    cmocka_unit_test(a_plan_without_a_minimum_tells_its_reserves),
    cmocka_unit_test(a_plan_without_a_minimum_that_runs_out),
    cmocka_unit_test(reserves_without_a_budget),
    cmocka_unit_test(no_others_nothing_to_say),
    cmocka_unit_test(all_others_stay_above_too),
    cmocka_unit_test(some_others_fall_below_where_the_plan_does_not),
    cmocka_unit_test(all_others_are_sooner),
    cmocka_unit_test(all_others_are_better),
    cmocka_unit_test(all_others_are_the_same),
    cmocka_unit_test(others_differ),
    cmocka_unit_test(others_of_a_plan_that_is_out_at_once),
    cmocka_unit_test(others_of_a_plan_below_already),
    cmocka_unit_test(the_worst_runs_out_first),
    cmocka_unit_test(the_worst_falls_below_first_where_none_runs_out),
    cmocka_unit_test(the_worst_is_told_with_both_its_years),
    cmocka_unit_test(the_worst_has_least_left_where_all_stay_above),
    cmocka_unit_test(the_plan_may_be_the_worst),
    cmocka_unit_test(verdicts),
    cmocka_unit_test(verdicts_of_a_fund_below_already),
  };
  return cmocka_run_group_tests_name("page headline", tests, NULL, NULL);
}
