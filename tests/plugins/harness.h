/* harness.h: stands in for the host in unit tests of plugins: rows for the plugin linked in, parameters by name, change
 * rows back.
 *
 * A test opens the harness, binds slots, says what the plan holds, sets parameters, runs, and checks change rows
 * against a sum worked out by hand in the test.  Slots that are not bound have no series.  Values without a lane hold
 * in every lane. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TESTS_HARNESS_H
#define HEADROOM_TESTS_HARNESS_H

#include <headroom/plugin.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_SLOTS = 16, MAX_PARAMS = 16, MAX_COUNT = 8, MAX_YEARS = 10, MAX_WORDS = 32, MAX_LANES = 16 };

struct word {
  uint32_t slot, k;
  const char *key, *value;
};

struct harness {
  const struct hr_plugin *plugin;
  struct hr_setup setup; /* first but one: text() finds the harness by it */
  void *self;
  struct hr_error err;
  uint32_t count[MAX_SLOTS];
  struct word word[MAX_WORDS];
  int n_words;
  uint32_t n_lanes, stride;
  double *in[MAX_SLOTS][MAX_COUNT * MAX_YEARS], *out[MAX_SLOTS][MAX_COUNT * MAX_YEARS];
  double *param[MAX_PARAMS * MAX_YEARS];
  double *scratch;
};

static inline double *harness_row(struct harness *h)
{
  double *row = aligned_alloc(64, h->stride * sizeof *row);
  assert_non_null(row);
  memset(row, 0, h->stride * sizeof *row);
  return row;
}

static inline void harness_fill(const struct harness *h, double *row, double value)
{
  for (uint32_t i = 0; i < h->stride; i++) {
    row[i] = value;
  }
}

static inline const char *harness_text(const struct hr_setup *setup, uint32_t slot, uint32_t k, const char *key)
{
  const struct harness *h =
      (const struct harness *)(const void *)((const char *)setup - offsetof(struct harness, setup));
  for (int i = 0; i < h->n_words; i++) {
    if (h->word[i].slot == slot && h->word[i].k == k && strcmp(h->word[i].key, key) == 0) {
      return h->word[i].value;
    }
  }
  return "";
}

/* Every parameter stands at its neutral, as in a scenario that does not name it, and every row of the plan at 0. */
static inline void harness_open(struct harness *h, uint32_t n_years, uint32_t n_lanes)
{
  memset(h, 0, sizeof *h);
  h->plugin = headroom_plugin_v1(0);
  h->n_lanes = n_lanes;
  h->stride = (n_lanes + 7) / 8 * 8;
  h->err.size = sizeof h->err;
  assert_true(n_years <= MAX_YEARS && n_lanes <= MAX_LANES);
  assert_true(h->plugin->n_params <= MAX_PARAMS && h->plugin->n_slots <= MAX_SLOTS);
  h->setup = (struct hr_setup){ .size = sizeof h->setup,
                                .n_years = n_years,
                                .first_year = 2026,
                                .max_lanes = n_lanes,
                                .council = "X06000001",
                                .instance = "test",
                                .count = h->count,
                                .text = harness_text };
  for (uint32_t p = 0; p < h->plugin->n_params; p++) {
    for (uint32_t y = 0; y < n_years; y++) {
      h->param[p * n_years + y] = harness_row(h);
      harness_fill(h, h->param[p * n_years + y], h->plugin->param[p].neutral);
    }
  }
  for (uint32_t s = 0; s < h->plugin->n_slots; s++) {
    for (uint32_t r = 0; r < MAX_COUNT * n_years; r++) {
      h->in[s][r] = harness_row(h);
      h->out[s][r] = harness_row(h);
    }
  }
  h->scratch = aligned_alloc(64, (h->plugin->n_scratch + 1) * h->stride * sizeof(double));
  assert_non_null(h->scratch);
}

static inline void harness_close(struct harness *h)
{
  if (h->plugin->destroy != NULL && h->self != NULL) {
    h->plugin->destroy(h->self);
  }
  for (uint32_t i = 0; i < h->plugin->n_params * h->setup.n_years; i++) {
    free(h->param[i]);
  }
  for (uint32_t s = 0; s < h->plugin->n_slots; s++) {
    for (uint32_t r = 0; r < MAX_COUNT * h->setup.n_years; r++) {
      free(h->in[s][r]);
      free(h->out[s][r]);
    }
  }
  free(h->scratch);
}

static inline uint32_t harness_slot(const struct harness *h, const char *id)
{
  for (uint32_t s = 0; s < h->plugin->n_slots; s++) {
    if (strcmp(h->plugin->slot[s].id, id) == 0) {
      return s;
    }
  }
  fail_msg("no slot %s", id);
  return 0;
}

static inline uint32_t harness_param(const struct harness *h, const char *id)
{
  for (uint32_t p = 0; p < h->plugin->n_params; p++) {
    if (strcmp(h->plugin->param[p].id, id) == 0) {
      return p;
    }
  }
  fail_msg("no parameter %s", id);
  return 0;
}

