/* test_peers.c: every case of faults_*.c: the council is made, the program is run, and what must hold is held against
 * what it says.  The forty faults, and where each is shown not to be here; a test holds every number to a case:
 *
 *    1  an unfunded gap never touches reserves                       faults_reserves.c
 *    2  a surplus goes nowhere                                       faults_reserves.c
 *    3  a reserve pays more than it holds                            faults_reserves.c
 *    4  a share of the gap is paid by a reserve that is not there    faults_reserves.c
 *    5  contributions cost nothing, uses fund nothing                faults_reserves.c
 *    6  floors and minimums are typed and not held                   faults_reserves.c
 *    7  ring-fenced reserves count towards the minimum               faults_reserves.c
 *    8  flows in real terms, balances in cash                        faults_reserves.c: real terms are refused
 *    9  a recurring saving ends with its phasing                     faults_savings.c
 *   10  a saving is multiplied by the year that it falls in          faults_savings.c
 *   11  slippage and delivery change nothing                         faults_savings.c
 *   12  doing nothing is two figures                                 faults_savings.c
 *   13  savings shrink with the share of social care                 faults_savings.c
 *   14  no lateness, no dependence, savings counted twice            faults_savings.c
 *   15  a collection fund surplus recurs                             faults_funding.c
 *   16  no limit to council tax, no growth of its base               faults_funding.c
 *   17  ring-fenced grants and grants that end pay for the gap       faults_funding.c
 *   18  schools' money among general funding                         faults_funding.c
 *   19  fees in funding rather than in the net budget                faults_funding.c
 *   20  posts replace the pay bill                                   faults_spend.c
 *   21  a column that is missing is a cap of 0                       faults_spend.c
 *   22  growth counted twice, or lost after its year                 faults_spend.c
 *   23  MRP too early, of the wrong shape; no refinancing            faults_spend.c
 *   24  investment pays back before it saves                         faults_spend.c
 *   25  income added as cost; spending that never grows              faults_spend.c
 *   26  a base year that does not balance                            faults_spend.c
 *   27  cumulative gaps summed                                       faults_words.c
 *   28  an alarm over £1,000                                         faults_words.c
 *   29  more grant is riskier                                        faults_words.c
 *   30  a sensitivity without the savings                            faults_words.c
 *   31  every year drawn afresh, without a seed                      faults_words.c, unit/test_mc_draws.c
 *   32  a shock of one year in every year                            faults_words.c
 *   33  profiles flattened before they are shocked                   faults_words.c
 *   34  an opinion given in the officer's name                       faults_words.c
 *   35  a confidence that measures nothing                           faults_words.c
 *   36  differences and totals that do not add up                    faults_words.c, unit/test_bridge.c
 *   37  scenarios change the plan                                    faults_words.c
 *   38  no trail that lasts                                          faults_words.c, explain/verify.sh
 *   39  what cannot be read is 0                                     faults_words.c
 *   40  commas, brackets, units and years misread                    faults_words.c, golden/malformed
 */
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

static void every_fault_has_a_case(void **state)
{
  const bool *seen = *state;
  for (int number = 1; number <= FAULTS; number++) {
    if (!seen[number]) {
      fail_msg("fault %d has no case", number);
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
  tests[n++] = (struct CMUnitTest){ "every_fault_has_a_case", every_fault_has_a_case, NULL, NULL, seen };
  return _cmocka_run_group_tests("peers", tests, n, NULL, NULL);
}
