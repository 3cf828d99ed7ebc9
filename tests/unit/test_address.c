/* test_address.c: which inputs an address means, and what is said when it means none. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_plan.h"

static struct folder folder;

static int open_folder(void **state)
{
  (void)state;
  small_folder(&folder);
  return 0;
}

static int close_folder(void **state)
{
  (void)state;
  arena_fini(&folder.arena);
  return 0;
}

/* The addresses that match, with spaces between. */
static void means(const char *address, const char *expected)
{
  struct input_list list;
  struct text all = { 0 };
  const char *wrong = inputs_match(&folder.plan, address, true, &folder.arena, &list);
  if (wrong != NULL) {
    fail_msg("%s", wrong);
  }
  for (int i = 0; i < list.count; i++) {
    text_printf(&all, "%s%s", i > 0 ? " " : "", input_address(&folder.plan, list.input[i], &folder.arena));
  }
  assert_string_equal(text_str(&all), expected);
  text_fini(&all);
}

static void means_nothing(const char *address, const char *expected)
{
  struct input_list list;
  assert_string_equal(inputs_match(&folder.plan, address, true, &folder.arena, &list), expected);
}

static void an_id_is_one_row(void **state)
{
  (void)state;
  means("line:E05.number", "line:E05.number");
}

static void a_column_chooses_rows(void **state)
{
  (void)state;
  means("driver:class=pay.value", "driver:pay.value driver:pay_fire.value");
}

static void a_column_that_differs_chooses_the_others(void **state)
{
  (void)state;
  means("driver:class!=pay.value", "driver:cpi.value");
}

static void a_star_is_every_row_in_plan_order(void **state)
{
  (void)state;
  means("saving:*.delivery", "saving:S1.delivery saving:S2.delivery");
}

static void a_rag_chooses_savings(void **state)
{
  (void)state;
  means("saving:rag=amber.months_late", "saving:S1.months_late");
}

static void a_tag_chooses_lines(void **state)
{
  (void)state;
  means("line:tag=staff.rate", "line:E01.rate");
}

static void a_driver_chooses_the_lines_that_it_moves(void **state)
{
  (void)state;
  means("line:driver=pay.step", "line:E01.step");
}

static void a_label_may_hold_spaces_and_points(void **state)
{
  (void)state;
  means("receipt:asset=Land at the station.to_debt", "receipt:land.to_debt");
}

/* Only E05 is units: the other four lines have no number to change. */
static void a_star_leaves_out_lines_without_the_field(void **state)
{
  (void)state;
  means("line:*.number", "line:E05.number");
}

static void a_one_off_line_has_no_rate(void **state)
{
  (void)state;
  means("line:*.rate", "line:E01.rate line:E10.rate line:F01.rate");
}

static void a_wrong_id_gets_the_nearest(void **state)
{
  (void)state;
  means_nothing("line:E5.number", "there is no line 'E5'; did you mean 'E05'?");
}

static void a_wrong_field_gets_the_nearest(void **state)
{
  (void)state;
  means_nothing("line:E05.nummber", "a line has no 'nummber'; did you mean 'number'?");
}

static void a_field_of_another_table_gets_the_list(void **state)
{
  (void)state;
  means_nothing("reserve:gf.opening", "a reserve has no 'opening'; it has planned, floor");
}

static void a_wrong_table_gets_the_nearest(void **state)
{
  (void)state;
  means_nothing("lines:E05.number", "there is no table 'lines'; did you mean 'line'?");
}

static void a_field_that_the_form_lacks_names_the_form(void **state)
{
  (void)state;
  means_nothing("line:E01.number", "line E01 has no number: its form is roll");
}

static void a_wrong_column_gets_the_nearest(void **state)
{
  (void)state;
  means_nothing("driver:clas=pay.value", "drivers.csv cannot be told apart by 'clas'; did you mean 'class'?");
}

static void a_wrong_word_of_a_column_gets_the_nearest(void **state)
{
  (void)state;
  means_nothing("driver:class=prise.value", "no driver has class=prise; did you mean 'price'?");
}

static void a_tag_that_nothing_has_is_said(void **state)
{
  (void)state;
  means_nothing("line:tag=energy.rate", "no line has tag=energy");
}

static void a_term_of_a_file_that_is_not_there_is_said(void **state)
{
  (void)state;
  means_nothing("term:council_tax.core_rise", "the plan has no core_rise in council_tax.csv");
}

static void a_wrong_term_gets_the_nearest(void **state)
{
  (void)state;
  means_nothing("term:council_tax.collecton", "council_tax.csv has no term 'collecton'; did you mean 'collection'?");
}

