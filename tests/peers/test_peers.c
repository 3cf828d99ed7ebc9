/* test_peers.c: every case of faults_*.c: the council is made, the program is run, and what must hold is held against
 * what it says.
 *
 * Of the forty faults, those that no folder and no command can show here are named in `beyond_reach`, and why. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "faults.h"

enum { FAULTS = 40 };

/* ---- the usual council: costs of 110m, funding of 100m, a General Fund of 10m with a minimum of 2m ----- */

static const char usual_council[] = COUNCIL_START "minimum_amount,2000\nsurplus_to,none\n";
static const char usual_lines[] =
    LINE_COLUMNS "cost,Services,contract,recurring,level,,,110000,110000,110000,110000,110000\n"
                 "grant,Grant,grant,recurring,level,,,100000,100000,100000,100000,100000\n";
static const char usual_reserves[] = RESERVE_COLUMNS "gf,General Fund,general_fund,10000,,,,,,,\n";

static bool has_file(const struct fault *fault, const char *name)
{
  for (size_t f = 0; f < MOST_FILES && fault->file[f].name != NULL; f++) {
    if (strcmp(fault->file[f].name, name) == 0) {
      return true;
    }
  }
  return false;
}

static void make_folder(const struct fault *fault, char *folder)
{
  static const char *const usual[][2] = { { "council.csv", usual_council },
                                          { "mtfp.csv", usual_lines },
                                          { "reserves.csv", usual_reserves } };
  assert_non_null(mkdtemp(folder));
  for (size_t u = 0; u < COUNT_OF(usual); u++) {
    if (!has_file(fault, usual[u][0])) {
      write_file(folder, usual[u][0], usual[u][1]);
    }
  }
  for (size_t f = 0; f < MOST_FILES && fault->file[f].name != NULL; f++) {
    write_file(folder, fault->file[f].name, fault->file[f].text);
  }
}

/* ---- one case ------------------------------------------------------------------------------------------ */

static void check_want(json_t *root, const struct fault *fault, const struct want *want)
{
  const json_t *at = scenario_of(root, want->scenario != NULL ? want->scenario : "baseline");
  if (want->date != NULL) {
    if (strcmp(date_of(at, want->measure), want->date) != 0) {
      fail_msg("fault %d, %s: %s is %s, not %s", fault->number, fault->case_name, want->measure,
               date_of(at, want->measure), want->date);
    }
    return;
  }
  at = want->table != NULL ? item_of(at, want->table, want->id) : at;
  for (size_t y = 0; y < YEARS; y++) {
    const pence actual = figure(at, want->measure, y), expected = want->thousands[y] * 100000;
    if (actual != expected) {
      fail_msg("fault %d, %s: %s %s of year %zu is %.2f thousand, not %lld", fault->number, fault->case_name,
               want->id != NULL ? want->id : "", want->measure, y, (double)actual / 1e5, (long long)want->thousands[y]);
    }
  }
}

static void check_words(const struct fault *fault, const char *command)
{
  const struct ran ran = run_program(command, "&1");
  if (ran.exit_code != fault->exit_code) {
    fail_msg("fault %d, %s: exit %d\n%s", fault->number, fault->case_name, ran.exit_code, ran.text);
  }
  for (size_t w = 0; w < MOST_WORDS && fault->says[w] != NULL; w++) {
    if (strstr(ran.text, fault->says[w]) == NULL) {
      fail_msg("fault %d, %s: '%s' is not said\n%s", fault->number, fault->case_name, fault->says[w], ran.text);
    }
  }
  for (size_t w = 0; w < MOST_WORDS && fault->never[w] != NULL; w++) {
    if (strcasestr(ran.text, fault->never[w]) != NULL) {
      fail_msg("fault %d, %s: '%s' is said\n%s", fault->number, fault->case_name, fault->never[w], ran.text);
    }
  }
  free(ran.text);
}

static void case_holds(void **state)
{
  const struct fault *fault = *state;
  char folder[] = "/tmp/headroom-peers-XXXXXX";
  struct text command = { 0 };
  make_folder(fault, folder);
  const char *pattern = fault->command != NULL ? fault->command : "run %s";
  const size_t before = (size_t)(strstr(pattern, "%s") - pattern);
  text_add_n(&command, pattern, before);
  text_printf(&command, "%s%s", folder, pattern + before + 2);
  if (fault->want[0].measure != NULL) {
    json_t *root = json_of(text_str(&command));
    for (size_t w = 0; w < MOST_WANTS && fault->want[w].measure != NULL; w++) {
      check_want(root, fault, &fault->want[w]);
    }
    json_decref(root);
  }
  if (fault->says[0] != NULL || fault->never[0] != NULL || fault->exit_code != 0) {
    check_words(fault, text_str(&command));
  }
  text_fini(&command);
  remove_folder(folder);
}

/* ---- all of them --------------------------------------------------------------------------------------- */

/* Faults that no input can provoke here, and why. */
static const struct {
  int number;
  const char *why;
} beyond_reach[] = {
  { 20, "no file replaces a pay bill by posts: the lines of mtfp.csv are all there is" },
  { 31, "nothing is drawn at random yet" },
  { 35, "no figure for confidence exists" },
  { 38, "nothing is kept in memory between two runs: a scenario is rows in a file, and the manifest names the file's "
        "digest" },
  { 39, "no workbook is read or written; one in place of a file is refused by the reader's own tests" },
};

static void every_fault_has_a_case_or_a_reason(void **state)
{
  const bool *seen = *state;
  for (int number = 1; number <= FAULTS; number++) {
    bool excused = false;
    for (size_t i = 0; i < COUNT_OF(beyond_reach); i++) {
      excused |= beyond_reach[i].number == number;
    }
    if (seen[number] == excused) {
      fail_msg("fault %d %s", number, excused ? "has both a case and an excuse" : "has neither a case nor an excuse");
    }
  }
}

int main(void)
{
  const struct {
    const struct fault *fault;
    size_t count;
  } groups[] = { { faults_reserves, n_faults_reserves },
                 { faults_savings, n_faults_savings },
                 { faults_funding, n_faults_funding },
                 { faults_spend, n_faults_spend },
                 { faults_words, n_faults_words } };
  enum { MOST_CASES = 128 };
  static struct CMUnitTest tests[MOST_CASES];
  static char names[MOST_CASES][160];
  static bool seen[FAULTS + 1];
  size_t n = 0;
  for (size_t g = 0; g < COUNT_OF(groups); g++) {
    for (size_t f = 0; f < groups[g].count; f++) {
      const struct fault *fault = &groups[g].fault[f];
      snprintf(names[n], sizeof names[n], "%d_%s", fault->number, fault->case_name);
      seen[fault->number] = true;
      tests[n] = (struct CMUnitTest){ names[n], case_holds, NULL, NULL, (void *)(uintptr_t)fault };
      n++;
    }
  }
  tests[n++] =
      (struct CMUnitTest){ "every_fault_has_a_case_or_a_reason", every_fault_has_a_case_or_a_reason, NULL, NULL, seen };
  return _cmocka_run_group_tests("peers", tests, n, NULL, NULL);
}
