/* test_chart_random.c: pictures of random data: well-formed, named, within their edges, and no text over another. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "report/chart/chart.h"
#include "svg_scan.h"

#include <stdio.h>
#include <string.h>

enum { ROUNDS = 250, MOST_YEARS = 10, MOST_ROWS = 16, N_KINDS = 10 };

static uint64_t state;

static int below(int n)
{
  state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (int)((state >> 33) % (uint64_t)n);
}

static const char *label(void)
{
  static const char hebrew[] =
      "\xD7\xAA\xD7\x9B\xD7\xA0\xD7\x99\xD7\xAA \xD7\x94\xD7\x9E\xD7\x95\xD7\xA2\xD7\xA6\xD7\x94";
  static const char turned[] = {
    (char)0xE2, (char)0x80, (char)0xAE, 'b', 'a', 'c', 'k', '\0'
  }; /* right to left from here */
  static const char pictographs[] = "\xF0\x9F\x92\xB7\xF0\x9F\x8F\x9B\xEF\xB8\x8F cash";
  static const char longer[] = "Care costs grow 2 points faster than the plan takes for granted in every year from now";
  static char longest[201], wide[201];
  static const char *const labels[] = { "The council's plan",
                                        "60% of savings delivered",
                                        "\"><script>alert(1)</script>",
                                        "'; style=x & <b>",
                                        hebrew,
                                        turned,
                                        pictographs,
                                        "",
                                        longer,
                                        longest,
                                        wide,
                                        "i",
                                        "tab\there\nand line",
                                        "\xFF\xFE not UTF-8" };
  memset(longest, 'x', 200);
  for (int i = 0; i < 200; i++) {
    wide[i] = i % 9 == 8 ? ' ' : 'W';
  }
  return labels[below(COUNT_OF(labels))];
}

/* What is measured: the program's own words, though with a council's name in them. */
static const char *what(void)
{
  static const char longest[] = "Change in what reserves must find over all the years of the plan, one thing at a "
                                "time, as against the plan's own";
  static const char *const whats[] = { "Usable reserves at 31 March", "Gap after savings \"><script> & 'x'", longest };
  return whats[below(COUNT_OF(whats))];
}

/* Of one size a picture, from pence to billions; sometimes nothing, sometimes below nothing. */
static pence amount(int digits)
{
  pence p = 0;
  for (int i = 0; i < digits; i++) {
    p = p * 10 + below(10);
  }
  return below(4) == 0 ? -p : p;
}

static pence value[MOST_ROWS][MOST_YEARS], other[MOST_ROWS][MOST_YEARS];
static enum chart_fate fate[MOST_ROWS][MOST_YEARS];

static struct chart_years fill(bool *has_opening, pence *opening, pence minimum[MOST_YEARS])
{
  const int digits = below(3) == 0 ? 0 : 1 + below(13);
  for (int i = 0; i < MOST_ROWS; i++) {
    for (int y = 0; y < MOST_YEARS; y++) {
      value[i][y] = amount(digits);
      other[i][y] = amount(digits);
      fate[i][y] = (enum chart_fate)below(CHART_FATES);
      minimum[y] = y > 0 && below(2) == 0 ? minimum[y - 1] : llabs(amount(digits)) / 3;
    }
  }
  *has_opening = below(2) == 0;
  *opening = llabs(amount(digits));
  const int n = 1 + below(MOST_YEARS);
  return (struct chart_years){ 1990 + below(60), n, below(2) == 0 ? n : below(MOST_YEARS) };
}

