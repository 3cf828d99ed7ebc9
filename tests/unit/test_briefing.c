/* test_briefing.c: what every face of the report stands on: dates, the council's own words, bridges and hashes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenario_rows.h"

#include "support.h"

#include "report/briefing.h"

#include <string.h>

/* ---- the date ------------------------------------------------------------------------------------------ */

static void the_date_follows_source_date_epoch(void **state)
{
  int64_t at = -1;
  (void)state;
  setenv("SOURCE_DATE_EPOCH", "1772064000", 1); /* 26 February 2026, by `date -u -d @1772064000` */
  assert_int_equal(briefing_time(&at, &error), STATUS_OK);
  assert_true(at == 1772064000);
  const char *const no_times[] = { "-1", "12.5", "noon", " 1", "253402300800", "99999999999999999999" };
  for (size_t i = 0; i < COUNT_OF(no_times); i++) {
    setenv("SOURCE_DATE_EPOCH", no_times[i], 1);
    assert_int_equal(briefing_time(&at, &error), STATUS_USAGE);
    assert_non_null(strstr(error.text, no_times[i]));
  }
  unsetenv("SOURCE_DATE_EPOCH");
  assert_int_equal(briefing_time(&at, &error), STATUS_OK);
  assert_true(at > 1772064000);
}

/* ---- the council's own words --------------------------------------------------------------------------- */

static enum status words(const char *bytes, size_t n, const char **out)
{
  *out = NULL;
  return council_words_read("words.txt", bytes, n, &folder.arena, out, &error);
}

static void assert_words(const char *bytes, const char *expected)
{
  const char *read;
  assert_int_equal(words(bytes, strlen(bytes), &read), STATUS_OK);
  if (expected == NULL) {
    assert_null(read);
  } else {
    assert_string_equal(read, expected);
  }
}

static void words_are_kept_as_written(void **state)
{
  (void)state;
  assert_words("One.\r\n\r\nTwo.\r\n", "One.\n\nTwo.");
  assert_words("Old\rMac", "Old\nMac");
  assert_words("\xEF\xBB\xBF\n  \xC2\xA3"
               "5 & <b>\n",
               "\xC2\xA3"
               "5 & <b>");
  assert_words("", NULL);
  assert_words(" \n\t\r\n", NULL);
}

static void words_that_are_no_text_are_refused_with_their_place(void **state)
{
  const char *read;
  (void)state;
  assert_int_equal(words("a\nb\xC3\xA9\xFF", 6, &read), STATUS_DATA);
  assert_non_null(strstr(error.text, "words.txt:2:3: a byte that is not UTF-8"));
  assert_int_equal(words("ok\0no", 5, &read), STATUS_DATA);
  assert_non_null(strstr(error.text, "words.txt:1:3: a control character"));
  assert_int_equal(words("\033[31m", 5, &read), STATUS_DATA);
  assert_null(read);
}

/* ---- the rest, on the small council -------------------------------------------------------------------- */

static const struct run_options options = { .deadline_s = 5.0 };

/* The plan and its scenarios, as a verb shows them. */
static struct briefing briefing_of_rows(void)
{
  struct scenario *scenario = NULL;
  int count = 0;
  struct outcome *outcome = NULL;
  assert_int_equal(scenarios_build(&folder, registry, NULL, 0, NULL, 0, &scenario, &count, &error), STATUS_OK);
  struct shown *shown = arena_array(&folder.arena, (size_t)count + 1, sizeof *shown);
  assert_non_null(shown);
  assert_int_equal(scenarios_run(&folder.plan, scenario, count, &options, &folder.arena, &outcome, &error), STATUS_OK);
  struct result *plan = result_init(arena_alloc(&folder.arena, result_size(&folder.plan)), &folder.plan);
  assert_int_equal(plan_project(&folder.plan, plan), STATUS_OK);
  shown[0] = (struct shown){ "baseline", "The plan", "", NULL, plan, NULL };
  for (int i = 0; i < count; i++) {
    shown[i + 1] = (struct shown){ scenario[i].id, scenario[i].label, "", &scenario[i], outcome[i].result, NULL };
  }
  return (struct briefing){ .made_at = 1772064000, .report = { &folder, count + 1, shown, "" }, .outcome = outcome };
}

static void bridges_lead_from_the_plan_to_each_scenario(void **state)
{
  (void)state;
  row("dearer,shift,clients,input,line:E05.unit_cost");
  row("dearer,shift,clients,add,\xC2\xA3"
      "100");
  row("nothing,,,label,Nothing at all");
  struct briefing b = briefing_of_rows();
  assert_int_equal(briefing_finish(&b, &folder, &options, &error), STATUS_OK);
  assert_int_equal(b.report.n_shown, 3);
  assert_int_equal(b.bridge[0].n_parts, 1);
  assert_int_equal(b.bridge[1].n_parts, 0);
  for (int i = 0; i < 2; i++) {
    for (int m = 0; m < N_MEASURES; m++) {
      for (int y = 0; y < folder.plan.n_years; y++) {
        assert_pence_equal(b.bridge[i].from.measure[m][y], b.report.shown[0].result->measure[m][y]);
        assert_pence_equal(b.bridge[i].to.measure[m][y], b.report.shown[i + 1].result->measure[m][y]);
      }
    }
  }
  assert_true(b.bridge[0].to.measure[M_GAP][0] > b.bridge[0].from.measure[M_GAP][0]);
  assert_string_equal(b.made_on, "2026-02-26");
  assert_string_equal(b.made_on_words, "26 February 2026");
  assert_non_null(strstr(b.title, folder.plan.name));
  assert_int_equal(b.n_plugins, 0); /* shift is part of the program */
}

static void the_hash_of_all_inputs_moves_with_each(void **state)
{
  char before[DIGEST_HEX];
  struct input_file files[2] = { { .name = "a.csv", .digest = "11" }, { .name = "b.csv", .digest = "22" } };
  (void)state;
  row("nothing,,,label,Nothing at all");
  folder.file = files;
  folder.n_files = 2;
  struct briefing b = briefing_of_rows();
  assert_int_equal(briefing_finish(&b, &folder, &options, &error), STATUS_OK);
  digest_hex("a.csv 11\nb.csv 22\n", 18, before);
  assert_string_equal(b.inputs_digest, before);
  files[1].digest[1] = '3';
  assert_int_equal(briefing_finish(&b, &folder, &options, &error), STATUS_OK);
  assert_string_not_equal(b.inputs_digest, before);
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    ON_SMALL(the_date_follows_source_date_epoch),
    ON_SMALL(words_are_kept_as_written),
    ON_SMALL(words_that_are_no_text_are_refused_with_their_place),
    ON_SMALL(bridges_lead_from_the_plan_to_each_scenario),
    ON_SMALL(the_hash_of_all_inputs_moves_with_each),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
