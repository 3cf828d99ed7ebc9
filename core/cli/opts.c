/* opts.c: the command line, by the table of verbs.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"
#include "report/briefing.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool push(struct words *words, const char *word)
{
  const char **at = realloc(words->at, ((size_t)words->count + 1) * sizeof *at);
  if (at == NULL) {
    return false;
  }
  words->at = at;
  at[words->count++] = word;
  return true;
}

void arguments_free(struct arguments *arguments)
{
  free(arguments->scenario.at);
  free(arguments->set.at);
  free(arguments->pack.at);
  free(arguments->folders.at);
}

static int usage_error(const struct arguments *arguments, const char *what, const char *word, const char *nearest)
{
  if (nearest != NULL) {
    say_error(arguments, "%s '%s'.  Did you mean '%s'?", what, word, nearest);
  } else {
    say_error(arguments, "%s '%s'.  `headroom --help` lists what there is.", what, word);
  }
  return status_exit_code(STATUS_USAGE);
}

/* D1 to D4, or the date's own name. */
static int parse_fail_if(struct arguments *arguments, const char *word)
{
  for (int d = 0; d < N_DATES; d++) {
    const char number[] = { 'D', (char)('1' + d), '\0' };
    if (strcasecmp(word, number) == 0 || strcmp(word, date_names[d]) == 0) {
      arguments->fail_if |= 1u << d;
      return -1;
    }
  }
  return usage_error(arguments, "--fail-if takes D1, D2, D3 or D4, not", word, nearest_name(word, date_names));
}

static int parse_deadline(struct arguments *arguments, const char *word)
{
  struct decimal seconds;
  if (decimal_parse(word, strlen(word), DECIMAL_PLAIN, &seconds) != NULL || seconds.units <= 0) {
    return usage_error(arguments, "--deadline takes seconds, not", word, NULL);
  }
  arguments->deadline_s = arguments->registry.deadline_s = decimal_value(seconds);
  return -1;
}

static int parse_width(struct arguments *arguments, const char *word)
{
  struct decimal columns;
  if (decimal_parse(word, strlen(word), DECIMAL_PLAIN, &columns) != NULL || columns.places != 0 || columns.units < 20 ||
      columns.units > 1000) {
    return usage_error(arguments, "--width takes a number of columns from 20 to 1000, not", word, NULL);
  }
  arguments->width = word;
  return -1;
}

static int parse_color(struct arguments *arguments, const char *word)
{
  static const char *const words[] = { "auto", "always", "never", NULL };
  for (int i = 0; words[i] != NULL; i++) {
    if (strcmp(word, words[i]) == 0) {
      arguments->color = word;
      return -1;
    }
  }
  return usage_error(arguments, "--color takes auto, always or never, not", word, nearest_name(word, words));
}

static int parse_audience(struct arguments *arguments, const char *word)
{
  for (int i = 0; audience_names[i] != NULL; i++) {
    if (strcmp(word, audience_names[i]) == 0) {
      arguments->audience = i;
      return -1;
    }
  }
  return usage_error(arguments, "--audience takes member, officer or peer, not", word,
                     nearest_name(word, audience_names));
}

static int parse_seed(struct arguments *arguments, const char *word)
{
  const size_t n = strlen(word);
  if (n < 1 || n > 18 || strspn(word, "0123456789") != n) {
    return usage_error(arguments, "--seed takes a whole number, not", word, NULL);
  }
  arguments->has_seed = true;
  arguments->seed = strtoull(word, NULL, 10);
  return -1;
}

static int parse_draws(struct arguments *arguments, const char *word)
{
  struct decimal draws;
  if (arguments->verb == VERB_REPORT && strcmp(word, "0") == 0) {
    arguments->no_draws = true;
    return -1;
  }
  if (decimal_parse(word, strlen(word), DECIMAL_MONEY, &draws) != NULL || draws.places != 0 || draws.units < 256 ||
      (uint64_t)draws.units > MOST_DRAWS) {
    return usage_error(arguments, "--draws takes a whole number from 256 to 1,000,000,000, not", word, NULL);
  }
  arguments->draws = (uint64_t)draws.units;
  return -1;
}

static int parse_threads(struct arguments *arguments, const char *word)
{
  struct decimal threads;
  if (decimal_parse(word, strlen(word), DECIMAL_PLAIN, &threads) != NULL || threads.places != 0 || threads.units < 1 ||
      threads.units > MOST_WORKERS) {
    return usage_error(arguments, "--threads takes a whole number from 1 to 256, not", word, NULL);
  }
  arguments->threads = (int)threads.units;
  return -1;
}

static int parse_sampler(struct arguments *arguments, const char *word)
{
  static const char *const words[] = { "rqmc", "mc", NULL };
  if (strcmp(word, words[0]) != 0 && strcmp(word, words[1]) != 0) {
    return usage_error(arguments, "--sampler takes rqmc or mc, not", word, nearest_name(word, words));
  }
  arguments->plain = strcmp(word, words[1]) == 0;
  return -1;
}

