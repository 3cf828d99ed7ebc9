/* tabular.c: results as CSV: one row a measure, line, saving, reserve or receipt; pounds with pence where there are
 * some. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report.h"

#include <string.h>

#ifndef HEADROOM_VERSION
#define HEADROOM_VERSION "0"
#endif

void csv_cell(struct text *out, const char *cell)
{
  const bool formula = cell[0] != '\0' && strchr("=+-@\t\r", cell[0]) != NULL;
  const bool quoted = strpbrk(cell, ",\"\n\r") != NULL;
  text_add(out, quoted ? "\"" : "");
  text_add(out, formula ? "'" : "");
  for (; *cell != '\0'; cell++) {
    text_add(out, *cell == '"' ? "\"" : "");
    text_add_n(out, cell, 1);
  }
  text_add(out, quoted ? "\"" : "");
}

void csv_pounds(struct text *out, pence p)
{
  const uint64_t size = p < 0 ? -(uint64_t)p : (uint64_t)p;
  text_printf(out, "%s%llu", p < 0 ? "-" : "", (unsigned long long)(size / 100));
  if (size % 100 != 0) {
    text_printf(out, ".%02u", (unsigned)(size % 100));
  }
}

struct row_key {
  const char *scenario, *table, *id, *label, *field;
};

static void row(struct text *out, const struct plan *plan, struct row_key key, const pence *values, int sign)
{
  const char *const words[] = { key.scenario, key.table, key.id, key.label, key.field };
  for (size_t i = 0; i < COUNT_OF(words); i++) {
    csv_cell(out, words[i]);
    text_add(out, ",");
  }
  for (int y = 0; y < plan->n_years; y++) {
    csv_pounds(out, sign * values[y]);
    text_add(out, y + 1 < plan->n_years ? "," : "\n");
  }
}

static void lines(struct text *out, const struct plan *plan, const struct shown *shown)
{
  for (int l = 0; l < plan->n_lines; l++) {
    const struct line *line = &plan->line[l];
    const int sign = class_is_funding(line->class) || line->class == LINE_CAPITALISED ? -1 : 1;
    row(out, plan, (struct row_key){ shown->id, "line", line->id, line->label, "amount" },
        shown->result->line[l].amount, sign);
  }
  for (int e = 0; e < N_ENGINE_LINES; e++) {
    const struct engine_line_kind *kind = &engine_line_kinds[e];
    const int sign = class_is_funding(kind->class) || kind->class == LINE_CAPITALISED ? -1 : 1;
    row(out, plan, (struct row_key){ shown->id, "line", kind->id, kind->label, "amount" },
        shown->result->line[plan->n_lines + e].amount, sign);
  }
}

static void savings(struct text *out, const struct plan *plan, const struct shown *shown)
{
  for (int s = 0; s < plan->n_savings; s++) {
    const struct saving *saving = &plan->saving[s];
    row(out, plan, (struct row_key){ shown->id, "saving", saving->id, saving->label, "planned" },
        shown->result->saving[s].planned, 1);
    row(out, plan, (struct row_key){ shown->id, "saving", saving->id, saving->label, "expected" },
        shown->result->saving[s].expected, 1);
  }
}

static void reserves(struct text *out, const struct plan *plan, const struct shown *shown)
{
  for (int r = 0; r < plan->n_reserves; r++) {
    const struct reserve *reserve = &plan->reserve[r];
    const struct reserve_result *result = &shown->result->reserve[r];
    const struct {
      const char *field;
      const pence *values;
    } fields[] = { { "opening", result->opening },
                   { "planned", result->planned },
                   { "surplus", result->surplus },
                   { "used", result->used },
                   { "closing", result->closing } };
    for (size_t f = 0; f < COUNT_OF(fields); f++) {
      row(out, plan, (struct row_key){ shown->id, "reserve", reserve->id, reserve->label, fields[f].field },
          fields[f].values, 1);
    }
  }
}

static void receipts(struct text *out, const struct plan *plan, const struct shown *shown)
{
  for (int r = 0; r < plan->n_receipts; r++) {
    const struct receipt *receipt = &plan->receipt[r];
    const struct receipt_result *result = &shown->result->receipt[r];
    const struct {
      const char *field;
      const pence *values;
    } fields[] = { { "received", result->received },
                   { "to_debt", result->to_debt },
                   { "to_avoid", result->to_avoid },
                   { "flexible", result->flexible } };
    for (size_t f = 0; f < COUNT_OF(fields); f++) {
      row(out, plan, (struct row_key){ shown->id, "receipt", receipt->id, receipt->asset, fields[f].field },
          fields[f].values, 1);
    }
  }
}

static void dates(struct text *out, const struct plan *plan, const struct shown *shown)
{
  for (int d = 0; d < N_DATES; d++) {
    char year[8];
    const int date = shown->result->date[d];
    const char *word = date == DATE_UNKNOWN          ? "not known"
                       : date == DATE_NOT_IN_HORIZON ? "not in horizon"
                                                     : plan_year_label(plan, date, year);
    csv_cell(out, shown->id);
    text_printf(out, ",date,%s,", date_names[d]);
    csv_cell(out, date_label((enum date)d));
    text_printf(out, ",year,%s", word);
    text_repeat(out, ",", plan->n_years - 1);
    text_add(out, "\n");
  }
}

/* ---- what it was made from: rows of the table "manifest" -------------------------------------------- */

