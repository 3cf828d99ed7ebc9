/* test_chart_words.c: what a picture is called for who cannot see it, word by word. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "report/chart/chart.h"

#define MILLION INT64_C(100000000) /* pence */

static void assert_says(struct text *t, const char *sentence)
{
  assert_string_equal(text_str(t), sentence);
  text_fini(t);
}

static void a_picture_is_said_in_a_sentence(void **unused)
{
  (void)unused;
  const pence plan[] = { 12 * MILLION, 9 * MILLION }, other[] = { 4 * MILLION, 0 },
              minimum[] = { 5 * MILLION, 5 * MILLION };
  const struct chart_line line[] = { { "The plan", plan, NULL, -1, -1 }, { "Slower", other, NULL, 1, 0 } };
  struct text t = { 0 };
  chart_reserves_words(&t, &(struct chart_reserves){ .what = "Reserves at 31 March",
                                                     .years = { 2026, 2, 2 },
                                                     .has_opening = true,
                                                     .opening = 15 * MILLION,
                                                     .n_lines = 2,
                                                     .line = line,
                                                     .minimum = minimum });
  assert_says(&t, "Reserves at 31 March. 1, The plan: from \xC2\xA3"
                  "15.0 million in March 2026 to \xC2\xA3"
                  "9.0 million "
                  "in March 2028, never below the minimum; 2, Slower: \xC2\xA3"
                  "0 in March 2028, below the minimum from "
                  "2026/27, run out in 2027/28. The council's own minimum is \xC2\xA3"
                  "5.0 million in 2027/28.");
  chart_bars_words(&t, &(struct chart_bars){ "Gap", { 1999, 2, 2 }, 2, { "The plan", "Slower" }, { plan, other } });
  assert_says(&t, "Gap, year by year. The plan: \xC2\xA3"
                  "12.0 million in 1999/00, \xC2\xA3"
                  "9.0 million in 2000/01; "
                  "Slower: \xC2\xA3"
                  "4.0 million in 1999/00, \xC2\xA3"
                  "0 in 2000/01.");
  chart_bridge_words(&t,
                     &(struct chart_bridge){
                         "Gap in 2026/27", false, { "plan", 2 * MILLION }, { "slower", MILLION / 2 }, 0, NULL, false });
  assert_says(&t, "Gap in 2026/27: from \xC2\xA3"
                  "2.0 million, plan, to \xC2\xA3"
                  "500,000, slower. Everything else "
                  "\xE2\x88\x92\xC2\xA3"
                  "1.5 million.");
  chart_hundred_words(&t, &(struct chart_hundred){ "At 31 March 2031", { 71, 16, 13 }, { NULL, NULL, "have none" } });
  assert_says(&t, "At 31 March 2031, of 100 simulated futures: 71 stay above the minimum, 16 fall below it and 13 have "
                  "none.");
  chart_fan_words(&t, &(struct chart_fan){ .what = "Reserves",
                                           .years = { 2026, 2, 2 },
                                           .futures = 10000,
                                           .outer = 90,
                                           .inner = 50,
                                           .low = other,
                                           .lower = other,
                                           .middle = plan,
                                           .upper = plan,
                                           .high = plan });
  assert_says(&t, "Reserves in 10,000 simulated futures. In March 2028 the middle future has \xC2\xA3"
                  "9.0 million; the middle 50 in "
                  "100 lie between \xC2\xA3"
                  "0 and \xC2\xA3"
                  "9.0 million, the middle 90 in 100 between \xC2\xA3"
                  "0 and \xC2\xA3"
                  "9.0 million.");
}

static void the_rest_is_said_likewise(void **unused)
{
  (void)unused;
  const pence plan[] = { 12 * MILLION, 3 * MILLION };
  const enum chart_fate fate[] = { CHART_ABOVE, CHART_BELOW };
  const struct chart_heat_row row = { "The plan", plan, fate };
  const struct chart_class class = { "General Fund", 15 * MILLION, plan };
  const struct chart_swing swing = { "Pay +1pp", 2 * MILLION, 0 };
  const double share[] = { 0.5, 0.905 };
  struct text t = { 0 };
  chart_heat_words(&t, &(struct chart_heat){ "Reserves", { 2026, 2, 2 }, 1, &row });
  assert_says(&t, "Reserves, 1 future over 2 years. The plan: below the minimum from 2027/28.");
  chart_stacked_words(&t, &(struct chart_stacked){ "Reserves", { 2026, 2, 2 }, true, 1, &class, NULL });
  assert_says(&t, "Reserves, in 1 class. General Fund: from \xC2\xA3"
                  "15.0 million in March 2026 to \xC2\xA3"
                  "3.0 million in March 2028.");
  chart_tornado_words(&t, &(struct chart_tornado){ "Added to the gap", false, true, 1, &swing });
  assert_says(&t, "Added to the gap, each thing by itself. Pay +1pp: +\xC2\xA3"
                  "2.0 million.");
  chart_confidence_words(&t, &(struct chart_confidence){ "No gap", 2, plan, share, 4 * MILLION });
  assert_says(&t, "No gap, by what is held. \xC2\xA3"
                  "12.0 million: 50 in 100 simulated futures; \xC2\xA3"
                  "3.0 million: 91 in 100 simulated futures. The council holds \xC2\xA3"
                  "4.0 million.");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_picture_is_said_in_a_sentence),
    cmocka_unit_test(the_rest_is_said_likewise),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
