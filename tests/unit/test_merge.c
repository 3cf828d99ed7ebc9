/* test_merge.c: changes of several uses put together: products of scales, sums of additions, in the order of names. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/stage.h"
#include "small_plan.h"

enum { LANES = 3, STRIDE = 8, MAX_SOURCES = 4 };

/* A use's rows for one input: every year and lane holds one value, unless a test says otherwise. */
struct made_change {
  double row[SMALL_YEARS][STRIDE];
  double *year[SMALL_YEARS];
};

static struct folder folder;
static struct made_change change[MAX_SOURCES];
static struct change_source source[MAX_SOURCES];
static struct merge merge;
static int n_sources;

static int open_folder(void **state)
{
  (void)state;
  small_folder(&folder);
  n_sources = 0;
  return 0;
}

static int close_folder(void **state)
{
  (void)state;
  merge_fini(&merge);
  arena_fini(&folder.arena);
  return 0;
}

static int input(const char *address)
{
  return small_input(&folder.plan, address, &folder.arena);
}

static struct made_change *add_change(const char *address, int use, bool scales, double value)
{
  struct made_change *c = &change[n_sources];
  for (int y = 0; y < SMALL_YEARS; y++) {
    c->year[y] = c->row[y];
    for (int i = 0; i < STRIDE; i++) {
      c->row[y][i] = i < LANES ? value : NAN; /* padding may hold anything */
    }
  }
  source[n_sources++] = (struct change_source){ .input = input(address), .use = use, .scales = scales, .row = c->year };
  return c;
}

static void put_together(void)
{
  assert_true(merge_init(&merge, &folder.plan, source, n_sources, STRIDE));
  merge_years(&merge, LANES, 0);
}

static const double *scale_of(const char *address, int year)
{
  return merge.changes.scale[input(address) * SMALL_YEARS + year];
}

static const double *add_of(const char *address, int year)
{
  return merge.changes.add[input(address) * SMALL_YEARS + year];
}

/* 0.9 x 1.2 = 1.08 */
static void scales_multiply(void **state)
{
  (void)state;
  add_change("line:E05.number", 0, true, 0.9);
  add_change("line:E05.number", 1, true, 1.2);
  put_together();
  assert_same(scale_of("line:E05.number", 0)[0], 0.9 * 1.2);
}

static void additions_add(void **state)
{
  (void)state;
  add_change("line:E05.number", 0, false, 10.0);
  add_change("line:E05.number", 1, false, 2.5);
  put_together();
  assert_same(add_of("line:E05.number", 1)[2], 12.5);
}

static void a_scale_and_an_addition_stay_apart(void **state)
{
  (void)state;
  add_change("line:E05.number", 0, false, 10.0);
  add_change("line:E05.number", 1, true, 0.5);
  put_together();
  assert_same(add_of("line:E05.number", 0)[0], 10.0);
  assert_same(scale_of("line:E05.number", 0)[0], 0.5);
}

static void lanes_do_not_mix(void **state)
{
  (void)state;
  struct made_change *c = add_change("line:E05.number", 0, false, 1.0);
  c->row[1][2] = 7.0;
  put_together();
  assert_same(add_of("line:E05.number", 1)[1], 1.0);
  assert_same(add_of("line:E05.number", 1)[2], 7.0);
}

/* R42 */
static void no_change_leaves_no_row(void **state)
{
  (void)state;
  add_change("line:E05.number", 0, false, 0.0);
  add_change("line:E05.number", 1, true, 1.0);
  put_together();
  assert_null(add_of("line:E05.number", 0));
  assert_null(scale_of("line:E05.number", 0));
}

static void an_input_that_nobody_changes_has_no_row(void **state)
{
  (void)state;
  add_change("line:E05.number", 0, false, 5.0);
  put_together();
  assert_null(add_of("line:E05.unit_cost", 0));
}

/* The receipt has 40% to debt; +40 points and +30 points to avoided borrowing make 110%. */
static void two_uses_past_the_whole_of_a_receipt_clash(void **state)
{
  (void)state;
  struct share_clash clash;
  add_change("receipt:land.to_debt", 3, false, 0.4);
  add_change("receipt:land.to_avoid", 5, false, 0.3);
  put_together();
  assert_true(merge_clashes(&merge, LANES, &clash));
  assert_int_equal(clash.use[0], 3);
  assert_int_equal(clash.use[1], 5);
}

/* 40% + 40 points + 20 points = 100% */
static void two_uses_up_to_the_whole_of_a_receipt_do_not(void **state)
{
  (void)state;
  struct share_clash clash;
  add_change("receipt:land.to_debt", 0, false, 0.4);
  add_change("receipt:land.to_avoid", 1, false, 0.2);
  put_together();
  assert_false(merge_clashes(&merge, LANES, &clash));
}

/* The engine holds one use's excess at its limit, with a finding. */
static void one_use_alone_never_clashes(void **state)
{
  (void)state;
  struct share_clash clash;
  add_change("receipt:land.to_debt", 0, false, 0.4);
  add_change("receipt:land.to_avoid", 0, false, 0.9);
  put_together();
  assert_false(merge_clashes(&merge, LANES, &clash));
}

static void a_use_that_lowers_a_share_is_not_to_blame(void **state)
{
  (void)state;
  struct share_clash clash;
  add_change("receipt:land.to_debt", 0, false, -0.1);
  add_change("receipt:land.to_avoid", 1, false, 0.9);
  put_together();
  assert_false(merge_clashes(&merge, LANES, &clash));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(scales_multiply, open_folder, close_folder),
    cmocka_unit_test_setup_teardown(additions_add, open_folder, close_folder),
    cmocka_unit_test_setup_teardown(a_scale_and_an_addition_stay_apart, open_folder, close_folder),
    cmocka_unit_test_setup_teardown(lanes_do_not_mix, open_folder, close_folder),
    cmocka_unit_test_setup_teardown(no_change_leaves_no_row, open_folder, close_folder),
    cmocka_unit_test_setup_teardown(an_input_that_nobody_changes_has_no_row, open_folder, close_folder),
    cmocka_unit_test_setup_teardown(two_uses_past_the_whole_of_a_receipt_clash, open_folder, close_folder),
    cmocka_unit_test_setup_teardown(two_uses_up_to_the_whole_of_a_receipt_do_not, open_folder, close_folder),
    cmocka_unit_test_setup_teardown(one_use_alone_never_clashes, open_folder, close_folder),
    cmocka_unit_test_setup_teardown(a_use_that_lowers_a_share_is_not_to_blame, open_folder, close_folder),
  };
  return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
