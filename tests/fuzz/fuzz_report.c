/* fuzz_report.c: any text as the words of a council, in every face of its report: text goes in, text comes out.
 *
 * Saltmere is loaded, run and stressed once.  Each input is then cut at its line ends into names of lines, savings,
 * reserves, receipts, drivers and scenarios; the rest is the council's own words.  What a folder may hold is what the
 * reader lets through: UTF-8 without control characters. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "cli/session.h"
#include "report/page/page.h"
#include "report/workbook/workbook.h"

#include <jansson.h>
#include <stdio.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { LONGEST_NAME = 200, MOST_NAMES = 256 };

static struct gathered gathered;
static const char *scenarios[] = { "cyber" }; /* one is enough to meet every writer, and quicker */
static struct arguments arguments = { .operand = DATASETS "/saltmere",
                                      .scenario = { scenarios, COUNT_OF(scenarios) },
                                      .in_process = true,
                                      .draws = 512,
                                      .color = "never",
                                      .command = "" };

/* The fuzzer is also the program that a plugin is first looked at by. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
  struct error error = { 0 };
  if (*argc > 1 && strcmp((*argv)[1], "__probe") == 0) {
    exit(probe_main(*argc, *argv));
  }
  arguments.registry.plugin_path = PLUGINS;
  if (report_gather(&gathered, &arguments, &error) != STATUS_OK) {
    fprintf(stderr, "%s\n", error.text);
    abort();
  }
  return 0;
}

/* ---- names ---------------------------------------------------------------------------------------------- */

struct names {
  char at[MOST_NAMES][LONGEST_NAME + 1];
  int count, next;
};

/* One name of the bytes up to a line end; what no folder can hold becomes a question mark. */
static size_t cut(const char *from, size_t n, char *to, size_t room)
{
  size_t length = 0, used = 0, bad;
  while (used < n && from[used] != '\n') {
    const unsigned char byte = (unsigned char)from[used++];
    const bool control = byte < 0x20 || byte == 0x7F;
    if (length < room) {
      to[length++] = control ? '?' : (char)byte;
    }
  }
  while (!utf8_valid(to, length, &bad)) {
    to[bad] = '?';
  }
  for (size_t i = 0; i + 1 < length; i++) { /* control characters of two bytes */
    if ((unsigned char)to[i] == 0xC2 && (unsigned char)to[i + 1] < 0xA0) {
      to[i] = to[i + 1] = '?';
    }
  }
  to[length] = '\0';
  return used + (used < n);
}

static const char *next_name(struct names *names)
{
  return names->count > 0 ? names->at[names->next++ % names->count] : "";
}

static void rename_plan(struct plan *plan, struct names *names)
{
  for (int i = 0; i < plan->n_lines; i++) {
    plan->line[i].label = next_name(names);
  }
  for (int i = 0; i < plan->n_savings; i++) {
    plan->saving[i].label = next_name(names);
    plan->saving[i].owner = next_name(names);
  }
  for (int i = 0; i < plan->n_reserves; i++) {
    plan->reserve[i].label = next_name(names);
  }
  for (int i = 0; i < plan->n_receipts; i++) {
    plan->receipt[i].asset = next_name(names);
  }
  for (int i = 0; i < plan->n_drivers; i++) {
    plan->driver[i].label = next_name(names);
  }
  plan->name = next_name(names);
  plan->default_source = next_name(names);
}

static void rename_all(struct names *names)
{
  rename_plan(&gathered.session.folder.plan, names);
  names->next = 0;
  rename_plan(&gathered.stressed.session.folder.plan, names);
  for (int i = 1; i < gathered.session.n_shown; i++) {
    gathered.session.shown[i].label = gathered.session.scenario[i - 1].label = next_name(names);
    gathered.session.shown[i].description = next_name(names);
  }
  gathered.briefing.title = next_name(names);
}

/* ---- what must hold ------------------------------------------------------------------------------------- */

static void must_be_lines(const struct text *text)
{
  must(!text->failed && utf8_valid(text_str(text), text->length, NULL));
  for (size_t i = 0; i < text->length; i++) {
    const unsigned char byte = (unsigned char)text->at[i];
    must(byte == '\n' || (byte >= 0x20 && byte != 0x7F));
  }
}

static void must_be_json(struct text *text)
{
  json_t *root = json_loadb(text_str(text), text->length, JSON_REJECT_DUPLICATES, NULL);
  must(!text->failed && root != NULL);
  json_decref(root);
}

/* Every row has as many cells as the first, and no cell is one that a spreadsheet would run. */
static void must_be_csv(const struct text *text)
{
  const char *at = text_str(text);
  for (int row = 0, cells = 0, first = 0; *at != '\0'; row++, cells = 0) {
    bool more = true;
    while (more) {
      const bool quoted = *at == '"';
      at += quoted;
      must(*at == '\0' || strchr("=+@\t\r", *at) == NULL || *at == '\0');
      must(*at != '-' || (at[1] >= '0' && at[1] <= '9') || at[1] == '\n' || at[1] == ',');
      while (*at != '\0' && (quoted ? *at != '"' || at[1] == '"' : *at != ',' && *at != '\n')) {
        must(quoted || *at != '"');
        at += quoted && *at == '"' ? 2 : 1;
      }
      must(!quoted || *at == '"');
      at += quoted;
      cells++;
      more = *at == ',';
      must(more || *at == '\n');
      at++;
    }
    first = row == 0 ? cells : first;
    must(cells == first);
  }
}

