/* looks.c: how cells and sheets look. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/looks.h"

const struct appearance appearances[N_LOOKS] = {
  [LOOK_PLAIN] = { NULL, 11, false, false, false, 0, 0 },
  [LOOK_TITLE] = { NULL, 16, true, false, false, BLUE, 0 },
  [LOOK_NOTE] = { NULL, 10, false, false, false, QUIET, 0 },
  [LOOK_HEAD] = { NULL, 11, true, true, false, 0, PALE },
  [LOOK_HEAD_RIGHT] = { NULL, 11, true, true, true, 0, PALE },
  [LOOK_GROUP] = { NULL, 11, true, false, false, BLUE, 0 },
  [LOOK_WRAP] = { NULL, 11, false, true, false, 0, 0 },
  [LOOK_RIGHT] = { NULL, 11, false, false, true, 0, 0 },
  [LOOK_MONEY] = { "#,##0;\xE2\x88\x92#,##0", 11, false, false, true, 0, 0 },
  [LOOK_TOTAL] = { "#,##0;\xE2\x88\x92#,##0", 11, true, false, true, 0, 0 },
  [LOOK_PENNIES] = { "#,##0.00;\xE2\x88\x92#,##0.00", 11, false, false, true, 0, 0 },
  [LOOK_PERCENT] = { "0.00%;\xE2\x88\x92"
                     "0.00%",
                     11, false, false, true, 0, 0 },
  [LOOK_COUNT] = { NULL, 11, false, false, true, 0, 0 }, /* "#,##0.##" would leave a bare point behind 396 */
  [LOOK_FACTOR] = { "0.000000;\xE2\x88\x92"
                    "0.000000",
                    11, false, false, true, 0, 0 },
  [LOOK_WHOLE] = { "0", 11, false, false, true, 0, 0 },
  [LOOK_ANSWER] = { NULL, 14, true, false, false, INK, 0 },
  [LOOK_ALARM] = { NULL, 11, true, false, false, RED, 0 },
  [LOOK_CHOICE] = { NULL, 12, true, false, false, 0, 0 },
};

static const struct setup setups[N_SHEETS] = {
  [SHEET_SUMMARY] = { { 52 }, 15, 1, 1 },
  [SHEET_SCENARIOS] = { { 9, 20, 48 }, 17, 3, 3 },
  [SHEET_INPUTS] = { { 11, 16, 44, 19, 9, 17 }, 14, 6, 4 },
  [SHEET_FUTURES] = { { 36, 72, 12 }, 14, 3, 3 },
  [SHEET_CHECKS] = { { 58, 16, 46, 46, 12 }, 14, 5, 1 },
  [SHEET_TRACE] = { { 52, 15, 15, 12, 22, 8 }, 14, 6, 1 },
  [SHEET_AUDIT] = { { 58, 26, 14 }, 14, 3, 3 },
  [SHEET_STEPS] = { { 58, 18, 8 }, 14, 3, 3 },
};
static const struct setup block_setup = { { 64, 26, 9 }, 14, 3, 3 };

const struct setup *setup_of(enum sheet sheet)
{
  return setups[sheet].n_widths > 0 ? &setups[sheet] : &block_setup;
}

bool has_blocks(enum sheet sheet)
{
  return setups[sheet].n_widths == 0 || sheet == SHEET_AUDIT;
}