static inline void harness_bind(struct harness *h, const char *slot, uint32_t count)
{
  assert_true(count <= MAX_COUNT);
  h->count[harness_slot(h, slot)] = count;
}

static inline void harness_word(struct harness *h, const char *slot, uint32_t k, const char *key, const char *value)
{
  assert_true(h->n_words < MAX_WORDS);
  h->word[h->n_words++] = (struct word){ harness_slot(h, slot), k, key, value };
}

/* What the plan has for one series in one year. */
static inline void harness_plan(struct harness *h, const char *slot, uint32_t k, uint32_t year, double value)
{
  harness_fill(h, h->in[harness_slot(h, slot)][k * h->setup.n_years + year], value);
}

static inline void harness_plan_all(struct harness *h, const char *slot, uint32_t k, double value)
{
  for (uint32_t y = 0; y < h->setup.n_years; y++) {
    harness_plan(h, slot, k, y, value);
  }
}

static inline void harness_set_year(struct harness *h, const char *param, uint32_t year, double value)
{
  harness_fill(h, h->param[harness_param(h, param) * h->setup.n_years + year], value);
}

static inline void harness_set(struct harness *h, const char *param, double value)
{
  for (uint32_t y = 0; y < h->setup.n_years; y++) {
    harness_set_year(h, param, y, value);
  }
}

/* What activate answers; a plugin without one answers HR_OK. */
static inline int32_t harness_activate(struct harness *h)
{
  if (h->plugin->create != NULL) {
    const struct hr_host host = { .size = sizeof host, .abi = HR_ABI };
    assert_int_equal(h->plugin->create(&host, &h->self, &h->err), HR_OK);
  }
  return h->plugin->activate != NULL ? h->plugin->activate(h->self, &h->setup, &h->err) : HR_OK;
}

static inline struct hr_batch harness_batch(struct harness *h, struct hr_rows *rows)
{
  for (uint32_t s = 0; s < h->plugin->n_slots; s++) {
    const uint32_t access = h->plugin->slot[s].access;
    rows[s] = (struct hr_rows){ (const double *const *)h->in[s], access == HR_READ ? NULL : h->out[s], h->count[s], 0 };
  }
  memset(h->scratch, 0, (h->plugin->n_scratch + 1) * h->stride * sizeof(double));
  return (struct hr_batch){ .size = sizeof(struct hr_batch),
                            .n_years = h->setup.n_years,
                            .n_lanes = h->n_lanes,
                            .stride = h->stride,
                            .setup = &h->setup,
                            .param = (const double *const *)h->param,
                            .slot = rows,
                            .scratch = h->scratch,
                            .err = &h->err };
}

static inline int32_t harness_apply(struct harness *h)
{
  struct hr_rows rows[MAX_SLOTS];
  for (uint32_t s = 0; s < h->plugin->n_slots; s++) {
    for (uint32_t r = 0; r < h->count[s] * h->setup.n_years; r++) {
      harness_fill(h, h->out[s][r], h->plugin->slot[s].access == HR_SCALE ? 1.0 : 0.0);
    }
  }
  const struct hr_batch batch = harness_batch(h, rows);
  return h->plugin->apply(h->self, &batch);
}

/* A policy's answer to a year, on top of what its rows hold. */
static inline void harness_respond(struct harness *h, uint32_t year)
{
  struct hr_rows rows[MAX_SLOTS];
  const struct hr_policy *policy = h->plugin->extension(HR_EXT_POLICY);
  const struct hr_batch batch = harness_batch(h, rows);
  assert_int_equal(policy->respond(h->self, &batch, year), HR_OK);
}

static inline void harness_run(struct harness *h)
{
  assert_int_equal(harness_activate(h), HR_OK);
  assert_int_equal(harness_apply(h), HR_OK);
}

static inline double harness_change_lane(const struct harness *h, const char *slot, uint32_t k, uint32_t year,
                                         uint32_t lane)
{
  return h->out[harness_slot(h, slot)][k * h->setup.n_years + year][lane];
}

static inline double harness_change(const struct harness *h, const char *slot, uint32_t k, uint32_t year)
{
  return harness_change_lane(h, slot, k, year, 0);
}

/* Fails on NaN too, which cmocka's own comparison of floats does not. */
#define assert_close(actual, expected) assert_close_at((actual), (expected), __FILE__, __LINE__)
static inline void assert_close_at(double actual, double expected, const char *file, int line)
{
  if (!(fabs(actual - expected) <= 1e-9 * (1.0 + fabs(expected)))) {
    print_error("%.17g is not %.17g\n", actual, expected);
    _fail(file, line);
  }
}

static inline void assert_row(const struct harness *h, const char *slot, uint32_t k, const double *expected, uint32_t n)
{
  for (uint32_t y = 0; y < n; y++) {
    assert_close(harness_change(h, slot, k, y), expected[y]);
  }
}
#define ASSERT_ROW(h, slot, k, ...)                             \
  assert_row((h), (slot), (k), (const double[]){ __VA_ARGS__ }, \
             sizeof((const double[]){ __VA_ARGS__ }) / sizeof(double))

/* ---- what must hold for every plugin ------------------------------------------------------------------- */

