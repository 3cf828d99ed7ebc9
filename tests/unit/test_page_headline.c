/* test_page_headline.c: the answer in a sentence: every branch, from plans and futures put together by hand. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "report/page/words.h"

#include <string.h>

#define MILLION ((pence)100000000)
#define ON_PLAN "On the council\xE2\x80\x99s own plan, "
#define MINIMUM "the council\xE2\x80\x99s own minimum of "
#define POUNDS "\xC2\xA3"
#define TEN POUNDS "10.0 million"
#define NO_MINIMUM "Whether they stay above a minimum cannot be said: the data give none."
#define WORST_IS "The worst of the futures tested is \xE2\x80\x98"

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

/* The minimum is 10 million; in year y the fund closes at closing[y] million, and unfunded[y] million of the gap are
 * not met. */
struct course {
  int closing[YEARS], unfunded[YEARS];
};

static struct result *add_future(struct scene *s, const char *label, const struct course *course)
{
  struct result *r = &s->result[s->n];
  r->reserve = &s->own[s->n];
  r->reserve->opening[0] = (pence)(s->reserve.opening * 100);
  r->n_years = YEARS;
  r->date[DATE_BELOW_MINIMUM] = r->date[DATE_USABLE_EXHAUSTED] = r->date[DATE_FIRST_UNFUNDED] = DATE_NOT_IN_HORIZON;
  for (int y = YEARS - 1; y >= 0; y--) {
    r->measure[M_MINIMUM][y] = 10 * MILLION;
    r->measure[M_GENERAL_FUND_CLOSING][y] = r->measure[M_USABLE_CLOSING][y] = course->closing[y] * MILLION;
    r->measure[M_UNFUNDED][y] = course->unfunded[y] * MILLION;
    r->date[DATE_BELOW_MINIMUM] = course->closing[y] < 10 ? y : r->date[DATE_BELOW_MINIMUM];
    r->date[DATE_FIRST_UNFUNDED] = course->unfunded[y] > 0 ? y : r->date[DATE_FIRST_UNFUNDED];
  }
  s->shown[s->n] = (struct shown){ .label = label, .result = r };
  s->n++;
  return r;
}

static const struct course stays = { { 25, 22, 18, 12 }, { 0 } };
static const struct course stays_with_less = { { 25, 21, 17, 11 }, { 0 } };
static const struct course keeps = { { 30, 30, 30, 30 }, { 0 } };
static const struct course falls_last = { { 25, 20, 12, 8 }, { 0 } };
static const struct course falls_third = { { 25, 20, 9, 4 }, { 0 } };
static const struct course out_last = { { 25, 15, 5, 0 }, { 0, 0, 0, 6 } };
static const struct course out_second = { { 25, 0, 0, 0 }, { 0, 7, 9, 11 } };
static const struct course out_first = { { 0 }, { 3, 9, 9, 9 } };
static const struct course low = { { 7, 6, 4, 2 }, { 0 } };
static const struct course low_and_out = { { 5, 0, 0, 0 }, { 0, 1, 5, 6 } };

enum answer { THE_PLAN, THE_OTHERS, THE_WORST };

enum plan_kind { USUAL, MOSTLY_ILLUSTRATIVE, BELOW_ALREADY, WITHOUT_MINIMUM, WITHOUT_BUDGET };

