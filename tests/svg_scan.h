/* svg_scan.h: a picture read back strictly, for tests: every element, its text, and where it stands. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_SVG_SCAN_H
#define HEADROOM_SVG_SCAN_H

#include "base/base.h"

enum { MOST_WORDS = 1024, WORDS_ROOM = 400 };

struct svg_words {
  char words[WORDS_ROOM]; /* unescaped */
  char class[48];
  double x, y, size; /* y: of the baseline */
  double left, right, top, bottom;
};
struct svg_scan {
  char wrong[200];                 /* "" when everything is as it should be */
  double left, top, right, bottom; /* of the viewBox */
  double size;                     /* of ordinary text */
  char label[8192];                /* the text alternative, unescaped */
  char role[16];
  int n_words;
  struct svg_words words[MOST_WORDS];
  int n_elements;
};

/* Well-formed XML of the elements and attributes that a picture may have, with every coordinate within the viewBox. */
void svg_scan(struct svg_scan *, const char *svg);
/* Two texts that overlap or one that leaves the viewBox: says which in `wrong`. */
void svg_scan_overlaps(struct svg_scan *);
/* How many texts are exactly that. */
int svg_scan_count(const struct svg_scan *, const char *words);

#endif
