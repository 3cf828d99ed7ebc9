/* reserves_draw.c: reserves as lines: zones, lines, circles and names, drawn where reserves.c put them.
 *
 * The plan is drawn over the others and the chosen one over the plan. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/scene.h"
#include "report/chart/words.h"

#include <stdio.h>
#include <string.h>

static double minimum_y(const struct scene *scene, int point)
{
  const int year = point - scene->data->has_opening;
  return axis_y(&scene->axis, scene->data->minimum[year < 0 ? 0 : year]);
}

static void draw_zones(struct svg *svg, const struct scene *scene)
{
  const struct axis *axis = &scene->axis;
  const double zero = axis_y(axis, 0);
  if (scene->data->minimum != NULL) {
    struct point points[MOST_POINTS + 4];
    int n = 0;
    for (int p = -1; p <= scene->time.count; p++) { /* level from edge to edge of the plot */
      const int point = p < 0 ? 0 : p < scene->time.count ? p : scene->time.count - 1;
      const double x = p < 0 ? axis->left : p < scene->time.count ? time_x(&scene->time, point) : axis->right;
      points[n++] = (struct point){ x, minimum_y(scene, point) };
    }
    points[n++] = (struct point){ axis->right, zero };
    points[n++] = (struct point){ axis->left, zero };
    svg_path(svg, "ch-low", points, n, true);
  }
  if (scene->strip > zero) {
    svg_rect(svg, "ch-out", axis->left, zero, axis->right - axis->left, scene->strip - zero);
  }
}

static void draw_minimum(struct svg *svg, struct scene *scene)
{
  struct point points[MOST_POINTS + 2];
  int n = 0;
  const int last = scene->time.count - 1;
  points[n++] = (struct point){ scene->axis.left, minimum_y(scene, 0) };
  for (int p = 0; p <= last; p++) {
    if (p > 0 && p < last && minimum_y(scene, p) == minimum_y(scene, p - 1) &&
        minimum_y(scene, p) == minimum_y(scene, p + 1)) {
      continue;
    }
    points[n++] = (struct point){ time_x(&scene->time, p), minimum_y(scene, p) };
  }
  points[n++] = (struct point){ scene->axis.right, minimum_y(scene, last) };
  svg_path(svg, "ch-minimum", points, n, false);
}

enum { CLASS_SIZE = 32 };

/* "ch-other l3": a class, and which line it belongs to, for pages that pick one. */
static const char *marked(const struct scene *scene, const char *class, char letter, int at, char out[CLASS_SIZE])
{
  if (!scene->data->marked || at == 0) {
    return class;
  }
  snprintf(out, CLASS_SIZE, "%s%s%c%d", class, *class != '\0' ? " " : "", letter, at);
  return out;
}

static void draw_traces(struct svg *svg, const struct scene *scene)
{
  const int chosen = scene->data->chosen;
  char class[CLASS_SIZE];
  for (int i = scene->n_lines - 1; i > 0; i--) {
    if (i != chosen) {
      svg_path(svg, marked(scene, "ch-other", 'l', i, class), scene->trace[i].point, scene->trace[i].n_points, false);
    }
  }
  svg_path(svg, "ch-plan", scene->trace[0].point, scene->trace[0].n_points, false);
  if (chosen > 0 && chosen < scene->n_lines) {
    const struct trace *trace = &scene->trace[chosen];
    svg_path(svg, "ch-chosen", trace->point, trace->n_points, false);
    svg_open(svg, "ch-dot");
    for (int p = scene->data->has_opening; p < trace->n_points - trace->runs_out; p++) {
      svg_circle(svg, "", trace->point[p].x, trace->point[p].y, svg->narrow ? 3 : 4);
    }
    svg_close(svg);
  }
}

void scene_circle(struct svg *svg, const struct scene *scene, int at, double x, double y)
{
  const bool on = at == 0 || at == scene->data->chosen;
  char number[16] = { (char)('1' + at), '\0' };
  if (at >= 9) {
    number[0] = '1', number[1] = (char)('0' + (at + 1) % 10), number[2] = '\0';
  }
  char class[CLASS_SIZE];
  svg_circle(svg,
             marked(scene,
                    at == 0 ? "ch-end-plan"
                    : on    ? "ch-end-chosen"
                            : "ch-end",
                    'l', at, class),
             x, y, scene->radius);
  const double size = svg->narrow ? 12 : 13;
  svg_text(svg, marked(scene, on ? "ch-on" : "ch-b", 'n', at, class), ANCHOR_MIDDLE, size, x, y + size * 0.35, number);
}

static void draw_ends(struct svg *svg, const struct scene *scene)
{
  char class[CLASS_SIZE];
  for (int i = scene->n_lines - 1; i >= 0; i--) {
    const struct trace *trace = &scene->trace[i];
    const struct point *last = &trace->point[trace->n_points - 1];
    svg_line(svg,
             marked(scene,
                    i == 0                     ? "ch-plan-lead"
                    : i == scene->data->chosen ? "ch-chosen-lead"
                                               : "ch-lead",
                    'l', i, class),
             last->x, last->y, trace->end_x, trace->end_y);
  }
  for (int i = scene->n_lines - 1; i >= 0; i--) {
    scene_circle(svg, scene, i, scene->trace[i].end_x, scene->trace[i].end_y);
  }
}

enum { ACROSS = 9, WORDINGS = 3 };

