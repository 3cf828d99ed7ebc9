/* cmd_report.c: headroom report: everything gathered once, then written as the kind of file that -o names. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include "report/page/page.h"
#include "report/workbook/workbook.h"

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
  struct arena names;
  arena_init(&names, NULL);
  memset(&g, 0, sizeof g);
  enum status status = face == NULL ? pack_may_go(arguments->output, &names, &error) : STATUS_OK;
  arena_fini(&names);
  status = status != STATUS_OK ? status : report_gather(&g, arguments, &error);
  status = status != STATUS_OK ? status : write_as(&g, arguments, face, &text, &error);
  int code = 0;
  if (status != STATUS_OK) {
    code = session_refuse(arguments, gathered_at_fault(&g), status, &error);
  } else {
    session_tell(arguments, &g.session, false);
    code = face != NULL ? output(arguments, &text, 0) : 0;
  }
  text_fini(&text);
  gathered_free(&g);
  return code;
}
