/* looks.h: how cells and sheets look, whatever library writes them; inside core/report/workbook only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_LOOKS_H
#define HEADROOM_WORKBOOK_LOOKS_H

#include "report/workbook/book.h"

enum {
  INK = 0x1A1A1A,
  QUIET = 0x505A5F,
  BLUE = 0x12436D,
  PALE = 0xE8EDF2,
  YELLOW = 0xFFF2B3,
  RED = 0x9C0006,
  ORANGE = 0xF46A25,
  TEAL = 0x28A197,
  GREY = 0x6F777B
};

struct appearance {
  const char *number; /* NULL: general */
  double size;
  bool bold, wrap, right;
  uint32_t ink, fill; /* 0: as it comes */
};
extern const struct appearance appearances[N_LOOKS];

/* Widths in characters: of the first columns, then of all others. */
struct setup {
  double width[6], rest;
  int n_widths, frozen_columns;
};
const struct setup *setup_of(enum sheet);
bool has_blocks(enum sheet); /* scenarios stand side by side */

#endif
