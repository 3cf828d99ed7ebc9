/* test_stress_moves.c: what `stress` moves and prices in small folders, each figure worked out by hand beside it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"
#include "stress/steps.h"

enum { YEARS = 4 };

static char folder[64];

static void open_council(const char *lines)
{
  strcpy(folder, "/tmp/headroom-moves-XXXXXX");
  assert_non_null(mkdtemp(folder));
  write_file(folder, "council.csv",
             "key,value\nname,Test\nclass,unitary\nmoney,GBP\nsigns,budget\nfirst_year,2026/27\nyears,4\n"
             "price_basis,cash\nminimum_amount,1000000\n");
  write_file(folder, "reserves.csv", "id,label,class,opening\ngf,General Fund,general_fund,50000000\n");
  write_file(folder, "mtfp.csv", lines);
}

static json_t *stressed(void)
{
  char arguments[128];
  snprintf(arguments, sizeof arguments, "stress %s", folder);
  return json_of(arguments);
}

static void close_council(json_t *root)
{
  json_decref(root);
  remove_folder(folder);
}

static const json_t *found(const json_t *root, const char *table, const char *label)
{
  size_t i;
  json_t *item;
  json_array_foreach(json_object_get(root, table), i, item)
  {
    if (strcmp(json_string_value(json_object_get(item, "label")), label) == 0) {
      return item;
    }
  }
  return NULL;
}

/* What it adds to the gap of each year, in pounds. */
static void assert_adds(const json_t *root, const char *table, const char *label, const double expected[YEARS])
{
  const json_t *item = found(root, table, label);
  if (item == NULL) {
    fail_msg("no %s called %s", table, label);
  }
  const json_t *at = strcmp(table, "moves") == 0 ? json_object_get(item, "at_one_step") : item;
  for (size_t y = 0; y < YEARS; y++) {
    const double added = (double)(figure(at, "gap", y) - figure(json_object_get(root, "plan"), "gap", y)) / 100.0;
    if (added < expected[y] - 1.0 || added > expected[y] + 1.0) {
      fail_msg("%s, year %d: %.2f, by hand %.2f", label, (int)y + 1, added, expected[y]);
    }
  }
}

#define ASSERT_ADDS(root, table, label, ...) assert_adds(root, table, label, (const double[YEARS]){ __VA_ARGS__ })

/* ---- drivers that follow, and children ----------------------------------------------------------------- */

static const char pay_and_children[] =
    "id,label,class,recurrence,form,part,drivers,2025/26,2026/27,2027/28,2028/29,2029/30,tags\n"
    "s1,Staff,pay,recurring,roll,,pay,50000000,0,0,0,0,\n"
    "s2,Teachers,pay,recurring,roll,,pay2,10000000,0,0,0,0,\n"
    "fo,Fostering,care,recurring,units,,,,,,,,children fostering\n"
    "fo,,,,,number,,300,300,300,300,300,\n"
    "fo,,,,,unit_cost,uc,30000,,,,,\n"
    "re,Residential,care,recurring,units,,,,,,,,%s\n"
    "re,,,,,number,,30,30,30,30,30,\n"
    "re,,,,,unit_cost,uc,300000,,,,,\n"
    "grant,Grant,grant,recurring,level,,,78000000,82000000,86000000,88000000,90000000,\n";

static void open_pay_and_children(const char *tags)
{
  char *lines = NULL;
  assert_true(asprintf(&lines, pay_and_children, tags) > 0);
  open_council(lines);
  free(lines);
  write_file(folder, "drivers.csv",
             "id,label,class,follows,2026/27,2027/28,2028/29,2029/30\npay,Pay,pay,,3,3,3,3\n"
             "pay2,Teachers,pay,pay,0,0,0,0\nuc,Cost,unit_cost,,0,0,0,0\n");
}

/* 60m x (1.04^n - 1.03^n): 600,000, then 1,242,000, 1,928,220 and 2,660,985. */
static void a_driver_that_follows_is_moved_once(void **state)
{
  (void)state;
  open_pay_and_children("children residential");
  json_t *root = stressed();
  ASSERT_ADDS(root, "prices", "1 point on pay, every year", 600000, 1242000, 1928220, 2660985);
  close_council(root);
}

/* A place in residential care is 300,000, a foster place 30,000. */
static void a_child_in_residential_care_is_one_child(void **state)
{
  (void)state;
  open_pay_and_children("children residential");
  json_t *root = stressed();
  ASSERT_ADDS(root, "prices", "One more child in residential care", 300000, 300000, 300000, 300000);
  assert_null(found(root, "prices", "One more child: Fostering"));
  close_council(root);
}

static void each_line_of_children_has_its_own_price_where_none_is_residential(void **state)
{
  (void)state;
  open_pay_and_children("children");
  json_t *root = stressed();
  ASSERT_ADDS(root, "prices", "One more child: Fostering", 30000, 30000, 30000, 30000);
  ASSERT_ADDS(root, "prices", "One more child: Residential", 300000, 300000, 300000, 300000);
  close_council(root);
}