/* se<0.2%, with or without spaces. */
static int parse_until_error(struct arguments *arguments, const char *word)
{
  const char *at = word + strspn(word, " ");
  struct decimal percent;
  at += strncmp(at, "se", 2) == 0 ? 2 : 0;
  at += strspn(at, " ");
  const bool less = *at == '<';
  at += less ? 1 : 0;
  at += strspn(at, " ");
  const double least = 0.00001, most = 0.05;
  if (!less || at[0] == '\0' || at[strlen(at) - 1] != '%' ||
      decimal_parse(at, strlen(at), DECIMAL_PERCENT, &percent) != NULL || decimal_fraction(percent) < least ||
      decimal_fraction(percent) > most) {
    return usage_error(arguments, "--until takes a standard error from 0.001% to 5% such as se<0.2%, not", word, NULL);
  }
  arguments->until_error = decimal_fraction(percent);
  return -1;
}

static int parse_depth(struct arguments *arguments, const char *word)
{
  struct decimal depth;
  if (decimal_parse(word, strlen(word), DECIMAL_PLAIN, &depth) != NULL || depth.places != 0 || depth.units < 1 ||
      depth.units > 1000) {
    return usage_error(arguments, "--depth takes a whole number from 1, not", word, NULL);
  }
  arguments->depth = (int)depth.units;
  return -1;
}

static int take_option(struct arguments *arguments, enum option_id id, const char *value)
{
  switch (id) {
  case OPT_SCENARIO:
    return push(&arguments->scenario, value) ? -1 : status_exit_code(STATUS_MEMORY);
  case OPT_SET:
    return push(&arguments->set, value) ? -1 : status_exit_code(STATUS_MEMORY);
  case OPT_PACK:
    return push(&arguments->pack, value) ? -1 : status_exit_code(STATUS_MEMORY);
  case OPT_FIND:
    arguments->find = value;
    return -1;
  case OPT_UNTIL:
    arguments->until = value;
    return -1;
  case OPT_DRAWS:
  case OPT_REPORT_DRAWS:
    return parse_draws(arguments, value);
  case OPT_DRAWS_SEED:
    return parse_seed(arguments, value);
  case OPT_SAMPLER:
    return parse_sampler(arguments, value);
  case OPT_UNTIL_ERROR:
    return parse_until_error(arguments, value);
  case OPT_THREADS:
    return parse_threads(arguments, value);
  case OPT_MPI:
    arguments->mpi = true;
    return -1;
  case OPT_SAMPLES:
    arguments->samples = value;
    return -1;
  case OPT_UNCERTAINTY:
    arguments->uncertainty = value;
    return -1;
  case OPT_CORRELATION:
    arguments->correlation = value;
    return -1;
  case OPT_GRAIN:
    arguments->grain = value;
    return -1;
  case OPT_BRIDGE:
    arguments->bridge = true;
    return -1;
  case OPT_YEAR:
    arguments->year = value;
    return -1;
  case OPT_STRESS:
    arguments->stress = value;
    return -1;
  case OPT_DEPTH:
    return parse_depth(arguments, value);
  case OPT_DEEP:
    arguments->depth = INT_MAX;
    return -1;
  case OPT_JSON:
    arguments->json = true;
    return -1;
  case OPT_CSV:
    arguments->csv = true;
    return -1;
  case OPT_ALL:
    arguments->all = true;
    return -1;
  case OPT_LINES:
    arguments->lines = true;
    return -1;
  case OPT_FAIL_IF:
    return parse_fail_if(arguments, value);
  case OPT_OUTPUT:
  case OPT_INTO:
  case OPT_REPORT:
    arguments->output = value;
    return -1;
  case OPT_AUDIENCE:
    return parse_audience(arguments, value);
  case OPT_TITLE:
    arguments->title = value;
    return -1;
  case OPT_COUNCIL_WORDS:
    arguments->council_words = value;
    return -1;
  case OPT_COLOR:
    return parse_color(arguments, value);
  case OPT_PICTURE_WIDTH:
    arguments->picture_width = value;
    return -1;
  case OPT_WIDTH:
    return parse_width(arguments, value);
  case OPT_ASCII:
    arguments->ascii = true;
    return -1;
  case OPT_PAGER:
    arguments->pager = true;
    return -1;
  case OPT_PLUGIN_PATH:
    arguments->registry.plugin_path = value;
    return -1;
  case OPT_SAFE:
    arguments->registry.safe = true;
    return -1;
  case OPT_IN_PROCESS:
    arguments->in_process = true;
    return -1;
  case OPT_ONLY:
    arguments->only = value;
    return -1;
  case OPT_SEED:
    return parse_seed(arguments, value);
  case OPT_DEADLINE:
    return parse_deadline(arguments, value);
  default: {
    struct text help = { 0 };
    usage_verb(&help, arguments->verb);
    return output(arguments, &help, 0);
  }
  }
}

