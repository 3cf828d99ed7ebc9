/* pictures.h: a council's own figures as the pictures of core/report/chart: what is drawn of what was run. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PICTURES_H
#define HEADROOM_PICTURES_H

#include "mc/simulate.h"
#include "report/chart/chart.h"
#include "report/report.h"

enum picture {
  PICTURE_RESERVES,
  PICTURE_GAP,
  PICTURE_BRIDGE,
  PICTURE_STACKED,
  PICTURE_FAN,
  PICTURE_HUNDRED,
  PICTURE_CONFIDENCE,
  PICTURE_TORNADO,
  PICTURE_HEAT,
  N_PICTURES
};
extern const char *const picture_names[N_PICTURES + 1]; /* "reserves"...; NULL ends them */

/* What a picture is drawn of; what its kind does not need may be NULL. */
struct picture_of {
  enum picture kind;
  const struct report *report;         /* shown[0] is the plan */
  int future;                          /* the one beside the plan, an index of shown; 0: the plan alone */
  int year;                            /* of bridge and hundred: an index */
  bool named;                          /* of reserves: with the names of the futures */
  const struct bridge *bridge;         /* from the plan to that future */
  const struct stress_report *stress;  /* of tornado */
  const struct simulation *simulation; /* of fan, hundred and confidence: scenarios as in report */
};
/* NULL when it can be drawn, else why not, in words that end a sentence. */
const char *picture_lacks(const struct picture_of *);
/* Only when nothing lacks.  The form's title NULL: its own, with the council's name; its foot likewise: what share of
 * the plan is illustrative, and the command. */
void picture_draw(struct text *, const struct chart_form *, const struct picture_of *);

#endif
