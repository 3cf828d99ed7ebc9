/* svg.h: one picture being drawn: elements, text that fits, numbers in tenths; inside core/report/chart.
 *
 * What a caller or a council wrote goes through svg_text and svg_label alone, which escape it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_SVG_H
#define HEADROOM_SVG_H

#include "report/chart/chart.h"

extern const struct new_file chart_files[];
extern const size_t n_chart_files;

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct svg {
  struct text body;
  double width;
  double size; /* of ordinary text, px */
  double top;  /* where drawing may begin: below the title */
  bool narrow;
  enum anchor anchor; /* of the texts within svg_open_texts */
};

/* Takes the form within its limits.  svg_end writes the whole picture, `height` px high, and frees the body. */
void svg_begin(struct svg *, const struct chart_form *);
void svg_end(struct svg *, struct text *, const struct chart_form *, double height, const char *sentence);

/* A literal as it stands: anything else does not compile. */
#define svg_raw(svg, literal) text_add(&(svg)->body, "" literal "")
void svg_number(struct svg *, double);          /* to 0.1, no locale, never -0 */
void svg_open(struct svg *, const char *class); /* <g class="..."> */
void svg_close(struct svg *);
/* The same around texts that all have that anchor, none inside another. */
void svg_open_texts(struct svg *, const char *class, enum anchor);
void svg_close_texts(struct svg *);
void svg_rect(struct svg *, const char *class, double x, double y, double width, double height);
void svg_line(struct svg *, const char *class, double x1, double y1, double x2, double y2);
void svg_circle(struct svg *, const char *class, double x, double y, double radius);
struct point {
  double x, y;
};
void svg_path(struct svg *, const char *class, const struct point *points, int n, bool closed); /* closed: an area */
/* The same, `count` of them in one element. */
void svg_paths(struct svg *, const char *class, const struct point *points, int n, int count, bool closed);

void svg_done(struct svg *,
              struct text *); /* a string that was drawn: memory that ran out for it is the picture's too */

/* size 0: svg.size.  y: of the baseline. */
void svg_text(struct svg *, const char *class, enum anchor, double size, double x, double y, const char *);
/* The same, cut with an ellipsis to fit into `width`. */
void svg_label(struct svg *, const char *class, enum anchor, double size, double x, double y, double width,
               const char *);
/* Wrapped into at most so many lines of `width` from svg.top on, each below the other; moves svg.top below them. */
void svg_lines(struct svg *, const char *class, double size, double x, double width, int most, const char *);

/* style.c: the rules of the classes that the body has, in light, without variables: few programs but browsers know
 * them. */
void style_alone(struct text *, const char *body);

/* ---- measure.c: how wide text is in Arial and what looks like it, a little generously ------------------ */

double text_width(const char *, size_t n, double size);
/* How many bytes of it fit into `width`, on a character boundary. */
size_t text_fit(const char *, double width, double size);
/* Lines of it, cut at blanks where there are any, each within `width`; the last one takes what is left, to be cut.
 * start[], length[]: of each line, at most `most`.  Returns how many. */
int text_lines(const char *, double width, double size, int most, size_t *start, size_t *length);

void escape_text(struct text *, const char *, size_t n); /* for content and attributes alike; control bytes dropped */

#endif
