/* test_diff.c: what changed between two folders of one council: cells changed by hand, rows moved, years rolled
 * on, refusals. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "stress/stress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct folder old, new;
static struct plan_diff diff;
static struct error error;
static char place[] = "diff_test_XXXXXX";

static int make_place(void **state)
{
  (void)state;
  strcpy(place, "diff_test_XXXXXX");
  return mkdtemp(place) != NULL ? 0 : -1;
}

static int clear_place(void **state)
{
  (void)state;
  char command[64];
  snprintf(command, sizeof command, "rm -rf %s", place);
  folder_fini(&old);
  folder_fini(&new);
  return system(command);
}

/* A copy of Saltmere without its controls, edited by sed. */
static const char *edited(const char *name, const char *edits)
{
  static char path[2][64];
  static int next;
  char command[1024];
  char *out = path[next++ % 2];
  snprintf(out, sizeof path[0], "%s/%s", place, name);
  snprintf(command, sizeof command,
           "cp -r " SOURCE_DIR "/datasets/saltmere %s && cd %s && rm controls.csv SOURCES.md && %s", out, out,
           edits[0] != '\0' ? edits : "true");
  assert_int_equal(system(command), 0);
  return out;
}

static void load(struct folder *folder, const char *path)
{
  if (folder_load(folder, path, NULL, &error) != STATUS_OK) {
    fail_msg("%s: %s", path, folder->findings.count > 0 ? folder->findings.item[0].text : error.text);
  }
}

static void compare(const char *old_path, const char *new_path)
{
  load(&old, old_path);
  load(&new, new_path);
  if (plan_diff(&old, &new, &diff, &error) != STATUS_OK) {
    fail_msg("%s", error.text);
  }
}

static int part_named(const char *name)
{
  for (int i = 0; i < diff.bridge.n_parts; i++) {
    if (strcmp(diff.bridge.part[i], name) == 0) {
      return i;
    }
  }
  fail_msg("no part is called %s", name);
  return -1;
}

static pence share(const char *name, enum measure measure, int year)
{
  return diff.bridge.share[part_named(name)][measure][year];
}

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

/* ---- one change, one part ------------------------------------------------------------------------------ */

static void a_folder_and_itself_do_not_differ(void **state)
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
    compare(path, path);
    assert_int_equal(diff.bridge.n_parts, 0);
    assert_int_equal(diff.n_idle, 0);
    assert_memory_equal(diff.bridge.to.measure, new.baseline->measure, sizeof diff.bridge.to.measure);
    folder_fini(&old);
    folder_fini(&new);
  }
}

/* Revenue Support Grant of 2027/28 falls from 26,900,000 to 26,800,000. */
static void one_changed_cell_is_one_part_of_just_that_size(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", "sed -i '/^F04/s/26900000/26800000/' mtfp.csv"));
  assert_int_equal(diff.bridge.n_parts, 1);
  assert_string_equal(diff.bridge.note[0], "changed F04");
  assert_pence_equal(share("Grants and other funding", M_GAP, 0), 0);
  assert_pence_equal(share("Grants and other funding", M_GAP, 1), 10000000);
  assert_pence_equal(share("Grants and other funding", M_GAP, 2), 0);
  assert_pence_equal(share("Grants and other funding", M_FUNDING, 1), -10000000);
}

static void half_a_million_less_in_the_general_fund_is_opening_balances(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", "sed -i '/^GF/s/13000000/12500000/' reserves.csv"));
  assert_int_equal(diff.bridge.n_parts, 1);
  assert_pence_equal(share("Reserves: opening balances", M_USABLE_CLOSING, 0), -50000000);
  assert_pence_equal(share("Reserves: opening balances", M_GAP, 4), 0);
}

/* 5% of the net budget after savings becomes 6%. */
static void another_minimum_is_the_policy_on_reserves(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", "sed -i 's/^minimum_percent,5/minimum_percent,6/' council.csv"));
  assert_int_equal(diff.bridge.n_parts, 1);
  assert_pence_equal(share("Reserves: minimum, floors, order", M_GAP, 0), 0);
  assert_true(share("Reserves: minimum, floors, order", M_MINIMUM, 0) > 0);
}

