/* opts.c: the verbs and the one table of options: what parses, what --help says, what completes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct verb verbs[N_VERBS] = {
    [VERB_CHECK] = {"check", "", "FOLDER", "what is wrong or odd in the data, with the \xC2\xA3 at stake",
                    "headroom check datasets/saltmere\nheadroom check --all --csv mycouncil", cmd_check},
    [VERB_RUN] = {"run", "", "FOLDER", "gap, savings, reserves and the four dates, for the plan and chosen scenarios",
                  "headroom run datasets/saltmere\nheadroom run datasets/saltmere -s cyber --lines\n"
                  "headroom run datasets/saltmere --set pay_award.extra_award=1pp",
                  cmd_run},
    [VERB_COMPARE] = {"compare", "", "FOLDER", "scenarios side by side, and what each adds to the plan",
                      "headroom compare datasets/north-east-lincolnshire\nheadroom compare datasets/saltmere -s cyber -s slip_12 --json",
                      cmd_compare},
    [VERB_STRESS] = {"stress", "", "FOLDER", "what breaks the plan, and how far each thing may go before it does",
                     "headroom stress datasets/saltmere\nheadroom stress mycouncil --pack mypack.csv --json", cmd_stress},
    [VERB_SOLVE] = {"solve", "", "FOLDER", "how far one parameter may go, both sides shown",
                    "headroom solve datasets/saltmere --find pay_award.extra_award --until 'D3<=2028/29'\n"
                    "headroom solve datasets/preston-2023 -s no_requirement --find recurring_savings@2024/25 --until D1",
                    cmd_solve},
    [VERB_INIT] = {"init", "", "FOLDER", "write a template folder that runs as it is", "headroom init mycouncil\nheadroom check mycouncil",
                   cmd_init},
    [VERB_PLUGIN_LIST] = {"plugin", "list", "", "the scenario library", "headroom plugin list", cmd_plugin_list},
    [VERB_PLUGIN_SHOW] = {"plugin", "show", "NAME|FILE", "what a plugin does: rules, parameters, sources",
                          "headroom plugin show pay_award", cmd_plugin_show},
    [VERB_PLUGIN_CHECK] = {"plugin", "check", "FILE", "the conformance tests, each in a process of its own",
                           "headroom plugin check ./my_plugin.so", cmd_plugin_check},
};

enum option_id {
  OPT_SCENARIO, OPT_SET, OPT_PACK, OPT_FIND, OPT_UNTIL, OPT_GRAIN, OPT_JSON, OPT_CSV, OPT_ALL, OPT_LINES, OPT_FAIL_IF, OPT_OUTPUT, OPT_COLOR, OPT_WIDTH, OPT_ASCII,
  OPT_PLUGIN_PATH, OPT_SAFE, OPT_IN_PROCESS, OPT_DEADLINE, OPT_HELP, N_OPTIONS
};

#define BIT(verb) (1u << (verb))
#define SCENARIOS (BIT(VERB_RUN) | BIT(VERB_COMPARE))
#define SEARCHES (BIT(VERB_STRESS) | BIT(VERB_SOLVE))
#define RUNS (SCENARIOS | SEARCHES)
#define PLUGINS (BIT(VERB_PLUGIN_LIST) | BIT(VERB_PLUGIN_SHOW) | BIT(VERB_PLUGIN_CHECK))
#define TABLES (RUNS | PLUGINS | BIT(VERB_CHECK))
#define EVERY (TABLES | BIT(VERB_INIT))

static const struct option_kind {
  const char *name;
  char letter; /* 0: none */
  const char *value, *help;
  unsigned verbs;
} kinds[N_OPTIONS] = {
    [OPT_SCENARIO] = {"scenario", 's', "ID", "a scenario of scenarios.csv; may repeat", SCENARIOS | BIT(VERB_SOLVE)},
    [OPT_SET] = {"set", 0, "PLUGIN.PARAMETER=VALUE[@YEAR]", "a quick what-if on top; may repeat", SCENARIOS},
    [OPT_PACK] = {"pack", 0, "FILE", "this pack instead of those shipped; may repeat", BIT(VERB_STRESS)},
    [OPT_FIND] = {"find", 0, "PLUGIN.PARAMETER", "or recurring_savings@YEAR: what is sought", BIT(VERB_SOLVE)},
    [OPT_UNTIL] = {"until", 0, "TEST", "D3, D3<=2028/29, gap@2030/31<=0, ...", BIT(VERB_SOLVE)},
    [OPT_GRAIN] = {"grain", 0, "STEP", "answer to this step, in the parameter's own unit", BIT(VERB_SOLVE)},
    [OPT_LINES] = {"lines", 'l', NULL, "every line, saving and reserve too", BIT(VERB_RUN)},
    [OPT_ALL] = {"all", 'a', NULL, "every finding, not only the first 20", BIT(VERB_CHECK)},
    [OPT_FAIL_IF] = {"fail-if", 0, "DATE", "exit 1 when D1, D2, D3 or D4 falls in the plan; may repeat", SCENARIOS},
    [OPT_JSON] = {"json", 0, NULL, "JSON, money in pence", TABLES},
    [OPT_CSV] = {"csv", 0, NULL, "CSV, money in pounds", TABLES},
    [OPT_OUTPUT] = {"output", 'o', "FILE", "write there, whole or not at all", TABLES},
    [OPT_COLOR] = {"color", 0, "WHEN", "auto, always or never (also NO_COLOR)", EVERY},
    [OPT_WIDTH] = {"width", 0, "COLUMNS", "lay out for that width", TABLES},
    [OPT_ASCII] = {"ascii", 0, NULL, "plain characters, for old consoles", TABLES},
    [OPT_PLUGIN_PATH] = {"plugin-path", 0, "DIRS", "look there first (also HEADROOM_PLUGIN_PATH)", RUNS | PLUGINS},
    [OPT_SAFE] = {"safe", 0, NULL, "shipped plugins only", RUNS | PLUGINS},
    [OPT_IN_PROCESS] = {"in-process", 0, NULL, "no worker process, for debuggers", RUNS},
    [OPT_DEADLINE] = {"deadline", 0, "SECONDS", "for one call of a plugin (10)", RUNS | PLUGINS},
    [OPT_HELP] = {"help", 'h', NULL, "this help", EVERY},
};

