/* verbs.c: the verbs and the one table of options: what parses, what --help says, what completes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"

#include <string.h>

const struct verb verbs[N_VERBS] = {
  [VERB_CHECK] = { "check", "", "FOLDER", "what is wrong or odd in the data, with the \xC2\xA3 at stake",
                   "headroom check datasets/saltmere\nheadroom check --all --csv mycouncil", cmd_check },
  [VERB_RUN] = { "run", "", "FOLDER", "gap, savings, reserves and the four dates, for the plan and chosen scenarios",
                 "headroom run datasets/saltmere\nheadroom run datasets/saltmere -s cyber --lines\n"
                 "headroom run datasets/saltmere --set pay_award.extra_award=1pp",
                 cmd_run },
  [VERB_COMPARE] = { "compare", "", "FOLDER", "scenarios side by side, and what each adds to the plan",
                     "headroom compare datasets/north-east-lincolnshire\n"
                     "headroom compare datasets/saltmere -s cyber -s slip_12 --bridge",
                     cmd_compare },
  [VERB_DIFF] = { "diff", "", "OLD NEW", "what changed between two folders of one council, in parts that add up",
                  "headroom diff datasets/north-norfolk-2011 datasets/north-norfolk-2012", cmd_diff },
  [VERB_STRESS] = { "stress", "", "FOLDER", "what breaks the plan, and how far each thing may go before it does",
                    "headroom stress datasets/saltmere\nheadroom stress mycouncil --pack mypack.csv --json",
                    cmd_stress },
  [VERB_SIMULATE] = { "simulate", "", "FOLDER...",
                      "the plan in many futures: ranges, chances, what drives them; a stress, not a forecast",
                      "headroom simulate datasets/saltmere -s cyber -s slip_12 --seed 7", cmd_simulate },
  [VERB_SOLVE] = { "solve", "", "FOLDER", "how far one parameter may go, both sides shown",
                   "headroom solve datasets/saltmere --find pay_award.extra_award --until 'D3<=2028/29'\n"
                   "headroom solve datasets/preston-2023 -s no_requirement --find recurring_savings@2024/25 --until D1",
                   cmd_solve },
  [VERB_EXPLAIN] = { "explain", "", "FOLDER WHAT", "where a figure comes from, down to file and line",
                     "headroom explain datasets/saltmere gap@2030/31\n"
                     "headroom explain datasets/saltmere line:E05@2028/29 -s lac_plus_25 --deep",
                     cmd_explain },
  [VERB_VERIFY] = { "verify", "", "OUTPUT FOLDER", "make a JSON output again and say what has changed",
                    "headroom compare datasets/saltmere --json -o saltmere.json\nheadroom verify saltmere.json "
                    "datasets/saltmere",
                    cmd_verify },
  [VERB_REPORT] = { "report", "", "FOLDER", "the page, workbook or paper that people look at",
                    "headroom report datasets/saltmere -o saltmere.html", cmd_report },
  [VERB_CHART] = { "chart", "", "KIND FOLDER", "one picture of it as SVG: reserves, gap, bridge, fan and five more",
                   "headroom chart reserves datasets/saltmere -o reserves.svg\n"
                   "headroom chart bridge datasets/saltmere -s cyber --width half -o bridge.svg",
                   cmd_chart },
  [VERB_INIT] = { "init", "", "FOLDER", "write a template folder that runs as it is",
                  "headroom init mycouncil\nheadroom check mycouncil", cmd_init },
  [VERB_PLUGIN_LIST] = { "plugin", "list", "", "the scenario library", "headroom plugin list", cmd_plugin_list },
  [VERB_PLUGIN_SHOW] = { "plugin", "show", "NAME|FILE", "what a plugin does: rules, parameters, sources",
                         "headroom plugin show pay_award", cmd_plugin_show },
  [VERB_PLUGIN_NEW] = { "plugin", "new", "NAME", "write a plugin, its test and its build files, which pass as they are",
                        "headroom plugin new tram_fares", cmd_plugin_new },
  [VERB_PLUGIN_CHECK] = { "plugin", "check", "FILE", "the conformance tests, each in a process of its own",
                          "headroom plugin check ./my_plugin.so\nheadroom plugin check --only 'finite|drawn' --seed 7 "
                          "./my_plugin.so",
                          cmd_plugin_check },
};

#define SCENARIOS (BIT(VERB_RUN) | BIT(VERB_COMPARE))
#define SEARCHES (BIT(VERB_STRESS) | BIT(VERB_SOLVE))
#define SIMULATES BIT(VERB_SIMULATE)
#define RUNS (SCENARIOS | SEARCHES | SIMULATES | BIT(VERB_EXPLAIN))
#define REPORTS BIT(VERB_REPORT)
#define CHARTS BIT(VERB_CHART)
#define AGAIN (BIT(VERB_VERIFY) | REPORTS | CHARTS)
#define PLUGINS (BIT(VERB_PLUGIN_LIST) | BIT(VERB_PLUGIN_SHOW) | BIT(VERB_PLUGIN_CHECK))
#define TABLES (RUNS | PLUGINS | BIT(VERB_CHECK) | BIT(VERB_DIFF))
#define EVERY (TABLES | AGAIN | BIT(VERB_INIT) | BIT(VERB_PLUGIN_NEW))

const struct option_kind option_kinds[N_OPTIONS] = {
  [OPT_SCENARIO] = { "scenario", 's', "ID", "a scenario of scenarios.csv; may repeat",
                     SCENARIOS | SIMULATES | BIT(VERB_SOLVE) | BIT(VERB_EXPLAIN) | REPORTS | CHARTS },
  [OPT_SET] = { "set", 0, "SETTING", "PLUGIN.PARAMETER=VALUE[@YEAR], a quick what-if; may repeat",
                SCENARIOS | SIMULATES | BIT(VERB_EXPLAIN) },
  [OPT_PACK] = { "pack", 0, "FILE", "this pack instead of those shipped; may repeat",
                 BIT(VERB_STRESS) | BIT(VERB_EXPLAIN) | REPORTS | CHARTS },
  [OPT_FIND] = { "find", 0, "PLUGIN.PARAMETER", "or recurring_savings@YEAR: what is sought", BIT(VERB_SOLVE) },
  [OPT_UNTIL] = { "until", 0, "TEST", "D3, D3<=2028/29, gap@2030/31<=0, ...", BIT(VERB_SOLVE) },
  [OPT_DRAWS] = { "draws", 0, "N", "futures to simulate (131072); with --until at most so many", SIMULATES | CHARTS },
  [OPT_REPORT_DRAWS] = { "draws", 0, "N", "futures to simulate (131072); 0: none", REPORTS },
  [OPT_DRAWS_SEED] = { "seed", 0, "N", "other draws (20260401); the output names its seed",
                       SIMULATES | REPORTS | CHARTS },
  [OPT_SAMPLER] = { "sampler", 0, "WHICH", "rqmc, evenly spread draws, or mc, plain ones", SIMULATES },
  [OPT_UNTIL_ERROR] = { "until", 0, "se<P%", "draw until every chance has so small a standard error", SIMULATES },
  [OPT_THREADS] = { "threads", 0, "N", "workers at once (one a processor); the figures are the same",
                    SIMULATES | CHARTS },
  [OPT_MPI] = { "mpi", 0, NULL, "share futures out among the processes that mpirun started", SIMULATES },
  [OPT_SAMPLES] = { "samples", 0, "FILE", "every future drawn, as CSV: inputs, gaps, reserves", SIMULATES },
  [OPT_UNCERTAINTY] = { "uncertainty", 0, "FILE", "instead of the folder's uncertainty.csv, or of the presets",
                        SIMULATES | REPORTS | CHARTS },
  [OPT_CORRELATION] = { "correlation", 0, "FILE", "instead of the folder's correlation.csv, or of the presets",
                        SIMULATES | REPORTS | CHARTS },
  [OPT_GRAIN] = { "grain", 0, "STEP", "answer to this step, in the parameter's own unit", BIT(VERB_SOLVE) },
  [OPT_BRIDGE] = { "bridge", 0, NULL, "from one scenario to another, part by part", BIT(VERB_COMPARE) },
  [OPT_YEAR] = { "year", 0, "YEAR", "what the words are about; the last otherwise",
                 BIT(VERB_COMPARE) | BIT(VERB_DIFF) | CHARTS },
  [OPT_STRESS] = { "stress", 0, "FUTURE", "one that `headroom stress` shows: NAME[=AMOUNT]", BIT(VERB_EXPLAIN) },
  [OPT_DEPTH] = { "depth", 0, "N", "so many named figures deep (1)", BIT(VERB_EXPLAIN) },
  [OPT_DEEP] = { "deep", 0, NULL, "down to every cell", BIT(VERB_EXPLAIN) },
  [OPT_LINES] = { "lines", 'l', NULL, "every line, saving and reserve too", BIT(VERB_RUN) },
  [OPT_ALL] = { "all", 'a', NULL, "every finding, not only the first 20", BIT(VERB_CHECK) },
  [OPT_FAIL_IF] = { "fail-if", 0, "DATE", "exit 1 when D1, D2, D3 or D4 falls in the plan; may repeat", SCENARIOS },
  [OPT_JSON] = { "json", 0, NULL, "JSON, money in pence", TABLES },
  [OPT_CSV] = { "csv", 0, NULL, "CSV, money in pounds", TABLES & ~(BIT(VERB_SOLVE) | BIT(VERB_EXPLAIN)) },
  [OPT_OUTPUT] = { "output", 'o', "FILE", "write there, whole or not at all", TABLES | CHARTS },
  [OPT_INTO] = { "output", 'o', "DIR", "write it in that folder", BIT(VERB_PLUGIN_NEW) },
  [OPT_REPORT] = { "output", 'o', "FILE", "page.html, book.xlsx, brief.pdf, or pack/ for all", REPORTS },
  [OPT_AUDIENCE] = { "audience", 0, "WHO", "member, officer or peer: depth, never a figure", REPORTS },
  [OPT_TITLE] = { "title", 0, "WORDS", "instead of the council's name and years", REPORTS | CHARTS },
  [OPT_COUNCIL_WORDS] = { "council-words", 0, "FILE", "the council's own narrative, plain text", REPORTS },
  [OPT_COLOR] = { "color", 0, "WHEN", "auto, always or never (also NO_COLOR)", EVERY },
  [OPT_WIDTH] = { "width", 0, "COLUMNS", "lay out for that width", TABLES },
  [OPT_PICTURE_WIDTH] = { "width", 0, "WORD", "wide (800 px), half (520) or narrow (320)", CHARTS },
  [OPT_ASCII] = { "ascii", 0, NULL, "plain characters, for old consoles", TABLES },
  [OPT_PAGER] = { "pager", 0, NULL, "page by page, by $PAGER or less; on a terminal only", TABLES },
  [OPT_PLUGIN_PATH] = { "plugin-path", 0, "DIRS", "look there first (also HEADROOM_PLUGIN_PATH)",
                        RUNS | PLUGINS | AGAIN },
  [OPT_SAFE] = { "safe", 0, NULL, "shipped plugins only", RUNS | PLUGINS | AGAIN },
  [OPT_IN_PROCESS] = { "in-process", 0, NULL, "no worker process, for debuggers",
                       RUNS | AGAIN | BIT(VERB_PLUGIN_CHECK) },
  [OPT_ONLY] = { "only", 0, "REGEX", "the tests whose name it matches", BIT(VERB_PLUGIN_CHECK) },
  [OPT_SEED] = { "seed", 0, "N", "draw parameters as that seed did; the output names its seed",
                 BIT(VERB_PLUGIN_CHECK) },
  [OPT_DEADLINE] = { "deadline", 0, "SECONDS", "for one call of a plugin (10)", RUNS | PLUGINS | AGAIN },
  [OPT_HELP] = { "help", 'h', NULL, "this help", EVERY },
};

int verb_find(const char *name, const char *second)
{
  for (int v = 0; v < N_VERBS; v++) {
    if (strcmp(verbs[v].name, name) == 0 && strcmp(verbs[v].second, second) == 0) {
      return v;
    }
  }
  return -1;
}

const char *verb_nearest(const char *typed, const char *first)
{
  const char *names[N_VERBS + 1] = { 0 };
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