/* A minimum that changes is said with its year, where there is room. */
static void minimum_words(struct text *t, const struct scene *scene, int wording)
{
  static const char *const before[WORDINGS] = { "Below the council's own ", "Below the ", "" };
  const pence *minimum = scene->data->minimum;
  const bool varies = minimum[0] != minimum[scene->n_years - 1];
  text_add(t, wording == 1 && varies ? "" : before[wording]);
  text_money_short(t, minimum[scene->n_years - 1]);
  text_add(t, " minimum");
  if (wording < 2 && varies) {
    text_add(t, wording == 0 ? " of " : ", ");
    words_year(t, &scene->data->years, scene->n_years - 1);
  }
}

/* Places along the zone's upper edge, above it or inside. */
static void minimum_places(const struct svg *svg, const struct scene *scene, const char *label, double y,
                           struct box *candidate)
{
  const double width = text_width(label, strlen(label), svg->size);
  const double room = scene->axis.right - scene->axis.left - 16 - width;
  for (int i = 0; i < ACROSS; i++) {
    candidate[i] = text_box(label, svg->size, scene->axis.left + 8 + room * i / (ACROSS - 1), y);
  }
}

/* The zone's name where fewest lines cross it, in the longest words that stand clear, from left to right; inside the
 * zone where it is high enough for that. */
static void name_minimum(struct svg *svg, struct scene *scene)
{
  double lowest = scene->axis.top, highest = scene->axis.bottom;
  for (int p = 0; p < scene->time.count; p++) {
    lowest = minimum_y(scene, p) > lowest ? minimum_y(scene, p) : lowest;
    highest = minimum_y(scene, p) < highest ? minimum_y(scene, p) : highest;
  }
  const double size = svg->size;
  const bool inside = axis_y(&scene->axis, 0) - lowest > size * 1.6;
  struct text words[WORDINGS] = { { 0 } };
  struct box candidate[WORDINGS * ACROSS];
  for (int w = 0; w < WORDINGS; w++) {
    minimum_words(&words[w], scene, w);
    minimum_places(svg, scene, text_str(&words[w]), inside ? lowest + size * 1.25 : highest - size * 0.5,
                   candidate + (size_t)w * ACROSS);
  }
  const int best = crowd_place(&scene->crowd, candidate, WORDINGS * ACROSS);
  if (best >= 0) {
    svg_text(svg, inside ? "ch-low-ink" : "ch-floor-ink", ANCHOR_START, 0, candidate[best].x,
             candidate[best].y + size * 0.8, text_str(&words[best / ACROSS]));
  }
  for (int w = 0; w < WORDINGS; w++) {
    svg_done(svg, &words[w]);
  }
}

static void name_out(struct svg *svg, struct scene *scene)
{
  const char label[] = "Run out";
  const double room = scene->axis.right - scene->axis.left - 16 - text_width(label, sizeof label - 1, svg->size);
  struct box candidate[ACROSS];
  for (int i = 0; i < ACROSS; i++) {
    candidate[i] =
        text_box(label, svg->size, scene->axis.left + 8 + room * i / (ACROSS - 1), scene->strip - svg->size * 0.5);
  }
  const int best = crowd_place(&scene->crowd, candidate, ACROSS);
  if (best >= 0) {
    svg_text(svg, "ch-out-ink", ANCHOR_START, 0, candidate[best].x, candidate[best].y + svg->size * 0.8, label);
  }
}

/* Names keep clear of circles, and of the words above the plot and the years below it. */
static void crowd_ends(const struct svg *svg, struct scene *scene)
{
  const struct axis *axis = &scene->axis;
  for (int i = 0; i < scene->n_lines; i++) {
    const struct trace *trace = &scene->trace[i];
    const double r = scene->radius + 2;
    crowd_box(&scene->crowd, (struct box){ trace->end_x - r, trace->end_y - r, 2 * r, 2 * r });
  }
  const double above = time_projects(&scene->time.years) ? 0 : svg->size;
  scene->crowd.within =
      (struct box){ axis->left, axis->top - above, axis->right - axis->left, scene->strip + above - axis->top };
}

/* What is left at the end, beside its circle. */
static void draw_end_values(struct svg *svg, const struct scene *scene)
{
  char class[CLASS_SIZE];
  for (int i = 0; i < scene->n_lines && !svg->narrow; i++) {
    const struct trace *trace = &scene->trace[i];
    if (!trace->runs_out) {
      struct text value = { 0 };
      unit_pounds(&value, &scene->axis.unit, scene->data->line[i].value[scene->n_years - 1]);
      svg_text(svg,
               marked(scene,
                      i == 0                     ? "ch-plan-ink"
                      : i == scene->data->chosen ? "ch-chosen-ink"
                                                 : "",
                      'l', i, class),
               ANCHOR_START, 0, trace->end_x + scene->radius + 5, trace->end_y + svg->size * 0.35, text_str(&value));
      svg_done(svg, &value);
    }
  }
}

void scene_draw(struct svg *svg, struct scene *scene)
{
  const struct axis *axis = &scene->axis;
  draw_zones(svg, scene);
  axis_grid(svg, axis);
  if (time_projects(&scene->time.years)) {
    const int last = scene->time.years.projected_from - 1 + scene->time.has_opening;
    time_projection(svg, &scene->time, axis->top - svg->size * 1.6,
                    scene->data->minimum != NULL ? minimum_y(scene, last) : axis_y(axis, 0));
  }
  axis_zero(svg, axis);
  if (scene->data->minimum != NULL) {
    draw_minimum(svg, scene);
  }
  draw_traces(svg, scene);
  draw_ends(svg, scene);
  crowd_ends(svg, scene);
  if (scene->data->minimum != NULL) {
    name_minimum(svg, scene);
  }
  if (scene->strip > axis->bottom) {
    name_out(svg, scene);
  }
  draw_end_values(svg, scene);
  time_labels(svg, &scene->time, scene->strip + svg->size * 1.4);
  svg->top = scene->strip + svg->size * 1.8;
}
