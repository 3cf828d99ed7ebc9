/* briefing.c: what every face of the report stands on, and what is worked out once for all of them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/briefing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *const audience_names[N_AUDIENCES + 1] = { "member", "officer", "peer", NULL };

/* ---- the date ------------------------------------------------------------------------------------------ */

/* The last second of 9999, so that a year has four figures. */
static const int64_t latest = 253402300799;

enum status briefing_time(int64_t *out, struct error *error)
{
  const char *told = getenv("SOURCE_DATE_EPOCH");
  if (told == NULL || told[0] == '\0') {
    *out = (int64_t)time(NULL);
    return STATUS_OK;
  }
  const size_t n = strlen(told);
  *out = n <= 12 && strspn(told, "0123456789") == n ? strtoll(told, NULL, 10) : -1;
  return *out >= 0 && *out <= latest
             ? STATUS_OK
             : error_set(error, STATUS_USAGE, "SOURCE_DATE_EPOCH is '%.40s'; it takes whole seconds since 1970", told);
}

static bool date(struct briefing *b)
{
  static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December" };
  const time_t at = (time_t)b->made_at;
  struct tm day;
  if (b->made_at < 0 || b->made_at > latest || gmtime_r(&at, &day) == NULL) {
    return false;
  }
  snprintf(b->made_on, sizeof b->made_on, "%04u-%02u-%02u", ((unsigned)day.tm_year + 1900u) % 10000u,
           ((unsigned)day.tm_mon + 1u) % 100u, (unsigned)day.tm_mday % 100u);
  snprintf(b->made_on_words, sizeof b->made_on_words, "%u %s %04u", (unsigned)day.tm_mday % 100u, months[day.tm_mon],
           ((unsigned)day.tm_year + 1900u) % 10000u);
  return true;
}

/* ---- words of the council ------------------------------------------------------------------------------ */

static enum status bad_words(const char *name, const char *bytes, size_t at, const char *what, struct error *error)
{
  size_t line = 1, begin = 0;
  for (size_t i = 0; i < at; i++) {
    if (bytes[i] == '\n') {
      line++;
      begin = i + 1;
    }
  }
  return error_set(error, STATUS_DATA, "%s:%zu:%zu: %s; write plain text in UTF-8", name, line,
                   utf8_count(bytes + begin, at - begin) + 1, what);
}

static bool is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\n';
}

enum status council_words_read(const char *name, const char *bytes, size_t n, struct arena *arena, const char **out,
                               struct error *error)
{
  size_t bad = 0, length = 0;
  if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) { /* the mark that some editors begin a file with */
    bytes += 3;
    n -= 3;
  }
  if (!utf8_valid(bytes, n, &bad)) {
    return bad_words(name, bytes, bad, "a byte that is not UTF-8", error);
  }
  char *words = arena_array(arena, n + 1, 1);
  if (words == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  for (size_t i = 0; i < n; i++) {
    const unsigned char c = (unsigned char)bytes[i];
    if (c == '\r') {
      if (i + 1 == n || bytes[i + 1] != '\n') {
        words[length++] = '\n';
      }
    } else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
      return bad_words(name, bytes, i, "a control character", error);
    } else {
      words[length++] = bytes[i];
    }
  }
  while (length > 0 && is_blank(words[length - 1])) {
    words[--length] = '\0';
  }
  while (is_blank(*words)) {
    words++;
  }
  *out = *words != '\0' ? words : NULL;
  return STATUS_OK;
}

/* ---- hashes and plugins -------------------------------------------------------------------------------- */

static bool digest_inputs(struct briefing *b)
{
  const struct folder *folder = b->report.folder;
  struct text all = { 0 };
  for (int f = 0; f < folder->n_files; f++) {
    text_printf(&all, "%s %s\n", folder->file[f].name, folder->file[f].digest);
  }
  digest_hex(text_str(&all), all.length, b->inputs_digest);
  const bool done = !all.failed;
  text_fini(&all);
  return done;
}

static int by_name(const void *a, const void *b)
{
  return strcmp((*(const struct plugin *const *)a)->name, (*(const struct plugin *const *)b)->name);
}

/* The same plugin is two objects where two registries were opened: its bytes say that it is one. */
static void add_plugins(const struct plugin **list, int *count, const struct scenario *scenario)
{
  for (int u = 0; scenario != NULL && u < scenario->n_uses; u++) {
    const struct plugin *plugin = scenario->use[u].plugin;
    bool known = plugin->digest[0] == '\0'; /* the built-in shift is part of the program */
    for (int i = 0; i < *count && !known; i++) {
      known = strcmp(list[i]->name, plugin->name) == 0 && strcmp(list[i]->digest, plugin->digest) == 0;
    }
    if (!known) {
      list[(*count)++] = plugin;
    }
  }
}

static bool list_plugins(struct briefing *b, struct arena *arena)
{
  const struct battery *battery = b->stress != NULL ? b->stress->battery : NULL;
  int uses = 0;
  for (int i = 1; i < b->report.n_shown; i++) {
    uses += b->report.shown[i].scenario->n_uses;
  }
  for (int s = 0; battery != NULL && s < battery->count; s++) {
    uses += battery->scenario[s].n_uses;
  }
  const struct plugin **list = arena_array(arena, (size_t)uses + 1, sizeof *list);
  if (list == NULL) {
    return false;
  }
  for (int i = 1; i < b->report.n_shown; i++) {
    add_plugins(list, &b->n_plugins, b->report.shown[i].scenario);
  }
  for (int s = 0; battery != NULL && s < battery->count; s++) {
    add_plugins(list, &b->n_plugins, &battery->scenario[s]);
  }
  qsort(list, (size_t)b->n_plugins, sizeof *list, by_name);
  b->plugin = list;
  return true;
}

/* ---- bridges ------------------------------------------------------------------------------------------- */

static enum status find_bridges(struct briefing *b, struct folder *folder, const struct run_options *options,
                                struct error *error)
{
  const int n = b->report.n_shown - 1;
  struct bridge *bridge = arena_array(&folder->arena, (size_t)n + 1, sizeof *bridge);
  const struct scenario **to = arena_array(&folder->arena, (size_t)n + 1, sizeof *to);
  if (bridge == NULL || to == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  for (int i = 0; i < n; i++) {
    to[i] = b->report.shown[i + 1].scenario;
  }
  b->bridge = bridge;
  return bridges_between(folder, NULL, to, n, options, bridge, error);
}

static const char *usual_title(const struct plan *plan, struct arena *arena)
{
  char first[8], last[8];
  return arena_printf(arena, "%s, %s to %s", plan->name, plan_year_label(plan, 0, first),
                      plan_year_label(plan, plan->n_years - 1, last));
}

enum status briefing_finish(struct briefing *b, struct folder *folder, const struct run_options *options,
                            struct error *error)
{
  if (!date(b)) {
    return error_set(error, STATUS_USAGE, "the date is outside the years 1970 to 9999");
  }
  if (b->title == NULL || b->title[0] == '\0') {
    b->title = usual_title(&folder->plan, &folder->arena);
  }
  if (!digest_inputs(b) || !list_plugins(b, &folder->arena)) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  return find_bridges(b, folder, options, error);
}
