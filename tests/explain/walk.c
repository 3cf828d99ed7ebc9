/* walk.c: see walk.h. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- arithmetic, not the engine's ---------------------------------------------------------------------- */

/* Half away from zero; ties in decimals are ties in binary give or take a millionth. */
static double to_grain(double value, double grain)
{
  const double units = value / grain;
  return units < 0.0 ? ceil(units - 0.5 - 1e-6) * grain : floor(units + 0.5 + 1e-6) * grain;
}

static int first_part(const struct figure *figure, int nil)
{
  for (int i = 0; i < figure->n_parts; i++) {
    const double value = figure->part[i].figure->value;
    if (nil ? fabs(value) < 0.005 : value > 0.005) {
      return i;
    }
  }
  return -1;
}

static double part_value(const struct figure *figure, int i)
{
  return figure->part[i].sign * figure->part[i].figure->value;
}

static double again(const struct figure *figure)
{
  double value = part_value(figure, 0);
  for (int i = 1; i < figure->n_parts; i++) {
    const double next = part_value(figure, i);
    switch (figure->operation) {
    case OP_SUM:
      value += next;
      break;
    case OP_PRODUCT:
      value *= next;
      break;
    case OP_GROWTH:
      value = (1.0 + value) * (1.0 + next) - 1.0;
      break;
    case OP_QUOTIENT:
      value /= next;
      break;
    case OP_POWER:
      value = pow(value, next);
      break;
    case OP_LEAST:
      value = fmin(value, next);
      break;
    case OP_GREATEST:
      value = fmax(value, next);
      break;
    default:
      break;
    }
  }
  value += figure->operation == OP_GROWTH ? 1.0 : 0.0;
  value = figure->operation == OP_FIRST_ABOVE_0 ? first_part(figure, 0) : value;
  value = figure->operation == OP_FIRST_NIL ? first_part(figure, 1) : value;
  return figure->grain > 0.0 ? to_grain(value, figure->grain) : value;
}

/* ---- cells of the folder ------------------------------------------------------------------------------- */

static char *slurp(const char *path)
{
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  char *bytes = calloc(1, 1 << 20);
  assert_non_null(bytes);
  assert_true(fread(bytes, 1, (1 << 20) - 1, file) < (1 << 20) - 1);
  fclose(file);
  return bytes;
}

void read_texts(struct texts *texts, const char *path, const struct folder *folder)
{
  *texts = (struct texts){ .n = folder->n_files };
  assert_true(folder->n_files <= MAX_FILES);
  for (int i = 0; i < folder->n_files; i++) {
    struct text name = { 0 };
    text_printf(&name, "%s/%s", path, folder->file[i].name);
    texts->file[i].name = folder->file[i].name;
    texts->file[i].bytes = slurp(text_str(&name));
    text_fini(&name);
  }
}

void free_texts(struct texts *texts)
{
  for (int i = 0; i < texts->n; i++) {
    free(texts->file[i].bytes);
  }
}

/* The cell that begins at a line and a column; columns count characters. */
static void cell_at(const struct texts *texts, const struct origin *origin, char out[64])
{
  const char *at = NULL;
  for (int i = 0; i < texts->n; i++) {
    at = strcmp(texts->file[i].name, origin->file) == 0 ? texts->file[i].bytes : at;
  }
  assert_non_null(at);
  for (int line = 1; line < origin->line; line++) {
    at = strchr(at, '\n');
    assert_non_null(at);
    at++;
  }
  at += origin->line == 1 && strncmp(at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  for (int column = 1; column < origin->column; column++) {
    assert_true(*at != '\0' && *at != '\n');
    for (at++; ((unsigned char)*at & 0xC0) == 0x80; at++) {
    }
  }
  int n = 0;
  const int quoted = *at == '"';
  for (at += quoted; *at != '\0' && *at != '\n' && *at != '\r' && (quoted ? *at != '"' : *at != ',') && n < 63; at++) {
    if ((*at >= '0' && *at <= '9') || *at == '.' || *at == '-' || *at == ',') {
      out[n] = *at;
      n += *at != ',' && *at != '-';
    }
  }
  out[n] = '\0';
}

/* A size as typed may be pounds, the folder's unit, a percentage, or a plain number; 0 may be blank. */
static int holds(const struct plan *plan, const char *cell, double value)
{
  const double typed = strtod(cell, NULL), unit = (double)plan->pence_per_unit / 100.0;
  const double readings[] = { typed, typed * unit, typed / 100.0 };
  for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
    if (fabs(readings[i] - fabs(value)) <= 1e-9 * fmax(1.0, fabs(value))) {
      return 1;
    }
  }
  return 0;
}

