/* check_tests.c: what a plugin must do and must not do, a named test each; run by check.c, each in a child of its own.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/check.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the tests ----------------------------------------------------------------------------------------- */

static enum verdict runs_at(struct scene *scene, enum level level, uint32_t param, const char *when)
{
  struct stand *stand = stand_new(scene, level, param, CHECK_LANES, 0);
  if (stand == NULL) {
    return VERDICT_FAILED;
  }
  enum verdict verdict = stand_run(stand);
  if (verdict == VERDICT_FAILED && (level == AT_MIN || level == AT_MAX) && stand->error->code == HR_ERANGE) {
    verdict = scene->note->verdict = VERDICT_OK; /* an orderly no to an odd mix is an answer */
    scene->note->detail.text[0] = '\0';
  } else if (verdict == VERDICT_OK) {
    verdict = all_finite(stand, when);
  }
  stand_free(stand);
  return verdict;
}

static enum verdict runs(struct scene *scene)
{
  return runs_at(scene, AT_PRESET, 0, "at the presets");
}

/* Widths below, at and above what a vector holds, and not a multiple of it. */
static enum verdict runs_at_any_width(struct scene *scene)
{
  static const uint32_t widths[] = { 1, 8, CHECK_LANES, CHECK_MAX_LANES };
  enum verdict verdict = VERDICT_OK;
  for (size_t i = 0; i < COUNT_OF(widths) && verdict == VERDICT_OK; i++) {
    struct stand *stand = stand_new(scene, MIXED, 0, widths[i], 0);
    verdict = stand != NULL ? stand_run(stand) : VERDICT_FAILED;
    stand_free(stand);
  }
  return verdict;
}

static enum verdict finite_everywhere(struct scene *scene)
{
  enum verdict verdict = runs_at(scene, AT_NEUTRAL, 0, "at neutral");
  for (uint32_t p = 0; p < scene->plugin->n_params && verdict == VERDICT_OK; p++) {
    char when[96];
    snprintf(when, sizeof when, "with %s at its min", scene->plugin->param[p].id);
    verdict = runs_at(scene, AT_MIN, p, when);
    if (verdict == VERDICT_OK) {
      snprintf(when, sizeof when, "with %s at its max", scene->plugin->param[p].id);
      verdict = runs_at(scene, AT_MAX, p, when);
    }
  }
  return verdict;
}

static enum verdict neutral_changes_nothing(struct scene *scene)
{
  struct stand *stand = stand_new(scene, AT_NEUTRAL, 0, CHECK_LANES, 0);
  const enum verdict verdict = stand != NULL ? stand_run(stand) : VERDICT_FAILED;
  return verdict == VERDICT_OK ? nothing_changed(stand) : verdict;
}

/* Twice the same, with another batch between. */
static enum verdict same_call_same_answer(struct scene *scene)
{
  struct stand *first = stand_new(scene, MIXED, 0, CHECK_LANES, 0);
  struct stand *between = first != NULL ? stand_new(scene, AT_PRESET, 0, CHECK_LANES / 2, CHECK_LANES) : NULL;
  struct stand *again = between != NULL ? stand_new(scene, MIXED, 0, CHECK_LANES, 0) : NULL;
  enum verdict verdict = again != NULL ? stand_run(first) : VERDICT_FAILED;
  verdict = verdict == VERDICT_OK ? stand_run(between) : verdict;
  verdict = verdict == VERDICT_OK ? stand_run(again) : verdict;
  return verdict == VERDICT_OK ? same_lanes(again, first, 0, VERDICT_STATE, "the second time") : verdict;
}

/* 37 lanes at once, as 11 and 26, and one alone. */
static enum verdict lanes_independent(struct scene *scene)
{
  static const struct part {
    uint32_t first, n;
    const char *what;
  } parts[] = { { 0, 11, "as one of 11 lanes" }, { 11, 26, "as one of 26 lanes" }, { 36, 1, "alone" } };
  struct stand *whole = stand_new(scene, MIXED, 0, CHECK_LANES, 0);
  enum verdict verdict = whole != NULL ? stand_run(whole) : VERDICT_FAILED;
  for (size_t i = 0; i < COUNT_OF(parts) && verdict == VERDICT_OK; i++) {
    struct stand *part = stand_new(scene, MIXED, 0, parts[i].n, parts[i].first);
    verdict = part != NULL ? stand_run(part) : VERDICT_FAILED;
    if (verdict == VERDICT_OK) {
      verdict = same_lanes(part, whole, parts[i].first, VERDICT_LANES, parts[i].what);
    }
  }
  return verdict;
}

