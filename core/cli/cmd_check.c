/* cmd_check.c: headroom check FOLDER: everything that is wrong or odd in the data. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <unistd.h>

int cmd_check(const struct arguments *arguments)
{
  struct session session;
  struct error error = { 0 };
  struct text text = { 0 };
  enum status status = session_open(&session, arguments, &error);
  if (status == STATUS_OK) {
    status = session_scenarios(&session, arguments, NULL, 0, &error);
  }
  if (status == STATUS_OK) {
    status = session_run(&session, arguments, &error); /* what scenarios have to say is shown too */
  }
  if (status != STATUS_OK && status != STATUS_DATA) {
    error.code = status;
    session_close(&session);
    return fail_with(arguments, &error);
  }
  findings_sort(&session.folder.findings);
  enum status written = STATUS_OK;
  if (arguments->json) {
    const struct report report = { .folder = &session.folder, .command = arguments->command };
    written = findings_json(&text, &report, session.scenario, session.n_scenarios);
  } else if (arguments->csv) {
    findings_csv(&text, &session.folder.findings);
  } else {
    const struct style style = style_of(arguments, STDOUT_FILENO);
    findings_text(&text, &session.folder.findings, arguments->all ? 0 : 20, &style);
  }
  text.failed |= written != STATUS_OK;
  session_close(&session);
  return output(arguments, &text, status_exit_code(status));
}
