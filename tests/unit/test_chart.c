/* test_chart.c: pictures of a few figures, whose geometry and words are worked out by hand. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "report/chart/axis.h"
#include "report/chart/chart.h"
#include "report/chart/place.h"
#include "svg_scan.h"

#include <string.h>

#define MILLION INT64_C(100000000) /* pence */

static const struct chart_form narrow = { .width = CHART_NARROW };
static const struct chart_form wide = { .width = CHART_WIDE };
static const struct chart_form alone = {
  .width = CHART_WIDE, .standalone = true, .title = "Will it last?", .foot = "Illustrative."
};

static int count_of(const struct text *t, const char *words)
{
  int count = 0;
  for (const char *at = text_str(t); (at = strstr(at, words)) != NULL; at += strlen(words)) {
    count++;
  }
  return count;
}

static void assert_holds(const struct text *t, const char *words)
{
  if (strstr(text_str(t), words) == NULL) {
    print_error("%s\nstands nowhere in\n%s\n", words, text_str(t));
    fail();
  }
}

/* ---- geometry ------------------------------------------------------------------------------------------ */

/* Text is 12 px.  The caption ends at 12, the plot is from 20 + 12 x 1.4 = 36.8 down 170 to 206.8.  "10" is 2 x 0.556 x
 * 12 x 1.12 = 14.95 wide, so the plot begins 8 beyond, at 22.95, and is 297.05 wide: one band.  The bar is 0.56 of it,
 * 166.35, from 171.47 - 83.17 = 88.30 to 254.65, and as high as the plot, as 10 is on a line. */
static void one_bar_fills_the_plot(void **unused)
{
  (void)unused;
  const pence value[] = { 10 * MILLION };
  struct text out = { 0 };
  chart_bars(&out, &narrow, &(struct chart_bars){ "Gap", { 2026, 1, 1 }, 1, { "The plan" }, { value } });
  assert_holds(&out, "d=\"M88.3,206.8V36.8H254.6V206.8Z\"/>");
  text_fini(&out);
}

/* -5 and 10 go in steps of 5: 2 would take eight.  Nothing lies a third up, at 206.8 - 170 / 3 = 150.13, and the first
 * bar hangs from there by 56.67.  The minus sign and "5" are (0.584 + 0.556) x 12 x 1.12 = 15.32 wide: the plot begins
 * at 23.32, a band is 148.34, the bar 83.07 from 23.32 + 74.17 - 41.53 = 55.96 to 139.03. */
static void a_surplus_hangs_below_the_line(void **unused)
{
  (void)unused;
  const pence value[] = { -5 * MILLION, 10 * MILLION };
  struct text out = { 0 };
  chart_bars(&out, &narrow, &(struct chart_bars){ "Gap", { 2026, 2, 2 }, 1, { "The plan" }, { value } });
  assert_holds(&out, "d=\"M56,150.1V206.8H139V150.1ZM");
  struct svg_scan *scan = calloc(1, sizeof *scan);
  svg_scan(scan, text_str(&out));
  assert_int_equal(svg_scan_count(scan, "\xE2\x88\x92"
                                        "5"),
                   1);
  assert_int_equal(svg_scan_count(scan, "\xE2\x88\x92"
                                        "5.0"),
                   1);
  assert_int_equal(svg_scan_count(scan, "10.0"), 1);
  free(scan);
  text_fini(&out);
}

/* The plot is from 30 down to 250; time runs from 22.95 + 8 = 30.95 to 320 - 18 - 6 = 296.  £10m is spent and £10m more
 * is wanted in the year: money runs out half way through it, at 163.47. */
