/* test_isa.c: a level of instructions that the environment asks for is used, or refused with what there is. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status asked(const char *word, struct error *error)
{
  assert_int_equal(setenv("HEADROOM_ISA", word, 1), 0);
  const enum status status = isa_asked(error);
  assert_int_equal(unsetenv("HEADROOM_ISA"), 0);
  return status;
}

static void none_is_asked_for(void **state)
{
  (void)state;
  struct error error;
  assert_int_equal(unsetenv("HEADROOM_ISA"), 0);
  assert_int_equal(isa_asked(&error), STATUS_OK);
  assert_int_equal(asked("", &error), STATUS_OK);
}

static void a_word_that_is_no_level_is_refused(void **state)
{
  (void)state;
  static const char *const words[] = { "v5", "V3", "avx2", "v2 ", "3" };
  for (size_t i = 0; i < COUNT_OF(words); i++) {
    struct error error;
    char expected[96];
    snprintf(expected, sizeof expected, "HEADROOM_ISA takes v2, v3 or v4, not '%s'", words[i]);
    assert_int_equal(asked(words[i], &error), STATUS_USAGE);
    assert_string_equal(error.text, expected);
  }
}

/* A processor has its levels without a gap: the plain one alone, or v2 up to its best. */
static void a_level_is_used_or_refused_with_what_there_is(void **state)
{
  (void)state;
  const bool is_x86 = !isa_choose(ISA_PLAIN);
  int best = ISA_PLAIN;
  for (int level = ISA_PLAIN; level <= ISA_V4; level++) {
    best = isa_choose((enum isa)level) ? level : best;
  }
  for (int level = ISA_PLAIN; level <= ISA_V4; level++) {
    struct error error;
    const enum status status = asked(isa_name((enum isa)level), &error);
    if (isa_choose((enum isa)level)) {
      assert_int_equal(status, STATUS_OK);
    } else {
      assert_int_equal(status, STATUS_USAGE);
      assert_non_null(strstr(error.text, ", which this processor has not got; it has "));
      assert_non_null(strstr(strstr(error.text, "it has "), is_x86 ? "v2" : "plain"));
      assert_non_null(strstr(strstr(error.text, "it has "), isa_name((enum isa)best)));
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(none_is_asked_for),
    cmocka_unit_test(a_word_that_is_no_level_is_refused),
    cmocka_unit_test(a_level_is_used_or_refused_with_what_there_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
