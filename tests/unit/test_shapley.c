/* test_shapley.c: a difference split into parts: by hand, against every order there is, and by a sample of orders. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "stress/stress.h"

#include <string.h>

/* ---- by hand ------------------------------------------------------------------------------------------- */

/* Alone 100 and 50, together 180: the first adds 100 or 130, the second 50 or 80. */
static void two_parts_share_what_they_do_together(void **state)
{
  (void)state;
  const pence outcome[] = { 0, 100, 50, 180 };
  pence share[2];
  shapley(2, outcome, share);
  assert_pence_equal(share[0], 115);
  assert_pence_equal(share[1], 65);
}

static void a_start_that_is_not_nothing_changes_no_part(void **state)
{
  (void)state;
  const pence outcome[] = { -700, -600, -650, -520 };
  pence share[2];
  shapley(2, outcome, share);
  assert_pence_equal(share[0], 115);
  assert_pence_equal(share[1], 65);
}

/* The glove game: one left glove, two right ones, a pair is worth 600.  Its published answer is 2/3, 1/6, 1/6. */
static void three_parts_are_the_glove_game(void **state)
{
  (void)state;
  const pence outcome[] = { 0, 0, 0, 600, 0, 600, 0, 600 };
  pence share[3];
  shapley(3, outcome, share);
  assert_pence_equal(share[0], 400);
  assert_pence_equal(share[1], 100);
  assert_pence_equal(share[2], 100);
}

/* A penny that needs both: a half each, and the first has it. */
static void an_odd_penny_goes_to_the_first_of_equals(void **state)
{
  (void)state;
  const pence outcome[] = { 0, 0, 0, 1 };
  pence share[2];
  shapley(2, outcome, share);
  assert_pence_equal(share[0], 1);
  assert_pence_equal(share[1], 0);
}

/* Minus a penny that needs both: minus a half each; rounded down both are -1, and the first is given the penny over. */
static void an_odd_penny_below_zero_still_adds_up(void **state)
{
  (void)state;
  const pence outcome[] = { 0, 0, 0, -1 };
  pence share[2];
  shapley(2, outcome, share);
  assert_pence_equal(share[0] + share[1], -1);
  assert_pence_equal(share[0], 0);
}

/* The glove game for 100 pence: 66 2/3, 16 2/3, 16 2/3; two pence are over, all remainders equal. */
static void odd_pence_go_to_the_largest_remainders(void **state)
{
  (void)state;
  const pence outcome[] = { 0, 0, 0, 100, 0, 100, 0, 100 };
  pence share[3];
  shapley(3, outcome, share);
  assert_pence_equal(share[0], 67);
  assert_pence_equal(share[1], 17);
  assert_pence_equal(share[2], 16);
}

static void a_part_that_does_nothing_gets_nothing_even_of_odd_pence(void **state)
{
  (void)state;
  const pence outcome[] = { 0, 0, 0, 0, 0, 0, 1, 1 }; /* part 0 changes nothing */
  pence share[3];
  shapley(3, outcome, share);
  assert_pence_equal(share[0], 0);
  assert_pence_equal(share[1] + share[2], 1);
}

static void one_part_is_the_whole_difference(void **state)
{
  (void)state;
  const pence outcome[] = { 250, -41 };
  pence share[1];
  shapley(1, outcome, share);
  assert_pence_equal(share[0], -291);
}

static void twelve_parts_that_do_not_meet_are_what_each_does(void **state)
{
  (void)state;
  static pence outcome[1 << MOST_EXACT];
  pence each[MOST_EXACT], share[MOST_EXACT];
  for (int i = 0; i < MOST_EXACT; i++) {
    each[i] = (i % 2 == 0 ? 1 : -1) * (INT64_C(600000000000000) + i * 7919);
  }
  for (int set = 0; set < 1 << MOST_EXACT; set++) {
    outcome[set] = 0;
    for (int i = 0; i < MOST_EXACT; i++) {
      outcome[set] += (set >> i & 1) != 0 ? each[i] : 0;
    }
  }
  shapley(MOST_EXACT, outcome, share);
  for (int i = 0; i < MOST_EXACT; i++) {
    assert_pence_equal(share[i], each[i]);
  }
}

/* ---- against every order ------------------------------------------------------------------------------- */

struct walk {
  int n, orders;
  const pence *outcome;
  int64_t sum[8];
};

static void walk_orders(struct walk *walk, unsigned in)
{
  if (in == (1u << walk->n) - 1) {
    walk->orders++;
    return;
  }
  for (int i = 0; i < walk->n; i++) {
    if ((in >> i & 1) == 0) {
      const int before = walk->orders;
      walk_orders(walk, in | 1u << i);
      walk->sum[i] += (walk->orders - before) * (walk->outcome[in | 1u << i] - walk->outcome[in]);
    }
  }
}