static void a_line_stops_where_money_runs_out(void **unused)
{
  (void)unused;
  const pence value[] = { 0 }, unfunded[] = { 10 * MILLION };
  struct chart_line line = { "The plan", value, unfunded, 0, -1 };
  struct chart_reserves data = { .what = "Reserves",
                                 .years = { 2026, 1, 1 },
                                 .has_opening = true,
                                 .opening = 10 * MILLION,
                                 .n_lines = 1,
                                 .line = &line };
  struct text out = { 0 };
  chart_reserves(&out, &narrow, &data);
  assert_holds(&out, "<path class=\"ch-plan\" d=\"M30.9,30L163.5,250\"/>");
  text_fini(&out);
  line.unfunded = NULL; /* when in the year is not known: at its end */
  chart_reserves(&out, &narrow, &data);
  assert_holds(&out, "<path class=\"ch-plan\" d=\"M30.9,30L296,250\"/>");
  text_fini(&out);
}

static void nothing_at_all_is_drawn_as_nothing(void **unused)
{
  (void)unused;
  const pence value[] = { 0, 0, 0 };
  struct text out = { 0 };
  chart_bars(&out, &wide, &(struct chart_bars){ "Gap", { 2026, 3, 3 }, 1, { "The plan" }, { value } });
  const char *bars = strstr(text_str(&out), "class=\"ch-total\"");
  assert_non_null(bars);
  assert_int_equal(bars[strcspn(bars, "VL/")], '/'); /* neither up nor down */
  text_fini(&out);
}

static void ticks_are_one_two_or_five(void **unused)
{
  (void)unused;
  static const struct {
    pence low, high, step;
  } cases[] = { { 0, 48 * MILLION, 10 * MILLION }, /* five steps; 5 would take ten */
                { 0, 6 * MILLION, 1 * MILLION },
                { 0, 7 * MILLION, 2 * MILLION },
                { -60 * MILLION, 55 * MILLION, 20 * MILLION },
                { 0, 13, 5 },
                { 0, 1, 1 },
                { -9 * MILLION, 0, 2 * MILLION } };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct svg svg;
    struct axis axis = { .step = 0 };
    svg_begin(&svg, &wide);
    axis_fit(&axis, &svg, (struct span){ cases[i].low, cases[i].high });
    assert_pence_equal(axis.step, cases[i].step);
    assert_true(axis.low <= cases[i].low && axis.low > cases[i].low - axis.step);
    assert_true(axis.high >= cases[i].high && axis.high < cases[i].high + axis.step);
    text_fini(&svg.body);
  }
}

/* ---- places and measures ------------------------------------------------------------------------------- */

static void neighbours_are_moved_apart_as_little_as_may_be(void **unused)
{
  (void)unused;
  double two[] = { 10, 10 };
  dodge(two, 2, 4, 0, 20);
  assert_close(two[0], 8, 1e-9);
  assert_close(two[1], 12, 1e-9);
  double edge[] = { 1, 0, 19.5 }; /* the first two against the lower edge, in their order; the last one is left alone */
  dodge(edge, 3, 4, 0, 20);
  assert_close(edge[1], 0, 1e-9);
  assert_close(edge[0], 4, 1e-9);
  assert_close(edge[2], 19.5, 1e-9);
  double pushed[] = { 10, 11, 14 }; /* three that touch: the means of 10, 11 - 4, 14 - 8 is 23 / 3 */
  dodge(pushed, 3, 4, 0, 20);
  assert_close(pushed[0], 23.0 / 3, 1e-9);
  assert_close(pushed[2], 23.0 / 3 + 8, 1e-9);
  double many[] = { 5, 5, 5, 5, 5 }; /* no room for 4 apart: as far as may be */
  dodge(many, 5, 4, 0, 8);
  assert_close(many[0], 0, 1e-9);
  assert_close(many[4], 8, 1e-9);
}

static void a_label_goes_where_fewest_lines_are(void **unused)
{
  (void)unused;
  struct crowd crowd = { .within = { 0, 0, 100, 100 } };
  crowd_path(&crowd, (const struct point[]){ { 0, 0 }, { 100, 100 } }, 2);
  const struct box on_the_line = { 40, 40, 20, 10 }, clear = { 60, 10, 20, 10 }, outside = { 90, 10, 20, 10 };
  assert_int_equal(crowd_place(&crowd, (const struct box[]){ on_the_line, outside, clear }, 3), 2);
  assert_int_equal(crowd_place(&crowd, (const struct box[]){ clear, outside }, 2), -1); /* it is taken now */
  assert_int_equal(crowd_place(&crowd, &on_the_line, 1), 0); /* across a line rather than nowhere */
}

