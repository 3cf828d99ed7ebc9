/* test_page_basis.c: whose a row of figures is, said by year, and what a grown figure stands on. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "report/page/inside.h"

#define P BASIS_PUBLISHED
#define D BASIS_DERIVED
#define I BASIS_ILLUSTRATIVE

static void assert_words(int n_years, const enum basis *basis, const char *expected)
{
  const struct plan plan = { .first_year = 2023, .n_years = n_years };
  struct text said = { 0 };
  basis_words(&said, &plan, basis);
  assert_string_equal(text_str(&said), expected);
  text_fini(&said);
}

static void a_row_is_said_by_year_where_years_differ(void **state)
{
  (void)state;
  assert_words(4, (enum basis[]){ P, P, P, P }, "published");
  assert_words(4, (enum basis[]){ P, P, P, I }, "published, but 2026/27 illustrative");
  assert_words(5, (enum basis[]){ I, I, P, D, I }, "illustrative, but 2025/26 published; 2026/27 derived");
  assert_words(5, (enum basis[]){ P, P, I, I, I }, "illustrative, but 2023/24 and 2024/25 published");
  assert_words(7, (enum basis[]){ I, P, P, P, I, I, I }, "illustrative, but 2024/25 to 2026/27 published");
  assert_words(5, (enum basis[]){ P, I, I, I, P }, "illustrative, but 2023/24 published; 2027/28 published");
  assert_words(2, (enum basis[]){ P, I }, "illustrative, but 2023/24 published"); /* of as many, the weakest */
}

/* Band D of two published years and one that a rise builds; equivalents grown from a published base. */
static void a_grown_figure_is_as_good_as_what_it_stands_on(void **state)
{
  (void)state;
  static const int grows[] = { 1 };
  struct driver driver[] = { { .follows = -1, .origin = { { .basis = P }, { .basis = P }, { .basis = I } } },
                             { .follows = 0, .origin = { { .basis = P }, { .basis = P }, { .basis = P } } } };
  struct plan plan = { .n_years = 3, .n_drivers = 2, .driver = driver };
  struct series *band_d = &plan.term[TERM_BAND_D].series, *rise = &plan.term[TERM_CORE_RISE].series;
  *band_d = (struct series){ .filled = { true, true }, .origin = { { .basis = P }, { .basis = P }, { .basis = P } } };
  *rise =
      (struct series){ .filled = { true, true, true }, .origin = { { .basis = P }, { .basis = P }, { .basis = P } } };
  assert_int_equal(basis_of_series(&plan, band_d, 1), P);
  assert_int_equal(basis_of_series(&plan, band_d, 2), D); /* nowhere printed */
  rise->origin[2].basis = I;
  assert_int_equal(basis_of_series(&plan, band_d, 2), I);
  rise->origin[2].basis = P;
  band_d->origin[2].basis = I; /* what basis.csv says of the blank cell */
  assert_int_equal(basis_of_series(&plan, band_d, 2), I);

  const struct series grown = { .has_base = true, .base_origin = { .basis = P }, .n_drivers = 1, .driver = grows };
  assert_int_equal(basis_of_series(&plan, &grown, 1), D);
  assert_int_equal(basis_of_series(&plan, &grown, 2), I); /* what its driver follows is illustrative then */
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_row_is_said_by_year_where_years_differ),
    cmocka_unit_test(a_grown_figure_is_as_good_as_what_it_stands_on),
  };
  return cmocka_run_group_tests_name("page basis", tests, NULL, NULL);
}
