/* malformed.c: cases of golden/malformed: a change to a valid folder, and the findings it must give.  See malformed.h.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "malformed.h"

#include "support.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#define CASES TESTS_DIR "/golden/malformed"

static char *read_file(const char *path, size_t *size)
{
  FILE *in = fopen(path, "rb");
  struct text text = { 0 };
  char block[4096];
  if (in == NULL) {
    fail_msg("%s cannot be opened", path);
  }
  for (size_t n = fread(block, 1, sizeof block, in); n > 0; n = fread(block, 1, sizeof block, in)) {
    text_add_n(&text, block, n);
  }
  fclose(in);
  *size = text.length;
  return text.at != NULL ? text.at : calloc(1, 1);
}

static char *joined(const char *a, const char *b, const char *c)
{
  struct text text = { 0 };
  text_add(&text, a);
  text_add(&text, b);
  text_add(&text, c);
  return text.at;
}

/* ---- folders in memory --------------------------------------------------------------------------------- */

static struct memory_file *find_file(struct case_folder *folder, const char *name)
{
  for (int i = 0; i < folder->n_files; i++) {
    if (strcmp(folder->file[i].name, name) == 0) {
      return &folder->file[i];
    }
  }
  return NULL;
}

static void drop(const void *owned)
{
  union {
    const void *seen;
    void *mine;
  } both = { owned };
  free(both.mine);
}

void case_folder_put(struct case_folder *folder, const char *name, char *bytes, size_t size)
{
  struct memory_file *file = find_file(folder, name);
  if (file == NULL) {
    assert_true(folder->n_files < (int)COUNT_OF(folder->file));
    file = &folder->file[folder->n_files++];
    file->name = strdup(name);
  } else {
    drop(file->bytes);
  }
  file->bytes = bytes;
  file->size = size;
}

static void remove_file(struct case_folder *folder, const char *name)
{
  struct memory_file *file = find_file(folder, name);
  assert_non_null(file);
  drop(file->name);
  drop(file->bytes);
  *file = folder->file[--folder->n_files];
}

void case_folder_read(struct case_folder *folder, const char *path)
{
  DIR *directory = opendir(path);
  *folder = (struct case_folder){ 0 };
  assert_non_null(directory);
  for (const struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
    const size_t n = strlen(entry->d_name);
    if (n > 4 && strcmp(entry->d_name + n - 4, ".csv") == 0) {
      char *whole = joined(path, "/", entry->d_name);
      size_t size = 0;
      char *bytes = read_file(whole, &size);
      case_folder_put(folder, entry->d_name, bytes, size);
      free(whole);
    }
  }
  closedir(directory);
}

void case_folder_free(struct case_folder *folder)
{
  for (int i = 0; i < folder->n_files; i++) {
    drop(folder->file[i].name);
    drop(folder->file[i].bytes);
  }
  folder->n_files = 0;
}

enum status case_folder_load_changed(struct folder *folder, const char *file, const char *old, const char *new)
{
  struct case_folder files;
  struct text text = { 0 };
  case_folder_read(&files, CASES "/common");
  for (int i = 0; i < files.n_files; i++) {
    struct memory_file *changed = &files.file[i];
    const char *found =
        strcmp(changed->name, file) == 0 ? memmem(changed->bytes, changed->size, old, strlen(old)) : NULL;
    if (found != NULL) {
      text_add_n(&text, changed->bytes, (size_t)(found - changed->bytes));
      text_add(&text, new);
      text_add_n(&text, found + strlen(old), changed->size - (size_t)(found - changed->bytes) - strlen(old));
      case_folder_put(&files, file, text.at, text.length);
    }
  }
  assert_non_null(text.at);
  const enum status status = folder_load_memory(folder, files.file, files.n_files, NULL, NULL);
  case_folder_free(&files);
  return status;
}

/* ---- changes ------------------------------------------------------------------------------------------------------
 */

