/* test_lines.c: from the cells of a folder to amounts: each form of line, by hand (format.md sections 1 to 5). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "malformed.h"
#include "support.h"

#include <string.h>

/* A small council: CPI is 2.5, 2 and 2 per cent. */
static const char council[] =
    "key,value\nname,Anytown\nclass,other\nmoney,GBP\nsigns,budget\nfirst_year,2026/27\nyears,3\nprice_basis,cash\n"
    "minimum_amount,100\n";
static const char drivers[] = "id,class,2026/27,2027/28,2028/29\ncpi,price,2.5,2,2\nrpi,price,1,1,1\n";
static const char reserves[] = "id,class,opening\ngf,general_fund,1000\n";
static const char header[] = "id,class,recurrence,form,part,drivers,of,last_year,2025/26,2026/27,2027/28,2028/29\n";

struct council_files {
  const char *council, *drivers, *mtfp, *council_tax;
};

static enum status load(struct folder *folder, struct council_files given)
{
  struct text mtfp = { 0 };
  struct memory_file files[5] = { { "council.csv", council, strlen(council) },
                                  { "reserves.csv", reserves, strlen(reserves) } };
  int n = 2;
  if (given.council != NULL) {
    files[0] = (struct memory_file){ "council.csv", given.council, strlen(given.council) };
  }
  if (given.mtfp != NULL) {
    text_add(&mtfp, header);
    text_add(&mtfp, given.mtfp);
    files[n++] = (struct memory_file){ "mtfp.csv", mtfp.at, mtfp.length };
    files[n++] = (struct memory_file){ "drivers.csv", drivers, strlen(drivers) };
  }
  if (given.council_tax != NULL) {
    files[n++] = (struct memory_file){ "council_tax.csv", given.council_tax, strlen(given.council_tax) };
  }
  const enum status status = folder_load_memory(folder, files, n, NULL, NULL);
  text_fini(&mtfp);
  for (size_t i = 0; status != STATUS_OK && i < folder->findings.count; i++) {
    print_error("%s:%d %s\n", folder->findings.item[i].place.file, folder->findings.item[i].place.line,
                folder->findings.item[i].text);
  }
  return status;
}

/* The first line's amounts, in pounds. */
static void assert_first_line(const char *mtfp, double first, double second, double third)
{
  struct folder folder;
  assert_int_equal(load(&folder, (struct council_files){ .mtfp = mtfp }), STATUS_OK);
  const pence *amount = folder.baseline->line[0].amount;
  assert_close(gbp_from_pence(amount[0]), first, 0.0);
  assert_close(gbp_from_pence(amount[1]), second, 0.0);
  assert_close(gbp_from_pence(amount[2]), third, 0.0);
  folder_fini(&folder);
}

static void level_comes_back_to_the_penny(void **state)
{
  (void)state;
  assert_first_line("a,other,recurring,level,,cpi,,,100,100.01,205.25,99.99\n", 100.01, 205.25, 99.99);
}

/* 100 + 10, + 20, + 30. */
static void change_accumulates_on_its_base(void **state)
{
  (void)state;
  assert_first_line("a,other,recurring,change,,,,,100,10,20,30\n", 110, 130, 160);
}

static void one_off_change_accumulates_on_its_base(void **state)
{
  (void)state;
  assert_first_line("a,pressure,one_off,change,,,,,100,10,20,-130\n", 110, 130, 0);
}

/* 1000 x 1.025 = 1025, + 5; 1030 x 1.02 = 1050.6, to 1051; 1051 x 1.02 = 1072.02, to 1072, - 3. */
static void roll_grows_rounds_then_steps(void **state)
{
  (void)state;
  assert_first_line("a,other,recurring,roll,,cpi,,,1000,5,,-3\n", 1030, 1051, 1069);
}

/* 1000 x 1.025 x 1.01 = 1035.25, to 1035; 1035 x 1.02 x 1.01 = 1066.257, to 1066; 1066 x 1.0302 = 1098.1932, to 1098.
 */
static void drivers_are_multiplied(void **state)
{
  (void)state;
  assert_first_line("a,other,recurring,roll,,cpi rpi,,,1000,,,\n", 1035, 1066, 1098);
}

static void roll_is_nothing_after_its_last_year(void **state)
{
  (void)state;
  assert_first_line("a,other,recurring,roll,,,,2027/28,1000,,,\n", 1000, 1000, 0);
}

static void level_may_be_blank_after_its_last_year(void **state)
{
  (void)state;
  assert_first_line("a,other,recurring,level,,,,2026/27,1000,900,,\n", 900, 0, 0);
}

