/* scene_key.c: the futures by number and name, with the years in which they fall below the minimum and run out. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/scene.h"
#include "report/chart/words.h"

/* "Below minimum in 2030/31, runs out in 2031/32" */
static void dates(struct text *t, const struct scene *scene, const struct chart_line *line)
{
  const bool same_year = line->below >= 0 && line->below == line->runs_out;
  const bool below = line->below >= 0 && !same_year;
  if (below) {
    text_add(t, "Below minimum in ");
    words_year(t, &scene->data->years, line->below);
  }
  if (line->runs_out >= 0) {
    text_add(t, below ? ", runs out in " : same_year ? "Below minimum, and runs out, in " : "Runs out in ");
    words_year(t, &scene->data->years, line->runs_out);
  }
  if (line->below < 0 && line->runs_out < 0 && scene->data->minimum != NULL) {
    text_add(t, "Never below the minimum");
  }
}

/* One future from svg.top on; moves it below. */
static void key_entry(struct svg *svg, const struct scene *scene, int i, double x, double width)
{
  const struct chart_line *line = &scene->data->line[i];
  const double indent = 2 * scene->radius + 10;
  const double least = svg->top + 2 * scene->radius + 4; /* the circle, when there are no words */
  struct text when = { 0 };
  dates(&when, scene, line);
  scene_circle(svg, scene, i, x + scene->radius + 1, svg->top + scene->radius + 1);
  svg->top += svg->narrow ? 1 : 2;
  svg_lines(svg,
            i == 0                     ? "ch-plan-ink"
            : i == scene->data->chosen ? "ch-chosen-ink"
                                       : "ch-b",
            0, x + indent, width - indent, 2, line->label);
  if (when.length > 0) {
    svg->top += svg->size * 0.3;
    svg_lines(svg, "ch-m", svg->narrow ? 0 : 14, x + indent, width - indent, 2, text_str(&when));
  }
  svg->top = svg->top < least ? least : svg->top;
  svg->top += svg->narrow ? 12 : 16;
  svg->body.failed = svg->body.failed || when.failed;
  text_fini(&when);
}

void scene_key(struct svg *svg, const struct scene *scene, double x, double width)
{
  enum { TWO_COLUMNS = 600 };
  const double apart = 24, top = svg->top;
  const int columns = width < TWO_COLUMNS ? 1 : 2, each = (scene->n_lines + columns - 1) / columns;
  const double column = (width - apart * (columns - 1)) / columns;
  double foot = top;
  for (int i = 0; i < scene->n_lines; i++) {
    svg->top = i % each == 0 ? top : svg->top;
    const int across = i / each;
    key_entry(svg, scene, i, x + (column + apart) * across, column);
    foot = svg->top > foot ? svg->top : foot;
  }
  svg->top = foot;
}
