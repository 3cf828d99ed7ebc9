/* command.c: command lines written down so that they can be run again. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <string.h>

void command_word(struct text *out, const char *word)
{
  const bool plain = word[0] != '\0' && strpbrk(word, " \t\n'\"\\$&|;<>()*?[]#~`!") == NULL;
  text_add(out, plain ? " " : " '");
  for (const char *at = word; *at != '\0'; at++) {
    if (*at == '\'') {
      text_add(out, "'\\''");
    } else {
      text_add_n(out, at, 1);
    }
  }
  text_add(out, plain ? "" : "'");
}

static void add_each(struct text *out, const char *option, const struct words *words)
{
  for (int i = 0; i < words->count; i++) {
    command_word(out, option);
    command_word(out, words->at[i]);
  }
}

static void add_option(struct text *out, const char *option, const char *value)
{
  if (value != NULL) {
    command_word(out, option);
    command_word(out, value);
  }
}

/* On the scenarios that are shown: without any, `simulate` takes the plan alone. */
static void add_simulation(struct text *out, const struct arguments *arguments, const struct report *report)
{
  for (int i = 1; i < report->n_shown; i++) {
    add_option(out, "-s", report->shown[i].id);
  }
  if (arguments->draws > 0) {
    text_printf(out, " --draws %llu", (unsigned long long)arguments->draws);
  }
  if (arguments->has_seed) {
    text_printf(out, " --seed %llu", (unsigned long long)arguments->seed);
  }
  add_option(out, "--uncertainty", arguments->uncertainty);
  add_option(out, "--correlation", arguments->correlation);
}

const char *command_of(const struct arguments *arguments, enum verb_id verb, const struct report *report,
                       struct arena *arena)
{
  struct text line = { 0 };
  text_add(&line, "headroom");
  command_word(&line, verbs[verb].name);
  command_word(&line, arguments->operand);
  if (verb == VERB_STRESS) {
    add_each(&line, "--pack", &arguments->pack);
  } else if (verb == VERB_SIMULATE) {
    add_simulation(&line, arguments, report);
  } else {
    add_each(&line, "-s", &arguments->scenario);
  }
  text_add(&line, " --json");
  add_option(&line, "--plugin-path", arguments->registry.plugin_path);
  text_add(&line, arguments->registry.safe ? " --safe" : "");
  const char *command = arena_strdup(arena, text_str(&line));
  arena->failed |= line.failed;
  text_fini(&line);
  return command;
}
