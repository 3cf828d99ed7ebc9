/* test_pack.c: a description that leaves a probe arrives as it left, and no bytes that arrive instead can do harm. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct hr_param some_params[] = {
  { "extra", "Extra", "Help.", "Source.", NULL, 0.01, 0.0, -0.1, 0.25, 0.0001, HR_POINTS, HR_PER_YEAR | HR_SEVERITY },
  { "method", "Method", "", "", "straight|annuity", 1.0, 0.0, 0.0, 1.0, 1.0, HR_CHOICE, 0 },
};
static struct hr_slot some_slots[] = {
  { "award", "driver:class=pay.value", "Pay.", NULL, NULL, HR_ADD, HR_PERCENT, HR_REBIND, 0 },
  { "new", "line:extra.one_off", "New.", "Extra line", "pressure", HR_ADD, HR_GBP, HR_CREATE, 0 },
};

static struct plugin some_plugin(void)
{
  return (struct plugin){ .id = "org.example.some",
                          .name = "some",
                          .title = "Some",
                          .version = "2.1",
                          .rules = "(1) One.\n(2) Two.",
                          .index = 3,
                          .abi = HR_ABI,
                          .n_params = COUNT_OF(some_params),
                          .n_slots = COUNT_OF(some_slots),
                          .n_scratch = 7,
                          .has_policy = true,
                          .param = some_params,
                          .slot = some_slots };
}

static size_t pack(unsigned char *bytes, size_t room)
{
  struct detail why;
  struct plugin plugin = some_plugin();
  struct packing packing = { .at = bytes, .end = bytes + room, .why = &why };
  pack_plugin(&packing, &plugin);
  assert_false(packing.failed);
  return (size_t)(packing.at - bytes);
}

static bool unpack(unsigned char *bytes, size_t n, struct arena *arena, struct plugin *plugin)
{
  struct detail why = { "" };
  struct packing packing = { .at = bytes, .end = bytes + n, .arena = arena, .why = &why };
  *plugin = (struct plugin){ .name = "some" };
  pack_plugin(&packing, plugin);
  return !packing.failed;
}

static void description_comes_back_as_it_was(void **state)
{
  (void)state;
  unsigned char bytes[4096];
  struct arena arena;
  struct plugin plugin;
  arena_init(&arena, NULL);
  assert_true(unpack(bytes, pack(bytes, sizeof bytes), &arena, &plugin));
  assert_string_equal(plugin.id, "org.example.some");
  assert_string_equal(plugin.rules, "(1) One.\n(2) Two.");
  assert_string_equal(plugin.author, ""); /* was NULL */
  assert_int_equal(plugin.index, 3);
  assert_int_equal(plugin.n_scratch, 7);
  assert_true(plugin.has_policy);
  assert_false(plugin.has_explain);
  assert_null(plugin.param[0].choices);
  assert_string_equal(plugin.param[1].choices, "straight|annuity");
  assert_true(plugin.param[0].grain == 0.0001);
  assert_string_equal(plugin.slot[1].new_class, "pressure");
  struct detail why = { "" };
  assert_int_equal(plugin_validate(&plugin, &why), VERDICT_OK);
  arena_fini(&arena);
}

static void description_that_is_cut_anywhere_is_refused(void **state)
{
  (void)state;
  unsigned char bytes[4096];
  const size_t n = pack(bytes, sizeof bytes);
  for (size_t cut = 0; cut < n; cut++) {
    unsigned char *exact = malloc(cut > 0 ? cut : 1); /* so that a sanitizer sees a read beyond it */
    struct arena arena;
    struct plugin plugin;
    assert_non_null(exact);
    memcpy(exact, bytes, cut);
    arena_init(&arena, NULL);
    assert_false(unpack(exact, cut, &arena, &plugin));
    arena_fini(&arena);
    free(exact);
  }
}

/* Whatever is written over a byte, the answer is a verdict. */
static void description_with_any_byte_changed_does_no_harm(void **state)
{
  (void)state;
  static const unsigned char values[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
  unsigned char bytes[4096];
  const size_t n = pack(bytes, sizeof bytes);
  int refused = 0;
  for (size_t at = 0; at < n; at++) {
    for (size_t v = 0; v < COUNT_OF(values); v++) {
      unsigned char *changed = malloc(n);
      struct arena arena;
      struct plugin plugin;
      struct detail why = { "" };
      assert_non_null(changed);
      memcpy(changed, bytes, n);
      changed[at] = values[v];
      arena_init(&arena, NULL);
      refused += !unpack(changed, n, &arena, &plugin) || plugin_validate(&plugin, &why) != VERDICT_OK ? 1 : 0;
      arena_fini(&arena);
      free(changed);
    }
  }
  assert_true(refused > (int)n / 2); /* most such changes are seen for what they are */
}

static void packing_stops_where_the_room_ends(void **state)
{
  (void)state;
  unsigned char bytes[4096];
  const size_t n = pack(bytes, sizeof bytes);
  for (size_t room = 0; room < n; room++) {
    struct detail why = { "" };
    struct plugin plugin = some_plugin();
    struct packing packing = { .at = bytes, .end = bytes + room, .why = &why };
    pack_plugin(&packing, &plugin);
    assert_true(packing.failed);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(description_comes_back_as_it_was),
    cmocka_unit_test(description_that_is_cut_anywhere_is_refused),
    cmocka_unit_test(description_with_any_byte_changed_does_no_harm),
    cmocka_unit_test(packing_stops_where_the_room_ends),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
