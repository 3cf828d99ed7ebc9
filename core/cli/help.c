/* help.c: what --help says and what a shell completes, out of the table of options. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"
#include "report/pictures.h"

#include <stdio.h>
#include <string.h>

/* ---- help ------------------------------------------------------------------------------------------- */

static void verb_line(struct text *out, const struct verb *verb)
{
  struct text name = { 0 };
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
                "\n`headroom VERB --help` says more; so does `man headroom`.\n");
}

int usage_group(const char *name)
{
  struct text text = { 0 };
  for (int v = 0; v < N_VERBS; v++) {
    if (strcmp(verbs[v].name, name) == 0) {
      verb_line(&text, &verbs[v]);
    }
  }
  text_printf(&text, "\n`headroom %s VERB --help` says more.\n", name);
  fputs(text_str(&text), stdout);
  text_fini(&text);
  return 0;
}

static void option_line(struct text *out, const struct option_kind *kind)
{
  struct text name = { 0 };
  const char letter[] = { '-', kind->letter, ',', ' ', '\0' };
  text_printf(&name, "%s--%s", kind->letter != 0 ? letter : "    ", kind->name);
  if (kind->value != NULL) {
    text_printf(&name, " %s", kind->value);
  }
  text_printf(out, "  %-24s%s%s\n", text_str(&name), name.length > 24 ? "\n                            " : "  ",
              kind->help);
  text_fini(&name);
}

/* Where a screen would not hold them all, what most verbs have in common stands in one line. */
enum { MOST_LINES = 18 };

static bool is_common(enum option_id o)
{
  return o == OPT_COLOR || o == OPT_WIDTH || o == OPT_ASCII || o == OPT_PAGER || o == OPT_PLUGIN_PATH ||
         o == OPT_SAFE || o == OPT_IN_PROCESS || o == OPT_DEADLINE;
}

static void option_lines(struct text *out, enum verb_id id)
{
  struct text common = { 0 };
  int n = 0;
  for (int o = 0; o < N_OPTIONS; o++) {
    n += (option_kinds[o].verbs & BIT(id)) != 0;
  }
  for (int o = 0; o < N_OPTIONS; o++) {
    if ((option_kinds[o].verbs & BIT(id)) == 0) {
      continue;
    }
    if (n > MOST_LINES && is_common((enum option_id)o)) {
      text_printf(&common, " --%s", option_kinds[o].name);
    } else {
      option_line(out, &option_kinds[o]);
    }
  }
  if (common.length > 0) {
    text_printf(out, "  as of run:%s\n", text_str(&common));
  }
  text_fini(&common);
}

void usage_verb(struct text *out, enum verb_id id)
{
  const struct verb *verb = &verbs[id];
  text_printf(out, "Usage: headroom %s%s%s [OPTION]... %s\n%s.\n", verb->name, verb->second[0] != '\0' ? " " : "",
              verb->second, verb->operand, verb->summary);
  if (id == VERB_SIMULATE) {
    text_add(out,
             "It counts futures drawn as uncertainty.csv or the sector's presets say, and knows nothing of what they "
             "leave\nout, nor of what the council would do: `man headroom` on SIMULATION.\n");
  }
  text_add(out, "\n");
  option_lines(out, id);
  text_add(out, "\nExamples:\n");
  for (const char *at = verb->examples; *at != '\0';) {
    const size_t n = strcspn(at, "\n");
    text_add(out, "  ");
    text_add_n(out, at, n);
    text_add(out, "\n");
    at += n + (at[n] == '\n');
  }
}

/* ---- completion ---------------------------------------------------------------------------------------- */

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
    if ((option_kinds[o].verbs & (1u << verb)) != 0) {
      printf("--%s\n", option_kinds[o].name);
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
  } else if (strcmp(what, "tests") == 0) {
    for (size_t i = 0; check_test_name(i) != NULL; i++) {
      puts(check_test_name(i));
    }
  } else if (strcmp(what, "pictures") == 0) {
    for (size_t i = 0; picture_names[i] != NULL; i++) {
      puts(picture_names[i]);
    }
  } else if (strcmp(what, "scenarios") == 0 && argc > 3) {
    complete_scenarios(argv[3]);
  }
  return 0;
}
