/* cmd_verify.c: headroom verify OUTPUT FOLDER: runs the command of an output's manifest again, in this process, and
 * says what has changed. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_DIFFERS = 1 };

static enum status read_output(const char *path, struct recorded **out, struct error *error)
{
  struct text bytes = { 0 };
  enum status status;
  if (!file_read(path, &bytes)) {
    status = error_set(error, STATUS_FILE, "%s cannot be read: %s", path, strerror(errno));
  } else if (bytes.failed) {
    status = error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  } else {
    status = recorded_read(path, text_str(&bytes), bytes.length, out, error);
  }
  text_fini(&bytes);
  return status;
}

/* ---- the command again --------------------------------------------------------------------------------- */

enum { MOST_WORDS = 256 };

struct command_line {
  char *letters; /* every word, each with its NUL */
  char *word[MOST_WORDS + 1];
  int count;
};

/* Takes a command line apart as this program writes it: words in single quotes where they must be, '\'' for a quote. */
static bool split(const char *command, struct command_line *line)
{
  char *to = line->letters = calloc(1, strlen(command) + 2);
  bool quoted = false, within = false;
  for (const char *at = command; to != NULL && *at != '\0'; at++) {
    if (*at == ' ' && !quoted) {
      *to = '\0';
      to += within ? 1 : 0;
      within = false;
      continue;
    }
    if (!within && line->count == MOST_WORDS) {
      return false;
    }
    if (!within) {
      line->word[line->count++] = to;
      within = true;
    }
    if (*at == '\'') {
      quoted = !quoted;
    } else if (*at == '\\' && !quoted && at[1] != '\0') {
      *to++ = *++at;
    } else {
      *to++ = *at;
    }
  }
  return to != NULL && !quoted && line->count > 1;
}

static bool can_run_again(enum verb_id verb)
{
  return verb == VERB_CHECK || verb == VERB_RUN || verb == VERB_COMPARE || verb == VERB_DIFF || verb == VERB_STRESS ||
         verb == VERB_SIMULATE || verb == VERB_SOLVE || verb == VERB_EXPLAIN;
}

/* The folder is the one given now, and what was asked for about the run itself holds for this one. */
static void adapt(struct arguments *again, const struct arguments *arguments, struct text *capture)
{
  const char **folder = again->verb == VERB_DIFF ? &again->second_operand : &again->operand;
  *folder = arguments->second_operand;
  again->folders.count = 0;
  again->samples = NULL;
  again->json = true;
  again->csv = false;
  again->output = NULL;
  again->fail_if = 0;
  again->capture = capture;
  again->color = arguments->color;
  again->in_process |= arguments->in_process;
  again->registry.safe |= arguments->registry.safe;
  if (arguments->registry.plugin_path != NULL) {
    again->registry.plugin_path = arguments->registry.plugin_path;
  }
  if (arguments->deadline_s > 0.0) {
    again->deadline_s = again->registry.deadline_s = arguments->deadline_s;
  }
}

/* An output being made again. */
struct remake {
  struct command_line line;
  struct arguments again; /* what the command says, adapted */
  struct text made;
  int code; /* the exit code of the command; -1 where its line cannot be understood */
};

static void run_again(struct remake *remake, const struct arguments *arguments, const char *command)
{
  remake->code = -1;
  if (split(command, &remake->line) && arguments_parse(remake->line.count, remake->line.word, &remake->again) < 0) {
    remake->again.command = command;
    if (can_run_again(remake->again.verb)) {
      adapt(&remake->again, arguments, &remake->made);
      remake->code = verbs[remake->again.verb].act(&remake->again);
    }
  }
}

static void remake_free(struct remake *remake)
{
  arguments_free(&remake->again);
  free(remake->line.letters);
  text_fini(&remake->made);
}

/* ---- when it cannot be run: what has changed all the same ---------------------------------------------- */

/* Where a file of the manifest stands now. */
static void place_of(struct text *out, const struct remake *remake, const struct arguments *arguments,
                     enum recorded_kind kind, const char *name)
{
  if (kind == RECORDED_PACKS) {
    pack_path(&remake->again, name, out);
  } else {
    text_printf(out, "%s/%s", kind == RECORDED_INPUTS ? arguments->second_operand : remake->again.operand, name);
  }
}

static void compare_file(struct text *out, const struct recorded *was, const struct remake *remake,
                         const struct arguments *arguments, enum recorded_kind kind, const char *name,
                         const char *digest)
{
  struct text path = { 0 }, bytes = { 0 };
  char now[DIGEST_HEX] = "gone";
  place_of(&path, remake, arguments, kind, name);
  if (strchr(name, '/') == NULL && file_read(text_str(&path), &bytes)) {
    digest_hex(text_str(&bytes), bytes.length, now);
  }
  if (strchr(name, '/') == NULL && strcmp(digest, now) != 0) {
    recorded_name(out, was, kind, name);
    text_printf(out, ": was %.12s, is %.12s\n", digest, now);
  }
  text_fini(&path);
  text_fini(&bytes);
}

