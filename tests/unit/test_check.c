/* test_check.c: what the conformance check draws and how it is asked; its verdicts on bad plugins are in test_host.c.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host_fixture.h"

#include "host/check.h"

/* ---- parameters that are drawn ------------------------------------------------------------------------- */

enum { P_FREE, P_FLAT, P_UNIFORM, P_CHOICE, P_YEAR, N_KNOBS, ROUNDS = 40 };

static struct hr_param knobs[N_KNOBS] = {
  [P_FREE] = { .id = "free",
               .preset = 0.1,
               .neutral = 0.0,
               .min = -0.5,
               .max = 0.75,
               .unit = HR_POINTS,
               .flags = HR_PER_YEAR | HR_SEVERITY },
  [P_FLAT] = { .id = "flat", .preset = 2.0, .neutral = 1.0, .min = 1.0, .max = 9.0, .unit = HR_COUNT },
  [P_UNIFORM] = { .id = "uniform",
                  .preset = 2.0,
                  .neutral = 0.0,
                  .min = 0.0,
                  .max = 4.0,
                  .unit = HR_GBP,
                  .flags = HR_UNIFORM | HR_PER_YEAR },
  [P_CHOICE] = { .id = "choice", .choices = "a|b|c", .max = 2.0, .unit = HR_CHOICE },
  [P_YEAR] = { .id = "year", .preset = 2027.0, .neutral = 2026.0, .min = 2026.0, .max = 2035.0, .unit = HR_YEAR },
};

/* A scene without a plugin behind it: only its parameters are looked at. */
struct draws {
  struct plugin plugin;
  struct note note;
  struct scene scene;
};

static struct draws *draws_open(uint64_t seed)
{
  struct draws *draws = calloc(1, sizeof *draws);
  assert_non_null(draws);
  draws->plugin.param = knobs;
  draws->plugin.n_params = N_KNOBS;
  draws->scene.plugin = &draws->plugin;
  draws->scene.note = &draws->note;
  draws->scene.seed = seed;
  assert_true(guarded_open(&draws->scene));
  return draws;
}

static void draws_close(struct draws *draws)
{
  guarded_close(&draws->scene);
  free(draws);
}

static struct stand *drawn_in_round(struct draws *draws, uint64_t round)
{
  draws->scene.round = round;
  struct stand *stand = stand_new(&draws->scene, DRAWN, 0, CHECK_LANES, 0);
  assert_non_null(stand);
  return stand;
}

static double at(const struct stand *stand, uint32_t param, uint32_t year, uint32_t lane)
{
  return hr_value(stand->batch, param, year)[lane];
}

static void drawn_values_stay_within_their_ranges(void **state)
{
  (void)state;
  struct draws *draws = draws_open(1);
  for (uint64_t round = 0; round < ROUNDS; round++) {
    struct stand *stand = drawn_in_round(draws, round);
    for (uint32_t i = 0; i < N_KNOBS * CHECK_YEARS * CHECK_LANES; i++) {
      const uint32_t p = i / (CHECK_YEARS * CHECK_LANES);
      const double value = at(stand, p, i / CHECK_LANES % CHECK_YEARS, i % CHECK_LANES);
      assert_true(value >= knobs[p].min && value <= knobs[p].max);
    }
    stand_free(stand);
  }
  draws_close(draws);
}

static void drawn_values_stand_at_the_ends_at_neutral_at_the_preset_and_between(void **state)
{
  (void)state;
  struct draws *draws = draws_open(1);
  const double marks[] = { knobs[P_FREE].min, knobs[P_FREE].max, knobs[P_FREE].neutral, knobs[P_FREE].preset };
  int seen[COUNT_OF(marks) + 1] = { 0 };
  struct stand *stand = drawn_in_round(draws, 0);
  for (uint32_t i = 0; i < CHECK_YEARS * CHECK_LANES; i++) {
    size_t m = 0;
    while (m < COUNT_OF(marks) && at(stand, P_FREE, i / CHECK_LANES, i % CHECK_LANES) != marks[m]) {
      m++;
    }
    seen[m]++;
  }
  for (size_t m = 0; m < COUNT_OF(seen); m++) {
    assert_true(seen[m] > 0);
  }
  draws_close(draws);
}

