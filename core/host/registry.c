/* registry.c: which plugins there are and which file each name means; for scenarios and for `headroom plugin`.
 *
 * A name means the plugin in NAME.so of the first folder that has it; where no file of that name holds it, the first
 * file on the path that does.  So a run looks at the files it needs and at no others.  A file is looked at once. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/search.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct seen {
  struct probe_report report;
  int fd;          /* of the sealed bytes, or -1 */
  bool is_on_path; /* not only named by somebody */
  bool is_by_name; /* the file's name is that of a plugin in it */
  struct seen *next;
};

struct registry {
  struct arena *arena;
  struct search search;
  struct prober prober;
  struct seen *first;
  struct plugin shift;
};

/* ---- looking at a file --------------------------------------------------------------------------------- */

static bool is_named_after_a_plugin(const struct probe_report *report, const char *file)
{
  const size_t length = strlen(file) - 3;
  for (int i = 0; i < report->n_plugins; i++) {
    if (strlen(report->plugin[i].name) == length && strncmp(report->plugin[i].name, file, length) == 0) {
      return true;
    }
  }
  return false;
}

/* afresh: also what was refused before.  NULL when memory ran out. */
static struct seen *look_at(struct registry *registry, int folder, const char *file, const char *path, bool afresh)
{
  struct seen *seen = arena_alloc(registry->arena, sizeof *seen);
  if (seen == NULL) {
    return NULL;
  }
  seen->fd = -1;
  seen->report.path = path;
  seen->report.detail = "";
  seen->next = registry->first;
  registry->first = seen;
  struct sealed sealed = { .fd = -1 };
  struct detail detail = { { 0 } };
  seen->report.verdict = sealed_open(folder, file, &sealed, &detail);
  if (seen->report.verdict != VERDICT_OK) {
    seen->report.detail = arena_strdup(registry->arena, detail.text);
    return seen;
  }
  seen->fd = sealed.fd;
  const bool was_refused = refusal_recall(&sealed, registry->arena, &seen->report);
  if (was_refused && !afresh) {
    return seen;
  }
  if (!prober_ask(&registry->prober, &sealed, registry->arena, &seen->report)) {
    return NULL;
  }
  if (was_refused && seen->report.verdict == VERDICT_OK) {
    refusals_forget();
  } else if (!was_refused) {
    refusal_keep(&sealed, &seen->report);
  }
  return seen;
}

static struct seen *seen_find(const struct registry *registry, const char *path)
{
  for (struct seen *seen = registry->first; seen != NULL; seen = seen->next) {
    if (seen->is_on_path && strcmp(seen->report.path, path) == 0) {
      return seen;
    }
  }
  return NULL;
}

/* A file of a folder on the path, looked at now or before; NULL when memory ran out. */
static struct seen *look_on_path(struct registry *registry, const struct searched *folder, const char *file)
{
  const char *path = arena_printf(registry->arena, "%s/%s", folder->path, file);
  struct seen *seen = seen_find(registry, path);
  if (seen == NULL) {
    seen = look_at(registry, folder->fd, file, path, false);
    if (seen != NULL) {
      seen->is_on_path = true;
      seen->is_by_name = is_named_after_a_plugin(&seen->report, file);
    }
  }
  return seen;
}

/* ---- finding ------------------------------------------------------------------------------------------- */

/* wanted: a name, or a whole id. */
static const struct plugin *plugin_in(const struct probe_report *report, const char *wanted)
{
  const bool by_id = strchr(wanted, '.') != NULL;
  for (int i = 0; i < report->n_plugins; i++) {
    if (strcmp(by_id ? report->plugin[i].id : report->plugin[i].name, wanted) == 0) {
      return &report->plugin[i];
    }
  }
  return NULL;
}

static enum status refusal(const struct probe_report *report, const char *name, struct error *error)
{
  return error_set(error, STATUS_PLUGIN, "plugin %s: %s%s%s (%s)", name, verdict_sentence(report->verdict),
                   report->detail[0] != '\0' ? ": " : "", report->detail, report->path);
}

static enum status out_of_memory(struct error *error)
{
  return error_set(error, STATUS_MEMORY, "no memory to look at plugins");
}

/* A file of this name that is refused ends the search: falling back to another would give numbers that nobody asked
 * for. */
