/* savings.c: savings.csv and rag.csv to the plan's savings (format.md section 6).
 *
 * R7 and R28: recurrence, phasing and delivery are said by the folder or refused.  What is in effect each year is
 * worked out in phasing.c; costs and dependencies are in saving_links.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/savings.h"

#include <string.h>

static const char *const savings_columns[] = { "id",       "label",   "owner",     "line",       "recurrence",
                                               "part",     "phasing", "full_year", "delivery",   "rag",
                                               "maturity", "start",   "funded_by", "depends_on", NULL };
static const char *const savings_required[] = { "id", NULL };
static const struct table_spec savings_spec = {
  .file = "savings.csv", .columns = savings_columns, .required = savings_required, .years = true
};

static const char *const rag_columns[] = { "rag", "meaning", "delivery", NULL };
static const char *const rag_required[] = { "rag", "delivery", NULL };
static const struct table_spec rag_spec = { .file = "rag.csv", .columns = rag_columns, .required = rag_required };

static const char *const recurrence_names[] = { "recurring", "one_off", NULL };
static const char *const maturity_names[] = { "idea", "business_case", "approved", "in_delivery", "delivered", NULL };

/* ---- rag.csv: what a colour is expected to deliver ----------------------------------------------------- */

struct legend {
  double delivery[N_RAGS];
  struct origin origin[N_RAGS]; /* file NULL: nobody said */
};

/* domain.md 2.2: a judgement anchored on Bristol 2017/18 and Brighton 2022/23, for folders that say nothing. */
static const double sector_delivery[N_RAGS] = {
  [RAG_DELIVERED] = 1.0, [RAG_GREEN] = 0.95, [RAG_AMBER] = 0.70, [RAG_RED] = 0.375, [RAG_UNIDENTIFIED] = 0.0
};

static bool read_delivery(struct reading *reading, const struct table *table, int row, double *delivery)
{
  const struct cell *cell = table_cell(table, row, "delivery");
  if (!cell_percent(reading, table, row, cell, delivery)) {
    return false;
  }
  check_small_percent(reading, table, row, cell, *delivery);
  if (*delivery >= 0.0 && *delivery <= 1.0) { /* R33 */
    return true;
  }
  struct finding *finding = finding_add(reading->findings, CODE_SAVING_DELIVERY, cell_place(table, row, cell),
                                        "a delivery of '%s' is outside 0 to 100", cell_shown(reading, cell));
  finding_label(reading->findings, finding, "per cent of the saving that is expected, 0 to 100");
  if (*delivery > 1.0) {
    finding_help(reading->findings, finding, "raise full_year or the years when more than was planned is now expected");
  }
  return false;
}

static void read_legend_row(struct reading *reading, const struct table *table, int row, struct legend *legend)
{
  const struct cell *cell = table_cell(table, row, "rag");
  int name = 0;
  double delivery = 0;
  if (!cell_needed(reading, table, row, cell, "rag") || !cell_choice(reading, table, row, cell, rag_names + 1, &name)) {
    return;
  }
  if (!cell_needed(reading, table, row, table_cell(table, row, "delivery"), "delivery") ||
      !read_delivery(reading, table, row, &delivery)) {
    return;
  }
  if (legend->origin[name + 1].file != NULL) {
    struct finding *finding = finding_add(reading->findings, CODE_RAG_LEGEND, cell_place(table, row, cell),
                                          "'%s' stands twice in the legend", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "one row for each colour");
    return;
  }
  legend->delivery[name + 1] = delivery;
  (void)cell_label(reading, table, row, table_cell(table, row, "meaning"), &reading->plan->rag_meaning[name + 1]);
  legend->origin[name + 1] = cell_origin(reading, table, row, table_cell(table, row, "delivery"));
}

