/* session.c: from a folder on the command line to results that can be shown. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum status session_open(struct session *session, const struct arguments *arguments, struct error *error)
{
  memset(session, 0, sizeof *session);
  const enum status status = folder_load(&session->folder, arguments->operand, NULL, error);
  if (status != STATUS_OK) {
    return status;
  }
  return registry_open(&session->folder.arena, &arguments->registry, &session->registry, error);
}

enum status session_scenarios(struct session *session, const struct arguments *arguments, const char *const *wanted,
                              int n_wanted, struct error *error)
{
  if (!session->folder.plan.has_mtfp) {
    return STATUS_OK; /* reserves alone: no plugin is run (format.md) */
  }
  struct setting *settings = arena_array(&session->folder.arena, (size_t)arguments->set.count + 1, sizeof *settings);
  if (settings == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  for (int i = 0; i < arguments->set.count; i++) {
    settings[i].text = arguments->set.at[i];
  }
  return scenarios_build(&session->folder, session->registry, wanted, n_wanted, settings, arguments->set.count,
                         &session->scenario, &session->n_scenarios, error);
}

/* The plan again: a plugin may have made a line in it since it was loaded. */
static enum status show_plan(struct session *session)
{
  struct folder *folder = &session->folder;
  void *block = arena_alloc(&folder->arena, result_size(&folder->plan));
  if (block == NULL) {
    return STATUS_MEMORY;
  }
  folder->baseline = result_init(block, &folder->plan);
  session->shown[0] =
      (struct shown){ .id = "baseline", .label = "The plan", .description = "", .result = folder->baseline };
  session->n_shown = 1;
  return plan_project(&folder->plan, folder->baseline);
}

enum status session_run(struct session *session, const struct arguments *arguments, struct error *error)
{
  struct folder *folder = &session->folder;
  session->shown = arena_array(&folder->arena, (size_t)session->n_scenarios + 1, sizeof *session->shown);
  enum status status = session->shown != NULL ? show_plan(session) : STATUS_MEMORY;
  if (status != STATUS_OK) {
    return error_set(error, status, "%s", status_sentence(status));
  }
  const struct run_options options = { .in_process = arguments->in_process, .deadline_s = arguments->deadline_s };
  if (session->n_scenarios > 0) {
    status = scenarios_run(&folder->plan, session->scenario, session->n_scenarios, &options, &folder->arena,
                           &session->outcome, error);
  }
  for (int i = 0; status == STATUS_OK && i < session->n_scenarios; i++) {
    const struct scenario *scenario = &session->scenario[i];
    const struct outcome *outcome = &session->outcome[i];
    session->shown[session->n_shown++] = (struct shown){ scenario->id, scenario->label, scenario->description,
                                                         scenario,     outcome->result, outcome->skip };
    scenario_remarks(&folder->findings, &folder->plan, folder->baseline, scenario, outcome);
  }
  return status;
}

/* What a scenario has to say stands beside its figures. */
static void count_on_data(struct text *out, const struct findings *findings, const char *operand)
{
  size_t warnings = 0, notes = 0;
  for (size_t i = 0; i < findings->count; i++) {
    const struct finding *finding = &findings->item[i];
    warnings += finding->scenario == NULL && code_severity(finding->code) == SEVERITY_WARNING;
    notes += finding->scenario == NULL && code_severity(finding->code) == SEVERITY_NOTE;
  }
  if (warnings + notes == 0) {
    return;
  }
  text_add(out, "headroom: ");
  if (warnings > 0) {
    text_printf(out, "%zu warning%s%s", warnings, warnings == 1 ? "" : "s", notes > 0 ? " and " : "");
  }
  if (notes > 0) {
    text_printf(out, "%zu note%s", notes, notes == 1 ? "" : "s");
  }
  text_printf(out, " on the data: headroom check %s shows them\n", operand);
}

void session_tell(const struct arguments *arguments, struct session *session, bool unusable)
{
  struct findings *findings = &session->folder.findings;
  struct text text = { 0 };
  findings_sort(findings);
  if (unusable) {
    const struct style style = style_of(arguments, STDERR_FILENO);
    findings_text(&text, findings, 20, &style);
  } else if (arguments->capture == NULL) {
    count_on_data(&text, findings, arguments->operand);
  }
  fputs(text_str(&text), stderr);
  text_fini(&text);
}

int session_refuse(const struct arguments *arguments, struct session *session, enum status status, struct error *error)
{
  if (status == STATUS_DATA && session->folder.findings.errors > 0) {
    const struct style style = style_of(arguments, STDERR_FILENO);
    struct text text = { 0 };
    struct findings errors = session->folder.findings;
    findings_sort(&errors); /* errors first, and nothing else: what is merely odd is for `check` */
    errors.count = errors.count < errors.errors ? errors.count : errors.errors;
    findings_text(&text, &errors, 20, &style);
    fputs(text_str(&text), stderr);
    text_fini(&text);
    return status_exit_code(status);
  }
  error->code = status;
  return fail_with(arguments, error);
}

void session_close(struct session *session)
{
  registry_close(session->registry);
  folder_fini(&session->folder);
}
