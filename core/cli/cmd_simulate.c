/* cmd_simulate.c: headroom simulate: the plan, and scenarios on the same draws, in many futures; one council or
 * several. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/samples.h"
#include "cli/session.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- one council --------------------------------------------------------------------------------------- */

static void show_progress(void *ctx, uint64_t done, uint64_t of)
{
  progress_part(ctx, done, of);
}

/* A file that finds nothing is a mistake; spreads of nothing are not. */
static enum status something_to_draw(const struct folder *folder, const struct departures *departures,
                                     struct error *error)
{
  const struct uncertainty *u = &folder->uncertainty;
  if (u->n_rows == 0 || departures->count > 0) {
    return STATUS_OK;
  }
  return error_set(error, STATUS_DATA,
                   "no row of %s finds an input of this plan, so there is nothing to draw; its first is '%s'",
                   u->rows_from, u->row[0].input);
}

static enum status build(struct session *session, const struct arguments *arguments, struct departures *departures,
                         struct error *error)
{
  static const char *const none[] = { NULL };
  struct folder *folder = &session->folder;
  if (!folder->plan.has_mtfp) {
    return error_set(error, STATUS_DATA, "%s holds reserves and no mtfp.csv, so there is nothing to simulate",
                     arguments->operand);
  }
  const char *const *otherwise = arguments->verb == VERB_REPORT ? NULL : none; /* a report has all of them */
  const char *const *wanted = arguments->scenario.count > 0 ? arguments->scenario.at : otherwise;
  enum status status = uncertainty_choose(folder, arguments, error);
  if (status == STATUS_OK) {
    status = session_scenarios(session, arguments, wanted, arguments->scenario.count, error);
  }
  if (status == STATUS_OK) {
    status = session_run(session, arguments, error);
  }
  status = status != STATUS_OK ? status : uncertainty_bind(folder, departures, error);
  return status != STATUS_OK ? status : something_to_draw(folder, departures, error);
}

static enum status run(const struct arguments *arguments, struct session *session, const struct departures *departures,
                       struct simulation *out, struct error *error)
{
  struct progress progress;
  struct samples *samples = NULL;
  if (arguments->samples != NULL) {
    const enum status opened = samples_open(arguments->samples, &session->folder.plan, &samples, error);
    if (opened != STATUS_OK) {
      const enum status closed = samples_close(samples, false, error);
      return closed != STATUS_OK ? closed : opened;
    }
  }
  const struct simulation_options options = { .draws = arguments->draws > 0           ? arguments->draws
                                                       : arguments->until_error > 0.0 ? MOST_DRAWS
                                                                                      : DEFAULT_DRAWS,
                                              .seed = arguments->has_seed ? arguments->seed : DEFAULT_SEED,
                                              .plain = arguments->plain,
                                              .until = arguments->until_error,
                                              .threads = arguments->threads,
                                              .crew = arguments->crew,
                                              .run = { .in_process = arguments->in_process,
                                                       .deadline_s = arguments->deadline_s },
                                              .sink = samples != NULL ? samples_take : NULL,
                                              .sink_ctx = samples,
                                              .progress = show_progress,
                                              .progress_ctx = &progress };
  progress_begin(&progress, arguments, "simulating");
  const enum status status =
      simulate(&session->folder, session->scenario, session->n_scenarios, departures, &options, out, error);
  progress_end(&progress);
  const enum status closed = samples_close(samples, status == STATUS_OK, error);
  return status != STATUS_OK ? status : closed;
}

static void write_one(const struct arguments *arguments, const struct simulate_report *r, struct text *out)
{
  const struct style style = style_of(arguments, STDOUT_FILENO);
  if (arguments->json) {
    out->failed |= report_simulate_json(out, r) != STATUS_OK;
  } else if (arguments->csv) {
    report_simulate_csv(out, r);
  } else {
    text_add(out, out->length > 0 ? "\n" : "");
    report_simulate_text(out, r, &style);
  }
}

enum status drawn_make(struct drawn *drawn, const struct arguments *arguments, struct error *error)
{
  struct session *session = &drawn->session;
  *drawn = (struct drawn){ .report = { .simulation = &drawn->simulation } };
  enum status status = session_open(session, arguments, error);
  status = status != STATUS_OK ? status : build(session, arguments, &drawn->departures, error);
  status = status != STATUS_OK ? status : run(arguments, session, &drawn->departures, &drawn->simulation, error);
  drawn->report.report = (struct report){ &session->folder, session->n_shown, session->shown, arguments->command };
  return status;
}

/* Adds one council to the output; an exit code other than 0 when it cannot be. */
static int simulate_one(const struct arguments *arguments, struct text *out)
{
  struct drawn drawn;
  struct error error = { 0 };
  int code = 0;
  const enum status status = drawn_make(&drawn, arguments, &error);
  if (status == STATUS_OK) {
    write_one(arguments, &drawn.report, out);
  } else {
    code = session_refuse(arguments, &drawn.session, status, &error);
  }
  session_close(&drawn.session);
  return code;
}

/* ---- the verb ------------------------------------------------------------------------------------------ */

static void on_interrupt(int signal)
{
  (void)signal;
  workers_interrupt();
}

/* Workers are ended, and nothing is written. */
static void listen_for_interrupts(void)
{
  struct sigaction action = { .sa_handler = on_interrupt };
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

/* One process of a crew speaks for all. */
static void be_silent(void)
{
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) {
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    close(nowhere);
  }
}

static int simulate_all(const struct arguments *arguments, struct text *text)
{
  const int n = arguments->folders.count > 0 ? arguments->folders.count : 1;
  int code = 0;
  if (arguments->csv) {
    report_simulate_csv_header(text);
  }
  for (int i = 0; i < n && code == 0; i++) {
    struct arguments one = *arguments;
    one.operand = arguments->folders.count > 0 ? arguments->folders.at[i] : arguments->operand;
    code = simulate_one(&one, text);
  }
  return code;
}

int cmd_simulate(const struct arguments *arguments)
{
  struct arguments own = *arguments;
  struct text text = { 0 };
  struct error error = { 0 };
  if (own.folders.count > 1 && own.json) {
    say_error(arguments, "--json holds one council; for several use --csv, or one call for each");
    return status_exit_code(STATUS_USAGE);
  }
  if (own.folders.count > 1 && own.samples != NULL) {
    say_error(arguments, "--samples holds one council; for several, one call for each");
    return status_exit_code(STATUS_USAGE);
  }
  listen_for_interrupts();
  if (own.mpi && crew_join(&own.crew, &error) != STATUS_OK) {
    return fail_with(arguments, &error);
  }
  const bool speaks = crew_rank(own.crew) == 0;
  if (!speaks) {
    be_silent();
    own.samples = NULL;
  }
  const int code = simulate_all(&own, &text);
  crew_leave(own.crew, code == 0 ? STATUS_OK : STATUS_INTERNAL);
  if (code != 0 || !speaks) { /* whole or not at all */
    text_fini(&text);
    return code;
  }
  return output(arguments, &text, 0);
}