/* ---- help --------------------------------------------------------------------------------------------------------- */

static void verb_line(struct text *out, const struct verb *verb)
{
  struct text name = {0};
  text_printf(&name, "%s%s%s %s", verb->name, verb->second[0] != '\0' ? " " : "", verb->second, verb->operand);
  text_printf(out, "  %-24s %s\n", text_str(&name), verb->summary);
  text_fini(&name);
}

void usage_short(struct text *out)
{
  text_add(out, "headroom: how long, and under what, does a council's money last?\n\n");
  for (int v = 0; v < N_VERBS; v++) {
    verb_line(out, &verbs[v]);
  }
  text_add(out, "\nExamples:\n"
                "  headroom run datasets/saltmere\n"
                "  headroom compare datasets/north-east-lincolnshire\n"
                "  headroom run datasets/saltmere --set pay_award.extra_award=1pp\n"
                "\n`headroom VERB --help` says more; so does `man headroom`.\n");
}

static void option_line(struct text *out, const struct option_kind *kind)
{
  struct text name = {0};
  const char letter[] = {'-', kind->letter, ',', ' ', '\0'};
  text_printf(&name, "%s--%s", kind->letter != 0 ? letter : "    ", kind->name);
  if (kind->value != NULL) {
    text_printf(&name, " %s", kind->value);
  }
  text_printf(out, "  %-24s%s%s\n", text_str(&name), name.length > 24 ? "\n                            " : "  ", kind->help);
  text_fini(&name);
}

void usage_verb(struct text *out, enum verb_id id)
{
  const struct verb *verb = &verbs[id];
  text_printf(out, "Usage: headroom %s%s%s [OPTION]... %s\n%s.\n\n", verb->name, verb->second[0] != '\0' ? " " : "", verb->second,
              verb->operand, verb->summary);
  for (int o = 0; o < N_OPTIONS; o++) {
    if ((kinds[o].verbs & BIT(id)) != 0) {
      option_line(out, &kinds[o]);
    }
  }
  text_add(out, "\nExamples:\n");
  for (const char *at = verb->examples; *at != '\0';) {
    const size_t n = strcspn(at, "\n");
    text_add(out, "  ");
    text_add_n(out, at, n);
    text_add(out, "\n");
    at += n + (at[n] == '\n');
  }
}

/* ---- parsing -------------------------------------------------------------------------------------------------------- */

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
    const char number[] = {'D', (char)('1' + d), '\0'};
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
  static const char *const words[] = {"auto", "always", "never", NULL};
  for (int i = 0; words[i] != NULL; i++) {
    if (strcmp(word, words[i]) == 0) {
      arguments->color = word;
      return -1;
    }
  }
  return usage_error(arguments, "--color takes auto, always or never, not", word, nearest_name(word, words));
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
  case OPT_GRAIN:
    arguments->grain = value;
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
    arguments->output = value;
    return -1;
  case OPT_COLOR:
    return parse_color(arguments, value);
  case OPT_WIDTH:
    return parse_width(arguments, value);
  case OPT_ASCII:
    arguments->ascii = true;
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
  case OPT_DEADLINE:
    return parse_deadline(arguments, value);
  default: {
    struct text help = {0};
    usage_verb(&help, arguments->verb);
    return output(arguments, &help, 0);
  }
  }
}

static int verb_find(const char *name, const char *second)
{
  for (int v = 0; v < N_VERBS; v++) {
    if (strcmp(verbs[v].name, name) == 0 && strcmp(verbs[v].second, second) == 0) {
      return v;
    }
  }
  return -1;
}

