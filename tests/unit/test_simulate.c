/* test_simulate.c: simulations of Anytown held against closed forms: sums of normals, a Bernoulli event, no spread at
 * all, draws that last and draws that do not, scenarios on common draws, and any number of workers. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "anytown.h"

#include "mc/simulate.h"

#include <math.h>

#define HEADER "input,distribution,sd,low,mode,high,chance,a,b,delays,persistence,shared,group\n"
#define PAIRS "a,b,coefficient\n"
#define POUND "\xC2\xA3"

static struct departures departures;
static struct simulation simulation;

static enum status simulate_with(const char *rows, const char *pairs, struct simulation_options options)
{
  struct error error = { 0 };
  load("uncertainty.csv", rows, "correlation.csv", pairs, NULL);
  if (status != STATUS_OK) {
    return status;
  }
  assert_int_equal(uncertainty_bind(&folder, &departures, &error), STATUS_OK);
  options.draws = options.draws > 0 ? options.draws : DEFAULT_DRAWS;
  options.seed = options.seed > 0 ? options.seed : DEFAULT_SEED;
  options.threads = options.threads > 0 ? options.threads : 2;
  return simulate(&folder, NULL, 0, &departures, &options, &simulation, &error);
}

static void simulate_rows(const char *rows, const char *pairs)
{
  assert_int_equal(simulate_with(rows, pairs, (struct simulation_options){ 0 }), STATUS_OK);
}

/* Within four standard errors, and a pound for rounding. */
static void expect_pounds(struct estimate got, double pounds)
{
  const double off = fabs(got.value / 100.0 - pounds), allowed = 4.0 * got.error / 100.0 + 1.0;
  if (off > allowed) {
    print_message("%.0f, not %.0f (standard error %.0f)\n", got.value / 100.0, pounds, got.error / 100.0);
  }
  assert_true(off <= allowed);
}

static void expect_chance(struct estimate got, double chance)
{
  if (fabs(got.value - chance) > 4.0 * got.error + 1e-9) {
    print_message("%.6f, not %.6f (standard error %.6f)\n", got.value, chance, got.error);
  }
  assert_true(fabs(got.value - chance) <= 4.0 * got.error + 1e-9);
}

/* ---- nothing drawn ------------------------------------------------------------------------------------- */

/* The gap of Anytown is 2m a year; reserves of 17m are 15m, 13m and 11m at the end of each. */
static void without_spread_every_quantile_is_the_plan(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:staff.rate,normal,0,,,,,,,,,,\nline:grant.rate,pert,,0,0,0,,,,,,,\n"
                       "line:tax.rate,event,,,5,,0,,,,,,\n",
                PAIRS);
  assert_int_equal(simulation.n_variables, 0);
  for (int y = 0; y < 3; y++) {
    for (int q = 0; q < N_QUANTILES; q++) {
      assert_true(simulation.scenario[0].gap[y].quantile[q].value == 200000000.0);
      assert_true(simulation.scenario[0].usable[y].quantile[q].value == 1700000000.0 - 200000000.0 * (y + 1));
    }
  }
  assert_true(simulation.scenario[0].by[DATE_FIRST_UNFUNDED][2].value == 0.0);
  assert_true(simulation.scenario[0].by[DATE_FIRST_UNFUNDED][2].error == 0.0);
}

/* ---- sums of normals ----------------------------------------------------------------------------------- */

#define P95 1.6448536269514722 /* of the standard normal */
#define P75 0.6744897501960817

/* 2m and a normal of sd 1m and one of 2m: sd sqrt(5)m. */
static void a_sum_of_normals_has_its_quantiles(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:staff.one_off,normal," POUND "1m,,,,,,,,0,,\nline:contracts.one_off,normal," POUND
                       "2m,,,,,,,,0,,\n",
                PAIRS);
  for (int y = 0; y < 3; y++) {
    const struct spread *gap = &simulation.scenario[0].gap[y];
    expect_pounds(gap->quantile[6], 2e6 + P95 * sqrt(5.0) * 1e6);
    expect_pounds(gap->quantile[2], 2e6 - P75 * sqrt(5.0) * 1e6);
    expect_pounds(gap->mean, 2e6);
    assert_true(fabs(gap->sd / 1e8 / sqrt(5.0) - 1.0) < 0.01);
    expect_chance(gap->plan_place, 0.5);
  }
}

