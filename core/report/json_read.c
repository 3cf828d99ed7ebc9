/* json_read.c: an output read back, and two outputs of one command compared: what they were made from first, then
 * figure by figure. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json.h"

#include <stdlib.h>
#include <string.h>

enum { FIGURES_SHOWN = 12, HASH_SHOWN = 12 };

struct recorded {
  json_t *root, *manifest;
};

/* ---- reading ------------------------------------------------------------------------------------------- */

static const char *word_of(const json_t *object, const char *key)
{
  const char *word = json_string_value(json_object_get(object, key));
  return word != NULL ? word : "";
}

/* "headroom.result/1": the name and the version of its shape. */
static enum status check_schema(const char *name, const char *schema, struct error *error)
{
  const char *slash = strrchr(schema, '/');
  if (strncmp(schema, "headroom.", 9) != 0 || slash == NULL) {
    return error_set(error, STATUS_DATA, "%s is not an output of Headroom", name);
  }
  if (strcmp(slash, "/1") != 0) {
    return error_set(error, STATUS_DATA, "%s has the shape %s, which this Headroom does not know", name, schema);
  }
  return STATUS_OK;
}

enum status recorded_read(const char *name, const char *bytes, size_t n, struct recorded **out, struct error *error)
{
  json_error_t wrong;
  struct recorded *recorded = calloc(1, sizeof *recorded);
  *out = recorded;
  if (recorded == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  recorded->root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &wrong);
  if (recorded->root == NULL) {
    const bool cut = json_error_code(&wrong) == json_error_premature_end_of_input;
    return error_set(error, STATUS_DATA, cut ? "%s ends early, in line %d: it is not whole" : "%s is not JSON: line %d",
                     name, wrong.line);
  }
  const enum status status = check_schema(name, word_of(recorded->root, "schema"), error);
  if (status != STATUS_OK) {
    return status;
  }
  recorded->manifest = json_object_get(recorded->root, "manifest");
  if (word_of(recorded->manifest, "command")[0] == '\0' ||
      !json_is_object(json_object_get(recorded->manifest, "inputs"))) {
    return error_set(error, STATUS_DATA, "%s (%s) holds no manifest of how it was made", name,
                     word_of(recorded->root, "schema"));
  }
  return STATUS_OK;
}

void recorded_free(struct recorded *recorded)
{
  if (recorded != NULL) {
    json_decref(recorded->root);
    free(recorded);
  }
}

const char *recorded_command(const struct recorded *recorded)
{
  return word_of(recorded->manifest, "command");
}

static const char *key_at(json_t *object, int at, json_t **value)
{
  void *item = json_object_iter(object);
  for (; item != NULL && at > 0; at--) {
    item = json_object_iter_next(object, item);
  }
  *value = item != NULL ? json_object_iter_value(item) : NULL;
  return item != NULL ? json_object_iter_key(item) : NULL;
}

static const char *const kind_keys[N_RECORDED_KINDS] = { "inputs", "inputs_of_from", "packs" };

const char *recorded_input(const struct recorded *recorded, enum recorded_kind kind, int at, const char **digest)
{
  json_t *value = NULL;
  const char *name = key_at(json_object_get(recorded->manifest, kind_keys[kind]), at, &value);
  const char *word = json_string_value(value);
  *digest = word != NULL ? word : "";
  return name;
}

void recorded_name(struct text *out, const struct recorded *recorded, enum recorded_kind kind, const char *name)
{
  if (kind == RECORDED_INPUTS_OF_FROM) {
    text_printf(out, "%s/", word_of(json_object_get(recorded->root, "from"), "id"));
  }
  text_printf(out, "%s%s", kind == RECORDED_PACKS ? "pack " : "", name);
}

const char *recorded_plugin(const struct recorded *recorded, int at, const char **version, const char **digest)
{
  json_t *value = NULL;
  const char *name = key_at(json_object_get(recorded->manifest, "plugins"), at, &value);
  *version = word_of(value, "version");
  *digest = word_of(value, "sha256");
  return name;
}

/* ---- what it was made from ----------------------------------------------------------------------------- */