static uint64_t next_random(uint64_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static void parts_are_the_average_over_every_order(void **state)
{
  (void)state;
  uint64_t seed = 20260222;
  for (int round = 0; round < 200; round++) {
    pence outcome[1 << 7], share[7], total = 0;
    struct walk walk = { .n = 1 + round % 7, .outcome = outcome };
    for (int set = 0; set < 1 << walk.n; set++) {
      outcome[set] = (pence)(next_random(&seed) % 2000001) - 1000000;
    }
    walk_orders(&walk, 0);
    shapley(walk.n, outcome, share);
    for (int i = 0; i < walk.n; i++) {
      assert_true(llabs(share[i] * walk.orders - walk.sum[i]) < walk.orders); /* within a penny of the average */
      total += share[i];
    }
    assert_pence_equal(total, outcome[(1 << walk.n) - 1] - outcome[0]);
  }
}

/* ---- by a sample of orders ----------------------------------------------------------------------------- */

enum { N = 15 };

static int orders[ORDERS_SAMPLED * N];
static pence along[ORDERS_SAMPLED * (N + 1)];

static void sample(pence (*outcome_of)(unsigned set), pence *share, double *error)
{
  for (int o = 0; o < ORDERS_SAMPLED; o++) {
    unsigned in = 0;
    order_draw(N, 1, (uint64_t)o, &orders[o * N]);
    along[o * (N + 1)] = outcome_of(0);
    for (int k = 0; k < N; k++) {
      in |= 1u << orders[o * N + k];
      along[o * (N + 1) + k + 1] = outcome_of(in);
    }
  }
  shapley_sampled(N, ORDERS_SAMPLED, orders, along, share, error);
}

static pence sum_of_pairs(unsigned set)
{
  pence sum = 0;
  for (int i = 0; i < N; i++) {
    for (int j = 0; j <= i; j++) {
      sum += (set >> i & 1) != 0 && (set >> j & 1) != 0 ? 2 * (i + 1) * (j + 3) : 0;
    }
  }
  return sum;
}

/* A pair's worth is halved between the two, whatever the order: so a sample of orders and their reverses has no error.
 */
static void a_sample_is_exact_where_parts_meet_in_pairs(void **state)
{
  (void)state;
  pence share[N];
  double error[N];
  sample(sum_of_pairs, share, error);
  for (int i = 0; i < N; i++) {
    pence expected = 2 * (i + 1) * (i + 3);
    for (int j = 0; j < N; j++) {
      expected += j < i ? (i + 1) * (j + 3) : j > i ? (j + 1) * (i + 3) : 0;
    }
    assert_pence_equal(share[i], expected);
    assert_close(error[i], 0.0, 1e-9);
  }
}

/* 9,000 when the first three are all in: 3,000 each, and nothing for the rest. */
static pence needs_three(unsigned set)
{
  return (set & 7u) == 7u ? 9000 : 0;
}

static void a_sample_says_how_far_it_may_be_off(void **state)
{
  (void)state;
  pence share[N];
  double error[N];
  sample(needs_three, share, error);
  assert_pence_equal(share[0] + share[1] + share[2], 9000);
  for (int i = 0; i < 3; i++) {
    assert_true(error[i] > 0.0);
    assert_close((double)share[i], 3000.0, 4.0 * error[i]);
  }
  assert_pence_equal(share[3], 0);
  assert_close(error[3], 0.0, 0.0);
}

static void every_order_holds_every_part_once(void **state)
{
  (void)state;
  for (uint64_t number = 0; number < 64; number++) {
    int order[MOST_PARTS];
    uint64_t seen = 0;
    order_draw(MOST_PARTS, 7, number, order);
    for (int i = 0; i < MOST_PARTS; i++) {
      seen |= UINT64_C(1) << order[i];
    }
    assert_true(seen == (UINT64_C(1) << MOST_PARTS) - 1);
  }
}

static void an_odd_order_is_the_one_before_backwards(void **state)
{
  (void)state;
  int order[N], back[N];
  order_draw(N, 3, 10, order);
  order_draw(N, 3, 11, back);
  for (int i = 0; i < N; i++) {
    assert_int_equal(back[i], order[N - 1 - i]);
  }
}

/* 2,400 orders of four: each of the 24 is drawn about 100 times; 50 is five standard deviations off. */
static void every_order_is_drawn_about_as_often(void **state)
{
  (void)state;
  int count[256] = { 0 }, kinds = 0;
  for (uint64_t number = 0; number < 2400; number++) {
    int order[4];
    order_draw(4, 1, number, order);
    count[order[0] * 64 + order[1] * 16 + order[2] * 4 + order[3]]++;
  }
  for (int i = 0; i < 256; i++) {
    if (count[i] > 0) {
      kinds++;
      assert_in_range(count[i], 50, 150);
    }
  }
  assert_int_equal(kinds, 24);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(two_parts_share_what_they_do_together),
    cmocka_unit_test(a_start_that_is_not_nothing_changes_no_part),
    cmocka_unit_test(three_parts_are_the_glove_game),
    cmocka_unit_test(an_odd_penny_goes_to_the_first_of_equals),
    cmocka_unit_test(an_odd_penny_below_zero_still_adds_up),
    cmocka_unit_test(odd_pence_go_to_the_largest_remainders),
    cmocka_unit_test(a_part_that_does_nothing_gets_nothing_even_of_odd_pence),
    cmocka_unit_test(one_part_is_the_whole_difference),
    cmocka_unit_test(twelve_parts_that_do_not_meet_are_what_each_does),
    cmocka_unit_test(parts_are_the_average_over_every_order),
    cmocka_unit_test(a_sample_is_exact_where_parts_meet_in_pairs),
    cmocka_unit_test(a_sample_says_how_far_it_may_be_off),
    cmocka_unit_test(every_order_holds_every_part_once),
    cmocka_unit_test(an_odd_order_is_the_one_before_backwards),
    cmocka_unit_test(every_order_is_drawn_about_as_often),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