/* A movement of 1,000,000 out of the insurance reserve to pay for revenue in 2026/27. */
static void a_planned_use_is_planned_movements(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", "sed -i '/^R3,/s/8000000,,,,,,/8000000,,,,,-1000000,/' reserves.csv"));
  assert_int_equal(diff.bridge.n_parts, 1);
  assert_pence_equal(share("Reserves: planned movements", M_PLANNED_USE, 0), 100000000);
  assert_pence_equal(share("Reserves: planned movements", M_USABLE_CLOSING, 0), 100000000); /* so much less is drawn */
}

/* S1 is in place at half of 1,200,000 in 2026/27 and delivers 95%: at 85% it brings 60,000 less; later years 120,000.
 */
static void a_saving_that_delivers_less_is_savings(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", "sed -i '/^S1/s/,95,green/,85,green/' savings.csv"));
  assert_int_equal(diff.bridge.n_parts, 1);
  assert_pence_equal(share("Savings", M_GAP, 0), 6000000);
  assert_pence_equal(share("Savings", M_GAP, 4), 12000000);
}

static void a_label_is_no_difference(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", "sed -i 's/^E03,Contracts and other non-pay/E03,Contracts/' mtfp.csv"));
  assert_int_equal(diff.bridge.n_parts, 0);
  assert_int_equal(diff.n_idle, 0);
}

/* Delivered savings are so by their `delivery`: a driver that nothing follows moves nothing, and is told of apart. */
static void a_change_without_effect_is_named_and_is_no_part(void **state)
{
  (void)state;
  compare(edited("old", "sed -i '/^cpi/a spare,Spare,other,,,,1,1,1,1,1,,,' drivers.csv"),
          edited("new", "sed -i '/^cpi/a spare,Spare,other,,,,2,1,1,1,1,,,' drivers.csv"));
  assert_int_equal(diff.bridge.n_parts, 0);
  assert_int_equal(diff.n_idle, 1);
  assert_string_equal(diff.idle[0], "Drivers (changed spare)");
}

/* What it delivers is given, so the rating moves no figure; whoever reads what changed wants to know of it. */
static void a_saving_that_turned_red_is_named(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", "sed -i '/^S1/s/,95,green/,95,red/' savings.csv"));
  assert_int_equal(diff.bridge.n_parts, 0);
  assert_int_equal(diff.n_idle, 1);
  assert_string_equal(diff.idle[0], "Savings (changed S1)");
}

/* ---- two changes that meet ----------------------------------------------------------------------------- */

/* Employees: 86,000,000 growing by 3%, of which the vacancy factor takes 5%, so 95% counts.  A base of 87,000,000 and a
 * rise of 4% in 2026/27: the rise alone costs 860,000, the base alone 1,030,000, both together 1,900,000, 10,000 more
 * than apart: half of it each. */
static void two_changes_to_one_line_share_what_they_do_together(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", "sed -i '/^E01/s/86000000/87000000/; /^E02/s/-4300000/-4350000/' mtfp.csv "
                                           "&& sed -i '/^pay/s/,3.0,/,4.0,/' drivers.csv"));
  assert_int_equal(diff.bridge.n_parts, 2);
  assert_pence_equal(share("Drivers", M_GAP, 0), 82175000); /* 0.95 x 865,000 */
  assert_pence_equal(share("Pay", M_GAP, 0), 98325000);     /* 0.95 x 1,035,000 */
  assert_adds_up();
}

