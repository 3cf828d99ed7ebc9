/* cmd_report.c: headroom report: everything gathered once, then written as the kind of file that -o names. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include "report/page/page.h"
#include "report/workbook/workbook.h"

#include <errno.h>
#include <string.h>

/* ---- faces --------------------------------------------------------------------------------------------- */

/* What is written, by how the name ends. */
static const struct face {
  const char *ending;
  enum status (*write)(const struct briefing *, struct text *, struct error *);
} faces[] = { { ".html", page_write }, { ".htm", page_write }, { ".xlsx", workbook_write }, { ".pdf", pdf_write } };

static const struct face *face_of(const char *path)
{
  const size_t n = strlen(path);
  for (size_t i = 0; i < COUNT_OF(faces); i++) {
    const size_t ending = strlen(faces[i].ending);
    if (n > ending && strcmp(path + n - ending, faces[i].ending) == 0) {
      return &faces[i];
    }
  }
  return NULL;
}

/* ---- gathering ----------------------------------------------------------------------------------------- */

struct gathered {
  struct session session;
  struct stressed stressed;
  struct briefing briefing;
};

static enum status read_words(struct gathered *g, const char *path, struct error *error)
{
  struct text bytes = { 0 };
  enum status status = STATUS_OK;
  if (path != NULL && !file_read(path, &bytes)) {
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
static enum status gather(struct gathered *g, const struct arguments *arguments, const struct face *face,
                          struct error *error)
{
  struct session *session = &g->session;
  struct briefing *b = &g->briefing;
  const struct run_options options = { .in_process = arguments->in_process, .deadline_s = arguments->deadline_s };
  const char *const *wanted = arguments->scenario.count > 0 ? arguments->scenario.at : NULL;
  *g = (struct gathered){ .briefing = { .audience = (enum audience)arguments->audience, .title = arguments->title } };
  enum status status = session_open(session, arguments, error);
  if (status == STATUS_OK && face == NULL) {
    status = pack_may_go(arguments->output, &session->folder.arena, error);
  }
  status = status != STATUS_OK ? status : briefing_time(&b->made_at, error);
  status = status != STATUS_OK ? status : read_words(g, arguments->council_words, error);
  status =
      status != STATUS_OK ? status : session_scenarios(session, arguments, wanted, arguments->scenario.count, error);
  status = status != STATUS_OK ? status : session_run(session, arguments, error);
  if (status == STATUS_OK && session->folder.plan.has_mtfp) {
    status = stressed_make(&g->stressed, arguments, error);
    b->stress = &g->stressed.report;
  }
  findings_sort(&session->folder.findings);
  b->report = (struct report){ &session->folder, session->n_shown, session->shown, arguments->command };
  b->outcome = session->outcome;
  return status != STATUS_OK ? status : briefing_finish(b, &session->folder, &options, error);
}

static void let_go(struct gathered *g)
{
  stressed_free(&g->stressed);
  session_close(&g->session);
}

static int refuse_name(const struct arguments *arguments)
{
  const char *name = arguments->output;
  say_error(arguments, "report needs -o with a name that ends in .html, .xlsx, .pdf or /%s%s%s",
            name != NULL ? ", not '" : "", name != NULL ? name : "", name != NULL ? "'" : "");
  return status_exit_code(STATUS_USAGE);
}

static enum status write_as(struct gathered *g, const struct arguments *arguments, const struct face *face,
                            struct text *text, struct error *error)
{
  return face != NULL ? face->write(&g->briefing, text, error)
                      : pack_write(arguments, &g->briefing, &g->session.folder.arena, error);
}

int cmd_report(const struct arguments *arguments)
{
  const struct face *face = arguments->output != NULL ? face_of(arguments->output) : NULL;
  if (face == NULL && (arguments->output == NULL || !is_folder_name(arguments->output))) {
    return refuse_name(arguments);
  }
  struct gathered g;
  struct error error = { 0 };
  struct text text = { 0 };
  enum status status = gather(&g, arguments, face, &error);
  status = status != STATUS_OK ? status : write_as(&g, arguments, face, &text, &error);
  int code = 0;
  if (status != STATUS_OK) {
    code = session_refuse(arguments, g.stressed.session.folder.findings.errors > 0 ? &g.stressed.session : &g.session,
                          status, &error);
  } else if (face != NULL) {
    code = output(arguments, &text, 0);
  }
  text_fini(&text);
  let_go(&g);
  return code;
}
