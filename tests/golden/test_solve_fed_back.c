/* test_solve_fed_back.c: whatever solve answers, typed back, gives what solve said it would: random councils, several
 * parameters of shipped plugins, both sides of the boundary, to the pound.
 *
 * No expected figure is the solver's own: the answer goes through `run --set`, or into savings.csv, as a person would
 * type it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

enum { COUNCILS = 24, MOST_YEARS = 6, FIRST_YEAR = 2026 };

static uint64_t seed;

static int draw(int low, int high)
{
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return low + (int)((seed >> 33) % (uint64_t)(high - low + 1));
}

/* ---- a council made from a seed ------------------------------------------------------------------------ */

static void year_headers(struct text *out, int from, int n_years)
{
  for (int y = from; y < n_years; y++) {
    text_printf(out, ",%d/%02d", FIRST_YEAR + y, (FIRST_YEAR + y + 1) % 100);
  }
}

static void rates(struct text *out, const char *id, const char *class, int n_years, int low, int high)
{
  text_printf(out, "%s,%s,%s", id, id, class);
  for (int y = 0; y < n_years; y++) {
    text_printf(out, ",%d.%02d", draw(low, high), draw(0, 99));
  }
  text_add(out, "\n");
}

static void write_and_free(const char *folder, const char *name, struct text *text)
{
  write_file(folder, name, text_str(text));
  text_fini(text);
}

static void make_drivers(const char *folder, int n_years)
{
  struct text text = { 0 };
  text_add(&text, "id,label,class");
  year_headers(&text, 0, n_years);
  text_add(&text, "\n");
  rates(&text, "pay", "pay", n_years, 1, 4);
  rates(&text, "cpi", "price", n_years, 1, 4);
  rates(&text, "care", "care", n_years, 2, 6);
  rates(&text, "volume", "income", n_years, 0, 2);
  rates(&text, "levies", "levy", n_years, 2, 6);
  write_and_free(folder, "drivers.csv", &text);
}

static void roll(struct text *out, const char *id, const char *class, const char *driver, int base, int n_years)
{
  text_printf(out, "%s,%s,%s,recurring,roll,,%s,%d", id, id, class, driver, base);
  text_repeat(out, ",", n_years);
  text_add(out, "\n");
}

/* Funding close to what the plan costs, so that gaps and surpluses both occur. */
static void make_lines(const char *folder, int n_years)
{
  struct text text = { 0 };
  const int pay = draw(10000000, 90000000), other = draw(5000000, 40000000), care = draw(5000000, 60000000);
  const int fees = draw(2000000, 20000000), levies = draw(500000, 9000000), total = pay + other + care + levies - fees;
  text_add(&text, "id,label,class,recurrence,form,part,drivers");
  year_headers(&text, -1, n_years);
  text_add(&text, "\n");
  roll(&text, "staff", "pay", "pay", pay, n_years);
  roll(&text, "contracts", "contract", "cpi", other, n_years);
  roll(&text, "adults", "care", "care", care, n_years);
  roll(&text, "fees", "income", "volume", -fees, n_years);
  roll(&text, "drainage", "levy", "levies", levies, n_years);
  text_printf(&text, "grant,grant,grant,recurring,level,,,%d", total);
  for (int y = 0; y < n_years; y++) {
    text_printf(&text, ",%d", total + (int)(0.025 * total * (y + 1)) + draw(-total / 100, total / 100));
  }
  text_add(&text, "\n");
  write_and_free(folder, "mtfp.csv", &text);
}

/* extra: one more saving of so many pounds a year from year `from` on, all of it delivered; 0 for none. */
static void make_savings(const char *folder, int n_years, double extra, int from)
{
  static const char *const rags[] = { "green", "amber", "red" };
  struct text text = { 0 };
  text_add(&text, "id,label,recurrence,phasing,full_year");
  year_headers(&text, 0, n_years);
  text_add(&text, ",delivery,rag\n");
  for (int s = 0; s < 3; s++) {
    text_printf(&text, "s%d,Saving %d,recurring,percent_in_place,%d,%d", s, s, draw(100000, 2000000), draw(0, 60));
    for (int y = 1; y < n_years; y++) {
      text_add(&text, ",100");
    }
    text_printf(&text, ",%d,%s\n", draw(40, 100), rags[s]);
  }
  if (extra > 0.0) {
    text_printf(&text, "found,Found,recurring,percent_in_place,%.0f", extra);
    for (int y = 0; y < n_years; y++) {
      text_add(&text, y < from ? ",0" : ",100");
    }
    text_add(&text, ",100,green\n");
  }
  write_and_free(folder, "savings.csv", &text);
}

