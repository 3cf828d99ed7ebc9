/* test_block.c: rows in pages of their own. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "host/stage.h"

enum { ROWS = 3, STRIDE = 8 };

static struct block block;

static int open_block(void **state)
{
  (void)state;
  return block_init(&block, ROWS, STRIDE) ? 0 : -1;
}

static int close_block(void **state)
{
  (void)state;
  block_fini(&block);
  return 0;
}

static void rows_begin_at_a_cache_line(void **state)
{
  (void)state;
  assert_int_equal((uintptr_t)block_row(&block, 0) % 64, 0);
}

static void rows_end_where_the_guard_begins(void **state)
{
  (void)state;
  const char *end = (const char *)(block_row(&block, ROWS - 1) + STRIDE);
  assert_ptr_equal(end, block.map + block.map_size - 4096);
}

static void a_fresh_block_is_intact(void **state)
{
  (void)state;
  assert_true(block_intact(&block));
}

static void a_number_before_the_first_row_shows(void **state)
{
  (void)state;
  block_row(&block, 0)[-1] = 0.0;
  assert_false(block_intact(&block));
}

static void a_number_past_the_end_of_a_row_shows(void **state)
{
  (void)state;
  block_row(&block, 1)[STRIDE] = 0.0;
  assert_false(block_intact(&block));
}

static void writing_every_row_leaves_it_intact(void **state)
{
  (void)state;
  for (size_t r = 0; r < ROWS; r++) {
    for (int i = 0; i < STRIDE; i++) {
      block_row(&block, r)[i] = 1.0;
    }
  }
  assert_true(block_intact(&block));
}

static void an_address_past_the_rows_is_the_blocks(void **state)
{
  (void)state;
  assert_true(block_holds(&block, block_row(&block, ROWS - 1) + STRIDE));
}

static void an_address_elsewhere_is_not(void **state)
{
  (void)state;
  assert_false(block_holds(&block, &block));
}

static void a_block_of_no_rows_needs_no_pages(void **state)
{
  struct block none;
  (void)state;
  assert_true(block_init(&none, 0, STRIDE));
  assert_null(none.map);
  assert_true(block_intact(&none));
}

#define ON_BLOCK(test) cmocka_unit_test_setup_teardown(test, open_block, close_block)

int main(void)
{
  const struct CMUnitTest tests[] = {
    ON_BLOCK(rows_begin_at_a_cache_line),
    ON_BLOCK(rows_end_where_the_guard_begins),
    ON_BLOCK(a_fresh_block_is_intact),
    ON_BLOCK(a_number_before_the_first_row_shows),
    ON_BLOCK(a_number_past_the_end_of_a_row_shows),
    ON_BLOCK(writing_every_row_leaves_it_intact),
    ON_BLOCK(an_address_past_the_rows_is_the_blocks),
    ON_BLOCK(an_address_elsewhere_is_not),
    cmocka_unit_test(a_block_of_no_rows_needs_no_pages),
  };
  return cmocka_run_group_tests_name("block", tests, NULL, NULL);
}