static void draw(int kind, struct text *out, const struct chart_form *form)
{
  bool has_opening;
  pence opening, minimum[MOST_YEARS] = { 0 };
  const struct chart_years years = fill(&has_opening, &opening, minimum);
  const pence *least = below(2) == 0 ? minimum : NULL;
  const int n = 1 + below(kind == 2 ? MOST_ROWS : CHART_LINES);
  struct chart_line line[CHART_LINES];
  struct chart_part part[MOST_ROWS];
  struct chart_class class[CHART_LINES];
  struct chart_swing swing[CHART_LINES];
  struct chart_heat_row row[CHART_LINES];
  pence held[MOST_YEARS];
  double share[MOST_YEARS];
  for (int i = 0; i < n; i++) {
    const int out_in = below(3) == 0 ? below(years.count) : -1;
    part[i] = (struct chart_part){ label(), value[i][0] };
    if (i < CHART_LINES) {
      line[i] = (struct chart_line){ label(), value[i], below(2) == 0 ? other[i] : NULL, out_in,
                                     below(2) == 0 ? below(years.count) : -1 };
      class[i] = (struct chart_class){ label(), value[i][0], value[i] };
      swing[i] = (struct chart_swing){ label(), value[i][0], other[i][0] };
      row[i] = (struct chart_heat_row){ label(), value[i], fate[i] };
    }
  }
  for (int i = 0; i < MOST_YEARS; i++) {
    held[i] = (i > 0 ? held[i - 1] : 0) + llabs(value[0][i]) + 1;
    share[i] = i / 10.0;
  }
  for (int y = 0; kind == 4 && y < MOST_YEARS; y++) { /* quantiles are in order */
    for (int i = 1; i < 5; i++) {
      value[i][y] = value[i - 1][y] + llabs(value[i][y]);
    }
  }
  switch (kind) {
  case 0:
    chart_reserves(out, form,
                   &(struct chart_reserves){ what(), years, has_opening, opening, n, line, below(n), least,
                                             below(2) == 0, below(2) == 0 });
    break;
  case 1:
    chart_bars(out, form,
               &(struct chart_bars){ what(), years, 1 + below(2), { label(), label() }, { value[0], value[1] } });
    break;
  case 2:
    chart_bridge(out, form,
                 &(struct chart_bridge){ what(),
                                         below(2) == 0,
                                         { label(), value[0][1] },
                                         { label(), value[1][1] },
                                         below(n + 1),
                                         part,
                                         below(2) == 0 });
    break;
  case 3:
    chart_stacked(out, form, &(struct chart_stacked){ what(), years, has_opening, n, class, least });
    break;
  case 4:
    chart_fan(out, form,
              &(struct chart_fan){ what(), years, has_opening, opening, 10000, 90, 50, value[0], value[1], value[2],
                                   value[3], value[4], below(2) == 0 ? value[5] : NULL, least, NULL });
    break;
  case 5:
    chart_hundred(
        out, form,
        &(struct chart_hundred){ what(), { below(999), below(999), below(999) }, { label(), NULL, label() } });
    break;
  case 6:
    chart_tornado(out, form, &(struct chart_tornado){ what(), below(2) == 0, below(2) == 0, n, swing });
    break;
  case 7:
    chart_heat(out, form, &(struct chart_heat){ what(), years, n, row });
    break;
  case 8:
    chart_choice(out, form, &(struct chart_choice){ what(), years, n, line });
    break;
  default:
    chart_confidence(out, form,
                     &(struct chart_confidence){ what(), 2 + below(MOST_YEARS - 2), held, share, llabs(value[0][0]) });
  }
}

/* False, once it has said what is wrong. */
static bool sound(int kind, int round)
{
  static const int widths[] = { CHART_NARROW, 399, CHART_HALF, CHART_WIDE, CHART_WIDEST };
  static struct svg_scan scan;
  const struct chart_form form = {
    .width = widths[round % (int)COUNT_OF(widths)], .standalone = below(3) == 0, .title = label(), .foot = label()
  };
  struct text out = { 0 };
  draw(kind, &out, &form);
  assert_false(out.failed);
  svg_scan(&scan, text_str(&out));
  const double least = form.width < CHART_WIDE / 2 ? 11 : 12;
  for (int i = 0; i < scan.n_words && scan.wrong[0] == '\0'; i++) {
    if (scan.words[i].size < least) {
      (void)snprintf(scan.wrong, sizeof scan.wrong, "too small: %.80s", scan.words[i].words);
    }
  }
  if (kind != 8) { /* chart_choice lays every future over the plan, and a page shows one */
    svg_scan_overlaps(&scan);
  }
  if (scan.wrong[0] == '\0' && utf8_count(scan.label, strlen(scan.label)) < 40) {
    (void)snprintf(scan.wrong, sizeof scan.wrong, "a name of a few words: %.80s", scan.label);
  }
  if (scan.wrong[0] != '\0') {
    print_error("kind %d, round %d, width %d: %s\n", kind, round, form.width, scan.wrong);
  }
  assert_string_equal(scan.role, "img");
  assert_null(strstr(text_str(&out), " style=\""));
  assert_null(strstr(text_str(&out), "<script"));
  text_fini(&out);
  return scan.wrong[0] == '\0';
}

static void every_picture_of_random_data_is_sound(void **unused)
{
  (void)unused;
  int faults = 0;
  for (int kind = 0; kind < N_KINDS; kind++) {
    for (int round = 0; round < ROUNDS; round++) {
      state = (uint64_t)kind * 1000 + (uint64_t)round;
      faults += !sound(kind, round);
    }
  }
  assert_int_equal(faults, 0);
}

static void the_same_data_give_the_same_bytes(void **unused)
{
  (void)unused;
  for (int kind = 0; kind < N_KINDS; kind++) {
    struct text first = { 0 }, again = { 0 };
    const struct chart_form form = {
      .width = CHART_WIDE, .standalone = true, .title = "Twice", .foot = "Made by hand"
    };
    state = 7;
    draw(kind, &first, &form);
    state = 7;
    draw(kind, &again, &form);
    assert_string_equal(text_str(&first), text_str(&again));
    text_fini(&first);
    text_fini(&again);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_picture_of_random_data_is_sound),
    cmocka_unit_test(the_same_data_give_the_same_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
