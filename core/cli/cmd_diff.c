/* cmd_diff.c: headroom diff, and the bridge of headroom compare: a difference in parts that add up to it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int show(const struct arguments *arguments, const struct bridge_report *r, int exit_code)
{
  const struct style style = style_of(arguments, STDOUT_FILENO);
  struct text text = { 0 };
  if (arguments->json) {
    text.failed |= report_bridge_json(&text, r) != STATUS_OK;
  } else if (arguments->csv) {
    report_bridge_csv(&text, r);
  } else {
    report_bridge_text(&text, r, &style);
  }
  return output(arguments, &text, exit_code);
}

/* The year that the words are about; the last where none was asked for. */
enum status year_wanted(const struct arguments *arguments, const struct plan *plan, int *year, struct error *error)
{
  char label[8], first[8];
  *year = plan->n_years - 1;
  for (int y = 0; arguments->year != NULL && y < plan->n_years; y++) {
    if (strcmp(arguments->year, plan_year_label(plan, y, label)) == 0) {
      *year = y;
      return STATUS_OK;
    }
  }
  return arguments->year == NULL
             ? STATUS_OK
             : error_set(error, STATUS_USAGE, "--year %s: the years are %s to %s", arguments->year,
                         plan_year_label(plan, 0, first), plan_year_label(plan, plan->n_years - 1, label));
}

/* ---- between two scenarios ----------------------------------------------------------------------------- */

enum status bridge_wanted(const struct arguments *arguments, struct error *error)
{
  const int ends = arguments->scenario.count + (arguments->set.count > 0 ? 1 : 0);
  if (arguments->bridge && (ends < 1 || ends > 2)) {
    return error_set(error, STATUS_USAGE,
                     "--bridge goes from one scenario to another: name two with -s, or one to start from the plan");
  }
  if (!arguments->bridge && arguments->year != NULL) {
    return error_set(error, STATUS_USAGE, "--year goes with --bridge");
  }
  return STATUS_OK;
}

int bridge_show(const struct arguments *arguments, struct session *session, int exit_code)
{
  struct folder *folder = &session->folder;
  struct error error = { 0 };
  const struct run_options options = { .in_process = arguments->in_process, .deadline_s = arguments->deadline_s };
  struct bridge *bridge = arena_alloc(&folder->arena, sizeof *bridge);
  const bool to_plan = arguments->scenario.count == 2 && strcmp(arguments->scenario.at[1], "baseline") == 0;
  const struct shown *last = &session->shown[session->n_shown - 1],
                     *other = &session->shown[session->n_shown > 2 ? 1 : 0];
  const struct shown *from = to_plan ? last : other, *to = to_plan ? other : last;
  struct bridge_report r = { .report = { folder, session->n_shown, session->shown, arguments->command },
                             .plan = &folder->plan,
                             .bridge = bridge,
                             .from_id = from->id,
                             .from = from->label,
                             .to_id = to->id,
                             .to = to->label };
  enum status status = year_wanted(arguments, &folder->plan, &r.year, &error);
  if (status == STATUS_OK && !folder->plan.has_mtfp) {
    status = error_set(&error, STATUS_DATA, "%s holds reserves and no mtfp.csv, so no scenario can be run on it",
                       arguments->operand);
  }
  if (status == STATUS_OK) {
    status =
        bridge != NULL ? bridge_between(folder, from->scenario, to->scenario, &options, bridge, &error) : STATUS_MEMORY;
  }
  if (status != STATUS_OK) {
    error.code = status;
    return fail_with(arguments, &error);
  }
  return show(arguments, &r, exit_code);
}

/* ---- between two folders ------------------------------------------------------------------------------- */

/* False once it is told why not; *code is then the exit code. */
static bool load(const struct arguments *arguments, struct folder *folder, const char *path, int *code)
{
  struct error error = { 0 };
  const enum status status = folder_load(folder, path, NULL, &error);
  if (status == STATUS_OK) {
    return true;
  }
  *code = status_exit_code(status);
  if (status == STATUS_DATA && folder->findings.errors > 0) {
    const struct style style = style_of(arguments, STDERR_FILENO);
    struct text text = { 0 };
    findings_sort(&folder->findings);
    findings_text(&text, &folder->findings, 20, &style);
    fputs(text_str(&text), stderr);
    text_fini(&text);
    say_error(arguments, "%s cannot be used", path);
  } else {
    error.code = status;
    (void)fail_with(arguments, &error);
  }
  return false;
}

static int compare(const struct arguments *arguments, struct folder *old, struct folder *new)
{
  struct error error = { 0 };
  struct plan_diff *diff = arena_alloc(&new->arena, sizeof *diff);
  struct bridge_report r = { .report = { new, 0, NULL, arguments->command }, .old = old, .diff = diff };
  enum status status = diff != NULL ? plan_diff(old, new, diff, &error) : STATUS_MEMORY;
  if (status == STATUS_OK) {
    const bool same_name = strcmp(old->plan.folder_id, new->plan.folder_id) == 0;
    r.plan = &diff->plan;
    r.bridge = &diff->bridge;
    r.from_id = r.from = same_name ? arguments->operand : old->plan.folder_id;
    r.to_id = r.to = same_name ? arguments->second_operand : new->plan.folder_id;
    status = year_wanted(arguments, r.plan, &r.year, &error);
  }
  if (status != STATUS_OK) {
    error.code = status;
    return fail_with(arguments, &error);
  }
  return show(arguments, &r, 0);
}

int cmd_diff(const struct arguments *arguments)
{
  struct folder old, new;
  int code = 0;
  if (!load(arguments, &old, arguments->operand, &code)) {
    folder_fini(&old);
    return code;
  }
  if (load(arguments, &new, arguments->second_operand, &code)) {
    code = compare(arguments, &old, &new);
  }
  folder_fini(&new);
  folder_fini(&old);
  return code;
}