static void what_is_no_address_is_shown_one(void **state)
{
  (void)state;
  means_nothing("E05", "'E05' is not an address; one looks like line:E05.number or driver:class=pay.value");
}

static void nothing_is_fine_when_it_is_not_needed(void **state)
{
  (void)state;
  struct input_list list;
  assert_null(inputs_match(&folder.plan, "line:tag=energy.rate", false, &folder.arena, &list));
  assert_int_equal(list.count, 0);
}

static void the_words_of_a_row_come_by_key(void **state)
{
  (void)state;
  const int input = small_input(&folder.plan, "saving:S1.delivery", &folder.arena);
  assert_string_equal(input_text(&folder.plan, input, "rag"), "amber");
}

static void a_blank_word_is_none(void **state)
{
  (void)state;
  const int input = small_input(&folder.plan, "saving:S1.delivery", &folder.arena);
  assert_null(input_text(&folder.plan, input, "owner"));
}

/* ---- in words ------------------------------------------------------------------------------------------ */

static void says(const char *address, const char *expected)
{
  struct text words = { 0 };
  address_words(&words, &folder.plan, address);
  assert_string_equal(text_str(&words), expected);
  text_fini(&words);
}

static void an_address_is_said_in_words(void **state)
{
  (void)state;
  says("term:council_tax.collection", "Council tax collected");
  says("term:council_tax.core_rise", "Council tax rise");
  says("driver:*.value", "All rates of change");
  says("saving:*.delivery", "All savings: delivery");
  says("saving:recurrence=recurring.months_late", "Lasting savings: months late");
  says("saving:rag=unidentified.delivery", "Savings not yet identified: delivery");
  says("saving:rag=amber.delivery", "Savings whose rag is amber: delivery");
  says("line:tag!=social_care.rate", "Lines whose tag is not social care: yearly change");
  says("receipt:*.to_debt", "All receipts: share that repays debt");
  says("borrowing:nowhere.rate", "Nowhere: interest rate"); /* an id that is not there stands for itself */
  says("no address", "no address");
}

static void a_row_is_said_by_its_label(void **state)
{
  (void)state;
  for (int i = 0; i < folder.plan.n_inputs; i++) {
    struct text words = { 0 };
    const char *address = input_address(&folder.plan, i, &folder.arena);
    address_words(&words, &folder.plan, address);
    const char *label = input_text(&folder.plan, i, "label");
    assert_null(strchr(text_str(&words), '_'));
    if (label != NULL && folder.plan.input[i].field != TERM_VALUE) {
      assert_memory_equal(text_str(&words), label, strlen(label));
    }
    text_fini(&words);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_address_is_said_in_words),
    cmocka_unit_test(a_row_is_said_by_its_label),
    cmocka_unit_test(an_id_is_one_row),
    cmocka_unit_test(a_column_chooses_rows),
    cmocka_unit_test(a_column_that_differs_chooses_the_others),
    cmocka_unit_test(a_star_is_every_row_in_plan_order),
    cmocka_unit_test(a_rag_chooses_savings),
    cmocka_unit_test(a_tag_chooses_lines),
    cmocka_unit_test(a_driver_chooses_the_lines_that_it_moves),
    cmocka_unit_test(a_label_may_hold_spaces_and_points),
    cmocka_unit_test(a_star_leaves_out_lines_without_the_field),
    cmocka_unit_test(a_one_off_line_has_no_rate),
    cmocka_unit_test(a_wrong_id_gets_the_nearest),
    cmocka_unit_test(a_wrong_field_gets_the_nearest),
    cmocka_unit_test(a_field_of_another_table_gets_the_list),
    cmocka_unit_test(a_wrong_table_gets_the_nearest),
    cmocka_unit_test(a_field_that_the_form_lacks_names_the_form),
    cmocka_unit_test(a_wrong_column_gets_the_nearest),
    cmocka_unit_test(a_wrong_word_of_a_column_gets_the_nearest),
    cmocka_unit_test(a_tag_that_nothing_has_is_said),
    cmocka_unit_test(a_term_of_a_file_that_is_not_there_is_said),
    cmocka_unit_test(a_wrong_term_gets_the_nearest),
    cmocka_unit_test(what_is_no_address_is_shown_one),
    cmocka_unit_test(nothing_is_fine_when_it_is_not_needed),
    cmocka_unit_test(the_words_of_a_row_come_by_key),
    cmocka_unit_test(a_blank_word_is_none),
  };
  return cmocka_run_group_tests_name("address", tests, open_folder, close_folder);
}