/* Unit cost 102.50, 104.55, then 106.641 to 106.64; ten of them: 1025, 1045.50 to 1046, 1066.40 to 1066. */
static void units_are_number_times_cost_grown_to_the_penny(void **state)
{
  (void)state;
  assert_first_line("a,care,recurring,units,,,,,,,,\na,,,,number,,,,,10,10,10\na,,,,unit_cost,cpi,,,100.00,,,\n", 1025,
                    1046, 1066);
}

/* A filled year replaces growth, and what follows grows from it: 200.00, then 204.00 and 208.08. */
static void filled_unit_cost_is_grown_from(void **state)
{
  (void)state;
  assert_first_line("a,care,recurring,units,,,,,,,,\na,,,,number,,,,,1,1,1\na,,,,unit_cost,cpi,,,100.00,200,,\n", 200,
                    204, 208);
}

/* -5 per cent of 1000, 1051 and 1069 as printed: 50, 52.55 to 53, 53.45 to 53. */
static void share_with_a_minus_is_a_reduction(void **state)
{
  (void)state;
  assert_first_line(
      "v,pay,recurring,share,,,p,,,,,\nv,,,,percent,,,,,-5,-5,-5\np,pay,recurring,level,,,,,,1000,1051,1069\n", -50,
      -53, -53);
}

/* Funding is printed with a plus under budget signs and is negative inside; its own percentage is of its own sign. */
static void share_of_funding_keeps_the_sign_of_its_class(void **state)
{
  (void)state;
  assert_first_line(
      "s,grant,recurring,share,,,g,,,,,\ns,,,,percent,,,,,10,10,10\ng,grant,recurring,level,,,,,,1000,2000,3000\n",
      -100, -200, -300);
}

/* R10: 1000, 1000 + 500, 1000. */
static void one_off_part_leaves_the_next_base_alone(void **state)
{
  (void)state;
  assert_first_line("a,other,recurring,roll,,,,,1000,,,\na,,,,one_off,,,,,,500,\n", 1000, 1500, 1000);
}

static void blank_rows_of_a_part_stand_for_nothing(void **state)
{
  (void)state;
  assert_first_line("a,other,recurring,roll,,,,,1000,,,\n,,,,,,,,,,,\na,,,,one_off,,,,,,500,\n", 1000, 1500, 1000);
}

/* Where growth is 2.5 per cent and there is no base, 1025 stood on 1000. */
static void base_of_a_level_line_is_worked_back(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(load(&folder, (struct council_files){ .mtfp = "a,other,recurring,level,,cpi,,,,1025,1100,1200\n" }),
                   STATUS_OK);
  assert_close(folder.plan.line[0].amount.base, 1000.0, 0.0);
  folder_fini(&folder);
}

/* ---- units of money and the folder without a plan ------------------------------------------------------ */

/* format.md: 280.117 in GBP million comes to whole pence. */
static void millions_are_read_to_the_penny(void **state)
{
  static const char millions[] =
      "key,value\nname,Anytown\nclass,other\nmoney,GBP million\nsigns,budget\nfirst_year,2026/27\nyears,3\n"
      "price_basis,cash\nminimum_amount,280.117\n";
  struct folder folder;
  (void)state;
  assert_int_equal(load(&folder, (struct council_files){ .council = millions }), STATUS_OK);
  assert_close(folder.plan.minimum_amount[0], 280117000.0, 0.0);
  folder_fini(&folder);
}

static void minimum_may_be_given_by_year(void **state)
{
  static const char by_year[] =
      "key,value,2026/27,2027/28,2028/29\nname,Anytown,,,\nclass,other,,,\nmoney,GBP thousand,,,\nsigns,budget,,,\n"
      "first_year,2026/27,,,\nyears,3,,,\nprice_basis,cash,,,\nminimum_amount,,10,20,30\n";
  struct folder folder;
  (void)state;
  assert_int_equal(load(&folder, (struct council_files){ .council = by_year }), STATUS_OK);
  assert_close(folder.plan.minimum_amount[0], 10000.0, 0.0);
  assert_close(folder.plan.minimum_amount[2], 30000.0, 0.0);
  folder_fini(&folder);
}

static void reserves_alone_make_a_folder(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(load(&folder, (struct council_files){ 0 }), STATUS_OK);
  assert_false(folder.plan.has_mtfp);
  assert_pence_equal(folder.baseline->reserve[0].closing[2], 100000);
  folder_fini(&folder);
}

/* ---- council tax --------------------------------------------------------------------------------------- */

