/* stress_fixture.h: a folder without files, a registry, and a plan in which a saving comes once; for the tests of
 * stress. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TESTS_STRESS_FIXTURE_H
#define HEADROOM_TESTS_STRESS_FIXTURE_H

#include "plan_maker.h"
#include "support.h"

#include "stress/stress.h"

#include <string.h>

static struct folder folder;
static struct registry *registry;
static struct error error;

static inline int open_folder(void **state)
{
  (void)state;
  memset(&folder, 0, sizeof folder);
  arena_init(&folder.arena, NULL);
  findings_init(&folder.findings, &folder.arena);
  const struct registry_options options = { .plugin_path = BAD_PLUGINS };
  return registry_open(&folder.arena, &options, &registry, &error) == STATUS_OK ? 0 : -1;
}

static inline int close_folder(void **state)
{
  (void)state;
  registry_close(registry);
  arena_fini(&folder.arena);
  return 0;
}

static inline void fresh(void)
{
  close_folder(NULL);
  assert_int_equal(open_folder(NULL), 0);
}

/* Costs of 100m; funding leaves gaps of 2.0m and 1.5m in the first two years; a saving of 2.0m once, in the first. */
static inline void plan_of_one_saving(void)
{
  struct plan *plan = &folder.plan;
  plan_start(plan, &folder.arena, 3);
  plan_line(plan, "cost", LINE_CONTRACT, FORM_LEVEL, true, 100e6);
  struct line *grant = plan_line(plan, "grant", LINE_GRANT, FORM_LEVEL, true, -100e6);
  grant->amount.cell[0] = -98e6;
  grant->amount.cell[1] = -98.5e6;
  struct saving *saving = plan_saving(plan, "s", false, 0.0, 1.0);
  saving->value[0] = 2e6;
  plan_reserve(plan, "gf", RESERVE_GENERAL_FUND, 10e6, 0);
  assert_int_equal(plan_finish(plan), STATUS_OK);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)

#endif
