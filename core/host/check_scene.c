/* check_scene.c: a plugin loaded, created, activated and ended as in a run, with a look at the process after each
 * stage; for the conformance check. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/check.h"

#include <string.h>
#include <sys/mman.h>

void scene_begin(struct scene *scene, enum watch_call call)
{
  __atomic_store_n(&scene->watch->call, (int32_t)call, __ATOMIC_RELAXED); /* two threads may be at it */
  __atomic_add_fetch(&scene->watch->beat, 1, __ATOMIC_RELAXED);
}

enum verdict scene_end(struct scene *scene)
{
  return scene->options.look != NULL ? scene->options.look(scene) : VERDICT_OK;
}

enum verdict scene_judge(struct scene *scene, int32_t code, const struct hr_error *error)
{
  if (code == HR_OK) {
    return VERDICT_OK;
  }
  struct detail said;
  detail_take(&said, error->text, sizeof error->text);
  const char *call = watch_call_name(scene->watch->call);
  if (code == HR_SKIP && scene->watch->call == CALL_ACTIVATE) {
    scene->note->is_skipped = true;
    return scene_refuse(scene, VERDICT_FAILED, "does not apply to the made-up plan: %s", said.text);
  }
  return scene_refuse(scene, code == HR_ENOMEM ? VERDICT_MEMORY : VERDICT_FAILED, "code %d %s: %s", code, call,
                      said.text[0] != '\0' ? said.text : "without a word");
}

/* What the plan says of a series: enough for a plugin that goes by words. */
static const char *text_of(const struct hr_setup *setup, uint32_t slot, uint32_t k, const char *key)
{
  static const char *const ids[CHECK_SERIES] = { "first", "second", "third" };
  static const char *const labels[CHECK_SERIES] = { "First", "Second", "Third" };
  static const char *const rags[CHECK_SERIES] = { "green", "amber", "red" };
  (void)setup, (void)slot;
  const char *const *words = strcmp(key, "id") == 0      ? ids
                             : strcmp(key, "label") == 0 ? labels
                             : strcmp(key, "rag") == 0   ? rags
                                                         : NULL;
  return words != NULL && k < CHECK_SERIES ? words[k] : NULL;
}

static void no_log(void *ctx, int32_t level, const char *text)
{
  (void)ctx, (void)level, (void)text;
}

static const void *no_extension(void *ctx, const char *id)
{
  (void)ctx, (void)id;
  return NULL;
}

/* TABLE:WHICH: slots that share it hold the same things, so they are bound to nothing together. */
static bool share_address(const struct hr_slot *a, const struct hr_slot *b)
{
  const char *dot = strrchr(a->address, '.');
  if (dot == NULL) {
    return strcmp(a->address, b->address) == 0;
  }
  return strncmp(a->address, b->address, (size_t)(dot - a->address) + 1) == 0;
}

/* An id or a name binds to one series, a pattern to several. */
static uint32_t series_of(const struct scene *scene, const struct hr_slot *slot)
{
  if (scene->options.leaves_some && (slot->flags & HR_OPTIONAL) != 0 &&
      share_address(&scene->plugin->slot[scene->options.left], slot)) {
    return 0;
  }
  return strchr(slot->address, '=') != NULL || strstr(slot->address, ":*") != NULL ? CHECK_SERIES : 1;
}

static bool setup_make(struct scene *scene)
{
  const uint32_t n_slots = scene->plugin->n_slots;
  uint32_t *count = guarded(scene, n_slots * sizeof *count + 1, "counts", NOWHERE, 0, 0);
  struct hr_setup *setup = guarded(scene, sizeof *setup, "setup", NOWHERE, 0, 0);
  if (count == NULL || setup == NULL) {
    return false;
  }
  for (uint32_t s = 0; s < n_slots; s++) {
    scene->count[s] = count[s] = series_of(scene, &scene->plugin->slot[s]);
  }
  *setup = (struct hr_setup){ .size = sizeof *setup,
                              .n_years = CHECK_YEARS,
                              .first_year = 2026,
                              .max_lanes = CHECK_MAX_LANES,
                              .council = "E00000000",
                              .instance = "check",
                              .count = count,
                              .text = text_of };
  protect(count, n_slots * sizeof *count + 1, PROT_READ);
  protect(setup, sizeof *setup, PROT_READ);
  scene->setup = setup;
  return true;
}

static enum verdict load(struct scene *scene)
{
  struct error error = { .text = "" };
  scene_begin(scene, CALL_LOAD);
  const enum verdict verdict = plugin_load(scene->plugin, &scene->loaded, &error);
  if (verdict != VERDICT_OK) {
    return scene_refuse(scene, verdict, "%s", error.text);
  }
  const struct hr_plugin *plugin = scene->loaded.plugin;
  scene->policy = plugin->extension != NULL ? plugin->extension(HR_EXT_POLICY) : NULL;
  scene->explain = plugin->extension != NULL ? plugin->extension(HR_EXT_EXPLAIN) : NULL;
  return scene_end(scene);
}

static enum verdict create(struct scene *scene)
{
  static const struct hr_host host = { .size = sizeof host, .abi = HR_ABI, .log = no_log, .extension = no_extension };
  struct hr_error error = { .size = sizeof error, .year = -1, .lane = -1 };
  scene_begin(scene, CALL_CREATE);
  if (scene->loaded.plugin->create == NULL) {
    return VERDICT_OK;
  }
  const enum verdict verdict =
      scene_judge(scene, scene->loaded.plugin->create(&host, &scene->loaded.self, &error), &error);
  return verdict != VERDICT_OK ? verdict : scene_end(scene);
}

static enum verdict activate(struct scene *scene)
{
  struct hr_error error = { .size = sizeof error, .year = -1, .lane = -1 };
  scene_begin(scene, CALL_ACTIVATE);
  if (scene->loaded.plugin->activate == NULL) {
    return VERDICT_OK;
  }
  const enum verdict verdict =
      scene_judge(scene, scene->loaded.plugin->activate(scene->loaded.self, scene->setup, &error), &error);
  return verdict != VERDICT_OK ? verdict : scene_end(scene);
}

enum verdict scene_open(struct scene *scene, const struct plugin *plugin, const struct scene_options *options,
                        struct watch *watch, struct note *note)
{
  *scene = (struct scene){ .plugin = plugin, .options = *options, .watch = watch, .note = note };
  if (!guarded_open(scene)) {
    return scene_refuse(scene, VERDICT_FAILED, "no memory for the check");
  }
  hygiene_take(&scene->processor);
  surroundings_take(&scene->surroundings);
  enum verdict verdict = load(scene);
  if (verdict == VERDICT_OK) {
    verdict = setup_make(scene) ? create(scene) : scene_refuse(scene, VERDICT_FAILED, "no memory for the check");
  }
  return verdict == VERDICT_OK ? activate(scene) : verdict;
}

enum verdict scene_close(struct scene *scene)
{
  const struct hr_plugin *plugin = scene->loaded.plugin;
  scene_begin(scene, CALL_DEACTIVATE);
  if (plugin->deactivate != NULL) {
    plugin->deactivate(scene->loaded.self);
  }
  const enum verdict verdict = scene_end(scene);
  scene_begin(scene, CALL_DESTROY);
  if (plugin->destroy != NULL) {
    plugin->destroy(scene->loaded.self);
  }
  return verdict != VERDICT_OK ? verdict : scene_end(scene);
}