static const char tax_line[] = "t,council_tax,recurring,council_tax,,,,,,,,\n";

/* 1000.05 x 2.99 per cent is 29.901495, to 29.90; x 2 per cent is 20.001, to 20.00: 1049.95.  Tax base 98 per cent of
 * 1000 is 980. */
static void band_d_rises_are_each_rounded_to_the_penny(void **state)
{
  static const char terms[] =
      "term,2025/26,2026/27,2027/28,2028/29\nband_d,1000.05,,,\ncore_rise,,2.99,0,0\nasc_rise,,2,0,0\n"
      "equivalents,,1000,1000,1000\ncollection,,98,98,98\n";
  struct folder folder;
  (void)state;
  assert_int_equal(load(&folder, (struct council_files){ .mtfp = tax_line, .council_tax = terms }), STATUS_OK);
  assert_close(folder.plan.term[TERM_BAND_D].series.path[0], 1049.95, 1e-9);
  assert_pence_equal(folder.baseline->line[0].amount[0], -102895100); /* 1049.95 x 980 = 1,028,951 */
  folder_fini(&folder);
}

/* The base after collection needs no rate, and no base year when the first Band D is the published one. */
static void tax_base_stands_without_collection(void **state)
{
  static const char terms[] =
      "term,2026/27,2027/28,2028/29\nband_d,100.00,100.00,100.00\ntax_base,1000.5,1000.5,1000.5\n";
  struct folder folder;
  (void)state;
  assert_int_equal(load(&folder, (struct council_files){ .mtfp = tax_line, .council_tax = terms }), STATUS_OK);
  assert_pence_equal(folder.baseline->line[0].amount[1], -10005000); /* 100 x 1000.5 */
  folder_fini(&folder);
}

/* Class `other` has no referendum limit of its own. */
static void other_councils_have_no_referendum_limit(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(load(&folder, (struct council_files){ 0 }), STATUS_OK);
  assert_close(folder.plan.term[TERM_LIMIT].series.cell[0], 0.0, 0.0);
  folder_fini(&folder);
}

/* ---- where a figure is from ---------------------------------------------------------------------------- */

/* Nothing is marked, so everything is illustrative. */
static void what_is_not_marked_is_illustrative(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(load(&folder, (struct council_files){ .mtfp = "a,other,recurring,level,,,,,,1,2,3\n" }), STATUS_OK);
  assert_close(folder.plan.illustrative_share, 1.0, 0.0);
  folder_fini(&folder);
}

static void origin_of_a_cell_is_its_place(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(load(&folder, (struct council_files){ .mtfp = "a,other,recurring,level,,,,,,1,2,3\n" }), STATUS_OK);
  const struct origin *origin = &folder.plan.line[0].amount.origin[1];
  assert_string_equal(origin->file, "mtfp.csv");
  assert_int_equal(origin->line, 2);
  assert_int_equal(origin->column, 32); /* "a,other,recurring,level,,,,,,1," has 31 characters */
  folder_fini(&folder);
}

int main(void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test(level_comes_back_to_the_penny),
    cmocka_unit_test(change_accumulates_on_its_base),
    cmocka_unit_test(one_off_change_accumulates_on_its_base),
    cmocka_unit_test(roll_grows_rounds_then_steps),
    cmocka_unit_test(drivers_are_multiplied),
    cmocka_unit_test(roll_is_nothing_after_its_last_year),
    cmocka_unit_test(level_may_be_blank_after_its_last_year),
    cmocka_unit_test(units_are_number_times_cost_grown_to_the_penny),
    cmocka_unit_test(filled_unit_cost_is_grown_from),
    cmocka_unit_test(share_with_a_minus_is_a_reduction),
    cmocka_unit_test(share_of_funding_keeps_the_sign_of_its_class),
    cmocka_unit_test(one_off_part_leaves_the_next_base_alone),
    cmocka_unit_test(blank_rows_of_a_part_stand_for_nothing),
    cmocka_unit_test(base_of_a_level_line_is_worked_back),
    cmocka_unit_test(millions_are_read_to_the_penny),
    cmocka_unit_test(minimum_may_be_given_by_year),
    cmocka_unit_test(reserves_alone_make_a_folder),
    cmocka_unit_test(band_d_rises_are_each_rounded_to_the_penny),
    cmocka_unit_test(tax_base_stands_without_collection),
    cmocka_unit_test(other_councils_have_no_referendum_limit),
    cmocka_unit_test(what_is_not_marked_is_illustrative),
    cmocka_unit_test(origin_of_a_cell_is_its_place),
  };
  return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