static void made_from(struct text *out, const struct plan *plan, const char *id, const char *field, const char *value)
{
  text_add(out, ",manifest,");
  csv_cell(out, id);
  text_printf(out, ",,%s,", field);
  csv_cell(out, value);
  text_repeat(out, ",", plan->n_years - 1);
  text_add(out, "\n");
}

static void files_made_from(struct text *out, const struct plan *plan, const struct folder *folder, const char *field,
                            csv_made_from *write)
{
  for (int f = 0; f < folder->n_files; f++) {
    write(out, plan, folder->file[f].name, folder->file[f].is_pack ? "sha256 of pack" : field, folder->file[f].digest);
  }
}

/* told: the hashes that stand already. */
static void plugins_made_from(struct text *out, const struct plan *plan, const struct scenario *scenario,
                              struct text *told, csv_made_from *write)
{
  for (int u = 0; u < scenario->n_uses; u++) {
    const struct plugin *plugin = scenario->use[u].plugin;
    if (plugin->digest[0] != '\0' && strstr(text_str(told), plugin->digest) == NULL) {
      write(out, plan, plugin->name, "sha256 of plugin", plugin->digest);
      text_add(told, plugin->digest);
    }
  }
}

void csv_manifest(struct text *out, const struct report *report, const struct plan *plan,
                  const struct scenario *scenarios, int count, const struct folder *old, csv_made_from *write)
{
  struct text told = { 0 };
  write(out, plan, "headroom", "version", HEADROOM_VERSION);
  write(out, plan, "headroom", "command", report->command);
  files_made_from(out, plan, report->folder, "sha256", write);
  if (old != NULL) {
    files_made_from(out, plan, old, "sha256 of from", write);
  }
  for (int i = 0; i < report->n_shown; i++) {
    if (report->shown[i].scenario != NULL) {
      plugins_made_from(out, plan, report->shown[i].scenario, &told, write);
    }
  }
  for (int s = 0; s < count; s++) {
    plugins_made_from(out, plan, &scenarios[s], &told, write);
  }
  out->failed |= told.failed;
  text_fini(&told);
}

void report_csv(struct text *out, const struct report *report)
{
  const struct plan *plan = &report->folder->plan;
  text_add(out, "scenario,table,id,label,field");
  for (int y = 0; y < plan->n_years; y++) {
    char year[8];
    text_printf(out, ",%s", plan_year_label(plan, y, year));
  }
  text_add(out, "\n");
  for (int i = 0; i < report->n_shown; i++) {
    const struct shown *shown = &report->shown[i];
    for (int m = 0; m < N_MEASURES; m++) {
      if (plan->has_mtfp || !measure_kinds[m].needs_mtfp) {
        row(out, plan,
            (struct row_key){ shown->id, "total", measure_kinds[m].name, measure_kinds[m].meaning, "amount" },
            shown->result->measure[m], 1);
      }
    }
    lines(out, plan, shown);
    savings(out, plan, shown);
    reserves(out, plan, shown);
    receipts(out, plan, shown);
    dates(out, plan, shown);
  }
  csv_manifest(out, report, plan, NULL, 0, NULL, made_from);
}
