/* test_chart_palette.c: the pictures' colours against what they stand on, in light and in dark: WCAG 2.2, 4.5 to 1 for
 * text (1.4.3) and 3 to 1 for what has to be seen to read the picture (1.4.11). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "report/chart/chart.h"

#include <stdio.h>
#include <string.h>

/* WCAG's relative luminance of "#rgb" or "#rrggbb". */
static double channel(int byte)
{
  const double c = byte / 255.0;
  return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(const char *hex)
{
  const size_t n = strspn(hex + 1, "0123456789abcdef");
  assert_true(hex[0] == '#' && (n == 3 || n == 6));
  int byte[3];
  for (int i = 0; i < 3; i++) {
    const char digits[] = { hex[n == 3 ? 1 + i : 1 + 2 * i], hex[n == 3 ? 1 + i : 2 + 2 * i], '\0' };
    byte[i] = (int)strtol(digits, NULL, 16);
  }
  return 0.2126 * channel(byte[0]) + 0.7152 * channel(byte[1]) + 0.0722 * channel(byte[2]);
}

static double contrast(const char *a, const char *b)
{
  const double x = luminance(a), y = luminance(b);
  return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

/* The last value of a variable in the rules up to `end`: what comes later holds. */
static const char *value_of(const char *name, const char *end)
{
  char declared[40];
  (void)snprintf(declared, sizeof declared, "--ch-%s:", name);
  const char *value = NULL;
  for (const char *at = chart_css(); (at = strstr(at, declared)) != NULL && at < end;) {
    at += strlen(declared);
    value = at;
  }
  assert_non_null(value);
  return value;
}

struct pair {
  const char *ink, *ground;
  double least;
};
static const struct pair pairs[] = {
  /* text */
  { "ink", "paper", 4.5 },
  { "mute", "paper", 4.5 },
  { "blue", "paper", 4.5 },
  { "pink", "paper", 4.5 },
  { "low-ink", "paper", 4.5 },
  { "low-ink", "low", 4.5 },
  { "out-ink", "out", 4.5 },
  { "ink", "ok", 4.5 },
  { "on", "blue", 4.5 },
  { "on", "pink", 4.5 },
  /* lines and marks */
  { "grey", "paper", 3 },
  { "grey", "low", 3 },
  { "grey", "out", 3 },
  { "blue", "low", 3 },
  { "blue", "out", 3 },
  { "pink", "low", 3 },
  { "pink", "out", 3 },
  { "blue", "outer", 3 },
  { "blue", "inner", 3 },
  { "ink", "outer", 3 },
  { "ink", "inner", 3 },
  { "floor", "paper", 3 },
  { "floor", "low", 3 },
  { "floor", "outer", 3 },
  { "floor", "inner", 3 },
  { "turquoise", "paper", 3 },
  { "orange", "paper", 3 },
  { "dark", "paper", 3 },
  { "violet", "paper", 3 },
  { "mid", "paper", 3 },
  { "mid", "outer", 3 },
  { "edge", "outer", 3 },
  { "edge", "inner", 3 },
  { "dull", "paper", 3 },
  { "dull-ink", "dull", 3 },
  { "amber-ink", "amber", 3 },
  { "out-ink", "paper", 3 },
};

static void every_pair_holds(const char *end)
{
  int faults = 0;
  for (size_t i = 0; i < COUNT_OF(pairs); i++) {
    const double ratio = contrast(value_of(pairs[i].ink, end), value_of(pairs[i].ground, end));
    if (!(ratio >= pairs[i].least)) {
      print_error("%s on %s: %.2f, at least %.1f\n", pairs[i].ink, pairs[i].ground, ratio, pairs[i].least);
      faults++;
    }
  }
  assert_int_equal(faults, 0);
}

static const char *screens(void)
{
  const char *at = strstr(chart_css(), "@media screen and (prefers-color-scheme:dark)");
  assert_non_null(at);
  return at;
}

static void the_measure_is_wcags(void **unused)
{
  (void)unused;
  assert_close(contrast("#000", "#fff"), 21, 1e-9);
  assert_close(contrast("#fff", "#fff"), 1, 1e-9);
  assert_close(contrast("#767676", "#ffffff"), 4.54, 0.005); /* the lightest grey that passes, as published */
  assert_close(contrast("#f46a25", "#fff"), 3.03, 0.005);    /* the Analysis Function's orange */
  assert_close(contrast("#28a197", "#fff"), 3.17, 0.005);    /* and its turquoise */
}

static void in_light_every_pair_holds(void **unused)
{
  (void)unused;
  every_pair_holds(screens());
}

static void in_dark_every_pair_holds(void **unused)
{
  (void)unused;
  const char *end = strchr(screens(), '}');
  assert_non_null(end);
  every_pair_holds(end);
}

/* In the dark every colour is another: one that was forgotten would be the light one. */
static void no_colour_is_forgotten_in_dark(void **unused)
{
  (void)unused;
  int names = 0;
  for (const char *at = chart_css(); (at = strstr(at, "--ch-")) != NULL && at < strchr(chart_css(), '}');) {
    char declared[40];
    (void)snprintf(declared, sizeof declared, "%.*s:", (int)strcspn(at, ":"), at);
    assert_non_null(strstr(screens(), declared));
    names++;
    at += strlen(declared);
  }
  assert_true(names > 20);
}

static void the_palette_is_the_analysis_functions(void **unused)
{
  (void)unused;
  static const char *const published[][2] = { { "blue", "#12436d" }, { "turquoise", "#28a197" },
                                              { "pink", "#801650" }, { "orange", "#f46a25" },
                                              { "dark", "#3d3d3d" }, { "violet", "#a285d1" },
                                              { "mid", "#2073bc" } };
  for (size_t i = 0; i < COUNT_OF(published); i++) {
    assert_memory_equal(value_of(published[i][0], screens()), published[i][1], 7);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_measure_is_wcags),
    cmocka_unit_test(in_light_every_pair_holds),
    cmocka_unit_test(in_dark_every_pair_holds),
    cmocka_unit_test(no_colour_is_forgotten_in_dark),
    cmocka_unit_test(the_palette_is_the_analysis_functions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
