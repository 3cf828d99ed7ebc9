/* drivers.c: drivers.csv, what moves the lines from one year to the next (format.md section 4). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include "data/words.h"

static const char *const columns[] = { "id", "label", "class", "follows", "cap", "collar", NULL };
static const char *const required[] = { "id", "class", NULL };
static const struct table_spec spec = {
  .file = "drivers.csv", .columns = columns, .required = required, .years = true
};

/* Every cell is needed: 0 is typed. */
static void read_points(struct reading *reading, const struct table *table, int row, struct driver *driver)
{
  for (int y = 0; y < reading->plan->n_years; y++) {
    const struct cell *cell = table_year_cell(table, row, y);
    driver->origin[y] = cell_origin(reading, table, row, cell);
    if (!cell_percent(reading, table, row, cell, &driver->points[y])) {
      continue;
    }
    if (driver->points[y] <= -1.0) {
      struct finding *finding = finding_add(reading->findings, CODE_BAD_PERCENT, cell_place(table, row, cell),
                                            "'%s' leaves nothing of what it moves", cell_shown(reading, cell));
      finding_label(reading->findings, finding, "a change on the year before, above -100");
    }
  }
  check_small_percents(reading, table, row);
}

static bool read_limit(struct reading *reading, const struct table *table, int row, const char *column, double *limit,
                       struct origin *origin)
{
  const struct cell *cell = table_cell(table, row, column);
  *origin = cell_origin(reading, table, row, cell);
  if (cell_blank(cell) || !cell_percent(reading, table, row, cell, limit)) {
    return false;
  }
  if (*limit <= -1.0) {
    struct finding *finding = finding_add(reading->findings, CODE_BAD_PERCENT, cell_place(table, row, cell),
                                          "'%s' is no limit of a change", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "a change on the year before, above -100");
  }
  return true;
}

static void read_limits(struct reading *reading, const struct table *table, int row, struct driver *driver)
{
  driver->has_cap = read_limit(reading, table, row, "cap", &driver->cap, &driver->cap_origin);
  driver->has_collar = read_limit(reading, table, row, "collar", &driver->collar, &driver->collar_origin);
  if (driver->has_cap && driver->has_collar && driver->collar > driver->cap) {
    struct finding *finding =
        finding_add(reading->findings, CODE_DRIVER_LIMITS, cell_place(table, row, table_cell(table, row, "collar")),
                    "the collar is above the cap");
    finding_label(reading->findings, finding, "the collar is the least that the driver can be, the cap the most");
  }
}

static void read_driver(struct reading *reading, const struct table *table, int row, struct driver *driver)
{
  const struct plan *plan = reading->plan;
  const struct cell *id = table_cell(table, row, "id");
  int class = DRIVER_OTHER;
  if (cell_id(reading, table, row, id, &driver->id)) {
    (void)id_is_free(reading, table, row, id, plan->driver, row, sizeof *plan->driver);
  }
  cell_label(reading, table, row, table_cell(table, row, "label"), &driver->label);
  driver->label = driver->label[0] != '\0' ? driver->label : driver->id;
  cell_choice(reading, table, row, table_cell(table, row, "class"), driver_class_names, &class);
  driver->class = (enum driver_class) class;
  driver->follows = -1;
  driver->place = row_place(table, row);
  read_points(reading, table, row, driver);
  read_limits(reading, table, row, driver);
}

static void resolve_follows(struct reading *reading, const struct table *table, int row)
{
  struct plan *plan = reading->plan;
  const struct cell *cell = table_cell(table, row, "follows");
  if (cell_blank(cell)) {
    return;
  }
  plan->driver[row].follows = id_resolve(reading, table, row, cell, cell->text, "driver", "drivers.csv", plan->driver,
                                         plan->n_drivers, sizeof *plan->driver);
}

/* The circle that begins at `start`, as "a follows b follows a"; NULL when there is none, or when it has been told from
 * another member. */
static const char *circle(struct reading *reading, int start)
{
  const struct plan *plan = reading->plan;
  const char *words = plan->driver[start].id;
  int at = plan->driver[start].follows;
  for (int steps = 0; at >= 0 && steps <= plan->n_drivers; steps++) {
    words = steps < 8 ? arena_printf(reading->arena, "%s follows %s", words, plan->driver[at].id) : words;
    if (at == start) {
      return words;
    }
    if (at < start) {
      return NULL;
    }
    at = plan->driver[at].follows;
  }
  return NULL;
}

static void check_circles(struct reading *reading, const struct table *table)
{
  for (int d = 0; d < reading->plan->n_drivers; d++) {
    const char *words = circle(reading, d);
    if (words != NULL) {
      struct finding *finding = finding_add(reading->findings, CODE_DRIVER_CYCLE,
                                            cell_place(table, d, table_cell(table, d, "follows")), "%s", words);
      finding_label(reading->findings, finding, "one of them must stand on its own");
    }
  }
}

bool read_drivers(struct reading *reading)
{
  struct plan *plan = reading->plan;
  struct table table;
  bool absent = false;
  if (!table_read(reading, &spec, &table, &absent)) {
    return absent;
  }
  plan->driver = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *plan->driver);
  if (plan->driver == NULL) {
    return false;
  }
  for (int row = 0; row < table.n_rows; row++) {
    read_driver(reading, &table, row, &plan->driver[row]);
  }
  plan->n_drivers = table.n_rows;
  for (int row = 0; row < table.n_rows; row++) {
    resolve_follows(reading, &table, row);
  }
  check_circles(reading, &table);
  return true;
}

/* ---- use ----------------------------------------------------------------------------------------------- */

/* What drives a driver is used too, all the way up. */
static void mark_used(const struct plan *plan, const struct series *series, bool *used)
{
  for (int i = 0; i < series->n_drivers; i++) {
    for (int d = series->driver[i]; d >= 0 && !used[d]; d = plan->driver[d].follows) {
      used[d] = true;
    }
  }
}

void check_drivers(struct reading *reading)
{
  const struct plan *plan = reading->plan;
  bool *used = arena_array(reading->arena, (size_t)plan->n_drivers + 1, sizeof *used);
  if (used == NULL || !plan->has_mtfp) {
    return;
  }
  for (int l = 0; l < plan->n_lines; l++) {
    const struct line *line = &plan->line[l];
    const struct series *all[] = { &line->amount, &line->number, &line->unit_cost, &line->percent };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
      mark_used(plan, all[i], used);
    }
  }
  for (int t = 0; t < N_TERMS; t++) {
    mark_used(plan, &plan->term[t].series, used);
  }
  for (int d = 0; d < plan->n_drivers; d++) {
    if (!used[d]) {
      struct finding *finding = finding_add(reading->findings, CODE_DRIVER_UNUSED, plan->driver[d].place,
                                            "nothing in the plan uses '%s'", plan->driver[d].id);
      finding_label(reading->findings, finding, "name it in the drivers of a line or a term, or take it out");
    }
  }
}