static long compare_inputs(struct text *out, const struct recorded *was, const struct recorded *is,
                           enum recorded_kind kind)
{
  long differ = 0;
  const char *name, *before, *now;
  const json_t *inputs_is = json_object_get(is->manifest, kind_keys[kind]),
               *inputs_was = json_object_get(was->manifest, kind_keys[kind]);
  for (int i = 0; (name = recorded_input(was, kind, i, &before)) != NULL; i++) {
    now = word_of(inputs_is, name);
    if (strcmp(before, now) != 0) {
      recorded_name(out, was, kind, name);
      text_printf(out, ": was %.*s, is %.*s\n", HASH_SHOWN, before, HASH_SHOWN, now[0] != '\0' ? now : "gone");
      differ++;
    }
  }
  for (int i = 0; (name = recorded_input(is, kind, i, &now)) != NULL; i++) {
    if (json_object_get(inputs_was, name) == NULL) {
      recorded_name(out, was, kind, name);
      text_printf(out, ": was not there, is %.*s\n", HASH_SHOWN, now);
      differ++;
    }
  }
  return differ;
}

static long compare_plugins(struct text *out, const struct recorded *was, const struct recorded *is)
{
  long differ = 0;
  const char *name, *version, *digest;
  const json_t *plugins_is = json_object_get(is->manifest, "plugins"),
               *plugins_was = json_object_get(was->manifest, "plugins");
  for (int i = 0; (name = recorded_plugin(was, i, &version, &digest)) != NULL; i++) {
    const json_t *now = json_object_get(plugins_is, name);
    if (now == NULL) {
      text_printf(out, "plugin %s: was %s %.*s, is not used any more\n", name, version, HASH_SHOWN, digest);
      differ++;
    } else if (strcmp(digest, word_of(now, "sha256")) != 0) {
      text_printf(out, "plugin %s: was %s %.*s, is %s %.*s\n", name, version, HASH_SHOWN, digest,
                  word_of(now, "version"), HASH_SHOWN, word_of(now, "sha256"));
      differ++;
    }
  }
  for (int i = 0; plugins_was != NULL && (name = recorded_plugin(is, i, &version, &digest)) != NULL; i++) {
    if (json_object_get(plugins_was, name) == NULL) {
      text_printf(out, "plugin %s: was not used, is %s %.*s\n", name, version, HASH_SHOWN, digest);
      differ++;
    }
  }
  return differ;
}

static long compare_program(struct text *out, const struct recorded *was, const struct recorded *is)
{
  const char *before = word_of(was->manifest, "headroom"), *now = word_of(is->manifest, "headroom");
  if (strcmp(before, now) == 0) {
    return 0;
  }
  text_printf(out, "headroom: was %s, is %s\n", before[0] != '\0' ? before : "not named", now);
  return 1;
}

/* ---- figures ------------------------------------------------------------------------------------------- */

struct walk {
  struct text *out;
  const json_t *years;
  long differ, shown;
};

/* Whole numbers that count, rather than money in pence. */
static bool counts(const char *key)
{
  static const char *const keys[] = { "line", "column", "number", "sign", "projections", "errors", NULL };
  for (int i = 0; keys[i] != NULL; i++) {
    if (strcmp(key, keys[i]) == 0) {
      return true;
    }
  }
  return false;
}

static void value_words(struct text *out, const json_t *value, const char *key)
{
  switch (value != NULL ? json_typeof(value) : JSON_NULL) {
  case JSON_INTEGER:
    if (counts(key)) {
      text_printf(out, "%lld", (long long)json_integer_value(value));
    } else {
      text_add(out, "\xC2\xA3");
      text_pounds(out, json_integer_value(value));
    }
    return;
  case JSON_REAL:
    text_printf(out, "%.15g", json_real_value(value));
    return;
  case JSON_STRING:
    text_printf(out, "'%.60s'", json_string_value(value));
    return;
  case JSON_TRUE:
  case JSON_FALSE:
    text_add(out, json_is_true(value) ? "yes" : "no");
    return;
  default:
    text_add(out, value == NULL ? "not there" : json_is_null(value) ? "none" : "a table");
  }
}

static void differs(struct walk *walk, const char *path, const char *key, const json_t *was, const json_t *is)
{
  walk->differ++;
  if (walk->shown >= FIGURES_SHOWN) {
    return;
  }
  walk->shown++;
  text_printf(walk->out, "%s: was ", path);
  value_words(walk->out, was, key);
  text_add(walk->out, ", is ");
  value_words(walk->out, is, key);
  text_add(walk->out, "\n");
}

