/* folder.c: a council's folder from disk to a plan that reconciles: readers in their order, the plan's own projection,
 * checks. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/raw.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const folder_file_names[] = { "council.csv",
                                          "mtfp.csv",
                                          "reserves.csv",
                                          "drivers.csv",
                                          "council_tax.csv",
                                          "business_rates.csv",
                                          "savings.csv",
                                          "capital_receipts.csv",
                                          "borrowing.csv",
                                          "high_needs.csv",
                                          "treasury.csv",
                                          "controls.csv",
                                          "scenarios.csv",
                                          "uncertainty.csv",
                                          "correlation.csv",
                                          "rag.csv",
                                          "basis.csv",
                                          "history.csv",
                                          NULL };

/* ---- what lies in the folder ------------------------------------------------------------------------ */

static bool is_known(const char *name)
{
  for (const char *const *known = folder_file_names; *known != NULL; known++) {
    if (strcmp(name, *known) == 0) {
      return true;
    }
  }
  return false;
}

static bool is_csv(const char *name)
{
  const size_t n = strlen(name);
  return n > 4 && name[0] != '.' && strcasecmp(name + n - 4, ".csv") == 0;
}

/* A misspelt file would be passed over in silence otherwise. */
static void check_name(struct reading *reading, const char *name)
{
  if (!is_csv(name) || is_known(name)) {
    return;
  }
  const char *nearest = nearest_name(name, folder_file_names);
  struct place place = { .file = raw_shown(reading->arena, name, strlen(name)) }; /* a name may hold any bytes */
  struct finding *finding =
      finding_add(reading->findings, CODE_FILE_UNKNOWN, place, "'%s' is not a file that a folder may hold", place.file);
  if (nearest != NULL) {
    finding_label(reading->findings, finding, "did you mean '%s'?", nearest);
  } else {
    finding_label(reading->findings, finding, "take it out of the folder, or name it without .csv");
  }
}