static enum status find_by_file(struct registry *registry, const char *wanted, const struct plugin **out,
                                struct error *error)
{
  const char *file = arena_printf(registry->arena, "%s.so", wanted);
  for (int i = 0; i < registry->search.count; i++) {
    const struct searched *folder = &registry->search.folder[i];
    if (folder->fd < 0 || faccessat(folder->fd, file, F_OK, AT_SYMLINK_NOFOLLOW) != 0) {
      continue;
    }
    const struct seen *seen = look_on_path(registry, folder, file);
    if (seen == NULL) {
      return out_of_memory(error);
    }
    if (seen->report.verdict != VERDICT_OK) {
      return refusal(&seen->report, wanted, error);
    }
    *out = plugin_in(&seen->report, wanted);
    if (*out != NULL) {
      return STATUS_OK;
    }
  }
  return STATUS_OK;
}

static enum status unknown_name(const struct registry *registry, const char *wanted, struct error *error)
{
  size_t n = 1, refused = 0;
  for (const struct seen *seen = registry->first; seen != NULL; seen = seen->next) {
    n += (size_t)seen->report.n_plugins;
    refused += seen->is_on_path && seen->report.verdict != VERDICT_OK ? 1 : 0;
  }
  const char **names = arena_array(registry->arena, n + 1, sizeof *names);
  if (names == NULL) {
    return out_of_memory(error);
  }
  names[0] = registry->shift.name;
  n = 1;
  for (const struct seen *seen = registry->first; seen != NULL; seen = seen->next) {
    for (int i = 0; i < seen->report.n_plugins && seen->is_on_path; i++) {
      names[n++] = seen->report.plugin[i].name;
    }
  }
  const char *nearest = nearest_name(wanted, names);
  if (nearest != NULL) {
    return error_set(error, STATUS_USAGE, "no plugin is called '%s'; did you mean '%s'?", wanted, nearest);
  }
  return refused > 0
             ? error_set(error, STATUS_USAGE,
                         "no plugin is called '%s' (%zu files were refused: see headroom plugin list)", wanted, refused)
             : error_set(error, STATUS_USAGE, "no plugin is called '%s'", wanted);
}

static enum status look_at_all(struct registry *registry, struct error *error)
{
  for (int i = 0; i < registry->search.count; i++) {
    const char **names = NULL;
    const int n = search_files(&registry->search.folder[i], registry->arena, &names);
    for (int k = 0; k < n; k++) {
      if (look_on_path(registry, &registry->search.folder[i], names[k]) == NULL) {
        return out_of_memory(error);
      }
    }
    if (n < 0) {
      return out_of_memory(error);
    }
  }
  return STATUS_OK;
}

/* ---- listing ------------------------------------------------------------------------------------------- */

static const struct probe_report *winner(struct probe_report *const *reports, const bool *by_name, int count,
                                         const char *name)
{
  const struct probe_report *first = NULL;
  for (int i = 0; i < count; i++) {
    if (plugin_in(reports[i], name) == NULL) {
      continue;
    }
    if (by_name[i]) {
      return reports[i];
    }
    first = first != NULL ? first : reports[i];
  }
  return first;
}

/* Every file on the path, in the order of the search. */
static int in_order(struct registry *registry, struct probe_report **reports, bool *by_name, int most)
{
  int count = 0;
  for (int i = 0; i < registry->search.count; i++) {
    const struct searched *folder = &registry->search.folder[i];
    const char **names = NULL;
    const int n = search_files(folder, registry->arena, &names);
    for (int k = 0; k < n && count < most; k++) {
      struct seen *seen = seen_find(registry, arena_printf(registry->arena, "%s/%s", folder->path, names[k]));
      if (seen != NULL) {
        by_name[count] = seen->is_by_name;
        reports[count++] = &seen->report;
      }
    }
  }
  return count;
}

static void mark_shadowed(struct probe_report **reports, const bool *by_name, int count)
{
  for (int i = 0; i < count; i++) {
    for (int p = 0; p < reports[i]->n_plugins; p++) {
      const struct probe_report *first = winner(reports, by_name, count, reports[i]->plugin[p].name);
      if (first != reports[i]) {
        reports[i]->shadowed_by = first->path;
      }
    }
  }
}

static int refused_folders(const struct registry *registry, struct probe_report *out)
{
  int count = 0;
  for (int i = 0; i < registry->search.count; i++) {
    const struct searched *folder = &registry->search.folder[i];
    if (folder->verdict != VERDICT_OK) {
      out[count++] =
          (struct probe_report){ .path = folder->path, .verdict = folder->verdict, .detail = folder->detail };
    }
  }
  return count;
}