static const char *after(const char *at, const char *word)
{
  const size_t n = strlen(word);
  return strncmp(at, word, n) == 0 ? at + n : NULL;
}

/* Markup stays ours: every < begins a tag of a kind that the page knows, attributes have names in lower case and values
 * in double quotes, none of them a script or a style, and every & is an entity of the five. */
static void must_be_page(const struct text *text)
{
  static const char *const entities[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
  const char *at = text_str(text);
  bool style = false;
  must(!text->failed && utf8_valid(at, text->length, NULL) && strlen(at) == text->length);
  while (*at != '\0') {
    if (style) { /* the style sheet is the program's own, up to its end */
      at = strstr(at, "</style>");
      must(at != NULL);
      style = false;
    } else if (*at == '&') {
      const char *next = NULL;
      for (size_t i = 0; i < COUNT_OF(entities) && next == NULL; i++) {
        next = after(at, entities[i]);
      }
      must(next != NULL);
      at = next;
    } else if (*at == '<') {
      must(after(at, "<script") == NULL && after(at, "<img") == NULL && after(at, "<!--") == NULL);
      style = after(at, "<style") != NULL;
      at += 1 + (at[1] == '/' || at[1] == '!');
      must((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'));
      while (*at != '>') {
        must(*at != '\0' && *at != '<' && *at != '\'');
        must(after(at, " on") == NULL && after(at, " style") == NULL);
        if (*at == '"') {
          at = strchr(at + 1, '"');
          must(at != NULL);
        }
        at++;
      }
      at++;
    } else {
      must(*at != '>');
      at++;
    }
  }
}

/* ---- every face ----------------------------------------------------------------------------------------- */

static void faces_of_words(const struct style *style)
{
  struct text run = { 0 }, compare = { 0 }, stress = { 0 };
  report_run_text(&run, &gathered.briefing.report, SHOW_LINES, style);
  report_compare_text(&compare, &gathered.briefing.report, style);
  report_stress_text(&stress, gathered.briefing.stress, style);
  must_be_lines(&run);
  must_be_lines(&compare);
  must_be_lines(&stress);
  text_fini(&run);
  text_fini(&compare);
  text_fini(&stress);
}

static void faces_of_data(void)
{
  struct text json = { 0 }, csv = { 0 }, stress_json = { 0 }, stress_csv = { 0 };
  must(report_json(&json, &gathered.briefing.report) == STATUS_OK);
  report_csv(&csv, &gathered.briefing.report);
  must(report_stress_json(&stress_json, gathered.briefing.stress) == STATUS_OK);
  report_stress_csv(&stress_csv, gathered.briefing.stress);
  must_be_json(&json);
  must_be_csv(&csv);
  must_be_json(&stress_json);
  must_be_csv(&stress_csv);
  text_fini(&json);
  text_fini(&csv);
  text_fini(&stress_json);
  text_fini(&stress_csv);
}

/* What is in its cells only a reader of workbooks could tell; here it has to be one, and without a fault of memory. */
static void face_of_cells(void)
{
  struct error error = { 0 };
  struct text book = { 0 };
  must(workbook_write(&gathered.briefing, &book, &error) == STATUS_OK);
  must(!book.failed && book.length > 4 && memcmp(book.at, "PK\3\4", 4) == 0);
  text_fini(&book);
}

static void face_of_members(void)
{
  struct error error = { 0 };
  struct text page = { 0 };
  must(page_write(&gathered.briefing, &page, &error) == STATUS_OK);
  must_be_page(&page);
  text_fini(&page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static struct names names;
  const char *at = (const char *)data, *end = at + size;
  struct style style = { 80, false, false };
  struct error error = { 0 };
  struct arena words;
  names.count = names.next = 0;
  if (at < end) {
    style.width = 20 + *at++ * 100 / 256;
    gathered.briefing.audience = (enum audience)((unsigned char)at[-1] % N_AUDIENCES);
    style.ascii = (at[-1] & 4) != 0;
  }
  while (at < end && names.count < MOST_NAMES) {
    at += cut(at, (size_t)(end - at), names.at[names.count++], LONGEST_NAME);
  }
  rename_all(&names);
  arena_init(&words, NULL);
  gathered.briefing.council_words = NULL;
  const enum status read =
      council_words_read("words", (const char *)data, size, &words, &gathered.briefing.council_words, &error);
  must(read == STATUS_OK || read == STATUS_DATA);
  if (size % 3 == 0) { /* in turns: an input is quicker so */
    faces_of_words(&style);
  } else if (size % 3 == 1) {
    faces_of_data();
  } else if (size % 6 == 2) {
    face_of_cells();
  } else {
    face_of_members();
  }
  arena_fini(&words);
  return 0;
}