static bool is_recorded(const struct recorded *was, enum recorded_kind kind, const char *name)
{
  const char *digest, *other;
  for (int i = 0; (other = recorded_input(was, kind, i, &digest)) != NULL; i++) {
    if (strcmp(other, name) == 0) {
      return true;
    }
  }
  return false;
}

/* Files that a folder may hold and that this one did not. */
static void tell_added(struct text *out, const struct recorded *was, const struct remake *remake,
                       const struct arguments *arguments, enum recorded_kind kind)
{
  for (const char *const *name = folder_file_names; *name != NULL; name++) {
    struct text path = { 0 }, bytes = { 0 };
    char now[DIGEST_HEX];
    place_of(&path, remake, arguments, kind, *name);
    if (!is_recorded(was, kind, *name) && access(text_str(&path), F_OK) == 0) {
      recorded_name(out, was, kind, *name);
      text_add(out, ": was not there");
      if (file_read(text_str(&path), &bytes)) {
        digest_hex(text_str(&bytes), bytes.length, now);
        text_printf(out, ", is %.12s", now);
      }
      text_add(out, "\n");
    }
    text_fini(&path);
    text_fini(&bytes);
  }
}

/* "plugin pay_award: not a shared object" without what the line has said already. */
static const char *without_name(const char *message, const char *name)
{
  const size_t length = strlen(name);
  const bool named = strncmp(message, "plugin ", 7) == 0 && strncmp(message + 7, name, length) == 0;
  return named && strncmp(message + 7 + length, ": ", 2) == 0 ? message + 9 + length : message;
}

static void compare_plugin(struct text *out, struct registry *registry, const char *name, const char *version,
                           const char *was)
{
  struct error error = { 0 };
  const struct plugin *plugin = registry_find(registry, name, &error);
  if (plugin == NULL) {
    text_printf(out, "plugin %s: was %s %.12s, cannot be used now: %s\n", name, version, was,
                without_name(error.text, name));
  } else if (strcmp(plugin->digest, was) != 0) {
    text_printf(out, "plugin %s: was %s %.12s, is %s %.12s\n", name, version, was, plugin->version, plugin->digest);
  }
}

static void compare_on_disk(struct text *out, const struct recorded *was, const struct remake *remake,
                            const struct arguments *arguments)
{
  const char *name, *version, *digest;
  struct registry *registry = NULL;
  struct arena arena;
  arena_init(&arena, NULL);
  for (int kind = 0; kind < N_RECORDED_KINDS; kind++) {
    for (int i = 0; (name = recorded_input(was, (enum recorded_kind)kind, i, &digest)) != NULL; i++) {
      compare_file(out, was, remake, arguments, (enum recorded_kind)kind, name, digest);
    }
    if (kind != RECORDED_PACKS && recorded_input(was, (enum recorded_kind)kind, 0, &digest) != NULL) {
      tell_added(out, was, remake, arguments, (enum recorded_kind)kind);
    }
  }
  if (registry_open(&arena, &remake->again.registry, &registry, NULL) == STATUS_OK) {
    for (int i = 0; (name = recorded_plugin(was, i, &version, &digest)) != NULL; i++) {
      compare_plugin(out, registry, name, version, digest);
    }
  }
  registry_close(registry);
  arena_fini(&arena);
}

/* ---- the verdict --------------------------------------------------------------------------------------- */

static int verdict(const struct arguments *arguments, const struct recorded *was, const struct text *made)
{
  struct recorded *is = NULL;
  struct error error = { 0 };
  struct text told = { 0 };
  const enum status status = recorded_read("what was made again", text_str(made), made->length, &is, &error);
  if (status != STATUS_OK) {
    recorded_free(is);
    return fail_with(arguments, &error);
  }
  const long differ = recorded_compare(&told, was, is);
  if (differ == 0) {
    text_printf(&told, "The same: %ld figures, made again from the same inputs and plugins.\n", recorded_figures(is));
  }
  recorded_free(is);
  return output(arguments, &told, differ > 0 ? EXIT_DIFFERS : 0);
}

static int could_not(const struct arguments *arguments, const struct recorded *was, const struct remake *remake)
{
  struct text told = { 0 };
  if (remake->code < 0) {
    say_error(arguments, "the command of its manifest cannot be run again: %s", recorded_command(was));
    return status_exit_code(STATUS_DATA);
  }
  if (access(arguments->second_operand, R_OK | X_OK) != 0) { /* it has been told that there is no such folder */
    return remake->code;
  }
  compare_on_disk(&told, was, remake, arguments);
  say_error(arguments, "it could not be made again%s",
            told.length > 0 ? "; what has changed since:" : ", though nothing that it was made from has changed");
  return output(arguments, &told, remake->code);
}

int cmd_verify(const struct arguments *arguments)
{
  struct error error = { 0 };
  struct recorded *was = NULL;
  const enum status status = read_output(arguments->operand, &was, &error);
  if (status != STATUS_OK) {
    recorded_free(was);
    return fail_with(arguments, &error);
  }
  struct remake remake = { 0 };
  run_again(&remake, arguments, recorded_command(was));
  const int end = remake.made.length > 0 ? verdict(arguments, was, &remake.made) : could_not(arguments, was, &remake);
  remake_free(&remake);
  recorded_free(was);
  return end;
}
