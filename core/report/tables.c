/* tables.c: figures, year tables and the words around them, for everything that a terminal shows. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/tables.h"

#include <stdlib.h>
#include <string.h>

#define MINUS "\xE2\x88\x92"

void figure_text(struct text *out, pence value, struct figures figures)
{
  struct text number = { 0 };
  const pence thousand = 100000;
  const pence rounded = (value < 0 ? value - thousand / 2 : value + thousand / 2) / thousand;
  text_pounds(&number, figures.thousands ? rounded * 100 : (value < 0 ? value - 50 : value + 50) / 100 * 100);
  const char *shown = text_str(&number);
  if (figures.style->ascii && strncmp(shown, MINUS, sizeof MINUS - 1) == 0) {
    text_add(out, "-");
    shown += sizeof MINUS - 1;
  }
  text_add(out, shown);
  out->failed |= number.failed;
  text_fini(&number);
}

const char *figures_unit(struct figures figures)
{
  if (figures.style->ascii) {
    return figures.thousands ? "GBP thousand" : "GBP";
  }
  return figures.thousands ? "\xC2\xA3 thousand" : "\xC2\xA3";
}

void years_header(struct grid *grid, const struct plan *plan, const char *label)
{
  char labels[MAX_YEARS][8];
  const char *values[MAX_YEARS];
  for (int y = 0; y < plan->n_years; y++) {
    values[y] = plan_year_label(plan, y, labels[y]);
  }
  grid_header(grid, label, values);
}

void years_row(struct grid *grid, const struct plan *plan, const char *label, const pence *amounts, int sign,
               struct figures figures)
{
  struct text cells[MAX_YEARS] = { { 0 } };
  const char *values[MAX_YEARS];
  for (int y = 0; y < plan->n_years; y++) {
    figure_text(&cells[y], sign * amounts[y], figures);
    values[y] = text_str(&cells[y]);
  }
  grid_row(grid, label, values);
  for (int y = 0; y < plan->n_years; y++) {
    text_fini(&cells[y]);
  }
}

struct figures figures_that_fit(const struct report *report, const struct section *sections, int count,
                                const struct style *style)
{
  for (int i = 0; i < count; i++) {
    struct grid *grid = sections[i].make(report, sections[i].ctx, (struct figures){ false, style });
    const bool fits = grid != NULL && grid_fits(grid, style);
    grid_free(grid);
    if (!fits && style->width >= 60) { /* narrower, each row is a block, and pounds fit */
      return (struct figures){ true, style };
    }
  }
  return (struct figures){ false, style };
}

void section_text(struct text *out, const struct report *report, const struct section *section, struct figures figures)
{
  struct grid *grid = section->make(report, section->ctx, figures);
  grid_text(out, grid, figures.style);
  text_add(out, "\n");
  grid_free(grid);
}

size_t fitting(const char *words, int width)
{
  size_t at = 0, space = 0;
  while (words[at] != '\0') {
    size_t next = at + 1;
    while (((unsigned char)words[next] & 0xC0) == 0x80) {
      next++;
    }
    if (utf8_width(words, next) > width && at > 0) {
      return space > 0 ? space : at;
    }
    space = words[next] == ' ' ? next : space;
    at = next;
  }
  return at;
}

static void wrap(struct text *out, const char *words, int indent, const struct style *style)
{
  int column = 0;
  bool fresh = true; /* no word stands on the line yet */
  while (*words != '\0') {
    size_t length = strcspn(words, " ");
    const int width = utf8_width(words, length);
    if (!fresh && column + 1 + width > style->width) {
      text_add(out, "\n");
      text_repeat(out, " ", indent);
      column = indent;
    } else if (!fresh) {
      text_add(out, " ");
      column++;
    }
    if (column + width > style->width) {
      const size_t piece = fitting(words, style->width - column);
      length = piece < length ? piece : length;
    }
    text_add_n(out, words, length);
    column += utf8_width(words, length);
    fresh = false;
    words += length;
    words += strspn(words, " ");
  }
  text_add(out, "\n");
}

void paragraph_hung(struct text *out, const char *words, int indent, const struct style *style)
{
  struct text plain = { 0 };
  if (style->ascii) {
    text_plain(&plain, words);
  }
  wrap(out, style->ascii ? text_str(&plain) : words, indent, style);
  out->failed |= plain.failed;
  text_fini(&plain);
}

