/* allowed.h: what a yellow cell may hold: the bounds that the engine sets when it reads the same figure from a folder;
 * inside core/report/workbook only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_ALLOWED_H
#define HEADROOM_WORKBOOK_ALLOWED_H

#include <stdbool.h>

/* What it may hold; the lowest; the highest; the least step, 0 for any; in words, after "must be". */
#define ALLOWED_MAP(X)                                                                         \
  X(ALLOWED_MONEY, -9e13, 9e13, 0.01, "an amount to the penny")                                \
  X(ALLOWED_SIZE, 0.0, 9e13, 0.01, "0 or more, to the penny")                                  \
  X(ALLOWED_RATE, -0.99999999999, 10.0, 0.0,                                                   \
    "above \xE2\x88\x92"                                                                       \
    "100% and at most 1000%")                                                                  \
  X(ALLOWED_PERCENT, -10.0, 10.0, 0.0,                                                         \
    "from \xE2\x88\x92"                                                                        \
    "1000% to 1000%")                                                                          \
  X(ALLOWED_PHASED, 0.0, 10.0, 0.0, "from 0% to 1000%")                                        \
  X(ALLOWED_SHARE, 0.0, 1.0, 0.0, "from 0% to 100%")                                           \
  X(ALLOWED_COUNT, 0.0, 9e13, 0.0001, "0 or more, with at most four decimals")                 \
  X(ALLOWED_LIFE, 1.0, 100.0, 1.0, "a whole number of years from 1 to 100")                    \
  X(ALLOWED_PAID_NO_MORE, 0.0, 0.0, 0.0, "0: the last year in which the line is paid is past") \
  X(ALLOWED_TOO_LATE, 0.0, 0.0, 0.0, "0: in that year receipts may no longer meet it")         \
  X(ALLOWED_NOT_FLEXIBLE, 0.0, 0.0, 0.0, "0%: this receipt may not be used flexibly")          \
  X(ALLOWED_ONLY_IN, 0.0, 9e13, 0.01, "0 or more: this reserve may not pay for the gap")       \
  X(ALLOWED_FACTOR, 0.0, 100.0, 0.0, "a number from 0 to 100")                                 \
  X(ALLOWED_CHANGE, -9e13, 9e13, 0.0, "a number within 90 million million")

enum allowed_kind {
#define ALLOWED_ENUM(name, low, high, grain, words) name,
  ALLOWED_MAP(ALLOWED_ENUM)
#undef ALLOWED_ENUM
      N_ALLOWED
};

/* What an empty cell means in the folder.  Where it would be grown, or take its figure from elsewhere, the engine takes
 * it and the workbook, which has only the cell, does not follow. */
enum blank { BLANK_IS_REFUSED, BLANK_IS_NOTHING, BLANK_IS_NOT_FOLLOWED };

struct allowed {
  enum allowed_kind kind;
  enum blank blank;
};

struct bounds {
  double low, high, grain;
  const char *in_words;
};
extern const struct bounds allowed_bounds[N_ALLOWED];

#endif