/* Arial's own widths, published in its metrics, with the allowance of 12 in 100. */
static void text_is_measured_in_arial(void **unused)
{
  (void)unused;
  assert_close(text_width("10", 2, 100), 2 * 55.6 * 1.12, 1e-9);
  assert_close(text_width("Wi", 2, 10), (9.44 + 2.22) * 1.12, 1e-9);
  assert_close(text_width("\xC2\xA3", 2, 10), 5.56 * 1.12, 1e-9);
}

static void labels_are_cut_between_characters(void **unused)
{
  (void)unused;
  struct svg svg;
  const char *twice = "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"; /* six, 0.8 wide each at most */
  svg_begin(&svg, &wide);
  svg_label(&svg, "", ANCHOR_START, 10, 0, 10, 10 * 1.12 * (1 + 0.8 * 2 + 0.4), twice);
  assert_string_equal(text_str(&svg.body),
                      "<text font-size=\"10\" x=\"0\" y=\"10\">\xC3\xA9\xC3\xA9\xE2\x80\xA6</text>");
  text_fini(&svg.body);
}

static void shares_of_a_hundred_add_up(void **unused)
{
  (void)unused;
  int share[3];
  chart_shares((const long[]){ 1, 1, 1 }, 3, share);
  assert_true(share[0] == 34 && share[1] == 33 && share[2] == 33);
  chart_shares((const long[]){ 7100, 1600, 1300 }, 3, share);
  assert_true(share[0] == 71 && share[1] == 16 && share[2] == 13);
  chart_shares((const long[]){ 2, 1, 0 }, 3, share); /* 66.67 and 33.33 */
  assert_true(share[0] == 67 && share[1] == 33 && share[2] == 0);
  chart_shares((const long[]){ 0, 0, 0 }, 3, share);
  assert_true(share[0] == 0 && share[1] == 0 && share[2] == 0);
}

/* ---- what is drawn ------------------------------------------------------------------------------------- */

static void a_bridge_always_adds_up(void **unused)
{
  (void)unused;
  const struct chart_part part = { "Pay", 2 * MILLION };
  struct text out = { 0 };
  chart_bridge(
      &out, &wide,
      &(struct chart_bridge){ "Gap", false, { "Was", 10 * MILLION }, { "Is", 15 * MILLION }, 1, &part, false });
  assert_holds(&out, ">+2.0<");
  assert_holds(&out, ">Everything else<");
  assert_holds(&out, ">+3.0<");
  assert_holds(&out, ">15.0<");
  assert_int_equal(count_of(&out, "<rect class=\"ch-worse\""), 2 + 1); /* and the key */
  text_fini(&out);
  chart_bridge(
      &out, &wide,
      &(struct chart_bridge){ "Reserves", true, { "Was", 10 * MILLION }, { "Is", 12 * MILLION }, 1, &part, false });
  assert_null(strstr(text_str(&out), "Everything else"));
  assert_int_equal(count_of(&out, "<rect class=\"ch-better\""), 1 + 1); /* more reserves help */
  text_fini(&out);
}

static void the_worst_stands_first(void **unused)
{
  (void)unused;
  const struct chart_swing swing[] = { { "little", -1 * MILLION, 5 * MILLION },
                                       { "most", -9 * MILLION, 0 },
                                       { "middling", -4 * MILLION, 4 * MILLION } };
  struct text out = { 0 };
  chart_tornado(&out, &wide, &(struct chart_tornado){ "Change in reserves", true, false, 3, swing });
  const char *most = strstr(text_str(&out), ">most<"), *middling = strstr(text_str(&out), ">middling<"),
             *little = strstr(text_str(&out), ">little<");
  assert_true(most != NULL && most < middling && middling < little);
  text_fini(&out);
}