static void read_legend(struct reading *reading, struct legend *legend)
{
  *legend = (struct legend){ 0 };
  for (int rag = 0; rag < N_RAGS; rag++) {
    legend->origin[rag] = (struct origin){ .basis = BASIS_ILLUSTRATIVE, .source = "Headroom's judgement by RAG" };
  }
  memcpy(legend->delivery, sector_delivery, sizeof sector_delivery);
  struct table table;
  bool absent = false;
  if (table_read(reading, &rag_spec, &table, &absent)) {
    for (int row = 0; row < table.n_rows; row++) {
      read_legend_row(reading, &table, row, legend);
    }
  }
}

/* ---- a saving ------------------------------------------------------------------------------------------ */

static bool read_recurrence(struct reading *reading, const struct table *table, int row, struct saving *saving)
{
  const struct cell *cell = table_cell(table, row, "recurrence");
  if (cell_blank(cell)) {
    const struct place place =
        table_column(table, "recurrence") < 0 ? row_place(table, row) : cell_place(table, row, cell);
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_RECURRENCE, place,
                                          "saving '%s' does not say whether it recurs", saving->id);
    finding_label(reading->findings, finding, "recurring or one_off");
    return false;
  }
  int choice = 0;
  const bool found = cell_choice(reading, table, row, cell, recurrence_names, &choice);
  saving->recurring = choice == 0;
  return found;
}

static bool read_words(struct reading *reading, const struct table *table, int row, struct saving *saving)
{
  const struct plan *plan = reading->plan;
  const struct cell *line = table_cell(table, row, "line"), *maturity = table_cell(table, row, "maturity"),
                    *rag = table_cell(table, row, "rag");
  bool sound = cell_label(reading, table, row, table_cell(table, row, "label"), &saving->label);
  sound = cell_label(reading, table, row, table_cell(table, row, "owner"), &saving->owner) && sound;
  saving->label = saving->label == NULL || *saving->label == '\0' ? saving->id : saving->label;
  saving->line = -1;
  if (!cell_blank(line)) {
    saving->line = id_resolve(reading, table, row, line, line->text, "line", "mtfp.csv", plan->line, plan->n_lines,
                              sizeof *plan->line);
    sound = saving->line >= 0 && sound;
  }
  int choice = 0;
  saving->maturity = "";
  if (!cell_blank(maturity)) {
    sound = cell_choice(reading, table, row, maturity, maturity_names, &choice) && sound;
    saving->maturity = maturity_names[choice];
  }
  if (!cell_blank(rag)) {
    choice = 0;
    sound = cell_choice(reading, table, row, rag, rag_names + 1, &choice) && sound;
    saving->rag = (enum rag)(choice + 1);
  }
  return sound;
}

/* From its own cell, else from rag.csv, else the sector's judgement. */
static bool find_delivery(struct reading *reading, const struct table *table, int row, const struct legend *legend,
                          struct saving *saving)
{
  const struct cell *cell = table_cell(table, row, "delivery");
  double delivery = legend->delivery[saving->rag];
  saving->delivery_origin = legend->origin[saving->rag];
  if (!cell_blank(cell)) {
    if (!read_delivery(reading, table, row, &delivery)) {
      return false;
    }
    saving->delivery_origin = cell_origin(reading, table, row, cell);
  } else if (saving->rag == RAG_NONE) {
    struct finding *finding =
        finding_add(reading->findings, CODE_SAVING_DELIVERY, row_place(table, row),
                    "saving '%s' says neither its RAG nor how much of it is expected", saving->id);
    finding_label(reading->findings, finding, "fill rag or delivery");
    return false;
  }
  for (int y = 0; y < MAX_YEARS; y++) {
    saving->delivery[y] = delivery;
  }
  return true;
}