static const char *nearest_verb(const char *typed, const char *first)
{
  const char *names[N_VERBS + 1] = {0};
  int n = 0;
  for (int v = 0; v < N_VERBS; v++) {
    if (first == NULL) {
      names[n++] = verbs[v].name;
    } else if (strcmp(verbs[v].name, first) == 0) {
      names[n++] = verbs[v].second;
    }
  }
  return nearest_name(typed, names);
}

/* Finds the verb, one word or two; *skip: how many. */
static int parse_verb(struct arguments *arguments, int argc, char **argv, int *skip)
{
  *skip = 1;
  int verb = verb_find(argv[1], "");
  if (verb < 0 && strcmp(argv[1], "plugin") == 0) {
    *skip = 2;
    if (argc < 3) {
      say_error(arguments, "plugin what?  headroom plugin list, show or check.");
      return status_exit_code(STATUS_USAGE);
    }
    verb = verb_find("plugin", argv[2]);
    if (verb < 0) {
      return usage_error(arguments, "there is no verb: plugin", argv[2], nearest_verb(argv[2], "plugin"));
    }
  }
  if (verb < 0) {
    return usage_error(arguments, "there is no verb", argv[1], nearest_verb(argv[1], NULL));
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
    if ((kinds[o].verbs & BIT(verb)) == 0) {
      continue;
    }
    const int takes = kinds[o].value != NULL ? required_argument : no_argument;
    longs[n++] = (struct option){kinds[o].name, takes, NULL, 256 + o};
    if (kinds[o].letter != 0) {
      *shorts++ = kinds[o].letter;
      if (takes == required_argument) {
        *shorts++ = ':';
      }
    }
  }
  longs[n] = (struct option){0};
  *shorts = '\0';
}

static int option_of(int found)
{
  for (int o = 0; o < N_OPTIONS; o++) {
    if (found == 256 + o || (kinds[o].letter != 0 && found == kinds[o].letter)) {
      return o;
    }
  }
  return -1;
}

static int bad_option(const struct arguments *arguments, int found, const char *word)
{
  const char *names[N_OPTIONS + 1] = {0};
  int n = 0;
  for (int o = 0; o < N_OPTIONS; o++) {
    if ((kinds[o].verbs & BIT(arguments->verb)) != 0) {
      names[n++] = kinds[o].name;
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
    const int option = option_of(found);
    if (option < 0) {
      return bad_option(arguments, found, argv[optind - 1]);
    }
    const int end = take_option(arguments, (enum option_id)option, optarg);
    if (end >= 0) {
      return end;
    }
  }
  const char *wanted = verbs[arguments->verb].operand;
  if (optind < argc) {
    arguments->operand = argv[optind++];
  }
  if (optind < argc || (arguments->operand != NULL && wanted[0] == '\0')) {
    return usage_error(arguments, "one thing too many:", wanted[0] == '\0' ? arguments->operand : argv[optind], NULL);
  }
  if (arguments->operand == NULL && wanted[0] != '\0') {
    say_error(arguments, "which %s?  `headroom %s --help` has examples.", wanted, verbs[arguments->verb].name);
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
  struct text text = {0};
  *arguments = (struct arguments){.color = "auto"};
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

/* ---- completion ---------------------------------------------------------------------------------------------------------- */

static void complete_verbs(void)
{
  for (int v = 0; v < N_VERBS; v++) {
    printf("%s%s%s\n", verbs[v].name, verbs[v].second[0] != '\0' ? " " : "", verbs[v].second);
  }
}

static void complete_options(const char *name, const char *second)
{
  const int verb = verb_find(name, second);
  for (int o = 0; verb >= 0 && o < N_OPTIONS; o++) {
    if ((kinds[o].verbs & (1u << verb)) != 0) {
      printf("--%s\n", kinds[o].name);
    }
  }
}

static void complete_scenarios(const char *path)
{
  struct folder folder;
  if (folder_load(&folder, path, NULL, NULL) == STATUS_OK) {
    for (int i = 0; i < folder.n_scenario_rows; i++) {
      bool seen = false;
      for (int before = 0; before < i && !seen; before++) {
        seen = strcmp(folder.scenario[before].scenario, folder.scenario[i].scenario) == 0;
      }
      if (!seen) {
        puts(folder.scenario[i].scenario);
      }
    }
  }
  folder_fini(&folder);
}

int complete_main(int argc, char **argv)
{
  const char *what = argc > 2 ? argv[2] : "verbs";
  if (strcmp(what, "verbs") == 0) {
    complete_verbs();
  } else if (strcmp(what, "options") == 0 && argc > 3) {
    complete_options(argv[3], argc > 4 ? argv[4] : "");
  } else if (strcmp(what, "scenarios") == 0 && argc > 3) {
    complete_scenarios(argv[3]);
  }
  return 0;
}
