/* cmd_chart.c: headroom chart: one picture as SVG, of what run, compare, stress or simulate find. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include "report/pictures.h"

#include <string.h>

struct drawing {
  struct session session;   /* of what is run */
  struct stressed stressed; /* a folder of its own, and so have the simulated futures */
  struct drawn drawn;
  struct report report;
  struct picture_of of;
};

static int refuse_word(const struct arguments *arguments, const char *what, const char *word, const char *const *names)
{
  struct text list = { 0 };
  const char *nearest = nearest_name(word, names);
  for (int i = 0; names[i] != NULL; i++) {
    text_printf(&list, "%s%s", i == 0 ? "" : names[i + 1] != NULL ? ", " : " or ", names[i]);
  }
  say_error(arguments, "%s is %s, not '%s'%s%s%s", what, text_str(&list), word,
            nearest != NULL ? ".  Did you mean '" : "", nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
  text_fini(&list);
  return status_exit_code(STATUS_USAGE);
}

static int name_index(const char *const *names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++) {
    if (strcmp(names[i], name) == 0) {
      return i;
    }
  }
  return -1;
}

/* ---- gathering ----------------------------------------------------------------------------------------- */

static bool is_simulated(enum picture kind)
{
  return kind == PICTURE_FAN || kind == PICTURE_HUNDRED || kind == PICTURE_CONFIDENCE;
}

/* All scenarios where each is a line or a row of the picture, else those named. */
static enum status run_scenarios(struct drawing *d, const struct arguments *arguments, struct error *error)
{
  static const char *const none[] = { NULL };
  struct session *session = &d->session;
  const bool all = (d->of.kind == PICTURE_RESERVES || d->of.kind == PICTURE_HEAT) && arguments->scenario.count == 0;
  const char *const *wanted = all ? NULL : arguments->scenario.count > 0 ? arguments->scenario.at : none;
  enum status status = STATUS_OK;
  if (arguments->scenario.count > 0 || (all && session->folder.plan.has_mtfp)) {
    status = session_scenarios(session, arguments, wanted, arguments->scenario.count, error);
  }
  status = status != STATUS_OK ? status : session_run(session, arguments, error);
  d->report = (struct report){ &session->folder, session->n_shown, session->shown, arguments->command };
  d->of.report = &d->report;
  d->of.future = arguments->scenario.count > 0 && session->n_shown > 1 ? 1 : 0;
  return status;
}

static enum status find_bridge(struct drawing *d, const struct arguments *arguments, struct error *error)
{
  const struct run_options options = { .in_process = arguments->in_process, .deadline_s = arguments->deadline_s };
  struct bridge *bridge = arena_alloc(&d->session.folder.arena, sizeof *bridge);
  d->of.bridge = bridge;
  return bridge == NULL ? STATUS_MEMORY
                        : bridge_between(&d->session.folder, NULL, d->report.shown[d->of.future].scenario, &options,
                                         bridge, error);
}

static enum status gather_run(struct drawing *d, const struct arguments *arguments, struct error *error)
{
  enum status status = session_open(&d->session, arguments, error);
  status = status != STATUS_OK ? status : run_scenarios(d, arguments, error);
  if (status == STATUS_OK && d->of.kind == PICTURE_BRIDGE && picture_lacks(&d->of) == NULL) {
    status = find_bridge(d, arguments, error);
  }
  return status;
}

static enum status gather(struct drawing *d, const struct arguments *arguments, struct error *error)
{
  enum status status;
  if (is_simulated(d->of.kind)) {
    status = drawn_make(&d->drawn, arguments, error);
    d->of.simulation = &d->drawn.simulation;
    d->of.report = &d->drawn.report.report;
    d->of.future = d->of.report->n_shown > 1 ? 1 : 0;
  } else if (d->of.kind == PICTURE_TORNADO) {
    status = stressed_make(&d->stressed, arguments, error);
    d->of.stress = &d->stressed.report;
    d->of.report = &d->stressed.report.report;
  } else {
    status = gather_run(d, arguments, error);
  }
  return status != STATUS_OK ? status : year_wanted(arguments, &d->of.report->folder->plan, &d->of.year, error);
}

static void let_go(struct drawing *d)
{
  if (is_simulated(d->of.kind)) {
    session_close(&d->drawn.session);
  } else if (d->of.kind == PICTURE_TORNADO) {
    stressed_free(&d->stressed);
  } else {
    session_close(&d->session);
  }
}

static struct session *session_of(struct drawing *d)
{
  return is_simulated(d->of.kind)        ? &d->drawn.session
         : d->of.kind == PICTURE_TORNADO ? &d->stressed.session
                                         : &d->session;
}

/* ---- drawing ------------------------------------------------------------------------------------------- */

static int show(const struct arguments *arguments, const struct drawing *d, int width)
{
  const struct chart_form form = { .width = width, .standalone = true, .title = arguments->title };
  const char *lacks = picture_lacks(&d->of);
  struct text text = { 0 };
  if (lacks != NULL) {
    say_error(arguments, "%s cannot be drawn: %s", picture_names[d->of.kind], lacks);
    return status_exit_code(d->of.kind == PICTURE_BRIDGE && d->of.report->folder->plan.has_mtfp ? STATUS_USAGE
                                                                                                : STATUS_DATA);
  }
  picture_draw(&text, &form, &d->of);
  return output(arguments, &text, 0);
}

/* --width, or the page's own; -1 once it is refused. */
static int width_of(const struct arguments *arguments)
{
  static const char *const names[] = { "wide", "half", "narrow", NULL };
  static const int widths[] = { CHART_WIDE, CHART_HALF, CHART_NARROW };
  const int at = arguments->picture_width != NULL ? name_index(names, arguments->picture_width) : 0;
  if (at < 0) {
    (void)refuse_word(arguments, "--width", arguments->picture_width, names);
  }
  return at < 0 ? -1 : widths[at];
}

int cmd_chart(const struct arguments *arguments)
{
  const int kind = name_index(picture_names, arguments->operand), width = width_of(arguments);
  if (kind < 0) {
    return refuse_word(arguments, "what is drawn", arguments->operand, picture_names);
  }
  if (width < 0) {
    return status_exit_code(STATUS_USAGE);
  }
  struct arguments of_folder = *arguments;
  of_folder.operand = arguments->second_operand;
  struct drawing drawing = { .of = { .kind = (enum picture)kind, .named = true } };
  struct error error = { 0 };
  const enum status status = gather(&drawing, &of_folder, &error);
  const int code = status == STATUS_OK ? show(&of_folder, &drawing, width)
                                       : session_refuse(&of_folder, session_of(&drawing), status, &error);
  let_go(&drawing);
  return code;
}