static void a_hundred_squares_are_a_hundred(void **unused)
{
  (void)unused;
  struct text out = { 0 };
  chart_hundred(&out, &wide, &(struct chart_hundred){ "At the end", { 7100, 1600, 1300 }, { NULL, NULL, NULL } });
  /* Closed outlines: 100 squares, a triangle for each of 16, and one in the key. */
  assert_int_equal(count_of(&out, "Z"), 100 + 16 + 1);
  assert_int_equal(count_of(&out, "<rect class=\"ch-sq"), 3); /* the key */
  /* Strokes: two for each of 13, and two in the key. */
  assert_int_equal(count_of(&out, "M") - count_of(&out, "Z"), 2 * 13 + 2);
  assert_holds(&out, ">71<");
  text_fini(&out);
}

static void what_is_owed_is_not_set_off(void **unused)
{
  (void)unused;
  const pence held[] = { 20 * MILLION }, owed[] = { -5 * MILLION };
  const struct chart_class class[] = { { "General Fund", 0, held }, { "Schools grant deficit", 0, owed } };
  struct text out = { 0 };
  chart_stacked(&out, &wide, &(struct chart_stacked){ "Reserves", { 2026, 1, 1 }, false, 2, class, NULL });
  assert_holds(&out, ">20.0<");
  assert_holds(&out, ">\xE2\x88\x92"
                     "5.0<");
  assert_null(strstr(text_str(&out), ">15.0<"));
  text_fini(&out);
}

static void beyond_its_points_nothing_is_read_off(void **unused)
{
  (void)unused;
  const pence held[] = { 20 * MILLION, 40 * MILLION };
  const double share[] = { 0.5, 0.9 };
  struct text out = { 0 };
  struct chart_confidence data = { "No gap", 2, held, share, 30 * MILLION };
  chart_confidence(&out, &wide, &data);
  assert_holds(&out, "\xC2\xA3"
                     "30.0m held: 70 in 100"); /* half way between */
  text_fini(&out);
  data.now = 10 * MILLION;
  chart_confidence(&out, &wide, &data);
  assert_holds(&out, "\xC2\xA3"
                     "10.0m held: fewer than 50 in 100");
  text_fini(&out);
  data.now = 50 * MILLION;
  chart_confidence(&out, &wide, &data);
  assert_holds(&out, "\xC2\xA3"
                     "50.0m held: more than 90 in 100");
  text_fini(&out);
}

static void cells_say_by_shape_what_they_say_by_colour(void **unused)
{
  (void)unused;
  const pence value[] = { 12 * MILLION, 4 * MILLION, -3 * MILLION };
  const enum chart_fate fate[] = { CHART_ABOVE, CHART_BELOW, CHART_OUT };
  const struct chart_heat_row row = { "The plan", value, fate };
  struct text out = { 0 };
  chart_heat(&out, &wide, &(struct chart_heat){ "Reserves", { 2026, 3, 3 }, 1, &row });
  assert_int_equal(count_of(&out, "class=\"ch-fall\""), 1 + 1); /* and the key */
  assert_int_equal(count_of(&out, "class=\"ch-cross\""), 2 + 2);
  assert_holds(&out, ">1. The plan<");
  assert_holds(&out, ">\xE2\x88\x92"
                     "3.0<");
  text_fini(&out);
}

/* ---- frame --------------------------------------------------------------------------------------------- */

static void a_file_by_itself_holds_all_that_it_needs(void **unused)
{
  (void)unused;
  const pence value[] = { 10 * MILLION };
  const struct chart_bars data = { "Gap", { 2026, 1, 1 }, 1, { "The plan" }, { value } };
  struct text out = { 0 };
  chart_bars(&out, &alone, &data);
  assert_holds(&out, "xmlns=\"http://www.w3.org/2000/svg\"");
  assert_holds(&out, ".ch-total{fill:#12436d}");
  assert_holds(&out, ">Will it last?<");
  assert_holds(&out, ">Illustrative.<");
  assert_null(strstr(text_str(&out), "var("));
  assert_null(strstr(text_str(&out), "@media"));
  assert_null(strstr(text_str(&out), ".ch-middle{")); /* of another kind */
  text_fini(&out);
  chart_bars(&out, &wide, &data);
  assert_null(strstr(text_str(&out), "<style"));
  assert_null(strstr(text_str(&out), "Will it last?"));
  text_fini(&out);
}

