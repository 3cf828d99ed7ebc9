/* chart.h: pictures of a council's money as SVG; the face of core/report/chart.
 *
 * Each kind is a struct of data and two functions: one draws it, one says it in a sentence (the picture's name for who
 * cannot see it).  Both are functions of their data alone: no locale, no clock, the same bytes each time.  Amounts are
 * pence; strings are UTF-8 and belong to the caller, are never NULL unless it is said, and are cut with an ellipsis
 * where they do not fit.  Memory that runs out shows in text.failed, as everywhere. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CHART_H
#define HEADROOM_CHART_H

#include "base/base.h"

/* ---- form: how a picture is drawn ---------------------------------------------------------------------- */

enum {
  CHART_NARROW = 320,  /* a phone */
  CHART_HALF = 520,    /* two side by side */
  CHART_WIDE = 800,    /* a page */
  CHART_WIDEST = 1200, /* more is not drawn, nor less than CHART_NARROW */
  CHART_YEARS = 16,    /* years, lines, classes and kinds beyond these are not drawn */
  CHART_LINES = 12
};

/* Text is 15 px from CHART_WIDE / 2 on, 12 px below.  The height follows from the data. */
struct chart_form {
  int width;
  bool standalone;   /* a file by itself: its own colours, on white, and the title in the picture */
  const char *title; /* NULL: none.  Drawn only when standalone; on a page it is text above the picture */
  const char *label; /* the text alternative; NULL: the kind's own sentence */
  const char *id;    /* of the picture on a page; NULL: none */
  const char *as;    /* the id of the picture whose text alternative is this one's, too; NULL: it has its own */
  const char *foot;  /* where the figures come from, below the picture; NULL: nothing.  Likewise */
};

/* The rules of every picture's classes, light, dark, forced colours and print, for a page's <style>. */
const char *chart_css(void);

/* ---- years --------------------------------------------------------------------------------------------- */

struct chart_years {
  int first;          /* calendar: 2026 is 2026/27 */
  int count;          /* at least 1 */
  int projected_from; /* index of the first year beyond what the council published; count or more: none is */
};

/* ---- reserves: lines, one a future --------------------------------------------------------------------- */

struct chart_line {
  const char *label;
  const pence *value;    /* [years.count], at 31 March */
  const pence *unfunded; /* [years.count] of the year, to see when in the year money runs out; NULL: not known */
  int runs_out;          /* index of the year in which reserves run out, and the line stops; -1: in none */
  int below;             /* of the year in which it first falls below the minimum, for the sentence; -1: in none */
};
struct chart_reserves {
  const char *what; /* "Reserves at 31 March" */
  struct chart_years years;
  bool has_opening;
  pence opening; /* on 1 April of the first year, the same in every future */
  int n_lines;   /* [0] is the plan; numbered from 1 at their ends */
  const struct chart_line *line;
  int chosen;           /* index of the line in pink; 0: none */
  const pence *minimum; /* [years.count], the council's own; NULL: it has none */
  bool marked;          /* what belongs to line i has the class l<i> too, its number n<i>: a page's style picks one */
  bool named;           /* labels stand at the lines' ends too; else the page has them beside the picture */
};
void chart_reserves(struct text *, const struct chart_form *, const struct chart_reserves *);
void chart_reserves_words(struct text *, const struct chart_reserves *);

/* ---- bars: the plan and one other, year by year -------------------------------------------------------- */

struct chart_bars {
  const char *what; /* "Taken from reserves", "Gap after savings" */
  struct chart_years years;
  int n_series; /* 1 or 2; [0] is the plan */
  const char *label[2];
  const pence *value[2]; /* [years.count]; negative: below the line */
};
void chart_bars(struct text *, const struct chart_form *, const struct chart_bars *);
void chart_bars_words(struct text *, const struct chart_bars *);

/* The same for a page on which one future is chosen: what shows with future i is in groups of the classes v and v<i>,
 * all to one scale; with the plan, 0, it is the plan alone. */
struct chart_choice {
  const char *what;
  struct chart_years years;
  int n_lines;                   /* [0] is the plan */
  const struct chart_line *line; /* label and value are used */
};
void chart_choice(struct text *, const struct chart_form *, const struct chart_choice *);
void chart_choice_words(struct text *, const struct chart_choice *);

/* ---- bridge: from one amount to another in parts that add up ------------------------------------------- */