static int make_council(const char *folder, double extra, int from)
{
  struct text text = { 0 };
  const int n_years = draw(2, MOST_YEARS);
  text_printf(&text,
              "key,value\nname,Made "
              "Council\nclass,unitary\nmoney,GBP\nsigns,budget\nfirst_year,2026/27\nyears,%d\nprice_basis,cash\n"
              "minimum_percent,%d\nminimum_of,net_budget_after_savings\nsurplus_to,%s\n",
              n_years, draw(2, 7), draw(0, 1) == 0 ? "none" : "gf");
  write_and_free(folder, "council.csv", &text);
  make_drivers(folder, n_years);
  make_lines(folder, n_years);
  make_savings(folder, n_years, extra, from);
  text_printf(
      &text,
      "id,label,class,opening,draw_order\nsmoothing,Smoothing,smoothing,%d,1\ngf,General Fund,general_fund,%d,\n",
      draw(0, 12000000), draw(1000000, 9000000));
  write_and_free(folder, "reserves.csv", &text);
  return n_years;
}

/* ---- solved, and fed back ------------------------------------------------------------------------------ */

/* The answer as a person types it. */
static void typed(struct text *out, const char *unit, double value)
{
  const char *sign = value < 0.0 ? "-" : "";
  if (strcmp(unit, "percentage points") == 0) {
    text_printf(out, "%s%.2fpp", sign, fabs(value) * 100.0);
  } else if (strcmp(unit, "per cent") == 0) {
    text_printf(out, "%s%.2f%%", sign, fabs(value) * 100.0);
  } else if (strcmp(unit, "pounds") == 0) {
    text_printf(out, "%s\xC2\xA3%.0f", sign, fabs(value));
  } else {
    text_printf(out, "%s%.2f", sign, fabs(value));
  }
}

static void assert_same_future(const json_t *said, const json_t *run, int n_years, const char *what)
{
  static const char *const measures[] = { "gap", "unfunded", "usable_closing", "general_fund_closing", "minimum" };
  for (size_t m = 0; m < COUNT_OF(measures); m++) {
    for (size_t y = 0; y < (size_t)n_years; y++) {
      const pence off = figure(said, measures[m], y) - figure(run, measures[m], y);
      if (off < -100 || off > 100) {
        fail_msg("%s: %s of year %zu is off by %lld pence", what, measures[m], y, (long long)off);
      }
    }
  }
}

/* What solve printed for that side is what the value gives. */
static void feed_back(const char *folder, const char *find, const char *unit, double value, const json_t *said,
                      int n_years)
{
  struct text command = { 0 };
  text_printf(&command, "run %s --set '%s=", folder, find);
  typed(&command, unit, value);
  text_add(&command, "'");
  json_t *root = json_of(text_str(&command));
  assert_same_future(said, scenario_of(root, "what_if"), n_years, text_str(&command));
  json_decref(root);
  text_fini(&command);
}

static json_t *solve(const char *folder, const char *find, const char *until)
{
  struct text command = { 0 };
  text_printf(&command, "solve %s --find %s --until '%s'", folder, find, until);
  json_t *root = json_of(text_str(&command));
  text_fini(&command);
  return root;
}

static bool meets(const json_t *at, size_t year, pence amount)
{
  return figure(at, "gap", year) <= amount;
}

