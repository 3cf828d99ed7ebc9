/* tabular_bridge.c: a bridge as CSV: for each measure both ends and every part; pounds with pence where there are some.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report.h"

static void row(struct text *out, const struct plan *plan, const char *measure, const char *role, const char *name,
                const pence *values)
{
  text_printf(out, "%s,%s,", measure, role);
  csv_cell(out, name);
  for (int y = 0; y < plan->n_years; y++) {
    text_add(out, ",");
    csv_pounds(out, values[y]);
  }
  text_add(out, "\n");
}

static void error_row(struct text *out, const struct plan *plan, const char *measure, const char *name,
                      const double *pence_each)
{
  text_printf(out, "%s,standard_error,", measure);
  csv_cell(out, name);
  for (int y = 0; y < plan->n_years; y++) {
    text_printf(out, ",%.2f", pence_each[y] / 100.0);
  }
  text_add(out, "\n");
}

static void dates_row(struct text *out, const struct plan *plan, const char *role, const char *name,
                      const int32_t *date)
{
  for (int d = 0; d < N_DATES; d++) {
    char year[8];
    text_printf(out, "%s,%s,", date_names[d], role);
    csv_cell(out, name);
    text_printf(out, ",%s",
                date[d] == DATE_UNKNOWN ? "not known"
                : date[d] < 0           ? "not in horizon"
                                        : plan_year_label(plan, date[d], year));
    text_repeat(out, ",", plan->n_years - 1);
    text_add(out, "\n");
  }
}

/* The value stands in the column of the first year. */
static void made_from(struct text *out, const struct plan *plan, const char *name, const char *field, const char *value)
{
  text_printf(out, "manifest,%s,", field);
  csv_cell(out, name);
  text_add(out, ",");
  csv_cell(out, value);
  text_repeat(out, ",", plan->n_years - 1);
  text_add(out, "\n");
}

void report_bridge_csv(struct text *out, const struct bridge_report *r)
{
  const struct bridge *bridge = r->bridge;
  const struct plan *plan = r->plan;
  text_add(out, "measure,role,name");
  for (int y = 0; y < plan->n_years; y++) {
    char year[8];
    text_printf(out, ",%s", plan_year_label(plan, y, year));
  }
  text_add(out, "\n");
  for (int m = 0; m < N_MEASURES; m++) {
    const char *name = measure_kinds[m].name;
    if (!plan->has_mtfp && measure_kinds[m].needs_mtfp) {
      continue;
    }
    row(out, plan, name, "from", r->from_id, bridge->from.measure[m]);
    for (int i = 0; i < bridge->n_parts; i++) {
      row(out, plan, name, "part", bridge->part[i], bridge->share[i][m]);
      if (bridge->sampled) {
        error_row(out, plan, name, bridge->part[i], bridge->error[i][m]);
      }
    }
    row(out, plan, name, "to", r->to_id, bridge->to.measure[m]);
  }
  dates_row(out, plan, "from", r->from_id, bridge->from.date);
  for (int i = 0; i < bridge->n_parts; i++) {
    dates_row(out, plan, "alone", bridge->part[i], bridge->date_alone[i]);
    dates_row(out, plan, "without", bridge->part[i], bridge->date_without[i]);
  }
  dates_row(out, plan, "to", r->to_id, bridge->to.date);
  csv_manifest(out, &r->report, plan, NULL, 0, r->old, made_from);
}
