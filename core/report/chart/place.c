/* place.c: labels that stand clear of each other and of lines. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/place.h"

#include <string.h>

/* A run of neighbours that touch, placed at the mean of where they want to be. */
struct run {
  int count;
  double wanted; /* sum over its members of the place that the run's first would have */
};

static double run_place(const struct run *run, double gap, double low, double high)
{
  const double place = run->wanted / run->count, most = high - gap * (run->count - 1);
  return place < low ? low : place > most ? most : place;
}

static void order_of(const double *at, int n, int *order)
{
  for (int i = 0; i < n; i++) {
    int j = i;
    for (; j > 0 && at[order[j - 1]] > at[i]; j--) {
      order[j] = order[j - 1];
    }
    order[j] = i;
  }
}

void dodge(double *at, int n, double gap, double low, double high)
{
  if (n < 1 || n > MOST_DODGED) {
    return;
  }
  if (gap * (n - 1) > high - low) {
    gap = n > 1 ? (high - low) / (n - 1) : 0;
  }
  int order[MOST_DODGED];
  struct run run[MOST_DODGED];
  int runs = 0;
  order_of(at, n, order);
  for (int i = 0; i < n; i++) {
    run[runs++] = (struct run){ 1, at[order[i]] };
    while (runs > 1) {
      struct run *before = &run[runs - 2], *last = &run[runs - 1];
      const double end = run_place(before, gap, low, high) + gap * before->count;
      if (run_place(last, gap, low, high) >= end) {
        break;
      }
      before->wanted += last->wanted - last->count * gap * before->count;
      before->count += last->count;
      runs--;
    }
  }
  for (int r = 0, i = 0; r < runs; r++) {
    const double first = run_place(&run[r], gap, low, high);
    for (int k = 0; k < run[r].count; k++, i++) {
      at[order[i]] = first + gap * k;
    }
  }
}

void crowd_box(struct crowd *crowd, struct box box)
{
  if (crowd->n_boxes < MOST_BOXES) {
    crowd->box[crowd->n_boxes++] = box;
  }
}

void crowd_path(struct crowd *crowd, const struct point *points, int n)
{
  for (int i = 0; i + 1 < n && crowd->n_segments < MOST_SEGMENTS; i++) {
    memcpy(crowd->segment[crowd->n_segments++], points + i, sizeof crowd->segment[0]);
  }
}

struct box text_box(const char *s, double size, double x, double y)
{
  return (struct box){ x, y - size * 0.8, text_width(s, strlen(s), size), size * 1.05 };
}

static bool boxes_meet(const struct box *a, const struct box *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static bool box_lies_in(const struct box *a, const struct box *b)
{
  return a->x >= b->x && a->x + a->width <= b->x + b->width && a->y >= b->y && a->y + a->height <= b->y + b->height;
}

/* Cuts the part [*from, *to] of a segment to where low <= start + t * along <= high. */
static bool cut(double start, double along, double low, double high, double *from, double *to)
{
  if (along == 0) {
    return start >= low && start <= high;
  }
  double enter = (low - start) / along, leave = (high - start) / along;
  if (enter > leave) {
    const double swap = enter;
    enter = leave;
    leave = swap;
  }
  *from = enter > *from ? enter : *from;
  *to = leave < *to ? leave : *to;
  return *from <= *to;
}

static bool segment_meets(const struct point *segment, const struct box *box)
{
  double from = 0, to = 1;
  return cut(segment[0].x, segment[1].x - segment[0].x, box->x, box->x + box->width, &from, &to) &&
         cut(segment[0].y, segment[1].y - segment[0].y, box->y, box->y + box->height, &from, &to);
}

int crowd_place(struct crowd *crowd, const struct box *candidate, int n)
{
  int best = 0, least = -1;
  for (int i = 0; i < n; i++) {
    int crossings = box_lies_in(&candidate[i], &crowd->within) ? 0 : MOST_BOXES * MOST_SEGMENTS;
    for (int k = 0; k < crowd->n_boxes; k++) {
      crossings += boxes_meet(&candidate[i], &crowd->box[k]) ? MOST_SEGMENTS : 0;
    }
    for (int k = 0; k < crowd->n_segments; k++) {
      crossings += segment_meets(crowd->segment[k], &candidate[i]);
    }
    if (least < 0 || crossings < least) {
      best = i;
      least = crossings;
    }
  }
  if (least >= MOST_SEGMENTS) {
    return -1;
  }
  crowd_box(crowd, candidate[best]);
  return best;
}
