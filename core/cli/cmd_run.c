/* cmd_run.c: headroom run and headroom compare: the plan and its scenarios, projected and shown. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <string.h>
#include <unistd.h>

static bool date_met(const struct arguments *arguments, const struct session *session)
{
  for (int i = 0; i < session->n_shown; i++) {
    for (int d = 0; d < N_DATES; d++) {
      if ((arguments->fail_if & (1u << d)) != 0 && session->shown[i].result->date[d] >= 0) {
        return true;
      }
    }
  }
  return false;
}

static int show(const struct arguments *arguments, struct session *session, bool side_by_side)
{
  if (arguments->bridge) {
    return bridge_show(arguments, session, date_met(arguments, session) ? EXIT_TEST_MET : 0);
  }
  const struct report report = { &session->folder, session->n_shown, session->shown, arguments->command };
  const struct style style = style_of(arguments, STDOUT_FILENO);
  struct text text = { 0 };
  if (arguments->json) {
    text.failed |= report_json(&text, &report) != STATUS_OK;
  } else if (arguments->csv) {
    report_csv(&text, &report);
  } else if (side_by_side) {
    report_compare_text(&text, &report, &style);
  } else {
    report_run_text(&text, &report, arguments->lines ? SHOW_LINES : 0, &style);
  }
  return output(arguments, &text, date_met(arguments, session) ? EXIT_TEST_MET : 0);
}

static int run(const struct arguments *arguments, bool side_by_side)
{
  struct session session;
  struct error error = { 0 };
  const bool all = side_by_side && arguments->scenario.count == 0 && !arguments->bridge;
  enum status status = bridge_wanted(arguments, &error);
  memset(&session, 0, sizeof session);
  status = status != STATUS_OK ? status : session_open(&session, arguments, &error);
  if (status == STATUS_OK && (all || arguments->scenario.count > 0 || arguments->set.count > 0)) {
    const char *const none[] = { NULL };
    const char *const *wanted = all ? NULL : arguments->scenario.count > 0 ? arguments->scenario.at : none;
    status = session_scenarios(&session, arguments, wanted, arguments->scenario.count, &error);
  }
  if (status == STATUS_OK) {
    status = session_run(&session, arguments, &error);
  }
  int code;
  if (status == STATUS_OK) {
    session_tell(arguments, &session, false);
    code = show(arguments, &session, side_by_side);
  } else if (status == STATUS_DATA && session.folder.findings.errors > 0) {
    session_tell(arguments, &session, true);
    code = status_exit_code(status);
  } else {
    error.code = status;
    code = fail_with(arguments, &error);
  }
  session_close(&session);
  return code;
}

int cmd_run(const struct arguments *arguments)
{
  return run(arguments, false);
}

int cmd_compare(const struct arguments *arguments)
{
  return run(arguments, true);
}