/* Two series a slot, whatever the plan holds in them. */
static inline void harness_bind_all(struct harness *h)
{
  for (uint32_t s = 0; s < h->plugin->n_slots; s++) {
    const uint32_t count = strncmp(h->plugin->slot[s].address, "line:", 5) == 0 ? 2 : 1;
    h->count[s] = count;
    for (uint32_t r = 0; r < count * h->setup.n_years; r++) {
      for (uint32_t i = 0; i < h->stride; i++) {
        const uint32_t lane = i < h->n_lanes ? i : h->n_lanes - 1;
        h->in[s][r][i] = 0.125 * (1.0 + s) + 0.0625 * r - 0.5 * (lane % 3);
      }
    }
  }
}

static inline void every_knob_is_described(void **state)
{
  (void)state;
  const struct hr_plugin *plugin = headroom_plugin_v1(0);
  assert_null(headroom_plugin_v1(1));
  assert_true(strncmp(plugin->id, "org.headroom.", 13) == 0);
  assert_true(plugin->rules[0] == '1' && strlen(plugin->sources) > 40 && strlen(plugin->summary) > 10);
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    const struct hr_param *param = &plugin->param[p];
    assert_true(strlen(param->label) > 3 && strlen(param->help) > 3 && strlen(param->source) > 3);
    assert_true(param->min <= param->preset && param->preset <= param->max);
    assert_true(param->min <= param->neutral && param->neutral <= param->max);
    assert_true(param->grain > 0.0);
    assert_true((param->flags & HR_SEVERITY) != 0 || param->preset == param->neutral ||
                strcmp(param->id, "chance") == 0);
  }
  for (uint32_t s = 0; s < plugin->n_slots; s++) {
    assert_true(strlen(plugin->slot[s].help) > 3);
  }
}

/* Parameters that shock the plan at neutral, the others at their presets: nothing may change, bit for bit. */
static inline void neutral_is_no_change(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 5, 11);
  harness_bind_all(&h);
  for (uint32_t p = 0; p < h.plugin->n_params; p++) {
    if ((h.plugin->param[p].flags & HR_SEVERITY) == 0) {
      harness_set(&h, h.plugin->param[p].id, h.plugin->param[p].preset);
    }
  }
  harness_run(&h);
  for (uint32_t s = 0; s < h.plugin->n_slots; s++) {
    const double none = h.plugin->slot[s].access == HR_SCALE ? 1.0 : 0.0;
    for (uint32_t r = 0; r < h.count[s] * 5 && h.plugin->slot[s].access != HR_READ; r++) {
      for (uint32_t i = 0; i < h.stride; i++) {
        assert_memory_equal(&h.out[s][r][i], &none, sizeof none);
      }
    }
  }
  harness_close(&h);
}

/* A severity that differs by lane: between neutral and the farther end of each range. */
static inline void harness_vary(struct harness *h, uint32_t lane, uint32_t into)
{
  for (uint32_t p = 0; p < h->plugin->n_params; p++) {
    const struct hr_param *param = &h->plugin->param[p];
    const double end = param->max > param->neutral ? param->max : param->min;
    for (uint32_t y = 0; y < h->setup.n_years; y++) {
      const double value = param->neutral + (end - param->neutral) * (double)(lane + 1) / 16.0;
      const int is_whole = param->unit == HR_COUNT || param->unit == HR_MONTHS;
      h->param[p * h->setup.n_years + y][into] = is_whole ? floor(value) : value;
    }
  }
}

/* Lane by lane, a batch of eleven gives the bits of eleven batches of one. */
static inline void lanes_do_not_touch_each_other(void **state)
{
  (void)state;
  struct harness all;
  harness_open(&all, 5, 11);
  harness_bind_all(&all);
  for (uint32_t i = 0; i < all.stride; i++) {
    harness_vary(&all, i < 11 ? i : 10, i);
  }
  harness_run(&all);
  for (uint32_t lane = 0; lane < 11; lane++) {
    struct harness one;
    harness_open(&one, 5, 1);
    harness_bind_all(&one);
    for (uint32_t i = 0; i < one.stride; i++) {
      harness_vary(&one, lane, i);
    }
    for (uint32_t s = 0; s < one.plugin->n_slots; s++) {
      for (uint32_t r = 0; r < one.count[s] * 5; r++) {
        harness_fill(&one, one.in[s][r], all.in[s][r][lane]);
      }
    }
    harness_run(&one);
    for (uint32_t s = 0; s < one.plugin->n_slots; s++) {
      for (uint32_t r = 0; r < one.count[s] * 5 && one.plugin->slot[s].access != HR_READ; r++) {
        assert_true(isfinite(one.out[s][r][0]));
        assert_memory_equal(&one.out[s][r][0], &all.out[s][r][lane], sizeof(double));
      }
    }
    harness_close(&one);
  }
  harness_close(&all);
}

#define TESTS_OF_EVERY_PLUGIN                                                        \
  cmocka_unit_test(every_knob_is_described), cmocka_unit_test(neutral_is_no_change), \
      cmocka_unit_test(lanes_do_not_touch_each_other)

#endif
