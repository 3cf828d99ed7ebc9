/* cmd_stress.c: headroom stress and headroom solve: what breaks the plan. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int pack_scenario(const struct battery *battery, const char *id)
{
  for (int s = 0; s < battery->n_packs; s++) {
    if (strcmp(battery->scenario[s].id, id) == 0) {
      return s;
    }
  }
  return -1;
}

static const char *why_not(const struct battery *battery, const struct stress_result *result,
                           const struct row_list *list, int from, int to)
{
  for (int r = from; r < to; r++) {
    const int scenario = pack_scenario(battery, list->row[r].scenario);
    for (int i = 0; i < battery->n_left; i++) {
      if (strcmp(battery->left[i].scenario, list->row[r].scenario) == 0) {
        return battery->left[i].reason;
      }
    }
    if (result != NULL && scenario >= 0 && result->pack_skip[scenario][0] != '\0') {
      return result->pack_skip[scenario];
    }
  }
  return "it holds no scenario";
}

/* Where nothing of any pack that was asked for fits, they are for councils of another class.  result: NULL before the
 * run. */
static enum status check_packs(const struct arguments *arguments, const struct battery *battery,
                               const struct stress_result *result, const struct row_list *list, const int *ends,
                               struct error *error)
{
  const int last = arguments->pack.count - 1;
  for (int r = 0; last >= 0 && r < ends[last]; r++) {
    const int s = pack_scenario(battery, list->row[r].scenario);
    if (s >= 0 && (result != NULL ? result->pack_part[s] : battery->scenario[s].n_uses) > 0) {
      return STATUS_OK;
    }
  }
  return last < 0
             ? STATUS_OK
             : error_set(error, STATUS_DATA, "--pack %s: nothing in it fits this council: %s", arguments->pack.at[last],
                         why_not(battery, result, list, last > 0 ? ends[last - 1] : 0, ends[last]));
}

/* ---- stress -------------------------------------------------------------------------------------------- */

static int show_stress(const struct arguments *arguments, const struct stress_report *r)
{
  const struct style style = style_of(arguments, STDOUT_FILENO);
  struct text text = { 0 };
  if (arguments->json) {
    text.failed |= report_stress_json(&text, r) != STATUS_OK;
  } else if (arguments->csv) {
    report_stress_csv(&text, r);
  } else {
    report_stress_text(&text, r, &style);
  }
  return output(arguments, &text, 0);
}

/* Packs as they were read: the rows, and where each file ends. */
struct packs {
  struct row_list list;
  int *ends;
};

static enum status build(struct session *session, const struct arguments *arguments, struct battery *battery,
                         struct packs *packs, struct error *error)
{
  packs->list = (struct row_list){ .arena = &session->folder.arena };
  packs->ends = arena_array(packs->list.arena, (size_t)arguments->pack.count + 1, sizeof *packs->ends);
  if (!session->folder.plan.has_mtfp) {
    (void)error_set(error, STATUS_DATA, "%s holds reserves and no mtfp.csv, so there is nothing to stress",
                    arguments->operand);
    return STATUS_DATA;
  }
  enum status status =
      packs->ends != NULL ? packs_load(&session->folder, arguments, &packs->list, packs->ends, error) : STATUS_MEMORY;
  status =
      status != STATUS_OK ? status : battery_build(&session->folder, session->registry, &packs->list, battery, error);
  return status != STATUS_OK ? status : check_packs(arguments, battery, NULL, &packs->list, packs->ends, error);
}

/* Progress is shown by the worker, and taken back here. */
static struct stress_result *run(const struct arguments *arguments, const struct session *session,
                                 const struct battery *battery, struct error *error)
{
  const struct run_options options = { .in_process = arguments->in_process, .deadline_s = arguments->deadline_s };
  struct progress *shown = shared_alloc(sizeof *shown);
  const struct stress_progress progress = { progress_step, shown };
  if (shown == NULL) {
    (void)error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
    return NULL;
  }
  progress_begin(shown, arguments, "stress");
  struct stress_result *result = battery_run(&session->folder.plan, battery, &progress, &options, error);
  progress_end(shown);
  shared_free(shown, sizeof *shown);
  return result;
}

