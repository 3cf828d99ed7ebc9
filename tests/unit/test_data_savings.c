/* test_data_savings.c: savings as read, and the checks that query them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "anytown.h"

static void expect_saving(double first, double second, double third)
{
  if (status != STATUS_OK) {
    print_findings();
  }
  assert_int_equal(status, STATUS_OK);
  const double *value = folder.plan.saving[0].value;
  assert_true(value[0] == first && value[1] == second && value[2] == third);
}

/* ---- phasing (R7) -------------------------------------------------------------------------------------- */

static void percent_in_place_is_of_the_full_year(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,percent_in_place,800000,50,75,100,100,,,,,\n", NULL);
  expect_saving(400000, 600000, 800000);
}

static void percent_new_adds_up(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,percent_new,800000,50,50,0,100,,,,,\n", NULL);
  expect_saving(400000, 800000, 800000);
}

/* North East Lincolnshire's 6.1, 7.9 and 6.2 as new each year: 6.1, 14.0, 20.2. */
static void amount_new_adds_up_to_twenty_point_two(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_new,,6100000,7900000,6200000,100,,,,,\n", NULL);
  expect_saving(6100000, 14000000, 20200000);
}

static void amount_in_place_stays_at_six_point_two(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,6100000,7900000,6200000,100,,,,,\n", NULL);
  expect_saving(6100000, 7900000, 6200000);
}

static void a_running_total_that_falls_offers_the_other_reading(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,6100000,7900000,6200000,100,,,,,\n", NULL);
  expect(CODE_SAVING_FALLS, 1700000, "falls from £7.9m in 2027/28 to £6.2m in 2028/29");
  assert_non_null(strstr(find(CODE_SAVING_FALLS)->help, "amount_new would put £20.2m a year in place by 2028/29"));
}

static void savings_without_phasing_are_refused(void **state)
{
  (void)state;
  load("savings.csv",
       "id,label,recurrence,2026/27,2027/28,2028/29,delivery\ns,Saving,recurring,6100000,7900000,6200000,100\n", NULL);
  expect_error(CODE_SAVING_PHASING, "savings.csv", 2, 1);
}

static void a_one_off_saving_does_not_add_up(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,one_off,,percent_new,800000,50,50,0,100,,,,,\n", NULL);
  expect_saving(400000, 400000, 0);
}

/* October is the seventh month: (13 - 7)/12 of 1,200,000 is 600,000. */
static void a_start_in_october_is_half_a_year(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,percent_in_place,1200000,,,,100,,2026-10,,,\n", NULL);
  expect_saving(600000, 1200000, 1200000);
}

/* March 2028 is the twelfth month of 2027/28: a twelfth. */
static void a_start_in_march_is_a_twelfth_of_the_year_before(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,percent_in_place,1200000,,,,100,,2028-03,,,\n", NULL);
  expect_saving(0, 100000, 1200000);
}

static void a_one_off_saving_is_all_in_the_year_of_its_start(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,one_off,,percent_in_place,1200000,,,,100,,2027-10,,,\n", NULL);
  expect_saving(0, 1200000, 0);
}

static void a_saving_that_ends_needs_a_note(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,500000,500000,0,100,,,,,\n", NULL);
  expect_error(CODE_SAVING_VANISHES, "savings.csv", 2, 53);
}

static void a_saving_that_ends_with_a_note_is_only_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,500000,500000,0,100,,,,,lease ends\n",
       NULL);
  expect(CODE_SAVING_FALLS, 500000, "to £0 in 2028/29");
}

static void more_than_the_whole_of_a_saving_is_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,percent_new,800000,50,75,0,100,,,,,\n", NULL);
  expect(CODE_SAVING_OVER_FULL_YEAR, 200000, "£1.0m of saving 's'");
}

/* ---- delivery ------------------------------------------------------------------------------------------ */

static void delivery_by_rag_is_marked_as_a_judgement(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,800000,800000,800000,,red,,,,\n", NULL);
  expect(CODE_DELIVERY_JUDGED, 800000, "how much of 's' will be delivered");
  assert_true(folder.plan.saving[0].delivery[2] == 0.375);
}

static void the_councils_own_legend_is_no_judgement(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,800000,800000,800000,,red,,,,\n", "rag.csv",
       "rag,meaning,delivery\nred,Not started,20\n", NULL);
  expect_none(CODE_DELIVERY_JUDGED);
  assert_true(folder.plan.saving[0].delivery[0] == 0.2);
}

static void over_delivery_is_refused(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,800000,800000,800000,110,,,,,\n", NULL);
  expect_error(CODE_SAVING_DELIVERY, "savings.csv", 2, 60);
}

/* 600,000 at 50% */
static void an_unidentified_saving_that_counts_is_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,0,600000,600000,50,unidentified,,,,\n",
       NULL);
  expect(CODE_UNIDENTIFIED_COUNTED, 300000, "£300k of it a year is counted");
}

/* ---- savings and what they lean on ---------------------------------------------------------------------------------
 */