/* Preston's paper counts them in full, so it is odd and not wrong. */
static void check_unidentified(struct reading *reading, const struct table *table, int row, const struct saving *saving)
{
  if (saving->rag != RAG_UNIDENTIFIED || saving->delivery[0] <= 0.0) {
    return;
  }
  double most = 0;
  for (int y = 0; y < reading->plan->n_years; y++) {
    most = saving->value[y] > most ? saving->value[y] : most;
  }
  const pence counted = pence_of(round_units(most * saving->delivery[0]));
  const struct cell *cell = table_cell(table, row, "delivery");
  struct finding *finding = finding_add(reading->findings, CODE_UNIDENTIFIED_COUNTED, cell_place(table, row, cell),
                                        "saving '%s' is unidentified, yet up to %s of it a year is counted", saving->id,
                                        money_short(reading, counted));
  finding_amount(finding, counted);
  finding_label(reading->findings, finding, "0, unless the council's own paper counts it");
  finding_help(reading->findings, finding, "results show the gap before it too");
}

static void read_saving(struct reading *reading, const struct table *table, int row, const struct legend *legend)
{
  struct plan *plan = reading->plan;
  struct saving *saving = &plan->saving[plan->n_savings];
  const struct cell *cell = table_cell(table, row, "id");
  if (!cell_id(reading, table, row, cell, &saving->id) ||
      !id_is_free(reading, table, row, cell, plan->saving, plan->n_savings, sizeof *plan->saving)) {
    return;
  }
  plan->n_savings++;
  saving->place = row_place(table, row);
  saving->cost_from = -1;
  const bool words = read_words(reading, table, row, saving);
  bool sound = must_be_blank(reading, table, row, "funded_by", "it belongs to a row whose part is cost") && words;
  sound = read_recurrence(reading, table, row, saving) && sound;
  sound = read_phasing(reading, table, row, saving) && sound;
  sound = words && find_delivery(reading, table, row, legend, saving) && sound;
  if (sound) {
    check_unidentified(reading, table, row, saving);
  }
}

/* ---- delivery that nobody gave ------------------------------------------------------------------------- */

/* One note for all: the reader wants to know how much rests on it, not to read the same sentence ten times. */
static void note_judged(struct reading *reading)
{
  const struct plan *plan = reading->plan;
  struct text ids = { 0 };
  double sum = 0;
  int count = 0;
  struct place place = { .file = "savings.csv" };
  for (int s = 0; s < plan->n_savings; s++) {
    const struct saving *saving = &plan->saving[s];
    if (saving->delivery_origin.file == NULL && saving->rag != RAG_UNIDENTIFIED) {
      text_printf(&ids, "%s'%s'", count > 0 ? ", " : "", saving->id);
      sum += saving->value[plan->n_years - 1];
      place = count == 0 ? saving->place : place;
      count++;
    }
  }
  if (count > 0) {
    struct finding *finding =
        finding_add(reading->findings, CODE_DELIVERY_JUDGED, place,
                    "how much of %s will be delivered is Headroom's judgement by RAG, not the council's own record",
                    text_str(&ids));
    finding_amount(finding, pence_of(sum));
    finding_label(reading->findings, finding, "delivered 100, green 95, amber 70, red 37.5, unidentified 0");
    finding_help(reading->findings, finding, "fill delivery, or give the council's own legend in rag.csv");
  }
  text_fini(&ids);
}

bool read_savings(struct reading *reading)
{
  const size_t errors = reading->findings->errors;
  struct plan *plan = reading->plan;
  struct legend legend;
  struct table table;
  bool absent = false;
  read_legend(reading, &legend);
  if (!table_read(reading, &savings_spec, &table, &absent)) {
    return absent && reading->findings->errors == errors;
  }
  plan->saving = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *plan->saving);
  if (plan->saving == NULL) {
    return false;
  }
  for (int row = 0; row < table.n_rows; row++) {
    if (cell_blank(table_cell(&table, row, "part"))) {
      read_saving(reading, &table, row, &legend);
    } else {
      read_saving_cost(reading, &table, row);
    }
  }
  read_saving_links(reading, &table);
  if (reading->findings->errors == 0) {
    note_judged(reading);
  }
  return reading->findings->errors == errors;
}