enum status stressed_make(struct stressed *stressed, const struct arguments *arguments, struct error *error)
{
  struct session *session = &stressed->session;
  struct packs packs = { 0 };
  *stressed = (struct stressed){ .battery = calloc(1, sizeof *stressed->battery) };
  enum status status = session_open(session, arguments, error);
  if (status == STATUS_OK && stressed->battery == NULL) {
    status = STATUS_MEMORY;
  }
  status = status != STATUS_OK ? status : build(session, arguments, stressed->battery, &packs, error);
  status = status != STATUS_OK ? status : session_run(session, arguments, error);
  if (status == STATUS_OK) {
    stressed->result = run(arguments, session, stressed->battery, error);
    status = stressed->result != NULL
                 ? check_packs(arguments, stressed->battery, stressed->result, &packs.list, packs.ends, error)
                 : error->code;
  }
  stressed->report = (struct stress_report){ { &session->folder, session->n_shown, session->shown, arguments->command },
                                             stressed->battery,
                                             stressed->result };
  return status;
}

void stressed_free(struct stressed *stressed)
{
  shared_free(stressed->result, sizeof *stressed->result);
  session_close(&stressed->session);
  free(stressed->battery);
}

int cmd_stress(const struct arguments *arguments)
{
  struct stressed stressed;
  struct error error = { 0 };
  const enum status status = stressed_make(&stressed, arguments, &error);
  const int code = status == STATUS_OK ? show_stress(arguments, &stressed.report)
                                       : session_refuse(arguments, &stressed.session, status, &error);
  stressed_free(&stressed);
  return code;
}

/* ---- solve --------------------------------------------------------------------------------------------- */

static int show_solved(const struct arguments *arguments, struct session *session, const struct test *test,
                       const struct solved *solved)
{
  const struct solve_report r = {
    { &session->folder, session->n_shown, session->shown, arguments->command }, arguments->find, test, solved
  };
  const struct style style = style_of(arguments, STDOUT_FILENO);
  struct text text = { 0 };
  if (arguments->json) {
    text.failed |= report_solve_json(&text, &r) != STATUS_OK;
  } else {
    report_solve_text(&text, &r, &style);
  }
  return output(arguments, &text, 0);
}

int cmd_solve(const struct arguments *arguments)
{
  struct session session;
  struct error error = { 0 };
  struct test test;
  struct solved solved;
  const char *wrong = "";
  const struct run_options options = { .in_process = arguments->in_process, .deadline_s = arguments->deadline_s };
  if (arguments->find == NULL || arguments->until == NULL) {
    say_error(arguments, "solve needs --find and --until; `headroom solve --help` has examples");
    return status_exit_code(STATUS_USAGE);
  }
  if (arguments->scenario.count > 1) {
    say_error(arguments, "solve stands on one scenario; to solve on several, make one that includes them");
    return status_exit_code(STATUS_USAGE);
  }
  enum status status = session_open(&session, arguments, &error);
  if (status == STATUS_OK &&
      !test_parse(&session.folder.plan, arguments->until, &session.folder.arena, &test, &wrong)) {
    status = error_set(&error, STATUS_USAGE, "--until: %s", wrong);
  }
  if (status == STATUS_OK) {
    status = solve(&session.folder, session.registry, arguments->find, &test,
                   arguments->scenario.count > 0 ? arguments->scenario.at[0] : "", arguments->grain, &options, &solved,
                   &error);
  }
  status = status != STATUS_OK ? status : session_run(&session, arguments, &error);
  const int code = status == STATUS_OK ? show_solved(arguments, &session, &test, &solved)
                                       : session_refuse(arguments, &session, status, &error);
  session_close(&session);
  return code;
}