/* Finds the verb, one word or two; *skip: how many. */
static int parse_verb(struct arguments *arguments, int argc, char **argv, int *skip)
{
  *skip = 1;
  int verb = verb_find(argv[1], "");
  if (verb < 0 && strcmp(argv[1], "plugin") == 0) {
    *skip = 2;
    if (argc < 3) {
      say_error(arguments, "plugin what?  headroom plugin list, show, new or check.");
      return status_exit_code(STATUS_USAGE);
    }
    if (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0) {
      return usage_group(argv[1]);
    }
    verb = verb_find("plugin", argv[2]);
    if (verb < 0) {
      return usage_error(arguments, "there is no verb: plugin", argv[2], verb_nearest(argv[2], "plugin"));
    }
  }
  if (verb < 0) {
    return usage_error(arguments, "there is no verb", argv[1], verb_nearest(argv[1], NULL));
  }
  arguments->verb = (enum verb_id)verb;
  return -1;
}

/* getopt's tables for one verb. */
static void option_tables(enum verb_id verb, struct option *longs, char *shorts)
{
  int n = 0;
  *shorts++ = ':';
  for (int o = 0; o < N_OPTIONS; o++) {
    if ((option_kinds[o].verbs & BIT(verb)) == 0) {
      continue;
    }
    const int takes = option_kinds[o].value != NULL ? required_argument : no_argument;
    longs[n++] = (struct option){ option_kinds[o].name, takes, NULL, 256 + o };
    if (option_kinds[o].letter != 0) {
      *shorts++ = option_kinds[o].letter;
      if (takes == required_argument) {
        *shorts++ = ':';
      }
    }
  }
  longs[n] = (struct option){ 0 };
  *shorts = '\0';
}

/* A letter may mean one thing to one verb and another to the next. */
static int option_of(int found, enum verb_id verb)
{
  for (int o = 0; o < N_OPTIONS; o++) {
    const struct option_kind *kind = &option_kinds[o];
    if (found == 256 + o || ((kind->verbs & BIT(verb)) != 0 && kind->letter != 0 && found == kind->letter)) {
      return o;
    }
  }
  return -1;
}

static int bad_option(const struct arguments *arguments, int found, const char *word)
{
  const char *names[N_OPTIONS + 1] = { 0 };
  int n = 0;
  for (int o = 0; o < N_OPTIONS; o++) {
    if ((option_kinds[o].verbs & BIT(arguments->verb)) != 0) {
      names[n++] = option_kinds[o].name;
    }
  }
  if (found == ':') {
    say_error(arguments, "%s needs a value", word);
    return status_exit_code(STATUS_USAGE);
  }
  return usage_error(arguments, "no such option here:", word, nearest_name(word + strspn(word, "-"), names));
}

static int parse_options(struct arguments *arguments, int argc, char **argv)
{
  struct option longs[N_OPTIONS + 1];
  char shorts[2 * N_OPTIONS + 2];
  option_tables(arguments->verb, longs, shorts);
  opterr = 0;
  optind = 1;
  for (int found; (found = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
    const int option = option_of(found, arguments->verb);
    if (option < 0) {
      return bad_option(arguments, found, argv[optind - 1]);
    }
    const int end = take_option(arguments, (enum option_id)option, optarg);
    if (end >= 0) {
      return end;
    }
  }
  const struct verb *verb = &verbs[arguments->verb];
  const char *wanted = verb->operand;
  const bool two = strchr(wanted, ' ') != NULL, many = strstr(wanted, "...") != NULL;
  if (optind < argc) {
    arguments->operand = argv[optind++];
  }
  if (two && optind < argc) {
    arguments->second_operand = argv[optind++];
  }
  for (int i = optind - 1; many && arguments->operand != NULL && i < argc; i++) {
    if (!push(&arguments->folders, argv[i])) {
      return status_exit_code(STATUS_MEMORY);
    }
    optind = i + 1;
  }
  if (optind < argc || (arguments->operand != NULL && wanted[0] == '\0')) {
    return usage_error(arguments, "one thing too many:", wanted[0] == '\0' ? arguments->operand : argv[optind], NULL);
  }
  if ((arguments->operand == NULL && wanted[0] != '\0') || (two && arguments->second_operand == NULL)) {
    say_error(arguments, "which %s?  `headroom %s%s%s --help` has examples.", wanted, verb->name,
              verb->second[0] != '\0' ? " " : "", verb->second);
    return status_exit_code(STATUS_USAGE);
  }
  if (arguments->json && arguments->csv) {
    say_error(arguments, "--json or --csv, not both");
    return status_exit_code(STATUS_USAGE);
  }
  return -1;
}

int arguments_parse(int argc, char **argv, struct arguments *arguments)
{
  struct text text = { 0 };
  *arguments = (struct arguments){ .color = "auto" };
  if (argc < 2) {
    usage_short(&text);
    fputs(text_str(&text), stderr);
    text_fini(&text);
    return status_exit_code(STATUS_USAGE);
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
    usage_short(&text);
    return output(arguments, &text, 0);
  }
  if (strcmp(argv[1], "--version") == 0) {
    text_printf(&text, "headroom %s, plugin ABI %u\n", HEADROOM_VERSION, HR_ABI_MAJOR);
    return output(arguments, &text, 0);
  }
  int skip;
  const int end = parse_verb(arguments, argc, argv, &skip);
  return end >= 0 ? end : parse_options(arguments, argc - skip, argv + skip);
}