/* ---- money in hand ------------------------------------------------------------------------------------- */

/* Of 5m delivered and 1m planned from the second year at 70%, six months late delay 350,000 and ten points less lose
 * 100,000 a year; a receipt that has come does not fall. */
static void what_is_in_hand_is_not_moved(void **state)
{
  (void)state;
  open_council("id,label,class,recurrence,form,2026/27,2027/28,2028/29,2029/30\n"
               "spend,Spend,other,recurring,level,100000000,101000000,102000000,103000000\n"
               "grant,Grant,grant,recurring,level,99000000,99000000,99000000,99000000\n");
  write_file(folder, "savings.csv",
             "id,label,line,recurrence,phasing,2026/27,2027/28,2028/29,2029/30,delivery,rag,maturity\n"
             "a,Done,spend,recurring,amount_in_place,5000000,5000000,5000000,5000000,100,delivered,delivered\n"
             "b,New,spend,recurring,amount_in_place,0,1000000,1000000,1000000,70,amber,approved\n");
  write_file(folder, "capital_receipts.csv",
             "id,asset,year,amount,certainty,eligible,to_debt,to_avoid,to_flexible,life,rate,method,interest,in_plan\n"
             "a,A,2026/27,10000000,received,yes,100,0,0,25,4.5,straight,level,no\n");
  json_t *root = stressed();
  ASSERT_ADDS(root, "moves", "Savings late", 0, 350000, 0, 0);
  ASSERT_ADDS(root, "moves", "Savings delivered", 0, 100000, 100000, 100000);
  ASSERT_ADDS(root, "moves", "Capital receipts", 0, 0, 0, 0);
  ASSERT_ADDS(root, "prices", "1 point less of savings delivered", 0, 10000, 10000, 10000);
  assert_int_equal(json_array_size(json_object_get(root, "savings")), 1);
  close_council(root);
}

/* ---- lines without a driver ---------------------------------------------------------------------------- */

/* Staff: 60m x 1.01 is 600,000 more, then 60.6m x 1.01 + 1m is 1,206,000 more, and so on.  Contracts and energy move
 * together: 1% of 22m.  Council tax: half of 1% of 50m, then 49.75m x 0.995 + 1m is 498,750 less than 51m, and so on.
 */
static void lines_without_a_driver_are_moved_by_class(void **state)
{
  (void)state;
  open_council("id,label,class,recurrence,form,2026/27,2027/28,2028/29,2029/30\n"
               "staff,Staff,pay,recurring,level,60000000,61000000,62000000,63000000\n"
               "ct,Contracts,contract,recurring,level,20000000,20000000,20000000,20000000\n"
               "en,Energy,contract,recurring,level,2000000,2000000,2000000,2000000\n"
               "mrp,MRP,mrp,recurring,level,3000000,3000000,3000000,3000000\n"
               "tax,Council tax,council_tax,recurring,level,50000000,51000000,52000000,53000000\n"
               "grant,Grant,grant,recurring,level,34000000,34000000,34000000,34000000\n");
  json_t *root = stressed();
  ASSERT_ADDS(root, "moves", "Staff", 600000, 1206000, 1828060, 2466341);
  ASSERT_ADDS(root, "moves", "Contracts and running costs", 220000, 442200, 666622, 893288);
  ASSERT_ADDS(root, "moves", "Council tax rise", 250000, 498750, 751256, 1007500);
  ASSERT_ADDS(root, "prices", "1% less council tax, every year", 500000, 510000, 520000, 530000);
  ASSERT_ADDS(root, "prices", "1 point on pay, every year", 600000, 1206000, 1828060, 2466341);
  const json_t *left = json_object_get(root, "not_moved");
  assert_int_equal(json_array_size(left), 1);
  assert_string_equal(json_string_value(json_object_get(json_array_get(left, 0), "id")), "mrp");
  close_council(root);
}

/* Numbers times unit cost, both given by year: 100 x 10,000 grows by 1% a year, 1.0201 in the second. */
static void a_counted_line_without_a_driver_becomes_dearer(void **state)
{
  (void)state;
  open_council("id,label,class,recurrence,form,part,2026/27,2027/28,2028/29,2029/30\n"
               "t,Households,demand,recurring,units,,,,,\nt,,,,,number,100,100,100,100\n"
               "t,,,,,unit_cost,10000,10000,10000,10000\n"
               "grant,Grant,grant,recurring,level,,1000000,1000000,1000000,1000000\n");
  json_t *root = stressed();
  ASSERT_ADDS(root, "moves", "Households", 10000, 20100, 30301, 40604);
  close_council(root);
}

/* ---- loans --------------------------------------------------------------------------------------------- */

/* 10m taken in the first year pays interest from the second, 10m at variable rates from the first, 20m renewed in the
 * second from then on: a point on each is a hundredth of it. */
