/* workbook.h: a report as a workbook whose figures are formulas, so that an officer changes a yellow cell and the gap,
 * the reserves and the dates follow; the face of core/report/workbook. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_H
#define HEADROOM_WORKBOOK_H

#include "report/briefing.h"

/* The bytes of an .xlsx file, NULs and all.  STATUS_INTERNAL: some figure of the workbook would differ from the
 * engine's own, which the error names; STATUS_FILE: the temporary file that it goes through cannot be written. */
enum status workbook_write(const struct briefing *, struct text *, struct error *) MUST_CHECK;

/* One scenario as it ran. */
struct workbook_scenario {
  const char *id, *label;
  const struct result *result;
  int n_changes;
  const struct change *change; /* in the order in which the engine takes them */
  const char *const *use;      /* [use]: its name, for where changes are from; NULL: none is told */
  const bool *touched;         /* [input]: a use may write it; NULL: those that change */
  const char *note;            /* what of it does not follow an edit, in a sentence; "" for nothing */
};

/* What a workbook is made of, for whoever has no briefing. */
struct workbook {
  const struct plan *plan;
  const struct result *result; /* of the plan itself */
  int n_scenarios;
  const struct workbook_scenario *scenario;
  const char *title, *command, *made_on; /* never NULL */
  const char *inputs_digest;             /* "" for none */
  const struct simulation *simulation;   /* NULL: not simulated */
  int64_t made_at;                       /* seconds since 1970, UTC */
  bool zeros; /* for tests: formulas stand with 0 in place of what they come to, so that a reader must recalculate */
};
enum status workbook_bytes(const struct workbook *, struct text *, struct error *) MUST_CHECK;

#endif