/* ---- the walk ------------------------------------------------------------------------------------------ */

static void fail_at(const struct walk *walk, const struct figure *figure, const char *what, double got)
{
  fail_msg("%s, %s, %s: %s (%s) is %.6f: %s %.6f", walk->dataset, walk->scenario, walk->root, figure->words,
           figure->name, figure->value, what, got);
}

static void check_leaf(struct walk *walk, const struct figure *figure)
{
  char cell[64];
  switch (figure->leaf) {
  case LEAF_CELL:
    assert_true(figure->origin.line > 0 && figure->origin.column > 0);
    cell_at(walk->texts, &figure->origin, cell);
    if (strncmp(figure->how, "the part of the year", 20) != 0 && !holds(walk->plan, cell, figure->value)) {
      fail_msg("%s, %s, %s: %s is %.6f, and %s:%d:%d holds '%s'", walk->dataset, walk->scenario, walk->root,
               figure->words, figure->value, figure->origin.file, figure->origin.line, figure->origin.column, cell);
    }
    assert_true(figure->origin.basis != BASIS_NONE);
    walk->cells++;
    break;
  case LEAF_CHANGE:
    assert_non_null(figure->use);
    assert_true(figure->origin.line > 0 || figure->origin.file == NULL ||
                figure->origin.file[0] == '\0'); /* asked for, not in a file */
    walk->changes++;
    break;
  case LEAF_ENGINE:
    break;
  case LEAF_NONE:
    fail_at(walk, figure, "a leaf without anything behind it", 0.0);
  }
}

static void walk_figure(struct walk *walk, const struct figure *figure)
{
  if (walk->seen[figure->number]) {
    return;
  }
  walk->seen[figure->number] = 1;
  walk->figures++;
  assert_true(figure->words[0] != '\0');
  if (figure->operation == OP_LEAF) {
    assert_int_equal(figure->n_parts, 0);
    check_leaf(walk, figure);
    return;
  }
  assert_true(figure->n_parts > 0);
  const double made = again(figure);
  const double apart = fabs(made - figure->value);
  if (!(figure->unit == FIGURE_MONEY ? apart < 0.005 : apart <= 1e-9 * fmax(1.0, fabs(made)))) {
    fail_at(walk, figure, "its parts make", made);
  }
  if (!figure_adds_up(figure)) {
    fail_at(walk, figure, "figure_adds_up says no:", figure_from_parts(figure));
  }
  for (int i = 0; i < figure->n_parts; i++) {
    walk_figure(walk, figure->part[i].figure);
  }
}

enum { MOST_FIGURES = 10 << 20 };

void walk_printed(struct walk *walk, struct explainer *explainer, const struct plan *plan, const struct result *result,
                  struct arena *arena)
{
  struct error error = { 0 };
  int count = 0;
  const struct printed_figure *printed = printed_figures(plan, result, arena, &count);
  assert_true(count > 0);
  walk->seen = calloc(1, MOST_FIGURES);
  assert_non_null(walk->seen);
  for (int i = 0; i < count; i++) {
    const struct figure *figure = explain_figure(explainer, printed[i].name, &error);
    if (figure == NULL) {
      fail_msg("%s", error.text);
      return;
    }
    walk->root = printed[i].name;
    assert_true(explainer_figures(explainer) < MOST_FIGURES);
    const double expected = figure->unit == FIGURE_DATE ? (double)printed[i].value : (double)printed[i].value / 100.0;
    if (fabs(figure->value - expected) >= 0.005) {
      fail_at(walk, figure, "printed was", expected);
    }
    walk_figure(walk, figure);
  }
  free(walk->seen);
}