struct chart_part {
  const char *label;
  pence amount;
};
struct chart_bridge {
  const char *what;    /* "Gap in 2030/31" */
  bool more_is_better; /* reserves; false: a gap */
  struct chart_part from, to;
  int n_parts; /* what the parts leave of the difference is drawn as "Everything else" */
  const struct chart_part *part;
  bool bare; /* no key to the colours: the page says what the signs are */
};
void chart_bridge(struct text *, const struct chart_form *, const struct chart_bridge *);
void chart_bridge_words(struct text *, const struct chart_bridge *);

/* ---- stacked: reserves by class ------------------------------------------------------------------------ */

struct chart_class {
  const char *label;
  pence opening;
  const pence *value; /* [years.count], at 31 March; negative: below the line */
};
struct chart_stacked {
  const char *what;
  struct chart_years years;
  bool has_opening;
  int n_classes; /* from the bottom; beyond six the rest is drawn as "Other" */
  const struct chart_class *class;
  const pence *minimum; /* or NULL */
};
void chart_stacked(struct text *, const struct chart_form *, const struct chart_stacked *);
void chart_stacked_words(struct text *, const struct chart_stacked *);

/* ---- fan: the middle of many simulated futures --------------------------------------------------------- */

struct chart_fan {
  const char *what;
  struct chart_years years;
  bool has_opening;
  pence opening;
  long futures;                                     /* how many were simulated */
  int outer, inner;                                 /* how many of 100 the bands hold: 90 and 50 or 40 */
  const pence *low, *lower, *middle, *upper, *high; /* [years.count]; low and high bound the outer band */
  const pence *plan;                                /* or NULL */
  const pence *minimum;                             /* or NULL */
  const char *plan_label;                           /* what that line is; NULL: "Plan" */
};
void chart_fan(struct text *, const struct chart_form *, const struct chart_fan *);
void chart_fan_words(struct text *, const struct chart_fan *);

/* ---- hundred: one square for each of a hundred futures ------------------------------------------------- */

enum chart_fate { CHART_ABOVE, CHART_BELOW, CHART_OUT, CHART_FATES };
struct chart_hundred {
  const char *when;               /* "At 31 March 2031", "At any time to March 2031" */
  long tally[CHART_FATES];        /* simulated futures in each; shown as shares of a hundred */
  const char *label[CHART_FATES]; /* NULL: "stay above the minimum", "fall below it", "run out of reserves" */
};
void chart_hundred(struct text *, const struct chart_form *, const struct chart_hundred *);
void chart_hundred_words(struct text *, const struct chart_hundred *);
/* Whole shares that add up to 100, by largest remainders; all 0 when nothing was counted. */
void chart_shares(const long *tally, int n, int *share);

/* ---- tornado: what matters most ------------------------------------------------------------------------ */

struct chart_swing {
  const char *label; /* "Pay award 1 point more a year" */
  pence worse;       /* the change in the measure when it goes against the council */
  pence better;      /* and when it goes the council's way */
};
struct chart_tornado {
  const char *what;    /* "Change in reserves at 31 March 2031, one thing at a time" */
  bool more_is_better; /* reserves; false: a gap */
  bool one_sided;      /* better is not known */
  int n_swings;        /* drawn in the order of their downside, the largest twelve */
  const struct chart_swing *swing;
};
void chart_tornado(struct text *, const struct chart_form *, const struct chart_tornado *);
void chart_tornado_words(struct text *, const struct chart_tornado *);

/* ---- heat: futures by year, in words, glyphs and colour ------------------------------------------------ */

struct chart_heat_row {
  const char *label;
  const pence *value;          /* [years.count] */
  const enum chart_fate *fate; /* [years.count] */
};
struct chart_heat {
  const char *what;
  struct chart_years years;
  int n_rows;
  const struct chart_heat_row *row; /* [0] is the plan */
};
void chart_heat(struct text *, const struct chart_form *, const struct chart_heat *);
void chart_heat_words(struct text *, const struct chart_heat *);

/* ---- confidence: how much reserve buys how much ------------------------------------------------------- */

struct chart_confidence {
  const char *what; /* "Reserves never run out to March 2031" */
  int n_points;     /* at least 2, in order of held */
  const pence *held;
  const double *share; /* of futures in which it holds, 0 to 1 */
  pence now;           /* what the council holds, marked */
};
void chart_confidence(struct text *, const struct chart_form *, const struct chart_confidence *);
void chart_confidence_words(struct text *, const struct chart_confidence *);

#endif