/* Between variables a sanitizer keeps bytes that nobody may read; here they are read on purpose, one by one. */
__attribute__((no_sanitize("address"))) static void segment_copy(const struct segment *segment, unsigned char *to)
{
  const volatile unsigned char *from = segment->start;
  for (size_t i = 0; i < segment->size; i++) {
    to[i] = from[i];
  }
}

__attribute__((no_sanitize("address"))) static size_t segment_changes(const struct segment *segment,
                                                                      const unsigned char *before)
{
  const volatile unsigned char *now = segment->start;
  size_t changed = 0;
  for (size_t i = 0; i < segment->size; i++) {
    changed += now[i] != before[i] ? 1 : 0;
  }
  return changed;
}

/* Work that scribbles on variables of the object shows, even where two threads happen not to meet. */
static enum verdict variables_untouched(struct scene *scene)
{
  struct segment segments[MAX_SEGMENTS];
  unsigned char *before[MAX_SEGMENTS] = { NULL };
  const void *apply;
  memcpy(&apply, &scene->loaded.plugin->apply, sizeof apply);
  const int n = object_writable_segments(apply, segments);
  struct stand *stand = stand_new(scene, MIXED, 0, CHECK_LANES, 0);
  enum verdict verdict = stand != NULL ? VERDICT_OK : VERDICT_FAILED;
  for (int i = 0; i < n; i++) {
    before[i] = malloc(segments[i].size);
    if (before[i] != NULL) {
      segment_copy(&segments[i], before[i]);
    }
  }
  verdict = verdict == VERDICT_OK ? stand_run(stand) : verdict;
  size_t changed = 0;
  for (int i = 0; i < n && verdict == VERDICT_OK && before[i] != NULL; i++) {
    changed += segment_changes(&segments[i], before[i]);
  }
  for (int i = 0; i < n; i++) {
    free(before[i]);
  }
  return changed > 0 ? scene_refuse(scene, VERDICT_STATE, "apply changed %zu bytes of its static variables", changed)
                     : verdict;
}

/* Long enough for the two to meet on a busy machine too. */
static const double thread_seconds = 0.05;

struct thread_work {
  struct stand *stand;
  const struct stand *expected;
  pthread_barrier_t *start;
  enum verdict verdict;
};

static void *work(void *ctx)
{
  struct thread_work *own = ctx;
  pthread_barrier_wait(own->start);
  const double until = seconds_now() + thread_seconds;
  while (own->verdict == VERDICT_OK && seconds_now() < until) {
    if (stand_call(own->stand) != HR_OK) {
      own->verdict = VERDICT_FAILED;
      return NULL;
    }
    if (!same_bits(own->stand, own->expected)) {
      own->verdict = VERDICT_STATE;
    }
  }
  return NULL;
}

static enum verdict two_threads(struct scene *scene)
{
  struct thread_work works[2] = { { .stand = NULL } };
  pthread_t threads[2];
  pthread_barrier_t start;
  pthread_barrier_init(&start, NULL, 2);
  for (uint64_t i = 0; i < 2; i++) {
    struct stand *expected = stand_new(scene, MIXED, 0, CHECK_LANES, i * CHECK_LANES);
    const enum verdict verdict = expected != NULL ? stand_run(expected) : VERDICT_FAILED;
    struct stand *own = verdict == VERDICT_OK ? stand_new(scene, MIXED, 0, CHECK_LANES, i * CHECK_LANES) : NULL;
    if (own == NULL) {
      return verdict != VERDICT_OK ? verdict : VERDICT_FAILED;
    }
    works[i] = (struct thread_work){ .stand = own, .expected = expected, .start = &start };
  }
  if (pthread_create(&threads[0], NULL, work, &works[0]) != 0) {
    return scene_refuse(scene, VERDICT_FAILED, "a thread cannot be started");
  }
  threads[1] = pthread_self();
  work(&works[1]);
  pthread_join(threads[0], NULL);
  for (int i = 0; i < 2; i++) {
    if (works[i].verdict != VERDICT_OK) {
      return scene_refuse(scene, works[i].verdict, "two threads on one instance disturb each other");
    }
  }
  return VERDICT_OK;
}

static enum verdict look_at_processor(struct scene *scene)
{
  const enum verdict verdict = hygiene_compare(&scene->processor);
  return verdict == VERDICT_OK ? verdict : scene_refuse(scene, verdict, "%s", watch_call_name(scene->watch->call));
}

static enum verdict look_at_surroundings(struct scene *scene)
{
  struct detail detail = { { 0 } };
  const enum verdict verdict = surroundings_compare(&scene->surroundings, &detail);
  return verdict == VERDICT_OK
             ? verdict
             : scene_refuse(scene, verdict, "%s, %s", detail.text, watch_call_name(scene->watch->call));
}