static void compare(struct walk *walk, const char *path, const char *key, json_t *was, json_t *is);

/* "gap 2028/29", "scenarios cyber", "parts pay_award", "findings 3". */
static void item_words(struct text *out, const struct walk *walk, const json_t *array, const json_t *item, size_t at)
{
  const char *id = word_of(item, "id")[0] != '\0' ? word_of(item, "id") : word_of(item, "name");
  const char *year = json_string_value(json_array_get(walk->years, at));
  if (id[0] != '\0') {
    text_printf(out, " %s", id);
  } else if (year != NULL && json_array_size(array) == json_array_size(walk->years)) {
    text_printf(out, " %s", year);
  } else {
    text_printf(out, " %zu", at + 1);
  }
}

static void compare_arrays(struct walk *walk, const char *path, const char *key, json_t *was, json_t *is)
{
  const size_t n = json_array_size(was), m = json_array_size(is);
  for (size_t i = 0; i < n || i < m; i++) {
    json_t *before = json_array_get(was, i), *now = json_array_get(is, i);
    struct text below = { 0 };
    text_add(&below, path);
    item_words(&below, walk, n > m ? was : is, before != NULL ? before : now, i);
    compare(walk, text_str(&below), key, before, now);
    text_fini(&below);
  }
}

/* What it was made from, told before, and what the folder is called where it lies, are no figures. */
static bool is_figure(const char *path, const char *key)
{
  const bool names = strcmp(key, "id") == 0 || strcmp(key, "label") == 0;
  const bool of_folder = strcmp(path, "council") == 0 || strcmp(path, "from") == 0 || strcmp(path, "to") == 0;
  return strcmp(key, "manifest") != 0 && strcmp(key, "sha256") != 0 && !(names && of_folder);
}

static void compare_objects(struct walk *walk, const char *path, json_t *was, json_t *is)
{
  json_t *value;
  const char *key;
  for (int from_new = 0; from_new < 2; from_new++) {
    json_object_foreach(from_new ? is : was, key, value)
    {
      json_t *before = json_object_get(was, key), *now = json_object_get(is, key);
      if (!is_figure(path, key) || (from_new && before != NULL)) {
        continue;
      }
      struct text below = { 0 };
      text_printf(&below, "%s%s%s", path, path[0] != '\0' ? " " : "", key);
      compare(walk, text_str(&below), key, before, now);
      text_fini(&below);
    }
  }
}

static void compare(struct walk *walk, const char *path, const char *key, json_t *was, json_t *is)
{
  if (json_is_array(was) && json_is_array(is)) {
    compare_arrays(walk, path, key, was, is);
  } else if (json_is_object(was) && json_is_object(is)) {
    compare_objects(walk, path, was, is);
  } else if (was == NULL || is == NULL || !json_equal(was, is)) {
    differs(walk, path, key, was, is);
  }
}

long recorded_compare(struct text *out, const struct recorded *was, const struct recorded *is)
{
  struct walk walk = { .out = out, .years = json_object_get(is->root, "years") };
  long made_from = 0;
  for (int kind = 0; kind < N_RECORDED_KINDS; kind++) {
    made_from += compare_inputs(out, was, is, (enum recorded_kind)kind);
  }
  made_from += compare_plugins(out, was, is) + compare_program(out, was, is);
  compare(&walk, "", "", was->root, is->root);
  if (walk.differ > walk.shown) {
    text_printf(out, "and %ld more\n", walk.differ - walk.shown);
  }
  return made_from + walk.differ;
}

static long count_figures(json_t *value)
{
  long n = 0;
  size_t at;
  json_t *item;
  const char *key;
  if (json_is_array(value)) {
    json_array_foreach(value, at, item)
    {
      n += count_figures(item);
    }
  } else if (json_is_object(value)) {
    json_object_foreach(value, key, item)
    {
      n += strcmp(key, "manifest") == 0 ? 0 : count_figures(item);
    }
  }
  return n + (json_is_number(value) ? 1 : 0);
}

long recorded_figures(const struct recorded *recorded)
{
  return count_figures(recorded->root);
}
