/* words.c: ids that rows refer to, and words for money and years; shared by the readers and checks of core/data. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

const char receipt_lawful_uses[] =
    "a capital receipt may meet capital spending, repay debt, or pay for qualifying transformation under the "
    "flexible-use direction; it may "
    "not meet revenue spending without a direction on record (SI 2003/3146 regulation 23)";

const char *money_short(struct reading *reading, pence amount)
{
  struct text text = { 0 };
  text_money_short(&text, amount);
  const char *words = arena_strdup(reading->arena, text_str(&text));
  text_fini(&text);
  return words;
}

const char *money_exact(struct reading *reading, pence amount)
{
  struct text text = { 0 };
  text_add(&text, amount < 0 ? "\u2212£" : "£");
  text_pounds(&text, amount < 0 ? -amount : amount);
  const char *words = arena_strdup(reading->arena, text_str(&text));
  text_fini(&text);
  return words;
}

const char *year_words(struct reading *reading, int year)
{
  char label[8];
  return arena_strdup(reading->arena, plan_year_label(reading->plan, year, label));
}

pence pence_of(double gbp)
{
  pence amount = 0;
  return pence_from_gbp(gbp, &amount) ? amount : 0;
}

static bool is_word_end(char c)
{
  return !isalnum((unsigned char)c);
}

/* Looks at the beginnings of words only. */
static bool says(const char *text, const char *phrase)
{
  const size_t length = strlen(phrase);
  for (const char *at = text; *at != '\0'; at++) {
    if ((at == text || is_word_end(at[-1])) && strncasecmp(at, phrase, length) == 0 && is_word_end(at[length])) {
      return true;
    }
  }
  return false;
}

bool text_says(const char *text, const char *const *phrases)
{
  for (; *phrases != NULL; phrases++) {
    if (says(text, *phrases)) {
      return true;
    }
  }
  return false;
}

static const char *id_at(const void *items, int i, size_t size)
{
  const char *const *id = (const void *)((const char *)items + (size_t)i * size);
  return *id;
}

int id_clash(const void *items, int count, size_t size, const char *id)
{
  for (int i = 0; i < count; i++) {
    if (strcasecmp(id_at(items, i, size), id) == 0) {
      return i;
    }
  }
  return -1;
}

bool id_is_free(struct reading *reading, const struct table *table, int row, const struct cell *cell, const void *items,
                int count, size_t size)
{
  const int other = id_clash(items, count, size, cell->text);
  if (other < 0) {
    return true;
  }
  const char *earlier = id_at(items, other, size);
  struct finding *finding = finding_add(reading->findings, CODE_ID_TWICE, cell_place(table, row, cell),
                                        "the id '%s' stands twice", cell_shown(reading, cell));
  finding_label(reading->findings, finding,
                strcmp(earlier, cell->text) == 0 ? "another id" : "'%s' differs from it by case only", earlier);
  return false;
}

const char *const *ids_of(struct reading *reading, const void *items, int count, size_t size)
{
  const char **ids = arena_array(reading->arena, (size_t)count + 1, sizeof *ids);
  for (int i = 0; ids != NULL && i < count; i++) {
    ids[i] = id_at(items, i, size);
  }
  return ids;
}

const char *did_you_mean(struct reading *reading, const char *typed, const char *const *names)
{
  const char *nearest = names != NULL ? nearest_name(typed, names) : NULL;
  return nearest != NULL ? arena_printf(reading->arena, "; did you mean '%s'?", nearest) : "";
}

int id_resolve(struct reading *reading, const struct table *table, int row, const struct cell *cell, const char *id,
               const char *what, const char *file, const void *items, int count, size_t size)
{
  for (int i = 0; i < count; i++) {
    if (strcmp(id_at(items, i, size), id) == 0) {
      return i;
    }
  }
  if (count == 0 && file_failed(reading, file)) { /* never read: it may be there */
    return -1;
  }
  const struct cell named = { .text = id, .length = (int)strlen(id) };
  struct finding *finding = finding_add(reading->findings, CODE_UNKNOWN_ID, cell_place(table, row, cell),
                                        "'%s' is not the id of a %s", cell_shown(reading, &named), what);
  finding_label(reading->findings, finding, "an id of %s%s", *file != '\0' ? file : table->file,
                did_you_mean(reading, id, ids_of(reading, items, count, size)));
  return -1;
}

bool file_failed(const struct reading *reading, const char *file)
{
  for (size_t i = 0; i < reading->findings->count; i++) {
    const struct finding *finding = &reading->findings->item[i];
    if (code_severity(finding->code) == SEVERITY_ERROR && finding->place.file != NULL &&
        strcmp(finding->place.file, file) == 0) {
      return true;
    }
  }
  return false;
}

struct place header_place(const struct table *table)
{
  const struct cell *first = &table->header[0];
  return (struct place){ table->file, first->line, first->column, first->width, table->header_excerpt };
}

bool must_be_blank(struct reading *reading, const struct table *table, int row, const char *column, const char *why)
{
  const struct cell *cell = table_cell(table, row, column);
  if (cell_blank(cell)) {
    return true;
  }
  struct finding *finding = finding_add(reading->findings, CODE_NOT_BLANK, cell_place(table, row, cell),
                                        "'%s' in column %s has no meaning here", cell_shown(reading, cell), column);
  finding_label(reading->findings, finding, "leave it blank: %s", why);
  return false;
}

void check_small_percent(struct reading *reading, const struct table *table, int row, const struct cell *cell,
                         double fraction)
{
  if (fraction == 0.0 || fraction < -0.0015 || fraction > 0.0015) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_SMALL_PERCENT, cell_place(table, row, cell),
                                        "'%s' is read as %.10g%%", cell_shown(reading, cell), fraction * 100.0);
  finding_label(reading->findings, finding, "if %.10g%% is meant, write %.10g", fraction * 10000.0, fraction * 10000.0);
}
