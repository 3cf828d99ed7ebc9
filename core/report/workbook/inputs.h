/* inputs.h: how a row of Inputs is put; inside core/report/workbook only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_INPUTS_H
#define HEADROOM_WORKBOOK_INPUTS_H

#include "report/workbook/compile.h"

struct named {
  const char *table, *id, *label, *field, *unit;
  enum look look;
  struct allowed may;
};

void input_group(struct compiler *, const char *label);
/* The first cells of a row, its number. */
int input_row(struct compiler *, const struct named *);
/* year -1: the base, or a single value */
void input_put(struct compiler *, int row, int year, const struct named *, double value, const struct origin *);
/* A whole row: of one figure, and of one a year, in which years that the folder leaves blank hold 0. */
int single_input(struct compiler *, double value, const struct origin *, struct named);
int yearly_inputs(struct compiler *, const double *values, const struct origin *, struct named);

/* inputs_parts.c: savings, reserves, capital */
bool same_origin(const struct origin *, const struct origin *); /* one cell of the folder */
void saving_inputs(struct compiler *);
void reserve_inputs(struct compiler *);
void receipt_inputs(struct compiler *);
void borrowing_inputs(struct compiler *);

#endif