static void a_circle_of_savings_is_spelled_out(void **state)
{
  (void)state;
  load("savings.csv",
       SAVINGS_HEADER
       "a,A,,recurring,,amount_in_place,,1,1,1,100,,,,b,\nb,B,,recurring,,amount_in_place,,2,2,2,100,,,,c,\n"
       "c,C,,recurring,,amount_in_place,,3,3,3,100,,,,a,\n",
       NULL);
  expect_error(CODE_SAVING_CYCLE, "savings.csv", 2, 1);
  assert_non_null(strstr(find(CODE_SAVING_CYCLE)->text, "a \u2192 b \u2192 c \u2192 a"));
}

/* The parent saves from 2028/29: 100,000 a year in the two years before is early. */
static void a_saving_before_its_parent_is_queried(void **state)
{
  (void)state;
  load("savings.csv",
       SAVINGS_HEADER "a,A,,recurring,,amount_in_place,,100000,100000,100000,100,,,,b,\n"
                      "b,B,,recurring,,amount_in_place,,0,0,300000,100,,,,,\n",
       NULL);
  expect(CODE_SAVING_BEFORE_PARENT, 200000, "but b, which it depends on, starts in 2028/29");
}

/* 7m of 40m is 17.5%. */
static void more_than_fifteen_per_cent_of_a_line_is_queried(void **state)
{
  (void)state;
  load("savings.csv",
       SAVINGS_HEADER "a,A,contracts,recurring,,amount_in_place,,3000000,3000000,3000000,100,,,,,\n"
                      "b,B,contracts,recurring,,amount_in_place,,4000000,4000000,4000000,100,,,,,\n",
       NULL);
  expect(CODE_SAVINGS_LARGE, 7000000, "new savings of £7.0m in 2026/27 are 18% of line 'contracts'");
}

/* 6m is 15% of 40m, not more. */
static void fifteen_per_cent_of_a_line_passes(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "a,A,contracts,recurring,,amount_in_place,,6000000,6000000,6000000,100,,,,,\n",
       NULL);
  expect_none(CODE_SAVINGS_LARGE);
}

static void savings_beyond_their_line_are_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "a,A,contracts,recurring,,amount_new,,20000000,20000000,1000000,100,,,,,\n", NULL);
  expect(CODE_SAVINGS_BEYOND_LINE, 1000000, "come to £41.0m in 2028/29: more than its £40.0m");
}

static void a_vacancy_saving_on_top_of_the_factor_is_queried(void **state)
{
  (void)state;
  load("savings.csv",
       SAVINGS_HEADER "a,Hold vacant posts,staff,recurring,,amount_in_place,,500000,500000,500000,100,,,,,\n", NULL);
  expect(CODE_VACANCY_TWICE, 500000, "line 'vacancy', which takes £3.0m off");
}

static void one_saving_twice_is_queried(void **state)
{
  (void)state;
  load("savings.csv",
       SAVINGS_HEADER "a,Digital,,recurring,,amount_in_place,,500000,500000,500000,100,,,,,\n"
                      "b,Digital,,recurring,,amount_in_place,,500000,500000,500000,100,,,,,\n",
       NULL);
  expect(CODE_SAVING_TWICE, 500000, "savings 'a' and 'b'");
}

static void a_ring_fenced_reserve_may_not_meet_a_cost(void **state)
{
  (void)state;
  load("reserves.csv", RESERVES "schools,Schools,ring_fenced,1000000,,,,,,\n", "savings.csv",
       SAVINGS_HEADER "a,A,,recurring,,amount_in_place,,1,1,1,100,,,,,\na,,,,cost,,,1,0,0,,,,reserve:schools,,\n",
       NULL);
  expect_error(CODE_COST_FUNDING, "savings.csv", 3, 22);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(percent_in_place_is_of_the_full_year),
    TEST(percent_new_adds_up),
    TEST(amount_new_adds_up_to_twenty_point_two),
    TEST(amount_in_place_stays_at_six_point_two),
    TEST(a_running_total_that_falls_offers_the_other_reading),
    TEST(savings_without_phasing_are_refused),
    TEST(a_one_off_saving_does_not_add_up),
    TEST(a_start_in_october_is_half_a_year),
    TEST(a_start_in_march_is_a_twelfth_of_the_year_before),
    TEST(a_one_off_saving_is_all_in_the_year_of_its_start),
    TEST(a_saving_that_ends_needs_a_note),
    TEST(a_saving_that_ends_with_a_note_is_only_queried),
    TEST(more_than_the_whole_of_a_saving_is_queried),
    TEST(delivery_by_rag_is_marked_as_a_judgement),
    TEST(the_councils_own_legend_is_no_judgement),
    TEST(over_delivery_is_refused),
    TEST(an_unidentified_saving_that_counts_is_queried),
    TEST(a_circle_of_savings_is_spelled_out),
    TEST(a_saving_before_its_parent_is_queried),
    TEST(more_than_fifteen_per_cent_of_a_line_is_queried),
    TEST(fifteen_per_cent_of_a_line_passes),
    TEST(savings_beyond_their_line_are_queried),
    TEST(a_vacancy_saving_on_top_of_the_factor_is_queried),
    TEST(one_saving_twice_is_queried),
    TEST(a_ring_fenced_reserve_may_not_meet_a_cost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