/* What explain says must be about something that exists. */
static void say(void *sink, uint32_t slot, uint32_t k, int32_t year, const char *text)
{
  struct scene *scene = sink;
  size_t bad = 0;
  if (scene->note->verdict != VERDICT_OK) {
    return;
  }
  if (slot >= scene->plugin->n_slots || k >= scene->count[slot] || year < -1 || year >= CHECK_YEARS) {
    scene_refuse(scene, VERDICT_BOUNDS, "explain speaks of slot %u, series %u, year %d", slot, k, year);
  } else if (text == NULL || !utf8_valid(text, strlen(text), &bad)) {
    scene_refuse(scene, VERDICT_FAILED, "explain says something that is not UTF-8");
  }
}

static enum verdict explains(struct scene *scene)
{
  if (scene->explain == NULL) {
    scene->note->is_skipped = true;
    return scene_refuse(scene, VERDICT_FAILED, "it explains nothing");
  }
  struct stand *stand = stand_new(scene, AT_PRESET, 0, 1, 0);
  enum verdict verdict = stand != NULL ? stand_run(stand) : VERDICT_FAILED;
  if (verdict == VERDICT_OK) {
    const int32_t code = scene->explain->explain(scene->loaded.self, stand->batch, scene, say);
    verdict = code == HR_OK ? scene->note->verdict : scene_refuse(scene, VERDICT_FAILED, "explain returned %d", code);
  }
  return verdict;
}

/* In a life of its own for every optional slot, and again without those that hold the same things. */
static enum verdict without_slot(const struct scene *scene, uint32_t slot)
{
  struct scene other;
  const struct scene_options options = { .leaves_some = true, .left = slot };
  enum verdict verdict = scene_open(&other, scene->plugin, &options, scene->watch, scene->note);
  const bool is_skipped = verdict != VERDICT_OK && scene->note->is_skipped;
  verdict = verdict == VERDICT_OK ? runs(&other) : verdict;
  verdict = verdict == VERDICT_OK ? scene_close(&other) : verdict;
  guarded_close(&other);
  if (is_skipped) { /* "does not apply" is an answer */
    *scene->note = (struct note){ .is_in_process = scene->note->is_in_process };
    return VERDICT_OK;
  }
  return verdict;
}

static enum verdict optional_slots(struct scene *scene)
{
  enum verdict verdict = VERDICT_OK;
  uint32_t tried = 0;
  for (uint32_t s = 0; s < scene->plugin->n_slots && verdict == VERDICT_OK; s++) {
    if ((scene->plugin->slot[s].flags & HR_OPTIONAL) != 0) {
      verdict = without_slot(scene, s);
      guarded_watch(scene);
      tried++;
    }
  }
  if (tried == 0) {
    scene->note->is_skipped = true;
    return scene_refuse(scene, VERDICT_FAILED, "it has none");
  }
  return verdict;
}

/* The first is the one without which no other is worth running. */
const struct test tests[] = {
  { "runs", "it comes up, answers finite numbers at its presets, and ends", { 0 }, runs },
  { "floating-point", "it leaves rounding and small numbers as they were", { .look = look_at_processor }, runs },
  { "surroundings",
    "it leaves locale, folder, umask, signals, descriptors, threads and GSL as they were",
    { .look = look_at_surroundings },
    runs },
  { "end-of-rows",
    "it touches nothing past the end of its rows, and writes to no row that is read",
    { 0 },
    runs_at_any_width },
  { "start-of-rows", "it touches nothing before the start of its rows", { .rows_at_start = true }, runs_at_any_width },
  { "finite",
    "it answers finite numbers at neutral, and with each parameter at its least and its most",
    { 0 },
    finite_everywhere },
  { "neutral", "at its neutral setting it changes nothing", { 0 }, neutral_changes_nothing },
  { "same-answer", "the same call gives the same bits, whatever was asked between", { 0 }, same_call_same_answer },
  { "no-hidden-state", "apply leaves its static variables alone", { 0 }, variables_untouched },
  { "lanes-independent", "a future's answer does not depend on those beside it", { 0 }, lanes_independent },
  { "two-threads", "two threads may call one instance at once", { 0 }, two_threads },
  { "drawn-parameters",
    "it answers finite numbers for any parameters within their ranges, each future by itself",
    { 0 },
    drawn_parameters },
  { "optional-slots", "it does without its optional slots", { 0 }, optional_slots },
  { "explain", "what it explains is about slots and years that exist", { 0 }, explains },
};
const size_t n_tests = COUNT_OF(tests);