static void what_a_council_wrote_is_text(void **unused)
{
  (void)unused;
  const pence value[] = { 10 * MILLION };
  const struct chart_line line = { "\"><script>'&\x01", value, NULL, -1, -1 };
  const struct chart_form form = {
    .width = CHART_WIDE, .standalone = true, .title = "</text>", .label = "<svg onload=\"x\">", .foot = "</svg>"
  };
  struct text out = { 0 };
  chart_reserves(
      &out, &form,
      &(struct chart_reserves){ .what = "A & B", .years = { 2026, 1, 1 }, .n_lines = 1, .line = &line, .named = true });
  assert_holds(&out, ">&quot;&gt;&lt;script&gt;&#39;&amp;<");
  assert_holds(&out, ">&lt;/text&gt;<");
  assert_holds(&out, "aria-label=\"&lt;svg onload=&quot;x&quot;&gt;\"");
  assert_holds(&out, ">A &amp; B, ");
  assert_holds(&out, ">&lt;/svg&gt;<");
  text_fini(&out);
}

static void two_forms_of_a_picture_have_one_name(void **unused)
{
  (void)unused;
  const pence value[] = { 10 * MILLION };
  const struct chart_bars data = { "Gap", { 2026, 1, 1 }, 1, { "The plan" }, { value } };
  struct text out = { 0 };
  chart_bars(&out, &(struct chart_form){ .width = CHART_WIDE, .id = "gap" }, &data);
  assert_holds(&out, " id=\"gap\" aria-label=\"Gap, year by year. The plan: ");
  text_fini(&out);
  chart_bars(&out, &(struct chart_form){ .width = CHART_NARROW, .as = "gap" }, &data);
  assert_holds(&out, " role=\"img\" aria-labelledby=\"gap\" viewBox=");
  text_fini(&out);
}

static void widths_are_held_to_their_limits(void **unused)
{
  (void)unused;
  const pence value[] = { 10 * MILLION };
  const struct chart_bars data = { "Gap", { 2026, 1, 1 }, 1, { "The plan" }, { value } };
  struct text out = { 0 };
  chart_bars(&out, &(struct chart_form){ .width = 5 }, &data);
  assert_holds(&out, "viewBox=\"0 0 320 ");
  text_fini(&out);
  chart_bars(&out, &(struct chart_form){ .width = 99999 }, &data);
  assert_holds(&out, "viewBox=\"0 0 1200 ");
  text_fini(&out);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(one_bar_fills_the_plot),
    cmocka_unit_test(a_surplus_hangs_below_the_line),
    cmocka_unit_test(a_line_stops_where_money_runs_out),
    cmocka_unit_test(nothing_at_all_is_drawn_as_nothing),
    cmocka_unit_test(ticks_are_one_two_or_five),
    cmocka_unit_test(neighbours_are_moved_apart_as_little_as_may_be),
    cmocka_unit_test(a_label_goes_where_fewest_lines_are),
    cmocka_unit_test(text_is_measured_in_arial),
    cmocka_unit_test(labels_are_cut_between_characters),
    cmocka_unit_test(shares_of_a_hundred_add_up),
    cmocka_unit_test(a_bridge_always_adds_up),
    cmocka_unit_test(the_worst_stands_first),
    cmocka_unit_test(a_hundred_squares_are_a_hundred),
    cmocka_unit_test(what_is_owed_is_not_set_off),
    cmocka_unit_test(beyond_its_points_nothing_is_read_off),
    cmocka_unit_test(cells_say_by_shape_what_they_say_by_colour),
    cmocka_unit_test(a_file_by_itself_holds_all_that_it_needs),
    cmocka_unit_test(what_a_council_wrote_is_text),
    cmocka_unit_test(two_forms_of_a_picture_have_one_name),
    cmocka_unit_test(widths_are_held_to_their_limits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
