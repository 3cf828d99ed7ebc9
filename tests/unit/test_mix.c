/* test_mix.c: plans that are part old and part new, and plans taken on some years: on random plans, to the penny. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "plan_maker.h"
#include "stress/diff.h"

#include <stdio.h>
#include <string.h>

static struct folder old, new;
static struct plan_diff diff;
static struct error error;

static void assert_adds_up(void)
{
  for (int m = 0; m < N_MEASURES; m++) {
    for (int y = 0; y < diff.plan.n_years; y++) {
      pence sum = 0;
      for (int i = 0; i < diff.bridge.n_parts; i++) {
        sum += diff.bridge.share[i][m][y];
      }
      assert_pence_equal(sum, diff.bridge.to.measure[m][y] - diff.bridge.from.measure[m][y]);
    }
  }
}

/* ---- a plan taken on some years ------------------------------------------------------------------------ */

/* The later years as a plan of their own: the same gap, and the same money to pay for it. */
static void assert_later_years_stand(const char *name, const struct plan *plan, const struct result *result,
                                     struct arena *arena)
{
  static const enum measure same[] = { M_NET_BUDGET,       M_FUNDING,           M_GAP,     M_GAP_STRUCTURAL,
                                       M_UNFUNDED,         M_USABLE_CLOSING,    M_MINIMUM, M_GENERAL_FUND_CLOSING,
                                       M_SAVINGS_EXPECTED, M_USED_BELOW_MINIMUM };
  for (int skip = 0; skip < plan->n_years; skip++) {
    struct plan later;
    struct summary summary;
    assert_int_equal(plan_from_year(plan, result, skip, plan->n_years - skip, arena, &later), STATUS_OK);
    const struct plan twin = later; /* the two sides of a mix are two plans */
    assert_int_equal(plan_mix(&later, &twin, 0, &summary), STATUS_OK);
    for (size_t m = 0; m < COUNT_OF(same); m++) {
      for (int y = 0; y < later.n_years; y++) {
        if (summary.measure[same[m]][y] != result->measure[same[m]][y + skip]) {
          fail_msg("%s, %d years on, %s in year %d: %lld, not %lld", name, skip, measure_kinds[same[m]].name, y,
                   (long long)summary.measure[same[m]][y], (long long)result->measure[same[m]][y + skip]);
        }
      }
    }
  }
}

static void a_random_plan_taken_on_some_years_is_the_same_plan(void **state)
{
  (void)state;
  for (uint64_t seed = 1; seed <= 60; seed++) {
    struct arena arena;
    struct plan plan;
    arena_init(&arena, NULL);
    plan_random(&plan, &arena, seed);
    assert_int_equal(plan_finish(&plan), STATUS_OK);
    struct result *result = result_init(arena_alloc(&arena, result_size(&plan)), &plan);
    assert_int_equal(plan_project(&plan, result), STATUS_OK);
    char name[32];
    snprintf(name, sizeof name, "seed %d", (int)seed);
    assert_later_years_stand(name, &plan, result, &arena);
    arena_fini(&arena);
  }
}

static void a_shipped_plan_taken_on_some_years_is_the_same_plan(void **state)
{
  (void)state;
  static const char *const shipped[] = { "saltmere",
                                         "preston-2023",
                                         "gateshead-2023",
                                         "north-east-lincolnshire",
                                         "kings-lynn-west-norfolk",
                                         "north-west-leicestershire",
                                         "north-norfolk-2011" };
  for (size_t i = 0; i < COUNT_OF(shipped); i++) {
    char path[256];
    snprintf(path, sizeof path, SOURCE_DIR "/datasets/%s", shipped[i]);
    assert_int_equal(folder_load(&old, path, NULL, &error), STATUS_OK);
    assert_later_years_stand(shipped[i], &old.plan, old.baseline, &old.arena);
    folder_fini(&old);
  }
}

/* ---- random plans -------------------------------------------------------------------------------------- */

static void random_folder(struct folder *folder, uint64_t seed)
{
  memset(folder, 0, sizeof *folder);
  arena_init(&folder->arena, NULL);
  findings_init(&folder->findings, &folder->arena);
  plan_random(&folder->plan, &folder->arena, seed);
  assert_int_equal(plan_finish(&folder->plan), STATUS_OK);
  folder->plan.folder_id = seed % 2 == 1 ? "odd" : "even";
  folder->baseline = result_init(arena_alloc(&folder->arena, result_size(&folder->plan)), &folder->plan);
  assert_int_equal(plan_project(&folder->plan, folder->baseline), STATUS_OK);
}

/* Nothing in common but their ids: every group changes. */
static void random_plans_add_up(void **state)
{
  (void)state;
  int compared = 0;
  for (uint64_t seed = 1; seed <= 12; seed++) {
    random_folder(&old, 2 * seed);
    random_folder(&new, 2 * seed + 1);
    new.plan.class = old.plan.class;
    new.plan.ons_code = old.plan.ons_code;
    const enum status status = plan_diff(&old, &new, &diff, &error);
    if (status == STATUS_OK) {
      compared++;
      assert_adds_up();
    } else {
      assert_int_equal(status, STATUS_DATA); /* years apart, or a hundred times the size */
    }
    folder_fini(&old);
    folder_fini(&new);
  }
  assert_true(compared >= 6);
}

/* The mixed plan of no new group is the old plan, and of all of them the new one: to the bit. */
static void none_is_the_old_plan_and_all_is_the_new(void **state)
{
  (void)state;
  struct summary none, all;
  for (uint64_t seed = 1; seed <= 20; seed++) {
    random_folder(&old, 2 * seed);
    random_folder(&new, 2 * seed + 1);
    old.plan.n_years = new.plan.n_years = old.plan.n_years < new.plan.n_years ? old.plan.n_years : new.plan.n_years;
    assert_int_equal(plan_project(&old.plan, old.baseline), STATUS_OK);
    assert_int_equal(plan_project(&new.plan, new.baseline), STATUS_OK);
    assert_int_equal(plan_mix(&old.plan, &new.plan, 0, &none), STATUS_OK);
    assert_int_equal(plan_mix(&old.plan, &new.plan, UINT32_MAX, &all), STATUS_OK);
    for (int m = 0; m < N_MEASURES; m++) {
      for (int y = 0; y < old.plan.n_years; y++) {
        assert_pence_equal(none.measure[m][y], old.baseline->measure[m][y]);
        assert_pence_equal(all.measure[m][y], new.baseline->measure[m][y]);
      }
    }
    folder_fini(&old);
    folder_fini(&new);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_random_plan_taken_on_some_years_is_the_same_plan),
    cmocka_unit_test(a_shipped_plan_taken_on_some_years_is_the_same_plan),
    cmocka_unit_test(random_plans_add_up),
    cmocka_unit_test(none_is_the_old_plan_and_all_is_the_new),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
