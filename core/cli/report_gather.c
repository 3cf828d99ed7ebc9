/* report_gather.c: everything that a report shows, once: the folder, its scenarios run, the battery, the council's own
 * words. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_WORDS_BYTES = 1 << 20 };

/* A page is no place for a book, and a device has no end. */
static bool is_too_much(const char *path)
{
  struct stat about;
  return stat(path, &about) == 0 &&
         (S_ISCHR(about.st_mode) || S_ISBLK(about.st_mode) || about.st_size > MOST_WORDS_BYTES);
}

static enum status read_words(struct gathered *g, const char *path, struct error *error)
{
  struct text bytes = { 0 };
  enum status status = STATUS_OK;
  if (path != NULL && is_too_much(path)) {
    status = error_set(error, STATUS_FILE, "%s is no file of at most a megabyte of text", path);
  } else if (path != NULL && !file_read(path, &bytes)) {
    status = error_set(error, STATUS_FILE, "%s cannot be read: %s", path, strerror(errno));
  } else if (bytes.failed) {
    status = error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  } else if (path != NULL) {
    status = council_words_read(path, text_str(&bytes), bytes.length, &g->session.folder.arena,
                                &g->briefing.council_words, error);
  }
  text_fini(&bytes);
  return status;
}

/* Scenarios first: what is wrong with them is told before the battery runs. */
enum status report_gather(struct gathered *g, const struct arguments *arguments, struct error *error)
{
  struct session *session = &g->session;
  struct briefing *b = &g->briefing;
  const struct run_options options = { .in_process = arguments->in_process, .deadline_s = arguments->deadline_s };
  const char *const *wanted = arguments->scenario.count > 0 ? arguments->scenario.at : NULL;
  *g = (struct gathered){ .briefing = { .audience = (enum audience)arguments->audience, .title = arguments->title } };
  enum status status = session_open(session, arguments, error);
  status = status != STATUS_OK ? status : briefing_time(&b->made_at, error);
  status = status != STATUS_OK ? status : read_words(g, arguments->council_words, error);
  status =
      status != STATUS_OK ? status : session_scenarios(session, arguments, wanted, arguments->scenario.count, error);
  status = status != STATUS_OK ? status : session_run(session, arguments, error);
  if (status == STATUS_OK && session->folder.plan.has_mtfp) {
    status = stressed_make(&g->stressed, arguments, error);
    b->stress = &g->stressed.report;
  }
  if (status == STATUS_OK && session->folder.plan.has_mtfp && !arguments->no_draws) {
    status = drawn_make(&g->drawn, arguments, error);
    b->simulated = &g->drawn.report;
  }
  findings_sort(&session->folder.findings);
  b->report = (struct report){ &session->folder, session->n_shown, session->shown, arguments->command };
  b->outcome = session->outcome;
  return status != STATUS_OK ? status : briefing_finish(b, &session->folder, &options, error);
}

void gathered_free(struct gathered *g)
{
  session_close(&g->drawn.session);
  stressed_free(&g->stressed);
  session_close(&g->session);
}

struct session *gathered_at_fault(struct gathered *g)
{
  return g->drawn.session.folder.findings.errors > 0      ? &g->drawn.session
         : g->stressed.session.folder.findings.errors > 0 ? &g->stressed.session
                                                          : &g->session;
}
