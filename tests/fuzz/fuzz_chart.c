/* fuzz_chart.c: any bytes as the labels and amounts of every picture: what comes out is well-formed, says no more than
 * text where it was given text, and keeps within its edges. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "report/chart/chart.h"
#include "svg_scan.h"

enum { YEARS = 4, ROWS = 5 };

/* The bytes, taken from the front: first what the pictures are like, then amounts, then labels. */
struct taken {
  const uint8_t *at;
  size_t left;
};

static int take(struct taken *taken)
{
  if (taken->left == 0) {
    return 0;
  }
  taken->left--;
  return *taken->at++;
}

/* Up to £90 billion, of either sign. */
static pence take_amount(struct taken *taken)
{
  int64_t p = 0;
  for (int i = 0; i < 6; i++) {
    p = p << 8 | take(taken);
  }
  return (p % INT64_C(9000000000000)) * (take(taken) % 2 == 0 ? 1 : -1);
}

static void must_be_a_picture(struct text *out)
{
  static struct svg_scan scan;
  must(!out->failed);
  svg_scan(&scan, text_str(out));
  must(scan.wrong[0] == '\0');
  must(strcmp(scan.role, "img") == 0);
  text_fini(out);
}

static const char *take_label(struct taken *taken, char room[64])
{
  size_t n = 0;
  for (int c; n + 1 < 64 && (c = take(taken)) != 0;) {
    room[n++] = (char)c;
  }
  room[n] = '\0';
  return room;
}

struct figures {
  struct chart_years years;
  pence value[ROWS][YEARS], other[ROWS][YEARS];
  enum chart_fate fate[ROWS][YEARS];
  char label[ROWS][64], what[64];
};

static void draw_lines(const struct chart_form *form, const struct figures *f, int runs_out)
{
  struct text out = { 0 };
  struct chart_line line[ROWS];
  struct chart_class class[ROWS];
  for (int i = 0; i < ROWS; i++) {
    line[i] = (struct chart_line){ f->label[i], f->value[i], f->other[i], i % 2 == 0 ? runs_out : -1, i - 1 };
    class[i] = (struct chart_class){ f->label[i], f->other[i][0], f->value[i] };
  }
  const pence minimum[YEARS] = { 100, 100, 200, 0 };
  chart_reserves(&out, form,
                 &(struct chart_reserves){ .what = f->what,
                                           .years = f->years,
                                           .has_opening = runs_out > 0,
                                           .opening = f->other[0][0],
                                           .n_lines = ROWS,
                                           .line = line,
                                           .chosen = 1,
                                           .minimum = minimum,
                                           .named = true,
                                           .marked = true });
  must_be_a_picture(&out);
  chart_stacked(&out, form,
                &(struct chart_stacked){ f->what, f->years, runs_out > 0, ROWS, class, runs_out > 1 ? minimum : NULL });
  must_be_a_picture(&out);
  chart_bars(&out, form,
             &(struct chart_bars){ f->what, f->years, 2, { f->label[0], f->label[1] }, { f->value[0], f->value[1] } });
  must_be_a_picture(&out);
}

static void draw_rows(const struct chart_form *form, const struct figures *f)
{
  struct text out = { 0 };
  struct chart_part part[ROWS];
  struct chart_swing swing[ROWS];
  struct chart_heat_row row[ROWS];
  for (int i = 0; i < ROWS; i++) {
    part[i] = (struct chart_part){ f->label[i], f->value[i][0] };
    swing[i] = (struct chart_swing){ f->label[i], f->value[i][1], f->other[i][1] };
    row[i] = (struct chart_heat_row){ f->label[i], f->value[i], f->fate[i] };
  }
  chart_bridge(&out, form,
               &(struct chart_bridge){ .what = f->what,
                                       .from = { f->label[0], f->value[0][0] },
                                       .to = { f->label[1], f->other[0][0] },
                                       .n_parts = ROWS,
                                       .part = part });
  must_be_a_picture(&out);
  chart_tornado(&out, form, &(struct chart_tornado){ f->what, true, false, ROWS, swing });
  must_be_a_picture(&out);
  chart_heat(&out, form, &(struct chart_heat){ f->what, f->years, ROWS, row });
  must_be_a_picture(&out);
}

static void draw_futures(const struct chart_form *form, const struct figures *f, const struct taken *rest)
{
  struct text out = { 0 };
  chart_fan(&out, form,
            &(struct chart_fan){ .what = f->what,
                                 .years = f->years,
                                 .futures = 1000,
                                 .outer = 90,
                                 .inner = 50,
                                 .low = f->value[0],
                                 .lower = f->value[1],
                                 .middle = f->value[2],
                                 .upper = f->value[3],
                                 .high = f->value[4] });
  must_be_a_picture(&out);
  chart_hundred(
      &out, form,
      &(struct chart_hundred){ f->what, { (long)rest->left, f->years.first, 3 }, { f->label[0], NULL, f->label[1] } });
  must_be_a_picture(&out);
  const pence held[] = { 0, f->value[0][0] < 0 ? 0 : f->value[0][0], INT64_C(9000000000001) };
  const double share[] = { 0.1, 0.5, 0.9 };
  chart_confidence(&out, form, &(struct chart_confidence){ f->what, 3, held, share, f->value[1][0] });
  must_be_a_picture(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  struct taken taken = { data, size };
  struct figures f = { .years = { 2000 + take(&taken), 1 + take(&taken) % YEARS, 0 } };
  f.years.projected_from = take(&taken) % YEARS;
  const int runs_out = take(&taken) % f.years.count;
  char title[64];
  struct chart_form form = { .width = 300 + 4 * take(&taken), .standalone = take(&taken) % 2 == 0 };
  for (int i = 0; i < ROWS; i++) {
    for (int y = 0; y < YEARS; y++) {
      f.value[i][y] = take_amount(&taken);
      f.other[i][y] = take_amount(&taken);
      f.fate[i][y] = (enum chart_fate)(take(&taken) % CHART_FATES);
    }
  }
  form.foot = form.title = take_label(&taken, title);
  (void)take_label(&taken, f.what);
  for (int i = 0; i < ROWS; i++) {
    (void)take_label(&taken, f.label[i]);
  }
  draw_lines(&form, &f, runs_out);
  draw_rows(&form, &f);
  draw_futures(&form, &f, &taken);
  return 0;
}