double registry_deadline(const struct registry *registry)
{
  return registry->prober.deadline_s;
}

/* ---- the face ------------------------------------------------------------------------------------------ */

enum status registry_open(struct arena *arena, const struct registry_options *options, struct registry **out,
                          struct error *error)
{
  struct registry *registry = arena_alloc(arena, sizeof *registry);
  if (registry == NULL) {
    return out_of_memory(error);
  }
  registry->arena = arena;
  registry->shift = *shift_plugin();
  prober_init(&registry->prober, options->deadline_s);
  const enum status status = search_open(&registry->search, options, arena, error);
  if (status == STATUS_OK) {
    *out = registry;
  }
  return status;
}

void registry_close(struct registry *registry)
{
  if (registry == NULL) {
    return;
  }
  for (const struct seen *seen = registry->first; seen != NULL; seen = seen->next) {
    object_close(seen->fd);
  }
  prober_fini(&registry->prober);
  search_close(&registry->search);
}

const struct plugin *registry_find(struct registry *registry, const char *name, struct error *error)
{
  if (strcmp(name, shift_plugin()->name) == 0 || strcmp(name, shift_plugin()->id) == 0) {
    return shift_plugin();
  }
  const struct plugin *plugin = NULL;
  if (id_valid(name, strlen(name)) && find_by_file(registry, name, &plugin, error) != STATUS_OK) {
    return NULL;
  }
  for (int i = 0; plugin == NULL && i < registry->search.count; i++) {
    const char **names = NULL;
    const int n = search_files(&registry->search.folder[i], registry->arena, &names);
    for (int k = 0; plugin == NULL && k < n; k++) {
      const struct seen *seen = look_on_path(registry, &registry->search.folder[i], names[k]);
      plugin = seen != NULL ? plugin_in(&seen->report, name) : NULL;
    }
  }
  if (registry->arena->failed) {
    (void)out_of_memory(error);
    return NULL;
  }
  if (plugin == NULL) {
    (void)unknown_name(registry, name, error);
  }
  return plugin;
}

enum status registry_list(struct registry *registry, const struct probe_report **out, int *count, struct error *error)
{
  const enum status status = look_at_all(registry, error);
  if (status != STATUS_OK) {
    return status;
  }
  int most = 0;
  for (const struct seen *seen = registry->first; seen != NULL; seen = seen->next) {
    most++;
  }
  const size_t room = (size_t)most + MAX_SEARCHED + 1;
  struct probe_report **reports = arena_array(registry->arena, room, sizeof *reports);
  struct probe_report *list = arena_array(registry->arena, room, sizeof *list);
  bool *by_name = arena_array(registry->arena, room, sizeof *by_name);
  if (reports == NULL || list == NULL || by_name == NULL) {
    return out_of_memory(error);
  }
  const int n = in_order(registry, reports, by_name, most);
  mark_shadowed(reports, by_name, n);
  list[0] = (struct probe_report){ .path = "built in", .detail = "", .n_plugins = 1, .plugin = &registry->shift };
  int total = 1 + refused_folders(registry, list + 1);
  for (int i = 0; i < n; i++) {
    list[total++] = *reports[i];
  }
  *out = list;
  *count = total;
  return registry->arena->failed ? out_of_memory(error) : STATUS_OK;
}

enum status registry_probe_file(struct registry *registry, const char *path, struct probe_report *out,
                                struct error *error)
{
  const char *slash = strrchr(path, '/');
  const char *folder = slash == NULL   ? "."
                       : slash == path ? "/"
                                       : arena_strndup(registry->arena, path, (size_t)(slash - path));
  const char *copy = arena_strdup(registry->arena, path);
  struct detail detail = { { 0 } };
  int fd = -1;
  const enum verdict verdict = folder_open(folder, &fd, &detail);
  if (verdict != VERDICT_OK) {
    *out =
        (struct probe_report){ .path = copy, .verdict = verdict, .detail = arena_strdup(registry->arena, detail.text) };
    return registry->arena->failed ? out_of_memory(error) : STATUS_OK;
  }
  const struct seen *seen = look_at(registry, fd, slash == NULL ? path : slash + 1, copy, true);
  close(fd);
  if (seen == NULL || registry->arena->failed) {
    return out_of_memory(error);
  }
  *out = seen->report;
  return STATUS_OK;
}