void paragraph(struct text *out, const char *words, const struct style *style)
{
  paragraph_hung(out, words, 0, style);
}

void heading(struct text *out, const char *words, const struct style *style)
{
  text_add(out, style->color ? "\033[1m" : "");
  paragraph_hung(out, words, 2, style);
  if (style->color) {
    out->length -= out->length > 0; /* so that the line ends after its colour does */
    text_add(out, "\033[0m\n");
  }
}

void dates_legend(struct text *out, const char *otherwise, const struct style *style)
{
  for (int d = 0; d < N_DATES; d++) {
    paragraph_hung(out, date_label((enum date)d), 3, style);
  }
  paragraph(out, otherwise, style);
  text_add(out, "\n");
}

void report_opening(struct text *out, const struct report *report, const struct style *style)
{
  const struct plan *plan = &report->folder->plan;
  struct text line = { 0 };
  char first[8], last[8];
  text_printf(&line, "%s: %s to %s.  Cash terms", plan->name, plan_year_label(plan, 0, first),
              plan_year_label(plan, plan->n_years - 1, last));
  text_printf(&line, "%s%s.", plan->as_at[0] != '\0' ? ", plan as at " : "", plan->as_at);
  text_add(out, style->color ? "\033[1m" : "");
  paragraph(out, text_str(&line), style);
  text_add(out, style->color ? "\033[0m" : "");
  out->failed |= line.failed;
  text_fini(&line);
}

void share_sentence(struct text *out, const struct plan *plan)
{
  const int percent = (int)round_units(plan->illustrative_share * 100.0);
  if (plan->illustrative_share == 0.0) {
    text_add(out, "No figure of the plan is illustrative.");
  } else {
    text_printf(out, "%s%d%% of the plan by amount is illustrative, not the council's own published figure.",
                percent == 0 ? "Under " : "", percent == 0 ? 1 : percent);
  }
}

/* Each plugin once, whichever scenarios use it. */
static void plugins_line(struct text *out, const struct scenario *scenario)
{
  for (int u = 0; scenario != NULL && u < scenario->n_uses; u++) {
    const struct plugin *plugin = scenario->use[u].plugin;
    struct text word = { 0 };
    text_printf(&word, " %s %s %.8s", plugin->name, plugin->version, plugin->digest);
    if (plugin->digest[0] != '\0' && strstr(text_str(out), text_str(&word)) == NULL) {
      text_add(out, out->length == 0 ? "Plugins:" : "");
      text_add(out, text_str(&word));
    }
    out->failed |= word.failed;
    text_fini(&word);
  }
}

static void files_line(struct text *out, const char *heading, const struct folder *folder, bool packs)
{
  for (int f = 0; f < folder->n_files; f++) {
    if (folder->file[f].is_pack == packs) {
      text_add(out, out->length == 0 ? heading : "");
      text_printf(out, " %s %.8s", folder->file[f].name, folder->file[f].digest);
    }
  }
}

/* A paragraph where there are any words. */
static void paragraph_of(struct text *out, struct text *words, const struct style *style)
{
  if (words->length > 0) {
    paragraph(out, text_str(words), style);
  }
  out->failed |= words->failed;
  text_fini(words);
}

void plugins_used(struct text *out, const struct scenario *scenario, int count, const struct style *style)
{
  struct text words = { 0 };
  for (int s = 0; s < count; s++) {
    plugins_line(&words, &scenario[s]);
  }
  paragraph_of(out, &words, style);
}

void report_closing(struct text *out, const struct report *report, const struct style *style)
{
  struct text share = { 0 }, inputs = { 0 }, packs = { 0 }, plugins = { 0 };
  share_sentence(&share, &report->folder->plan);
  paragraph_of(out, &share, style);
  paragraph(out, report_disclaimer, style);
  text_printf(out, "Made by: %s\n", report->command);
  files_line(&inputs, "Inputs:", report->folder, false);
  paragraph_of(out, &inputs, style);
  files_line(&packs, "Packs:", report->folder, true);
  paragraph_of(out, &packs, style);
  for (int i = 0; i < report->n_shown; i++) {
    plugins_line(&plugins, report->shown[i].scenario);
  }
  paragraph_of(out, &plugins, style);
}