static void new_loans_and_other_debt_are_priced_apart(void **state)
{
  (void)state;
  open_council("id,label,class,recurrence,form,2026/27,2027/28,2028/29,2029/30\n"
               "spend,Spend,other,recurring,level,100000000,101000000,102000000,103000000\n"
               "grant,Grant,grant,recurring,level,99000000,99000000,99000000,99000000\n");
  write_file(folder, "borrowing.csv",
             "id,label,kind,year,amount,life,rate,method,interest,old_rate,in_plan\n"
             "n,New,new,2026/27,10000000,25,5,straight,level,,no\n"
             "r,Ref,refinance,2027/28,20000000,,5,,,2,no\nv,Var,variable,2026/27,10000000,,5,,,,yes\n");
  json_t *root = stressed();
  ASSERT_ADDS(root, "prices", "1 point on new loans", 0, 100000, 100000, 100000);
  ASSERT_ADDS(root, "prices", "1 point on variable and refinanced debt", 100000, 300000, 300000, 300000);
  ASSERT_ADDS(root, "moves", "Interest on new loans", 0, 50000, 50000, 50000);
  ASSERT_ADDS(root, "moves", "Interest on variable and refinanced debt", 50000, 150000, 150000, 150000);
  close_council(root);
}

/* ---- standard deviations ------------------------------------------------------------------------------- */

/* The standard deviation that a row of presets says: its own, or that of a PERT of low, mode and high. */
static double sd_of_row(const char *row)
{
  char input[64], distribution[16], sd[16] = "", low[16] = "", mode[16] = "", high[16] = "";
  (void)sscanf(row, "%63[^,],%15[^,],%15[0-9.]", input, distribution, sd);
  if (strcmp(distribution, "pert") != 0) {
    return atof(sd);
  }
  assert_int_equal(sscanf(row, "%63[^,],%15[^,],,%15[^,],%15[^,],%15[^,]", input, distribution, low, mode, high), 5);
  const double mean = (atof(low) + 4.0 * atof(mode) + atof(high)) / 6.0;
  return sqrt((mean - atof(low)) * (atof(high) - mean) / 7.0);
}

static void expect_sd(const char *presets, const char *input, double sd)
{
  char begins[64];
  snprintf(begins, sizeof begins, "\n%s,", input);
  const char *row = strstr(presets, begins);
  assert_non_null(row);
  if (fabs(sd_of_row(row + 1) - sd) > 0.0006) {
    print_message("%s: %.3f in the presets, %.3f here\n", input, sd_of_row(row + 1), sd);
  }
  assert_true(fabs(sd_of_row(row + 1) - sd) <= 0.0006);
}

static void standard_deviations_are_those_of_the_presets(void **state)
{
  (void)state;
  static char presets[1 << 16];
  FILE *file = fopen(SOURCE_DIR "/datasets/presets/uncertainty.csv", "r");
  assert_non_null(file);
  presets[fread(presets, 1, sizeof presets - 1, file)] = '\0';
  fclose(file);
  for (int c = 0; c < N_DRIVER_CLASSES; c++) {
    char input[48];
    snprintf(input, sizeof input, "driver:class=%s.value", driver_class_names[c]);
    expect_sd(presets, input, step_of_class((enum driver_class)c)->sd);
  }
  expect_sd(presets, "receipt:*.amount", 6.339);
  expect_sd(presets, "term:council_tax.collection", 0.4);
  expect_sd(presets, "borrowing:*.rate", 0.5);
}

/* Contracts move by a point a step, two standard deviations of half a point. */
static void a_distance_is_told_in_standard_deviations(void **state)
{
  (void)state;
  json_t *root = json_of("stress " SOURCE_DIR "/datasets/saltmere");
  const json_t *pay = json_object_get(json_object_get(found(root, "moves", "Pay award"), "reverse"), "first_unfunded");
  assert_true(fabs(json_number_value(json_object_get(pay, "standard_deviations")) -
                   json_number_value(json_object_get(pay, "steps"))) < 1e-12);
  const json_t *late =
      json_object_get(json_object_get(found(root, "moves", "Savings late"), "reverse"), "first_unfunded");
  assert_true(late == NULL || json_is_null(late) || json_is_null(json_object_get(late, "standard_deviations")));
  json_decref(root);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_driver_that_follows_is_moved_once),
    cmocka_unit_test(a_child_in_residential_care_is_one_child),
    cmocka_unit_test(each_line_of_children_has_its_own_price_where_none_is_residential),
    cmocka_unit_test(what_is_in_hand_is_not_moved),
    cmocka_unit_test(lines_without_a_driver_are_moved_by_class),
    cmocka_unit_test(a_counted_line_without_a_driver_becomes_dearer),
    cmocka_unit_test(new_loans_and_other_debt_are_priced_apart),
    cmocka_unit_test(standard_deviations_are_those_of_the_presets),
    cmocka_unit_test(a_distance_is_told_in_standard_deviations),
  };
  return cmocka_run_group_tests_name("stress moves", tests, NULL, NULL);
}