/* With 0.5 between them the variance is 1 + 4 + 2 x 0.5 x 1 x 2 = 7. */
static void correlation_widens_the_sum(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:staff.one_off,normal," POUND "1m,,,,,,,,0,,x\nline:contracts.one_off,normal," POUND
                       "2m,,,,,,,,0,,y\n",
                PAIRS "x,y,0.5\n");
  expect_pounds(simulation.scenario[0].gap[1].quantile[6], 2e6 + P95 * sqrt(7.0) * 1e6);
  assert_true(fabs(simulation.scenario[0].gap[1].sd / 1e8 / sqrt(7.0) - 1.0) < 0.01);
}

/* Two of one group, 0.8 with each other: 1 + 1 + 2 x 0.8 = 3.6. */
static void a_group_goes_together(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:staff.one_off,normal," POUND "1m,,,,,,,,0,,x\nline:contracts.one_off,normal," POUND
                       "1m,,,,,,,,0,,x\n",
                PAIRS "x,x,0.8\n");
  assert_true(fabs(simulation.scenario[0].gap[0].sd / 1e8 / sqrt(3.6) - 1.0) < 0.01);
}

/* The narrower coefficient stands before that of the group: 1 + 1 - 2 x 0.8 = 0.4. */
static void a_pair_of_inputs_stands_before_a_group(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:staff.one_off,normal," POUND "1m,,,,,,,,0,,x\nline:contracts.one_off,normal," POUND
                       "1m,,,,,,,,0,,x\n",
                PAIRS "line:staff.one_off,line:contracts.one_off,-0.8\nx,x,0.8\n");
  assert_true(fabs(simulation.scenario[0].gap[0].sd / 1e8 / sqrt(0.4) - 1.0) < 0.01);
}

/* One draw for both: (1 + 1)^2. */
static void what_is_shared_moves_as_one(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:class=pay.one_off,normal," POUND "1m,,,,,,,,0,yes,\n", PAIRS);
  assert_int_equal(simulation.n_variables, 1); /* staff and the vacancy factor are of class pay */
  assert_true(fabs(simulation.scenario[0].gap[0].sd / 1e8 / 2.0 - 1.0) < 0.01);
}

/* Points of growth on staff of 60m.  Fresh every year they add as independent steps, sd sqrt(3) after three years; one
 * draw a run adds three times the same.  (Growth on growth is left out of both: under 3% here.) */
static void draws_that_last_widen_the_end(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:staff.rate,normal,1,,,,,,,,0,,\n", PAIRS);
  const double fresh = simulation.scenario[0].gap[2].sd;
  folder_fini(&folder);
  simulate_rows(HEADER "line:staff.rate,normal,1,,,,,,,,1,,\n", PAIRS);
  const double lasting = simulation.scenario[0].gap[2].sd;
  assert_true(fabs(lasting / fresh / sqrt(3.0) - 1.0) < 0.03);
}

/* ---- an event ------------------------------------------------------------------------------------------ */

/* 30m, one year in ten: reserves of 17m cannot meet it, so the first unfunded gap is the first event. */
static void an_event_comes_as_often_as_it_is_said_to(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:contracts.one_off,event,,," POUND "30m,,0.1,,,,0,,\n", PAIRS);
  const struct simulated *s = &simulation.scenario[0];
  const double by[] = { 0.1, 0.19, 0.271 }, first[] = { 0.1, 0.09, 0.081 };
  for (int y = 0; y < 3; y++) {
    expect_chance(s->by[DATE_FIRST_UNFUNDED][y], by[y]);
    expect_chance(s->first[DATE_FIRST_UNFUNDED][y], first[y]);
    expect_pounds(s->gap[y].mean, 2e6 + 0.1 * 30e6);
    assert_true(s->gap[y].quantile[3].value == 2e8);  /* of 50 in 100, to the penny */
    assert_true(s->gap[y].quantile[6].value == 32e8); /* of 95 */
  }
  assert_false(s->date_known[DATE_EXPOSED_TO_DSG]);
}