static void twenty_groups_that_change_still_add_up(void **state)
{
  (void)state;
  compare(edited("old", ""),
          edited("new",
                 "sed -i -e '/^E01/s/86000000/87000000/; /^E02/s/-4300000/-4350000/' -e '/^E03/s/40000000/41000000/' "
                 "-e '/^E04/s/64000000/63000000/' "
                 "-e '/^E07/s/2500000/2600000/' -e '/^E08/s/-26000000/-25000000/' -e '/^E09/s/9000000/9100000/' "
                 "-e '/^E10/s/8300000/8400000/' -e '/^E12/s/,3000000,3000000,/,2900000,2900000,/' -e "
                 "'/^E13/s/2300000/2400000/' "
                 "-e '/^F04/s/26900000/26800000/' -e '/^F01/s/101253600//' mtfp.csv && "
                 "sed -i '/^pay/s/,3.0,/,4.0,/' drivers.csv && sed -i '/^band_d/s/1845/1840/' council_tax.csv && "
                 "sed -i '/^income/s/90000000/91000000/' business_rates.csv && sed -i '/^GF/s/13000000/12500000/' "
                 "reserves.csv && "
                 "sed -i '/^S1/s/,95,green/,85,green/' savings.csv && sed -i 's/^minimum_percent,5/minimum_percent,6/' "
                 "council.csv"));
  assert_true(diff.coarse);
  assert_in_range(diff.bridge.n_parts, 9, MOST_EXACT);
  assert_adds_up();
  assert_memory_equal(diff.bridge.from.measure, old.baseline->measure, sizeof diff.bridge.from.measure);
  assert_memory_equal(diff.bridge.to.measure, new.baseline->measure, sizeof diff.bridge.to.measure);
}

/* ---- rows that moved ----------------------------------------------------------------------------------- */

#define BACKWARDS                                                                                                  \
  "for f in drivers reserves savings; do (head -n 1 $f.csv; tail -n +2 $f.csv | tac) > t && mv t $f.csv; done && " \
  "(head -n 1 mtfp.csv; tail -n +2 mtfp.csv | grep -v '^E0[256]' | tac; grep '^E0[256]' mtfp.csv) > t && mv t "    \
  "mtfp.csv"

static void rows_that_moved_are_no_difference(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", BACKWARDS));
  assert_int_equal(diff.bridge.n_parts, 0);
  assert_int_equal(diff.n_idle, 0);
}

static void a_change_among_rows_that_moved_is_the_same_change(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", "sed -i '/^E01/s/86000000/87000000/; /^E02/s/-4300000/-4350000/' mtfp.csv "
                                           "&& sed -i '/^pay/s/,3.0,/,4.0,/' drivers.csv && " BACKWARDS));
  assert_int_equal(diff.bridge.n_parts, 2);
  assert_pence_equal(share("Drivers", M_GAP, 0), 82175000);
  assert_pence_equal(share("Pay", M_GAP, 0), 98325000);
}

static void a_new_line_and_a_line_that_is_gone_are_named(void **state)
{
  (void)state;
  compare(edited("old", ""), edited("new", "sed -i -e '/^E09,/s/^E09,/E19,/' mtfp.csv"));
  assert_int_equal(diff.bridge.n_parts, 0);
  assert_int_equal(diff.n_idle, 1); /* the same levies by another name */
  assert_string_equal(diff.idle[0], "Levies (new E19; gone E09)");
}

/* ---- years --------------------------------------------------------------------------------------------- */

/* North Norfolk's general reserve: published to close 2012/13 at 1,628,947 in both papers, and 2013/14 at 1,428,947 and
 * 1,328,947. */
static void a_paper_of_the_year_after_is_compared_in_the_years_both_have(void **state)
{
  (void)state;
  compare(SOURCE_DIR "/datasets/north-norfolk-2011", SOURCE_DIR "/datasets/north-norfolk-2012");
  assert_int_equal(diff.plan.first_year, 2012);
  assert_int_equal(diff.plan.n_years, 3);
  assert_pence_equal(diff.bridge.from.measure[M_USABLE_CLOSING][0], 162894700);
  assert_pence_equal(diff.bridge.to.measure[M_USABLE_CLOSING][0], 162894700);
  assert_pence_equal(share("Reserves: planned movements", M_USABLE_CLOSING, 1), -10000000);
  assert_adds_up();
}

