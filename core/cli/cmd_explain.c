/* cmd_explain.c: headroom explain FOLDER WHAT: where a figure comes from. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <unistd.h>

static int show(const struct arguments *arguments, const struct explain_report *explain)
{
  const struct style style = style_of(arguments, STDOUT_FILENO);
  struct text text = { 0 };
  if (arguments->json) {
    text.failed |= report_explain_json(&text, explain) != STATUS_OK;
  } else {
    report_explain_text(&text, explain, &style);
  }
  return output(arguments, &text, 0);
}

/* The battery is built as `headroom stress` builds it, and one future of it is run. */
static enum status pick(const struct arguments *arguments, struct session *session, struct error *error)
{
  struct arena *arena = &session->folder.arena;
  struct row_list packs = { .arena = arena };
  int *ends = arena_array(arena, (size_t)arguments->pack.count + 1, sizeof *ends);
  struct battery *battery = arena_alloc(arena, sizeof *battery);
  session->scenario = arena_array(arena, 1, sizeof *session->scenario);
  if (ends == NULL || battery == NULL || session->scenario == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  enum status status = packs_load(&session->folder, arguments, &packs, ends, error);
  status = status != STATUS_OK ? status : battery_build(&session->folder, session->registry, &packs, battery, error);
  struct stress_result *found = NULL;
  if (status == STATUS_OK && battery_pick_needs_run(arguments->stress)) {
    const struct run_options options = { .in_process = arguments->in_process, .deadline_s = arguments->deadline_s };
    found = battery_run(&session->folder.plan, battery, NULL, &options, error);
    status = found != NULL ? STATUS_OK : error->code;
  }
  status = status != STATUS_OK ? status
                               : battery_pick(battery, found, &session->folder.plan, arguments->stress, arena,
                                              session->scenario, error);
  shared_free(found, sizeof *found);
  session->n_scenarios = status == STATUS_OK ? 1 : 0;
  return status;
}

/* A figure is of one future: the plan, a scenario, or what the settings make of either. */
static enum status choose(const struct arguments *arguments, struct session *session, struct error *error)
{
  if (arguments->scenario.count > 1) {
    return error_set(
        error, STATUS_USAGE,
        "a figure is of one scenario: name one with -s, and put the rest into settings or into a scenario");
  }
  const bool scenario = arguments->scenario.count + arguments->set.count > 0;
  if (scenario && arguments->stress != NULL) {
    return error_set(error, STATUS_USAGE, "--stress is a future of its own: it goes with neither -s nor --set");
  }
  if (arguments->pack.count > 0 && arguments->stress == NULL) {
    return error_set(error, STATUS_USAGE, "--pack goes with --stress, which names a scenario of the pack");
  }
  if (!scenario && arguments->stress == NULL) {
    return STATUS_OK;
  }
  if (!session->folder.plan.has_mtfp) {
    return error_set(error, STATUS_DATA, "%s holds reserves and no mtfp.csv, so no scenario can be run on it",
                     arguments->operand);
  }
  if (arguments->stress != NULL) {
    return pick(arguments, session, error);
  }
  return session_scenarios(session, arguments, arguments->scenario.at, arguments->scenario.count, error);
}

static enum status unfold(const struct arguments *arguments, struct session *session, struct explainer **explainer,
                          struct explain_report *explain, struct error *error)
{
  const int last = session->n_scenarios - 1;
  const bool scenario = last >= 0;
  const enum status status =
      explainer_open(&session->folder.plan, scenario ? &session->scenario[last] : NULL,
                     scenario ? &session->outcome[last] : NULL, &session->folder.arena, explainer, error);
  if (status != STATUS_OK) {
    return status;
  }
  explain->report = (struct report){ &session->folder, session->n_shown, session->shown, arguments->command };
  explain->depth = arguments->depth > 0 ? arguments->depth : 1;
  explain->figure = explain_figure(*explainer, arguments->second_operand, error);
  explain->n_figures = explainer_figures(*explainer);
  return explain->figure != NULL ? STATUS_OK : error->code;
}

int cmd_explain(const struct arguments *arguments)
{
  struct session session;
  struct error error = { 0 };
  struct explainer *explainer = NULL;
  struct explain_report explain = { 0 };
  enum status status = session_open(&session, arguments, &error);
  status = status != STATUS_OK ? status : choose(arguments, &session, &error);
  status = status != STATUS_OK ? status : session_run(&session, arguments, &error);
  status = status != STATUS_OK ? status : unfold(arguments, &session, &explainer, &explain, &error);
  const int code =
      status == STATUS_OK ? show(arguments, &explain) : session_refuse(arguments, &session, status, &error);
  explainer_close(explainer);
  session_close(&session);
  return code;
}