/* Once a run, in every year or in none. */
static void an_event_that_lasts_is_there_in_every_year(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:contracts.one_off,event,,," POUND "30m,,0.25,,,,1,,\n", PAIRS);
  expect_chance(simulation.scenario[0].by[DATE_FIRST_UNFUNDED][0], 0.25);
  expect_chance(simulation.scenario[0].by[DATE_FIRST_UNFUNDED][2], 0.25);
  expect_chance(simulation.scenario[0].at[DATE_FIRST_UNFUNDED][2], 0.25);
}

/* 17m at the start and 6m of gap: an event of 30m in the first year alone would need 36m less what is there.  In 75 of
 * 100 futures nothing happens, and 6m would do. */
static void reserves_buy_confidence(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:contracts.one_off,event,,," POUND "30m,,0.25,,,,1,,\n", PAIRS);
  const struct simulated *s = &simulation.scenario[0];
  assert_true(simulation.opening_usable == 1700000000.0);
  expect_pounds(s->reserves_for[FEAR_UNFUNDED][2], 6e6); /* for 70 of 100: three gaps of 2m */
  /* for 85: three of 32m, told to a four-thousandth of the range */
  assert_true(fabs(s->reserves_for[FEAR_UNFUNDED][4].value / 100.0 - 96e6) < 96e6 / 1000.0);
  assert_true(s->worst[0].value == 30e6); /* the worst all have it */
  assert_true(fabs(s->unfunded_worst.value / 100.0 - (96e6 - 17e6)) < 79e6 / 1000.0);
}

/* With so little spread the gap only takes from reserves, so that what is left falls by S, the sum over three years of
 * a normal of sd 0.1m and one of 0.2m: sd sqrt(15) x 0.1m.  In its worst 5 of 100, S is 2.0627 of its sd on average,
 * and of that each year's draw has covariance over variance. */
#define TAIL_MEAN 2.0627128075074257

static void the_worst_have_their_share_of_each_input(void **state)
{
  (void)state;
  for (int plain = 0; plain < 2; plain++) {
    assert_int_equal(simulate_with(HEADER "line:staff.one_off,normal," POUND "0.1m,,,,,,,,0,,\nline:contracts.one_off,"
                                          "normal," POUND "0.2m,,,,,,,,0,,\n",
                                   PAIRS, (struct simulation_options){ .plain = plain > 0 }),
                     STATUS_OK);
    for (int v = 0; v < 2; v++) {
      const double sd = v == 0 ? 1e5 : 2e5;
      const struct estimate *worst = &simulation.scenario[0].worst[v];
      assert_true(fabs(worst->value - TAIL_MEAN * sd * sd / (sqrt(15.0) * 1e5)) < 4.0 * worst->error);
      /* of 131,072 futures 6,554, each with an average over three years of sd / sqrt(3) */
      assert_true(worst->error > 0.0 && worst->error < 2.0 * sd / sqrt(3.0) / sqrt(6554.0));
      assert_true(simulation.variable[v].mean == 0.0);
    }
    folder_fini(&folder);
  }
  load("mtfp.csv", MTFP, NULL);
}

/* ---- what drives it ------------------------------------------------------------------------------------ */

static void shares_are_those_of_the_variance(void **state)
{
  (void)state;
  simulate_rows(HEADER "line:staff.one_off,normal," POUND "1m,,,,,,,,0,,\nline:contracts.one_off,normal," POUND
                       "2m,,,,,,,,0,,\n",
                PAIRS);
  const struct simulated *s = &simulation.scenario[0];
  assert_true(fabs(s->share[DRIVEN_GAP][0].value - 0.2) < 0.01);
  assert_true(fabs(s->share[DRIVEN_GAP][1].value - 0.8) < 0.01);
  for (int v = 0; v < 2; v++) {
    const struct estimate *share = &s->share[DRIVEN_GAP][v];
    assert_true(fabs(share->value - (v == 0 ? 0.2 : 0.8)) < 4.0 * share->error);
    assert_true(share->error < 0.005); /* of 16,384 futures: a squared correlation r^2 is off by 2 r (1 - r^2) / 128 */
  }
  assert_true(fabs(s->left_over[DRIVEN_GAP].value) < 0.01);
}