static bool check_names_on_disk(struct reading *reading)
{
  const int fd = openat(reading->folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *directory = fd >= 0 ? fdopendir(fd) : NULL;
  if (directory == NULL) {
    if (fd >= 0) {
      close(fd);
    }
    return false;
  }
  for (const struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
    check_name(reading, entry->d_name);
  }
  closedir(directory);
  return true;
}

static void need_file(struct reading *reading, const char *name, const char *why)
{
  for (int i = 0; i < reading->folder->n_files; i++) {
    if (strcmp(reading->folder->file[i].name, name) == 0) {
      return;
    }
  }
  for (size_t i = 0; i < reading->findings->count; i++) { /* there, and not readable */
    const struct finding *finding = &reading->findings->item[i];
    if (finding->place.file != NULL && strcmp(finding->place.file, name) == 0) {
      return;
    }
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_FILE_MISSING, (struct place){ .file = name }, "the folder has no %s", name);
  finding_label(reading->findings, finding, "%s", why);
}

static void sort_files(struct folder *folder)
{
  for (int i = 1; i < folder->n_files; i++) {
    const struct input_file moving = folder->file[i];
    int j = i;
    for (; j > 0 && strcmp(folder->file[j - 1].name, moving.name) > 0; j--) {
      folder->file[j] = folder->file[j - 1];
    }
    folder->file[j] = moving;
  }
}

/* ---- stages -------------------------------------------------------------------------------------------- */

/* Every reader says what it finds; one that fails does not keep the next from saying its own. */
static void read_files(struct reading *reading)
{
  static bool (*const readers[])(struct reading *) = { read_drivers,   read_lines,    read_terms,       read_reserves,
                                                       read_savings,   read_receipts, read_borrowings,  read_controls,
                                                       read_scenarios, read_history,  read_uncertainty, read_basis };
  const bool council = read_council(reading);
  need_file(reading, "council.csv", "it says who the council is and how its figures are printed");
  if (!council) {
    return;
  }
  for (size_t i = 0; i < COUNT_OF(readers) && !reading->arena->failed; i++) {
    (void)readers[i](reading);
  }
  need_file(reading, "reserves.csv", "it names each reserve and its opening balance");
  resolve_council(reading);
}

static enum status project_plan(struct reading *reading)
{
  struct folder *folder = reading->folder;
  const enum status finished = plan_finish(&folder->plan);
  if (finished != STATUS_OK) {
    return finished;
  }
  void *block = arena_alloc(reading->arena, result_size(&folder->plan));
  if (block == NULL) {
    return STATUS_MEMORY;
  }
  folder->baseline = result_init(block, &folder->plan);
  const enum status projected = plan_project(&folder->plan, folder->baseline);
  if (projected == STATUS_DATA) {
    struct finding *finding = finding_add(reading->findings, CODE_PLAN_TOO_LARGE, (struct place){ .file = "mtfp.csv" },
                                          "a figure of the plan grows beyond 90 million million pounds");
    finding_label(reading->findings, finding, "look for a rate or an amount that is far too large");
  }
  return projected;
}

static void check_plan(struct reading *reading)
{
  static void (*const checks[])(struct reading *) = { check_council,  check_basis,      check_drivers,
                                                      check_controls, check_published,  check_council_tax,
                                                      check_lines,    check_savings,    check_reserves,
                                                      check_capital,  check_uncertainty };
  for (size_t i = 0; i < COUNT_OF(checks); i++) {
    checks[i](reading);
  }
}

static enum status out_of_memory(struct folder *folder, struct error *error)
{
  folder->baseline = NULL;
  return error_set(error, STATUS_MEMORY, "there is not enough memory to read the folder");
}

/* A bad file never yields a number: with an error there is no baseline. */
static enum status load(struct reading *reading, struct error *error)
{
  struct folder *folder = reading->folder;
  read_files(reading);
  enum status status = STATUS_OK;
  if (!reading->arena->failed && reading->findings->errors == 0) {
    status = project_plan(reading);
  }
  if (reading->arena->failed || status == STATUS_MEMORY) {
    return out_of_memory(folder, error);
  }
  if (status == STATUS_INTERNAL) {
    folder->baseline = NULL;
    return error_set(error, STATUS_INTERNAL, "the plan could not be put in order");
  }
  if (reading->findings->errors == 0) {
    check_plan(reading);
  }
  sort_files(folder);
  findings_sort(reading->findings);
  if (reading->arena->failed) {
    return out_of_memory(folder, error);
  }
  if (reading->findings->errors == 0) {
    return STATUS_OK;
  }
  folder->baseline = NULL;
  return error_set(error, STATUS_DATA, "the folder holds %zu error%s", reading->findings->errors,
                   reading->findings->errors == 1 ? "" : "s");
}

/* ---- faces --------------------------------------------------------------------------------------------- */

static struct reading start(struct folder *folder, const struct allocator *allocator)
{
  *folder = (struct folder){ 0 };
  arena_init(&folder->arena, allocator);
  findings_init(&folder->findings, &folder->arena);
  folder->plan.arena = &folder->arena;
  folder->plan.folder_id = "";
  folder->plan.name = folder->plan.ons_code = folder->plan.as_at = folder->plan.default_source = "";
  folder->plan.money = folder->plan.signs = "";
  folder->plan.surplus_to = -1;
  return (struct reading){ .folder = folder,
                           .arena = &folder->arena,
                           .findings = &folder->findings,
                           .plan = &folder->plan,
                           .folder_fd = -1,
                           .default_basis = BASIS_ILLUSTRATIVE };
}

/* The folder's own name, whatever way led to it. */
static const char *folder_name(struct arena *arena, const char *path)
{
  char *whole = realpath(path, NULL);
  const char *slash = whole != NULL ? strrchr(whole, '/') : NULL;
  const char *name = arena_strdup(arena, slash != NULL ? slash + 1 : path);
  free(whole);
  return name;
}

static const char *why_not(int number)
{
  switch (number) {
  case ENOENT:
    return "there is no such folder";
  case ENOTDIR:
    return "it is a file; a council's plan is a folder of CSV files";
  case EACCES:
    return "you may not read it";
  default:
    return "it cannot be opened";
  }
}

enum status folder_load(struct folder *folder, const char *path, const struct allocator *allocator, struct error *error)
{
  struct reading reading = start(folder, allocator);
  reading.folder_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (reading.folder_fd < 0) {
    return error_set(error, STATUS_FILE, "%s: %s", path, why_not(errno));
  }
  folder->plan.folder_id = folder_name(&folder->arena, path);
  enum status status = STATUS_OK;
  if (check_names_on_disk(&reading)) {
    status = load(&reading, error);
  } else {
    status = error_set(error, STATUS_FILE, "%s: it cannot be listed", path);
  }
  close(reading.folder_fd);
  return status;
}

enum status folder_load_memory(struct folder *folder, const struct memory_file *files, int n,
                               const struct allocator *allocator, struct error *error)
{
  struct reading reading = start(folder, allocator);
  reading.memory = files;
  reading.n_memory = n;
  for (int i = 0; i < n; i++) {
    check_name(&reading, files[i].name);
  }
  return load(&reading, error);
}

void folder_fini(struct folder *folder)
{
  arena_fini(&folder->arena);
  *folder = (struct folder){ 0 };
}