/* One parameter, until the gap of some year is a little more or less than it is.  True when there was an answer. */
static bool solve_and_feed_back(const char *folder, const char *find, int n_years, const json_t *plan)
{
  const size_t year = (size_t)draw(0, n_years - 1);
  const pence amount = figure(plan, "gap", year) + (pence)draw(-600, 600) * 100000;
  struct text until = { 0 };
  text_printf(&until, "gap@%d/%02d<=%lld", FIRST_YEAR + (int)year, (FIRST_YEAR + (int)year + 1) % 100,
              (long long)(amount / 100));
  json_t *root = solve(folder, find, text_str(&until));
  const json_t *boundary = json_object_get(root, "boundary");
  const bool found = strcmp(json_string_value(json_object_get(boundary, "kind")), "never") != 0;
  if (found) {
    const char *unit = json_string_value(json_object_get(root, "unit"));
    const json_t *before = json_object_get(boundary, "at_before"), *after = json_object_get(boundary, "at_after");
    feed_back(folder, find, unit, json_number_value(json_object_get(root, "value_before")), before, n_years);
    feed_back(folder, find, unit, json_number_value(json_object_get(root, "value_after")), after, n_years);
    assert_true(meets(before, year, amount) != meets(after, year, amount));
  }
  json_decref(root);
  text_fini(&until);
  return found;
}

static void every_answer_typed_back_gives_what_was_said(void **state)
{
  (void)state;
  static const char *const finds[] = {
    "pay_award.extra_award", "inflation.cpi",           "inflation.care_fees",    "levies.extra",
    "settlement.grants",     "savings_delivery.points", "savings_delivery.amber", "savings_delivery.months_late",
    "fees.volume",           "one_off_shock.incident"
  };
  int found[COUNT_OF(finds)] = { 0 };
  for (int c = 0; c < COUNCILS; c++) {
    char folder[] = "/tmp/headroom-solve-XXXXXX", command[64];
    assert_non_null(mkdtemp(folder));
    seed = (uint64_t)c + 1;
    const int n_years = make_council(folder, 0.0, 0);
    snprintf(command, sizeof command, "run %s", folder);
    json_t *root = json_of(command);
    for (size_t f = 0; f < COUNT_OF(finds); f++) {
      found[f] += solve_and_feed_back(folder, finds[f], n_years, scenario_of(root, "baseline"));
    }
    json_decref(root);
    remove_folder(folder);
  }
  for (size_t f = 0; f < COUNT_OF(finds); f++) {
    if (found[f] < 3) { /* otherwise the test shows nothing of it */
      fail_msg("%s was answered %d times only", finds[f], found[f]);
    }
  }
}

/* Recurring savings are fed back as a saving that delivers all of it from that year on, in the same council made again.
 */
static bool savings_reach_the_target(uint64_t council)
{
  char folder[] = "/tmp/headroom-solve-XXXXXX", command[64];
  struct text find = { 0 };
  assert_non_null(mkdtemp(folder));
  seed = council;
  const int n_years = make_council(folder, 0.0, 0), from = draw(0, n_years - 1);
  text_printf(&find, "recurring_savings@%d/%02d", FIRST_YEAR + from, (FIRST_YEAR + from + 1) % 100);
  json_t *root = solve(folder, text_str(&find), "D3"), *boundary = json_object_get(root, "boundary");
  const bool found = strcmp(json_string_value(json_object_get(boundary, "kind")), "found") == 0;
  if (found) {
    seed = council;
    make_council(folder, json_number_value(json_object_get(root, "value_after")), from);
    snprintf(command, sizeof command, "run %s", folder);
    json_t *again = json_of(command);
    assert_same_future(json_object_get(boundary, "at_after"), scenario_of(again, "baseline"), n_years, text_str(&find));
    assert_string_equal(date_of(scenario_of(again, "baseline"), "first_unfunded"), "not in horizon");
    json_decref(again);
  }
  json_decref(root);
  text_fini(&find);
  remove_folder(folder);
  return found;
}

static void recurring_savings_entered_as_a_saving_reach_the_target(void **state)
{
  (void)state;
  int found = 0;
  for (uint64_t council = 101; council < 101 + COUNCILS; council++) {
    found += savings_reach_the_target(council);
  }
  assert_true(found > 3);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_answer_typed_back_gives_what_was_said),
    cmocka_unit_test(recurring_savings_entered_as_a_saving_reach_the_target),
  };
  return cmocka_run_group_tests_name("solve fed back", tests, NULL, NULL);
}