/* A grant of 5m for good and one of 1m that ends after the first year, drawn nearly in step: the last year's gap moves
 * with the first alone, and has all of its variance from it.  What is left after three years moves by 600 thousand and
 * by 20 thousand a standard deviation.  The root of R is 0.8944 beside 0.4472, so the independent scores of rule 2 move
 * it by 546 and 286 thousand; the second grant has (0.2 x 546^2 + 0.8 x 286^2) / (546^2 + 286^2) of that, a third. */
static void what_has_ended_has_no_share_of_the_last_gap(void **state)
{
  (void)state;
  struct error error = { 0 };
  load("uncertainty.csv", HEADER "line:grant.rate,normal,2,,,,,,,,1,,x\nline:ended.rate,normal,2,,,,,,,,1,,x\n",
       "correlation.csv", PAIRS "x,x,0.8\n", "mtfp.csv",
       MTFP "ended,Ended grant,grant,recurring,level,,1000000,0,0,2026/27,,\n", NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(uncertainty_bind(&folder, &departures, &error), STATUS_OK);
  const struct simulation_options options = { .draws = 16384, .seed = 1, .threads = 2 };
  assert_int_equal(simulate(&folder, NULL, 0, &departures, &options, &simulation, &error), STATUS_OK);
  const struct simulated *s = &simulation.scenario[0];
  assert_true(s->share[DRIVEN_GAP][1].value == 0.0);
  assert_true(fabs(s->share[DRIVEN_GAP][0].value - 1.0) < 0.01);
  assert_true(fabs(s->share[DRIVEN_RESERVES][1].value - 0.329) < 0.02);
}

/* ---- the same however it is run ------------------------------------------------------------------------ */

static void any_number_of_workers_says_the_same(void **state)
{
  (void)state;
  const char *rows = HEADER "line:staff.rate,normal,1,,,,,,,,0.5,,x\nline:grant.rate,triangular,,-3,0,1,,,,,0,,x\n"
                            "line:contracts.one_off,event,,," POUND "30m,,0.1,,,,0,,\n";
  struct simulated first = { 0 };
  for (int threads = 1; threads <= 3; threads++) {
    const struct simulation_options options = { .draws = 20011, .threads = threads };
    assert_int_equal(simulate_with(rows, PAIRS "x,x,0.5\n", options), STATUS_OK);
    assert_true(simulation.draws == 20011);
    if (threads == 1) {
      first = simulation.scenario[0];
    } else {
      assert_memory_equal(first.gap, simulation.scenario[0].gap, sizeof first.gap);
      assert_memory_equal(first.usable, simulation.scenario[0].usable, sizeof first.usable);
      assert_memory_equal(first.by, simulation.scenario[0].by, sizeof first.by);
      assert_memory_equal(first.reserves_for, simulation.scenario[0].reserves_for, sizeof first.reserves_for);
    }
    folder_fini(&folder);
  }
  load("mtfp.csv", MTFP, NULL);
}

static void another_row_moves_no_draw(void **state)
{
  (void)state;
  const struct simulation_options options = { .draws = 8192, .plain = true };
  assert_int_equal(simulate_with(HEADER "line:staff.one_off,normal," POUND "1m,,,,,,,,0,,\n", PAIRS, options),
                   STATUS_OK);
  pence gap[N_FUTURES];
  for (int i = 0; i < N_FUTURES; i++) {
    gap[i] = simulation.scenario[0].future_gap[i][0];
  }
  folder_fini(&folder);
  assert_int_equal(simulate_with(HEADER "line:grant.one_off,event,,," POUND
                                        "1m,,0.5,,,,0,,\nline:staff.one_off,normal," POUND "1m,,,,,,,,0,,\n",
                                 PAIRS, options),
                   STATUS_OK);
  int same = 0, more = 0;
  for (int i = 0; i < N_FUTURES; i++) {
    same += simulation.scenario[0].future_gap[i][0] == gap[i];
    more += simulation.scenario[0].future_gap[i][0] == gap[i] + 100000000;
  }
  assert_int_equal(same + more, N_FUTURES);
  assert_true(same > 20 && more > 20);
}

static void another_seed_is_another_run_of_the_same_size(void **state)
{
  (void)state;
  const char *rows = HEADER "line:staff.one_off,normal," POUND "1m,,,,,,,,0,,\n";
  assert_int_equal(simulate_with(rows, PAIRS, (struct simulation_options){ .seed = 1, .plain = true }), STATUS_OK);
  const struct estimate one = simulation.scenario[0].gap[0].quantile[6];
  folder_fini(&folder);
  assert_int_equal(simulate_with(rows, PAIRS, (struct simulation_options){ .seed = 2, .plain = true }), STATUS_OK);
  const struct estimate two = simulation.scenario[0].gap[0].quantile[6];
  assert_true(one.value != two.value);
  assert_true(fabs(one.value - two.value) < 5.0 * sqrt(one.error * one.error + two.error * two.error));
}

/* ---- until --------------------------------------------------------------------------------------------- */

static void it_draws_until_the_error_is_small(void **state)
{
  (void)state;
  const struct simulation_options options = { .until = 0.002, .draws = 4000000, .plain = true };
  assert_int_equal(simulate_with(HEADER "line:contracts.one_off,event,,," POUND "30m,,0.1,,,,0,,\n", PAIRS, options),
                   STATUS_OK);
  assert_true(simulation.until_met);
  assert_true(simulation.draws < 4000000);
  assert_true(simulation.scenario[0].by[DATE_FIRST_UNFUNDED][2].error <= 0.002);
}

/* ---- refusals ------------------------------------------------------------------------------------------ */

static void correlations_that_cannot_hold_are_refused_with_the_nearest(void **state)
{
  (void)state;
  const char *rows = HEADER "line:staff.one_off,normal," POUND "1m,,,,,,,,0,,x\nline:contracts.one_off,normal," POUND
                            "1m,,,,,,,,0,,y\nline:grant.one_off,normal," POUND "1m,,,,,,,,0,,z\n";
  assert_int_equal(simulate_with(rows, PAIRS "x,y,0.9\ny,z,0.9\nx,z,-0.9\n", (struct simulation_options){ 0 }),
                   STATUS_DATA);
  const struct finding *finding = &folder.findings.item[folder.findings.count - 1];
  assert_int_equal(finding->code, CODE_CORRELATION);
  assert_string_equal(finding->text, "these correlations cannot all hold at once");
  /* By symmetry x,y and y,z are one number a, x,z its negative; at the border 1 - 3a^2 - 2a^3 = 0, so a = 0.5. */
  assert_string_equal(finding->label, "the nearest that can: x,y,0.500; y,z,0.500; x,z,-0.500");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(without_spread_every_quantile_is_the_plan),
    TEST(a_sum_of_normals_has_its_quantiles),
    TEST(correlation_widens_the_sum),
    TEST(a_group_goes_together),
    TEST(a_pair_of_inputs_stands_before_a_group),
    TEST(what_is_shared_moves_as_one),
    TEST(draws_that_last_widen_the_end),
    TEST(an_event_comes_as_often_as_it_is_said_to),
    TEST(an_event_that_lasts_is_there_in_every_year),
    TEST(reserves_buy_confidence),
    TEST(the_worst_have_their_share_of_each_input),
    TEST(shares_are_those_of_the_variance),
    TEST(what_has_ended_has_no_share_of_the_last_gap),
    TEST(any_number_of_workers_says_the_same),
    TEST(another_row_moves_no_draw),
    TEST(another_seed_is_another_run_of_the_same_size),
    TEST(it_draws_until_the_error_is_small),
    TEST(correlations_that_cannot_hold_are_refused_with_the_nearest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