/* What one part of the answer says of futures, the plan first, then A, B... */
static const struct branch {
  const char *when;
  enum plan_kind kind;
  enum answer part;
  const struct course *course[MOST];
  const char *says;
} branches[] = {
  { "the plan stays above",
    USUAL,
    THE_PLAN,
    { &stays },
    ON_PLAN "the General Fund reserve stays above " MINIMUM TEN " to March 2030." },
  { "the plan is half made up",
    MOSTLY_ILLUSTRATIVE,
    THE_PLAN,
    { &stays },
    "On the plan shown here, which is mostly illustrative, the General Fund reserve stays above " MINIMUM TEN
    " to March 2030." },
  { "the plan falls below and is not out",
    USUAL,
    THE_PLAN,
    { &falls_third },
    ON_PLAN "the General Fund reserve falls below " MINIMUM TEN " in 2028/29." },
  { "the plan falls below and then runs out",
    USUAL,
    THE_PLAN,
    { &out_last },
    ON_PLAN "the General Fund reserve falls below " MINIMUM TEN " in 2028/29, and reserves run out in 2029/30." },
  { "the plan is out at once",
    USUAL,
    THE_PLAN,
    { &out_second },
    ON_PLAN "reserves run out in 2027/28: " POUNDS "7.0 million of the gap in 2027/28 has nothing to pay for it." },
  { "the plan is below already",
    BELOW_ALREADY,
    THE_PLAN,
    { &low },
    "The General Fund reserve is already below " MINIMUM TEN
    ", and on the plan reserves do not run out by March 2030." },
  { "the plan is below already and runs out",
    BELOW_ALREADY,
    THE_PLAN,
    { &low_and_out },
    "The General Fund reserve is already below " MINIMUM TEN "; on the plan reserves run out in 2027/28: " POUNDS
    "1.0 million of the gap in 2027/28 has nothing to pay for it." },
  { "no minimum is given",
    WITHOUT_MINIMUM,
    THE_PLAN,
    { &stays },
    ON_PLAN "usable reserves go down from " POUNDS "30.0 million at March 2026 to " POUNDS
            "12.0 million at March 2030. " NO_MINIMUM },
  { "no minimum is given and the plan runs out",
    WITHOUT_MINIMUM,
    THE_PLAN,
    { &out_last },
    ON_PLAN "usable reserves run out in 2029/30: " POUNDS
            "6.0 million of the gap in 2029/30 has nothing to pay for it. " NO_MINIMUM },
  { "no budget is given",
    WITHOUT_BUDGET,
    THE_PLAN,
    { &keeps },
    ON_PLAN "usable reserves stay at " POUNDS "30.0 million to March 2030. The data hold no budget, so no gap can be "
            "worked out, nor how long they last." },

  { "no others", USUAL, THE_OTHERS, { &stays }, "" },
  { "the other stays above too",
    USUAL,
    THE_OTHERS,
    { &stays, &stays },
    " It stays above it in the other future tested too." },
  { "both others stay above too",
    USUAL,
    THE_OTHERS,
    { &stays, &stays, &stays },
    " It stays above it in both other futures tested too." },
  { "all others fall below where the plan does not",
    USUAL,
    THE_OTHERS,
    { &stays, &falls_third, &falls_last },
    " In each of the two other futures tested it falls below, between 2028/29 and 2029/30." },
  { "some others fall below where the plan does not",
    USUAL,
    THE_OTHERS,
    { &stays, &falls_third, &falls_last, &stays },
    " In two of the three other futures tested it falls below, between 2028/29 and 2029/30; in the other it does "
    "not." },
  { "the other is sooner",
    USUAL,
    THE_OTHERS,
    { &falls_last, &falls_third },
    " In the other future tested it falls below sooner, in 2028/29." },
  { "all others are sooner",
    USUAL,
    THE_OTHERS,
    { &falls_last, &falls_third, &out_second },
    " In each of the two other futures tested it falls below sooner, between 2027/28 and 2028/29." },
  { "the other stays above",
    USUAL,
    THE_OTHERS,
    { &falls_third, &stays },
    " In the other future tested it stays above." },
  { "all others are better",
    USUAL,
    THE_OTHERS,
    { &falls_third, &stays, &falls_last },
    " In each of the two other futures tested it falls below later, or not at all." },
  { "others differ",
    USUAL,
    THE_OTHERS,
    { &falls_third, &out_second, &out_last, &falls_last, &stays },
    " Of the four other futures tested, one falls below it sooner (in 2027/28), one in the same year, one later, one "
    "not "
    "at all." },
  { "the other is the same",
    USUAL,
    THE_OTHERS,
    { &falls_third, &falls_third },
    " It is the same year in the other future tested." },
  { "both others are the same",
    USUAL,
    THE_OTHERS,
    { &falls_third, &falls_third, &falls_third },
    " It is the same year in both other futures tested." },
  { "all three others are the same",
    USUAL,
    THE_OTHERS,
    { &falls_third, &falls_third, &falls_third, &falls_third },
    " It is the same year in all three other futures tested." },
  /* The plan's own sentence speaks of no minimum where reserves run out no later, so neither does what follows it. */
  { "the plan is out at once, the other sooner",
    USUAL,
    THE_OTHERS,
    { &out_second, &out_first },
    " In the other future tested they run out sooner, in 2026/27." },
  { "the plan is out at once, others sooner or the same",
    USUAL,
    THE_OTHERS,
    { &out_second, &out_first, &out_second },
    " Of the two other futures tested, one runs out sooner (in 2026/27), one in the same year." },
  /* What differs then is when money runs out. */
  { "the plan is below already",
    BELOW_ALREADY,
    THE_OTHERS,
    { &low, &out_second, &low },
    " In one of the two other futures tested they run out, in 2027/28; in the other they do not." },

  { "the worst runs out first",
    USUAL,
    THE_WORST,
    { &falls_third, &out_last, &out_second, &stays },
    WORST_IS "B\xE2\x80\x99: reserves run out in 2027/28." },
  { "the worst falls below first where none runs out",
    USUAL,
    THE_WORST,
    { &stays, &falls_third, &falls_last },
    WORST_IS "A\xE2\x80\x99: below the minimum in 2028/29." },
  { "the worst is told with both its years",
    USUAL,
    THE_WORST,
    { &stays, &out_last },
    WORST_IS "A\xE2\x80\x99: below the minimum in 2028/29, and reserves run out in 2029/30." },
  { "the worst has least left where all stay above",
    USUAL,
    THE_WORST,
    { &stays, &stays_with_less },
    WORST_IS "A\xE2\x80\x99: " POUNDS "11.0 million of reserves at March 2030." },
  { "the plan is the worst",
    USUAL,
    THE_WORST,
    { &out_second, &stays },
    "The worst of the futures tested is the plan itself." },
};