/* ---- what cannot be compared --------------------------------------------------------------------------- */

static void refused(const char *old_path, const char *new_path, const char *words)
{
  load(&old, old_path);
  load(&new, new_path);
  assert_int_equal(plan_diff(&old, &new, &diff, &error), STATUS_DATA);
  if (strstr(error.text, words) == NULL) {
    fail_msg("'%s' does not say '%s'", error.text, words);
  }
  assert_int_equal(diff.bridge.n_parts, 0);
}

static void two_classes_of_council_are_refused(void **state)
{
  (void)state;
  refused(edited("old", ""), edited("new", "sed -i 's/^class,unitary/class,metropolitan/' council.csv"),
          "class metropolitan");
}

static void two_councils_are_refused(void **state)
{
  (void)state;
  refused(edited("old", ""), edited("new", "sed -i 's/^ons_code,X06000001/ons_code,X06000002/' council.csv"),
          "X06000002");
}

static void a_budget_in_the_wrong_unit_is_refused(void **state)
{
  (void)state;
  refused(edited("old", ""),
          edited("new", "sed -i 's/^money,GBP/money,GBP thousand/' council.csv && sed -i -e '/^E02/s/-4300000//' "
                        "-e '/^E05/s/29000000//' -e '/^E06/s/6080000//' -e '/^F01/s/101253600//' "
                        "-e '/^F03/s/53000000//' mtfp.csv"),
          "council.csv");
}

static void years_apart_are_refused(void **state)
{
  (void)state;
  refused(edited("old", ""),
          edited("new",
                 "for y in 31 30 29 28 27 26 25; do sed -i \"1s,20$y/$((y + 1)),20$((y + 9))/$((y + 10)),g; "
                 "s,^first_year.20$y/$((y + 1)),first_year\\,20$((y + 9))/$((y + 10)),\" *.csv; done; "
                 "sed -i 's,2025/26,2034/35,g; s,2026/27,2035/36,g' mtfp.csv capital_receipts.csv; rm scenarios.csv"),
          "share no year");
}

static void a_folder_without_a_budget_is_refused_beside_one_with(void **state)
{
  (void)state;
  refused(
      edited(
          "old",
          "rm mtfp.csv council_tax.csv business_rates.csv scenarios.csv savings.csv drivers.csv capital_receipts.csv"),
      edited("new", ""), "no mtfp.csv");
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, clear_place)

int main(void)
{
  const struct CMUnitTest tests[] = {
    IN_PLACE(a_folder_and_itself_do_not_differ),
    IN_PLACE(one_changed_cell_is_one_part_of_just_that_size),
    IN_PLACE(half_a_million_less_in_the_general_fund_is_opening_balances),
    IN_PLACE(another_minimum_is_the_policy_on_reserves),
    IN_PLACE(a_planned_use_is_planned_movements),
    IN_PLACE(a_saving_that_delivers_less_is_savings),
    IN_PLACE(a_label_is_no_difference),
    IN_PLACE(a_change_without_effect_is_named_and_is_no_part),
    IN_PLACE(a_saving_that_turned_red_is_named),
    IN_PLACE(two_changes_to_one_line_share_what_they_do_together),
    IN_PLACE(twenty_groups_that_change_still_add_up),
    IN_PLACE(rows_that_moved_are_no_difference),
    IN_PLACE(a_change_among_rows_that_moved_is_the_same_change),
    IN_PLACE(a_new_line_and_a_line_that_is_gone_are_named),
    IN_PLACE(a_paper_of_the_year_after_is_compared_in_the_years_both_have),
    IN_PLACE(two_classes_of_council_are_refused),
    IN_PLACE(two_councils_are_refused),
    IN_PLACE(a_budget_in_the_wrong_unit_is_refused),
    IN_PLACE(years_apart_are_refused),
    IN_PLACE(a_folder_without_a_budget_is_refused_beside_one_with),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