static void drawn_choices_and_years_are_whole(void **state)
{
  (void)state;
  struct draws *draws = draws_open(2);
  struct stand *stand = drawn_in_round(draws, 0);
  bool choices[3] = { false };
  for (uint32_t lane = 0; lane < CHECK_LANES; lane++) {
    const double choice = at(stand, P_CHOICE, 0, lane), year = at(stand, P_YEAR, 0, lane);
    assert_true(choice == 0.0 || choice == 1.0 || choice == 2.0);
    assert_true(year == (double)(int)year);
    choices[(int)choice] = true;
  }
  assert_true(choices[0] && choices[1] && choices[2]);
  draws_close(draws);
}

static void drawn_values_differ_by_year_only_where_a_user_may_say_so(void **state)
{
  (void)state;
  struct draws *draws = draws_open(3);
  struct stand *stand = drawn_in_round(draws, 0);
  int changes = 0;
  for (uint32_t lane = 0; lane < CHECK_LANES; lane++) {
    changes += at(stand, P_FREE, 0, lane) != at(stand, P_FREE, 4, lane);
    assert_true(at(stand, P_FLAT, 0, lane) == at(stand, P_FLAT, 4, lane));
  }
  assert_true(changes > CHECK_LANES / 2);
  draws_close(draws);
}

/* A plugin may read element 0 of any row of such a parameter. */
static void drawn_uniform_values_are_one_in_all_lanes_and_years(void **state)
{
  (void)state;
  struct draws *draws = draws_open(4);
  int changes = 0;
  double before = -1.0;
  for (uint64_t round = 0; round < ROUNDS; round++) {
    struct stand *stand = drawn_in_round(draws, round);
    for (uint32_t lane = 0; lane < CHECK_LANES; lane++) {
      assert_true(at(stand, P_UNIFORM, 0, 0) == at(stand, P_UNIFORM, 4, lane));
    }
    changes += at(stand, P_UNIFORM, 0, 0) != before;
    before = at(stand, P_UNIFORM, 0, 0);
    stand_free(stand);
  }
  assert_true(changes > ROUNDS / 2);
  draws_close(draws);
}

/* How many of the values of two draws are the same. */
static int common_values(uint64_t seed, uint64_t round, uint64_t other_seed, uint64_t other_round)
{
  struct draws *draws = draws_open(seed), *others = draws_open(other_seed);
  struct stand *stand = drawn_in_round(draws, round), *other = drawn_in_round(others, other_round);
  int same = 0;
  for (uint32_t i = 0; i < CHECK_YEARS * CHECK_LANES; i++) {
    same += at(stand, P_FREE, i / CHECK_LANES, i % CHECK_LANES) == at(other, P_FREE, i / CHECK_LANES, i % CHECK_LANES);
  }
  draws_close(others);
  draws_close(draws);
  return same;
}

static void one_seed_and_round_draw_the_same_again(void **state)
{
  (void)state;
  assert_int_equal(common_values(5, 9, 5, 9), CHECK_YEARS * CHECK_LANES);
}

/* Half of what is drawn stands at one of four marks, so a sixteenth agrees by chance. */
static void another_seed_or_round_draws_others(void **state)
{
  (void)state;
  assert_true(common_values(5, 9, 6, 9) < CHECK_YEARS * CHECK_LANES / 4);
  assert_true(common_values(5, 9, 5, 10) < CHECK_YEARS * CHECK_LANES / 4);
}

/* ---- how it is asked ----------------------------------------------------------------------------------- */

struct told {
  int times, last, total;
  char names[400];
};

static void tell(void *ctx, const char *test, int done, int total)
{
  struct told *told = ctx;
  told->times++;
  told->last = done;
  told->total = total;
  strcat(strcat(told->names, test), " ");
}

static enum status check_with(struct fixture *fixture, const char *name, const struct check_options *options,
                              struct check_result *result)
{
  return plugin_check(fixture->registry, bad(fixture, name), options, &fixture->arena, result, &fixture->error);
}

static void progress_names_each_test_before_it_begins(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 60.0);
  struct told told = { 0 };
  struct check_result result;
  const struct check_options options = { .only = "^(description|runs|neutral)$", .progress = tell, .ctx = &told };
  assert_int_equal(check_with(fixture, "plain", &options, &result), STATUS_OK);
  assert_string_equal(told.names, "description runs neutral ");
  assert_int_equal(told.last, 2);
  assert_int_equal(told.total, 3);
  assert_int_equal(result.count, 3);
  fixture_close(fixture);
}

static void every_test_of_every_plugin_of_a_file_has_a_line(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 60.0);
  const struct check_options options = { .only = NULL };
  struct check_result result;
  assert_int_equal(check_with(fixture, "two", &options, &result), STATUS_OK);
  size_t names = 0;
  while (check_test_name(names) != NULL) {
    names++;
  }
  assert_int_equal(result.count, 1 + 2 * ((int)names - 1)); /* the description is the file's */
  for (size_t i = 0; i < names; i++) {
    assert_string_equal(result.line[i].test, check_test_name(i));
  }
  fixture_close(fixture);
}