static void say(struct text *said, enum answer part, const struct scene *s)
{
  switch (part) {
  case THE_PLAN:
    headline_plan(said, &s->plan, s->shown[0].result);
    break;
  case THE_OTHERS:
    headline_others(said, &s->plan, s->shown, s->n);
    break;
  case THE_WORST:
    headline_worst(said, &s->plan, s->shown, s->n);
    break;
  }
}

static void each_branch_says_its_sentence(void **state)
{
  (void)state;
  static const char *const label[MOST] = { "The plan", "A", "B", "C", "D", "E" };
  for (size_t i = 0; i < COUNT_OF(branches); i++) {
    const struct branch *b = &branches[i];
    struct scene s;
    set_scene(&s);
    s.plan.has_mtfp = b->kind != WITHOUT_BUDGET;
    s.plan.illustrative_share = b->kind == MOSTLY_ILLUSTRATIVE ? 0.5 : 0;
    s.reserve.opening = b->kind == BELOW_ALREADY ? 8e6 : 30e6;
    while (s.n < MOST && b->course[s.n] != NULL) {
      struct result *r = add_future(&s, label[s.n], b->course[s.n]);
      if (b->kind == WITHOUT_MINIMUM || b->kind == WITHOUT_BUDGET) {
        r->date[DATE_BELOW_MINIMUM] = DATE_UNKNOWN;
      }
      if (b->kind == WITHOUT_BUDGET) {
        r->date[DATE_FIRST_UNFUNDED] = DATE_UNKNOWN;
      }
    }
    struct text said = { 0 };
    say(&said, b->part, &s);
    if (strcmp(text_str(&said), b->says) != 0) {
      fail_msg("%s: '%s', not '%s'", b->when, text_str(&said), b->says);
    }
    text_fini(&said);
  }
}

static void the_worst_is_the_one_that_is_named(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "The plan", &falls_third);
  assert_int_equal(worst_future(&s.plan, s.shown, s.n), 0);
  add_future(&s, "A", &out_last);
  add_future(&s, "B", &out_second);
  add_future(&s, "C", &stays);
  assert_int_equal(worst_future(&s.plan, s.shown, s.n), 2);
}

static void assert_verdict(const struct scene *s, int i, const char *expected)
{
  struct text said = { 0 };
  verdict_words(&said, &s->plan, s->shown[i].result);
  assert_string_equal(text_str(&said), expected);
  text_fini(&said);
}

static void verdicts(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  add_future(&s, "A", &stays);
  add_future(&s, "B", &falls_third);
  add_future(&s, "C", &out_last);
  add_future(&s, "D", &out_second);
  assert_verdict(&s, 0, "Stays above minimum to March 2030");
  assert_verdict(&s, 1, "Below minimum in 2028/29");
  assert_verdict(&s, 2, "Below minimum in 2028/29, runs out in 2029/30");
  assert_verdict(&s, 3, "Below minimum, and runs out, in 2027/28");
}

static void verdicts_of_a_fund_below_already(void **state)
{
  (void)state;
  struct scene s;
  set_scene(&s);
  s.reserve.opening = 8e6;
  add_future(&s, "A", &low);
  add_future(&s, "B", &low_and_out);
  assert_verdict(&s, 0, "Already below minimum");
  assert_verdict(&s, 1, "Already below minimum; runs out in 2027/28");
}

/* £1.26 million and £1.34 million both read £1.3 million: it is not said that they go up from it to it. */
static void what_reads_the_same_stays_at_about(void **state)
{
  (void)state;
  static struct scene s;
  set_scene(&s);
  s.reserve.opening = 1.26e6;
  struct result *r = add_future(&s, "A", &keeps);
  r->date[DATE_BELOW_MINIMUM] = DATE_UNKNOWN;
  r->measure[M_USABLE_CLOSING][YEARS - 1] = 134000000;
  struct text said = { 0 };
  headline_plan(&said, &s.plan, s.shown[0].result);
  assert_non_null(strstr(text_str(&said), "usable reserves stay at about " POUNDS "1.3 million to March 2030."));
  text_fini(&said);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_reads_the_same_stays_at_about), cmocka_unit_test(each_branch_says_its_sentence),
    cmocka_unit_test(the_worst_is_the_one_that_is_named), cmocka_unit_test(verdicts),
    cmocka_unit_test(verdicts_of_a_fund_below_already),
  };
  return cmocka_run_group_tests_name("page headline", tests, NULL, NULL);
}
