/* scenario_rows.h: rows of scenarios.csv and settings typed in a test, on the small plan, with the plugins of
 * tests/bad. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TESTS_SCENARIO_ROWS_H
#define HEADROOM_TESTS_SCENARIO_ROWS_H

#include "small_plan.h"

enum { MOST_ROWS = 16 };

static struct folder folder;
static struct registry *registry;
static struct scenario_row rows[MOST_ROWS];
static struct setting settings[4];
static int n_settings;
static struct scenario *scenarios;
static int n_scenarios;
static struct error error;

static inline int open_folder(void **state)
{
  (void)state;
  small_folder(&folder);
  folder.scenario = rows;
  n_settings = 0;
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

/* Cells in the order of the file: scenario, plugin, instance, parameter, value, years; "" for the rest. */
static inline void row(const char *cells)
{
  struct scenario_row *out = &rows[folder.n_scenario_rows++];
  const char *cell[5 + MAX_YEARS];
  struct place place[5 + MAX_YEARS];
  for (int i = 0; i < 5 + MAX_YEARS; i++) {
    const size_t n = strcspn(cells, ",");
    cell[i] = arena_strndup(&folder.arena, cells, n);
    place[i] = (struct place){ .file = "scenarios.csv", .line = folder.n_scenario_rows + 1, .column = i + 1 };
    cells += n + (cells[n] == ',' ? 1 : 0);
  }
  *out = (struct scenario_row){ .scenario = cell[0],
                                .plugin = cell[1],
                                .instance = cell[2],
                                .parameter = cell[3],
                                .value = cell[4],
                                .place = place[0],
                                .plugin_place = place[1],
                                .parameter_place = place[3],
                                .value_place = place[4] };
  for (int y = 0; y < MAX_YEARS; y++) {
    out->year_value[y] = cell[5 + y];
    out->year_place[y] = place[5 + y];
  }
}

static inline void set(const char *text)
{
  settings[n_settings++].text = text;
}

static inline enum status build(const char *const *wanted, int n_wanted)
{
  return scenarios_build(&folder, registry, wanted, n_wanted, settings, n_settings, &scenarios, &n_scenarios, &error);
}

#define ON_SMALL(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)

#endif