static void what_is_left_out_is_not_tried(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 60.0);
  const struct check_options options = { .only = "neutral" };
  struct check_result result;
  assert_int_equal(check_with(fixture, "counts_calls", &options, &result), STATUS_OK); /* same-answer would fail */
  assert_int_equal(result.count, 1);
  assert_string_equal(result.line[0].test, "neutral");
  assert_int_equal(result.line[0].status, CHECK_OK);
  fixture_close(fixture);
}

static void seed_given_is_the_seed_used(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 60.0);
  const struct check_options options = { .only = "drawn", .has_seed = true, .seed = 7 };
  struct check_result result;
  assert_int_equal(check_with(fixture, "plain", &options, &result), STATUS_OK);
  assert_true(result.seed == 7);
  assert_string_equal(result.line[0].detail, "seed 7");
  fixture_close(fixture);
}

/* Between the ends of a range no other test looks. */
static void only_drawn_parameters_find_a_fault_within_a_range(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 60.0);
  struct check_result result;
  for (uint64_t seed = 0; seed < 8; seed++) {
    const struct check_options options = { .has_seed = true, .seed = seed };
    assert_int_equal(check_with(fixture, "nan_within_range", &options, &result), STATUS_OK);
    for (int i = 0; i < result.count; i++) {
      const bool is_drawn = strcmp(result.line[i].test, "drawn-parameters") == 0;
      assert_int_equal(result.line[i].status == CHECK_FAILED, is_drawn);
    }
  }
  fixture_close(fixture);
}

/* What a verdict needs is found without a child too, and nothing of a test that fails is left to the next. */
static void in_process_gives_the_same_verdicts(void **state)
{
  static const char *const names[] = { "plain", "policy", "nan_within_range", "changes_at_neutral", "lane_coupling" };
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 60.0);
  for (size_t n = 0; n < COUNT_OF(names); n++) {
    const struct check_options apart = { .only = "^(f|n|d|s)" }, inside = { .only = "^(f|n|d|s)", .in_process = true };
    struct check_result expected, result;
    assert_int_equal(check_with(fixture, names[n], &apart, &expected), STATUS_OK);
    assert_int_equal(check_with(fixture, names[n], &inside, &result), STATUS_OK);
    assert_int_equal(result.count, expected.count);
    for (int i = 0; i < result.count; i++) {
      assert_int_equal(result.line[i].status, expected.line[i].status);
      assert_string_equal(result.line[i].detail, expected.line[i].detail);
    }
  }
  fixture_close(fixture);
}

static void pattern_that_matches_nothing_lists_the_tests(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 60.0);
  const struct check_options options = { .only = "nothing like it" };
  struct check_result result;
  assert_int_equal(check_with(fixture, "plain", &options, &result), STATUS_USAGE);
  assert_non_null(strstr(fixture->error.text, "description, symbols, runs"));
  assert_non_null(strstr(fixture->error.text, "explain"));
  assert_int_equal(result.count, 0);
  fixture_close(fixture);
}

int main(int argc, char **argv)
{
  if (is_probe(argc, argv)) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest all[] = {
    cmocka_unit_test(drawn_values_stay_within_their_ranges),
    cmocka_unit_test(drawn_values_stand_at_the_ends_at_neutral_at_the_preset_and_between),
    cmocka_unit_test(drawn_choices_and_years_are_whole),
    cmocka_unit_test(drawn_values_differ_by_year_only_where_a_user_may_say_so),
    cmocka_unit_test(drawn_uniform_values_are_one_in_all_lanes_and_years),
    cmocka_unit_test(one_seed_and_round_draw_the_same_again),
    cmocka_unit_test(another_seed_or_round_draws_others),
    cmocka_unit_test(progress_names_each_test_before_it_begins),
    cmocka_unit_test(every_test_of_every_plugin_of_a_file_has_a_line),
    cmocka_unit_test(what_is_left_out_is_not_tried),
    cmocka_unit_test(seed_given_is_the_seed_used),
    cmocka_unit_test(only_drawn_parameters_find_a_fault_within_a_range),
    cmocka_unit_test(in_process_gives_the_same_verdicts),
    cmocka_unit_test(pattern_that_matches_nothing_lists_the_tests),
  };
  return cmocka_run_group_tests_name("check", all, NULL, NULL);
}