static int hex(char c)
{
  return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* Text between two places with its escapes read. */
static void unescape(struct text *out, const char *at, const char *end)
{
  for (; at < end; at++) {
    char c = *at;
    if (c == '\\' && at + 1 < end) {
      at++;
      c = *at == 'n' ? '\n' : *at == 'r' ? '\r' : *at == 't' ? '\t' : *at;
      if (*at == 'x') {
        c = (char)(hex(at[1]) * 16 + hex(at[2]));
        at += 2;
      }
    }
    text_add_n(out, &c, 1);
  }
}

static void add_bytes(struct case_folder *folder, const char *name, const struct text *more)
{
  struct memory_file *file = find_file(folder, name);
  struct text whole = { 0 };
  if (file != NULL) {
    text_add_n(&whole, file->bytes, file->size);
  }
  text_add_n(&whole, text_str(more), more->length);
  case_folder_put(folder, name, whole.at, whole.length);
}

/* Replaces OLD by NEW from `from` on, once or wherever it stands. */
static void substitute(struct case_folder *folder, const char *name, size_t from, size_t to, const struct text *old,
                       const struct text *new, bool every)
{
  const struct memory_file *file = find_file(folder, name);
  assert_non_null(file);
  struct text whole = { 0 };
  size_t at = from;
  int done = 0;
  text_add_n(&whole, file->bytes, from);
  while (at < to) {
    const char *found = done == 0 || every ? memmem(file->bytes + at, to - at, text_str(old), old->length) : NULL;
    const size_t stop = found != NULL ? (size_t)(found - file->bytes) : to;
    text_add_n(&whole, file->bytes + at, stop - at);
    if (found != NULL) {
      text_add_n(&whole, text_str(new), new->length);
      done++;
    }
    at = found != NULL ? stop + old->length : to;
  }
  if (done == 0) {
    fail_msg("%s does not hold '%s'", name, text_str(old));
  }
  text_add_n(&whole, file->bytes + to, file->size - to);
  case_folder_put(folder, name, whole.at, whole.length);
}

static void line_bounds(const struct memory_file *file, int line, size_t *from, size_t *to)
{
  *from = 0;
  for (int n = 1; n < line; n++) {
    const char *feed = memchr(file->bytes + *from, '\n', file->size - *from);
    assert_non_null(feed);
    *from = (size_t)(feed - file->bytes) + 1;
  }
  const char *feed = memchr(file->bytes + *from, '\n', file->size - *from);
  *to = feed != NULL ? (size_t)(feed - file->bytes) : file->size;
}

static void remove_line(struct case_folder *folder, const char *name, int line)
{
  const struct memory_file *file = find_file(folder, name);
  size_t from = 0, to = 0;
  struct text whole = { 0 };
  assert_non_null(file);
  line_bounds(file, line, &from, &to);
  text_add_n(&whole, file->bytes, from);
  text_add_n(&whole, file->bytes + to + 1, file->size - to - 1);
  case_folder_put(folder, name, whole.at, whole.length);
}

/* verb FILE [NUMBER][: argument] */
struct change {
  char verb[16], file[64];
  int number;
  const char *argument, *end;
};

static struct change parse_change(const char *line, const char *end)
{
  struct change change = { 0 };
  char head[128] = "";
  const char *colon = memmem(line, (size_t)(end - line), ": ", 2);
  const char *stop = colon != NULL ? colon : end;
  assert_true(stop - line < (ptrdiff_t)sizeof head);
  memcpy(head, line, (size_t)(stop - line));
  assert_true(sscanf(head, "%15s %63s %d", change.verb, change.file, &change.number) >= 2);
  change.argument = colon != NULL ? colon + 2 : end;
  change.end = end;
  return change;
}

static void substitute_change(struct case_folder *folder, const struct change *change)
{
  const struct memory_file *file = find_file(folder, change->file);
  const char *arrow = memmem(change->argument, (size_t)(change->end - change->argument), " -> ", 4);
  const char *new_at = arrow != NULL ? arrow + 4 : change->end;
  struct text old = { 0 }, new = { 0 };
  assert_non_null(file);
  if (arrow == NULL) { /* an empty NEW: the line ends in " ->" */
    arrow = change->end - 3;
  }
  unescape(&old, change->argument, arrow);
  unescape(&new, new_at, change->end);
  size_t from = 0, to = file->size;
  if (strcmp(change->verb, "in") == 0) {
    line_bounds(file, change->number, &from, &to);
  }
  substitute(folder, change->file, from, to, &old, &new, strcmp(change->verb, "every") == 0);
  text_fini(&old);
  text_fini(&new);
}

static void text_change(struct case_folder *folder, const struct change *change)
{
  struct text text = { 0 };
  for (int i = 0; i < (change->number > 0 ? change->number : 1); i++) {
    unescape(&text, change->argument, change->end);
  }
  if (strcmp(change->verb, "add") == 0) {
    text_add(&text, "\n");
  } else if (strcmp(change->verb, "replace") == 0 && find_file(folder, change->file) != NULL) {
    remove_file(folder, change->file);
  }
  add_bytes(folder, change->file, &text);
  text_fini(&text);
}

static void apply_change(struct case_folder *folder, const char *line, const char *end)
{
  const struct change change = parse_change(line, end);
  if (strcmp(change.verb, "in") == 0 || strcmp(change.verb, "every") == 0) {
    substitute_change(folder, &change);
  } else if (strcmp(change.verb, "add") == 0 || strcmp(change.verb, "replace") == 0 ||
             strcmp(change.verb, "repeat") == 0) {
    text_change(folder, &change);
  } else if (strcmp(change.verb, "remove") == 0 && change.number > 0) {
    remove_line(folder, change.file, change.number);
  } else if (strcmp(change.verb, "remove") == 0) {
    remove_file(folder, change.file);
  } else {
    fail_msg("no such change: %s", change.verb);
  }
}

/* Returns where the expected findings begin. */
static const char *apply_changes(struct case_folder *folder, const char *text)
{
  while (*text != '\0') {
    const char *feed = strchr(text, '\n');
    const char *end = feed != NULL ? feed : text + strlen(text);
    const char *next = feed != NULL ? feed + 1 : end;
    if (end - text == 3 && strncmp(text, "---", 3) == 0) {
      return next;
    }
    if (end > text && *text != '#') {
      apply_change(folder, text, end);
    }
    text = next;
  }
  fail_msg("a case has a line of three hyphens between the change and the findings");
  return text;
}

/* ---- findings as text ---------------------------------------------------------------------------------- */

static void show_excerpt(struct text *out, const struct finding *finding)
{
  const struct place *place = &finding->place;
  if (place->excerpt == NULL || place->column == 0) {
    text_add(out, finding->label[0] != '\0' ? "  label: " : "");
    text_printf(out, finding->label[0] != '\0' ? "%s\n" : "%s", finding->label);
    return;
  }
  text_printf(out, "  %s\n", place->excerpt);
  text_repeat(out, " ", place->column + 1);
  text_repeat(out, "^", place->width > 0 ? place->width : 1);
  text_printf(out, finding->label[0] != '\0' ? " %s\n" : "%s\n", finding->label);
}

static void show_finding(struct text *out, const struct finding *finding)
{
  const struct place *place = &finding->place;
  text_printf(out, "%s %s %s", severity_name(code_severity(finding->code)), code_number(finding->code), place->file);
  if (place->line > 0) {
    text_printf(out, ":%d", place->line);
  }
  if (place->column > 0) {
    text_printf(out, ":%d", place->column);
  }
  text_printf(out, ": %s\n", finding->text);
  show_excerpt(out, finding);
  if (finding->help[0] != '\0') {
    text_printf(out, "  help: %s\n", finding->help);
  }
}

static void check_text(const char *name, const char *shown, const char *expected)
{
  if (strcmp(shown, expected) != 0) {
    print_error("%s: the findings are\n%s\nand should be\n%s\n", name, shown, expected);
    fail();
  }
}

void malformed_check(const char *name)
{
  struct case_folder files;
  struct folder folder;
  struct error error = { 0 };
  struct text shown = { 0 };
  size_t size = 0;
  char *path = joined(CASES "/", name, ".txt");
  char *text = read_file(path, &size);
  case_folder_read(&files, CASES "/common");
  const char *expected = apply_changes(&files, text);
  const enum status status = folder_load_memory(&folder, files.file, files.n_files, NULL, &error);
  for (size_t i = 0; i < folder.findings.count; i++) {
    show_finding(&shown, &folder.findings.item[i]);
  }
  check_text(name, text_str(&shown), expected);
  assert_int_equal(status, strncmp(expected, "error ", 6) == 0 ? STATUS_DATA : STATUS_OK);
  assert_true((status == STATUS_OK) == (folder.baseline != NULL)); /* a bad file never yields a number */
  folder_fini(&folder);
  case_folder_free(&files);
  text_fini(&shown);
  free(text);
  free(path);
}

static int by_name(const void *a, const void *b)
{
  const char *const *left = a, *const *right = b;
  return strcmp(*left, *right);
}

char **malformed_cases(void)
{
  enum { MOST = 1000 };
  char **names = calloc(MOST + 1, sizeof *names);
  DIR *directory = opendir(CASES);
  size_t count = 0;
  assert_non_null(directory);
  assert_non_null(names);
  for (const struct dirent *entry = readdir(directory); entry != NULL && count < MOST; entry = readdir(directory)) {
    const size_t n = strlen(entry->d_name);
    if (n > 4 && strcmp(entry->d_name + n - 4, ".txt") == 0) {
      names[count++] = strndup(entry->d_name, n - 4);
    }
  }
  closedir(directory);
  qsort(names, count, sizeof *names, by_name);
  return names;
}
